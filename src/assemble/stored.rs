//! Numbers that the file holds beside what its cells show.

use super::Maker;
use crate::layout::{GridCell, LaidTable};
use crate::model::Cell;
use crate::span::{At, Span};
use crate::syntax::number::{self, Decimal, Form};
use crate::value::{Interval, Number};

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

/// The decimal mark that a cell is read by: its column's, but where the file holds the number that the other one
/// gives.
pub(super) fn reading(cell: &Cell, raw: &str, column: Decimal) -> Decimal {
    let other = match column {
        Decimal::Comma => Decimal::Dot,
        Decimal::Dot => Decimal::Comma,
    };
    let ambiguous = || number::shape(raw).is_some_and(|shape| shape.form == Form::Ambiguous);
    let gives = |decimal, stored| {
        number::read(raw, decimal).is_some_and(|read| read.interval().meets(Interval::exact(stored)))
    };
    match cell.stored {
        Some(stored) if ambiguous() && !gives(column, stored) && gives(other, stored) => other,
        _ => column,
    }
}

/// Whether the file holds the number that is shown at a place.
pub(super) fn is_known(maker: Maker<'_>, at: &At) -> bool {
    let source = maker.source;
    !source.stored.is_empty()
        && source.stored_at(source.to_working(Span { start: at.span.0, end: at.span.1 }).start).is_some()
}
