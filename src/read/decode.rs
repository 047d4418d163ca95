//! From bytes to UTF-8: byte-order marks, UTF-16, old encodings, UTF-8 with invalid bytes replaced and counted.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::ReadError;
use crate::grammar::Grammar;
use crate::source::OldEncoding;
use crate::text::{Legacy, of_bytes, of_text};

/// Decoded text.
pub(super) struct Decoded {
    pub text: String,
    pub encoding: String,
    /// Number of U+FFFD that stand for invalid bytes.
    pub replaced: u32,
    /// The old encoding that the text was in.
    pub old: Option<OldEncoding>,
}

/// How many bytes from the start are looked at to tell text from other data.
const LOOK: usize = 8192;

/// Decodes the bytes of a text file.
///
/// # Errors
/// Bytes that are not text: data with zero bytes that is not UTF-16.
pub(super) fn decode(bytes: &[u8], grammar: &Grammar) -> Result<Decoded, ReadError> {
    decode_declared(bytes, None, grammar)
}

/// As [`decode`], for a file that names its encoding; a mark at its start, text that is UTF-8 without a fault and bytes
/// that are Vietnamese in an old encoding say more than that name.
///
/// # Errors
/// As [`decode`].
pub(super) fn decode_declared(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
    grammar: &Grammar,
) -> Result<Decoded, ReadError> {
    let (encoding, content) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (Some(encoding), bytes.get(mark..).unwrap_or_default()),
        None => (utf_16_without_mark(bytes.get(..LOOK).unwrap_or(bytes)), bytes),
    };
    if let Some(encoding) = encoding {
        return Ok(repaired(with(encoding, content), grammar));
    }
    let text = simdutf8::basic::from_utf8(bytes).ok();
    // Before control codes make it binary: two encodings have letters on them.
    let old = match text {
        Some(text) => of_text(text, grammar).map(|legacy| inside("UTF-8", legacy)),
        None if memchr::memchr(0, bytes).is_none() => of_bytes(bytes, grammar).map(|legacy| {
            let encoding = legacy.encoding.clone();
            old(encoding, legacy)
        }),
        None => None,
    };
    if let Some(decoded) = old {
        return Ok(decoded);
    }
    let head = bytes.get(..LOOK).unwrap_or(bytes);
    if let Some(offset) = head.iter().position(|byte| is_binary(*byte)) {
        let byte = head.get(offset).copied().unwrap_or_default();
        return Err(ReadError::Binary { byte, offset });
    }
    Ok(match text {
        Some(text) => {
            Decoded { text: text.to_owned(), encoding: UTF_8.name().to_owned(), replaced: 0, old: None }
        }
        None => with(declared.unwrap_or(UTF_8), bytes),
    })
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, errors) = encoding.decode_without_bom_handling(bytes);
    let replaced = if errors { replacements(&text) } else { 0 };
    Decoded { text: text.into_owned(), encoding: encoding.name().to_owned(), replaced, old: None }
}

/// Reads again what was in an old encoding before it came to be Unicode.
fn repaired(decoded: Decoded, grammar: &Grammar) -> Decoded {
    match of_text(&decoded.text, grammar) {
        Some(legacy) => inside(&decoded.encoding, legacy),
        None => decoded,
    }
}

fn inside(encoding: &str, legacy: Legacy) -> Decoded {
    let name = format!("{} in {encoding}", legacy.encoding);
    old(name, legacy)
}

fn old(encoding: String, legacy: Legacy) -> Decoded {
    let Legacy { text, encoding: name, unread, lacking, lines, first, .. } = legacy;
    let replaced = replacements(&text);
    Decoded { text, encoding, replaced, old: Some(OldEncoding { name, unread, lacking, lines, first }) }
}

fn replacements(text: &str) -> u32 {
    u32::try_from(text.matches(char::REPLACEMENT_CHARACTER).count()).unwrap_or(u32::MAX)
}

/// Zero bytes at nearly every second place: UTF-16 text of mostly Latin letters. Vietnamese letters beyond
/// Latin-1 have a high byte, so a third is enough, all on one side.
fn utf_16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = head.len() / 2;
    if pairs < 2 {
        None
    } else if odd * 3 > pairs && even * 20 < odd {
        Some(UTF_16LE)
    } else if even * 3 > pairs && odd * 20 < even {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Control codes that no text has. Tab, line ends, form feed, escape and the file-end mark (0x1A) are let
/// through.
fn is_binary(byte: u8) -> bool {
    matches!(byte, 0..=6 | 0x0E..=0x19)
}
