//! A004: a formula that the document states does not hold, of rows or of columns.

use super::arithmetic::products;
use super::arithmetic::{
    Book, Cell, Label, Ledger, Reading, Sum, Tree, Verdict, books, column_formula, stated, stated_by_names,
    states_formula,
};
use super::{Context, Rule};
use crate::finding::{Audit, Check, Code, Finding, Outcome, Severity, Text};
use crate::model::RowRole;
use crate::span::At;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "A004", name: "formula-mismatch" },
    severity: Severity::Error,
    page: include_str!("../../docs/rules/A004-formula-mismatch.md"),
    check,
};

/// From how many failing rows on a formula that no row fits is itself in doubt.
const DOUBTFUL: usize = 3;

fn check(context: &Context<'_>, audit: &mut Audit) {
    for Book { ledger, tree, .. } in books(context) {
        rows(ledger, tree, audit);
        for column in 0..ledger.columns.len() {
            columns(ledger, column, audit);
        }
    }
    products::report(context, audit, &RULE);
}

/// Formulas in the words of total rows.
fn rows(ledger: &Ledger<'_>, tree: &Tree, audit: &mut Audit) {
    let mut formulas = stated_by_names(ledger, tree);
    if ledger.appendix.totals.iter().any(|total| total.formula.is_some()) {
        let totals = tree.totals(ledger).into_iter();
        formulas.extend(
            totals.filter_map(|(line, container)| Some((line, stated(ledger, tree, line, container)?))),
        );
    }
    for (line, formula) in formulas {
        for column in 0..ledger.columns.len() {
            let Some(cell) = formula.cell(ledger, tree, line, column) else { continue };
            let statement = Text::new("a004-statement-rows")
                .with("row", ledger.row_label(line))
                .with("column", ledger.column_label(column))
                .with("formula", formula.formula.clone());
            let mut check = cell.sum.check(ledger, RULE.code, cell.verdict, statement);
            if let Some(reason) = cell.reason {
                check.outcome = Outcome::Unverifiable;
                check.reason = Some(reason);
            }
            if check.outcome == Outcome::Fails {
                let message = Text::new("a004-message-rows").with("formula", formula.formula.clone());
                audit.findings.push(cell.sum.finding(ledger, RULE.code, RULE.severity, message));
            }
            audit.checks.push(check);
        }
    }
}

/// The formula in a column's index.
fn columns(ledger: &Ledger<'_>, column: usize, audit: &mut Audit) {
    let printed = ledger.columns.get(column).and_then(|money| money.column);
    let Some(index) =
        printed.and_then(|column| column.index.as_deref()).filter(|index| states_formula(index))
    else {
        return;
    };
    let statement = |row: Text| {
        Text::new("a004-statement-columns")
            .with("row", row)
            .with("column", ledger.column_label(column))
            .with("formula", index)
    };
    let Some(formula) = column_formula(ledger, column) else {
        let row = Text::new("a004-every-row");
        audit.checks.push(unverifiable(index_at(ledger, column), statement(row)));
        return;
    };
    let mut found: Vec<(Sum, Verdict)> = Vec::new();
    for line in 0..ledger.lines.len() {
        let total = Cell { line, column };
        if !matches!(ledger.read(total), Reading::Exact(_)) {
            continue;
        }
        let terms = formula
            .terms
            .iter()
            .map(|(column, negative)| (Cell { line, column: *column }, *negative))
            .collect();
        let sum = Sum { total, terms, label: Label::Column };
        let verdict = sum.verdict(ledger);
        audit.checks.push(sum.check(ledger, RULE.code, verdict, statement(ledger.row_label(line))));
        found.push((sum, verdict));
    }
    let failed: Vec<&Sum> =
        found.iter().filter(|(_, verdict)| *verdict == Verdict::Fails).map(|(sum, _)| sum).collect();
    let holds = found.iter().any(|(_, verdict)| *verdict == Verdict::Holds);
    if failed.len() >= DOUBTFUL && !holds {
        let message = Text::new("a004-message-no-row")
            .with("column", ledger.column_label(column))
            .with("formula", index)
            .with("count", failed.len());
        audit.findings.push(Finding::new(RULE.code, RULE.severity, message, index_at(ledger, column)));
        return;
    }
    for sum in failed {
        let message = Text::new("a004-message-columns").with("formula", index);
        audit.findings.push(sum.finding(ledger, RULE.code, RULE.severity, message));
    }
}

fn unverifiable(at: At, statement: Text) -> Check {
    Check::new(RULE.code, Outcome::Unverifiable, at, statement)
        .because(Text::new("a004-reason-column-absent"))
}

/// Where the index of a column stands; its header where the index row was set aside.
fn index_at(ledger: &Ledger<'_>, column: usize) -> At {
    let Some(money) = ledger.columns.get(column) else { return ledger.appendix.at.clone() };
    let table = ledger.appendix.table.as_ref();
    let mut rows = table.into_iter().flat_map(|table| table.header.iter().chain(&table.rows));
    let index = rows.find(|row| row.role == RowRole::FormulaIndex);
    let cell =
        index.and_then(|row| row.cells.get(money.position)).map(|cell| &cell.at).filter(|at| at.line > 0);
    cell.or(money.column.map(|column| &column.at)).cloned().unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a check that is not there fails the test")]
mod tests {
    use super::super::arithmetic::testing::{Build, lines, run};
    use super::*;

    #[test]
    fn a_formula_of_rows_is_checked_in_each_column() {
        let table = Build::new(&["Tổng số", "Năm 2026", "Kế hoạch trung hạn 2021-2025"])
            .total("TỔNG CỘNG: A + B", Some("A + B"), &["900", "500", "77"])
            .group("A", "Công", &["600", "500", ""])
            .item("1", "X", &["600", "500", ""])
            .group("B", "Tư", &["250", "", ""])
            .item("1", "Y", &["250", "", ""]);
        let audit = run(&RULE, table.appendix());
        assert_eq!(lines(&audit), [(1, 3)]);
        let outcomes: Vec<Outcome> = audit.checks.iter().map(|check| check.outcome).collect();
        assert_eq!(outcomes, [Outcome::Fails, Outcome::Holds, Outcome::Unverifiable]);
    }

    #[test]
    fn groups_without_amounts_of_their_own_stand_for_their_rows() {
        let table = |total| {
            Build::new(&["Tổng số"])
                .group("I", "Công", &[])
                .item("1", "X", &["600"])
                .item("2", "Y", &["250"])
                .group("II", "Tư", &[])
                .item("1", "Z", &["100"])
                .total("Tổng (I+II)", Some("I+II"), &[total])
                .appendix()
        };
        assert!(run(&RULE, table("950")).findings.is_empty());
        assert_eq!(lines(&run(&RULE, table("990"))), [(6, 3)]);
    }

    #[test]
    fn a_formula_over_a_row_that_is_not_there_is_unverifiable() {
        let table = Build::new(&["Tổng số"])
            .total("TỔNG (I+II+III)", Some("I+II+III"), &["900"])
            .group("I", "Công", &["600"])
            .group("II", "Tư", &["250"]);
        let audit = run(&RULE, table.appendix());
        assert!(audit.findings.is_empty());
        assert_eq!(audit.checks.first().unwrap().outcome, Outcome::Unverifiable);
    }

    #[test]
    fn a_formula_of_columns_is_checked_in_each_row() {
        let table = Build::new(&["Tổng mức#5=6+7", "Xây lắp#6", "GPMB#7", "Còn lại#8=5-6"])
            .item("1", "X", &["30", "20", "10", "10"])
            .item("2", "Y", &["45", "20", "10", "25"])
            .item("3", "Z", &["30", "20", "10", "15"]);
        assert_eq!(lines(&run(&RULE, table.appendix())), [(2, 3), (3, 6)]);
    }

    #[test]
    fn a_formula_that_fits_no_row_is_one_finding() {
        let table = Build::new(&["Tổng mức#5=6+7", "Xây lắp#6", "GPMB#7"])
            .item("1", "X", &["30", "20", "3"])
            .item("2", "Y", &["45", "20", "3"])
            .item("3", "Z", &["33", "20", "3"]);
        let audit = run(&RULE, table.appendix());
        assert_eq!(lines(&audit), [(0, 3)]);
        assert_eq!(audit.checks.len(), 3);
    }

    #[test]
    fn a_formula_over_a_column_without_money_is_unverifiable() {
        let table = Build::new(&["Tổng mức#5=3+6", "Xây lắp#6"]).item("1", "X", &["30", "20"]);
        let audit = run(&RULE, table.appendix());
        assert!(audit.findings.is_empty());
        assert_eq!(audit.checks.first().unwrap().outcome, Outcome::Unverifiable);
    }
}
