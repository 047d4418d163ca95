//! A part that a sentence names after the figure of its whole: "1.146 ý tưởng, trong đó 458 ý tưởng được thực hiện, đạt 40%". It
//! is no more than the whole (A008), and its share is that of the two (A006).
//!
//! The whole is the last figure of the same kind before "trong đó". A share that fits any figure of that kind before it
//! holds, since more than one may be meant.

use std::ops::Range;

use super::figure::{Figure, MAX_LIST, Measure, Percent, boundary, figures, percents, sentences, shown};
use super::shares::fits;
use super::stated_share::StatedShare;
use crate::finding::{Audit, Check, Finding, Operand, Outcome, Quote, Text};
use crate::grammar::Grammar;
use crate::rules::context::Passage;
use crate::rules::{Context, Rule, shorten};
use crate::text::fold;
use crate::value::{Interval, Number};

/// A whole, and where its parts are named.
struct Whole<'a> {
    passage: Passage<'a>,
    figure: Figure,
    /// Behind "trong đó", to the end of the sentence.
    list: Range<usize>,
}

/// Most letters between a part and its share.
const BETWEEN: usize = 100;

/// Reports parts that exceed the whole which their sentence names.
pub(in crate::rules) fn exceeding(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    for whole in all(context) {
        let text = whole.passage.text;
        let clause = text.get(whole.list.clone()).and_then(|list| list.split(';').next()).unwrap_or_default();
        let within = whole.list.start..whole.list.start + clause.len();
        let parts: Vec<Figure> = parts(&whole, within, context.grammar);
        // Several parts of a sum of money are added up (A001).
        if parts.len() > 1 && matches!(&whole.figure.unit, Measure::Unit { base, .. } if base == "VND") {
            continue;
        }
        let Some(first) = parts.first() else { continue };
        let between = text.get(whole.list.start..first.digits.start).unwrap_or_default();
        let sums = &context.grammar.statements.sums;
        let vague = |figure: &Figure| figure.is_vague(text, sums);
        if vague(&whole.figure) || vague(first) || sums.compares(between) {
            continue;
        }
        exceeds(&whole, first, audit, rule);
    }
}

/// Reports shares of parts that the two figures do not give.
pub(in crate::rules) fn shares(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    for whole in all(context) {
        let text = whole.passage.text;
        let parts = parts(&whole, whole.list.clone(), context.grammar);
        for percent in percents(text, whole.list.clone()) {
            let before = |part: &&Figure| part.digits.end <= percent.range.start;
            let Some(part) = parts.iter().rfind(before) else { continue };
            let between = text.get(part.digits.end..percent.range.start).unwrap_or_default();
            let marked =
                between.trim_end().ends_with('(') || context.grammar.statements.derived.shares(between);
            let apart =
                between.bytes().any(|byte| byte.is_ascii_digit()) || between.chars().count() > BETWEEN;
            if marked && !apart {
                judge(context, &whole, part, &percent, audit, rule);
            }
        }
    }
}

fn all<'a>(context: &Context<'a>) -> Vec<Whole<'a>> {
    let words = &context.grammar.statements.sums;
    let mut out = Vec::new();
    for passage in context.passages() {
        let text = passage.text;
        for sentence in sentences(text) {
            let mut from = sentence.start;
            while let Some(some) = words.some_in(text, from..sentence.end) {
                let end = words.some_in(text, some.end..sentence.end).map_or(sentence.end, |next| next.start);
                let list = some.end..end;
                let before = figures(text, from..some.start, context.grammar);
                let first = figures(text, list.clone(), context.grammar).into_iter().next();
                let figure = first.and_then(|first| {
                    before.into_iter().rfind(|it| {
                        it.unit.converts(&first.unit) && !is_change(context, text, it, some.start)
                    })
                });
                if let Some(figure) = figure {
                    out.push(Whole { passage, figure, list });
                }
                from = some.end;
            }
        }
    }
    out
}

/// Whether a figure is by how much something grew: "tăng 80 người so với năm 2025, trong đó …" names parts of what it grew to.
fn is_change(context: &Context<'_>, text: &str, figure: &Figure, to: usize) -> bool {
    let before = text.get(..figure.digits.start).unwrap_or_default();
    let clause = before.rsplit([',', ';', '(', '.']).next().unwrap_or_default();
    let after =
        text.get(figure.digits.end..to).unwrap_or_default().split([',', ';']).next().unwrap_or_default();
    context.grammar.statements.grows(&fold(clause)).is_some()
        || context.grammar.statements.sums.compares(clause)
        || context.grammar.statements.compares_in(&fold(after))
}

/// The value of a figure in the unit of another.
fn in_unit(figure: &Figure, of: &Figure) -> Option<Number> {
    match (&figure.unit, &of.unit) {
        (Measure::Unit { factor, .. }, Measure::Unit { factor: whole, .. }) if factor != whole => {
            figure.value.checked_mul(*factor)?.checked_div(*whole)
        }
        _ => Some(figure.value),
    }
}

fn parts(whole: &Whole<'_>, within: Range<usize>, grammar: &Grammar) -> Vec<Figure> {
    let found = figures(whole.passage.text, within, grammar).into_iter();
    found.filter(|figure| figure.unit.converts(&whole.figure.unit)).collect()
}

fn exceeds(whole: &Whole<'_>, part: &Figure, audit: &mut Audit, rule: &Rule) {
    let text = whole.passage.text;
    let Some(value) = in_unit(part, &whole.figure) else { return };
    let holds = value <= whole.figure.value;
    let at = whole.passage.at.clone();
    let range = whole.figure.digits.start..part.digits.end;
    let (name, of) = (shown(text, part), shown(text, &whole.figure));
    let statement =
        Text::new("a008-statement-targets").with("part", name.as_str()).with("whole", of.as_str());
    let mut check = Check::new(rule.code, Outcome::of(holds), at.clone(), statement)
        .comparing(whole.figure.value.normalized(), value.normalized());
    check.quote = Quote::of(text, range.clone());
    audit.checks.push(check);
    if !holds {
        let message = Text::new("a008-message-words").with("part", name).with("whole", of);
        audit.findings.push(Finding::new(rule.code, rule.severity, message, at).quoting(text, range));
    }
}

/// The values that print as a figure: a count is exact, a figure with decimals is rounded.
fn interval(figure: &Figure, value: Number) -> Interval {
    if figure.value.scale() > 0 { value.interval() } else { Interval::exact(value) }
}

fn judge(
    context: &Context<'_>,
    whole: &Whole<'_>,
    part: &Figure,
    percent: &Percent,
    audit: &mut Audit,
    rule: &Rule,
) {
    let text = whole.passage.text;
    let Some(value) = in_unit(part, &whole.figure) else { return };
    let hundred = Number::whole(100);
    let vague = |figure: &Figure| figure.is_vague(text, &context.grammar.statements.sums);
    if percent.value >= hundred || value > whole.figure.value || vague(part) || vague(&whole.figure) {
        return;
    }
    let from = boundary(text, part.digits.start.saturating_sub(MAX_LIST));
    let before = figures(text, from..part.digits.start, context.grammar);
    let fit = |base: &Figure| {
        let of = in_unit(base, &whole.figure)?;
        let base = interval(base, of);
        fits(interval(part, value), percent.value.interval(), base).then_some(of)
    };
    let fitting = before.iter().filter(|base| base.unit.converts(&whole.figure.unit)).find_map(fit);
    // "đạt 98% kế hoạch": what it is a share of is said, and not here.
    let after = text.get(percent.range.end..).unwrap_or_default();
    let tail = after.split([',', ';', '.', ')', '\n']).next().unwrap_or_default().trim();
    if fitting.is_none() && !tail.is_empty() {
        return;
    }
    let closed = text.get(percent.range.end..).is_some_and(|rest| rest.starts_with(')'));
    let range = part.digits.start..percent.range.end + usize::from(closed);
    let at = whole.passage.at.clone();
    let base = fitting.unwrap_or(whole.figure.value);
    let share = StatedShare {
        row: Text::words(shorten(text.get(range.clone()).unwrap_or_default())),
        quote: Quote::of(text, range),
        percent: percent.value,
        amount: value,
        base: Operand::new(Text::words(shown(text, &whole.figure)), base, at.clone()),
        holds: fitting.is_some(),
        at,
    };
    share.report(audit, rule);
}
