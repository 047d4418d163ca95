//! Figures in a sentence: digits with what they count.

use std::ops::Range;

use crate::grammar::{Grammar, SumWords};
use crate::syntax::number::{self, Decimal};
use crate::syntax::quantity;
use crate::text::fold;
use crate::value::{Interval, Number};

/// A figure in a sentence.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    /// Where the digits stand.
    pub digits: Range<usize>,
    pub value: Number,
    pub unit: Measure,
}

/// What a figure counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Measure {
    /// A unit that the grammar knows, with its factor.
    Unit { base: String, factor: Number },
    /// The first word of what is counted.
    Noun(String),
    /// Nothing follows it.
    None,
}

impl Measure {
    /// Whether a value in one can be told in the other: units of one base, or the same thing counted.
    pub fn converts(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Unit { base, .. }, Self::Unit { base: of, .. }) => base == of,
            (Self::Noun(one), Self::Noun(of)) => one == of,
            _ => false,
        }
    }

    /// How much of its base unit it is; 1 for what is counted.
    pub fn factor(&self) -> Number {
        match self {
            Self::Unit { factor, .. } => *factor,
            _ => Number::whole(1),
        }
    }
}

impl Figure {
    /// The values that print so, in its own unit: a count is exact, a figure with decimals is rounded.
    pub fn interval(&self) -> Interval {
        if self.value.scale() > 0 { self.value.interval() } else { Interval::exact(self.value) }
    }

    /// Whether the words before it say that it is not exact.
    pub fn is_vague(&self, text: &str, words: &SumWords) -> bool {
        words.is_vague(text.get(..self.digits.start).unwrap_or_default())
    }
}

/// The next border of a character.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// Bytes before a figure that can belong to its sentence, and bytes after it that can list its parts.
pub(super) const MAX_BEFORE: usize = 600;
pub(super) const MAX_LIST: usize = 4000;

/// Where the words of what a figure counts end: at a delimiter.
pub(super) fn noun_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..boundary(text, (from + MAX_BEFORE).min(text.len()))).unwrap_or_default();
    let end = rest
        .char_indices()
        .find(|(at, c)| {
            let next = rest.get(at + c.len_utf8()..).unwrap_or_default();
            matches!(c, ',' | ';' | ':' | '(' | ')' | '\n')
                || *c == '.' && (next.is_empty() || next.starts_with(' '))
        })
        .map_or(rest.len(), |(at, _)| at);
    from + rest.get(..end).unwrap_or_default().trim_end().len()
}

/// The next figure from an offset, with what it counts.
pub(super) fn next_figure(text: &str, from: usize, grammar: &Grammar) -> Option<Figure> {
    let (digits, value) = next_digits(text, from, &grammar.statements.sums)?;
    let unit = measure(text.get(digits.end..)?, grammar);
    Some(Figure { digits, value, unit })
}

/// The digits of the next figure from an offset and their value: no year, no part of a number of a document, of a date or
/// of a range, no percentage.
pub(super) fn next_digits(text: &str, from: usize, words: &SumWords) -> Option<(Range<usize>, Number)> {
    let mut at = from;
    loop {
        let start = at + text.get(at..)?.find(|c: char| c.is_ascii_digit())?;
        let token = text.get(start..)?;
        let length =
            token.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(token.len());
        let printed = token.get(..length)?.trim_end_matches(['.', ',']);
        let end = start + printed.len();
        let after = text.get(end..)?;
        let head = text.get(..start)?;
        at = end.max(start + 1);
        let joined = head.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '–'))
            || after.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '-' | '–' | '%'))
            || head.trim_end().ends_with(['-', '–'])
                && head.trim_end().trim_end_matches(['-', '–', ' ']).ends_with(|c: char| c.is_ascii_digit())
            || after.trim_start().starts_with(['-', '–', '%']);
        let listed = head.ends_with('(') && after.starts_with(')');
        if joined
            || listed
            || is_year(printed)
            || words.is_label(head) && words.money(after.trim_start()).is_none()
        {
            continue;
        }
        let Some(value) = number::read(printed, Decimal::Comma).filter(|value| *value > Number::ZERO) else {
            continue;
        };
        return Some((start..end, value));
    }
}

/// "2026"
pub(super) fn is_year(printed: &str) -> bool {
    printed.len() == 4
        && (printed.starts_with("19") || printed.starts_with("20"))
        && printed.bytes().all(|byte| byte.is_ascii_digit())
}

/// The figures of a range of a text, in order.
pub(super) fn figures(text: &str, within: Range<usize>, grammar: &Grammar) -> Vec<Figure> {
    let Some(own) = text.get(..within.end) else { return Vec::new() };
    let mut out: Vec<Figure> = Vec::new();
    let mut from = within.start;
    while let Some(figure) = next_figure(own, from, grammar) {
        from = figure.digits.end;
        out.push(figure);
    }
    out
}

/// A percentage with the range of its digits and mark.
#[derive(Debug, Clone)]
pub(super) struct Percent {
    pub range: Range<usize>,
    pub value: Number,
}

/// The percentages of a range of a text, in order; no bounds and no spans of two.
pub(super) fn percents(text: &str, within: Range<usize>) -> Vec<Percent> {
    let inside = text.get(within.clone()).unwrap_or_default();
    let percent = |(mark, _): (usize, &str)| {
        let head = inside.get(..mark)?.trim_end();
        let start = head.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.')).len();
        let printed = head.get(start..)?;
        let before = head.get(..start)?.trim_end();
        let spans = before.ends_with(['-', '–', '>', '<', '≥', '≤', '+']);
        let value = number::read(printed, Decimal::Comma).filter(|_| !spans && !printed.is_empty())?;
        Some(Percent { range: within.start + start..within.start + mark + 1, value })
    };
    inside.match_indices('%').filter_map(percent).collect()
}

/// The sentences of a text: up to a full stop before a space, or a line's end.
pub(in crate::rules) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let next = text.get(at + c.len_utf8()..).unwrap_or_default();
        // "TP. Hồ Chí Minh", "1. Tên": a stop behind a short word or a number ends nothing.
        let word = || text.get(start..at).unwrap_or_default().rsplit(' ').next().unwrap_or_default();
        let ends = c == '.' && next.starts_with(' ') && word().chars().count() > 2;
        if ends || matches!(c, '!' | '?' | '\n') {
            out.push(start..at);
            start = at + c.len_utf8();
        }
    }
    out.push(start..text.len());
    // Longer ones are no sentences that somebody wrote.
    out.retain(|sentence| sentence.len() <= MAX_SENTENCE);
    out
}

/// Longest sentence that is looked at, in bytes.
const MAX_SENTENCE: usize = 4_000;

/// What follows a figure: a unit, or the thing that it counts.
pub(super) fn measure(after: &str, grammar: &Grammar) -> Measure {
    let end = noun_end(after, 0);
    let noun = after.get(..end).unwrap_or_default().trim();
    let Some(first) = noun.split_whitespace().next() else { return Measure::None };
    if let Some(factor) = grammar.statements.sums.money(noun) {
        return Measure::Unit { base: "VND".to_owned(), factor };
    }
    let probe: String = noun.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    for words in [probe.as_str(), first] {
        let read = quantity::quantity(&format!("1 {words}"), Decimal::Comma, &grammar.units);
        if let Some(unit) = read.unit.filter(|unit| unit.per.is_none())
            && let Some(base) = unit.base
        {
            return Measure::Unit { base, factor: unit.factor };
        }
    }
    Measure::Noun(fold(first))
}

/// A figure with the words of its unit, as messages show it.
pub(super) fn shown(text: &str, figure: &Figure) -> String {
    let rest = text.get(figure.digits.end..).unwrap_or_default();
    let end = rest.find([',', ';', ':', '(', ')', '.']).unwrap_or(rest.len());
    let words: Vec<&str> = rest.get(..end).unwrap_or_default().split_whitespace().take(WORDS).collect();
    let digits = text.get(figure.digits.clone()).unwrap_or_default();
    format!("{digits} {}", words.join(" ")).trim_end().to_owned()
}

/// How many words after a figure a message shows.
const WORDS: usize = 6;
