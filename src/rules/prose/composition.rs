//! Percentages that a sentence lists as the parts of one whole: "Thành phần theo khối lượng: ngư cụ 36,4%, bao bì 28,1%, …, loại
//! khác 8,5%". They make a hundred (A001) where one of them is what the others leave, so that none is missing.

use std::ops::Range;

use super::figure::{Percent, percents, sentences};
use super::worded::Worded;
use crate::finding::{Audit, Operand, Quote, Text};
use crate::rules::context::Passage;
use crate::rules::{Context, Rule, shorten};
use crate::value::Number;

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
