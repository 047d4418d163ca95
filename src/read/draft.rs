//! What a reader of a format writes into: text with blocks and spots, which then becomes a [`Source`].
//!
//! A reader writes runs of text, each with its spot, and says what they made up: a paragraph, a cell, a piece
//! that is set aside. In the text that comes out a paragraph is a line, a table's row is a line with tabs
//! between its cells. Line ends and tabs inside a run become spaces, since they would be borders.

use super::{Bound, ReadError};
use crate::grammar::Grammar;
use crate::model::{Aside, NoticeKind};
use crate::source::{
    Block, Cell, Edges, FileFacts, Notice, OffsetMap, OldEncoding, Row, Source, Spot, Spots,
};
use crate::span::Span;
use crate::text::{Legacy, of_fonts, of_text, working};
use crate::value::Number;

/// Most bytes of text that a file may unpack to.
pub const MAX_TEXT: usize = 128 << 20;
/// Most cells that the tables of a file may have.
pub const MAX_CELLS: usize = 4_000_000;

/// A source in the making. Spans are of the original text until [`Draft::finish`].
#[derive(Debug, Default)]
pub(super) struct Draft {
    text: String,
    spots: Spots,
    blocks: Vec<Block>,
    rows: Vec<Row>,
    cells: Vec<Cell>,
    apart: Vec<(Aside, Span)>,
    notices: Vec<Notice>,
    /// Where a cell's author broke its line.
    line_breaks: Vec<usize>,
    /// Numbers that cells hold, by where their text begins.
    stored: Vec<(Span, Number)>,
    /// Other readings of cells that were recognised from a picture, by where their text begins.
    readings: Vec<(Span, Vec<String>)>,
    /// From where on text stands in which font, where the format tells and it may matter.
    fonts: Vec<(usize, Option<String>)>,
    /// Where the open piece begins.
    open: usize,
    /// Where the open row begins in the text and in the cells.
    row: (usize, usize),
    /// The first row of the open table.
    table: usize,
    pages: Option<u32>,
}

impl Draft {
    /// The index of a sheet's or part's name.
    pub fn name(&mut self, name: &str) -> u16 {
        self.spots.name(name)
    }

    /// Writes text that stands at `spot` to the open piece.
    pub fn write(&mut self, text: &str, spot: Spot) {
        if text.is_empty() {
            return;
        }
        self.spots.mark(self.text.len(), spot);
        if text.contains(['\n', '\t', '\r', '\u{B}', '\u{C}']) {
            let from = self.text.len();
            self.line_breaks.extend(text.match_indices('\n').map(|(at, _)| from + at));
            let plain = |c: char| if matches!(c, '\n' | '\t' | '\r' | '\u{B}' | '\u{C}') { ' ' } else { c };
            self.text.extend(text.chars().map(plain));
        } else {
            self.text.push_str(text);
        }
    }

    /// Writes the space that stands for a line break of the open cell's author.
    pub fn break_line(&mut self, spot: Spot) {
        self.line_breaks.push(self.text.len());
        self.write(" ", spot);
    }

    /// What follows stands in a font whose name may tell which letters its characters are; with none, in any.
    pub fn set_font(&mut self, font: Option<&str>) {
        // A piece that was blank is gone, and where its fonts began with it.
        let end = self.text.len();
        while self.fonts.pop_if(|(start, _)| *start > end).is_some() {}
        if self.fonts.last().is_none_or(|(_, last)| last.as_deref() != font) {
            self.fonts.push((end, font.map(str::to_owned)));
        }
    }

    /// The open piece stands at `spot`, also where it stays blank.
    pub fn mark(&mut self, spot: Spot) {
        self.spots.mark(self.text.len(), spot);
    }

    /// The open piece shows a number; this is the one that the file holds.
    pub fn store(&mut self, number: Number) {
        self.stored.push((Span::new(self.open, self.open), number));
    }

    /// The open piece was recognised from a picture, and may also be read so.
    pub fn read_otherwise(&mut self, readings: &[String]) {
        self.readings.push((Span::new(self.open, self.open), readings.to_vec()));
    }

    /// The open piece's text so far.
    pub fn open_text(&self) -> &str {
        self.text.get(self.open..).unwrap_or_default()
    }

    /// Bytes written so far, to be held against [`MAX_TEXT`].
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Cells written so far, to be held against [`MAX_CELLS`].
    pub fn cell_count(&self) -> usize {
        self.cells.len()
    }

    /// Whether the bounds of text and cells are kept.
    ///
    /// # Errors
    /// [`ReadError::Limit`] where one is not.
    pub fn within(&self) -> Result<(), ReadError> {
        if self.text.len() > MAX_TEXT {
            return Err(ReadError::Limit { bound: Bound::Text, limit: MAX_TEXT as u64 });
        }
        if self.cells.len() > MAX_CELLS {
            return Err(ReadError::Limit { bound: Bound::Cells, limit: MAX_CELLS as u64 });
        }
        Ok(())
    }

    /// The open piece is a paragraph. Nothing happens where it is blank.
    pub fn end_paragraph(&mut self, gap_before: bool) {
        self.end_drawn_paragraph(gap_before, Edges::default());
    }

    /// As [`Draft::end_paragraph`], where the format shows how its lines stand on the page.
    pub fn end_drawn_paragraph(&mut self, gap_before: bool, edges: Edges) {
        if let Some(span) = self.close() {
            self.blocks.push(Block::Paragraph { span, gap_before, edges });
        }
    }

    /// The open piece is set aside.
    pub fn end_aside(&mut self, reason: Aside) {
        if let Some(span) = self.close() {
            self.apart.push((reason, span));
        }
    }

    /// The open piece is the next cell of the open row. `columns` and `rows` are as in [`Cell`].
    pub fn end_cell(&mut self, columns: u16, rows: u16) {
        if self.cells.len() == self.row.1 {
            self.row.0 = self.open;
        }
        let span = trimmed(&self.text, self.open);
        self.cells.push(Cell { span, columns, rows });
        self.text.push('\t');
        self.open = self.text.len();
    }

    /// The open row ends.
    pub fn end_row(&mut self) {
        if self.cells.len() == self.row.1 {
            return;
        }
        // The last cell's tab becomes the line's end.
        self.text.pop();
        let span = Span::new(self.row.0, self.text.len());
        self.rows.push(Row {
            cells: range(self.row.1, self.cells.len()),
            span,
            continued: false,
            resumes: false,
            heads: false,
            head_line: false,
        });
        self.text.push('\n');
        self.open = self.text.len();
        self.row = (self.open, self.cells.len());
    }

    /// The row that ended last may be the rest of the last row of the page before.
    pub fn resume_row(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.resumes = true;
        }
    }

    /// The row that ended last is one of column headers.
    pub fn head_row(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.heads = true;
        }
    }

    /// The open table ends.
    pub fn end_table(&mut self) {
        self.end_row();
        if self.rows.len() > self.table {
            self.blocks.push(Block::Table { rows: range(self.table, self.rows.len()) });
            self.table = self.rows.len();
        }
    }

    /// The open piece is the name of a sheet that begins.
    pub fn begin_sheet(&mut self) {
        if let Some(span) = self.close() {
            self.apart.push((Aside::SheetName, span));
            self.blocks.push(Block::Sheet { name: span });
        }
    }

    /// A page ends.
    pub fn page_break(&mut self) {
        self.blocks.push(Block::PageBreak { span: Span::new(self.open, self.open) });
    }

    /// How many pages the file has.
    pub fn set_pages(&mut self, pages: u32) {
        self.pages = Some(pages);
    }

    /// Something that the user must be told; `here` tells whether it is about the open piece.
    pub fn note(&mut self, kind: NoticeKind, detail: impl Into<String>, here: bool) {
        let span = here.then(|| Span::new(self.open, self.text.len().max(self.open)));
        self.notices.push(Notice { kind, detail: detail.into(), span });
    }

    /// Closes the open piece and its line; its span, where it is not blank.
    fn close(&mut self) -> Option<Span> {
        let span = trimmed(&self.text, self.open);
        if span.is_empty() {
            self.text.truncate(self.open);
            return None;
        }
        self.text.push('\n');
        self.open = self.text.len();
        self.row = (self.open, self.cells.len());
        Some(span)
    }

    /// The source.
    ///
    /// # Errors
    /// A document without any text, or with more than the bounds allow.
    pub fn finish(mut self, facts: FileFacts, grammar: &Grammar) -> Result<Source, ReadError> {
        self.within()?;
        self.end_table();
        self.end_paragraph(false);
        if self.text.trim().is_empty() {
            return Err(ReadError::Empty);
        }
        let old = self.read_old_encodings(grammar);
        let normalized = working(&self.text, &grammar.lookalikes);
        let mut source = Source::new(facts, self.text, normalized.working);
        source.invisible = normalized.invisible;
        source.foreign_letters = normalized.foreign;
        source.decomposed = normalized.decomposed;
        source.old_encoding = old;
        source.pages = self.pages;
        source.spots = self.spots;
        let to = |span: Span| source.to_working(span);
        for block in &mut self.blocks {
            match block {
                Block::Paragraph { span, .. } | Block::PageBreak { span } | Block::Sheet { name: span } => {
                    *span = to(*span);
                }
                Block::Table { .. } => {}
            }
        }
        self.rows.iter_mut().for_each(|row| row.span = to(row.span));
        self.cells.iter_mut().for_each(|cell| cell.span = to(cell.span));
        self.apart.iter_mut().for_each(|(_, span)| *span = to(*span));
        self.stored.iter_mut().for_each(|(span, _)| *span = to(*span));
        self.readings.iter_mut().for_each(|(span, _)| *span = to(*span));
        self.notices.iter_mut().for_each(|notice| notice.span = notice.span.map(to));
        source.line_breaks = self.line_breaks.into_iter().filter_map(|at| u32::try_from(at).ok()).collect();
        source.blocks = self.blocks;
        source.rows = self.rows;
        source.cells = self.cells;
        source.apart = self.apart;
        source.notices = self.notices;
        source.stored = self.stored.into_iter().map(|(span, number)| (span.start, number)).collect();
        source.readings = self.readings.into_iter().map(|(span, readings)| (span.start, readings)).collect();
        Ok(source)
    }
}

impl Draft {
    /// Reads what is in an old encoding: what the fonts tell, then whatever becomes Vietnamese.
    fn read_old_encodings(&mut self, grammar: &Grammar) -> Option<OldEncoding> {
        let mut fonts = std::mem::take(&mut self.fonts);
        fonts.retain(|(start, _)| *start <= self.text.len());
        let by_font = of_fonts(&self.text, &fonts, grammar).map(|legacy| self.changed(legacy));
        let by_words = of_text(&self.text, grammar).map(|legacy| self.changed(legacy));
        match (by_font, by_words) {
            (Some(fonts), Some(words)) => Some(OldEncoding { lines: fonts.lines + words.lines, ..fonts }),
            (one, other) => one.or(other),
        }
    }

    /// Takes a text that was read from an old encoding in place of this one.
    fn changed(&mut self, legacy: Legacy) -> OldEncoding {
        let mut map = OffsetMap::default();
        legacy.edits.iter().for_each(|(before, after)| map.edit(*after, *before));
        let to = |span: &mut Span| *span = map.to_working(*span);
        for block in &mut self.blocks {
            match block {
                Block::Paragraph { span, .. } | Block::PageBreak { span } | Block::Sheet { name: span } => {
                    to(span)
                }
                Block::Table { .. } => {}
            }
        }
        self.rows.iter_mut().for_each(|row| to(&mut row.span));
        self.cells.iter_mut().for_each(|cell| to(&mut cell.span));
        self.apart.iter_mut().for_each(|(_, span)| to(span));
        for at in &mut self.line_breaks {
            let start = u32::try_from(*at).unwrap_or(u32::MAX);
            *at = map.to_working(Span { start, end: start }).start as usize;
        }
        self.stored.iter_mut().for_each(|(span, _)| to(span));
        self.readings.iter_mut().for_each(|(span, _)| to(span));
        self.notices.iter_mut().filter_map(|notice| notice.span.as_mut()).for_each(to);
        self.spots.moved(|start| map.to_working(Span { start, end: start }).start);
        self.text = legacy.text;
        OldEncoding {
            name: legacy.encoding,
            unread: legacy.unread,
            lacking: legacy.lacking,
            lines: legacy.lines,
            first: legacy.first,
        }
    }
}

/// The text from `start` on without spaces at its ends.
fn trimmed(text: &str, start: usize) -> Span {
    let piece = text.get(start..).unwrap_or_default();
    let left = piece.len() - piece.trim_start().len();
    Span::new(start + left, (start + piece.trim_end().len()).max(start + left))
}

fn range(from: usize, to: usize) -> std::ops::Range<u32> {
    u32::try_from(from).unwrap_or(u32::MAX)..u32::try_from(to).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn paragraphs_tables_and_asides_become_lines() {
        let mut draft = Draft::default();
        let part = draft.name("document");
        let spot = |paragraph| Spot::Paragraph { part, paragraph, cell: None };
        draft.write("  Một ", spot(1));
        draft.end_paragraph(true);
        draft.write("A\nB", spot(2));
        draft.end_cell(2, 1);
        draft.end_cell(0, 1);
        draft.end_row();
        draft.write("x", spot(3));
        draft.end_cell(1, 1);
        draft.end_table();
        draft.write("7", spot(4));
        draft.end_aside(Aside::PageNumber);
        let source = draft.finish(FileFacts::default(), &Grammar::embedded().unwrap()).unwrap();
        assert_eq!(source.original(), "  Một \nA B\t\nx\n7\n");
        let texts: Vec<&str> = source.cells.iter().map(|cell| source.slice(cell.span)).collect();
        assert_eq!(texts, ["A B", "", "x"]);
        assert_eq!(source.rows.len(), 2);
        assert_eq!(source.blocks.len(), 2);
        assert_eq!(source.at(source.cells.last().unwrap().span).paragraph, Some(3));
        assert_eq!(source.apart.len(), 1);
    }
}
