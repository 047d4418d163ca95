//! The parts of a package: which is the main one, which has the comments, and the package written anew with what is not
//! changed copied as it is packed (ISO/IEC 29500-2).

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Most bytes of a part that is changed.
const PART: u64 = 512 << 20;

/// The end of the type of the relationship to the main part.
const MAIN: &str = "/officeDocument";

const TYPES: &str = "[Content_Types].xml";

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// A package that is copied.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Name of the main part.
    main: String,
    /// What types of relationships begin with, which strict documents have another of.
    relations: String,
}

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

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> io::Result<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(io::Error::other)?;
        let mut package = Self {
            archive,
            main: "word/document.xml".to_owned(),
            relations: "http://schemas.openxmlformats.org/officeDocument/2006/relationships".to_owned(),
        };
        let top = package.text("_rels/.rels")?.unwrap_or_default();
        let main = relations(&top).into_iter().find(|it| it.kind.ends_with(MAIN));
        if let Some(main) = main {
            package.relations = main.kind.trim_end_matches(MAIN).to_owned();
            package.main = main.target.trim_start_matches('/').to_owned();
        }
        Ok(package)
    }

    /// The main part; nothing where it is not UTF-8.
    pub(super) fn main(&mut self) -> io::Result<Option<String>> {
        let main = self.main.clone();
        self.text(&main)
    }

    /// The comments that the document has.
    pub(super) fn comments(&mut self, prefix: &str, namespace: &str) -> io::Result<Comments> {
        let rels = self.text(&self.rels())?.unwrap_or_default();
        let (folder, _) = self.main.rsplit_once('/').unwrap_or(("", ""));
        let own = relations(&rels).into_iter().find(|it| it.kind.ends_with("/comments"));
        let usual =
            if folder.is_empty() { "comments.xml".to_owned() } else { format!("{folder}/comments.xml") };
        let part = own.map_or(usual, |it| match it.target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None if folder.is_empty() => it.target,
            None => format!("{folder}/{}", it.target),
        });
        let before = self.text(&part)?;
        let mut comments = Comments {
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

    /// The package with another main part and with the comments.
    pub(super) fn finish(mut self, main: &str, comments: &Comments) -> io::Result<Vec<u8>> {
        let mut changed: BTreeMap<String, String> = BTreeMap::new();
        if comments.before.is_none() {
            let rels = self.rels();
            let text = self.text(&rels)?;
            changed.insert(rels, related(text.as_deref(), &self.relations, &comments.part));
            let types = self.text(TYPES)?.unwrap_or_default();
            changed.insert(TYPES.to_owned(), typed(&types, &comments.part));
        }
        changed.insert(self.main.clone(), main.to_owned());
        changed.insert(comments.part.clone(), comments.written());
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(index).map_err(io::Error::other)?;
            let name = entry.name().map_err(io::Error::other)?.into_owned();
            match changed.remove(&name) {
                Some(text) => {
                    let options = SimpleFileOptions::default()
                        .last_modified_time(entry.last_modified().unwrap_or_default());
                    out.start_file(name, options).map_err(io::Error::other)?;
                    out.write_all(text.as_bytes())?;
                }
                None => out.raw_copy_file(entry).map_err(io::Error::other)?,
            }
        }
        for (name, text) in changed {
            let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
            out.start_file(name, options).map_err(io::Error::other)?;
            out.write_all(text.as_bytes())?;
        }
        Ok(out.finish().map_err(io::Error::other)?.into_inner())
    }

    /// The name of the part with the relationships of the main part.
    fn rels(&self) -> String {
        match self.main.rsplit_once('/') {
            Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
            None => format!("_rels/{}.rels", self.main),
        }
    }

    /// A part as text; nothing where it is not there or not UTF-8.
    fn text(&mut self, name: &str) -> io::Result<Option<String>> {
        let Ok(part) = self.archive.by_name(name) else { return Ok(None) };
        let mut bytes = Vec::new();
        part.take(PART).read_to_end(&mut bytes)?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
        Ok(String::from_utf8(bytes).ok())
    }
}

impl Comments {
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
        let open = format!("<{w}:comment {w}:id=\"{id}\" {w}:author=\"cthd\" {w}:initials=\"cthd\">");
        self.added.push_str(&open);
        for text in paragraphs {
            let text: String = text.chars().filter(|c| !c.is_control()).collect();
            let text = escape(text.as_str());
            self.added.push_str(&format!(
                "<{w}:p><{w}:r><{w}:t xml:space=\"preserve\">{text}</{w}:t></{w}:r></{w}:p>"
            ));
        }
        self.added.push_str(&format!("</{w}:comment>"));
        id
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

/// A relationship of a part.
struct Relation {
    kind: String,
    target: String,
}

fn relations(text: &str) -> Vec<Relation> {
    let mut reader = Reader::from_str(text);
    let mut out = Vec::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) => {
                if let (Some(kind), Some(target)) =
                    (attribute(&element, "Type"), attribute(&element, "Target"))
                {
                    out.push(Relation { kind, target });
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    out
}

/// The relationships with one to the comments.
fn related(text: Option<&str>, kinds: &str, part: &str) -> String {
    let close = "</Relationships>";
    let empty = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
    let text = text.filter(|text| text.contains(close)).unwrap_or(empty);
    let mut id = "rIdCthd".to_owned();
    while text.contains(&format!("\"{id}\"")) {
        id.push('0');
    }
    let one = format!("<Relationship Id=\"{id}\" Type=\"{kinds}/comments\" Target=\"/{}\"/>", escape(part));
    text.replacen(close, &format!("{one}{close}"), 1)
}

/// The list of types with that of the comments.
fn typed(text: &str, part: &str) -> String {
    let close = "</Types>";
    let one = format!("<Override PartName=\"/{}\" ContentType=\"{COMMENTS_TYPE}\"/>", escape(part));
    text.replacen(close, &format!("{one}{close}"), 1)
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element.attributes().with_checks(false).flatten().find_map(|attribute| {
        let key = attribute.key.as_ref();
        let local = key.rsplit_once(':').map_or(key, |(_, local)| local);
        (local == name).then(|| attribute.value.to_string())
    })
}
