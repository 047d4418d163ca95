//! How running text states what follows from its other figures: shares, means, the parts of a whole.

use serde::Deserialize;

use super::sums::{ends_in, holds_any};

/// Words around figures that follow from others, in small letters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DerivedWords {
    shares: Vec<String>,
    compared: Vec<String>,
    means: Vec<String>,
    composition: Vec<String>,
    rest: Vec<String>,
    examples: Vec<String>,
    not_counted: Vec<String>,
    amount_of: Vec<String>,
}

impl DerivedWords {
    /// Whether the words before a percentage make it the share of the figure before them.
    #[must_use]
    pub fn shares(&self, before: &str) -> bool {
        ends_in(before, &self.shares)
    }

    /// Whether the words before a percentage say that something is so much of what follows: "bằng 4,2% số tờ khai".
    #[must_use]
    pub fn compares(&self, before: &str) -> bool {
        ends_in(before, &self.compared)
    }

    /// Whether the words before a rate call it a mean, or so much for each.
    #[must_use]
    pub fn means(&self, before: &str) -> bool {
        holds_any(before, &self.means)
    }

    /// Whether the last words before a rate call it a mean: "bình quân", not "bình quân khoảng".
    #[must_use]
    pub fn ends_in_mean(&self, before: &str) -> bool {
        ends_in(before, &self.means)
    }

    /// Whether the words before a list of percentages say that they make up a whole.
    #[must_use]
    pub fn composes(&self, before: &str) -> bool {
        holds_any(before, &self.composition)
    }

    /// Whether a part of a list is what the others leave.
    #[must_use]
    pub fn is_rest(&self, part: &str) -> bool {
        holds_any(part, &self.rest)
    }

    /// Whether a list of names gives examples only.
    #[must_use]
    pub fn is_example(&self, list: &str) -> bool {
        list.contains("...") || list.contains('…') || holds_any(list, &self.examples)
    }

    /// Whether a number before such words counts no things that a list could name: time, money, measures.
    #[must_use]
    pub fn counts_nothing(&self, noun: &str) -> bool {
        let lower = noun.to_lowercase();
        self.not_counted.iter().any(|words| {
            lower.strip_prefix(words.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    }

    /// Whether words stand between the name of a project and its amount.
    #[must_use]
    pub fn is_amount_of(&self, between: &str) -> bool {
        let lower = between.to_lowercase();
        let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
        // A comma ends what is said of the project.
        let known = bare.is_empty() || self.amount_of.iter().any(|words| bare == words);
        known && !between.contains([',', ';', '.'])
    }
}
