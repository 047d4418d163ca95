//! How cells name who does the work (`owners.toml`).

use serde::Deserialize;

use super::phrase::{begins_with, holds, plain};

/// Path under the grammars folder.
pub(super) const PATH: &str = "owners.toml";

/// Words of agencies' names. Phrases are plain keys.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owners {
    /// First words of a name that stands for many agencies.
    pub collective: Vec<String>,
    /// Words anywhere in such a name.
    pub collective_within: Vec<String>,
    /// Words that tell no two agencies apart.
    pub silent: Vec<String>,
    /// Last words that only say the level.
    pub level: Vec<String>,
    /// Names of one agency.
    #[serde(default)]
    pub same: Vec<Names>,
    /// Names that are no variants of each other.
    #[serde(default)]
    pub different: Vec<Names>,
}

/// Names to compare.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// The names.
    pub names: Vec<String>,
}

impl Owners {
    pub(super) fn prepared(mut self) -> Self {
        for phrase in self.collective.iter_mut().chain(&mut self.collective_within) {
            *phrase = plain(phrase);
        }
        self
    }

    /// Whether a name stands for many agencies.
    #[must_use]
    pub fn is_collective(&self, name: &str) -> bool {
        let name = plain(name);
        self.collective.iter().any(|phrase| begins_with(&name, phrase))
            || self.collective_within.iter().any(|phrase| holds(&name, phrase))
    }
}
