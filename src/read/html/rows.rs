//! Rows of an open table, and the cells that reach into them from above (the standard, 4.9.12).

use crate::read::docx::{Cell, Merge, Piece, Row, Table};
use crate::read::docx::{MAX_GRID, MAX_GRID_CELLS, MAX_TABLE_CELLS};
use crate::read::{Bound, ReadError};

/// Most rows that a cell may cover.
const MAX_ROWS: usize = 65_534;
/// Twentieths of a point in a pixel.
const PIXEL: u32 = 15;
/// What a column of unknown width counts as, in twentieths of a point: not narrow.
const UNKNOWN: u32 = 1440;

/// A table whose end is not read yet.
pub(super) struct OpenTable {
    table: Table,
    /// Its width in pixels.
    width: Option<u32>,
    /// The place of each row's group: 0 for the first head, 2 for the first foot, 1 for all others.
    places: Vec<u8>,
    group: u8,
    /// The row that is open.
    row: Option<Vec<(Cell, usize)>>,
    /// The cell that is open, with how many rows it covers.
    cell: Option<(Cell, usize)>,
    /// For each column, how many more rows the cell above covers, and how many columns it has from here.
    above: Vec<(usize, usize)>,
    /// How many cells of the open row are heads.
    heads: usize,
    /// Whether the table has what only tables of data have.
    pub is_data: bool,
}

/// What is counted over all tables.
#[derive(Debug, Default)]
pub(super) struct Counts {
    cells: usize,
    rows: usize,
    grid: usize,
}

impl OpenTable {
    /// `width` is the table's in pixels.
    pub fn new(table: Table, width: Option<u32>) -> Self {
        let (places, above) = (Vec::new(), Vec::new());
        Self { table, width, places, group: 1, row: None, cell: None, above, heads: 0, is_data: false }
    }

    /// The table says how wide its next columns are, in pixels.
    pub fn columns(&mut self, width: Option<u32>, count: Option<i32>) {
        // LibreOffice writes a width below zero, of a column between borders that were meant to be one, as a huge one.
        let known = width.map(|width| if self.width.is_some_and(|all| width > all) { 0 } else { width });
        let width = known.map_or(UNKNOWN, |width| width.saturating_mul(PIXEL));
        let count = count.and_then(|count| usize::try_from(count).ok()).unwrap_or(1).max(1);
        let left = MAX_GRID.saturating_sub(self.table.grid.len());
        self.table.grid.extend(std::iter::repeat_n(width, count.min(left)));
    }

    pub fn has_cell(&self) -> bool {
        self.cell.is_some()
    }

    /// A group of rows begins, or one has ended (`None`).
    pub fn begin_group(&mut self, name: Option<&[u8]>) {
        let place = match name {
            Some(b"thead") => 0,
            Some(b"tfoot") => 2,
            _ => 1,
        };
        self.group = if place != 1 && self.places.contains(&place) { 1 } else { place };
        self.above.clear();
    }

    pub fn begin_row(&mut self, counts: &mut Counts) -> Result<(), ReadError> {
        counts.rows += 1;
        if counts.rows > MAX_TABLE_CELLS {
            return Err(ReadError::Limit { bound: Bound::Cells, limit: MAX_TABLE_CELLS as u64 });
        }
        self.row = Some(Vec::new());
        Ok(())
    }

    /// A cell begins, in the open row or in a new one.
    pub fn begin_cell(
        &mut self,
        cell: Cell,
        rows: Option<i32>,
        counts: &mut Counts,
    ) -> Result<(), ReadError> {
        counts.cells += 1;
        if counts.cells > MAX_TABLE_CELLS {
            return Err(ReadError::Limit { bound: Bound::Cells, limit: MAX_TABLE_CELLS as u64 });
        }
        // A cell over no rows goes on to the end of its group.
        let rows = rows.and_then(|rows| usize::try_from(rows).ok()).unwrap_or(1);
        let rows = if rows == 0 { MAX_ROWS } else { rows.min(MAX_ROWS) };
        self.row.get_or_insert_default();
        self.cell = Some((cell, rows));
        Ok(())
    }

    /// The open cell is a head.
    pub fn head_cell(&mut self) {
        self.heads += 1;
        self.is_data = true;
    }

    pub fn end_cell(&mut self, pieces: Vec<Piece>) {
        let Some((mut cell, rows)) = self.cell.take() else { return };
        cell.pieces = pieces;
        self.row.get_or_insert_default().push((cell, rows));
    }

    /// The open row ends: its cells stand where no cell from above does.
    pub fn end_row(&mut self, counts: &mut Counts) -> Result<(), ReadError> {
        let Some(own) = self.row.take() else { return Ok(()) };
        // A row of nothing but heads is one where the table does not say it of a group.
        let heads = std::mem::take(&mut self.heads);
        let heads = self.group == 0 || !own.is_empty() && heads == own.len();
        let mut row = Row { heads, ..Row::default() };
        let mut column = 0;
        for (mut cell, rows) in own {
            column = self.covered(column, &mut row);
            if column >= MAX_GRID {
                // No table of data is so wide; its text stays.
                if let Some(last) = row.cells.last_mut() {
                    last.pieces.append(&mut cell.pieces);
                }
                continue;
            }
            cell.columns = cell.columns.min(MAX_GRID - column);
            cell.merge = if rows > 1 { Merge::Begins } else { Merge::No };
            self.reach(column, cell.columns, rows - 1);
            column += cell.columns;
            row.cells.push(cell);
        }
        while column < self.above.len() {
            let next = self.covered(column, &mut row);
            if next > column {
                column = next;
            } else if self.above.get(column..).is_some_and(|rest| rest.iter().any(|(rows, _)| *rows > 0)) {
                row.cells.push(Cell { columns: 1, ..Cell::default() });
                column += 1;
            } else {
                break;
            }
        }
        counts.grid += column;
        if counts.grid > MAX_GRID_CELLS {
            return Err(ReadError::Limit { bound: Bound::Cells, limit: MAX_GRID_CELLS as u64 });
        }
        self.table.rows.push(row);
        self.places.push(self.group);
        Ok(())
    }

    /// Puts the cells from above that cover `column` and those next to it into a row; the first column after them.
    fn covered(&mut self, mut column: usize, row: &mut Row) -> usize {
        while let Some((rows, columns)) = self.above.get_mut(column).filter(|(rows, _)| *rows > 0) {
            let columns = (*columns).max(1);
            *rows -= 1;
            row.cells.push(Cell { columns, merge: Merge::GoesOn, ..Cell::default() });
            column += columns;
        }
        column
    }

    /// A cell reaches into the rows below; what reached into its columns from above ends.
    fn reach(&mut self, column: usize, columns: usize, rows: usize) {
        if self.above.len() < column + columns {
            self.above.resize(column + columns, (0, 0));
        }
        for (offset, above) in self.above.iter_mut().skip(column).take(columns).enumerate() {
            *above = if offset == 0 { (rows, columns) } else { (0, 0) };
        }
    }

    /// The table, with its head first and its foot last.
    pub fn finish(self) -> Table {
        let mut table = self.table;
        let mut rows: Vec<(u8, Row)> = self.places.into_iter().zip(table.rows).collect();
        rows.sort_by_key(|(place, _)| *place);
        table.rows = rows.into_iter().map(|(_, row)| row).collect();
        if self.is_data {
            table.borders.inside = Some(true);
        }
        table
    }
}
