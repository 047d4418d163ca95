//! Tables between bars that stand under each other: which lines are of one, where the columns end, and whether rules or line
//! ends part the rows.

use std::collections::BTreeMap;
use std::ops::Range;

use super::bands::{Band, Row, bands};
use super::ruler::{Letter, MOST, Shape, is_bar, is_cross, is_double, is_stroke};
use super::{Drawn, Page, emit};
use crate::span::Span;

/// Most lines between two parts of a table: the number of a page, its running head.
const APART: usize = 6;
/// A bar stands so far from its column's end at most.
const SHIFT: usize = 2;
/// Of so many lines one may have its bars elsewhere.
const SHIFTED: usize = 4;
/// Fewest strokes of a rule that does not fill its cell.
const STROKES: usize = 3;

/// A line of a table.
#[derive(Debug, Default)]
pub(super) struct BarLine {
    pub line: Span,
    letters: Vec<Letter>,
    /// For each end of a column the bar that stands there.
    pub ends: Vec<Option<Span>>,
    /// Below which columns it draws a rule, if it draws any.
    pub ruled: Vec<bool>,
    /// Whether it draws nothing but a rule.
    pub rule: bool,
    pub double: bool,
    /// Its bars and strokes.
    pub marks: Vec<Span>,
}

/// Lines of bars that stand together, by their indices: a table, or its part on one page.
type Part = Range<usize>;

/// The tables of a text.
pub(super) fn tables(page: Page<'_>) -> Vec<Drawn> {
    let mut out = Vec::new();
    let mut open: Vec<Part> = Vec::new();
    let mut corners = None;
    for part in parts(page) {
        let own = ends_of(page, &part);
        let near = open.last().is_some_and(|last| part.start - last.end <= APART);
        if !near || own != corners {
            out.extend(table(page, &std::mem::take(&mut open)));
            corners = own;
        }
        open.push(part);
    }
    out.extend(table(page, &open));
    out
}

/// Runs of lines of bars, and of rules without bars between them.
fn parts(page: Page<'_>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut at = 0;
    while at < page.shapes.len() {
        let of_table = |shape: &&Shape| {
            matches!(shape, Shape::Bars) || matches!(shape, Shape::Strokes(groups) if groups.len() == 1)
        };
        let rest = page.shapes.get(at..).unwrap_or_default();
        let length = rest.iter().take_while(of_table).count();
        if rest.iter().take(length).any(|shape| *shape == Shape::Bars) {
            out.push(at..at + length);
        }
        at += length.max(1);
    }
    out
}

/// In which columns the first line of bars has its first and its last one.
fn ends_of(page: Page<'_>, part: &Part) -> Option<(usize, usize)> {
    let first = part.clone().find(|at| *page.shape(*at) == Shape::Bars)?;
    let mut bars =
        page.ruler.letters(page.text, page.line(first)).filter(|it| is_bar(it.c) || is_cross(it.c));
    let first = bars.next()?;
    Some((first.column, bars.last()?.column))
}

/// The parts as tables; none where they are not drawn so.
fn table(page: Page<'_>, parts: &[Part]) -> Vec<Drawn> {
    found(page, parts).unwrap_or_default()
}

fn found(page: Page<'_>, parts: &[Part]) -> Option<Vec<Drawn>> {
    let mut lines: Vec<Vec<BarLine>> = Vec::with_capacity(parts.len());
    for part in parts {
        let line = |at| BarLine {
            line: page.line(at),
            letters: page
                .ruler
                .letters(page.text, page.line(at))
                .filter(|letter| !letter.c.is_whitespace())
                .collect(),
            ..BarLine::default()
        };
        lines.push(part.clone().map(line).collect());
    }
    let ends = column_ends(&lines)?;
    let mut shifted = 0;
    for line in lines.iter_mut().flatten() {
        shifted += usize::from(!line.measure(&ends)?);
    }
    let count: usize = lines.iter().map(Vec::len).sum();
    if shifted * SHIFTED > count {
        return None;
    }
    let mut parted: Vec<Vec<Band>> = lines.iter().map(|lines| bands(lines, ends.len() - 1)).collect();
    let is_crossed = |line: &BarLine| line.rule && line.letters.iter().any(|it| is_cross(it.c));
    let crossed = lines.iter().flatten().any(is_crossed);
    let framed = lines.first().and_then(|lines| lines.first()).is_some_and(|line| line.rule);
    let rules: usize = parted.iter().map(|bands| bands.len().saturating_sub(1)).sum();
    match rows_are(page.text, &lines, &parted) {
        Row::Unknown | Row::Bands if crossed || rules > 1 => {}
        Row::Bands if framed => {}
        Row::Lines if crossed => {
            let split = |bands: Vec<Band>| bands.into_iter().flat_map(Band::split).collect();
            parted = parted.into_iter().map(split).collect();
        }
        Row::Unknown | Row::Bands | Row::Lines => return None,
    }
    Some(emit::tables(page, parts, &lines, &parted))
}

/// What the numbers in the first column say of what a row is: where a band has several each line is one.
fn rows_are(text: &str, lines: &[Vec<BarLine>], parts: &[Vec<Band>]) -> Row {
    let (mut bands_are, mut lines_are) = (0_usize, 0_usize);
    let heads = parts.first().map_or(0, |bands| head_rows(bands).unwrap_or(1));
    for (part, (lines, bands)) in lines.iter().zip(parts).enumerate() {
        for band in bands.iter().skip(if part == 0 { heads } else { 0 }) {
            match band.votes(text, lines) {
                Row::Bands => bands_are += 1,
                Row::Lines => lines_are += 1,
                Row::Unknown => {}
            }
        }
    }
    match (bands_are, lines_are) {
        (0, 0) => Row::Unknown,
        (bands, lines) if lines >= bands => Row::Lines,
        _ => Row::Bands,
    }
}

/// How many rows stand above a rule of double strokes.
pub(super) fn head_rows(bands: &[Band]) -> Option<usize> {
    bands.iter().skip(1).position(|band| band.double).map(|at| at + 1)
}

/// Where columns end: where rules have bars or crosses; without such rules where several rows have bars.
fn column_ends(lines: &[Vec<BarLine>]) -> Option<Vec<usize>> {
    let draws = |it: &Letter| is_bar(it.c) || is_cross(it.c) || is_stroke(it.c) || it.c == ':';
    let is_rule = |line: &BarLine| {
        let strokes = line.letters.iter().filter(|it| is_stroke(it.c)).count();
        strokes >= STROKES && line.letters.iter().all(draws)
    };
    let mut ruled: Vec<usize> = Vec::new();
    let mut barred: BTreeMap<usize, usize> = BTreeMap::new();
    for line in lines.iter().flatten() {
        let rule = is_rule(line);
        for letter in &line.letters {
            if rule && (is_bar(letter.c) || is_cross(letter.c)) || is_cross(letter.c) && line.touches(letter)
            {
                ruled.push(letter.column);
            } else if is_bar(letter.c) {
                *barred.entry(letter.column).or_default() += 1;
            }
        }
    }
    ruled.sort_unstable();
    ruled.dedup();
    if ruled.len() < 2 {
        ruled = barred.into_iter().filter(|(_, count)| *count > 1).map(|(column, _)| column).collect();
    }
    let wide = ruled.windows(2).all(|pair| matches!(pair, [a, b] if b - a > 1));
    ((3..=MOST).contains(&ruled.len()) && wide).then_some(ruled)
}

impl BarLine {
    /// Whether strokes stand beside a cross, as they do in rules.
    fn touches(&self, cross: &Letter) -> bool {
        let at = self.letters.partition_point(|it| it.column < cross.column);
        let beside = |at: Option<usize>, column: usize| {
            at.and_then(|at| self.letters.get(at))
                .is_some_and(|it| it.column == column && (is_stroke(it.c) || it.c == ':'))
        };
        beside(at.checked_sub(1), cross.column.wrapping_sub(1)) || beside(Some(at + 1), cross.column + 1)
    }

    /// Finds the bars at the ends of columns and the rules under columns; whether they stand where they should. `None` where the
    /// line has its bars elsewhere.
    fn measure(&mut self, ends: &[usize]) -> Option<bool> {
        let columns = ends.len() - 1;
        self.ends = vec![None; ends.len()];
        self.ruled = vec![false; columns];
        self.double = self.letters.iter().all(|it| !is_stroke(it.c) || is_double(it.c));
        if self.letters.iter().all(|it| is_stroke(it.c)) {
            // A rule without bars.
            self.ruled.fill(true);
            self.rule = true;
            self.marks = vec![self.strokes()];
            return Some(true);
        }
        let (bars, exact) = self.bars(ends)?;
        for (end, bar) in bars {
            if let Some(slot) = self.ends.get_mut(end) {
                *slot = Some(bar);
            }
        }
        if !exact {
            self.double = false;
            self.marks = self.ends.iter().flatten().copied().collect();
            return Some(false);
        }
        let mut letters = self.letters.iter().peekable();
        let (mut texts, mut part) = (0, false);
        for (column, pair) in ends.windows(2).enumerate() {
            let &[from, to] = pair else { continue };
            while letters.next_if(|it| it.column <= from).is_some() {}
            let (mut strokes, mut others) = (0, 0);
            while let Some(letter) = letters.next_if(|it| it.column < to) {
                if is_stroke(letter.c) || letter.c == ':' { strokes += 1 } else { others += 1 }
            }
            let filled = strokes == to - from - 1;
            texts += usize::from(others > 0 || strokes > 0 && strokes < STROKES && !filled);
            part |= others == 0 && strokes >= STROKES && !filled;
            if let Some(ruled) = self.ruled.get_mut(column) {
                *ruled = others == 0 && (filled || strokes >= STROKES);
            }
        }
        // A rule that does not fill its cell may be a value, unless the whole line is one.
        self.rule = texts == 0 && self.ruled.contains(&true);
        if !self.rule && part {
            self.ruled.fill(false);
        }
        self.double &= self.ruled.contains(&true);
        self.marks = match self.rule {
            true => vec![self.strokes()],
            false => self.drawn(ends),
        };
        Some(true)
    }

    /// The bars at the ends of columns, and the strokes of a rule under some columns.
    fn drawn(&self, ends: &[usize]) -> Vec<Span> {
        let mut out: Vec<Span> = self.ends.iter().flatten().copied().collect();
        if !self.ruled.contains(&true) {
            return out;
        }
        let of_rule = |it: &&Letter| {
            let after = ends.partition_point(|end| *end <= it.column);
            let column = after.saturating_sub(1);
            let is_end = ends.get(column) == Some(&it.column);
            let ruled =
                |column: Option<usize>| column.and_then(|column| self.ruled.get(column)) == Some(&true);
            ruled(Some(column)) && !is_end
                || is_end && is_stroke(it.c) && (ruled(Some(column)) || ruled(column.checked_sub(1)))
        };
        out.extend(self.letters.iter().filter(of_rule).map(|it| Span::new(it.at, it.at + it.c.len_utf8())));
        out.sort_unstable();
        out.dedup_by(|next, last| {
            let joins = next.start <= last.end;
            if joins {
                last.end = last.end.max(next.end);
            }
            joins
        });
        out
    }

    /// The bars of the line with the column's end that each stands at, and whether all stand exactly there.
    fn bars(&self, ends: &[usize]) -> Option<(Vec<(usize, Span)>, bool)> {
        let bars: Vec<(usize, Span)> = self
            .letters
            .iter()
            .filter(|it| is_bar(it.c) || is_cross(it.c))
            .map(|it| (it.column, Span::new(it.at, it.at + it.c.len_utf8())))
            .collect();
        let last = ends.len() - 1;
        let whole = |found: &Vec<(usize, Span)>| {
            found.first().is_some_and(|(end, _)| *end == 0)
                && found.last().is_some_and(|(end, _)| *end == last)
                && found.is_sorted_by(|a, b| a.0 < b.0)
        };
        let exact =
            bars.iter().filter_map(|(column, bar)| Some((ends.binary_search(column).ok()?, *bar))).collect();
        if whole(&exact) {
            return Some((exact, true));
        }
        let counted: Vec<(usize, Span)> =
            bars.iter().enumerate().map(|(end, (_, bar))| (end, *bar)).collect();
        if counted.len() == ends.len() {
            return Some((counted, false));
        }
        let near = |column: usize| {
            let after = ends.partition_point(|end| *end < column);
            let off = |end: &usize| ends.get(*end).map(|it| it.abs_diff(column));
            let nearest = [after.checked_sub(1), Some(after)]
                .into_iter()
                .flatten()
                .filter(|end| off(end) <= Some(SHIFT));
            nearest.filter(|end| off(end).is_some()).min_by_key(off)
        };
        let near = bars.iter().filter_map(|(column, bar)| Some((near(*column)?, *bar))).collect();
        whole(&near).then_some((near, false))
    }

    /// Whether something stands in an area of the line.
    pub fn has_letter_in(&self, area: Span) -> bool {
        let at = self.letters.partition_point(|it| it.at < area.start as usize);
        self.letters.get(at).is_some_and(|it| it.at < area.end as usize)
    }

    /// From the first letter of the line to its last.
    pub fn strokes(&self) -> Span {
        let end = |it: &Letter| it.at + it.c.len_utf8();
        let ends = self.letters.first().zip(self.letters.last());
        ends.map_or(Span { start: self.line.start, end: self.line.start }, |(a, b)| Span::new(a.at, end(b)))
    }
}
