//! Which characters of a text the working text may not keep; clean text is scanned block by block.

use super::composed::{joins, plain};
use super::entities::entity;
use super::normalize::ends_line;
use super::tex::command;
use crate::grammar::Lookalikes;

/// Bytes that the scan looks at together.
pub(super) const BLOCK: usize = 64;

/// The first character at or after `from` that the working text may not keep.
pub(super) fn next_suspect(text: &str, from: usize, lookalikes: &Lookalikes) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let clean = clean_blocks(bytes, at);
        at += clean * BLOCK;
        let end = bytes.len().min(at + BLOCK);
        // A character that straddles the border of blocks is seen in the later one and begins before it.
        let start = at.saturating_sub(3).max(from);
        let block = bytes.get(start..end).unwrap_or_default();
        for (offset, byte) in block.iter().enumerate() {
            if may_start_suspect(*byte) && is_suspect(text, start + offset, lookalikes) {
                return Some(start + offset);
            }
        }
        at = end;
    }
    None
}

/// How many whole blocks from `from` have nothing that needs a look.
fn clean_blocks(bytes: &[u8], from: usize) -> usize {
    let mut count = 0;
    loop {
        let start = from + count * BLOCK;
        // The byte before the first and after the last take part: letters may straddle blocks.
        let this = bytes.get(start..start + BLOCK);
        let before = start.checked_sub(1).and_then(|i| bytes.get(i..i + BLOCK));
        let (Some(this), Some(before)) = (this, before) else {
            return count;
        };
        let mut found = 0_u8;
        for (byte, before) in this.iter().zip(before) {
            found |= u8::from(needs_look(*before, *byte));
        }
        if found != 0 {
            return count;
        }
        count += 1;
    }
}

/// Whether two bytes in a row may be a part of a suspect character. Written without branches, so that a
/// block is done with vector instructions.
#[allow(clippy::needless_bitwise_bool)]
fn needs_look(before: u8, byte: u8) -> bool {
    let control = (byte < 0x20) & (byte != b'\n') & (byte != b'\t') & (byte != 0x0C) | (byte == 0x7F);
    let lead = (byte == 0xC2) | (byte >= 0xC7) & (byte != 0xE1);
    // Ð, ð
    let eth = (before == 0xC3) & ((byte == 0x90) | (byte == 0xB0));
    // Ɖ, Ƣ, ƣ
    let horned = (before == 0xC6) & ((byte == 0x89) | (byte == 0xA2) | (byte == 0xA3));
    let rare = (before == 0xE1) & (byte != 0xBA) & (byte != 0xBB);
    control | lead | eth | horned | rare | (byte == b'\\') | (byte == b'&')
}

fn may_start_suspect(byte: u8) -> bool {
    byte < 0x20 || byte == 0x7F || matches!(byte, b'\\' | b'&') || matches!(byte, 0xC2 | 0xC3 | 0xC6..)
}

fn is_suspect(text: &str, at: usize, lookalikes: &Lookalikes) -> bool {
    let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
        return false;
    };
    match c {
        '\t' | '\n' | '\u{C}' => false,
        '\\' => {
            let rest = text.get(at..).unwrap_or_default();
            let next = text.as_bytes().get(at + 1);
            let ends = || ends_line(rest.get(1..).unwrap_or_default());
            next.is_some_and(u8::is_ascii_punctuation) || ends() || command(rest).is_some()
        }
        '&' => text.get(at..).and_then(entity).is_some(),
        '\r' => text.as_bytes().get(at + 1) != Some(&b'\n'),
        // The letters of Vietnamese, and the dashes, quotation marks and signs of its texts.
        '\u{1EA0}'..='\u{1EF9}' | '\u{2010}'..='\u{2027}' | '\u{1AF}' | '\u{1B0}' | '\u{1A0}' | '\u{1A1}' => {
            false
        }
        _ => {
            plain(c) != Some(c)
                || joins(c)
                || lookalikes.always(c).is_some()
                || lookalikes.in_latin_word(c).is_some()
        }
    }
}
