//! Plain text: bytes in, a [`Source`] out.
//!
//! A line is a paragraph or, where it has tabs, a row; rows between bars (Markdown) and columns that only spaces hold
//! apart are rows too, and so are those of a table of tags in Markdown and of one whose cells came one a line.
//! Consecutive rows are one table; a blank line ends it. What rules draw is found beforehand.
//! Not every tab makes a table: "1.", a tab and "Mục đích" is how a word processor writes a list item as text, and a
//! tab at either end of a line is an indent.

use memchr::memchr_iter;

use super::cells::{self, Barred, trimmed};
use super::decode::decode;
use super::lines::{is_page_number, is_prose, line_below, pages_of, tab_cells};
use super::runs::{Kind, Run};
use super::{File, ReadError, drawn, loose, spaced, tagged, under};
use crate::grammar::Grammar;
use crate::model::Aside;
use crate::source::{Block, Cell, Edges, Row, Source};
use crate::span::Span;
use crate::text::working;

pub(super) fn read(file: File<'_>, grammar: &Grammar) -> Result<Source, ReadError> {
    let decoded = decode(file.bytes, grammar)?;
    if decoded.text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let facts = file.facts("text", &decoded.encoding, decoded.replaced);
    let normalized = working(&decoded.text, &grammar.lookalikes);
    let mut source = Source::new(facts, decoded.text, normalized.working);
    source.old_encoding = decoded.old;
    source.invisible = normalized.invisible;
    source.foreign_letters = normalized.foreign;
    source.decomposed = normalized.decomposed;
    let drawn = drawn::tables(source.text(), &drawn::Ruler::of(&source));
    let blocks = Blocks::of(source.text(), drawn, grammar);
    source.pages = blocks.pages();
    source.blocks = blocks.blocks;
    source.rows = blocks.rows;
    source.cells = blocks.cells;
    source.apart.extend(blocks.marks.into_iter().map(|span| (Aside::Ornament, span)));
    Ok(source)
}

#[derive(Default)]
struct Blocks {
    blocks: Vec<Block>,
    rows: Vec<Row>,
    cells: Vec<Cell>,
    /// Bars, rules and heading marks of Markdown.
    marks: Vec<Span>,
    breaks: u32,
    /// The lines of the last table whose columns spaces hold apart, and which of them stand after blank lines.
    spaced: (Vec<Span>, Vec<usize>),
    /// Tabs in the last row of the table before; none once more than a page's number stands behind it.
    tabs: usize,
}

/// Longest line between the pages of a table: a page's number.
const MAX_PAGE_NUMBER: usize = 8;

impl Blocks {
    fn of(text: &str, drawn: Vec<drawn::Drawn>, grammar: &Grammar) -> Self {
        let mut out = Self::default();
        let mut drawn = drawn.into_iter().peekable();
        let mut run = Run::default();
        let mut gap = true;
        let mut start = 0;
        let ends = memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len()));
        for end in ends {
            if end < start {
                continue;
            }
            let mut after = None;
            for (line, page_break) in pages_of(text, start, end) {
                if let Some(table) = drawn.next_if(|table| table.place.start == line.start as usize) {
                    out.table(text, &mut run, &mut gap, grammar);
                    (run.kind, gap, after) = (Kind::None, true, Some(table.place.end));
                    out.drawn(table);
                    break;
                }
                let blank = text.get(line.range()).is_none_or(|line| line.trim().is_empty());
                let slice = text.get(line.range()).unwrap_or_default();
                let kind = match Kind::of(text, line) {
                    _ if blank || tagged::begins(slice) => Kind::None,
                    // A caption far in is no cell of the table above it.
                    Kind::None if loose::is_caption(slice.trim_start(), grammar) => Kind::None,
                    Kind::None | Kind::Pairs if run.goes_on(text, slice) => Kind::Spaces,
                    Kind::None | Kind::Pairs if under::heads(slice, line_below(text, line), grammar) => {
                        Kind::Spaces
                    }
                    Kind::None if run.kind == Kind::Pairs && cells::is_half(slice, grammar) => Kind::Pairs,
                    kind => kind,
                };
                if kind == Kind::None && tagged::begins(slice) {
                    out.table(text, &mut run, &mut gap, grammar);
                    run.kind = Kind::None;
                    if let Some(end) = out.tagged(text, line) {
                        (gap, after) = (true, Some(end));
                        break;
                    }
                }
                if kind == Kind::None
                    && loose::begins(slice, grammar)
                    && let Some(found) = loose::table(text, line, grammar)
                {
                    out.table(text, &mut run, &mut gap, grammar);
                    (run.kind, gap, after) = (Kind::None, true, Some(found.end));
                    out.loose(found);
                    break;
                }
                if run.is_long()
                    && page_break.is_none()
                    && is_page_number(text, line)
                    && !run.has_column_at(text, slice)
                {
                    run.pages.push((run.lines.len(), line));
                    run.gap = true;
                    continue;
                }
                if blank && run.kind == Kind::Spaces && page_break.is_none() {
                    // Blank lines may stand between rows.
                    run.gap = true;
                    continue;
                }
                if kind != run.kind || run.begins_again(text, slice) {
                    gap |= run.gap && run.lines.is_empty();
                    out.table(text, &mut run, &mut gap, grammar);
                    run.kind = kind;
                }
                if blank {
                    gap = true;
                } else if kind == Kind::None {
                    out.paragraph(text, line, &mut gap);
                } else {
                    run.push(line);
                }
                if let Some(span) = page_break {
                    out.table(text, &mut run, &mut gap, grammar);
                    out.blocks.push(Block::PageBreak { span });
                    out.breaks += 1;
                    gap = true;
                }
            }
            start = after.unwrap_or(end + 1);
        }
        out.table(text, &mut run, &mut gap, grammar);
        out
    }

    fn pages(&self) -> Option<u32> {
        (self.breaks > 0).then(|| self.breaks + 1)
    }

    fn paragraph(&mut self, text: &str, line: Span, gap: &mut bool) {
        let mut span = trimmed(text, line);
        let slice = text.get(span.range()).unwrap_or_default();
        // "## Phụ lục": how deep Markdown takes a heading to be says nothing here.
        let hashes = slice.bytes().take_while(|byte| *byte == b'#').count();
        if (1..=MAX_HASHES).contains(&hashes) && slice.get(hashes..).is_some_and(|rest| rest.starts_with(' '))
        {
            let start = span.start as usize;
            self.marks.push(Span::new(start, start + hashes));
            span = trimmed(text, Span::new(start + hashes, span.end as usize));
        }
        if !span.is_empty() {
            if span.range().len() > MAX_PAGE_NUMBER {
                self.tabs = 0;
            }
            self.blocks.push(Block::Paragraph { span, gap_before: *gap, edges: Edges::default() });
            *gap = false;
        }
    }

    /// Ends a run of lines that may be a table's rows: a table, or paragraphs whose tabs are indents or stand after a
    /// list mark.
    fn table(&mut self, text: &str, run: &mut Run, gap: &mut bool, grammar: &Grammar) {
        let lines = std::mem::take(&mut run.lines);
        let after_gap = std::mem::take(&mut run.after_gap);
        let gap_after = std::mem::take(&mut run.gap);
        let pages = std::mem::take(&mut run.pages);
        if lines.is_empty() {
            return;
        }
        let mut first = self.rows.len();
        let is_table = match run.kind {
            Kind::Tabs => {
                let slice = |line: &Span| text.get(line.range()).unwrap_or_default();
                // The rest of a row that a page's end cut: one cell, with as many tabs as the rows before.
                let rest = |line: &Span| slice(line).matches('\t').count() == self.tabs && self.tabs > 1;
                let table = lines.iter().any(|line| !is_prose(slice(line)) || rest(line));
                if table && let Some(last) = lines.last() {
                    self.tabs = slice(last).matches('\t').count();
                }
                lines.iter().filter(|_| table).for_each(|line| self.tabbed(text, *line));
                table
            }
            Kind::Bars => {
                self.bars(text, &lines);
                true
            }
            Kind::Pairs => {
                let rows = cells::paired(text, &lines, grammar);
                let table = rows.is_some();
                for (cells, line) in rows.into_iter().flatten().zip(&lines) {
                    self.row(cells, trimmed(text, *line));
                }
                table
            }
            Kind::Spaces => {
                let before = (self.spaced.0.as_slice(), self.spaced.1.as_slice());
                let rows = spaced::rows_after(text, before, (&lines, &after_gap), grammar);
                if rows.is_none() && !pages.is_empty() {
                    self.pages_apart(text, (&lines, &after_gap), &pages, gap, grammar);
                    return;
                }
                if rows.is_none() && !after_gap.is_empty() {
                    self.stretches(text, &lines, &after_gap, gap, grammar);
                    *gap |= gap_after;
                    return;
                }
                let table = rows.is_some();
                if table {
                    self.spaced = (lines.clone(), after_gap.clone());
                }
                let mut ahead = pages.iter().peekable();
                for (at, (row, line)) in rows.into_iter().flatten().zip(&lines).enumerate() {
                    let page = ahead.next_if(|(before, _)| *before == at);
                    if let Some((_, number)) = page {
                        self.end_table(&mut first);
                        self.paragraph(text, *number, &mut true);
                    }
                    self.row(row.cells, trimmed(text, *line));
                    if let Some(last) = self.rows.last_mut() {
                        last.continued = row.continued && page.is_none();
                        last.heads = row.heads;
                    }
                    self.cover(row.covers);
                }
                table
            }
            Kind::None => false,
        };
        if !is_table {
            for line in lines {
                self.paragraph(text, line, gap);
            }
            *gap |= gap_after;
            return;
        }
        self.end_table(&mut first);
        for (_, number) in pages.iter().filter(|(before, _)| *before == lines.len()) {
            self.paragraph(text, *number, &mut true);
        }
        *gap = true;
    }

    /// Makes the rows from one on a table.
    fn end_table(&mut self, first: &mut usize) {
        if self.rows.len() > *first {
            self.blocks.push(Block::Table { rows: index(*first)..index(self.rows.len()) });
        }
        *first = self.rows.len();
    }

    /// Lines that are no table together, those between the numbers of pages by themselves.
    fn pages_apart(
        &mut self,
        text: &str,
        (lines, after_gap): (&[Span], &[usize]),
        pages: &[(usize, Span)],
        gap: &mut bool,
        grammar: &Grammar,
    ) {
        let part = |from: usize, to: usize| {
            let inside = after_gap.iter().filter(|gap| (from + 1..to).contains(*gap));
            Run {
                kind: Kind::Spaces,
                lines: lines.get(from..to).unwrap_or_default().to_vec(),
                after_gap: inside.map(|gap| gap - from).collect(),
                ..Run::default()
            }
        };
        let mut from = 0;
        for (before, number) in pages {
            self.table(text, &mut part(from, *before), gap, grammar);
            self.paragraph(text, *number, &mut true);
            (*gap, from) = (true, *before);
        }
        self.table(text, &mut part(from, lines.len()), gap, grammar);
        *gap = true;
    }

    /// Says of the last row over which columns its texts stand, if it is a line of a header.
    fn cover(&mut self, covers: Option<Vec<std::ops::RangeInclusive<usize>>>) {
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

    /// Lines between blank lines that are no table together, each stretch by itself.
    fn stretches(
        &mut self,
        text: &str,
        lines: &[Span],
        after_gap: &[usize],
        gap: &mut bool,
        grammar: &Grammar,
    ) {
        let ends = after_gap.iter().copied().chain(std::iter::once(lines.len()));
        let mut from = 0;
        for end in ends {
            let lines = lines.get(from..end).unwrap_or_default().to_vec();
            let mut run = Run { kind: Kind::Spaces, lines, ..Run::default() };
            self.table(text, &mut run, gap, grammar);
            *gap = true;
            from = end;
        }
        *gap = false;
    }

    /// Rows between bars. In a grid, whose rules begin with a cross, lines without a rule between are one row.
    fn bars(&mut self, text: &str, lines: &[Span]) {
        let crossed =
            |line: &Span| text.get(line.range()).is_some_and(|line| line.trim_start().starts_with('+'));
        let grid = lines.first().is_some_and(crossed);
        let mut within = false;
        let first = self.rows.len();
        let mut ruled = false;
        let slice = |line: &Span| text.get(line.range()).unwrap_or_default();
        let rows =
            lines.iter().filter(|line| matches!(cells::barred(text, **line), Some(Barred::Row { .. })));
        let ends = cells::Ends::of(&rows.map(slice).collect::<Vec<_>>());
        for line in lines {
            match cells::barred(text, *line) {
                Some(Barred::Row { mut cells, bars }) => {
                    ends.take_off(slice(line), &mut cells);
                    self.marks.extend(bars);
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
    }

    /// A drawn table.
    fn drawn(&mut self, table: drawn::Drawn) {
        let first = self.rows.len();
        for line in table.lines {
            self.row_of(line.cells, line.span);
            if let Some(row) = self.rows.last_mut() {
                (row.continued, row.heads) = (line.continued, line.heads);
            }
        }
        self.marks.extend(table.marks);
        self.end_table(&mut { first });
    }

    /// A table of tags, if the line begins one: where the text goes on after it.
    fn tagged(&mut self, text: &str, line: Span) -> Option<usize> {
        let found = tagged::table(text, line)?;
        let first = self.rows.len();
        for (cells, span) in found.rows {
            self.row_of(cells, span);
        }
        self.marks.extend(found.tags);
        self.blocks.push(Block::Table { rows: index(first)..index(self.rows.len()) });
        Some(found.end)
    }

    /// A table whose cells came one a line. Further lines of a cell are further lines of its row.
    fn loose(&mut self, table: loose::Loose) {
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
        self.blocks.push(Block::Table { rows: index(first)..index(self.rows.len()) });
    }

    fn tabbed(&mut self, text: &str, line: Span) {
        let (cells, span) = tab_cells(text, line);
        self.row(cells, span);
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

/// Most marks before a heading of Markdown.
const MAX_HASHES: usize = 6;

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn bytes(bytes: &[u8]) -> Result<Source, ReadError> {
        crate::read::read("test", bytes, &crate::read::Options::default(), &Grammar::embedded().unwrap())
    }

    fn kinds(text: &str) -> String {
        let source = bytes(text.as_bytes()).unwrap();
        source
            .blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph { span, gap_before, .. } => {
                    format!("{}[{}]", if *gap_before { "P" } else { "p" }, source.slice(*span))
                }
                Block::Table { rows } => format!(
                    "T[{}]",
                    source
                        .rows
                        .get(rows.start as usize..rows.end as usize)
                        .unwrap()
                        .iter()
                        .map(|row| source
                            .row_cells(row)
                            .iter()
                            .map(|c| source.slice(c.span))
                            .collect::<Vec<_>>()
                            .join("|"))
                        .collect::<Vec<_>>()
                        .join("/")
                ),
                Block::PageBreak { .. } | Block::Sheet { .. } => "B".to_owned(),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn tabs_make_rows_and_blank_lines_end_tables() {
        assert_eq!(kinds("một\nhai\n\n1\tA\t\r\n\tB\tC\r\n\n2\tD\n"), "P[một] p[hai] T[1|A|/|B|C] T[2|D]");
    }

    #[test]
    fn tabs_after_list_marks_and_at_line_ends_are_prose() {
        assert_eq!(kinds("\tI.\tMỤC ĐÍCH\n-\tMột việc\t\n"), "P[I.\tMỤC ĐÍCH] p[-\tMột việc]");
    }

    #[test]
    fn bars_at_the_ends_hold_blank_cells_where_the_header_has_none_there() {
        assert_eq!(kinds("TT | Tên | Vốn\n1|Cầu|5\n | Cộng | 5"), "T[TT|Tên|Vốn/1|Cầu|5/|Cộng|5]");
        assert_eq!(kinds("TT|Tên|2026|\n||5|"), "T[TT|Tên|2026/||5]");
        assert_eq!(kinds("| TT | Tên |\n|| Cộng |"), "T[TT|Tên/|Cộng]");
        // A bar too many after the header, and a blank last cell.
        assert_eq!(kinds("TT|Vốn||\n1|5|6\n2|7|"), "T[TT|Vốn|/1|5|6/2|7|]");
    }

    #[test]
    fn form_feed_is_a_page_break() {
        assert_eq!(kinds("một\n\x0Chai"), "P[một] B P[hai]");
    }

    #[test]
    fn utf_16_without_mark_is_read() {
        let utf_16: Vec<u8> = "Chương trình hành động".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(bytes(&utf_16).unwrap().text(), "Chương trình hành động");
    }

    #[test]
    fn binary_is_refused_and_invalid_bytes_are_counted() {
        assert!(matches!(bytes(b"ab\0\x01cd"), Err(ReadError::Binary { byte: 0, offset: 2 })));
        assert_eq!(bytes(b"ab\xFFcd").unwrap().replaced, 1);
    }
}
