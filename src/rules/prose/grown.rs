//! Growth that running text states with its amount: "40.865 triệu đồng, tăng 3,2% so với năm 2025". Where a table prints that
//! amount beside one of the earlier year, the two must give the same growth (R008).
//!
//! The row is found by its number alone, which therefore must have enough digits to be no coincidence.

use std::ops::Range;

use super::funds::is_percent;
use crate::finding::{Audit, Check, Finding, Operand, Outcome, Text};
use crate::model::{Appendix, Column, ColumnRole, Item};
use crate::rules::context::Passage;
use crate::rules::statements::placed;
use crate::rules::time::periods::years;
use crate::rules::{Context, Rule, shorten};
use crate::text::{fold, head};
use crate::value::{Interval, Number, Quantity};

/// Fewest digits, but zeros at the end, of a number that is no coincidence.
const TELLING: usize = 4;
/// Most bytes behind a percentage that say what it is compared with.
const CLAUSE: usize = 240;
/// Most letters between an amount and its growth.
const BETWEEN: usize = 40;

/// Growth as stated.
struct Growth<'a> {
    passage: Passage<'a>,
    /// From the amount to the percentage.
    range: Range<usize>,
    amount: Number,
    percent: &'a Quantity,
    falls: bool,
    /// The year that it is compared with.
    since: i32,
}

/// A printed amount with one of an earlier year in its row.
struct Pair<'a> {
    name: &'a str,
    now: &'a Quantity,
    before: &'a Quantity,
}

/// Reports growth in running text that the tables do not give.
pub(in crate::rules) fn against_tables(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    for passage in context.passages() {
        for growth in growths(context, passage) {
            let pairs: Vec<Pair<'_>> =
                context.document.appendices.iter().flat_map(|appendix| pairs(appendix, &growth)).collect();
            judge(&growth, &pairs, audit, rule);
        }
    }
}

/// Reports growth that its own sentence does not give: "276 tỷ đồng, tăng 25% so với năm 2025 (240 tỷ đồng)".
pub(in crate::rules) fn in_sentences(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    let words = &context.grammar.statements;
    for passage in context.passages().into_iter().filter(|passage| passage.text.contains('%')) {
        let text = passage.text;
        let figures = placed(text, passage.quantities);
        for triple in figures.windows(3) {
            let [(first, now, ..), (second, percent, ..), (third, before, ..)] = triple else { continue };
            let between = text.get(first.end..second.start).unwrap_or_default();
            let after = text.get(second.end..third.start).unwrap_or_default();
            let Some(falls) = words.grows(&fold(between)).filter(|_| between.chars().count() <= BETWEEN)
            else {
                continue;
            };
            let compares = words.compares_in(&fold(after)) && after.trim_end().ends_with('(');
            let unit =
                |quantity: &Quantity| quantity.unit.as_ref().map(|unit| (unit.base.clone(), unit.factor));
            if compares && is_percent(percent) && unit(now) == unit(before) {
                judge_sentence(passage, first.start..third.end, (now, percent, before), falls, audit, rule);
            }
        }
    }
}

fn judge_sentence(
    passage: Passage<'_>,
    range: Range<usize>,
    (now, percent, before): (&Quantity, &Quantity, &Quantity),
    falls: bool,
    audit: &mut Audit,
    rule: &Rule,
) {
    let (Some(now), Some(stated), Some(before)) = (now.exact(), percent.exact(), before.exact()) else {
        return;
    };
    let hundred = Number::whole(100);
    let ratio = now.checked_mul(hundred).and_then(|n| n.checked_div(before)).map(|n| n - hundred);
    let Some(ratio) = ratio.map(|ratio| if falls { Number::whole(0) - ratio } else { ratio }) else { return };
    // What falls where it is said to grow is another comparison.
    if ratio.is_negative() {
        return;
    }
    let slack = stated.half_unit()
        + now.half_unit().checked_mul(hundred).and_then(|n| n.checked_div(before)).unwrap_or_default();
    let holds = (ratio - stated).abs() <= slack;
    let found = shorten(passage.text.get(range.clone()).unwrap_or_default());
    let statement = Text::new("a006-statement-growth").with("found", found.as_str());
    let mut check = Check::new(rule.code, Outcome::of(holds), passage.at.clone(), statement)
        .comparing(ratio.round(2).normalized(), stated.normalized());
    check.quote = crate::finding::Quote::of(passage.text, range.clone());
    audit.checks.push(check);
    if !holds {
        let message = Text::new("a006-message-growth")
            .with("found", found)
            .with("before", before.normalized())
            .with("now", now.normalized())
            .with("ratio", ratio.round(2).normalized());
        let finding = Finding::new(rule.code, rule.severity, message, passage.at.clone());
        audit.findings.push(finding.quoting(passage.text, range));
    }
}

fn growths<'a>(context: &Context<'_>, passage: Passage<'a>) -> Vec<Growth<'a>> {
    let words = &context.grammar.statements;
    let figures = placed(passage.text, passage.quantities);
    let found = figures.windows(2).filter_map(|pair| {
        let [(first, amount, ..), (second, percent, ..)] = pair else { return None };
        let between = passage.text.get(first.end..second.start)?;
        let after = head(passage.text.get(second.end..)?, CLAUSE);
        let clause = after.split([',', ';']).next()?.split(". ").next()?;
        let falls = words.grows(&fold(between)).filter(|_| between.chars().count() <= BETWEEN)?;
        let named = years(clause, &context.grammar.captions.periods);
        let compares = |at: usize| words.compares_in(&fold(clause.get(..at).unwrap_or_default()));
        let since = match named.as_slice() {
            [only] if only.from == only.to && compares(only.range.start) => only.to,
            _ => return None,
        };
        let amount = amount.exact().filter(|amount| is_telling(*amount))?.normalized();
        let range = first.start..second.end;
        is_percent(percent).then_some(Growth { passage, range, amount, percent, falls, since })
    });
    found.collect()
}

fn is_telling(number: Number) -> bool {
    let digits = number.normalized().to_string();
    digits.trim_end_matches('0').bytes().filter(u8::is_ascii_digit).count() >= TELLING
}

/// The rows of a table that print the amount, and one of the year that it is compared with.
fn pairs<'a>(appendix: &'a Appendix, growth: &Growth<'_>) -> Vec<Pair<'a>> {
    let values: Vec<&Column> =
        appendix.columns.iter().filter(|column| column.role == ColumnRole::Value).collect();
    let column = |id: &str| appendix.columns.iter().find(|column| column.id == id);
    let items = appendix.items.iter().map(|item| {
        let cells: Vec<(&Column, &Quantity)> = match item {
            Item::Target(target) => {
                values.iter().copied().zip(target.values.iter().map(|value| &value.value)).collect()
            }
            other => other.amounts().iter().filter_map(|it| Some((column(&it.column)?, &it.value))).collect(),
        };
        (item.name(), cells)
    });
    let totals = appendix.totals.iter().map(|total| {
        let cells = total.amounts.iter().filter_map(|it| Some((column(&it.column)?, &it.value)));
        (total.label.as_str(), cells.collect())
    });
    let of_year = |column: &Column| column.years.as_deref() == Some(&[growth.since]);
    items
        .chain(totals)
        .filter_map(|(name, cells)| {
            let printed = |(column, value): &&(&Column, &Quantity)| {
                !of_year(column) && value.exact().map(Number::normalized) == Some(growth.amount)
            };
            let now = cells.iter().find(printed)?.1;
            let mut earlier = cells.iter().filter(|(column, _)| of_year(column));
            let before = earlier.next().filter(|_| earlier.next().is_none())?.1;
            before.exact().map(|_| Pair { name, now, before })
        })
        .collect()
}

/// By how many percent an amount grew from another, at least and at most.
fn grown(now: Number, before: Number) -> Option<Interval> {
    let (now, before) = (now.interval(), before.interval());
    let hundred = Number::whole(100);
    let ratio = |a: Number, b: Number| Some(a.checked_mul(hundred)?.checked_div(b)? - hundred);
    let positive = before.low > Number::ZERO && now.low > Number::ZERO;
    positive
        .then(|| Some(Interval { low: ratio(now.low, before.high)?, high: ratio(now.high, before.low)? }))?
}

fn judge(growth: &Growth<'_>, pairs: &[Pair<'_>], audit: &mut Audit, rule: &Rule) {
    let Some(stated) = growth.percent.exact() else { return };
    let signed = if growth.falls { Number::ZERO - stated } else { stated };
    let fits = |pair: &Pair<'_>| {
        let (now, before) = (pair.now.exact()?, pair.before.exact()?);
        Some(grown(now, before)?.meets(signed.interval()))
    };
    let holds = pairs.iter().any(|pair| fits(pair) == Some(true));
    let Some(pair) = pairs.first().filter(|pair| fits(pair).is_some()) else { return };
    let (Some(now), Some(before)) = (pair.now.exact(), pair.before.exact()) else { return };
    let hundred = Number::whole(100);
    let ratio =
        now.checked_mul(hundred).and_then(|it| it.checked_div(before)).map(|it| (it - hundred).round(1));
    let Some(ratio) = ratio else { return };
    let words = shorten(growth.passage.text.get(growth.range.clone()).unwrap_or_default());
    let statement = Text::new("r008-statement-growth").with("found", words.as_str());
    let check = Check::new(rule.code, Outcome::of(holds), growth.passage.at.clone(), statement);
    let operand = Operand::new(Text::words(pair.name), before, pair.before.at.clone());
    audit.checks.push(check.over([operand]).comparing(ratio, signed));
    if holds {
        return;
    }
    let message = Text::new("r008-message-growth")
        .with("found", words)
        .with("name", shorten(pair.name))
        .with("before", before)
        .with("now", now)
        .with("ratio", ratio);
    let finding = Finding::new(rule.code, rule.severity, message, growth.passage.at.clone());
    let finding = finding.quoting(growth.passage.text, growth.range.clone());
    audit.findings.push(finding.relate(pair.now.at.clone(), Text::words(shorten(pair.name))));
}
