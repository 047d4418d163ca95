//! What can be wrong with a file's bytes.

use thiserror::Error;

/// A file that cannot be read as a document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// No text at all.
    #[error("the file is empty")]
    Empty,
    /// More than the limit.
    #[error("the file has {bytes} bytes; the limit is {limit}")]
    TooLarge {
        /// Size of the file.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// A format that is known and not read.
    #[error("{format} files are not read; save the document as text first")]
    Unsupported {
        /// Name of the format.
        format: &'static str,
    },
    /// Not text.
    #[error("the file is binary data, not text: byte 0x{byte:02X} at offset {offset}")]
    Binary {
        /// A byte that no text has.
        byte: u8,
        /// Where it is.
        offset: usize,
    },
}
