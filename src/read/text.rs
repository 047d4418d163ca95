//! Plain text with tab-separated tables.

use super::ReadError;
use crate::source::{FileFacts, Source};

pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Source, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let facts = FileFacts { name: name.to_owned(), format: "text", ..FileFacts::default() };
    Ok(Source::new(facts, String::from_utf8_lossy(bytes).into_owned(), None))
}
