//! Agencies that head a column each, with marks in the rows: "C" for the one that leads, "P" for those that coordinate.

use super::items::Context;
use crate::model::{Agency, Cell, Column, ColumnRole};
use crate::syntax::agency;

/// The agencies of a role in the header whose column has its mark in this row; `None` where a row has no such marks.
///
/// Under a header of agencies ("Cơ quan thực hiện") a tick says what that header says. Columns without one above them
/// count where their headers begin as names of bodies do: a "C" under another may be a class.
pub(super) fn marked(context: Context<'_>, role: ColumnRole) -> Option<Vec<Agency>> {
    let said: Vec<(&Column, &Cell, ColumnRole)> = context
        .columns
        .iter()
        .zip(&context.row.cells)
        .filter_map(|(column, cell)| Some((column, cell, says(context, column, cell)?)))
        .collect();
    if said.is_empty() {
        return None;
    }
    let tables = &context.maker.grammar.tables;
    let owns = |role| matches!(role, ColumnRole::Lead | ColumnRole::Coordinators);
    let header = |column: &Column| column.path.last().and_then(|leaf| tables.role(leaf));
    // "Chủ trì" under "Phân công" heads agencies and is none.
    let under =
        |column: &Column| column.path.len() > 1 && owns(column.role) && !header(column).is_some_and(owns);
    let mut marks: Vec<_> = said.iter().filter(|(column, _, _)| under(column)).collect();
    if marks.is_empty() {
        let agencies = &context.maker.grammar.agencies;
        let body = |it: &Column| it.path.last().is_some_and(|leaf| agency::begins(leaf, agencies));
        let other = |it: &Column| it.path.len() == 1 && it.role == ColumnRole::Other && body(it);
        marks = said.iter().filter(|(column, _, said)| owns(*said) && other(column)).collect();
        if marks.is_empty() {
            return None;
        }
    }
    let of_role = marks.into_iter().filter(|(_, _, said)| *said == role);
    Some(of_role.flat_map(|(column, cell, _)| named(context, column, cell)).collect())
}

/// What the mark in a cell says of its column's agency.
fn says(context: Context<'_>, column: &Column, cell: &Cell) -> Option<ColumnRole> {
    let rows = &context.maker.grammar.structure.rows;
    let raw = cell.raw.as_ref()?;
    match () {
        () if rows.leads.contains(raw) => Some(ColumnRole::Lead),
        () if rows.coordinates.contains(raw) => Some(ColumnRole::Coordinators),
        () if rows.ticks.contains(raw) => Some(column.role),
        () => None,
    }
}

/// The agency that a column's header names, at the place of the mark.
fn named(context: Context<'_>, column: &Column, cell: &Cell) -> Vec<Agency> {
    let Some(header) = column.path.last() else { return Vec::new() };
    let read = || {
        let agencies = agency::agencies(header, &context.maker.grammar.agencies);
        agencies.into_iter().map(|(_, agency)| agency).collect()
    };
    let mut agencies = context.known.agencies.of(header, read);
    for agency in &mut agencies {
        agency.at = cell.at.clone();
    }
    agencies
}
