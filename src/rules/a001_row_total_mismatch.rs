//! A001: a row's total is not the sum of its parts.

use super::arithmetic::{Book, Verdict, books};
use super::prose::{composition, funds, sentences};
use super::targets::target_sums::{self, Over};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Severity, Text};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "A001", name: "row-total-mismatch" },
    severity: Severity::Error,
    page: include_str!("../../docs/rules/A001-row-total-mismatch.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    for Book { ledger, decompositions, .. } in books(context) {
        for decomposition in decompositions {
            for row in &decomposition.rows {
                if matches!(row.verdict, Verdict::Unverifiable(_)) && !decomposition.stated {
                    continue;
                }
                let statement = Text::new("a001-statement")
                    .with("row", ledger.row_label(row.sum.total.line))
                    .with("column", ledger.column_label(row.sum.total.column));
                audit.checks.push(row.sum.check(ledger, RULE.code, row.verdict, statement));
                if row.verdict == Verdict::Fails {
                    let message = Text::new("a001-message").with("count", decomposition.parts.len());
                    audit.findings.push(row.sum.finding(ledger, RULE.code, RULE.severity, message));
                }
            }
        }
    }
    target_sums::report(context, audit, &RULE, "a001-message", Over::Columns);
    funds::parts(context, audit, &RULE);
    sentences::report(context, audit, &RULE);
    composition::report(context, audit, &RULE);
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a finding that is not there fails the test")]
mod tests {
    use super::super::arithmetic::testing::{Build, lines, run};
    use super::*;
    use crate::finding::Outcome;

    const YEARS: [&str; 4] = [
        "Nhu cầu vốn 2026-2028|Tổng số",
        "Nhu cầu vốn 2026-2028|Năm 2026",
        "Nhu cầu vốn 2026-2028|Năm 2027",
        "Nhu cầu vốn 2026-2028|Năm 2028",
    ];

    #[test]
    fn a_wrong_row_is_found_at_its_total() {
        let table = Build::new(&YEARS)
            .item("1", "Đường A", &["900", "300", "300", "300"])
            .item("2", "Đường B", &["950", "300", "300", "300"])
            .item("3", "Đường C", &["400", "400", "", ""]);
        let audit = run(&RULE, table.appendix());
        assert_eq!(lines(&audit), [(2, 3)]);
        let failed = audit.checks.iter().find(|check| check.outcome == Outcome::Fails).unwrap();
        assert_eq!(failed.difference.unwrap().to_string(), "50");
        assert_eq!(failed.operands.len(), 3);
        assert_eq!(audit.checks.iter().filter(|check| check.outcome == Outcome::Holds).count(), 2);
    }

    #[test]
    fn group_rows_and_totals_are_rows_too() {
        let table = Build::new(&YEARS)
            .group("I", "Giao thông", &["1800", "600", "600", "500"])
            .item("1", "Đường A", &["900", "300", "300", "300"])
            .total("TỔNG CỘNG", None, &["1800", "600", "600", "500"]);
        assert_eq!(
            lines(&run(&RULE, table.appendix())),
            Vec::new(),
            "most rows fail: the header means something else"
        );
        let table = Build::new(&YEARS)
            .group("I", "Giao thông", &["1800", "600", "600", "500"])
            .item("1", "Đường A", &["900", "300", "300", "300"])
            .item("2", "Đường B", &["900", "300", "300", "300"])
            .total("TỔNG CỘNG", None, &["1800", "600", "600", "500"]);
        assert_eq!(lines(&run(&RULE, table.appendix())), [(1, 3), (4, 3)]);
    }

    #[test]
    fn an_inferred_operand_lowers_the_severity() {
        let table = Build::new(&YEARS).item("1", "Đường A", &["950", "300", "300", "300"]).merged(1);
        let audit = run(&RULE, table.appendix());
        assert_eq!(audit.findings.first().unwrap().severity, Severity::Warning);
    }

    #[test]
    fn swapped_digits_are_named_as_evidence() {
        let table = Build::new(&YEARS).item("1", "Đường A", &["1150", "250", "340", "650"]);
        let audit = run(&RULE, table.appendix());
        assert_eq!(
            audit.findings.first().unwrap().evidence.as_ref().unwrap().key,
            "arithmetic-evidence-swap"
        );
    }
}
