//! Amounts of projects and tasks that running text names in full: "Nâng cấp đường Hồ Sen (12,5 tỷ đồng)". The table's row of
//! that name has the amount, in one column or another (R008).

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::funds::of_text;
use crate::finding::{Audit, Finding, Text};
use crate::grammar::Grammar;
use crate::model::{Amount, Appendix, Item};
use crate::rules::context::Passage;
use crate::rules::statements::placed;
use crate::rules::{Context, Rule, shorten};
use crate::value::{Interval, Number, Quantity};

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
    // Rows of one name are looked for once.
    let mut names: BTreeMap<&str, Vec<&Row<'_>>> = BTreeMap::new();
    for row in &rows {
        names.entry(&row.name).or_default().push(row);
    }
    let keys: Vec<&str> = names.keys().copied().collect();
    let Ok(finder) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&keys) else {
        return;
    };
    if keys.is_empty() {
        return;
    }
    for passage in context.passages() {
        if passage.quantities.iter().all(|quantity| of_text(quantity).is_none()) {
            continue;
        }
        let lower = passage.text.to_lowercase();
        if lower.len() != passage.text.len() {
            continue;
        }
        let figures = placed(passage.text, passage.quantities);
        for found in finder.find_iter(&lower) {
            let rows = keys.get(found.pattern().as_usize()).and_then(|name| names.get(name));
            let whole = !lower.get(found.end()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
            if let Some(rows) = rows.filter(|_| whole) {
                let next = figures.partition_point(|(range, ..)| range.start < found.end());
                if let Some((range, quantity, ..)) = figures.get(next) {
                    let amount = (found.range(), range.clone(), *quantity);
                    judge(context.grammar, rows, passage, amount, audit, rule);
                }
            }
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
    rows: &[&Row<'_>],
    passage: Passage<'_>,
    (name, range, quantity): (Range<usize>, Range<usize>, &Quantity),
    audit: &mut Audit,
    rule: &Rule,
) {
    let between = passage.text.get(name.end..range.start).unwrap_or_default();
    let Some(amount) = of_text(quantity).filter(|_| grammar.statements.derived.is_amount_of(between)) else {
        return;
    };
    let one_size = |own: &Interval| own.low <= amount.high + amount.high && amount.low <= own.high + own.high;
    if rows.iter().flat_map(|row| &row.amounts).any(|own| own.meets(amount)) {
        return;
    }
    let Some((item, printed)) = rows.iter().find_map(|row| of_size(row, one_size)) else { return };
    let raw = printed.value.raw.as_deref().unwrap_or_default();
    let found = shorten(passage.text.get(name.start..range.end).unwrap_or_default());
    let other = format!("{}: {raw}", shorten(item.name()));
    let message = Text::new("r008-message").with("found", found).with("other", other.as_str());
    let finding = Finding::new(rule.code, rule.severity, message, passage.at.clone());
    let at = if printed.value.at.line > 0 { &printed.value.at } else { item.at() };
    let finding = finding.relate(at.clone(), Text::new("r008-related").with("other", other));
    audit.findings.push(finding.quoting(passage.text, range.clone()));
}

/// The amount of a row that is of a size.
fn of_size<'r>(row: &Row<'r>, one_size: impl Fn(&Interval) -> bool) -> Option<(&'r Item, &'r Amount)> {
    let item = row.item;
    let mut amounts = row.amounts.iter().zip(item.amounts());
    amounts.find(|(own, _)| one_size(own)).map(|(_, printed)| (item, printed))
}
