//! `statements.toml`: how a text states a figure.

use rustc_hash::FxHashMap;
use serde::Deserialize;

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
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    boilerplate: Vec<String>,
    keep: Vec<String>,
    distinguishing: Vec<String>,
    in_turn: Vec<String>,
    recurring: Vec<String>,
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

    /// Whether a text, as a fold key, says that a value is one of each year.
    #[must_use]
    pub fn recurs(&self, folded: &str) -> bool {
        self.recurring.iter().any(|words| folded.contains(words.as_str()))
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
