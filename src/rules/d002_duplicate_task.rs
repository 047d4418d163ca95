//! D002: one task stands twice.

use super::duplicates::{Difference, Pair, Strictness, called, finding, pairs};
use super::printed::brief;
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::{Agency, Item};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "D002", name: "duplicate-task" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/D002-duplicate-task.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let locality = context.document.header.locality.as_deref();
    let scope = |item: &Item| matches!(item, Item::Task(_)).then_some(0);
    for appendix in &context.document.appendices {
        for pair in pairs(appendix, locality, &context.grammar.duplicates, Strictness::Likeness, scope) {
            audit.findings.push(finding(sentence(&pair), appendix, &pair));
        }
    }
}

fn sentence(pair: &Pair<'_>) -> Finding {
    let key = if pair.difference == Difference::None { "d002-message" } else { "d002-message-near" };
    let message = Text::new(key).with("name", brief(pair.later.0.name())).with("number", called(pair));
    let sentence = Finding::new(RULE.code, RULE.severity, message, pair.later.0.at().clone());
    let (Some(first), Some(later)) = (lead(pair.first.0), lead(pair.later.0)) else { return sentence };
    if first.key == later.key {
        return sentence;
    }
    sentence.suggest(
        Text::new("d002-suggestion-leads")
            .with("first", first.raw.as_str())
            .with("later", later.raw.as_str()),
    )
}

fn lead(item: &Item) -> Option<&Agency> {
    match item {
        Item::Task(task) => task.lead.first(),
        Item::Target(_) | Item::Project(_) | Item::Plan(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::Tasks;
    use crate::model::ColumnRole;
    use crate::rules::hand::{appendix, document, findings};

    fn found(rows: &str) -> Vec<(u32, u32, bool)> {
        let columns =
            [("TT", ColumnRole::Number), ("Nhiệm vụ", ColumnRole::Name), ("Chủ trì", ColumnRole::Lead)];
        let found = findings(&RULE, &document(appendix(Tasks, &columns, rows)));
        found
            .iter()
            .map(|finding| (finding.at.line, finding.at.column, finding.suggestion.is_some()))
            .collect()
    }

    #[test]
    fn a_task_in_two_groups_is_found_also_with_another_lead() {
        let rows = "I\tKinh tế\t\n1\tSố hóa di tích\tPhòng Kinh tế\nII\tVăn hóa\t\n1\tSố hóa di tích.\tPhòng Văn hóa\n2\tSố hóa hồ sơ\tVăn phòng";
        assert_eq!(found(rows), [(5, 2, true)]);
    }

    #[test]
    fn tasks_that_differ_in_what_they_do_pass() {
        let rows = "1\tKế hoạch đào tạo cán bộ xã năm 2026\tA\n2\tKế hoạch đào tạo cán bộ xã năm 2027\tA\n3\tXây dựng kế hoạch kết nạp đảng viên\tA\n4\tXây dựng kế hoạch bồi dưỡng đảng viên\tA";
        assert_eq!(found(rows), []);
    }
}
