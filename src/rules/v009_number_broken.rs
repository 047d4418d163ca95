//! V009: a number is split inside its cell.

use super::printed::{Printed, heading, is_money};
use super::values::broken;
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::{ColumnRole, Origin, RowRole};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "V009", name: "number-broken" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/V009-number-broken.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    for appendix in &context.document.appendices {
        let printed = Printed::of(appendix);
        let columns = printed.positions(|role| is_money(role) || role == ColumnRole::Value);
        for row in printed.rows() {
            if matches!(row.role, RowRole::Header | RowRole::FormulaIndex | RowRole::Note) {
                continue;
            }
            for &position in &columns {
                let Some(cell) = row.cells.get(position).filter(|cell| cell.origin == Origin::Own) else {
                    continue;
                };
                let Some(raw) = cell.raw.as_deref() else { continue };
                let Some(range) = broken(raw) else { continue };
                let joined: String = raw.split_whitespace().collect();
                let header = printed.column(position).map(heading).unwrap_or_default();
                let message = Text::new("v009-message").with("value", raw).with("column", header);
                let finding = Finding::new(RULE.code, RULE.severity, message, cell.at.clone())
                    .quoting(raw, range)
                    .suggest(Text::new("v009-suggestion").with("value", joined));
                audit.findings.push(finding);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::Projects;
    use crate::rules::hand::{appendix, document, places};

    #[test]
    fn a_split_number_is_found_and_thousands_with_spaces_pass() {
        let columns = [
            ("TT", ColumnRole::Number),
            ("Dự án tổ 2, 10, 11", ColumnRole::Name),
            ("Tổng", ColumnRole::Total),
            ("Năm", ColumnRole::Year),
        ];
        let rows = "1\tĐường tổ 1 , 2\t2.315 ,0\t1 250 000\n2\tCầu\t1.500\t1 .500";
        assert_eq!(places(&RULE, &document(appendix(Projects, &columns, rows))), [(2, 3), (3, 4)]);
    }
}
