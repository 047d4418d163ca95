//! T003: a deadline lies outside the years of the programme: wholly, or as the only one that goes on after the last.

use super::owners::body_tasks;
use super::printed::{Printed, brief, cell, place};
use super::time::dates::said_again;
use super::time::due::{Due, due};
use super::time::programme::{Named, year_of};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::grammar::phrase::{holds, plain};
use crate::grammar::{Calendar, DeadlineWords};
use crate::model::{Appendix, ColumnRole, Deadline, DeadlineKind, Item, Row};
use crate::syntax::deadline;
use crate::value::Period;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "T003", name: "outside-programme" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/T003-outside-programme.md"),
    check,
};

/// A year further away than this is a slip of the pen, which T001 finds.
const FAR: i32 = 60;

/// The programme's time, and what may lie outside of it.
struct Programme<'a> {
    span: Period,
    calendar: &'a Calendar,
    /// The day of issue: what is due between it and the first year prepares the programme.
    issued: Option<&'a str>,
    /// Until when the results of a plan of one year may be reported.
    reported_by: Option<String>,
}

impl Programme<'_> {
    fn is_named(&self) -> bool {
        self.span.from.is_some() || self.span.to.is_some()
    }

    /// The message's key and the year that a deadline passes.
    fn passed_by(&self, deadline: &Deadline) -> Option<(&'static str, i32)> {
        let due = deadline.to.as_deref().filter(|_| deadline.problem.is_none());
        let prepares =
            due.zip(self.issued).is_some_and(|(due, issued)| due >= issued) && year_of(due) < self.span.from;
        let reports = due.zip(self.reported_by.as_deref()).is_some_and(|(due, last)| due <= last);
        let found = outside_of(deadline, self.span, self.calendar).filter(|_| !prepares)?;
        (!reports || year_of(due) < self.span.from).then_some(found)
    }
}

fn check(context: &Context<'_>, audit: &mut Audit) {
    let calendar = &context.grammar.calendar;
    let named = Named::of(context.document, calendar);
    let issued = context.document.header.date.as_ref().and_then(|date| date.value.as_deref());
    let of = |span: Period| Programme { span, calendar, issued, reported_by: named.reported_by() };
    for appendix in &context.document.appendices {
        let timed = appendix.items.iter().any(|item| !matches!(item, Item::Target(_)));
        let programme = of(named.with(appendix, calendar));
        if timed && programme.is_named() {
            items(appendix, &programme, &context.grammar.deadlines, audit);
            audit.findings.extend(only_one_going_on(appendix, programme.span, calendar));
        }
    }
    let programme = of(named.span());
    if programme.is_named() {
        in_words(context, &programme, audit);
        in_prose(context, &programme, audit);
    }
}

/// Tasks that the body states with their times.
fn in_words(context: &Context<'_>, programme: &Programme<'_>, audit: &mut Audit) {
    for task in context.body_tasks() {
        let Some(stated) = task.value(body_tasks::TIMES) else { continue };
        let words = stated.words();
        let deadline = deadline::deadline(words, &context.grammar.deadlines);
        let Some((key, year)) = programme.passed_by(&deadline) else { continue };
        let message = Text::new(key).with("words", words).with("name", brief(task.name())).with("year", year);
        let finding = Finding::new(RULE.code, RULE.severity, message, stated.at.clone());
        audit.findings.push(finding.quoting(stated.text, stated.field.value.clone()));
    }
}

/// Times in sentences of the body by which something is to be done.
fn in_prose(context: &Context<'_>, programme: &Programme<'_>, audit: &mut Audit) {
    let grounds = context.document.header.preamble.len();
    for passage in context.passages().into_iter().skip(grounds) {
        for Due { range, deadline } in due(passage, context.grammar) {
            let Some((key, year)) = programme.passed_by(&deadline) else { continue };
            if audit.findings.iter().any(|it| it.code == RULE.code && it.at == *passage.at) {
                continue;
            }
            let words = passage.text.get(range.clone()).unwrap_or_default();
            let message =
                Text::new(key).with("words", words).with("name", brief(passage.text)).with("year", year);
            let finding = Finding::new(RULE.code, RULE.severity, message, passage.at.clone());
            audit.findings.push(finding.quoting(passage.text, range));
        }
    }
}

/// Other columns of times than the one that the deadline is read from: "Thời gian gửi thẩm định" beside "Thời gian trình".
fn other_times(
    appendix: &Appendix,
    (item, row): (&Item, Option<&Row>),
    programme: &Programme<'_>,
    words: &DeadlineWords,
    audit: &mut Audit,
) {
    let Item::Task(task) = item else { return };
    let Some((row, own)) = row.zip(task.deadline.as_ref()) else { return };
    for (column, cell) in appendix.columns.iter().zip(&row.cells) {
        let Some(raw) = cell.raw.as_deref().filter(|_| column.role == ColumnRole::Deadline) else { continue };
        if cell.at == own.at || own.at.also.contains(&cell.at) || raw == own.raw || cell.from.is_some() {
            continue;
        }
        let deadline = deadline::deadline(raw, words);
        // "2023 - 2025" is what is looked into, and not when.
        if matches!(deadline.kind, DeadlineKind::Year | DeadlineKind::Years | DeadlineKind::Range) {
            continue;
        }
        let Some((key, year)) = programme.passed_by(&deadline) else { continue };
        let message = Text::new(key).with("words", raw).with("name", brief(item.name())).with("year", year);
        audit.findings.push(Finding::new(RULE.code, RULE.severity, message, cell.at.clone()));
    }
}

/// The one task of a table that goes on after the programme's last year. Where more do, work is meant to go on.
fn only_one_going_on(appendix: &Appendix, span: Period, calendar: &Calendar) -> Option<Finding> {
    let timed = appendix.items.iter().filter_map(|item| match item {
        Item::Task(task) => task.deadline.as_ref().map(|deadline| (item.name(), deadline)),
        _ => None,
    });
    let mut going_on = timed.filter(|(_, deadline)| {
        let (from, to) = (year_of(deadline.from.as_deref()), year_of(deadline.to.as_deref()));
        from.zip(span.to).is_some_and(|(from, end)| from < end)
            && after(to, span).is_some()
            && outside_of(deadline, span, calendar).is_none()
    });
    let (name, deadline) = going_on.next().filter(|_| going_on.next().is_none())?;
    let message = Text::new("t003-message-goes-on")
        .with("words", deadline.raw.as_str())
        .with("name", brief(name))
        .with("year", span.to.unwrap_or_default());
    Some(Finding::new(RULE.code, RULE.severity, message, deadline.at.clone()))
}

fn items(appendix: &Appendix, programme: &Programme<'_>, words: &DeadlineWords, audit: &mut Audit) {
    let printed = Printed::of(appendix);
    let period_column = printed.position(ColumnRole::Period);
    let mut last = None;
    for (item, row) in printed.items() {
        other_times(appendix, (item, row), programme, words, audit);
        let (words, years, at) = match item {
            Item::Task(task) => {
                let Some(deadline) = &task.deadline else { continue };
                if said_again(deadline, &mut last) {
                    continue;
                }
                (deadline.raw.as_str(), programme.passed_by(deadline), deadline.at.clone())
            }
            Item::Plan(plan) => {
                let Some(deadline) = &plan.schedule else { continue };
                (deadline.raw.as_str(), programme.passed_by(deadline), deadline.at.clone())
            }
            // Lists of projects also name those of earlier years that are still to be paid for, and plans of one year those that
            // are only prepared.
            Item::Project(project) => {
                let cell = cell(row, period_column);
                let period = project.period.filter(|_| programme.reported_by.is_none());
                (
                    cell.and_then(|cell| cell.raw.as_deref()).unwrap_or_default(),
                    period.and_then(|period| after(period.from, programme.span)),
                    place(cell, row, &project.at),
                )
            }
            Item::Target(_) => continue,
        };
        let Some(key) = years else { continue };
        let message =
            Text::new(key.0).with("words", words).with("name", brief(item.name())).with("year", key.1);
        audit.findings.push(Finding::new(RULE.code, RULE.severity, message, at));
    }
}

/// The message's key and the year that a deadline passes, by its years alone.
fn outside_of(deadline: &Deadline, span: Period, calendar: &Calendar) -> Option<(&'static str, i32)> {
    if deadline.problem.is_some() || deadline.kind == DeadlineKind::Done {
        return None;
    }
    let (from, to) = (year_of(deadline.from.as_deref()), year_of(deadline.to.as_deref()));
    let begins = if deadline.kind == DeadlineKind::Before { from.or(to) } else { from };
    let found = before(to, span).or_else(|| after(begins, span))?;
    let key = plain(&deadline.raw);
    (!calendar.done.iter().any(|words| holds(&key, words))).then_some(found)
}

fn before(last: Option<i32>, span: Period) -> Option<(&'static str, i32)> {
    let (last, begin) = (last?, span.from?);
    (last < begin && last > begin - FAR).then_some(("t003-message-before", begin))
}

fn after(first: Option<i32>, span: Period) -> Option<(&'static str, i32)> {
    let (first, end) = (first?, span.to?);
    (first > end && first < end + FAR).then_some(("t003-message-after", end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::{Projects, Tasks};
    use crate::rules::hand::{appendix, document, places};

    const TASKS: &[(&str, ColumnRole)] =
        &[("TT", ColumnRole::Number), ("Nhiệm vụ", ColumnRole::Name), ("Thời gian", ColumnRole::Deadline)];

    fn found(subtitle: &str, title: &str, rows: &str) -> Vec<(u32, u32)> {
        let mut appendix = appendix(Tasks, TASKS, rows);
        appendix.title = Some(title.to_owned());
        let mut document = document(appendix);
        document.header.subtitle = Some(subtitle.to_owned());
        places(&RULE, &document)
    }

    #[test]
    fn deadlines_outside_the_programmes_years_are_found() {
        let rows = "1\tA\tNăm 2032\n2\tB\tNăm 2024\n3\tC\tNăm 2028\n4\tD\t2024-2027\n5\tE\t2029-2035";
        let title = "thực hiện Nghị quyết, giai đoạn 2026 - 2030";
        assert_eq!(found(title, "Danh mục nhiệm vụ", rows), [(2, 3), (3, 3), (6, 3)]);
        let more = format!("{rows}\n6\tF\t2028-2032");
        assert_eq!(found(title, "Danh mục nhiệm vụ", &more), [(2, 3), (3, 3)]);
        // A school year that begins in the last year goes on into the next.
        assert_eq!(found(title, "Danh mục nhiệm vụ", "1\tA\t2030-2031\n2\tB\tNăm 2027"), []);
    }

    #[test]
    fn the_widest_span_of_title_and_caption_counts() {
        let rows = "1\tA\tNăm 2032\n2\tB\tNăm 2025";
        assert_eq!(found("nhiệm kỳ 2025-2030", "Nhiệm vụ giai đoạn 2026-2030, tầm nhìn đến 2045", rows), []);
        assert_eq!(found("giai đoạn 2026-2030 và những năm tiếp theo", "Nhiệm vụ", rows), [(3, 3)]);
        assert_eq!(found("thực hiện Luật Thủ đô năm 2024", "Nhiệm vụ", rows), []);
    }

    #[test]
    fn a_plan_of_one_year_ends_with_it() {
        let rows = "1\tA\tNăm 2029\n2\tB\tNăm 2027\n3\tC\tNăm 2026";
        let of = |title: &str| {
            let mut appendix = appendix(Tasks, TASKS, rows);
            appendix.title = Some("Phân công nhiệm vụ".to_owned());
            let mut document = document(appendix);
            document.header.title = Some(title.to_owned());
            let date =
                crate::model::DatedValue { value: Some("2026-12-08".to_owned()), ..Default::default() };
            document.header.date = Some(date);
            places(&RULE, &document)
        };
        assert_eq!(of("KẾ HOẠCH PHÁT TRIỂN HỢP TÁC XÃ NĂM 2027"), [(2, 3)]);
        assert_eq!(of("KẾ HOẠCH THỰC HIỆN NGHỊ QUYẾT NĂM 2027"), []);
        assert_eq!(of("KẾ HOẠCH PHÁT TRIỂN HỢP TÁC XÃ"), []);
    }

    #[test]
    fn what_is_done_and_what_cannot_be_pass() {
        let rows = "1\tA\tĐã hoàn thành năm 2024\n2\tB\tNăm 3030";
        assert_eq!(found("giai đoạn 2026 - 2030", "Nhiệm vụ", rows), []);
    }

    #[test]
    fn projects_may_begin_early_and_not_after_the_end() {
        let columns =
            [("TT", ColumnRole::Number), ("Dự án", ColumnRole::Name), ("Thời gian", ColumnRole::Period)];
        let mut appendix = appendix(Projects, &columns, "1\tA\t2020-2023\n2\tB\t2031-2033\n3\tC\t2029-2032");
        appendix.title = Some("Danh mục dự án giai đoạn 2026-2030".to_owned());
        assert_eq!(places(&RULE, &document(appendix)), [(3, 3)]);
    }
}
