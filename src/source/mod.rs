//! The document as one text: what every reader of a format returns and all later stages read.
//!
//! A [`Source`] owns two texts. The *original* is the file decoded to UTF-8. The *working text* is the same
//! in composed form (NFC), with plain spaces for the many kinds of space, without invisible characters, and
//! with Vietnamese letters for their look-alikes. All blocks and spans refer to the working text;
//! [`Source::at`] gives a span back in terms of the original. Where the original needs no change the two are
//! one string.

mod part;
mod places;
mod spots;

pub use part::{related_part, relations_part};
pub use places::OffsetMap;
pub use spots::{Spot, Spots, cell_name, cell_position};

use crate::finding::Quote;
use crate::model::{Aside, NoticeKind};
use crate::span::{At, Span};
use crate::value::Number;
use places::Places;

/// A document's text with its blocks and places.
#[derive(Debug)]
pub struct Source {
    /// File name as given.
    pub name: String,
    /// Format, found by content: "text".
    pub format: &'static str,
    /// Name of the encoding.
    pub encoding: String,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Number of pages, where the format shows it.
    pub pages: Option<u32>,
    /// How many times invalid bytes were replaced while decoding.
    pub replaced: u32,
    /// Blocks in order.
    pub blocks: Vec<Block>,
    /// Rows of all tables, in order; a table block holds a range of them.
    pub rows: Vec<Row>,
    /// Cells of all rows, in order; a row holds a range of them.
    pub cells: Vec<Cell>,
    /// The encoding from before Unicode that the text, or a part of it, was in.
    pub old_encoding: Option<OldEncoding>,
    /// Characters of the original that have no place in the working text (invisible ones), as spans of
    /// the original.
    pub invisible: Vec<Span>,
    /// Letters of other alphabets that the working text replaces, as spans of the original.
    pub foreign_letters: Vec<Span>,
    /// Decomposed letters, as spans of the original, the first of each line.
    pub decomposed: Vec<Span>,
    /// What the reader of the format sets aside, as spans of the working text.
    pub apart: Vec<(Aside, Span)>,
    /// Bytes of the original where the author of a cell broke its line; a space stands there. Ascending.
    pub line_breaks: Vec<u32>,
    /// Numbers that cells of the file hold, by the byte of the working text where what they show begins;
    /// ascending.
    pub stored: Vec<(u32, Number)>,
    /// Other readings of cells that were recognised from a picture, by the byte of the working text where their
    /// text begins; ascending.
    pub readings: Vec<(u32, Vec<String>)>,
    /// What a user of the file must be told about it.
    pub notices: Vec<Notice>,
    /// Where runs of the original stand in the file; empty for plain text.
    pub spots: Spots,
    original: String,
    working: Option<(String, OffsetMap)>,
    places: Places,
}

/// An encoding from before Unicode that a text was in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldEncoding {
    /// What it is called.
    pub name: String,
    /// Bytes that have no letter, ascending.
    pub unread: Vec<u8>,
    /// Letters of Vietnamese that the encoding does not have.
    pub lacking: Vec<char>,
    /// How many lines were read from it.
    pub lines: u32,
    /// The first of them, in the original.
    pub first: Span,
}

/// What a user of the file must be told about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it is.
    pub kind: NoticeKind,
    /// The name, number or text that it is about.
    pub detail: String,
    /// Where it is, in the working text.
    pub span: Option<Span>,
}

/// A block of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A line of text, or a paragraph where the format knows paragraphs.
    Paragraph {
        /// The text, without line end.
        span: Span,
        /// Whether a blank line or another paragraph border stands before it.
        gap_before: bool,
        /// What its edges tell.
        edges: Edges,
    },
    /// A table.
    Table {
        /// Range of [`Source::rows`].
        rows: std::ops::Range<u32>,
    },
    /// The start of a sheet.
    Sheet {
        /// The sheet's name.
        name: Span,
    },
    /// The end of a page.
    PageBreak {
        /// The character that marks it; empty where none does.
        span: Span,
    },
}

/// What a format with drawn pages shows of a paragraph's edges. A paragraph whose start is flush goes on with
/// one whose end is full, whatever page border stands between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Edges {
    /// Its first line stands at the margin, where first lines are moved in.
    pub flush_start: bool,
    /// Its last line reaches the other margin.
    pub full_end: bool,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Range of [`Source::cells`].
    pub cells: std::ops::Range<u32>,
    /// From the first cell to the last.
    pub span: Span,
    /// Whether it is a further line of the row before it, as drawn grids have them.
    pub continued: bool,
    /// Whether, by where it stands on its page, it may be the rest of the last row of the page before.
    pub resumes: bool,
    /// Whether the file says that it is one of column headers.
    pub heads: bool,
    /// Whether it is a line of a header whose cells have several, each at a height of its own, and whose spans are known.
    pub head_line: bool,
}

/// A cell of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The cell's text with surrounding spaces left out.
    pub span: Span,
    /// How many columns it covers; none where a merged cell to its left covers it.
    pub columns: u16,
    /// How many rows it covers; none where a merged cell above covers it.
    pub rows: u16,
}

/// What is known of a file before its text is read.
#[derive(Debug, Clone, Default)]
pub struct FileFacts {
    /// File name as given.
    pub name: String,
    /// Format.
    pub format: &'static str,
    /// Encoding.
    pub encoding: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// How many times invalid bytes were replaced while decoding.
    pub replaced: u32,
}

impl Source {
    /// A source without blocks. `working` is the changed text and its offsets, where it differs from the
    /// original.
    #[must_use]
    pub fn new(facts: FileFacts, original: String, working: Option<(String, OffsetMap)>) -> Self {
        let places = Places::of(&original);
        Self {
            name: facts.name,
            format: facts.format,
            encoding: facts.encoding,
            sha256: facts.sha256,
            bytes: facts.bytes,
            pages: None,
            replaced: facts.replaced,
            blocks: Vec::new(),
            rows: Vec::new(),
            cells: Vec::new(),
            old_encoding: None,
            invisible: Vec::new(),
            foreign_letters: Vec::new(),
            decomposed: Vec::new(),
            apart: Vec::new(),
            line_breaks: Vec::new(),
            stored: Vec::new(),
            readings: Vec::new(),
            notices: Vec::new(),
            spots: Spots::default(),
            original,
            working,
            places,
        }
    }

    /// The working text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.working.as_ref().map_or(&self.original, |(text, _)| text)
    }

    /// The original text.
    #[must_use]
    pub fn original(&self) -> &str {
        &self.original
    }

    /// The working text of a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text().get(span.range()).unwrap_or_default()
    }

    /// The original text of a span of the working text.
    #[must_use]
    pub fn original_slice(&self, span: Span) -> &str {
        self.original.get(self.to_original(span).range()).unwrap_or_default()
    }

    /// A span of the working text as a span of the original.
    #[must_use]
    pub fn to_original(&self, span: Span) -> Span {
        self.working.as_ref().map_or(span, |(_, map)| map.to_original(span))
    }

    /// A span of the original as a span of the working text.
    #[must_use]
    pub fn to_working(&self, span: Span) -> Span {
        self.working.as_ref().map_or(span, |(_, map)| map.to_working(span))
    }

    /// The place of a span of the working text.
    #[must_use]
    pub fn at(&self, span: Span) -> At {
        self.at_original(self.to_original(span))
    }

    /// The place of a span of the original.
    #[must_use]
    pub fn at_original(&self, span: Span) -> At {
        let (line, column) = self.places.line_column(&self.original, span.start);
        let mut at = At { line, column, span: (span.start, span.end), ..At::default() };
        self.spots.fill(&mut at, span);
        at
    }

    /// The place of a node that several spans make up: the first, and `also` for the others.
    #[must_use]
    pub fn at_all(&self, spans: &[Span]) -> At {
        let mut spans = spans.iter();
        let mut at = spans.next().map(|span| self.at(*span)).unwrap_or_default();
        at.also = spans.map(|span| self.at(*span)).collect();
        at
    }

    /// Start and text of the original's line that `line` counts, from 1.
    #[must_use]
    pub fn line(&self, line: u32) -> Option<(u32, &str)> {
        let (start, end) = self.places.line(line)?;
        let text = self.original.get(start as usize..end as usize)?;
        Some((start, text.trim_end_matches(['\n', '\r'])))
    }

    /// The place of quoted words inside a node; `None` where they are not found there as they stand (for
    /// instance because a page break or markup cuts them).
    #[must_use]
    pub fn narrow(&self, at: &At, quote: &Quote) -> Option<At> {
        let mut skip = quote.before;
        for piece in std::iter::once(at).chain(&at.also) {
            let span = self.to_working(Span { start: piece.span.0, end: piece.span.1 });
            for (offset, words) in self.slice(span).match_indices(&quote.words) {
                if skip == 0 {
                    let start = span.start as usize + offset;
                    return Some(self.at(Span::new(start, start + words.len())));
                }
                skip -= 1;
            }
        }
        // Words that a page break cuts: the last of them, where the second half begins.
        let (_, last) = quote.words.rsplit_once(' ')?;
        at.also.iter().find_map(|piece| {
            let span = self.to_working(Span { start: piece.span.0, end: piece.span.1 });
            let start = span.start as usize;
            self.slice(span).starts_with(last).then(|| self.at(Span::new(start, start + last.len())))
        })
    }

    /// The number that the file holds where what begins at a byte of the working text is shown.
    #[must_use]
    pub fn stored_at(&self, start: u32) -> Option<Number> {
        let index = self.stored.binary_search_by_key(&start, |(at, _)| *at).ok()?;
        self.stored.get(index).map(|(_, number)| *number)
    }

    /// Other readings of the recognised cell whose text begins at a byte of the working text.
    #[must_use]
    pub fn readings_at(&self, start: u32) -> &[String] {
        let index = self.readings.binary_search_by_key(&start, |(at, _)| *at);
        index.ok().and_then(|index| self.readings.get(index)).map_or(&[], |(_, readings)| readings)
    }

    /// Whether the file is a workbook, whose rows no page cuts.
    #[must_use]
    pub fn is_workbook(&self) -> bool {
        matches!(self.blocks.first(), Some(Block::Sheet { .. }))
    }

    /// Cells of a row.
    #[must_use]
    pub fn row_cells(&self, row: &Row) -> &[Cell] {
        self.cells.get(row.cells.start as usize..row.cells.end as usize).unwrap_or_default()
    }
}
