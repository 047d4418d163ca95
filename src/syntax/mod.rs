//! Parsers of cell expressions and of phrases in running text: numbers, quantities, units, deadlines,
//! agencies, funding, references.
//!
//! A parser never fails: what it does not understand it gives back as `raw` without a typed value. All
//! offsets are byte ranges of the text that was given; the `at` of what is returned is left at its default
//! for the caller to fill in.

pub mod agency;
pub mod deadline;
pub mod funding;
pub mod number;
pub mod numeral;
pub mod period;
pub mod quantity;
pub mod reference;
pub mod unit;

mod folded;

/// The embedded grammar, loaded once for all tests of the parsers.
#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test fails by panicking")]
static GRAMMAR: std::sync::LazyLock<crate::grammar::Grammar> =
    std::sync::LazyLock::new(|| crate::grammar::Grammar::embedded().expect("the embedded grammar is valid"));
