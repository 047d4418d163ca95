//! PDF files (ISO 32000): text and tables from what is drawn on the pages.
//!
//! Objects, filters, encryption and the maps of fonts are lopdf's. What is drawn where is read by the
//! interpreter in `content`; words, lines and tables come from where glyphs and rules stand, since the order of
//! drawing means nothing.

#![allow(clippy::float_arithmetic, reason = "points on a page; no amount is a float")]

mod beside;
mod broken;
mod content;
mod flow;
mod font;
mod geometry;
mod grid;
mod heads;
mod lines;
mod margins;
mod marks;
mod missing;
mod order;
mod page;
mod path;
mod picture;
mod resumed;
mod scanned;
mod unruled;
mod writer;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use super::{Bound, File, ReadError};
use crate::grammar::{Encodings, Grammar};
use crate::model::NoticeKind;
use crate::source::Source;
pub(in crate::read) use geometry::Area;
pub(in crate::read) use grid::grids;
pub(in crate::read) use marks::{Glyph, Marks, Skew};
pub(in crate::read) use page::{Seen, write as write_page};
pub(in crate::read) use path::Rule;

use content::{Fonts, Interpreter, MAX_CONTENT};
use geometry::Matrix;
use scanned::Pages;

/// Most pages of a file.
pub const MAX_PAGES: usize = 5_000;
/// Most bytes that an object stream may unpack to.
const MAX_OBJECTS: usize = 64 << 20;
/// Deepest nesting of the page tree.
const MAX_TREE: usize = 64;

pub(super) fn read(file: File<'_>, grammar: &Grammar) -> Result<Source, ReadError> {
    let document = load(file)?;
    let pages = pages(&document)?;
    let mut out = Pages::new(file, &document, pages.len(), grammar);
    let mut fonts = Fonts::default();
    let mut mute: Vec<String> = Vec::new();
    for id in &pages {
        let (marks, size) = page_marks(&document, *id, &grammar.encodings, &mut fonts)?;
        for font in &marks.mute {
            if !mute.contains(font) {
                mute.push(font.clone());
                out.draft.note(NoticeKind::NoLetters, font.clone(), false);
            }
        }
        out.add(marks, size)?;
    }
    out.finish()?.finish(file.facts("pdf", "", 0), grammar)
}

fn load(file: File<'_>) -> Result<Document, ReadError> {
    let options = LoadOptions {
        password: file.options.password.clone(),
        max_decompressed_size: Some(MAX_OBJECTS),
        ..LoadOptions::default()
    };
    let refused = match file.options.password {
        Some(_) => ReadError::WrongPassword { format: "PDF" },
        None => ReadError::Encrypted { format: "PDF" },
    };
    let document = Document::load_mem_with_options(file.bytes, options).map_err(|error| match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => refused.clone(),
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { limit }) => {
            ReadError::Limit { bound: Bound::Unpacked, limit: limit as u64 }
        }
        other => ReadError::Damaged { format: "PDF", reason: other.to_string() },
    })?;
    if document.is_encrypted() {
        return Err(refused);
    }
    Ok(document)
}

/// The pages in order. A tree with cycles ends where it comes back to itself.
fn pages(document: &Document) -> Result<Vec<ObjectId>, ReadError> {
    let pages: Vec<ObjectId> = document.page_iter().take(MAX_PAGES + 1).collect();
    if pages.len() > MAX_PAGES {
        return Err(ReadError::Limit { bound: Bound::Pages, limit: MAX_PAGES as u64 });
    }
    if pages.is_empty() {
        return Err(ReadError::Damaged { format: "PDF", reason: "no pages".to_owned() });
    }
    Ok(pages)
}

/// What is drawn on a page, and the page's width and height.
fn page_marks(
    document: &Document,
    id: ObjectId,
    encodings: &Encodings,
    fonts: &mut Fonts,
) -> Result<(Marks, (f64, f64)), ReadError> {
    let crop = inherited(document, id, b"CropBox").and_then(|object| numbers(document, object));
    let media = || inherited(document, id, b"MediaBox").and_then(|object| numbers(document, object));
    let [x, y, x2, y2] = crop.or_else(media).unwrap_or([0.0, 0.0, 595.0, 842.0]);
    let (left, right, low, high) = (x.min(x2), x.max(x2), y.min(y2), y.max(y2));
    let (width, height) = (right - left, high - low);
    let turn = inherited(document, id, b"Rotate").and_then(|object| object.as_i64().ok()).unwrap_or(0);
    // From the page's space, y upwards, to points from the upper left corner as it is shown.
    let (matrix, size) = match turn.rem_euclid(360) {
        90 => (Matrix::new([0.0, 1.0, 1.0, 0.0, -low, -left]), (height, width)),
        180 => (Matrix::new([-1.0, 0.0, 0.0, 1.0, right, -low]), (width, height)),
        270 => (Matrix::new([0.0, -1.0, -1.0, 0.0, high, right]), (height, width)),
        _ => (Matrix::new([1.0, 0.0, 0.0, -1.0, -left, high]), (width, height)),
    };
    let content = match document.get_page_content_with_limit(id, MAX_CONTENT) {
        Ok(content) => content,
        Err(lopdf::Error::Decompress(_)) => {
            return Err(ReadError::Limit { bound: Bound::Unpacked, limit: MAX_CONTENT as u64 });
        }
        Err(_) => Vec::new(),
    };
    let resources = resources(document, id);
    let mut interpreter = Interpreter::new(document, encodings, fonts, matrix);
    interpreter.run(&content, &resources, 0)?;
    Ok((interpreter.finish(), size))
}

fn resources(document: &Document, id: ObjectId) -> Vec<&Dictionary> {
    inherited(document, id, b"Resources").and_then(|object| object.as_dict().ok()).into_iter().collect()
}

/// An attribute of a page, its own or that of a node above it (ISO 32000-1, 7.7.3.4).
fn inherited<'a>(document: &'a Document, id: ObjectId, key: &[u8]) -> Option<&'a Object> {
    let mut node = document.get_dictionary(id).ok()?;
    for _ in 0..MAX_TREE {
        if let Ok(object) = node.get_deref(key, document) {
            return Some(object);
        }
        node = node.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}

fn numbers(document: &Document, object: &Object) -> Option<[f64; 4]> {
    let array = object.as_array().ok()?;
    let number = |object: &Object| font::number(document.dereference(object).ok()?.1);
    <[f64; 4]>::try_from(array.iter().filter_map(number).collect::<Vec<_>>()).ok()
}
