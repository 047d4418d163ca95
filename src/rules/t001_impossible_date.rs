//! T001: a day, month, quarter or year that there is not.

use super::printed::{Printed, is_numeric};
use super::time::dates::{SlipKind, wrong_date};
use super::time::{Setting, Slip, slips};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::grammar::Calendar;
use crate::model::{Appendix, ColumnRole, DatedValue, Deadline, DeadlineProblem, Item, Origin, RowRole};
use crate::span::At;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "T001", name: "impossible-date" },
    severity: Severity::Error,
    page: include_str!("../../docs/rules/T001-impossible-date.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let calendar = &context.grammar.calendar;
    let document = context.document;
    let mut found = Vec::new();
    for text in [&document.header.title, &document.header.subtitle].into_iter().flatten() {
        running(text, &document.header.at, calendar, &mut found);
    }
    for block in context.blocks() {
        running(&block.text, &block.at, calendar, &mut found);
    }
    for ground in &document.header.basis {
        running(&ground.raw, &ground.at, calendar, &mut found);
    }
    for section in context.sections() {
        if let Some(title) = &section.title {
            running(title, &section.at, calendar, &mut found);
        }
    }
    dated(document.header.date.as_ref(), &mut found);
    for appendix in &document.appendices {
        caption(appendix, calendar, &mut found);
        cells(appendix, calendar, &mut found);
        deadlines(appendix, calendar, &mut found);
    }
    audit.findings.append(&mut found);
}

fn running(text: &str, at: &At, calendar: &Calendar, found: &mut Vec<Finding>) {
    for slip in slips(text, Setting::Running, calendar) {
        found.extend(finding(text, at, &slip));
    }
}

/// The finding for a slip; a period that runs backwards is another rule's.
fn finding(text: &str, at: &At, slip: &Slip) -> Option<Finding> {
    let words = text.get(slip.range.clone())?;
    let key = match slip.kind {
        SlipKind::Day => "t001-message-day",
        SlipKind::Month => "t001-message-month",
        SlipKind::Quarter => "t001-message-quarter",
        SlipKind::Year => "t001-message-year",
        SlipKind::Reversed => return None,
    };
    let message = Text::new(key).with("words", words);
    Some(Finding::new(RULE.code, RULE.severity, message, at.clone()).quoting(text, slip.range.clone()))
}

/// A date whose parts are all printed and are no day; not where its line has been found already.
fn dated(date: Option<&DatedValue>, found: &mut Vec<Finding>) {
    let Some(date) = date.filter(|date| date.value.is_none()) else { return };
    let (Some(day), Some(month), Some(year)) = (date.day, date.month, date.year) else { return };
    let Some(kind) = wrong_date(day, month, year) else { return };
    let known =
        |finding: &Finding| finding.at.span.0 <= date.at.span.0 && date.at.span.1 <= finding.at.span.1;
    if !found.iter().any(known) {
        found.extend(finding(&date.raw, &date.at, &Slip { range: 0..date.raw.len(), kind }));
    }
}

fn caption(appendix: &Appendix, calendar: &Calendar, found: &mut Vec<Finding>) {
    if let Some(title) = &appendix.title {
        running(title, &appendix.at, calendar, found);
    }
    if let Some(issued) = &appendix.issued_with {
        let before = found.len();
        running(&issued.raw, &issued.at, calendar, found);
        if found.len() == before {
            let mut own = Vec::new();
            dated(issued.date.as_ref(), &mut own);
            found.append(&mut own);
        }
    }
}

/// Cells of the printed table but those of deadlines, which the items give.
fn cells(appendix: &Appendix, calendar: &Calendar, found: &mut Vec<Finding>) {
    let printed = Printed::of(appendix);
    let roles: Vec<ColumnRole> = appendix.columns.iter().map(|column| column.role).collect();
    let header = appendix.table.iter().flat_map(|table| &table.header);
    for row in header.chain(printed.rows()) {
        let heads = matches!(row.role, RowRole::Header | RowRole::FormulaIndex);
        for (position, cell) in row.cells.iter().enumerate() {
            let Some(text) = cell.raw.as_deref().filter(|_| cell.origin != Origin::Inherited) else {
                continue;
            };
            let setting = match roles.get(position) {
                Some(ColumnRole::Deadline) if !heads && row.role == RowRole::Item => continue,
                Some(role) if !heads && is_numeric(*role) => continue,
                Some(ColumnRole::Period | ColumnRole::Deadline) if !heads => Setting::TimeCell,
                _ => Setting::Running,
            };
            for slip in slips(text, setting, calendar) {
                found.extend(finding(text, &cell.at, &slip));
            }
        }
    }
}

fn deadlines(appendix: &Appendix, calendar: &Calendar, found: &mut Vec<Finding>) {
    for item in &appendix.items {
        let deadline = match item {
            Item::Task(task) => task.deadline.as_ref(),
            Item::Plan(plan) => plan.schedule.as_ref(),
            Item::Target(_) | Item::Project(_) => None,
        };
        // What a group's row says for its tasks is looked at in that row.
        let Some(deadline) = deadline.filter(|deadline| !deadline.inferred) else { continue };
        let before = found.len();
        for slip in slips(&deadline.raw, Setting::TimeCell, calendar) {
            found.extend(finding(&deadline.raw, &deadline.at, &slip));
        }
        if found.len() == before && deadline.problem == Some(DeadlineProblem::Impossible) {
            found.push(whole(deadline));
        }
    }
}

fn whole(deadline: &Deadline) -> Finding {
    let message = Text::new("t001-message").with("words", deadline.raw.as_str());
    Finding::new(RULE.code, RULE.severity, message, deadline.at.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::{Projects, Tasks};
    use crate::model::Document;
    use crate::rules::hand::{appendix, at, body, document, findings, places};

    const TASKS: &[(&str, ColumnRole)] =
        &[("TT", ColumnRole::Number), ("Nhiệm vụ", ColumnRole::Name), ("Thời gian", ColumnRole::Deadline)];

    #[test]
    fn deadlines_periods_and_running_text_are_found_at_their_words() {
        let rows =
            "1\tA\tQuý V/2026\n2\tB\t2026-3030\n3\tC\tQuý IV/2026\n4\tLập báo cáo ngày 31/02/2027\tNăm 2027";
        assert_eq!(places(&RULE, &document(appendix(Tasks, TASKS, rows))), [(5, 2), (2, 3), (3, 3)]);
        let columns =
            [("TT", ColumnRole::Number), ("Dự án", ColumnRole::Name), ("Thời gian", ColumnRole::Period)];
        assert_eq!(
            places(&RULE, &document(appendix(Projects, &columns, "1\tA\t2026-3030\n2\tB\t2026-2028"))),
            [(2, 3)]
        );
        let found = findings(&RULE, &body(&["Đến năm 20226 hoàn thành.", "Trong tháng 12/2026."]));
        let quotes: Vec<_> =
            found.iter().map(|finding| finding.quote.as_ref().map(|quote| quote.words.as_str())).collect();
        assert_eq!(quotes, [Some("20226")]);
    }

    #[test]
    fn what_the_parser_calls_impossible_is_found_once() {
        let mut appendix = appendix(Tasks, TASKS, "1\tA\tTuần 60/2026\n2\tB\tTháng 14/2026");
        for item in &mut appendix.items {
            if let Item::Task(task) = item
                && let Some(deadline) = &mut task.deadline
            {
                deadline.problem = Some(DeadlineProblem::Impossible);
            }
        }
        assert_eq!(places(&RULE, &document(appendix)), [(2, 3), (3, 3)]);
    }

    #[test]
    fn the_date_of_the_document_is_checked() {
        let mut document = Document::default();
        document.header.date = Some(DatedValue {
            raw: "ngày 31 tháng 4 năm 2026".to_owned(),
            value: None,
            year: Some(2026),
            month: Some(4),
            day: Some(31),
            at: at(3, 1),
        });
        assert_eq!(places(&RULE, &document), [(3, 1)]);
        document.header.date =
            Some(DatedValue { year: Some(2026), month: Some(3), at: at(3, 1), ..DatedValue::default() });
        assert_eq!(places(&RULE, &document), []);
    }
}
