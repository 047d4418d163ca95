//! New and resolved findings: those of the new version that the old one does not have, and the reverse. A finding that
//! stays is known by its fingerprint, or by its rule and the part that it stands in.

use rustc_hash::FxHashMap;

use super::matching::Pairing;
use super::parts::{Kind, Parts};
use crate::span::At;

/// A finding as it is compared.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The rule's code.
    pub code: &'a str,
    /// The same for the same rule, message and words.
    pub fingerprint: &'a str,
    /// Where it stands.
    pub at: &'a At,
}

/// Whether a finding stands in the body, before the first appendix.
#[must_use]
pub fn in_body(parts: &Parts<'_>, at: &At) -> bool {
    let tops = parts.all().iter().filter(|part| part.kind == Kind::Appendix);
    tops.map(|part| part.at.span.0).min().is_none_or(|first| at.span.0 < first)
}

/// The positions of findings that are in the new version only, and of those in the old version only.
#[must_use]
pub fn compare(
    old: (&Parts<'_>, &[Found<'_>]),
    new: (&Parts<'_>, &[Found<'_>]),
    pairing: &Pairing,
) -> (Vec<usize>, Vec<usize>) {
    let mut stays_old = vec![false; old.1.len()];
    let mut stays_new = vec![false; new.1.len()];
    let mut meet = |key_old: &dyn Fn(&Found<'_>) -> Option<String>,
                    key_new: &dyn Fn(&Found<'_>) -> Option<String>| {
        let mut waiting: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, found) in old.1.iter().enumerate().rev() {
            if let (Some(false), Some(key)) = (stays_old.get(at), key_old(found)) {
                waiting.entry(key).or_default().push(at);
            }
        }
        for (at, found) in new.1.iter().enumerate() {
            let (Some(false), Some(key)) = (stays_new.get(at).copied(), key_new(found)) else { continue };
            let Some(before) = waiting.get_mut(&key).and_then(Vec::pop) else { continue };
            mark(&mut stays_old, before);
            mark(&mut stays_new, at);
        }
    };
    let print = |found: &Found<'_>| Some(found.fingerprint.to_owned());
    meet(&print, &print);
    let (here, there) = (Places::of(old.0), Places::of(new.0));
    let old_part = |found: &Found<'_>| {
        let now = pairing.became(here.part(found.at)?)?;
        Some(format!("{} {now}", found.code))
    };
    let new_part = |found: &Found<'_>| Some(format!("{} {}", found.code, there.part(found.at)?));
    meet(&old_part, &new_part);
    let left = |stays: &[bool]| stays.iter().enumerate().filter(|it| !it.1).map(|it| it.0).collect();
    (left(&stays_new), left(&stays_old))
}

fn mark(list: &mut [bool], at: usize) {
    if let Some(entry) = list.get_mut(at) {
        *entry = true;
    }
}

/// Parts by where they stand.
#[derive(Debug)]
pub struct Places {
    /// Start, end, position of each piece of a part, sorted by start.
    list: Vec<(u32, u32, usize)>,
}

impl Places {
    /// The parts of a document.
    #[must_use]
    pub fn of(parts: &Parts<'_>) -> Self {
        let mut list = Vec::new();
        for (at, part) in parts.all().iter().enumerate() {
            for piece in std::iter::once(part.at).chain(&part.at.also) {
                list.push((piece.span.0, piece.span.1, at));
            }
        }
        list.sort_unstable();
        Self { list }
    }

    /// The innermost part that a place lies in. Parts' places do not nest more than a few deep.
    #[must_use]
    pub fn part(&self, at: &At) -> Option<usize> {
        let end = self.list.partition_point(|it| it.0 <= at.span.0);
        let before = self.list.get(..end)?;
        before.iter().rev().take(8).find(|it| at.span.0 < it.1.max(it.0 + 1)).map(|it| it.2)
    }
}
