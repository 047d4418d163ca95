//! One reader for each file format; all return a [`Source`].

mod decode;
mod error;
mod text;

pub use error::ReadError;

use crate::grammar::Grammar;
use crate::source::Source;

/// Reads a file's bytes; the format is found by content, not by name.
///
/// # Errors
/// Bytes that are no document: empty, too large, or of a format that is not read.
pub fn read(name: &str, bytes: &[u8], grammar: &Grammar) -> Result<Source, ReadError> {
    text::read(name, bytes, grammar)
}

/// A source from text, with the embedded grammar.
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
pub(crate) fn from_text(text: &str) -> Source {
    read("test", text.as_bytes(), &Grammar::embedded().unwrap()).unwrap()
}
