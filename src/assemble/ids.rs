//! Ids: printed numbers made unique.

use rustc_hash::FxHashMap;

use super::by_column::Under;
use super::rows::RowFacts;
use crate::layout::Style;
use crate::model::RowRole;

/// Gives each id once: a second use gets "~2".
#[derive(Debug, Default)]
pub(super) struct Ids {
    used: FxHashMap<String, u32>,
}

impl Ids {
    pub(super) fn claim(&mut self, id: String) -> String {
        let count = self.used.entry(id.clone()).or_insert(0);
        *count += 1;
        if *count == 1 {
            return id;
        }
        let mut n = *count;
        loop {
            let candidate = format!("{id}~{n}");
            if !self.used.contains_key(&candidate) {
                self.used.insert(candidate.clone(), 1);
                return candidate;
            }
            n += 1;
        }
    }

    /// Whether an id is used already.
    pub(super) fn has(&self, id: &str) -> bool {
        self.used.contains_key(id)
    }
}

/// Whether numbers of items start again from 1 in later groups.
pub(super) fn restarts(facts: &[RowFacts]) -> bool {
    let styles = || facts.iter().filter_map(|row| row.token.as_ref()).map(|token| token.style);
    let counting = [Style::Arabic(1), Style::ArabicParen, Style::Paren];
    let Some(counting) = counting.into_iter().find(|style| styles().any(|other| other == *style)) else {
        return false;
    };
    let mut ones = 0;
    let mut group = false;
    let mut restarted = false;
    for row in facts {
        if row.role == RowRole::Group {
            group = true;
            continue;
        }
        group |= matches!(row.under, Under::First(_));
        if row.role == RowRole::Item
            && let Some(token) = row.token.as_ref().filter(|token| token.style == counting)
        {
            if token.ordinal == 1 {
                ones += 1;
                restarted |= ones > 1 && group;
            }
            group = false;
        }
    }
    restarted
}
