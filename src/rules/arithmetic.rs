//! What the arithmetic rules share: an appendix as a ledger of lines and money columns, which columns and
//! which rows are the parts of which total, sums over cells, and what explains a sum that fails.

mod blocks;
mod book;
mod columns;
mod explain;
mod formula;
mod headers;
mod ledger;
mod measures;
mod missing;
mod ordinal;
pub(super) mod products;
mod ratio;
mod says;
mod sources;
mod stated;
mod sum;
#[cfg(test)]
pub(super) mod testing;
mod totals;
mod tree;

pub(super) use blocks::Blocks;
pub(super) use book::{Book, books};
pub(super) use columns::is_past;
pub(super) use formula::{column_formula, states_formula};
pub(super) use headers::units_differ;
pub(super) use ledger::{Cell, Ledger, LineKind, Reading};
pub(super) use missing::{facts, label as group_label};
pub(super) use ratio::{Implied, Source, Whole, wholes};
pub(super) use stated::{stated, stated_by_names};
pub(super) use sum::{Label, Sum, Verdict, joined};
pub(super) use totals::{Ending, report as report_totals, statement as total_statement};
pub(super) use tree::{Container, Node, Tree, after_labels};
