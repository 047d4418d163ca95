//! Periods of years, years of column headers, and printed dates, wherever they stand in a text.
//!
//! ```text
//! period    = [ "năm" ] year ( dash | "đến" | "tới" ) [ "năm" ] year | "năm" year ;
//! date      = "ngày" blank-or-d "tháng" blank-or-m "năm" y | d sep m sep y | [ d ] "/" m "/" y ;
//! blank     = { " " | "." | "…" | "_" } ;
//! ```

use std::ops::Range;

use jiff::civil::Date;
use memchr::memchr2_iter;

use super::folded::Folded;
use crate::model::DatedValue;
use crate::value::Period;

/// Years that a document can name.
const YEARS: std::ops::RangeInclusive<i32> = 1945..=2100;

/// The periods that a text names: ranges of years, and single years after "năm".
#[must_use]
pub fn period_in(text: &str) -> Vec<(Range<usize>, Period)> {
    let mut out: Vec<(Range<usize>, Period)> = Vec::new();
    let mut from = 0;
    for year in years(text) {
        if year.range.start < from {
            continue;
        }
        let tail = text.get(year.range.end..).unwrap_or_default();
        if let Some((end, to)) = second_year(text, tail) {
            out.push((year.range.start..end, Period::years(year.value, to)));
            from = end;
        } else if after_word(text, year.range.start, "năm") || after_word(text, year.range.start, "nam") {
            out.push((year.range, Period::years(year.value, year.value)));
        }
    }
    out
}

/// The years that a column header names: first and last, or the one.
#[must_use]
pub fn years_of_header(text: &str) -> Option<Vec<i32>> {
    let found: Vec<Year> = years(text).collect();
    let first = found.first()?;
    let tail = text.get(first.range.end..)?;
    if let Some((_, to)) = second_year(text, tail) {
        return Some(vec![first.value, to]);
    }
    // Two separate years name two things: which of them the column is for is not said.
    (found.len() == 1).then(|| vec![first.value])
}

/// The date that a text prints, with blanks for what is not filled in.
#[must_use]
pub fn printed_date(text: &str) -> Option<DatedValue> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let folded = Folded::of(text);
    let found = spelt(&folded.text).or_else(|| slashed(&folded.text))?;
    let raw = text.get(folded.original(found.range))?.trim();
    let date = match (found.day, found.month) {
        (Some(day), Some(month)) => date(found.year, month, day),
        _ => None,
    };
    Some(DatedValue {
        raw: raw.to_owned(),
        value: date.map(|date| date.to_string()),
        year: Some(found.year),
        month: found.month,
        day: found.day,
        ..DatedValue::default()
    })
}

/// A year where it stands.
#[derive(Debug)]
struct Year {
    range: Range<usize>,
    value: i32,
}

/// Four digits on their own that are a year, from left to right. Years begin with 1 or 2.
fn years(text: &str) -> impl Iterator<Item = Year> {
    let bytes = text.as_bytes();
    memchr2_iter(b'1', b'2', bytes).filter_map(move |at| {
        let digits = bytes.get(at..at + 4)?;
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        if !digits.iter().all(u8::is_ascii_digit) || digit(at + 4) || at.checked_sub(1).is_some_and(digit) {
            return None;
        }
        let joined = |byte: Option<&u8>| matches!(byte, Some(b',' | b'.'));
        let inside_number = (joined(bytes.get(at + 4)) && digit(at + 5))
            || at.checked_sub(1).is_some_and(|before| joined(bytes.get(before)))
                && at.checked_sub(2).is_some_and(digit);
        let value = text.get(at..at + 4)?.parse().ok()?;
        (!inside_number && YEARS.contains(&value)).then_some(Year { range: at..at + 4, value })
    })
}

/// The end and value of the year that a dash or "đến" joins to the one before.
fn second_year(text: &str, tail: &str) -> Option<(usize, i32)> {
    let rest = tail.trim_start();
    let rest = rest
        .strip_prefix(['-', '–', '—', '‑', '−', '÷', '~'])
        .or_else(|| ["đến năm", "đến", "tới năm", "tới"].iter().find_map(|word| rest.strip_prefix(word)))?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("năm").map_or(rest, str::trim_start);
    let digits = rest.get(..4)?;
    let ends = !rest.get(4..).unwrap_or_default().starts_with(|c: char| c.is_ascii_digit());
    let value = digits.parse().ok().filter(|year| YEARS.contains(year) && ends)?;
    Some((text.len() - rest.len() + 4, value))
}

fn after_word(text: &str, at: usize, word: &str) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    let tail = before.char_indices().rev().take(word.chars().count()).last().map_or(0, |(at, _)| at);
    before.get(tail..).is_some_and(|tail| tail.to_lowercase() == word)
}

/// A printed date in a fold key.
#[derive(Debug)]
struct Printed {
    range: Range<usize>,
    day: Option<u32>,
    month: Option<u32>,
    year: i32,
}

/// "ngay 15 thang 4 nam 2026", with blanks.
fn spelt(folded: &str) -> Option<Printed> {
    for (start, _) in folded.match_indices("ngay") {
        let rest = folded.get(start + 4..)?;
        let (rest, day) = blank_or_number(rest);
        let Some(rest) = rest.strip_prefix("thang") else {
            continue;
        };
        let (rest, month) = blank_or_number(rest);
        let Some(rest) = rest.strip_prefix("nam") else {
            continue;
        };
        let (rest, Some(year)) = year_at(rest.trim_start()) else {
            continue;
        };
        return Some(Printed { range: start..folded.len() - rest.len(), day, month, year });
    }
    None
}

/// "15/4/2026", "/3/2026", "…/…/2026".
fn slashed(folded: &str) -> Option<Printed> {
    for (slash, _) in folded.match_indices('/') {
        let tail = folded.get(slash + 1..)?;
        let (rest, month) = blank_or_number(tail);
        let Some(rest) = rest.strip_prefix(['/', '.', '-']) else {
            continue;
        };
        let (rest, Some(year)) = year_at(rest.trim_start()) else {
            continue;
        };
        let head = folded.get(..slash)?.trim_end();
        let digits = head.bytes().rev().take_while(u8::is_ascii_digit).count();
        let day = head.get(head.len() - digits..)?;
        let blanks = head.trim_end_matches(['.', '…', '_', ' ']).len();
        let start = if digits > 0 && digits <= 2 {
            head.len() - digits
        } else if blanks < head.len() {
            blanks + folded.get(blanks..)?.len() - folded.get(blanks..)?.trim_start().len()
        } else {
            slash
        };
        if digits > 2 || (month.is_none() && !is_blank(tail)) {
            continue;
        }
        return Some(Printed { range: start..folded.len() - rest.len(), day: day.parse().ok(), month, year });
    }
    None
}

fn is_blank(text: &str) -> bool {
    text.starts_with(['/', '.', '…', '_', ' '])
}

/// One or two digits, or a blank, with what surrounds them.
fn blank_or_number(text: &str) -> (&str, Option<u32>) {
    let blank = [' ', '.', '…', '_'];
    let text = text.trim_start_matches(blank);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = if digits <= 2 { text.get(..digits).and_then(|digits| digits.parse().ok()) } else { None };
    let rest = if number.is_some() { text.get(digits..).unwrap_or_default() } else { text };
    (rest.trim_start_matches(blank), number)
}

fn year_at(text: &str) -> (&str, Option<i32>) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let year = text.get(..digits).filter(|digits| digits.len() == 4).and_then(|digits| digits.parse().ok());
    (text.get(digits..).unwrap_or_default(), year)
}

fn date(year: i32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn periods_are_found_with_their_place() {
        for (text, expected) in [
            ("giai đoạn 2021-2025", vec![("2021-2025", 2021, 2025)]),
            ("2026 – 2030, tầm nhìn 2045", vec![("2026 – 2030", 2026, 2030)]),
            ("từ năm 2026 đến năm 2030", vec![("2026 đến năm 2030", 2026, 2030)]),
            ("kế hoạch năm 2026 và 2027", vec![("2026", 2026, 2026)]),
            ("NĂM 2026", vec![("2026", 2026, 2026)]),
            ("số 2025/QĐ, 12026 hộ, 1.2026", vec![]),
            (
                "nhiệm kỳ 2025-2030; giai đoạn 2026-2035",
                vec![("2025-2030", 2025, 2030), ("2026-2035", 2026, 2035)],
            ),
        ] {
            let found = period_in(text);
            let found: Vec<_> = found
                .iter()
                .map(|(range, period)| {
                    (text.get(range.clone()).unwrap(), period.from.unwrap(), period.to.unwrap())
                })
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn headers_name_their_years() {
        for (text, expected) in [
            ("KHV năm 2026", Some(vec![2026])),
            ("2026-2030", Some(vec![2026, 2030])),
            ("Năm 2027", Some(vec![2027])),
            ("Thực hiện đầu tư năm 2022-2025", Some(vec![2022, 2025])),
            ("Kế hoạch vốn trung hạn 2021-2025 cập nhật sau cùng", Some(vec![2021, 2025])),
            ("Nhu cầu vốn giai đoạn 2026 - 2030", Some(vec![2026, 2030])),
            ("Thực hiện 2025 so với 2024", None),
            ("Ghi chú", None),
        ] {
            assert_eq!(years_of_header(text), expected, "{text}");
        }
    }

    #[test]
    fn printed_dates_keep_their_blanks() {
        for (text, raw, value, day, month) in [
            (
                "Hà Nam, ngày 15 tháng 4 năm 2026",
                "ngày 15 tháng 4 năm 2026",
                Some("2026-04-15"),
                Some(15),
                Some(4),
            ),
            ("ngày 15/4/2026 của", "15/4/2026", Some("2026-04-15"), Some(15), Some(4)),
            ("ngày /3/2026 của Đảng ủy", "/3/2026", None, None, Some(3)),
            ("ngày     tháng 3 năm 2026", "ngày     tháng 3 năm 2026", None, None, Some(3)),
            ("ngày … tháng … năm 2026", "ngày … tháng … năm 2026", None, None, None),
            ("ngày ... tháng 5 năm 2026", "ngày ... tháng 5 năm 2026", None, None, Some(5)),
            ("số -CTr/ĐU ngày /3/2026", "/3/2026", None, None, Some(3)),
            ("số 12-CTr/ĐU ngày 01/02/2026", "01/02/2026", Some("2026-02-01"), Some(1), Some(2)),
            ("ngày 31/02/2026", "31/02/2026", None, Some(31), Some(2)),
        ] {
            let found = printed_date(text).unwrap();
            assert_eq!(found.raw, raw, "{text}");
            assert_eq!(found.value.as_deref(), value, "{text}");
            assert_eq!((found.day, found.month, found.year), (day, month, Some(2026)), "{text}");
        }
        for text in ["năm 2026", "57-NQ/TW", "tỷ lệ 1/500", "Quý II/2026", "99/2025/NĐ-CP"] {
            assert_eq!(printed_date(text), None, "{text}");
        }
    }
}
