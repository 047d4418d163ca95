//! Columns that stand side by side without rules: letterheads, recipients beside the signature, tables without rules.
//! Lines in, rows of cells out.

use super::flow::is_marked;
use super::geometry::Area;
use super::lines::{Line, Word};
use super::margins::Frame;
use crate::grammar::Grammar;
use crate::text::fold;

/// A gap of this many sizes inside a line parts columns.
const COLUMN_GAP: f64 = 2.4;
/// A gutter between columns is at least so many sizes wide.
const GUTTER: f64 = 0.9;
/// Lines this far apart, in usual distances, no longer stand together.
const APART: f64 = 3.2;
/// Lines nearer than so many sizes stand beside one another.
const BESIDE: f64 = 0.8;
/// Where a column begins is known to so many sizes.
const START: f64 = 0.15;
/// Most words of a letterhead's line.
const MOTTO_LINE: usize = 24;
/// The width of a space, in sizes; one between two columns is wider.
const SPACE: f64 = 0.25;

/// Whether a gap parts the line's words into columns; the gap after a list mark does not.
pub(super) fn is_wide(line: &Line) -> bool {
    let skip = usize::from(is_marked(line));
    line.words.windows(2).skip(skip).any(|pair| is_gap(pair, line.size))
}

fn is_gap(pair: &[Word], size: f64) -> bool {
    matches!(pair, [a, b] if b.area.left - a.area.right > COLUMN_GAP * size)
}

/// Whether a line stands in several columns, or beside its neighbour, which is set a little lower.
fn is_parted(lines: &[Line], index: usize) -> bool {
    let Some(line) = lines.get(index) else { return false };
    let beside = |other: Option<&Line>| other.is_some_and(|other| is_beside(line, other));
    is_wide(line) || beside(index.checked_sub(1).and_then(|i| lines.get(i))) || beside(lines.get(index + 1))
}

fn is_beside(one: &Line, other: &Line) -> bool {
    let size = one.size.min(other.size);
    let (a, b) = (one.area, other.area);
    (one.base - other.base).abs() < BESIDE * size
        && (b.left - a.right > GUTTER * size || a.left - b.right > GUTTER * size)
}

/// Lines that stand in columns.
pub(super) struct Block {
    /// How many; 0 where the first line does not begin any.
    pub lines: usize,
    /// Middles of the gutters.
    pub gutters: Vec<f64>,
}

/// Lines from the first on that stand in columns.
pub(super) fn columns(lines: &[Line], frame: &Frame, grammar: &Grammar) -> Block {
    let none = Block { lines: 0, gutters: Vec::new() };
    let Some(first) = lines.first() else { return none };
    if is_form(first) {
        return none;
    }
    let motto = |index: usize| lines.get(index).and_then(|line| motto_start(line, grammar));
    let parts = |index: usize| is_parted(lines, index) || motto(index).is_some();
    // A block may begin with a line of one column, right above the first with several.
    let Some(wide) = (0..lines.len().min(3)).find(|index| parts(*index)) else { return none };
    let all = vec![(f64::NEG_INFINITY, f64::INFINITY)];
    let gutters_of = |free: &[(f64, f64)]| free.len().saturating_sub(2);
    let known: Vec<f64> = motto(wide).into_iter().collect();
    let between = lines.get(wide).map(|line| without(&all, line, &known)).unwrap_or_default();
    if lines.iter().take(wide).any(|line| in_gutter(between.iter(), line)) {
        // It stands over the columns below, not on one of them: it is a title.
        return none;
    }
    let mut free = all;
    let mut starts: Vec<f64> = Vec::new();
    let mut taken = 0;
    let mut last_wide = 0;
    let mut last_free = free.clone();
    let mut before = first;
    for (index, line) in lines.iter().enumerate() {
        let is_apart = line.base - before.base > frame.leading * APART || frame.is_head(before, line);
        if index > 0 && (is_apart || frame.is_foot(line, grammar)) {
            break;
        }
        let parted =
            parts(index) || index > wide && (is_around(inner(&free), line) || starts_column(line, &starts));
        // A title stands over the columns below it, or beside the last of those above, not in one of these.
        if index > wide && !parted && (in_gutter(inner(&free), line) || is_outside(&free, line)) {
            break;
        }
        // After a signature the document that is issued begins: "KẾ HOẠCH".
        if index > wide && !parted && names_document(line, grammar) {
            break;
        }
        if index > wide && !parted && !is_in_column(line, lines.get(..index).unwrap_or_default(), &free) {
            break;
        }
        starts.extend(motto(index));
        let next = without(&free, line, &starts);
        let crossed = index > wide && !parted && gutters_of(&next) < gutters_of(&free);
        if crossed || !has_gutter(&next, lines.get(..=index).unwrap_or_default(), &starts) {
            break;
        }
        free = next;
        taken = index + 1;
        if parted {
            let gaps = line.words.windows(2).filter(|pair| is_gap(pair, line.size));
            starts.extend(gaps.filter_map(|pair| Some(pair.last()?.area.left)));
            last_wide = taken;
            last_free.clone_from(&free);
        }
        before = line;
    }
    if last_wide <= wide {
        return none;
    }
    // Lines of one column after the last one with several belong to the block while they end near its column.
    let is_taken = taken > last_wide && narrow(lines.get(last_wide..taken).unwrap_or_default(), frame);
    let (count, free) = if is_taken { (taken, free) } else { (last_wide, last_free) };
    block(lines.get(..count).unwrap_or_default(), &free, &starts).unwrap_or(none)
}

/// The block of these lines, where a gutter is left in what all of them leave free.
fn block(lines: &[Line], free: &[(f64, f64)], starts: &[f64]) -> Option<Block> {
    let (area, size) = (area(lines), lines.first()?.size);
    let inner = free.iter().filter(|(from, to)| *from > area.left && *to < area.right);
    let gutters: Vec<f64> = inner
        .filter(|stretch| is_gutter(stretch, size, starts))
        .map(|(from, to)| from.midpoint(*to))
        .collect();
    (!gutters.is_empty()).then_some(Block { lines: lines.len(), gutters })
}

/// Whether a line in capitals begins with the word for a kind of document.
fn names_document(line: &Line, grammar: &Grammar) -> bool {
    let text = line.text();
    let folded = fold(&text);
    let opens =
        |words: &str| folded.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    !text.contains(char::is_lowercase) && grammar.structure.kinds.iter().any(|kind| opens(&kind.words))
}

/// "(Kèm theo Kế hoạch số:        /KH-UBND ngày     tháng     năm 2026)": the gaps inside a bracket are blanks to be filled.
fn is_form(line: &Line) -> bool {
    let opens = line.words.first().is_some_and(|word| word.text.starts_with('('));
    let gap = line.words.windows(2).position(|pair| is_gap(pair, line.size));
    let before = gap.and_then(|gap| line.words.get(..=gap)).unwrap_or_default();
    opens && !before.is_empty() && !before.iter().any(|word| word.text.contains(')'))
}

/// Whether a line's middle stands in a stretch that columns leave free.
fn in_gutter<'a>(mut free: impl Iterator<Item = &'a (f64, f64)>, line: &Line) -> bool {
    let middle = line.area.left.midpoint(line.area.right);
    free.any(|(from, to)| *from < middle && middle < *to)
}

/// Whether a line stands left or right of all that is taken.
fn is_outside(free: &[(f64, f64)], line: &Line) -> bool {
    let outer = |(from, to): &(f64, f64)| from.is_infinite() != to.is_infinite();
    let holds = |(from, to): &(f64, f64)| *from <= line.area.left && line.area.right <= *to;
    free.iter().any(|stretch| outer(stretch) && holds(stretch))
}

/// Whether a word inside a line stands where a column is known to start, behind more than a space.
fn starts_column(line: &Line, starts: &[f64]) -> bool {
    line.words.windows(2).any(|pair| {
        matches!(pair, [a, b] if b.area.left - a.area.right > SPACE * 1.4 * line.size
            && starts.iter().any(|at| (b.area.left - at).abs() < START * line.size))
    })
}

/// Whether a line begins, or has its middle, where a line above it in the same column does.
fn is_in_column(line: &Line, above: &[Line], free: &[(f64, f64)]) -> bool {
    let middle = |area: &Area| area.left.midpoint(area.right);
    let at = middle(&line.area);
    let from = free.iter().map(|(_, to)| *to).filter(|to| *to <= at).fold(f64::NEG_INFINITY, f64::max);
    let to = free.iter().map(|(from, _)| *from).filter(|from| *from >= at).fold(f64::INFINITY, f64::min);
    let piece = |line: &Line| {
        let words = line.words.iter().filter(|word| from <= middle(&word.area) && middle(&word.area) <= to);
        words.map(|word| word.area).reduce(Area::around)
    };
    above.iter().filter_map(piece).any(|area| {
        (area.left - line.area.left).abs() < 0.6 * line.size || (middle(&area) - at).abs() < line.size
    })
}

/// Whether a line has words on both sides of a stretch that columns leave free, whatever its first word marks.
fn is_around<'a>(mut free: impl Iterator<Item = &'a (f64, f64)>, line: &Line) -> bool {
    let gap = |pair: &[Word], (from, to): &(f64, f64)| matches!(pair, [a, b] if b.area.left.min(*to) - a.area.right.max(*from) > GUTTER * line.size);
    free.any(|stretch| line.words.windows(2).any(|pair| gap(pair, stretch)))
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

/// What stays free of the stretches when a line's words are set into them; words nearer than a gutter are one, but
/// where a column is known to start.
fn without(free: &[(f64, f64)], line: &Line, starts: &[f64]) -> Vec<(f64, f64)> {
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let at_start = |word: &Word| starts.iter().any(|at| (word.area.left - at).abs() < START * line.size);
    for word in &line.words {
        let near = |right: f64| {
            let gap = word.area.left - right;
            gap <= COLUMN_GAP * 0.6 * line.size && !(at_start(word) && gap > SPACE * 1.4 * line.size)
        };
        match taken.last_mut() {
            Some(last) if near(last.1) => last.1 = word.area.right,
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

/// Whether a free stretch parts columns: it is wide, or a column is known to start at its end.
fn is_gutter((from, to): &(f64, f64), size: f64, starts: &[f64]) -> bool {
    let known = starts.iter().any(|start| (start - to).abs() < START * size);
    to - from > if known { SPACE * 1.4 } else { GUTTER } * size
}

fn has_gutter(free: &[(f64, f64)], lines: &[Line], starts: &[f64]) -> bool {
    let all = area(lines);
    let size = lines.first().map_or(10.0, |line| line.size);
    free.iter().any(|stretch @ (from, to)| {
        is_gutter(stretch, size, starts)
            && (*from > all.left && *to < all.right || lines.len() == 1 || !lines.iter().any(is_wide))
    })
}

/// Rows of cells of lines.
pub(super) type Rows = Vec<Vec<Vec<Line>>>;

/// Lines as rows of cells. With three columns or more, a line that leaves the first column blank goes on with
/// the row above; with two, a line that was too long for its column.
pub(super) fn rows(lines: &[Line], gutters: &[f64], frame: &Frame, grammar: &Grammar) -> Rows {
    let mut out = Rows::new();
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
    if gutters.len() == 1 {
        join_wrapped(&mut out, frame, grammar);
    }
    out
}

/// Puts lines of two columns onto those above that had no room for them.
fn join_wrapped(rows: &mut Rows, frame: &Frame, grammar: &Grammar) {
    for column in 0..2 {
        let lines: Vec<&Line> = rows.iter().filter_map(|row| row.get(column)).flatten().collect();
        let bounds = Bounds {
            left: lines.iter().map(|line| line.area.left).fold(f64::INFINITY, f64::min),
            right: lines.iter().map(|line| line.area.right).fold(f64::NEG_INFINITY, f64::max),
            widest: lines.iter().map(|line| line.area.width()).fold(0.0, f64::max),
        };
        // Beside the page's margin a column may be wider than its lines.
        let bounds = match column {
            0 => Bounds { left: bounds.left.min(frame.left), ..bounds },
            _ => Bounds { right: bounds.right.max(frame.right), ..bounds },
        };
        let mut above: Option<usize> = None;
        for index in 0..rows.len() {
            let cell = |row: usize| rows.get(row).and_then(|row| row.get(column));
            let Some(line) = cell(index).and_then(|cell| cell.first()) else { continue };
            let last = above.and_then(|above| cell(above)?.last());
            if !last.is_some_and(|last| is_wrapped(last, line, &bounds, column, grammar)) {
                above = Some(index);
                continue;
            }
            let moved = rows.get_mut(index).and_then(|row| row.get_mut(column)).map(std::mem::take);
            let target = above.and_then(|above| rows.get_mut(above)?.get_mut(column));
            if let (Some(target), Some(moved)) = (target, moved) {
                target.extend(moved);
            }
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
}

/// From where to where a column may reach, and the width of its widest line.
struct Bounds {
    left: f64,
    right: f64,
    widest: f64,
}

/// Whether a line is the rest of the one above it, for which there was no room, and not another name.
fn is_wrapped(above: &Line, line: &Line, bounds: &Bounds, column: usize, grammar: &Grammar) -> bool {
    let size = line.size.max(1.0);
    let step = line.base - above.base;
    if step <= 0.0 || step > 1.5 * size || (above.size - line.size).abs() > 0.12 * size {
        return false;
    }
    let (before, after) = (above.text(), line.text());
    let capitals =
        |text: &str| text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    let name = capitals(&before)
        && capitals(&after)
        && after.starts_with(char::is_alphabetic)
        && !begins_name(&after, grammar);
    if completes_motto(&before, &after, grammar) {
        return true;
    }
    let sentence = after.starts_with(char::is_lowercase) && !before.ends_with([';', '.', ':']);
    // "…, ngày 20 tháng 3 năm" / "2026".
    let date = after.starts_with(|c: char| c.is_ascii_digit())
        && above.words.last().is_some_and(|word| matches!(word.text.as_str(), "ngày" | "tháng" | "năm"));
    if !name && !sentence && !date {
        return false;
    }
    let middle = |line: &Line| line.area.left.midpoint(line.area.right);
    let width = if (above.area.left - line.area.left).abs() < 0.35 * size {
        bounds.widest
    } else if (middle(above) - middle(line)).abs() < 0.5 * size {
        let half = if column == 0 { middle(above) - bounds.left } else { bounds.right - middle(above) };
        2.0 * half
    } else {
        return false;
    };
    let word = line.words.first().map_or(0.0, |word| word.area.width());
    above.area.width() + SPACE * size + word > width - 0.2 * size
}

/// Where, behind other words and a gap, a motto of the letterhead begins.
fn motto_start(line: &Line, grammar: &Grammar) -> Option<f64> {
    let words = &line.words;
    let begins = |index: usize| {
        let rest = words.iter().skip(index).map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let said = fold(&rest);
        said.contains(' ')
            && grammar.structure.letterhead.mottoes.iter().any(|motto| motto.starts_with(&said))
    };
    let gap = |pair: &[Word]| matches!(pair, [a, b] if b.area.left - a.area.right > SPACE * 1.4 * line.size);
    // A letterhead has few words.
    if words.len() > MOTTO_LINE {
        return None;
    }
    let index =
        (1..words.len()).find(|index| words.get(index - 1..=*index).is_some_and(gap) && begins(*index))?;
    words.get(index).map(|word| word.area.left)
}

/// Whether two lines together say a motto of the letterhead, and the first does not by itself.
fn completes_motto(before: &str, after: &str, grammar: &Grammar) -> bool {
    let (before, after) = (fold(before), fold(after));
    let mut mottoes = grammar.structure.letterhead.mottoes.iter().map(String::as_str);
    mottoes.any(|motto| motto.strip_prefix(before.as_str()).is_some_and(|rest| rest.trim() == after))
}

/// Whether a line begins with a word that names of bodies begin with, or with a role or authority of who signs.
fn begins_name(text: &str, grammar: &Grammar) -> bool {
    let folded = fold(text);
    let (bodies, closing) = (&grammar.structure.letterhead.bodies, &grammar.structure.closing);
    let begins = |word: &String| {
        folded.strip_prefix(word.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    bodies.iter().chain(&closing.roles).any(begins)
        || closing.authority.iter().any(|word| folded.starts_with(word.as_str()))
}
