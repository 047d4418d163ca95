//! The pieces that a page is recognised in: each cell of its tables, and what stands outside them.

use super::straight::{Ink, cut};
use super::{Page, RESOLUTION};
use crate::read::ReadError;
use crate::read::pdf::{Area, grids};
use crate::read::programs::{How, Letters, Picture, Programs, Recognised, Shape};
use crate::span::SURE;

/// White around a piece, in points of the picture that is recognised.
const MARGIN: usize = 12;
/// A piece no higher than the first, in inches, has one line; one no higher than the second has, if no white parts
/// it in the middle.
const ONE_LINE: (f64, f64) = (0.15, 0.26);
/// A dash is no higher and no wider than this, in inches.
const DASH: (f64, f64) = (0.035, 0.17);
/// A sign is no wider than this, in inches.
const SIGN: f64 = 0.12;
/// Scanners leave shadows at the edges, so many inches wide.
const EDGE: f64 = 0.08;
/// Ink of fewer points than this at 200 points an inch is dust.
const DUST: f64 = 9.0;
/// How sure a sign is that was told by its form.
const FORM_SURE: u8 = 95;

/// A piece of a page.
#[derive(Debug)]
pub(super) struct Cut {
    /// Index of the page.
    pub page: usize,
    /// Its cell, where it is one: table of the page, row, column, and how many columns it covers.
    pub cell: Option<(usize, usize, usize, usize)>,
    /// Box of its ink in points of the page's picture.
    pub left: usize,
    pub top: usize,
    pub right: usize,
    pub bottom: usize,
    /// From points of the page's picture to points of what is recognised.
    scale: f64,
    /// What was read; boxes are in points of the page's picture.
    pub words: Vec<Recognised>,
    /// What else it may be.
    pub readings: Vec<String>,
}

impl Cut {
    /// A piece with words and no place.
    #[cfg(test)]
    pub fn for_tests(words: Vec<Recognised>) -> Self {
        let (cell, readings) = (Some((0, 0, 0, 1)), Vec::new());
        Self { page: 0, cell, left: 0, top: 0, right: 0, bottom: 0, scale: 1.0, words, readings }
    }

    /// The words with one space between them.
    pub fn text(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// How sure the least sure word is.
    pub fn confidence(&self) -> u8 {
        self.words.iter().map(|word| word.confidence).min().unwrap_or(0)
    }

    pub fn shape(&self, page: &Page) -> Shape {
        let height = number(self.bottom - self.top) / page.dpi;
        match self.cell {
            None => Shape::Page,
            Some(_) if height <= ONE_LINE.0 => Shape::Line,
            Some(_) if height <= ONE_LINE.1 && !self.is_parted(page) => Shape::Line,
            Some(_) => Shape::Block,
        }
    }

    /// Whether white goes through the middle of the piece from side to side.
    fn is_parted(&self, page: &Page) -> bool {
        let height = self.bottom - self.top;
        let mut middle = self.top + height * 35 / 100..self.top + height * 65 / 100;
        middle.any(|y| !page.ink.row(y, self.left, self.right).contains(&true))
    }

    /// Whether the piece is a plus: one bar across, one down, nothing beside them.
    pub fn is_plus(&self, page: &Page) -> bool {
        let (width, height) = (self.right - self.left, self.bottom - self.top);
        let square = width * 10 >= height * 7 && height * 10 >= width * 7;
        if !square || width < 5 || number(width) / page.dpi > SIGN {
            return false;
        }
        let band = |from: usize, size: usize| from + size * 3 / 10..from + size * 7 / 10;
        let (across, down) = (band(self.top, height), band(self.left, width));
        let ink = || (self.top..self.bottom).flat_map(|y| (self.left..self.right).map(move |x| (x, y)));
        let beside = ink().filter(|(x, y)| !across.contains(y) && !down.contains(x) && page.ink.at(*x, *y));
        let bar_across = (self.left..self.right).filter(|x| across.clone().any(|y| page.ink.at(*x, y)));
        let bar_down = (self.top..self.bottom).filter(|y| down.clone().any(|x| page.ink.at(x, *y)));
        beside.count() * 20 <= width * height
            && bar_across.count() * 10 >= width * 9
            && bar_down.count() * 10 >= height * 9
    }

    /// Whether a bar stands under the first sign of the piece, as in "≥", or is its lowest part.
    pub fn has_bar(&self, page: &Page) -> bool {
        let is_blank = |x: &usize| !(self.top..self.bottom).any(|y| page.ink.at(*x, y));
        let right = (self.left..self.right).find(is_blank).unwrap_or(self.right);
        let width = right - self.left;
        let count = |y: usize| page.ink.row(y, self.left, right).iter().filter(|point| **point).count();
        let Some(lowest) = (self.top..self.bottom).rfind(|y| count(*y) > 0) else { return false };
        let bar = lowest.saturating_sub((self.bottom - self.top) / 6)..=lowest;
        width > 3 && bar.into_iter().any(|y| count(y) * 10 >= width * 8)
    }

    /// Its picture as it is to be recognised; what is not of the piece is white.
    pub fn picture(&self, pages: &[Page]) -> Picture {
        let Some(page) = pages.get(self.page) else { return Picture::blank(1, 1) };
        let size = (self.right - self.left, self.bottom - self.top);
        let mut out = cut(&page.picture, (self.left, self.top), size, self.scale, MARGIN);
        if self.cell.is_none() {
            for grid in grids(&page.marks.rules) {
                self.blank(&mut out, page, grid.area);
            }
        }
        out
    }

    /// Paints a box of the page white.
    fn blank(&self, out: &mut Picture, page: &Page, area: Area) {
        let pixel = |points: f64, from: usize| {
            let at = points / 72.0 * page.dpi - number(from);
            whole((at * self.scale).max(0.0)) + MARGIN
        };
        let (left, right) = (pixel(area.left, self.left), pixel(area.right, self.left));
        for y in pixel(area.top, self.top)..pixel(area.bottom, self.top).min(out.height) {
            let row = y * out.width;
            let range = row + left.min(out.width)..row + right.min(out.width);
            out.pixels.get_mut(range).into_iter().flatten().for_each(|point| *point = u8::MAX);
        }
    }

    /// Words of the piece's picture with boxes of the page's picture.
    pub fn placed(&self, words: Vec<Recognised>) -> Vec<Recognised> {
        let back = |at: usize, from: usize| from + whole(number(at.saturating_sub(MARGIN)) / self.scale);
        let words = words.into_iter().filter(|word| !word.text.trim().is_empty());
        words
            .map(|word| Recognised {
                left: back(word.left, self.left),
                right: back(word.right, self.left),
                top: back(word.top, self.top),
                bottom: back(word.bottom, self.top),
                ..word
            })
            .collect()
    }

    /// The piece as one word.
    pub fn whole(&self, text: &str, confidence: u8) -> Recognised {
        Recognised {
            text: text.to_owned(),
            left: self.left,
            top: self.top,
            right: self.right,
            bottom: self.bottom,
            confidence,
            line: 0,
        }
    }
}

/// The pieces of a page that have ink.
pub(super) fn cuts(page: &Page, index: usize) -> Vec<Cut> {
    let grids = grids(&page.marks.rules);
    let pixel = |points: f64| whole((points / 72.0 * page.dpi).max(0.0));
    let mut out = Vec::new();
    for (table, grid) in grids.iter().enumerate() {
        for cell in &grid.cells {
            let Some(area) = grid.area_of(cell) else { continue };
            let from = (pixel(area.left) + 2, pixel(area.top) + 2);
            let to = (pixel(area.right).saturating_sub(1), pixel(area.bottom).saturating_sub(1));
            let place = (table, cell.row, cell.column, cell.columns);
            out.extend(piece(page, index, from, to).map(|cut| Cut { cell: Some(place), ..cut }));
        }
    }
    let areas: Vec<Area> = grids.iter().map(|grid| grid.area).collect();
    if has_ink(page, &areas) {
        let edge = whole(page.dpi * EDGE);
        let to = (page.picture.width.saturating_sub(edge), page.picture.height.saturating_sub(edge));
        out.extend(piece(page, index, (edge, edge), to));
    }
    out
}

/// Whether there is ink outside tables.
fn has_ink(page: &Page, tables: &[Area]) -> bool {
    let edge = whole(page.dpi * EDGE);
    let mut count = 0;
    for y in edge..page.ink.height.saturating_sub(edge) {
        let row = page.ink.row(y, 0, page.ink.width.saturating_sub(edge)).iter().enumerate().skip(edge);
        let points = |at: usize| number(at) * 72.0 / page.dpi;
        let outside = |x: &usize| !tables.iter().any(|table| table.holds(points(*x), points(y)));
        count += row.filter(|(_, point)| **point).map(|(x, _)| x).filter(outside).count();
        if number(count) > DUST * 4.0 {
            return true;
        }
    }
    false
}

/// The piece of a page between two corners, as far as there is ink.
fn piece(page: &Page, index: usize, from: (usize, usize), to: (usize, usize)) -> Option<Cut> {
    let (left, top, right, bottom) = inked(&page.ink, from, to, page.dpi)?;
    let mut cut = Cut {
        page: index,
        cell: None,
        left,
        top,
        right,
        bottom,
        scale: f64::from(RESOLUTION) / page.dpi,
        words: Vec::new(),
        readings: Vec::new(),
    };
    if is_dash(page, &cut) {
        cut.words.push(cut.whole("-", FORM_SURE));
    } else if cut.is_plus(page) {
        cut.words.push(cut.whole("+", FORM_SURE));
    }
    Some(cut)
}

/// The box of the ink between two corners, without dust; `None` where there is none.
fn inked(
    ink: &Ink,
    from: (usize, usize),
    to: (usize, usize),
    dpi: f64,
) -> Option<(usize, usize, usize, usize)> {
    if from.0 >= to.0 || from.1 >= to.1 {
        return None;
    }
    let mut columns = vec![0_usize; to.0 - from.0];
    let mut rows = vec![0_usize; to.1 - from.1];
    let mut count = 0;
    for (y, in_row) in (from.1..to.1).zip(&mut rows) {
        for (point, in_column) in ink.row(y, from.0, to.0).iter().zip(&mut columns) {
            if *point {
                *in_row += 1;
                *in_column += 1;
                count += 1;
            }
        }
    }
    let scale = dpi / 200.0;
    if number(count) < DUST * scale * scale {
        return None;
    }
    // A row or column with one point is dust, unless its neighbour has ink as well.
    let ends = |counts: &[usize]| {
        let solid = |i: &usize| {
            let at = |i: usize| counts.get(i).copied().unwrap_or(0);
            at(*i) > 1 || at(*i) == 1 && (at(i + 1) > 0 || i.checked_sub(1).is_some_and(|i| at(i) > 0))
        };
        let first = (0..counts.len()).find(solid)?;
        let last = (0..counts.len()).rfind(solid)?;
        Some((first, last + 1))
    };
    let ((left, right), (top, bottom)) = (ends(&columns)?, ends(&rows)?);
    Some((from.0 + left, from.1 + top, from.0 + right, from.1 + bottom))
}

/// Whether a piece is a dash and nothing else: programs that recognise letters seldom see one by itself.
fn is_dash(page: &Page, cut: &Cut) -> bool {
    let (width, height) = (cut.right - cut.left, cut.bottom - cut.top);
    let inches = |count: usize| number(count) / page.dpi;
    let filled: usize = (cut.top..cut.bottom)
        .map(|y| page.ink.row(y, cut.left, cut.right).iter().filter(|point| **point).count())
        .sum();
    width >= height * 3 / 2
        && inches(height) <= DASH.0
        && inches(width) <= DASH.1
        && filled * 10 >= width * height * 6
}

/// How much of the text of pieces is sure, in percent.
pub(super) fn readable(cuts: &[Cut]) -> usize {
    let words = || cuts.iter().flat_map(|cut| &cut.words);
    let length = |word: &Recognised| word.text.chars().count();
    let sure: usize = words().filter(|word| word.confidence >= SURE).map(length).sum();
    sure * 100 / words().map(length).sum::<usize>().max(1)
}

/// Recognises all pieces, those of one kind at a time.
pub(super) fn first_reading(
    cuts: &mut [Cut],
    pages: &[Page],
    programs: &dyn Programs,
) -> Result<(), ReadError> {
    for shape in [Shape::Page, Shape::Block, Shape::Line] {
        let of_shape = |cut: &&mut Cut| {
            cut.words.is_empty() && pages.get(cut.page).is_some_and(|page| cut.shape(page) == shape)
        };
        let mut chosen: Vec<&mut Cut> = cuts.iter_mut().filter(of_shape).collect();
        let pictures: Vec<Picture> = chosen.iter().map(|cut| cut.picture(pages)).collect();
        if pictures.is_empty() {
            continue;
        }
        let words = programs.recognise(&pictures, How { shape, letters: Letters::Any })?;
        for (cut, words) in chosen.iter_mut().zip(words) {
            cut.words = cut.placed(words);
        }
    }
    Ok(())
}

#[allow(clippy::cast_precision_loss, reason = "points of a page are few")]
pub(super) fn number(count: usize) -> f64 {
    count as f64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
pub(super) fn whole(number: f64) -> usize {
    number.round() as usize
}
