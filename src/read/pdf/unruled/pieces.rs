//! Lines as pieces: words with no more than a space between them.

use super::region::Region;
use crate::read::pdf::geometry::Area;
use crate::read::pdf::lines::{Line, Word};
use crate::read::pdf::marks::Glyph;

/// A gap that is so much wider than a space parts pieces.
const WIDER: f64 = 1.25;
/// The width of a space, in sizes: what fonts have, and what is taken where none is seen.
const SPACES: std::ops::Range<f64> = 0.18..0.34;
const SPACE: f64 = 0.25;

/// How far from a line's base, in sizes, its raised and lowered letters stand.
const BESIDE: f64 = 0.5;

/// Letters reach so many sizes under their base.
const DOWN: f64 = 0.22;

/// A piece of a line.
#[derive(Debug, Clone)]
pub(super) struct Piece<'l> {
    pub words: &'l [Word],
    pub area: Area,
    pub base: f64,
    pub size: f64,
}

impl Piece<'_> {
    pub fn text(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// The lines of a page in pieces.
pub(super) struct Text<'l> {
    pub lines: &'l [Line],
    pub pieces: Vec<Vec<Piece<'l>>>,
}

impl<'l> Text<'l> {
    pub fn of(lines: &'l [Line]) -> Self {
        let limit = space(lines) * WIDER;
        Self { lines, pieces: lines.iter().map(|line| split(line, limit)).collect() }
    }

    /// The piece and the word of a region in which a glyph stands.
    pub fn at(&self, region: &Region, glyph: &Glyph) -> Option<(&Piece<'l>, &'l Word)> {
        let (x, y) = glyph.middle();
        let near = |line: &Line| (line.base - glyph.start.1).abs() < line.size.max(glyph.size) * BESIDE;
        let lines = (region.start..region.end).filter(|line| self.lines.get(*line).is_some_and(near));
        let words = lines
            .flat_map(|line| self.pieces_of(line))
            .flat_map(|piece| piece.words.iter().map(move |word| (piece, word)));
        words.filter(|(_, word)| word.area.holds(x, y)).min_by(|a, b| {
            let off = |piece: &Piece<'_>| (piece.base - glyph.start.1).abs();
            off(a.0).total_cmp(&off(b.0))
        })
    }

    pub fn pieces_of(&self, line: usize) -> &[Piece<'l>] {
        self.pieces.get(line).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The width of a space, in sizes: that of the narrower gaps between words.
fn space(lines: &[Line]) -> f64 {
    let gaps = |line: &Line| -> Vec<f64> {
        let gap = |pair: &[Word]| match pair {
            [a, b] => (b.area.left - a.area.right) / line.size.max(1.0),
            _ => 0.0,
        };
        line.words.windows(2).map(gap).filter(|gap| SPACES.contains(gap)).collect()
    };
    let mut gaps: Vec<f64> = lines.iter().flat_map(gaps).collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(SPACE)
}

fn split(line: &Line, limit: f64) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut start = 0;
    for at in 1..=line.words.len() {
        let parts = match line.words.get(at - 1..=at) {
            Some([a, b]) => b.area.left - a.area.right > limit * line.size,
            _ => true,
        };
        if !parts {
            continue;
        }
        let words = line.words.get(start..at).unwrap_or_default();
        if let Some(area) = words.iter().map(|word| word.area).reduce(Area::around) {
            // Its own base: beside what is centred, a line takes in what stands a little lower or higher.
            out.push(Piece { words, area, base: area.bottom - DOWN * line.size, size: line.size });
        }
        start = at;
    }
    out
}

/// Whether a piece is a figure and no year, which may be a header as well.
pub(super) fn is_figure(piece: &Piece<'_>) -> bool {
    let figure = |text: &str| {
        text.contains(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '%'))
    };
    let year = |text: &str| text.len() == 4 && text.starts_with("20");
    match piece.words {
        [only] => figure(&only.text) && !year(&only.text),
        words => words.iter().all(|word| figure(&word.text)),
    }
}
