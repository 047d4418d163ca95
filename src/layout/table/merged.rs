//! Merged cells: what a cell over several rows says holds for each of them.

use super::{Cover, GridRow, LaidTable};
use crate::model::{ColumnRole, Origin};

/// Fills cells that a merged cell above covers, in columns whose content can hold for several rows. A name,
/// a number or an amount stays where it is printed: it is said once.
pub(super) fn fill(table: &mut LaidTable) {
    for (column, header) in table.columns.iter().enumerate() {
        if !is_shared(header.role) {
            continue;
        }
        let covered: Vec<bool> = table.rows.iter().map(|row| is_covered(row, column)).collect();
        let covered = |row: Option<usize>| row.and_then(|row| covered.get(row)).copied().unwrap_or(false);
        let mut above = None;
        for (index, row) in table.rows.iter_mut().enumerate() {
            let after_break = row.after_break;
            let Some(cell) = row.cells.get_mut(column) else {
                above = None;
                continue;
            };
            // A page's end cuts a merged cell as well; its rest is blank.
            let rest = || after_break && (covered(index.checked_sub(1)) || covered(Some(index + 1)));
            if cell.is_blank() && (cell.cover == Cover::Above || cell.cover == Cover::No && rest()) {
                if let Some(pieces) = &above {
                    cell.pieces.clone_from(pieces);
                    cell.origin = Origin::Inherited;
                }
            } else {
                above = (!cell.is_blank()).then(|| cell.pieces.clone());
            }
        }
    }
}

/// Whether a merged cell above covers a row's cell.
fn is_covered(row: &GridRow, column: usize) -> bool {
    row.cell(column).is_some_and(|cell| cell.cover == Cover::Above)
}

/// Whether one content can be meant for several rows.
fn is_shared(role: ColumnRole) -> bool {
    matches!(
        role,
        ColumnRole::Unit
            | ColumnRole::Lead
            | ColumnRole::Coordinators
            | ColumnRole::Deadline
            | ColumnRole::Funding
            | ColumnRole::Product
            | ColumnRole::Note
            | ColumnRole::Class
            | ColumnRole::Location
            | ColumnRole::Scope
            | ColumnRole::Period
    )
}
