//! Builds small Word files: a body and, where wanted, other parts.

use std::io::{Cursor, Write};

use cthd::pipeline;
use cthd::source::{Block, Source};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::common;

const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                     xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
                     xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A file in the making.
#[derive(Default)]
pub struct Word {
    body: String,
    parts: Vec<(&'static str, String)>,
}

impl Word {
    pub fn new(body: impl Into<String>) -> Self {
        Self { body: body.into(), parts: Vec::new() }
    }

    /// Adds a part of a kind ("numbering", "footnotes"), whose root element has the kind's usual name.
    pub fn part(mut self, kind: &'static str, root: &str, content: &str) -> Self {
        self.parts.push((kind, format!("<w:{root} {NAMES}>{content}</w:{root}>")));
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut relations = String::new();
        let mut files = Vec::new();
        for (index, (kind, text)) in self.parts.iter().enumerate() {
            let type_name = kind.trim_end_matches(|c: char| c.is_ascii_digit());
            relations.push_str(&format!(
                "<Relationship Id=\"r{index}\" Type=\"{TYPES}/{type_name}\" Target=\"{kind}.xml\"/>"
            ));
            files.push((format!("word/{kind}.xml"), text.clone()));
        }
        let main = format!("<w:document {NAMES}><w:body>{}</w:body></w:document>", self.body);
        files.push(("word/document.xml".to_owned(), main));
        files.push(("word/_rels/document.xml.rels".to_owned(), relations_of(&relations)));
        files.push(("_rels/.rels".to_owned(), relations_of(&top("word/document.xml"))));
        zipped(&files)
    }

    pub fn source(&self) -> Source {
        pipeline::read("a.docx", &self.bytes(), common::grammar()).expect("the file is a document")
    }

    /// The blocks: `P[…]`, `p[…]` without a gap before, `T[row/row]` with cells as `text` or, where merged,
    /// `text{columns,rows}`, `B` for a page break.
    pub fn blocks(&self) -> String {
        blocks(&self.source())
    }

    /// What is set aside, with its reason.
    pub fn aside(&self) -> Vec<String> {
        let source = self.source();
        source.apart.iter().map(|(reason, span)| format!("{reason:?}: {}", source.slice(*span))).collect()
    }

    /// What the reader notes.
    pub fn notices(&self) -> Vec<String> {
        self.source().notices.iter().map(|it| format!("{:?} {}", it.kind, it.detail)).collect()
    }
}

pub fn blocks(source: &Source) -> String {
    let cell = |cell: &cthd::source::Cell| {
        let text = source.slice(cell.span);
        match (cell.columns, cell.rows) {
            (1, 1) => text.to_owned(),
            (columns, rows) => format!("{text}{{{columns},{rows}}}"),
        }
    };
    let row = |row: &cthd::source::Row| source.row_cells(row).iter().map(cell).collect::<Vec<_>>().join("|");
    let block = |block: &Block| match block {
        Block::Paragraph { span, gap_before, .. } => {
            format!("{}[{}]", if *gap_before { "P" } else { "p" }, source.slice(*span))
        }
        Block::Table { rows } => {
            let rows = &source.rows[rows.start as usize..rows.end as usize];
            format!("T[{}]", rows.iter().map(row).collect::<Vec<_>>().join("/"))
        }
        Block::PageBreak { .. } => "B".to_owned(),
        Block::Sheet { .. } => "S".to_owned(),
    };
    source.blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

pub fn relations_of(content: &str) -> String {
    let name = "http://schemas.openxmlformats.org/package/2006/relationships";
    format!("<Relationships xmlns=\"{name}\">{content}</Relationships>")
}

pub fn top(target: &str) -> String {
    format!("<Relationship Id=\"r1\" Type=\"{TYPES}/officeDocument\" Target=\"{target}\"/>")
}

pub fn zipped(files: &[(String, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in files {
        writer.start_file(name.as_str(), options).expect("a part begins");
        writer.write_all(text.as_bytes()).expect("a part is written");
    }
    writer.finish().expect("the archive ends").into_inner()
}

/// A run.
pub fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A paragraph of a run.
pub fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

/// A paragraph with properties and content.
pub fn pp(properties: &str, content: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>")
}

/// A paragraph of a list.
pub fn item(list: u32, level: u32, text: &str) -> String {
    pp(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"), &r(text))
}

/// A cell of paragraphs with properties.
pub fn cell(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

/// A row of cells of one paragraph each.
pub fn row(texts: &[&str]) -> String {
    format!("<w:tr>{}</w:tr>", texts.iter().map(|text| cell("", &p(text))).collect::<String>())
}

/// A table with rules.
pub fn ruled(rows: &str) -> String {
    let borders = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(|side| format!("<w:{side} w:val=\"single\"/>"))
        .concat();
    format!("<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>{rows}</w:tbl>")
}

/// A table without rules.
pub fn bare(rows: &str) -> String {
    format!("<w:tbl><w:tblPr/>{rows}</w:tbl>")
}
