//! Rows that a page's end cut. Their borders are drawn on both pages as if they were two; what tells is where the text
//! stands: the first part reaches the page's foot, and each cell that goes on is filled down to the row's end.

use super::grid::Grid;
use super::lines::Line;

/// A row whose lower border is above this share of the page was not cut by the page's end.
const FOOT: f64 = 0.8;
/// Lines whose bases are nearer than so many sizes end together.
const LEVEL: f64 = 0.6;
/// Borders of the same column on two pages stand so near to each other, in points.
const SAME: f64 = 3.0;

/// The last row of a page.
#[derive(Debug)]
pub(super) struct LastRow {
    borders: Vec<f64>,
    /// For each column whether its text reaches the row's end; nothing where it has none.
    reaches: Vec<Option<bool>>,
}

impl LastRow {
    /// The last row of a table on a page of a height; `texts` are the lines of each cell.
    pub fn of(grid: &Grid, texts: &[Vec<Line>], height: f64) -> Option<Self> {
        if grid.area.bottom < height * FOOT {
            return None;
        }
        let row = grid.rows().checked_sub(1)?;
        let last = |column: usize| texts.get(grid.owner(row, column)?)?.last();
        let base = (0..grid.columns()).filter_map(last).map(|line| line.base).reduce(f64::max)?;
        let reaches = (0..grid.columns())
            .map(|column| last(column).map(|line| base - line.base < LEVEL * line.size))
            .collect();
        Some(Self { borders: grid.borders().to_vec(), reaches })
    }

    /// Whether a row of the next page's table may be its rest: what stands in it goes on with what reached the end. A cell
    /// that found no room there may stand wholly on the next page, beside one that goes on.
    pub fn may_go_on(&self, grid: &Grid, row: usize, texts: &[Vec<Line>]) -> bool {
        let borders = grid.borders();
        let same = borders.len() == self.borders.len()
            && borders.iter().zip(&self.borders).all(|(a, b)| (a - b).abs() < SAME);
        let filled = |column: usize| {
            let index = grid.owner(row, column);
            index.and_then(|index| texts.get(index)).is_some_and(|lines| !lines.is_empty())
        };
        let reaches = |column: usize| self.reaches.get(column).copied().unwrap_or(Some(false));
        let goes_on = || (0..grid.columns()).any(|column| filled(column) && reaches(column) == Some(true));
        let fits = |column: usize| !filled(column) || reaches(column) != Some(false);
        let blank = (0..grid.columns()).all(|column| !filled(column));
        same && (blank || (0..grid.columns()).all(fits) && goes_on())
    }
}
