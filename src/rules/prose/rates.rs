//! So much for each of what a sentence counts, with the sum: "xử phạt 1.284 vụ, tổng số tiền 25,68 tỷ đồng, bình quân 20 triệu
//! đồng/vụ". Where the sentence has one count of that kind and one sum, the sum must be the product (A007).
//!
//! ```text
//! rate = figure unit "/" noun ;
//! ```

use std::ops::Range;

use super::figure::{Figure, Measure, boundary, figures, measure, noun_end, sentences};
use crate::finding::{Audit, Check, Finding, Operand, Outcome, Quote, Text};
use crate::grammar::Grammar;
use crate::rules::context::Passage;
use crate::rules::{Context, Rule, shorten};
use crate::value::{Interval, Number};

/// A rate.
struct Rate {
    figure: Figure,
    /// What the sum counts.
    of: Measure,
    /// What it is so much for each of.
    each: Measure,
    end: usize,
}

/// Most bytes before a rate that may call it a mean.
const BEFORE: usize = 60;
/// Most bytes of the unit of a rate.
const UNIT: usize = 48;

/// Reports sums that are not the product of a rate and a count of the same sentence.
pub(in crate::rules) fn report(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    for passage in context.passages() {
        if !passage.text.contains('/') {
            continue;
        }
        for sentence in sentences(passage.text) {
            in_sentence(context, passage, &sentence, audit, rule);
        }
    }
}

fn in_sentence(
    context: &Context<'_>,
    passage: Passage<'_>,
    sentence: &Range<usize>,
    audit: &mut Audit,
    rule: &Rule,
) {
    let (text, grammar) = (passage.text, context.grammar);
    let found = figures(text, sentence.clone(), grammar);
    let rates: Vec<Rate> = found.iter().filter_map(|figure| rate(text, figure, grammar)).collect();
    let [rate] = rates.as_slice() else { return };
    let plain: Vec<&Figure> = found.iter().filter(|figure| !is_per(text, figure)).collect();
    let before = text.get(sentence.start..rate.figure.digits.start).unwrap_or_default();
    let near = boundary(before, before.len().saturating_sub(BEFORE));
    if !grammar.statements.derived.means(before.get(near..).unwrap_or_default()) {
        return;
    }
    let of = |unit: &Measure| -> Vec<&Figure> {
        plain.iter().copied().filter(|it| alike(&it.unit, unit)).collect()
    };
    let (sums, counts) = (of(&rate.of), of(&rate.each));
    let ([sum], [count]) = (sums.as_slice(), counts.as_slice()) else { return };
    let vague = |figure: &Figure| {
        grammar.statements.sums.is_vague(text.get(..figure.digits.start).unwrap_or_default())
    };
    // "bình quân khoảng 5 tỷ đồng/xã" is rounded; bounds tell nothing.
    if vague(sum) || vague(count) {
        return;
    }
    judge(passage, rate, (sum, count), audit, rule);
}

/// "20 triệu đồng/vụ"; no rate of two things ("triệu đồng/người/năm").
fn rate(text: &str, figure: &Figure, grammar: &Grammar) -> Option<Rate> {
    let rest = text.get(figure.digits.end..)?;
    let slash = rest.find('/').filter(|at| *at <= UNIT)?;
    let unit = rest.get(..slash)?.trim();
    if unit.is_empty()
        || unit.contains(|c: char| c.is_ascii_digit() || matches!(c, ',' | ';' | '(' | ')' | '.'))
    {
        return None;
    }
    let noun = rest.get(slash + 1..)?;
    let length = noun_end(noun, 0);
    let own = noun.get(..length)?;
    if !own.starts_with(char::is_alphabetic) || own.contains('/') {
        return None;
    }
    let (of, each) = (measure(unit, grammar), measure(own, grammar));
    let known = of != Measure::None && each != Measure::None && of != each;
    known.then_some(Rate { figure: figure.clone(), of, each, end: figure.digits.end + slash + 1 + length })
}

/// Whether a figure is so much for each of something.
fn is_per(text: &str, figure: &Figure) -> bool {
    let rest = text.get(figure.digits.end..).unwrap_or_default();
    rest.get(..noun_end(rest, 0)).is_some_and(|noun| noun.contains('/'))
}

fn alike(a: &Measure, b: &Measure) -> bool {
    match (a, b) {
        (Measure::Unit { base, .. }, Measure::Unit { base: other, .. }) => base == other,
        (Measure::Noun(a), Measure::Noun(b)) => a == b,
        _ => false,
    }
}

/// A figure's interval in base units.
fn interval(figure: &Figure) -> Option<Interval> {
    let factor = match &figure.unit {
        Measure::Unit { factor, .. } => *factor,
        _ => Number::whole(1),
    };
    let printed =
        if figure.value.scale() > 0 { figure.value.interval() } else { Interval::exact(figure.value) };
    Some(Interval { low: printed.low.checked_mul(factor)?, high: printed.high.checked_mul(factor)? })
}

fn judge(
    passage: Passage<'_>,
    rate: &Rate,
    (sum, count): (&Figure, &Figure),
    audit: &mut Audit,
    rule: &Rule,
) {
    let text = passage.text;
    let each = Figure { unit: rate.of.clone(), ..rate.figure.clone() };
    // A mean is rounded, also to whole units.
    let factor = if let Measure::Unit { factor, .. } = &rate.of { *factor } else { Number::whole(1) };
    let rounded = rate.figure.value.interval();
    let bounds = |value: Number| value.checked_mul(factor);
    let (Some(low), Some(high)) = (bounds(rounded.low), bounds(rounded.high)) else { return };
    let (Some(whole), Some(number), Some(exact)) = (interval(sum), interval(count), interval(&each)) else {
        return;
    };
    let (Some(least), Some(most)) = (low.checked_mul(number.low), high.checked_mul(number.high)) else {
        return;
    };
    let holds = Interval { low: least, high: most }.meets(whole);
    let product = exact.low.checked_mul(number.low);
    let Some(product) = product.filter(|product| !product.is_zero()) else { return };
    if !holds && !is_slip(whole.low, product) {
        return;
    }
    let start = sum.digits.start.min(count.digits.start).min(rate.figure.digits.start);
    let range = start..rate.end.max(sum.digits.end).max(count.digits.end);
    let quoted = shorten(text.get(rate.figure.digits.start..rate.end).unwrap_or_default());
    let of = if let Measure::Unit { factor, .. } = &sum.unit { *factor } else { Number::whole(1) };
    let expected = product.checked_div(of).map(Number::normalized);
    let statement = Text::new("a007-statement-rate").with("rate", quoted.as_str());
    let operand = |figure: &Figure| {
        let words = text.get(figure.digits.clone()).unwrap_or_default();
        Operand::new(Text::words(words), figure.value.normalized(), passage.at.clone())
    };
    let mut check = Check::new(rule.code, Outcome::of(holds), passage.at.clone(), statement)
        .over([operand(count), operand(&rate.figure)])
        .comparing(expected, sum.value.normalized());
    check.quote = Quote::of(text, range.clone());
    audit.checks.push(check);
    if holds {
        return;
    }
    let message = Text::new("a007-message-rate")
        .with("rate", quoted)
        .with("count", count.value.normalized())
        .with("expected", expected.unwrap_or_default().round(2).normalized())
        .with("sum", sum.value.normalized());
    audit
        .findings
        .push(Finding::new(rule.code, rule.severity, message, passage.at.clone()).quoting(text, range));
}

/// Whether a sum that is not the product is it but for a slip: of one size, or a thousand times as much or as little. Others
/// count something else.
fn is_slip(sum: Number, product: Number) -> bool {
    let Some(ratio) = sum.checked_div(product) else { return false };
    let near = |low: i64, high: i64| ratio >= Number::whole(low) && ratio <= Number::whole(high);
    let inverse = Number::whole(1).checked_div(ratio).unwrap_or_default();
    let below = |low: i64, high: i64| inverse >= Number::whole(low) && inverse <= Number::whole(high);
    let one_size = ratio <= Number::whole(2) && inverse <= Number::whole(2);
    one_size || near(95, 105) || below(95, 105) || near(950, 1050) || below(950, 1050)
}
