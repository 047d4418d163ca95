//! Parts that were split or merged: a part that is left over and whose words are those of a part on the other side, which
//! its partner alone does not use up; or amounts that add up.

use rustc_hash::{FxHashMap, FxHashSet};

use super::facts::Facts;
use super::side::{Side, State};
use super::words::Gram;
use crate::model::{AmountRole, Item};
use crate::value::Number;
use crate::versions::parts::{Kind, Node, Parts};

/// How much of a fragment's words must be those of the whole.
const OF_THE_WHOLE: u32 = 550;

/// The same, where the amounts add up.
const OF_THE_WHOLE_IN_SUM: u32 = 300;

/// How much more of the whole the fragment must cover than the others do.
const GAIN: u32 = 180;

/// How much of the whole its fragments must cover together.
const TOGETHER: u32 = 600;

/// A word that more parts have than this is no way to find one.
const RARE: usize = 40;

/// The fragments that were found: positions of the whole, and of its fragments beside its partner.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fragments {
    /// Of parts of the old version that were split.
    pub(super) split: Vec<(usize, Vec<usize>)>,
    /// Of parts of the new version that others were merged into.
    pub(super) merged: Vec<(usize, Vec<usize>)>,
}

/// Looks for fragments among the parts that have no partner.
pub(super) fn find(old: &Side<'_>, new: &Side<'_>, state: &State) -> Fragments {
    let split = Search { whole: old, part: new, partner: &state.to_new, taken: &state.to_old }.run();
    let merged = Search { whole: new, part: old, partner: &state.to_old, taken: &state.to_new }.run();
    // A part is a fragment of one whole only, and no whole is split and merged at once.
    let used: FxHashSet<usize> = split.iter().map(|it| it.0).collect();
    let busy: FxHashSet<usize> = split
        .iter()
        .flat_map(|(whole, parts)| parts.iter().copied().chain(partner(&state.to_new, *whole)))
        .collect();
    let free = |(whole, parts): &(usize, Vec<usize>)| {
        !busy.contains(whole)
            && !parts.iter().chain(partner(&state.to_old, *whole).as_ref()).any(|part| used.contains(part))
    };
    Fragments { split, merged: merged.into_iter().filter(free).collect() }
}

/// One direction of the search.
struct Search<'a> {
    /// The version of the whole.
    whole: &'a Side<'a>,
    /// The version of its fragments.
    part: &'a Side<'a>,
    /// For each whole its partner.
    partner: &'a [Option<usize>],
    /// For each fragment its partner; a fragment has none.
    taken: &'a [Option<usize>],
}

impl Search<'_> {
    fn run(&self) -> Vec<(usize, Vec<usize>)> {
        let mut claims: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for kind in [Kind::Target, Kind::Task, Kind::Project, Kind::Plan, Kind::Block] {
            let index = self.index(kind);
            for fragment in self.part.members(kind).filter(|at| partner(self.taken, *at).is_none()) {
                if let Some(whole) = self.best(fragment, &index) {
                    claims.entry(whole).or_default().push(fragment);
                }
            }
        }
        let mut claims: Vec<_> = claims.into_iter().collect();
        claims.sort_unstable();
        claims.into_iter().filter_map(|(whole, parts)| self.proved(whole, parts)).collect()
    }

    fn index(&self, kind: Kind) -> FxHashMap<Gram, Vec<usize>> {
        let mut index: FxHashMap<Gram, Vec<usize>> = FxHashMap::default();
        for at in self.whole.members(kind) {
            for gram in self.whole.grams.get(at).into_iter().flat_map(|grams| grams.grams()) {
                index.entry(gram).or_default().push(at);
            }
        }
        index
    }

    /// The whole that has most of a fragment's words, the nearest first of equal ones.
    fn best(&self, fragment: usize, index: &FxHashMap<Gram, Vec<usize>>) -> Option<usize> {
        let weighed = self.part.weighed.get(fragment)?;
        let mut found: Vec<usize> = Vec::new();
        for (gram, _) in &weighed.list {
            found.extend(index.get(gram).into_iter().filter(|there| there.len() <= RARE).flatten());
        }
        found.sort_unstable();
        found.dedup();
        let rated = found.into_iter().filter(|whole| self.beside(*whole, fragment)).filter_map(|whole| {
            let covered = weighed.covered(std::iter::once(self.whole.weighed.get(whole)?));
            let gain = self.gain(whole, fragment)?;
            let sum = self.adds_up(whole, &[fragment]);
            let fits = (covered >= OF_THE_WHOLE && gain >= GAIN) || (covered >= OF_THE_WHOLE_IN_SUM && sum);
            // Where there is no partner, the other fragments are still to be found.
            let open = partner(self.partner, whole).is_none() && covered >= OF_THE_WHOLE && gain >= GAIN;
            (fits || open).then_some((covered + gain + if sum { 1000 } else { 0 }, whole))
        });
        rated.max_by_key(|&(rate, whole)| (rate, std::cmp::Reverse(whole))).map(|it| it.1)
    }

    /// How much more of the whole is covered with a fragment than by its partner alone.
    fn gain(&self, whole: usize, fragment: usize) -> Option<u32> {
        let words = self.whole.weighed.get(whole)?;
        let of = |at: usize| self.part.weighed.get(at);
        let alone = partner(self.partner, whole).and_then(of);
        let with = words.covered(alone.into_iter().chain(of(fragment)));
        Some(with - words.covered(alone.into_iter()).min(with))
    }

    /// Whether a fragment stands where the whole stood: under the same part as the partner, or under the partner of the part
    /// above.
    fn beside(&self, whole: usize, fragment: usize) -> bool {
        let parent = |parts: &Parts<'_>, at: usize| parts.get(at).and_then(|part| part.parent);
        let there = parent(self.part.parts, fragment);
        let by_partner = partner(self.partner, whole).map(|at| parent(self.part.parts, at));
        let by_parent = parent(self.whole.parts, whole).map(|at| partner(self.partner, at));
        by_partner == Some(there) || by_parent == Some(there) || (by_parent.is_none() && there.is_none())
    }

    /// Whether the amounts of the partner and the fragments add up to that of the whole.
    fn adds_up(&self, whole: usize, fragments: &[usize]) -> bool {
        let of = |side: &Side<'_>, at: usize| side.parts.get(at).and_then(|part| amount(part.node));
        let Some(sum) = of(self.whole, whole).filter(|sum| !sum.is_zero()) else { return false };
        let all = partner(self.partner, whole).into_iter().chain(fragments.iter().copied());
        let amounts: Option<Vec<Number>> = all.map(|at| of(self.part, at)).collect();
        amounts.is_some_and(|amounts| {
            amounts.len() > 1
                && !amounts.iter().any(|amount| amount.is_zero())
                && amounts.into_iter().sum::<Number>().normalized() == sum.normalized()
        })
    }

    /// The claims on a whole that hold together.
    fn proved(&self, whole: usize, parts: Vec<usize>) -> Option<(usize, Vec<usize>)> {
        let words = self.whole.weighed.get(whole)?;
        let alone = partner(self.partner, whole);
        if alone.is_none() && parts.len() < 2 {
            return None;
        }
        let all = alone.into_iter().chain(parts.iter().copied());
        let covered = words.covered(all.filter_map(|at| self.part.weighed.get(at)));
        let sum = self.adds_up(whole, &parts);
        (covered >= TOGETHER || sum || self.shares_values(whole, &parts)).then_some((whole, parts))
    }

    /// Whether a fragment carries a value of the whole.
    fn shares_values(&self, whole: usize, parts: &[usize]) -> bool {
        let values = |facts: Option<&Facts>| facts.map(|facts| facts.values().to_vec()).unwrap_or_default();
        let mine = values(self.whole.facts.get(whole));
        parts.iter().flat_map(|at| values(self.part.facts.get(*at))).any(|value| mine.contains(&value))
    }
}

fn partner(partners: &[Option<usize>], at: usize) -> Option<usize> {
    partners.get(at).copied().flatten()
}

/// The amount that stands for an item: its total, or its first.
fn amount(node: Node<'_>) -> Option<Number> {
    let Node::Item(item) = node else { return None };
    let amounts = item.amounts();
    let total = amounts.iter().find(|amount| amount.role == AmountRole::Total);
    let value = match item {
        Item::Target(target) => target.values.first().map(|it| &it.value),
        _ => total.or(amounts.first()).map(|it| &it.value),
    };
    value.and_then(|value| value.exact())
}
