//! The user's own document with the findings in it: a Word document gets comments at the words, and is else as it was; any
//! other file becomes a page that shows its text as it stands, with notes beside it.
//!
//! Comes in: the bytes of the file, its source, the report. Goes out: bytes of a file.

mod docx;
mod page;

use std::io;

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
}

impl Kind {
    /// What is made of a file of a format, as `Source::format` names it.
    #[must_use]
    pub fn of(format: &str) -> Self {
        if format == "docx" { Self::Docx } else { Self::Html }
    }

    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Html => "text/html; charset=utf-8",
        }
    }

    /// The extension of a file's name, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Html => "html",
        }
    }
}

/// Writes the annotated file.
///
/// # Errors
/// A package that cannot be copied.
pub fn write(input: &Input<'_>, catalogue: &Catalogue) -> io::Result<Annotated> {
    if Kind::of(input.source.format) == Kind::Docx
        && let Some(bytes) = docx::write(input, catalogue)?
    {
        return Ok(Annotated { kind: Kind::Docx, bytes });
    }
    Ok(Annotated { kind: Kind::Html, bytes: page::write(input, catalogue).into_bytes() })
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
