//! What the arithmetic rules share: an appendix as a ledger of lines and money columns, which columns and
//! which rows are the parts of which total, sums over cells, and what explains a sum that fails.

mod columns;
mod explain;
mod formula;
mod ledger;
mod missing;
mod ordinal;
mod stated;
mod sum;
#[cfg(test)]
pub(super) mod testing;
mod totals;
mod tree;

pub(super) use columns::{Decomposition, RowSum, decompositions};
pub(super) use explain::explain;
pub(super) use formula::{column_formula, states_formula};
pub(super) use ledger::{Cell, Ledger, Line, LineKind, MoneyColumn, Reading, ledgers};
pub(super) use missing::facts;
pub(super) use sum::{Label, Sum, Unknown, Verdict};
pub(super) use stated::{Stated, StatedCell, stated};
pub(super) use totals::{Ending, TotalCell, total_cells};
pub(super) use tree::{Container, Depth, Node, Tree};
