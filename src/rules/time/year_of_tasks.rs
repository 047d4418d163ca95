//! A caption that names one year over tasks that are all due in another, or over money that is planned for another, which the
//! programme's title names: a table of the last year whose rows were updated, or a mistyped year.

use super::periods::{Named, Way, years};
use crate::finding::{Audit, Finding, Text};
use crate::grammar::phrase::{holds, plain};
use crate::model::{Appendix, Column, ColumnRole, Deadline, Item};
use crate::rules::{Context, Rule};

/// Fewest deadlines that show of which year a table is.
const DUE: usize = 3;

/// Reports such captions.
pub(in crate::rules) fn against_captions(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    let periods = &context.grammar.captions.periods;
    let header = &context.document.header;
    let titles = [&header.title, &header.subtitle].into_iter().flatten();
    let named: Vec<Named> = titles.flat_map(|title| years(title, periods)).collect();
    for appendix in &context.document.appendices {
        let title = appendix.title.as_deref().unwrap_or_default();
        let captioned = years(title, periods);
        let planned = || year_of_plan(appendix, &named);
        let of_table = year_of(appendix).map(|due| (due, "r007-caption-tasks"));
        let of_table = of_table.or_else(|| planned().map(|due| (due, "r007-caption-plan")));
        let ([only], Some((due, key))) = (captioned.as_slice(), of_table) else { continue };
        let of_programme = named.iter().any(|it| it.way != Way::Horizon && (it.from..=it.to).contains(&due));
        let other = periods.of_others.iter().any(|words| holds(&plain(title), words));
        if only.way != Way::Year || only.from == due || !of_programme || other {
            continue;
        }
        let message = Text::new(key).with("found", only.from).with("due", due);
        let finding = Finding::new(rule.code, rule.severity, message, appendix.at.clone());
        audit.findings.push(finding.quoting(title, only.range.clone()));
    }
}

/// The year of a table of money whose columns end in it, where that is the one year that the programme's title names.
fn year_of_plan(appendix: &Appendix, named: &[Named]) -> Option<i32> {
    let [programme] = named else { return None };
    let money = |column: &&Column| {
        use ColumnRole::{Component, PriorPlan, Total, Year};
        matches!(column.role, Component | PriorPlan | Total | Year)
    };
    let years = appendix.columns.iter().filter(money).filter_map(|column| column.years.as_ref());
    let last = years.filter_map(|years| years.last().copied()).max()?;
    (programme.from == programme.to && programme.from == last).then_some(last)
}

/// The one year in which all deadlines of an appendix lie that lie in one.
fn year_of(appendix: &Appendix) -> Option<i32> {
    let deadline = |item: &Item| match item {
        Item::Task(task) => task.deadline.clone(),
        Item::Plan(plan) => plan.schedule.clone(),
        Item::Target(_) | Item::Project(_) => None,
    };
    let due: Vec<(Option<i32>, Option<i32>)> =
        appendix.items.iter().filter_map(deadline).map(|it| (year(&it, true), year(&it, false))).collect();
    let mut dated = due.iter().filter_map(|(from, to)| to.or(*from));
    let first = dated.next()?;
    let all = due.iter().flat_map(|(from, to)| [from, to]).flatten().all(|year| *year == first);
    (all && dated.count() + 1 >= DUE).then_some(first)
}

fn year(deadline: &Deadline, first: bool) -> Option<i32> {
    let day = if first { deadline.from.as_ref() } else { deadline.to.as_ref() };
    day?.get(..4)?.parse().ok()
}
