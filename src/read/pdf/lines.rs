//! From glyphs to words and lines, by where they stand: the order in which a producer draws means little.

use rustc_hash::FxHashSet;

use super::geometry::Area;
use super::marks::{Glyph, Marks};
use crate::text::raised;

/// A word.
#[derive(Debug, Clone)]
pub(in crate::read) struct Word {
    pub text: String,
    pub area: Area,
    /// How sure it is, in percent, where it was recognised from a picture.
    pub confidence: Option<u8>,
    /// The font of its first letter, as its glyph has it.
    pub font: Option<u16>,
}

/// A line of words, from left to right as it is read.
#[derive(Debug, Clone)]
pub(in crate::read) struct Line {
    pub words: Vec<Word>,
    /// The base line.
    pub base: f64,
    /// Size of its largest letters.
    pub size: f64,
    pub area: Area,
}

impl Line {
    pub fn text(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// The words that stand between two places; none where it has none there.
    pub fn between(&self, left: f64, right: f64) -> Option<Self> {
        let inside = |word: &&Word| (left..right).contains(&word.area.left.midpoint(word.area.right));
        let words: Vec<Word> = self.words.iter().filter(inside).cloned().collect();
        let area = words.iter().map(|word| word.area).reduce(Area::around)?;
        Some(Self { words, area, ..*self })
    }

    /// Whether it has nothing at a place: no word stands there, and those beside it are no neighbours in a sentence.
    pub fn is_free_at(&self, x: f64, gap: f64) -> bool {
        let (left, right) = self.beside(x);
        left <= x && x <= right && right - left > gap * self.size
    }

    /// Where its words left of a place end, and where the others begin.
    fn beside(&self, x: f64) -> (f64, f64) {
        let is_left = |word: &&Word| word.area.left.midpoint(word.area.right) < x;
        let left = self.words.iter().filter(is_left).map(|word| word.area.right);
        let right = self.words.iter().filter(|word| !is_left(word)).map(|word| word.area.left);
        (left.fold(f64::NEG_INFINITY, f64::max), right.fold(f64::INFINITY, f64::min))
    }

    /// Whether its first letter or sign is such a one.
    pub fn starts_with(&self, is: impl Fn(char) -> bool) -> bool {
        self.words.first().is_some_and(|word| word.text.starts_with(is))
    }

    /// Whether its last sign is one of these.
    pub fn ends_with(&self, signs: &[char]) -> bool {
        self.words.last().is_some_and(|word| word.text.ends_with(signs))
    }
}

/// A gap of this many sizes between glyphs parts words, where the font draws spaces.
const GAP_BESIDE_SPACES: f64 = 0.3;
/// The same where no space is drawn.
const GAP: f64 = 0.17;
/// How far, in sizes, a glyph may stand from a line's base and still be on it (raised figures are).
const RISE: f64 = 0.45;
/// Raised figures are at most of this share of their line's size, and stand so many sizes above its base.
const SMALL: f64 = 0.8;
const RAISED: f64 = 0.2;
/// Glyphs with the same letters nearer than this, in sizes, are one, drawn twice to look bold.
const DOUBLE: f64 = 0.08;

/// A hole of so many sizes in a run may be filled by what is drawn later: the letters that its font has not, from another.
const HOLE: f64 = 0.15;

/// A stretch of glyphs that were drawn one after another on one base line.
struct Run {
    glyphs: Vec<usize>,
    base: f64,
    left: f64,
    right: f64,
    /// Where its last glyph begins.
    last: f64,
    size: f64,
}

/// Where a glyph begins and ends along its line, and its base across it.
fn along(glyph: &Glyph) -> (f64, f64, f64) {
    let ((x, y), (x2, y2)) = (glyph.start, glyph.end);
    match glyph.turn {
        0 => (x, x2, y),
        1 => (y, y2, -x),
        2 => (-x, -x2, -y),
        _ => (-y, -y2, x),
    }
}

/// The lines that glyphs make up, from top to bottom. Glyphs that are turned make lines of their own, after
/// the upright ones.
pub(in crate::read) fn lines(marks: &Marks, glyphs: &[usize]) -> Vec<Line> {
    let mut out = Vec::new();
    for turn in 0..4 {
        let turned = |i: &&usize| marks.glyphs.get(**i).is_some_and(|glyph| glyph.turn == turn);
        if glyphs.iter().any(|i| turned(&i)) {
            let own: Vec<usize> = glyphs.iter().filter(turned).copied().collect();
            out.extend(lines_of(marks, &own));
        }
    }
    out
}

fn lines_of(marks: &Marks, glyphs: &[usize]) -> Vec<Line> {
    let mut runs = runs(marks, glyphs);
    runs.sort_by(|a, b| a.base.total_cmp(&b.base));
    // A line's runs with its base and size, which are those of its largest run.
    let mut lines: Vec<(f64, f64, Vec<Run>)> = Vec::new();
    for run in runs {
        match lines.last_mut() {
            Some((base, size, on)) if (run.base - *base).abs() <= RISE * size.max(run.size) => {
                if run.size > *size {
                    (*base, *size) = (run.base, run.size);
                }
                on.push(run);
            }
            _ => lines.push((run.base, run.size, vec![run])),
        }
    }
    lines.into_iter().filter_map(|(base, size, runs)| line(marks, base, size, runs)).collect()
}

fn runs(marks: &Marks, glyphs: &[usize]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for index in glyphs {
        let Some(glyph) = marks.glyphs.get(*index) else { continue };
        let (left, right, base) = along(glyph);
        let (left, right) = (left.min(right), right.max(left));
        let size = glyph.size.max(0.1);
        if let Some(run) = runs.last_mut()
            && (run.base - base).abs() < 0.1 * size
            && left > (run.right - size).max(run.last - HOLE * size)
            && left < run.right + HOLE * size
        {
            run.last = left;
            run.right = run.right.max(right);
            run.size = run.size.max(glyph.size);
            run.glyphs.push(*index);
            continue;
        }
        runs.push(Run { glyphs: vec![*index], base, left, right, last: left, size: glyph.size });
    }
    runs
}

fn line(marks: &Marks, base: f64, size: f64, mut runs: Vec<Run>) -> Option<Line> {
    runs.sort_by(|a, b| a.left.total_cmp(&b.left));
    let glyphs: Vec<&Glyph> =
        runs.iter().flat_map(|run| &run.glyphs).filter_map(|index| marks.glyphs.get(*index)).collect();
    let spaces = glyphs.iter().any(|glyph| marks.text(glyph).trim().is_empty());
    let limit = size * if spaces { GAP_BESIDE_SPACES } else { GAP };
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    let mut pen = f64::NEG_INFINITY;
    let mut drawn: FxHashSet<(&str, i64)> = FxHashSet::default();
    for glyph in glyphs {
        let text = marks.text(glyph);
        let (left, right, _) = along(glyph);
        // A place and its neighbours, since near places may stand on either side of a step.
        #[allow(clippy::cast_possible_truncation, reason = "a cast saturates, and pages are small")]
        let step = (left / (DOUBLE * size.max(1.0))).round() as i64;
        if [step - 1, step, step + 1].iter().any(|step| drawn.contains(&(text, *step))) {
            continue;
        }
        drawn.insert((text, step));
        if text.trim().is_empty() {
            open = false;
            pen = pen.max(right);
            continue;
        }
        if left - pen > limit {
            open = false;
        }
        // A space inside a glyph's letters parts words as well.
        for (i, part) in text.split(' ').enumerate() {
            open &= i == 0;
            if part.is_empty() {
                continue;
            }
            let area = area(glyph);
            match words.last_mut().filter(|_| open) {
                Some(word) => {
                    let power = is_raised(glyph, base, size).then(|| raised(&word.text, part)).flatten();
                    word.text.push_str(power.as_deref().unwrap_or(part));
                    word.area = word.area.around(area);
                    word.confidence = word.confidence.into_iter().chain(glyph.confidence).min();
                }
                None => {
                    let (confidence, font) = (glyph.confidence, glyph.font);
                    words.push(Word { text: part.to_owned(), area, confidence, font });
                }
            }
            open = true;
        }
        pen = pen.max(right);
    }
    let area = words.iter().map(|word| word.area).reduce(Area::around)?;
    Some(Line { words, base, size, area })
}

/// Whether a glyph is smaller than its line and stands above its base.
fn is_raised(glyph: &Glyph, base: f64, size: f64) -> bool {
    let (.., own) = along(glyph);
    glyph.size < size * SMALL && base - own > size * RAISED
}

/// The box of a glyph: from a little under its base line to the height of capitals with their marks.
fn area(glyph: &Glyph) -> Area {
    let (up, down) = (glyph.size * 0.85, glyph.size * 0.22);
    let ((x, y), (x2, y2)) = (glyph.start, glyph.end);
    match glyph.turn {
        0 => Area::of((x, y - up), (x2, y2 + down)),
        1 => Area::of((x - down, y), (x2 + up, y2)),
        2 => Area::of((x, y - down), (x2, y2 + up)),
        _ => Area::of((x - up, y), (x2 + down, y2)),
    }
}
