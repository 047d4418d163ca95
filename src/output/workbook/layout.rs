//! Where the rows of an appendix stand on its sheet: under a row whose totals are added up again stand the formulas.

use super::sums::Sum;
use crate::model::Appendix;

/// Rows over the table's header.
pub(super) const TOP: u32 = 3;

/// Most rows and columns of formulas of one sheet; further checks are on the sheet of checks alone.
const SUMS_LIMIT: usize = 5_000;

/// Where the rows of an appendix stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    /// Rows of the header.
    pub(super) header: u32,
    /// Sheet rows of the table's rows.
    rows: Vec<u32>,
    /// Sums down a column: each line is a pair of rows under the row of its results.
    pub(super) below: Vec<Line>,
    /// Sums along a row: each line is a pair of columns.
    pub(super) beside: Vec<Line>,
    /// Columns of the printed table.
    pub(super) columns: u16,
    /// The sheet row after the last.
    pub(super) end: u32,
}

/// Sums that share their two rows under a row, or their two columns beside the table.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// The first of the two rows, or of the two columns.
    pub(super) at: u32,
    /// The rule.
    pub(super) code: String,
    /// Index of the column whose sums these are, for columns.
    pub(super) column: usize,
    /// The sums.
    pub(super) sums: Vec<Sum>,
}

impl Layout {
    /// Lays out an appendix.
    pub(super) fn of(index: usize, appendix: &Appendix, sums: &[Sum]) -> Self {
        let Some(table) = &appendix.table else { return Self::default() };
        let cells = table.header.iter().chain(&table.rows).map(|row| row.cells.len()).max().unwrap_or(0);
        let columns = u16::try_from(cells.max(appendix.columns.len())).unwrap_or(u16::MAX);
        let header = u32::try_from(table.header.len()).unwrap_or(0);
        let mut layout = Self { header, columns, ..Self::default() };
        let own = sums.iter().filter(|sum| sum.cell.appendix == index && !sum.cell.header).take(SUMS_LIMIT);
        let (along, down): (Vec<&Sum>, Vec<&Sum>) = own.partition(|sum| sum.in_row());
        let mut next = TOP + header;
        for row in 0..table.rows.len() {
            layout.rows.push(next);
            next += 1;
            let mut lines: Vec<Line> = Vec::new();
            for sum in down.iter().filter(|sum| sum.cell.row == row) {
                let fits = |line: &&mut Line| {
                    line.code == sum.code && line.sums.iter().all(|it| it.cell.column != sum.cell.column)
                };
                match lines.iter_mut().find(fits) {
                    Some(line) => line.sums.push((*sum).clone()),
                    None => {
                        let sums = vec![(*sum).clone()];
                        lines.push(Line { at: next, code: sum.code.clone(), column: 0, sums });
                        next += 2;
                    }
                }
            }
            layout.below.extend(lines);
        }
        layout.end = next;
        layout.beside(&along);
        layout
    }

    /// Pairs of columns for sums along rows, one for each column of results.
    fn beside(&mut self, along: &[&Sum]) {
        let mut next = u32::from(self.columns) + 1;
        for sum in along {
            let fits = |line: &&mut Line| {
                line.code == sum.code
                    && line.column == sum.cell.column
                    && line.sums.iter().all(|it| it.cell.row != sum.cell.row)
            };
            match self.beside.iter_mut().find(fits) {
                Some(line) => line.sums.push((*sum).clone()),
                None => {
                    let (code, column) = (sum.code.clone(), sum.cell.column);
                    self.beside.push(Line { at: next, code, column, sums: vec![(*sum).clone()] });
                    next += 2;
                }
            }
        }
    }

    /// The sheet row of a row of the header or of the table.
    pub(super) fn sheet_row(&self, header: bool, row: usize) -> Option<u32> {
        if header { u32::try_from(row).ok().map(|row| TOP + row) } else { self.rows.get(row).copied() }
    }
}
