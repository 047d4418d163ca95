//! O001: a task has no lead agency.

use super::printed::{Printed, blank, brief, cell, groups_that_fill, heads_others, place};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::{Appendix, ColumnRole, Item, Task};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "O001", name: "lead-missing" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/O001-lead-missing.md"),
    check,
};

/// Where this many tasks all have none, the column is found once.
const MANY: usize = 5;

fn check(context: &Context<'_>, audit: &mut Audit) {
    for appendix in &context.document.appendices {
        missing(appendix, audit);
    }
}

fn missing(appendix: &Appendix, audit: &mut Audit) {
    let printed = Printed::of(appendix);
    let Some(position) = printed.position(ColumnRole::Lead) else { return };
    let items = printed.items();
    let covered = groups_that_fill(appendix, position);
    let mut above: Option<&Task> = None;
    let mut found = Vec::new();
    for (at, (item, row)) in items.iter().enumerate() {
        let Item::Task(task) = item else { continue };
        let cell = cell(*row, Some(position));
        if !task.lead.is_empty() {
            above = Some(task);
        } else if task.group.as_deref().is_none_or(|group| !covered.contains(group))
            && blank(cell)
            && !heads_others(&items, at)
        {
            let message = Text::new("o001-message").with("name", brief(&task.name));
            let mut finding = Finding::new(RULE.code, RULE.severity, message, place(cell, *row, &task.at));
            if let Some(led) = above.filter(|led| led.group == task.group)
                && let Some(agency) = led.lead.first()
            {
                let evidence = Text::new("o001-evidence")
                    .with("above", brief(&led.name))
                    .with("agency", agency.raw.as_str());
                finding =
                    finding.relate(agency.at.clone(), Text::words(agency.raw.as_str())).because(evidence);
            }
            found.push(finding);
        }
    }
    if above.is_none() && found.len() >= MANY {
        let at = printed.column(position).map(|column| column.at.clone()).filter(|at| at.line > 0);
        let message = Text::new("o001-message-column").with("count", found.len());
        found =
            vec![Finding::new(RULE.code, RULE.severity, message, at.unwrap_or_else(|| appendix.at.clone()))];
    }
    audit.findings.append(&mut found);
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
