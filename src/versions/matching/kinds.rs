//! Parts whose kind changed: a row that was a task and is a project, since its table has other columns; a paragraph that
//! became a heading. Looked for among what has no partner of its own kind, by its name.

use rustc_hash::FxHashMap;

use super::assign::{Edge, assign};
use super::order::Spine;
use super::score::{ACCEPTED, Scorer};
use super::side::{Side, State};
use super::words::Gram;
use super::{Chosen, Rivals};
use crate::versions::parts::Kind;

/// Kinds that may become each other.
const FAMILIES: [&[Kind]; 2] =
    [&[Kind::Target, Kind::Task, Kind::Project, Kind::Plan, Kind::Row], &[Kind::Section, Kind::Block]];

/// How alike the names must be, in thousandths: the kind speaks against it.
const ALIKE: u32 = 700;

/// Fewest words of a name.
const WORDS: usize = 3;

/// A gram that more parts have than this is no way to find one.
const RARE: usize = 40;

/// The pairs of different kinds.
pub(super) fn find(old: &Side<'_>, new: &Side<'_>, state: &State) -> Vec<((usize, usize), Chosen)> {
    let mut out = Vec::new();
    for family in FAMILIES {
        let free = |side: &Side<'_>, partners: &[Option<usize>]| -> Vec<usize> {
            let telling = |at: &usize| side.grams.get(*at).is_some_and(|grams| grams.words >= WORDS);
            let all = family.iter().flat_map(|kind| side.members(*kind));
            let mut all: Vec<usize> =
                all.filter(|at| partners.get(*at) == Some(&None)).filter(telling).collect();
            all.sort_unstable();
            all
        };
        let (olds, news) = (free(old, &state.to_new), free(new, &state.to_old));
        out.extend(pairs(old, &olds, new, &news, state));
    }
    out
}

fn pairs(
    old: &Side<'_>,
    olds: &[usize],
    new: &Side<'_>,
    news: &[usize],
    state: &State,
) -> Vec<((usize, usize), Chosen)> {
    let mut index: FxHashMap<Gram, Vec<usize>> = FxHashMap::default();
    for &at in news {
        for gram in new.grams.get(at).into_iter().flat_map(|grams| grams.grams()) {
            index.entry(gram).or_default().push(at);
        }
    }
    let kind = |side: &Side<'_>, at: usize| side.parts.get(at).map(|part| part.kind);
    let scorer =
        Scorer { old, new, state, spine: Spine::default(), votes: FxHashMap::default(), later: true };
    let mut scored = FxHashMap::default();
    for &one in olds {
        let grams = old.grams.get(one).into_iter().flat_map(|grams| grams.grams());
        let near = grams.filter_map(|gram| index.get(&gram)).filter(|there| there.len() <= RARE).flatten();
        for &other in near {
            let alike = kind(old, one) != kind(new, other)
                && old.likeness(one, new, other).is_some_and(|alike| alike >= ALIKE);
            if alike && !scored.contains_key(&(one, other)) {
                scored.insert((one, other), scorer.score(one, other));
            }
        }
    }
    let mut all: Vec<(usize, usize)> = scored.keys().copied().collect();
    all.sort_unstable();
    let edges: Vec<Edge> = all
        .iter()
        .filter_map(|&(one, other)| {
            let score = scored.get(&(one, other))?.score;
            (score >= ACCEPTED).then_some(Edge { old: one, new: other, score, distance: 0 })
        })
        .collect();
    let rivals = Rivals::of(&all, &scored);
    let chosen = assign(&edges).into_iter().filter_map(|pair| {
        let scored = scored.get(&pair)?.clone();
        let margin = scored.score.saturating_sub(rivals.of_pair(pair, scored.score));
        Some((pair, Chosen { scored, margin, only: false }))
    });
    chosen.collect()
}
