//! How running text states sums: totals with their parts, and sums of money for the whole of a document.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::phrase::{self, holds};
use crate::text::fold;
use crate::value::Number;

/// How a sentence states a total and its parts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SumWords {
    total: Vec<String>,
    all: Vec<String>,
    some: Vec<String>,
    vague: Vec<String>,
    compares: Vec<String>,
    labels: Vec<String>,
    money: BTreeMap<String, i64>,
    bare_money: BTreeMap<String, i64>,
}

impl SumWords {
    /// Whether a text may list parts: a bracket or a word for it is there.
    #[must_use]
    pub fn may_list(&self, text: &str) -> bool {
        text.contains(['(', ':'])
            || self.some.iter().chain(&self.all).any(|words| text.contains(words.as_str()))
    }

    /// Where in a range of a text the words first stand that name some parts.
    #[must_use]
    pub fn some_in(&self, text: &str, within: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
        let inside = text.get(within.clone())?;
        let lower = inside.to_lowercase();
        // Where small letters take other bytes the places would be others.
        let places = (lower.len() == inside.len()).then_some(lower)?;
        let found = self
            .some
            .iter()
            .filter_map(|words| Some((phrase::find(&places, words)?, words.len())))
            .min_by_key(|it| (it.0, usize::MAX - it.1))?;
        let start = within.start + found.0;
        Some(start..start + found.1)
    }

    /// Whether the words before a figure call it a total.
    #[must_use]
    pub fn is_total(&self, before: &str) -> bool {
        holds_any(before, &self.total)
    }

    /// Whether the words before a figure say that it is not exact.
    #[must_use]
    pub fn is_vague(&self, before: &str) -> bool {
        ends_in(before, &self.vague)
    }

    /// Whether the words before a figure make it a name: "khu phố 3", "Điều 5".
    #[must_use]
    pub fn is_label(&self, before: &str) -> bool {
        ends_in(before, &self.labels)
    }

    /// Whether a list compares its figures with others.
    #[must_use]
    pub fn compares(&self, list: &str) -> bool {
        holds_any(list, &self.compares)
    }

    /// The length of the words that open a list, and whether they say that it is of all parts.
    #[must_use]
    pub fn leads(&self, text: &str) -> (usize, Option<bool>) {
        let lists = [(&self.some, false), (&self.all, true)];
        let opening = |words: &String| {
            let head = text.get(..words.len())?;
            let next = text.get(words.len()..)?;
            (head.to_lowercase() == *words && !next.starts_with(char::is_alphanumeric)).then_some(words.len())
        };
        let found = lists.into_iter().find_map(|(list, all)| Some((list.iter().find_map(opening)?, all)));
        let Some((length, all)) = found else { return (0, None) };
        let rest = text.get(length..).unwrap_or_default();
        (text.len() - rest.trim_start_matches([':', ',', ' ']).len(), Some(all))
    }

    /// How many đồng one of what follows a figure is, where that is money.
    #[must_use]
    pub fn money(&self, noun: &str) -> Option<Number> {
        let lower = noun.to_lowercase();
        let mut units = self.money.iter();
        let opens = |words: &str| {
            lower.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        let found = units.find(|(words, _)| opens(words)).map(|(_, factor)| *factor);
        found.or_else(|| self.bare_money.get(lower.as_str()).copied()).map(Number::whole)
    }
}

/// How a text states a sum of money and its parts, in fold keys.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FundWords {
    total: Vec<String>,
    of_year: Vec<String>,
    turnover: Vec<String>,
    equals: Vec<String>,
    makes_up: Vec<String>,
    all: Vec<String>,
    some: Vec<String>,
    sources: Vec<Vec<String>>,
}

impl FundWords {
    pub(super) fn folded(self) -> Self {
        let fold = |list: Vec<String>| -> Vec<String> { list.iter().map(|text| fold(text)).collect() };
        Self {
            total: fold(self.total),
            of_year: fold(self.of_year),
            turnover: fold(self.turnover),
            equals: fold(self.equals),
            makes_up: fold(self.makes_up),
            all: fold(self.all),
            some: fold(self.some),
            sources: self.sources.into_iter().map(fold).collect(),
        }
    }

    /// Whether the words before a sum call it one for the whole.
    #[must_use]
    pub fn is_total(&self, label: &str) -> bool {
        self.total.iter().any(|words| holds(label, words))
    }

    /// The longest of these words that a folded text holds.
    #[must_use]
    pub fn called(&self, text: &str) -> Option<&str> {
        let found = self.total.iter().filter(|words| holds(text, words));
        found.max_by_key(|words| words.len()).map(String::as_str)
    }

    /// The year whose money a folded text begins with: "kinh phi nam 2026".
    #[must_use]
    pub fn year_of(&self, text: &str) -> Option<i32> {
        let text = text.trim_start();
        let rest = self.of_year.iter().filter_map(|words| text.strip_prefix(words.as_str()));
        let rest = rest.min_by_key(|rest| rest.len())?.strip_prefix(' ')?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        rest.get(..digits).filter(|_| digits == 4)?.parse().ok()
    }

    /// Whether words between an amount and a percentage say that the one is so much of the whole: ", chiếm".
    #[must_use]
    pub fn makes_up(&self, between: &str) -> bool {
        let between = between.trim_start_matches([',', '(', ' ']);
        self.makes_up.iter().any(|words| between.starts_with(words.as_str()))
    }

    /// Whether words between a share and its amount say that the one is the other: "tương ứng".
    #[must_use]
    pub fn equals(&self, between: &str) -> bool {
        self.equals.iter().any(|words| holds(between, words))
    }

    /// Whether the words before a sum call it what a budget takes in or spends, which other tables need not be of.
    #[must_use]
    pub fn is_turnover(&self, label: &str) -> bool {
        self.turnover.iter().any(|words| holds(label, words))
    }

    /// Whether words between a sum and the next lead over to its parts, and whether to all of them.
    #[must_use]
    pub fn leads_over(&self, between: &str) -> (bool, bool) {
        let some = self.some.iter().any(|words| holds(between, words));
        let all = !some && self.all.iter().any(|words| holds(between, words));
        (some || all, all)
    }

    /// Whether a folded text begins with the words that open some parts of a sum.
    #[must_use]
    pub fn opens_parts(&self, folded: &str) -> bool {
        self.some.iter().any(|words| folded.starts_with(words.as_str()))
    }

    /// The source of money that a label names: its place in the list; the longest name wins.
    #[must_use]
    pub fn source(&self, label: &str) -> Option<usize> {
        let names = self.sources.iter().enumerate();
        let found = names.flat_map(|(at, names)| names.iter().map(move |name| (at, name)));
        found.filter(|(_, name)| holds(label, name)).max_by_key(|(_, name)| name.len()).map(|(at, _)| at)
    }

    /// Whether a label holds all the words of a header of two words or more.
    #[must_use]
    pub fn repeats(&self, label: &str, header: &str) -> bool {
        header.contains(' ') && holds(label, header)
    }
}

/// Longest of such words in bytes, with the letter before them.
const MAX_LABEL: usize = 32;

/// Whether a text ends in one of some words; only its end is looked at.
pub(super) fn ends_in(text: &str, list: &[String]) -> bool {
    let text = text.trim_end();
    let start = (text.len().saturating_sub(MAX_LABEL)..=text.len()).find(|at| text.is_char_boundary(*at));
    let lower = text.get(start.unwrap_or_default()..).unwrap_or_default().to_lowercase();
    list.iter().any(|words| {
        lower.strip_suffix(words.as_str()).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    })
}

/// Whether a text, in whatever case, holds one of some phrases.
pub(super) fn holds_any(text: &str, list: &[String]) -> bool {
    let lower = text.to_lowercase();
    list.iter().any(|words| holds(&lower, words))
}
