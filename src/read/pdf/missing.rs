//! Rules that a table leaves out: between the columns of its body, where only its header and its rows are ruled, and
//! between its rows, where only its columns are.

use super::grid::Grid;
use super::lines::{Line, lines};
use super::marks::Marks;

/// Fewest columns of a table whose rows are cut by what stands in them.
const COLUMNS: usize = 3;
/// Lines of a cell stand at most so many sizes from one another.
const LEADING: f64 = 1.55;
/// A distance of lines that is so much greater than that inside cells parts rows.
const APART: f64 = 1.18;
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
    if wide.len() >= 2 && wide.len() * 2 > grid.rows().saturating_sub(1) {
        let parted: Vec<usize> =
            wide.iter().copied().filter(|row| respects_borders(grid, *row, &lines)).collect();
        if parted.len() * 5 >= wide.len() * 3 {
            grid.part(&parted);
        }
    }
    // From the last on, so that the indices of those before stay.
    for row in tall_rows(grid).into_iter().rev() {
        let heights = cuts(grid, row, &lines);
        if !heights.is_empty() {
            grid.cut(row, &heights);
        }
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

fn within<'l>(grid: &Grid, row: usize, lines: &'l [Line]) -> Vec<&'l Line> {
    let Some((top, bottom)) = grid.band(row) else { return Vec::new() };
    lines
        .iter()
        .filter(|line| top < line.base - line.size * 0.3 && line.base - line.size * 0.3 < bottom)
        .collect()
}

/// Whether the words of a row stand between the borders, in more than one column.
fn respects_borders(grid: &Grid, row: usize, lines: &[Line]) -> bool {
    let inner = grid.borders().get(1..grid.columns()).unwrap_or_default();
    let words = || within(grid, row, lines).into_iter().flat_map(|line| &line.words);
    let crosses = |x: f64| words().any(|word| word.area.left < x - NEAR && word.area.right > x + NEAR);
    let right_of = |x: f64| words().any(|word| word.area.left > x - NEAR);
    !inner.iter().any(|x| crosses(*x)) && inner.first().is_some_and(|x| right_of(*x))
}

/// The heights at which a row is several: each begins with a number in the first column. Empty where it is one.
fn cuts(grid: &Grid, row: usize, lines: &[Line]) -> Vec<f64> {
    let lines = within(grid, row, lines);
    let Some(first_border) = grid.borders().get(1).copied() else { return Vec::new() };
    let numbers = |line: &Line| {
        let first = line.words.first().filter(|word| word.area.right < first_border);
        first.is_some_and(|word| is_number(&word.text))
            && line.words.get(1).is_none_or(|word| word.area.left > first_border - 1.0)
    };
    if lines.iter().filter(|line| numbers(line)).count() < 2 {
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
    let bounds = |from: f64, to: f64| {
        lines
            .iter()
            .filter(|line| from < line.base && line.base - line.size * 0.3 < to && numbers(line))
            .count()
    };
    let starts = std::iter::once(f64::NEG_INFINITY).chain(by_gap.iter().copied());
    let ends = by_gap.iter().copied().chain([f64::INFINITY]);
    let one_each = starts.zip(ends).all(|(from, to)| bounds(from, to) <= 1);
    if one_each && by_gap.len() + 1 >= lines.iter().filter(|line| numbers(line)).count() {
        by_gap
    } else {
        heights(&|above: &Line, line: &Line| numbers(line) || gap(above, line))
    }
}

/// "1", "IV", "A", "2.1", "(3)".
fn is_number(text: &str) -> bool {
    let plain = text.trim_matches(['(', ')', '.']);
    let digits = plain.chars().all(|c| c.is_ascii_digit() || c == '.') && plain.len() <= 6;
    let roman = plain.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) && plain.len() <= 5;
    let letter = plain.len() == 1 && plain.starts_with(|c: char| c.is_ascii_alphabetic());
    !plain.is_empty() && (digits || roman || letter)
}
