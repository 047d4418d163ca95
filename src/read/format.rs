//! The format of a file, told by its bytes; a file's name may lie.

use quick_xml::events::Event;

use super::package::{Package, attribute};
use super::{ReadError, html};

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text with tab-separated tables, also Markdown.
    Text,
    /// HTML: a page, or a fragment of one.
    Html,
    /// Office Open XML text (`.docx`), ISO/IEC 29500.
    Docx,
    /// Office Open XML workbook (`.xlsx`), ISO/IEC 29500.
    Xlsx,
    /// Binary Office Open XML workbook (`.xlsb`).
    Xlsb,
    /// Excel 97–2003 workbook (`.xls`).
    Xls,
    /// OpenDocument spreadsheet (`.ods`).
    Ods,
    /// Portable Document Format, ISO 32000.
    Pdf,
    /// A picture: PNG, JPEG or TIFF.
    Picture,
    /// A Word or Excel file that is encrypted as a whole.
    Protected,
    /// A format that LibreOffice reads first, by its usual name extension: `doc`, `rtf`, `odt`.
    Office(&'static str),
}

impl Format {
    /// The formats that can be named in a hint.
    pub const NAMES: [(&str, Self); 12] = [
        ("text", Self::Text),
        ("html", Self::Html),
        ("docx", Self::Docx),
        ("xlsx", Self::Xlsx),
        ("xlsb", Self::Xlsb),
        ("xls", Self::Xls),
        ("ods", Self::Ods),
        ("pdf", Self::Pdf),
        ("picture", Self::Picture),
        ("doc", Self::Office("doc")),
        ("rtf", Self::Office("rtf")),
        ("odt", Self::Office("odt")),
    ];

    /// The format that a name such as "docx" names.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, format)| *format)
    }

    /// Tells the format; `hint` is taken where the bytes have no mark of any.
    ///
    /// # Errors
    /// As [`Format::of`].
    pub fn of_hinted(bytes: &[u8], hint: Option<Self>) -> Result<Self, ReadError> {
        match (Self::of(bytes), hint) {
            (Ok(Self::Text) | Err(ReadError::Unsupported { .. }), Some(hint)) => Ok(hint),
            (told, _) => told,
        }
    }

    /// Tells the format.
    ///
    /// # Errors
    /// [`ReadError::Unsupported`] for formats that are known and hold no document.
    pub fn of(bytes: &[u8]) -> Result<Self, ReadError> {
        let begins = |magic: &[u8]| bytes.starts_with(magic);
        // A PDF may have other bytes before its header, within its first kilobyte (ISO 32000-1, annex H).
        let head = bytes.get(..1024).unwrap_or(bytes);
        if memchr::memmem::find(head, b"%PDF-").is_some() {
            return Ok(Self::Pdf);
        }
        if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") {
            return zipped(bytes);
        }
        if begins(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            return compound(bytes);
        }
        if begins(b"{\\rtf") {
            return Ok(Self::Office("rtf"));
        }
        let picture: [&[u8]; 4] = [b"\x89PNG\r\n", b"\xFF\xD8\xFF", b"II*\0", b"MM\0*"];
        if picture.iter().any(|magic| begins(magic)) {
            return Ok(Self::Picture);
        }
        for (magic, format) in [(&b"\x1F\x8B"[..], "gzip"), (b"\x7FELF", "program"), (b"MZ\x90", "program")] {
            if begins(magic) {
                return Err(ReadError::Unsupported { format });
            }
        }
        Ok(if html::is_html(bytes) { Self::Html } else { Self::Text })
    }
}

/// Formats that are ZIP archives, told by the names of their entries.
fn zipped(bytes: &[u8]) -> Result<Format, ReadError> {
    // Entry names stand plain in the local headers and again in the directory at the end.
    let has = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
    let mimetype = bytes.get(30..140).unwrap_or_default();
    let is_open = |name: &[u8]| memchr::memmem::find(mimetype, name).is_some();
    if is_open(b"application/vnd.oasis.opendocument.spreadsheet") {
        Ok(Format::Ods)
    } else if is_open(b"application/vnd.oasis.opendocument.text") {
        Ok(Format::Office("odt"))
    } else if let Some(format) = by_main_part(bytes) {
        Ok(format)
    } else if has(b"word/document.xml") || has(b"word/document2.xml") {
        Ok(Format::Docx)
    } else if has(b"xl/workbook.bin") {
        Ok(Format::Xlsb)
    } else if has(b"xl/workbook.xml") {
        Ok(Format::Xlsx)
    } else if has(b"word/") {
        Ok(Format::Docx)
    } else if has(b"xl/") {
        Ok(Format::Xlsx)
    } else {
        Err(ReadError::Unsupported { format: "ZIP" })
    }
}

/// The format of an Office Open XML package, by the type of its main part (ISO/IEC 29500-2, 10.1).
fn by_main_part(bytes: &[u8]) -> Option<Format> {
    let mut package = Package::open(bytes, "ZIP").ok()?;
    let mut xml = package.xml("[Content_Types].xml").ok()??;
    loop {
        let event = xml.next().ok()?;
        let (Event::Start(element) | Event::Empty(element)) = &event else {
            if matches!(event, Event::Eof) {
                return None;
            }
            continue;
        };
        let Some(kind) = attribute(element, "ContentType") else { continue };
        let Some((family, _)) = kind.split_once(".main").filter(|_| kind.ends_with("main+xml")) else {
            if kind.contains("ms-excel.sheet.binary") {
                return Some(Format::Xlsb);
            }
            continue;
        };
        if family.contains("wordprocessingml.") || family.contains("ms-word.") {
            return Some(Format::Docx);
        }
        if family.contains("spreadsheetml.") || family.contains("ms-excel.") {
            return Some(Format::Xlsx);
        }
    }
}

/// Formats that are compound files (MS-CFB), told by the names of their streams, which are UTF-16.
fn compound(bytes: &[u8]) -> Result<Format, ReadError> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        Ok(Format::Protected)
    } else if has("WordDocument") {
        Ok(Format::Office("doc"))
    } else if has("Workbook") || has("Book") {
        Ok(Format::Xls)
    } else {
        Err(ReadError::Unsupported { format: "OLE" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_is_taken_where_the_bytes_have_no_mark() {
        assert_eq!(Format::of_hinted(b"PK\x03\x04 content.xml", Format::named("docx")), Ok(Format::Docx));
        assert_eq!(Format::of_hinted(b"abc", Format::named("PDF")), Ok(Format::Pdf));
        assert_eq!(Format::of_hinted(b"%PDF-1.7", Format::named("docx")), Ok(Format::Pdf));
        assert_eq!(Format::named("exe"), None);
    }

    #[test]
    fn formats_are_told_by_content() {
        assert_eq!(Format::of(b"\n%PDF-1.7\n"), Ok(Format::Pdf));
        assert_eq!(Format::of(b"{\\rtf1\\ansi"), Ok(Format::Office("rtf")));
        assert_eq!(Format::of("Chương trình".as_bytes()), Ok(Format::Text));
        assert_eq!(Format::of(b"PK\x03\x04 word/document.xml"), Ok(Format::Docx));
        assert_eq!(Format::of(b"\x1F\x8B\x08"), Err(ReadError::Unsupported { format: "gzip" }));
    }
}
