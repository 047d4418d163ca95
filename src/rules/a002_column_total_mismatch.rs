//! A002: a total row is not the sum of its rows, and no rows are known to be missing.

use super::arithmetic::{Container, report_totals};
use super::targets::target_sums::{self, Over};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "A002", name: "column-total-mismatch" },
    severity: Severity::Error,
    page: include_str!("../../docs/rules/A002-column-total-mismatch.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    report_totals(context, audit, &RULE, "a002-message", |container| container == Container::Root);
    target_sums::report(context, audit, &RULE, "a002-message", Over::Table);
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a finding that is not there fails the test")]
mod tests {
    use super::super::arithmetic::testing::{Build, lines, run};
    use super::*;

    #[test]
    fn a_wrong_column_is_found_at_its_total() {
        let table = Build::new(&["Tổng mức đầu tư", "Năm 2026"])
            .item("1", "Trường A", &["120.5", "20.0"])
            .item("2", "Trường B", &["80.0", "30.0"])
            .total("Tổng cộng", None, &["200.5", "60.0"]);
        let audit = run(&RULE, table.appendix());
        assert_eq!(lines(&audit), [(3, 4)]);
        assert_eq!(audit.checks.len(), 2);
    }

    #[test]
    fn a_row_left_out_is_named_as_evidence() {
        let table = Build::new(&["Kinh phí"])
            .total("TỔNG SỐ", None, &["740"])
            .item("1", "A", &["412"])
            .item("2", "B", &["328"])
            .item("3", "C", &["155"]);
        let audit = run(&RULE, table.appendix());
        let evidence = audit.findings.first().unwrap().evidence.clone().unwrap();
        assert_eq!(evidence.key, "arithmetic-evidence-left-out");
    }

    #[test]
    fn a_stated_formula_is_not_reported_here() {
        let table = Build::new(&["Kinh phí"])
            .total("TỔNG CỘNG: A + B", Some("A + B"), &["900"])
            .group("A", "Công", &["500"])
            .item("1", "X", &["500"])
            .group("B", "Tư", &["300"])
            .item("1", "Y", &["300"]);
        assert!(run(&RULE, table.appendix()).findings.is_empty());
    }

    #[test]
    fn shares_of_the_whole_are_not_added() {
        let table = Build::new(&["Kinh phí", "Tỷ lệ (%)"])
            .item("1", "A", &["412", "80"])
            .item("2", "B", &["328", "90"])
            .total("Cộng", None, &["740", "85"]);
        assert!(run(&RULE, table.appendix()).findings.is_empty());
    }
}
