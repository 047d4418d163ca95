//! Units of measure and the words around a value (`units.toml`).

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::GrammarError;
use crate::text::fold;
use crate::value::{Number, Relation};

/// Path under the grammars folder.
pub(super) const PATH: &str = "units.toml";

/// Units of measure and the words around a value. All words are fold keys.
#[derive(Debug)]
pub struct Units {
    /// Multipliers, longest words first.
    pub multipliers: Vec<(String, Number)>,
    /// Units by their compact key.
    pub known: BTreeMap<String, KnownUnit>,
    /// Fold keys of the units that are recognised in running text, longest first.
    pub running: Vec<(String, KnownUnit)>,
    /// The same words in small letters with their diacritics: in running text "đồng" is no "động".
    pub spelt: BTreeSet<String>,
    /// Words and signs before a value as they are spelled, in small letters.
    pub bounds: BTreeSet<String>,
    /// What a unit can be counted per, by compact key.
    pub per: BTreeMap<String, String>,
    /// Fold keys of the same, longest first.
    pub per_words: Vec<(String, String)>,
    /// Words that declare a unit.
    pub declared: Vec<String>,
    /// Words that declare a unit, or something else.
    pub weakly_declared: Vec<String>,
    /// Words between a declaration and its unit where no colon stands, longest first.
    pub declared_links: Vec<String>,
    /// Words and signs before a value, longest first.
    pub before: Vec<(String, Relation)>,
    /// Words after a value, longest first.
    pub after: Vec<(String, Relation)>,
    /// Words before a value that say nothing of its bounds, longest first.
    pub lead: Vec<String>,
    /// Words before the lower end of a range.
    pub from: Vec<String>,
    /// Words between the ends of a range, longest first.
    pub to: Vec<String>,
    /// What stands in a cell that holds no value.
    pub blank: Vec<String>,
    /// The relations as they stand in the file, with their examples.
    pub relations: Vec<RelationWords>,
}

/// A unit that the grammar knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownUnit {
    /// Key of the base.
    pub base: String,
    /// Multiplier that the word includes.
    pub factor: Number,
}

/// Words of one relation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationWords {
    /// The relation.
    pub relation: Relation,
    /// Words and signs before the value.
    pub before: Vec<String>,
    /// Words after the value.
    pub after: Vec<String>,
    /// Values with this relation.
    pub examples: Vec<String>,
    /// Values without it.
    pub rejects: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    declared: Declared,
    multiplier: Vec<Multiplier>,
    unit: Vec<Unit>,
    per: Vec<Per>,
    relation: Vec<RelationWords>,
    around: Around,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Declared {
    words: Vec<String>,
    weak: Vec<String>,
    links: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Multiplier {
    factor: Number,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unit {
    base: String,
    factor: Option<Number>,
    words: Vec<String>,
    #[serde(default)]
    running: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Per {
    key: String,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Around {
    lead: Vec<String>,
    from: Vec<String>,
    to: Vec<String>,
    blank: Vec<String>,
}

/// The fold key without spaces and dots: "Tr. đồng" gives "trdong".
#[must_use]
pub fn compact(text: &str) -> String {
    fold(text).chars().filter(|c| !matches!(c, ' ' | '.')).collect()
}

impl TryFrom<File> for Units {
    type Error = GrammarError;

    fn try_from(file: File) -> Result<Self, GrammarError> {
        let mut known = BTreeMap::new();
        let mut running = Vec::new();
        let mut spelt = BTreeSet::new();
        for unit in file.unit {
            let value = KnownUnit { base: unit.base, factor: unit.factor.unwrap_or(Number::whole(1)) };
            for word in unit.words {
                if unit.running {
                    running.push((fold(&word), value.clone()));
                    spelt.insert(word.to_lowercase());
                }
                let key = compact(&word);
                if known.insert(key, value.clone()).is_some_and(|other| other != value) {
                    return Err(GrammarError::senseless(PATH, format!("{word:?} names two units")));
                }
            }
        }
        let mut per = BTreeMap::new();
        let mut per_words = Vec::new();
        for entry in file.per {
            for word in entry.words {
                per_words.push((fold(&word), entry.key.clone()));
                per.insert(compact(&word), entry.key.clone());
            }
        }
        let multipliers = file.multiplier.into_iter();
        let multipliers = multipliers.flat_map(|entry| pairs(&entry.words, &entry.factor)).collect();
        let before = file.relation.iter().flat_map(|entry| pairs(&entry.before, &entry.relation));
        let after = file.relation.iter().flat_map(|entry| pairs(&entry.after, &entry.relation));
        Ok(Self {
            multipliers: longest_first(multipliers),
            known,
            running: longest_first(running),
            spelt,
            bounds: file
                .relation
                .iter()
                .flat_map(|relation| &relation.before)
                .chain(&file.around.from)
                .map(|word| word.to_lowercase())
                .collect(),
            per,
            per_words: longest_first(per_words),
            declared: words(&file.declared.words),
            weakly_declared: words(&file.declared.weak),
            declared_links: words(&file.declared.links),
            before: longest_first(before.collect()),
            after: longest_first(after.collect()),
            lead: words(&file.around.lead),
            from: words(&file.around.from),
            to: words(&file.around.to),
            blank: words(&file.around.blank),
            relations: file.relation,
        })
    }
}

/// Each word's fold key with the value that all share.
fn pairs<T: Clone>(words: &[String], value: &T) -> Vec<(String, T)> {
    words.iter().map(|word| (fold(word), value.clone())).collect()
}

/// The words with the longest first, so that the first that fits is the one that says most.
pub(super) fn longest_first<T>(mut words: Vec<(String, T)>) -> Vec<(String, T)> {
    words.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    words
}

/// Fold keys of words, longest first.
pub(super) fn words(words: &[String]) -> Vec<String> {
    let mut folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    folded.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    folded.dedup();
    folded
}
