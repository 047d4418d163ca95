//! Statements that speak of one thing at one time, found by the words that they share.

use super::figures::{agrees_beside, disagree};
use super::{Kind, Statement, Statements};
use crate::rules::Context;

/// Statements share at least this many words, or all of fewer.
const SHARED: usize = 4;

/// Words that more statements use tell nothing.
const POSTINGS: usize = 100;

/// What looking for candidates needs each time.
struct Scratch {
    /// How many words each statement shares with the one at hand; zeros before and after.
    counts: Vec<u32>,
    /// The words of the statement at hand.
    words: Vec<u32>,
}

impl<'a> Statements<'a> {
    /// Pairs of statements of one thing that cannot both be meant; the later one first.
    pub fn conflicts(&self, context: &Context<'a>) -> Vec<(&Statement<'a>, &Statement<'a>)> {
        let postings = self.postings();
        let mut out = Vec::new();
        let mut scratch = Scratch { counts: vec![0; self.list.len()], words: Vec::new() };
        for (at, statement) in self.list.iter().enumerate() {
            for other in self.candidates(&postings, at, &mut scratch) {
                let Some(other) = self.list.get(other) else { continue };
                if self.is_one_thing(context, statement, other)
                    && self.is_one_time(statement, other)
                    && disagree(statement, other)
                    && !agrees_beside(&self.list, statement, other)
                {
                    out.push((statement, other));
                }
            }
        }
        out
    }

    fn postings(&self) -> Vec<Vec<usize>> {
        let mut out: Vec<Vec<usize>> = vec![Vec::new(); self.keys.len()];
        for (at, statement) in self.list.iter().enumerate() {
            for number in statement.subjects.iter().flatten() {
                let list = usize::try_from(*number).ok().and_then(|number| out.get_mut(number));
                if let Some(list) = list.filter(|list| list.len() <= POSTINGS && list.last() != Some(&at)) {
                    list.push(at);
                }
            }
        }
        out
    }

    /// Earlier statements of another kind and the same unit that share words with the one at `at`.
    fn candidates(&self, postings: &[Vec<usize>], at: usize, scratch: &mut Scratch) -> Vec<usize> {
        let Some(statement) = self.list.get(at) else { return Vec::new() };
        let Scratch { counts, words } = scratch;
        words.clear();
        words.extend(statement.subjects.iter().flatten());
        words.sort_unstable();
        words.dedup();
        let mut out = Vec::new();
        for number in words {
            let list = usize::try_from(*number).ok().and_then(|number| postings.get(number));
            let telling = list.filter(|list| list.len() <= POSTINGS);
            for other in telling.into_iter().flatten().take_while(|other| **other < at) {
                let Some(count) = counts.get_mut(*other) else { continue };
                if *count == 0 {
                    out.push(*other);
                }
                *count += 1;
            }
        }
        out.retain(|other| {
            let shared = counts.get_mut(*other).map(std::mem::take);
            shared >= Some(3)
                && self
                    .list
                    .get(*other)
                    .is_some_and(|other| other.kind != statement.kind && same_unit(other, statement))
        });
        out.sort_unstable();
        out
    }

    fn is_one_thing(&self, context: &Context<'a>, a: &Statement<'a>, b: &Statement<'a>) -> bool {
        a.subjects.iter().any(|x| b.subjects.iter().any(|y| self.is_one_subject(context, x, y)))
    }

    /// Whether two subjects are one: all words of one in the other, or all but one of each.
    fn is_one_subject(&self, context: &Context<'a>, a: &[u32], b: &[u32]) -> bool {
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        let extra = long.len() - short.len();
        // No more than one word may be missing: the second that is ends the search.
        let missing = only_in(short, long).take(2).count();
        let common = short.len() - missing;
        let close = match (missing, extra) {
            (0, 0) => common >= SHARED - 1,
            (0, extra) => common >= SHARED && extra * 4 <= common,
            (1, 0) => common >= SHARED + 2,
            _ => false,
        };
        let grammar = &context.grammar.statements;
        let distinct = |number: &u32| {
            let key = usize::try_from(*number).ok().and_then(|number| self.keys.get(number));
            key.is_some_and(|key| grammar.distinguishes(key))
        };
        close && !only_in(short, long).chain(only_in(long, short)).any(distinct)
    }

    fn is_one_time(&self, a: &Statement<'_>, b: &Statement<'_>) -> bool {
        let open = |dated: &Statement<'_>| match dated.kind {
            Kind::Target => dated.last,
            _ => self.end.is_none() || dated.year == self.end,
        };
        let years = match (a.year, b.year) {
            (Some(x), Some(y)) => x == y,
            (Some(_), None) => open(a),
            (None, Some(_)) => open(b),
            (None, None) => true,
        };
        let whole =
            |sum: &Statement<'_>, one: &Statement<'_>| sum.over_all && one.of_several && !one.over_all;
        years && a.recurs == b.recurs && !whole(a, b) && !whole(b, a)
    }
}

/// The words of a subject that another has not; both are sorted.
fn only_in<'w>(words: &'w [u32], other: &'w [u32]) -> impl Iterator<Item = &'w u32> {
    words.iter().filter(|word| other.binary_search(word).is_err())
}

fn same_unit(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    let base = a.unit.base.is_some() && a.unit.base == b.unit.base;
    fn per<'s>(statement: &'s Statement<'_>) -> Option<&'s str> {
        statement.unit.per.as_deref().filter(|per| *per != "year")
    }
    base && per(a) == per(b)
}
