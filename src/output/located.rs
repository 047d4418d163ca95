//! Which cell, block or heading of the model a place belongs to. Every output that shows findings in the document
//! itself finds their nodes here.

use rustc_hash::FxHashMap;

use crate::model::{Block, Document, Row, Section};
use crate::span::At;

/// A cell of an appendix's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellPlace {
    /// Index of the appendix.
    pub appendix: usize,
    /// Whether the row is one of the header.
    pub header: bool,
    /// Index of the row among the header's or the table's rows.
    pub row: usize,
    /// Index of the cell in its row.
    pub column: usize,
}

/// A node that text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node<'a> {
    /// A cell of a table.
    Cell(CellPlace),
    /// A row of a table, where no cell of it holds the place.
    Row(CellPlace),
    /// A block, by its id.
    Block(&'a str),
    /// A note of an appendix, by its index and the block's id: a section may have a block of the same id.
    Note(usize, &'a str),
    /// A section's heading, by the section's id.
    Heading(&'a str),
    /// The caption, "issued with" line or unit line of an appendix, by its index.
    Caption(usize),
    /// Letterhead, title, basis.
    Header,
    /// Recipients and signature.
    Closing,
}

/// The nodes of a document by where they stand.
#[derive(Debug)]
pub struct Locator<'a> {
    document: &'a Document,
    /// Cells, blocks and headings with their ranges, sorted by start.
    spans: Vec<(u32, u32, Node<'a>)>,
    /// Longest of the ranges before each entry, so that a search backwards ends: the greatest end so far.
    reach: Vec<u32>,
    /// The group of each item, and the group above each group, by id.
    above: FxHashMap<&'a str, &'a str>,
}

impl<'a> Locator<'a> {
    /// Indexes a document.
    #[must_use]
    pub fn of(document: &'a Document) -> Self {
        let mut index = Self { document, spans: Vec::new(), reach: Vec::new(), above: FxHashMap::default() };
        let header = &document.header;
        index.add(&header.at, Node::Header);
        header.letterhead.iter().for_each(|block| index.add(&block.at, Node::Header));
        header.basis.iter().for_each(|basis| index.add(&basis.at, Node::Header));
        index.blocks(&header.preamble);
        document.sections.iter().for_each(|section| index.section(section));
        if let Some(closing) = &document.closing {
            index.blocks(&closing.paragraphs);
            closing.recipients_at.iter().for_each(|at| index.add(at, Node::Closing));
            closing.signature.iter().for_each(|signature| index.add(&signature.at, Node::Closing));
        }
        for (i, appendix) in document.appendices.iter().enumerate() {
            index.add(&appendix.at, Node::Caption(i));
            appendix.issued_with.iter().for_each(|issued| index.add(&issued.at, Node::Caption(i)));
            appendix.notes.iter().for_each(|note| index.add(&note.at, Node::Note(i, &note.id)));
            let items = appendix.items.iter().filter_map(|item| Some((item.id(), item.group()?)));
            let groups =
                appendix.groups.iter().filter_map(|it| Some((it.id.as_str(), it.parent.as_deref()?)));
            index.above.extend(items.chain(groups));
            if let Some(table) = &appendix.table {
                index.rows(i, true, &table.header);
                index.rows(i, false, &table.rows);
            }
        }
        // Wider nodes first, so that the last that holds a place is the narrowest.
        index.spans.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
        let mut reach = 0;
        for (_, end, _) in &index.spans {
            index.reach.push(reach);
            reach = reach.max(*end);
        }
        index
    }

    fn add(&mut self, at: &At, node: Node<'a>) {
        if at.line > 0 {
            self.spans.push((at.span.0, at.span.1, node));
        }
        at.also.iter().for_each(|piece| self.spans.push((piece.span.0, piece.span.1, node)));
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        blocks.iter().for_each(|block| self.add(&block.at, Node::Block(&block.id)));
    }

    fn section(&mut self, section: &'a Section) {
        self.add(&section.at, Node::Heading(&section.id));
        self.blocks(&section.blocks);
        section.sections.iter().for_each(|inner| self.section(inner));
    }

    fn rows(&mut self, appendix: usize, header: bool, rows: &'a [Row]) {
        for (row, found) in rows.iter().enumerate() {
            self.add(&found.at, Node::Row(CellPlace { appendix, header, row, column: 0 }));
            for (column, cell) in found.cells.iter().enumerate() {
                self.add(&cell.at, Node::Cell(CellPlace { appendix, header, row, column }));
            }
        }
    }

    /// The narrowest node that holds the beginning of a place.
    #[must_use]
    pub fn node(&self, at: &At) -> Option<Node<'a>> {
        let (start, end) = at.span;
        let after = self.spans.partition_point(|(from, ..)| *from <= start);
        let mut best: Option<(u32, u32, Node<'a>)> = None;
        for i in (0..after).rev() {
            let Some(&(from, to, node)) = self.spans.get(i) else { break };
            let holds = start < to || (start == to && (from == to || start == end));
            let narrower = best.is_none_or(|(low, high, _)| to - from < high - low);
            if holds && (narrower || (from, to) == (start, end)) {
                best = Some((from, to, node));
                if (from, to) == (start, end) && matches!(node, Node::Cell(_)) {
                    break;
                }
            }
            // Nothing further to the left reaches as far as the place.
            if self.reach.get(i).is_none_or(|reach| *reach < start) {
                break;
            }
        }
        best.map(|(.., node)| node)
    }

    /// The cell that holds the beginning of a place.
    #[must_use]
    pub fn cell(&self, at: &At) -> Option<CellPlace> {
        match self.node(at) {
            Some(Node::Cell(cell)) => Some(cell),
            _ => None,
        }
    }

    /// The index of the appendix that a place is in.
    #[must_use]
    pub fn appendix(&self, at: &At) -> Option<usize> {
        match self.node(at)? {
            Node::Cell(cell) | Node::Row(cell) => Some(cell.appendix),
            Node::Caption(appendix) => Some(appendix),
            Node::Note(appendix, _) => Some(appendix),
            Node::Block(_) | Node::Heading(_) | Node::Header | Node::Closing => None,
        }
    }

    /// The row of a cell.
    #[must_use]
    pub fn row(&self, cell: CellPlace) -> Option<&'a Row> {
        let table = self.document.appendices.get(cell.appendix)?.table.as_ref()?;
        if cell.header { table.header.get(cell.row) } else { table.rows.get(cell.row) }
    }

    /// The ids of the nodes that a place belongs to, from the widest to the narrowest: an appendix, its group and
    /// item, its row, the cell as "row#column"; or sections and a block.
    #[must_use]
    pub fn ids(&self, at: &At) -> Vec<String> {
        let Some(node) = self.node(at) else { return Vec::new() };
        let mut ids: Vec<String> = self
            .appendix(at)
            .and_then(|appendix| self.document.appendices.get(appendix))
            .map(|appendix| appendix.id.clone())
            .into_iter()
            .collect();
        match node {
            Node::Cell(cell) | Node::Row(cell) => self.row_ids(cell, matches!(node, Node::Cell(_)), &mut ids),
            Node::Block(id) | Node::Heading(id) => {
                let section = id.split('#').next().unwrap_or(id);
                let dots = section.match_indices('.').filter_map(|(end, _)| section.get(..end));
                ids.extend(dots.map(str::to_owned));
                ids.push(section.to_owned());
                if id != section {
                    ids.push(id.to_owned());
                }
            }
            Node::Note(_, id) => ids.push(id.to_owned()),
            Node::Caption(_) => {}
            Node::Header => ids.push("header".to_owned()),
            Node::Closing => ids.push("closing".to_owned()),
        }
        ids
    }

    fn row_ids(&self, cell: CellPlace, exact: bool, ids: &mut Vec<String>) {
        let Some(row) = self.row(cell) else { return };
        if let Some(of) = &row.of {
            let mut groups: Vec<&str> = Vec::new();
            let mut above = self.above.get(of.as_str()).copied();
            // Groups whose parents go round are met once.
            while let Some(id) = above.filter(|id| !groups.contains(id)) {
                groups.push(id);
                above = self.above.get(id).copied();
            }
            ids.extend(groups.into_iter().rev().map(str::to_owned));
            ids.push(of.clone());
        }
        ids.push(row.id.clone());
        if exact {
            ids.push(format!("{}#{}", row.id, cell.column + 1));
        }
    }
}
