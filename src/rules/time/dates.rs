//! Days, months and years that there are.

use std::ops::RangeInclusive;

use crate::model::Deadline;
use crate::span::At;

/// Years that a document of our time can name as its own.
pub(in crate::rules) const YEARS: RangeInclusive<i32> = 1900..=2100;

/// Last year that a text can name at all; later ones are slips.
pub(in crate::rules) const LAST: i32 = 2200;

/// Whether a deadline is said for several rows and was met before; it is looked at once.
pub(in crate::rules) fn said_again(deadline: &Deadline, last: &mut Option<At>) -> bool {
    if !deadline.inferred {
        return false;
    }
    last.replace(deadline.at.clone()).is_some_and(|at| at == deadline.at)
}

/// What cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum SlipKind {
    /// A day that the month does not have.
    Day,
    /// A month above 12.
    Month,
    /// A quarter above IV.
    Quarter,
    /// A year far from ours, or of five digits.
    Year,
    /// An end before the start.
    Reversed,
}

/// What is wrong with a day of a month; the 29th of February passes where the year is not known.
pub(in crate::rules) fn day_and_month(day: i32, month: i32, year: Option<i32>) -> Option<SlipKind> {
    let leap = year.is_none_or(|year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return Some(SlipKind::Month),
    };
    (!(1..=last).contains(&day)).then_some(SlipKind::Day)
}

/// Whether a date given in parts cannot be.
pub(in crate::rules) fn wrong_date(day: u32, month: u32, year: i32) -> Option<SlipKind> {
    let (day, month) = (i32::try_from(day).ok()?, i32::try_from(month).ok()?);
    if !(*YEARS.start()..=LAST).contains(&year) {
        return Some(SlipKind::Year);
    }
    day_and_month(day, month, Some(year))
}

/// Whether five digits are a year of ours with one digit too many, and no round count.
pub(in crate::rules) fn doubled_digit(digits: &str) -> bool {
    let ours = (0..digits.len()).any(|skip| {
        let kept: String = digits.char_indices().filter(|&(at, _)| at != skip).map(|(_, c)| c).collect();
        kept.parse().is_ok_and(|year: i32| (1990..=2100).contains(&year))
    });
    ours && (digits.starts_with("20") || digits.starts_with("19")) && !digits.ends_with("00")
}
