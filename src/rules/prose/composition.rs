//! Percentages that a sentence lists as the parts of one whole: "Thành phần theo khối lượng: ngư cụ 36,4%, bao bì 28,1%, …, loại
//! khác 8,5%". They make a hundred (A001) where one of them is what the others leave, so that none is missing. Where each stands in a
//! bracket behind its amount ("ngân sách tỉnh 11.400 triệu đồng (60%), …") and all make a hundred, they are the shares of one sum (A006).

use std::ops::Range;

use super::figure::{Figure, Percent, figures, percents, sentences};
use super::shares::fits;
use super::stated_share::StatedShare;
use super::worded::Worded;
use crate::finding::{Audit, Operand, Quote, Text};
use crate::rules::context::Passage;
use crate::rules::{Context, Rule, shorten};
use crate::value::{Interval, Number};

/// Fewest parts of a whole.
const PARTS: usize = 3;

/// Reports lists of shares that do not make a hundred.
pub(in crate::rules) fn report(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    for passage in context.passages() {
        for sentence in sentences(passage.text) {
            list(context, passage, &sentence, audit, rule);
        }
    }
}

fn list(
    context: &Context<'_>,
    passage: Passage<'_>,
    sentence: &Range<usize>,
    audit: &mut Audit,
    rule: &Rule,
) {
    let text = passage.text;
    let words = &context.grammar.statements.derived;
    let Some(own) = text.get(sentence.clone()) else { return };
    let Some(colon) = own.find(": ") else { return };
    let (head, rest) = (own.get(..colon).unwrap_or_default(), own.get(colon + 2..).unwrap_or_default());
    if !words.composes(head) || head.contains('%') {
        return;
    }
    let start = sentence.start + colon + 2;
    let Some(parts) = parts(text, rest, start) else { return };
    let rest_is_named =
        parts.iter().any(|(words_of, _)| words.is_rest(text.get(words_of.clone()).unwrap_or_default()));
    if parts.len() < PARTS || !rest_is_named {
        return;
    }
    let sum: Number = parts.iter().map(|(_, percent)| percent.value).sum();
    let slack: Number = parts.iter().map(|(_, percent)| percent.value.half_unit()).sum();
    let hundred = Number::whole(100);
    let operand = |(words_of, percent): &(Range<usize>, Percent)| {
        let label = Text::words(shorten(text.get(words_of.clone()).unwrap_or_default()));
        Operand::new(label, percent.value.normalized(), passage.at.clone()).quoting(text, words_of.clone())
    };
    let range = sentence.start..start;
    let worded = Worded {
        name: format!("{}: 100%", shorten(head.trim())),
        at: passage.at.clone(),
        quote: Quote::of(text, range),
        total: hundred,
        parts: parts.iter().map(operand).collect(),
        holds: (sum - hundred).abs() <= slack,
    };
    worded.report(audit, rule);
}

/// The parts of a list with their percentages; `None` where one has not exactly one.
fn parts(text: &str, list: &str, start: usize) -> Option<Vec<(Range<usize>, Percent)>> {
    let list = list.split(';').next()?;
    let mut out = Vec::new();
    let mut from = 0;
    for (at, mark) in list.match_indices('%') {
        let end = at + mark.len();
        let range = start + from..start + end;
        let own = percents(text, range.clone());
        let [percent] = own.as_slice() else { return None };
        let words = text.get(range.start..percent.range.start)?;
        let trimmed = words.trim_start_matches(|c: char| !c.is_alphanumeric());
        if trimmed.bytes().any(|byte| byte.is_ascii_digit()) || trimmed.trim().is_empty() {
            return None;
        }
        out.push((range.start + (words.len() - trimmed.len())..range.end, percent.clone()));
        from = end;
    }
    // What follows the last share is no more of the list.
    let tail = list.get(from..)?.trim_matches(|c: char| !c.is_alphanumeric());
    tail.is_empty().then_some(out)
}

/// Reports amounts whose percentage in a bracket is not their share of the sum that the others show.
pub(in crate::rules) fn shares_of_parts(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    for passage in context.passages() {
        if passage.text.matches("%)").count() < PARTS {
            continue;
        }
        for sentence in sentences(passage.text) {
            let parts = with_shares(context, passage.text, &sentence);
            let sum: Number = parts.iter().map(|(_, percent)| percent.value).sum();
            let slack: Number = parts.iter().map(|(_, percent)| percent.value.half_unit()).sum();
            if parts.len() >= PARTS && (sum - Number::whole(100)).abs() <= slack {
                judge(passage, &parts, audit, rule);
            }
        }
    }
}

/// The figures of one kind right behind which a bracket has a percentage.
fn with_shares(context: &Context<'_>, text: &str, sentence: &Range<usize>) -> Vec<(Figure, Percent)> {
    let figures = figures(text, sentence.clone(), context.grammar);
    let mut out: Vec<(Figure, Percent)> = Vec::new();
    for percent in percents(text, sentence.clone()) {
        let Some(figure) = figures.iter().rfind(|figure| figure.digits.end <= percent.range.start) else {
            continue;
        };
        let between = text.get(figure.digits.end..percent.range.start).unwrap_or_default();
        let bracketed =
            between.trim_end().strip_suffix('(').is_some_and(|unit| !unit.contains(['(', ',', ';', '%']));
        let closed = text.get(percent.range.end..).is_some_and(|rest| rest.starts_with(')'));
        if bracketed && closed && out.first().is_none_or(|(first, _)| first.unit == figure.unit) {
            out.push((figure.clone(), percent));
        }
    }
    out
}

fn judge(passage: Passage<'_>, parts: &[(Figure, Percent)], audit: &mut Audit, rule: &Rule) {
    let odd = |base: Number| -> Vec<&(Figure, Percent)> {
        let base = if base.scale() > 0 { base.interval() } else { Interval::exact(base) };
        parts
            .iter()
            .filter(|(figure, percent)| !fits(figure.interval(), percent.value.interval(), base))
            .collect()
    };
    let sum: Number = parts.iter().map(|(figure, _)| figure.value).sum();
    let whole_of = |(figure, percent): &(Figure, Percent)| {
        figure.value.checked_mul(Number::whole(100))?.checked_div(percent.value)
    };
    // One amount that is wrong makes the sum wrong: the others show what it should be.
    let implied = parts.iter().filter_map(whole_of).map(|whole| whole.round(figure_scale(parts)));
    let Some((base, odd)) =
        std::iter::once(sum).chain(implied).map(|base| (base, odd(base))).find(|(_, odd)| odd.len() <= 1)
    else {
        return;
    };
    let text = passage.text;
    let Some((figure, percent)) = odd.first().copied().or_else(|| parts.first()) else { return };
    // With the bracket that closes behind it.
    let range = figure.digits.start..percent.range.end + 1;
    let share = StatedShare {
        row: Text::words(shorten(text.get(range.clone()).unwrap_or_default())),
        at: passage.at.clone(),
        quote: Quote::of(text, range),
        percent: percent.value,
        amount: figure.value,
        base: Operand::new(Text::new("a006-parts-imply"), base, passage.at.clone()),
        holds: odd.is_empty(),
    };
    share.report(audit, rule);
}

/// The decimals of the parts.
fn figure_scale(parts: &[(Figure, Percent)]) -> u32 {
    parts.iter().map(|(figure, _)| figure.value.scale()).max().unwrap_or(0)
}
