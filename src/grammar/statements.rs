//! `statements.toml`: how a text states a figure.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::derived::DerivedWords;
use super::phrase::holds;
use super::sums::{FundWords, SumWords, ends_in};
use super::{GrammarError, Replace, area};
use crate::text::{Words, fold};

const PATH: &str = "statements.toml";

/// How a text states a figure.
#[derive(Debug, Clone)]
pub struct StatementWords {
    /// Phrases of word keys by their first key, longest first, with whether they are kept.
    phrases: FxHashMap<String, Vec<(Vec<String>, bool)>>,
    /// Word keys that make another thing where only one statement has them.
    distinguishing: Vec<String>,
    /// Fold keys that say several values stand in turn.
    in_turn: Vec<String>,
    /// Fold keys that say a value is one of each year.
    recurring: Vec<String>,
    /// Fold keys that say a value is that of all years together.
    over_all: Vec<String>,
    /// Fold keys before a year with which a figure is compared.
    compared: Vec<String>,
    wholes: Vec<String>,
    joints: Vec<String>,
    aims: Vec<String>,
    outset: Vec<String>,
    each: Vec<String>,
    /// Fold keys before a percentage by which something grew, or fell.
    rises: Vec<String>,
    falls: Vec<String>,
    /// Word keys of what abbreviations stand for, by the abbreviation's.
    abbreviations: FxHashMap<String, Vec<String>>,
    /// Sums of money for the whole of a document.
    pub funds: FundWords,
    /// Totals that a sentence states with their parts.
    pub sums: SumWords,
    /// Numbers written out in words.
    pub numerals: NumeralWords,
    /// Numbers inside or behind the name of what is counted.
    pub counted: CountedWords,
    /// Shares, means and parts of other figures.
    pub derived: DerivedWords,
}

/// Words around the name of what is counted, as fold keys.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountedWords {
    /// What opens such a name and says nothing.
    pub leads: Vec<String>,
    /// Words that may follow it.
    pub follows: Vec<String>,
    /// Words before a number that make it a bound.
    pub bounds: Vec<String>,
    /// Words between the name and its number.
    pub verbs: Vec<String>,
    /// Words before the name that say that the number is of another time, or of one of several.
    pub other_times: Vec<String>,
}

impl CountedWords {
    fn folded(mut self) -> Self {
        let lists =
            [&mut self.leads, &mut self.follows, &mut self.bounds, &mut self.verbs, &mut self.other_times];
        for words in lists {
            words.iter_mut().for_each(|word| *word = fold(word));
        }
        self
    }
}

/// Words of numbers, in small letters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumeralWords {
    digits: BTreeMap<String, i64>,
    times: BTreeMap<String, i64>,
    scales: BTreeMap<String, i64>,
    silent: Vec<String>,
    leads: Vec<String>,
}

impl NumeralWords {
    /// The value of a word for a digit.
    #[must_use]
    pub fn digit(&self, word: &str) -> Option<i64> {
        self.digits.get(word).copied()
    }

    /// How many ones the digit before a word counts: "mươi", "trăm".
    #[must_use]
    pub fn times(&self, word: &str) -> Option<i64> {
        self.times.get(word).copied()
    }

    /// The value of a word for a thousand or more.
    #[must_use]
    pub fn scale(&self, word: &str) -> Option<i64> {
        self.scales.get(word).copied()
    }

    /// Whether a word in a number says nothing.
    #[must_use]
    pub fn is_silent(&self, word: &str) -> bool {
        self.silent.iter().any(|silent| silent == word)
    }

    /// What follows "Bằng chữ:" in a text, or the text.
    #[must_use]
    pub fn spelled<'t>(&self, text: &'t str) -> &'t str {
        let text = text.trim();
        let lower = text.to_lowercase();
        let lead = self.leads.iter().find(|lead| lower.starts_with(lead.as_str()));
        let rest = lead.and_then(|lead| text.get(lead.len()..)).unwrap_or(text);
        rest.trim_start_matches([':', ' '])
    }
}

/// Most words between two figures of one thing, and most between "mỗi" and its figure.
const MAX_JOINT: usize = 8;
const MAX_EACH: usize = 4;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    boilerplate: Vec<String>,
    keep: Vec<String>,
    distinguishing: Vec<String>,
    in_turn: Vec<String>,
    recurring: Vec<String>,
    over_all: Vec<String>,
    compared: Vec<String>,
    rises: Vec<String>,
    wholes: Vec<String>,
    joints: Vec<String>,
    aims: Vec<String>,
    outset: Vec<String>,
    each: Vec<String>,
    falls: Vec<String>,
    abbreviations: BTreeMap<String, String>,
    funds: FundWords,
    sums: SumWords,
    numerals: NumeralWords,
    counted: CountedWords,
    derived: DerivedWords,
}

impl StatementWords {
    pub(super) fn load(replace: Replace<'_>) -> Result<Self, GrammarError> {
        let file: File = area(PATH, replace)?;
        let keys = |text: &str| -> Vec<String> { Words::of(text).keys().map(str::to_owned).collect() };
        let mut phrases: FxHashMap<String, Vec<(Vec<String>, bool)>> = FxHashMap::default();
        let all = file.boilerplate.iter().map(|text| (text, false));
        for (text, kept) in all.chain(file.keep.iter().map(|text| (text, true))) {
            let keys = keys(text);
            let Some(first) = keys.first().cloned() else {
                return Err(GrammarError::senseless(PATH, "a phrase without words"));
            };
            phrases.entry(first).or_default().push((keys, kept));
        }
        for list in phrases.values_mut() {
            list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(b.1.cmp(&a.1)));
        }
        let folded = |list: Vec<String>| list.iter().map(|text| fold(text)).collect();
        Ok(Self {
            phrases,
            distinguishing: file.distinguishing.iter().flat_map(|text| keys(text)).collect(),
            in_turn: folded(file.in_turn),
            recurring: folded(file.recurring),
            over_all: folded(file.over_all),
            compared: folded(file.compared),
            rises: folded(file.rises),
            falls: folded(file.falls),
            wholes: folded(file.wholes),
            joints: file.joints,
            aims: file.aims,
            outset: file.outset,
            each: file.each,
            abbreviations: file
                .abbreviations
                .iter()
                .filter_map(|(short, long)| Some((keys(short).into_iter().next()?, keys(long))))
                .collect(),
            funds: file.funds.folded(),
            sums: file.sums,
            numerals: file.numerals,
            counted: file.counted.folded(),
            derived: file.derived,
        })
    }

    /// The positions of the words that say what is counted, of words given by their keys.
    #[must_use]
    pub fn content(&self, keys: &[&str]) -> Vec<usize> {
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(key) = keys.get(at) {
            let stands = |phrase: &[String]| {
                phrase.iter().enumerate().all(|(k, word)| keys.get(at + k).is_some_and(|key| key == word))
            };
            let found =
                self.phrases.get(*key).and_then(|list| list.iter().find(|(phrase, _)| stands(phrase)));
            let (length, kept) = found.map_or((1, true), |(phrase, kept)| (phrase.len(), *kept));
            if kept {
                out.extend((at..at + length).filter(|at| keys.get(*at).is_some_and(|key| !is_number(key))));
            }
            at += length;
        }
        out
    }

    /// The word keys that an abbreviation stands for.
    #[must_use]
    pub fn written_out(&self, key: &str) -> Option<&[String]> {
        self.abbreviations.get(key).map(Vec::as_slice)
    }

    /// Whether a word makes another thing where only one statement has it.
    #[must_use]
    pub fn distinguishes(&self, key: &str) -> bool {
        self.distinguishing.iter().any(|word| word == key)
    }

    /// Whether a sentence, as a fold key, gives several values in turn.
    #[must_use]
    pub fn is_in_turn(&self, folded: &str) -> bool {
        self.in_turn.iter().any(|words| folded.contains(words.as_str()))
    }

    /// Whether folded words say that a value is that of all years together: "cả giai đoạn kết nạp 238 đảng viên".
    #[must_use]
    pub fn is_over_all(&self, folded: &str) -> bool {
        self.over_all.iter().any(|words| folded.contains(words.as_str()))
    }

    /// Whether the words before a year, folded, compare with it: "bằng 108% năm", "so với năm".
    #[must_use]
    pub fn compares_with(&self, before: &str) -> bool {
        let before = before.trim_end();
        self.compared.iter().any(|words| before.ends_with(words.as_str()))
    }

    /// Whether words between an amount and a percentage, folded, say that it grew so much; gives whether it fell.
    #[must_use]
    pub fn grows(&self, between: &str) -> Option<bool> {
        let between = between.trim_end();
        let ends = |list: &[String]| {
            list.iter().any(|words| {
                let before = between.strip_suffix(words.as_str());
                before.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
            })
        };
        if ends(&self.rises) { Some(false) } else { ends(&self.falls).then_some(true) }
    }

    /// Whether the words between two figures say both of one thing, and then whether the second is what is aimed at.
    #[must_use]
    pub fn joins(&self, between: &str) -> Option<bool> {
        let lower = between.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
        let year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        let known =
            |list: &[String], word: &str| list.iter().any(|own| own.split(' ').any(|own| own == word));
        let all = words.iter().all(|word| year(word) || known(&self.joints, word) || known(&self.aims, word));
        let aims = words.iter().any(|word| known(&self.aims, word));
        let conjoins = words.contains(&"và") || aims || words.iter().any(|word| year(word));
        (all && conjoins && words.len() <= MAX_JOINT).then_some(aims)
    }

    /// Whether the words behind a percentage say what it is so much of, as a fold key: "số tờ khai", "tổng số hộ".
    #[must_use]
    pub fn is_part_of(&self, behind: &str) -> bool {
        let behind = behind.trim_start();
        self.wholes
            .iter()
            .any(|words| behind.strip_prefix(words.as_str()).is_some_and(|rest| rest.starts_with(' ')))
    }

    /// Whether the words before a figure make it what another sets out from.
    #[must_use]
    pub fn sets_out(&self, before: &str) -> bool {
        ends_in(before, &self.outset)
    }

    /// Whether the words before a figure say what it is so much for each of; "mỗi năm" is each year.
    #[must_use]
    pub fn is_for_each(&self, before: &str) -> bool {
        let lower = before.to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().rev().take(MAX_EACH).collect();
        let each = words.iter().position(|word| self.each.iter().any(|own| own == word));
        each.is_some_and(|at| at > 0) && !self.recurs(&fold(&lower))
    }

    /// Whether a text, folded, compares with something: "so với thực hiện".
    #[must_use]
    pub fn compares_in(&self, text: &str) -> bool {
        self.compared.iter().any(|words| holds(text, words))
    }

    /// Whether a text, as a fold key, says that a value is one of each year.
    #[must_use]
    pub fn recurs(&self, folded: &str) -> bool {
        let recurs = |words: &String| {
            folded.match_indices(words.as_str()).any(|(at, _)| {
                // "bình quân năm 2030" is that of one year.
                let after = folded.get(at + words.len()..).unwrap_or_default().trim_start();
                !after.starts_with(|c: char| c.is_ascii_digit())
            })
        };
        self.recurring.iter().any(recurs)
    }
}

fn is_number(key: &str) -> bool {
    key.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed assumption fails the test")]

    use crate::grammar::Grammar;
    use crate::text::{Words, word_key};

    fn content(text: &str) -> String {
        let grammar = Grammar::embedded().unwrap();
        let words = Words::of(text);
        let keys: Vec<&str> = words.keys().collect();
        let found = grammar.statements.content(&keys);
        found.iter().map(|at| text.get(words.range(*at).unwrap()).unwrap()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_words_of_the_thing_are_left() {
        assert_eq!(
            content("Phấn đấu đến năm 2030 có trên 90% hộ dân dùng nước sạch"),
            "hộ dân dùng nước sạch"
        );
        assert_eq!(
            content("Tỷ lệ trường công lập trên địa bàn xã đạt chuẩn quốc gia"),
            "trường công lập chuẩn quốc gia"
        );
        assert_eq!(content("an sinh xã hội của xã"), "an sinh xã hội");
        assert_eq!(content("Triển khai chính quyền số"), "chính quyền số");
        assert_eq!(content("hoàn thành tốt nhiệm vụ trở lên hằng năm"), "hoàn thành tốt nhiệm vụ");
    }

    #[test]
    fn distinguishing_words_are_known_by_their_keys() {
        let grammar = Grammar::embedded().unwrap();
        assert!(grammar.statements.distinguishes(&word_key("Cận")));
        assert!(!grammar.statements.distinguishes(&word_key("cần")));
    }
}
