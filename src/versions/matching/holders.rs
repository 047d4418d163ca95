//! Groups and sections that were split or merged: a part that is left over, and under which stands what stood under one
//! part of the other version, beside what that part's own partner has kept.

use rustc_hash::FxHashMap;

use super::fragments::{Fragment, Fragments, partner};
use super::pairing::Feature;
use super::side::{Side, State};
use super::words::share;
use crate::versions::parts::Kind;

/// How much of what stands under a fragment must come from the whole, in thousandths.
const OF_THE_FRAGMENT: u32 = 600;

/// How much of what stood under the whole must stand under a fragment.
const OF_THE_WHOLE: u32 = 150;

/// Fewest parts under a fragment that come from the whole: one that moved makes no fragment.
const FEWEST: usize = 2;

/// Looks for fragments among the groups and sections that have no partner.
pub(super) fn find(old: &Side<'_>, new: &Side<'_>, state: &State) -> Fragments {
    let split = Search { whole: old, part: new, to: &state.to_new, back: &state.to_old }.run();
    let merged = Search { whole: new, part: old, to: &state.to_old, back: &state.to_new }.run();
    Fragments { split, merged }.disjoint(state)
}

/// One direction of the search.
struct Search<'a> {
    /// The version of the whole.
    whole: &'a Side<'a>,
    /// The version of its fragments.
    part: &'a Side<'a>,
    /// For each part of the whole's version its partner.
    to: &'a [Option<usize>],
    /// For each part of the fragments' version its partner.
    back: &'a [Option<usize>],
}

impl Search<'_> {
    fn run(&self) -> Vec<Fragment> {
        let mut claims: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for kind in [Kind::Group, Kind::Section] {
            for at in self.part.members(kind).filter(|at| partner(self.back, *at).is_none()) {
                if let Some(whole) = self.origin(at, kind) {
                    claims.entry(whole).or_default().push(at);
                }
            }
        }
        let mut claims: Vec<_> = claims.into_iter().collect();
        claims.sort_unstable();
        claims.into_iter().filter_map(|(whole, parts)| self.proved(whole, parts)).collect()
    }

    /// The part under which most of what stands under a fragment stood, the innermost of equal ones.
    fn origin(&self, at: usize, kind: Kind) -> Option<usize> {
        if is_unsure(self.part, at) {
            return None;
        }
        let leaves = self.part.leaves(at);
        let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
        for there in leaves.iter().filter_map(|leaf| partner(self.back, *leaf)) {
            for above in self.whole.parts.above(there) {
                if self.whole.parts.get(above).is_some_and(|part| part.kind == kind) {
                    *counts.entry(above).or_default() += 1;
                }
            }
        }
        let fits = |&(whole, count): &(usize, usize)| {
            let all = self.whole.leaves(whole).len();
            count >= FEWEST
                && !is_unsure(self.whole, whole)
                && share(count as u64, leaves.len() as u64) >= OF_THE_FRAGMENT
                && share(count as u64, all as u64) >= OF_THE_WHOLE
                && !self.is_nested(at, whole)
        };
        counts.into_iter().filter(fits).max_by_key(|&(whole, count)| (count, whole)).map(|it| it.0)
    }

    /// Whether a part was put around or into what the whole is now: a new level, no fragment.
    fn is_nested(&self, at: usize, whole: usize) -> bool {
        let Some(partner) = partner(self.to, whole) else { return false };
        let above = |low: usize, high: usize| self.part.parts.above(low).any(|it| it == high);
        above(at, partner) || above(partner, at)
    }

    /// The claims on a whole that hold together: fragments beside each other that have most of it.
    fn proved(&self, whole: usize, mut parts: Vec<usize>) -> Option<Fragment> {
        let alone = partner(self.to, whole);
        // Of levels that were put between, the outermost is the fragment.
        let all = parts.clone();
        parts.retain(|at| !self.part.parts.above(*at).any(|above| all.contains(&above)));
        if alone.is_none() && parts.len() < 2 {
            return None;
        }
        let under: Vec<usize> =
            alone.iter().chain(&parts).flat_map(|at| self.part.leaves(*at)).copied().collect();
        let leaves = self.whole.leaves(whole);
        let kept =
            leaves.iter().filter(|leaf| partner(self.to, **leaf).is_some_and(|at| under.contains(&at)));
        let score = share(kept.count() as u64, leaves.len() as u64);
        (score >= OF_THE_FRAGMENT).then_some(Fragment { whole, parts, score, feature: Feature::Children })
    }
}

/// Whether a heading may be lost among what stands under a part, so that this tells nothing: rows are known to be missing, or
/// a number stands twice (ids then end in "~2").
fn is_unsure(side: &Side<'_>, at: usize) -> bool {
    let twice = |leaf: &usize| side.parts.get(*leaf).is_some_and(|part| part.id.contains('~'));
    side.parts.get(at).is_none_or(|part| part.beside_gap) || side.leaves(at).iter().any(twice)
}
