//! Lines outside ruled tables: paragraphs, and columns that stand side by side without rules.

use super::geometry::Area;
use super::lines::{Line, Word};
use super::margins::{Frame, Margins};
use crate::source::Edges;

/// A piece of a page's flow.
#[derive(Debug)]
pub(super) enum Piece {
    Paragraph {
        lines: Vec<Line>,
        /// Whether more than the usual distance stands before it.
        gap_before: bool,
        edges: Edges,
    },
    /// Rows of cells of lines.
    Table(Vec<Vec<Vec<Line>>>),
}

/// A gap of this many sizes inside a line parts columns.
const COLUMN_GAP: f64 = 2.4;
/// A gutter between columns is at least so many sizes wide.
const GUTTER: f64 = 0.9;
/// Lines this far apart, in usual distances, no longer stand together.
const APART: f64 = 3.2;

/// The pieces that lines make up, in order. The margins learn from paragraphs that surely begin where they do.
pub(super) fn pieces(lines: &[Line], frame: &Frame, margins: &mut Margins) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut above: Option<&Line> = None;
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or_default();
        let block = columns(rest, frame);
        if block.lines > 0 {
            let taken = rest.get(..block.lines).unwrap_or_default();
            above = taken.last();
            out.push(Piece::Table(rows(taken, &block.gutters)));
            at += block.lines;
            continue;
        }
        let gap_before = above.is_none_or(|above| line.base - above.base > frame.gap);
        let count = paragraph(rest, frame);
        let taken = rest.get(..count).unwrap_or_default();
        if count > 1 && above.is_some_and(|above| gap_before || !frame.is_full(above)) {
            margins.begins(frame, line, is_marked(line));
        }
        above = taken.last();
        let edges = Edges {
            flush_start: may_go_on(line, frame),
            full_end: above.is_some_and(|last| frame.is_full(last)),
        };
        out.push(Piece::Paragraph { lines: taken.to_vec(), gap_before, edges });
        at += count;
    }
    out
}

/// Whether a line stands where no first line does.
fn may_go_on(line: &Line, frame: &Frame) -> bool {
    frame.is_flush(line) && !is_wide(line) && frame.moves_in && (frame.moves_items_in || !is_marked(line))
}

/// How many lines from the first on are one paragraph.
fn paragraph(lines: &[Line], frame: &Frame) -> usize {
    let mut count = 1;
    while let (Some(last), Some(line)) = (lines.get(count - 1), lines.get(count)) {
        let first = lines.first().map_or(0.0, |line| line.area.left);
        if ends(lines.get(..count).unwrap_or_default(), first, last, line, frame) {
            break;
        }
        count += 1;
    }
    count
}

/// Whether a paragraph that has `lines` ends before `line`. Where it is in doubt it does: what belongs together
/// is joined later by its words.
fn ends(lines: &[Line], first: f64, last: &Line, line: &Line, frame: &Frame) -> bool {
    let size = line.size.max(1.0);
    let step = line.base - last.base;
    if step > frame.gap && step > size * 1.15 || step <= 0.0 {
        return true;
    }
    if (line.size - last.size).abs() > 0.12 * size || is_wide(line) {
        return true;
    }
    // A dash inside a sentence may come to stand first on a line.
    if is_marked(line) && !(may_go_on(line, frame) && frame.is_full(last)) {
        return true;
    }
    // The first word would have found room on the line above.
    let word = line.words.first().map_or(0.0, |word| word.area.width());
    let right = frame.right.max(lines.iter().map(|line| line.area.right).fold(0.0, f64::max));
    if last.area.right + size * 0.35 + word < right - size * 0.2 {
        return true;
    }
    let near = |a: f64, b: f64| (a - b).abs() <= size * 0.35;
    match lines {
        [only] => {
            let hanging =
                is_marked(only) && only.words.get(1).is_some_and(|word| near(line.area.left, word.area.left));
            let indented = first > frame.left + size * 0.6;
            // After a first line that is moved in, the second stands at the margin.
            !hanging
                && (line.area.left > first + size * 0.6
                    || indented && near(line.area.left, first) && !is_marked(only))
        }
        _ => !near(line.area.left, last.area.left),
    }
}

/// Whether a line begins with a list mark or a number that lists use.
fn is_marked(line: &Line) -> bool {
    let Some(word) = line.words.first().map(|word| word.text.as_str()) else { return false };
    let mark = |c: char| matches!(c, '-' | '–' | '+' | '•' | '*' | '\u{F0B7}' | '▪' | '◦');
    if word.chars().count() == 1 && word.chars().all(mark) {
        return true;
    }
    let trimmed = word.trim_start_matches('(');
    trimmed.len() <= 8
        && trimmed.ends_with(['.', ')'])
        && trimmed
            .trim_end_matches(['.', ')'])
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | 'đ'))
        && trimmed.chars().next().is_some_and(|c| c.is_ascii_digit() || c.is_ascii_alphabetic() || c == 'đ')
        && (trimmed.len() <= 3 || trimmed.chars().all(|c| !c.is_ascii_lowercase()))
}

/// Whether a gap parts the line's words into columns; the gap after a list mark does not.
fn is_wide(line: &Line) -> bool {
    let skip = usize::from(is_marked(line));
    line.words.windows(2).skip(skip).any(|pair| is_gap(pair, line.size))
}

fn is_gap(pair: &[Word], size: f64) -> bool {
    matches!(pair, [a, b] if b.area.left - a.area.right > COLUMN_GAP * size)
}

struct Block {
    lines: usize,
    /// Middles of the gutters.
    gutters: Vec<f64>,
}

/// Lines from the first on that stand in columns.
fn columns(lines: &[Line], frame: &Frame) -> Block {
    let none = Block { lines: 0, gutters: Vec::new() };
    let Some(first) = lines.first() else { return none };
    // A block may begin with a line of one column, right above the first with several.
    let Some(wide) = lines.iter().take(3).position(is_wide) else { return none };
    let all = vec![(f64::NEG_INFINITY, f64::INFINITY)];
    let gutters_of = |free: &[(f64, f64)]| free.len().saturating_sub(2);
    let between = lines.get(wide).map(|line| without(&all, line)).unwrap_or_default();
    if lines.iter().take(wide).any(|line| in_gutter(between.iter(), line)) {
        // It stands over the columns below, not on one of them: it is a title.
        return none;
    }
    let mut free = all;
    let mut taken = 0;
    let mut last_wide = 0;
    let mut last_free = free.clone();
    let mut before = first;
    for (index, line) in lines.iter().enumerate() {
        if line.base - before.base > frame.leading * APART {
            break;
        }
        // A title stands over the columns below it, not in one of these.
        if index > wide && !is_wide(line) && in_gutter(inner(&free), line) {
            break;
        }
        let next = without(&free, line);
        let crossed = index > wide && !is_wide(line) && gutters_of(&next) < gutters_of(&free);
        if crossed || !has_gutter(&next, lines.get(..=index).unwrap_or_default()) {
            break;
        }
        free = next;
        taken = index + 1;
        if is_wide(line) {
            last_wide = taken;
            last_free.clone_from(&free);
        }
        before = line;
    }
    if last_wide <= wide {
        return none;
    }
    // Lines of one column after the last one with several belong to the block while they end near its column.
    let count = if taken > last_wide && narrow(lines.get(last_wide..taken).unwrap_or_default(), frame) {
        taken
    } else {
        last_wide
    };
    let area = area(lines.get(..count).unwrap_or_default());
    let gutters = if count == taken { free } else { last_free };
    let inner = gutters.into_iter().filter(|(from, to)| *from > area.left && *to < area.right);
    let size = first.size;
    let gutters: Vec<f64> =
        inner.filter(|(from, to)| to - from > GUTTER * size).map(|(from, to)| from.midpoint(to)).collect();
    if gutters.is_empty() { none } else { Block { lines: count, gutters } }
}

/// Whether a line's middle stands in a stretch that columns leave free.
fn in_gutter<'a>(mut free: impl Iterator<Item = &'a (f64, f64)>, line: &Line) -> bool {
    let middle = line.area.left.midpoint(line.area.right);
    free.any(|(from, to)| *from < middle && middle < *to)
}

/// The free stretches between columns, without those on the outside.
fn inner(free: &[(f64, f64)]) -> impl Iterator<Item = &(f64, f64)> {
    free.iter().filter(|(from, to)| from.is_finite() && to.is_finite())
}

/// Whether all lines are short of the page's width.
fn narrow(lines: &[Line], frame: &Frame) -> bool {
    lines.iter().all(|line| line.area.width() < (frame.right - frame.left) * 0.62)
}

fn area(lines: &[Line]) -> Area {
    lines.iter().map(|line| line.area).reduce(Area::around).unwrap_or_default()
}

/// What stays free of the stretches when a line's words are set into them; words nearer than a gutter are one.
fn without(free: &[(f64, f64)], line: &Line) -> Vec<(f64, f64)> {
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for word in &line.words {
        match taken.last_mut() {
            Some(last) if word.area.left - last.1 <= COLUMN_GAP * 0.6 * line.size => last.1 = word.area.right,
            _ => taken.push((word.area.left, word.area.right)),
        }
    }
    let mut out = Vec::new();
    for (from, to) in free {
        let mut from = *from;
        for (left, right) in &taken {
            if *right <= from || *left >= *to {
                continue;
            }
            if *left > from {
                out.push((from, *left));
            }
            from = from.max(*right);
        }
        if from < *to {
            out.push((from, *to));
        }
    }
    out
}

fn has_gutter(free: &[(f64, f64)], lines: &[Line]) -> bool {
    let all = area(lines);
    let size = lines.first().map_or(10.0, |line| line.size);
    free.iter().any(|(from, to)| {
        to - from > GUTTER * size
            && (*from > all.left && *to < all.right || lines.len() == 1 || !lines.iter().any(is_wide))
    })
}

/// Lines as rows of cells. With three columns or more, a line that leaves the first column blank goes on with
/// the row above.
fn rows(lines: &[Line], gutters: &[f64]) -> Vec<Vec<Vec<Line>>> {
    let mut out: Vec<Vec<Vec<Line>>> = Vec::new();
    for line in lines {
        let mut cells: Vec<Vec<Word>> = vec![Vec::new(); gutters.len() + 1];
        for word in &line.words {
            let middle = word.area.left.midpoint(word.area.right);
            let column = gutters.iter().filter(|gutter| **gutter < middle).count();
            if let Some(cell) = cells.get_mut(column) {
                cell.push(word.clone());
            }
        }
        let goes_on = gutters.len() >= 2 && cells.first().is_some_and(Vec::is_empty);
        let cells = cells.into_iter().map(|words| {
            let area = words.iter().map(|word| word.area).reduce(Area::around)?;
            Some(Line { words, area, base: line.base, size: line.size })
        });
        match out.last_mut().filter(|_| goes_on) {
            Some(row) => row.iter_mut().zip(cells).for_each(|(cell, line)| cell.extend(line)),
            None => out.push(cells.map(|line| line.into_iter().collect()).collect()),
        }
    }
    out
}
