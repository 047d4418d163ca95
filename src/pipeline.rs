//! The straight line: bytes → source → layout → model → audit.

use crate::finding::Audit;
use crate::grammar::Grammar;
use crate::layout::Layout;
use crate::model::Document;
use crate::read::{self, Options, ReadError};
use crate::rules;
use crate::source::Source;

/// Reads a file's bytes. `name` is what the model calls the file.
///
/// # Errors
/// Bytes that are no document: empty, too large, or of a format that is not read.
pub fn read(name: &str, bytes: &[u8], grammar: &Grammar) -> Result<Source, ReadError> {
    read_with(name, bytes, &Options::default(), grammar)
}

/// Reads a file's bytes with what else is known of the file.
///
/// # Errors
/// As [`read()`].
pub fn read_with(
    name: &str,
    bytes: &[u8],
    options: &Options,
    grammar: &Grammar,
) -> Result<Source, ReadError> {
    read::read(name, bytes, options, grammar)
}

/// The typed model of a source. Never fails: what is not understood stays in the model as text.
#[must_use]
pub fn parse(source: &Source, grammar: &Grammar) -> Document {
    crate::assemble::assemble(source, Layout::of(source, grammar), grammar)
}

/// The audit of a model. Findings, checks and operands that quote words are narrowed to them in the source.
#[must_use]
pub fn check(source: &Source, document: &Document, grammar: &Grammar) -> Audit {
    let mut audit = rules::audit(document, grammar);
    for (at, quote) in audit.quoted() {
        if let Some(narrowed) = source.narrow(at, quote) {
            *at = narrowed;
        }
    }
    rules::weigh(&mut audit);
    audit
}
