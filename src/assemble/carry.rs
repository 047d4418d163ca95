//! Agencies of merged cells: blank cells that the cell above them speaks for, and deadlines merged over the same rows.

use rustc_hash::FxHashMap;

use super::Maker;
use crate::model::{
    Agency, Appendix, AppendixKind, Cell, ColumnRole, Deadline, Item, Origin, Row, RowRole, Table,
};

/// Share of blank cells from which a column of agencies counts as one of merged cells.
const MERGED_SHARE: usize = 5;

/// Fills blank agency cells from the merged cell above them, marked as inherited.
///
/// In tables of targets and growth rates an agency's cell is merged over the rows that it reports; in task
/// tables only where many cells are blank, since a single blank cell there is a missing owner. No merged cell
/// ends between a row and its first part, so a row right before a part with an owner of its own is just blank.
pub(super) fn carry(maker: Maker<'_>, appendix: &mut Appendix) {
    let Some(column) = appendix.columns.iter().position(|column| column.role == ColumnRole::Lead) else {
        return;
    };
    let Some(table) = appendix.table.as_mut() else { return };
    if !is_merged(maker, table, column, appendix.kind) {
        return;
    }
    let inherited = fill(table, column, &appendix.items);
    hand_over(&mut appendix.items, inherited);
}

/// Whether the blank cells of a column are those of merged ones.
fn is_merged(maker: Maker<'_>, table: &Table, column: usize, kind: AppendixKind) -> bool {
    // A column that an agency heads has its marks where they are meant.
    let marks = &maker.grammar.structure.rows;
    let mut texts = table.rows.iter().filter_map(|row| row.cells.get(column)?.raw.as_deref());
    if texts.any(|raw| marks.is_mark(raw)) {
        return false;
    }
    let is_item = |row: &&Row| row.role == RowRole::Item;
    let items = table.rows.iter().filter(is_item).count();
    let blank = table
        .rows
        .iter()
        .filter(is_item)
        .filter(|row| row.cells.get(column).is_some_and(|c| c.raw.is_none()))
        .count();
    let merged = match kind {
        AppendixKind::Targets | AppendixKind::Growth => blank > 0,
        AppendixKind::Tasks => blank >= 3 && blank * MERGED_SHARE >= items,
        _ => false,
    };
    merged && blank != items
}

/// Fills the blank cells from above. Which item then has which agencies.
fn fill(table: &mut Table, column: usize, items: &[Item]) -> Vec<(String, Vec<Agency>)> {
    let leads: FxHashMap<&str, &[Agency]> = items.iter().map(|item| (item.id(), lead_of(item))).collect();
    let heads = heads_of_owners(items);
    let mut above: Option<(String, Cell)> = None;
    let mut inherited: Vec<(String, Vec<Agency>)> = Vec::new();
    for row in &mut table.rows {
        match row.role {
            RowRole::Item => {}
            RowRole::Label => continue,
            _ => {
                above = None;
                continue;
            }
        }
        let Some(cell) = row.cells.get_mut(column) else { continue };
        if cell.raw.is_some() {
            above = Some((row.of.clone().unwrap_or_default(), cell.clone()));
        } else if row.of.as_ref().and_then(|of| heads.get(of)).is_some_and(|part| {
            let of = above.as_ref().map(|(of, _)| of.as_str()).unwrap_or_default();
            !same_agencies(part, leads.get(of).copied().unwrap_or_default())
        }) {
            // The part below names another agency: whose the head is cannot be told.
            above = None;
        } else if let Some((of, source)) = &above {
            cell.raw.clone_from(&source.raw);
            cell.origin = Origin::Inherited;
            cell.from = Some(of.clone());
            let agencies = leads
                .get(of.as_str())
                .into_iter()
                .flat_map(|agencies| agencies.iter())
                .map(|agency| Agency { inferred: true, at: source.at.clone(), ..agency.clone() })
                .collect();
            inherited.push((row.of.clone().unwrap_or_default(), agencies));
        }
    }
    inherited
}

/// Gives the items their agencies; both are in the order of the rows.
fn hand_over(items: &mut [Item], inherited: Vec<(String, Vec<Agency>)>) {
    let mut inherited = inherited.into_iter().peekable();
    for item in items {
        if inherited.peek().is_some_and(|(id, _)| id == item.id())
            && let Some((_, agencies)) = inherited.next()
        {
            match item {
                Item::Target(target) => target.lead = agencies,
                Item::Task(task) => task.lead = agencies,
                _ => {}
            }
        }
    }
}

/// Fills blank deadline cells of rows whose agency comes from the row above, where nearly all such rows have one: cells of both
/// columns are merged alike then. One among others that are filled is missing.
pub(super) fn deadlines(appendix: &mut Appendix) {
    let column = |role: ColumnRole| appendix.columns.iter().position(|column| column.role == role);
    let (Some(lead), Some(column)) = (column(ColumnRole::Lead), column(ColumnRole::Deadline)) else { return };
    let Some(table) = appendix.table.as_mut().filter(|_| appendix.kind == AppendixKind::Tasks) else {
        return;
    };
    let inherits = |row: &&Row| {
        let lead = row.cells.get(lead).is_some_and(|cell| cell.origin == Origin::Inherited);
        lead && row.role == RowRole::Item
    };
    let inheriting = || table.rows.iter().filter(inherits);
    let blank = |row: &&Row| row.cells.get(column).is_some_and(|cell| cell.raw.is_none());
    let blanks = inheriting().filter(blank).count();
    if blanks < 2 || blanks * 4 < inheriting().count() * 3 {
        return;
    }
    let mut above: Option<(String, Cell)> = None;
    let mut carried: Vec<(String, String)> = Vec::new();
    for row in &mut table.rows {
        if row.role == RowRole::Label {
            continue;
        }
        let merged = row.cells.get(lead).is_some_and(|cell| cell.origin == Origin::Inherited);
        let of = row.of.clone().filter(|_| row.role == RowRole::Item);
        let (Some(of), Some(cell)) = (of, row.cells.get_mut(column)) else {
            above = None;
            continue;
        };
        if cell.raw.is_some() {
            above = Some((of, cell.clone()));
        } else if !merged {
            above = None;
        } else if let Some((from, source)) = &above {
            cell.raw.clone_from(&source.raw);
            cell.origin = Origin::Inherited;
            cell.from = Some(from.clone());
            carried.push((of, from.clone()));
        }
    }
    let deadline = |item: &Item| match item {
        Item::Task(task) => Some((task.id.clone(), task.deadline.clone()?)),
        _ => None,
    };
    let own: FxHashMap<String, Deadline> = appendix.items.iter().filter_map(deadline).collect();
    let carried: FxHashMap<String, Deadline> =
        carried.into_iter().filter_map(|(of, from)| Some((of, own.get(&from)?.clone()))).collect();
    for item in &mut appendix.items {
        if let Item::Task(task) = item
            && let Some(deadline) = carried.get(&task.id)
        {
            task.deadline = Some(Deadline { inferred: true, ..deadline.clone() });
        }
    }
}

/// Items whose first part, right below them, names agencies of its own, with these.
fn heads_of_owners(items: &[Item]) -> FxHashMap<String, &[Agency]> {
    let parent = |item: &Item| if let Item::Target(target) = item { target.parent.clone() } else { None };
    items
        .iter()
        .zip(items.iter().skip(1))
        .filter(|(_, part)| !lead_of(part).is_empty())
        .filter_map(|(head, part)| Some((parent(part).filter(|id| id == head.id())?, lead_of(part))))
        .collect()
}

fn same_agencies(some: &[Agency], others: &[Agency]) -> bool {
    some.len() == others.len() && some.iter().zip(others).all(|(one, other)| one.key == other.key)
}

fn lead_of(item: &Item) -> &[Agency] {
    match item {
        Item::Target(target) => &target.lead,
        Item::Task(task) => &task.lead,
        Item::Project(project) => &project.lead,
        Item::Plan(plan) => &plan.lead,
    }
}
