//! One written number: its form, its value under a decimal mark, and what can be told of broken ones.
//!
//! ```text
//! number    = [ sign ] digits { mark digits } ;
//! sign      = "-" | "−" | "–" | "+" ;
//! mark      = "." | "," | space ;
//! digits    = digit { digit } ;
//! space     = " " | NBSP | narrow NBSP | thin space ;
//! ```
//!
//! Marks before the last one part thousands: they are all the same and three digits follow each. The last
//! one differs from them and is the decimal mark, or is the same and parts thousands too. One mark alone
//! before exactly three digits, after one to three digits that do not begin with zero, can be either: the
//! number is ambiguous and read by the column's decimal mark.

use nom::bytes::complete::take_while1;
use nom::character::complete::one_of;
use nom::combinator::opt;
use nom::{IResult, Parser};

use crate::value::Number;

/// The decimal mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decimal {
    /// "1.984,0".
    Comma,
    /// "1,984.0".
    Dot,
}

/// What a written number says of its decimal mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// No comma and no dot.
    Plain,
    /// The decimal mark can only be the comma: "1.984,0", "11,5", "1.234.567".
    Comma,
    /// The decimal mark can only be the dot: "61,019.0", "300.0", "1,234,567".
    Dot,
    /// Either: "7,000", "16.888".
    Ambiguous,
}

/// How one number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// What the number says of its decimal mark.
    pub form: Form,
    /// Whether a minus stands before it.
    pub negative: bool,
    /// Number of digits.
    pub digits: usize,
    /// The comma or dot that stands last.
    pub mark: Option<char>,
    /// Number of digits after that mark; 0 without one.
    pub after: usize,
    /// How many marks of all kinds there are.
    pub marks: usize,
}

/// How the number that is the whole of `text` is written; `None` where it is not one well-formed number.
#[must_use]
pub fn shape(text: &str) -> Option<Shape> {
    let text = text.trim();
    if let Some(inner) = bracketed(text) {
        return shape(inner).map(|shape| Shape { negative: true, ..shape });
    }
    let (rest, token) = token(text).ok()?;
    rest.is_empty().then(|| token.shape()).flatten()
}

/// The number between brackets, which stand for a minus sign as in accounts: "(4.125,0)". "(5)", "(2.1)" count, "(2025)" is a year.
fn bracketed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(')?.strip_suffix(')')?.trim();
    let digits = inner.bytes().filter(u8::is_ascii_digit).count();
    let marked = inner.contains(',') || digits > 2 && inner.contains(is_mark);
    let plain =
        inner.starts_with(|c: char| c.is_ascii_digit()) && inner.ends_with(|c: char| c.is_ascii_digit());
    (plain && marked && digits > 1).then_some(inner)
}

/// The value of the number that is the whole of `text`. A form that leaves no choice is read by itself,
/// whatever `decimal` says.
#[must_use]
pub fn read(text: &str, decimal: Decimal) -> Option<Number> {
    let text = text.trim();
    if let Some(inner) = bracketed(text) {
        return Some(Number::ZERO - read(inner, decimal)?);
    }
    let (rest, token) = token(text).ok()?;
    if rest.is_empty() { token.value(decimal) } else { None }
}

/// The repaired digits of a number that only a space splits: "2.240 ,0" gives "2.240,0". Spaces between
/// thousands are no break.
#[must_use]
pub fn broken(text: &str) -> Option<String> {
    let text = text.trim();
    if shape(text).is_some() || !text.contains(is_space) || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    if !text.chars().all(|c| c.is_ascii_digit() || is_mark(c) || is_sign(c)) {
        return None;
    }
    let beside_marks = drop_spaces(text, |before, after| is_point(before) || is_point(after));
    if shape(&beside_marks).is_some() {
        return Some(beside_marks);
    }
    let joined = drop_spaces(text, |_, _| true);
    let grouped = shape(&joined).is_some_and(|shape| shape.marks > 1);
    grouped.then_some(joined)
}

/// Whether a text that is no readable number was meant as one: mostly digits, beside them only number
/// marks and signs that a scan puts in place of digits ("5?,O", "1O,5", "l2", "12,34.5").
#[must_use]
pub fn looks_numeric(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['<', '>', '=', '≤', '≥', '~']).trim_start();
    let text = text.trim_end_matches('%').trim_end();
    if text.len() > 40 || shape(text).is_some() {
        return false;
    }
    let mut digits = 0;
    let mut marks = 0;
    let mut slips = 0;
    for c in text.chars() {
        match c {
            '0'..='9' => digits += 1,
            'O' | 'o' | 'l' | 'I' | '|' | '?' => slips += 1,
            c if is_space(c) => {}
            c if is_point(c) || is_sign(c) => marks += 1,
            _ => return false,
        }
    }
    if digits == 0 || digits + marks < slips || text.starts_with("I.") || text.starts_with("l.") {
        return false;
    }
    if slips == 0 {
        return marks > 0 && broken_or_malformed(text);
    }
    let repaired: String = text.chars().map(unslip).collect();
    shape(&repaired).is_some() || broken(&repaired).is_some()
}

/// A number at the start of a text, as its digits and marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// The printed text.
    pub text: &'a str,
}

/// A number token: the longest run of digits with single marks between them.
pub(super) fn token(input: &str) -> IResult<&str, Token<'_>> {
    let (rest, _) = opt(one_of("-−–+")).parse(input)?;
    let (rest, _) = digits(rest)?;
    let (rest, ()) = groups(rest, is_mark);
    Ok((rest, Token { text: consumed(input, rest) }))
}

/// A number token of running text, without a sign. A space is inside it only between groups of three digits.
pub(super) fn plain_token(input: &str) -> IResult<&str, Token<'_>> {
    let (rest, head) = digits(input)?;
    if head.len() <= 3
        && !head.starts_with('0')
        && let Some(rest) = spaced_groups(rest)
    {
        return Ok((rest, Token { text: consumed(input, rest) }));
    }
    let (rest, ()) = groups(rest, is_point);
    Ok((rest, Token { text: consumed(input, rest) }))
}

/// What follows " 500 000,5": groups of three digits after spaces, and a fraction after a comma.
fn spaced_groups(mut input: &str) -> Option<&str> {
    let start = input;
    while let Some(group) = input.strip_prefix(is_space)
        && let Ok((rest, found)) = digits(group)
        && found.len() == 3
    {
        input = rest;
    }
    if let Some(fraction) = input.strip_prefix(',')
        && let Ok((rest, _)) = digits(fraction)
    {
        input = rest;
    }
    let goes_on = input.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    (input.len() < start.len() && start.starts_with(is_space) && !goes_on).then_some(input)
}

fn digits(input: &str) -> IResult<&str, &str> {
    take_while1(|c: char| c.is_ascii_digit()).parse(input)
}

/// What lies between a text and a rest of it.
pub(super) fn consumed<'a>(input: &'a str, rest: &str) -> &'a str {
    input.get(..input.len().saturating_sub(rest.len())).unwrap_or_default()
}

fn groups(mut input: &str, is_mark: impl Fn(char) -> bool) -> (&str, ()) {
    loop {
        let mut chars = input.chars();
        let Some(mark) = chars.next().filter(|c| is_mark(*c)) else {
            return (input, ());
        };
        let Ok((rest, group)) = digits(chars.as_str()) else {
            return (input, ());
        };
        if is_space(mark) && group.len() != 3 {
            return (input, ());
        }
        input = rest;
    }
}

/// The groups of a token: what stands before the first mark, and after each.
#[derive(Debug, Default)]
struct Groups {
    head: usize,
    zero: bool,
    /// The mark of all groups but the last.
    inner: Option<char>,
    last: Option<(char, usize)>,
    marks: usize,
    digits: usize,
}

impl Groups {
    /// `None` where inner marks differ or an inner group has not three digits.
    fn of(text: &str) -> Option<Self> {
        let mut found = Self::default();
        for c in text.chars() {
            if c.is_ascii_digit() {
                found.digits += 1;
                match &mut found.last {
                    Some((_, count)) => *count += 1,
                    None => {
                        found.zero |= found.head == 0 && c == '0';
                        found.head += 1;
                    }
                }
            } else {
                if let Some((mark, count)) = found.last {
                    let mark = if is_space(mark) { ' ' } else { mark };
                    if count != 3 || found.inner.is_some_and(|inner| inner != mark) {
                        return None;
                    }
                    found.inner = Some(mark);
                }
                found.marks += 1;
                found.last = Some((if is_space(c) { ' ' } else { c }, 0));
            }
        }
        Some(found)
    }

    /// The form, or `None` where the number is malformed.
    fn form(&self) -> Option<Form> {
        let Some((last, after)) = self.last else {
            return Some(Form::Plain);
        };
        let groups_thousands = (1..=3).contains(&self.head) && !self.zero;
        let by_point = |point| if point == ',' { Form::Comma } else { Form::Dot };
        let other = |point| if point == ',' { Form::Dot } else { Form::Comma };
        match self.inner {
            None if last == ' ' => (groups_thousands && after == 3).then_some(Form::Plain),
            None if groups_thousands && after == 3 => Some(Form::Ambiguous),
            None => Some(by_point(last)),
            Some(_) if !groups_thousands => None,
            Some(inner) if inner == last && after != 3 => None,
            Some(' ') if last == ' ' => Some(Form::Plain),
            Some(inner) if inner == last => Some(other(last)),
            Some(_) if last == ' ' => None,
            Some(_) => Some(by_point(last)),
        }
    }
}

impl Token<'_> {
    fn unsigned(&self) -> (bool, &str) {
        match self.text.strip_prefix(is_sign) {
            Some(rest) => (!self.text.starts_with('+'), rest),
            None => (false, self.text),
        }
    }

    /// How the number is written; `None` where it is malformed.
    pub fn shape(&self) -> Option<Shape> {
        let (negative, text) = self.unsigned();
        let groups = Groups::of(text)?;
        let point = groups.last.filter(|(mark, _)| is_point(*mark));
        Some(Shape {
            form: groups.form()?,
            negative,
            digits: groups.digits,
            mark: point.map(|(mark, _)| mark),
            after: point.map_or(0, |(_, count)| count),
            marks: groups.marks,
        })
    }

    /// The value under a decimal mark.
    pub fn value(&self, decimal: Decimal) -> Option<Number> {
        let shape = self.shape()?;
        let point = match (shape.form, decimal) {
            (Form::Plain, _) => None,
            (Form::Comma, _) | (Form::Ambiguous, Decimal::Comma) => Some(','),
            (Form::Dot, _) | (Form::Ambiguous, Decimal::Dot) => Some('.'),
        };
        let places = if point.is_some() && point == shape.mark { shape.after } else { 0 };
        let (negative, text) = self.unsigned();
        let mut mantissa = 0_i128;
        for c in text.chars() {
            if let Some(digit) = c.to_digit(10) {
                mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(digit))?;
            }
        }
        Number::from_parts(if negative { -mantissa } else { mantissa }, u32::try_from(places).ok()?)
    }
}

fn is_point(c: char) -> bool {
    matches!(c, '.' | ',')
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}')
}

fn is_mark(c: char) -> bool {
    is_point(c) || is_space(c)
}

fn is_sign(c: char) -> bool {
    matches!(c, '-' | '−' | '–' | '+')
}

/// The digit that a scan shows as this sign.
fn unslip(c: char) -> char {
    match c {
        'O' | 'o' | '?' => '0',
        'l' | 'I' | '|' => '1',
        c => c,
    }
}

/// Digits with points, and no sign inside that would make them two numbers.
fn broken_or_malformed(text: &str) -> bool {
    let inner = text.strip_prefix(is_sign).unwrap_or(text);
    broken(text).is_some() || (!inner.contains(is_sign) && !inner.contains(is_space))
}

/// The text without the spaces between two characters of which `drop` says so.
fn drop_spaces(text: &str, drop: impl Fn(char, char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending = false;
    for c in text.chars() {
        if is_space(c) {
            pending = true;
            continue;
        }
        if pending && !out.chars().next_back().is_some_and(|before| drop(before, c)) {
            out.push(' ');
        }
        pending = false;
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, decimal: Decimal) -> Option<String> {
        read(text, decimal).map(|number| number.to_string())
    }

    #[test]
    fn unambiguous_forms_are_read_by_themselves() {
        for decimal in [Decimal::Comma, Decimal::Dot] {
            for (text, expected) in [
                ("1.984,0", "1984.0"),
                ("61,019.0", "61019.0"),
                ("1 234 567", "1234567"),
                ("1\u{A0}234,5", "1234.5"),
                ("1.234.567", "1234567"),
                ("1,234,567.25", "1234567.25"),
                ("-5", "-5"),
                ("−0,5", "-0.5"),
                ("08", "8"),
                ("0,123", "0.123"),
                ("1234,567", "1234.567"),
                ("300.0", "300.0"),
                ("100", "100"),
            ] {
                assert_eq!(value(text, decimal).as_deref(), Some(expected), "{text}");
            }
        }
    }

    #[test]
    fn brackets_stand_for_a_minus_sign() {
        assert_eq!(value("(4 125,0)", Decimal::Comma).as_deref(), Some("-4125.0"));
        assert_eq!(value("(1.250)", Decimal::Comma).as_deref(), Some("-1250"));
        assert_eq!(value("(0,5)", Decimal::Comma).as_deref(), Some("-0.5"));
        for text in ["(5)", "(2.1)", "(2025)", "(1)(2)", "(-3,5)", "(900"] {
            assert_eq!(value(text, Decimal::Comma), None, "{text}");
        }
    }

    #[test]
    fn ambiguous_forms_follow_the_column() {
        assert_eq!(shape("7,000").map(|shape| shape.form), Some(Form::Ambiguous));
        assert_eq!(value("7,000", Decimal::Dot).as_deref(), Some("7000"));
        assert_eq!(value("7,000", Decimal::Comma).as_deref(), Some("7.000"));
        assert_eq!(value("16.888", Decimal::Comma).as_deref(), Some("16888"));
        assert_eq!(value("16.888", Decimal::Dot).as_deref(), Some("16.888"));
    }

    #[test]
    fn what_is_no_number_is_not_read() {
        for text in [
            "",
            "(5)",
            "5?,O",
            "2.240 ,0",
            "1O,5",
            "l2",
            "1,2,3",
            "12,34.5",
            "5,",
            ",5",
            "12 34",
            "- 5",
            "1.2.3",
            "0.123.456",
        ] {
            assert_eq!(read(text, Decimal::Comma), None, "{text}");
        }
    }

    #[test]
    fn numbers_split_by_a_space_are_repaired() {
        assert_eq!(broken("2.240 ,0").as_deref(), Some("2.240,0"));
        assert_eq!(broken("2. 240,0").as_deref(), Some("2.240,0"));
        assert_eq!(broken("2.2 40,0").as_deref(), Some("2.240,0"));
        for whole in ["1 234", "2 240", "1 234 567", "1 5", "1 2,5", "2.240,0", "a b", "12 và 5"] {
            assert_eq!(broken(whole), None, "{whole}");
        }
    }

    #[test]
    fn misread_numbers_look_numeric() {
        for text in ["5?,O", "1O,5", "l2", "12,34.5", "1.23.4", "2.240 ,0", "9O%", "≥ 8O"] {
            assert!(looks_numeric(text), "{text}");
        }
        for text in ["", "11,0", "xã", "B1", "5A", "I.1", "Ol", "1,5-2,5", "24/24", "x", "-", "?"] {
            assert!(!looks_numeric(text), "{text}");
        }
    }
}
