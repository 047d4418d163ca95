//! Number formats: how the numbers of a column are written, decided from all its cells and the sums that
//! close.

use crate::model::{Column, ColumnRole, NumberFormat};
use crate::syntax::number::{self, Decimal, Form};
use crate::value::{Interval, Number};

/// The decimal mark of each column; also noted in the columns.
///
/// `stored` has the numbers that the file holds for cells, where its format tells.
pub(super) fn formats(
    columns: &mut [Column],
    cells: &[Vec<Option<String>>],
    stored: &[Vec<Option<Number>>],
) -> Vec<Decimal> {
    let mut votes: Vec<Votes> = Vec::with_capacity(columns.len());
    for (index, column) in columns.iter().enumerate() {
        votes.push(if is_figures(column.role) { Votes::of(cells, stored, index) } else { Votes::default() });
    }
    let comma: usize = votes.iter().map(|v| v.comma.len()).sum();
    let dot: usize = votes.iter().map(|v| v.dot.len()).sum();
    let ambiguous = votes.iter().any(|v| v.ambiguous);
    let table = match (comma, dot) {
        (0, 0) if ambiguous => by_sums(columns, cells),
        (0, 0) => None,
        _ => Some((if dot > comma { Decimal::Dot } else { Decimal::Comma }, "table".to_owned())),
    };
    let mut out = Vec::with_capacity(columns.len());
    for (column, votes) in columns.iter_mut().zip(&votes) {
        let (decimal, evidence) = match (votes.comma.first(), votes.dot.first()) {
            (Some(cell), None) => (Decimal::Comma, format!("cell {cell:?}")),
            (None, Some(cell)) => (Decimal::Dot, format!("cell {cell:?}")),
            (Some(_), Some(_)) => {
                let decimal = if votes.dot.len() > votes.comma.len() { Decimal::Dot } else { Decimal::Comma };
                (decimal, format!("majority of {} and {} cells", votes.comma.len(), votes.dot.len()))
            }
            (None, None) => table.clone().unwrap_or((Decimal::Comma, "custom".to_owned())),
        };
        if is_figures(column.role) {
            let mark = if decimal == Decimal::Comma { "," } else { "." };
            column.number_format = Some(NumberFormat { decimal: mark.to_owned(), evidence });
        }
        out.push(decimal);
    }
    out
}

fn is_figures(role: ColumnRole) -> bool {
    matches!(
        role,
        ColumnRole::Value
            | ColumnRole::Total
            | ColumnRole::Component
            | ColumnRole::Year
            | ColumnRole::PriorPlan
    )
}

/// Cells that leave no choice of decimal mark.
#[derive(Default)]
struct Votes {
    comma: Vec<String>,
    dot: Vec<String>,
    ambiguous: bool,
}

impl Votes {
    fn of(cells: &[Vec<Option<String>>], stored: &[Vec<Option<Number>>], index: usize) -> Self {
        let mut votes = Self::default();
        for (line, text) in
            cells.iter().enumerate().filter_map(|(line, row)| Some((line, row.get(index)?.as_deref()?)))
        {
            let stored = stored.get(line).and_then(|row| row.get(index).copied().flatten());
            // "≥ 80,0" and "1,5-2,5" hold numbers too.
            for word in text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))) {
                match number::shape(word).map(|shape| shape.form) {
                    Some(Form::Comma) => votes.comma.push(word.to_owned()),
                    Some(Form::Dot) => votes.dot.push(word.to_owned()),
                    Some(Form::Ambiguous) => match stored.and_then(|stored| mark_of(text, stored)) {
                        Some(Decimal::Comma) => votes.comma.push(word.to_owned()),
                        Some(Decimal::Dot) => votes.dot.push(word.to_owned()),
                        None => votes.ambiguous = true,
                    },
                    _ => {}
                }
            }
        }
        votes
    }
}

/// The decimal mark under which a text shows a number that the file holds.
fn mark_of(text: &str, stored: Number) -> Option<Decimal> {
    [Decimal::Comma, Decimal::Dot].into_iter().find(|decimal| {
        number::read(text, *decimal).is_some_and(|read| read.interval().meets(Interval::exact(stored)))
    })
}

/// The decimal mark under which more row totals are the sum of their parts.
fn by_sums(columns: &[Column], cells: &[Vec<Option<String>>]) -> Option<(Decimal, String)> {
    let total = columns.iter().position(|column| column.role == ColumnRole::Total)?;
    let parts: Vec<usize> = columns
        .iter()
        .enumerate()
        .filter(|(index, column)| {
            *index > total && matches!(column.role, ColumnRole::Year | ColumnRole::Component)
        })
        .map(|(index, _)| index)
        .collect();
    let closed = |decimal| {
        let value =
            |row: &Vec<Option<String>>, index: usize| number::read(row.get(index)?.as_deref()?, decimal);
        cells
            .iter()
            .filter(|row| {
                let sum: Interval =
                    parts.iter().filter_map(|part| value(row, *part)).map(Number::interval).sum();
                value(row, total).is_some_and(|total| !total.is_zero() && sum.meets(total.interval()))
            })
            .count()
    };
    let (comma, dot) = (closed(Decimal::Comma), closed(Decimal::Dot));
    match comma.cmp(&dot) {
        std::cmp::Ordering::Greater => Some((Decimal::Comma, format!("{comma} sums close, {dot} otherwise"))),
        std::cmp::Ordering::Less => Some((Decimal::Dot, format!("{dot} sums close, {comma} otherwise"))),
        std::cmp::Ordering::Equal => None,
    }
}
