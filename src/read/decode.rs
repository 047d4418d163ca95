//! From bytes to UTF-8: byte-order marks, UTF-16, UTF-8 with invalid bytes replaced and counted.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::ReadError;

/// Decoded text.
pub(super) struct Decoded {
    pub text: String,
    pub encoding: &'static str,
    /// Number of U+FFFD that stand for invalid bytes.
    pub replaced: u32,
}

/// How many bytes from the start are looked at to tell text from other data.
const LOOK: usize = 8192;

/// Decodes the bytes of a text file.
///
/// # Errors
/// Bytes that are not text: data with zero bytes that is not UTF-16.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
    decode_declared(bytes, None)
}

/// As [`decode`], for a file that names its encoding; a mark at its start and text that is UTF-8 without a fault say
/// more than that name.
///
/// # Errors
/// As [`decode`].
pub(super) fn decode_declared(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
) -> Result<Decoded, ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(with(encoding, bytes.get(mark..).unwrap_or_default()));
    }
    let head = bytes.get(..LOOK).unwrap_or(bytes);
    if let Some(encoding) = utf_16_without_mark(head) {
        return Ok(with(encoding, bytes));
    }
    if let Some(offset) = head.iter().position(|byte| is_binary(*byte)) {
        let byte = head.get(offset).copied().unwrap_or_default();
        return Err(ReadError::Binary { byte, offset });
    }
    let declared = declared.filter(|_| simdutf8::basic::from_utf8(bytes).is_err());
    Ok(with(declared.unwrap_or(UTF_8), bytes))
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    if encoding == UTF_8
        && let Ok(text) = simdutf8::basic::from_utf8(bytes)
    {
        return Decoded { text: text.to_owned(), encoding: "UTF-8", replaced: 0 };
    }
    let (text, errors) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let replaced = if errors { text.matches('\u{FFFD}').count() } else { 0 };
    Decoded { text, encoding: encoding.name(), replaced: u32::try_from(replaced).unwrap_or(u32::MAX) }
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
