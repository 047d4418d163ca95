//! Tables from the rules that are drawn: clusters of crossing rules, their columns and rows, merged cells.

use std::collections::BTreeMap;

use super::geometry::Area;
use super::path::Rule;

/// Rules nearer than this are one: double borders, borders of neighbouring cells.
const SAME: f64 = 2.6;
/// A rule goes on over a gap of this length: dashes, corners.
const DASH: f64 = 4.0;
/// Rules that end this near to each other meet.
const REACH: f64 = 3.5;
/// Smallest height of a row and width of a column.
const SMALLEST: f64 = 3.0;
/// Most pairs of rules that are compared on a page.
const MAX_PAIRS: usize = 4_000_000;

/// A table's grid.
#[derive(Debug)]
pub(in crate::read) struct Grid {
    pub area: Area,
    /// Borders of columns and rows, ascending.
    xs: Vec<f64>,
    ys: Vec<f64>,
    pub cells: Vec<GridCell>,
    /// Index into the cells for each row and column.
    owners: Vec<usize>,
    /// Whether a border stands right of, and under, each place.
    right_of: Vec<bool>,
    under: Vec<bool>,
}

/// A cell of a grid.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct GridCell {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
}

impl Grid {
    /// A grid whose borders are known: whether one stands right of, and under, each place, row by row.
    pub fn drawn(xs: Vec<f64>, ys: Vec<f64>, right_of: Vec<bool>, under: Vec<bool>) -> Option<Self> {
        let area = Area { left: *xs.first()?, top: *ys.first()?, right: *xs.last()?, bottom: *ys.last()? };
        let (rows, columns) = (ys.len() - 1, xs.len() - 1);
        let (cells, owners) = merge(rows, columns, &right_of, &under);
        Some(Self { area, xs, ys, cells, owners, right_of, under })
    }

    pub fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    pub fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    /// Index of the cell at a row and column.
    pub fn owner(&self, row: usize, column: usize) -> Option<usize> {
        self.owners.get(row * self.columns() + column).copied()
    }

    /// The box of a cell.
    pub fn area_of(&self, cell: &GridCell) -> Option<Area> {
        Some(Area {
            left: *self.xs.get(cell.column)?,
            top: *self.ys.get(cell.row)?,
            right: *self.xs.get(cell.column + cell.columns)?,
            bottom: *self.ys.get(cell.row + cell.rows)?,
        })
    }

    /// The borders of its columns, from left to right.
    pub fn borders(&self) -> &[f64] {
        &self.xs
    }

    /// From where to where a row reaches.
    pub fn band(&self, row: usize) -> Option<(f64, f64)> {
        Some((*self.ys.get(row)?, *self.ys.get(row + 1)?))
    }

    /// Draws the borders between the columns in rows that have none.
    pub fn part(&mut self, rows: &[usize]) {
        let columns = self.columns();
        for place in rows.iter().flat_map(|row| row * columns..(row + 1) * columns) {
            if let Some(right_of) = self.right_of.get_mut(place) {
                *right_of = true;
            }
        }
        self.merge_again();
    }

    /// Draws borders across rows, at ascending heights inside each; `heights` are by row.
    pub fn cut(&mut self, heights: &BTreeMap<usize, Vec<f64>>) {
        let columns = self.columns();
        let (mut right_of, mut under) = (Vec::new(), Vec::new());
        for row in 0..self.rows() {
            let range = row * columns..(row + 1) * columns;
            let own = self.right_of.get(range.clone()).unwrap_or_default();
            for _ in 0..heights.get(&row).map_or(0, Vec::len) {
                right_of.extend_from_slice(own);
                under.extend(std::iter::repeat_n(true, columns));
            }
            right_of.extend_from_slice(own);
            under.extend_from_slice(self.under.get(range).unwrap_or_default());
        }
        self.ys.extend(heights.values().flatten());
        self.ys.sort_by(f64::total_cmp);
        (self.right_of, self.under) = (right_of, under);
        self.merge_again();
    }

    /// The row at a height.
    pub fn row_at(&self, y: f64) -> usize {
        index_of(&self.ys, y)
    }

    fn merge_again(&mut self) {
        (self.cells, self.owners) = merge(self.rows(), self.columns(), &self.right_of, &self.under);
    }

    /// Index of the cell at a point.
    pub fn cell_at(&self, x: f64, y: f64) -> Option<usize> {
        self.owner(index_of(&self.ys, y), index_of(&self.xs, x))
    }
}

/// Between which two borders a place is; the first or the last two where it is outside.
fn index_of(borders: &[f64], at: f64) -> usize {
    borders.partition_point(|border| *border <= at).clamp(1, borders.len().saturating_sub(1).max(1)) - 1
}

/// The tables of a page, by their upper left corners.
pub(in crate::read) fn grids(rules: &[Rule]) -> Vec<Grid> {
    let uprights = joined(rules, true);
    let levels = joined(rules, false);
    if uprights.len().saturating_mul(levels.len()) > MAX_PAIRS {
        return Vec::new();
    }
    let mut grids: Vec<Grid> =
        clusters(&uprights, &levels).iter().filter_map(|(uprights, levels)| grid(uprights, levels)).collect();
    grids.sort_by(|a, b| a.area.top.total_cmp(&b.area.top).then(a.area.left.total_cmp(&b.area.left)));
    grids
}

/// Rules of one direction, those on one line joined.
fn joined(rules: &[Rule], upright: bool) -> Vec<Rule> {
    let mut own: Vec<Rule> = rules.iter().filter(|rule| rule.upright == upright).copied().collect();
    own.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut out: Vec<Rule> = Vec::new();
    let mut start = 0;
    while let Some(first) = own.get(start) {
        let end = start + own.iter().skip(start).take_while(|rule| rule.at - first.at <= SAME).count();
        let mut band: Vec<Rule> = own.get(start..end).unwrap_or_default().to_vec();
        band.sort_by(|a, b| a.from.total_cmp(&b.from));
        let begin = out.len();
        for rule in band {
            match out.get_mut(begin..).and_then(<[Rule]>::last_mut) {
                Some(last) if rule.from <= last.to + DASH => last.to = last.to.max(rule.to),
                _ => out.push(rule),
            }
        }
        start = end;
    }
    out.retain(|rule| rule.to - rule.from >= SMALLEST);
    out
}

/// Sets of rules that cross or touch.
fn clusters(uprights: &[Rule], levels: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let mut parent: Vec<usize> = (0..uprights.len() + levels.len()).collect();
    for (i, upright) in uprights.iter().enumerate() {
        for (j, level) in levels.iter().enumerate() {
            let crosses = level.from - REACH <= upright.at
                && upright.at <= level.to + REACH
                && upright.from - REACH <= level.at
                && level.at <= upright.to + REACH;
            if crosses {
                let (a, b) = (root(&mut parent, i), root(&mut parent, uprights.len() + j));
                if let Some(slot) = parent.get_mut(a.max(b)) {
                    *slot = a.min(b);
                }
            }
        }
    }
    let mut out: std::collections::BTreeMap<usize, (Vec<Rule>, Vec<Rule>)> =
        std::collections::BTreeMap::new();
    for (i, rule) in uprights.iter().chain(levels).enumerate() {
        let set = out.entry(root(&mut parent, i)).or_default();
        if rule.upright { set.0.push(*rule) } else { set.1.push(*rule) }
    }
    out.into_values().collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while let Some(up) = parent.get(at).copied().filter(|up| *up != at) {
        let above = parent.get(up).copied().unwrap_or(up);
        if let Some(slot) = parent.get_mut(at) {
            *slot = above;
        }
        at = up;
    }
    at
}

/// The grid of a cluster, if it has more than one column.
fn grid(uprights: &[Rule], levels: &[Rule]) -> Option<Grid> {
    if uprights.is_empty() || levels.is_empty() || uprights.len() + levels.len() < 4 {
        return None;
    }
    let mut xs = borders(uprights);
    let mut ys = borders(levels);
    // Rules that go on beyond the last one across: a page border left the row open, or the sides are not
    // drawn.
    imply(&mut ys, uprights);
    imply(&mut xs, levels);
    let (left, right) = (*xs.first()?, *xs.last()?);
    let (top, bottom) = (*ys.first()?, *ys.last()?);
    if xs.len() < 3 || ys.len() < 2 {
        return None;
    }
    let covers = |rules: &[Rule], at: f64, middle: f64| {
        let outer = |edge: f64, other: f64| (at - edge).abs() < SAME || (at - other).abs() < SAME;
        let edge = if rules.first().is_some_and(|rule| rule.upright) {
            outer(left, right)
        } else {
            outer(top, bottom)
        };
        edge || rules.iter().any(|r| (r.at - at).abs() <= SAME && r.from <= middle && middle <= r.to)
    };
    let (rows, columns) = (ys.len() - 1, xs.len() - 1);
    let middle = |borders: &[f64], i: usize| {
        let at = |i: usize| borders.get(i).copied().unwrap_or_default();
        at(i).midpoint(at(i + 1))
    };
    // Whether a border stands right of, and under, each place.
    let mut right_of = vec![false; rows * columns];
    let mut under = vec![false; rows * columns];
    for row in 0..rows {
        for column in 0..columns {
            let (x, y) = (middle(&xs, column), middle(&ys, row));
            let place = row * columns + column;
            if let (Some(slot), Some(at)) = (right_of.get_mut(place), xs.get(column + 1)) {
                *slot = covers(uprights, *at, y);
            }
            if let (Some(slot), Some(at)) = (under.get_mut(place), ys.get(row + 1)) {
                *slot = covers(levels, *at, x);
            }
        }
    }
    let (cells, owners) = merge(rows, columns, &right_of, &under);
    Some(Grid { area: Area { left, top, right, bottom }, xs, ys, cells, owners, right_of, under })
}

fn borders(rules: &[Rule]) -> Vec<f64> {
    let mut at: Vec<f64> = rules.iter().map(|rule| rule.at).collect();
    at.sort_by(f64::total_cmp);
    at.dedup_by(|b, a| *b - *a <= SMALLEST);
    at
}

/// Adds the borders that are not drawn: where at least half of the rules that meet the first or the last one go on
/// beyond it. One alone is no side of a table: a bar in the margin marks a change.
fn imply(borders: &mut Vec<f64>, across: &[Rule]) {
    let (Some(first), Some(last)) = (borders.first().copied(), borders.last().copied()) else { return };
    let beyond = |ends: &dyn Fn(&Rule) -> f64| {
        let meeting: Vec<f64> = across.iter().map(ends).filter(|by| *by > -REACH).collect();
        let mut past: Vec<f64> = meeting.iter().copied().filter(|by| *by > SMALLEST * 2.0).collect();
        past.sort_by(f64::total_cmp);
        (past.len() >= 2 && past.len() * 2 >= meeting.len()).then(|| past.last().copied()).flatten()
    };
    if let Some(by) = beyond(&|rule| first - rule.from) {
        borders.insert(0, first - by);
    }
    if let Some(by) = beyond(&|rule| rule.to - last) {
        borders.push(last + by);
    }
}

/// Places without a border between them are one cell, as long as it is a rectangle.
fn merge(rows: usize, columns: usize, right_of: &[bool], under: &[bool]) -> (Vec<GridCell>, Vec<usize>) {
    const FREE: usize = usize::MAX;
    let mut owners = vec![FREE; rows * columns];
    let mut cells = Vec::new();
    let flag = |flags: &[bool], row: usize, column: usize| {
        flags.get(row * columns + column).copied().unwrap_or(true)
    };
    for row in 0..rows {
        for column in 0..columns {
            if owners.get(row * columns + column) != Some(&FREE) {
                continue;
            }
            let free = |owners: &[usize], row: usize, column: usize| {
                owners.get(row * columns + column) == Some(&FREE)
            };
            let mut wide = 1;
            while column + wide < columns
                && !flag(right_of, row, column + wide - 1)
                && free(&owners, row, column + wide)
            {
                wide += 1;
            }
            let mut tall = 1;
            while row + tall < rows
                && (column..column + wide)
                    .all(|c| !flag(under, row + tall - 1, c) && free(&owners, row + tall, c))
                && (column..column + wide - 1).all(|c| !flag(right_of, row + tall, c))
            {
                tall += 1;
            }
            for r in row..row + tall {
                for c in column..column + wide {
                    if let Some(owner) = owners.get_mut(r * columns + c) {
                        *owner = cells.len();
                    }
                }
            }
            cells.push(GridCell { row, column, rows: tall, columns: wide });
        }
    }
    (cells, owners)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: f64, from: f64, to: f64) -> Rule {
        Rule { upright: false, at, from, to }
    }

    fn upright(at: f64, from: f64, to: f64) -> Rule {
        Rule { upright: true, at, from, to }
    }

    #[test]
    fn merged_header_cells_and_an_open_last_row() {
        // Two header rows; the first header cell is tall, the second wide; no rule under the last row.
        let rules = [
            level(0.0, 0.0, 300.0),
            level(20.0, 100.0, 300.0),
            level(40.0, 0.0, 300.0),
            upright(0.0, 0.0, 80.0),
            upright(100.0, 0.0, 80.0),
            upright(200.0, 20.0, 80.0),
            upright(300.0, 0.0, 80.0),
        ];
        let grids = grids(&rules);
        assert_eq!(grids.len(), 1);
        let Some(grid) = grids.first() else { return };
        assert_eq!((grid.rows(), grid.columns()), (3, 3));
        let tall = grid.cells.first().map(|cell| (cell.rows, cell.columns));
        assert_eq!(tall, Some((2, 1)));
        let wide = grid.cells.get(1).map(|cell| (cell.rows, cell.columns));
        assert_eq!(wide, Some((1, 2)));
        assert_eq!(grid.cell_at(150.0, 70.0), grid.owner(2, 1));
    }

    #[test]
    fn dashes_and_double_rules_are_one() {
        let mut rules: Vec<Rule> =
            (0..50).map(|i| level(0.0, f64::from(i) * 4.0, f64::from(i) * 4.0 + 2.0)).collect();
        rules.push(level(1.5, 0.0, 200.0));
        assert_eq!(joined(&rules, false).len(), 1);
    }
}
