//! Years and periods that titles and headers name.

use std::ops::Range;

use crate::grammar::Periods;
use crate::text::{fold, next_digit};

/// A year or a range of years in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) struct Named {
    /// First year.
    pub from: i32,
    /// Last year; the first for a single year.
    pub to: i32,
    /// How the words name it.
    pub way: Way,
    /// Byte range.
    pub range: Range<usize>,
}

/// How words name years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Way {
    /// "2026-2030".
    Range,
    /// "nhiệm kỳ 2025-2030".
    Term,
    /// "tầm nhìn đến năm 2045": a single year to look ahead to.
    Horizon,
    /// "năm 2026".
    Year,
}

/// Years of plans.
const YEARS: std::ops::RangeInclusive<i32> = 1945..=2100;

/// How many bytes before a year can hold the words about it.
const BEFORE: usize = 48;

/// The years and ranges of years that a text names, in order. Years inside dates and document numbers
/// are none.
pub(in crate::rules) fn years(text: &str, periods: &Periods) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::new();
    // Whether the last year may still become the start of a range.
    let mut open = false;
    for (year, range) in plain_years(text) {
        if let Some(last) = out.last_mut() {
            let between = text.get(last.range.end..range.start).unwrap_or_default();
            // "từ năm học 2025-2026 đến năm học 2029-2030": a range of ranges.
            let goes_on = text.get(range.end..).unwrap_or_default().trim_start().starts_with(['-', '–']);
            let again = !open && goes_on && last.way == Way::Range && is_worded_through(between, periods);
            if open && is_through(between, periods) || again {
                let before = before(text, last.range.start);
                last.to = year;
                last.range.end = range.end;
                last.way = if ends_with_any(&before, &periods.term) { Way::Term } else { Way::Range };
                open = again;
                continue;
            }
        }
        let before = before(text, range.start);
        let way = if ends_with_any(&before, &periods.horizon) { Way::Horizon } else { Way::Year };
        out.push(Named { from: year, to: year, way, range });
        open = true;
    }
    out
}

/// Numbers of four digits that are years and stand alone.
fn plain_years(text: &str) -> Vec<(i32, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(start) = next_digit(bytes, at) {
        let length =
            bytes.get(start..).map_or(0, |rest| rest.iter().take_while(|byte| byte.is_ascii_digit()).count());
        at = start + length;
        let before = start.checked_sub(1).and_then(|at| bytes.get(at)).copied();
        let glued =
            before.is_some_and(|byte| matches!(byte, b'/' | b'.' | b',') || byte.is_ascii_alphabetic());
        let after = (bytes.get(at).copied(), bytes.get(at + 1).copied());
        let goes_on = matches!(after, (Some(b'/'), _) | (Some(b'.' | b','), Some(b'0'..=b'9')));
        if length == 4
            && !glued
            && !goes_on
            && let Some(year) = text.get(start..at).and_then(|digits| digits.parse::<i32>().ok())
            && YEARS.contains(&year)
        {
            out.push((year, start..at));
        }
    }
    out
}

fn is_through(between: &str, periods: &Periods) -> bool {
    let between = fold(between);
    let bare = between.trim_matches(['-', ' ']);
    bare.is_empty() && between.contains('-') && between.len() <= 4 || is_worded_through(bare, periods)
}

fn is_worded_through(between: &str, periods: &Periods) -> bool {
    periods.through.contains(&fold(between))
}

/// The words before a place, as a fold key without "năm" at the end.
fn before(text: &str, start: usize) -> String {
    let mut from = start.saturating_sub(BEFORE);
    while from < start && !text.is_char_boundary(from) {
        from += 1;
    }
    fold(text.get(from..start).unwrap_or_default())
}

fn ends_with_any(text: &str, phrases: &[String]) -> bool {
    phrases.iter().any(|phrase| {
        text.strip_suffix(phrase.as_str()).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed assumption fails the test")]

    use super::*;
    use crate::grammar::Grammar;

    fn of(text: &str) -> Vec<(i32, i32, Way)> {
        let grammar = Grammar::embedded().unwrap();
        years(text, &grammar.captions.periods)
            .into_iter()
            .map(|named| (named.from, named.to, named.way))
            .collect()
    }

    #[test]
    fn ranges_terms_horizons_and_years_are_told_apart() {
        assert_eq!(
            of(
                "nhiệm kỳ 2025-2030, giai đoạn 2026 – 2030, hướng tới năm 2035 và tầm nhìn đến 2045; năm 2026"
            ),
            [
                (2025, 2030, Way::Term),
                (2026, 2030, Way::Range),
                (2035, 2035, Way::Horizon),
                (2045, 2045, Way::Horizon),
                (2026, 2026, Way::Year),
            ]
        );
        assert_eq!(of("từ năm 2026 đến năm 2030"), [(2026, 2030, Way::Range)]);
        assert_eq!(of("từ năm học 2025-2026 đến năm học 2029-2030"), [(2025, 2030, Way::Range)]);
        assert_eq!(
            of("giai đoạn 2026-2030, tầm nhìn đến năm 2045"),
            [(2026, 2030, Way::Range), (2045, 2045, Way::Horizon)]
        );
        assert_eq!(of("CHỈ TIÊU ĐẾN NĂM 2030"), [(2030, 2030, Way::Horizon)]);
    }

    #[test]
    fn dates_numbers_and_lists_of_years_are_no_ranges() {
        assert_eq!(of("ngày 20/3/2026; số 30/2020/NĐ-CP; 2.026; 12026"), []);
        assert_eq!(of("năm 2026, 2027"), [(2026, 2026, Way::Year), (2027, 2027, Way::Year)]);
    }
}
