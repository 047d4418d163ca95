//! One version as matching sees it: its parts with grams, facts, siblings, and what stands under each.

use rustc_hash::FxHashMap;

use super::facts::Facts;
use super::words::{Counts, Grams, Weighed};
use crate::versions::parts::{Kind, Part, Parts};

/// A version taken apart.
#[derive(Debug)]
pub(super) struct Side<'a> {
    pub(super) parts: &'a Parts<'a>,
    pub(super) grams: Vec<Grams>,
    pub(super) facts: Vec<Facts>,
    /// The names' grams with their weights; filled once both versions are known.
    pub(super) weighed: Vec<Weighed>,
    /// The sibling of the same kind before each part, and the one after it.
    siblings: Vec<(Option<usize>, Option<usize>)>,
    /// Of each part that holds parts, everything under it that holds none.
    leaves: Vec<Vec<usize>>,
}

/// Which part of the new version each part of the old one is, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    pub(super) to_new: Vec<Option<usize>>,
    pub(super) to_old: Vec<Option<usize>>,
}

impl<'a> Side<'a> {
    pub(super) fn of(parts: &'a Parts<'a>) -> Self {
        let all = parts.all();
        let mut siblings = vec![(None, None); all.len()];
        let mut last: FxHashMap<(Option<usize>, Kind), usize> = FxHashMap::default();
        let mut leaves = vec![Vec::new(); all.len()];
        for (at, part) in all.iter().enumerate() {
            if let Some(before) = last.insert((part.parent, part.kind), at) {
                set(&mut siblings, at, |it: &mut (Option<usize>, Option<usize>)| it.0 = Some(before));
                set(&mut siblings, before, |it| it.1 = Some(at));
            }
            if !part.kind.holds_parts() {
                for above in parts.above(at) {
                    set(&mut leaves, above, |it: &mut Vec<usize>| it.push(at));
                }
            }
        }
        Self {
            parts,
            grams: all.iter().map(|part| Grams::of(&part.name)).collect(),
            facts: all.iter().map(Facts::of).collect(),
            weighed: Vec::new(),
            siblings,
            leaves,
        }
    }

    /// Weighs the names of two versions by how rare their grams are among parts of their kind.
    pub(super) fn weigh(old: &mut Self, new: &mut Self) {
        let mut counts: FxHashMap<Kind, Counts> = FxHashMap::default();
        for kind in Kind::ALL {
            let of = |side: &Self| -> Vec<Grams> {
                side.members(kind).filter_map(|at| side.grams.get(at)).cloned().collect()
            };
            let (old, new) = (of(old), of(new));
            counts.insert(kind, Counts::of(old.iter(), new.iter()));
        }
        for side in [old, new] {
            let weigh =
                |(part, grams): (&Part<'_>, &Grams)| counts.get(&part.kind).map(|counts| grams.weigh(counts));
            let all = side.parts.all().iter().zip(&side.grams);
            side.weighed = all.map(|it| weigh(it).unwrap_or_default()).collect();
        }
    }

    /// The positions of the parts of a kind.
    pub(super) fn members(&self, kind: Kind) -> impl Iterator<Item = usize> + '_ {
        let all = self.parts.all().iter().enumerate();
        all.filter(move |(_, part)| part.kind == kind).map(|(at, _)| at)
    }

    /// The siblings of the same kind before and after a part.
    pub(super) fn siblings(&self, at: usize) -> (Option<usize>, Option<usize>) {
        self.siblings.get(at).copied().unwrap_or_default()
    }

    /// What stands under a part and holds nothing itself.
    pub(super) fn leaves(&self, at: usize) -> &[usize] {
        self.leaves.get(at).map_or(&[], Vec::as_slice)
    }

    /// How alike the names of two versions' parts are, in thousandths; nothing where one has none.
    pub(super) fn likeness(&self, at: usize, other: &Self, there: usize) -> Option<u32> {
        self.weighed.get(at)?.likeness(other.weighed.get(there)?)
    }
}

impl State {
    pub(super) fn empty(old: usize, new: usize) -> Self {
        Self { to_new: vec![None; old], to_old: vec![None; new] }
    }

    pub(super) fn link(&mut self, old: usize, new: usize) {
        set(&mut self.to_new, old, |it| *it = Some(new));
        set(&mut self.to_old, new, |it| *it = Some(old));
    }

    pub(super) fn unlink(&mut self, old: usize) {
        if let Some(new) = self.new_of(old) {
            set(&mut self.to_old, new, |it| *it = None);
        }
        set(&mut self.to_new, old, |it| *it = None);
    }

    pub(super) fn new_of(&self, old: usize) -> Option<usize> {
        self.to_new.get(old).copied().flatten()
    }

    pub(super) fn old_of(&self, new: usize) -> Option<usize> {
        self.to_old.get(new).copied().flatten()
    }

    /// Whether two parts are linked.
    pub(super) fn has(&self, old: usize, new: usize) -> bool {
        self.new_of(old) == Some(new)
    }
}

fn set<T>(list: &mut [T], at: usize, change: impl FnOnce(&mut T)) {
    if let Some(entry) = list.get_mut(at) {
        change(entry);
    }
}
