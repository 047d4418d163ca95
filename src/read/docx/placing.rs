//! Tables that only place text: a letterhead, recipients beside a signature, a frame around a table.
//!
//! Their cells are no data; their content is read as paragraphs, column by column.

use std::ops::Range;

use super::tree::{Piece, Table};
use crate::grammar::Grammar;
use crate::text::fold;

/// Most columns with text of a table that places text.
const MAX_COLUMNS: usize = 3;
/// Most rows with text of such a table, where its words do not tell what it is.
const MAX_ROWS: usize = 4;
/// Most rows with text of such a table with rules, where its words tell what it is.
const MAX_RULED_ROWS: usize = 8;
/// Characters of a cell's start that are looked at.
const HEAD: usize = 60;

/// Whether a table only places text: it is without rules and small, or holds what stands in letterheads and closing
/// parts. A table whose first row names known columns is one of data, whatever its rules.
pub(super) fn places_text(table: &Table, grammar: &Grammar) -> bool {
    let texts: Vec<Vec<String>> = table
        .rows
        .iter()
        .filter(|row| row.reason().is_none())
        .map(|row| {
            let text = |pieces: &[Piece]| {
                let mut text = String::new();
                Table::text(pieces, &mut text);
                text.trim().to_owned()
            };
            row.cells.iter().map(|cell| text(&cell.pieces)).filter(|text| !text.is_empty()).collect()
        })
        .filter(|row: &Vec<String>| !row.is_empty())
        .collect();
    let columns = texts.iter().map(Vec::len).max().unwrap_or(0);
    if columns == 1 && texts.len() == 1 || frames_table(table) {
        return true;
    }
    if columns > MAX_COLUMNS || names_columns(&texts, grammar) {
        return false;
    }
    let told = || texts.iter().flatten().any(|text| is_told(text, grammar));
    if is_ruled(table) { texts.len() <= MAX_RULED_ROWS && told() } else { texts.len() <= MAX_ROWS || told() }
}

/// Longest paragraph whose tabs may part columns.
const MAX_TABBED: usize = 240;
/// Longest number or list mark before a tab.
const MAX_MARK: usize = 8;

/// Fewest spaces that place text as a tab does.
const PLACING: usize = 6;

/// Where a paragraph's tabs, or many spaces before a capital letter, place pieces of text side by side, as a letterhead
/// typed without a table has them: each piece begins as a line of its own does. A tab after a number or a list mark, or
/// before a page number, does not, nor spaces that leave room for a number or a date.
pub(super) fn columns(text: &str) -> Vec<Range<usize>> {
    if text.len() > MAX_TABBED {
        return Vec::new();
    }
    let gaps = gaps(text);
    let mut start = 0;
    let mut pieces: Vec<&str> = Vec::new();
    for gap in &gaps {
        pieces.extend(text.get(start..gap.start));
        start = gap.end;
    }
    pieces.extend(text.get(start..));
    if stand_side_by_side(&pieces) { gaps } else { Vec::new() }
}

/// The tabs of a text, and the stretches of many spaces before a capital letter.
fn gaps(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = text.match_indices('\t').map(|(at, tab)| at..at + tab.len()).collect();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("  ")) {
        let start = at + found;
        let rest = text.get(start..).unwrap_or_default();
        let spaces = rest.bytes().take_while(|byte| *byte == b' ').count();
        let capital = rest.get(spaces..).is_some_and(|rest| rest.starts_with(char::is_uppercase));
        if spaces >= PLACING && start > 0 && capital {
            out.push(start..start + spaces);
        }
        at = start + spaces;
    }
    out.sort_by_key(|gap| gap.start);
    out
}

fn stand_side_by_side(pieces: &[&str]) -> bool {
    let mut pieces = pieces.iter().map(|piece| piece.trim()).filter(|piece| !piece.is_empty());
    let Some(first) = pieces.next() else { return false };
    let is_mark = first.chars().count() <= MAX_MARK
        && (first.ends_with(['.', ')']) || !first.chars().any(char::is_alphanumeric));
    let mut others = 0;
    let begins_line = |piece: &str| {
        others += 1;
        piece.chars().next().is_some_and(char::is_uppercase) && piece.contains(' ')
            || piece.chars().filter(|c| c.is_alphabetic()).count() > 1
                && !piece.chars().any(char::is_lowercase)
    };
    !is_mark && pieces.all(begins_line) && others > 0
}

/// The pieces of a part of a paragraph's text, which begins at an offset, between gaps of the paragraph.
pub(super) fn pieces<'t>(text: &'t str, at: usize, gaps: &[Range<usize>]) -> Vec<&'t str> {
    let mut out = Vec::new();
    let mut start = 0;
    for gap in gaps.iter().filter(|gap| gap.start >= at && gap.start < at + text.len()) {
        out.extend(text.get(start..gap.start - at));
        start = (gap.end - at).min(text.len());
    }
    out.extend(text.get(start..));
    out
}

/// Whether a table of one column holds another table.
fn frames_table(table: &Table) -> bool {
    let one = table.rows.iter().all(|row| row.cells.len() <= 1);
    let mut pieces = table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.pieces);
    one && pieces.any(|piece| matches!(piece, Piece::Table(_)))
}

/// Whether the first row has names of columns that tables of data have.
fn names_columns(texts: &[Vec<String>], grammar: &Grammar) -> bool {
    let Some(first) = texts.first() else { return false };
    first.iter().filter(|text| grammar.tables.role(text).is_some()).count() >= 2
}

/// Whether a cell begins as a motto of the state, a list of recipients or a signature does.
fn is_told(text: &str, grammar: &Grammar) -> bool {
    let head = fold(&text.chars().take(HEAD).collect::<String>());
    let structure = &grammar.structure;
    let begins = |words: &[String]| words.iter().any(|word| head.starts_with(word.as_str()));
    let capitals = || text.chars().take(HEAD).filter(|c| c.is_alphabetic()).all(|c| !c.is_lowercase());
    begins(&structure.letterhead.mottoes)
        || begins(&structure.closing.recipients)
        || begins(&structure.closing.authority) && capitals()
}

/// Whether rules are drawn between the cells or around them.
fn is_ruled(table: &Table) -> bool {
    let cells = || table.rows.iter().flat_map(|row| &row.cells);
    let count = cells().count();
    let own = cells().filter_map(|cell| cell.borders);
    // The table's borders hold where cells have none of their own.
    let (mut ruled, mut bare) = (0_usize, 0_usize);
    for borders in own {
        ruled += usize::from(borders.left == Some(true) || borders.right == Some(true));
        bare += usize::from(borders.left == Some(false) && borders.right == Some(false));
    }
    ruled * 2 > count || table.borders.is_ruled() && bare * 2 < count
}
