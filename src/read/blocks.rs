//! What lines of text become: paragraphs, tables with rows and cells, ends of pages.

use std::ops::RangeInclusive;

use super::cells::{self, Barred, trimmed};
use super::lines::{is_prose, tab_cells};
use super::runs::{Kind, Run};
use super::{before, between_bars, drawn, loose, pieced, tagged};
use crate::grammar::Grammar;
use crate::source::{Block, Cell, Edges, Row};
use crate::span::Span;

pub(super) struct Blocks<'t> {
    text: &'t str,
    grammar: &'t Grammar,
    blocks: Vec<Block>,
    rows: Vec<Row>,
    cells: Vec<Cell>,
    /// Bars, rules and heading marks of Markdown.
    marks: Vec<Span>,
    breaks: u32,
    /// Whether a blank line or a table stands before what comes next.
    pub(super) gap: bool,
    /// The last tables whose columns spaces hold apart.
    spaced: before::Before,
    /// Tabs in the last row of the table before; none once more than a page's number stands behind it.
    tabs: usize,
}

/// Longest line between the pages of a table: a page's number.
const MAX_PAGE_NUMBER: usize = 8;
/// Most marks before a heading of Markdown.
const MAX_HASHES: usize = 6;

impl<'t> Blocks<'t> {
    pub(super) fn new(text: &'t str, grammar: &'t Grammar) -> Self {
        Self {
            text,
            grammar,
            blocks: Vec::new(),
            rows: Vec::new(),
            cells: Vec::new(),
            marks: Vec::new(),
            breaks: 0,
            gap: true,
            spaced: before::Before::default(),
            tabs: 0,
        }
    }

    /// Pages, where the text says where they end.
    pub(super) fn pages(&self) -> Option<u32> {
        (self.breaks > 0).then(|| self.breaks + 1)
    }

    /// Blocks, rows, cells, and marks that are of no cell.
    pub(super) fn into_parts(self) -> (Vec<Block>, Vec<Row>, Vec<Cell>, Vec<Span>) {
        (self.blocks, self.rows, self.cells, self.marks)
    }

    fn slice(&self, line: Span) -> &'t str {
        self.text.get(line.range()).unwrap_or_default()
    }

    pub(super) fn page_break(&mut self, span: Span) {
        self.blocks.push(Block::PageBreak { span });
        self.breaks += 1;
        self.gap = true;
    }

    pub(super) fn paragraph(&mut self, line: Span) {
        let mut span = trimmed(self.text, line);
        let slice = self.slice(span);
        // "## Phụ lục": how deep Markdown takes a heading to be says nothing here.
        let hashes = slice.bytes().take_while(|byte| *byte == b'#').count();
        if (1..=MAX_HASHES).contains(&hashes) && slice.get(hashes..).is_some_and(|rest| rest.starts_with(' '))
        {
            let start = span.start as usize;
            self.marks.push(Span::new(start, start + hashes));
            span = trimmed(self.text, Span::new(start + hashes, span.end as usize));
        }
        if !span.is_empty() {
            if span.range().len() > MAX_PAGE_NUMBER {
                self.tabs = 0;
            }
            self.blocks.push(Block::Paragraph { span, gap_before: self.gap, edges: Edges::default() });
            self.gap = false;
        }
    }

    /// A page's number between the rows of a table.
    fn page_number(&mut self, line: Span) {
        self.gap = true;
        self.paragraph(line);
    }

    /// Ends a run of lines that may be a table's rows: a table, or paragraphs whose tabs are indents or stand after a
    /// list mark.
    pub(super) fn table(&mut self, run: &mut Run) {
        let kind = run.kind;
        let run = std::mem::replace(run, Run { kind, ..Run::default() });
        if run.lines.is_empty() {
            return;
        }
        let first = self.rows.len();
        let is_table = match run.kind {
            Kind::Tabs => self.tabs(&run.lines),
            Kind::Bars => {
                self.bars(&run.lines);
                true
            }
            Kind::Pairs => self.pairs(&run.lines),
            Kind::Spaces => return self.spaces(run),
            Kind::None => false,
        };
        if is_table {
            self.end_table(first);
            self.gap = true;
        } else {
            self.paragraphs(&run);
        }
    }

    fn paragraphs(&mut self, run: &Run) {
        for line in &run.lines {
            self.paragraph(*line);
        }
        self.gap |= run.gap;
    }

    /// Makes the rows from one on a table.
    fn end_table(&mut self, first: usize) {
        if self.rows.len() > first {
            self.blocks.push(Block::Table { rows: index(first)..index(self.rows.len()) });
        }
    }

    fn tabs(&mut self, lines: &[Span]) -> bool {
        let tabs = |line: &Span| self.slice(*line).matches('\t').count();
        // The rest of a row that a page's end cut: one cell, with as many tabs as the rows before.
        let rest = |line: &Span| self.tabs > 1 && tabs(line) == self.tabs;
        let table = lines.iter().any(|line| !is_prose(self.slice(*line)) || rest(line));
        if table {
            self.tabs = lines.last().map_or(0, tabs);
            for (line, column) in lines.iter().zip(pieced::columns(self.text, lines)) {
                let (cells, span) = tab_cells(self.text, *line);
                let before = Span::new(span.start as usize, span.start as usize);
                let blanks = std::iter::repeat_n(before, column.unwrap_or_default());
                self.row(blanks.chain(cells).collect(), span);
                if let Some(last) = self.rows.last_mut() {
                    last.continued = column.is_some();
                }
            }
        }
        table
    }

    fn pairs(&mut self, lines: &[Span]) -> bool {
        let rows = cells::paired(self.text, lines, self.grammar);
        let table = rows.is_some();
        for (cells, line) in rows.into_iter().flatten().zip(lines) {
            self.row(cells, trimmed(self.text, *line));
        }
        table
    }

    fn spaces(&mut self, run: Run) {
        let rows = before::rows_after(self.text, &self.spaced, (&run.lines, &run.after_gap), self.grammar);
        let Some(rows) = rows else {
            if !run.pages.is_empty() {
                self.pages_apart(&run);
            } else if !run.after_gap.is_empty() {
                self.stretches(&run);
                self.gap |= run.gap;
            } else {
                self.paragraphs(&run);
            }
            return;
        };
        let mut first = self.rows.len();
        let mut ahead = run.pages.iter().peekable();
        for (at, (row, line)) in rows.into_iter().zip(&run.lines).enumerate() {
            let page = ahead.next_if(|(before, _)| *before == at);
            if let Some((_, number)) = page {
                self.end_table(first);
                first = self.rows.len();
                self.page_number(*number);
            }
            self.row(row.cells, trimmed(self.text, *line));
            if let Some(last) = self.rows.last_mut() {
                last.continued = row.continued && page.is_none();
                last.heads = row.heads;
            }
            self.cover(row.covers);
        }
        self.end_table(first);
        for (_, number) in run.pages.iter().filter(|(before, _)| *before == run.lines.len()) {
            self.page_number(*number);
        }
        self.gap = true;
        self.spaced.take(self.text, run.lines, run.after_gap);
    }

    /// Lines that are no table together, those between the numbers of pages by themselves.
    fn pages_apart(&mut self, run: &Run) {
        let part = |from: usize, to: usize| {
            let inside = run.after_gap.iter().filter(|gap| (from + 1..to).contains(*gap));
            Run {
                kind: Kind::Spaces,
                lines: run.lines.get(from..to).unwrap_or_default().to_vec(),
                after_gap: inside.map(|gap| gap - from).collect(),
                ..Run::default()
            }
        };
        let mut from = 0;
        for (before, number) in &run.pages {
            self.table(&mut part(from, *before));
            self.page_number(*number);
            (self.gap, from) = (true, *before);
        }
        self.table(&mut part(from, run.lines.len()));
        self.gap = true;
    }

    /// Lines between blank lines that are no table together, each stretch by itself.
    fn stretches(&mut self, run: &Run) {
        let ends = run.after_gap.iter().copied().chain(std::iter::once(run.lines.len()));
        let mut from = 0;
        for end in ends {
            let lines = run.lines.get(from..end).unwrap_or_default().to_vec();
            self.table(&mut Run { kind: Kind::Spaces, lines, ..Run::default() });
            self.gap = true;
            from = end;
        }
        self.gap = false;
    }

    /// Says of the last row over which columns its texts stand, if it is a line of a header.
    fn cover(&mut self, covers: Option<Vec<RangeInclusive<usize>>>) {
        let (Some(covers), Some(row)) = (covers, self.rows.last_mut()) else { return };
        row.head_line = true;
        let cells = self.cells.get_mut(row.cells.start as usize..).unwrap_or_default();
        for cover in covers {
            let count = cover.clone().count();
            for (at, cell) in cells.iter_mut().enumerate().skip(*cover.start()).take(count) {
                cell.columns = if at == *cover.start() { u16::try_from(count).unwrap_or(1) } else { 0 };
            }
        }
    }

    /// Rows between bars. In a grid, whose rules begin with a cross, lines without a rule between are one row.
    fn bars(&mut self, lines: &[Span]) {
        let text = self.text;
        let slice = |line: &Span| text.get(line.range()).unwrap_or_default();
        let crossed = |line: &Span| slice(line).trim_start().starts_with('+');
        let grid = lines.first().is_some_and(crossed);
        let mut within = false;
        let first = self.rows.len();
        let mut ruled = false;
        let rows = lines
            .iter()
            .filter(|line| matches!(cells::barred_inside(text, **line), Some(Barred::Row { .. })));
        let ends = cells::Ends::of(&rows.map(slice).collect::<Vec<_>>());
        let mut rows: Vec<Vec<Span>> = Vec::new();
        for line in lines {
            match cells::barred_inside(text, *line) {
                Some(Barred::Row { mut cells, bars }) => {
                    ends.take_off(slice(line), &mut cells);
                    self.marks.extend(bars);
                    rows.push(cells.clone());
                    self.row(cells, trimmed(text, *line));
                    if let Some(row) = self.rows.last_mut() {
                        row.continued = grid && within;
                    }
                    within = true;
                }
                Some(Barred::Rule(span)) => {
                    // In a grid double lines end the header, elsewhere the only rule does.
                    if !ruled && (!grid || slice(line).contains('=')) {
                        self.rows.iter_mut().skip(first).for_each(|row| row.heads = true);
                        ruled = true;
                    }
                    self.marks.push(span);
                    within = false;
                }
                None => {}
            }
        }
        if grid || ruled {
            return;
        }
        for (row, line) in self
            .rows
            .iter_mut()
            .skip(first)
            .zip(between_bars::lines((text, self.grammar), &rows).into_iter().flatten())
        {
            (row.continued, row.heads) = (line.continued, line.heads);
        }
    }

    /// A drawn table.
    pub(super) fn drawn(&mut self, table: drawn::Drawn) {
        let first = self.rows.len();
        for line in table.lines {
            self.row_of(line.cells, line.span);
            if let Some(row) = self.rows.last_mut() {
                (row.continued, row.heads) = (line.continued, line.heads);
            }
        }
        self.marks.extend(table.marks);
        self.end_whole(first);
    }

    /// A table of tags, if the line begins one: where the text goes on after it.
    pub(super) fn tagged(&mut self, line: Span) -> Option<usize> {
        let found = tagged::table(self.text, line)?;
        let first = self.rows.len();
        for (cells, span) in found.rows {
            self.row_of(cells, span);
        }
        self.marks.extend(found.tags);
        self.end_whole(first);
        Some(found.end)
    }

    /// A table whose cells came one a line. Further lines of a cell are further lines of its row.
    pub(super) fn loose(&mut self, table: loose::Loose) {
        let first = self.rows.len();
        for cells in table.rows {
            let lines = cells.iter().map(Vec::len).max().unwrap_or(0);
            let mut place = cells.iter().flatten().map(|line| line.start as usize).min().unwrap_or_default();
            for line in 0..lines {
                let mut spans = Vec::with_capacity(cells.len());
                for cell in &cells {
                    let span = cell.get(line).copied().unwrap_or_else(|| Span::new(place, place));
                    place = span.end as usize;
                    spans.push(span);
                }
                let filled = spans.iter().filter(|span| !span.is_empty());
                let whole = filled.copied().reduce(Span::to).unwrap_or_default();
                self.row(spans, whole);
                if let Some(row) = self.rows.last_mut() {
                    row.continued = line > 0;
                }
            }
        }
        self.marks.extend(table.bars);
        self.end_whole(first);
    }

    /// Ends a table that was read as a whole.
    fn end_whole(&mut self, first: usize) {
        self.end_table(first);
        self.gap = true;
    }

    fn row(&mut self, cells: Vec<Span>, span: Span) {
        self.row_of(cells.into_iter().map(|span| Cell { span, columns: 1, rows: 1 }), span);
    }

    fn row_of(&mut self, cells: impl IntoIterator<Item = Cell>, span: Span) {
        let first = self.cells.len();
        self.cells.extend(cells);
        self.rows.push(Row {
            cells: index(first)..index(self.cells.len()),
            span,
            continued: false,
            resumes: false,
            heads: false,
            head_line: false,
        });
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
