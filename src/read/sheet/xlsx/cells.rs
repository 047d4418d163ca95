//! The cells of a worksheet part (18.3.1).

use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;

use super::super::book::{Area, Cell, Count, Formula, MAX_COLUMN, MAX_MERGES, MAX_ROW, MAX_STRING, Sheet};
use super::super::book::{cell_place, stored, within};
use super::super::decimal::Decimal;
use super::super::formula::relative;
use super::{Shared, is_true, string};
use crate::read::package::{Xml, attribute, push_text};
use crate::read::{Bound, ReadError};

/// Most bytes of a formula's text that is kept.
const MAX_FORMULA: usize = 8192;

/// A cell while it is read.
#[derive(Default)]
struct Open {
    row: u32,
    column: u32,
    kind: String,
    style: usize,
    value: String,
    has_value: bool,
    formula: Formula,
}

/// The formulas that several cells share, by their index.
type SharedFormulas = FxHashMap<u32, Box<str>>;

/// Reads a worksheet.
pub(super) fn read(
    mut xml: Xml<'_, '_>,
    shared: &Shared,
    sheet: &mut Sheet,
    count: &mut Count,
) -> Result<(), ReadError> {
    let mut next = (0, 0);
    let mut open: Option<Open> = None;
    let mut formulas = SharedFormulas::default();
    loop {
        let event = xml.next()?;
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                let empty = matches!(event, Event::Empty(_));
                match element.local_name().as_ref() {
                    "row" => {
                        let row = number(element, "r").and_then(|row| row.checked_sub(1));
                        next = (row.unwrap_or(next.0).min(MAX_ROW), 0);
                        if attribute(element, "hidden").is_some_and(|value| is_true(&value)) {
                            sheet.hidden_rows.push((next.0, next.0));
                        }
                        if empty {
                            next.0 += 1;
                        }
                    }
                    "c" => {
                        let cell = begin(element, next);
                        next = (cell.row, cell.column + 1);
                        if shared.styles.is_ruled(cell.style) {
                            sheet.rule(cell.row, cell.column, cell.column);
                        }
                        open = (!empty).then_some(cell);
                    }
                    "f" if !empty || attribute(element, "t").is_some() => {
                        let (kind, index) = (attribute(element, "t"), number(element, "si"));
                        let mut text = String::new();
                        if !empty {
                            plain(&mut xml, "f", &mut text)?;
                        }
                        if let Some(cell) = &mut open {
                            let index = index.filter(|_| kind.as_deref() == Some("shared"));
                            cell.formula = formula(&text, index, (cell.row, cell.column), &mut formulas);
                        }
                    }
                    "v" if !empty => {
                        let mut text = String::new();
                        plain(&mut xml, "v", &mut text)?;
                        if let Some(cell) = &mut open {
                            cell.value = text;
                            cell.has_value = true;
                        }
                    }
                    "is" if !empty => {
                        let mut text = String::new();
                        string(&mut xml, "is", &mut text)?;
                        if let Some(cell) = &mut open {
                            cell.value = text;
                            cell.has_value = true;
                        }
                    }
                    "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader"
                    | "firstFooter"
                        if !empty =>
                    {
                        let end = element.local_name().as_ref().to_owned();
                        let mut text = String::new();
                        plain(&mut xml, &end, &mut text)?;
                        sheet.running.push(text);
                    }
                    _ => around(element, sheet)?,
                }
            }
            Event::End(element) => match element.local_name().as_ref() {
                "row" => next = (next.0 + 1, 0),
                "c" => {
                    if let Some(cell) = open.take() {
                        count.add(sheet, finished(cell, shared))?;
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// What stands around the cells.
fn around(element: &BytesStart<'_>, sheet: &mut Sheet) -> Result<(), ReadError> {
    match element.local_name().as_ref() {
        "mergeCell" => {
            within(sheet.merges.len() + 1, MAX_MERGES, Bound::Cells)?;
            sheet.merges.extend(attribute(element, "ref").and_then(|text| Area::parse(&text)));
        }
        "col" if attribute(element, "hidden").is_some_and(|value| is_true(&value)) => {
            let (from, to) = (number(element, "min").unwrap_or(1), number(element, "max").unwrap_or(1));
            within(sheet.hidden_columns.len(), MAX_COLUMN as usize, Bound::Cells)?;
            sheet.hidden_columns.push((from.max(1) - 1, to.clamp(1, MAX_COLUMN) - 1));
        }
        _ => {}
    }
    Ok(())
}

fn begin(element: &BytesStart<'_>, next: (u32, u32)) -> Open {
    let place = attribute(element, "r").and_then(|place| cell_place(&place));
    let (row, column) = place.unwrap_or(next);
    Open {
        row,
        column,
        kind: attribute(element, "t").unwrap_or_default(),
        style: number(element, "s").unwrap_or(0) as usize,
        ..Open::default()
    }
}

/// The formula of a cell: of one that others share the text stands once.
fn formula(text: &str, shared: Option<u32>, at: (u32, u32), known: &mut SharedFormulas) -> Formula {
    if text.len() > MAX_FORMULA {
        return Formula::Some;
    }
    let Some(index) = shared else {
        return if text.is_empty() { Formula::Some } else { Formula::Relative(relative(text, at).into()) };
    };
    if text.is_empty() {
        return known.get(&index).map_or(Formula::Some, |text| Formula::Relative(text.clone()));
    }
    let text: Box<str> = relative(text, at).into();
    known.insert(index, text.clone());
    Formula::Relative(text)
}

/// What the cell shows.
fn finished(cell: Open, shared: &Shared) -> Cell {
    let (row, column, style) = (cell.row, cell.column, cell.style);
    let mut out = Cell { row, column, style, formula: cell.formula, ..Cell::default() };
    if !cell.has_value || cell.value.is_empty() {
        // A formula that gave "" has its value.
        if cell.has_value && cell.kind == "str" {
            out.formula = Formula::None;
        }
        return out;
    }
    match cell.kind.as_str() {
        "s" => {
            let index = cell.value.trim().parse().unwrap_or(usize::MAX);
            out.text = shared.styles.print_text(cell.style, shared.strings.get(index));
        }
        "str" | "inlineStr" => out.text = shared.styles.print_text(cell.style, &cell.value),
        "b" => out.text = (if is_true(cell.value.trim()) { "TRUE" } else { "FALSE" }).to_owned(),
        "e" => {
            out.text = cell.value;
            out.error = true;
        }
        "d" => out.text = cell.value,
        _ => match Decimal::parse(&cell.value) {
            Some(value) => {
                out.text = shared.styles.print(cell.style, &value, shared.from_1904);
                out.number = stored(&value);
            }
            None => out.text = cell.value,
        },
    }
    out
}

/// Plain text up to the end of an element.
fn plain(xml: &mut Xml<'_, '_>, end: &str, out: &mut String) -> Result<(), ReadError> {
    loop {
        match xml.next()? {
            Event::End(element) if element.local_name().as_ref() == end => return Ok(()),
            Event::Eof => return Ok(()),
            event => push_text(&event, out),
        }
        within(out.len(), MAX_STRING, Bound::Text)?;
    }
}

fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}
