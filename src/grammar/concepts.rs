//! What the names of targets speak of, and what fits it (`concepts.toml`).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::GrammarError;
use super::phrase::{begins_with, holds, plain};
use crate::value::{Number, Unit};

/// Path under the grammars folder.
pub(super) const PATH: &str = "concepts.toml";

/// Concepts of targets, classes of units, and money in words. All phrases are plain keys.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concepts {
    /// Words before the name proper.
    pub lead_in: Vec<String>,
    /// What running text counts the whole of.
    pub wholes: Vec<String>,
    /// Words before a percentage that make it a change.
    pub changing: Vec<String>,
    /// Words after a percentage that say what it is compared with.
    pub compared: Vec<String>,
    /// Words of a header that make the numbers of a table money.
    pub money_headers: Vec<String>,
    /// First words of parts that do not stand for the value of the row above.
    pub besides: Vec<String>,
    /// Words of a note that say why a value is blank.
    pub deferring: Vec<String>,
    /// Words of a header that speak of what was reached before.
    pub reached: Vec<String>,
    /// How the headers of columns begin that count things.
    pub counting: Vec<String>,
    /// Words of targets that compare each year with the one before, so that they have no value over several.
    pub to_last_year: Vec<String>,
    /// Concepts by name.
    pub concept: BTreeMap<String, Concept>,
    /// Which amount bounds which.
    pub bound: Vec<Bound>,
    /// Classes of units by name.
    pub class: BTreeMap<String, UnitClass>,
    /// Units that do not fit a concept.
    pub unfit: Vec<Unfit>,
    /// Units of money in words, longest words first in each.
    pub money: Vec<MoneyUnit>,
    /// Words that declare the unit of a table.
    pub declares: Vec<String>,
    /// Words after "/" by which a thing is counted by the year.
    pub yearly: Vec<String>,
    /// Words after "đồng" that make it another word, in lower case.
    pub not_money: Vec<String>,
    /// Words by which running text speaks of the total of a table.
    pub totals: Vec<String>,
}

/// What a name can speak of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Phrases that the name starts with.
    pub starts: Vec<String>,
    /// Phrases that stand anywhere in the name.
    pub within: Vec<String>,
    /// Phrases that rule the concept out.
    pub without: Vec<String>,
    /// Names of the concept.
    pub examples: Vec<String>,
    /// Names that are not of the concept.
    pub rejects: Vec<String>,
}

/// An amount that cannot be so many times another.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// Concept of the amount.
    pub of: String,
    /// Concept of the amount that bounds it.
    pub by: String,
    /// How many times is too many.
    pub ratio: Number,
    /// How many bounding amounts must agree.
    pub witnesses: usize,
}

/// A class of units.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitClass {
    /// Bases of the class.
    pub bases: Vec<String>,
    /// Last words of units whose base is not known.
    pub words: Vec<String>,
}

/// Units that do not fit a concept.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unfit {
    /// Concept.
    pub concept: String,
    /// Classes that do not fit.
    pub classes: Vec<String>,
    /// Only where every value is at most this.
    #[serde(default)]
    pub at_most: Option<Number>,
}

/// A unit of money in words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneyUnit {
    /// Spellings, the first of which is shown.
    pub words: Vec<String>,
    /// How many đồng.
    pub factor: Number,
    /// The spellings as plain keys.
    #[serde(skip)]
    pub keys: Vec<String>,
    /// The spellings in lower case.
    #[serde(skip)]
    pub lower: Vec<String>,
}

impl Concepts {
    /// Folds the phrases and checks that every name used is defined.
    pub(super) fn prepared(mut self) -> Result<Self, GrammarError> {
        for phrases in [
            &mut self.lead_in,
            &mut self.wholes,
            &mut self.changing,
            &mut self.money_headers,
            &mut self.compared,
            &mut self.besides,
            &mut self.deferring,
            &mut self.reached,
            &mut self.to_last_year,
            &mut self.counting,
            &mut self.declares,
            &mut self.not_money,
            &mut self.yearly,
            &mut self.totals,
        ] {
            fold_all(phrases);
        }
        for concept in self.concept.values_mut() {
            for phrases in [&mut concept.starts, &mut concept.within, &mut concept.without] {
                fold_all(phrases);
            }
        }
        for class in self.class.values_mut() {
            fold_all(&mut class.words);
        }
        for unit in &mut self.money {
            unit.keys = unit.words.iter().map(|words| plain(words)).collect();
            unit.lower = unit.words.iter().map(|words| words.to_lowercase()).collect();
        }
        let used = self.unfit.iter().map(|unfit| &unfit.concept);
        for name in used.chain(self.bound.iter().flat_map(|bound| [&bound.of, &bound.by])) {
            if !self.concept.contains_key(name) {
                return Err(GrammarError::senseless(PATH, format!("no concept {name}")));
            }
        }
        for name in self.unfit.iter().flat_map(|unfit| &unfit.classes) {
            if !self.class.contains_key(name) {
                return Err(GrammarError::senseless(PATH, format!("no class of units {name}")));
            }
        }
        Ok(self)
    }

    /// Whether a name, as a plain key, is of a concept.
    #[must_use]
    pub fn speaks_of(&self, concept: &str, name: &str) -> bool {
        self.concept.get(concept).is_some_and(|concept| concept.fits(self.without_lead_in(name)))
    }

    /// Whether a unit belongs to a class and is counted plainly or by the year, not per something else.
    #[must_use]
    pub fn plainly(&self, class: &str, unit: &Unit) -> bool {
        let yearly = matches!(unit.per.as_deref(), None | Some("year"));
        yearly && self.class.get(class).is_some_and(|class| class.holds(unit, &self.yearly))
    }

    /// The classes that a unit belongs to, where it is counted plainly or by the year.
    #[must_use]
    pub fn classes_of(&self, unit: &Unit) -> Vec<&str> {
        let known = self.class.keys().map(String::as_str);
        known.filter(|class| self.plainly(class, unit)).collect()
    }

    /// The name without the words before the name proper.
    #[must_use]
    pub fn without_lead_in<'n>(&self, name: &'n str) -> &'n str {
        let lead = self.lead_in.iter().find(|phrase| begins_with(name, phrase));
        lead.and_then(|phrase| name.get(phrase.len()..)).unwrap_or(name).trim_start()
    }

    /// The unit of money with a factor, as it is written.
    #[must_use]
    pub fn money_name(&self, factor: Number) -> Option<&str> {
        let unit = self.money.iter().find(|unit| unit.factor == factor)?;
        unit.words.first().map(String::as_str)
    }
}

impl Concept {
    fn fits(&self, name: &str) -> bool {
        let named = self.starts.iter().any(|phrase| begins_with(name, phrase))
            || self.within.iter().any(|phrase| holds(name, phrase));
        named && !self.without.iter().any(|phrase| holds(name, phrase))
    }
}

impl UnitClass {
    fn holds(&self, unit: &Unit, yearly: &[String]) -> bool {
        if let Some(base) = &unit.base {
            return self.bases.contains(base);
        }
        let head = unit.raw.split('/').next().unwrap_or_default();
        let head = plain(head);
        let per_other = unit.raw.split('/').nth(1).is_some_and(|per| !yearly.contains(&plain(per)));
        !per_other && self.words.iter().any(|word| head == *word || head.ends_with(&format!(" {word}")))
    }
}

fn fold_all(phrases: &mut [String]) {
    for phrase in phrases {
        *phrase = plain(phrase);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a grammar that does not load fails the test")]

    use super::super::Grammar;
    use super::super::phrase::plain;

    #[test]
    fn examples_of_concepts_are_of_them_and_rejects_are_not() {
        let grammar = Grammar::embedded().unwrap();
        for (name, concept) in &grammar.concepts.concept {
            for example in &concept.examples {
                assert!(grammar.concepts.speaks_of(name, &plain(example)), "{name}: {example}");
            }
            for reject in &concept.rejects {
                assert!(!grammar.concepts.speaks_of(name, &plain(reject)), "{name}: {reject}");
            }
        }
    }
}
