//! Tables that only place text: a letterhead, recipients beside a signature, a frame around a table.
//!
//! Their cells are no data; their content is read as paragraphs, column by column.

use super::tree::{Piece, Table};
use crate::grammar::Grammar;
use crate::text::fold;

/// Most columns with text of a table that places text.
const MAX_COLUMNS: usize = 3;
/// Most rows with text of such a table, where its words do not tell what it is.
const MAX_ROWS: usize = 4;
/// Characters of a cell's start that are looked at.
const HEAD: usize = 60;

/// Whether a table only places text: it is without rules and small, or holds what stands in letterheads and closing
/// parts. A table whose first row names known columns is one of data, whatever its rules.
pub(super) fn places_text(table: &Table, grammar: &Grammar) -> bool {
    let texts: Vec<Vec<String>> = table
        .rows
        .iter()
        .filter(|row| !row.deleted)
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
    let told = texts.iter().flatten().any(|text| is_told(text, grammar));
    told || !is_ruled(table) && texts.len() <= MAX_ROWS
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
