//! What a group's own row says for the rows under it: who leads, with whom, until when. A row that leaves the cell blank
//! has it from there, marked as inherited.

use rustc_hash::FxHashMap;

use super::Maker;
use super::lined::lined;
use crate::model::{Agency, Appendix, AppendixKind, Cell, ColumnRole, Deadline, Item, Origin, RowRole, Task};
use crate::syntax::{agency, deadline};

/// What the row of a group says.
#[derive(Default)]
struct Said {
    lead: Option<Cell>,
    coordinators: Option<Cell>,
    deadline: Option<Cell>,
    parent: Option<String>,
}

/// Columns of a task table that a group's row may fill for its tasks.
struct Columns {
    name: Option<usize>,
    lead: Option<usize>,
    coordinators: Option<usize>,
    deadline: Option<usize>,
}

/// Gives tasks what the rows of their groups say. Coordinators go with the lead: a task with a lead of its own and no
/// coordinators has none.
pub(super) fn down(maker: Maker<'_>, appendix: &mut Appendix) {
    if appendix.kind != AppendixKind::Tasks || appendix.groups.is_empty() {
        return;
    }
    let position = |role| appendix.columns.iter().position(|column| column.role == role);
    let columns = Columns {
        name: position(ColumnRole::Name),
        lead: position(ColumnRole::Lead),
        coordinators: position(ColumnRole::Coordinators),
        deadline: position(ColumnRole::Deadline),
    };
    let said = said(appendix, &columns);
    if said.values().all(|said| said.lead.is_none() && said.coordinators.is_none() && said.deadline.is_none())
    {
        return;
    }
    let rows: FxHashMap<String, usize> = match &appendix.table {
        Some(table) => {
            table.rows.iter().enumerate().filter_map(|(index, row)| Some((row.of.clone()?, index))).collect()
        }
        None => return,
    };
    let mut filled: Vec<(usize, usize, Cell, String)> = Vec::new();
    for item in &mut appendix.items {
        let Item::Task(task) = item else { continue };
        let row = rows.get(&task.id).copied();
        let mut take = |column: Option<usize>, found: Option<(&Cell, &str)>| -> Option<Cell> {
            let (cell, group) = found?;
            if let Some((row, column)) = row.zip(column) {
                filled.push((row, column, cell.clone(), group.to_owned()));
            }
            Some(cell.clone())
        };
        let blank = task.lead.is_empty();
        if blank && let Some(cell) = take(columns.lead, look(&said, task, |said| said.lead.as_ref())) {
            task.lead = agencies(maker, &cell);
        }
        if blank
            && task.coordinators.is_empty()
            && let Some(cell) =
                take(columns.coordinators, look(&said, task, |said| said.coordinators.as_ref()))
        {
            task.coordinators = agencies(maker, &cell);
        }
        if task.deadline.is_none()
            && let Some(cell) = take(columns.deadline, look(&said, task, |said| said.deadline.as_ref()))
        {
            let raw = cell.raw.as_deref().unwrap_or_default();
            let read = deadline::deadline(raw, &maker.grammar.deadlines);
            task.deadline = Some(Deadline { inferred: true, at: cell.at, ..read });
        }
    }
    let Some(table) = appendix.table.as_mut() else { return };
    for (row, column, source, group) in filled {
        let cell = table.rows.get_mut(row).and_then(|row| row.cells.get_mut(column));
        if let Some(cell) = cell.filter(|cell| cell.raw.is_none()) {
            cell.raw = source.raw;
            cell.origin = Origin::Inherited;
            cell.from = Some(group);
        }
    }
}

/// A column of times that stands before the names ("Tháng 4" over the rows of that month) says each time once: blank
/// cells under it say the same, up to the next group.
pub(super) fn timeline(maker: Maker<'_>, appendix: &mut Appendix) {
    let position = |role| appendix.columns.iter().position(|column| column.role == role);
    let (Some(time), Some(name)) = (position(ColumnRole::Deadline), position(ColumnRole::Name)) else {
        return;
    };
    let Some(table) = appendix.table.as_mut().filter(|_| time < name && appendix.kind == AppendixKind::Tasks)
    else {
        return;
    };
    let mut above: Option<(String, Cell)> = None;
    let mut said: FxHashMap<String, Cell> = FxHashMap::default();
    for row in &mut table.rows {
        if row.role == RowRole::Group {
            above = None;
        }
        let (Some(of), Some(cell)) = (row.of.clone(), row.cells.get_mut(time)) else { continue };
        if cell.raw.is_some() {
            above = Some((of, cell.clone()));
        } else if let Some((from, source)) = &above {
            said.insert(of, source.clone());
            cell.raw.clone_from(&source.raw);
            cell.origin = Origin::Inherited;
            cell.from = Some(from.clone());
        }
    }
    for item in &mut appendix.items {
        let Item::Task(task) = item else { continue };
        if let Some(cell) = said.remove(&task.id) {
            let read = deadline::deadline(cell.raw.as_deref().unwrap_or_default(), &maker.grammar.deadlines);
            task.deadline = Some(Deadline { inferred: true, at: cell.at, ..read });
        }
    }
}

/// What the rows of groups say, by the groups' ids.
fn said(appendix: &Appendix, columns: &Columns) -> FxHashMap<String, Said> {
    let mut out: FxHashMap<String, Said> = FxHashMap::default();
    for group in &appendix.groups {
        out.insert(group.id.clone(), Said { parent: group.parent.clone(), ..Said::default() });
    }
    let rows = appendix.table.as_ref().map(|table| table.rows.as_slice()).unwrap_or_default();
    for row in rows.iter().filter(|row| row.role == RowRole::Group) {
        let Some(said) = row.of.as_ref().and_then(|of| out.get_mut(of)) else { continue };
        let title = columns.name.and_then(|column| row.cells.get(column)).and_then(|cell| cell.raw.as_ref());
        // A heading merged over its row may stand in each cell.
        let says = |cell: &&Cell| cell.raw.is_some() && cell.raw.as_ref() != title;
        let cell =
            |column: Option<usize>| column.and_then(|column| row.cells.get(column)).filter(says).cloned();
        said.lead = cell(columns.lead);
        said.coordinators = cell(columns.coordinators);
        said.deadline = cell(columns.deadline);
    }
    out
}

/// What the nearest group over a task says, and which it is.
fn look<'a>(
    said: &'a FxHashMap<String, Said>,
    task: &Task,
    of: impl Fn(&'a Said) -> Option<&'a Cell>,
) -> Option<(&'a Cell, &'a str)> {
    let mut group = task.group.as_deref();
    while let Some(id) = group {
        let (id, found) = said.get_key_value(id)?;
        if let Some(cell) = of(found) {
            return Some((cell, id));
        }
        group = found.parent.as_deref();
    }
    None
}

pub(super) fn agencies(maker: Maker<'_>, cell: &Cell) -> Vec<Agency> {
    let lines = lined(maker, cell);
    let text = lines.as_deref().or(cell.raw.as_deref()).unwrap_or_default();
    let read = agency::agencies(text, &maker.grammar.agencies).into_iter();
    read.map(|(_, agency)| Agency { inferred: true, at: cell.at.clone(), ..agency }).collect()
}
