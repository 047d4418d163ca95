//! A011: two periods carry the same amounts in every row.

use std::collections::BTreeMap;

use super::arithmetic::{Book, Cell, Ledger, LineKind, Tree, books};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::text::fold;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "A011", name: "identical-columns" },
    severity: Severity::Info,
    page: include_str!("../../docs/rules/A011-identical-columns.md"),
    check,
};

/// How many rows with amounts must agree.
const LEAST_ROWS: usize = 2;

fn check(context: &Context<'_>, audit: &mut Audit) {
    for Book { ledger, tree, .. } in books(context) {
        let pairs = pairs(ledger);
        if pairs.is_empty() {
            continue;
        }
        let rows = rows(ledger, tree);
        let mut found: BTreeMap<(&str, &str), Vec<(usize, usize)>> = BTreeMap::new();
        for (first, second) in
            pairs.into_iter().filter(|(first, second)| identical(ledger, &rows, *first, *second))
        {
            let periods =
                (period(ledger, first).unwrap_or_default(), period(ledger, second).unwrap_or_default());
            found.entry(periods).or_default().push((first, second));
        }
        for ((first, second), mut columns) in found {
            columns.sort_unstable();
            report(ledger, (first, second), &columns, audit);
        }
    }
}

/// Columns of one leaf header under headers of different periods.
fn pairs(ledger: &Ledger<'_>) -> Vec<(usize, usize)> {
    let mut leaves: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, column) in ledger.columns.iter().enumerate() {
        if let (true, Some(leaf)) = (column.says.money, column.path.last()) {
            let several = ledger.years(i).is_some_and(|(from, to)| from < to);
            let key = match column.path.len() {
                // "Giai đoạn 2026-2030: Xây lắp": the period and the leaf in one header.
                1 if several => {
                    fold(leaf).split_once(':').map(|(_, leaf)| leaf.trim().to_owned()).unwrap_or_default()
                }
                1 => continue,
                _ => fold(leaf),
            };
            if key.chars().any(char::is_alphabetic) {
                leaves.entry(key).or_default().push(i);
            }
        }
    }
    let differ = |first: usize, second: usize| {
        let (a, b) = (period(ledger, first), period(ledger, second));
        a != b && ledger.years(first).is_some() && ledger.years(first) != ledger.years(second)
    };
    let mut out = Vec::new();
    for columns in leaves.values() {
        for (first, second) in columns.iter().zip(columns.iter().skip(1)) {
            if differ(*first, *second) {
                out.push((*first, *second));
            }
        }
    }
    out
}

/// The header over a column's own, or what stands before the colon in its only one.
fn period<'a>(ledger: &Ledger<'a>, column: usize) -> Option<&'a str> {
    let path = &ledger.columns.get(column)?.path;
    match path.as_slice() {
        [one] => one.split_once(':').map(|(period, _)| period.trim()),
        path => path.len().checked_sub(2).and_then(|above| path.get(above)).copied(),
    }
}

/// Lines of the items that are parts of the table.
fn rows(ledger: &Ledger<'_>, tree: &Tree) -> Vec<usize> {
    let numbered = |item: usize| tree.ordinal(item).is_some();
    let any = (0..ledger.appendix.items.len()).any(numbered);
    let is_row = |line: &usize| match ledger.line(*line).map(|line| line.kind) {
        Some(LineKind::Item(item)) => !any || numbered(item),
        _ => false,
    };
    (0..ledger.lines.len()).filter(is_row).collect()
}

fn identical(ledger: &Ledger<'_>, rows: &[usize], first: usize, second: usize) -> bool {
    let number = |line: usize, column: usize| {
        ledger.number(Cell { line, column }).map(crate::value::Number::normalized)
    };
    let mut values = 0;
    for line in rows {
        let (a, b) = (number(*line, first), number(*line, second));
        if a != b {
            return false;
        }
        values += usize::from(a.is_some_and(|value| !value.is_zero()));
    }
    values >= LEAST_ROWS
}

fn report(ledger: &Ledger<'_>, periods: (&str, &str), columns: &[(usize, usize)], audit: &mut Audit) {
    let Some((first, second)) = columns.first().copied() else { return };
    let at = |column: usize| {
        ledger.columns.get(column).and_then(|money| money.column).map(|column| column.at.clone())
    };
    let leaf = |column: usize| {
        ledger.columns.get(column).and_then(|money| money.path.last()).copied().unwrap_or_default()
    };
    let names: Vec<Text> = columns.iter().map(|(column, _)| Text::words(leaf(*column))).collect();
    let message =
        Text::new("a011-message").with("columns", names).with("first", periods.0).with("second", periods.1);
    let mut finding = Finding::new(RULE.code, RULE.severity, message, at(second).unwrap_or_default());
    for column in std::iter::once(first).chain(columns.iter().skip(1).flat_map(|(a, b)| [*a, *b])) {
        finding = finding.relate(at(column).unwrap_or_default(), ledger.column_label(column));
    }
    audit.findings.push(finding);
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a finding that is not there fails the test")]
mod tests {
    use super::super::arithmetic::testing::{Build, lines, run};
    use super::*;

    const HEADERS: [&str; 4] = [
        "Thực hiện 2022-2025|Xây lắp",
        "Thực hiện 2022-2025|GPMB",
        "Chuyển tiếp 2026-2035|Xây lắp",
        "Chuyển tiếp 2026-2035|GPMB",
    ];

    /// The test columns take their years from the leaf, which names none: the path is asked.
    fn found(cells: [[&str; 4]; 2]) -> Vec<(u32, u32)> {
        let table = Build::new(&HEADERS).item("1", "X", &cells[0]).item("2", "Y", &cells[1]);
        lines(&run(&RULE, table.appendix()))
    }

    #[test]
    fn two_periods_with_the_same_amounts_are_one_finding() {
        assert_eq!(found([["150", "839.0", "150", "839"], ["210", "906", "210", "906"]]), [(0, 5)]);
    }

    #[test]
    fn one_leaf_that_is_the_same_is_enough_and_one_row_is_not() {
        assert_eq!(found([["150", "839", "150", "1"], ["210", "906", "210", "906"]]), [(0, 5)]);
        assert!(found([["150", "", "150", ""], ["", "", "", ""]]).is_empty());
        assert!(found([["150", "1", "150", "2"], ["210", "1", "211", "2"]]).is_empty());
        assert!(found([["0", "0", "0", "0"], ["0", "", "0", ""]]).is_empty());
    }

    #[test]
    fn yearly_shares_that_are_equal_are_not_meant() {
        let table = Build::new(&["Kế hoạch|Năm 2026", "Kế hoạch|Năm 2027"]).item("1", "X", &["5", "5"]).item(
            "2",
            "Y",
            &["6", "6"],
        );
        assert!(run(&RULE, table.appendix()).findings.is_empty());
    }
}
