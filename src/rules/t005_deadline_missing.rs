//! T005: a task has no deadline in a table that has a column for deadlines.

use super::owners::body_tasks;
use super::printed::{Unfilled, brief};
use super::rows::RowIndex;
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::{Appendix, AppendixKind, ColumnRole, Item};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "T005", name: "deadline-missing" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/T005-deadline-missing.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let mut rows = RowIndex::default();
    for appendix in &context.document.appendices {
        missing(appendix, audit);
        ends(appendix, &mut rows, audit);
    }
    for task in body_tasks::lacking(context.body_tasks(), body_tasks::TIMES) {
        let message = Text::new("t005-message").with("name", brief(task.name()));
        let finding = Finding::new(RULE.code, RULE.severity, message, task.at.clone());
        audit.findings.push(finding.quoting(task.text, 0..task.name().len()));
    }
}

fn missing(appendix: &Appendix, audit: &mut Audit) {
    let timed = |item: &Item| match item {
        Item::Task(task) => Some(task.deadline.is_some()),
        Item::Plan(plan) => Some(plan.schedule.is_some()),
        Item::Target(_) | Item::Project(_) => None,
    };
    let Some(unfilled) = Unfilled::of(appendix, ColumnRole::Deadline, timed) else { return };
    if let Some(header) = unfilled.whole_column() {
        let message = Text::new("t005-message-column").with("count", unfilled.blanks.len());
        audit.findings.push(Finding::new(RULE.code, RULE.severity, message, header.clone()));
        return;
    }
    for blank in unfilled.blanks {
        let message = Text::new("t005-message").with("name", brief(blank.item.name()));
        audit.findings.push(Finding::new(RULE.code, RULE.severity, message, blank.at));
    }
}

/// Fewest tasks that fill both columns of times for one that does not to stand out, and out of how many.
const FILLED: usize = 4;
const OUT_OF: usize = 5;

/// "Bắt đầu" and "Hoàn thành" in columns of their own: a task that leaves one of them blank where nearly all fill both.
fn ends<'a>(appendix: &'a Appendix, rows: &mut RowIndex<'a>, audit: &mut Audit) {
    let times: Vec<usize> = appendix
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.role == ColumnRole::Deadline)
        .map(|(at, _)| at)
        .collect();
    if times.len() < 2 || appendix.kind != AppendixKind::Tasks {
        return;
    }
    for at in &times {
        let mut blanks = Vec::new();
        let mut filled = 0;
        for item in &appendix.items {
            let Some(row) = rows.row(appendix, item.id()) else { continue };
            let cell = |at: &usize| row.cells.get(*at);
            let is_filled = |at: &usize| cell(at).is_some_and(|cell| cell.raw.is_some());
            match times.iter().filter(|at| is_filled(at)).count() {
                0 => {}
                _ if is_filled(at) => filled += 1,
                _ => blanks.extend(cell(at).map(|cell| (item, cell))),
            }
        }
        let column = appendix.columns.get(*at).and_then(|column| column.path.last());
        let Some(column) = column.filter(|_| filled >= FILLED && blanks.len() * OUT_OF <= filled) else {
            continue;
        };
        for (item, cell) in blanks {
            let message = Text::new("t005-message-part")
                .with("name", brief(item.name()))
                .with("column", column.as_str());
            audit.findings.push(Finding::new(RULE.code, RULE.severity, message, cell.at.clone()));
        }
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
