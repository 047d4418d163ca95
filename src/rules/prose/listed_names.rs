//! Names that a sentence lists behind their number: "Mở mới 06 ngành: Khoa học dữ liệu, Quản trị di sản, …". A list that has
//! fewer names than the number, however its commas are read, has lost one or counts wrongly (A005).
//!
//! A comma may stand inside a name ("Sở Văn hóa, Thể thao và Du lịch"), so a list that may have more is not judged.

use std::ops::Range;

use super::figure::{Figure, figures, sentences};
use crate::finding::{Audit, Check, Finding, Operand, Outcome, Quote, Text};
use crate::rules::context::Passage;
use crate::rules::{Context, Rule, shorten};
use crate::value::Number;

/// A number with the names behind it.
struct Listed<'a> {
    passage: Passage<'a>,
    figure: Figure,
    /// From the number to the end of the list.
    range: Range<usize>,
    /// The most names that the list may have.
    names: usize,
}

/// Numbers of things that a sentence lists by name.
const COUNTS: std::ops::RangeInclusive<i64> = 3..=15;
/// Most bytes between the number and the colon.
const NOUN: usize = 90;

/// Reports numbers of things of which the list behind them has fewer.
pub(in crate::rules) fn report(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    for passage in context.passages() {
        if !passage.text.contains(": ") {
            continue;
        }
        for sentence in sentences(passage.text) {
            if let Some(listed) = listed(context, passage, &sentence) {
                judge(&listed, audit, rule);
            }
        }
    }
}

fn listed<'a>(context: &Context<'a>, passage: Passage<'a>, sentence: &Range<usize>) -> Option<Listed<'a>> {
    let text = passage.text;
    let words = &context.grammar.statements.derived;
    let colon = sentence.start + text.get(sentence.clone())?.find(": ")?;
    let clause = text
        .get(sentence.start..colon)?
        .rfind([',', ';'])
        .map_or(sentence.start, |at| sentence.start + at + 1);
    let figure = figures(text, clause..colon, context.grammar).into_iter().next()?;
    let noun = text.get(figure.digits.end..colon)?.trim();
    let count = figure.value.to_i64().filter(|count| COUNTS.contains(count))?;
    let vague = context.grammar.statements.sums.is_vague(text.get(..figure.digits.start)?);
    // A date, a bracket or a verb's object stands between the number and what is listed.
    if vague
        || noun.is_empty()
        || noun.len() > NOUN
        || noun.contains([',', ';', '(', '/', '%'])
        || words.counts_nothing(noun)
    {
        return None;
    }
    let rest = text.get(colon + 2..sentence.end)?;
    let list = rest.split(';').next()?;
    if list.contains(|c: char| c.is_ascii_digit()) || words.is_example(list) || words.is_example(noun) {
        return None;
    }
    let names = names(list)?;
    // A list of a few for very many names some of them.
    let fewer = i64::try_from(names).ok().filter(|names| names * 2 > count)?;
    let range = figure.digits.start..colon + 2 + list.trim_end().len();
    (fewer <= count).then_some(Listed { passage, figure, range, names })
}

/// The most names of a list; `None` where its parts are no names.
fn names(list: &str) -> Option<usize> {
    let mut count = 0;
    for part in list.split(',') {
        let part = part.trim().trim_end_matches('.');
        // "xã Bình An", "Bình An": one of the first words is a name's.
        if !part.split_whitespace().take(2).any(|word| word.starts_with(char::is_uppercase)) {
            return None;
        }
        count += 1;
        let joined = part.match_indices(" và ").filter(|(at, joint)| {
            let after = part.get(at + joint.len()..).unwrap_or_default();
            after.split_whitespace().take(2).any(|word| word.starts_with(char::is_uppercase))
        });
        count += joined.count();
    }
    (count > 1).then_some(count)
}

fn judge(listed: &Listed<'_>, audit: &mut Audit, rule: &Rule) {
    let text = listed.passage.text;
    let declared = listed.figure.value.normalized();
    let found = Number::whole(i64::try_from(listed.names).unwrap_or(i64::MAX));
    let holds = declared == found;
    let at = listed.passage.at.clone();
    let row = shorten(text.get(listed.range.clone()).unwrap_or_default());
    let statement = Text::new("a005-statement").with("row", row.as_str()).with("declared", declared);
    let operand = Operand::new(Text::new("a005-names"), found, at.clone());
    let mut check = Check::new(rule.code, Outcome::of(holds), at.clone(), statement)
        .over([operand])
        .comparing(found, declared);
    check.quote = Quote::of(text, listed.range.clone());
    audit.checks.push(check);
    if !holds {
        let message =
            Text::new("a005-message-names").with("row", row).with("declared", declared).with("found", found);
        audit
            .findings
            .push(Finding::new(rule.code, rule.severity, message, at).quoting(text, listed.range.clone()));
    }
}
