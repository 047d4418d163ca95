//! `lookalikes.toml`: letters of other alphabets that look like Vietnamese ones.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{GrammarError, Replace, area};

const PATH: &str = "lookalikes.toml";

/// Letters of other alphabets and the Vietnamese letters that they are read as.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lookalikes {
    /// Read so wherever they stand; sorted by letter.
    always: Vec<(char, char)>,
    /// Read so inside Latin words only; sorted by letter.
    in_latin_words: Vec<(char, char)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    always: BTreeMap<char, char>,
    in_latin_words: BTreeMap<char, char>,
}

impl Lookalikes {
    pub(super) fn load(replace: Replace<'_>) -> Result<Self, GrammarError> {
        let file: File = area(PATH, replace)?;
        if let Some(letter) = file.always.keys().chain(file.in_latin_words.keys()).find(|c| c.is_ascii()) {
            return Err(GrammarError::senseless(
                PATH,
                format!("{letter:?} is no letter of another alphabet"),
            ));
        }
        if let Some(letter) = file.always.keys().find(|c| file.in_latin_words.contains_key(c)) {
            return Err(GrammarError::senseless(PATH, format!("{letter:?} is in both lists")));
        }
        Ok(Self {
            always: file.always.into_iter().collect(),
            in_latin_words: file.in_latin_words.into_iter().collect(),
        })
    }

    /// The letter that a Latin look-alike is read as, wherever it stands.
    #[must_use]
    pub fn always(&self, letter: char) -> Option<char> {
        look_up(&self.always, letter)
    }

    /// The letter that a Cyrillic or Greek look-alike is read as inside a Latin word.
    #[must_use]
    pub fn in_latin_word(&self, letter: char) -> Option<char> {
        look_up(&self.in_latin_words, letter)
    }
}

fn look_up(table: &[(char, char)], letter: char) -> Option<char> {
    let index = table.binary_search_by_key(&letter, |(from, _)| *from).ok()?;
    table.get(index).map(|(_, to)| *to)
}
