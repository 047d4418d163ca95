//! The cells of a worksheet part (18.3.1).

use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;

use super::super::book::{
    Area, Cell, Count, FontRun, Formula, MAX_COLUMN, MAX_MERGES, MAX_ROW, MAX_STRING, Sheet,
};
use super::super::book::{cell_place, stored, within};
use super::super::decimal::Decimal;
use super::super::formula::relative;
use super::{Rich, Shared, is_true, string};
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
    /// The fonts of parts of its text.
    runs: Vec<FontRun>,
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
    let mut reader = Reader { shared, sheet, next: (0, 0), open: None, formulas: SharedFormulas::default() };
    loop {
        let event = xml.next()?;
        match &event {
            Event::Start(element) => {
                if let Some(content) = reader.start(element)? {
                    reader.content(&mut xml, content)?;
                }
            }
            Event::Empty(element) => reader.empty(element)?,
            Event::End(element) => match element.local_name().as_ref() {
                "row" => reader.next = (reader.next.0 + 1, 0),
                "c" => {
                    if let Some(cell) = reader.open.take() {
                        count.add(reader.sheet, finished(cell, shared))?;
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// What the text of an element is.
enum Content {
    /// A formula, with the index under which cells share it.
    Formula(Option<u32>),
    Value,
    /// A string in the cell itself (18.3.1.53).
    Inline,
    /// A page's head or foot, by the element's name.
    Running(String),
}

/// A worksheet while it is read.
struct Reader<'r> {
    shared: &'r Shared,
    sheet: &'r mut Sheet,
    /// Where a cell stands that does not say it.
    next: (u32, u32),
    open: Option<Open>,
    formulas: SharedFormulas,
}

impl Reader<'_> {
    /// An element that has content: what the text in it is, where it is read.
    fn start(&mut self, element: &BytesStart<'_>) -> Result<Option<Content>, ReadError> {
        let content = match element.local_name().as_ref() {
            "row" => {
                self.row(element);
                return Ok(None);
            }
            "c" => {
                self.open = Some(self.cell(element));
                return Ok(None);
            }
            "f" => Content::Formula(shared_index(element)),
            "v" => Content::Value,
            "is" => Content::Inline,
            end @ ("oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader"
            | "firstFooter") => Content::Running(end.to_owned()),
            _ => {
                around(element, self.sheet)?;
                return Ok(None);
            }
        };
        Ok(Some(content))
    }

    fn content(&mut self, xml: &mut Xml<'_, '_>, content: Content) -> Result<(), ReadError> {
        let mut text = String::new();
        match content {
            Content::Formula(index) => {
                plain(xml, "f", &mut text)?;
                self.formula(index, &text);
            }
            Content::Value => {
                plain(xml, "v", &mut text)?;
                self.value(text);
            }
            Content::Inline => {
                let mut rich = Rich::default();
                string(xml, "is", &mut rich)?;
                if let Some(cell) = &mut self.open {
                    cell.runs = rich.runs;
                }
                self.value(rich.text);
            }
            Content::Running(end) => {
                plain(xml, &end, &mut text)?;
                self.sheet.running.push(text);
            }
        }
        Ok(())
    }

    /// An element that is closed where it opens.
    fn empty(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        match element.local_name().as_ref() {
            "row" => {
                self.row(element);
                self.next.0 += 1;
            }
            "c" => {
                self.cell(element);
                self.open = None;
            }
            // Of a formula that several cells share, all but the first have the index alone.
            "f" if attribute(element, "t").is_some() => self.formula(shared_index(element), ""),
            _ => around(element, self.sheet)?,
        }
        Ok(())
    }

    fn row(&mut self, element: &BytesStart<'_>) {
        let row = number(element, "r").and_then(|row| row.checked_sub(1));
        self.next = (row.unwrap_or(self.next.0).min(MAX_ROW), 0);
        if attribute(element, "hidden").is_some_and(|value| is_true(&value)) {
            self.sheet.hidden_rows.push((self.next.0, self.next.0));
        }
    }

    fn cell(&mut self, element: &BytesStart<'_>) -> Open {
        let cell = begin(element, self.next);
        self.next = (cell.row, cell.column + 1);
        if self.shared.styles.is_ruled(cell.style) {
            self.sheet.rule(cell.row, cell.column, cell.column);
        }
        cell
    }

    fn formula(&mut self, index: Option<u32>, text: &str) {
        if let Some(cell) = &mut self.open {
            cell.formula = formula(text, index, (cell.row, cell.column), &mut self.formulas);
        }
    }

    fn value(&mut self, text: String) {
        if let Some(cell) = &mut self.open {
            cell.value = text;
            cell.has_value = true;
        }
    }
}

/// The index of a formula that several cells share.
fn shared_index(element: &BytesStart<'_>) -> Option<u32> {
    let is_shared = attribute(element, "t").as_deref() == Some("shared");
    number(element, "si").filter(|_| is_shared)
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
    let font = shared.styles.font(style);
    let mut out = Cell { row, column, style, formula: cell.formula, font, ..Cell::default() };
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
            let (text, runs) = shared.strings.get(index);
            (out.text, out.runs) = (shared.styles.print_text(cell.style, text), runs.to_vec());
        }
        "str" | "inlineStr" => {
            (out.text, out.runs) = (shared.styles.print_text(cell.style, &cell.value), cell.runs);
        }
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
