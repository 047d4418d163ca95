//! From recognised words to glyphs on a page: base lines and sizes, which programs that recognise words do not give.

use super::Page;
use super::cells::{Cut, number};
use crate::read::pdf::Glyph;
use crate::read::programs::Recognised;

/// Letters that go below the base line, and marks that do.
const BELOW: &str = "gjpqyQ,;()[]{}/|_ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴỳýỷỹ";
/// Signs that stand above the base line.
const ABOVE: &str = "-–—\"'“”*°•·+=~";
/// Height of letters without and with an upper part, in sizes.
const SMALL: f64 = 0.46;
const TALL: f64 = 0.67;
/// Sizes nearer to the usual one than this are the usual one.
const SAME: f64 = 0.22;

/// A line of recognised words.
struct Line<'a> {
    words: Vec<&'a Recognised>,
    base: f64,
    size: f64,
}

/// Writes the words of a piece to the marks of its page.
pub(super) fn write(page: &mut Page, cut: &Cut) {
    let points = 72.0 / page.dpi;
    let mut lines = lines(&cut.words);
    if let Some(usual) = usual(&lines) {
        for line in &mut lines {
            if (line.size - usual).abs() < usual * SAME {
                line.size = usual;
            }
        }
    }
    let first = page.marks.glyphs.len();
    for line in &lines {
        for word in &line.words {
            let base = line.base * points;
            let glyph = Glyph {
                start: (number(word.left) * points, base),
                end: (number(word.right) * points, base),
                size: line.size * points,
                letters: (0, 0),
                hidden: false,
                confidence: Some(word.confidence),
                turn: 0,
                font: None,
            };
            let end = glyph.end;
            let space = Glyph { start: end, ..glyph.clone() };
            page.marks.push(&word.text, glyph);
            page.marks.push(" ", space);
        }
    }
    if !cut.readings.is_empty() && page.marks.glyphs.len() > first {
        page.marks.readings.push((first, cut.readings.clone()));
    }
}

fn lines(words: &[Recognised]) -> Vec<Line<'_>> {
    let mut out: Vec<Line<'_>> = Vec::new();
    for word in words {
        let same = |line: &&mut Line<'_>| line.words.last().is_some_and(|last| last.line == word.line);
        match out.last_mut().filter(same) {
            Some(line) => line.words.push(word),
            None => out.push(Line { words: vec![word], base: 0.0, size: 0.0 }),
        }
    }
    for line in &mut out {
        line.base = base(&line.words);
        line.size = size(&line.words, line.base);
    }
    out
}

/// The base line: where most words without lower parts end.
fn base(words: &[&Recognised]) -> f64 {
    let plain = |word: &&&Recognised| !word.text.contains(|c: char| BELOW.contains(c) || ABOVE.contains(c));
    let bottoms = words.iter().filter(plain).map(|word| number(word.bottom)).collect();
    median(bottoms).unwrap_or_else(|| {
        let lowest = words.iter().map(|word| word.bottom).max().unwrap_or(0);
        let height = words.iter().map(|word| word.bottom - word.top).max().unwrap_or(0);
        let hangs = words.iter().any(|word| word.text.contains(|c: char| BELOW.contains(c)));
        number(lowest) - if hangs { number(height) * 0.24 } else { 0.0 }
    })
}

/// The size of the letters, by the height of words above the base line.
fn size(words: &[&Recognised], base: f64) -> f64 {
    let height = |word: &&Recognised| {
        let height = base - number(word.top);
        let is_small = word.text.chars().all(|c| "acemnorsuvxzươ.,:".contains(c));
        let only_signs = !word.text.contains(char::is_alphanumeric);
        (height > 0.0 && !only_signs).then(|| height / if is_small { SMALL } else { TALL })
    };
    let sizes: Vec<f64> = words.iter().filter_map(height).collect();
    let tallest = words.iter().map(|word| number(word.bottom - word.top)).fold(1.0, f64::max);
    median(sizes).unwrap_or(tallest / TALL)
}

/// The size that most words have.
fn usual(lines: &[Line<'_>]) -> Option<f64> {
    median(lines.iter().flat_map(|line| line.words.iter().map(|_| line.size)).collect())
}

fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}
