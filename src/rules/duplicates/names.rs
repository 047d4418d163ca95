//! Names taken apart into words: which are silent, which tell things apart, and hashes of their sequences.

use std::hash::Hasher;

use rapidfuzz::distance::indel;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::LIKE;
use crate::grammar::Duplicates;
use crate::grammar::letters::{parts, unshaped};
use crate::grammar::phrase::{is_letter, small};
use crate::text::runs;

/// Factor of the polynomial that makes a hash of a sequence of words.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// A word of a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    /// Hash of the fold key.
    pub hash: u64,
    pub silent: bool,
    /// Whether a capital letter is expected, at the start of the name or of a clause.
    pub opens: bool,
}

/// What the grammar says of words, by their hashes.
#[derive(Debug, Default)]
pub(super) struct Words {
    silent: FxHashSet<u64>,
    /// Phrases that only open a name.
    openings: Vec<Vec<u64>>,
    /// What short forms stand for.
    written_out: FxHashMap<String, Vec<u64>>,
    /// The document's own place, whose words are silent.
    pub locality: Vec<u64>,
}

impl Words {
    pub fn of(grammar: &Duplicates) -> Self {
        let keys = |phrase: &String| phrase.split(' ').map(|word| hashes(word).1).collect::<Vec<u64>>();
        Self {
            silent: grammar.silent.iter().map(|word| hashes(word).0).collect(),
            openings: grammar.openings.iter().map(keys).collect(),
            written_out: grammar
                .written_out
                .iter()
                .map(|(short, long)| (short.clone(), keys(long)))
                .collect(),
            locality: Vec::new(),
        }
    }
}

/// A name taken apart.
#[derive(Debug, Clone)]
pub(super) struct Name<'a> {
    pub words: Vec<Word<'a>>,
    /// The words that are not silent.
    pub content: Vec<Word<'a>>,
}

impl Word<'_> {
    /// Whether the word tells things apart by itself: a number, a letter, a Roman numeral, a proper name.
    pub fn identifies(&self) -> bool {
        let mut letters = self.text.chars();
        let first = letters.next().is_some_and(char::is_uppercase);
        let single = letters.next().is_none();
        let roman = self.text.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
        let acronym = !single && self.text.chars().all(char::is_uppercase);
        let digits = self.text.chars().any(|c| c.is_ascii_digit());
        digits || single || roman || acronym || (first && !self.opens)
    }
}

impl Name<'_> {
    pub fn hash(&self) -> u64 {
        sequence(&self.words)
    }

    pub fn like(&self, other: &Name<'_>) -> bool {
        self.likeness(other) >= LIKE
    }

    pub fn likeness(&self, other: &Name<'_>) -> f64 {
        let hashes = |name: &Name<'_>| name.words.iter().map(|word| word.hash).collect::<Vec<u64>>();
        indel::normalized_similarity(hashes(self), hashes(other))
    }
}

pub(super) fn step(hash: u64, word: u64) -> u64 {
    hash.wrapping_mul(FACTOR).wrapping_add(word)
}

pub(super) fn sequence(words: &[Word<'_>]) -> u64 {
    words.iter().fold(0, |hash, word| step(hash, word.hash))
}

impl Name<'_> {
    /// Whether two names have the same words with their marks, in any order; one may be spelled in another way.
    pub fn same_words(&self, other: &Self) -> bool {
        let words = |name: &Self| -> Vec<String> {
            name.content.iter().map(|word| word.text.to_lowercase()).collect()
        };
        let mut others = words(other);
        let unmatched = |word: &String| match others.iter().position(|other| other == word) {
            Some(at) => {
                others.swap_remove(at);
                false
            }
            None => true,
        };
        words(self).iter().map(unmatched).filter(|unmatched| *unmatched).count() <= 1
    }
}

pub(super) fn bag(words: &[Word<'_>]) -> u64 {
    words.iter().fold(0, |sum, word| sum.wrapping_add(word.hash.wrapping_mul(FACTOR)))
}

/// Hashes of a sequence without one of its words each.
pub(super) fn without_one<'w>(words: &'w [Word<'_>]) -> impl Iterator<Item = u64> + 'w {
    let mut prefix = 0_u64;
    let mut whole = sequence(words);
    let mut weight = words.iter().skip(1).fold(1_u64, |weight, _| weight.wrapping_mul(FACTOR));
    let inverse = inverse(FACTOR);
    words.iter().map(move |word| {
        // `whole` is the hash of the words from this one on; without it, of those after it.
        whole = whole.wrapping_sub(word.hash.wrapping_mul(weight));
        let without = prefix.wrapping_mul(weight).wrapping_add(whole);
        prefix = step(prefix, word.hash);
        weight = weight.wrapping_mul(inverse);
        without
    })
}

/// The inverse of an odd number modulo 2^64, by Newton's steps.
pub(super) fn inverse(odd: u64) -> u64 {
    (0..6).fold(odd, |x, _| x.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(x))))
}

/// Takes a name apart. The words of the document's own place are silent, and so is what only opens a name.
pub(super) fn split<'a>(name: &'a str, known: &Words) -> Name<'a> {
    let mut words: Vec<Word<'a>> = Vec::with_capacity(name.len() / 4);
    let mut last = 0;
    for range in runs(name, is_letter) {
        let gap = name.get(last..range.start).unwrap_or_default();
        let opens = words.is_empty()
            || gap.chars().any(|c| matches!(c, '.' | ':' | ';' | '-' | '–' | '“' | '"' | '('));
        last = range.end;
        let text = name.get(range).unwrap_or_default();
        if let Some(long) = known.written_out.get(text) {
            words.extend(long.iter().map(|hash| Word { text, hash: *hash, silent: false, opens }));
            continue;
        }
        let (lower, key) = hashes(text);
        words.push(Word { text, hash: key, silent: known.silent.contains(&lower), opens });
    }
    let place = &known.locality;
    if place.len() > 1 {
        let hits: Vec<usize> = words
            .windows(place.len())
            .enumerate()
            .filter(|(_, window)| window.iter().map(|word| &word.hash).eq(place))
            .map(|(at, _)| at)
            .collect();
        for at in hits {
            words.iter_mut().skip(at).take(place.len()).for_each(|word| word.silent = true);
        }
    }
    let opening = opening(&words, &known.openings);
    words.iter_mut().take(opening).for_each(|word| word.silent = true);
    let content = words.iter().filter(|word| !word.silent).copied().collect();
    Name { words, content }
}

/// Fewest telling words that follow what only opens a name.
const OPENED: usize = 3;

/// How many words only open a name: "Tổ chức thực hiện …".
pub(super) fn opening(words: &[Word<'_>], phrases: &[Vec<u64>]) -> usize {
    let mut at = 0;
    let begins = |at: usize, phrase: &Vec<u64>| {
        words.get(at..at + phrase.len()).is_some_and(|words| words.iter().map(|word| &word.hash).eq(phrase))
    };
    while let Some(phrase) =
        phrases.iter().filter(|phrase| begins(at, phrase)).max_by_key(|phrase| phrase.len())
    {
        at += phrase.len();
    }
    let left = words.iter().skip(at).filter(|word| !word.silent).count();
    if left >= OPENED { at } else { 0 }
}

/// Hashes of a word in lower case, with its diacritics and without.
pub(super) fn hashes(word: &str) -> (u64, u64) {
    let mut lower = FxHasher::default();
    let mut key = FxHasher::default();
    // "kỹ" and "kĩ", "tỷ" and "tỉ" are one syllable.
    let two = word.chars().nth(1).is_some() && word.chars().nth(2).is_none();
    for c in word.chars() {
        let small = small(c);
        lower.write_u32(small.into());
        let base = parts(small).map_or(unshaped(small), |parts| parts.base.into());
        key.write_u32(if two && base == 'y' { 'i' } else { base }.into());
    }
    (lower.finish(), key.finish())
}
