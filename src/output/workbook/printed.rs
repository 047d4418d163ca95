//! An appendix as it is printed: header with its merged cells, groups, totals; findings as colour and note on their
//! cells; under and beside the printed totals the same added up by formulas, and the difference.

use std::collections::BTreeMap;

use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{Format, Formula, Note, Worksheet, XlsxError};
use rustc_hash::FxHashMap;

use super::super::located::{CellPlace, Locator, Node};
use super::layout::{Layout, Line, TOP};
use super::sums::Sum;
use super::{Book, CELL_LIMIT, cut, data, fit, put, style};
use crate::finding::{Outcome, Severity, Text};
use crate::model::{Appendix, Cell, ColumnRole, Item, Row, RowRole, Table};
use crate::output::report::{Accepted, Finding, Report};
use crate::output::spans::header_spans;
use crate::value::{Number, Quantity};

/// Most arguments of one `SUM`.
const ARGUMENTS: usize = 200;

/// Longest formula that a cell holds.
const FORMULA_LIMIT: usize = 8_000;

/// The findings of a cell.
pub(super) type Found<'a> = Vec<(&'a Finding, Option<&'a Accepted>)>;

pub(super) fn write(
    book: &Book<'_>,
    (index, appendix, table): (usize, &Appendix, &Table),
    layout: &Layout,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let mut found = book.found.get(index).cloned().unwrap_or_default();
    let numbers = numbers(appendix);
    top(book, appendix, found.remove(&None).unwrap_or_default(), sheet)?;
    header(book, appendix, table, &mut found, sheet)?;
    for (i, row) in table.rows.iter().enumerate() {
        let Some(at) = layout.sheet_row(false, i) else { continue };
        for (column, cell) in row.cells.iter().enumerate() {
            let place = CellPlace { appendix: index, header: false, row: i, column };
            let here = found.remove(&Some(place)).unwrap_or_default();
            let Ok(column) = u16::try_from(column) else { continue };
            body_cell(book, (at, column), (row, cell, numbers.get(&cell.at.span).copied()), &here, sheet)?;
        }
        let texts = row
            .cells
            .iter()
            .enumerate()
            .filter_map(|(column, cell)| Some((cell.raw.as_deref()?, width(appendix, column))));
        fit(sheet, at, texts)?;
    }
    for line in &layout.below {
        below(book, layout, line, name_column(appendix), sheet)?;
    }
    for line in &layout.beside {
        beside(book, (appendix, layout), line, sheet)?;
    }
    widths(appendix, layout, sheet)?;
    data::frame(sheet, TOP + layout.header, (layout.end.saturating_sub(1), layout.columns))
}

/// Title and unit over the table.
fn top(
    book: &Book<'_>,
    appendix: &Appendix,
    found: Found<'_>,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let parts = [appendix.label.as_deref(), appendix.title.as_deref()];
    let title: Vec<&str> = parts.into_iter().flatten().collect();
    put(sheet, 0, 0, &title.join(". "), &marked(style::title(), &found))?;
    note(book, sheet, (0, 0), &found)?;
    if let Some(unit) = &appendix.unit {
        let key = if unit.inferred { "sheet-unit-inferred" } else { "sheet-unit" };
        let text = book.catalogue.render(&Text::new(key).with("unit", unit.raw.as_str()));
        put(sheet, 1, 0, &text, &style::subtitle())?;
    }
    Ok(())
}

fn header(
    book: &Book<'_>,
    appendix: &Appendix,
    table: &Table,
    found: &mut BTreeMap<Option<CellPlace>, Found<'_>>,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let index = book.document.appendices.iter().position(|it| std::ptr::eq(it, appendix)).unwrap_or(0);
    for span in header_spans(&appendix.columns, &table.header) {
        let place = CellPlace { appendix: index, header: true, row: span.row, column: span.column };
        let here = found.remove(&Some(place)).unwrap_or_default();
        let format = marked(style::header(), &here);
        let fit = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let (row, column) = (TOP + u32::from(fit(span.row)), fit(span.column));
        let (last_row, last) = (row + u32::from(fit(span.rows)) - 1, column + fit(span.columns) - 1);
        if (row, column) == (last_row, last) {
            put(sheet, row, column, &span.text, &format)?;
        } else {
            sheet.merge_range(row, column, last_row, last, &cut(&span.text, CELL_LIMIT), &format)?;
        }
        note(book, sheet, (row, column), &here)?;
    }
    for (row, printed) in (TOP..).zip(&table.header) {
        let single = |column: &usize| {
            appendix.columns.get(*column).is_none_or(|it| it.path.len() == table.header.len())
        };
        let texts = printed.cells.iter().enumerate().filter(|(column, _)| single(column));
        let texts = texts.filter_map(|(column, cell)| Some((cell.raw.as_deref()?, width(appendix, column))));
        fit(sheet, row, texts)?;
    }
    Ok(())
}

fn body_cell(
    book: &Book<'_>,
    (row, column): (u32, u16),
    (printed, cell, quantity): (&Row, &Cell, Option<&Quantity>),
    found: &Found<'_>,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let format = match printed.role {
        RowRole::Group | RowRole::Label => style::group(style::text()),
        RowRole::Total | RowRole::Subtotal => style::total(style::text()),
        _ => style::text(),
    };
    let format = marked(format, found);
    let raw = cell.raw.as_deref().unwrap_or_default();
    match quantity.and_then(plain_number) {
        Some((number, binary)) => {
            let format = style::number(format, number.scale());
            sheet.write_number_with_format(row, column, binary, &format)?;
        }
        None => put(sheet, row, column, raw, &format)?,
    }
    note(book, sheet, (row, column), found)
}

/// The number of a cell that prints a number alone.
fn plain_number(quantity: &Quantity) -> Option<(Number, f64)> {
    let raw = quantity.raw.as_deref()?;
    let alone = raw.chars().all(|c| c.is_ascii_digit() || " .,-".contains(c));
    let number = quantity.exact().filter(|_| alone)?;
    Some((number, number.to_binary()?))
}

/// The quantities of an appendix by the places of their cells.
fn numbers(appendix: &Appendix) -> FxHashMap<(u32, u32), &Quantity> {
    let items = appendix.items.iter().flat_map(|item| {
        let values = match item {
            Item::Target(target) => target.values.as_slice(),
            _ => &[],
        };
        item.amounts().iter().map(|amount| &amount.value).chain(values.iter().map(|value| &value.value))
    });
    let groups = appendix.groups.iter().filter_map(|group| group.amounts.as_deref());
    let totals = appendix.totals.iter().map(|total| total.amounts.as_slice());
    let printed = groups.chain(totals).flatten().map(|amount| &amount.value);
    items.chain(printed).map(|quantity| (quantity.at.span, quantity)).collect()
}

/// The findings of each appendix by their cells; those of its caption have none.
pub(super) fn findings<'a>(
    report: &'a Report,
    locator: &Locator<'_>,
    appendices: usize,
) -> Vec<BTreeMap<Option<CellPlace>, Found<'a>>> {
    let mut out: Vec<BTreeMap<_, Found<'a>>> = vec![BTreeMap::new(); appendices];
    for (finding, accepted) in report.all_findings() {
        let (appendix, cell) = match locator.node(&finding.at) {
            Some(Node::Cell(cell) | Node::Row(cell)) => (Some(cell.appendix), Some(cell)),
            _ => (locator.appendix(&finding.at), None),
        };
        if let Some(own) = appendix.and_then(|appendix| out.get_mut(appendix)) {
            own.entry(cell).or_default().push((finding, accepted));
        }
    }
    out
}

/// The gravest finding gives the colour.
fn marked(format: Format, found: &Found<'_>) -> Format {
    let rank = |(finding, accepted): &&(&Finding, Option<&Accepted>)| (accepted.is_none(), finding.severity);
    match found.iter().max_by_key(rank) {
        Some((finding, accepted)) => style::finding(format, finding.severity, accepted.is_some()),
        None => format,
    }
}

/// A note that says the findings of a cell.
fn note(
    book: &Book<'_>,
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    found: &Found<'_>,
) -> Result<(), XlsxError> {
    if found.is_empty() {
        return Ok(());
    }
    let texts: Vec<String> = found
        .iter()
        .map(|(finding, accepted)| {
            let severity = book.label(match finding.severity {
                Severity::Error => "severity-error",
                Severity::Warning => "severity-warning",
                Severity::Info => "severity-info",
            });
            let mut text = format!("{} ({severity}): {}", finding.code, finding.message);
            for more in [&finding.evidence, &finding.suggestion].into_iter().flatten() {
                text.push('\n');
                text.push_str(more);
            }
            if let Some(accepted) = accepted {
                text.push('\n');
                text.push_str(&book.accepted(accepted));
            }
            text
        })
        .collect();
    let text = texts.join("\n\n");
    let lines = u32::try_from(text.chars().count() / 42 + text.matches('\n').count() + 2).unwrap_or(10);
    let note = Note::new(cut(&text, CELL_LIMIT)).add_author_prefix(false).set_author("cthd");
    sheet.insert_note(row, column, &note.set_width(320).set_height((lines * 17).clamp(60, 420)))?;
    Ok(())
}

/// Two rows under a row of totals: the sums as formulas, and what is printed less them.
fn below(
    book: &Book<'_>,
    layout: &Layout,
    line: &Line,
    name: u16,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    for column in 0..layout.columns {
        sheet.write_blank(line.at, column, &style::again())?;
        sheet.write_blank(line.at + 1, column, &style::again())?;
    }
    let again = book.catalogue.render(&Text::new("sheet-again").with("code", line.code.as_str()));
    put(sheet, line.at, name, &again, &style::again())?;
    put(sheet, line.at + 1, name, &book.label("sheet-difference"), &style::again())?;
    for sum in &line.sums {
        let Ok(column) = u16::try_from(sum.cell.column) else { continue };
        formulas(layout, sum, [(line.at, column), (line.at + 1, column)], sheet)?;
    }
    Ok(())
}

/// Two columns beside the table: sums along rows as formulas, and what is printed less them.
fn beside(
    book: &Book<'_>,
    (appendix, layout): (&Appendix, &Layout),
    line: &Line,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let Ok(at) = u16::try_from(line.at) else { return Ok(()) };
    let title = appendix.columns.get(line.column).and_then(|column| column.path.last());
    let title = title.map(String::as_str).unwrap_or_default();
    let text = Text::new("sheet-again-column").with("code", line.code.as_str()).with("column", title);
    let row = TOP + layout.header.saturating_sub(1);
    put(sheet, row, at, &book.catalogue.render(&text), &style::header())?;
    put(sheet, row, at + 1, &book.label("sheet-difference"), &style::header())?;
    sheet.set_column_width(at, 14)?.set_column_width(at + 1, 12)?;
    for sum in &line.sums {
        let Some(row) = layout.sheet_row(false, sum.cell.row) else { continue };
        formulas(layout, sum, [(row, at), (row, at + 1)], sheet)?;
    }
    Ok(())
}

/// The formula of a sum and, in the second cell, the printed result less it.
fn formulas(
    layout: &Layout,
    sum: &Sum,
    [again, difference]: [(u32, u16); 2],
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let (Some(printed), Some(formula)) = (address(layout, sum.cell), formula(layout, sum)) else {
        return Ok(());
    };
    let format = style::number(style::again(), sum.scale);
    let text = Formula::new(format!("=ROUND({formula},{})", sum.scale)).set_result(sum.expected.to_string());
    sheet.write_formula_with_format(again.0, again.1, text, &format)?;
    let less = format!("=ROUND({printed}-{},{})", row_col_to_cell(again.0, again.1), sum.scale);
    let known = sum.actual.map(|actual| (actual - sum.expected).to_string());
    let text = Formula::new(less).set_result(known.unwrap_or_default());
    let format = style::outcome(style::number(style::text(), sum.scale), sum.outcome);
    let format = if sum.outcome == Outcome::Fails { format.set_bold() } else { format };
    sheet.write_formula_with_format(difference.0, difference.1, text, &format)?;
    Ok(())
}

fn formula(layout: &Layout, sum: &Sum) -> Option<String> {
    let plus = added(layout, &sum.plus)?;
    let text = if sum.minus.is_empty() { plus } else { format!("{plus}-{}", added(layout, &sum.minus)?) };
    Some(text).filter(|text| text.len() < FORMULA_LIMIT)
}

/// `SUM(…)` of cells; cells that follow one another are a range.
fn added(layout: &Layout, cells: &[CellPlace]) -> Option<String> {
    let mut places: Vec<(u32, u16)> = Vec::with_capacity(cells.len());
    for cell in cells {
        places.push((layout.sheet_row(cell.header, cell.row)?, u16::try_from(cell.column).ok()?));
    }
    places.sort_unstable_by_key(|(row, column)| (*column, *row));
    let mut ranges: Vec<[(u32, u16); 2]> = Vec::new();
    for place in places {
        match ranges.last_mut() {
            Some([_, last]) if follows(*last, place) => *last = place,
            _ => ranges.push([place, place]),
        }
    }
    // Along a row, single cells of neighbouring columns are one range.
    let mut merged: Vec<[(u32, u16); 2]> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some([first, last]) if range[0] == range[1] && beside_each_other(*first, *last, range[0]) => {
                *last = range[0];
            }
            _ => merged.push(range),
        }
    }
    let texts: Vec<String> = merged
        .iter()
        .map(|[first, last]| {
            let name = |(row, column): (u32, u16)| row_col_to_cell(row, column);
            if first == last { name(*first) } else { format!("{}:{}", name(*first), name(*last)) }
        })
        .collect();
    let sums: Vec<String> = texts.chunks(ARGUMENTS).map(|part| format!("SUM({})", part.join(","))).collect();
    match sums.as_slice() {
        [one] => Some(one.clone()),
        many => Some(format!("SUM({})", many.join(","))),
    }
}

fn follows(last: (u32, u16), next: (u32, u16)) -> bool {
    last.1 == next.1 && last.0 + 1 == next.0
}

fn beside_each_other(first: (u32, u16), last: (u32, u16), next: (u32, u16)) -> bool {
    first.0 == last.0 && last.0 == next.0 && last.1 + 1 == next.1
}

fn address(layout: &Layout, cell: CellPlace) -> Option<String> {
    let row = layout.sheet_row(cell.header, cell.row)?;
    Some(row_col_to_cell(row, u16::try_from(cell.column).ok()?))
}

fn name_column(appendix: &Appendix) -> u16 {
    let name = appendix.columns.iter().position(|column| column.role == ColumnRole::Name);
    name.and_then(|name| u16::try_from(name).ok()).unwrap_or(0)
}

fn widths(appendix: &Appendix, layout: &Layout, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    for column in 0..layout.columns {
        sheet.set_column_width(column, width(appendix, usize::from(column)))?;
    }
    Ok(())
}

/// Width of a column, in characters.
fn width(appendix: &Appendix, column: usize) -> u32 {
    let role = appendix.columns.get(column).map(|column| column.role);
    match role.unwrap_or_default() {
        ColumnRole::Number => 7,
        ColumnRole::Name => 52,
        ColumnRole::Lead | ColumnRole::Coordinators | ColumnRole::Scope | ColumnRole::Funding => 26,
        ColumnRole::Location | ColumnRole::Note | ColumnRole::Product | ColumnRole::Other => 22,
        ColumnRole::Size | ColumnRole::Deadline | ColumnRole::Period => 16,
        _ => 14,
    }
}
