//! When two names name one thing (`duplicates.toml`).

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::owners::Names;

/// Path under the grammars folder.
pub(super) const PATH: &str = "duplicates.toml";

/// Words of names of items.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duplicates {
    /// Words without which a name says the same.
    pub silent: FxHashSet<String>,
    /// Phrases that only open a name.
    #[serde(default)]
    pub openings: Vec<String>,
    /// Short forms and what they stand for.
    #[serde(default)]
    pub written_out: BTreeMap<String, String>,
    /// Words that make another thing of a name.
    pub telling: FxHashSet<String>,
    /// Names of one thing.
    #[serde(default)]
    pub same: Vec<Names>,
    /// Names of different things.
    #[serde(default)]
    pub different: Vec<Names>,
}
