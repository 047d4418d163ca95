//! Plain text: bytes in, a [`Source`] out.
//!
//! A line is a paragraph or, where it has tabs, a row; rows between bars (Markdown) and columns that only spaces hold
//! apart are rows too, and so are those of a table of tags in Markdown and of one whose cells came one a line.
//! Consecutive rows are one table; a blank line ends it. What rules draw is found beforehand.
//! Not every tab makes a table: "1.", a tab and "Mục đích" is how a word processor writes a list item as text, and a
//! tab at either end of a line is an indent.

use std::iter::Peekable;
use std::vec::IntoIter;

use memchr::memchr_iter;

use super::blocks::Blocks;
use super::decode::decode;
use super::lines::{below, is_page_number, pages_of};
use super::runs::{Kind, Run};
use super::{File, ReadError, cells, drawn, loose, pieced, tagged, under};
use crate::grammar::Grammar;
use crate::model::Aside;
use crate::source::Source;
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
    let blocks = Lines::blocks(source.text(), drawn, grammar);
    let pages = blocks.pages();
    let (blocks, rows, cells, marks) = blocks.into_parts();
    source.pages = pages;
    source.blocks = blocks;
    source.rows = rows;
    source.cells = cells;
    source.apart.extend(marks.into_iter().map(|span| (Aside::Ornament, span)));
    Ok(source)
}

/// The lines of a text, one after the other, with the run of lines that may be a table's rows.
struct Lines<'t> {
    text: &'t str,
    grammar: &'t Grammar,
    out: Blocks<'t>,
    run: Run,
    /// What rules draw, from here on.
    drawn: Peekable<IntoIter<drawn::Drawn>>,
}

impl<'t> Lines<'t> {
    fn blocks(text: &'t str, drawn: Vec<drawn::Drawn>, grammar: &'t Grammar) -> Blocks<'t> {
        let out = Blocks::new(text, grammar);
        let mut lines = Self { text, grammar, out, run: Run::default(), drawn: drawn.into_iter().peekable() };
        let mut start = 0;
        for end in memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len())) {
            if end >= start {
                start = lines.to(start, end).unwrap_or(end + 1);
            }
        }
        lines.end_run();
        lines.out
    }

    fn slice(&self, line: Span) -> &'t str {
        self.text.get(line.range()).unwrap_or_default()
    }

    /// Takes the line between two places, which a form feed may part. Gives where the text goes on if it begins a
    /// table that is read as a whole.
    fn to(&mut self, start: usize, end: usize) -> Option<usize> {
        for (line, page_break) in pages_of(self.text, start, end) {
            if let Some(table) = self.drawn.next_if(|table| table.place.start == line.start as usize) {
                let after = table.place.end;
                self.end_run();
                self.run.kind = Kind::None;
                self.out.drawn(table);
                return Some(after);
            }
            let kind = self.kind(line);
            if kind == Kind::None
                && let Some(after) = self.whole_table(line)
            {
                return Some(after);
            }
            self.line(line, kind, page_break);
        }
        None
    }

    /// What a line may be, also by the lines around it.
    fn kind(&self, line: Span) -> Kind {
        let (text, slice, grammar) = (self.text, self.slice(line), self.grammar);
        match Kind::of(text, line) {
            _ if slice.trim().is_empty() || tagged::begins(slice) => Kind::None,
            // A caption far in is no cell of the table above it.
            Kind::None if loose::is_caption(slice.trim_start(), grammar) => Kind::None,
            Kind::None | Kind::Pairs if self.run.goes_on(text, slice, grammar) => Kind::Spaces,
            Kind::None
                if self.run.kind == Kind::Spaces
                    && !self.run.gap
                    && under::is_lone_number(slice, below(text, line)) =>
            {
                Kind::Spaces
            }
            Kind::None | Kind::Pairs if under::heads(slice, below(text, line), grammar) => Kind::Spaces,
            Kind::None if self.run.kind == Kind::Bars && !self.run.gap && cells::is_short_row(slice) => {
                Kind::Bars
            }
            Kind::None if self.run.kind == Kind::Tabs && pieced::goes_on(text, &self.run.lines, line) => {
                Kind::Tabs
            }
            Kind::None if self.run.kind == Kind::Pairs && cells::is_half(slice, grammar) => Kind::Pairs,
            kind => kind,
        }
    }

    /// A table of tags, or one whose cells came one a line: where the text goes on behind it.
    fn whole_table(&mut self, line: Span) -> Option<usize> {
        let slice = self.slice(line);
        if tagged::begins(slice) {
            self.end_run();
            self.run.kind = Kind::None;
            if let Some(end) = self.out.tagged(line) {
                return Some(end);
            }
        }
        if !loose::begins(slice, self.grammar) {
            return None;
        }
        let found = loose::table(self.text, line, self.grammar)?;
        let end = found.end;
        self.end_run();
        self.run.kind = Kind::None;
        self.out.loose(found);
        Some(end)
    }

    /// A line that goes on with the run or ends it.
    fn line(&mut self, line: Span, kind: Kind, page_break: Option<Span>) {
        let slice = self.slice(line);
        let blank = slice.trim().is_empty();
        if page_break.is_none() {
            let number = self.run.is_long() && is_page_number(self.text, line);
            if number && !self.run.has_column_at(self.text, slice) {
                self.run.pages.push((self.run.lines.len(), line));
                self.run.gap = true;
                return;
            }
            if blank && self.run.kind == Kind::Spaces {
                // Blank lines may stand between rows.
                self.run.gap = true;
                return;
            }
        }
        if kind != self.run.kind || self.run.begins_again(self.text, slice) {
            self.out.gap |= self.run.gap && self.run.lines.is_empty();
            self.end_run();
            self.run.kind = kind;
        }
        if blank {
            self.out.gap = true;
        } else if kind == Kind::None {
            self.out.paragraph(line);
        } else {
            self.run.push(line);
        }
        if let Some(span) = page_break {
            self.end_run();
            self.out.page_break(span);
        }
    }

    fn end_run(&mut self) {
        self.out.table(&mut self.run);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;
    use crate::source::Block;

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
        assert_eq!(kinds("TT | Tên | Vốn\nI | Nhóm A\n1 | Cầu | 5"), "T[TT|Tên|Vốn/I|Nhóm A/1|Cầu|5]");
        assert_eq!(
            kinds("||tại xã||\n1|Quý I|Họp|A|B\n2|Quý II|Sơ kết|A|B"),
            "T[||tại xã||/1|Quý I|Họp|A|B/2|Quý II|Sơ kết|A|B]"
        );
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
