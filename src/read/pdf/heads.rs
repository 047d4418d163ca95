//! A header that comes again on the next page and lost the rule under it, as some producers leave it out over the rest of a row
//! that the page's end cut: "Nội dung công việc" and "chú trọng nữ thanh niên" are no one cell.

use std::collections::BTreeMap;

use super::grid::Grid;
use super::lines::{Line, lines};
use super::marks::{Glyph, Marks};

/// Most rows of a header that are looked at.
const ROWS: usize = 4;
/// Fewest columns whose texts tell a header.
const FEWEST: usize = 2;

/// The first rows of the last table: the text of each column's cell that begins there.
#[derive(Debug, Default)]
pub(super) struct Heads(Vec<Vec<String>>);

impl Heads {
    /// Draws the rule under a header of before where what stands in the table's row goes on below it, and notes the rows of a table
    /// that begins anew. `glyphs` are those in the grid's area.
    pub fn part(&mut self, grid: &mut Grid, marks: &Marks, glyphs: &[usize]) {
        let rows = first_rows(grid, marks, glyphs);
        let same_width = self.0.first().is_some_and(|head| head.len() == grid.columns());
        let mut known = 0;
        // Where the header's lines end, and where those begin that stand below them.
        let (mut end, mut begin) = (f64::NEG_INFINITY, f64::INFINITY);
        for (row, head) in rows.iter().zip(&self.0).filter(|_| same_width) {
            let Some((own, below)) = compare(row, head) else { break };
            (end, begin, known) = (end.max(own), begin.min(below), known + 1);
        }
        if known == 0 {
            self.0 = rows.iter().map(|row| row.iter().map(|lines| text(lines)).collect()).collect();
        } else if begin.is_finite() && begin > end - LEAN {
            let height = begin.midpoint(end);
            grid.cut(&BTreeMap::from([(grid.row_at(height), vec![height])]));
        }
    }
}

/// The lines of the first rows in each column; none in a column that a cell to the left or above covers.
fn first_rows(grid: &Grid, marks: &Marks, glyphs: &[usize]) -> Vec<Vec<Vec<Line>>> {
    let count = grid.rows().min(ROWS);
    let mut within: Vec<Vec<Vec<usize>>> = vec![vec![Vec::new(); grid.columns()]; count];
    for index in glyphs {
        let middle = marks.glyphs.get(*index).map(Glyph::middle);
        let cell = middle.and_then(|(x, y)| grid.cells.get(grid.cell_at(x, y)?));
        if let Some(own) = cell.and_then(|cell| within.get_mut(cell.row)?.get_mut(cell.column)) {
            own.push(*index);
        }
    }
    let of_cell = |glyphs: &Vec<usize>| lines(marks, glyphs);
    within.iter().map(|row| row.iter().map(of_cell).collect()).collect()
}

fn text(lines: &[Line]) -> String {
    lines.iter().map(Line::text).collect::<Vec<_>>().join(" ")
}

/// Where a row's lines that say what a header's row does end, and where those begin that stand below them; `None` where it says
/// something else.
fn compare(row: &[Vec<Line>], head: &[String]) -> Option<(f64, f64)> {
    let mut same = 0;
    let (mut end, mut begin) = (f64::NEG_INFINITY, f64::INFINITY);
    for (lines, head) in row.iter().zip(head) {
        let said = |count: &usize| text(lines.get(..*count).unwrap_or_default()) == *head;
        let count = (0..=lines.len()).find(said)?;
        same += usize::from(count > 0);
        let (own, below) = lines.split_at_checked(count).unwrap_or((lines, &[]));
        end = own.iter().map(|line| line.area.bottom).fold(end, f64::max);
        begin = below.iter().map(|line| line.area.top).fold(begin, f64::min);
    }
    (same >= FEWEST).then_some((end, begin))
}

/// How far, in points, the boxes of lines under each other may reach into one another.
const LEAN: f64 = 4.0;
