//! A deadline's words as a list of tokens.
//!
//! ```text
//! deadline  = { token } ;
//! token     = phase | time | same-unit | word | step | sep ;
//! phase     = "giai đoạn" ( n | roman ) ":" ;
//! step      = [ "mỗi" ] n period ( "/" | " " ) [ one ] "lần" [ "/năm" ]
//!           | n "lần" ( "/" | "mỗi" | "trong" | " " ) [ one ] period
//!           | n period            (* after "định kỳ" *)
//!           | period              (* after another step and a comma *) ;
//! period    = "ngày" | "tuần" | "tháng" | "quý" | "năm" ;
//! sep       = ";" | "," | "và" | "hoặc" | "-" | "(" | ")" | "." | ":" | "+" ;
//! ```

use std::ops::Range;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::space0;
use nom::combinator::{map_opt, opt, value, verify};
use nom::sequence::preceded;
use nom::{IResult, Parser};

use super::when::{Unit, When, same_unit, when};
use crate::grammar::{DeadlineWord, DeadlineWords};
use crate::syntax::folded::{ends_word, strip_phrase};

/// A token of a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A time.
    Time(When),
    /// A day of the month without its month: "ngày 25".
    DayOfMonth,
    /// Words of the grammar, other than a condition or a step.
    Word(DeadlineWord),
    /// A condition, as a range of the fold key.
    Condition(Range<usize>),
    /// A step; `None` where the words name none.
    Step(Option<String>),
    /// A sign or word between.
    Sep(Sep),
    /// Words in brackets that are none of these, without digits.
    Remark,
}

/// What stands between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sep {
    /// ";", ",", "và", "hoặc": another thing follows.
    And,
    /// "-": to, or another thing.
    Dash,
    /// Brackets, full stops, colons.
    Other,
}

/// The tokens of a fold key; `None` where some of it is not understood.
pub(super) fn tokens(folded: &str, words: &DeadlineWords) -> Option<Vec<Token>> {
    let mut out: Vec<Token> = Vec::new();
    let mut rest = folded.trim_start();
    let mut bracket = false;
    while !rest.is_empty() {
        let at = folded.len() - rest.len();
        let (after, token) = match next(rest, at, &out, words) {
            Some((after, Token::Word(DeadlineWord::Event))) => condition(rest, after, at, bracket),
            Some(found) => found,
            None if bracket || done(&out) => remark(rest)?,
            None => return None,
        };
        if matches!(token, Token::Sep(Sep::Other)) {
            bracket = match rest.chars().next() {
                Some('(') => true,
                Some(')') => false,
                _ => bracket,
            };
        }
        out.push(token);
        rest = after.trim_start();
    }
    Some(out)
}

/// Whether the words say that the work is done; what follows then is a remark.
fn done(tokens: &[Token]) -> bool {
    tokens.contains(&Token::Word(DeadlineWord::Done))
}

fn next<'a>(
    rest: &'a str,
    start: usize,
    before: &[Token],
    words: &DeadlineWords,
) -> Option<(&'a str, Token)> {
    if let Some(found) = step(rest, before) {
        return Some(found);
    }
    if let Some(after) = phase(rest) {
        return Some((after, Token::Word(DeadlineWord::Filler)));
    }
    if let Some((after, found)) = time(rest, before, words) {
        return Some((after, Token::Time(found)));
    }
    if let Ok((after, _)) = (tag("ngay"), space0, number).parse(rest) as IResult<&str, _>
        && ends_word(after)
    {
        return Some((after, Token::DayOfMonth));
    }
    if let Some((after, word)) = word(rest, words) {
        let at = rest.len() - after.len();
        return Some(match word {
            DeadlineWord::Recurring(step) => (after, Token::Step(step)),
            DeadlineWord::Sudden => (after, Token::Condition(start..start + at)),
            word => (after, Token::Word(word)),
        });
    }
    separator(rest)
}

/// "giai đoạn 1:", which only counts what comes.
fn phase(rest: &str) -> Option<&str> {
    let rest = strip_phrase(rest, "giai doan")?.trim_start();
    let length = rest
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, 'i' | 'v')))
        .filter(|length| (1..=3).contains(length))?;
    rest.get(length..)?.trim_start().strip_prefix(':')
}

/// A time. After a quarter without a year a bare number is another quarter ("Quý 2 - 4/2026"), after a month
/// another month.
fn time<'a>(rest: &'a str, before: &[Token], words: &DeadlineWords) -> Option<(&'a str, When)> {
    let unit = unit_before(before);
    let same = |unit| same_unit(rest, unit, words).ok().filter(|(after, _)| !after.starts_with('/'));
    let quarter = unit.filter(|unit| matches!(unit, Unit::Quarter(_))).and_then(same);
    quarter.or_else(|| when(rest, words).ok()).or_else(|| unit.and_then(same))
}

fn word<'a>(rest: &'a str, words: &DeadlineWords) -> Option<(&'a str, DeadlineWord)> {
    words.words.iter().find_map(|(phrase, word)| Some((strip_phrase(rest, phrase)?, word.clone())))
}

fn separator(rest: &str) -> Option<(&str, Token)> {
    for (phrase, sep) in [("va", Sep::And), ("hoac", Sep::And), ("&", Sep::And)] {
        if let Some(after) = strip_phrase(rest, phrase) {
            return Some((after, Token::Sep(sep)));
        }
    }
    let mut chars = rest.chars();
    let sep = match chars.next()? {
        ';' | ',' | '/' => Sep::And,
        '-' | '~' | '÷' => Sep::Dash,
        '(' | ')' | '.' | ':' | '+' | '*' => Sep::Other,
        _ => return None,
    };
    Some((chars.as_str(), Token::Sep(sep)))
}

/// The time before a separator, whose unit goes on.
fn unit_before(before: &[Token]) -> Option<Unit> {
    let (last, others) = before.split_last()?;
    let joins = matches!(last, Token::Sep(Sep::And | Sep::Dash) | Token::Word(DeadlineWord::Until));
    match others.last()? {
        Token::Time(When { unit, year: None }) if joins => Some(*unit),
        _ => None,
    }
}

/// The words of a condition: to the closing bracket or the semicolon, else to the end.
fn condition<'a>(rest: &'a str, after: &'a str, at: usize, bracket: bool) -> (&'a str, Token) {
    let stops: &[char] = if bracket { &[')'] } else { &[';'] };
    let skip = rest.len() - after.len();
    let end = after.find(stops).map_or(rest.len(), |end| end + skip);
    let text = rest.get(..end).unwrap_or_default().trim_end_matches([' ', '.']);
    (rest.get(end..).unwrap_or_default(), Token::Condition(at..at + text.len()))
}

/// Words in brackets that no parser knows; with digits in them they could be a time.
fn remark(rest: &str) -> Option<(&str, Token)> {
    let end = rest.find(')').unwrap_or(rest.len());
    let text = rest.get(..end)?;
    (!text.bytes().any(|byte| byte.is_ascii_digit()))
        .then(|| (rest.get(end..).unwrap_or_default(), Token::Remark))
}

/// A step in figures, or a bare period after another step.
fn step<'a>(rest: &'a str, before: &[Token]) -> Option<(&'a str, Token)> {
    let found = |(after, step): (&'a str, Option<String>)| Some((after, Token::Step(step)));
    if let Ok((after, step)) = alt((every, times)).parse(rest)
        && ends_word(after)
    {
        return found((after, step));
    }
    let follows = matches!(before, [.., Token::Step(None)] | [.., Token::Step(_), Token::Sep(Sep::And)]);
    if follows
        && let Ok((after, (n, period))) = bare_period(rest)
        && ends_word(after)
        && !after.trim_start().starts_with(|c: char| c.is_ascii_digit())
    {
        return found((after, Some(duration(n.unwrap_or(1), period))));
    }
    None
}

/// "6 tháng", "năm".
fn bare_period(input: &str) -> IResult<&str, (Option<u32>, Period)> {
    (opt(number), preceded(space0, period)).parse(input)
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Period {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// "06 tháng/lần", "mỗi năm 01 lần", "6 tháng một lần/năm".
fn every(input: &str) -> IResult<&str, Option<String>> {
    let head = (opt((tag("moi"), space0)), opt(number), space0, period);
    let once = (space0, opt(tag("/")), space0, opt((count, space0)), tag("lan"));
    let yearly = opt((space0, tag("/"), space0, tag("nam")));
    let (rest, ((_, n, _, period), (_, _, _, times, _), _)) = (head, once, yearly).parse(input)?;
    let times = times.map_or(1, |(times, _)| times);
    Ok((rest, share(n.unwrap_or(1), period, times)))
}

/// "2 lần/năm", "1 lần mỗi quý".
fn times(input: &str) -> IResult<&str, Option<String>> {
    let joint = alt((value((), tag("/")), value((), (opt(tag("moi")), opt(tag("trong"))))));
    let head = (count, space0, tag("lan"), space0, joint, space0);
    let (rest, ((times, ..), n, _, period)) = (head, opt(count), space0, period).parse(input)?;
    Ok((rest, share(n.unwrap_or(1), period, times)))
}

/// The step of something that happens `times` times in `n` periods; `None` where it is no whole number of
/// months, weeks or days.
fn share(n: u32, period: Period, times: u32) -> Option<String> {
    if times <= 1 {
        return Some(duration(n, period));
    }
    let months = match period {
        Period::Month => n,
        Period::Quarter => n * 3,
        Period::Year => n * 12,
        Period::Day | Period::Week => return None,
    };
    months.is_multiple_of(times).then(|| duration(months / times, Period::Month))
}

/// An ISO 8601 duration.
fn duration(n: u32, period: Period) -> String {
    let (n, letter) = match period {
        Period::Day => (n, 'D'),
        Period::Week => (n, 'W'),
        Period::Quarter => (n * 3, 'M'),
        Period::Month if n >= 12 && n.is_multiple_of(12) => (n / 12, 'Y'),
        Period::Month => (n, 'M'),
        Period::Year => (n, 'Y'),
    };
    format!("P{n}{letter}")
}

fn period(input: &str) -> IResult<&str, Period> {
    alt((
        value(Period::Day, tag("ngay")),
        value(Period::Week, tag("tuan")),
        value(Period::Month, tag("thang")),
        value(Period::Quarter, tag("quy")),
        value(Period::Year, tag("nam")),
    ))
    .parse(input)
}

/// One or two digits.
fn number(input: &str) -> IResult<&str, u32> {
    let digits = verify(take_while1(|c: char| c.is_ascii_digit()), |d: &str| d.len() <= 2);
    map_opt(digits, |digits: &str| digits.parse().ok().filter(|n| *n > 0)).parse(input)
}

/// A number in figures or words.
fn count(input: &str) -> IResult<&str, u32> {
    alt((number, value(1, tag("mot")), value(2, tag("hai")), value(3, tag("ba")), value(4, tag("bon"))))
        .parse(input)
}
