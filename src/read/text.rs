//! Plain text with tab-separated tables: bytes in, a [`Source`] out.
//!
//! A line is a paragraph or, where it has tabs, a row. Consecutive rows are one table; a blank line ends it.
//! Not every tab makes a table: "1.", a tab and "Mục đích" is how a word processor writes a list item as text, and a
//! tab at either end of a line is an indent.

use memchr::{memchr, memchr_iter};

use super::decode::decode;
use super::{File, ReadError};
use crate::grammar::Grammar;
use crate::source::{Block, Cell, Edges, Row, Source};
use crate::span::Span;
use crate::text::working;

pub(super) fn read(file: File<'_>, grammar: &Grammar) -> Result<Source, ReadError> {
    let decoded = decode(file.bytes)?;
    if decoded.text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let facts = file.facts("text", decoded.encoding, decoded.replaced);
    let normalized = working(&decoded.text, &grammar.lookalikes);
    let mut source = Source::new(facts, decoded.text, normalized.working);
    source.invisible = normalized.invisible;
    source.foreign_letters = normalized.foreign;
    source.decomposed = normalized.decomposed;
    let blocks = Blocks::of(source.text());
    source.pages = blocks.pages();
    source.blocks = blocks.blocks;
    source.rows = blocks.rows;
    source.cells = blocks.cells;
    Ok(source)
}

#[derive(Default)]
struct Blocks {
    blocks: Vec<Block>,
    rows: Vec<Row>,
    cells: Vec<Cell>,
    breaks: u32,
}

/// A line that is not blank.
#[derive(Clone, Copy)]
struct Line {
    span: Span,
    tabs: bool,
}

impl Blocks {
    fn of(text: &str) -> Self {
        let mut out = Self::default();
        let mut run: Vec<Line> = Vec::new();
        let mut gap = true;
        let mut start = 0;
        let ends = memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len()));
        for end in ends {
            if end < start {
                continue;
            }
            for (line, page_break) in pages_of(text, start, end) {
                let has_tabs = memchr(b'\t', text.as_bytes().get(line.range()).unwrap_or_default()).is_some();
                let blank = text.get(line.range()).is_none_or(|line| line.trim().is_empty());
                if !has_tabs || blank {
                    out.table(text, &mut run, &mut gap);
                }
                if blank {
                    gap = true;
                } else if has_tabs {
                    run.push(Line { span: line, tabs: true });
                } else {
                    out.paragraph(trimmed(text, line), &mut gap);
                }
                if let Some(span) = page_break {
                    out.table(text, &mut run, &mut gap);
                    out.blocks.push(Block::PageBreak { span });
                    out.breaks += 1;
                    gap = true;
                }
            }
            start = end + 1;
        }
        out.table(text, &mut run, &mut gap);
        out
    }

    fn pages(&self) -> Option<u32> {
        (self.breaks > 0).then(|| self.breaks + 1)
    }

    fn paragraph(&mut self, span: Span, gap: &mut bool) {
        if !span.is_empty() {
            self.blocks.push(Block::Paragraph { span, gap_before: *gap, edges: Edges::default() });
            *gap = false;
        }
    }

    /// Ends a run of lines with tabs: a table, or paragraphs whose tabs are indents or stand after a list
    /// mark.
    fn table(&mut self, text: &str, run: &mut Vec<Line>, gap: &mut bool) {
        if run.is_empty() {
            return;
        }
        let is_prose =
            run.iter().all(|line| line.tabs && is_prose(text.get(line.span.range()).unwrap_or_default()));
        if is_prose {
            for line in run.drain(..) {
                self.paragraph(trimmed(text, line.span), gap);
            }
            return;
        }
        let first = self.rows.len();
        for line in run.drain(..) {
            self.row(text, line.span);
        }
        let rows =
            u32::try_from(first).unwrap_or(u32::MAX)..u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.blocks.push(Block::Table { rows });
        *gap = true;
    }

    fn row(&mut self, text: &str, line: Span) {
        let line = Span {
            end: line.start
                + u32::try_from(
                    text.get(line.range()).unwrap_or_default().trim_end_matches(['\r', ' ']).len(),
                )
                .unwrap_or(0),
            ..line
        };
        let first = self.cells.len();
        let bytes = text.as_bytes().get(line.range()).unwrap_or_default();
        let mut start = line.start as usize;
        let ends = memchr_iter(b'\t', bytes)
            .map(|i| line.start as usize + i)
            .chain(std::iter::once(line.end as usize));
        for end in ends {
            let span = trimmed(text, Span::new(start, end));
            self.cells.push(Cell { span, columns: 1, rows: 1 });
            start = end + 1;
        }
        let cells =
            u32::try_from(first).unwrap_or(u32::MAX)..u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        self.rows.push(Row { cells, span: line });
    }
}

/// The pieces of a line between form feeds, each with the form feed that ends it.
fn pages_of(text: &str, start: usize, end: usize) -> impl Iterator<Item = (Span, Option<Span>)> {
    let bytes = text.as_bytes().get(start..end).unwrap_or_default();
    let mut from = start;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        if let Some(i) = memchr(b'\x0C', bytes.get(from - start..).unwrap_or_default()) {
            let at = from + i;
            let line = Span::new(from, at);
            from = at + 1;
            Some((line, Some(Span::new(at, at + 1))))
        } else {
            done = true;
            Some((Span::new(from, end), None))
        }
    })
}

fn trimmed(text: &str, span: Span) -> Span {
    let slice = text.get(span.range()).unwrap_or_default();
    let left = slice.len() - slice.trim_start().len();
    let right = slice.trim_end().len();
    if right < left {
        Span::new(span.start as usize, span.start as usize)
    } else {
        Span::new(span.start as usize + left, span.start as usize + right)
    }
}

/// Whether a line's tabs do not separate cells: they stand at its ends only, or once after a list mark.
fn is_prose(line: &str) -> bool {
    let line = line.trim();
    match line.split_once('\t') {
        None => true,
        Some((mark, rest)) => is_list_mark(mark.trim()) && !rest.trim_start().contains('\t'),
    }
}

/// "-", "+", "•", "1.", "II.", "1.2.", "a)", "(3)"; a bare number is a row's number.
fn is_list_mark(mark: &str) -> bool {
    if matches!(mark, "-" | "–" | "+" | "•" | "*" | "o" | "\u{F0B7}" | "") {
        return true;
    }
    mark.len() <= 8
        && mark.ends_with(['.', ')'])
        && mark.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '(' | ')' | 'đ'))
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
