//! Which part of one version is which part of another.
//!
//! Names are strong evidence, rare words above all; agencies, units, years, deadlines, values, the part above, the
//! neighbours and the order add to it; numbers say little. Pairs are chosen by the assignment of greatest weight, not one
//! after the other. A few rounds are made, since each knows more of the neighbours and of the parts above than the one
//! before. What is left over is looked at for parts whose kind changed, and for parts that were split or merged.

mod assign;
mod candidates;
mod facts;
mod fragments;
mod holders;
mod kinds;
mod order;
mod outcome;
mod pairing;
mod score;
mod side;
mod words;

use rustc_hash::{FxHashMap, FxHashSet};

use self::assign::{Edge, assign};
use self::order::Spine;
use self::score::{ACCEPTED, Scored, Scorer};
use self::side::{Side, State};
use super::parts::{Kind, Parts};

pub use self::pairing::{Confidence, Evidence, Feature, Link, Pairing, Status};

/// How many rounds are made at most.
const ROUNDS: usize = 4;

/// The order of work in a round: what holds nothing first, then what holds it.
const ORDER: [Kind; 9] = [
    Kind::Target,
    Kind::Task,
    Kind::Project,
    Kind::Plan,
    Kind::Row,
    Kind::Block,
    Kind::Group,
    Kind::Section,
    Kind::Appendix,
];

/// A chosen pair with what speaks for it and how near the next best comes.
#[derive(Debug, Clone)]
struct Chosen {
    scored: Scored,
    /// By how much the pair is better than the next best with either part.
    margin: u32,
    /// Whether the two alone have their name in both versions.
    only: bool,
}

/// Pairs the parts of two versions.
#[must_use]
pub fn pair(old: &Parts<'_>, new: &Parts<'_>) -> Pairing {
    let (mut one, mut other) = (Side::of(old), Side::of(new));
    Side::weigh(&mut one, &mut other);
    let mut state = State::empty(old.all().len(), new.all().len());
    let mut chosen = FxHashMap::default();
    for round in 0..ROUNDS {
        let before = state.clone();
        chosen.clear();
        for kind in ORDER {
            let found = choose(&one, &other, &state, kind, round > 0);
            for at in one.members(kind) {
                state.unlink(at);
            }
            for ((old, new), why) in found {
                state.link(old, new);
                chosen.insert((old, new), why);
            }
        }
        if state == before {
            break;
        }
    }
    for ((old, new), why) in kinds::find(&one, &other, &state) {
        state.link(old, new);
        chosen.insert((old, new), why);
    }
    let mut fragments = holders::find(&one, &other, &state);
    fragments.extend(fragments::find(&one, &other, &state), &state);
    outcome::pairing(&one, &other, &state, &chosen, &fragments)
}

/// The best pairs of one kind.
fn choose(
    old: &Side<'_>,
    new: &Side<'_>,
    state: &State,
    kind: Kind,
    later: bool,
) -> Vec<((usize, usize), Chosen)> {
    let only = candidates::only_of_their_name(old, new, kind);
    let known: Vec<(usize, usize)> = if later {
        old.members(kind).filter_map(|at| state.new_of(at).map(|there| (at, there))).collect()
    } else {
        only.clone()
    };
    let scorer =
        Scorer { old, new, state, spine: Spine::of(&known), votes: votes(old, new, state, kind), later };
    let mut pairs = candidates::pairs(old, new, kind, &scorer.spine);
    pairs.extend(scorer.votes.keys().copied());
    pairs.sort_unstable();
    pairs.dedup();
    let scored: FxHashMap<(usize, usize), Scored> =
        pairs.iter().map(|&(one, other)| ((one, other), scorer.score(one, other))).collect();
    let decided: FxHashSet<(usize, usize)> = only.iter().copied().collect();
    let (olds, news): (FxHashSet<_>, FxHashSet<_>) = only.iter().copied().unzip();
    let edges: Vec<Edge> = pairs
        .iter()
        .filter(|pair| decided.contains(pair) || !(olds.contains(&pair.0) || news.contains(&pair.1)))
        .filter_map(|&(one, other)| {
            let score = scored.get(&(one, other))?.score;
            let distance = scorer.spine.distance(one, other);
            (score >= ACCEPTED || decided.contains(&(one, other))).then_some(Edge {
                old: one,
                new: other,
                score: score.max(ACCEPTED),
                distance,
            })
        })
        .collect();
    let rivals = Rivals::of(&pairs, &scored);
    let found = assign(&edges).into_iter().filter_map(|pair| {
        let scored = scored.get(&pair)?.clone();
        let margin = scored.score.saturating_sub(rivals.of_pair(pair, scored.score));
        Some((pair, Chosen { scored, margin, only: decided.contains(&pair) }))
    });
    found.collect()
}

/// The two best scores with each part.
#[derive(Debug, Default)]
struct Rivals {
    old: FxHashMap<usize, [u32; 2]>,
    new: FxHashMap<usize, [u32; 2]>,
}

impl Rivals {
    fn of(pairs: &[(usize, usize)], scored: &FxHashMap<(usize, usize), Scored>) -> Self {
        let mut out = Self::default();
        for pair in pairs {
            let score = scored.get(pair).map_or(0, |scored| scored.score);
            for best in [out.old.entry(pair.0).or_default(), out.new.entry(pair.1).or_default()] {
                let [first, second] = best;
                *second = (*second).max(score.min(*first));
                *first = (*first).max(score);
            }
        }
        out
    }

    /// The best score with either part of a pair of a score, the pair itself left out.
    fn of_pair(&self, pair: (usize, usize), score: u32) -> u32 {
        let rival = |best: Option<&[u32; 2]>| {
            let [first, second] = best.copied().unwrap_or_default();
            if first == score { second } else { first }
        };
        rival(self.old.get(&pair.0)).max(rival(self.new.get(&pair.1)))
    }
}

/// For pairs of parts that hold parts: how many links there are between what stands under them.
fn votes(old: &Side<'_>, new: &Side<'_>, state: &State, kind: Kind) -> FxHashMap<(usize, usize), usize> {
    let mut out = FxHashMap::default();
    if !kind.holds_parts() {
        return out;
    }
    let is_kind = |side: &Side<'_>, at: usize| side.parts.get(at).is_some_and(|part| part.kind == kind);
    for at in old.members(kind) {
        for there in old.leaves(at).iter().filter_map(|leaf| state.new_of(*leaf)) {
            for above in new.parts.above(there).filter(|above| is_kind(new, *above)) {
                *out.entry((at, above)).or_default() += 1;
            }
        }
    }
    out
}
