//! The rows of a table without rules between its columns: level rules, distances of lines, numbers in the first column.

use std::ops::Range;

use super::Page;
use super::columns::{Columns, HEAD};
use super::head::{self, Head};
use super::pieces::{Piece, Text, is_figure};
use super::region::{LOW, Region};
use crate::read::pdf::geometry::Area;
use crate::read::pdf::grid::Grid;
use crate::read::pdf::lines::Line;
use crate::read::pdf::missing::is_number;

/// Lines of a cell stand between so many sizes from one another.
const LEADING: Range<f64> = 0.8..1.6;
/// The same in a table that is set wide.
const WIDE: Range<f64> = 0.8..2.5;
/// Lines of one cell stand no farther apart where nobody asked for it.
const USUAL: f64 = 1.3;
/// A distance that is so many sizes greater than that inside cells parts rows.
const WIDER: f64 = 0.1;
/// A level rule covers at least this share of a table's width.
const LONG: f64 = 0.6;
/// Level rules nearer than this are one.
const SAME: f64 = 2.6;
/// Fewest rules between rows that tell that all are ruled.
const RULED: usize = 3;

/// The rows of a table, as lines.
#[derive(Debug)]
pub(super) struct Bands {
    /// The lines of the header.
    pub head: Range<usize>,
    /// The lines of each row.
    pub body: Vec<Range<usize>>,
}

/// The rows of a region; with the header of the page before, where the table may go on.
pub(super) fn bands(
    page: &Page<'_>,
    text: &Text<'_>,
    region: &Region,
    columns: &Columns,
    before: Option<&[String]>,
) -> Option<Bands> {
    let lines = Lines { text, columns, region: *region };
    let ruled = lines.ruled(page);
    let by_rules = lines.starts(&|line| ruled.contains(&line));
    let numbers = |starts: &[usize]| lines.numbers(starts);
    let several = |counts: &[usize]| counts.iter().filter(|count| **count > 1).count();
    let counts = numbers(&by_rules);
    let starts = if ruled.len() >= RULED && several(&counts) <= counts.len() / 8 {
        by_rules
    } else {
        let limit = lines.limit();
        let apart = |line: usize| ruled.contains(&line) || lines.distance(line) > limit;
        let by_gaps = lines.starts(&apart);
        let counts = numbers(&by_gaps);
        if several(&counts) <= counts.len() / 8 { by_gaps } else { lines.by_numbers(&apart) }
    };
    let mut rows: Vec<Range<usize>> = starts
        .iter()
        .zip(starts.iter().skip(1).copied().chain([region.end]))
        .map(|(start, end)| *start..end)
        .collect();
    // A header that comes again is known by its words, whatever stands under it.
    if let Some(head) = before.and_then(|before| lines.repeats(before)) {
        rows.iter_mut().for_each(|row| row.start = row.start.max(head.end));
        rows.retain(|row| row.start < row.end);
        return Some(Bands { head, body: rows });
    }
    // A row may stand right under the header: that of the columns' numbers, or the first where rows are set wide.
    if let Some(first) = rows.first().cloned()
        && let Some(number) = first.clone().skip(1).find(|line| lines.number(*line))
        && !lines.number(first.start)
        && head::is_header(page.grammar, text, first.start..number, columns)
    {
        rows.splice(..1, [first.start..number, number..first.end]);
    }
    let begins = |row: &Range<usize>| row.clone().any(|line| lines.number(line) || lines.figures(line) > 1);
    let mut count = rows.iter().position(begins).unwrap_or(1);
    // A title over the first rows is one of them.
    while count > 1 && rows.get(count - 1).is_some_and(|row| lines.is_title(row)) {
        count -= 1;
    }
    let head_end = rows.get(count).map_or(region.end, |row| row.start);
    let head = region.start..head_end;
    if head.len() > HEAD || !head::is_header(page.grammar, text, head.clone(), columns) {
        return Some(Bands { head: region.start..region.start, body: rows });
    }
    rows.drain(..count);
    // A header may stand at the page's foot, with its rows on the next page.
    let at_foot = || {
        text.lines.get(head.end.saturating_sub(1)).is_some_and(|line| line.area.bottom > page.size.1 * LOW)
    };
    (!rows.is_empty() || at_foot()).then_some(Bands { head, body: rows })
}

struct Lines<'a, 'l> {
    text: &'a Text<'l>,
    columns: &'a Columns,
    region: Region,
}

impl<'l> Lines<'_, 'l> {
    fn pieces(&self, line: usize) -> &[Piece<'l>] {
        self.text.pieces_of(line)
    }

    /// The first lines, where they are those of a header.
    fn repeats(&self, header: &[String]) -> Option<Range<usize>> {
        let head = self.region.start..self.region.start + header.len();
        let own =
            self.text.lines.get(head.clone()).filter(|_| head.end < self.region.end && !header.is_empty())?;
        own.iter().map(Line::text).eq(header.iter().cloned()).then_some(head)
    }

    /// Whether a number stands in the first column.
    fn number(&self, line: usize) -> bool {
        let first = self.pieces(line).first();
        first.is_some_and(|piece| self.columns.of_piece(piece) == Some(0) && is_number(&piece.text()))
    }

    /// How many numbers stand in the first column of each row.
    fn numbers(&self, starts: &[usize]) -> Vec<usize> {
        let ends = starts.iter().skip(1).copied().chain([self.region.end]);
        starts
            .iter()
            .zip(ends)
            .map(|(start, end)| (*start..end).filter(|line| self.number(*line)).count())
            .collect()
    }

    /// The first line, and the others that begin a row.
    fn starts(&self, begins: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let rest = (self.region.start + 1..self.region.end).filter(|line| begins(*line));
        std::iter::once(self.region.start).chain(rest).collect()
    }

    /// The lines over which a level rule stands that is as long as the table.
    fn ruled(&self, page: &Page<'_>) -> Vec<usize> {
        let (Some(left), Some(right)) = (self.columns.borders.first(), self.columns.borders.last()) else {
            return Vec::new();
        };
        let mut level: Vec<(f64, f64)> = page
            .rules
            .iter()
            .filter(|rule| !rule.upright)
            .map(|rule| (rule.at, rule.to.min(*right) - rule.from.max(*left)))
            .filter(|(_, length)| *length > 0.0)
            .collect();
        level.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut joined: Vec<(f64, f64)> = Vec::new();
        for (at, length) in level {
            match joined.last_mut() {
                Some(last) if at - last.0 < SAME => last.1 += length,
                _ => joined.push((at, length)),
            }
        }
        let long = |(_, length): &&(f64, f64)| *length > LONG * (right - left);
        let mut heights = joined.iter().filter(long).map(|(at, _)| *at).peekable();
        let mut out = Vec::new();
        for line in self.region.start + 1..self.region.end {
            let bases = self.text.lines.get(line - 1).zip(self.text.lines.get(line));
            let Some((above, own)) = bases.map(|(above, own)| (above.base, own.base)) else { continue };
            while heights.next_if(|at| *at < above).is_some() {}
            if heights.peek().is_some_and(|at| *at < own) {
                out.push(line);
            }
        }
        out
    }

    /// How far a line's letters stand under those above it, in sizes.
    fn distance(&self, line: usize) -> f64 {
        let Some(own) = self.text.lines.get(line) else { return 0.0 };
        // The lines of cells that are centred stand beside one another.
        let above =
            self.text.lines.get(self.region.start.max(line.saturating_sub(4))..line).unwrap_or_default();
        let bottom = above.iter().map(|line| line.area.bottom).fold(f64::NEG_INFINITY, f64::max);
        (own.base - own.size * UP - bottom) / own.size.max(1.0)
    }

    /// The distance inside cells, and what makes a greater one.
    fn limit(&self) -> f64 {
        let mut steps: Vec<f64> = Vec::new();
        let mut last: Vec<Option<f64>> = vec![None; self.columns.count()];
        for line in self.region.start..self.region.end {
            for piece in self.pieces(line) {
                let Some(slot) = self.columns.of_piece(piece).and_then(|column| last.get_mut(column)) else {
                    continue;
                };
                let step = slot.map(|above| (piece.base - above) / piece.size.max(1.0));
                steps.extend(step.filter(|step| LEADING.contains(step)));
                *slot = Some(piece.base);
            }
        }
        steps.sort_by(f64::total_cmp);
        // What fonts ask for, or a distance that comes again.
        let usual = steps.first().copied().filter(|step| *step < USUAL);
        let again = steps.windows(2).find_map(|pair| match pair {
            [a, b] if b - a < 0.04 => Some(*b),
            _ => None,
        });
        // A header may be set narrower than the rows.
        let narrow = usual.or(again);
        let wide = self.wide_leading().filter(|wide| narrow.is_none_or(|narrow| narrow < *wide));
        wide.or(narrow)
            .or(steps.first().copied())
            .map_or(f64::NEG_INFINITY, |leading| leading - UP - DOWN + WIDER)
    }

    /// The distance of lines inside cells where it is wider than fonts ask for: texts of a column follow one another nearer
    /// than any two numbers of rows.
    fn wide_leading(&self) -> Option<f64> {
        let mut last: Vec<Option<f64>> = vec![None; self.columns.count()];
        let mut nearest = vec![f64::INFINITY; self.columns.count()];
        let first = (self.region.start..self.region.end).find(|line| self.number(*line))?;
        for piece in (first..self.region.end).flat_map(|line| self.pieces(line)) {
            let Some(column) =
                self.columns.of_piece(piece).filter(|column| *column == 0 || !is_figure(piece))
            else {
                continue;
            };
            if let (Some(last), Some(nearest)) = (last.get_mut(column), nearest.get_mut(column)) {
                let step = last.map(|above| (piece.base - above) / piece.size.max(1.0));
                *nearest = step.filter(|step| WIDE.contains(step)).map_or(*nearest, |step| nearest.min(step));
                *last = Some(piece.base);
            }
        }
        let (numbers, others) = nearest.split_first()?;
        let text = others.iter().copied().fold(f64::INFINITY, f64::min);
        (text < numbers - WIDER).then_some(text)
    }

    /// The lines that begin a row, where distances do not tell: those with a number, and those with a figure where the
    /// row has one already.
    fn by_numbers(&self, apart: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let mut out = Vec::new();
        let mut figures = vec![false; self.columns.count()];
        let mut below_header = false;
        for line in self.region.start..self.region.end {
            let own: Vec<usize> = self
                .pieces(line)
                .iter()
                .filter(|piece| is_figure(piece))
                .filter_map(|piece| self.columns.of_piece(piece).filter(|column| *column > 1))
                .collect();
            let again = own.len() >= 2 && own.iter().all(|column| figures.get(*column) == Some(&true));
            // A total may be the first row.
            let first = !below_header && self.figures(line) > 1;
            below_header |= first || self.number(line);
            if line == self.region.start || apart(line) || self.number(line) || again || first {
                out.push(line);
                figures.fill(false);
            }
            for column in own {
                if let Some(slot) = figures.get_mut(column) {
                    *slot = true;
                }
            }
        }
        out
    }

    /// How many figures stand right of the names; years are headers as well.
    fn figures(&self, line: usize) -> usize {
        let right = |piece: &&Piece<'_>| self.columns.of_piece(piece).is_some_and(|column| column > 1);
        self.pieces(line).iter().filter(right).filter(|piece| is_figure(piece)).count()
    }

    /// Whether a row is one text, at the left or over its columns.
    fn is_title(&self, row: &Range<usize>) -> bool {
        row.clone().all(|line| match self.pieces(line) {
            [only] => {
                let (first, last) = self.columns.range(only);
                first == 1 || first == 0 && last > 0
            }
            _ => false,
        })
    }
}

/// Letters reach so many sizes over and under their base.
const UP: f64 = 0.85;
const DOWN: f64 = 0.22;

/// The grid that rows and columns make.
pub(super) fn grid(text: &Text<'_>, bands: &Bands, columns: &Columns, head: Option<&Head>) -> Option<Grid> {
    let area = |lines: &Range<usize>| {
        let lines = text.lines.get(lines.clone()).unwrap_or_default();
        lines.iter().map(|line| line.area).reduce(Area::around)
    };
    let mut ys: Vec<f64> = Vec::new();
    let width = columns.count();
    let (mut right_of, mut under) = (Vec::new(), Vec::new());
    let mut bottom = None;
    if let Some(head) = head {
        let own = area(&bands.head)?;
        ys.extend(head.heights(own));
        head.borders(&mut right_of, &mut under);
        bottom = Some(own.bottom);
    }
    for row in &bands.body {
        let own = area(row)?;
        ys.push(bottom.map_or(own.top - 1.0, |above: f64| above.midpoint(own.top)));
        bottom = Some(own.bottom);
        let over = spans(text, row, columns);
        right_of
            .extend((0..width).map(|column| !over.iter().any(|(from, to)| (*from..*to).contains(&column))));
        under.extend(std::iter::repeat_n(true, width));
    }
    ys.push(bottom? + 1.0);
    // Lines of neighbouring rows may reach into one another.
    for index in 1..ys.len() {
        if let (Some(above), Some(own)) = (ys.get(index - 1).copied(), ys.get_mut(index)) {
            *own = own.max(above + 0.01);
        }
    }
    Grid::drawn(columns.borders.clone(), ys, right_of, under)
}

/// Which columns of a row a text runs over.
fn spans(text: &Text<'_>, row: &Range<usize>, columns: &Columns) -> Vec<(usize, usize)> {
    let over = |piece: &&Piece<'_>| columns.runs_over(piece);
    row.clone().flat_map(|line| text.pieces_of(line)).filter(over).map(|piece| columns.range(piece)).collect()
}
