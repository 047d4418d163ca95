//! Reads the words of a document: finds those that were probably misread (one mark wrong), and counts how
//! tone marks are placed.
//!
//! Four grounds for a misreading are told apart. It may be listed as such. A pair of syllables may be no
//! right pair and one mark away from a compound; this counts only where the wrong syllable is no word by
//! itself and does not belong to the word on its other side. A run of four syllables may be one mark away
//! from a set phrase. A word may be no Vietnamese syllable. The document's own words count as evidence both
//! ways.

mod finder;
mod line;
mod tokens;
mod weigh;

use rustc_hash::FxHashMap;

use super::tone::Style;
use crate::grammar::Syllables;
use crate::grammar::lexicon::{Case, Id, Lexicon};
use finder::Finder;
use line::{Line, Marks};
use tokens::{Splitter, Token};

/// What was found in a document's texts.
#[derive(Debug, Default)]
pub struct Reading {
    /// Words that were probably misread, in order.
    pub suspects: Vec<Suspect>,
    /// Words whose tone mark stands in one of two places.
    pub placements: Placements,
}

/// A word that was probably misread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// Which of the texts.
    pub text: usize,
    /// The words that do not go together, as a range of bytes of the text.
    pub words: std::ops::Range<usize>,
    /// The misread word among them.
    pub word: std::ops::Range<usize>,
    /// What was probably meant instead of `words`.
    pub right: String,
    /// Why.
    pub ground: Ground,
}

/// Why a word is taken for misread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The misreading is known as such.
    Listed,
    /// The right words are a compound or a set phrase; how often they stand in the document.
    Compound(u32),
    /// The word is no Vietnamese syllable.
    NoSyllable,
}

/// How often tone marks are placed the old way and the new way.
#[derive(Debug, Default)]
pub struct Placements {
    /// hoá, khoẻ, thuý.
    pub old: Placement,
    /// hóa, khỏe, thúy.
    pub new: Placement,
}

/// How often tone marks are placed in one way.
#[derive(Debug, Default)]
pub struct Placement {
    /// How many words.
    pub count: u32,
    /// The different words in the order in which they first stand, in small letters, and how often each
    /// stands.
    pub words: Vec<(String, u32)>,
    /// The first of them: its text, and its range of bytes there.
    pub first: Option<(usize, std::ops::Range<usize>)>,
    indices: FxHashMap<Id, usize>,
}

/// Reads all texts of a document.
#[must_use]
pub fn read(texts: &[&str], lexicon: &Lexicon, syllables: &Syllables) -> Reading {
    let mut finder = Finder::new(lexicon, syllables);
    let mut splitter = Splitter::new(lexicon);
    let (mut tokens, mut marks) = (Vec::new(), Marks::default());
    // Tables say the same in cell after cell; what is clean once is clean again.
    let mut clean: FxHashMap<&str, Clean> = FxHashMap::default();
    for (at, text) in texts.iter().enumerate() {
        if let Some(clean) = clean.get(text) {
            finder.repeat(clean);
            continue;
        }
        let before = finder.progress();
        splitter.split(text, &mut tokens);
        finder.read(&Line { at, text, tokens: &tokens, lexicon }, &mut marks);
        if let Some(unchanged) = finder.clean_since(before) {
            clean.insert(text, unchanged);
        }
    }
    finder.decide(texts)
}

/// What a text without suspects adds to what is known of the document.
struct Clean {
    /// Its syllables, as a range of the document's.
    stream: std::ops::Range<usize>,
    /// Its words of two placements, as a range of the document's.
    placed: std::ops::Range<usize>,
}

impl Placements {
    fn of(&mut self, style: Style) -> &mut Placement {
        match style {
            Style::Old => &mut self.old,
            Style::New => &mut self.new,
        }
    }
}

impl Placement {
    /// Counts a word again that was counted before.
    fn again(&mut self, id: Id) {
        if let Some((_, count)) = self.indices.get(&id).and_then(|index| self.words.get_mut(*index)) {
            *count += 1;
            self.count += 1;
        }
    }

    fn add(&mut self, id: Id, line: &Line<'_>, token: &Token) {
        if !self.indices.contains_key(&id) {
            self.indices.insert(id, self.words.len());
            self.words.push((line.word(token).to_lowercase(), 0));
        }
        if self.first.is_none() {
            self.first = Some((line.at, token.range()));
        }
        self.again(id);
    }
}

/// Words in the case of others.
fn in_case(words: &str, case: Case, upper: bool) -> String {
    match case {
        _ if upper => words.to_uppercase(),
        Case::Capital | Case::Upper => capitalised(words),
        Case::Lower | Case::Mixed => words.to_owned(),
    }
}

/// The word with its first letter as a capital.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests;
