//! Sources of money (`funding.toml`).

use serde::Deserialize;

use super::units::{longest_first, words};
use crate::text::fold;

/// Path under the grammars folder.
pub(super) const PATH: &str = "funding.toml";

/// Sources of money. All words are fold keys, longest first.
#[derive(Debug)]
pub struct FundingWords {
    /// Words for a budget, which a level may follow.
    pub budgets: Vec<String>,
    /// Key of a budget without a level.
    pub budget_alone: String,
    /// Levels of budgets with their keys.
    pub levels: Vec<(String, String)>,
    /// Other sources with their keys.
    pub sources: Vec<(String, String)>,
    /// Keys with the cells that name them and those that do not.
    pub examples: Vec<FundingExamples>,
}

/// Examples of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingExamples {
    /// The key.
    pub key: String,
    /// Cells that name the source.
    pub examples: Vec<String>,
    /// Cells that do not.
    pub rejects: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    budget: Budget,
    level: Vec<Entry>,
    source: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    words: Vec<String>,
    alone: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    key: String,
    words: Vec<String>,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default)]
    rejects: Vec<String>,
}

impl From<File> for FundingWords {
    fn from(file: File) -> Self {
        let keyed = |entries: &[Entry]| {
            let pairs = |entry: &Entry| -> Vec<(String, String)> {
                entry.words.iter().map(|word| (fold(word), entry.key.clone())).collect()
            };
            longest_first(entries.iter().flat_map(pairs).collect())
        };
        let (levels, sources) = (keyed(&file.level), keyed(&file.source));
        let entries = file.level.into_iter().chain(file.source);
        let examples = entries.map(|entry| FundingExamples {
            key: entry.key,
            examples: entry.examples,
            rejects: entry.rejects,
        });
        Self {
            budgets: words(&file.budget.words),
            budget_alone: file.budget.alone,
            levels,
            sources,
            examples: examples.collect(),
        }
    }
}
