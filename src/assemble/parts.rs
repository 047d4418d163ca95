//! Units of the parts of a target: where none of them prints its own, the cell of the target over them is merged over theirs.

use rustc_hash::FxHashMap;

use crate::model::{Appendix, ColumnRole, Item, Target};
use crate::value::Unit;

/// Gives parts without a unit that of the target over them, marked as inferred.
pub(super) fn units(appendix: &mut Appendix) {
    if !appendix.columns.iter().any(|column| column.role == ColumnRole::Unit) {
        return;
    }
    let mut printed: FxHashMap<&str, &Unit> = FxHashMap::default();
    let mut own: FxHashMap<&str, bool> = FxHashMap::default();
    for target in targets(&appendix.items) {
        if let Some(unit) = &target.unit {
            printed.insert(&target.id, unit);
        }
        if let Some(parent) = &target.parent {
            *own.entry(parent).or_default() |= target.unit.is_some();
        }
    }
    let merged = |target: &&Target| target.unit.is_none();
    let found: Vec<(String, Unit)> = targets(&appendix.items)
        .filter(merged)
        .filter_map(|target| {
            let parent = target.parent.as_deref().filter(|parent| own.get(parent) == Some(&false))?;
            Some((target.id.clone(), (*printed.get(parent)?).clone()))
        })
        .collect();
    let mut found: FxHashMap<String, Unit> = found.into_iter().collect();
    for item in &mut appendix.items {
        if let Item::Target(target) = item
            && let Some(unit) = found.remove(&target.id)
        {
            target.unit = Some(Unit { inferred: true, ..unit });
        }
    }
}

fn targets(items: &[Item]) -> impl Iterator<Item = &Target> {
    items.iter().filter_map(|item| if let Item::Target(target) = item { Some(target.as_ref()) } else { None })
}
