//! T005: a task has no deadline in a table that has a column for deadlines.

use super::printed::{Printed, blank, brief, cell, groups_that_fill, heads_others, place};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::{Appendix, ColumnRole, Item};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "T005", name: "deadline-missing" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/T005-deadline-missing.md"),
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
    let Some(position) = printed.position(ColumnRole::Deadline) else { return };
    let items = printed.items();
    let covered = groups_that_fill(appendix, position);
    let mut blanks = Vec::new();
    let mut timed = 0_usize;
    for (at, (item, row)) in items.iter().enumerate() {
        let none = match item {
            Item::Task(task) => task.deadline.is_none(),
            Item::Plan(plan) => plan.schedule.is_none(),
            Item::Target(_) | Item::Project(_) => continue,
        };
        let cell = cell(*row, Some(position));
        if !none {
            timed += 1;
        } else if item.group().is_none_or(|group| !covered.contains(group))
            && blank(cell)
            && !heads_others(&items, at)
        {
            blanks.push((*item, place(cell, *row, item.at())));
        }
    }
    if timed == 0 && blanks.len() >= MANY {
        let at = printed.column(position).map(|column| column.at.clone()).filter(|at| at.line > 0);
        let message = Text::new("t005-message-column").with("count", blanks.len());
        audit.findings.push(Finding::new(
            RULE.code,
            RULE.severity,
            message,
            at.unwrap_or_else(|| appendix.at.clone()),
        ));
        return;
    }
    for (item, at) in blanks {
        let message = Text::new("t005-message").with("name", brief(item.name()));
        audit.findings.push(Finding::new(RULE.code, RULE.severity, message, at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::{Plans, Tasks};
    use crate::rules::hand::{appendix, document, places};

    const COLUMNS: &[(&str, ColumnRole)] = &[
        ("TT", ColumnRole::Number),
        ("Nhiệm vụ", ColumnRole::Name),
        ("Chủ trì", ColumnRole::Lead),
        ("Thời gian", ColumnRole::Deadline),
    ];

    fn found(rows: &str) -> Vec<(u32, u32)> {
        places(&RULE, &document(appendix(Tasks, COLUMNS, rows)))
    }

    #[test]
    fn a_blank_deadline_is_found_at_its_cell() {
        assert_eq!(found("1\tA\tVăn phòng\t\n2\tB\tVăn phòng\tNăm 2027"), [(2, 4)]);
        let columns =
            [("TT", ColumnRole::Number), ("Tên", ColumnRole::Name), ("Tiến độ", ColumnRole::Deadline)];
        assert_eq!(places(&RULE, &document(appendix(Plans, &columns, "1\tA\tNăm 2026\n2\tB\t"))), [(3, 3)]);
    }

    #[test]
    fn merged_cells_and_rows_that_head_others_pass() {
        assert_eq!(found("1\tA\tVăn phòng\tNăm 2026\n2\tB\tVăn phòng\t^"), []);
        assert_eq!(found("I\tNhóm việc năm 2026\t\tNăm 2026\n1\tA\tVăn phòng\t"), []);
        assert_eq!(found("1\tA\t\t\n-\tPhần một\tVăn phòng\tNăm 2026\n-\tPhần hai\tVăn phòng\tNăm 2027"), []);
    }

    #[test]
    fn a_column_left_blank_throughout_is_found_once() {
        assert_eq!(found("1\tA\tX\t\n2\tB\tX\t\n3\tC\tX\t\n4\tD\tX\t\n5\tE\tX\t"), [(1, 4)]);
    }
}
