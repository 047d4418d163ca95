//! Strings of binary workbooks (MS-XLS 2.5.293 to 2.5.296) and the table of those that cells share.

use super::super::bytes::{Bytes, narrow, wide};
use super::super::xlsx::Strings;
use super::Fonts;
use crate::read::ReadError;

/// A string with a length of one byte.
pub(super) fn short(bytes: &mut Bytes<'_>) -> Option<String> {
    let length = usize::from(bytes.u8()?);
    characters(bytes, length)
}

/// A string with a length of two bytes.
pub(super) fn long(bytes: &mut Bytes<'_>) -> Option<String> {
    let length = usize::from(bytes.u16()?);
    characters(bytes, length)
}

/// A byte that tells the width of characters, and so many of them.
pub(super) fn characters(bytes: &mut Bytes<'_>, length: usize) -> Option<String> {
    let is_wide = bytes.u8()? & 1 != 0;
    let taken = bytes.take(if is_wide { length * 2 } else { length })?;
    Some(if is_wide { wide(taken) } else { narrow(taken) })
}

/// The table of shared strings: a record and those that go on with it. Where a string goes on in the next record,
/// a byte tells its width anew.
pub(super) fn table(records: &[&[u8]], fonts: &Fonts) -> Result<Strings, ReadError> {
    let mut out = Strings::default();
    let Some((first, rest)) = records.split_first() else { return Ok(out) };
    let mut reader = Table { now: Bytes(first), rest: rest.iter() };
    if reader.now.skip(8).is_none() {
        return Ok(out);
    }
    while let Some((text, runs)) = reader.string() {
        let runs = runs.chunks_exact(4).filter_map(|run| {
            let mut run = Bytes(run);
            Some((byte_of(&text, run.u16()?), fonts.get(run.u16()?)))
        });
        out.push(&text, runs.collect())?;
    }
    Ok(out)
}

struct Table<'b, 'r> {
    now: Bytes<'b>,
    rest: std::slice::Iter<'r, &'b [u8]>,
}

impl Table<'_, '_> {
    /// A string, and where in it which fonts begin.
    fn string(&mut self) -> Option<(String, Vec<u8>)> {
        if self.now.is_empty() {
            self.now = Bytes(self.rest.next()?);
        }
        let mut left = usize::from(self.now.u16()?);
        let mut flags = self.now.u8()?;
        let runs = if flags & 8 != 0 { usize::from(self.now.u16()?) } else { 0 };
        let extra = if flags & 4 != 0 { self.now.u32()? as usize } else { 0 };
        let mut out = String::new();
        while left > 0 {
            if self.now.is_empty() {
                self.now = Bytes(self.rest.next()?);
                flags = self.now.u8()?;
            }
            let width = 1 + usize::from(flags & 1 != 0);
            let count = left.min(self.now.0.len() / width);
            if count == 0 {
                return None;
            }
            let taken = self.now.take(count * width)?;
            out.push_str(&if width == 2 { wide(taken) } else { narrow(taken) });
            left -= count;
        }
        let runs = self.taken(runs * 4)?;
        self.taken(extra)?;
        Some((out, runs))
    }

    /// Bytes that may go on in the next records.
    fn taken(&mut self, mut count: usize) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        while count > 0 {
            if self.now.is_empty() {
                self.now = Bytes(self.rest.next()?);
            }
            let here = count.min(self.now.0.len());
            if here == 0 {
                return None;
            }
            out.extend_from_slice(self.now.take(here)?);
            count -= here;
        }
        Some(out)
    }
}

/// The byte at which a unit of UTF-16 begins.
fn byte_of(text: &str, unit: u16) -> u32 {
    let mut units = 0;
    let at = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > usize::from(unit)
    });
    at.map_or(text.len(), |(at, _)| at).try_into().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn a_string_may_change_its_width_in_the_next_record() {
        let first = [1, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, b'a', b'b'];
        let next = [1, 0xBF, 0x1E, 1, 0, 0, b'c'];
        let strings = table(&[&first, &next], &Fonts::default()).unwrap();
        assert_eq!(strings.get(0).0, "ab\u{1EBF}");
        assert_eq!(strings.get(1).0, "c");
        assert_eq!(strings.get(2).0, "");
    }
}
