//! Which marks of sibling lists count together.

use rustc_hash::FxHashMap;

use super::writing::roman_of;
use super::{Key, List, Mark, Part, key};

/// The marks of all lists by what they count with; marks that cannot be read go with the mark before.
pub(super) fn runs(lists: Vec<List<'_>>) -> Vec<Vec<Mark<'_>>> {
    let mut known: FxHashMap<Key, usize> = FxHashMap::default();
    let mut out: Vec<Vec<Mark<'_>>> = Vec::new();
    for list in lists {
        let mut last: Option<usize> = None;
        let mut waiting: Vec<Mark<'_>> = Vec::new();
        for mut mark in list.marks {
            let Some(label) = &mark.label else {
                match last.and_then(|at| out.get_mut(at)) {
                    Some(run) => run.push(mark),
                    None => waiting.push(mark),
                }
                continue;
            };
            let at = *known.entry(key(label)).or_insert_with(|| {
                out.push(Vec::new());
                out.len() - 1
            });
            mark.interrupted = last.is_some_and(|last| last != at);
            last = Some(at);
            if let Some(run) = out.get_mut(at) {
                run.append(&mut waiting);
                run.push(mark);
            }
        }
    }
    out
}

fn last_part<'m>(mark: &'m Mark<'_>) -> Option<&'m Part> {
    mark.label.as_ref().and_then(|label| label.path.last())
}

/// Parts the lists that count in Roman numerals from those that count in letters: "(i)", "(ii)" of one section do not go on
/// from "a)" to "d)" of another. Lists that could be either go with the numerals that they go on from.
pub(super) fn apart(run: Vec<Mark<'_>>) -> Vec<Vec<Mark<'_>>> {
    let value = |mark: &Mark<'_>| last_part(mark).and_then(roman_of);
    let is_letter = |mark: &Mark<'_>| mark.label.is_some() && value(mark).is_none();
    let is_long = |mark: &Mark<'_>| {
        last_part(mark).is_some_and(|part| roman_of(part).is_some() && part.text().len() > 1)
    };
    let lists = || run.chunk_by(|a, b| a.list == b.list);
    let by_letters = |list: &[Mark<'_>]| list.iter().any(is_letter);
    let by_numerals = |list: &[Mark<'_>]| !by_letters(list) && list.iter().any(is_long);
    if !(lists().any(by_letters) && lists().any(by_numerals)) {
        return vec![run];
    }
    let (mut numerals, mut letters): (Vec<Mark<'_>>, Vec<Mark<'_>>) = (Vec::new(), Vec::new());
    for list in lists() {
        let next = numerals.last().and_then(value).map_or(1, |last| last + 1);
        let goes_on = list.first().and_then(value).is_some_and(|first| first == 1 || first == next);
        let into =
            if by_numerals(list) || goes_on && !by_letters(list) { &mut numerals } else { &mut letters };
        into.extend_from_slice(list);
    }
    vec![numerals, letters]
}
