//! Tags and text in order, as paragraphs and tables.
//!
//! An element is remembered only where its end matters: tables, lists, `pre`, what is not shown. Everything else either
//! ends the open paragraph (blocks) or is looked through, so that tags that nobody closed do no harm.

use super::MAX_TABLE_NESTING;
use super::attributes::Attributes;
use super::elements::{Inside, ends_itself, is_block, is_skipped, is_strike, is_void};
use super::lists::{List, is_list};
use super::rows::{Counts, OpenTable};
use crate::model::Aside;
use crate::read::docx::{Borders, Cell, Laid, Paragraph, ParagraphProperties, Piece, Run, Table};
use crate::read::docx::{MAX_PARAGRAPHS, MAX_TEXT};
use crate::read::{Bound, ReadError};
use crate::text::raised;

/// What a break weighs, in bytes of text.
const BREAK: usize = 16;

/// Content in the making.
pub(super) struct Content {
    /// The page, and for each table with an open cell that cell.
    levels: Vec<Level>,
    tables: Vec<OpenTable>,
    paragraph: Option<Paragraph>,
    /// Whether white space stands before what comes.
    space: bool,
    /// How many `sup` are open.
    raised: usize,
    /// The mark of a list item that has no text yet.
    mark: Option<String>,
    /// Whether a page ends before what comes.
    page_ends: bool,
    /// Whether the open block is centred.
    centred: bool,
    /// Elements whose content is none, is not shown, and is set aside.
    skipped: Option<Inside>,
    hidden: Option<Inside>,
    struck: Option<Inside>,
    apart: Option<Inside>,
    /// How many items the lists have that count down, the next list last.
    reversed: Vec<usize>,
    counts: Counts,
    paragraphs: u32,
    table_count: u32,
    text: usize,
    out: Laid,
}

/// The page or a cell.
#[derive(Default)]
struct Level {
    pieces: Vec<Piece>,
    lists: Vec<List>,
    pre: usize,
    centred: bool,
}

impl Content {
    /// `reversed` is how many items each list has that counts down, in order.
    pub fn new(mut reversed: Vec<usize>) -> Self {
        reversed.reverse();
        Self {
            levels: vec![Level::default()],
            tables: Vec::new(),
            paragraph: None,
            space: false,
            raised: 0,
            mark: None,
            page_ends: false,
            centred: false,
            skipped: None,
            hidden: None,
            struck: None,
            apart: None,
            reversed,
            counts: Counts::default(),
            paragraphs: 0,
            table_count: 0,
            text: 0,
            out: Laid::default(),
        }
    }

    pub fn start(&mut self, name: &[u8], attributes: Attributes<'_>) -> Result<(), ReadError> {
        Inside::open(&mut self.skipped, name);
        if self.skipped.is_some() {
            return Ok(());
        }
        if is_skipped(name) {
            self.skipped = Inside::of(name);
            return Ok(());
        }
        for inside in [&mut self.hidden, &mut self.struck] {
            if ends_itself(name) {
                Inside::close(inside, name);
            }
            Inside::close_inline(inside, name);
        }
        Inside::open(&mut self.hidden, name);
        Inside::open(&mut self.struck, name);
        Inside::open(&mut self.apart, name);
        if self.struck.is_none() && !is_void(name) && (is_strike(name) || attributes.is_struck()) {
            self.struck = Inside::of(name);
        }
        if self.hidden.is_none() && !is_void(name) && attributes.is_hidden() {
            self.hidden = Inside::of(name);
        }
        if is_block(name) {
            self.end_paragraph();
            self.page_ends |= attributes.breaks_page();
            let level = self.levels.last().is_some_and(|level| level.centred);
            self.centred = attributes.is_centred().unwrap_or(level);
        }
        match name {
            b"table" => self.begin_table(attributes)?,
            b"thead" | b"tbody" | b"tfoot" => self.begin_group(name)?,
            b"tr" => {
                self.end_row()?;
                if let Some(table) = self.tables.last_mut() {
                    table.begin_row(&mut self.counts)?;
                }
            }
            b"td" | b"th" => self.begin_cell(name, attributes)?,
            b"col" => {
                if let Some(table) = self.tables.last_mut() {
                    table.columns(attributes.width(), attributes.number("span"));
                }
            }
            b"caption" => self.is_data(),
            b"br" => self.line_break(attributes)?,
            b"sup" => self.raised += 1,
            b"img" => self.out.pictures += 1,
            b"div" => self.begin_apart(attributes),
            b"li" => self.mark = self.item_mark(attributes),
            _ => self.begin_in_level(name, attributes),
        }
        Ok(())
    }

    pub fn end(&mut self, name: &[u8]) -> Result<(), ReadError> {
        if self.skipped.is_some() {
            Inside::close(&mut self.skipped, name);
            return Ok(());
        }
        if is_block(name) {
            self.end_paragraph();
            self.centred = self.levels.last().is_some_and(|level| level.centred);
        }
        for inside in [&mut self.hidden, &mut self.struck] {
            Inside::close(inside, name);
            Inside::close_inline(inside, name);
        }
        if Inside::close(&mut self.apart, name) {
            self.end_paragraph();
        }
        match name {
            b"table" => self.end_table()?,
            b"thead" | b"tbody" | b"tfoot" => {
                self.end_row()?;
                self.tables.last_mut().into_iter().for_each(|table| table.begin_group(None));
            }
            b"tr" => self.end_row()?,
            b"td" | b"th" => self.end_cell(),
            b"li" => self.mark = None,
            b"sup" => self.raised = self.raised.saturating_sub(1),
            _ => {
                let Some(level) = self.levels.last_mut() else { return Ok(()) };
                match name {
                    b"pre" => level.pre = level.pre.saturating_sub(1),
                    b"center" => level.centred = false,
                    _ if is_list(name) => drop(level.lists.pop()),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Text between tags.
    pub fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if self.skipped.is_some() {
            return Ok(());
        }
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}');
        let is_blank = text.chars().all(char::is_whitespace);
        if let Some(hidden) = self.hidden.as_mut().filter(|hidden| !hidden.counted && !is_blank) {
            hidden.counted = true;
            self.out.hidden += 1;
        } else if let Some(struck) = self.struck.as_mut().filter(|struck| !struck.counted && !is_blank) {
            struck.counted = true;
            self.out.struck += 1;
        }
        if self.levels.last().is_some_and(|level| level.pre > 0) {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.push_break(Run::LineBreak)?;
                }
                self.word(line)?;
            }
            return Ok(());
        }
        for (index, word) in text.split(is_space).enumerate() {
            self.space |= index > 0;
            self.word(word)?;
        }
        Ok(())
    }

    /// The content, all that is open being closed.
    pub fn finish(mut self) -> Result<Laid, ReadError> {
        self.end_paragraph();
        while !self.tables.is_empty() {
            self.end_table()?;
        }
        self.out.pieces = self.levels.into_iter().next().unwrap_or_default().pieces;
        Ok(self.out)
    }

    fn count_text(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.text += bytes;
        if self.text > MAX_TEXT {
            return Err(ReadError::Limit { bound: Bound::Text, limit: MAX_TEXT as u64 });
        }
        Ok(())
    }

    /// Text without a space that counts.
    fn word(&mut self, word: &str) -> Result<(), ReadError> {
        if word.is_empty() {
            return Ok(());
        }
        self.count_text(word.len() + 1)?;
        let mark = self.mark.take();
        let space = std::mem::take(&mut self.space);
        let is_raised = self.raised > 0 && !space;
        let apart = match (&self.hidden, &self.struck) {
            (Some(_), _) => Some(Aside::Hidden),
            (None, Some(_)) => Some(Aside::Struck),
            (None, None) => None,
        };
        let paragraph = self.open_paragraph()?;
        if let Some(mark) = mark {
            paragraph.push(&mark, apart);
            paragraph.push(" ", apart);
        } else if space && matches!(paragraph.runs.last(), Some(Run::Text(_) | Run::Apart(..))) {
            paragraph.push(" ", apart);
        }
        let before = match paragraph.runs.last() {
            Some(Run::Text(before)) if is_raised => before.as_str(),
            _ => "",
        };
        match raised(before, word) {
            Some(power) => paragraph.push(&power, apart),
            None => paragraph.push(word, apart),
        }
        Ok(())
    }

    fn open_paragraph(&mut self) -> Result<&mut Paragraph, ReadError> {
        if self.paragraph.is_none() {
            self.paragraph = Some(self.new_paragraph()?);
        }
        Ok(self.paragraph.get_or_insert_default())
    }

    fn new_paragraph(&mut self) -> Result<Paragraph, ReadError> {
        self.paragraphs += 1;
        if self.paragraphs as usize > MAX_PARAGRAPHS {
            return Err(ReadError::Limit { bound: Bound::Paragraphs, limit: MAX_PARAGRAPHS as u64 });
        }
        let break_before = std::mem::take(&mut self.page_ends).then_some(true);
        let properties = ParagraphProperties {
            centred: Some(self.centred),
            break_before,
            ..ParagraphProperties::default()
        };
        Ok(Paragraph { index: self.paragraphs, properties, ..Paragraph::default() })
    }

    fn end_paragraph(&mut self) {
        self.space = false;
        // A tag that nobody closed does not raise the rest of the page.
        self.raised = 0;
        if let Some(paragraph) = self.paragraph.take() {
            self.push(Piece::Paragraph(paragraph));
        }
    }

    fn push(&mut self, piece: Piece) {
        if self.levels.len() == 1
            && self.apart.is_some()
            && let Some((_, _, pieces)) = self.out.apart.last_mut()
        {
            pieces.push(piece);
        } else if let Some(level) = self.levels.last_mut() {
            level.pieces.push(piece);
        }
    }

    /// A line ends; after two, a paragraph does.
    fn line_break(&mut self, attributes: Attributes<'_>) -> Result<(), ReadError> {
        if attributes.breaks_page() {
            self.end_paragraph();
            self.page_ends = true;
            return Ok(());
        }
        let runs = self.paragraph.as_ref().map(|paragraph| paragraph.runs.as_slice()).unwrap_or_default();
        match runs.last() {
            Some(Run::LineBreak) => self.end_paragraph(),
            Some(_) => self.push_break(Run::LineBreak)?,
            None => {}
        }
        self.space = false;
        Ok(())
    }

    fn push_break(&mut self, run: Run) -> Result<(), ReadError> {
        self.count_text(BREAK)?;
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.runs.push(run);
        }
        Ok(())
    }

    /// What headers, footers and notes are to word processors that save pages.
    fn begin_apart(&mut self, attributes: Attributes<'_>) {
        if self.apart.is_some() || self.levels.len() > 1 {
            return;
        }
        let id = attributes.get("id").unwrap_or_default();
        let element = attributes.style("mso-element").unwrap_or_default();
        let (reason, part) = if attributes.is("title", "header") || element == "header" {
            (Aside::RunningHead, "header")
        } else if attributes.is("title", "footer") || element == "footer" {
            (Aside::RunningHead, "footer")
        } else if id.starts_with("sdfootnote") || element == "footnote-list" {
            (Aside::Footnote, "footnotes")
        } else if id.starts_with("sdendnote") || element == "endnote-list" {
            (Aside::Footnote, "endnotes")
        } else if element == "comment-list" {
            (Aside::Comment, "comments")
        } else {
            return;
        };
        self.apart = Inside::of(b"div");
        self.out.apart.push((reason, part, Vec::new()));
    }

    fn begin_in_level(&mut self, name: &[u8], attributes: Attributes<'_>) {
        let Some(level) = self.levels.last_mut() else { return };
        match name {
            b"pre" => level.pre += 1,
            b"center" => {
                level.centred = true;
                self.centred = true;
            }
            _ if is_list(name) => {
                let reversed = attributes.get("reversed").and_then(|_| self.reversed.pop());
                level.lists.push(List::new(name == b"ol", attributes, reversed));
            }
            _ => {}
        }
    }

    fn item_mark(&mut self, attributes: Attributes<'_>) -> Option<String> {
        match self.levels.last_mut().and_then(|level| level.lists.last_mut()) {
            Some(list) => list.mark(attributes),
            None => List::new(false, attributes, None).mark(attributes),
        }
    }

    fn begin_table(&mut self, attributes: Attributes<'_>) -> Result<(), ReadError> {
        // A table between the cells of another one ends that.
        if self.tables.len() == self.levels.len() {
            self.end_table()?;
        }
        if self.tables.len() >= MAX_TABLE_NESTING {
            return Err(ReadError::Limit { bound: Bound::Nesting, limit: MAX_TABLE_NESTING as u64 });
        }
        if self.page_ends && self.levels.len() == 1 {
            let border = self.new_paragraph()?;
            self.push(Piece::Paragraph(border));
        }
        self.table_count += 1;
        let (grid, rows) = (Vec::new(), Vec::new());
        let table = Table { index: self.table_count, borders: attributes.borders(), grid, rows };
        self.tables.push(OpenTable::new(table, attributes.width()));
        Ok(())
    }

    fn begin_group(&mut self, name: &[u8]) -> Result<(), ReadError> {
        self.end_row()?;
        if let Some(table) = self.tables.last_mut() {
            table.begin_group(Some(name));
            table.is_data |= name == b"thead";
        }
        Ok(())
    }

    fn is_data(&mut self) {
        self.tables.last_mut().into_iter().for_each(|table| table.is_data = true);
    }

    fn begin_cell(&mut self, name: &[u8], attributes: Attributes<'_>) -> Result<(), ReadError> {
        self.end_cell();
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        if name == b"th" {
            table.head_cell();
        }
        let columns = attributes.number("colspan").and_then(|columns| usize::try_from(columns).ok());
        let Borders { left, right, .. } = attributes.borders();
        let borders = (left.is_some() || right.is_some()).then(|| attributes.borders());
        let cell = Cell { columns: columns.unwrap_or(1).max(1), borders, ..Cell::default() };
        table.begin_cell(cell, attributes.number("rowspan"), &mut self.counts)?;
        self.mark = None;
        self.page_ends = false;
        self.levels.push(Level { centred: self.centred, ..Level::default() });
        Ok(())
    }

    fn end_cell(&mut self) {
        self.end_paragraph();
        let Some(table) = self.tables.last_mut().filter(|table| table.has_cell()) else { return };
        let level = self.levels.pop().unwrap_or_default();
        self.page_ends = false;
        table.end_cell(level.pieces);
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        self.end_cell();
        self.tables.last_mut().map_or(Ok(()), |table| table.end_row(&mut self.counts))
    }

    fn end_table(&mut self) -> Result<(), ReadError> {
        self.end_row()?;
        if let Some(table) = self.tables.pop() {
            let table = table.finish();
            if !table.rows.is_empty() {
                self.push(Piece::Table(table));
            }
        }
        Ok(())
    }
}
