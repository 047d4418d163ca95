//! The printed cells behind the items of an appendix, for rules that point at a cell.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Appendix, Cell, Column, ColumnRole, Item, Origin, Row, RowRole};
use crate::span::At;
use crate::value::Quantity;

/// An appendix with its columns by role.
#[derive(Debug, Clone, Copy)]
pub(super) struct Printed<'a> {
    /// The appendix.
    pub appendix: &'a Appendix,
}

impl<'a> Printed<'a> {
    pub(super) fn of(appendix: &'a Appendix) -> Self {
        Self { appendix }
    }

    /// The rows under the header.
    pub(super) fn rows(self) -> &'a [Row] {
        self.appendix.table.as_ref().map_or(&[], |table| &table.rows)
    }

    /// The items in printed order, each with its row.
    pub(super) fn items(self) -> Vec<(&'a Item, Option<&'a Row>)> {
        let rows = self.rows();
        let mut next = 0;
        let mut by_id: Option<FxHashMap<&str, &Row>> = None;
        let mut out = Vec::with_capacity(self.appendix.items.len());
        for item in &self.appendix.items {
            if by_id.is_none() {
                let ahead = rows.get(next..).unwrap_or_default();
                if let Some(step) = ahead.iter().position(|row| row.of.as_deref() == Some(item.id())) {
                    out.push((item, ahead.get(step)));
                    next += step + 1;
                    continue;
                }
            }
            // Rows out of the items' order are looked up; the map is made once.
            let known = by_id.get_or_insert_with(|| {
                rows.iter().rev().filter_map(|row| Some((row.of.as_deref()?, row))).collect()
            });
            out.push((item, known.get(item.id()).copied()));
        }
        out
    }

    /// Position of the first column with a role.
    pub(super) fn position(self, role: ColumnRole) -> Option<usize> {
        self.appendix.columns.iter().position(|column| column.role == role)
    }

    /// Positions of all columns whose role is asked for.
    pub(super) fn positions(self, wanted: fn(ColumnRole) -> bool) -> Vec<usize> {
        let columns = self.appendix.columns.iter().enumerate();
        columns.filter(|(_, column)| wanted(column.role)).map(|(at, _)| at).collect()
    }

    /// The column at a position.
    pub(super) fn column(self, position: usize) -> Option<&'a Column> {
        self.appendix.columns.get(position)
    }
}

/// Whether a column holds money.
pub(super) fn is_money(role: ColumnRole) -> bool {
    matches!(role, ColumnRole::Total | ColumnRole::Component | ColumnRole::Year | ColumnRole::PriorPlan)
}

/// The cell of a row at a column's position.
pub(super) fn cell(row: Option<&Row>, position: Option<usize>) -> Option<&Cell> {
    row?.cells.get(position?)
}

/// Whether a column holds numbers or units, so that its cells name no times.
pub(super) fn is_numeric(role: ColumnRole) -> bool {
    is_money(role) || matches!(role, ColumnRole::Number | ColumnRole::Unit | ColumnRole::Value)
}

/// The cell's own text.
pub(super) fn own(cell: &Cell) -> Option<&str> {
    match cell.origin {
        Origin::Own | Origin::Continued => cell.raw.as_deref(),
        Origin::Inherited | Origin::Blank | Origin::Lost => None,
    }
}

/// Whether a cell's content comes from a merged cell.
pub(super) fn inherits(cell: Option<&Cell>) -> bool {
    cell.is_some_and(|cell| cell.origin == Origin::Inherited)
}

/// Whether a cell holds nothing of its own and nothing of a merged cell, or is not there.
pub(super) fn blank(cell: Option<&Cell>) -> bool {
    cell.is_none_or(|cell| cell.raw.is_none() && cell.origin != Origin::Inherited)
}

/// Whether an item only heads the rows under it, which carry its cells: rows without numbers, rows "2.1" of
/// "2", rows that count from 1 after "II" or "B".
pub(super) fn heads_others(items: &[(&Item, Option<&Row>)], at: usize) -> bool {
    let number = |at: usize| items.get(at).map(|(item, _)| item.number().map(|it| it.trim_end_matches('.')));
    let group = |at: usize| items.get(at).and_then(|(item, _)| item.group());
    let (Some(Some(own)), Some(next)) = (number(at), number(at + 1)) else { return false };
    if group(at) != group(at + 1) {
        return false;
    }
    let Some(next) = next else { return true };
    let letters = own.chars().all(|c| c.is_ascii_uppercase());
    (letters && next == "1") || next.strip_prefix(own).is_some_and(|rest| rest.starts_with('.'))
}

/// Groups whose own heading row fills a column, for themselves and for the groups under them: what the heading
/// says holds for its items.
pub(super) fn groups_that_fill(appendix: &Appendix, position: usize) -> FxHashSet<&str> {
    let mut out: FxHashSet<&str> = FxHashSet::default();
    for row in Printed::of(appendix).rows().iter().filter(|row| row.role == RowRole::Group) {
        // A heading merged over its row has its own words in each cell.
        let alone = |text: &str| row.cells.iter().filter(|cell| own(cell) == Some(text)).count() == 1;
        let filled = row.cells.get(position).and_then(own).is_some_and(alone);
        if let Some(group) = row.of.as_deref().filter(|_| filled) {
            out.insert(group);
        }
    }
    if !out.is_empty() {
        for group in &appendix.groups {
            if group.parent.as_deref().is_some_and(|parent| out.contains(parent)) {
                out.insert(&group.id);
            }
        }
    }
    out
}

/// The items whose cells in a column are blank, though no merged cell and no heading fills them.
#[derive(Debug)]
pub(super) struct Unfilled<'a> {
    /// Where they are blank.
    pub blanks: Vec<Blank<'a>>,
    /// Whether any item fills the column.
    any_filled: bool,
    /// The column's header.
    header: At,
}

/// A blank cell.
#[derive(Debug)]
pub(super) struct Blank<'a> {
    /// Whose.
    pub item: &'a Item,
    /// Where it is.
    pub at: At,
    /// The last item above that fills the column.
    pub above: Option<&'a Item>,
}

impl<'a> Unfilled<'a> {
    /// Looks at the first column of a role; `fills` says of an item whether it has what the column is for, and `None`
    /// where the column is not for such items.
    pub(super) fn of(
        appendix: &'a Appendix,
        role: ColumnRole,
        fills: fn(&Item) -> Option<bool>,
    ) -> Option<Self> {
        let printed = Printed::of(appendix);
        let position = printed.position(role)?;
        let items = printed.items();
        let covered = groups_that_fill(appendix, position);
        // "Phối hợp: Công an xã" in the only column of bodies names nobody who leads.
        let shared = role == ColumnRole::Lead && printed.position(ColumnRole::Coordinators).is_none();
        let others =
            |item: &Item| matches!(item, Item::Task(task) if shared && !task.coordinators.is_empty());
        let mut above = None;
        let mut blanks = Vec::new();
        for (at, (item, row)) in items.iter().enumerate() {
            let item: &'a Item = item;
            let Some(filled) = fills(item) else { continue };
            let cell = cell(*row, Some(position));
            if filled {
                above = Some(item);
            } else if item.group().is_none_or(|group| !covered.contains(group))
                && (blank(cell) || others(item))
                && !heads_others(&items, at)
            {
                blanks.push(Blank { item, at: place(cell, *row, item.at()), above });
            }
        }
        let header = printed.column(position).map(|column| &column.at).filter(|at| at.line > 0);
        Some(Self { blanks, any_filled: above.is_some(), header: header.unwrap_or(&appendix.at).clone() })
    }

    /// The header of a column that none of many items fills: it is found once, and not cell by cell.
    pub(super) fn whole_column(&self) -> Option<&At> {
        const MANY: usize = 5;
        (!self.any_filled && self.blanks.len() >= MANY).then_some(&self.header)
    }
}

/// The place of a cell, or where it is lost, of its row, or else of the item.
pub(super) fn place(cell: Option<&Cell>, row: Option<&Row>, otherwise: &At) -> At {
    let cell = cell.filter(|cell| cell.origin != Origin::Lost).map(|cell| &cell.at);
    cell.or(row.map(|row| &row.at)).filter(|at| at.line > 0).unwrap_or(otherwise).clone()
}

/// The place of a quantity, or where it has none, of its row.
pub(super) fn place_of(quantity: &Quantity, otherwise: &At) -> At {
    if quantity.at.line > 0 { quantity.at.clone() } else { otherwise.clone() }
}

/// A header's words on one line.
pub(super) fn heading(column: &Column) -> String {
    column.path.join(" / ")
}

/// A name short enough for a sentence.
pub(super) fn brief(name: &str) -> String {
    const WORDS: usize = 14;
    let mut words = name.split_whitespace();
    let head: Vec<&str> = words.by_ref().take(WORDS).collect();
    let mut out = head.join(" ");
    if words.next().is_some() {
        out.push('…');
    }
    out
}
