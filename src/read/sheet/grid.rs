//! A sheet as rows of parts: filled cells with the columns that they cover.

use rustc_hash::FxHashMap;

use super::book::{Area, Cell, Sheet, within};
use crate::read::{Bound, ReadError};

/// Most parts of a sheet's rows.
const MAX_PARTS: usize = 1_000_000;

/// A sheet's used rows.
#[derive(Debug)]
pub(super) struct Grid<'s> {
    pub sheet: &'s Sheet,
    pub lines: Vec<Line>,
}

/// A row that holds something.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub row: u32,
    /// From left to right.
    pub parts: Vec<Part>,
}

/// A filled cell, or what a merged cell above covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub left: u32,
    pub right: u32,
    /// Last row that the cell covers.
    pub bottom: u32,
    /// Index of the cell; none where a merged cell above covers the place.
    pub cell: Option<usize>,
}

impl<'s> Grid<'s> {
    /// Lays a sheet's cells out.
    pub fn of(sheet: &'s Sheet) -> Result<Self, ReadError> {
        let begins: FxHashMap<(u32, u32), Area> =
            sheet.merges.iter().map(|area| ((area.top, area.left), *area)).collect();
        let mut lines: Vec<Line> = Vec::new();
        // Merged cells with content that reach further down.
        let mut tall: Vec<Area> = Vec::new();
        let mut count = 0;
        for (index, cell) in sheet.cells.iter().enumerate() {
            if lines.last().is_none_or(|line| line.row != cell.row) {
                tall.retain(|area| area.bottom >= cell.row);
                let covered = tall.iter().filter(|area| area.top < cell.row);
                let parts: Vec<Part> = covered
                    .map(|area| Part { left: area.left, right: area.right, bottom: area.bottom, cell: None })
                    .collect();
                count += parts.len();
                lines.push(Line { row: cell.row, parts });
            }
            let area = begins.get(&(cell.row, cell.column)).copied().unwrap_or(Area {
                top: cell.row,
                left: cell.column,
                bottom: cell.row,
                right: cell.column,
            });
            if area.bottom > cell.row && !cell.text.is_empty() {
                tall.push(area);
            }
            if let Some(line) = lines.last_mut() {
                line.parts.push(Part {
                    left: area.left,
                    right: area.right,
                    bottom: area.bottom,
                    cell: Some(index),
                });
            }
            count += 1;
            within(count, MAX_PARTS, Bound::Cells)?;
        }
        for line in &mut lines {
            line.parts.sort_by_key(|part| (part.left, part.cell.is_none()));
        }
        Ok(Self { sheet, lines })
    }

    /// The cell of a part.
    pub fn cell(&self, part: &Part) -> Option<&'s Cell> {
        part.cell.and_then(|index| self.sheet.cells.get(index))
    }

    /// The text of a part; "" where it is covered from above.
    pub fn text(&self, part: &Part) -> &'s str {
        self.cell(part).map_or("", |cell| cell.text.trim())
    }

    /// The parts of a row that begin in it and say something.
    pub fn own(&self, line: usize) -> impl Iterator<Item = &Part> {
        let parts = self.lines.get(line).map_or(&[][..], |line| line.parts.as_slice());
        parts.iter().filter(|part| !self.text(part).is_empty())
    }

    /// Those of them that stand in columns.
    pub fn own_in(&self, line: usize, columns: (u32, u32)) -> impl Iterator<Item = &Part> {
        self.own(line).filter(move |part| part.left <= columns.1 && part.right >= columns.0)
    }

    /// Whether cells in some of the columns of a row have borders.
    pub fn is_ruled(&self, line: usize, columns: (u32, u32)) -> bool {
        let Some(row) = self.lines.get(line).map(|line| line.row) else { return false };
        let rules = &self.sheet.ruled;
        let at = rules.partition_point(|(other, _, _)| *other < row);
        rules
            .get(at)
            .is_some_and(|(other, first, last)| *other == row && *first <= columns.1 && *last >= columns.0)
    }
}
