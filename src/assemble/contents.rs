//! Columns whose header the grammar does not know, by what their cells hold: agencies, times, and sums of the columns
//! beside them.

use super::{Maker, figures};
use crate::model::{Column, ColumnRole, DeadlineKind};
use crate::syntax::number::Decimal;
use crate::syntax::{agency, deadline, unit};

/// Cells that are looked at.
const SAMPLE: usize = 40;

/// Filled cells below which a column tells nothing.
const FEW: usize = 3;

/// Gives columns of agencies and of times their roles, where no column has them by its header.
///
/// The first column of agencies names the lead, the next the coordinators. "Đơn vị" over agencies is no unit.
pub(super) fn roles(maker: Maker<'_>, columns: &mut [Column], cells: &[Vec<Option<String>>]) {
    let has = |columns: &[Column], role| columns.iter().any(|column| column.role == role);
    if !has(columns, ColumnRole::Name) {
        return;
    }
    for index in 0..columns.len() {
        let Some(role) = columns.get(index).map(|column| column.role) else { continue };
        if !matches!(role, ColumnRole::Other | ColumnRole::Unit) {
            continue;
        }
        let texts = texts(cells, index);
        let found = if most(&texts, |text| is_agency(maker, text)) {
            let free = [ColumnRole::Lead, ColumnRole::Coordinators].into_iter();
            free.into_iter().find(|role| !has(columns, *role))
        } else if role == ColumnRole::Other
            && columns.get(index).is_some_and(|column| column.years.is_none())
            && !has(columns, ColumnRole::Deadline)
            && !has(columns, ColumnRole::Period)
            && most(&texts, |text| is_time(maker, text))
        {
            Some(ColumnRole::Deadline)
        } else {
            None
        };
        if let (Some(found), Some(column)) = (found, columns.get_mut(index)) {
            column.role = found;
        }
    }
}

/// The first column of numbers that is the sum of those on one side of it in most rows, where no header says which is the
/// total.
pub(super) fn total(columns: &[Column], money: &[bool], cells: &[Vec<Option<String>>]) -> Option<usize> {
    let numbers = || money.iter().enumerate().filter(|(_, money)| **money).map(|(index, _)| index);
    if numbers().count() <= 2 {
        return None;
    }
    numbers().find(|total| {
        let filled = texts(cells, *total).len();
        let closing = [Decimal::Comma, Decimal::Dot].into_iter().map(|decimal| {
            let ways = figures::closing(columns, cells, *total, decimal);
            ways.into_iter().filter(|ways| *ways > 0).count().min(filled)
        });
        filled >= FEW && closing.max().is_some_and(|closing| closing * 5 >= filled * 4)
    })
}

fn texts(cells: &[Vec<Option<String>>], index: usize) -> Vec<&str> {
    cells.iter().filter_map(|row| row.get(index)?.as_deref()).take(SAMPLE).collect()
}

fn most(texts: &[&str], is: impl Fn(&str) -> bool) -> bool {
    texts.len() >= FEW && texts.iter().filter(|text| is(text)).count() * 4 >= texts.len() * 3
}

fn is_agency(maker: Maker<'_>, text: &str) -> bool {
    agency::begins_with_agency(text, &maker.grammar.agencies)
        && unit::unit(text, &maker.grammar.units).base.is_none()
}

fn is_time(maker: Maker<'_>, text: &str) -> bool {
    let deadline = deadline::deadline(text, &maker.grammar.deadlines);
    deadline.kind != DeadlineKind::Unknown && deadline.problem.is_none()
}
