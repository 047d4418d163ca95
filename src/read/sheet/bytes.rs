//! Little-endian values of binary workbooks. Where bytes are missing there is no value.

use super::decimal::Decimal;

/// Bytes that are read from left to right.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Bytes<'b>(pub &'b [u8]);

impl<'b> Bytes<'b> {
    pub fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub fn skip(&mut self, count: usize) -> Option<()> {
        self.take(count).map(drop)
    }

    pub fn u8(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    pub fn u16(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_le_bytes)
    }

    pub fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    /// A double, as the shortest decimal that is the same double.
    pub(in crate::read::sheet) fn double(&mut self) -> Option<Decimal> {
        let bits = self.take(8)?.try_into().ok().map(f64::from_le_bytes)?;
        Decimal::of_double(bits)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A number packed into 30 bits: a whole number or the upper bits of a double, perhaps times a hundred
/// (MS-XLS 2.5.217).
pub(super) fn packed(rk: u32) -> Option<Decimal> {
    let hundredth = rk & 1 != 0;
    if rk & 2 != 0 {
        let whole = i64::from(rk.cast_signed() >> 2);
        return Some(Decimal::of_parts(whole, if hundredth { 2 } else { 0 }));
    }
    let double = f64::from_bits(u64::from(rk & !3) << 32);
    Decimal::of_double(double).map(|value| if hundredth { value.shifted(-2) } else { value })
}

/// UTF-16 as text; halves of pairs are replaced.
pub(in crate::read) fn wide(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [low, high] => u16::from_le_bytes([*low, *high]),
        _ => 0,
    });
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Text whose characters all have a zero upper byte.
pub(super) fn narrow(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The word that a cell shows for an error's number (MS-XLS 2.5.10).
pub(super) fn error_word(number: u8) -> &'static str {
    match number {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn packed_numbers_are_exact() {
        assert_eq!(packed(100 << 2 | 2).unwrap().plain(), "100");
        assert_eq!(packed(12_345 << 2 | 3).unwrap().plain(), "123.45");
        assert_eq!(packed(0xFFFF_FFFE).unwrap().plain(), "-1");
        assert_eq!(packed(0x3FF8_0000).unwrap().plain(), "1.5");
    }

    #[test]
    fn missing_bytes_give_no_value() {
        let mut bytes = Bytes(&[1, 0, 5]);
        assert_eq!(bytes.u16(), Some(1));
        assert_eq!(bytes.u32(), None);
        assert_eq!(bytes.u8(), Some(5));
    }
}
