//! T002: a range of times that ends before it starts.

use super::printed::{Printed, is_numeric};
use super::time::dates::{SlipKind, said_again};
use super::time::{Setting, has_range, slips};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::grammar::Calendar;
use crate::model::{Appendix, ColumnRole, Deadline, DeadlineProblem, Item, Origin, RowRole};
use crate::span::At;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "T002", name: "reversed-range" },
    severity: Severity::Error,
    page: include_str!("../../docs/rules/T002-reversed-range.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let calendar = &context.grammar.calendar;
    let document = context.document;
    let mut look = |text: &str, at: &At, setting| reversed(text, at, setting, calendar, audit);
    for text in [&document.header.title, &document.header.subtitle].into_iter().flatten() {
        look(text, &document.header.at, Setting::Running);
    }
    for block in context.blocks() {
        look(&block.text, &block.at, Setting::Running);
    }
    for section in context.sections() {
        if let Some(title) = &section.title {
            look(title, &section.at, Setting::Running);
        }
    }
    for appendix in &document.appendices {
        if let Some(title) = &appendix.title {
            look(title, &appendix.at, Setting::Running);
        }
        cells(appendix, &mut look);
    }
    for appendix in &document.appendices {
        deadlines(appendix, calendar, audit);
    }
}

fn reversed(text: &str, at: &At, setting: Setting, calendar: &Calendar, audit: &mut Audit) -> bool {
    if !has_range(text) {
        return false;
    }
    let mut any = false;
    for slip in slips(text, setting, calendar).into_iter().filter(|slip| slip.kind == SlipKind::Reversed) {
        let words = text.get(slip.range.clone()).unwrap_or_default();
        let message = Text::new("t002-message").with("words", words);
        audit.findings.push(
            Finding::new(RULE.code, RULE.severity, message, at.clone())
                .quoting(text, slip.range.clone())
                .suggest(Text::new("t002-suggestion")),
        );
        any = true;
    }
    any
}

/// Headers, names and periods of the printed table.
fn cells(appendix: &Appendix, look: &mut impl FnMut(&str, &At, Setting) -> bool) {
    let roles: Vec<ColumnRole> = appendix.columns.iter().map(|column| column.role).collect();
    let header = appendix.table.iter().flat_map(|table| &table.header);
    for row in header.chain(Printed::of(appendix).rows()) {
        let heads = matches!(row.role, RowRole::Header | RowRole::FormulaIndex);
        for (position, cell) in row.cells.iter().enumerate() {
            let Some(text) = cell.raw.as_deref().filter(|_| cell.origin != Origin::Inherited) else {
                continue;
            };
            match roles.get(position) {
                Some(ColumnRole::Period) if !heads => look(text, &cell.at, Setting::TimeCell),
                Some(ColumnRole::Deadline) if !heads => continue,
                Some(role) if !heads && is_numeric(*role) => continue,
                _ => look(text, &cell.at, Setting::Running),
            };
        }
    }
}

fn deadlines(appendix: &Appendix, calendar: &Calendar, audit: &mut Audit) {
    let mut last = None;
    for item in &appendix.items {
        let deadline = match item {
            Item::Task(task) => task.deadline.as_ref(),
            Item::Plan(plan) => plan.schedule.as_ref(),
            Item::Target(_) | Item::Project(_) => None,
        };
        let Some(deadline) = deadline.filter(|deadline| !said_again(deadline, &mut last)) else { continue };
        if !reversed(&deadline.raw, &deadline.at, Setting::TimeCell, calendar, audit) && backwards(deadline) {
            let message = Text::new("t002-message").with("words", deadline.raw.as_str());
            audit.findings.push(
                Finding::new(RULE.code, RULE.severity, message, deadline.at.clone())
                    .suggest(Text::new("t002-suggestion")),
            );
        }
    }
}

fn backwards(deadline: &Deadline) -> bool {
    let days = deadline.from.as_ref().zip(deadline.to.as_ref());
    match deadline.problem {
        Some(DeadlineProblem::Reversed) => true,
        Some(DeadlineProblem::Impossible) => false,
        None => days.is_some_and(|(from, to)| from > to),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::{Projects, Tasks};
    use crate::rules::hand::{appendix, body, document, places};

    #[test]
    fn ranges_that_run_backwards_are_found() {
        let columns =
            [("TT", ColumnRole::Number), ("Nhiệm vụ", ColumnRole::Name), ("Thời gian", ColumnRole::Deadline)];
        let rows = "1\tA\t2028-2026\n2\tB\t2026-2028\n3\tC\tTừ 2027 đến 2026";
        assert_eq!(places(&RULE, &document(appendix(Tasks, &columns, rows))), [(2, 3), (4, 3)]);
        let columns =
            [("TT", ColumnRole::Number), ("Dự án", ColumnRole::Name), ("Thời gian", ColumnRole::Period)];
        assert_eq!(
            places(&RULE, &document(appendix(Projects, &columns, "1\tA\t2026-2024\n2\tB\t2024 – 2026"))),
            [(2, 3)]
        );
        assert_eq!(
            places(
                &RULE,
                &body(&["Giai đoạn 2030-2026 tập trung", "Mã số 2030-2026", "Giai đoạn 2026-2030"])
            ),
            [(1, 1)]
        );
    }
}
