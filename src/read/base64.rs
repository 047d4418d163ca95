//! Bytes that are written as letters.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// What programs write, with or without padding, whatever the last bits are.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Bytes of a "base64" text (RFC 2045, 6.8), in which other characters than its letters mean nothing.
pub(super) fn from_base64(text: &[u8]) -> Vec<u8> {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let mut letters: Vec<u8> = text.iter().copied().filter(is_letter).collect();
    // One letter alone is no byte.
    if letters.len() % 4 == 1 {
        letters.pop();
    }
    ENGINE.decode(letters).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_bytes_come_back() {
        assert_eq!(from_base64(b"PHA+\r\n4bqhPC9wPg=="), "<p>ạ</p>".as_bytes());
        assert_eq!(from_base64(b"bWF0LWtoYXU"), b"mat-khau");
        assert_eq!(from_base64(b"bWF0L"), b"mat");
    }
}
