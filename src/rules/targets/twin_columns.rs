//! Two columns of one table that print the same year ("Năm 2030", "Mục tiêu đến năm 2030"): where they agree in nearly
//! every row, a row in which they do not says two things.

use crate::finding::{Audit, Finding, Text};
use crate::model::{Appendix, AppendixKind, Column, ColumnRole, Item, Target};
use crate::rules::{Context, Rule, shorten};
use crate::value::Quantity;

/// Fewest rows that must agree, and how many for each that does not.
const AGREEING: usize = 3;
const FOR_EACH: usize = 4;

/// Reports the rows in which two such columns differ, at the later column.
pub(in crate::rules) fn report(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    for appendix in context.document.appendices.iter().filter(|it| it.kind == AppendixKind::Targets) {
        let columns: Vec<&Column> =
            appendix.columns.iter().filter(|column| column.role == ColumnRole::Value).collect();
        for (later, second) in columns.iter().enumerate() {
            for (earlier, first) in columns.iter().enumerate().take(later) {
                if first.years.is_some() && first.years == second.years {
                    pair(appendix, (earlier, first), (later, second), audit, rule);
                }
            }
        }
    }
}

fn pair(
    appendix: &Appendix,
    (earlier, first): (usize, &Column),
    (later, second): (usize, &Column),
    audit: &mut Audit,
    rule: &Rule,
) {
    let values = |target: &'_ Target| -> Option<(Quantity, Quantity)> {
        let at = |index: usize| target.values.get(index).map(|value| value.value.clone());
        at(earlier).zip(at(later)).filter(|(a, b)| a.low.or(a.high).is_some() && b.low.or(b.high).is_some())
    };
    let rows: Vec<(&Target, Quantity, Quantity)> = appendix
        .items
        .iter()
        .filter_map(|item| if let Item::Target(target) = item { Some(&**target) } else { None })
        .filter_map(|target| values(target).map(|(a, b)| (target, a, b)))
        .collect();
    let agree = |a: &Quantity, b: &Quantity| {
        let same = |x: Option<crate::value::Number>, y: Option<crate::value::Number>| match (x, y) {
            (Some(x), Some(y)) => x.interval().meets(y.interval()),
            (x, y) => x == y,
        };
        same(a.low, b.low) && same(a.high, b.high)
    };
    // "25, 25, 25, 25, 25" and then 125: the later column sums the years up.
    let sums_up = |target: &Target, whole: &Quantity| {
        let Some(whole) = whole.low.or(whole.high) else { return false };
        let years =
            target.values.iter().take(earlier + 1).rev().map_while(|it| it.value.low.or(it.value.high));
        let mut sum = crate::value::Interval::exact(crate::value::Number::ZERO);
        years.enumerate().any(|(count, year)| {
            sum = sum + year.interval();
            count > 0 && sum.meets(whole.interval())
        })
    };
    let differing: Vec<_> =
        rows.iter().filter(|(target, a, b)| !agree(a, b) && !sums_up(target, b)).collect();
    let agreeing = rows.len() - differing.len();
    if agreeing < AGREEING || agreeing < FOR_EACH * differing.len() {
        return;
    }
    for (target, a, b) in differing {
        let said = |column: &Column, quantity: &Quantity| {
            let header = column.path.last().map_or("", String::as_str);
            format!("{}, {header}: {}", shorten(&target.name), quantity.raw.as_deref().unwrap_or_default())
        };
        let other = said(first, a);
        let message = Text::new("r008-message").with("found", said(second, b)).with("other", other.as_str());
        let at = if b.at.line > 0 { b.at.clone() } else { target.at.clone() };
        let place = if a.at.line > 0 { a.at.clone() } else { target.at.clone() };
        let related = Text::new("r008-related").with("other", other);
        audit.findings.push(Finding::new(rule.code, rule.severity, message, at).relate(place, related));
    }
}
