//! The part with the comments of a document.

use std::io;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::AUTHOR;
use super::super::package::{Package, attribute, written};

const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// The comments of a document.
#[derive(Debug)]
pub(super) struct Comments {
    /// Name of their part.
    part: String,
    /// The part as it was; nothing where the document had no comments.
    before: Option<String>,
    prefix: String,
    namespace: String,
    added: String,
    next: u32,
}

impl Comments {
    /// The comments that the document has.
    pub(super) fn of(package: &mut Package<'_>, prefix: &str, namespace: &str) -> io::Result<Self> {
        let main = package.main.clone();
        let own = package.relations(&main)?.into_iter().find(|it| it.is("comments"));
        let usual = match main.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/comments.xml"),
            None => "comments.xml".to_owned(),
        };
        let part = own.map_or(usual, |it| it.part);
        let before = package.text(&part)?;
        let mut comments = Self {
            part,
            prefix: prefix.to_owned(),
            namespace: namespace.to_owned(),
            added: String::new(),
            next: 0,
            before: None,
        };
        if let Some(before) = before {
            comments.take(before);
        }
        Ok(comments)
    }

    /// Goes on with the comments of a part, under its own prefix.
    fn take(&mut self, before: String) {
        let mut reader = Reader::from_str(&before);
        let mut prefix = None;
        while let Ok(event) = reader.read_event() {
            let element = match event {
                Event::Start(element) | Event::Empty(element) => element,
                Event::Eof => break,
                _ => continue,
            };
            let name = element.name();
            let (own, local) = name.as_ref().split_once(':').unwrap_or(("", name.as_ref()));
            prefix.get_or_insert_with(|| own.to_owned());
            if local == "comment" {
                let id = attribute(&element, "id").and_then(|id| id.parse::<u32>().ok());
                self.next = self.next.max(id.map_or(0, |id| id.saturating_add(1)));
            }
        }
        if let Some(prefix) = prefix.filter(|prefix| !prefix.is_empty()) {
            self.prefix = prefix;
            self.before = Some(before);
        }
    }

    /// Adds a comment of some paragraphs; gives its number.
    pub(super) fn add(&mut self, paragraphs: &[String]) -> u32 {
        let (w, id) = (self.prefix.clone(), self.next);
        self.next += 1;
        let open = format!("<{w}:comment {w}:id=\"{id}\" {w}:author=\"{AUTHOR}\" {w}:initials=\"{AUTHOR}\">");
        self.added.push_str(&open);
        for text in paragraphs {
            let text = written(text);
            self.added.push_str(&format!(
                "<{w}:p><{w}:r><{w}:t xml:space=\"preserve\">{text}</{w}:t></{w}:r></{w}:p>"
            ));
        }
        self.added.push_str(&format!("</{w}:comment>"));
        id
    }

    /// Puts the part into the package.
    pub(super) fn save(&self, package: &mut Package<'_>) -> io::Result<()> {
        if self.before.is_none() {
            let main = package.main.clone();
            package.relate(&main, "comments", &self.part)?;
            package.declare(&self.part, TYPE)?;
        }
        package.set(&self.part, self.written());
        Ok(())
    }

    /// The part.
    fn written(&self) -> String {
        let (w, namespace) = (&self.prefix, &self.namespace);
        let close = format!("</{w}:comments>");
        match self.before.as_deref().map(|before| (before, before.rfind(&close))) {
            Some((before, Some(end))) => {
                let (head, tail) = before.split_at_checked(end).unwrap_or((before, ""));
                format!("{head}{}{tail}", self.added)
            }
            // A part without comments may be one empty element.
            _ => format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
                 <{w}:comments xmlns:{w}=\"{namespace}\">{}{close}",
                self.added
            ),
        }
    }
}
