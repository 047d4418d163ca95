//! How alike names are. A name becomes weighted grams: its words, folded, and pairs of neighbouring words. A gram weighs
//! the more the fewer parts have it, so that "xây dựng kế hoạch" says next to nothing and "Hồ Sen" nearly all.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::text::{fold, word_ranges};

/// The full mark of a likeness.
pub(super) const WHOLE: u32 = 1000;

/// A gram: a hash of its words.
pub(super) type Gram = u64;

/// The grams of a name, sorted, each once.
#[derive(Debug, Clone, Default)]
pub(super) struct Grams {
    list: Vec<(Gram, bool)>,
    /// A hash of the whole folded name; nothing for an empty name.
    pub(super) whole: Option<u64>,
    /// How many words the name has.
    pub(super) words: usize,
}

/// Grams with their weights in one comparison.
#[derive(Debug, Clone, Default)]
pub(super) struct Weighed {
    /// Sorted by gram.
    pub(super) list: Vec<(Gram, u32)>,
    /// All weights together.
    pub(super) total: u64,
}

/// In how many parts of either version each gram is.
#[derive(Debug, Default)]
pub(super) struct Counts {
    parts: u32,
    grams: FxHashMap<Gram, u32>,
}

impl Grams {
    /// The grams of a name.
    pub(super) fn of(name: &str) -> Self {
        let folded = fold(name);
        let words: Vec<u64> = word_ranges(&folded)
            .filter_map(|range| folded.get(range))
            .map(|word| hash(word.trim_start_matches('0')))
            .collect();
        let pairs = words.windows(2).map(|pair| (hash(&pair), true));
        let mut list: Vec<_> = words.iter().map(|word| (*word, false)).chain(pairs).collect();
        list.sort_unstable();
        list.dedup_by_key(|gram| gram.0);
        let whole = (!words.is_empty()).then(|| hash(&words));
        Self { list, whole, words: words.len() }
    }

    /// The grams alone.
    pub(super) fn grams(&self) -> impl Iterator<Item = Gram> {
        self.list.iter().map(|gram| gram.0)
    }

    /// The grams with their weights.
    pub(super) fn weigh(&self, counts: &Counts) -> Weighed {
        let list: Vec<_> = self.list.iter().map(|&(gram, pair)| (gram, counts.weight(gram, pair))).collect();
        let total = list.iter().map(|gram| u64::from(gram.1)).sum();
        Weighed { list, total }
    }
}

impl Counts {
    /// Counts the grams of both versions; of each gram the greater count is kept.
    pub(super) fn of<'a>(
        old: impl ExactSizeIterator<Item = &'a Grams>,
        new: impl ExactSizeIterator<Item = &'a Grams>,
    ) -> Self {
        let mut out = Self { parts: count(old.len().max(new.len())), grams: FxHashMap::default() };
        for grams in old {
            for gram in grams.grams() {
                *out.grams.entry(gram).or_default() += 1;
            }
        }
        let mut later: FxHashMap<Gram, u32> = FxHashMap::default();
        for grams in new {
            for gram in grams.grams() {
                *later.entry(gram).or_default() += 1;
            }
        }
        for (gram, times) in later {
            let known = out.grams.entry(gram).or_default();
            *known = times.max(*known);
        }
        out
    }

    /// The square of the logarithm of how rare a gram is, in sixty-fourths; of a pair of words a quarter, since its words
    /// weigh already.
    fn weight(&self, gram: Gram, pair: bool) -> u32 {
        let times = self.grams.get(&gram).copied().unwrap_or(1).max(1);
        let rarity =
            log2_eighths(u64::from(self.parts) + u64::from(times)).saturating_sub(log2_eighths(times.into()));
        let square = rarity * rarity;
        if pair { square / 4 } else { square }
    }
}

impl Weighed {
    /// The weight of the grams that both have.
    pub(super) fn shared(&self, other: &Self) -> u64 {
        let (mut mine, mut theirs) = (self.list.iter().peekable(), other.list.iter().peekable());
        let mut shared = 0;
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            match a.0.cmp(&b.0) {
                std::cmp::Ordering::Less => drop(mine.next()),
                std::cmp::Ordering::Greater => drop(theirs.next()),
                std::cmp::Ordering::Equal => {
                    shared += u64::from(a.1);
                    mine.next();
                    theirs.next();
                }
            }
        }
        shared
    }

    /// How alike two names are, in thousandths; nothing where one of them is empty.
    pub(super) fn likeness(&self, other: &Self) -> Option<u32> {
        let total = self.total + other.total;
        (self.total > 0 && other.total > 0).then(|| share(2 * self.shared(other), total))
    }

    /// How much of this name others have together, in thousandths.
    pub(super) fn covered<'a>(&self, others: impl Iterator<Item = &'a Self>) -> u32 {
        let mut all: Vec<Gram> = others.flat_map(|other| other.list.iter().map(|gram| gram.0)).collect();
        all.sort_unstable();
        let covered =
            self.list.iter().filter(|gram| all.binary_search(&gram.0).is_ok()).map(|gram| u64::from(gram.1));
        share(covered.sum(), self.total)
    }
}

/// A part of a whole, in thousandths; none of nothing.
pub(super) fn share(part: u64, whole: u64) -> u32 {
    let share = (part * u64::from(WHOLE)).checked_div(whole).unwrap_or(0);
    u32::try_from(share).unwrap_or(WHOLE).min(WHOLE)
}

/// A count as the small number that it is.
pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The hash that grams are made of.
pub(super) fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The logarithm to base two, in eighths, rounded down. No floating point: it is the whole logarithm of the eighth power.
fn log2_eighths(n: u64) -> u32 {
    let n = u128::from(n.clamp(1, u64::from(u16::MAX)));
    n.checked_pow(8).map_or(0, u128::ilog2)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, reason = "a test stops where its premise fails")]

    use super::*;

    fn likeness(names: &[&str], one: &str, other: &str) -> u32 {
        let all: Vec<_> = names.iter().map(|name| Grams::of(name)).collect();
        let counts = Counts::of(all.iter(), all.iter());
        Grams::of(one).weigh(&counts).likeness(&Grams::of(other).weigh(&counts)).unwrap_or(0)
    }

    #[test]
    fn common_words_weigh_little() {
        let names = [
            "Cải tạo ngõ 30 phố Huế",
            "Cải tạo ngõ 7 phố Vọng",
            "Cải tạo ngõ 12 phố Lê Lợi",
            "Cải tạo Hồ Sen",
        ];
        let roads = likeness(&names, names[0], names[1]);
        let reworded = likeness(&names, names[3], "Kè bờ Hồ Sen");
        assert!(roads < 400 && reworded > 550, "{roads} {reworded}");
    }

    #[test]
    fn marks_case_and_leading_zeros_make_no_difference() {
        let names = ["Xây 01 trường", "Đào tạo nghề"];
        assert_eq!(likeness(&names, "Xây 01 trường", "XÂY 1 TRƯỜNG"), WHOLE);
    }

    #[test]
    fn logarithms_are_in_eighths() {
        assert_eq!([1, 2, 3, 8, 1 << 15].map(log2_eighths), [0, 8, 12, 24, 120]);
    }

    #[test]
    fn two_halves_cover_the_whole() {
        let names = ["Trồng cây xanh và thu gom rác thải", "Trồng cây xanh", "Thu gom rác thải"];
        let all: Vec<_> = names.iter().map(|name| Grams::of(name)).collect();
        let counts = Counts::of(all.iter(), all.iter());
        let weighed: Vec<_> = all.iter().map(|grams| grams.weigh(&counts)).collect();
        let (whole, halves) = (&weighed[0], &weighed[1..]);
        assert!(whole.covered(halves.iter()) > whole.covered(halves.iter().take(1)) + 250);
    }
}
