//! Comments in a Word document (ISO/IEC 29500-1, 17.13.4). The main part gets marks around the words, the comments stand
//! in a part of their own; every other part of the package is copied as it is packed.

mod comments;
mod edit;
mod words;

use std::io;

use super::package::Package;
use super::{Input, Kind};
use crate::output::Catalogue;
use crate::output::place;
use comments::Comments;
use edit::Edits;
use words::Main;

/// The part that comments stand in, as places name it.
const MAIN_PART: &str = "document";

/// The document with a comment for each finding; nothing where its main part is no XML in UTF-8, or has no paragraph.
pub(super) fn write(input: &Input<'_>, catalogue: &Catalogue) -> io::Result<Option<(Kind, Vec<u8>)>> {
    let mut package = Package::open(input.bytes, "word/document.xml")?;
    let part = package.main.clone();
    let Some(text) = package.text(&part)? else { return Ok(None) };
    let Some(main) = Main::read(&text) else { return Ok(None) };
    let mut comments = Comments::of(&mut package, &main.prefix, &main.namespace)?;
    let mut edits = Edits::default();
    for finding in &input.report.findings {
        let mut paragraphs = super::note(finding, catalogue);
        let here = finding.at.part.as_deref().is_none_or(|part| part == MAIN_PART);
        let found = if here { main.find(finding, input.source) } else { None };
        if found.is_none() {
            // Comments stand in the main part alone: this one says where it belongs.
            paragraphs.insert(0, place::words(&finding.at, catalogue));
        }
        let id = comments.add(&paragraphs);
        match found.or_else(|| main.first()) {
            Some(range) => edits.comment(&main, range, id),
            None => return Ok(None),
        }
    }
    comments.save(&mut package)?;
    package.set(&part, edits.applied(&text));
    let kind = if package.has_macros()? { Kind::Docm } else { Kind::Docx };
    package.finish().map(|bytes| Some((kind, bytes)))
}
