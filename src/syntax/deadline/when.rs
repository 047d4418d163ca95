//! Times of the calendar: days, months, quarters, parts of years, years.
//!
//! ```text
//! time      = school | day | month | quarter | part | year ;
//! day       = [ "ngày" ] [ d "-" ] d sep m sep y | y "-" mm "-" dd | "ngày" d "tháng" m [ "năm" y ] | "ngày" d sep m
//!           | d "tháng" m [ "năm" ] y | d sep m            (* before "hằng năm" *) ;
//! month     = ( "tháng" | "th" | "t" ) m [ of-year ] | m sep y ;
//! quarter   = ( "quý" | "quí" | "q" ) roman-or-digit [ of-year ] | roman "/" y ;
//! part      = part-words "năm" [ y ] ;
//! year      = [ "năm" ] y ;
//! school    = school-words y "-" y ;
//! of-year   = sep y | [ "năm" ] y | "/" "năm" y ;
//! sep       = "/" | "-" | "." ;
//! ```
//!
//! All of it over fold keys; words of parts are data in `grammars/deadlines.toml`.

use jiff::ToSpan;
use jiff::civil::Date;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::{one_of, space0};
use nom::combinator::{map_opt, opt, peek, value, verify};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use crate::grammar::{DeadlineWord, DeadlineWords};
use crate::syntax::folded::{ends_word, strip_phrase};
use crate::text::roman_value;

/// A time as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    /// What is named.
    pub unit: Unit,
    /// The year, where one is named.
    pub year: Option<Year>,
}

/// What a time names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// A day of a month.
    Day(i32, i32),
    /// Days of a month, the first, the last, and the month.
    Days(i32, i32, i32),
    /// A month.
    Month(i32),
    /// A quarter.
    Quarter(i32),
    /// Months of a year, and whether the words draw no border.
    Part(i8, i8, bool),
    /// The year.
    Year,
    /// The school year that begins in the year: its first month, and its last in the next year.
    School(i8, i8),
}

/// A year as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// One that a programme can name.
    Named(i16),
    /// Digits that are no such year.
    Impossible,
}

impl When {
    /// First and last day; `Err` where the calendar has no such time, `None` where no year is named.
    pub fn days(self) -> Result<Option<(Date, Date)>, Impossible> {
        let year = match self.year {
            Some(Year::Named(year)) => Some(year),
            Some(Year::Impossible) => return Err(Impossible),
            None => None,
        };
        // Without a year a leap year stands in, so that 29/2 is not called impossible.
        let frame = year.unwrap_or(2024);
        let days = match self.unit {
            Unit::Day(day, month) => {
                let day = date(frame, month, day)?;
                (day, day)
            }
            Unit::Days(first, last, month) => (date(frame, month, first)?, date(frame, month, last)?),
            Unit::Month(month) => months(frame, month, month)?,
            Unit::Quarter(quarter) => {
                if !(1..=4).contains(&quarter) {
                    return Err(Impossible);
                }
                months(frame, quarter * 3 - 2, quarter * 3)?
            }
            Unit::Part(first, last, _) => months(frame, first.into(), last.into())?,
            Unit::Year => months(frame, 1, 12)?,
            Unit::School(first, last) => {
                (date(frame, first.into(), 1)?, date(frame + 1, last.into(), 1)?.last_of_month())
            }
        };
        Ok(year.map(|_| days))
    }
}

/// The calendar has no such time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Impossible;

fn date(year: i16, month: i32, day: i32) -> Result<Date, Impossible> {
    let month = i8::try_from(month).map_err(|_| Impossible)?;
    let day = i8::try_from(day).map_err(|_| Impossible)?;
    Date::new(year, month, day).map_err(|_| Impossible)
}

fn months(year: i16, first: i32, last: i32) -> Result<(Date, Date), Impossible> {
    Ok((date(year, first, 1)?, date(year, last, 1)?.last_of_month()))
}

/// The day before.
pub(super) fn day_before(day: Date) -> Option<Date> {
    day.checked_sub(1.day()).ok()
}

/// The day after.
pub(super) fn day_after(day: Date) -> Option<Date> {
    day.checked_add(1.day()).ok()
}

/// A time at the start of a fold key.
pub(super) fn when<'a>(input: &'a str, words: &DeadlineWords) -> IResult<&'a str, When> {
    let year = |input| year_of(input, words);
    let short = |input| short_year(input, words);
    let of_year = |input| opt(of_year(words)).parse(input);
    let dated = (opt((tag("ngay"), space0)), number, sep, number, sep, alt((year, short)));
    let dated = verify(dated, |(_, _, first, _, second, _)| first == second)
        .map(|(_, d, _, m, _, y)| When { unit: Unit::Day(d, m), year: Some(y) });
    // "10 - 15/6/2026"
    let till = (opt((tag("ngay"), space0)), number, space0, tag("-"), space0, number);
    let days = (till, sep, number, sep, alt((year, short))).map(|((_, first, _, _, _, last), _, m, _, y)| {
        When { unit: Unit::Days(first, last, m), year: Some(y) }
    });
    let days = verify(days, |when| matches!(when.unit, Unit::Days(first, last, _) if first <= last));
    let spelt = (opt((tag("ngay"), space0)), number, space0, tag("thang"), space0, number, of_year);
    // "6 tháng 3 năm" without "ngày" may count months.
    let spelt = verify(spelt, |(word, _, _, _, _, _, year)| word.is_some() || year.is_some())
        .map(|(_, d, _, _, _, m, year)| When { unit: Unit::Day(d, m), year });
    let day_month = (tag("ngay"), space0, number, sep, number)
        .map(|(_, _, d, _, m)| When { unit: Unit::Day(d, m), year: None });
    // "18/11 hằng năm": without the word "ngày" only what comes again each year can be a day.
    let each_year = |rest: &str| {
        let yearly = |(phrase, word): &(String, DeadlineWord)| {
            matches!(word, DeadlineWord::Recurring(_)) && strip_phrase(rest.trim_start(), phrase).is_some()
        };
        words.words.iter().any(yearly)
    };
    // "từ 15/3 đến 20/4/2026": so can one before a whole date.
    let before_date = |rest: &str| {
        let rest = rest.trim_start();
        let next = rest.strip_prefix("den").or_else(|| rest.strip_prefix('-')).map(str::trim_start);
        let numbers = |text: &str| {
            let date = text.split(' ').next().unwrap_or_default();
            let pieces: Vec<&str> = date.split(['/', '.', '-']).collect();
            matches!(pieces.as_slice(), [_, _, year] if year.len() == 4)
                && pieces.iter().all(|piece| piece.bytes().all(|byte| byte.is_ascii_digit()))
        };
        next.is_some_and(|next| numbers(next.strip_prefix("ngay ").unwrap_or(next)))
    };
    let bare_day = |input| {
        let (rest, (d, _, m)) = (number, one_of("/-"), number).parse(input)?;
        if each_year(rest) || before_date(rest) {
            Ok((rest, When { unit: Unit::Day(d, m), year: None }))
        } else {
            Err(failure(input))
        }
    };
    // "2026-10-30", as systems write it.
    let iso = (year, tag("-"), two, tag("-"), two)
        .map(|(y, _, m, _, d)| When { unit: Unit::Day(d, m), year: Some(y) });
    // "II/2026": a quarter without its word.
    let bare_quarter = (roman, one_of("/"), year);
    let bare_quarter = verify(bare_quarter, |(quarter, _, _)| (1..=4).contains(quarter))
        .map(|(q, _, y)| When { unit: Unit::Quarter(q), year: Some(y) });
    let month = (alt((tag("thang"), tag("th"), tag("t"))), opt(tag(".")), space0, number, of_year)
        .map(|(_, _, _, m, year)| When { unit: Unit::Month(m), year });
    let month_year = (number, sep, year).map(|(m, _, y)| When { unit: Unit::Month(m), year: Some(y) });
    let quarter = (alt((tag("quy"), tag("qui"), tag("q"))), opt(tag(".")), space0, ordinal, of_year)
        .map(|(_, _, _, q, year)| When { unit: Unit::Quarter(q), year });
    let whole = preceded(opt((tag("nam"), space0)), year).map(|y| When { unit: Unit::Year, year: Some(y) });
    let odd = preceded((tag("nam"), space0), odd_year).map(|y| When { unit: Unit::Year, year: Some(y) });
    let part = |input| part(input, words);
    let school = |input| school(input, words);
    let days = alt((days, dated, spelt, day_month, bare_day, iso));
    let any = alt((school, days, part, month_year, month, quarter, bare_quarter, whole, odd));
    verify_end(any).parse(input)
}

/// A number of the same unit as the time before it, with its year: "II/2026" after a quarter.
pub(super) fn same_unit<'a>(input: &'a str, before: Unit, words: &DeadlineWords) -> IResult<&'a str, When> {
    let of_year = opt(of_year(words));
    match before {
        Unit::Quarter(_) => {
            verify_end((ordinal, of_year).map(|(q, year)| When { unit: Unit::Quarter(q), year })).parse(input)
        }
        Unit::Month(_) => {
            verify_end((number, of_year).map(|(m, year)| When { unit: Unit::Month(m), year })).parse(input)
        }
        _ => Err(failure(input)),
    }
}

fn failure(input: &str) -> nom::Err<nom::error::Error<&str>> {
    nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify))
}

/// Fails where a word goes on after the match.
fn verify_end<'a, O>(
    parser: impl Parser<&'a str, Output = O, Error = nom::error::Error<&'a str>>,
) -> impl Parser<&'a str, Output = O, Error = nom::error::Error<&'a str>> {
    let mut parser = parser;
    move |input: &'a str| {
        let (rest, found) = parser.parse(input)?;
        if ends_word(rest) { Ok((rest, found)) } else { Err(failure(input)) }
    }
}

fn part<'a>(input: &'a str, words: &DeadlineWords) -> IResult<&'a str, When> {
    let found = words.parts.iter().find_map(|(phrase, part)| {
        let rest = strip_phrase(input, phrase)?.trim_start();
        Some((strip_phrase(rest, "nam")?, *part))
    });
    let Some((rest, part)) = found else {
        return Err(failure(input));
    };
    let year = opt(preceded(space0, |input| year_of(input, words)));
    let (rest, year) = verify_end(year).parse(rest)?;
    Ok((rest, When { unit: Unit::Part(part.first, part.last, part.approximate), year }))
}

/// "năm học 2026-2027", "khai giảng năm học mới 2026 - 2027".
fn school<'a>(input: &'a str, words: &DeadlineWords) -> IResult<&'a str, When> {
    let Some(rest) = words.school.words.iter().find_map(|phrase| strip_phrase(input, phrase)) else {
        return Err(failure(input));
    };
    let year = |input| year_of(input, words);
    let years = (preceded(space0, year), space0, one_of("-–/"), space0, year);
    let pair = map_opt(years, |(from, _, _, _, to)| match (from, to) {
        (Year::Named(from), Year::Named(to)) => (from + 1 == to).then_some(Year::Named(from)),
        _ => Some(Year::Impossible),
    });
    let (rest, year) = verify_end(pair).parse(rest)?;
    Ok((rest, When { unit: Unit::School(words.school.first, words.school.last), year: Some(year) }))
}

/// "/2026", " năm 2026", " 2026", "/năm 2026".
fn of_year<'a>(
    words: &DeadlineWords,
) -> impl Parser<&'a str, Output = Year, Error = nom::error::Error<&'a str>> {
    let joined = alt((value((), sep), value((), space0)));
    let year = alt((|input| year_of(input, words), preceded((tag("nam"), space0), odd_year)));
    (joined, opt((tag("nam"), space0)), year).map(|(_, _, year)| year)
}

/// Four or five digits: a year, or one that cannot be.
fn year_of<'a>(input: &'a str, words: &DeadlineWords) -> IResult<&'a str, Year> {
    let year = |digits: &str| {
        let year: i32 = digits.parse().ok()?;
        let named = digits.len() == 4 && words.years.contains(&year);
        Some(if named { Year::Named(i16::try_from(year).ok()?) } else { Year::Impossible })
    };
    let digits = verify(take_while1(|c: char| c.is_ascii_digit()), |d: &str| matches!(d.len(), 4 | 5));
    map_opt(digits, year).parse(input)
}

/// Digits after "năm" that are neither two nor four nor five: no year at all.
fn odd_year(input: &str) -> IResult<&str, Year> {
    let digits = take_while1(|c: char| c.is_ascii_digit());
    value(Year::Impossible, verify(digits, |d: &str| d.len() == 3 || d.len() > 5)).parse(input)
}

/// Two digits at the end of a date: a year of this century.
fn short_year<'a>(input: &'a str, words: &DeadlineWords) -> IResult<&'a str, Year> {
    let digits = take_while_m_n(2, 2, |c: char| c.is_ascii_digit());
    let year = map_opt(digits, |digits: &str| {
        let year = 2000 + digits.parse::<i16>().ok()?;
        Some(if words.years.contains(&i32::from(year)) { Year::Named(year) } else { Year::Impossible })
    });
    verify_end(year).parse(input)
}

/// One or two digits.
fn number(input: &str) -> IResult<&str, i32> {
    let digits = verify(take_while1(|c: char| c.is_ascii_digit()), |d: &str| d.len() <= 2);
    map_opt(digits, |digits: &str| digits.parse().ok()).parse(input)
}

/// Two digits.
fn two(input: &str) -> IResult<&str, i32> {
    map_opt(take_while_m_n(2, 2, |c: char| c.is_ascii_digit()), |digits: &str| digits.parse().ok())
        .parse(input)
}

/// A Roman number.
fn roman(input: &str) -> IResult<&str, i32> {
    let numeral = |digits: &str| i32::try_from(roman_value(digits)?).ok();
    map_opt(take_while1(|c| matches!(c, 'i' | 'v' | 'x')), numeral).parse(input)
}

fn sep(input: &str) -> IResult<&str, char> {
    delimited(space0, one_of("/-."), space0).parse(input)
}

/// A quarter's number, Roman or not.
fn ordinal(input: &str) -> IResult<&str, i32> {
    let follows = peek(opt(take_while1(char::is_alphabetic)));
    let (rest, (found, more)) = (alt((roman, number)), follows).parse(input)?;
    match more {
        None => Ok((rest, found)),
        Some(_) => Err(failure(input)),
    }
}
