//! What a word may have been, and how much speaks for it.

use rustc_hash::FxHashMap;

use super::Suspect;
use crate::grammar::lexicon::{Case, Id, Pair, UNKNOWN};

/// How often the right words must stand in the document where the wrong syllable is a word by itself.
const MANY: u32 = 3;

/// A word that may be misread, and what it may have been.
pub(super) struct Choice {
    pub(super) suspect: Suspect,
    /// How the misread word is written.
    pub(super) case: Case,
    /// Whether it is the second of its pair.
    pub(super) second: bool,
    pub(super) pair: (Id, Id),
    pub(super) options: Vec<Candidate>,
}

/// What a word may have been.
pub(super) struct Candidate {
    pub(super) pair: Pair,
    pub(super) right: Id,
    pub(super) strength: Strength,
}

/// How much speaks for a reading, the strongest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// The wrong syllable is a word by itself; the document must say much for the right words.
    Standalone,
    /// The wrong syllable is a part of words, and here of none.
    Part,
    /// The wrong syllable is not in use.
    NotInUse,
    /// Three words around it make a set phrase with the right one.
    Phrase,
    /// The word is in no list. It may be no syllable at all; what it may have been may make a right pair with a
    /// word beside it; else only the document's own words can say what it was.
    Alone { possible: bool, fits: bool },
}

/// How much speaks for a candidate; more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Weight {
    strong: bool,
    compound: bool,
    pub(super) count: u32,
    strength: Strength,
}

/// The weight of a candidate; `None` where it does not hold.
pub(super) fn weight(choice: &Choice, candidate: &Candidate, counts: &Counts) -> Option<Weight> {
    let (first, second) = choice.pair;
    let right_pair = if choice.second { (first, candidate.right) } else { (candidate.right, second) };
    let wrong = counts.pair((first, second));
    let count = match candidate.strength {
        Strength::Alone { .. } => counts.syllable(candidate.right),
        _ => counts.pair(right_pair),
    };
    let compound = candidate.pair.compound;
    // What the document says three times, and the right words less often, it means.
    let meant = wrong >= MANY && count < wrong;
    let holds = match candidate.strength {
        Strength::Standalone => count >= MANY && count >= wrong.saturating_mul(MANY),
        Strength::Part => (compound || count > 0) && !meant,
        Strength::NotInUse => compound || count > 0,
        Strength::Phrase => !meant,
        Strength::Alone { possible, fits } => !possible || fits || count >= MANY,
    };
    // Names in capitals look like words.
    let holds = holds && (choice.case != Case::Upper || count >= 2);
    let strong = !matches!(candidate.strength, Strength::Alone { .. });
    holds.then_some(Weight { strong, compound, count, strength: candidate.strength })
}

/// How often the pairs and syllables that matter stand in the document.
#[derive(Default)]
pub(super) struct Counts {
    pairs: FxHashMap<(Id, Id), u32>,
    syllables: FxHashMap<Id, u32>,
}

impl Counts {
    pub(super) fn of(stream: &[Id], choices: &[Choice]) -> Self {
        let mut counts = Self::default();
        if choices.is_empty() {
            return counts;
        }
        for choice in choices {
            let (first, second) = choice.pair;
            counts.pairs.entry(choice.pair).or_default();
            for candidate in &choice.options {
                if matches!(candidate.strength, Strength::Alone { .. }) {
                    counts.syllables.entry(candidate.right).or_default();
                } else {
                    let pair =
                        if choice.second { (first, candidate.right) } else { (candidate.right, second) };
                    counts.pairs.entry(pair).or_default();
                }
            }
        }
        let mut last = UNKNOWN;
        for id in stream.iter().copied() {
            if last != UNKNOWN
                && let Some(count) = counts.pairs.get_mut(&(last, id))
            {
                *count += 1;
            }
            if let Some(count) = counts.syllables.get_mut(&id) {
                *count += 1;
            }
            last = id;
        }
        counts
    }

    fn pair(&self, pair: (Id, Id)) -> u32 {
        if pair.0 == UNKNOWN || pair.1 == UNKNOWN {
            return 0;
        }
        self.pairs.get(&pair).copied().unwrap_or(0)
    }

    fn syllable(&self, id: Id) -> u32 {
        self.syllables.get(&id).copied().unwrap_or(0)
    }
}
