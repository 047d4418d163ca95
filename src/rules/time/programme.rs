//! The span of the programme: the years that title, term and captions name.

use std::ops::RangeInclusive;

use super::{ends_with_words, tail};
use crate::grammar::Calendar;
use crate::grammar::phrase::{holds, plain};
use crate::model::{Appendix, Document};
use crate::text::next_digit;
use crate::value::Period;

/// Years that a programme of our time can name.
const YEARS: RangeInclusive<i32> = 1990..=2100;

/// Years in a title.
enum Years {
    /// "2026 - 2030".
    Period(i32, i32),
    /// A year and where it stands.
    Year(i32, usize),
}

/// The years that title and term name, and whether the words leave the end open.
#[derive(Debug, Clone, Copy)]
pub(in crate::rules) struct Named {
    span: Period,
    open: bool,
    /// The year in which the document was issued: where none is named nothing begins before it.
    issued: Option<i32>,
    /// The one year that the document is a plan of: "Kế hoạch công tác năm 2027".
    annual: Option<i32>,
}

impl Named {
    /// What the document's own title and term name.
    pub(in crate::rules) fn of(document: &Document, calendar: &Calendar) -> Self {
        let header = &document.header;
        let date = header.date.as_ref().and_then(|date| date.value.as_deref());
        let issued = date.and_then(|date| date.get(..4)?.parse().ok());
        let annual = annual(document, calendar).filter(|year| {
            header.term.is_none() && issued.is_some_and(|issued| (issued..=issued + 1).contains(year))
        });
        let mut named = Self { span: header.term.unwrap_or_default(), open: false, issued, annual };
        for text in [&header.title, &header.subtitle].into_iter().flatten() {
            named.read(text, calendar);
        }
        named
    }

    /// The years that the programme covers, for the items of an appendix: from the earliest first year to
    /// the latest last year that title, term and caption name. An end is absent where none is named, or
    /// where the words leave it open.
    pub(in crate::rules) fn with(mut self, appendix: &Appendix, calendar: &Calendar) -> Period {
        if let Some(title) = &appendix.title {
            self.read(title, calendar);
        }
        self.span()
    }

    /// The years that the programme covers by its title and term.
    pub(in crate::rules) fn span(self) -> Period {
        let to = self.span.to.or(self.annual);
        Period { from: self.span.from.or(self.issued), to: to.filter(|_| !self.open) }
    }

    /// The last day on which what a plan of one year asks for may be due: its results are reported in the first quarter after it.
    pub(in crate::rules) fn reported_by(&self) -> Option<String> {
        let year = self.annual.filter(|year| self.span.to.is_none_or(|to| to == *year))?;
        Some(format!("{}-03-31", year + 1))
    }

    fn read(&mut self, text: &str, calendar: &Calendar) {
        named_years(text, calendar, &mut self.span);
        let key = plain(text);
        self.open |= calendar.open_ended.iter().any(|words| holds(&key, words));
    }
}

/// The year that a title ends in, as its only one, or behind which it says whose it is: "… NĂM 2027", "… năm 2027 của phường".
fn annual(document: &Document, calendar: &Calendar) -> Option<i32> {
    let header = &document.header;
    let texts: Vec<&String> = [&header.title, &header.subtitle].into_iter().flatten().collect();
    let mut years = texts.iter().flat_map(|text| years_in(text));
    let (Some(Years::Year(year, _)), None) = (years.next(), years.next()) else { return None };
    let last = plain(texts.last()?);
    let (before, after) = last.split_once(&year.to_string())?;
    let tails = |word: &String| {
        after.trim_start().strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' '))
    };
    if !after.trim().is_empty() && !calendar.annual_tails.iter().any(tails) {
        return None;
    }
    let named = calendar.year.iter().any(|word| ends_with_words(before.trim_end(), word));
    let whole: String = texts.iter().map(|text| plain(text)).collect::<Vec<_>>().join(" ");
    // "văn bản quy phạm pháp luật" is no law.
    let whole = calendar.no_kinds.iter().fold(whole, |whole, words| whole.replace(words.as_str(), ""));
    let of_another = calendar.dated_kinds.iter().any(|words| holds(&whole, words));
    (named && !of_another).then_some(year)
}

fn widen(span: &mut Period, from: Option<i32>, to: Option<i32>) {
    span.from = match (span.from, from) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    span.to = match (span.to, to) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    };
}

/// Periods and horizons in a title: "giai đoạn 2026 - 2030, tầm nhìn đến năm 2045".
fn named_years(text: &str, calendar: &Calendar, span: &mut Period) {
    for named in years_in(text) {
        match named {
            Years::Period(from, to) if (from..=*YEARS.end()).contains(&to) => {
                widen(span, Some(from), Some(to))
            }
            Years::Year(year, at) => {
                let before = tail(text, at);
                if calendar.horizon.iter().any(|words| ends_with_words(&before, words)) {
                    widen(span, None, Some(year));
                }
            }
            Years::Period(..) => {}
        }
    }
}

fn years_in(text: &str) -> Vec<Years> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some((start, year)) = year_from(text, at) {
        at = start + 4;
        let after = text.get(at..).unwrap_or_default().trim_start_matches(' ');
        let second = after.strip_prefix(['-', '–', '—']).map(|rest| rest.trim_start_matches(' '));
        match second.and_then(|rest| Some((text.len() - rest.len(), year_from(rest, 0)?))) {
            Some((from, (0, second))) => {
                out.push(Years::Period(year, second));
                at = from + 4;
            }
            _ => out.push(Years::Year(year, start)),
        }
    }
    out
}

/// The next year of four digits that is no part of a date.
fn year_from(text: &str, at: usize) -> Option<(usize, i32)> {
    let bytes = text.as_bytes();
    let mut at = at;
    loop {
        let start = next_digit(bytes, at)?;
        let end = start + bytes.get(start..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
        at = end;
        let dated = start
            .checked_sub(1)
            .and_then(|before| bytes.get(before))
            .is_some_and(|byte| b"/-.".contains(byte));
        let year = text.get(start..end)?.parse().ok().filter(|year| YEARS.contains(year) && end - start == 4);
        if let (Some(year), false) = (year, dated) {
            return Some((start, year));
        }
    }
}

/// The year of an ISO date.
pub(in crate::rules) fn year_of(date: Option<&str>) -> Option<i32> {
    date?.get(..4)?.parse().ok()
}
