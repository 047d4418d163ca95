//! Merged cells that the file itself declares: which row their content comes from.

use crate::model::{Appendix, Cell, Origin};

/// Says for each inherited cell which item, or else which row, its content comes from.
pub(super) fn name_origins(appendix: &mut Appendix) {
    let Some(table) = appendix.table.as_mut() else { return };
    let inherits = |cell: &Cell| cell.origin == Origin::Inherited && cell.from.is_none();
    if !table.rows.iter().flat_map(|row| &row.cells).any(inherits) {
        return;
    }
    let mut owners: Vec<Option<String>> = Vec::new();
    for row in &mut table.rows {
        owners.resize(owners.len().max(row.cells.len()), None);
        let own = row.of.clone().unwrap_or_else(|| row.id.clone());
        for (cell, owner) in row.cells.iter_mut().zip(&mut owners) {
            match cell.origin {
                Origin::Inherited if cell.from.is_none() => cell.from.clone_from(owner),
                Origin::Inherited | Origin::Blank | Origin::Lost => {}
                Origin::Own | Origin::Continued => *owner = Some(own.clone()),
            }
        }
    }
}
