//! `misreadings.toml`: misreadings that are known as such, with the words around them.

use serde::Deserialize;

use super::Id;

/// A misreading that is known as such.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// Its syllables.
    pub wrong: Vec<Id>,
    /// What was meant.
    pub right: String,
    /// Which of the syllables is the misread one, where one is.
    pub misread: Option<usize>,
    /// It is none after these.
    pub not_after: Vec<Vec<Id>>,
    /// It is none before these.
    pub not_before: Vec<Vec<Id>>,
    /// It is one only after these, if there are any.
    pub only_after: Vec<Vec<Id>>,
    /// It is one only before these, if there are any.
    pub only_before: Vec<Vec<Id>>,
    /// Text in which it is found.
    pub examples: Vec<String>,
    /// Text in which nothing is found.
    pub rejects: Vec<String>,
}

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) misreading: Vec<Entry>,
}

/// An entry of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) wrong: String,
    pub(super) right: String,
    #[serde(default)]
    pub(super) not_after: Vec<String>,
    #[serde(default)]
    pub(super) not_before: Vec<String>,
    #[serde(default)]
    pub(super) only_after: Vec<String>,
    #[serde(default)]
    pub(super) only_before: Vec<String>,
    pub(super) examples: Vec<String>,
    #[serde(default)]
    pub(super) rejects: Vec<String>,
}

impl Listed {
    /// Whether what stands before and after allows the misreading; both go away from it.
    #[must_use]
    pub fn fits(&self, before: &[Id], after: &[Id]) -> bool {
        let follows = |words: &Vec<Id>| before.iter().eq_prefix(words.iter().rev());
        let precedes = |words: &Vec<Id>| after.iter().eq_prefix(words.iter());
        !self.not_after.iter().any(follows)
            && !self.not_before.iter().any(precedes)
            && (self.only_after.is_empty() || self.only_after.iter().any(follows))
            && (self.only_before.is_empty() || self.only_before.iter().any(precedes))
    }
}

trait EqPrefix: Iterator {
    fn eq_prefix<I: Iterator<Item = Self::Item>>(self, words: I) -> bool;
}

impl<T: Iterator> EqPrefix for T
where
    T::Item: PartialEq,
{
    /// Whether the iterator begins with the words.
    fn eq_prefix<I: Iterator<Item = Self::Item>>(mut self, mut words: I) -> bool {
        words.all(|word| self.next() == Some(word))
    }
}
