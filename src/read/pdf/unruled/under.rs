//! Rules under texts of a header that stand over several columns, in tables whose columns no rules part.

use super::columns::Columns;
use super::head::Placed;
use crate::read::pdf::geometry::Area;
use crate::read::pdf::path::Rule;

/// A level rule under a text of the header, and the columns that it covers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Under {
    pub at: f64,
    pub first: usize,
    pub last: usize,
}

/// Rules nearer than this meet.
pub(super) const MEET: f64 = 2.6;

/// The rules inside a header that cover some of its columns, from left to right; pieces of one rule are one.
pub(super) fn unders(rules: &[Rule], columns: &Columns, area: Area, placed: &[Placed]) -> Vec<Under> {
    let inside = |rule: &&Rule| !rule.upright && area.top < rule.at && rule.at < area.bottom;
    let mut own: Vec<Rule> = rules.iter().filter(inside).copied().collect();
    own.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut joined: Vec<Rule> = Vec::new();
    for rule in own {
        let meets = |last: &&mut Rule| (last.at - rule.at).abs() < MEET && rule.from - last.to < MEET;
        // Two rules that meet under two texts stay two.
        let parts_texts = |last: &Rule| {
            let over = |rule: &Rule| {
                let middle = |piece: &&Placed| piece.area.left.midpoint(piece.area.right);
                placed.iter().any(|piece| {
                    piece.base < rule.at
                        && (rule.from..=rule.to).contains(&middle(&piece))
                        && piece.area.right < rule.to + MEET
                        && piece.area.left > rule.from - MEET
                })
            };
            over(last) && over(&rule)
        };
        match joined.last_mut().filter(meets) {
            Some(last) if !parts_texts(last) => last.to = last.to.max(rule.to),
            _ => joined.push(rule),
        }
    }
    let covered = |rule: &Rule| {
        let covers = |column: &usize| {
            columns.area(*column, *column).is_some_and(|(left, right)| {
                (rule.from - MEET..=rule.to + MEET).contains(&left.midpoint(right))
            })
        };
        let first = (0..columns.count()).find(covers)?;
        let last = (0..columns.count()).rfind(covers)?;
        (last > first && last - first + 1 < columns.count()).then_some(Under { at: rule.at, first, last })
    };
    joined.iter().filter_map(covered).collect()
}
