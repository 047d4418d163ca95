//! Printed numbers as the rules on values see them: their shape, both ways to read them, and what keeps
//! a text from being one.

pub(super) mod digits;
pub(super) mod scale;

use std::ops::Range;

use crate::grammar::phrase::{holds, plain};
use crate::grammar::{Concepts, MoneyUnit, Units};
use crate::text::{fold, next_digit};
use crate::value::Number;

/// What the separators of a printed number show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Digits alone.
    Plain,
    /// "12,5": the comma is the decimal mark.
    DecimalComma,
    /// "12.5": the dot is.
    DecimalDot,
    /// "1.250.000": dots stand between thousands.
    ThousandsDots,
    /// "1,250,000": commas do.
    ThousandsCommas,
    /// "1.250,5".
    DotsThenComma,
    /// "1,250.5".
    CommasThenDot,
    /// "14,275": either.
    CommaThree,
    /// "14.275": either.
    DotThree,
    /// "1.2.34".
    Malformed,
}

/// A printed number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numeral {
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// What its separators show.
    pub shape: Shape,
    /// Whether it prints decimals that are all zero ("300,0").
    pub zero_decimals: bool,
}

/// An amount of money in words: "3,250 tỷ đồng".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MoneyInWords {
    /// The number and its unit.
    pub range: Range<usize>,
    /// The number alone.
    pub number: Range<usize>,
    /// How many đồng the unit is.
    pub factor: Number,
}

/// The numbers printed in a text, from left to right.
pub(super) fn numerals(text: &str) -> Vec<Numeral> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(start) = next_digit(bytes, at) {
        let mut end = start;
        while let Some(&byte) = bytes.get(end) {
            let joins = matches!(byte, b'.' | b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
            if !byte.is_ascii_digit() && !joins {
                break;
            }
            end += 1;
        }
        if let Some(word) = text.get(start..end) {
            out.push(numeral(word, start));
        }
        at = end.max(start + 1);
    }
    out
}

fn numeral(word: &str, start: usize) -> Numeral {
    let shape = shape(word);
    let decimals = match shape {
        Shape::DecimalComma | Shape::DotsThenComma => word.rsplit(',').next(),
        Shape::DecimalDot | Shape::CommasThenDot => word.rsplit('.').next(),
        _ => None,
    };
    let zero_decimals = decimals.is_some_and(|digits| digits.bytes().all(|byte| byte == b'0'));
    Numeral { range: start..start + word.len(), shape, zero_decimals }
}

/// What the separators of a number show.
pub(super) fn shape(word: &str) -> Shape {
    if !word.contains(['.', ',']) {
        return Shape::Plain;
    }
    let separators: Vec<char> = word.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let mut groups = word.split(['.', ',']);
    let head = groups.next().unwrap_or_default();
    let tail: Vec<&str> = groups.collect();
    let Some((&mark, before)) = separators.split_last() else { return Shape::Plain };
    let last = tail.last().map_or(0, |group| group.len());
    let inner = tail.split_last().map_or(&[][..], |(_, inner)| inner);
    let threes = inner.iter().all(|group| group.len() == 3) && (1..=3).contains(&head.len());
    if before.is_empty() {
        let grouped = last == 3 && (1..=3).contains(&head.len()) && !head.starts_with('0');
        return match (mark, grouped) {
            (',', true) => Shape::CommaThree,
            (_, true) => Shape::DotThree,
            (',', false) => Shape::DecimalComma,
            (_, false) => Shape::DecimalDot,
        };
    }
    let same = before.iter().all(|&c| c == mark);
    let other = before.iter().all(|&c| c != mark);
    match (mark, same && last == 3 && threes, other && threes) {
        ('.', true, _) => Shape::ThousandsDots,
        (',', true, _) => Shape::ThousandsCommas,
        (',', _, true) => Shape::DotsThenComma,
        ('.', _, true) => Shape::CommasThenDot,
        _ => Shape::Malformed,
    }
}

/// The number read with a decimal comma (`true`) or a decimal dot; `None` where it cannot be read so.
pub(super) fn read(word: &str, decimal_comma: bool) -> Option<Number> {
    let fits = match shape(word) {
        Shape::Plain | Shape::CommaThree | Shape::DotThree => true,
        Shape::DecimalComma | Shape::ThousandsDots | Shape::DotsThenComma => decimal_comma,
        Shape::DecimalDot | Shape::ThousandsCommas | Shape::CommasThenDot => !decimal_comma,
        Shape::Malformed => false,
    };
    if !fits || word.contains(is_space) && !is_spaced(word) {
        return None;
    }
    let (decimal, thousands) = if decimal_comma { (',', '.') } else { ('.', ',') };
    word.chars()
        .filter(|&c| c != thousands && !is_space(c))
        .map(|c| if c == decimal { '.' } else { c })
        .collect::<String>()
        .parse()
        .ok()
}

pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{202F}')
}

/// Whether spaces part nothing but thousands: "2 500", "1 250 000,5".
pub(super) fn is_spaced(word: &str) -> bool {
    let mut groups = word.split(is_space);
    let head = groups.next().unwrap_or_default();
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = |group: &str| digits(group.split([',', '.']).next().unwrap_or_default());
    let three = |group: &str| group.split([',', '.']).next().is_some_and(|group| group.len() == 3);
    (1..=3).contains(&head.len())
        && digits(head)
        && !head.starts_with('0')
        && groups.all(|it| whole(it) && three(it))
}

/// The ranges of numbers in a text, with the spaces between their thousands.
fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for numeral in numerals(text) {
        if let Some(last) = out.last_mut()
            && text.get(last.end..numeral.range.start).is_some_and(|gap| gap.chars().count() == 1)
            && text
                .get(last.start..numeral.range.end)
                .is_some_and(|whole| is_spaced(whole) && whole.contains(is_space))
        {
            last.end = numeral.range.end;
            continue;
        }
        out.push(numeral.range);
    }
    out
}

/// Amounts of money in a text.
pub(super) fn money_in(text: &str, concepts: &Concepts) -> Vec<MoneyInWords> {
    let mut out = Vec::new();
    // Every unit of money has a "đ" or a "VN"; most names have no number at all.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) || !(text.contains('đ') || text.contains("VN")) {
        return out;
    }
    for number in ranges(text) {
        let rest = text.get(number.end..).unwrap_or_default();
        let words = rest.trim_start_matches([' ', '\u{a0}']);
        let gap = rest.len() - words.len();
        if !words.starts_with(['t', 'T', 'n', 'N', 'đ', 'Đ', 'v', 'V', '1']) {
            continue;
        }
        let lower: String = words.chars().take(16).flat_map(char::to_lowercase).collect();
        let spelt = |unit: &'_ MoneyUnit| {
            let word = unit.lower.iter().find(|word| {
                let after = lower.strip_prefix(word.as_str());
                after.is_some_and(|after| {
                    let next = after.trim_start();
                    !after.starts_with(char::is_alphanumeric)
                        && !concepts.not_money.iter().any(|words| next.starts_with(words.as_str()))
                })
            });
            word.map(|word| (word.len(), unit.factor))
        };
        if let Some((length, factor)) = concepts.money.iter().find_map(spelt) {
            let end = number.end + gap + length;
            out.push(MoneyInWords { range: number.start..end, number, factor });
        }
    }
    out
}

/// Whether words declare a unit of money: "ĐVT: triệu đồng", "Tổng vốn (tỷ đồng)".
pub(super) fn declares_money(text: &str, concepts: &Concepts) -> bool {
    let key = plain(text);
    let large = concepts.money.iter().filter(|unit| unit.factor > Number::whole(1));
    concepts.declares.iter().chain(large.flat_map(|unit| &unit.keys)).any(|words| holds(&key, words))
}

/// Where a number is split inside its cell ("2.315 ,0", "1. 500", "2 24,0"); only in a cell that holds
/// nothing but a number.
pub(super) fn broken(raw: &str) -> Option<Range<usize>> {
    if !raw.bytes().any(|byte| byte == b' ' || byte >= 0x80) {
        return None;
    }
    if raw.chars().any(char::is_alphabetic) {
        return broken_among_words(raw);
    }
    let numeric = |c: char| {
        c.is_ascii_digit() || matches!(c, '.' | ',' | '<' | '>' | '≥' | '≤' | '=' | '%') || c.is_whitespace()
    };
    if !raw.chars().all(numeric) {
        return None;
    }
    let start = raw.find(|c: char| c.is_ascii_digit())?;
    let end = raw.rfind(|c: char| c.is_ascii_digit())? + 1;
    let body = raw.get(start..end)?;
    let parts: Vec<&str> = body.split_whitespace().collect();
    let cut = parts.windows(2).any(|pair| match pair {
        [left, right] => left.ends_with(['.', ',']) || right.starts_with(['.', ',']),
        _ => false,
    });
    // "1 250 000" is a way to write thousands; groups of other lengths are not.
    let last = parts.len().saturating_sub(1);
    let grouped = parts.iter().enumerate().skip(1).all(|(at, part)| {
        let whole = part.split([',', '.']).next().unwrap_or_default();
        whole.len() == 3 && (at == last || part.len() == 3)
    });
    let grouped =
        grouped && parts.first().is_some_and(|first| first.len() <= 3 && !first.contains(['.', ',']));
    (parts.len() > 1 && (cut || !grouped)).then_some(start..end)
}

/// A number among words with a gap before its mark: "Tối thiểu 64 ,8". A comma with a gap behind it parts two numbers.
fn broken_among_words(raw: &str) -> Option<Range<usize>> {
    let bytes = raw.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let cut = |at: &usize| {
        matches!(bytes.get(*at), Some(b',' | b'.'))
            && digit(at + 1)
            && bytes.get(at.wrapping_sub(1)) == Some(&b' ')
            && digit(at.wrapping_sub(2))
    };
    let mark = (2..bytes.len()).find(cut)?;
    let start = (0..mark - 1).rev().take_while(|at| digit(*at)).last()?;
    let end = (mark + 1..bytes.len()).take_while(|at| digit(*at)).last()? + 1;
    Some(start..end)
}

/// Longest cell, in bytes, that may be a value with words around it.
const LONGEST_VALUE: usize = 160;

/// A cell without the words around its value: "8S" of "Đạt 8S", "30,O" of "Từ 30,O trở lên". A long one is given back whole.
pub(super) fn without_words<'t>(raw: &'t str, units: &Units) -> &'t str {
    if raw.len() > LONGEST_VALUE {
        return raw;
    }
    let ends: Vec<usize> = raw.match_indices(' ').map(|(at, _)| at).collect();
    let is_before = |text: &str| {
        let key = fold(text);
        let mut words =
            units.lead.iter().chain(&units.from).chain(units.before.iter().map(|(words, _)| words));
        words.any(|words| *words == key)
    };
    let is_after = |text: &str| {
        let key = fold(text);
        units.after.iter().any(|(words, _)| *words == key)
    };
    let start = ends.iter().rev().find(|at| raw.get(..**at).is_some_and(is_before)).map_or(0, |at| at + 1);
    let rest = raw.get(start..).unwrap_or(raw);
    let end = rest.match_indices(' ').find(|(at, _)| rest.get(at + 1..).is_some_and(is_after));
    end.and_then(|(at, _)| rest.get(..at)).unwrap_or(rest)
}

/// Whether a text is meant as a number: digits, separators and letters that look like digits, and no words.
pub(super) fn meant_as_number(raw: &str) -> bool {
    let mut digits = 0_usize;
    let mut letters = 0_usize;
    let mut slashes = 0_usize;
    let mut rest = raw.chars();
    while let Some(c) = rest.next() {
        match c {
            _ if c.is_ascii_digit() => digits += 1,
            // At the end of a number they name things: "5G", "12b".
            'G' | 'g' | 'b'
                if rest.as_str().starts_with(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.')) =>
            {
                letters += 1;
            }
            'O' | 'o' | 'l' | 'I' | 'i' | '|' | 'S' | 's' | 'B' | 'Z' | 'z' | 'q' | 'Q' | 'D' => letters += 1,
            '/' | ';' => slashes += 1,
            _ if c.is_alphabetic() => return false,
            _ => {}
        }
    }
    let dashes = raw.matches(['-', '–', '—']).count();
    let zero = matches!(raw.trim(), "O" | "o");
    (zero || digits > 0) && letters <= digits.max(1) * 2 && slashes == 0 && dashes < 2
}

/// A cell that only keeps the place of a value: "…", "....", "?", "[…]", "___".
pub(super) fn placeholder(raw: &str) -> bool {
    let kept = raw.trim();
    let dots = kept.chars().filter(|c| matches!(c, '.' | '…' | '_' | '?')).count();
    dots > 0
        && kept.chars().all(|c| matches!(c, '.' | '…' | '_' | '?' | '[' | ']' | '(' | ')' | ' '))
        && kept != "."
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use super::*;
    use crate::grammar::Grammar;

    #[test]
    fn separators_show_the_shape() {
        for (word, want) in [
            ("300", Shape::Plain),
            ("12,5", Shape::DecimalComma),
            ("0,880", Shape::DecimalComma),
            ("1234,567", Shape::DecimalComma),
            ("11.5", Shape::DecimalDot),
            ("1.250.000", Shape::ThousandsDots),
            ("1,250,000", Shape::ThousandsCommas),
            ("1.250,5", Shape::DotsThenComma),
            ("48,120.0", Shape::CommasThenDot),
            ("14,275", Shape::CommaThree),
            ("14.275", Shape::DotThree),
            ("1.2.34", Shape::Malformed),
        ] {
            assert_eq!(shape(word), want, "{word}");
        }
    }

    #[test]
    fn both_readings_are_given_where_both_are_possible() {
        assert_eq!(read("3,250", true).unwrap().to_string(), "3.250");
        assert_eq!(read("3,250", false).unwrap().to_string(), "3250");
        assert_eq!(read("12,5", false), None);
        assert_eq!(read("1.250,5", true).unwrap().to_string(), "1250.5");
    }

    #[test]
    fn numbers_split_inside_a_cell_are_broken() {
        for raw in ["2.315 ,0", "1 .500", "12 ,5", "1. 500", "2 24,0", "≥ 1 .5", "15 0"] {
            assert!(broken(raw).is_some(), "{raw}");
        }
        for raw in
            ["2.315,0", "1 250 000", "1 250,5", "≥ 68", "65 - 70", "12 tỷ", "10%", "9/10", "< 3,0", "2026"]
        {
            assert!(broken(raw).is_none(), "{raw}");
        }
    }

    #[test]
    fn only_texts_without_words_are_meant_as_numbers() {
        for raw in ["5?,O", "9G,0", "8O,5", "l2,5", "1.2.34", "12,,5", "O"] {
            assert!(meant_as_number(raw), "{raw}");
        }
        for raw in ["Đạt", "5G", "Top 10", "x", "-", "theo TP giao", "5 km", "1-2-3", "1;2", "Duy trì 5"]
        {
            assert!(!meant_as_number(raw), "{raw}");
        }
    }

    #[test]
    fn money_in_words_is_found_with_its_scale() {
        let grammar = Grammar::embedded().unwrap();
        let text = "Tiết kiệm 5% dự toán là 3,250 tỷ đồng";
        let found = money_in(text, &grammar.concepts);
        let amount = found.first().unwrap();
        assert_eq!(text.get(amount.range.clone()), Some("3,250 tỷ đồng"));
        assert_eq!(amount.factor, Number::whole(1_000_000_000));
        let spaced = money_in("Thuê phần mềm năm 2026, kinh phí 12 500 triệu đồng", &grammar.concepts);
        assert_eq!(
            spaced.first().and_then(|it| read("12 500", true).zip(Some(it.number.len()))),
            Some((Number::whole(12_500), 6))
        );
        assert!(money_in("Hội đồng 5 đồng chí", &grammar.concepts).is_empty());
        assert!(declares_money("Tổng mức đầu tư (triệu đồng)", &grammar.concepts));
        assert!(!declares_money("Đồng chí phụ trách", &grammar.concepts));
    }

    #[test]
    fn dots_alone_keep_a_place() {
        assert!(placeholder("…") && placeholder("....") && placeholder("?"));
        assert!(!placeholder("-") && !placeholder("5") && !placeholder("Đạt"));
    }
}
