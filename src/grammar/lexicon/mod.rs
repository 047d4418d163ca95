//! What is known of Vietnamese words, to tell a misread syllable from a right one.
//!
//! Syllables have numbers here. Two spellings of one syllable (hoá, hóa; kỹ, kĩ) have the same number. Pairs
//! of syllables that are right are known; those that are common are *compounds*, which a misread pair may
//! have been.

mod build;
mod listed;
mod table;

pub use listed::Listed;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::letters::{Tone, taken_apart, unshaped};
use super::{GrammarError, Replace};
use crate::text::Style;

/// Number of a syllable.
pub type Id = u16;

/// The number that no syllable has.
pub const UNKNOWN: Id = Id::MAX;

/// Number of a fold key of syllables.
type FoldId = u16;

/// Bits of the filter over pairs of fold keys; a power of two.
const FILTER_BITS: u32 = 1 << 19;

/// The word lists as loaded; they are compiled when a rule first asks for them.
#[derive(Debug)]
pub struct WordLists {
    files: build::Files,
    compiled: OnceLock<Lexicon>,
}

/// The word lists, compiled for look-up.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Small spellings, as bytes filled up with zeros.
    words: table::Words,
    syllables: Vec<Syllable>,
    /// What each syllable is, close together for the look at every word of a document.
    traits: Vec<Traits>,
    by_letters: FxHashMap<Letters, Id>,
    folds: FxHashMap<Box<str>, FoldId>,
    known: table::Pairs,
    filter: Vec<u64>,
    /// By the fold keys of their syllables.
    pairs: Vec<Pair>,
    /// The fold keys of each pair, in the same order.
    pair_folds: Vec<u32>,
    /// Four syllables in a row of a set phrase, by their fold keys.
    windows: FxHashMap<u64, Vec<[Id; 4]>>,
    listed: Vec<Listed>,
    /// Ranges of `listed` by the first syllable.
    listed_by_first: FxHashMap<Id, (u32, u32)>,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Small letters.
    Lower,
    /// A capital letter first.
    Capital,
    /// Capital letters.
    Upper,
    /// Anything else.
    Mixed,
}

/// What a word was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The syllable.
    pub id: Id,
    /// Its letters without marks.
    pub fold: Fold,
    /// How the tone mark is placed, where that may differ.
    pub style: Option<Style>,
}

/// A right pair of syllables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// First syllable.
    pub first: Id,
    /// Second syllable.
    pub second: Id,
    /// Whether it is common.
    pub compound: bool,
}

/// A syllable's small letters without tone mark, "y" alone after a consonant as "i"; and its tone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Letters {
    letters: Box<str>,
    tone: Tone,
}

#[derive(Debug)]
struct Syllable {
    letters: Letters,
    /// As it is written in suggestions.
    spelling: Box<str>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Traits {
    fold: FoldId,
    /// It is a word by itself.
    standalone: bool,
    /// It is in hardly any right pair.
    rare: bool,
    /// It is a syllable in use, and not only a part of a listed misreading.
    real: bool,
    starts_listed: bool,
}

impl WordLists {
    pub(super) fn load(replace: Replace<'_>) -> Result<Self, GrammarError> {
        Ok(Self { files: build::Files::load(replace)?, compiled: OnceLock::new() })
    }

    /// The compiled lists.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        self.compiled.get_or_init(|| build::compile(&self.files))
    }
}

impl Lexicon {
    /// What a word is, in small letters and in one of its usual spellings. The word is given by its bytes, 16
    /// at most, as a number: the first byte lowest, zeros after the last.
    #[must_use]
    #[inline]
    pub fn word(&self, key: u128) -> Option<Hit> {
        self.words.get(key)
    }

    /// Whether a syllable is in use and starts no listed misreading, so that there is nothing to it.
    #[must_use]
    #[inline]
    pub fn is_plain(&self, id: Id) -> bool {
        self.traits(id).is_some_and(|traits| traits.real && !traits.starts_listed)
    }

    /// Whether there may be right pairs with the base letters of two syllables; seldom so where there are none.
    #[must_use]
    #[inline]
    pub fn may_be_alike(&self, first: Fold, second: Fold) -> bool {
        let bit = filter_bit(pair_key(first.0, second.0));
        self.filter.get((bit / 64) as usize).is_some_and(|word| word >> (bit % 64) & 1 != 0)
    }

    /// The syllable that a word is, however its tone mark is placed.
    #[must_use]
    pub fn by_letters(&self, letters: &Letters) -> Option<Id> {
        self.by_letters.get(letters).copied()
    }

    /// Whether two syllables in a row are a right pair.
    #[must_use]
    #[inline]
    pub fn knows(&self, first: Id, second: Id) -> bool {
        self.known.contains(pair_key(first, second))
    }

    /// The right pairs with the same base letters as two syllables, which need not be known themselves.
    #[must_use]
    pub fn alike(&self, first: Fold, second: Fold) -> &[Pair] {
        let key = pair_key(first.0, second.0);
        let start = self.pair_folds.partition_point(|folds| *folds < key);
        let length = self.pair_folds.iter().skip(start).take_while(|folds| **folds == key).count();
        self.pairs.get(start..start + length).unwrap_or_default()
    }

    /// The fold key of a syllable.
    #[must_use]
    pub fn fold(&self, id: Id) -> Option<Fold> {
        self.traits(id).map(|traits| Fold(traits.fold))
    }

    /// The fold key of letters; `None` where no syllable has it.
    #[must_use]
    pub fn fold_of(&self, letters: &Letters) -> Option<Fold> {
        self.folds.get(letters.fold().as_str()).copied().map(Fold)
    }

    /// Letters of a syllable.
    #[must_use]
    pub fn letters(&self, id: Id) -> Option<&Letters> {
        self.syllable(id).map(|syllable| &syllable.letters)
    }

    /// How a syllable is written.
    #[must_use]
    pub fn spelling(&self, id: Id) -> &str {
        self.syllable(id).map(|syllable| &*syllable.spelling).unwrap_or_default()
    }

    /// Whether a syllable is a word by itself, so that it may stand next to any other.
    #[must_use]
    pub fn stands_alone(&self, id: Id) -> bool {
        self.traits(id).is_some_and(|traits| traits.standalone)
    }

    /// Whether a syllable is a part of hardly any words: "thãi" of "thừa thãi".
    #[must_use]
    pub fn is_rare(&self, id: Id) -> bool {
        self.traits(id).is_some_and(|traits| traits.rare && !traits.standalone)
    }

    /// Whether a syllable is in use.
    #[must_use]
    pub fn is_real(&self, id: Id) -> bool {
        self.traits(id).is_some_and(|traits| traits.real)
    }

    /// The set phrases' runs of four syllables with the same base letters as these four.
    #[must_use]
    pub fn windows(&self, ids: [Id; 4]) -> &[[Id; 4]] {
        let key = ids.iter().try_fold(0_u64, |key, id| Some(key << 16 | u64::from(self.traits(*id)?.fold)));
        key.and_then(|key| self.windows.get(&key)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a listed misreading starts with a syllable.
    #[must_use]
    pub fn starts_listed(&self, id: Id) -> bool {
        self.traits(id).is_some_and(|traits| traits.starts_listed)
    }

    /// The listed misreadings that start with a syllable.
    #[must_use]
    pub fn listed(&self, first: Id) -> &[Listed] {
        if !self.starts_listed(first) {
            return &[];
        }
        let Some((start, end)) = self.listed_by_first.get(&first) else { return &[] };
        self.listed.get(*start as usize..*end as usize).unwrap_or_default()
    }

    /// All listed misreadings, for tests of their examples.
    #[must_use]
    pub fn all_listed(&self) -> &[Listed] {
        &self.listed
    }

    fn traits(&self, id: Id) -> Option<Traits> {
        self.traits.get(usize::from(id)).copied()
    }

    fn syllable(&self, id: Id) -> Option<&Syllable> {
        self.syllables.get(usize::from(id))
    }
}

/// A fold key: a syllable's letters without any mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold(FoldId);

impl Hit {
    /// No syllable.
    pub const NONE: Self = Self { id: UNKNOWN, fold: Fold::NONE, style: None };
}

impl Fold {
    /// The fold key that no syllable has.
    pub const NONE: Self = Self(FoldId::MAX);
}

impl Letters {
    /// Takes a word apart; `None` for two tone marks or a character that is no letter.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        let (mut letters, tone) = taken_apart(word)?;
        let mut back = letters.chars().rev();
        if back.next() == Some('y') && back.next().is_some_and(|c| !super::letters::is_vowel(c))
            || letters == "quy"
        {
            letters.pop();
            letters.push('i');
        }
        Some(Self { letters: letters.into(), tone })
    }

    /// The letters without marks.
    #[must_use]
    pub fn fold(&self) -> String {
        self.letters.chars().map(unshaped).collect()
    }

    /// Small letters without tone mark.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.letters
    }

    /// The tone.
    #[must_use]
    pub fn tone(&self) -> Tone {
        self.tone
    }

    /// All syllables that differ by one mark, whether there are such or not.
    pub fn one_mark_away(&self) -> impl Iterator<Item = Self> + '_ {
        let tones = super::letters::TONES.into_iter().filter(|tone| *tone != self.tone);
        let tones = tones.map(|tone| Self { letters: self.letters.clone(), tone });
        let shapes = self.letters.char_indices().flat_map(move |(at, letter)| {
            let others = super::letters::shapes(letter).iter().filter(move |other| **other != letter);
            others.filter_map(move |other| {
                let (before, rest) = self.letters.split_at_checked(at)?;
                let after = rest.get(letter.len_utf8()..)?;
                Some(Self { letters: format!("{before}{other}{after}").into(), tone: self.tone })
            })
        });
        let horns = [("uo", "ươ"), ("ươ", "uo")].into_iter().filter_map(move |(one, other)| {
            let letters = self.letters.replacen(one, other, 1);
            (*letters != *self.letters).then(|| Self { letters: letters.into(), tone: self.tone })
        });
        tones.chain(shapes).chain(horns)
    }

    /// What differs between two syllables with the same base letters, if it is one mark.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Option<Difference> {
        if self.letters == other.letters {
            return (self.tone != other.tone).then_some(Difference::Tone(self.tone, other.tone));
        }
        if self.tone != other.tone {
            return None;
        }
        let mut differing =
            self.letters.chars().zip(other.letters.chars()).filter(|(one, other)| one != other);
        let first = differing.next()?;
        match (differing.next(), differing.next()) {
            (None, _) => Some(Difference::Shape),
            (Some(second), None) => {
                let horns = [(('u', 'ư'), ('o', 'ơ')), (('ư', 'u'), ('ơ', 'o'))];
                horns.contains(&(first, second)).then_some(Difference::Shape)
            }
            _ => None,
        }
    }
}

/// One mark that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// The tone.
    Tone(Tone, Tone),
    /// The shape of a letter, or of "uo".
    Shape,
}

/// A word of at most 16 bytes as a number, zeros in place of those that are missing.
#[must_use]
pub fn key(word: &[u8]) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..word.len())?.copy_from_slice(word);
    Some(u128::from_le_bytes(bytes))
}

fn pair_key(first: u16, second: u16) -> u32 {
    u32::from(first) << 16 | u32::from(second)
}

fn filter_bit(key: u32) -> u32 {
    key.wrapping_mul(0x9E37_79B1) >> (32 - FILTER_BITS.trailing_zeros())
}
