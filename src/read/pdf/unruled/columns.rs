//! The columns of a table without rules: stretches that lines leave free at the same place.

use std::ops::Range;

use super::parts;
use super::pieces::{Piece, Text, is_figure};
use super::region::Region;
use crate::read::pdf::geometry::Area;
use crate::read::pdf::lines::Word;
use crate::read::pdf::missing::is_number;

/// So many lines must leave a stretch free at least.
const FREE: i32 = 2;
/// Most columns, whole or in parts.
const MOST: usize = 400;
/// Row numbers stand so many sizes from the left at most.
const NUMBERS: f64 = 4.0;
/// Most lines of a header.
pub(super) const HEAD: usize = 24;
/// Most lines of one without rows.
const LONE: usize = 6;
/// A line with so many figures that are no years is none of a header.
const FIGURES: usize = 3;
/// For one line across a stretch so many leave it free: titles of groups, headers over several columns.
const ACROSS: i32 = 3;
/// The columns of the page before speak as so many lines.
const BEFORE: i32 = 3;
/// So many points a word may reach over a border.
const NEAR: f64 = 1.5;
/// Columns that stand so many spaces apart have no text with one space between them.
const TIGHT: f64 = 1.9;
/// Where a column begins is known to so many sizes.
const START: f64 = 0.08;
/// The outer borders stand so far outside.
const MARGIN: f64 = 2.0;

/// Columns.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// Their borders, ascending.
    pub borders: Vec<f64>,
    /// From where to where text stands in each.
    covers: Vec<(f64, f64)>,
}

impl Columns {
    /// The columns of a region; with those of the page before, where the table may go on.
    pub fn of(text: &Text<'_>, region: &Region, before: Option<&Self>) -> Option<Self> {
        let lines = region.start..region.end;
        let free = free(text, lines.clone(), before);
        let mut covers = covers(text, lines.clone(), &free).filter(|covers| covers.len() < MOST)?;
        parts::join(text, lines.clone(), &mut covers, before.map(|before| before.covers.as_slice()));
        let mut columns = Self { borders: Vec::new(), covers };
        columns.widen(text, lines);
        columns.draw(before);
        (columns.covers.len() >= 2).then_some(columns)
    }

    pub fn count(&self) -> usize {
        self.covers.len()
    }

    /// The column at a place.
    pub fn at(&self, x: f64) -> usize {
        let inner = self.borders.get(1..self.count()).unwrap_or_default();
        inner.partition_point(|border| *border <= x)
    }

    /// The columns in which a piece stands; a word may reach a little over a border.
    pub fn range(&self, piece: &Piece<'_>) -> (usize, usize) {
        let area = piece.area;
        let inset = NEAR.min(area.width() / 3.0);
        (self.at(area.left + inset), self.at(area.right - inset))
    }

    /// The one column in which a piece stands.
    pub fn of_piece(&self, piece: &Piece<'_>) -> Option<usize> {
        let (first, last) = self.range(piece);
        (first == last).then_some(first)
    }

    /// A point in the cell of a word of a piece.
    pub fn middle(&self, piece: &Piece<'_>, word: &Word) -> (f64, f64) {
        let y = piece.base - piece.size * 0.3;
        let x = word.area.left.midpoint(word.area.right);
        let column = match self.range(piece) {
            (first, last) if first == last || self.runs_over(piece) => first,
            _ => self.at(x),
        };
        (self.area(column, column).map_or(x, |(left, right)| left.midpoint(right)), y)
    }

    /// Whether a piece runs over borders: words of it stand on them, or it has no more than a space where columns stand
    /// farther apart. Otherwise it is two cells' text.
    pub fn runs_over(&self, piece: &Piece<'_>) -> bool {
        let (first, last) = self.range(piece);
        let over = |column: usize| {
            let Some(x) = self.borders.get(column + 1) else { return false };
            let on = |word: &Word| word.area.left < x - NEAR && x + NEAR < word.area.right;
            let begins = self.covers.get(column + 1).map_or(f64::INFINITY, |cover| cover.0);
            let gap = piece.words.windows(2).find_map(|pair| match pair {
                // A word that begins where its column does is this column's.
                [_, b] if (b.area.left - begins).abs() < START * piece.size => None,
                [a, b] if a.area.right <= x + NEAR && b.area.left >= x - NEAR => {
                    Some(b.area.left - a.area.right)
                }
                _ => None,
            });
            let apart = self.covers.get(column).zip(self.covers.get(column + 1)).map(|(a, b)| b.0 - a.1);
            piece.words.iter().any(on) || gap.zip(apart).is_some_and(|(gap, apart)| apart > TIGHT * gap)
        };
        (first..last).any(over)
    }

    /// Whether the pieces of a line may be the rest of a cell's text.
    pub fn is_aligned(&self, pieces: &[Piece<'_>]) -> bool {
        pieces.iter().all(|piece| match self.of_piece(piece) {
            Some(0) => is_number(&piece.text()),
            column => column.is_some(),
        })
    }

    /// The width of some columns, with their borders.
    pub fn area(&self, first: usize, last: usize) -> Option<(f64, f64)> {
        Some((*self.borders.get(first)?, *self.borders.get(last + 1)?))
    }

    /// Takes in what stands in one column alone.
    fn widen(&mut self, text: &Text<'_>, lines: Range<usize>) {
        let own = self.covers.clone();
        let alone = |piece: &Piece<'_>| {
            let mut touched = own.iter().enumerate().filter(|(_, cover)| overlaps(**cover, piece.area));
            touched.next().filter(|_| touched.next().is_none()).map(|(column, _)| (column, piece.area))
        };
        let placed: Vec<Vec<(usize, Area)>> =
            lines.map(|line| text.pieces_of(line).iter().filter_map(alone).collect()).collect();
        for (column, area) in placed.iter().flatten() {
            if let Some(cover) = self.covers.get_mut(*column) {
                *cover = (cover.0.min(area.left), cover.1.max(area.right));
            }
        }
        for column in 1..own.len() {
            let pair = |covers: &[(f64, f64)]| Some((*covers.get(column - 1)?, *covers.get(column)?));
            let (Some((a, b)), Some(own)) = (pair(&self.covers), pair(&own)) else { continue };
            if a.1 < b.0 {
                continue;
            }
            let (end, start) = apart(&placed, column, own);
            if let Some(cover) = self.covers.get_mut(column - 1) {
                cover.1 = end;
            }
            if let Some(cover) = self.covers.get_mut(column) {
                cover.0 = start;
            }
        }
    }

    /// Sets the borders: those of the page before, where they stand between the columns.
    fn draw(&mut self, before: Option<&Self>) {
        let known = before.map(|before| before.borders.as_slice()).unwrap_or_default();
        let between = self.covers.windows(2).filter_map(|pair| match pair {
            [a, b] => {
                let own = known.iter().copied().find(|x| a.1 < *x && *x < b.0);
                Some(own.unwrap_or_else(|| a.1.midpoint(b.0)))
            }
            _ => None,
        });
        let inner: Vec<f64> = between.collect();
        let left = self.covers.first().map_or(0.0, |cover| cover.0);
        let right = self.covers.last().map_or(0.0, |cover| cover.1);
        // Those of the page before, where what stands on this one does not reach beyond.
        let first = known.first().copied().filter(|x| (left - 4.0 * MARGIN..left).contains(x));
        let last = known.last().copied().filter(|x| (right..right + 4.0 * MARGIN).contains(x));
        self.borders = vec![first.unwrap_or(left - MARGIN)];
        self.borders.extend(inner);
        self.borders.push(last.unwrap_or(right + MARGIN));
    }
}

/// Where a column ends and the next begins whose texts meet: one of them stands over both, so that only lines with a text
/// in each tell; where those meet too, each column keeps what it had (`own`).
fn apart(placed: &[Vec<(usize, Area)>], column: usize, own: ((f64, f64), (f64, f64))) -> (f64, f64) {
    let of = |line: &[(usize, Area)], wanted: usize| -> Option<Area> {
        line.iter().filter(|(column, _)| *column == wanted).map(|(_, area)| *area).reduce(Area::around)
    };
    let both = placed.iter().filter_map(|line| Some((of(line, column - 1)?, of(line, column)?)));
    let (end, start) = both
        .fold((own.0.1, own.1.0), |(end, start), (left, right)| (end.max(left.right), start.min(right.left)));
    if end < start { (end, start) } else { (own.0.1, own.1.0) }
}

pub(super) fn overlaps(cover: (f64, f64), area: Area) -> bool {
    area.left < cover.1 && area.right > cover.0
}

/// The lines over the first number, which may be a header's: it alone may tell of a column that is blank.
pub(super) fn head(text: &Text<'_>, lines: Range<usize>) -> Range<usize> {
    let firsts = lines.clone().filter_map(|line| text.pieces_of(line).first());
    let left = firsts.map(|piece| piece.area.left).fold(f64::INFINITY, f64::min);
    let number = |line: &usize| {
        let first = text.pieces_of(*line).first();
        first.is_some_and(|piece| piece.area.left - left < NUMBERS * piece.size && is_number(&piece.text()))
            || text.pieces_of(*line).iter().filter(|piece| is_figure(piece)).count() >= FIGURES
    };
    let end = lines.clone().take(HEAD + 1).find(number);
    // A few lines without any may be a header at the page's foot.
    let none = if lines.len() <= LONE { lines.end } else { lines.start };
    lines.start..end.unwrap_or(none)
}

/// Where the leftmost pieces of lines begin.
pub(super) fn left_of(text: &Text<'_>, lines: Range<usize>) -> f64 {
    let first = lines.filter_map(|line| text.pieces_of(line).first()).map(|piece| piece.area.left);
    first.fold(f64::INFINITY, f64::min)
}

/// Whether a line's only piece is a group's number and title: "1. Bảo tồn di tích" over the whole row says nothing of the columns
/// under it.
pub(super) fn heads_group(pieces: &[Piece<'_>], left: f64) -> bool {
    let [piece] = pieces else { return false };
    let number =
        piece.words.first().is_some_and(|word| is_number(&word.text) && word.text.ends_with(['.', ')']));
    number && piece.words.len() > 2 && piece.area.left - left < NUMBERS * piece.size
}

/// The stretches that many lines leave free between their pieces, and few do not.
fn free(text: &Text<'_>, lines: Range<usize>, before: Option<&Columns>) -> Vec<(f64, f64)> {
    // Where a piece or a gap begins or ends: by how much the counts of both change.
    let mut steps: Vec<(f64, i32, i32)> = Vec::new();
    let mut add = |from: f64, to: f64, pieces: i32, gaps: i32| {
        if from < to {
            steps.push((from, pieces, gaps));
            steps.push((to, -pieces, -gaps));
        }
    };
    let head = head(text, lines.clone());
    let left = left_of(text, lines.clone());
    for line in lines {
        let pieces = text.pieces_of(line);
        if heads_group(pieces, left) {
            continue;
        }
        // A space is neither a piece nor a gap: it may be one between two cells.
        pieces
            .iter()
            .flat_map(|piece| piece.words)
            .for_each(|word| add(word.area.left, word.area.right, 1, 0));
        for pair in pieces.windows(2) {
            if let [a, b] = pair {
                add(a.area.right, b.area.left, 0, if head.contains(&line) { FREE } else { 1 });
            }
        }
    }
    let known = before.map(|before| before.covers.as_slice()).unwrap_or_default();
    known.iter().for_each(|(from, to)| add(*from, *to, BEFORE, 0));
    for pair in known.windows(2) {
        if let [a, b] = pair {
            add(a.1, b.0, 0, BEFORE);
        }
    }
    steps.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out: Vec<(f64, f64)> = Vec::new();
    let (mut pieces, mut gaps) = (0, 0);
    for (index, (at, more_pieces, more_gaps)) in steps.iter().enumerate() {
        pieces += more_pieces;
        gaps += more_gaps;
        let Some((next, ..)) = steps.get(index + 1) else { break };
        if next <= at || gaps < FREE || pieces * ACROSS > gaps {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.1 >= *at => last.1 = *next,
            _ => out.push((*at, *next)),
        }
    }
    out
}

/// What stands between free stretches, and in each by itself.
fn covers(text: &Text<'_>, lines: Range<usize>, free: &[(f64, f64)]) -> Option<Vec<(f64, f64)>> {
    let areas = || lines.clone().flat_map(|line| text.pieces_of(line)).map(|piece| piece.area);
    let whole = areas().reduce(Area::around)?;
    let mut out = Vec::new();
    let mut from = whole.left;
    for (left, right) in free {
        if *left > from {
            out.push((from, *left));
        }
        from = *right;
    }
    if from < whole.right {
        out.push((from, whole.right));
    }
    // A column with a text or two is none that many lines cover.
    let mut inside: Vec<(f64, f64)> = areas()
        .filter(|area| free.iter().any(|(left, right)| *left <= area.left && area.right <= *right))
        .map(|area| (area.left, area.right))
        .collect();
    out.append(&mut inside);
    out.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut joined: Vec<(f64, f64)> = Vec::new();
    for cover in out {
        match joined.last_mut() {
            Some(last) if cover.0 < last.1 => last.1 = last.1.max(cover.1),
            _ => joined.push(cover),
        }
    }
    Some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(column: usize, left: f64, right: f64) -> (usize, Area) {
        (column, Area { left, top: 0.0, right, bottom: 10.0 })
    }

    #[test]
    fn a_text_over_two_columns_of_numbers_that_stand_right_moves_no_border() {
        // "Mục tiêu" over "Năm 2028" and "Năm 2030", over "9.850" and "10.600".
        let lines = [
            vec![at(0, 510.0, 550.0)],
            vec![at(0, 471.0, 516.0), at(1, 544.0, 589.0)],
            vec![at(0, 500.0, 525.0), at(1, 570.0, 600.0)],
        ];
        assert_eq!(apart(&lines, 1, ((500.0, 525.0), (570.0, 600.0))), (525.0, 544.0));
        // What meets in one line tells nothing.
        let lines = [vec![at(0, 471.0, 550.0), at(1, 544.0, 589.0)]];
        assert_eq!(apart(&lines, 1, ((500.0, 525.0), (570.0, 600.0))), (525.0, 570.0));
    }
}
