//! Parts that were split or merged: a part that is left over and whose words are those of a part on the other side, which
//! its partner alone does not use up; or amounts that add up.

use rustc_hash::{FxHashMap, FxHashSet};

use super::facts::Facts;
use super::pairing::Feature;
use super::side::{Side, State};
use super::words::{Gram, WHOLE, share};
use crate::model::{AmountRole, Item};
use crate::value::Number;
use crate::versions::parts::{Kind, Node, Parts};

/// How much of a fragment's words must be those of the whole.
const OF_THE_WHOLE: u32 = 550;

/// The same, where the amounts add up.
const OF_THE_WHOLE_IN_SUM: u32 = 300;

/// How much more of the whole the fragment must cover than the others do.
const GAIN: u32 = 180;

/// A fragment of little weight: how much of its words must be those of the whole, how much more of the whole it must cover, and
/// how much of what the others leave open. "Miễn học phí cho học sinh" of "Miễn học phí và hỗ trợ bữa ăn cho học sinh" adds
/// little beside the rest, but all that is missing.
const SMALL: (u32, u32, u32) = (850, 40, 600);

/// How much of the whole its fragments must cover together.
const TOGETHER: u32 = 600;

/// A word that more parts have than this is no way to find one.
const RARE: usize = 40;

/// A whole and its fragments, by their positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fragment {
    pub(super) whole: usize,
    /// The fragments beside the whole's partner.
    pub(super) parts: Vec<usize>,
    /// How much of the whole they have together with its partner, in thousandths.
    pub(super) score: u32,
    /// What of it.
    pub(super) feature: Feature,
}

/// Kinds whose names may be split. What holds parts must also have given some of them.
const KINDS: [Kind; 7] =
    [Kind::Target, Kind::Task, Kind::Project, Kind::Plan, Kind::Block, Kind::Group, Kind::Section];

/// The fragments that were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fragments {
    /// Of parts of the old version that were split.
    pub(super) split: Vec<Fragment>,
    /// Of parts of the new version that others were merged into.
    pub(super) merged: Vec<Fragment>,
}

/// Looks for fragments among the parts that have no partner.
pub(super) fn find(old: &Side<'_>, new: &Side<'_>, state: &State) -> Fragments {
    let split = Search { whole: old, part: new, partner: &state.to_new, taken: &state.to_old }.run();
    let merged = Search { whole: new, part: old, partner: &state.to_old, taken: &state.to_new }.run();
    Fragments { split, merged }.disjoint(state)
}

impl Fragments {
    /// Without merged parts that split ones are in: a part is a fragment of one whole only, and no whole is split and merged
    /// at once.
    pub(super) fn disjoint(mut self, state: &State) -> Self {
        let used: FxHashSet<usize> = self.split.iter().map(|it| it.whole).collect();
        let busy: FxHashSet<usize> = self
            .split
            .iter()
            .flat_map(|it| it.parts.iter().copied().chain(partner(&state.to_new, it.whole)))
            .collect();
        self.merged.retain(|it| {
            let partner = partner(&state.to_old, it.whole);
            !busy.contains(&it.whole)
                && !it.parts.iter().chain(partner.as_ref()).any(|part| used.contains(part))
        });
        self
    }

    /// Adds further ones of parts that are in none.
    pub(super) fn extend(&mut self, other: Self, state: &State) {
        let parts = |it: &Fragment, partners: &[Option<usize>]| -> Vec<usize> {
            it.parts.iter().copied().chain(partner(partners, it.whole)).collect()
        };
        let mut olds: FxHashSet<usize> = self.split.iter().map(|it| it.whole).collect();
        let mut news: FxHashSet<usize> = self.merged.iter().map(|it| it.whole).collect();
        news.extend(self.split.iter().flat_map(|it| parts(it, &state.to_new)));
        olds.extend(self.merged.iter().flat_map(|it| parts(it, &state.to_old)));
        let free = |it: &Fragment,
                    wholes: &FxHashSet<usize>,
                    others: &FxHashSet<usize>,
                    partners: &[Option<usize>]| {
            !wholes.contains(&it.whole) && !parts(it, partners).iter().any(|at| others.contains(at))
        };
        self.split.extend(other.split.into_iter().filter(|it| free(it, &olds, &news, &state.to_new)));
        self.merged.extend(other.merged.into_iter().filter(|it| free(it, &news, &olds, &state.to_old)));
    }
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
    fn run(&self) -> Vec<Fragment> {
        let mut claims: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for kind in KINDS {
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
        let near = |whole: &usize| self.beside(*whole, fragment) && self.gave(*whole, fragment);
        let rated = found.into_iter().filter(near).filter_map(|whole| {
            let covered = weighed.covered(std::iter::once(self.whole.weighed.get(whole)?));
            let gain = self.gain(whole, fragment)?;
            let sum = self.adds_up(whole, &[fragment]);
            let small = covered >= SMALL.0 && gain >= SMALL.1 && self.closes(whole, gain);
            let fits =
                (covered >= OF_THE_WHOLE && gain >= GAIN) || (covered >= OF_THE_WHOLE_IN_SUM && sum) || small;
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

    /// Whether a gain is most of what the partner leaves open.
    fn closes(&self, whole: usize, gain: u32) -> bool {
        let of = |at| self.part.weighed.get(at);
        let (Some(words), Some(alone)) =
            (self.whole.weighed.get(whole), partner(self.partner, whole).and_then(of))
        else {
            return false;
        };
        let open = WHOLE - words.covered(std::iter::once(alone)).min(WHOLE);
        share(u64::from(gain), u64::from(open)) >= SMALL.2
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

    /// Whether something that stood under the whole stands under the fragment, where such parts hold parts.
    fn gave(&self, whole: usize, fragment: usize) -> bool {
        let leaves = self.whole.leaves(whole);
        let came = |leaf: &usize| partner(self.taken, *leaf).is_some_and(|from| leaves.contains(&from));
        let holds = self.whole.parts.get(whole).is_some_and(|part| part.kind.holds_parts());
        !holds || self.part.leaves(fragment).iter().any(came)
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
    fn proved(&self, whole: usize, parts: Vec<usize>) -> Option<Fragment> {
        let words = self.whole.weighed.get(whole)?;
        let alone = partner(self.partner, whole);
        if alone.is_none() && parts.len() < 2 {
            return None;
        }
        let all = alone.into_iter().chain(parts.iter().copied());
        let covered = words.covered(all.filter_map(|at| self.part.weighed.get(at)));
        let sum = self.adds_up(whole, &parts);
        let holds = covered >= TOGETHER || sum || self.shares_values(whole, &parts);
        holds.then_some(Fragment { whole, parts, score: covered, feature: Feature::Name })
    }

    /// Whether a fragment carries a value of the whole.
    fn shares_values(&self, whole: usize, parts: &[usize]) -> bool {
        let values = |facts: Option<&Facts>| facts.map(|facts| facts.values().to_vec()).unwrap_or_default();
        let mine = values(self.whole.facts.get(whole));
        parts.iter().flat_map(|at| values(self.part.facts.get(*at))).any(|value| mine.contains(&value))
    }
}

/// The partner of a part.
pub(super) fn partner(partners: &[Option<usize>], at: usize) -> Option<usize> {
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
