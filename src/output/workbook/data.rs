//! A flat table as a sheet: decimals as numbers, days as dates, a header that stays, filters.

use rust_xlsxwriter::{ExcelDateTime, IgnoreError, Worksheet, XlsxError};

use super::super::export::{Kind, Table, Value};
use super::{Book, fit, put, style};

/// Widest column, in characters.
const WIDEST: usize = 60;

/// Columns for programs: codes, keys and places in bytes, which the other formats have.
const LEFT_OUT: [&str; 18] = [
    "marker",
    "relation",
    "unit_base",
    "unit_factor",
    "unit_per",
    "lead_keys",
    "coordinator_keys",
    "deadline_kind",
    "schedule_kind",
    "recurrence",
    "funding_sources",
    "of_kind",
    "column_id",
    "role",
    "level",
    "line",
    "column",
    "fingerprint",
];

/// Rows that are looked at for the widths of columns.
const LOOKED_AT: usize = 500;

pub(super) fn write(book: &Book<'_>, table: &Table, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let shown =
        || (0_u16..).zip(table.columns.iter().enumerate().filter(|(_, it)| !LEFT_OUT.contains(&it.name)));
    let mut widths = Vec::new();
    for (column, (index, found)) in shown() {
        let label = book.label(&format!("column-{}", found.name.replace('_', "-")));
        put(sheet, 0, column, &label, &style::header())?;
        let width = width(table, index, &label);
        sheet.set_column_width(column, width)?;
        widths.push(width);
    }
    for (row, values) in (1_u32..).zip(&table.rows) {
        for (column, (index, found)) in shown() {
            cell(book, sheet, (row, column), values.get(index).unwrap_or(&Value::Null), found.kind)?;
        }
        let texts = shown().zip(&widths).filter_map(|((_, (index, _)), width)| match values.get(index) {
            Some(Value::Text(text)) => Some((text.as_str(), *width)),
            _ => None,
        });
        fit(sheet, row, texts)?;
    }
    let last = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    frame(sheet, 1, (last, u16::try_from(shown().count()).unwrap_or(u16::MAX)))
}

/// What every sheet has: a header that stays, filters, no marks beside numbers that are text, landscape paper.
pub(super) fn frame(
    sheet: &mut Worksheet,
    header: u32,
    (last, columns): (u32, u16),
) -> Result<(), XlsxError> {
    let right = columns.saturating_sub(1);
    sheet.set_freeze_panes(header, 0)?;
    if last >= header && header > 0 {
        sheet.autofilter(header - 1, 0, last, right)?;
        sheet.ignore_error_range(0, 0, last, right, IgnoreError::NumberStoredAsText)?;
    }
    if header > 0 {
        sheet.set_repeat_rows(0, header - 1)?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn cell(
    book: &Book<'_>,
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    kind: Kind,
) -> Result<(), XlsxError> {
    match value {
        Value::Null => sheet.write_blank(row, column, &style::text())?,
        Value::Text(text) => return put(sheet, row, column, text, &style::text()),
        Value::Int(number) => match i32::try_from(*number) {
            Ok(number) => sheet.write_number_with_format(row, column, number, &style::text())?,
            Err(_) => return put(sheet, row, column, &number.to_string(), &style::text()),
        },
        Value::Bool(yes) => {
            let word = book.label(if *yes { "value-yes" } else { "value-no" });
            return put(sheet, row, column, &word, &style::text());
        }
        Value::Decimal(number) => match number.to_binary() {
            Some(binary) => {
                let format = style::number(style::text(), number.scale());
                sheet.write_number_with_format(row, column, binary, &format)?
            }
            None => return put(sheet, row, column, &book.catalogue.lang().number(*number), &style::text()),
        },
        Value::Date(day) => match date(day).filter(|_| kind == Kind::Date) {
            Some(date) => {
                sheet.write_datetime_with_format(row, column, &date, &style::date(style::text()))?
            }
            None => return put(sheet, row, column, day, &style::text()),
        },
    };
    Ok(())
}

/// A day of the years that workbooks know.
fn date(day: &str) -> Option<ExcelDateTime> {
    let day: jiff::civil::Date = day.parse().ok()?;
    let part = |n: i8| u8::try_from(n).ok();
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, part(day.month())?, part(day.day())?).ok()
}

fn width(table: &Table, column: usize, label: &str) -> u32 {
    let values = table.rows.iter().take(LOOKED_AT).filter_map(|row| row.get(column));
    let longest = values.map(|value| value.to_text().chars().count()).max().unwrap_or(0);
    let longest = longest.max(label.chars().count() + 2).clamp(6, WIDEST);
    u32::try_from(longest).unwrap_or(12)
}
