//! Workbooks: XLSX, XLSB, XLS and ODS.
//!
//! A reader for each format gives sheets of cells with the text that they show and the number that they hold
//! (`book`); `print` shows numbers by their formats. `tables` finds what are tables, text around them, and cells
//! beside them, from the sheet's shape alone; `write` puts that into the draft. Formulas without a value are worked out
//! (`calc`), for which all sheets must be there. Sheets are read from their cells, never from their extent: two cells
//! at opposite corners are two cells.

mod book;
mod bytes;
mod calc;
mod checks;
mod code;
mod dates;
mod decimal;
mod formula;
mod grid;
mod hidden;
mod ods;
mod print;
mod tables;
mod tokens;
mod write;
mod xls;
mod xlsb;
mod xlsx;

pub(in crate::read) use bytes::{Bytes, wide};

use super::draft::Draft;
use super::{File, Format, ReadError};
use crate::grammar::Grammar;
use crate::source::Source;

/// Reads a workbook.
pub(super) fn read(file: File<'_>, format: Format, grammar: &Grammar) -> Result<Source, ReadError> {
    let mut draft = Draft::default();
    let mut sheets: Vec<book::Sheet> = Vec::new();
    let take = |sheet: book::Sheet| {
        sheets.push(sheet);
        Ok(())
    };
    let name = match format {
        Format::Xls => xls::read(file.bytes, take).map(|()| "xls"),
        Format::Xlsb => xlsb::read(file.bytes, take).map(|()| "xlsb"),
        Format::Ods => ods::read(file.bytes, take).map(|()| "ods"),
        _ => xlsx::read(file.bytes, take).map(|()| "xlsx"),
    }?;
    calc::fill(&mut sheets);
    sheets.iter().try_for_each(|sheet| write::sheet(&mut draft, sheet, grammar))?;
    draft.finish(file.facts(name, "", 0), grammar)
}
