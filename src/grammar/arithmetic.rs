//! `arithmetic.toml`: words by which headers and rows say how they add up.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use super::{GrammarError, Replace, area};
use crate::model::AppendixKind;
use crate::text::fold;

const PATH: &str = "arithmetic.toml";

/// How many characters of a text can matter to a phrase at its start.
const START: usize = 64;

/// Words by which headers and rows say how they add up.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arithmetic {
    /// Words before a count of all rows of an appendix.
    pub count_lead: Vec<String>,
    /// Words before a count that is one of all rows where nothing but the way to the appendix follows.
    pub count_verb: Vec<String>,
    /// Words on the way to the appendix.
    pub count_link: Vec<String>,
    /// What the rows of an appendix are called, by its kind.
    pub count_of: BTreeMap<AppendixKind, Vec<String>>,
    /// A header that is nothing but a total.
    pub total_header: Phrases,
    /// How the header of a column of targets begins that may be a total: "Tổng diện tích" beside places.
    pub total_opening: Phrases,
    /// A header over the whole life of a project.
    pub whole_life_header: Phrases,
    /// A header or a row over parts that need not make up the whole.
    pub of_which: Phrases,
    /// A header or a row over parts that make up the whole.
    pub split: Phrases,
    /// A row that is the total of the rows before it.
    pub total_row: Phrases,
    /// A header of how many.
    pub quantity: Phrases,
    /// A header of what one costs.
    pub price: Phrases,
    /// A header of what all cost.
    pub cost: Phrases,
    /// A header of an average, which is printed rounded.
    pub average: Phrases,
    /// A header of by how much one column is more than another.
    pub difference: Phrases,
    /// A column of numbers that are not amounts of money.
    pub not_money: Phrases,
    /// A column of money already spent or assigned.
    pub done_header: Phrases,
    /// Units of money that a header names.
    pub money_unit: Phrases,
    /// A row whose amount is a share of another amount.
    pub share: Phrases,
    /// What such an amount is said to be a share of: the total.
    pub share_of_total: Phrases,
    /// What rows list, after a number.
    pub counted: Phrases,
    /// A unit of what is counted one by one.
    pub counted_unit: Phrases,
    /// What opens a title that counts the rows of its own list.
    pub list_title: Phrases,
    /// What may stand between the opening of such a title and its count.
    pub list_link: Phrases,
    /// Targets that are rates or averages.
    pub rate: Phrases,
    /// Targets that are shares of one whole.
    pub proportion: Phrases,
    /// Rates of which one is certainly a part of the other.
    pub part: Vec<PartPair>,
}

/// What the words of a header say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeaderWords {
    /// It is nothing but a total.
    pub total: bool,
    /// It is over the whole life of a project.
    pub whole_life: bool,
    /// Its numbers are not amounts of money.
    pub not_money: bool,
    /// Its money is already spent or assigned.
    pub done: bool,
    /// The unit of money that it names, folded.
    pub unit: Option<String>,
}

/// Phrases of one meaning, with where in a text they must stand.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// Where the phrase must stand.
    pub place: Placing,
    /// Whether diacritics matter.
    #[serde(default)]
    pub exact: bool,
    /// The phrases.
    pub phrases: Vec<String>,
    /// Longer phrases that begin like one of them and mean something else ("cộng đồng" is no "cộng").
    #[serde(default)]
    pub except: Vec<String>,
    /// Texts that must match.
    pub examples: Vec<String>,
    /// Texts that must not.
    pub rejects: Vec<String>,
    #[serde(skip)]
    keys: Vec<String>,
    #[serde(skip)]
    except_keys: Vec<String>,
    /// Finds the keys of phrases that may stand anywhere, all in one pass.
    #[serde(skip)]
    anywhere: Option<AhoCorasick>,
}

/// Where in a text a phrase must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Placing {
    /// The text is the phrase, years, brackets and punctuation left out.
    Whole,
    /// The text begins with the phrase.
    Start,
    /// The phrase stands somewhere in the text.
    Anywhere,
}

/// Two rates of which one is a part of the other.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartPair {
    /// Words of the whole.
    pub whole: String,
    /// Words of the part.
    pub part: String,
}

impl Arithmetic {
    pub(super) fn load(replace: Replace<'_>) -> Result<Self, GrammarError> {
        let mut grammar: Self = area(PATH, replace)?;
        for phrases in grammar.all_mut() {
            phrases.prepare()?;
        }
        for pair in &mut grammar.part {
            pair.whole = fold(&pair.whole);
            pair.part = fold(&pair.part);
        }
        Ok(grammar)
    }

    /// What the words of a header say; the text is folded once for all of it.
    #[must_use]
    pub fn header(&self, text: &str) -> HeaderWords {
        let key = fold(text);
        let unit = self.money_unit.find(&key).and_then(|range| key.get(range));
        let total = self.total_header.find(&bare(&key)).is_some();
        HeaderWords {
            total,
            whole_life: !total && self.whole_life_header.find(&key).is_some(),
            not_money: self.not_money.find(&key).is_some(),
            done: self.done_header.find(&key).is_some(),
            unit: unit.map(str::to_owned),
        }
    }

    /// Whether a rate is certainly a part of another by what the two are called.
    #[must_use]
    pub fn is_part(&self, whole: &str, part: &str) -> bool {
        let (whole, part) = (fold(whole), fold(part));
        self.part.iter().any(|pair| whole.contains(&pair.whole) && part.contains(&pair.part))
    }

    /// Whether a header names the unit of what is counted: "Số thành viên (người)".
    #[must_use]
    pub fn counts(&self, header: &str) -> bool {
        let inner = header.rsplit_once('(').and_then(|(_, rest)| rest.split_once(')'));
        inner.is_some_and(|(unit, _)| self.counted_unit.matches(unit))
    }

    fn all_mut(&mut self) -> [&mut Phrases; 22] {
        [
            &mut self.quantity,
            &mut self.price,
            &mut self.cost,
            &mut self.difference,
            &mut self.average,
            &mut self.total_header,
            &mut self.total_opening,
            &mut self.whole_life_header,
            &mut self.of_which,
            &mut self.split,
            &mut self.total_row,
            &mut self.not_money,
            &mut self.done_header,
            &mut self.money_unit,
            &mut self.share,
            &mut self.share_of_total,
            &mut self.counted,
            &mut self.counted_unit,
            &mut self.list_title,
            &mut self.list_link,
            &mut self.rate,
            &mut self.proportion,
        ]
    }
}

impl Phrases {
    /// Whether the text holds one of the phrases where it must stand.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let start = self.place == Placing::Start;
        let end =
            if start { text.char_indices().nth(START).map_or(text.len(), |(at, _)| at) } else { text.len() };
        let key = self.key(text.get(..end).unwrap_or(text));
        let other = |phrase: &String| key.starts_with(phrase.as_str()) && bounded(&key, 0..phrase.len());
        self.find(&key).is_some() && !self.except_keys.iter().any(other)
    }

    /// The form of a text that [`Phrases::find`] looks through.
    #[must_use]
    pub fn key(&self, text: &str) -> String {
        match (self.exact, self.place) {
            (true, _) => crate::text::squeeze(text).to_lowercase(),
            (false, Placing::Whole) => bare(&fold(text)),
            (false, _) => fold(text),
        }
    }

    /// The first of the phrases in a key, the longest where several begin together.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<Range<usize>> {
        match self.place {
            Placing::Whole => self.keys.iter().any(|phrase| phrase == key).then_some(0..key.len()),
            Placing::Start => {
                let at_start =
                    |phrase: &&String| key.starts_with(phrase.as_str()) && bounded(key, 0..phrase.len());
                self.keys.iter().find(at_start).map(|phrase| 0..phrase.len())
            }
            Placing::Anywhere => self
                .anywhere
                .iter()
                .flat_map(|automaton| automaton.find_overlapping_iter(key))
                .map(|found| found.range())
                .filter(|range| bounded(key, range.clone()))
                .min_by_key(|range| (range.start, std::cmp::Reverse(range.end))),
        }
    }

    /// Makes the keys, longest first.
    pub(super) fn prepare(&mut self) -> Result<(), GrammarError> {
        let keys: Vec<String> = self.phrases.iter().map(|phrase| self.key(phrase)).collect();
        if keys.iter().any(String::is_empty) {
            return Err(GrammarError::senseless(PATH, "a phrase without letters"));
        }
        self.keys = keys;
        self.except_keys = self.except.iter().map(|phrase| self.key(phrase)).collect();
        self.keys.sort_by_key(|key| std::cmp::Reverse(key.len()));
        if self.place == Placing::Anywhere {
            let automaton = AhoCorasick::new(&self.keys);
            self.anywhere =
                Some(automaton.map_err(|error| GrammarError::senseless(PATH, error.to_string()))?);
        }
        Ok(())
    }
}

/// A folded text without brackets and what they hold, digits and punctuation.
fn bare(folded: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            c if c.is_alphabetic() || c == '%' => out.push(c),
            _ => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether no letter or digit touches a range from outside, where the range itself ends in one.
fn bounded(text: &str, range: Range<usize>) -> bool {
    let found = text.get(range.clone()).unwrap_or_default();
    let touches = |inner: Option<char>, outer: Option<char>| {
        inner.is_some_and(char::is_alphanumeric) && outer.is_some_and(char::is_alphanumeric)
    };
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let after = text.get(range.end..).and_then(|after| after.chars().next());
    !touches(found.chars().next(), before) && !touches(found.chars().next_back(), after)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a broken grammar fails the test")]
mod tests {
    use super::*;

    #[test]
    fn examples_match_and_rejects_do_not() {
        let mut grammar = Arithmetic::load(&|_| None).unwrap();
        for phrases in grammar.all_mut() {
            for example in &phrases.examples {
                assert!(phrases.matches(example), "{example:?} must match one of {:?}", phrases.phrases);
            }
            for reject in &phrases.rejects {
                assert!(!phrases.matches(reject), "{reject:?} must match none of {:?}", phrases.phrases);
            }
        }
    }

    #[test]
    fn a_phrase_ends_with_the_word() {
        let grammar = Arithmetic::load(&|_| None).unwrap();
        assert!(!grammar.counted.matches("đại biểu"));
        assert_eq!(grammar.share.find("du phong phi 5%"), Some(0..12));
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_place() {
        let error = Arithmetic::load(&|_| Some("totals = 1\n".to_owned())).unwrap_err();
        assert!(matches!(error, GrammarError::Invalid { line: 1, .. }), "{error}");
    }
}
