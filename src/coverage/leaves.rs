//! The nodes of a model that own text, each with its places and what it says.

use std::fmt;

use super::Kind;
use crate::model::{Appendix, Aside, Block, Document, Header, Origin, Row, RowRole, Section};
use crate::span::At;

/// A node that owns text.
#[derive(Debug)]
pub(super) struct Leaf<'a> {
    pub(super) kind: Kind,
    /// Id of the node, or of the node that it is a part of.
    id: &'a str,
    /// Which cell of a row, from 1.
    cell: Option<usize>,
    /// Its places; each may have others (`also`).
    pub(super) at: Vec<&'a At>,
    /// What it says, in the order in which it is printed.
    pub(super) text: Vec<&'a str>,
    pub(super) matching: Matching,
    /// Why it is set aside.
    pub(super) reason: Option<Aside>,
    /// Whether the whole node may also be set aside (the row of column numbers, which the table keeps).
    pub(super) may_be_aside: bool,
}

/// How what a node says compares with what stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matching {
    /// It is the same but for spaces.
    Equal,
    /// It is the same but for spaces and outer brackets.
    Bracketed,
    /// It is the same but for spaces and the marks between its first and second part (number and title).
    Numbered,
    /// Each of its words stands there.
    Words,
}

impl<'a> Leaf<'a> {
    fn new(kind: Kind, id: &'a str, at: &'a At, text: impl IntoIterator<Item = &'a str>) -> Self {
        let text = text.into_iter().collect();
        let matching = Matching::Equal;
        Self { kind, id, cell: None, at: vec![at], text, matching, reason: None, may_be_aside: false }
    }

    fn matching(mut self, matching: Matching) -> Self {
        self.matching = matching;
        self
    }

    /// Every place of the node, the other halves of cut nodes included.
    pub(super) fn places(&self) -> impl Iterator<Item = &'a At> + use<'a, '_> {
        self.at.iter().flat_map(|at| std::iter::once(*at).chain(&at.also))
    }
}

/// The kind of node and its id: "cell 3B/r12:5".
impl fmt::Display for Leaf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Title => "title",
            Kind::Block => "block",
            Kind::Heading => "heading",
            Kind::Caption => "caption",
            Kind::IssuedWith => "issued_with",
            Kind::HeaderCell => "header_cell",
            Kind::Cell => "cell",
            Kind::Recipients => "recipients",
            Kind::Signature => "signature",
            Kind::Unplaced => "unplaced",
            Kind::SetAside => "set_aside",
        };
        write!(f, "{kind}")?;
        if !self.id.is_empty() {
            write!(f, " {}", self.id)?;
        }
        self.cell.map_or(Ok(()), |cell| write!(f, ":{cell}"))
    }
}

/// All nodes of a document that own text.
pub(super) fn of(document: &Document) -> Vec<Leaf<'_>> {
    let mut out = Vec::new();
    title(&document.header, &mut out);
    out.extend(document.header.letterhead.iter().chain(&document.header.preamble).map(block));
    out.extend(
        document
            .header
            .basis
            .iter()
            .map(|ground| Leaf::new(Kind::Block, "", &ground.at, std::iter::once(ground.raw.as_str()))),
    );
    sections(&document.sections, &mut out);
    if let Some(closing) = &document.closing {
        out.extend(closing.paragraphs.iter().map(block));
        if let [first, others @ ..] = closing.recipients_at.as_slice() {
            let recipients = closing.recipients.iter().map(String::as_str);
            let mut leaf = Leaf::new(Kind::Recipients, "", first, recipients).matching(Matching::Words);
            leaf.at.extend(others);
            out.push(leaf);
        }
        if let Some(signature) = &closing.signature {
            let parts = [&signature.authority, &signature.role, &signature.name];
            let parts = parts.into_iter().filter_map(|part| part.as_deref());
            out.push(Leaf::new(Kind::Signature, "", &signature.at, parts).matching(Matching::Words));
        }
    }
    for it in &document.appendices {
        appendix(it, &mut out);
    }
    for it in &document.unplaced {
        out.push(Leaf::new(Kind::Unplaced, "", &it.at, [it.text.as_str()]));
    }
    for it in &document.set_aside {
        let mut leaf = Leaf::new(Kind::SetAside, "", &it.at, [it.text.as_str()]);
        leaf.reason = Some(it.reason);
        out.push(leaf);
    }
    out
}

fn title<'a>(header: &'a Header, out: &mut Vec<Leaf<'a>>) {
    let parts = [&header.title, &header.subtitle].into_iter().filter_map(|part| part.as_deref());
    let leaf = Leaf::new(Kind::Title, "", &header.at, parts).matching(Matching::Words);
    // A title without a place is an appendix's too, which owns it.
    if !leaf.text.is_empty() && header.at.line > 0 {
        out.push(leaf);
    }
}

fn block(block: &Block) -> Leaf<'_> {
    let text = block.marker.as_deref().into_iter().chain([block.text.as_str()]);
    Leaf::new(Kind::Block, &block.id, &block.at, text)
}

fn sections<'a>(list: &'a [Section], out: &mut Vec<Leaf<'a>>) {
    for section in list {
        let text = std::iter::once(section.number.as_str()).chain(section.title.as_deref());
        let leaf = Leaf::new(Kind::Heading, &section.id, &section.at, text);
        out.push(leaf.matching(Matching::Numbered));
        out.extend(section.blocks.iter().map(block));
        sections(&section.sections, out);
    }
}

fn appendix<'a>(appendix: &'a Appendix, out: &mut Vec<Leaf<'a>>) {
    // A unit that a header or a note declares has its words there.
    let unit = appendix.unit.as_ref().filter(|unit| !unit.inferred && unit.evidence.is_none());
    let unit = unit.map(|unit| unit.raw.as_str());
    let parts = [appendix.label.as_deref(), appendix.title.as_deref(), unit].into_iter().flatten();
    let leaf = Leaf::new(Kind::Caption, &appendix.id, &appendix.at, parts).matching(Matching::Words);
    // Without a caption the place is where the table begins, whose cells own the text.
    if !leaf.text.is_empty() {
        out.push(leaf);
    }
    if let Some(issued) = &appendix.issued_with {
        let leaf = Leaf::new(Kind::IssuedWith, &appendix.id, &issued.at, [issued.raw.as_str()]);
        out.push(leaf.matching(Matching::Bracketed));
    }
    if let Some(table) = &appendix.table {
        table.header.iter().for_each(|row| cells(row, Kind::HeaderCell, out));
        table.rows.iter().for_each(|row| cells(row, Kind::Cell, out));
    }
    out.extend(appendix.notes.iter().map(block));
}

fn cells<'a>(row: &'a Row, kind: Kind, out: &mut Vec<Leaf<'a>>) {
    for (i, cell) in row.cells.iter().enumerate() {
        let own = matches!(cell.origin, Origin::Own | Origin::Continued);
        if let (Some(raw), true) = (&cell.raw, own) {
            let mut leaf = Leaf::new(kind, &row.id, &cell.at, [raw.as_str()]);
            leaf.cell = Some(i + 1);
            leaf.may_be_aside = matches!(row.role, RowRole::FormulaIndex | RowRole::Header);
            out.push(leaf);
        }
    }
}
