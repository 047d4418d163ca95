//! `ratios.toml`: targets that imply each other by definition.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{GrammarError, Replace, area};
use crate::text::fold;

const PATH: &str = "ratios.toml";

/// Targets that imply each other by definition.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratios {
    /// Words that say nothing about what is counted.
    drop: Vec<String>,
    /// What opens a ratio.
    openers: Vec<String>,
    /// What stands between the two sides of a ratio.
    separators: Vec<String>,
    /// Words before the year of a value.
    of_year: Vec<String>,
    /// Over which time a value is meant.
    basis: Vec<BasisWords>,
    /// What is counted, under its names.
    concept: Vec<Concept>,
    /// Wholes that are so much a head times so many heads.
    pub product: Vec<Product>,
    #[serde(skip)]
    names: FxHashMap<String, String>,
    #[serde(skip)]
    idle: Option<Idle>,
}

/// All words that do not say what is counted, found in one pass.
#[derive(Debug)]
struct Idle {
    automaton: AhoCorasick,
    /// For each word, the time that it names.
    bases: Vec<Option<Basis>>,
    /// From which word on they count only before a year.
    of_year: usize,
}

/// Over which time a value is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The name does not say.
    #[default]
    Unsaid,
    /// The last year of the period.
    LastYear,
    /// Each year.
    Yearly,
    /// All years of the period together.
    WholePeriod,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BasisWords {
    key: Basis,
    words: Vec<String>,
}

/// What is counted, under its names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Concept {
    key: String,
    names: Vec<String>,
    #[allow(dead_code, reason = "read by the test")]
    examples: Vec<String>,
    #[allow(dead_code, reason = "read by the test")]
    rejects: Vec<String>,
}

/// A whole that is so much a head times so many heads.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Concept of the whole.
    pub whole: String,
    /// Concept of the amount a head.
    pub per_head: String,
    /// Concept of the number of heads.
    pub heads: String,
}

/// What the name of a target says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What is counted: a concept's key, or the name itself.
    pub what: What,
    /// Over which time.
    pub basis: Basis,
}

/// What a target counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum What {
    /// One thing.
    One(String),
    /// The share of the first in the second.
    Ratio(String, String),
}

impl Ratios {
    pub(super) fn load(replace: Replace<'_>) -> Result<Self, GrammarError> {
        let mut grammar: Self = area(PATH, replace)?;
        let longest_first = |words: &mut Vec<String>| {
            for word in words.iter_mut() {
                *word = if word.starts_with(' ') { format!(" {} ", fold(word)) } else { fold(word) };
            }
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        };
        longest_first(&mut grammar.openers);
        longest_first(&mut grammar.separators);
        grammar.idle = Some(Idle::of(&grammar)?);
        let mut names = FxHashMap::default();
        for concept in &grammar.concept {
            for name in &concept.names {
                if names
                    .insert(grammar.plain(&fold(name)).0, concept.key.clone())
                    .is_some_and(|key| key != concept.key)
                {
                    return Err(GrammarError::senseless(PATH, format!("{name:?} names two concepts")));
                }
            }
        }
        grammar.names = names;
        Ok(grammar)
    }

    /// What the name of a target says. `locality` is the folded name of the document's locality.
    #[must_use]
    pub fn read(&self, name: &str, locality: Option<&str>) -> Named {
        let mut folded = fold(name);
        if let Some(locality) = locality.filter(|locality| !locality.is_empty()) {
            folded = folded.replace(locality, "");
        }
        let (plain, basis) = self.plain(&folded);
        if let Some(key) = self.names.get(&plain) {
            return Named { what: What::One(key.clone()), basis };
        }
        let what = self.take_apart(&plain).unwrap_or(What::One(plain));
        Named { what, basis }
    }

    /// "X/Y" and its kin; without an opener only the stroke takes a name apart.
    fn take_apart(&self, plain: &str) -> Option<What> {
        let opened = self.openers.iter().find_map(|opener| plain.strip_prefix(opener.as_str()));
        let text = opened.unwrap_or(plain).trim();
        let separators =
            self.separators.iter().filter(|separator| opened.is_some() || separator.as_str() == "/");
        let (of, whole) = separators.filter_map(|separator| text.split_once(separator.as_str())).next()?;
        let (of, whole) = (of.trim(), whole.trim());
        if of.is_empty() || whole.is_empty() {
            return None;
        }
        let key = |name: &str| self.names.get(name).cloned().unwrap_or_else(|| name.to_owned());
        Some(What::Ratio(key(of), key(whole)))
    }

    /// A folded name without brackets and the words that do not say what is counted, and the time that it
    /// names.
    fn plain(&self, folded: &str) -> (String, Basis) {
        let text = without_brackets(folded);
        let mut out = String::with_capacity(text.len());
        let mut basis = Basis::Unsaid;
        let mut from = 0;
        for (range, time) in self.idle.iter().flat_map(|idle| idle.find(&text)) {
            out.push_str(text.get(from..range.start).unwrap_or_default());
            out.push(' ');
            from = range.end;
            basis = time.unwrap_or(basis);
        }
        out.push_str(text.get(from..).unwrap_or_default());
        (squeezed(&out), basis)
    }
}

impl Idle {
    fn of(grammar: &Ratios) -> Result<Self, GrammarError> {
        let timed =
            grammar.basis.iter().flat_map(|basis| basis.words.iter().map(|word| (word, Some(basis.key))));
        let of_year = grammar.of_year.iter().map(|word| (word, Some(Basis::LastYear)));
        let words: Vec<(String, Option<Basis>)> = timed
            .chain(grammar.drop.iter().map(|word| (word, None)))
            .chain(of_year)
            .map(|(word, basis)| (fold(word), basis))
            .collect();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words.iter().map(|(word, _)| word))
            .map_err(|error| GrammarError::senseless(PATH, error.to_string()))?;
        let of_year = words.len() - grammar.of_year.len();
        Ok(Self { automaton, bases: words.into_iter().map(|(_, basis)| basis).collect(), of_year })
    }

    /// The whole words of a folded text that do not say what is counted, with the time that they name.
    fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, Option<Basis>)> + 't {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        self.automaton.find_iter(text).filter_map(move |found| {
            let before = text.get(..found.start()).and_then(|part| part.chars().next_back());
            let after = text.get(found.end()..).and_then(|part| part.chars().next());
            let year = || {
                let rest = text.get(found.end()..).unwrap_or_default().trim_start();
                rest.starts_with(|c: char| c.is_ascii_digit())
            };
            let whole =
                !letter(before) && !letter(after) && (found.pattern().as_usize() < self.of_year || year());
            whole.then(|| (found.range(), self.bases.get(found.pattern().as_usize()).copied().flatten()))
        })
    }
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Letters, strokes and single spaces; years and punctuation left out.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| !(c.is_alphabetic() || c == '/')).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    if out.contains('/') { out.replace(" / ", "/").replace(" /", "/").replace("/ ", "/") } else { out }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a broken grammar fails the test")]
mod tests {
    use super::*;

    #[test]
    fn examples_are_their_concept_and_rejects_are_not() {
        let ratios = Ratios::load(&|_| None).unwrap();
        for concept in &ratios.concept {
            let is = |name: &str| ratios.read(name, None).what == What::One(concept.key.clone());
            for example in &concept.examples {
                assert!(is(example), "{example:?} is {:?}, not {}", ratios.read(example, None), concept.key);
            }
            for reject in &concept.rejects {
                assert!(!is(reject), "{reject:?} must not be {}", concept.key);
            }
        }
    }

    #[test]
    fn ratios_are_taken_apart() {
        let ratios = Ratios::load(&|_| None).unwrap();
        let ratio = |of: &str, whole: &str| What::Ratio(of.to_owned(), whole.to_owned());
        let read = |name: &str| ratios.read(name, Some("xa binh minh")).what;
        assert_eq!(read("Thu NSNN/GRDP"), ratio("revenue", "grdp"));
        assert_eq!(read("Vốn đầu tư thực hiện trên địa bàn xã Bình Minh/GRDP"), ratio("investment", "grdp"));
        assert_eq!(read("Tỷ lệ thu ngân sách nhà nước so với GRDP"), ratio("revenue", "grdp"));
        assert_eq!(read("Tỷ trọng kinh tế số trong GRDP"), ratio("kinh te so", "grdp"));
        assert_eq!(read("Đào tạo trong nước"), What::One("dao tao trong nuoc".to_owned()));
    }

    #[test]
    fn the_time_is_told() {
        let ratios = Ratios::load(&|_| None).unwrap();
        assert_eq!(ratios.read("GRDP bình quân/người, năm cuối kỳ", None).basis, Basis::LastYear);
        assert_eq!(ratios.read("Dân số", None).basis, Basis::Unsaid);
    }
}
