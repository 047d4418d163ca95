//! T004: a project has money in years in which it is not carried out.

use super::printed::{Printed, brief, cell, is_money, place_of};
use super::{Context, Rule};
use crate::finding::{Arg, Audit, Code, Finding, Severity, Text};
use crate::model::{Amount, Appendix, Column, ColumnRole, Item, Project};
use crate::value::{Number, Period};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "T004", name: "money-outside-window" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/T004-money-outside-window.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    for appendix in &context.document.appendices {
        let plans = plans(context, appendix);
        if plans.is_empty() {
            continue;
        }
        let printed = Printed::of(appendix);
        let column = printed.position(ColumnRole::Period);
        let money = printed.positions(is_money);
        for (item, row) in printed.items() {
            let Item::Project(project) = item else { continue };
            let Some(period) = project.period.filter(|period| runs(*period)) else { continue };
            let outside: Vec<(usize, &Amount, i32)> = outside(project, &plans, period).collect();
            let Some((_, first, _)) = outside.first() else { continue };
            let window = cell(row, column);
            let words = window.and_then(|cell| cell.raw.clone()).unwrap_or_else(|| words(period));
            let years: Vec<Arg> =
                outside.iter().map(|(_, amount, year)| listed(amount, *year).into()).collect();
            let message = Text::new("t004-message")
                .with("name", brief(&project.name))
                .with("period", words)
                .with("years", Arg::List(years));
            let mut finding =
                Finding::new(RULE.code, RULE.severity, message, place_of(&first.value, &project.at));
            if let Some(window) = window {
                finding = finding.relate(window.at.clone(), Text::new("t004-label-period"));
            }
            for (nth, amount, year) in outside.iter().skip(1) {
                let at = cell(row, money.get(*nth).copied()).map_or(&amount.value.at, |cell| &cell.at);
                finding = finding.relate(at.clone(), listed(amount, *year));
            }
            audit.findings.push(finding);
        }
    }
}

/// The columns of plans of one year: those called so, and the totals under a header that is ("Kế hoạch năm 2026").
fn plans<'a>(context: &Context<'_>, appendix: &'a Appendix) -> Vec<&'a str> {
    let words = &context.grammar.tables;
    let under_plan = |column: &Column| {
        column.role == ColumnRole::Total
            && column.path.len() > 1
            && column.path.first().and_then(|header| words.role(header)) == Some(ColumnRole::Year)
    };
    let plan = |column: &&Column| column.role == ColumnRole::Year || under_plan(column);
    appendix.columns.iter().filter(plan).map(|column| column.id.as_str()).collect()
}

/// Whether a period is one of years of ours that runs forwards; others are findings of their own.
fn runs(period: Period) -> bool {
    let near = |year: Option<i32>| year.is_none_or(|year| (1990..=2100).contains(&year));
    let forwards = period.from.zip(period.to).is_none_or(|(from, to)| from <= to);
    near(period.from) && near(period.to) && forwards
}

/// The amounts above zero of years outside the period.
fn outside<'a>(
    project: &'a Project,
    plans: &'a [&str],
    period: Period,
) -> impl Iterator<Item = (usize, &'a Amount, i32)> {
    project.amounts.iter().enumerate().filter_map(move |(nth, amount)| {
        let year = amount.year.filter(|_| plans.contains(&amount.column.as_str()))?;
        let paid = amount.value.low.is_some_and(|low| low > Number::ZERO);
        (paid && !period.contains(year)).then_some((nth, amount, year))
    })
}

fn listed(amount: &Amount, year: i32) -> Text {
    Text::new("t004-label-year")
        .with("year", year)
        .with("amount", amount.value.raw.as_deref().unwrap_or_default())
}

fn words(period: Period) -> String {
    let year = |year: Option<i32>| year.map(|year| year.to_string()).unwrap_or_default();
    format!("{}-{}", year(period.from), year(period.to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::Projects;
    use crate::rules::hand::{appendix, document, findings};

    const COLUMNS: &[(&str, ColumnRole)] = &[
        ("TT", ColumnRole::Number),
        ("Dự án", ColumnRole::Name),
        ("Thời gian", ColumnRole::Period),
        ("KHV năm 2025", ColumnRole::PriorPlan),
        ("Tổng số", ColumnRole::Total),
        ("Năm 2026", ColumnRole::Year),
        ("Năm 2027", ColumnRole::Year),
        ("Năm 2028", ColumnRole::Year),
    ];

    #[test]
    fn money_after_the_end_or_before_the_start_is_one_finding_a_project() {
        let rows = "1\tA\t2026-2026\t50\t300\t100\t100\t100\n2\tB\t2028-2029\t\t9\t9\t\t\n3\tC\t2026-2028\t\t3\t1\t1\t1";
        let found = findings(&RULE, &document(appendix(Projects, COLUMNS, rows)));
        let places: Vec<_> =
            found.iter().map(|finding| (finding.at.line, finding.at.column, finding.related.len())).collect();
        assert_eq!(places, [(2, 7, 2), (3, 6, 1)]);
    }

    #[test]
    fn zeros_prior_plans_and_slips_of_years_pass() {
        let rows = "1\tA\t2026-2027\t500\t2\t1\t1\t0\n2\tB\t2026-3030\t\t3\t1\t1\t1\n3\tC\t\t\t3\t1\t1\t1\n4\tD\t2027-2026\t\t3\t\t\t1";
        assert!(findings(&RULE, &document(appendix(Projects, COLUMNS, rows))).is_empty());
    }
}
