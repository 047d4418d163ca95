//! The workbook that an office works in (XLSX): findings with links, every appendix as it is printed with findings on
//! its cells and its totals added up again by formulas, and the data as flat sheets.
//!
//! Comes in: the model and its report. Goes out: the file's bytes.

mod data;
mod findings;
mod layout;
mod printed;
mod style;
mod sums;

use std::collections::BTreeMap;
use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::export::TableName;
use super::located::{CellPlace, Locator};
use super::report::Report;
use super::{Catalogue, export};
use crate::finding::Text;
use crate::model::Document;
use layout::Layout;

/// Most characters of a cell.
const CELL_LIMIT: usize = 32_000;

/// Most characters of a sheet's name.
const NAME_LIMIT: usize = 31;

/// The tables that have a sheet of data; findings and checks have sheets of their own.
const DATA: [TableName; 6] = [
    TableName::Targets,
    TableName::Tasks,
    TableName::Projects,
    TableName::Amounts,
    TableName::Plans,
    TableName::Sections,
];

/// What sheets are written from.
struct Book<'a> {
    document: &'a Document,
    report: &'a Report,
    catalogue: &'a Catalogue,
    locator: Locator<'a>,
    /// Where the rows of the appendices stand, by index of the appendix.
    layouts: Vec<Layout>,
    /// The findings of each appendix by their cells.
    found: Vec<BTreeMap<Option<CellPlace>, printed::Found<'a>>>,
    /// Names of the appendices' sheets.
    names: Vec<String>,
}

/// Writes the workbook.
///
/// # Errors
/// What the file format cannot hold, such as more than a million rows.
pub fn write(document: &Document, report: &Report, catalogue: &Catalogue) -> io::Result<Vec<u8>> {
    workbook(document, report, catalogue).map_err(|error| io::Error::other(error.to_string()))
}

fn workbook(document: &Document, report: &Report, catalogue: &Catalogue) -> Result<Vec<u8>, XlsxError> {
    let book = Book::new(document, report, catalogue);
    let mut workbook = Workbook::new();
    // The time of writing would make other bytes of the same document.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = document.header.title.clone().unwrap_or_default();
    workbook
        .set_properties(&DocProperties::new().set_creation_datetime(&created).set_title(cut(&title, 250)));
    findings::write(&book, workbook.add_worksheet().set_name(book.label("sheet-findings"))?)?;
    for (i, appendix) in document.appendices.iter().enumerate() {
        if let (Some(table), Some(layout), Some(name)) =
            (&appendix.table, book.layouts.get(i), book.names.get(i))
        {
            let sheet = workbook.add_worksheet().set_name(name)?;
            printed::write(&book, (i, appendix, table), layout, sheet)?;
        }
    }
    findings::write_checks(&book, workbook.add_worksheet().set_name(book.label("sheet-checks"))?)?;
    let titles = export::titles(document);
    let input = export::Input { document, report, locator: &book.locator, catalogue, titles };
    for name in DATA {
        let table = export::table(name, &input);
        if !table.rows.is_empty() {
            let sheet = workbook.add_worksheet().set_name(book.data_sheet(name))?;
            data::write(&book, &table, sheet)?;
        }
    }
    workbook.save_to_buffer()
}

impl<'a> Book<'a> {
    fn new(document: &'a Document, report: &'a Report, catalogue: &'a Catalogue) -> Self {
        let locator = Locator::of(document);
        let sums = sums::of(report, &locator);
        let layouts = document
            .appendices
            .iter()
            .enumerate()
            .map(|(i, appendix)| Layout::of(i, appendix, &sums))
            .collect();
        let found = printed::findings(report, &locator, document.appendices.len());
        let mut book = Self { document, report, catalogue, locator, layouts, found, names: Vec::new() };
        for appendix in &document.appendices {
            let text = Text::new("sheet-appendix").with("id", appendix.id.as_str());
            let name = book.unique(&catalogue.render(&text));
            book.names.push(name);
        }
        book
    }

    fn label(&self, key: &str) -> String {
        self.catalogue.label(key)
    }

    fn data_sheet(&self, table: TableName) -> String {
        self.label(&format!("sheet-{}", table.name()))
    }

    /// A sheet's name without characters that none may have, that no other sheet has.
    fn unique(&self, wanted: &str) -> String {
        let plain: String = wanted.chars().filter(|c| !r"[]:*?/\'".contains(*c) && !c.is_control()).collect();
        let fixed = DATA.map(|table| self.data_sheet(table));
        let own = [self.label("sheet-findings"), self.label("sheet-checks")];
        let taken = |name: &str| {
            let name = name.to_lowercase();
            self.names.iter().chain(&fixed).chain(&own).any(|it| it.to_lowercase() == name)
        };
        let mut name = cut(plain.trim(), NAME_LIMIT);
        let mut n = 2;
        while name.is_empty() || taken(&name) {
            name = format!("{} ({n})", cut(plain.trim(), NAME_LIMIT - 8));
            n += 1;
        }
        name
    }

    /// Sheet and cell of a cell of an appendix, as a link within the file.
    fn link(&self, cell: CellPlace) -> Option<String> {
        let layout = self.layouts.get(cell.appendix)?;
        let row = layout.sheet_row(cell.header, cell.row)?;
        let column = u16::try_from(cell.column).ok()?;
        let name = self.names.get(cell.appendix)?;
        Some(format!("internal:'{name}'!{}", rust_xlsxwriter::utility::row_col_to_cell(row, column)))
    }
}

/// The beginning of a text, with an ellipsis where something was cut.
fn cut(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some(_) => {
            let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
            format!("{kept}…")
        }
    }
}

/// Writes text into a cell, cut to what a cell holds.
fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    if text.is_empty() {
        sheet.write_blank(row, column, format)?;
    } else {
        sheet.write_string_with_format(row, column, cut(text, CELL_LIMIT), format)?;
    }
    Ok(())
}

/// Makes a row as high as its texts need in columns of these widths, since not every program does so itself.
fn fit<'t>(
    sheet: &mut Worksheet,
    row: u32,
    cells: impl Iterator<Item = (&'t str, u32)>,
) -> Result<(), XlsxError> {
    /// Points of a line.
    const LINE: u32 = 15;
    /// Most lines that a row shows.
    const LINES: usize = 24;
    let lines = |(text, width): (&str, u32)| -> usize {
        let width = usize::try_from(width).unwrap_or(1).max(1);
        text.split('\n').map(|line| line.chars().count().div_ceil(width).max(1)).sum()
    };
    let lines = cells.map(lines).max().unwrap_or(1).clamp(1, LINES);
    sheet.set_row_height(row, u32::try_from(lines).unwrap_or(1) * LINE)?;
    Ok(())
}
