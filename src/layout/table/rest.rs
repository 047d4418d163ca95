//! Headers that a page's end cut.

use super::columns::columns;
use super::header::{MAX_HEADER_ROWS, is_worded};
use super::{Cover, GridCell, GridRow, LaidTable};
use crate::grammar::Grammar;
use crate::layout::markup::Markup;
use crate::layout::numbering::cell_number;
use crate::source::{Row, Source};

/// Takes the rest of a header that a page's end cut from the rows of the next page; how many rows it was.
pub(super) fn take_rest(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    table: &mut LaidTable,
    rows: &[Row],
) -> usize {
    if source.pages.is_none() || !table.rows.is_empty() || table.index.is_some() {
        return 0;
    }
    let mut count = 0;
    for row in rows.iter().take(MAX_HEADER_ROWS) {
        let Some(next) = rest_of(source, markup, grammar, table, row) else { break };
        table.header.push(next);
        count += 1;
    }
    if count > 0 {
        table.columns = columns(source, markup, grammar, &table.header);
    }
    count
}

/// A row as one of the header above it: it stands under cells that span columns, or goes on with the last line of words.
fn rest_of(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    table: &LaidTable,
    row: &Row,
) -> Option<GridRow> {
    let above = table.header.last()?;
    let mut next = GridRow::of(source, row, true);
    let texts: Vec<String> = next.cells.iter().map(|cell| cell.text(source, markup)).collect();
    let numbered = texts.first().is_some_and(|text| cell_number(text, &grammar.numbering).is_some());
    let filled = || texts.iter().filter(|text| !text.is_empty());
    if numbered || filled().count() == 0 || filled().any(|text| !is_worded(text, grammar)) {
        return None;
    }
    let spans = |cell: &GridCell| cell.cover == Cover::Left || cell.columns > 1 && !cell.is_blank();
    let under = |(column, cell): (usize, &GridCell)| cell.is_blank() || above.cell(column).is_some_and(spans);
    if next.cells.iter().enumerate().all(under) {
        return Some(next);
    }
    // A name alone may be the first group's.
    let goes_on = filled().count() > 1 || filled().all(|text| text.starts_with(char::is_lowercase));
    next.continued = true;
    (row.resumes && goes_on).then_some(next)
}
