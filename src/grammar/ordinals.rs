//! `ordinals.toml`: how headings and rows are counted.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{GrammarError, Replace, area};
use crate::text::fold;

const PATH: &str = "ordinals.toml";

/// Letters and words that headings count with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordinals {
    /// The letters of lists, in order.
    letters: Vec<char>,
    /// Letters that count only where a list uses them.
    optional: Vec<char>,
    /// Fold key of the word before a number in words.
    mark: String,
    /// Numbers by the fold key of their words.
    words: BTreeMap<String, u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    letters: String,
    optional_letters: String,
    mark: String,
    word: Vec<Word>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    value: u32,
    words: Vec<String>,
}

impl Ordinals {
    pub(super) fn load(replace: Replace<'_>) -> Result<Self, GrammarError> {
        let file: File = area(PATH, replace)?;
        let letters: Vec<char> = file.letters.chars().collect();
        let optional: Vec<char> = file.optional_letters.chars().collect();
        if let Some(letter) = optional.iter().find(|letter| !letters.contains(letter)) {
            return Err(GrammarError::senseless(PATH, format!("{letter:?} is no letter of the list")));
        }
        let words = file.word.iter();
        let words = words.flat_map(|word| word.words.iter().map(|text| (fold(text), word.value)));
        Ok(Self { letters, optional, mark: fold(&file.mark), words: words.collect() })
    }

    /// Whether a word, as a fold key, stands before a number in words.
    #[must_use]
    pub fn is_mark(&self, folded: &str) -> bool {
        folded == self.mark
    }

    /// The number that words, as a fold key, spell.
    #[must_use]
    pub fn spelled(&self, folded: &str) -> Option<u32> {
        self.words.get(folded).copied()
    }

    /// The letters that a list counts with, given those that it uses (in lower case).
    #[must_use]
    pub fn alphabet(&self, used: &[char]) -> Vec<char> {
        let counts = |letter: &&char| !self.optional.contains(letter) || used.contains(letter);
        self.letters.iter().filter(counts).copied().collect()
    }
}
