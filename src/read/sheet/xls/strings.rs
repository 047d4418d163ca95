//! Strings of binary workbooks (MS-XLS 2.5.293 to 2.5.296) and the table of those that cells share.

use super::super::bytes::{Bytes, narrow, wide};
use super::super::xlsx::Strings;
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
pub(super) fn table(records: &[&[u8]]) -> Result<Strings, ReadError> {
    let mut out = Strings::default();
    let Some((first, rest)) = records.split_first() else { return Ok(out) };
    let mut reader = Table { now: Bytes(first), rest: rest.iter() };
    if reader.now.skip(8).is_none() {
        return Ok(out);
    }
    while let Some(text) = reader.string() {
        out.push(&text)?;
    }
    Ok(out)
}

struct Table<'b, 'r> {
    now: Bytes<'b>,
    rest: std::slice::Iter<'r, &'b [u8]>,
}

impl Table<'_, '_> {
    fn string(&mut self) -> Option<String> {
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
        self.pass(runs * 4 + extra)?;
        Some(out)
    }

    /// Passes over bytes that may go on in the next records.
    fn pass(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            if self.now.is_empty() {
                self.now = Bytes(self.rest.next()?);
            }
            let here = count.min(self.now.0.len());
            if here == 0 {
                return None;
            }
            self.now.skip(here)?;
            count -= here;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn a_string_may_change_its_width_in_the_next_record() {
        let first = [1, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, b'a', b'b'];
        let next = [1, 0xBF, 0x1E, 1, 0, 0, b'c'];
        let strings = table(&[&first, &next]).unwrap();
        assert_eq!(strings.get(0), "ab\u{1EBF}");
        assert_eq!(strings.get(1), "c");
        assert_eq!(strings.get(2), "");
    }
}
