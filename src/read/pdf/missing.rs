//! Rules that a table leaves out: between the columns of its body, where only its header and its rows are ruled, and
//! between its rows, where only its columns are.

use std::collections::BTreeMap;

use super::grid::Grid;
use super::lines::{Line, lines};
use super::marks::Marks;
use crate::text::is_broken;

/// Fewest columns of a table whose rows are cut by what stands in them.
const COLUMNS: usize = 3;
/// Lines of a cell stand at most so many sizes from one another.
const LEADING: f64 = 1.55;
/// A distance of lines that is so much greater than that inside cells parts rows.
const APART: f64 = 1.18;
/// A table with more ruled rows that begin with a number has no rows without rules; one may be that of column numbers.
const MOST_RULED: usize = 1;
/// A word that reaches over a border by so many points still stands beside it.
const NEAR: f64 = 1.5;

/// Draws the rules that a table leaves out, as far as what stands in it shows them. `glyphs` are those in its area.
pub(super) fn complete(grid: &mut Grid, marks: &Marks, glyphs: &[usize]) {
    if grid.columns() < COLUMNS {
        return;
    }
    let wide = wide_rows(grid);
    let tall = tall_rows(grid);
    if wide.len() < 2 && tall.is_empty() {
        return;
    }
    let lines = lines(marks, glyphs);
    let mut by_row: Vec<Vec<&Line>> = vec![Vec::new(); grid.rows()];
    for line in &lines {
        if let Some(row) = by_row.get_mut(grid.row_at(line.base - line.size * 0.3)) {
            row.push(line);
        }
    }
    let in_row = |row: usize| by_row.get(row).map(Vec::as_slice).unwrap_or_default();
    if wide.len() >= 2 && wide.len() * 2 > grid.rows().saturating_sub(1) {
        let parted: Vec<usize> =
            wide.iter().copied().filter(|row| respects_borders(grid, in_row(*row))).collect();
        if parted.len() * 5 >= wide.len() * 3 {
            grid.part(&parted);
        }
    }
    // Where most rows are ruled, all are; headings of groups, numbered in a style of their own, may be ruled by themselves.
    let in_digits = |lines: &[&Line]| {
        let first = lines.iter().find_map(|line| number(grid, line));
        first.is_some_and(|first| first.starts_with(|c: char| c.is_ascii_digit()))
    };
    let several = by_row.iter().find(|lines| numbered(grid, lines) > 1);
    let style = several.is_some_and(|lines| in_digits(lines));
    let ruled = by_row.iter().filter(|lines| numbered(grid, lines) == 1 && in_digits(lines) == style);
    if ruled.count() > MOST_RULED {
        return;
    }
    let heights = tall_rows(grid).into_iter().map(|row| (row, cuts(grid, in_row(row))));
    let heights: BTreeMap<usize, Vec<f64>> = heights.filter(|(_, heights)| !heights.is_empty()).collect();
    if !heights.is_empty() {
        grid.cut(&heights);
    }
}

/// Rows that are one cell.
fn wide_rows(grid: &Grid) -> Vec<usize> {
    let whole = |row: &usize| {
        let cell = grid.owner(*row, 0).and_then(|index| grid.cells.get(index));
        cell.is_some_and(|cell| cell.columns == grid.columns() && cell.rows == 1)
    };
    (0..grid.rows()).filter(whole).collect()
}

/// Rows of cells of their own that are tall enough for several lines.
fn tall_rows(grid: &Grid) -> Vec<usize> {
    let own = |row: &usize| {
        (0..grid.columns()).all(|column| {
            let cell = grid.owner(*row, column).and_then(|index| grid.cells.get(index));
            cell.is_some_and(|cell| cell.rows == 1)
        })
    };
    let tall = |row: &usize| grid.band(*row).is_some_and(|(top, bottom)| bottom - top > 24.0);
    (0..grid.rows()).filter(tall).filter(own).collect()
}

/// Whether the words of a row stand between the borders, in more than one column.
fn respects_borders(grid: &Grid, lines: &[&Line]) -> bool {
    let inner = grid.borders().get(1..grid.columns()).unwrap_or_default();
    let words = || lines.iter().flat_map(|line| &line.words);
    let crosses = |x: f64| words().any(|word| word.area.left < x - NEAR && word.area.right > x + NEAR);
    let right_of = |x: f64| words().any(|word| word.area.left > x - NEAR);
    !inner.iter().any(|x| crosses(*x)) && inner.first().is_some_and(|x| right_of(*x))
}

/// The number that stands alone in the first column of a line.
fn number<'l>(grid: &Grid, line: &'l Line) -> Option<&'l str> {
    let border = grid.borders().get(1).copied()?;
    let first = line.words.first().filter(|word| word.area.right < border && is_number(&word.text))?;
    let alone = line.words.get(1).is_none_or(|word| word.area.left > border - 1.0);
    alone.then_some(first.text.as_str())
}

/// How many numbers stand in the first column of lines; one that is broken over two lines is one ("XI." / "1").
fn numbered(grid: &Grid, lines: &[&Line]) -> usize {
    let numbers: Vec<&str> = lines.iter().filter_map(|line| number(grid, line)).collect();
    let broken =
        |pair: &&[&str]| matches!(pair, [a, b] if is_broken(a, b) || is_broken(a, b.trim_end_matches('.')));
    numbers.len() - numbers.windows(2).filter(broken).count()
}

/// The heights at which a row is several: each begins with a number in the first column. Empty where it is one.
fn cuts(grid: &Grid, lines: &[&Line]) -> Vec<f64> {
    let numbers = |line: &Line| number(grid, line).is_some();
    if numbered(grid, lines) < 2 {
        return Vec::new();
    }
    let pairs = || lines.iter().zip(lines.iter().skip(1));
    let distances = pairs().map(|(above, line)| (line.base - above.base) / line.size.max(1.0));
    let leading = distances.filter(|distance| (0.8..LEADING).contains(distance)).fold(LEADING, f64::min);
    let gap = |above: &Line, line: &Line| line.base - above.base > leading * APART * line.size.max(1.0);
    let between = |above: &Line, line: &Line| above.base.midpoint(line.base) - line.size * 0.3;
    let heights = |begins: &dyn Fn(&Line, &Line) -> bool| -> Vec<f64> {
        pairs()
            .filter(|(above, line)| begins(above, line))
            .map(|(above, line)| between(above, line))
            .collect()
    };
    let by_gap = heights(&gap);
    // Where each stretch between gaps has one number at most, the gaps part the rows; elsewhere a number begins one.
    let mut in_stretch = 0;
    let mut one_each = true;
    for (index, line) in lines.iter().enumerate() {
        let above = index.checked_sub(1).and_then(|above| lines.get(above));
        if above.is_some_and(|above| gap(above, line)) {
            in_stretch = 0;
        }
        in_stretch += usize::from(numbers(line));
        one_each &= in_stretch <= 1;
    }
    if one_each && by_gap.len() + 1 >= lines.iter().filter(|line| numbers(line)).count() {
        by_gap
    } else {
        heights(&|above: &Line, line: &Line| numbers(line) || gap(above, line))
    }
}

/// "1", "IV", "A", "2.1", "(3)".
pub(super) fn is_number(text: &str) -> bool {
    let plain = text.trim_matches(['(', ')', '.']);
    let digits = plain.chars().all(|c| c.is_ascii_digit() || c == '.') && plain.len() <= 6;
    let roman = plain.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) && plain.len() <= 5;
    let letter = plain.len() == 1 && plain.starts_with(|c: char| c.is_ascii_alphabetic());
    !plain.is_empty() && (digits || roman || letter)
}
