//! What is worked out once for all arithmetic rules: the books of a document.

use rayon::prelude::*;

use super::columns::{Decomposition, decompositions};
use super::ledger::Ledger;
use super::measures::adds_up;
use super::totals::{TotalCell, total_cells};
use super::tree::Tree;
use crate::model::Appendix;
use crate::rules::Context;

/// An appendix with money, its rows, and its sums.
#[derive(Debug)]
pub(crate) struct Book<'a> {
    /// The lines and the money columns.
    pub ledger: Ledger<'a>,
    /// Which rows are the parts of which.
    pub tree: Tree,
    /// Which columns are the parts of which.
    pub decompositions: Vec<Decomposition>,
    /// The totals over rows.
    pub totals: Vec<TotalCell>,
}

/// The books of a document, in order.
pub(crate) fn books<'c, 'a>(context: &'c Context<'a>) -> &'c [Book<'a>] {
    context.books.get_or_init(|| {
        let words = &context.grammar.arithmetic;
        let book = |appendix: &'a Appendix| {
            let mut ledger = Ledger::of(appendix, words)?;
            let tree = Tree::of(&ledger);
            ledger.keep_measures(|ledger, column| adds_up(ledger, &tree, column));
            let decompositions = decompositions(&ledger);
            let totals = total_cells(&ledger, &tree);
            Some(Book { ledger, tree, decompositions, totals })
        };
        context.document.appendices.par_iter().filter_map(book).collect()
    })
}
