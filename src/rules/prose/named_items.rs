//! Amounts of projects and tasks that running text names in full: "Nâng cấp đường Hồ Sen (12,5 tỷ đồng)". The table's row of
//! that name has the amount, in one column or another (R008).

use super::funds::of_text;
use crate::finding::{Audit, Finding, Text};
use crate::grammar::Grammar;
use crate::model::{Appendix, Item};
use crate::rules::context::Passage;
use crate::rules::statements::placed;
use crate::rules::{Context, Rule, shorten};
use crate::value::{Interval, Number};

/// Fewest letters and words of a name that is no coincidence.
const LETTERS: usize = 16;
const WORDS: usize = 4;

/// A row with its amounts in đồng.
struct Row<'a> {
    item: &'a Item,
    /// In small letters.
    name: String,
    amounts: Vec<Interval>,
}

/// Reports amounts in running text that the row of the thing named does not have.
pub(in crate::rules) fn against_rows(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    let rows: Vec<Row<'_>> = context.document.appendices.iter().flat_map(rows).collect();
    if rows.is_empty() {
        return;
    }
    for passage in context.passages() {
        let lower = passage.text.to_lowercase();
        if lower.len() != passage.text.len() {
            continue;
        }
        for row in rows.iter().filter(|row| lower.contains(&row.name)) {
            judge(context.grammar, &rows, row, passage, &lower, audit, rule);
        }
    }
}

fn rows(appendix: &Appendix) -> Vec<Row<'_>> {
    let unit = appendix.unit.as_ref().filter(|unit| unit.base.as_deref() == Some("VND"));
    let Some(unit) = unit else { return Vec::new() };
    let row = |item: &'_ Item| {
        let name = item.name().trim().trim_end_matches(['.', ';', ',']).to_lowercase();
        let long = name.chars().count() >= LETTERS && name.split_whitespace().count() >= WORDS;
        let in_dong = |interval: Interval| {
            let scaled = |value: Number| value.checked_mul(unit.factor);
            Some(Interval { low: scaled(interval.low)?, high: scaled(interval.high)? })
        };
        let amounts: Vec<Interval> =
            item.amounts().iter().filter_map(|amount| in_dong(amount.value.interval()?)).collect();
        (long && !amounts.is_empty()).then_some((name, amounts))
    };
    appendix
        .items
        .iter()
        .filter_map(|item| row(item).map(|(name, amounts)| Row { item, name, amounts }))
        .collect()
}

fn judge(
    grammar: &Grammar,
    rows: &[Row<'_>],
    row: &Row<'_>,
    passage: Passage<'_>,
    lower: &str,
    audit: &mut Audit,
    rule: &Rule,
) {
    let Some(end) = lower.find(&row.name).map(|at| at + row.name.len()) else { return };
    // Another row whose name begins with this one is meant, or the name is part of a longer word.
    let longer = rows.iter().any(|other| {
        other.name.len() > row.name.len() && other.name.contains(&row.name) && lower.contains(&other.name)
    });
    let goes_on = lower.get(end..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    if longer || goes_on {
        return;
    }
    let figures = placed(passage.text, passage.quantities);
    let Some((range, quantity, ..)) = figures.iter().find(|(range, ..)| range.start >= end) else { return };
    let between = passage.text.get(end..range.start).unwrap_or_default();
    let Some(amount) = of_text(quantity).filter(|_| grammar.statements.derived.is_amount_of(between)) else {
        return;
    };
    let one_size = |own: &Interval| own.low <= amount.high + amount.high && amount.low <= own.high + own.high;
    let same_name = || rows.iter().filter(|other| other.name == row.name).flat_map(|other| &other.amounts);
    if same_name().any(|own| own.meets(amount)) {
        return;
    }
    let Some(printed) = row.amounts.iter().zip(row.item.amounts()).find(|(own, _)| one_size(own)) else {
        return;
    };
    let raw = printed.1.value.raw.as_deref().unwrap_or_default();
    let found = shorten(passage.text.get(end - row.name.len()..range.end).unwrap_or_default());
    let other = format!("{}: {raw}", shorten(row.item.name()));
    let message = Text::new("r008-message").with("found", found).with("other", other.as_str());
    let finding = Finding::new(rule.code, rule.severity, message, passage.at.clone());
    let at = if printed.1.value.at.line > 0 { &printed.1.value.at } else { row.item.at() };
    let finding = finding.relate(at.clone(), Text::new("r008-related").with("other", other));
    audit.findings.push(finding.quoting(passage.text, range.clone()));
}
