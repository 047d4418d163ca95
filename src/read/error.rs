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
    /// More than a bound allows; a reader stops there, so that no file takes all the memory.
    #[error("the file has more than {limit} {bound}")]
    Limit {
        /// What is bounded.
        bound: Bound,
        /// The bound.
        limit: u64,
    },
    /// A file that needs a password, and none was given; of the format "office" where it cannot be read with one either.
    #[error("the {format} file is encrypted and needs its password")]
    Encrypted {
        /// Name of the format.
        format: &'static str,
    },
    /// A file that needs another password than the one that was given.
    #[error("the password of the {format} file is wrong")]
    WrongPassword {
        /// Name of the format.
        format: &'static str,
    },
    /// A file that breaks its format's rules so far that nothing can be read.
    #[error("the {format} file is damaged: {reason}")]
    Damaged {
        /// Name of the format.
        format: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// A format that another program reads first, and it is not installed.
    #[error("{format} files need the program {program}")]
    NeedsProgram {
        /// Name of the format.
        format: &'static str,
        /// Name of the program.
        program: &'static str,
    },
    /// A program outside that failed.
    #[error("the program {program} failed: {reason}")]
    ProgramFailed {
        /// Name of the program.
        program: &'static str,
        /// What it said.
        reason: String,
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

/// What a bound counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Bound {
    /// Bytes of text.
    Text,
    /// Cells of tables.
    Cells,
    /// Paragraphs.
    Paragraphs,
    /// Bytes that a file unpacks to.
    Unpacked,
    /// Bytes unpacked for one byte packed.
    Ratio,
    /// Files in an archive.
    Entries,
    /// Levels of nesting.
    Nesting,
    /// Pages.
    Pages,
    /// Sheets.
    Sheets,
    /// Glyphs and lines on a page.
    Glyphs,
    /// Objects of the file.
    Objects,
    /// Seconds for one page.
    Seconds,
    /// Pixels of a picture.
    Pixels,
}

impl Bound {
    /// The bound's name in kebab case, which messages select by.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Cells => "cells",
            Self::Paragraphs => "paragraphs",
            Self::Unpacked => "unpacked",
            Self::Ratio => "ratio",
            Self::Entries => "entries",
            Self::Nesting => "nesting",
            Self::Pages => "pages",
            Self::Sheets => "sheets",
            Self::Glyphs => "glyphs",
            Self::Objects => "objects",
            Self::Seconds => "seconds",
            Self::Pixels => "pixels",
        }
    }
}

impl std::fmt::Display for Bound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
