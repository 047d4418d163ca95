//! Rows that are heads of groups though their numbers look as those of items do.

use std::collections::BTreeSet;

use super::row_roles::{LISTS, rank};
use super::rows::RowFacts;
use crate::layout::Style;
use crate::model::RowRole;

/// Makes such rows groups. Their numbers count among themselves.
pub(super) fn mark(facts: &mut [RowFacts]) {
    marked_heads(facts);
    listed_heads(facts);
    counted_heads(facts);
}

/// Rows that hold nothing but their words, and whose numbers end in a mark that those of all other rows have not, are heads:
/// "1-" over "1", "2". Their numbers count among themselves.
fn marked_heads(facts: &mut [RowFacts]) {
    let counted = |row: &RowFacts| {
        let plain = matches!(row.token.as_ref().map(|token| token.style), Some(Style::Arabic(1)));
        row.role == RowRole::Item && plain
    };
    let mark =
        |row: &RowFacts| row.number.as_deref().and_then(|number| number.trim_end().chars().next_back());
    let mark = |row: &RowFacts| mark(row).filter(|c| !c.is_ascii_digit());
    let marks = |wanted: bool| -> BTreeSet<Option<char>> {
        facts.iter().filter(|row| counted(row) && row.is_bare() == wanted).map(mark).collect()
    };
    let (heads, others) = (marks(true), marks(false));
    let first = facts.iter().find(|row| counted(row));
    let heads_first =
        first.is_some_and(|row| row.is_bare() && row.token.as_ref().is_some_and(|it| it.ordinal == 1));
    let [Some(head)] = heads.into_iter().collect::<Vec<_>>()[..] else { return };
    if others.is_empty() || others.contains(&Some(head)) || !heads_first {
        return;
    }
    facts.iter_mut().filter(|row| counted(row) && row.is_bare()).for_each(count_apart);
}

/// Rows whose numbers count as a list's do are heads where they hold nothing but their words and each stands over a row that
/// holds more and whose number is no list's: "a)" over "1", "2", "b)" over "3".
fn listed_heads(facts: &mut [RowFacts]) {
    let style = |row: &RowFacts| row.token.as_ref().map(|token| token.style);
    let listed =
        |row: &RowFacts| row.role == RowRole::Item && style(row).is_some_and(|style| rank(style) >= LISTS);
    let over = |next: Option<&RowFacts>| {
        next.is_some_and(|row| {
            row.role == RowRole::Item && !row.is_bare() && style(row).is_some_and(|style| rank(style) < LISTS)
        })
    };
    let heads: Vec<usize> = (0..facts.len()).filter(|at| facts.get(*at).is_some_and(listed)).collect();
    let all = heads.iter().all(|at| facts.get(*at).is_some_and(RowFacts::is_bare) && over(facts.get(at + 1)));
    let first = facts.iter().position(|row| row.role == RowRole::Item && row.token.is_some());
    // One alone may be a point of the row above.
    if !all || heads.len() < 2 && heads.first() != first.as_ref() {
        return;
    }
    for at in heads {
        if let Some(row) = facts.get_mut(at) {
            row.role = RowRole::Group;
        }
    }
}

/// Rows that hold nothing but their words, count up from 1 among themselves and stand each over a row that begins at 1 again, or
/// goes on counting from the row before them, are heads, though their numbers look as those of the rows under them do: "1" over
/// "1", "2", "3", then "2" over "1" or over "4".
fn counted_heads(facts: &mut [RowFacts]) {
    let plain = |row: &RowFacts| {
        let token = row.token.as_ref().filter(|token| token.style == Style::Arabic(1));
        token.filter(|_| row.role == RowRole::Item).map(|token| token.ordinal)
    };
    let counted: Vec<(usize, u32, bool)> = facts
        .iter()
        .enumerate()
        .filter_map(|(at, row)| plain(row).map(|ordinal| (at, ordinal, row.is_bare())))
        .collect();
    let heads: Vec<(usize, u32)> =
        counted.iter().filter(|(_, _, bare)| *bare).map(|(at, ordinal, _)| (*at, *ordinal)).collect();
    let mut last = 0;
    let mut over = 0;
    for pair in counted.windows(2) {
        let [(_, ordinal, bare), (_, next, next_bare)] = pair else { continue };
        if !bare {
            last = *ordinal;
        }
        over += usize::from(*bare && !next_bare && (*next == 1 || *next == last + 1));
    }
    let counts_up = heads.windows(2).all(|pair| matches!(pair, [(_, a), (_, b)] if a < b));
    let first = counted.first().is_some_and(|(_, ordinal, bare)| *bare && *ordinal == 1);
    if heads.len() < 2 || over < heads.len() || !counts_up || !first {
        return;
    }
    for (at, _) in heads {
        facts.get_mut(at).into_iter().for_each(count_apart);
    }
}

/// Makes a row a group whose number is none of the items'.
fn count_apart(row: &mut RowFacts) {
    row.role = RowRole::Group;
    if let Some(token) = &mut row.token {
        token.style = Style::ArabicParen;
    }
}
