//! Which column of one table is which of the other: the same words over it, or the only one that plays its part.

use rustc_hash::FxHashMap;

use super::fields::text_key;
use crate::model::{Appendix, Column, ColumnRole};

/// The columns of a table: their keys, shared with the other version's, and their names.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// Id, key, name, in order.
    list: Vec<(String, String, String)>,
}

impl Names {
    /// The columns of an appendix alone.
    pub(super) fn alone(appendix: &Appendix) -> Self {
        let lowest = |column: &Column| column.path.last().cloned().unwrap_or_default();
        let twice = |name: &str| appendix.columns.iter().filter(|it| lowest(it) == name).count() > 1;
        let name = |column: &Column| {
            let lowest = lowest(column);
            if twice(&lowest) { column.path.join(" – ") } else { lowest }
        };
        Self { list: appendix.columns.iter().map(|it| (it.id.clone(), key(it), name(it))).collect() }
    }

    /// The columns of two appendices. A column of the new version has the key of the old one's that it is.
    pub(super) fn both(old: &Appendix, new: &Appendix) -> (Self, Self) {
        let (olds, mut news) = (Self::alone(old), Self::alone(new));
        let roles = |appendix: &Appendix| {
            let mut roles: FxHashMap<(ColumnRole, Option<Vec<i32>>), Vec<usize>> = FxHashMap::default();
            for (at, column) in appendix.columns.iter().enumerate() {
                roles.entry((column.role, column.years.clone())).or_default().push(at);
            }
            roles
        };
        let there = roles(new);
        for (role, at) in roles(old) {
            let ([one], Some([other])) = (at.as_slice(), there.get(&role).map(Vec::as_slice)) else {
                continue;
            };
            let known = |names: &Self, key: &str| names.list.iter().any(|it| it.1 == key);
            let (Some(mine), Some(theirs)) = (olds.list.get(*one), news.list.get(*other)) else { continue };
            if role.0 != ColumnRole::Other && !known(&news, &mine.1) && !known(&olds, &theirs.1) {
                let key = mine.1.clone();
                if let Some(entry) = news.list.get_mut(*other) {
                    entry.1 = key;
                }
            }
        }
        (olds, news)
    }

    /// Key and name of a column by its id.
    pub(super) fn of(&self, id: &str) -> (String, Option<String>) {
        let found = self.list.iter().find(|it| it.0 == id);
        found.map_or_else(|| (id.to_owned(), None), |it| (it.1.clone(), Some(it.2.clone())))
    }

    /// Key and name of a column by its position.
    pub(super) fn at(&self, at: usize) -> (String, Option<String>) {
        let found = self.list.get(at);
        found.map_or_else(|| (at.to_string(), None), |it| (it.1.clone(), Some(it.2.clone())))
    }

    /// Keys and names in order.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.list.iter().map(|it| (it.1.as_str(), it.2.as_str()))
    }
}

fn key(column: &Column) -> String {
    text_key(&column.path.join(" "))
}
