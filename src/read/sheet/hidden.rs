//! What of a workbook's hidden parts is no part of the document: sheets that do not call themselves appendices, and rows
//! that the sheet's own totals leave out. Other hidden rows and columns may well be counted, and are read.

use super::book::{Formula, Sheet};
use super::formula::shown_terms;
use super::grid::Grid;
use crate::grammar::Grammar;
use crate::model::Aside;
use crate::read::ReadError;
use crate::read::draft::Draft;
use crate::source::Spot;
use crate::text::fold;

/// A hidden sheet that is no appendix: all of it is set aside.
pub(super) fn sheet(draft: &mut Draft, grid: &Grid<'_>, index: u16) -> Result<(), ReadError> {
    for cell in &grid.sheet.cells {
        draft.write(&cell.text, Spot::Sheet { sheet: index, row: cell.row, column: cell.column });
        draft.end_aside(Aside::Hidden);
        draft.within()?;
    }
    let sheet = grid.sheet;
    let boxes = sheet.shapes.iter().map(|shape| (shape, Aside::Hidden));
    for ((row, column, text), reason) in boxes.chain(sheet.comments.iter().map(|it| (it, Aside::Comment))) {
        draft.write(text, Spot::Sheet { sheet: index, row: *row, column: *column });
        draft.end_aside(reason);
    }
    for text in &sheet.running {
        draft.write(text, Spot::Sheet { sheet: index, row: 0, column: 0 });
        draft.end_aside(Aside::RunningHead);
    }
    draft.within()
}

/// Whether a sheet calls itself an appendix: by its name ("PL 3A"), or in its first line.
pub(super) fn is_labelled(grid: &Grid<'_>, grammar: &Grammar) -> bool {
    let captions = &grammar.structure.captions;
    let begins = |text: &str, words: &[String]| {
        let text = fold(text);
        words.iter().any(|word| {
            text.strip_prefix(word.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        })
    };
    let first = grid.own(0).next().map_or("", |part| grid.text(part));
    begins(&grid.sheet.name, &captions.sheets) || begins(first, &captions.words)
}

/// The hidden rows that some sum over them leaves out ("SUBTOTAL(109,…)").
pub(super) fn uncounted_rows(sheet: &Sheet) -> Vec<(u32, u32)> {
    let mut left: Vec<(u32, u32)> = sheet.hidden_rows.clone();
    let mut out = Vec::new();
    for cell in &sheet.cells {
        let Formula::Relative(text) = &cell.formula else { continue };
        let terms = if left.is_empty() { return sorted(out) } else { shown_terms(text).unwrap_or_default() };
        for term in terms {
            let row = |offset: i64| i64::from(cell.row) + offset;
            let (top, bottom) = (row(term.rows.0), row(term.rows.1));
            let covers = |(from, to): &(u32, u32)| i64::from(*from) >= top && i64::from(*to) <= bottom;
            let (covered, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(covers);
            left = rest;
            out.extend(covered);
        }
    }
    sorted(out)
}

fn sorted(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    ranges
}
