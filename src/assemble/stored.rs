//! Numbers that the file holds beside what its cells show.

use super::Maker;
use crate::layout::{GridCell, LaidTable};
use crate::syntax::number::{self, Decimal};
use crate::value::Number;

/// The numbers that the file holds for a table's cells.
pub(super) fn numbers(maker: Maker<'_>, table: &LaidTable) -> Vec<Vec<Option<Number>>> {
    if maker.source.stored.is_empty() {
        return Vec::new();
    }
    let number = |cell: &GridCell| maker.source.stored_at(cell.pieces.first()?.start);
    table.rows.iter().map(|row| row.cells.iter().map(number).collect()).collect()
}

/// The number that the file holds for a cell, where it is not the one that the cell shows.
pub(super) fn unlike(
    maker: Maker<'_>,
    cell: &GridCell,
    raw: &str,
    decimal: Option<&Decimal>,
) -> Option<Number> {
    let stored = maker.source.stored_at(cell.pieces.first()?.start)?;
    let shown = decimal.and_then(|decimal| number::read(raw, *decimal));
    shown.is_none_or(|shown| shown != stored).then_some(stored)
}
