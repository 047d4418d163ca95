//! The parts of an office package: which is the main one, which belong to it, and the package written anew with what is
//! not changed copied as it is packed (ISO/IEC 29500-2).

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::source::{related_part, relations_part};

/// Most bytes of a part that is changed.
const PART: u64 = 512 << 20;

/// The end of the type of the relationship to the main part.
const MAIN: &str = "/officeDocument";

const TYPES: &str = "[Content_Types].xml";

/// A package that is copied, with what is changed.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Name of the main part.
    pub(super) main: String,
    /// What types of relationships begin with, which strict documents have another of.
    relations: String,
    changed: BTreeMap<String, String>,
}

/// A relationship of a part.
pub(super) struct Relation {
    pub(super) id: String,
    kind: String,
    /// The name of the part that is meant.
    pub(super) part: String,
}

impl Relation {
    /// Whether it is of a kind, given by the last word of its type: "comments".
    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind.strip_suffix(kind).is_some_and(|start| start.ends_with('/'))
    }
}

impl<'a> Package<'a> {
    /// Opens a package, whose main part is usually of a name.
    pub(super) fn open(bytes: &'a [u8], usual: &str) -> io::Result<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(io::Error::other)?;
        let mut package = Self {
            archive,
            main: usual.to_owned(),
            relations: "http://schemas.openxmlformats.org/officeDocument/2006/relationships".to_owned(),
            changed: BTreeMap::new(),
        };
        let main = package.relations("")?.into_iter().find(|it| it.kind.ends_with(MAIN));
        if let Some(main) = main {
            package.relations = main.kind.trim_end_matches(MAIN).to_owned();
            package.main = main.part;
        }
        Ok(package)
    }

    /// A part as text, as it is by now; nothing where it is not there or not UTF-8.
    pub(super) fn text(&mut self, name: &str) -> io::Result<Option<String>> {
        if let Some(text) = self.changed.get(name) {
            return Ok(Some(text.clone()));
        }
        let Ok(part) = self.archive.by_name(name) else { return Ok(None) };
        let mut bytes = Vec::new();
        part.take(PART).read_to_end(&mut bytes)?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
        Ok(String::from_utf8(bytes).ok())
    }

    /// Whether there is a part, whatever its bytes are.
    pub(super) fn has(&self, name: &str) -> bool {
        self.changed.contains_key(name) || self.archive.index_for_name(name).is_some()
    }

    /// Gives a part another text.
    pub(super) fn set(&mut self, name: &str, text: String) {
        self.changed.insert(name.to_owned(), text);
    }

    /// The relationships of a part; "" is the package.
    pub(super) fn relations(&mut self, part: &str) -> io::Result<Vec<Relation>> {
        let text = self.text(&relations_part(part))?.unwrap_or_default();
        let mut reader = Reader::from_str(&text);
        let mut out = Vec::new();
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(element) | Event::Empty(element) => {
                    let get = |name| attribute(&element, name);
                    if let (Some(id), Some(kind), Some(target)) = (get("Id"), get("Type"), get("Target")) {
                        out.push(Relation { id, kind, part: related_part(part, &target) });
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(out)
    }

    /// Relates a part to another one by a kind of relationship; gives the relationship's number.
    pub(super) fn relate(&mut self, part: &str, kind: &str, target: &str) -> io::Result<String> {
        let close = "</Relationships>";
        let empty = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
        let rels = relations_part(part);
        let has_some = !self.relations(part)?.is_empty();
        let text = match self.text(&rels)? {
            Some(text) if text.contains(close) => text,
            // It is written in a way in which nothing can be added to it.
            _ if has_some => return Err(io::Error::other("unusual relationships")),
            _ => empty.to_owned(),
        };
        let mut id = "rIdCthd".to_owned();
        while text.contains(&format!("\"{id}\"")) {
            id.push('0');
        }
        let kinds = &self.relations;
        let one =
            format!("<Relationship Id=\"{id}\" Type=\"{kinds}/{kind}\" Target=\"/{}\"/>", escape(target));
        self.changed.insert(rels, text.replacen(close, &format!("{one}{close}"), 1));
        Ok(id)
    }

    /// What types of relationships begin with, which is the namespace of their numbers too.
    pub(super) fn kinds(&self) -> &str {
        &self.relations
    }

    /// Says in the list of types what a part is.
    pub(super) fn declare(&mut self, part: &str, content: &str) -> io::Result<()> {
        let part = escape(part);
        self.declared(&format!("<Override PartName=\"/{part}\" ContentType=\"{content}\"/>"))
    }

    /// Says in the list of types what parts with an extension are, where it says nothing.
    pub(super) fn declare_all(&mut self, extension: &str, content: &str) -> io::Result<()> {
        let types = self.text(TYPES)?.unwrap_or_default().to_ascii_lowercase();
        if types.contains(&format!("extension=\"{extension}\"")) {
            return Ok(());
        }
        self.declared(&format!("<Default Extension=\"{extension}\" ContentType=\"{content}\"/>"))
    }

    fn declared(&mut self, one: &str) -> io::Result<()> {
        let types = self.text(TYPES)?.unwrap_or_default();
        // Types of extensions go first in many files, and may stand anywhere.
        let close = "</Types>";
        if !types.contains(close) {
            return Err(io::Error::other("an unusual list of types"));
        }
        self.set(TYPES, types.replacen(close, &format!("{one}{close}"), 1));
        Ok(())
    }

    /// Whether the main part may hold macros, by which programs tell files apart that have one format.
    pub(super) fn has_macros(&mut self) -> io::Result<bool> {
        Ok(self.text(TYPES)?.is_some_and(|types| types.contains(".macroEnabled.")))
    }

    /// The package with what was changed.
    pub(super) fn finish(mut self) -> io::Result<Vec<u8>> {
        let mut changed = self.changed;
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
}

/// The value of an element's attribute, told by its local name.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element.attributes().with_checks(false).flatten().find_map(|attribute| {
        let value = || {
            unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), |text| text.into_owned())
        };
        (local(attribute.key.as_ref()) == name).then(value)
    })
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A text as it stands in XML: escaped, without characters that XML has none of.
pub(super) fn written(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    escape(text.as_str()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_are_known_by_the_last_word_of_their_type() {
        let relation =
            |kind: &str| Relation { id: String::new(), kind: kind.to_owned(), part: String::new() };
        assert!(relation("http://purl.oclc.org/ooxml/officeDocument/relationships/comments").is("comments"));
        assert!(
            !relation("http://schemas.microsoft.com/office/2017/10/relationships/threadedComment")
                .is("comment")
        );
    }
}
