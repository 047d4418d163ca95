//! Rows between bars as lines of cells.

use std::ops::Range;

use super::bands::Band;
use super::bars::{BarLine, head_rows};
use super::{Drawn, Line, Page};
use crate::read::cells::trimmed;
use crate::source::Cell;
use crate::span::Span;

/// The parts of a table, each as a table of its own.
pub(super) fn tables(
    page: Page<'_>,
    parts: &[Range<usize>],
    lines: &[Vec<BarLine>],
    bands: &[Vec<Band>],
) -> Vec<Drawn> {
    let mut out: Vec<Drawn> = Vec::with_capacity(parts.len());
    let mut cut = false;
    for (at, (part, (lines, bands))) in parts.iter().zip(lines.iter().zip(bands)).enumerate() {
        let mut table = Drawn {
            place: page.place(part.start, part.end.saturating_sub(1)),
            marks: lines.iter().flat_map(|line| line.marks.iter().copied()).collect(),
            ..Drawn::default()
        };
        let rows = Rows {
            text: page.text,
            lines,
            bands,
            heads: if at == 0 { heads(page.text, lines, bands) } else { 0 },
        };
        for band in 0..bands.len() {
            rows.write(band, &mut table);
        }
        // A page's end cut the last row.
        let again = || first_texts(page.text, out.first()) == first_texts(page.text, Some(&table));
        let begins = bands.first().is_some_and(|band| !band.after_rule);
        if cut
            && begins
            && !again()
            && let Some(line) = table.lines.first_mut()
        {
            line.continued = true;
        }
        cut = lines.last().is_some_and(|line| !line.rule);
        out.push(table);
    }
    out
}

/// The texts of a table's first line.
fn first_texts<'a>(text: &'a str, table: Option<&Drawn>) -> Vec<&'a str> {
    let cells = table.and_then(|table| table.lines.first()).map(|line| line.cells.as_slice());
    cells.unwrap_or_default().iter().filter_map(|cell| text.get(cell.span.range())).collect()
}

/// How many rows are headers: those above a rule of double strokes, else the first, if a rule stands under it. Colons in the
/// rule above the first row say that there is none.
fn heads(text: &str, lines: &[BarLine], bands: &[Band]) -> usize {
    let double = head_rows(bands);
    let top = lines.first().filter(|line| line.rule).and_then(|line| text.get(line.line.range()));
    let headless = top.is_some_and(|line| line.contains(':'));
    double.unwrap_or(usize::from(bands.len() > 1 && !headless))
}

struct Rows<'a> {
    text: &'a str,
    lines: &'a [BarLine],
    bands: &'a [Band],
    heads: usize,
}

impl Rows<'_> {
    /// Writes a row: its lines, then those that its cells have below its end.
    fn write(&self, at: usize, table: &mut Drawn) {
        let Some(band) = self.bands.get(at) else { return };
        let above = at.checked_sub(1).and_then(|above| self.bands.get(above));
        let is_own = |cell: &(usize, usize)| above.is_none_or(|above| !band.goes_on(above, *cell));
        let own: Vec<bool> = band.cells.iter().map(is_own).collect();
        let heights: Vec<usize> = band
            .cells
            .iter()
            .zip(&own)
            .map(|(cell, own)| if *own { self.height(at, *cell) } else { 0 })
            .collect();
        let first = table.lines.len();
        for line in band.lines.iter().filter_map(|line| self.lines.get(*line)) {
            self.line(band, line, &heights, table, |height| height > 0);
        }
        let highest = heights.iter().copied().max().unwrap_or(0);
        for (below, lower) in self.bands.iter().enumerate().skip(at + 1).take(highest.saturating_sub(1)) {
            let reaches = |height: usize| at + height > below;
            for line in lower.open_line.iter().chain(&lower.lines).filter_map(|line| self.lines.get(*line)) {
                self.line(band, line, &heights, table, reaches);
            }
        }
        for (index, line) in table.lines.iter_mut().enumerate().skip(first) {
            line.continued = index > first;
            line.heads = at < self.heads;
        }
    }

    /// How many rows a cell reaches over.
    fn height(&self, at: usize, cell: (usize, usize)) -> usize {
        let below = self.bands.iter().skip(at).zip(self.bands.iter().skip(at + 1));
        1 + below.take_while(|(above, band)| band.goes_on(above, cell)).count()
    }

    /// Writes what the cells of a row have in a line, those that `are` there by their heights.
    fn line(
        &self,
        band: &Band,
        line: &BarLine,
        heights: &[usize],
        table: &mut Drawn,
        are: impl Fn(usize) -> bool,
    ) {
        let mut cells: Vec<Cell> = Vec::new();
        for (columns, height) in band.cells.iter().zip(heights) {
            let mut span = line.piece(self.text, *columns);
            if !are(*height) {
                span.end = span.start;
            }
            // A backslash at a line's end keeps the line's end.
            if self.text.get(span.range()).is_some_and(|piece| piece.ends_with('\\')) {
                let end = span.end as usize;
                table.marks.push(Span::new(end - 1, end));
                span = trimmed(self.text, Span::new(span.start as usize, end - 1));
            }
            let width = u16::try_from(columns.1 - columns.0).unwrap_or(1);
            let rows = u16::try_from(*height).unwrap_or(1);
            cells.push(Cell { span, columns: width, rows });
            let covered = Span { start: span.end, end: span.end };
            cells.extend((1..width).map(|_| Cell { span: covered, columns: 0, rows }));
        }
        let filled = cells.iter().map(|cell| cell.span).filter(|span| !span.is_empty());
        if let Some(span) = filled.reduce(Span::to) {
            table.lines.push(Line { cells, span, ..Line::default() });
        }
    }
}
