//! JSON of the model and of the report, and the model as one JSON object a line (NDJSON).
//!
//! The lines of NDJSON each carry `node`, the kind of what the line holds; what stands under another node
//! names it (`section`, `appendix`). The lines follow the document:
//!
//! | `node` | holds |
//! |---|---|
//! | `document` | `schema` and `source` |
//! | `header` | the header without its preamble |
//! | `block` | a block; `under` is "header", "closing", or the id of its section or appendix |
//! | `section` | a section without blocks and sections; `parent` is the id of the section above |
//! | `closing` | recipients and signature |
//! | `appendix` | an appendix without groups, items, totals, rows and notes |
//! | `group`, `item`, `total` | with the id of their `appendix` |
//! | `row` | a row of the printed table, with the id of its `appendix` |
//! | `unplaced`, `set_aside` | as in the JSON |

use std::io::{self, Write};

use serde::Serialize;

use crate::model::{
    Appendix, AppendixKind, Block, Column, DatedValue, Document, Header, IssuedWith, PrintedValue, Reference,
    Section, Signature, SourceInfo,
};
use crate::span::At;
use crate::value::{Period, Unit};

/// Writes a value as JSON on several indented lines, or on one line, with a line break at the end.
///
/// # Errors
/// What the writer gives.
pub fn write(value: &impl Serialize, compact: bool, mut out: impl Write) -> io::Result<()> {
    if compact {
        serde_json::to_writer(&mut out, value)?;
    } else {
        serde_json::to_writer_pretty(&mut out, value)?;
    }
    out.write_all(b"\n")
}

/// Writes a model as NDJSON.
///
/// # Errors
/// What the writer gives.
pub fn write_lines(document: &Document, out: impl Write) -> io::Result<()> {
    let mut lines = Lines { out };
    lines.line(&Node::Document { schema: &document.schema, source: &document.source })?;
    lines.line(&Node::header(&document.header))?;
    lines.blocks("header", &document.header.preamble)?;
    lines.sections(None, &document.sections)?;
    if let Some(closing) = &document.closing {
        lines.blocks("closing", &closing.paragraphs)?;
        lines.line(&Node::Closing {
            recipients: &closing.recipients,
            recipients_at: &closing.recipients_at,
            signature: closing.signature.as_ref(),
        })?;
    }
    for appendix in &document.appendices {
        lines.appendix(appendix)?;
    }
    for unplaced in &document.unplaced {
        lines.line(&Tagged { node: "unplaced", rest: unplaced })?;
    }
    for set_aside in &document.set_aside {
        lines.line(&Tagged { node: "set_aside", rest: set_aside })?;
    }
    Ok(())
}

struct Lines<W> {
    out: W,
}

/// A node whose own fields stand beside the tag.
#[derive(Serialize)]
struct Tagged<'a, T> {
    node: &'static str,
    #[serde(flatten)]
    rest: &'a T,
}

/// A block and what it stands under.
#[derive(Serialize)]
struct BlockLine<'a> {
    node: &'static str,
    under: &'a str,
    #[serde(flatten)]
    block: &'a Block,
}

/// A part of an appendix.
#[derive(Serialize)]
struct PartLine<'a, T> {
    node: &'static str,
    appendix: &'a str,
    #[serde(flatten)]
    part: &'a T,
}

/// A node without the nodes that have lines of their own.
#[derive(Serialize)]
#[serde(tag = "node", rename_all = "snake_case")]
enum Node<'a> {
    Document {
        schema: &'a str,
        source: &'a SourceInfo,
    },
    Header {
        kind: &'a Option<String>,
        title: &'a Option<String>,
        subtitle: &'a Option<String>,
        issuer: &'a Option<String>,
        parent_issuer: &'a Option<String>,
        locality: &'a Option<String>,
        place: &'a Option<String>,
        number: &'a Option<PrintedValue>,
        date: &'a Option<DatedValue>,
        term: &'a Option<Period>,
        basis: &'a [Reference],
        at: &'a At,
    },
    Section {
        id: &'a str,
        parent: Option<&'a str>,
        number: &'a str,
        title: &'a Option<String>,
        at: &'a At,
    },
    Closing {
        recipients: &'a [String],
        recipients_at: &'a [At],
        signature: Option<&'a Signature>,
    },
    Appendix {
        id: &'a str,
        label: &'a Option<String>,
        kind: AppendixKind,
        title: &'a Option<String>,
        issued_with: &'a Option<IssuedWith>,
        unit: &'a Option<Unit>,
        columns: &'a [Column],
        at: &'a At,
    },
}

impl<'a> Node<'a> {
    fn header(header: &'a Header) -> Self {
        Self::Header {
            kind: &header.kind,
            title: &header.title,
            subtitle: &header.subtitle,
            issuer: &header.issuer,
            parent_issuer: &header.parent_issuer,
            locality: &header.locality,
            place: &header.place,
            number: &header.number,
            date: &header.date,
            term: &header.term,
            basis: &header.basis,
            at: &header.at,
        }
    }
}

impl<W: Write> Lines<W> {
    fn line(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, value)?;
        self.out.write_all(b"\n")
    }

    fn blocks(&mut self, under: &str, blocks: &[Block]) -> io::Result<()> {
        blocks.iter().try_for_each(|block| self.line(&BlockLine { node: "block", under, block }))
    }

    fn sections(&mut self, parent: Option<&str>, sections: &[Section]) -> io::Result<()> {
        for section in sections {
            let Section { id, number, title, at, .. } = section;
            self.line(&Node::Section { id, parent, number, title, at })?;
            self.blocks(id, &section.blocks)?;
            self.sections(Some(id), &section.sections)?;
        }
        Ok(())
    }

    fn appendix(&mut self, appendix: &Appendix) -> io::Result<()> {
        let Appendix { id, label, kind, title, issued_with, unit, columns, at, .. } = appendix;
        self.line(&Node::Appendix { id, label, kind: *kind, title, issued_with, unit, columns, at })?;
        self.parts("group", id, &appendix.groups)?;
        self.parts("item", id, &appendix.items)?;
        self.parts("total", id, &appendix.totals)?;
        if let Some(table) = &appendix.table {
            self.parts("row", id, &table.header)?;
            self.parts("row", id, &table.rows)?;
        }
        self.blocks(id, &appendix.notes)
    }

    fn parts<T: Serialize>(&mut self, node: &'static str, appendix: &str, parts: &[T]) -> io::Result<()> {
        parts.iter().try_for_each(|part| self.line(&PartLine { node, appendix, part }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::panic,
        reason = "a test stops where its premise fails"
    )]

    use super::*;
    use crate::model::{Closing, Item, Row, Table, Target};

    #[test]
    fn every_kind_of_node_has_its_line() {
        let section = Section {
            id: "I".to_owned(),
            blocks: vec![Block { text: "một".to_owned(), ..Block::default() }],
            sections: vec![Section { id: "I.1".to_owned(), ..Section::default() }],
            ..Section::default()
        };
        let appendix = Appendix {
            id: "1".to_owned(),
            items: vec![Item::Target(Box::new(Target { id: "1/1".to_owned(), ..Target::default() }))],
            table: Some(Table { header: vec![Row::default()], rows: vec![Row::default()] }),
            ..Appendix::default()
        };
        let document = Document {
            sections: vec![section],
            appendices: vec![appendix],
            closing: Some(Closing::default()),
            ..Document::default()
        };
        let mut out = Vec::new();
        write_lines(&document, &mut out).unwrap();
        let lines: Vec<serde_json::Value> =
            String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let nodes: Vec<_> = lines.iter().map(|line| line["node"].as_str().unwrap()).collect();
        assert_eq!(
            nodes,
            [
                "document", "header", "section", "block", "section", "closing", "appendix", "item", "row",
                "row"
            ]
        );
        assert_eq!(lines[3]["under"], "I");
        assert_eq!(lines[4]["parent"], "I");
        assert_eq!((&lines[7]["type"], &lines[7]["appendix"]), (&"target".into(), &"1".into()));
    }
}
