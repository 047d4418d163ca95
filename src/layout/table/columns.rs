//! The columns that header rows give: for each its path of headers from the top, and its role.

use super::{Cover, GridRow, HeaderColumn};
use crate::grammar::Grammar;
use crate::layout::markup::Markup;
use crate::model::ColumnRole;
use crate::source::Source;
use crate::span::Span;

/// The columns that header rows give.
pub(super) fn columns(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    header: &[GridRow],
) -> Vec<HeaderColumn> {
    let width = header.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    (0..width)
        .map(|column| {
            let mut path: Vec<String> = Vec::new();
            let mut span = Span::default();
            for (level, row) in header.iter().enumerate() {
                let origin = spanning(header, level, column);
                let Some(cell) = origin.and_then(|column| row.cell(column)) else { continue };
                let text = cell.text(source, markup);
                let wraps = || text.starts_with(char::is_lowercase) && stands_alone(header, level, column);
                let below = || row.head_line && stands_alone(header, level, column) && own(row, column);
                // Over several columns it goes on where the line above spans the same.
                let spanned = || {
                    row.continued
                        && level.checked_sub(1).and_then(|above| spanning(header, above, column)) == origin
                };
                if spanned() || origin == Some(column) && (row.continued || wraps() || below()) {
                    // A further line of the header above: "Bộ Quốc" / "phòng".
                    if let Some(last) = path.last_mut().filter(|_| !text.is_empty()) {
                        last.push(' ');
                        last.push_str(&text);
                        continue;
                    }
                }
                if !text.is_empty() && path.last() != Some(&text) {
                    path.push(text);
                    span = cell.place;
                }
            }
            // What compares is no value of its own, whatever it compares.
            let compares = path.iter().any(|text| grammar.tables.role(text) == Some(ColumnRole::Comparison));
            // The lowest header says most; a parent helps where it says nothing.
            let role = compares
                .then_some(ColumnRole::Comparison)
                .or_else(|| path.last().and_then(|leaf| grammar.tables.role(leaf)))
                .or_else(|| path.iter().rev().skip(1).find_map(|text| grammar.tables.role(text)))
                // "2027" under "Lộ trình thực hiện" holds what is due then, not when it is due.
                .filter(|role| {
                    let years = path.len() > 1 && path.last().is_some_and(|leaf| is_years(leaf, grammar));
                    !years || !matches!(role, ColumnRole::Deadline | ColumnRole::Period)
                })
                .unwrap_or_default();
            HeaderColumn { path, role, span }
        })
        .collect()
}

/// Whether the cell above in a header is this column's own, and spans no other column.
fn stands_alone(header: &[GridRow], level: usize, column: usize) -> bool {
    level.checked_sub(1).is_some_and(|above| {
        spanning(header, above, column) == Some(column) && spanning(header, above, column + 1) != Some(column)
    })
}

/// Whether the cell of a column spans no other.
fn own(row: &GridRow, column: usize) -> bool {
    row.cell(column).is_some_and(|cell| cell.columns <= 1)
}

/// The column whose cell in a header row covers `column`: itself, or one to the left that spans over blanks.
fn spanning(header: &[GridRow], level: usize, column: usize) -> Option<usize> {
    let row = header.get(level)?;
    if row.cell(column).is_some_and(|cell| !cell.is_blank()) {
        return Some(column);
    }
    match row.cell(column).map(|cell| cell.cover) {
        Some(Cover::Left) => {
            return anchor(row, column).filter(|left| row.cell(*left).is_some_and(|cell| !cell.is_blank()));
        }
        Some(Cover::Above) => return None,
        _ if row.head_line => return None,
        _ => {}
    }
    // A column that has a text above and none below in this row is a tall cell's.
    let filled_below =
        header.iter().skip(level + 1).any(|row| row.cell(column).is_some_and(|cell| !cell.is_blank()));
    if !filled_below {
        return None;
    }
    let left = (0..column).rev().find(|left| row.cell(*left).is_some_and(|cell| !cell.is_blank()))?;
    // The spanning cell has parts of its own, and every column between has some.
    let spans = (left..=column).all(|between| {
        header.iter().skip(level + 1).any(|row| row.cell(between).is_some_and(|cell| !cell.is_blank()))
            || header.iter().skip(level + 1).any(|_| spanning_below(header, level + 1, between))
    });
    // It does not reach beyond the cell above it.
    let same_parent = level == 0 || {
        let parent = |c| (0..level).rev().find_map(|l| spanning(header, l, c).map(|origin| (l, origin)));
        parent(left) == parent(column)
    };
    (spans && same_parent).then_some(left)
}

fn spanning_below(header: &[GridRow], level: usize, column: usize) -> bool {
    header.iter().skip(level).any(|row| {
        row.cell(column).is_some_and(|cell| cell.is_blank())
            && row.cells.iter().take(column).any(|cell| !cell.is_blank())
    })
}

/// The column of the cell that covers `column` in its row: itself, or where the merged cell begins. None where one
/// from above covers it.
pub(super) fn anchor(row: &GridRow, column: usize) -> Option<usize> {
    let covers =
        (0..=column).rev().find(|column| row.cell(*column).is_none_or(|cell| cell.cover != Cover::Left))?;
    row.cell(covers).is_none_or(|cell| cell.cover == Cover::No).then_some(covers)
}

/// "2026", "2026-2030".
pub(super) fn is_years(text: &str, grammar: &Grammar) -> bool {
    let year = |part: &str| {
        let part = part.trim();
        part.len() == 4 && part.parse().is_ok_and(|year: i32| grammar.deadlines.years.contains(&year))
    };
    text.split(['-', '–']).all(year)
}
