//! Comments in a PDF file (ISO 32000-1, 12.5): the words of a finding are marked, and its note is the mark's content. What
//! is added is appended as an update (7.5.6), so that every byte of the file stays where a signature has signed it. A
//! file with a password keeps it.

#![allow(clippy::float_arithmetic, reason = "points on a page; no amount is a float")]

mod frame;
mod lines;
mod mark;

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Document, IncrementalDocument, LoadOptions, Object, ObjectId};

use super::{Input, Kind};
use crate::output::place;
use crate::output::{Catalogue, report::Finding};
use frame::Frame;
use mark::{Box4, Mark, Shape};

/// Most pages of a file.
const MAX_PAGES: usize = 5_000;
/// Most bytes that an object stream may unpack to.
const MAX_OBJECTS: usize = 64 << 20;

/// The file with a mark for each finding; nothing where it cannot be written.
pub(super) fn write(input: &Input<'_>, catalogue: &Catalogue) -> Option<(Kind, Vec<u8>)> {
    let options = LoadOptions {
        password: input.password.map(str::to_owned),
        max_decompressed_size: Some(MAX_OBJECTS),
        ..LoadOptions::default()
    };
    let document = Document::load_mem_with_options(input.bytes, options).ok()?;
    let mut added = Added::new(&document)?;
    // The gravest first: where several stand on the same words, these have its colour.
    let mut findings: Vec<(usize, &Finding)> = input.report.findings.iter().enumerate().collect();
    findings.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.severity));
    for (index, finding) in findings {
        added.finding(index, finding, input, catalogue)?;
    }
    let added = added.finish()?;
    saved(input.bytes, document, added).map(|bytes| (Kind::Pdf, bytes))
}

/// The objects that are new or changed.
struct Added<'a> {
    document: &'a Document,
    pages: Vec<ObjectId>,
    objects: BTreeMap<ObjectId, Object>,
    last: u32,
    /// The state under which marks are drawn, so that the words stay black.
    state: ObjectId,
    /// Words that have a colour, by their pages.
    coloured: BTreeSet<(u32, Box4)>,
    /// The marks of each page.
    marks: BTreeMap<ObjectId, Vec<Object>>,
}

impl<'a> Added<'a> {
    fn new(document: &'a Document) -> Option<Self> {
        let mut added = Self {
            document,
            pages: document.page_iter().take(MAX_PAGES).collect(),
            objects: BTreeMap::new(),
            last: document.max_id,
            state: (0, 0),
            coloured: BTreeSet::new(),
            marks: BTreeMap::new(),
        };
        added.state = added.add(mark::state())?;
        Some(added)
    }

    fn add(&mut self, object: Object) -> Option<ObjectId> {
        self.last = self.last.checked_add(1)?;
        self.objects.insert((self.last, 0), object);
        Some((self.last, 0))
    }

    /// Adds the marks of a finding, one on each page that its words stand on.
    fn finding(
        &mut self,
        index: usize,
        finding: &Finding,
        input: &Input<'_>,
        catalogue: &Catalogue,
    ) -> Option<()> {
        let mut paragraphs = super::note(finding, catalogue);
        let mut shapes: Vec<(u32, Shape)> = lines::lines(&finding.at, input.source).into_iter().collect();
        shapes.retain(|(page, _)| self.page(*page).is_some());
        if shapes.is_empty() {
            // What stands on no page is said at the start.
            paragraphs.insert(0, place::words(&finding.at, catalogue));
            shapes.push((1, Shape::Sign));
        }
        let content = paragraphs.join("\n");
        for (page, shape) in shapes {
            let page_id = self.page(page)?;
            let frame = Frame::of(self.document, page_id);
            let name = format!("cthd-{}-{page}", index + 1);
            let mark = Mark { finding, name: &name, content: &content, page: page_id, state: self.state };
            let (appearance, mut annotation) =
                mark.written(&shape, &frame, |words| self.coloured.insert((page, words)));
            let appearance = self.add(appearance)?;
            mark::shown_as(&mut annotation, appearance);
            let id = self.add(Object::Dictionary(annotation))?;
            self.marks.entry(page_id).or_default().push(Object::Reference(id));
        }
        Some(())
    }

    fn page(&self, number: u32) -> Option<ObjectId> {
        self.pages.get((number as usize).checked_sub(1)?).copied()
    }

    /// Puts the marks into the lists of their pages.
    fn finish(mut self) -> Option<BTreeMap<ObjectId, Object>> {
        for (page, marks) in std::mem::take(&mut self.marks) {
            let dictionary = self.document.get_dictionary(page).ok()?;
            let own = dictionary.get(b"Annots").ok().and_then(|it| self.document.dereference(it).ok());
            match own {
                // A list of its own, which pages may share.
                Some((Some(id), Object::Array(list))) => {
                    let list = self.objects.entry(id).or_insert_with(|| Object::Array(list.clone()));
                    list.as_array_mut().ok()?.extend(marks);
                }
                other => {
                    let mut list = match other {
                        Some((_, Object::Array(list))) => list.clone(),
                        _ => Vec::new(),
                    };
                    list.extend(marks);
                    let mut dictionary = dictionary.clone();
                    dictionary.set("Annots", list);
                    self.objects.insert(page, Object::Dictionary(dictionary));
                }
            }
        }
        Some(self.objects)
    }
}

/// The file with the objects.
fn saved(bytes: &[u8], mut document: Document, added: BTreeMap<ObjectId, Object>) -> Option<Vec<u8>> {
    let last = added.keys().map(|(number, _)| *number).max().unwrap_or(0).max(document.max_id);
    let mut out = Vec::with_capacity(bytes.len() + 1024 * added.len());
    // An update needs a table that it can go on from, at the place that the file states.
    let whole = bytes.starts_with(b"%PDF-") && document.xref_recovery.is_none() && document.xref_start > 0;
    if whole {
        let mut update = IncrementalDocument::create_from(bytes.to_vec(), document);
        // The stream of the table is written plain; what told how to unpack the one before is no more true.
        update.new_document.trailer.remove(b"DecodeParms");
        update.new_document.objects = added;
        update.new_document.max_id = last;
        update.save_to(&mut out).ok()?;
    } else if document.was_encrypted() {
        return None;
    } else {
        document.objects.extend(added);
        document.max_id = last;
        document.save_to(&mut out).ok()?;
    }
    Some(out)
}
