//! `numbering.toml`: words and marks of numbered headings and list items.

use std::collections::BTreeMap;

use serde::Deserialize;

/// How headings, list items and rows are numbered.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbering {
    /// Words that stand before a number: "phan", "dieu".
    #[serde(rename = "word")]
    pub words: Vec<NumberWord>,
    /// Ordinal numerals in words, folded.
    pub ordinals: BTreeMap<String, u32>,
    /// Marks of list items.
    pub marks: Marks,
}

/// A word that stands before a heading's number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberWord {
    /// The word, folded.
    pub word: String,
    /// What stands for it in ids: "P" gives "P1".
    pub id: String,
    /// What it is counted with.
    #[serde(default)]
    pub counted: Counted,
    /// Whether its number needs an end mark ("Khoản 1."), since sentences begin with the word too.
    #[serde(default)]
    pub marked: bool,
}

/// What a word is counted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Digits, Roman numerals or words.
    #[default]
    Numbers,
    /// Small letters.
    Letters,
}

/// Marks of list items without a number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marks {
    /// First level.
    pub bullet: Vec<String>,
    /// Second level.
    pub sub_bullet: Vec<String>,
}
