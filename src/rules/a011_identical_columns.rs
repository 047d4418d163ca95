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
        let rows = rows(ledger, tree);
        if let Some((first, second)) = copied_year(ledger, &rows) {
            report_years(ledger, first, second, audit);
        }
        if pairs.is_empty() {
            continue;
        }
        let mut found: BTreeMap<(&str, &str), Vec<(usize, usize)>> = BTreeMap::new();
        for (first, second) in
            pairs.into_iter().filter(|(first, second)| identical(ledger, &rows, *first, *second, LEAST_ROWS))
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

/// How many rows must agree of which two years alone do.
const LEAST_YEARLY_ROWS: usize = 4;

/// Two years of three or more ("Nhu cầu năm 2026", "… 2027", "… 2028") that carry the same amounts in every row, where no other two
/// do and the others differ from them in three rows of four: a column copied.
fn copied_year(ledger: &Ledger<'_>, rows: &[usize]) -> Option<(usize, usize)> {
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, column) in ledger.columns.iter().enumerate() {
        let single = ledger.years(i).is_some_and(|(from, to)| from == to);
        if let (true, true, Some(leaf)) = (column.says.money, single, column.path.last()) {
            let above = column.path.iter().rev().skip(1).map(|text| fold(text)).collect::<Vec<_>>().join("/");
            let name: String = fold(leaf).chars().filter(|c| !c.is_ascii_digit()).collect();
            alike.entry(format!("{above}/{name}")).or_default().push(i);
        }
    }
    let number = |line: usize, column: usize| ledger.number(Cell { line, column });
    for years in alike.values().filter(|years| years.len() > 2) {
        let same = |a: usize, b: usize| identical(ledger, rows, a, b, LEAST_YEARLY_ROWS);
        let pairs: Vec<(usize, usize)> = years
            .iter()
            .enumerate()
            .flat_map(|(at, a)| years.iter().skip(at + 1).map(move |b| (*a, *b)))
            .filter(|(a, b)| same(*a, *b))
            .collect();
        let [(a, b)] = pairs[..] else { continue };
        let differ = |other: &usize| {
            let differs = rows.iter().filter(|line| number(**line, a) != number(**line, *other)).count();
            differs * 4 >= rows.len() * 3
        };
        if years.iter().filter(|year| **year != a && **year != b).all(differ) {
            return Some((a, b));
        }
    }
    None
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

/// Whether two columns carry the same in every row, and an amount in so many.
fn identical(ledger: &Ledger<'_>, rows: &[usize], first: usize, second: usize, least: usize) -> bool {
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
    values >= least
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

fn report_years(ledger: &Ledger<'_>, first: usize, second: usize, audit: &mut Audit) {
    let at = |column: usize| {
        let column = ledger.columns.get(column).and_then(|money| money.column);
        column.map(|column| column.at.clone()).unwrap_or_default()
    };
    let message = Text::new("a011-message-years")
        .with("first", ledger.column_label(first))
        .with("second", ledger.column_label(second));
    let finding = Finding::new(RULE.code, RULE.severity, message, at(second));
    audit.findings.push(finding.relate(at(first), ledger.column_label(first)));
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
