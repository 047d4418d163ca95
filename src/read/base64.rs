//! Bytes that are written as letters.

/// Bytes of a "base64" text (RFC 2045, 6.8).
pub(super) fn from_base64(text: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in text {
        let Some(value) = LETTERS.iter().position(|letter| letter == byte) else { continue };
        bits = (bits << 6 | u32::try_from(value).unwrap_or(0)) & 0xFF_FFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held & 0xFF).unwrap_or(0));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_bytes_come_back() {
        assert_eq!(from_base64(b"PHA+\r\n4bqhPC9wPg=="), "<p>ạ</p>".as_bytes());
        assert_eq!(from_base64(b"bWF0LWtoYXU"), b"mat-khau");
    }
}
