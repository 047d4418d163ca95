//! A ZIP archive of parts, as Office Open XML and OpenDocument files are, read within bounds.
//!
//! Sizes that the archive states mean nothing; what comes out is counted while it comes. XML parts are read as a
//! stream of events, entities are not expanded.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::{Bound, ReadError};

/// Most parts of a package.
pub const MAX_ENTRIES: usize = 20_000;
/// Most bytes that the parts which are read unpack to, together.
pub const MAX_UNPACKED: u64 = 512 << 20;
/// Most bytes that a part gives for one packed byte, once it gives more than [`RATIO_FROM`]. Sheets of equal rows
/// reach about 100, made-up bombs 1,000.
pub const MAX_RATIO: u64 = 200;
/// A part that unpacks to less than this may have any ratio.
pub const RATIO_FROM: u64 = 4 << 20;
/// Most bytes of one piece of XML: a text, a tag, a comment.
pub const MAX_TOKEN: usize = 2 << 20;
/// Deepest nesting of XML elements.
pub const MAX_NESTING: usize = 256;

/// A package whose parts are read by their names.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    format: &'static str,
    unpacked: u64,
}

/// A part's XML as events.
pub(super) struct Xml<'p, 'a> {
    reader: Reader<Pieces<BufReader<Bounded<'p, 'a>>>>,
    buffer: Vec<u8>,
    depth: usize,
    format: &'static str,
}

impl<'a> Package<'a> {
    /// Opens an archive. `format` is what errors call it.
    ///
    /// # Errors
    /// An archive without a directory, or with too many parts.
    pub fn open(bytes: &'a [u8], format: &'static str) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| zip_error(error, format))?;
        if archive.len() > MAX_ENTRIES {
            return Err(ReadError::Limit { bound: Bound::Entries, limit: MAX_ENTRIES as u64 });
        }
        Ok(Self { archive, format, unpacked: 0 })
    }

    /// The XML of a part; `None` where there is no such part. Names differ in case between producers.
    ///
    /// # Errors
    /// A part that is encrypted or packed in an unknown way.
    pub fn xml(&mut self, name: &str) -> Result<Option<Xml<'_, 'a>>, ReadError> {
        let format = self.format;
        let Some(part) = self.part(name)? else { return Ok(None) };
        let mut reader = Reader::from_reader(Pieces { inner: BufReader::new(part), count: 0 });
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        Ok(Some(Xml { reader, buffer: Vec::new(), depth: 0, format }))
    }

    /// All bytes of a part, to be read bit by bit; `None` where there is no such part.
    ///
    /// # Errors
    /// As [`Package::xml`].
    pub fn bytes(&mut self, name: &str) -> Result<Option<BufReader<Bounded<'_, 'a>>>, ReadError> {
        Ok(self.part(name)?.map(BufReader::new))
    }

    fn part(&mut self, name: &str) -> Result<Option<Bounded<'_, 'a>>, ReadError> {
        let name = name.trim_start_matches('/');
        let same = |other: &[u8]| {
            other.len() == name.len()
                && other
                    .iter()
                    .zip(name.bytes())
                    .all(|(a, b)| a.eq_ignore_ascii_case(&b) || *a == b'\\' && b == b'/')
        };
        let Some(index) = self.archive.file_names_raw().position(same) else { return Ok(None) };
        let format = self.format;
        let entry = self.archive.by_index(index).map_err(|error| zip_error(error, format))?;
        Ok(Some(Bounded { packed: entry.compressed_size().max(1), entry, given: 0, all: &mut self.unpacked }))
    }

    /// What an error of reading a part's bytes means.
    pub fn error(error: &io::Error, format: &'static str) -> ReadError {
        io_error(error, format)
    }
}

impl Xml<'_, '_> {
    /// The next event. White space is kept.
    ///
    /// # Errors
    /// XML that is not well-formed, and bounds that are met.
    pub fn next(&mut self) -> Result<Event<'_>, ReadError> {
        self.buffer.clear();
        self.reader.get_mut().count = 0;
        let format = self.format;
        let event = self.reader.read_event_into(&mut self.buffer).map_err(|error| match error {
            quick_xml::Error::Io(error) => io_error(&error, format),
            other => ReadError::Damaged { format, reason: other.to_string() },
        })?;
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > MAX_NESTING {
            return Err(ReadError::Limit { bound: Bound::Nesting, limit: MAX_NESTING as u64 });
        }
        Ok(event)
    }
}

/// The value of an element's attribute, told by its local name.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element.attributes().with_checks(false).flatten().find_map(|attribute| {
        if attribute.key.local_name().as_ref() != name {
            return None;
        }
        let raw = attribute.value.clone();
        Some(quick_xml::escape::unescape(&raw).map_or_else(|_| raw.to_string(), |text| text.into_owned()))
    })
}

/// Adds the characters that a text event, a CDATA section or a reference stands for. An entity other than the five
/// of XML and character numbers stands for itself.
pub(super) fn push_text(event: &Event<'_>, out: &mut String) {
    match event {
        Event::Text(text) => out.push_str(&text.xml10_content()),
        Event::CData(text) => out.push_str(&text.xml10_content()),
        Event::GeneralRef(entity) => match entity.resolve_char_ref() {
            Ok(Some(c)) => out.push(c),
            _ => {
                let name = entity.xml10_content();
                match quick_xml::escape::resolve_predefined_entity(&name) {
                    Some(text) => out.push_str(text),
                    None => {
                        out.push('&');
                        out.push_str(&name);
                        out.push(';');
                    }
                }
            }
        },
        _ => {}
    }
}

/// The bytes of a part, counted.
pub(super) struct Bounded<'p, 'a> {
    entry: ZipFile<'p, Cursor<&'a [u8]>>,
    packed: u64,
    given: u64,
    all: &'p mut u64,
}

impl Read for Bounded<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.entry.read(out)?;
        self.given += count as u64;
        *self.all += count as u64;
        if *self.all > MAX_UNPACKED {
            return Err(Met::error(Bound::Unpacked, MAX_UNPACKED));
        }
        if self.given > RATIO_FROM && self.given / self.packed > MAX_RATIO {
            return Err(Met::error(Bound::Ratio, MAX_RATIO));
        }
        Ok(count)
    }
}

/// Bytes of XML, of which one piece is not too long.
struct Pieces<R> {
    inner: R,
    count: usize,
}

impl<R: BufRead> Read for Pieces<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.inner.read(out)
    }
}

impl<R: BufRead> BufRead for Pieces<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.count > MAX_TOKEN {
            return Err(Met::error(Bound::Text, MAX_TOKEN as u64));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.count += count;
        self.inner.consume(count);
    }
}

/// A bound that was met while reading.
#[derive(Debug)]
struct Met {
    bound: Bound,
    limit: u64,
}

impl Met {
    fn error(bound: Bound, limit: u64) -> io::Error {
        io::Error::other(Self { bound, limit })
    }
}

impl std::fmt::Display for Met {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "more than {} {}", self.limit, self.bound)
    }
}

impl std::error::Error for Met {}

fn io_error(error: &io::Error, format: &'static str) -> ReadError {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Met>()) {
        Some(met) => ReadError::Limit { bound: met.bound, limit: met.limit },
        None => ReadError::Damaged { format, reason: error.to_string() },
    }
}

fn zip_error(error: ZipError, format: &'static str) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError::Encrypted { format }
        }
        ZipError::Io(error) => io_error(&error, format),
        other => ReadError::Damaged { format, reason: other.to_string() },
    }
}
