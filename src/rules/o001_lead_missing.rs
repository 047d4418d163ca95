//! O001: a task has no lead agency, or a project has none in a list that names them.

use super::owners::body_tasks;
use super::printed::{Unfilled, brief};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::{Appendix, AppendixKind, ColumnRole, Item, Task};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "O001", name: "lead-missing" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/O001-lead-missing.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    for appendix in &context.document.appendices {
        missing(appendix, audit);
    }
    for task in body_tasks::lacking(context.body_tasks(), &[ColumnRole::Lead]) {
        let message = Text::new("o001-message").with("name", brief(task.name()));
        let finding = Finding::new(RULE.code, RULE.severity, message, task.at.clone());
        audit.findings.push(finding.quoting(task.text, 0..task.name().len()));
    }
}

fn missing(appendix: &Appendix, audit: &mut Audit) {
    let led = |item: &Item| match item {
        Item::Task(task) => Some(!task.lead.is_empty()),
        // "Trong đó: thiết bị" is a part of the project above.
        Item::Project(project) if project.number.is_some() => Some(!project.lead.is_empty()),
        _ => None,
    };
    // Of a project nobody need be named, unless nearly all of the list's are.
    if appendix.kind == AppendixKind::Projects && !nearly_all_led(appendix) {
        return;
    }
    let Some(unfilled) = Unfilled::of(appendix, ColumnRole::Lead, led) else { return };
    if let Some(header) = unfilled.whole_column() {
        let message = Text::new("o001-message-column").with("count", unfilled.blanks.len());
        audit.findings.push(Finding::new(RULE.code, RULE.severity, message, header.clone()));
        return;
    }
    for blank in unfilled.blanks {
        let message = Text::new("o001-message").with("name", brief(blank.item.name()));
        let finding = Finding::new(RULE.code, RULE.severity, message, blank.at);
        let above = blank.above.filter(|above| above.group() == blank.item.group());
        audit.findings.push(match above {
            Some(Item::Task(task)) => beside(finding, task),
            _ => finding,
        });
    }
}

/// Whether at least three projects, and three in four, name who is responsible.
fn nearly_all_led(appendix: &Appendix) -> bool {
    let (mut led, mut all) = (0, 0);
    for item in &appendix.items {
        if let Item::Project(project) = item
            && project.number.is_some()
        {
            all += 1;
            led += usize::from(!project.lead.is_empty());
        }
    }
    led >= 3 && led * 4 >= all * 3
}

/// The finding with the agency that leads the task above.
fn beside(finding: Finding, above: &Task) -> Finding {
    let Some(agency) = above.lead.first() else { return finding };
    let evidence =
        Text::new("o001-evidence").with("above", brief(&above.name)).with("agency", agency.raw.as_str());
    finding.relate(agency.at.clone(), Text::words(agency.raw.as_str())).because(evidence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::Tasks;
    use crate::rules::hand::{appendix, document, findings};

    const COLUMNS: &[(&str, ColumnRole)] = &[
        ("TT", ColumnRole::Number),
        ("Nhiệm vụ", ColumnRole::Name),
        ("Chủ trì", ColumnRole::Lead),
        ("Ghi chú", ColumnRole::Note),
    ];

    fn found(rows: &str) -> Vec<(u32, u32, bool)> {
        let found = findings(&RULE, &document(appendix(Tasks, COLUMNS, rows)));
        found.iter().map(|finding| (finding.at.line, finding.at.column, finding.evidence.is_some())).collect()
    }

    #[test]
    fn a_blank_lead_is_found_with_the_agency_above_it() {
        assert_eq!(found("1\tA\tBan Xây dựng Đảng\t\n2\tB\t\t\n3\tC\t\t"), [(3, 3, true), (4, 3, true)]);
        assert_eq!(found("1\tA\tVăn phòng\t\nII\tNhóm\t\t\n1\tB\t\t"), [(4, 3, false)]);
    }

    #[test]
    fn a_column_left_blank_throughout_is_found_once() {
        assert_eq!(found("1\tA\t\tX\n2\tB\t\tX\n3\tC\t\tX\n4\tD\t\tX\n5\tE\t\tX"), [(1, 3, false)]);
    }

    #[test]
    fn merged_cells_and_rows_that_head_others_pass() {
        assert_eq!(found("1\tA\tVăn phòng\t\n2\tB\t^\t"), []);
        assert_eq!(found("I\tKinh tế\tPhòng Kinh tế\t\n1\tA\t\t\n2\tB\t\t"), []);
        assert_eq!(found("1\tA\t\t\n-\tPhần một\tVăn phòng\t"), []);
    }
}
