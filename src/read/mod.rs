//! One reader for each file format; all return a [`Source`].

mod aligned;
mod base64;
mod before;
mod between_bars;
mod blocks;
mod cells;
mod compound;
mod decode;
mod docx;
mod draft;
mod drawn;
mod error;
mod format;
mod halves;
mod html;
mod lines;
mod loose;
mod middle;
mod package;
mod pdf;
mod pieced;
mod programs;
mod protected;
mod runs;
mod scan;
mod sheet;
mod spaced;
mod spanned;
mod tagged;
mod text;
mod under;
mod wrapped;

pub use draft::{MAX_CELLS, MAX_TEXT};
pub use error::{Bound, ReadError};
pub use format::Format;
pub use programs::{How, Letters, Picture, Programs, Recognised, Shape};
pub use scan::RESOLUTION;

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::grammar::Grammar;
use crate::source::{FileFacts, Source};

/// Largest file that is read, in bytes; spans are 32-bit offsets.
pub const MAX_BYTES: u64 = 1 << 30;

/// What is known of a file apart from its bytes.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The password of an encrypted file.
    pub password: Option<String>,
    /// The format, where the bytes do not tell one; a format that they tell goes first.
    pub format_hint: Option<Format>,
    /// Programs that may be asked: to recognise pictures of text, to read formats of office programs.
    pub programs: Option<Arc<dyn Programs>>,
}

/// A file that is to be read.
#[derive(Debug, Clone, Copy)]
struct File<'a> {
    name: &'a str,
    bytes: &'a [u8],
    options: &'a Options,
}

/// Reads a file's bytes; the format is found by content, not by name.
///
/// # Errors
/// Bytes that are no document: empty, too large, damaged, encrypted, or of a format that is not read.
pub fn read(name: &str, bytes: &[u8], options: &Options, grammar: &Grammar) -> Result<Source, ReadError> {
    let size = bytes.len() as u64;
    if size > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: size, limit: MAX_BYTES });
    }
    let file = File { name, bytes, options };
    let (sha256, source) = rayon::join(|| self::sha256(bytes), || by_format(file, grammar));
    let mut source = source?;
    source.sha256 = sha256;
    Ok(source)
}

/// Reads a file but for its hash.
fn by_format(file: File<'_>, grammar: &Grammar) -> Result<Source, ReadError> {
    match Format::of_hinted(file.bytes, file.options.format_hint)? {
        Format::Text => text::read(file, grammar),
        Format::Html => html::read(file, grammar),
        Format::Docx => docx::read(file, grammar),
        format @ (Format::Xlsx | Format::Xlsb | Format::Xls | Format::Ods) => {
            sheet::read(file, format, grammar)
        }
        Format::Pdf => pdf::read(file, grammar),
        Format::Picture => scan::read(file, grammar),
        Format::Protected => protected(file, grammar),
        Format::Office(format) => office(file, format, grammar),
    }
}

/// Reads a file that is encrypted as a whole.
fn protected(file: File<'_>, grammar: &Grammar) -> Result<Source, ReadError> {
    let package = protected::open(file.bytes, file.options.password.as_deref())?;
    let mut source = match Format::of(&package)? {
        Format::Docx => docx::read(File { bytes: &package, ..file }, grammar)?,
        format @ (Format::Xlsx | Format::Xlsb) => {
            sheet::read(File { bytes: &package, ..file }, format, grammar)?
        }
        _ => return Err(ReadError::Unsupported { format: "ZIP" }),
    };
    source.bytes = file.bytes.len() as u64;
    Ok(source)
}

/// Reads what an office program makes of the file.
fn office(file: File<'_>, format: &'static str, grammar: &Grammar) -> Result<Source, ReadError> {
    let Some(programs) = file.options.programs.as_deref() else {
        return Err(ReadError::NeedsProgram { format, program: "soffice" });
    };
    let converted = programs.convert(file.bytes, format)?;
    let mut source = docx::read(File { bytes: &converted, ..file }, grammar)?;
    source.format = format;
    source.bytes = file.bytes.len() as u64;
    Ok(source)
}

impl File<'_> {
    /// What is known of the file; its hash is worked out beside.
    fn facts(&self, format: &'static str, encoding: &str, replaced: u32) -> FileFacts {
        FileFacts {
            name: self.name.to_owned(),
            format,
            encoding: encoding.to_owned(),
            sha256: String::new(),
            bytes: self.bytes.len() as u64,
            replaced,
        }
    }
}

/// The SHA-256 of bytes, in hexadecimal: what a source calls its file by.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS.get(usize::from(value)).copied().unwrap_or(b'0'));
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// A source from text, with the embedded grammar.
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
pub(crate) fn from_text(text: &str) -> Source {
    read("test", text.as_bytes(), &Options::default(), &Grammar::embedded().unwrap()).unwrap()
}
