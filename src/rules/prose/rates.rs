//! So much for each of what a sentence counts, with the sum: "xử phạt 1.284 vụ, tổng số tiền 25,68 tỷ đồng, bình quân 20 triệu
//! đồng/vụ". Where the sentence has one count of that kind and one sum, the sum must be the product (A007).
//!
//! ```text
//! rate = figure unit "/" noun ;
//! ```

use std::ops::Range;

use super::figure::{Figure, Measure, boundary, figures, measure, noun_end, sentences, shown};
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

/// How a sum misses the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Miss {
    /// Its digits are others (A007).
    Digits,
    /// Its unit of money is another: it is a thousand times as much, or as little (V008).
    Unit,
}

/// Reports sums that are not the product of a rate and a count of the same sentence, and miss it in this way.
pub(in crate::rules) fn report(context: &Context<'_>, audit: &mut Audit, rule: &Rule, miss: Miss) {
    for passage in context.passages() {
        if !passage.text.contains('/') {
            continue;
        }
        for sentence in sentences(passage.text) {
            in_sentence(context, passage, &sentence, audit, (rule, miss));
        }
    }
}

fn in_sentence(
    context: &Context<'_>,
    passage: Passage<'_>,
    sentence: &Range<usize>,
    audit: &mut Audit,
    (rule, miss): (&Rule, Miss),
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
        plain.iter().copied().filter(|it| it.unit.converts(unit)).collect()
    };
    let (sums, mut counts) = (of(&rate.of), of(&rate.each));
    // "25 tiến sĩ …, 250 triệu đồng/người": the one thing counted before the rate is of persons.
    if counts.is_empty() && is_person(&rate.each) {
        let before =
            |it: &&Figure| matches!(it.unit, Measure::Noun(_)) && it.digits.end < rate.figure.digits.start;
        counts = plain.iter().copied().filter(before).collect();
    }
    let ([sum], [count]) = (sums.as_slice(), counts.as_slice()) else { return };
    let vague = |figure: &Figure| figure.is_vague(text, &grammar.statements.sums);
    // "bình quân khoảng 5 tỷ đồng/xã" is rounded; bounds tell nothing.
    let bounded = vague(&rate.figure) && !grammar.statements.derived.ends_in_mean(before);
    if bounded || vague(sum) || vague(count) {
        return;
    }
    judge(passage, rate, (sum, count), audit, (rule, miss));
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
    // A slash behind the next digits is that figure's.
    let own = rest.get(..noun_end(rest, 0)).and_then(|noun| noun.split(|c: char| c.is_ascii_digit()).next());
    own.is_some_and(|noun| noun.contains('/'))
}

fn is_person(measure: &Measure) -> bool {
    matches!(measure, Measure::Unit { base, .. } if base == "person")
}

/// A figure's interval in base units.
fn interval(figure: &Figure) -> Option<Interval> {
    let (factor, printed) = (figure.unit.factor(), figure.interval());
    Some(Interval { low: printed.low.checked_mul(factor)?, high: printed.high.checked_mul(factor)? })
}

fn judge(
    passage: Passage<'_>,
    rate: &Rate,
    (sum, count): (&Figure, &Figure),
    audit: &mut Audit,
    (rule, miss): (&Rule, Miss),
) {
    let text = passage.text;
    let each = Figure { unit: rate.of.clone(), ..rate.figure.clone() };
    // A mean is rounded, also to whole units.
    let factor = rate.of.factor();
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
    let found = if holds { None } else { missed(whole.low, product) };
    // A product that holds is told once, with those that miss it by their digits.
    if found.unwrap_or(Miss::Digits) != miss || !holds && found.is_none() {
        return;
    }
    let start = sum.digits.start.min(count.digits.start).min(rate.figure.digits.start);
    let range = start..rate.end.max(sum.digits.end).max(count.digits.end);
    let quoted = shorten(text.get(rate.figure.digits.start..rate.end).unwrap_or_default());
    let expected = product.checked_div(sum.unit.factor()).map(Number::normalized);
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
    let key = if miss == Miss::Unit { "v008-message-rate" } else { "a007-message-rate" };
    let message = Text::new(key)
        .with("rate", quoted)
        .with("count", count.value.normalized())
        .with("expected", expected.unwrap_or_default().round(2).normalized())
        .with("sum", shown(text, sum));
    audit
        .findings
        .push(Finding::new(rule.code, rule.severity, message, passage.at.clone()).quoting(text, range));
}

/// How a sum misses the product but for a slip; `None` where it counts something else.
fn missed(sum: Number, product: Number) -> Option<Miss> {
    let ratio = sum.checked_div(product)?;
    let inverse = Number::whole(1).checked_div(ratio)?;
    let within =
        |value: Number, low: i64, high: i64| value >= Number::whole(low) && value <= Number::whole(high);
    let by = |low: i64, high: i64| within(ratio, low, high) || within(inverse, low, high);
    if by(950, 1050) { Some(Miss::Unit) } else { (by(1, 2) || by(95, 105)).then_some(Miss::Digits) }
}
