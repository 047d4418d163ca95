//! From pairs to links: what is the same, what moved, what is new and what is gone.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Chosen;
use super::fragments::{Fragment, Fragments};
use super::order::longest_run;
use super::pairing::{Confidence, Evidence, Feature, Link, Pairing, Status};
use super::side::{Side, State};
use super::words::WHOLE;
use crate::versions::parts::Kind;

/// The links between two versions.
pub(super) fn pairing(
    old: &Side<'_>,
    new: &Side<'_>,
    state: &State,
    chosen: &FxHashMap<(usize, usize), Chosen>,
    fragments: &Fragments,
) -> Pairing {
    let mut links: Vec<((usize, usize), Link)> = Vec::new();
    let mut owned = Owned { old: vec![false; state.to_new.len()], new: vec![false; state.to_old.len()] };
    for it in &fragments.split {
        let news = gathered(state.new_of(it.whole), &it.parts);
        links.push(owned.take(fragment_link(old, Status::Split, vec![it.whole], news, it)));
    }
    for it in &fragments.merged {
        let olds = gathered(state.old_of(it.whole), &it.parts);
        links.push(owned.take(fragment_link(old, Status::Merged, olds, vec![it.whole], it)));
    }
    let pairs: Vec<(usize, usize)> =
        state.to_new.iter().enumerate().filter_map(|(at, to)| to.map(|to| (at, to))).collect();
    let strays = strays(old, new, &pairs);
    for &(one, other) in &pairs {
        let was = old.parts.get(one).map_or(Kind::Row, |part| part.kind);
        let kind = new.parts.get(other).map_or(was, |part| part.kind);
        let Some(why) = chosen.get(&(one, other)).filter(|_| !owned.has(one, other)) else { continue };
        let moved = !same_parent(old, new, state, fragments, one, other) || strays.contains(&other);
        links.push(owned.take(Link {
            kind,
            old_kind: (was != kind).then_some(was),
            status: if moved { Status::Moved } else { Status::Same },
            old: vec![one],
            new: vec![other],
            score: Some(why.scored.score),
            // The kind speaks against it.
            confidence: if was == kind { confidence(why) } else { confidence(why).min(Confidence::Medium) },
            evidence: why.scored.evidence.clone(),
            doubtful: false,
        }));
    }
    alone(old, new, state, &mut owned, &mut links);
    links.sort_by_key(|link| link.0);
    index(links.into_iter().map(|link| link.1).collect(), state)
}

/// Which parts have a link already.
struct Owned {
    old: Vec<bool>,
    new: Vec<bool>,
}

impl Owned {
    fn has(&self, old: usize, new: usize) -> bool {
        self.old.get(old) == Some(&true) || self.new.get(new) == Some(&true)
    }

    /// Notes the parts of a link; gives it with its place in the order of the new version.
    fn take(&mut self, link: Link) -> ((usize, usize), Link) {
        for at in &link.old {
            if let Some(it) = self.old.get_mut(*at) {
                *it = true;
            }
        }
        for at in &link.new {
            if let Some(it) = self.new.get_mut(*at) {
                *it = true;
            }
        }
        let place = link.new.iter().min().copied().unwrap_or(0);
        ((place, 0), link)
    }
}

/// What is in one version only.
fn alone(
    old: &Side<'_>,
    new: &Side<'_>,
    state: &State,
    owned: &mut Owned,
    links: &mut Vec<((usize, usize), Link)>,
) {
    let single = |kind: Kind, status: Status, doubtful: bool| Link {
        kind,
        old_kind: None,
        status,
        old: Vec::new(),
        new: Vec::new(),
        score: None,
        confidence: if doubtful { Confidence::Low } else { Confidence::High },
        evidence: Vec::new(),
        doubtful,
    };
    for (at, part) in new.parts.all().iter().enumerate() {
        if owned.new.get(at) == Some(&false) {
            let doubtful = beside_gap(new, at, old, &state.to_old);
            let link = Link { new: vec![at], ..single(part.kind, Status::New, doubtful) };
            links.push(((at, 0), link));
        }
    }
    // What is gone stands behind the sibling that stood before it, else before the one that stood behind it, else behind
    // whatever stood before it.
    let mut before: FxHashMap<Option<usize>, usize> = FxHashMap::default();
    let mut nearest: FxHashMap<Option<usize>, usize> = FxHashMap::default();
    let behind = siblings_behind(old, state);
    for (at, part) in old.parts.all().iter().enumerate() {
        let there = state.new_of(at);
        if owned.old.get(at) == Some(&false) {
            let behind = || behind.get(at).copied().flatten().map(|there| there.saturating_sub(1));
            let parent = || part.parent.and_then(|parent| state.new_of(parent));
            let last = || nearest.get(&part.appendix).copied();
            let place = before.get(&part.parent).copied().or_else(behind).or_else(last).or_else(parent);
            let doubtful = beside_gap(old, at, new, &state.to_new);
            let link = Link { old: vec![at], ..single(part.kind, Status::Gone, doubtful) };
            links.push(((place.unwrap_or(0), 1 + at), link));
        } else if let Some(there) = there {
            before.insert(part.parent, there);
            nearest.insert(part.appendix, there);
        }
    }
}

/// For each part, where the first sibling behind it that is still there stands now.
fn siblings_behind(old: &Side<'_>, state: &State) -> Vec<Option<usize>> {
    let mut out = vec![None; old.parts.all().len()];
    for at in (0..out.len()).rev() {
        let next = old.siblings(at).1;
        let found = next.and_then(|next| state.new_of(next).or_else(|| out.get(next).copied().flatten()));
        if let Some(entry) = out.get_mut(at) {
            *entry = found;
        }
    }
    out
}

/// Whether the other version is known to have lost rows where a part would stand.
fn beside_gap(side: &Side<'_>, at: usize, other: &Side<'_>, partners: &[Option<usize>]) -> bool {
    let partner = |at: usize| partners.get(at).copied().flatten();
    let Some(part) = side.parts.get(at) else { return false };
    if part.kind == Kind::Block || part.kind == Kind::Section || part.kind == Kind::Appendix {
        return false;
    }
    let gap = |at: usize| other.parts.get(at).is_some_and(|part| part.beside_gap);
    match side.parts.above(at).find_map(|above| partner(above).map(|there| (above, there))) {
        // Under a group that both have: rows are missing in it. Under one that only this version has, or in none: in the
        // appendix.
        Some((above, there)) if side.parts.get(above).is_some_and(|it| it.kind != Kind::Appendix) => {
            gap(there)
        }
        Some((_, there)) => other
            .parts
            .all()
            .iter()
            .any(|part| part.appendix == Some(there) && part.kind == Kind::Group && part.beside_gap),
        None => false,
    }
}

/// The positions of a partner and of fragments, in order.
fn gathered(partner: Option<usize>, fragments: &[usize]) -> Vec<usize> {
    let mut all: Vec<usize> = partner.into_iter().chain(fragments.iter().copied()).collect();
    all.sort_unstable();
    all
}

fn fragment_link(old: &Side<'_>, status: Status, olds: Vec<usize>, news: Vec<usize>, it: &Fragment) -> Link {
    let kind = olds.first().and_then(|at| old.parts.get(*at)).map_or(Kind::Row, |part| part.kind);
    Link {
        kind,
        old_kind: None,
        status,
        old: olds,
        new: news,
        score: Some(it.score),
        confidence: if it.score >= 900 { Confidence::Medium } else { Confidence::Low },
        evidence: vec![Evidence { feature: it.feature, agreement: it.score }],
        doubtful: false,
    }
}

fn confidence(why: &Chosen) -> Confidence {
    let name = why.scored.evidence.iter().find(|it| it.feature == Feature::Name).map_or(0, |it| it.agreement);
    let Chosen { scored, margin, only } = why;
    if *only || (scored.score >= 850 && *margin >= 80 && name >= WHOLE / 2) {
        Confidence::High
    } else if scored.score >= 720 && *margin >= 40 {
        Confidence::Medium
    } else {
        Confidence::Low
    }
}

/// Whether two parts stand under parts that are the same.
fn same_parent(
    old: &Side<'_>,
    new: &Side<'_>,
    state: &State,
    fragments: &Fragments,
    one: usize,
    other: usize,
) -> bool {
    let parent = |side: &Side<'_>, at: usize| side.parts.get(at).and_then(|part| part.parent);
    match (parent(old, one), parent(new, other)) {
        (None, None) => true,
        (Some(one), Some(other)) => {
            let part_of = |list: &[Fragment], whole: usize, part: usize| {
                list.iter().any(|it| it.whole == whole && it.parts.contains(&part))
            };
            state.has(one, other)
                || part_of(&fragments.split, one, other)
                || part_of(&fragments.merged, other, one)
        }
        _ => false,
    }
}

/// Of pairs under the same part, those that changed their place among their siblings: the fewest whose removal leaves the
/// rest in order.
fn strays(old: &Side<'_>, new: &Side<'_>, pairs: &[(usize, usize)]) -> FxHashSet<usize> {
    let mut siblings: FxHashMap<(Kind, Option<usize>, Option<usize>), Vec<usize>> = FxHashMap::default();
    for &(one, other) in pairs {
        if let (Some(one), Some(there)) = (old.parts.get(one), new.parts.get(other)) {
            siblings.entry((one.kind, one.parent, there.parent)).or_default().push(other);
        }
    }
    let mut out = FxHashSet::default();
    for list in siblings.values() {
        let run = longest_run(list);
        let kept: FxHashSet<usize> = run.into_iter().filter_map(|at| list.get(at)).copied().collect();
        out.extend(list.iter().filter(|at| !kept.contains(at)).copied());
    }
    out
}

fn index(links: Vec<Link>, state: &State) -> Pairing {
    let mut out = Pairing { of_old: vec![0; state.to_new.len()], of_new: vec![0; state.to_old.len()], links };
    for (at, link) in out.links.iter().enumerate() {
        for old in &link.old {
            if let Some(entry) = out.of_old.get_mut(*old) {
                *entry = at;
            }
        }
        for new in &link.new {
            if let Some(entry) = out.of_new.get_mut(*new) {
                *entry = at;
            }
        }
    }
    out
}
