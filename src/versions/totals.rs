//! Totals that are others, and which rows make the difference.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::changes::{Compared, PartRef};
use super::columns::Names;
use super::fields::text_key;
use super::matching::Link;
use super::parts::{Kind, Node, Part, Parts};
use crate::model::{Amount, Appendix, Total};
use crate::span::At;
use crate::value::Number;

/// A printed total that is another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TotalChange {
    /// Id of the appendix in the new version.
    pub appendix: String,
    /// The printed words of the total's row.
    pub label: String,
    /// The words over the column.
    pub column: String,
    /// What the old version prints.
    pub old: Option<Number>,
    /// What the new version prints.
    pub new: Option<Number>,
    /// The new total less the old one.
    pub difference: Number,
    /// The rows that account for it, the greatest difference first.
    pub rows: Vec<RowDifference>,
    /// What the rows do not account for: the difference less all of theirs.
    pub unexplained: Number,
    /// Where the total stands in the new version.
    pub at: At,
}

/// What a row adds to the difference of a total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowDifference {
    /// What the row is: an item or a group.
    pub kind: Kind,
    /// The row in the old version; absent where it is new.
    pub old: Option<PartRef>,
    /// The row in the new version; absent where it is gone.
    pub new: Option<PartRef>,
    /// The new amount less the old one; a row that is not there counts as nothing.
    pub difference: Number,
}

/// The changed totals, in the order of the new version.
pub(super) fn changes(compared: &mut Compared<'_>) -> Vec<TotalChange> {
    let mut out = Vec::new();
    let tops: Vec<usize> = positions(compared.new, |part| part.kind == Kind::Appendix);
    for new_top in tops {
        let Some(old_top) = compared.pairing.was(new_top) else { continue };
        let (Some(one), Some(other)) =
            (compared.old.get(old_top).cloned(), compared.new.get(new_top).cloned())
        else {
            continue;
        };
        let (Node::Appendix(old), Node::Appendix(new)) = (one.node, other.node) else { continue };
        let (names, there) = compared.names(&one, &other);
        let tables = Tables { compared, old: (old_top, old, names), new: (new_top, new, there) };
        tables.changes(&mut out);
    }
    out
}

/// Two tables that are the same.
struct Tables<'a, 'c> {
    compared: &'c Compared<'a>,
    old: (usize, &'a Appendix, Names),
    new: (usize, &'a Appendix, Names),
}

impl Tables<'_, '_> {
    fn changes(&self, out: &mut Vec<TotalChange>) {
        let mut used: Vec<&str> = Vec::new();
        for total in &self.new.1.totals {
            let Some(was) = self.was(total, &used) else { continue };
            used.push(&was.id);
            for amount in &total.amounts {
                let (key, name) = self.new.2.of(&amount.column);
                let old = value(&was.amounts, &self.old.2, &key);
                let new = amount.value.exact();
                let difference = new.unwrap_or_default() - old.unwrap_or_default();
                if difference.is_zero() || (old.is_none() && new.is_none()) {
                    continue;
                }
                let rows = self.rows(was, total, &key);
                let explained: Number = rows.iter().map(|row| row.difference).sum();
                out.push(TotalChange {
                    appendix: self.new.1.id.clone(),
                    label: total.label.clone(),
                    column: name.unwrap_or_default(),
                    old,
                    new,
                    difference: difference.normalized(),
                    rows,
                    unexplained: (difference - explained).normalized(),
                    at: total.at.clone(),
                });
            }
        }
    }

    /// The total of the old version that a total was: that of the same group, else that of the same words.
    fn was(&self, total: &Total, used: &[&str]) -> Option<&Total> {
        let free = || self.old.1.totals.iter().filter(|was| !used.contains(&was.id.as_str()));
        let group = total.group.as_deref().and_then(|id| self.compared.new.find(Kind::Group, id));
        let group =
            group.and_then(|at| self.compared.pairing.was(at)).and_then(|at| self.compared.old.get(at));
        let same_group = |was: &&Total| match (group, was.group.as_deref()) {
            (Some(group), Some(was)) => group.id == was,
            (None, None) => total.group.is_none(),
            _ => false,
        };
        let same_words = |was: &&Total| text_key(&was.label) == text_key(&total.label);
        free()
            .find(|was| same_group(was) && same_words(was))
            .or_else(|| free().find(same_group))
            .or_else(|| free().find(same_words))
    }

    /// What the rows under a total add to its difference in one column.
    fn rows(&self, was: &Total, total: &Total, key: &str) -> Vec<RowDifference> {
        let old = under(self.compared.old, self.old.0, was.group.as_deref());
        let new = under(self.compared.new, self.new.0, total.group.as_deref());
        let of = |parts: &Parts<'_>, names: &Names, at: usize| {
            parts.get(at).and_then(|part| value(amounts(part.node), names, key)).unwrap_or_default()
        };
        let sum = |parts: &Parts<'_>, names: &Names, all: &[usize], those: &[usize]| -> Number {
            those.iter().filter(|at| all.contains(at)).map(|at| of(parts, names, *at)).sum()
        };
        let mut rows: Vec<RowDifference> = Vec::new();
        let links: Vec<&Link> = self.compared.pairing.links.iter().collect();
        for link in links {
            let here = |all: &[usize], those: &[usize]| those.iter().copied().find(|at| all.contains(at));
            let (one, other) = (here(&old, &link.old), here(&new, &link.new));
            if one.is_none() && other.is_none() {
                continue;
            }
            let before = sum(self.compared.old, &self.old.2, &old, &link.old);
            let after = sum(self.compared.new, &self.new.2, &new, &link.new);
            let difference = (after - before).normalized();
            if !difference.is_zero() {
                rows.push(RowDifference {
                    kind: link.old_kind.filter(|_| other.is_none()).unwrap_or(link.kind),
                    old: one.and_then(|at| PartRef::of(self.compared.old, at)),
                    new: other.and_then(|at| PartRef::of(self.compared.new, at)),
                    difference,
                });
            }
        }
        rows.sort_by_key(|row| std::cmp::Reverse(row.difference.abs()));
        rows
    }
}

/// The rows whose amounts make up a total: the items under its group, and groups that have amounts and no items.
fn under(parts: &Parts<'_>, top: usize, group: Option<&str>) -> Vec<usize> {
    let group = group.and_then(|id| parts.find(Kind::Group, id)).unwrap_or(top);
    let inside = |at: usize| at == group || parts.above(at).any(|above| above == group);
    let items = positions(parts, |part| part.kind.is_item());
    let items: Vec<usize> = items.into_iter().filter(|at| inside(*at)).collect();
    let holds = |group: usize| {
        parts.all().iter().enumerate().any(|(at, part)| {
            (part.kind.is_item() || part.kind == Kind::Group) && parts.above(at).any(|above| above == group)
        })
    };
    let groups = positions(parts, |part| part.kind == Kind::Group && !amounts(part.node).is_empty());
    let groups = groups.into_iter().filter(|at| *at != group && inside(*at) && !holds(*at));
    let mut out: Vec<usize> = items.into_iter().chain(groups).collect();
    out.sort_unstable();
    out
}

fn positions(parts: &Parts<'_>, is: impl Fn(&Part<'_>) -> bool) -> Vec<usize> {
    parts.all().iter().enumerate().filter(|(_, part)| is(part)).map(|(at, _)| at).collect()
}

fn amounts<'a>(node: Node<'a>) -> &'a [Amount] {
    match node {
        Node::Item(item) => item.amounts(),
        Node::Group(group) => group.amounts.as_deref().unwrap_or_default(),
        _ => &[],
    }
}

fn value(amounts: &[Amount], names: &Names, key: &str) -> Option<Number> {
    amounts.iter().find(|amount| names.of(&amount.column).0 == key)?.value.exact()
}
