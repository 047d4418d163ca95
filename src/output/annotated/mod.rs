//! The user's own document with the findings in it: a Word document gets comments at the words, a workbook comments on its
//! cells, a PDF file marks with comments, and is else as it was; any other file becomes a page that shows its text as it
//! stands, with notes beside it.
//!
//! Comes in: the bytes of the file, its source, the report. Goes out: bytes of a file.

mod docx;
mod package;
mod page;
mod pdf;
mod xlsx;

use super::report::{Finding, Report};
use super::text::severity_name;
use super::{Catalogue, place};
use crate::finding::Text;
use crate::source::Source;

/// What is annotated.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The file.
    pub bytes: &'a [u8],
    /// Its password, where it has one.
    pub password: Option<&'a str>,
    /// Its text, with places.
    pub source: &'a Source,
    /// The report, in the language that the notes are to have.
    pub report: &'a Report,
}

/// What an annotated file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A Word document.
    Docx,
    /// A Word document with macros.
    Docm,
    /// A workbook.
    Xlsx,
    /// A workbook with macros.
    Xlsm,
    /// A PDF file.
    Pdf,
    /// A page of HTML.
    Html,
}

/// An annotated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotated {
    /// What it is.
    pub kind: Kind,
    /// The file.
    pub bytes: Vec<u8>,
    /// Why it is a page, where files of its format get comments.
    pub because: Option<Text>,
}

/// Who the comments are by.
const AUTHOR: &str = "cthd";

/// How files begin that hold a package with a password.
const SEALED: &[u8] = b"\xd0\xcf\x11\xe0";

impl Kind {
    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Docm => "application/vnd.ms-word.document.macroEnabled.12",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Xlsm => "application/vnd.ms-excel.sheet.macroEnabled.12",
            Self::Pdf => "application/pdf",
            Self::Html => "text/html; charset=utf-8",
        }
    }

    /// The extension of a file's name, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Docm => "docm",
            Self::Xlsx => "xlsx",
            Self::Xlsm => "xlsm",
            Self::Pdf => "pdf",
            Self::Html => "html",
        }
    }
}

/// Writes the annotated file.
#[must_use]
pub fn write(input: &Input<'_>, catalogue: &Catalogue) -> Annotated {
    let sealed = input.bytes.starts_with(SEALED);
    let own = match input.source.format {
        "docx" | "xlsx" if sealed => None,
        "docx" => docx::write(input, catalogue).ok().flatten(),
        "xlsx" => xlsx::write(input, catalogue).ok().flatten(),
        "pdf" => pdf::write(input, catalogue),
        _ => return page(input, None, catalogue),
    };
    let because = Text::new(if sealed { "annotated-sealed" } else { "annotated-unwritable" });
    let made = own.map(|(kind, bytes)| Annotated { kind, bytes, because: None });
    made.unwrap_or_else(|| page(input, Some(because), catalogue))
}

fn page(input: &Input<'_>, because: Option<Text>, catalogue: &Catalogue) -> Annotated {
    let bytes = page::write(input, because.as_ref(), catalogue).into_bytes();
    Annotated { kind: Kind::Html, bytes, because }
}

/// The name for an annotated file: that of the document, with a word before its extension.
#[must_use]
pub fn file_name(name: &str, kind: Kind, catalogue: &Catalogue) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem} ({}).{}", catalogue.label("annotated-word"), kind.extension())
}

/// The paragraphs of a note: what is wrong, why, what may have been meant.
fn note(finding: &Finding, catalogue: &Catalogue) -> Vec<String> {
    let severity = severity_name(finding.severity, catalogue);
    let mut out = vec![format!("{} ({severity}): {}", finding.code, finding.message)];
    out.extend(finding.evidence.clone());
    out.extend(
        finding
            .suggestion
            .as_ref()
            .map(|it| catalogue.render(&Text::new("annotated-suggestion").with("suggestion", it.as_str()))),
    );
    for related in &finding.related {
        let text = Text::new("annotated-related").with("place", place::words(&related.at, catalogue));
        out.push(catalogue.render(&text.with("label", related.label.as_str())));
    }
    out
}
