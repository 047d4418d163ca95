//! Formulas that a document states: of rows ("A + B", "I+II+…+V") and of columns ("7=3+4+5+6").
//!
//! ```text
//! formula = [ name "=" ] sum
//! sum     = [ sign ] term { ( sign | range ) term }
//! sign    = "+" | "-"
//! range   = [ "+" ] ( "…" | "..." ) [ "+" ]
//! ```
//! Brackets are left out. Products and quotients are not read.

use super::ledger::Ledger;
use super::ordinal::Ordinal;

/// A formula with its terms; `true` marks what is taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Formula<T> {
    /// The terms.
    pub terms: Vec<(T, bool)>,
}

/// Reads the terms of a formula of rows: their numbers.
pub(crate) fn row_formula(text: &str) -> Option<Formula<Ordinal>> {
    let right = text.rsplit('=').next()?;
    let formula = sum(right)?;
    (formula.terms.len() > 1).then_some(formula)
}

/// The formula that a column's index states, with its terms as money columns; `None` where there is none or
/// a term is no money column.
pub(crate) fn column_formula(ledger: &Ledger<'_>, column: usize) -> Option<Formula<usize>> {
    let index = ledger.columns.get(column)?.column?.index.as_deref()?;
    let (_, right) = index.split_once('=')?;
    let formula = sum(right)?;
    let find = |term: &Ordinal| {
        let own = |index: &str| Ordinal::read(index.split('=').next().unwrap_or(index));
        ledger.columns.iter().position(|column| {
            let index = column.column.and_then(|column| column.index.as_deref());
            index.and_then(own).is_some_and(|own| own == *term)
        })
    };
    let terms: Option<Vec<(usize, bool)>> =
        formula.terms.iter().map(|(term, negative)| Some((find(term)?, *negative))).collect();
    terms.map(|terms| Formula { terms })
}

/// Whether an index states a formula.
pub(crate) fn states_formula(index: &str) -> bool {
    index.split_once('=').is_some_and(|(_, right)| sum(right).is_some())
}

fn sum(text: &str) -> Option<Formula<Ordinal>> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !"()[]".contains(*c)).collect();
    let text = text
        .replace('…', "...")
        .replace(['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}'], "-");
    let mut terms: Vec<(Ordinal, bool)> = Vec::new();
    let mut rest = text.as_str();
    let mut negative = false;
    let mut range = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("...") {
            range = true;
            rest = after.trim_start_matches('.');
        } else if let Some(after) = rest.strip_prefix('+') {
            negative = false;
            rest = after;
        } else if let Some(after) = rest.strip_prefix('-') {
            negative = true;
            rest = after;
        } else {
            let end = rest.find(['+', '-']).unwrap_or(rest.len());
            let end = rest.find("...").map_or(end, |dots| dots.min(end));
            let (word, after) = rest.split_at_checked(end)?;
            let term = Ordinal::read(word)?;
            if range {
                let from = terms.last()?.0.clone();
                if from.style() != term.style() || term.last() > from.last().checked_add(100)? {
                    return None;
                }
                terms.extend((from.last() + 1..term.last()).map(|n| (from.with_last(n), negative)));
                range = false;
            }
            terms.push((term, negative));
            rest = after;
        }
    }
    (!terms.is_empty() && !range).then_some(Formula { terms })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a broken test table fails the test")]
mod tests {
    use super::super::testing::{Build, grammar};
    use super::*;

    fn rows(text: &str) -> Option<Vec<(u32, bool)>> {
        Some(row_formula(text)?.terms.into_iter().map(|(term, negative)| (term.last(), negative)).collect())
    }

    #[test]
    fn formulas_of_rows_are_read() {
        assert_eq!(rows("A + B"), Some(vec![(1, false), (2, false)]));
        assert_eq!(rows("(I+II+III)"), Some(vec![(1, false), (2, false), (3, false)]));
        assert_eq!(rows("C = A – B"), Some(vec![(1, false), (2, true)]));
        assert_eq!(rows("I+…+IV"), Some(vec![(1, false), (2, false), (3, false), (4, false)]));
        assert_eq!(rows("1+2+...+5").map(|terms| terms.len()), Some(5));
        assert_eq!(rows("A"), None);
        assert_eq!(rows("A x B"), None);
    }

    #[test]
    fn formulas_of_columns_name_money_columns() {
        let grammar = grammar();
        let appendix =
            Build::new(&["Tổng#(4)=(5)+(6)", "Tỉnh#(5)", "Xã#(6)", "Còn lại#7=4-5", "Tỷ lệ#8=5/4"])
                .item("1", "A", &["3", "1", "2", "2", "1"])
                .appendix();
        let ledger = Ledger::of(&appendix, &grammar.arithmetic).unwrap();
        assert_eq!(column_formula(&ledger, 0).unwrap().terms, [(1, false), (2, false)]);
        assert_eq!(column_formula(&ledger, 3).unwrap().terms, [(0, false), (1, true)]);
        assert!(column_formula(&ledger, 4).is_none());
        assert!(!states_formula("8=5/4"));
    }
}
