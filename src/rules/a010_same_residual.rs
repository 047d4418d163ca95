//! A010: several failed sums differ by one amount; one cell or one lost row explains them all.

use std::collections::BTreeMap;

use super::{Context, Rule};
use crate::finding::{Audit, Check, Code, Finding, Outcome, Severity, Text};
use crate::span::At;
use crate::value::Number;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "A010", name: "same-residual" },
    severity: Severity::Info,
    page: include_str!("../../docs/rules/A010-same-residual.md"),
    check,
};

/// Rules whose checks are sums.
const SUMS: [&str; 4] = ["A001", "A002", "A003", "A004"];

fn check(context: &Context<'_>, audit: &mut Audit) {
    let appendices = &context.document.appendices;
    let mut alike: BTreeMap<(usize, Number), Vec<&Check>> = BTreeMap::new();
    for check in &audit.checks {
        if check.outcome != Outcome::Fails || !SUMS.contains(&check.code.code) {
            continue;
        }
        let Some(difference) = check.difference.filter(|difference| !difference.is_zero()) else { continue };
        let appendix = appendices.partition_point(|appendix| appendix.at.span.0 <= check.at.span.0);
        alike.entry((appendix, difference.abs().normalized())).or_default().push(check);
    }
    let mut found = Vec::new();
    for ((_, difference), mut checks) in alike {
        checks.sort_by_key(|check| (check.at.span, check.code));
        checks.dedup_by_key(|check| check.at.span);
        let [first, others @ ..] = checks.as_slice() else { continue };
        if others.is_empty() {
            continue;
        }
        let message = Text::new("a010-message").with("count", checks.len()).with("difference", difference);
        let mut finding = Finding::new(RULE.code, RULE.severity, message, first.at.clone());
        for other in others {
            finding = finding.relate(other.at.clone(), other.statement.clone());
        }
        if let Some((at, label)) = shared(&checks) {
            let evidence =
                Text::new("a010-evidence-cell").with("name", label.clone()).with("place", at.clone());
            finding = finding.relate(at, label).because(evidence);
        }
        found.push(finding);
    }
    audit.findings.extend(found);
}

/// The one cell that enters all the sums, as total or as operand.
fn shared(checks: &[&Check]) -> Option<(At, Text)> {
    let (first, others) = checks.split_first()?;
    let own = (&first.at, &first.statement);
    let operands = first.operands.iter().filter(|operand| operand.value.is_some());
    let mut cells = std::iter::once(own).chain(operands.map(|operand| (&operand.at, &operand.label)));
    let in_all = |(at, _): &(&At, &Text)| {
        others.iter().all(|check| check.at == **at || check.operands.iter().any(|operand| operand.at == **at))
    };
    let only = cells.by_ref().find(in_all)?;
    let label = others
        .iter()
        .find_map(|check| check.operands.iter().find(|operand| operand.at == *only.0))
        .map_or(only.1, |operand| &operand.label);
    cells.all(|cell| !in_all(&cell)).then(|| (only.0.clone(), label.clone()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a finding that is not there fails the test")]
mod tests {
    use super::super::arithmetic::testing::{Build, lines, run_all};
    use super::super::{a001_row_total_mismatch, a002_column_total_mismatch, a003_group_total_mismatch};
    use super::*;

    fn audit(build: Build) -> Vec<Finding> {
        let before = [
            &a001_row_total_mismatch::RULE,
            &a002_column_total_mismatch::RULE,
            &a003_group_total_mismatch::RULE,
        ];
        let audit = run_all(&[before[0], before[1], before[2], &RULE], build.appendix());
        assert!(lines(&audit).len() >= 2);
        audit.findings.into_iter().filter(|finding| finding.code == RULE.code).collect()
    }

    fn rows(cell: &str) -> Build {
        Build::new(&["Nhu cầu|Tổng số", "Nhu cầu|Tỉnh", "Nhu cầu|Xã"])
            .item("1", "X", &["700", "400", "300"])
            .item("2", "Y", &["500", "200", cell])
            .item("3", "Z", &["900", "500", "400"])
            .total("Tổng cộng", None, &["2100", "1100", "1000"])
    }

    #[test]
    fn a_row_and_a_column_that_miss_by_one_amount_name_their_common_cell() {
        let found = audit(rows("362"));
        let finding = found.first().unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(finding.evidence.as_ref().unwrap().key, "a010-evidence-cell");
        assert!(finding.related.iter().any(|related| (related.at.line, related.at.column) == (2, 5)));
    }

    #[test]
    fn different_residuals_are_not_related() {
        let build = Build::new(&["Nhu cầu|Tổng số", "Nhu cầu|Tỉnh", "Nhu cầu|Xã"])
            .item("1", "X", &["700", "400", "300"])
            .item("2", "Y", &["500", "200", "362"])
            .item("3", "Z", &["900", "500", "400"])
            .total("Tổng cộng", None, &["2100", "1100", "1090"]);
        assert!(audit(build).is_empty());
    }
}
