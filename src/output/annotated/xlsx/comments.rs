//! The part with the comments of a sheet (ECMA-376-1, 18.7). Those that it has stay; on a cell with one, what is said
//! goes on after it.

use std::collections::BTreeMap;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::AUTHOR;
use super::super::package::{attribute, local, written};
use super::edits::Edits;
use super::sheet::Layout;
use super::{Cell, Notes};
use crate::source::{cell_name, cell_position};

pub(super) const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";

/// How the author of a discussion is called, of which a comment is only the copy for older programs.
const THREAD: &str = "tc=";

/// The comments of a sheet.
#[derive(Debug, Default)]
pub(super) struct Comments {
    text: String,
    /// The prefix of its elements, with its colon.
    prefix: String,
    authors: Vec<String>,
    /// The end of the list of authors: where its end tag is, or the whole element where it is empty.
    after_authors: Option<Range<usize>>,
    /// The same of the list of comments.
    after_comments: Option<Range<usize>>,
    own: BTreeMap<Cell, One>,
}

/// A comment that there is.
#[derive(Debug, Default)]
struct One {
    author: usize,
    /// The end of its text, as of a list.
    after: Option<Range<usize>>,
}

impl Comments {
    /// Reads the part, where there is one; nothing where it is not well-formed.
    pub(super) fn of(text: Option<Option<String>>, layout: &Layout) -> Option<Self> {
        let (prefix, namespace) = (&layout.prefix, &layout.namespace);
        let declared = prefix.strip_suffix(':').map_or_else(String::new, |prefix| format!(":{prefix}"));
        let new = || {
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<{prefix}comments xmlns{declared}=\
                 \"{namespace}\"><{prefix}authors/><{prefix}commentList/></{prefix}comments>"
            )
        };
        let text = match text {
            Some(text) => text?,
            None => new(),
        };
        let mut out = Self { text: text.clone(), ..Self::default() };
        out.read(&text)?;
        (out.after_authors.is_some() && out.after_comments.is_some()).then_some(out)
    }

    fn read(&mut self, text: &str) -> Option<()> {
        let mut reader = Reader::from_str(text);
        let mut open: Option<Cell> = None;
        let mut in_author = false;
        loop {
            let start = usize::try_from(reader.buffer_position()).ok()?;
            let event = reader.read_event().ok()?;
            let end = usize::try_from(reader.buffer_position()).ok()?;
            match event {
                Event::Start(element) => {
                    let name = element.name().as_ref().to_owned();
                    match local(&name) {
                        "comments" => self.prefix = name.trim_end_matches("comments").to_owned(),
                        "author" => {
                            in_author = true;
                            self.authors.push(String::new());
                        }
                        "comment" => open = self.comment(&element),
                        _ => {}
                    }
                }
                Event::Empty(element) => match local(element.name().as_ref()) {
                    "authors" => self.after_authors = Some(start..end),
                    "commentList" => self.after_comments = Some(start..end),
                    "author" => self.authors.push(String::new()),
                    "text" => self.one(open)?.after = Some(start..end),
                    _ => {}
                },
                Event::End(element) => match local(element.name().as_ref()) {
                    "authors" => self.after_authors = Some(start..start),
                    "commentList" => self.after_comments = Some(start..start),
                    "author" => in_author = false,
                    "text" => self.one(open)?.after = Some(start..start),
                    "comment" => open = None,
                    _ => {}
                },
                Event::Text(words) if in_author => self.authors.last_mut()?.push_str(&words.xml10_content()),
                Event::Eof => return Some(()),
                _ => {}
            }
        }
    }

    fn comment(&mut self, element: &BytesStart<'_>) -> Option<Cell> {
        let cell = cell_position(&attribute(element, "ref")?)?;
        let author = attribute(element, "authorId").and_then(|id| id.parse().ok()).unwrap_or(usize::MAX);
        self.own.insert(cell, One { author, after: None });
        Some(cell)
    }

    fn one(&mut self, open: Option<Cell>) -> Option<&mut One> {
        self.own.get_mut(&open?)
    }

    /// Whether a cell has a comment.
    pub(super) fn has(&self, cell: Cell) -> bool {
        self.own.contains_key(&cell)
    }

    /// Whether a discussion stands on a cell.
    pub(super) fn is_thread(&self, cell: Cell) -> bool {
        let author = self.own.get(&cell).and_then(|one| self.authors.get(one.author));
        author.is_some_and(|author| author.starts_with(THREAD))
    }

    /// The cells with a comment of which the notes say nothing.
    pub(super) fn others<'n>(&'n self, notes: &'n Notes) -> impl Iterator<Item = Cell> + 'n {
        self.own.keys().copied().filter(|cell| !notes.contains_key(cell))
    }

    /// The part with the notes.
    pub(super) fn with(&self, notes: &Notes) -> String {
        let p = &self.prefix;
        let mut edits = Edits::default();
        let author = self.authors.iter().position(|author| author == AUTHOR);
        if author.is_none() {
            let one = format!("<{p}author>{AUTHOR}</{p}author>");
            self.put(&mut edits, self.after_authors.as_ref(), "authors", one);
        }
        let author = author.unwrap_or(self.authors.len());
        let mut new = String::new();
        for (cell, paragraphs) in notes {
            match self.own.get(cell) {
                Some(one) => {
                    let more = self.run(paragraphs, "\n\n");
                    self.put(&mut edits, one.after.as_ref(), "text", more);
                }
                None => {
                    let (name, run) = (cell_name(cell.0, cell.1), self.run(paragraphs, ""));
                    new.push_str(&format!(
                        "<{p}comment ref=\"{name}\" authorId=\"{author}\"><{p}text>{run}</{p}text></{p}comment>"
                    ));
                }
            }
        }
        self.put(&mut edits, self.after_comments.as_ref(), "commentList", new);
        edits.applied(&self.text)
    }

    /// Puts something at the end of an element.
    fn put(&self, edits: &mut Edits, end: Option<&Range<usize>>, name: &str, text: String) {
        let p = &self.prefix;
        match end {
            Some(end) if end.is_empty() => edits.insert(end.start, text),
            Some(empty) => edits.replace(empty.clone(), format!("<{p}{name}>{text}</{p}{name}>")),
            None => {}
        }
    }

    /// Paragraphs as a run of a comment's text.
    fn run(&self, paragraphs: &[String], before: &str) -> String {
        let p = &self.prefix;
        let text = paragraphs.iter().map(|it| written(it)).collect::<Vec<_>>().join("\n");
        format!(
            "<{p}r><{p}rPr><{p}sz val=\"9\"/><{p}color indexed=\"81\"/><{p}rFont val=\"Tahoma\"/><{p}family val=\"2\"/>\
             </{p}rPr><{p}t xml:space=\"preserve\">{before}{text}</{p}t></{p}r>"
        )
    }
}
