//! A009: a total over rows that were lost. Shows the sum of what is there, the difference, what is missing.

use super::arithmetic::{Book, Ending, Ledger, Sum, Verdict, books, total_statement};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Outcome, Severity, Text};
use crate::value::Number;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "A009", name: "total-unverifiable" },
    severity: Severity::Info,
    page: include_str!("../../docs/rules/A009-total-unverifiable.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    for Book { ledger, totals, .. } in books(context) {
        let mut row: Vec<(&Sum, &[Text])> = Vec::new();
        for cell in totals {
            let Ending::Missing(facts) = &cell.ending else { continue };
            let mut check =
                cell.sum.check(ledger, RULE.code, Verdict::Fails, total_statement(ledger, &cell.sum));
            check.outcome = Outcome::Unverifiable;
            check.reason = Some(Text::new("arithmetic-reason-missing").with("facts", facts.to_vec()));
            audit.checks.push(check);
            if row.first().is_some_and(|(first, _)| first.total.line != cell.sum.total.line) {
                report(ledger, std::mem::take(&mut row), audit);
            }
            row.push((&cell.sum, facts));
        }
        report(ledger, row, audit);
    }
}

/// One finding for the totals of one row.
fn report(ledger: &Ledger<'_>, row: Vec<(&Sum, &[Text])>, audit: &mut Audit) {
    let Some((first, facts)) = row.first() else { return };
    let values = |sum: &Sum| {
        Text::new("a009-column")
            .with("column", ledger.column_label(sum.total.column))
            .with("actual", ledger.number(sum.total).unwrap_or_default())
            .with("expected", sum.expected(ledger))
            .with("difference", sum.difference(ledger).unwrap_or_default())
    };
    let columns: Vec<Text> = row.iter().map(|(sum, _)| values(sum)).collect();
    let exceeds = row.iter().any(|(sum, _)| sum.difference(ledger).is_some_and(Number::is_negative));
    let message = Text::new("a009-message")
        .with("row", ledger.row_label(first.total.line))
        .with("count", row.len())
        .with("facts", facts.to_vec());
    let key = if exceeds { "a009-evidence-exceeds" } else { "a009-evidence" };
    let mut finding = Finding::new(RULE.code, RULE.severity, message, ledger.at(first.total))
        .because(Text::new(key).with("columns", columns));
    for (sum, _) in row.iter().skip(1) {
        let label = Text::new("arithmetic-related")
            .with("name", ledger.column_label(sum.total.column))
            .with("value", ledger.number(sum.total).unwrap_or_default());
        finding = finding.relate(ledger.at(sum.total), label);
    }
    audit.findings.push(finding);
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a finding that is not there fails the test")]
mod tests {
    use super::super::arithmetic::testing::{Build, lines, run};
    use super::*;

    #[test]
    fn a_row_of_totals_over_lost_rows_is_one_finding() {
        let table = Build::new(&["Tổng số", "Năm 2026", "Năm 2027"])
            .group("A", "Đầu tư công", &["900", "500", "30"])
            .group_of("I", "Đường", 4, &[])
            .item("1", "X", &["300", "200", ""])
            .group("II", "Cầu", &[])
            .inferred()
            .item("1", "Y", &["100", "50", "30"]);
        let audit = run(&RULE, table.appendix());
        assert_eq!(lines(&audit), [(1, 3)]);
        assert_eq!(audit.checks.len(), 2, "the column that closes is no matter of this rule");
        let finding = audit.findings.first().unwrap();
        assert_eq!(finding.related.len(), 1);
        assert_eq!(audit.checks.first().unwrap().difference.unwrap().to_string(), "500");
    }

    #[test]
    fn a_formula_whose_operands_are_blank_falls_back_to_the_rows() {
        let table = Build::new(&["Kế hoạch trung hạn 2021-2025"])
            .total("TỔNG CỘNG: A + B", Some("A + B"), &["700"])
            .group("A", "Công", &[""])
            .item("1", "X", &["300"])
            .item("3", "Y", &["350"])
            .group("B", "Tư", &[""]);
        let audit = run(&RULE, table.appendix());
        assert_eq!(lines(&audit), [(1, 3)]);
    }

    #[test]
    fn nothing_is_said_where_no_rows_are_missing() {
        let table = Build::new(&["Kinh phí"]).item("1", "X", &["300"]).total("Cộng", None, &["700"]);
        assert!(run(&RULE, table.appendix()).findings.is_empty());
    }
}
