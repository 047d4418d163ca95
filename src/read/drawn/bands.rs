//! Rows of a drawn table: the lines between two rules, and which columns its cells cover.

use super::bars::BarLine;
use crate::read::cells::trimmed;
use crate::read::loose::is_number;
use crate::span::Span;

/// What a row of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// The lines between two rules.
    Bands,
    /// Each line.
    Lines,
    /// Nothing tells.
    Unknown,
}

/// The lines between two rules.
#[derive(Debug, Default)]
pub(super) struct Band {
    /// Indices of its lines.
    pub lines: Vec<usize>,
    /// Whether a rule stands above, whatever of it.
    pub after_rule: bool,
    /// Columns that the rule above leaves open, so that cells go on; their text there stands on this line.
    pub open: Vec<bool>,
    pub open_line: Option<usize>,
    /// Whether the rule above is one that ends the header.
    pub double: bool,
    /// The columns of its cells, from the first up to the last.
    pub cells: Vec<(usize, usize)>,
}

/// The rows of lines with so many columns.
pub(super) fn bands(lines: &[BarLine], columns: usize) -> Vec<Band> {
    let mut out: Vec<Band> = Vec::new();
    let mut next = Band::default();
    for (at, line) in lines.iter().enumerate() {
        if line.ruled.contains(&true) {
            if !next.lines.is_empty() {
                out.push(std::mem::take(&mut next));
            }
            let open = line.ruled.iter().map(|ruled| !ruled);
            next.open = match next.after_rule {
                true => next.open.iter().zip(open).map(|(a, b)| *a && b).collect(),
                false => open.collect(),
            };
            next.open_line = (!line.rule).then_some(at);
            next.double |= line.double;
            next.after_rule = true;
        } else {
            next.lines.push(at);
        }
    }
    if !next.lines.is_empty() {
        out.push(next);
    }
    for band in &mut out {
        band.open.resize(columns, false);
        band.cells = cells(&band.lines, lines, columns);
    }
    out
}

/// The columns that the cells of some lines cover: a bar that stands in each of them ends a cell.
fn cells(own: &[usize], lines: &[BarLine], columns: usize) -> Vec<(usize, usize)> {
    let parted = |line: &BarLine, end: usize| line.ends.get(end).is_some_and(Option::is_some);
    let ends = |end: &usize| {
        let mut own = own.iter().filter_map(|at| lines.get(*at));
        own.clone().all(|line| parted(line, *end)) || own.any(|line| line.parts_texts(*end))
    };
    let mut out = Vec::new();
    let mut from = 0;
    for end in (1..columns).filter(ends).chain([columns]) {
        out.push((from, end));
        from = end;
    }
    out
}

impl Band {
    /// Each of its lines as a row.
    pub fn split(self) -> Vec<Self> {
        let Self { lines, open, cells, after_rule, double, .. } = self;
        let closed = vec![false; open.len()];
        let row = |(at, line): (usize, usize)| Self {
            lines: vec![line],
            after_rule: at > 0 || after_rule,
            open: closed.clone(),
            double: double && at == 0,
            cells: cells.clone(),
            open_line: None,
        };
        lines.into_iter().enumerate().map(row).collect()
    }

    /// What its lines, if they are several, say of what a row is.
    pub fn votes(&self, text: &str, lines: &[BarLine]) -> Row {
        let own: Vec<&BarLine> = self.lines.iter().filter_map(|at| lines.get(*at)).collect();
        if own.len() < 2 {
            return Row::Unknown;
        }
        let first = self.cells.first().copied().unwrap_or_default();
        let number = |line: &&&BarLine| text.get(line.piece(text, first).range()).is_some_and(is_number);
        let blank = |line: &&&BarLine| self.cells.iter().any(|cell| line.piece(text, *cell).is_empty());
        match own.iter().filter(number).count() {
            0 if own.iter().skip(1).all(|line| blank(&line)) => Row::Bands,
            1 => Row::Bands,
            _ => Row::Lines,
        }
    }

    /// Whether a cell goes on with that over the same columns in the row above.
    pub fn goes_on(&self, above: &Self, cell: (usize, usize)) -> bool {
        let open = self.open.get(cell.0..cell.1);
        open.is_some_and(|open| open.iter().all(|open| *open)) && above.cells.contains(&cell)
    }
}

impl BarLine {
    /// Where the columns from one up to another stand in the line; nowhere where no bars enclose them.
    fn area(&self, (from, to): (usize, usize)) -> Option<Span> {
        let bar = |end: usize| self.ends.get(end).copied().flatten();
        let (left, right) = (bar(from)?, bar(to)?);
        Some(Span { start: left.end, end: right.start })
    }

    /// What a cell over some columns has in the line, without spaces at its ends. A bar that does not end the cell has text on
    /// one side only.
    pub fn piece(&self, text: &str, (from, to): (usize, usize)) -> Span {
        let mut left = from;
        let inner = (from + 1..to).filter(|end| self.ends.get(*end).is_some_and(Option::is_some));
        let mut blank = None;
        for right in inner.chain([to]) {
            let Some(area) = self.area((left, right)) else { continue };
            let piece = trimmed(text, area);
            if !piece.is_empty() {
                return piece;
            }
            blank.get_or_insert(piece);
            left = right;
        }
        blank.unwrap_or(Span { start: self.line.end, end: self.line.end })
    }

    /// Whether a bar of the line stands between two texts.
    fn parts_texts(&self, end: usize) -> bool {
        let is_there = |end: &usize| self.ends.get(*end).is_some_and(Option::is_some);
        if !is_there(&end) {
            return false;
        }
        let before = (0..end).rev().find(is_there).and_then(|before| self.area((before, end)));
        let after = (end + 1..self.ends.len()).find(is_there).and_then(|after| self.area((end, after)));
        let filled = |area: Option<Span>| area.is_some_and(|area| self.has_letter_in(area));
        filled(before) && filled(after)
    }
}
