//! Dates and times from serial numbers: days since 1899-12-30, or since 1904-01-01.

use super::code::{Piece, Section};
use super::decimal::Decimal;

/// Days from 1899-12-30 to 9999-12-31, the last date that spreadsheets know.
const LAST: i64 = 2_958_465;
/// Days from 1899-12-30 to 1904-01-01.
const SINCE_1904: i64 = 1462;
/// Days from 0000-03-01 to 1899-12-30, in the calendar of today.
const BEFORE: i64 = 693_899;
const DAY: i64 = 86_400;

/// A date and a time of the day.
struct Moment {
    year: i64,
    month: i64,
    day: i64,
    /// Seconds of the day.
    seconds: i64,
    /// Days, where hours go on over 24.
    days: i64,
}

/// What a section shows of a serial number; `None` for numbers that are no date.
pub(super) fn print(section: &Section, value: &Decimal, from_1904: bool) -> Option<String> {
    let moment = moment(value, from_1904)?;
    let twelve = section.has(|piece| matches!(piece, Piece::Date(letters) if letters == "AM/PM"));
    let mut out = String::new();
    for (index, piece) in section.pieces.iter().enumerate() {
        match piece {
            Piece::Literal(text) => out.push_str(text),
            Piece::Date(letters) => {
                let minutes = letters.starts_with('m') && is_minutes(&section.pieces, index);
                push(&mut out, letters, &moment, section.vietnamese, twelve, minutes);
            }
            // Parts of seconds are not shown.
            _ => {}
        }
    }
    Some(out.trim().trim_end_matches('.').to_owned())
}

/// Whether "m" stands for minutes: right after hours or right before seconds.
fn is_minutes(pieces: &[Piece], index: usize) -> bool {
    let near = |mut others: Box<dyn Iterator<Item = &Piece> + '_>, letter: char| {
        others
            .find_map(|piece| match piece {
                Piece::Date(letters) => Some(letters.trim_start_matches('[').starts_with(letter)),
                _ => None,
            })
            .unwrap_or(false)
    };
    let before = pieces.get(..index).unwrap_or_default();
    let after = pieces.get(index + 1..).unwrap_or_default();
    near(Box::new(before.iter().rev()), 'h') || near(Box::new(after.iter()), 's')
}

fn push(out: &mut String, letters: &str, at: &Moment, vietnamese: bool, twelve: bool, minutes: bool) {
    let wide = |value: i64, width: usize| format!("{value:0width$}");
    let (hours, rest) = (at.seconds / 3600, at.seconds % 3600);
    let text = match letters {
        "yy" | "y" => wide(at.year % 100, 2),
        "yyyy" | "yyy" => wide(at.year, 4),
        "m" | "mm" if minutes => wide(rest / 60, letters.len()),
        "m" | "mm" => wide(at.month, letters.len()),
        "mmm" => month(at.month, vietnamese, true),
        "d" | "dd" => wide(at.day, letters.len()),
        "ddd" | "dddd" => weekday(at.days, vietnamese, letters.len() == 3),
        "h" | "hh" if twelve => wide(if hours % 12 == 0 { 12 } else { hours % 12 }, letters.len()),
        "h" | "hh" => wide(hours, letters.len()),
        "s" | "ss" => wide(rest % 60, letters.len()),
        "[h]" | "[hh]" => wide(at.days * 24 + hours, letters.len() - 2),
        "[m]" | "[mm]" => wide(at.days * 1440 + at.seconds / 60, letters.len() - 2),
        "[s]" | "[ss]" => wide(at.days * DAY + at.seconds, letters.len() - 2),
        "AM/PM" => (if hours < 12 { "AM" } else { "PM" }).to_owned(),
        long if long.starts_with('m') => month(at.month, vietnamese, false),
        long if long.starts_with('y') => wide(at.year, 4),
        long if long.starts_with('d') => weekday(at.days, vietnamese, false),
        _ => String::new(),
    };
    out.push_str(&text);
}

fn month(month: i64, vietnamese: bool, short: bool) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    if vietnamese {
        return format!("{} {month}", if short { "Thg" } else { "Tháng" });
    }
    let name =
        usize::try_from(month - 1).ok().and_then(|index| NAMES.get(index)).copied().unwrap_or_default();
    if short { name.chars().take(3).collect() } else { name.to_owned() }
}

fn weekday(days: i64, vietnamese: bool, short: bool) -> String {
    const NAMES: [&str; 7] = ["Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
    const VIETNAMESE: [&str; 7] =
        ["Thứ Bảy", "Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu"];
    let names = if vietnamese { VIETNAMESE } else { NAMES };
    let index = usize::try_from(days.rem_euclid(7)).unwrap_or(0);
    let name = names.get(index).copied().unwrap_or_default();
    if short && !vietnamese { name.chars().take(3).collect() } else { name.to_owned() }
}

fn moment(value: &Decimal, from_1904: bool) -> Option<Moment> {
    if value.negative {
        return None;
    }
    let (mut days, mut seconds) = value.whole_and_rest(DAY)?;
    if seconds >= DAY {
        (days, seconds) = (days + 1, 0);
    }
    let since = if from_1904 { days + SINCE_1904 } else { days };
    if since > LAST {
        return None;
    }
    let (year, month, day) = match since {
        // The day that never was: spreadsheets keep it since the first of them had it.
        60 if !from_1904 => (1900, 2, 29),
        0 if !from_1904 => (1900, 1, 0),
        1..60 if !from_1904 => civil(since + 1),
        _ => civil(since),
    };
    Some(Moment { year, month, day, seconds, days: since })
}

/// The date so many days after 1899-12-30.
fn civil(days: i64) -> (i64, i64, i64) {
    // Years that begin in March have their leap day last.
    let days = days + BEFORE;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::super::print::Format;
    use super::*;

    fn shown(code: &str, value: &str, from_1904: bool) -> String {
        Format::of(code).print(&Decimal::parse(value).unwrap(), from_1904)
    }

    #[test]
    fn serials_are_dates() {
        assert_eq!(shown("dd/mm/yyyy", "46023", false), "01/01/2026");
        assert_eq!(shown("d/m/yy", "46023", false), "1/1/26");
        assert_eq!(shown("mm/yyyy", "46113", false), "04/2026");
        assert_eq!(shown("dd/mm/yyyy", "1", false), "01/01/1900");
        assert_eq!(shown("dd/mm/yyyy", "60", false), "29/02/1900");
        assert_eq!(shown("dd/mm/yyyy", "61", false), "01/03/1900");
        assert_eq!(shown("dd/mm/yyyy", "44561", true), "01/01/2026");
        assert_eq!(
            shown("[$-42A]dddd, \"ngày\" d mmmm yyyy", "46023", false),
            "Thứ Năm, ngày 1 Tháng 1 2026"
        );
        assert_eq!(shown("mmm-yy", "46023", false), "Jan-26");
    }

    #[test]
    fn times_have_minutes_beside_hours() {
        assert_eq!(shown("dd/mm/yyyy hh:mm", "46023.75", false), "01/01/2026 18:00");
        assert_eq!(shown("h:mm AM/PM", "0.75", false), "6:00 PM");
        assert_eq!(shown("[h]:mm", "1.5", false), "36:00");
    }

    #[test]
    fn numbers_that_are_no_date_are_shown_as_they_are() {
        assert_eq!(shown("dd/mm/yyyy", "-1", false), "-1");
        assert_eq!(shown("dd/mm/yyyy", "99999999", false), "99999999");
    }
}
