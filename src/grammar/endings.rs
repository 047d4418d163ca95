//! `endings.toml`: words that a phrase does not end with.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{GrammarError, Replace, area};

const PATH: &str = "endings.toml";

/// Words that a phrase does not end with.
#[derive(Debug, Clone)]
pub struct Endings {
    never: Table,
    before_break: Table,
}

/// Words that stand at the end of a text and leave it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    /// Where the words begin, in bytes.
    pub start: usize,
    /// Whether list items may follow.
    pub introduces: bool,
}

/// Entries by their last word.
type Table = FxHashMap<String, Vec<Entry>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    never: Vec<Entry>,
    before_break: Vec<Entry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    text: String,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    after_name: bool,
    #[serde(default)]
    introduces: bool,
    #[cfg_attr(not(test), allow(dead_code, reason = "run by the tests"))]
    examples: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code, reason = "run by the tests"))]
    rejects: Vec<String>,
}

impl Endings {
    pub(super) fn load(replace: Replace<'_>) -> Result<Self, GrammarError> {
        let file: File = area(PATH, replace)?;
        Ok(Self { never: table(file.never)?, before_break: table(file.before_break)? })
    }

    /// Words at the end of a text that leave it open wherever it stands.
    #[must_use]
    pub fn never(&self, text: &str) -> Option<Open> {
        find(&self.never, text)
    }

    /// Words at the end of a text that leave it open before a page break.
    #[must_use]
    pub fn before_break(&self, text: &str) -> Option<Open> {
        find(&self.never, text).or_else(|| find(&self.before_break, text))
    }
}

fn table(entries: Vec<Entry>) -> Result<Table, GrammarError> {
    let mut out = Table::default();
    for entry in entries {
        let Some(last) = last_word(&entry.text) else {
            return Err(GrammarError::senseless(PATH, "an entry without text"));
        };
        out.entry(last.to_owned()).or_default().push(entry);
    }
    Ok(out)
}

fn last_word(text: &str) -> Option<&str> {
    text.split_whitespace().next_back()
}

fn find(table: &Table, text: &str) -> Option<Open> {
    let text = text.trim_end();
    let last = last_word(text)?;
    table.get(last)?.iter().find_map(|entry| {
        let start = ends_with(text, &entry.text)?;
        let head = text.get(..start)?;
        let before = last_word(head).unwrap_or_default();
        let apart = head.is_empty()
            || !entry.text.starts_with(char::is_alphabetic)
            || head.ends_with(char::is_whitespace);
        let named = !entry.after_name || before.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        let closed = entry.unless.iter().any(|word| *word == before.to_lowercase());
        (apart && named && !closed).then_some(Open { start, introduces: entry.introduces })
    })
}

/// Where `phrase` begins at the end of `text`; the last word in the very case, the others in any.
fn ends_with(text: &str, phrase: &str) -> Option<usize> {
    if let Some(rest) = text.strip_suffix(phrase) {
        return Some(rest.len());
    }
    let mut start = text.len();
    let mut have = text.char_indices().rev();
    for want in phrase.chars().rev() {
        let (at, c) = have.next()?;
        if c != want && !c.to_lowercase().eq(want.to_lowercase()) {
            return None;
        }
        start = at;
    }
    Some(start)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed assumption fails the test")]

    use super::*;
    use crate::grammar::Grammar;

    #[test]
    fn every_entry_finds_its_examples_and_leaves_the_others() {
        let endings = Grammar::embedded().unwrap().endings;
        let entries = |table: &Table| table.values().flatten().cloned().collect::<Vec<_>>();
        for entry in entries(&endings.never) {
            for example in &entry.examples {
                assert!(endings.never(example).is_some(), "{example}");
            }
            for reject in &entry.rejects {
                assert_eq!(endings.never(reject), None, "{reject}");
            }
        }
        for entry in entries(&endings.before_break) {
            for example in &entry.examples {
                assert!(endings.before_break(example).is_some(), "{example}");
                assert_eq!(endings.never(example), None, "{example}");
            }
            for reject in &entry.rejects {
                assert_eq!(endings.before_break(reject), None, "{reject}");
            }
        }
    }

    #[test]
    fn the_place_of_the_words_is_told() {
        let endings = Grammar::embedded().unwrap().endings;
        let text = "đúng nội dung và các ";
        let open = endings.never(text).unwrap();
        assert_eq!(text.get(open.start..).unwrap().trim(), "các");
        assert_eq!(endings.never("Nguyễn Văn Theo"), None);
        assert_eq!(endings.never("các."), None);
    }
}
