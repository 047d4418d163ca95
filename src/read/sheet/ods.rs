//! OpenDocument spreadsheets (ISO/IEC 26300): `.ods`. The file holds what each cell shows, as its program showed it.

use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;

use super::book::{
    Area, Cell, Count, FontRun, Formula, MAX_COLUMN, MAX_MERGES, MAX_ROW, MAX_SHEETS, MAX_STRING, MAX_STYLES,
};
use super::book::{Sheet, begin_run, stored, within};
use super::decimal::Decimal;
use super::formula::relative;
use crate::read::package::{Package, Xml, attribute, push_text};
use crate::read::{Bound, ReadError};

const FORMAT: &str = "OpenDocument";

/// What a style says.
#[derive(Debug, Default, Clone)]
struct Style {
    ruled: bool,
    hidden: bool,
    /// The name of its font.
    font: Option<Rc<str>>,
}

/// A row while it is read.
#[derive(Default)]
struct Row {
    repeated: u32,
    hidden: bool,
    column: u32,
    /// Cells with the columns over which they repeat.
    cells: Vec<(Cell, u32)>,
    rules: Vec<(u32, u32)>,
    merges: Vec<Area>,
}

struct Reader<'c, T> {
    styles: FxHashMap<String, Style>,
    count: &'c mut Count,
    sheets: usize,
    take: T,
    sheet: Option<Sheet>,
    /// The next column's number, while columns are declared.
    column: u32,
    /// First and last columns, and the style of their cells that name none.
    column_styles: Vec<(u32, u32, String)>,
    at: u32,
    row: Row,
}

/// Reads a workbook; `take` gets its sheets in their order.
pub(super) fn read(bytes: &[u8], take: impl FnMut(Sheet) -> Result<(), ReadError>) -> Result<(), ReadError> {
    let mut package = Package::open(bytes, FORMAT)?;
    if is_encrypted(&mut package)? {
        return Err(ReadError::Encrypted { format: "office" });
    }
    let Some(mut xml) = package.xml("content.xml")? else {
        return Err(ReadError::Damaged { format: FORMAT, reason: "no content part".to_owned() });
    };
    let mut reader = Reader {
        styles: FxHashMap::default(),
        count: &mut Count::default(),
        sheets: 0,
        take,
        sheet: None,
        column: 0,
        column_styles: Vec::new(),
        at: 0,
        row: Row::default(),
    };
    reader.run(&mut xml)
}

fn is_encrypted(package: &mut Package<'_>) -> Result<bool, ReadError> {
    let Some(mut xml) = package.xml("META-INF/manifest.xml")? else { return Ok(false) };
    loop {
        match xml.next()? {
            Event::Start(element) | Event::Empty(element)
                if matches!(element.local_name().as_ref(), "encryption-data" | "encrypted-key") =>
            {
                return Ok(true);
            }
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

impl<T: FnMut(Sheet) -> Result<(), ReadError>> Reader<'_, T> {
    fn run(&mut self, xml: &mut Xml<'_, '_>) -> Result<(), ReadError> {
        let mut style = String::new();
        loop {
            let event = xml.next()?;
            let empty = matches!(event, Event::Empty(_));
            match event {
                Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                    "style" => style = attribute(&element, "name").unwrap_or_default(),
                    "table-cell-properties" | "table-properties" => self.style(&style, &element)?,
                    "text-properties" => self.font(&style, &element)?,
                    "table" => self.begin(&element)?,
                    "table-column" => self.columns(&element),
                    "table-row" => {
                        self.row = Row {
                            repeated: repeat(&element, "number-rows-repeated"),
                            hidden: is_hidden(&element),
                            ..Row::default()
                        };
                        if empty {
                            self.end_row()?;
                        }
                    }
                    "table-cell" | "covered-table-cell" => {
                        let cell = self.cell(&element)?;
                        let text = if empty { Text::default() } else { text(xml, &self.styles)? };
                        self.end_cell(cell, text)?;
                    }
                    // Cells that a tracked change deleted, pictures on the sheet.
                    name @ ("tracked-changes" | "shapes" | "forms" | "content-validations") if !empty => {
                        let name = name.to_owned();
                        skip(xml, &name)?;
                    }
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "table-row" => self.end_row()?,
                    "table" => self.end_sheet()?,
                    _ => {}
                },
                Event::Eof => return self.end_sheet(),
                _ => {}
            }
        }
    }

    fn style(&mut self, name: &str, element: &BytesStart<'_>) -> Result<(), ReadError> {
        within(self.styles.len(), MAX_STYLES, Bound::Objects)?;
        let sides = ["border", "border-left", "border-right", "border-top", "border-bottom"];
        let drawn = |side: &&str| attribute(element, side).is_some_and(|value| !value.starts_with("none"));
        let style = self.styles.entry(name.to_owned()).or_default();
        style.ruled = sides.iter().any(drawn);
        style.hidden = attribute(element, "display").as_deref() == Some("false");
        Ok(())
    }

    /// The font of a style, by the name of its face or of its family (20.183, 20.182).
    fn font(&mut self, name: &str, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let font = attribute(element, "font-name").or_else(|| attribute(element, "font-family"));
        if let Some(font) = font {
            within(self.styles.len(), MAX_STYLES, Bound::Objects)?;
            self.styles.entry(name.to_owned()).or_default().font =
                Some(font.trim_matches(['\'', '"']).into());
        }
        Ok(())
    }

    fn style_of(&self, element: &BytesStart<'_>, name: &str) -> Option<&Style> {
        self.styles.get(&attribute(element, name)?)
    }

    fn begin(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        self.end_sheet()?;
        self.sheets += 1;
        within(self.sheets, MAX_SHEETS, Bound::Sheets)?;
        let hidden = self.style_of(element, "style-name").is_some_and(|style| style.hidden);
        let name = attribute(element, "name").unwrap_or_default();
        self.sheet = Some(Sheet { name, hidden, ..Sheet::default() });
        (self.column, self.at) = (0, 0);
        self.column_styles.clear();
        Ok(())
    }

    fn columns(&mut self, element: &BytesStart<'_>) {
        let Some(sheet) = &mut self.sheet else { return };
        let last =
            self.column.saturating_add(repeat(element, "number-columns-repeated") - 1).min(MAX_COLUMN - 1);
        if self.column < MAX_COLUMN {
            if is_hidden(element) {
                sheet.hidden_columns.push((self.column, last));
            }
            let default = attribute(element, "default-cell-style-name");
            self.column_styles.extend(default.map(|name| (self.column, last, name)));
        }
        self.column = last + 1;
    }

    /// A cell with the columns over which it repeats.
    fn cell(&mut self, element: &BytesStart<'_>) -> Result<(Cell, u32), ReadError> {
        let repeated = repeat(element, "number-columns-repeated");
        let (row, column) = (self.at, self.row.column);
        self.row.column = column.saturating_add(repeated).min(MAX_COLUMN);
        let default = || {
            let at = self.column_styles.partition_point(|(_, last, _)| *last < column);
            self.styles.get(&self.column_styles.get(at).filter(|(first, ..)| *first <= column)?.2)
        };
        let style = self.style_of(element, "style-name").or_else(default);
        let (ruled, font) = style.map_or((false, None), |style| (style.ruled, style.font.clone()));
        if ruled && self.row.column > column {
            self.row.rules.push((column, self.row.column - 1));
        }
        let (wide, tall) =
            (repeat(element, "number-columns-spanned"), repeat(element, "number-rows-spanned"));
        if wide > 1 || tall > 1 {
            let merges = self.sheet.as_ref().map_or(0, |sheet| sheet.merges.len()) + self.row.merges.len();
            within(merges + 1, MAX_MERGES, Bound::Cells)?;
            let end = |from: u32, count: u32, limit: u32| from.saturating_add(count - 1).min(limit - 1);
            let (bottom, right) = (end(row, tall, MAX_ROW), end(column, wide, MAX_COLUMN));
            self.row.merges.push(Area { top: row, left: column, bottom, right });
        }
        let number = attribute(element, "value").and_then(|value| Decimal::parse(&value));
        let formula = match attribute(element, "formula") {
            Some(text) => {
                let text = text.split_once('=').map_or(text.as_str(), |(_, formula)| formula);
                Formula::Relative(relative(text, (row, column)).into())
            }
            None => Formula::None,
        };
        let error = element
            .attributes()
            .with_checks(false)
            .flatten()
            .any(|it| it.key.local_name().as_ref() == "value-type" && it.value.as_ref() == "error");
        let number = number.as_ref().and_then(stored).filter(|_| !error);
        Ok((Cell { row, column, number, formula, error, font, ..Cell::default() }, repeated))
    }

    fn end_cell(&mut self, (mut cell, repeated): (Cell, u32), text: Text) -> Result<(), ReadError> {
        if let (Some(remark), Some(sheet)) = (text.remark, &mut self.sheet) {
            within(sheet.comments.len() + 1, super::book::MAX_FILLED, Bound::Cells)?;
            sheet.comments.push((cell.row, cell.column, remark));
        }
        (cell.text, cell.runs) = (text.shown, text.runs);
        if !cell.text.is_empty() || cell.formula != Formula::None {
            within(self.row.cells.len() + 1, MAX_COLUMN as usize, Bound::Cells)?;
            self.row.cells.push((cell, repeated));
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        let row = std::mem::take(&mut self.row);
        let Some(sheet) = &mut self.sheet else { return Ok(()) };
        let from = self.at;
        let end = from.saturating_add(row.repeated.max(1)).min(MAX_ROW);
        self.at = end;
        if from >= end {
            return Ok(());
        }
        if row.hidden {
            sheet.hidden_rows.push((from, end - 1));
        }
        sheet.merges.extend(row.merges);
        for at in from..end {
            for (first, last) in &row.rules {
                sheet.rule(at, *first, *last);
            }
            for (cell, repeated) in &row.cells {
                for column in cell.column..cell.column.saturating_add(*repeated).min(MAX_COLUMN) {
                    self.count.add(sheet, Cell { row: at, column, ..cell.clone() })?;
                }
            }
            if row.rules.is_empty() && row.cells.is_empty() {
                break;
            }
        }
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), ReadError> {
        match self.sheet.take() {
            Some(mut sheet) => {
                sheet.sort();
                (self.take)(sheet)
            }
            None => Ok(()),
        }
    }
}

/// What a cell holds.
#[derive(Default)]
struct Text {
    shown: String,
    /// Where parts of it begin that stand in fonts of their own.
    runs: Vec<FontRun>,
    remark: Option<String>,
}

/// The text of a cell up to its end: paragraphs, a line each.
fn text(xml: &mut Xml<'_, '_>, styles: &FxHashMap<String, Style>) -> Result<Text, ReadError> {
    let mut out = Text::default();
    let (mut depth, mut paragraph, mut remark) = (0_usize, 0_usize, false);
    let font = |element: &BytesStart<'_>| styles.get(&attribute(element, "style-name")?)?.font.clone();
    loop {
        let event = xml.next()?;
        let empty = matches!(event, Event::Empty(_));
        if let Event::Start(element) = &event
            && element.local_name().as_ref() == "span"
            && !remark
        {
            begin_run(&mut out.runs, out.shown.len(), font(element));
        } else if let Event::End(element) = &event
            && element.local_name().as_ref() == "span"
            && !remark
        {
            begin_run(&mut out.runs, out.shown.len(), None);
        }
        let shown = if remark { out.remark.get_or_insert_default() } else { &mut out.shown };
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                match element.local_name().as_ref() {
                    "annotation" => remark = !empty,
                    "p" | "h" => {
                        if !shown.is_empty() {
                            shown.push('\n');
                        }
                        paragraph += usize::from(!empty);
                    }
                    "s" if paragraph > 0 => {
                        let count = repeat(element, "c");
                        shown.extend(std::iter::repeat_n(' ', (count as usize).min(MAX_STRING)));
                    }
                    "tab" | "line-break" if paragraph > 0 => shown.push(' '),
                    _ => {}
                }
                depth += usize::from(!empty);
            }
            Event::End(element) => {
                match element.local_name().as_ref() {
                    "p" | "h" => paragraph = paragraph.saturating_sub(1),
                    "annotation" => remark = false,
                    _ => {}
                }
                match depth.checked_sub(1) {
                    Some(outer) => depth = outer,
                    None => return Ok(out),
                }
            }
            Event::Eof => return Ok(out),
            event if paragraph > 0 => push_text(event, shown),
            _ => {}
        }
        within(out.shown.len(), MAX_STRING, Bound::Text)?;
        within(out.remark.as_ref().map_or(0, String::len), MAX_STRING, Bound::Text)?;
    }
}

/// Passes over an element.
fn skip(xml: &mut Xml<'_, '_>, name: &str) -> Result<(), ReadError> {
    let mut depth = 1;
    while depth > 0 {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == name => depth += 1,
            Event::End(element) if element.local_name().as_ref() == name => depth -= 1,
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
    Ok(())
}

/// A count of an attribute; 1 where it is not given.
fn repeat(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name)
        .and_then(|value| value.trim().parse().ok())
        .filter(|count| *count > 0)
        .unwrap_or(1)
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    attribute(element, "visibility").is_some_and(|value| matches!(value.as_str(), "collapse" | "filter"))
}
