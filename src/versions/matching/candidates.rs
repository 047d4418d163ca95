//! Which pairs are looked at: parts that share rare words, parts of one name, and parts that stand at the same place. The
//! work grows with the number of parts, not with its square.

use rustc_hash::{FxHashMap, FxHashSet};

use super::order::Spine;
use super::side::Side;
use super::words::Gram;
use crate::versions::parts::Kind;

/// A gram that more parts have than this is no way to find one.
const RARE: usize = 40;

/// How many parts are kept for each part by the words that they share.
const BEST: usize = 10;

/// How many parts at the same place are looked at.
const BESIDE: usize = 6;

/// The pairs of parts of a kind that are looked at, in order.
pub(super) fn pairs(old: &Side<'_>, new: &Side<'_>, kind: Kind, spine: &Spine) -> Vec<(usize, usize)> {
    let olds: Vec<usize> = old.members(kind).collect();
    let news: Vec<usize> = new.members(kind).collect();
    let mut out: Vec<(usize, usize)> = Vec::new();
    out.extend(by_words(old, &olds, new, &news));
    out.extend(by_words(new, &news, old, &olds).into_iter().map(|(new, old)| (old, new)));
    out.extend(by_name(old, &olds, new, &news));
    out.extend(by_place(&olds, &news, spine));
    out.sort_unstable();
    out.dedup();
    out
}

/// Pairs by rare words, the best few for each part of the first version.
fn by_words(old: &Side<'_>, olds: &[usize], new: &Side<'_>, news: &[usize]) -> Vec<(usize, usize)> {
    let mut index: FxHashMap<Gram, Vec<usize>> = FxHashMap::default();
    for &at in news {
        for gram in new.grams.get(at).into_iter().flat_map(|grams| grams.grams()) {
            index.entry(gram).or_default().push(at);
        }
    }
    let mut out = Vec::new();
    for &at in olds {
        let mut found: FxHashMap<usize, u64> = FxHashMap::default();
        for (gram, weight) in old.weighed.get(at).map_or(&[][..], |weighed| &weighed.list) {
            let Some(there) = index.get(gram).filter(|there| there.len() <= RARE) else { continue };
            for &other in there {
                *found.entry(other).or_default() += u64::from(*weight);
            }
        }
        let mut found: Vec<(u64, usize)> = found.into_iter().map(|(other, weight)| (weight, other)).collect();
        found.sort_unstable_by_key(|&(weight, other)| (std::cmp::Reverse(weight), other));
        out.extend(found.into_iter().take(BEST).map(|(_, other)| (at, other)));
    }
    out
}

/// Pairs of one name: all where there are few, else those at about the same rank.
fn by_name(old: &Side<'_>, olds: &[usize], new: &Side<'_>, news: &[usize]) -> Vec<(usize, usize)> {
    let mut index: FxHashMap<u64, (Vec<usize>, Vec<usize>)> = FxHashMap::default();
    for &at in olds {
        if let Some(whole) = old.grams.get(at).and_then(|grams| grams.whole) {
            index.entry(whole).or_default().0.push(at);
        }
    }
    for &at in news {
        if let Some(entry) =
            new.grams.get(at).and_then(|grams| grams.whole).and_then(|whole| index.get_mut(&whole))
        {
            entry.1.push(at);
        }
    }
    let mut out = Vec::new();
    for (olds, news) in index.values() {
        for (rank, &at) in olds.iter().enumerate() {
            let all = olds.len() * news.len() <= 400;
            let from = if all { 0 } else { rank.saturating_sub(BESIDE) };
            let to = if all { news.len() } else { rank + BESIDE };
            out.extend(news.iter().take(to).skip(from).map(|&other| (at, other)));
        }
    }
    out
}

/// Pairs between the same parts of the spine.
fn by_place(olds: &[usize], news: &[usize], spine: &Spine) -> Vec<(usize, usize)> {
    let mut slots: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for &at in news {
        slots.entry(spine.new_slot(at)).or_default().push(at);
    }
    let mut ranks: FxHashMap<usize, usize> = FxHashMap::default();
    let mut out = Vec::new();
    for &at in olds {
        let slot = spine.old_slot(at);
        let rank = ranks.entry(slot).or_default();
        let from = rank.saturating_sub(BESIDE);
        let there = slots.get(&slot).map_or(&[][..], Vec::as_slice);
        out.extend(there.iter().skip(from).take(2 * BESIDE).map(|&other| (at, other)));
        *rank += 1;
    }
    out
}

/// The pairs of parts that alone have their name in both versions; the name must have a few words.
pub(super) fn only_of_their_name(old: &Side<'_>, new: &Side<'_>, kind: Kind) -> Vec<(usize, usize)> {
    const WORDS: usize = 3;
    let unique = |side: &Side<'_>| -> FxHashMap<u64, usize> {
        let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
        let mut twice: FxHashSet<u64> = FxHashSet::default();
        for at in side.members(kind) {
            let grams = side.grams.get(at).filter(|grams| grams.words >= WORDS);
            if let Some(whole) = grams.and_then(|grams| grams.whole)
                && seen.insert(whole, at).is_some()
            {
                twice.insert(whole);
            }
        }
        seen.retain(|whole, _| !twice.contains(whole));
        seen
    };
    let there = unique(new);
    let here = unique(old);
    let mut out: Vec<_> =
        here.iter().filter_map(|(whole, at)| there.get(whole).map(|other| (*at, *other))).collect();
    out.sort_unstable();
    out
}
