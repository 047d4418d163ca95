//! A part's content as it is nested: paragraphs with their runs, tables with their cells.

use super::styles::{Borders, ParagraphProperties};
use crate::model::Aside;

/// A piece of a part, a cell or a text box.
#[derive(Debug)]
pub(in crate::read) enum Piece {
    Paragraph(Paragraph),
    Table(Table),
}

/// A paragraph.
#[derive(Debug, Default)]
pub(in crate::read) struct Paragraph {
    /// Which one of the part, counted from 1.
    pub index: u32,
    pub properties: ParagraphProperties,
    pub runs: Vec<Run>,
    /// Text boxes that are anchored in it.
    pub boxes: Vec<Piece>,
    /// Whether a tracked change deleted the paragraph's end: the next one goes on with it.
    pub end_deleted: bool,
    /// Whether its end is hidden: where all its words are, nothing of it is shown.
    pub end_hidden: bool,
    /// Whether it is the last of a section that the next page follows.
    pub page_ends: bool,
}

/// A stretch of a paragraph.
#[derive(Debug)]
pub(in crate::read) enum Run {
    Text(String),
    /// What follows is in this font, whose characters may be letters of an old encoding; without one, in any.
    Font(Option<Box<str>>),
    /// Text that is set aside: deleted by a tracked change, struck through, hidden.
    Apart(Aside, String),
    /// The line ends here and the paragraph goes on.
    LineBreak,
    PageBreak,
}

/// A table.
#[derive(Debug)]
pub(in crate::read) struct Table {
    /// Which one of the part, counted from 1.
    pub index: u32,
    pub borders: Borders,
    /// Widths of the grid's columns in twentieths of a point.
    pub grid: Vec<u32>,
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Default)]
pub(in crate::read) struct Row {
    /// Columns of the grid that are left blank before the first cell.
    pub before: usize,
    pub cells: Vec<Cell>,
    /// Why the whole row is set aside: a tracked change deleted it, or it is hidden.
    pub apart: Option<Aside>,
    /// Whether it is one of column headers, which come again on every page.
    pub heads: bool,
}

/// A cell.
#[derive(Debug, Default)]
pub(in crate::read) struct Cell {
    /// How many columns of the grid it covers.
    pub columns: usize,
    /// Whether a cell over several rows begins here, or goes on here.
    pub merge: Merge,
    /// Whether it is merged with the cell to its left, as files of older programs have it.
    pub joins_left: bool,
    /// Whether the cell's own borders draw rules at its sides.
    pub borders: Option<Borders>,
    pub pieces: Vec<Piece>,
}

/// What a cell has to do with a cell over several rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) enum Merge {
    #[default]
    No,
    Begins,
    GoesOn,
}

impl Paragraph {
    /// Adds text, to the last stretch where that is of its kind.
    pub fn push(&mut self, text: &str, apart: Option<Aside>) {
        if text.is_empty() {
            return;
        }
        // Of two spaces around what is set aside one is enough.
        let text = match self.runs.as_slice() {
            [.., Run::Text(before), Run::Apart(..)] if apart.is_none() && before.ends_with(' ') => {
                text.trim_start_matches(' ')
            }
            _ => text,
        };
        match (self.runs.last_mut(), apart) {
            (Some(Run::Text(last)), None) => last.push_str(text),
            (Some(Run::Apart(reason, last)), Some(apart)) if *reason == apart => last.push_str(text),
            (_, None) => self.runs.push(Run::Text(text.to_owned())),
            (_, Some(reason)) => self.runs.push(Run::Apart(reason, text.to_owned())),
        }
    }

    /// Whether nothing of it is left after the deletions of tracked changes.
    pub fn is_gone(&self) -> bool {
        let deleted = |run: &Run| matches!(run, Run::Apart(Aside::Deleted, _));
        self.end_deleted && !self.runs.is_empty() && self.runs.iter().all(deleted)
    }

    /// Whether it has no text at all.
    fn is_blank(&self) -> bool {
        self.runs.iter().all(|run| match run {
            Run::Text(text) | Run::Apart(_, text) => text.trim().is_empty(),
            Run::Font(_) | Run::LineBreak | Run::PageBreak => true,
        })
    }

    /// Why all its words are set aside, where it has some and no others.
    pub fn apart(&self) -> Option<Aside> {
        let mut reasons = self.runs.iter().filter_map(|run| match run {
            Run::Text(text) if text.trim().is_empty() => None,
            Run::Text(_) => Some(None),
            Run::Apart(reason, text) => (!text.trim().is_empty()).then_some(Some(*reason)),
            Run::Font(_) | Run::LineBreak | Run::PageBreak => None,
        });
        let first = reasons.next()??;
        reasons.all(|reason| reason.is_some()).then_some(first)
    }
}

impl Row {
    /// Why the row is set aside: for itself, or since it has words and all of them are.
    pub fn reason(&self) -> Option<Aside> {
        self.apart.or_else(|| {
            let mut found = None;
            for piece in self.cells.iter().flat_map(|cell| &cell.pieces) {
                let Piece::Paragraph(paragraph) = piece else { return None };
                let reason = paragraph.apart();
                if !paragraph.boxes.is_empty() || reason.is_none() && !paragraph.is_blank() {
                    return None;
                }
                found = found.or(reason);
            }
            found.filter(|reason| *reason != Aside::Deleted)
        })
    }
}

impl Table {
    /// The text of a cell without its deletions, to tell what the table is.
    pub fn text(pieces: &[Piece], out: &mut String) {
        for piece in pieces {
            match piece {
                Piece::Paragraph(paragraph) => {
                    for run in &paragraph.runs {
                        if let Run::Text(text) = run {
                            out.push_str(text);
                        }
                    }
                    out.push(' ');
                }
                Piece::Table(table) => {
                    table
                        .rows
                        .iter()
                        .flat_map(|row| &row.cells)
                        .for_each(|cell| Self::text(&cell.pieces, out));
                }
            }
        }
    }
}
