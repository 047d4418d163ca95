//! From a part's tree to text: paragraphs and tables in order, what is no content set aside.

use super::body::Tally;
use super::grid;
use super::numbering::{Counters, Label, Lists};
use super::placing::{self, places_text};
use super::styles::{ParagraphProperties, Styles};
use super::symbols;
use super::tree::{Paragraph, Piece, Row, Run, Table};
use super::xml::Items;
use super::{MAX_GRID_CELLS, MAX_TEXT};
use crate::grammar::Grammar;
use crate::model::{Aside, NoticeKind};
use crate::read::draft::Draft;
use crate::read::{Bound, ReadError};
use crate::source::Spot;

/// Writes the parts of a document.
pub(super) struct Writer<'a> {
    draft: Draft,
    styles: &'a Styles,
    lists: &'a Lists,
    grammar: &'a Grammar,
    counters: Counters,
    /// The part's name in the draft.
    part: u16,
    /// What is set aside once the open paragraph or table has ended.
    apart: Vec<(Aside, String, Spot)>,
    /// Whether the last paragraph was centred.
    centred: bool,
    grid_cells: usize,
    /// Tables in cells that were set aside.
    nested: u32,
}

/// A cell's table, row and column, as in [`Spot::Paragraph`].
type CellPlace = (u32, u32, u32);

impl<'a> Writer<'a> {
    pub fn new(draft: Draft, styles: &'a Styles, lists: &'a Lists, grammar: &'a Grammar) -> Self {
        Self {
            draft,
            styles,
            lists,
            grammar,
            counters: Counters::default(),
            part: 0,
            apart: Vec::new(),
            centred: false,
            grid_cells: 0,
            nested: 0,
        }
    }

    /// The main part.
    pub fn main(&mut self, name: &str, pieces: &[Piece]) -> Result<(), ReadError> {
        self.part = self.draft.name(name);
        self.pieces(pieces)
    }

    /// A part that is set aside, a paragraph at a time.
    pub fn aside(&mut self, name: &str, pieces: &[Piece], reason: Aside) -> Result<(), ReadError> {
        self.part = self.draft.name(name);
        self.counters = Counters::default();
        for piece in pieces {
            match piece {
                Piece::Paragraph(paragraph) => {
                    self.line(paragraph, None);
                    let is_number = self.draft.open_text().trim().chars().all(|c| c.is_ascii_digit());
                    let reason = match reason {
                        Aside::RunningHead if is_number => Aside::PageNumber,
                        reason => reason,
                    };
                    self.draft.end_aside(reason);
                    self.set_apart();
                    self.aside(name, &paragraph.boxes, reason)?;
                }
                Piece::Table(table) => {
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        self.aside(name, &cell.pieces, reason)?;
                    }
                }
            }
            self.within()?;
        }
        Ok(())
    }

    /// Notes a part that ends before its end.
    pub fn note_cut(&mut self, items: &Items<'_, '_>, name: &str) {
        if items.cut {
            self.draft.note(NoticeKind::Damaged, name, false);
        }
    }

    /// Notes what was counted, and gives the draft.
    pub fn finish(mut self, tally: &Tally) -> Draft {
        let counted = [
            (NoticeKind::Inserted, tally.inserted),
            (NoticeKind::Deleted, tally.deleted),
            (NoticeKind::HiddenText, tally.hidden),
            (NoticeKind::Struck, tally.struck),
            (NoticeKind::NestedTable, self.nested),
            (NoticeKind::Picture, tally.pictures),
        ];
        for (kind, count) in counted.into_iter().filter(|(_, count)| *count > 0) {
            self.draft.note(kind, count.to_string(), false);
        }
        self.draft
    }

    fn within(&self) -> Result<(), ReadError> {
        if self.draft.len() > MAX_TEXT {
            return Err(ReadError::Limit { bound: Bound::Text, limit: MAX_TEXT as u64 });
        }
        self.draft.within()
    }

    fn pieces(&mut self, pieces: &[Piece]) -> Result<(), ReadError> {
        for piece in pieces {
            match piece {
                Piece::Paragraph(paragraph) => self.paragraph(paragraph)?,
                Piece::Table(table) if places_text(table, self.grammar) => self.placed(table)?,
                Piece::Table(table) => self.table(table)?,
            }
        }
        Ok(())
    }

    /// A paragraph outside tables; a line that its author broke is a line.
    fn paragraph(&mut self, paragraph: &Paragraph) -> Result<(), ReadError> {
        let properties = self.styles.paragraph(&paragraph.properties);
        if properties.break_before == Some(true) {
            self.draft.page_break();
        }
        let spot = self.spot(paragraph, None);
        let centred = properties.centred == Some(true);
        let mut gap = !(centred && self.centred);
        self.label(paragraph, &properties, spot);
        let gaps = placing::columns(&shown(paragraph));
        let mut at = 0;
        for run in &paragraph.runs {
            match run {
                Run::Text(text) => {
                    for (index, piece) in placing::pieces(text, at, &gaps).into_iter().enumerate() {
                        if index > 0 {
                            self.draft.end_paragraph(gap);
                        }
                        self.draft.write(piece, spot);
                    }
                    at += text.len();
                }
                Run::Font(font) => self.draft.set_font(font.as_deref()),
                Run::Apart(reason, text) => self.apart.push((*reason, text.clone(), spot)),
                Run::LineBreak => {
                    self.draft.end_paragraph(gap);
                    gap = false;
                }
                Run::PageBreak => {
                    self.draft.end_paragraph(gap);
                    self.draft.page_break();
                    gap = true;
                }
            }
        }
        self.centred = centred && !self.draft.open_text().trim().is_empty();
        self.draft.end_paragraph(gap);
        self.set_apart();
        self.pieces(&paragraph.boxes)?;
        if paragraph.page_ends {
            self.draft.page_break();
        }
        self.within()
    }

    /// A table that only places text: its cells' content, column by column.
    fn placed(&mut self, table: &Table) -> Result<(), ReadError> {
        let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        for column in 0..columns {
            self.centred = false;
            for row in &table.rows {
                if let Some(cell) = row.cells.get(column) {
                    self.pieces(&cell.pieces)?;
                }
            }
        }
        self.centred = false;
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), ReadError> {
        self.centred = false;
        let laid = grid::laid(table);
        let heads = table.rows.iter().filter(|row| row.reason().is_none()).map(|row| row.heads);
        for ((row, places), heads) in laid.iter().enumerate().zip(heads) {
            self.grid_cells += places.len();
            if self.grid_cells > MAX_GRID_CELLS {
                return Err(ReadError::Limit { bound: Bound::Cells, limit: MAX_GRID_CELLS as u64 });
            }
            let mut first = 0;
            for (column, place) in places.iter().enumerate() {
                let at = (table.index, number(row), number(column));
                let pieces = place.cell.map(|cell| cell.pieces.as_slice()).unwrap_or_default();
                if let Some(Piece::Paragraph(paragraph)) = pieces.first() {
                    first = paragraph.index;
                }
                self.draft.mark(Spot::Paragraph { part: self.part, paragraph: first, cell: Some(at) });
                self.cell(pieces, at);
                self.draft.end_cell(place.columns, place.rows);
            }
            self.draft.end_row();
            if heads {
                self.draft.head_row();
            }
            self.within()?;
        }
        self.draft.end_table();
        for row in &table.rows {
            if let Some(reason) = row.reason() {
                self.row_apart(row, reason);
            }
        }
        self.set_apart();
        Ok(())
    }

    /// A cell's text: its paragraphs with spaces between, those of tables in it too.
    fn cell(&mut self, pieces: &[Piece], at: CellPlace) {
        for piece in pieces {
            match piece {
                Piece::Paragraph(paragraph) => {
                    if !self.draft.open_text().is_empty() && !self.draft.open_text().ends_with(' ') {
                        self.draft.break_line(self.spot(paragraph, Some(at)));
                    }
                    self.line(paragraph, Some(at));
                    self.cell(&paragraph.boxes, at);
                }
                // The cell's own words are what it says; a table of data among them has no place in the model.
                Piece::Table(table) if has_words(pieces) && is_data(table, self.grammar) => {
                    self.nested += 1;
                    self.table_apart(table, Aside::Nested);
                }
                Piece::Table(table) => {
                    table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| self.cell(&cell.pieces, at));
                }
            }
        }
    }

    /// A paragraph as one line.
    fn line(&mut self, paragraph: &Paragraph, at: Option<CellPlace>) {
        let properties = self.styles.paragraph(&paragraph.properties);
        let spot = self.spot(paragraph, at);
        self.label(paragraph, &properties, spot);
        for run in &paragraph.runs {
            match run {
                Run::Text(text) => self.draft.write(text, spot),
                Run::Font(font) => self.draft.set_font(font.as_deref()),
                Run::Apart(reason, text) => self.apart.push((*reason, text.clone(), spot)),
                Run::LineBreak if at.is_some() => self.draft.break_line(spot),
                Run::LineBreak | Run::PageBreak => self.draft.write(" ", spot),
            }
        }
    }

    /// The number or mark that a list shows before a paragraph.
    fn label(&mut self, paragraph: &Paragraph, properties: &ParagraphProperties, spot: Spot) {
        let is_gone = paragraph.is_gone() || paragraph.end_hidden && paragraph.apart() == Some(Aside::Hidden);
        let Some(list) = properties.list.filter(|list| *list > 0 && !is_gone) else { return };
        // A level that a style says is meant where the paragraph itself names none.
        let own = paragraph.properties.list.is_some().then_some(paragraph.properties.level.unwrap_or(0));
        let style = self.styles.list_style(&paragraph.properties);
        let level = own.or(properties.level);
        let Some(label) = self.lists.next(&mut self.counters, self.styles, list, level, style) else {
            return;
        };
        let Label { text, font, spaced } = label;
        // The number of a paragraph that is set aside goes with its words.
        if let Some(reason) = paragraph.apart() {
            self.apart.push((reason, text, spot));
            return;
        }
        let is_private = |c: char| ('\u{E000}'..='\u{F8FF}').contains(&c);
        let text = symbols::decoded(&text, font.as_deref()).replace(is_private, "•");
        self.draft.write(&text, spot);
        if spaced {
            self.draft.write(" ", spot);
        }
    }

    fn table_apart(&mut self, table: &Table, reason: Aside) {
        table.rows.iter().for_each(|row| self.row_apart(row, reason));
    }

    /// Everything in a row that is set aside.
    fn row_apart(&mut self, row: &Row, reason: Aside) {
        fn walk(writer: &mut Writer<'_>, pieces: &[Piece], reason: Aside) {
            for piece in pieces {
                match piece {
                    Piece::Paragraph(paragraph) => {
                        let spot = writer.spot(paragraph, None);
                        for run in &paragraph.runs {
                            if let Run::Apart(_, text) | Run::Text(text) = run {
                                writer.apart.push((reason, text.clone(), spot));
                            }
                        }
                        walk(writer, &paragraph.boxes, reason);
                    }
                    Piece::Table(table) => {
                        writer.table_apart(table, reason);
                    }
                }
            }
        }
        row.cells.iter().for_each(|cell| walk(self, &cell.pieces, reason));
    }

    fn set_apart(&mut self) {
        for (reason, text, spot) in std::mem::take(&mut self.apart) {
            self.draft.write(&text, spot);
            self.draft.end_aside(reason);
        }
    }

    fn spot(&self, paragraph: &Paragraph, cell: Option<CellPlace>) -> Spot {
        Spot::Paragraph { part: self.part, paragraph: paragraph.index, cell }
    }
}

/// The text of a paragraph without its deletions.
fn shown(paragraph: &Paragraph) -> String {
    let texts = paragraph
        .runs
        .iter()
        .filter_map(|run| if let Run::Text(text) = run { Some(text.as_str()) } else { None });
    texts.collect()
}

/// Whether a cell has words of its own that do not lead over to what follows ("gồm:").
fn has_words(pieces: &[Piece]) -> bool {
    let texts = pieces.iter().filter_map(|piece| match piece {
        Piece::Paragraph(paragraph) => Some(shown(paragraph)),
        Piece::Table(_) => None,
    });
    let mut texts = texts.filter(|text| !text.trim().is_empty()).peekable();
    texts.peek().is_some() && texts.all(|text| !text.trim_end().ends_with(':'))
}

/// Whether a table has rows and columns of data.
fn is_data(table: &Table, grammar: &Grammar) -> bool {
    table.rows.len() > 1 && table.rows.iter().any(|row| row.cells.len() > 1) && !places_text(table, grammar)
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
