//! A table's cells on a grid of rows and columns.

use super::MAX_GRID;
use super::tree::{Cell, Merge, Table};

/// A column of the grid narrower than this, in twentieths of a point, stands between borders that were meant to be
/// one.
const NARROW: u32 = 120;

/// A cell's place: where it begins, and how far it goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The cell that begins here, or goes on here with text of its own; none for a place that stays blank.
    pub cell: Option<&'a Cell>,
    /// As in [`crate::source::Cell`].
    pub columns: u16,
    pub rows: u16,
}

/// The rows of a table, each with a place for every column.
pub(super) fn laid(table: &Table) -> Vec<Vec<Place<'_>>> {
    let rows: Vec<Vec<Stretch<'_>>> = table
        .rows
        .iter()
        .filter(|row| row.reason().is_none())
        .map(|row| stretches(&row.cells, row.before))
        .collect();
    let borders = Borders::of(table, &rows);
    let rows: Vec<Vec<Stretch<'_>>> = rows.into_iter().map(|row| borders.moved(row)).collect();
    let width = borders.width;
    let blank = Place { cell: None, columns: 1, rows: 1 };
    let mut out: Vec<Vec<Place<'_>>> = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let end = row.last().map_or(0, |stretch| stretch.to);
        // Blank places up to the table's width only where a cell above says so; a short row is one.
        let mut places = vec![blank; end.min(width)];
        for stretch in row {
            let goes_on = stretch.cell.merge == Merge::GoesOn && covered(&rows, index, stretch);
            let tall = if goes_on { 0 } else { height(&rows, index, stretch) };
            for column in stretch.from..stretch.to {
                let first = column == stretch.from;
                let wide = if first { extent(stretch.to - stretch.from) } else { 0 };
                if let Some(place) = places.get_mut(column) {
                    *place = Place {
                        cell: first.then_some(stretch.cell),
                        columns: if goes_on { u16::from(first) } else { wide },
                        rows: if first { tall } else { u16::from(!goes_on) },
                    };
                }
            }
        }
        out.push(places);
    }
    out
}

/// A cell from one column border to another.
#[derive(Debug, Clone, Copy)]
struct Stretch<'a> {
    from: usize,
    to: usize,
    cell: &'a Cell,
}

fn stretches(cells: &[Cell], before: usize) -> Vec<Stretch<'_>> {
    let mut from = before;
    let mut out = Vec::with_capacity(cells.len());
    for cell in cells {
        let to = (from + cell.columns).min(MAX_GRID);
        if to <= from {
            break;
        }
        out.push(Stretch { from, to, cell });
        from = to;
    }
    out
}

/// Which borders of the grid are columns' borders. A grid has a border for every place where a cell of some row
/// ends, also where rows were drawn a hair apart.
struct Borders {
    /// For each border of the grid, the column that begins there.
    columns: Vec<usize>,
    width: usize,
}

impl Borders {
    fn of(table: &Table, rows: &[Vec<Stretch<'_>>]) -> Self {
        let end = rows.iter().flatten().map(|stretch| stretch.to).max().unwrap_or(0);
        let mut used = vec![false; end + 1];
        let mut own = vec![false; end + 1];
        for stretch in rows.iter().flatten() {
            for border in [stretch.from, stretch.to] {
                if let Some(used) = used.get_mut(border) {
                    *used = true;
                }
            }
            if stretch.to == stretch.from + 1
                && let Some(own) = own.get_mut(stretch.from)
            {
                *own = true;
            }
        }
        let mut columns = Vec::with_capacity(end + 1);
        let mut column: Option<usize> = None;
        for border in 0..=end {
            let narrow = border > 0
                && table.grid.get(border - 1).is_some_and(|width| *width < NARROW)
                && !own.get(border - 1).copied().unwrap_or(false);
            if used.get(border).copied().unwrap_or(false) && !narrow {
                column = Some(column.map_or(0, |column| column + 1));
            }
            columns.push(column.unwrap_or(0));
        }
        Self { columns, width: column.unwrap_or(0) }
    }

    fn moved<'a>(&self, row: Vec<Stretch<'a>>) -> Vec<Stretch<'a>> {
        let at = |border: usize| self.columns.get(border).copied().unwrap_or(self.width);
        let moved = row.into_iter().map(|it| Stretch { from: at(it.from), to: at(it.to), ..it });
        moved.filter(|it| it.to > it.from).collect()
    }
}

/// Whether a cell over several rows that began above reaches a row's cell.
fn covered(rows: &[Vec<Stretch<'_>>], index: usize, stretch: &Stretch<'_>) -> bool {
    let above = index.checked_sub(1).and_then(|above| rows.get(above));
    above.is_some_and(|row| {
        row.iter().any(|it| (it.from, it.to) == (stretch.from, stretch.to) && it.cell.merge != Merge::No)
    })
}

/// How many rows a cell covers.
fn height(rows: &[Vec<Stretch<'_>>], index: usize, stretch: &Stretch<'_>) -> u16 {
    if stretch.cell.merge == Merge::No {
        return 1;
    }
    let goes_on = |row: &&Vec<Stretch<'_>>| {
        row.iter().any(|it| (it.from, it.to) == (stretch.from, stretch.to) && it.cell.merge == Merge::GoesOn)
    };
    extent(1 + rows.iter().skip(index + 1).take_while(goes_on).count())
}

fn extent(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
