//! Checks that are sums of cells, as formulas can write them.

use super::super::located::{CellPlace, Locator};
use super::super::report::{Check, Report};
use crate::finding::Outcome;
use crate::value::Number;

/// Rules whose checks add up cells.
const RULES: [&str; 5] = ["A001", "A002", "A003", "A004", "A009"];

/// A check whose operands are cells of one table and give what is expected by adding, or by taking all others from
/// the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sum {
    /// The cell that prints the result.
    pub(super) cell: CellPlace,
    /// Cells that are added.
    pub(super) plus: Vec<CellPlace>,
    /// Cells that are taken away.
    pub(super) minus: Vec<CellPlace>,
    /// The rule.
    pub(super) code: String,
    /// How the check ended.
    pub(super) outcome: Outcome,
    /// What the operands give.
    pub(super) expected: Number,
    /// What is printed.
    pub(super) actual: Option<Number>,
    /// Most decimal places of what enters.
    pub(super) scale: u32,
}

impl Sum {
    /// Whether all operands stand in the row of the result.
    pub(super) fn in_row(&self) -> bool {
        let own = |cell: &CellPlace| (cell.header, cell.row) == (self.cell.header, self.cell.row);
        self.plus.iter().chain(&self.minus).all(own)
    }
}

/// The sums of a report, in its order.
pub(super) fn of(report: &Report, locator: &Locator<'_>) -> Vec<Sum> {
    report.checks.iter().filter_map(|check| sum(check, locator)).collect()
}

fn sum(check: &Check, locator: &Locator<'_>) -> Option<Sum> {
    if !RULES.contains(&check.code.as_str()) || check.operands.is_empty() {
        return None;
    }
    let cell = locator.cell(&check.at)?;
    let mut cells = Vec::with_capacity(check.operands.len());
    for operand in &check.operands {
        let found = locator.cell(&operand.at)?;
        if found.appendix != cell.appendix || found == cell || cells.contains(&found) {
            return None;
        }
        cells.push(found);
    }
    // Where nothing is printed in any of them there is nothing to add.
    if check.operands.iter().all(|operand| operand.value.is_none()) {
        return None;
    }
    let values = || check.operands.iter().map(|operand| operand.value.unwrap_or_default());
    let first = values().next()?;
    let total: Number = values().sum();
    let expected = check.expected.unwrap_or(total);
    let minus = if total == expected {
        Vec::new()
    } else if first - (total - first) == expected {
        cells.split_off(1)
    } else {
        return None;
    };
    let scales = values().chain(check.actual).map(Number::scale);
    Some(Sum {
        cell,
        plus: cells,
        minus,
        code: check.code.clone(),
        outcome: check.outcome,
        expected,
        actual: check.actual,
        scale: scales.max().unwrap_or(0),
    })
}
