//! One reader for each file format; all return a [`Source`].

mod decode;
mod error;
mod text;

pub use error::ReadError;

use crate::source::Source;

/// Reads a file's bytes; the format is found by content, not by name.
///
/// # Errors
/// Bytes that are no document: empty, too large, or of a format that is not read.
pub fn read(name: &str, bytes: &[u8]) -> Result<Source, ReadError> {
    text::read(name, bytes)
}
