//! The content of a part: body, footnotes, headers. XML in, a tree of paragraphs and tables out.
//!
//! Elements that are not known are looked through, so that content inside content controls, smart tags and
//! hyperlinks is there; properties and instructions of fields are not content.

use super::runs::Change;
use super::styles::{Borders, ParagraphProperties, Styles};
use super::tree::{Cell, Merge, Paragraph, Piece, Row, Table};
use super::xml::{Element, Item, Items, Node};
use super::{MAX_GRID, MAX_PARAGRAPHS, MAX_TABLE_CELLS, MAX_TABLE_NESTING, MAX_TEXT};
use crate::model::Aside;
use crate::read::{Bound, ReadError};

/// Reads the content of parts, one after the other.
pub(super) struct Content<'s> {
    pub styles: &'s Styles,
    pub tally: Tally,
    paragraphs: u32,
    tables: u32,
    nesting: usize,
    /// Open fields; whether each is past its instruction.
    pub(super) fields: Vec<bool>,
}

/// What is counted over all parts.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub inserted: u32,
    pub deleted: u32,
    pub hidden: u32,
    pub struck: u32,
    pub pictures: u32,
    text: usize,
    all_paragraphs: usize,
    cells: usize,
}

impl<'s> Content<'s> {
    pub fn new(styles: &'s Styles) -> Self {
        Self { styles, tally: Tally::default(), paragraphs: 0, tables: 0, nesting: 0, fields: Vec::new() }
    }

    /// The content of a part, or of one of its notes: all up to the end of the open element.
    pub fn read(&mut self, items: &mut Items<'_, '_>) -> Result<Vec<Piece>, ReadError> {
        let mut out = Vec::new();
        self.fields.clear();
        self.pieces(items, Change::None, &mut out)?;
        Ok(out)
    }

    /// The next part's paragraphs and tables are counted from 1.
    pub fn begin_part(&mut self) {
        (self.paragraphs, self.tables) = (0, 0);
    }

    pub(super) fn pieces(
        &mut self,
        items: &mut Items<'_, '_>,
        change: Change,
        out: &mut Vec<Piece>,
    ) -> Result<(), ReadError> {
        loop {
            let element = match items.next()? {
                Item::Open(element) => element,
                Item::Text(_) => continue,
                Item::Close | Item::End => return Ok(()),
            };
            match &*element.name {
                "p" => {
                    let paragraph = self.paragraph(items, change)?;
                    add(paragraph, out);
                }
                "tbl" => out.push(Piece::Table(self.table(items, change)?)),
                "AlternateContent" => {
                    self.alternatives(items, |content, items| content.pieces(items, change, out))?
                }
                "ins" | "moveTo" => self.pieces(items, Change::Inserted, out)?,
                "del" | "moveFrom" => self.pieces(items, Change::Deleted, out)?,
                name if is_property(name) => items.skip()?,
                _ => self.pieces(items, change, out)?,
            }
        }
    }

    /// Reads the first alternative that a producer gives; the others say the same for older programs.
    pub(super) fn alternatives(
        &mut self,
        items: &mut Items<'_, '_>,
        mut read: impl FnMut(&mut Self, &mut Items<'_, '_>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let mut taken = false;
        loop {
            match items.next()? {
                Item::Open(element) if !taken && matches!(&*element.name, "Choice" | "Fallback") => {
                    taken = true;
                    read(self, items)?;
                }
                Item::Open(_) => items.skip()?,
                Item::Text(_) => {}
                Item::Close | Item::End => return Ok(()),
            }
        }
    }

    fn paragraph(&mut self, items: &mut Items<'_, '_>, change: Change) -> Result<Paragraph, ReadError> {
        self.tally.all_paragraphs += 1;
        if self.tally.all_paragraphs > MAX_PARAGRAPHS {
            return Err(ReadError::Limit { bound: Bound::Paragraphs, limit: MAX_PARAGRAPHS as u64 });
        }
        self.paragraphs += 1;
        let mut paragraph = Paragraph { index: self.paragraphs, ..Paragraph::default() };
        self.inline(items, change, &mut paragraph)?;
        paragraph.end_deleted |= change == Change::Deleted;
        Ok(paragraph)
    }

    /// Counts text that is read.
    pub(super) fn count_text(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.tally.text += bytes;
        if self.tally.text > MAX_TEXT {
            return Err(ReadError::Limit { bound: Bound::Text, limit: MAX_TEXT as u64 });
        }
        Ok(())
    }

    /// A paragraph's properties.
    pub(super) fn paragraph_properties(&mut self, node: &Node, paragraph: &mut Paragraph) {
        paragraph.properties = ParagraphProperties::of(node);
        let mark = node.child("rPr");
        let changed = |name: &str| mark.is_some_and(|mark| mark.child(name).is_some());
        paragraph.end_deleted = changed("del") || changed("moveFrom");
        paragraph.end_hidden = mark.is_some_and(|mark| mark.switch("vanish") == Some(true));
        let section = node.child("sectPr");
        paragraph.page_ends = section.is_some_and(|section| section.value("type") != Some("continuous"));
    }

    fn table(&mut self, items: &mut Items<'_, '_>, change: Change) -> Result<Table, ReadError> {
        self.nesting += 1;
        if self.nesting > MAX_TABLE_NESTING {
            return Err(ReadError::Limit { bound: Bound::Nesting, limit: MAX_TABLE_NESTING as u64 });
        }
        self.tables += 1;
        let mut table =
            Table { index: self.tables, borders: Borders::default(), grid: Vec::new(), rows: Vec::new() };
        self.rows(items, change, &mut table)?;
        self.nesting -= 1;
        Ok(table)
    }

    fn rows(
        &mut self,
        items: &mut Items<'_, '_>,
        change: Change,
        table: &mut Table,
    ) -> Result<(), ReadError> {
        loop {
            let element = match items.next()? {
                Item::Open(element) => element,
                Item::Text(_) => continue,
                Item::Close | Item::End => return Ok(()),
            };
            match &*element.name {
                "tr" => {
                    let apart = (change == Change::Deleted).then_some(Aside::Deleted);
                    let mut row = Row { apart, ..Row::default() };
                    self.cells(items, change, &mut row)?;
                    table.rows.push(row);
                }
                "tblPr" => {
                    let node = items.node(element)?;
                    let own = node.child("tblBorders").map(Borders::of).unwrap_or_default();
                    table.borders = self.styles.borders(own, node.value("tblStyle"));
                }
                "tblGrid" => {
                    let node = items.node(element)?;
                    let columns = node.children.iter().filter(|child| *child.element.name == *"gridCol");
                    table.grid = columns
                        .map(|column| column.element.get("w").and_then(|w| w.parse().ok()).unwrap_or(0))
                        .take(MAX_GRID)
                        .collect();
                }
                "AlternateContent" => {
                    self.alternatives(items, |content, items| content.rows(items, change, table))?;
                }
                "ins" | "moveTo" => self.rows(items, Change::Inserted, table)?,
                "del" | "moveFrom" => self.rows(items, Change::Deleted, table)?,
                name if is_property(name) => items.skip()?,
                _ => self.rows(items, change, table)?,
            }
        }
    }

    fn cells(&mut self, items: &mut Items<'_, '_>, change: Change, row: &mut Row) -> Result<(), ReadError> {
        loop {
            let element = match items.next()? {
                Item::Open(element) => element,
                Item::Text(_) => continue,
                Item::Close | Item::End => return Ok(()),
            };
            match &*element.name {
                "tc" => {
                    self.tally.cells += 1;
                    if self.tally.cells > MAX_TABLE_CELLS {
                        return Err(ReadError::Limit { bound: Bound::Cells, limit: MAX_TABLE_CELLS as u64 });
                    }
                    let deleted = row.apart == Some(Aside::Deleted);
                    let change = if deleted { Change::Deleted } else { change };
                    let mut cell = Cell { columns: 1, ..Cell::default() };
                    self.cell(items, change, &mut cell)?;
                    match row.cells.last_mut().filter(|_| cell.joins_left) {
                        Some(last) => {
                            last.columns = (last.columns + cell.columns).min(MAX_GRID);
                            last.pieces.append(&mut cell.pieces);
                        }
                        None => row.cells.push(cell),
                    }
                }
                "trPr" => {
                    let node = items.node(element)?;
                    row.before = node.number("gridBefore").unwrap_or(0).min(MAX_GRID);
                    row.heads |= node.switch("tblHeader").unwrap_or(false);
                    if node.child("del").is_some() {
                        row.apart = Some(Aside::Deleted);
                    } else if node.switch("hidden") == Some(true) {
                        row.apart = row.apart.or(Some(Aside::Hidden));
                        self.tally.hidden += 1;
                    }
                    self.tally.deleted += u32::from(node.child("del").is_some());
                    self.tally.inserted += u32::from(node.child("ins").is_some());
                }
                "AlternateContent" => {
                    self.alternatives(items, |content, items| content.cells(items, change, row))?;
                }
                name if is_property(name) => items.skip()?,
                _ => self.cells(items, change, row)?,
            }
        }
    }

    /// A cell; its properties are among its pieces.
    fn cell(&mut self, items: &mut Items<'_, '_>, change: Change, cell: &mut Cell) -> Result<(), ReadError> {
        let Item::Open(element) = items.next()? else { return Ok(()) };
        if *element.name == *"tcPr" {
            let node = items.node(element)?;
            cell.columns = node.number("gridSpan").unwrap_or(1).clamp(1, MAX_GRID);
            cell.merge = match node.find("vMerge").map(Element::value) {
                None => Merge::No,
                Some(Some("restart")) => Merge::Begins,
                Some(_) => Merge::GoesOn,
            };
            let across = node.find("hMerge");
            cell.joins_left = across.is_some_and(|merge| merge.value() != Some("restart"));
            cell.borders = node.child("tcBorders").map(Borders::of);
            return self.pieces(items, change, &mut cell.pieces);
        }
        // Without properties the first element is content.
        match &*element.name {
            "p" => {
                let paragraph = self.paragraph(items, change)?;
                add(paragraph, &mut cell.pieces);
            }
            "tbl" => cell.pieces.push(Piece::Table(self.table(items, change)?)),
            _ => self.pieces(items, change, &mut cell.pieces)?,
        }
        self.pieces(items, change, &mut cell.pieces)
    }
}

/// Adds a paragraph; it goes on with the one before where a tracked change deleted the end of that.
fn add(mut paragraph: Paragraph, out: &mut Vec<Piece>) {
    if let Some(Piece::Paragraph(last)) = out.last_mut()
        && last.end_deleted
        && !last.is_gone()
    {
        last.runs.append(&mut paragraph.runs);
        last.boxes.append(&mut paragraph.boxes);
        last.end_deleted = paragraph.end_deleted;
        last.properties = paragraph.properties;
        return;
    }
    out.push(Piece::Paragraph(paragraph));
}

/// Whether an element holds properties, not content: "pPr", "sdtPr", "tblPrEx".
pub(super) fn is_property(name: &str) -> bool {
    name.ends_with("Pr") || matches!(name, "tblPrEx" | "tblGrid")
}
