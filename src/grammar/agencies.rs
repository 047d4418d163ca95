//! Agencies (`agencies.toml`).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::GrammarError;
use crate::text::fold;

/// Path under the grammars folder.
pub(super) const PATH: &str = "agencies.toml";

/// Words of a phrase as fold keys, without commas.
pub type Words = Vec<String>;

/// How agencies are named. Phrases are lists of fold keys, one a word.
#[derive(Debug)]
pub struct Agencies {
    /// Words before a colon that are no part of a name.
    pub labels: Vec<String>,
    /// Words that say that who stands beside them leads.
    pub lead_labels: PhraseMap<()>,
    /// Words that say that who stands beside them takes part.
    pub coordinator_labels: PhraseMap<()>,
    /// Last words of such labels after which who takes part is named without a colon.
    pub with: Vec<String>,
    /// Words that open a name for several, by first word.
    pub collectives: PhraseMap<()>,
    /// Nouns that go on within a name for several, by first word.
    pub generics: PhraseMap<()>,
    /// What makes a generic noun a name by itself, by first word.
    pub qualifiers: PhraseMap<()>,
    /// Words after which a head word begins nothing new.
    pub stops: Vec<String>,
    /// Words before the name of a place.
    pub places: PhraseMap<()>,
    /// Head words, by first word.
    pub heads: PhraseMap<Head>,
    /// Short names that stand for an agency among others like them.
    pub short: PhraseMap<()>,
    /// Names that "và" goes on with.
    pub joins: Vec<Join>,
    /// Known names and their spellings, with the canonical name, by first word.
    pub names: PhraseMap<String>,
    /// Abbreviations as they are written, and how a scan shows them, with what they stand for.
    pub abbreviations: BTreeMap<String, String>,
}

/// Phrases by their first word, the longest first.
#[derive(Debug)]
pub struct PhraseMap<T> {
    by_first: BTreeMap<String, Vec<(Words, T)>>,
}

/// A head word.
#[derive(Debug, Clone)]
pub struct Head {
    /// Its first word in small letters, with its marks: "Phong Thạnh" is no "phòng".
    pub begins: String,
    /// An abbreviation, which counts only in capitals: "ĐU" is no "du".
    pub capitals: bool,
    /// Complete without a complement.
    pub alone: bool,
    /// Another body is its complement.
    pub bodies: bool,
    /// Begins a new agency also where a line break was lost.
    pub glued: bool,
    /// The same only after an agency of its kind.
    pub glued_alike: bool,
    /// Words after which it is part of another word.
    pub not_after: Vec<String>,
    /// Words before which it is part of another word.
    pub not_before: Vec<String>,
    /// Fold keys of beginnings of agencies inside which it is no new one.
    pub not_in: Vec<String>,
}

/// What "và" joins to one name.
#[derive(Debug)]
pub struct Join {
    /// Phrases of which one is in the name before it.
    pub left: Vec<String>,
    /// Phrases of which one opens what follows.
    pub right: PhraseMap<()>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    labels: Vec<String>,
    places: Vec<String>,
    lead_labels: Vec<String>,
    coordinator_labels: Vec<String>,
    with: Vec<String>,
    collectives: Vec<String>,
    generics: Vec<String>,
    qualifiers: Vec<String>,
    stops: Vec<String>,
    head: Vec<HeadEntry>,
    #[serde(default)]
    short: Vec<String>,
    join: Vec<JoinEntry>,
    name: Vec<Name>,
    abbreviations: BTreeMap<String, String>,
    misread: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadEntry {
    words: Vec<String>,
    #[serde(default)]
    alone: bool,
    #[serde(default)]
    bodies: bool,
    #[serde(default)]
    glued: bool,
    #[serde(default)]
    glued_alike: bool,
    #[serde(default)]
    not_after: Vec<String>,
    #[serde(default)]
    not_before: Vec<String>,
    #[serde(default)]
    not_in: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct JoinEntry {
    left: Vec<String>,
    right: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    name: String,
    variants: Vec<String>,
}

/// The words of a phrase as fold keys, without commas and semicolons.
#[must_use]
pub fn phrase_words(phrase: &str) -> Words {
    let folded = fold(phrase);
    let words = folded.split([' ', ',', ';']).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

impl<T> PhraseMap<T> {
    fn of(phrases: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut by_first: BTreeMap<String, Vec<(Words, T)>> = BTreeMap::new();
        for (phrase, value) in phrases {
            let words = phrase_words(&phrase);
            if let Some(first) = words.first() {
                by_first.entry(first.clone()).or_default().push((words, value));
            }
        }
        for entries in by_first.values_mut() {
            entries.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        }
        Self { by_first }
    }

    /// The longest phrase that the words begin with: how many words it has, and its value.
    pub fn longest<'s>(&'s self, words: impl Fn(usize) -> Option<&'s str>) -> Option<(usize, &'s T)> {
        self.all(words).next()
    }

    /// All phrases that the words begin with, longest first.
    pub fn all<'s>(
        &'s self,
        words: impl Fn(usize) -> Option<&'s str>,
    ) -> impl Iterator<Item = (usize, &'s T)> {
        let entries = words(0).and_then(|first| self.by_first.get(first)).map(Vec::as_slice);
        entries.unwrap_or_default().iter().filter_map(move |(phrase, value)| {
            let mut pairs = phrase.iter().enumerate();
            pairs.all(|(at, word)| words(at) == Some(word.as_str())).then_some((phrase.len(), value))
        })
    }
}

fn plain(phrases: Vec<String>) -> PhraseMap<()> {
    PhraseMap::of(phrases.into_iter().map(|phrase| (phrase, ())))
}

fn keys(words: &[String]) -> Vec<String> {
    words.iter().map(|word| fold(word)).collect()
}

impl TryFrom<File> for Agencies {
    type Error = GrammarError;

    fn try_from(file: File) -> Result<Self, GrammarError> {
        let heads = file.head.into_iter().flat_map(|entry| {
            let head = Head {
                begins: String::new(),
                capitals: false,
                alone: entry.alone,
                bodies: entry.bodies,
                glued: entry.glued,
                glued_alike: entry.glued_alike,
                not_after: keys(&entry.not_after),
                not_before: keys(&entry.not_before),
                not_in: keys(&entry.not_in),
            };
            entry.words.into_iter().map(move |word| {
                let capitals = !word.split(' ').next().unwrap_or_default().chars().any(char::is_lowercase);
                let begins = word.split(' ').next().unwrap_or_default().to_lowercase();
                (word, Head { begins, capitals, ..head.clone() })
            })
        });
        let names = file.name.into_iter().flat_map(|entry| {
            let name = entry.name;
            let spellings: Vec<String> = entry.variants.into_iter().chain([name.clone()]).collect();
            spellings.into_iter().map(move |spelling| (spelling, name.clone()))
        });
        let mut abbreviations: BTreeMap<String, String> = BTreeMap::new();
        for (short, long) in &file.abbreviations {
            abbreviations.insert(short.clone(), long.clone());
        }
        for (wrong, right) in file.misread {
            let Some(long) = file.abbreviations.get(&right) else {
                let message = format!("{wrong:?} stands for {right:?}, which is no abbreviation");
                return Err(GrammarError::senseless(PATH, message));
            };
            abbreviations.insert(wrong, long.clone());
        }
        Ok(Self {
            labels: keys(&file.labels),
            lead_labels: plain(file.lead_labels),
            coordinator_labels: plain(file.coordinator_labels),
            with: keys(&file.with),
            collectives: plain(file.collectives),
            generics: plain(file.generics),
            qualifiers: plain(file.qualifiers),
            stops: keys(&file.stops),
            places: plain(file.places),
            heads: PhraseMap::of(heads),
            short: plain(file.short),
            joins: file
                .join
                .into_iter()
                .map(|entry| Join { left: keys(&entry.left), right: plain(entry.right) })
                .collect(),
            names: PhraseMap::of(names),
            abbreviations,
        })
    }
}
