//! Where the words of a finding stand: boxes, line by line, on each of the pages.

use std::collections::BTreeMap;

use super::mark::{Box4, Shape};
use crate::source::Source;
use crate::span::{At, Span};

/// More lines than this on a page get a border around them, so that the page can still be read.
const MANY: usize = 12;

/// The shapes of a place by their pages, counted from 1; none where it is on no page.
pub(super) fn lines(at: &At, source: &Source) -> BTreeMap<u32, Shape> {
    let mut lines: BTreeMap<u32, Vec<Box4>> = BTreeMap::new();
    for piece in std::iter::once(at).chain(&at.also) {
        let before = lines.values().map(Vec::len).sum::<usize>();
        for word in words(piece, source) {
            let at = source.at_original(word);
            if let (Some(page), Some(area)) = (at.page, at.bbox) {
                push(lines.entry(page).or_default(), *area);
            }
        }
        // Nothing is printed there: the place beside it.
        if lines.values().map(Vec::len).sum::<usize>() == before
            && let (Some(page), Some(area)) = (piece.page, piece.bbox.as_deref())
        {
            lines.entry(page).or_default().push(*area);
        }
    }
    lines.into_iter().map(|(page, lines)| (page, shape(lines))).collect()
}

/// The words of a place, as spans of the original.
fn words(at: &At, source: &Source) -> Vec<Span> {
    let (start, end) = (at.span.0 as usize, at.span.1 as usize);
    let text = source.original().get(start..end).unwrap_or_default();
    let mut out = Vec::new();
    let mut from = None;
    for (index, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (from, c.is_whitespace()) {
            (None, false) => from = Some(index),
            (Some(first), true) => {
                out.push(Span::new(start + first, start + index));
                from = None;
            }
            _ => {}
        }
    }
    out
}

/// Adds the box of a word, to the line before it where it goes on with it.
fn push(lines: &mut Vec<Box4>, word: Box4) {
    let [left, top, right, bottom] = word;
    if let Some([l, t, r, b]) = lines.last_mut() {
        let height = (bottom - top).max(*b - *t).max(1);
        let level = (*t).max(top) < (*b).min(bottom) && (*b - bottom).abs() * 2 < height;
        if level && left >= *l && left - *r < height {
            (*t, *r, *b) = ((*t).min(top), (*r).max(right), (*b).max(bottom));
            return;
        }
    }
    lines.push(word);
}

fn shape(lines: Vec<Box4>) -> Shape {
    if lines.len() <= MANY {
        return Shape::Words(lines);
    }
    let around = |a: Box4, b: &Box4| {
        let ([l, t, r, d], [l2, t2, r2, d2]) = (a, *b);
        [l.min(l2), t.min(t2), r.max(r2), d.max(d2)]
    };
    let first = lines.first().copied().unwrap_or_default();
    Shape::Border(lines.iter().fold(first, around))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_line_are_one_box_and_those_of_the_next_cell_another() {
        let mut lines = Vec::new();
        for word in [[0, 0, 2000, 1000], [2300, 0, 4000, 1000], [9000, 0, 9500, 1000], [0, 1200, 900, 2200]] {
            push(&mut lines, word);
        }
        assert_eq!(lines, [[0, 0, 4000, 1000], [9000, 0, 9500, 1000], [0, 1200, 900, 2200]]);
    }

    #[test]
    fn many_lines_get_a_border() {
        let lines: Vec<Box4> = (0..20).map(|i| [100, i * 1000, 5000, i * 1000 + 900]).collect();
        assert_eq!(shape(lines), Shape::Border([100, 0, 5000, 19_900]));
    }
}
