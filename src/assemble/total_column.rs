//! The total among columns of money whose headers do not say which it is.

use super::figures;
use crate::model::Column;
use crate::syntax::number::Decimal;

/// Filled cells below which a column tells nothing.
const FEW: usize = 3;

/// The first column of numbers that is the sum of those on one side of it in most rows, where no header says which is the
/// total.
pub(super) fn by_sums(columns: &[Column], money: &[bool], cells: &[Vec<Option<String>>]) -> Option<usize> {
    let numbers = || money.iter().enumerate().filter(|(_, money)| **money).map(|(index, _)| index);
    if numbers().count() <= 2 {
        return None;
    }
    numbers().find(|total| {
        let filled = cells.iter().filter(|row| row.get(*total).is_some_and(Option::is_some)).count();
        let closing = [Decimal::Comma, Decimal::Dot].into_iter().map(|decimal| {
            let ways = figures::closing(columns, cells, *total, (decimal, false));
            ways.into_iter().filter(|ways| *ways > 0).count().min(filled)
        });
        filled >= FEW && closing.max().is_some_and(|closing| closing * 5 >= filled * 4)
    })
}
