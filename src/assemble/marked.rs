//! Agencies that head a column each, with marks in the rows: "C" for the one that leads, "P" for those that coordinate.

use super::items::Context;
use crate::model::{Agency, Cell, Column, ColumnRole};
use crate::syntax::agency;

/// The agencies of a role in the header whose column has its mark in this row; `None` where a row has no such marks.
///
/// Under a header of agencies ("Cơ quan thực hiện") a tick says what that header says. Columns without one above them
/// count where their headers begin as names of bodies do: a "C" under another may be a class.
pub(super) fn marked(context: Context<'_>, role: ColumnRole) -> Option<Vec<Agency>> {
    let owns = |role| matches!(role, ColumnRole::Lead | ColumnRole::Coordinators);
    // "Chủ trì" under "Phân công" heads agencies and is none.
    let of_one = |column: &Column| {
        let role = column.path.last().and_then(|leaf| context.maker.grammar.tables.role(leaf));
        !role.is_some_and(owns)
    };
    let under = |column: &Column| column.path.len() > 1 && owns(column.role) && of_one(column);
    let cells = || context.columns.iter().zip(&context.row.cells);
    let mut marks: Vec<(&Column, &Cell, ColumnRole)> =
        cells().filter(|(it, _)| under(it)).filter_map(|(it, cell)| says(context, it, cell)).collect();
    if marks.is_empty() {
        let agencies = &context.maker.grammar.agencies;
        let body = |it: &Column| it.path.last().is_some_and(|leaf| agency::begins(leaf, agencies));
        let other = |it: &Column| it.path.len() == 1 && it.role == ColumnRole::Other && body(it);
        marks =
            cells().filter(|(it, _)| other(it)).filter_map(|(it, cell)| says(context, it, cell)).collect();
        marks.retain(|(_, _, says)| *says != ColumnRole::Other);
        if marks.is_empty() {
            return None;
        }
    }
    let of_role = marks.into_iter().filter(|(_, _, says)| *says == role);
    Some(of_role.flat_map(|(column, cell, _)| named(context, column, cell)).collect())
}

/// What the mark in a cell says of its column's agency.
fn says<'a>(
    context: Context<'a>,
    column: &'a Column,
    cell: &'a Cell,
) -> Option<(&'a Column, &'a Cell, ColumnRole)> {
    let rows = &context.maker.grammar.structure.rows;
    let raw = cell.raw.as_ref()?;
    let said = match () {
        () if rows.leads.contains(raw) => ColumnRole::Lead,
        () if rows.coordinates.contains(raw) => ColumnRole::Coordinators,
        () if rows.ticks.contains(raw) => column.role,
        () => return None,
    };
    Some((column, cell, said))
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
