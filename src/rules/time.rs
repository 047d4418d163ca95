//! Times in texts as the rules on time see them: days, months, quarters and years that there are not, and
//! periods that run backwards.

pub(super) mod dates;
pub(super) mod due;
pub(super) mod periods;
pub(super) mod programme;
pub(super) mod year_of_tasks;

use std::ops::Range;

use memchr::memchr2_iter;

use crate::grammar::Calendar;
use crate::grammar::phrase::plain;
use crate::text::next_digit;
use dates::{LAST, SlipKind, YEARS, day_and_month, doubled_digit};

/// A time in a text that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slip {
    /// The words.
    pub range: Range<usize>,
    /// What is wrong with them.
    pub kind: SlipKind,
}

/// What a text is: in a cell of a time column a bare "14/2026" is a month; in running text it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    /// Running text.
    Running,
    /// A cell of a column of times.
    TimeCell,
}

/// Times in a text that cannot be, from left to right.
pub(super) fn slips(text: &str, setting: Setting, calendar: &Calendar) -> Vec<Slip> {
    let scan = Scan { text, bytes: text.as_bytes(), setting, calendar };
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(start) = next_digit(scan.bytes, at) {
        let end = scan.digits(start);
        at = end.max(start + 1);
        if scan.inside_number(start) {
            continue;
        }
        let (slip, next) = scan.at_digits(start, end);
        at = at.max(next);
        out.extend(slip);
    }
    scan.roman_quarters(&mut out);
    out
}

/// Whether a text holds two numbers with a dash between, which a period needs.
pub(super) fn has_range(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit_before = |at: usize| {
        text.get(..at)
            .is_some_and(|before| before.trim_end_matches(' ').ends_with(|c: char| c.is_ascii_digit()))
    };
    let digit_after = |at: usize| {
        text.get(at..)
            .is_some_and(|after| after.trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit()))
    };
    memchr2_iter(b'-', 0xE2, bytes).any(|at| {
        let dash =
            text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| matches!(c, '-' | '–' | '—'));
        dash.is_some_and(|dash| digit_before(at) && digit_after(at + dash.len_utf8()))
    })
}

#[derive(Debug, Clone, Copy)]
struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    setting: Setting,
    calendar: &'a Calendar,
}

impl Scan<'_> {
    /// The slip at a run of digits, and where to go on.
    fn at_digits(&self, start: usize, end: usize) -> (Option<Slip>, usize) {
        match end - start {
            1 | 2 => self.short(start, end),
            4 => self.year(start, end),
            3 | 5 => (self.odd_year(start, end), end),
            _ => (None, end),
        }
    }

    /// One or two digits: a day, a month or a quarter.
    fn short(&self, start: usize, end: usize) -> (Option<Slip>, usize) {
        if let Some(found) = self.full_date(start, end) {
            return found;
        }
        let (word, at) = self.word_before(start);
        let number = self.number(start..end);
        if is_one_of(word, &self.calendar.day) {
            return self.day(start, end);
        }
        if is_one_of(word, &self.calendar.month) {
            let wrong = !(1..=12).contains(&number) && self.counts_time(end) && !self.counted(at);
            return (slip(wrong, start..self.with_year(end), SlipKind::Month), end);
        }
        if is_one_of(word, &self.calendar.quarter) {
            let wrong = !(1..=4).contains(&number) && self.counts_time(end) && !self.counted(at);
            return (slip(wrong, at..self.with_year(end), SlipKind::Quarter), end);
        }
        if self.setting == Setting::TimeCell && !self.byte_before(start, b"/.-") {
            return self.bare_month(start, end);
        }
        (None, end)
    }

    /// "14/2026", or "31/02" alone, in a cell of times.
    fn bare_month(&self, start: usize, end: usize) -> (Option<Slip>, usize) {
        let Some(next) = self.separated(end, b"/") else { return (None, end) };
        let (first, second) = (self.number(start..end), self.number(next.clone()));
        match next.len() {
            4 if YEARS.contains(&second) && !self.byte_after(next.end, b"/-") => {
                (slip(!(1..=12).contains(&first), start..next.end, SlipKind::Month), next.end)
            }
            1 | 2 if self.text.trim() == self.text.get(start..next.end).unwrap_or_default() => (
                day_and_month(first, second, None).map(|kind| Slip { range: start..next.end, kind }),
                next.end,
            ),
            _ => (None, end),
        }
    }

    /// "31/02/2026", "31-02-2026", "31.02.2026".
    fn full_date(&self, start: usize, end: usize) -> Option<(Option<Slip>, usize)> {
        let mark = *self.bytes.get(end)?;
        if !matches!(mark, b'/' | b'-' | b'.') || self.byte_before(start, b"/-.") {
            return None;
        }
        let month = self.separated(end, &[mark]).filter(|month| month.len() <= 2)?;
        let year = self.separated(month.end, &[mark]).filter(|year| matches!(year.len(), 4 | 5))?;
        if self.bytes.get(year.end) == Some(&b'/') {
            return None;
        }
        let (word, _) = self.word_before(start);
        let dated = is_one_of(word, &self.calendar.day) || self.setting == Setting::TimeCell;
        if mark != b'/' && !dated {
            return None;
        }
        let value = self.number(year.clone());
        let range = start..year.end;
        if year.len() == 5 || !(1..=LAST).contains(&value) {
            return Some((dated.then_some(Slip { range, kind: SlipKind::Year }), year.end));
        }
        let kind = day_and_month(self.number(start..end), self.number(month), Some(value));
        Some((kind.map(|kind| Slip { range, kind }), year.end))
    }

    /// The number after "ngày": "31/02", "31 tháng 02 năm 2026".
    fn day(&self, start: usize, end: usize) -> (Option<Slip>, usize) {
        let day = self.number(start..end);
        if let Some(month) = self.separated(end, b"/").filter(|month| month.len() <= 2) {
            if self.bytes.get(month.end).is_some_and(|byte| matches!(byte, b'/' | b'%')) {
                return (None, month.end);
            }
            let kind = day_and_month(day, self.number(month.clone()), None);
            return (kind.map(|kind| Slip { range: start..month.end, kind }), month.end);
        }
        let Some(month) = self.number_after_word(end, &self.calendar.month) else { return (None, end) };
        let year = self.number_after_word(month.end, &self.calendar.year).filter(|year| year.len() == 4);
        let until = year.as_ref().map_or(month.end, |year| year.end);
        let value = year.map(|year| self.number(year)).filter(|year| YEARS.contains(year));
        let kind = day_and_month(day, self.number(month), value);
        (kind.map(|kind| Slip { range: start..until, kind }), until)
    }

    /// Four digits: a year or a period.
    fn year(&self, start: usize, end: usize) -> (Option<Slip>, usize) {
        let first = self.number(start..end);
        if let Some(next) = self.second_year(end) {
            let second = self.number(next.clone());
            let range = start..next.end;
            if !(self.setting == Setting::TimeCell || self.names_period(start)) {
                return (None, next.end);
            }
            let kind = match (YEARS.contains(&first), YEARS.contains(&second)) {
                (true, true) if second < first => Some(SlipKind::Reversed),
                (true, false) if second > LAST || second < *YEARS.start() => Some(SlipKind::Year),
                (false, true) if first > LAST || second > 2000 => Some(SlipKind::Year),
                _ => None,
            };
            return (kind.map(|kind| Slip { range, kind }), next.end);
        }
        if first <= LAST {
            return (None, end);
        }
        let (word, at) = self.word_before(start);
        let named = is_one_of(word, &self.calendar.year) && !self.counted(at);
        let firmly =
            named && (self.ends_clause(end) || is_one_of(self.word_before(at).0, &self.calendar.before_year));
        let bare =
            self.setting == Setting::TimeCell && (named || self.byte_before(start, b"/") || word.is_empty());
        (slip(firmly || bare, start..end, SlipKind::Year), end)
    }

    /// Three or five digits after "năm": a year that lost or gained a digit.
    fn odd_year(&self, start: usize, end: usize) -> Option<Slip> {
        let (word, at) = self.word_before(start);
        let digits = self.text.get(start..end)?;
        let named = is_one_of(word, &self.calendar.year) && !self.counted(at);
        let in_cell = self.setting == Setting::TimeCell && (named || self.byte_before(start, b"/-"));
        if self.byte_after(end, b".,") && self.bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        let wrong = match digits.len() {
            5 => (named || in_cell) && doubled_digit(digits),
            _ => in_cell && named,
        };
        slip(wrong, start..end, SlipKind::Year)
    }

    /// "quý V", "quý VI/2026".
    fn roman_quarters(&self, out: &mut Vec<Slip>) {
        for start in memchr2_iter(b'q', b'Q', self.bytes) {
            // "qu" before a letter of two bytes that starts with 0xC3, such as "ý".
            if self.bytes.get(start + 2) != Some(&0xC3) {
                continue;
            }
            let rest = self.text.get(start..).unwrap_or_default();
            let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            let word = rest.get(..letters).unwrap_or_default();
            if !is_one_of(word, &self.calendar.quarter) || self.letter_before(start) {
                continue;
            }
            let rest = rest.get(letters..).unwrap_or_default();
            let numeral = rest.trim_start_matches([' ', '\u{a0}']);
            let length = numeral.bytes().take_while(|byte| matches!(byte, b'I' | b'V' | b'X')).count();
            let (numeral, follows) = numeral.split_at_checked(length).unwrap_or_default();
            let wrong = !matches!(numeral, "" | "I" | "II" | "III" | "IV")
                && !follows.starts_with(char::is_alphanumeric)
                && rest.starts_with([' ', '\u{a0}']);
            let end = self.bytes.len() - follows.len();
            out.extend(slip(wrong, start..self.with_year(end), SlipKind::Quarter));
        }
        out.sort_by_key(|slip| slip.range.start);
    }

    fn digits(&self, start: usize) -> usize {
        let run = self.bytes.get(start..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit());
        start + run.count()
    }

    fn number(&self, range: Range<usize>) -> i32 {
        self.text.get(range).and_then(|digits| digits.parse().ok()).unwrap_or(i32::MAX)
    }

    /// The digits after one of the separators at `at`, where they end there.
    fn separated(&self, at: usize, separators: &[u8]) -> Option<Range<usize>> {
        self.bytes.get(at).filter(|byte| separators.contains(byte))?;
        let end = self.digits(at + 1);
        (end > at + 1).then_some(at + 1..end)
    }

    /// The second year of "2026-2030", "2026 – 2030".
    fn second_year(&self, at: usize) -> Option<Range<usize>> {
        let rest = self.text.get(at..)?;
        let dash = rest.trim_start_matches(' ');
        let after = dash.strip_prefix(['-', '–', '—'])?.trim_start_matches(' ');
        let start = self.bytes.len() - after.len();
        let end = self.digits(start);
        (end - start == 4).then_some(start..end)
    }

    /// The number after a word that follows at `at`: "tháng 02" after "ngày 31".
    fn number_after_word(&self, at: usize, words: &[String]) -> Option<Range<usize>> {
        let rest = self.text.get(at..)?.trim_start();
        let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if !is_one_of(word, words) {
            return None;
        }
        let after = rest.get(word.len()..)?.trim_start();
        let start = self.bytes.len() - after.len();
        let end = self.digits(start);
        (end > start).then_some(start..end)
    }

    /// The word before a place, without the punctuation before it, and where it starts.
    fn word_before(&self, at: usize) -> (&str, usize) {
        let before = self.text.get(..at).unwrap_or_default().trim_end_matches([' ', '\u{a0}']);
        let start = before.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |cut| {
            cut + before.get(cut..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
        (before.get(start..).unwrap_or_default(), start)
    }

    /// Whether what stands before a word of time makes the number after it a count.
    fn counted(&self, at: usize) -> bool {
        if self.byte_before(at, b"/") {
            return true;
        }
        let (word, start) = self.word_before(at);
        if word.is_empty() {
            return false;
        }
        let number = word.bytes().all(|byte| byte.is_ascii_digit());
        let two = plain(self.text.get(self.word_before(start).1..at).unwrap_or_default());
        number || is_one_of(word, &self.calendar.counting) || self.calendar.counting.contains(&two)
    }

    /// Whether a month's or quarter's number is one: a year or the end of a clause follows.
    fn counts_time(&self, end: usize) -> bool {
        self.ends_clause(end)
            || self.separated(end, b"/").is_some()
            || self.number_after_word(end, &self.calendar.year).is_some()
    }

    fn ends_clause(&self, end: usize) -> bool {
        let rest = self.text.get(end..).unwrap_or_default();
        rest.trim().is_empty()
            || rest.starts_with(['.', ',', ';', ')', ':', '”', '"'])
                && !rest.get(1..2).is_some_and(|next| next.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// The end of the words with the year that follows: "14" in "14/2026".
    fn with_year(&self, end: usize) -> usize {
        let slashed = self.separated(end, b"/").filter(|year| year.len() == 4);
        let named = || self.number_after_word(end, &self.calendar.year).filter(|year| year.len() == 4);
        slashed.or_else(named).map_or(end, |year| year.end)
    }

    fn names_period(&self, at: usize) -> bool {
        let before = tail(self.text, at);
        self.calendar.period.iter().any(|words| ends_with_words(&before, words))
    }

    /// Whether the digits go on a number: "1.736", "0243.8642".
    fn inside_number(&self, start: usize) -> bool {
        let digit = |at: usize| self.bytes.get(at).is_some_and(u8::is_ascii_digit);
        match start.checked_sub(1).and_then(|at| self.bytes.get(at)) {
            Some(b'.' | b',') => start >= 2 && digit(start - 2),
            Some(byte) => byte.is_ascii_alphabetic(),
            None => false,
        }
    }

    fn byte_before(&self, at: usize, any: &[u8]) -> bool {
        at.checked_sub(1).and_then(|at| self.bytes.get(at)).is_some_and(|byte| any.contains(byte))
    }

    fn byte_after(&self, at: usize, any: &[u8]) -> bool {
        self.bytes.get(at).is_some_and(|byte| any.contains(byte))
    }

    fn letter_before(&self, at: usize) -> bool {
        self.text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphanumeric)
    }
}

fn slip(wrong: bool, range: Range<usize>, kind: SlipKind) -> Option<Slip> {
    wrong.then_some(Slip { range, kind })
}

fn is_one_of(word: &str, words: &[String]) -> bool {
    !word.is_empty() && words.iter().any(|known| word.chars().flat_map(char::to_lowercase).eq(known.chars()))
}

/// The plain key of the few words before a place.
pub(super) fn tail(text: &str, at: usize) -> String {
    let mut from = at.saturating_sub(48);
    while from < at && !text.is_char_boundary(from) {
        from += 1;
    }
    plain(text.get(from..at).unwrap_or_default())
}

pub(super) fn ends_with_words(key: &str, words: &str) -> bool {
    key.strip_suffix(words).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use super::*;
    use crate::grammar::Grammar;

    fn found(text: &str, setting: Setting) -> Vec<(String, SlipKind)> {
        let grammar = Grammar::embedded().unwrap();
        let found = slips(text, setting, &grammar.calendar);
        found.into_iter().map(|slip| (text.get(slip.range).unwrap().to_owned(), slip.kind)).collect()
    }

    #[test]
    fn examples_hold_a_slip_and_rejects_none() {
        let grammar = Grammar::embedded().unwrap();
        for text in &grammar.calendar.impossible {
            assert_eq!(found(text, Setting::Running).len(), 1, "{text}");
        }
        for text in &grammar.calendar.possible {
            assert_eq!(found(text, Setting::Running), [], "{text}");
        }
    }

    #[test]
    fn the_words_that_cannot_be_are_pointed_at() {
        for (text, words, kind) in [
            ("trước ngày 31/02/2027, báo cáo", "31/02/2027", SlipKind::Day),
            ("ngày 31 tháng 4 năm 2026", "31 tháng 4 năm 2026", SlipKind::Day),
            ("trong tháng 13 năm 2026", "13 năm 2026", SlipKind::Month),
            ("chậm nhất quý V/2026", "quý V/2026", SlipKind::Quarter),
            ("đến năm 20226 đạt 90%", "20226", SlipKind::Year),
            ("nhiệm kỳ 2030 - 2025", "2030 - 2025", SlipKind::Reversed),
        ] {
            assert_eq!(found(text, Setting::Running), [(words.to_owned(), kind)], "{text}");
        }
    }

    #[test]
    fn cells_of_times_need_no_words_before_the_number() {
        for (text, kind) in [
            ("2026-3030", SlipKind::Year),
            ("14/2026", SlipKind::Month),
            ("31/02", SlipKind::Day),
            ("2028-2026", SlipKind::Reversed),
            ("Năm 3030", SlipKind::Year),
            ("Năm 20226", SlipKind::Year),
            ("Tháng 14", SlipKind::Month),
        ] {
            let found = found(text, Setting::TimeCell);
            assert_eq!(found.iter().map(|(_, kind)| *kind).collect::<Vec<_>>(), [kind], "{text}");
        }
        for text in [
            "2026-2030",
            "Quý IV/2026",
            "12/2026",
            "Năm 2027 và 2030",
            "Định kỳ 06 tháng/lần/năm",
            "15/6",
            "Trước 31/10/2027",
        ] {
            assert_eq!(found(text, Setting::TimeCell), [], "{text}");
        }
    }
}
