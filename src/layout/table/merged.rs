//! Merged cells: what a cell over several rows says holds for each of them.

use super::{Cover, LaidTable};
use crate::model::{ColumnRole, Origin};

/// Fills cells that a merged cell above covers, in columns whose content can hold for several rows. A name,
/// a number or an amount stays where it is printed: it is said once.
pub(super) fn fill(table: &mut LaidTable) {
    for (column, header) in table.columns.iter().enumerate() {
        if !is_shared(header.role) {
            continue;
        }
        let mut above = None;
        for row in &mut table.rows {
            let Some(cell) = row.cells.get_mut(column) else {
                above = None;
                continue;
            };
            if cell.cover == Cover::Above && cell.is_blank() {
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
