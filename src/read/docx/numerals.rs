//! Numbers as lists write them (ISO/IEC 29500-1, 17.18.59).

use crate::text::roman;

/// Longest letter number that is written: "aaa…".
const MAX_LETTERS: u32 = 50;

/// A number in a format of lists; a format that is not known is decimal.
pub(super) fn written(number: u32, format: &str) -> String {
    match format {
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letters(number),
        "lowerLetter" => letters(number).to_lowercase(),
        "decimalZero" => format!("{number:02}"),
        "none" | "bullet" => String::new(),
        _ => number.to_string(),
    }
}

/// A … Z, AA, BB …
fn letters(number: u32) -> String {
    let Some(index) = number.checked_sub(1) else { return number.to_string() };
    let letter = char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    let times = index / 26 + 1;
    if times > MAX_LETTERS {
        number.to_string()
    } else {
        std::iter::repeat_n(letter, times as usize).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_lists() {
        assert_eq!(written(14, "upperRoman"), "XIV");
        assert_eq!(written(4, "lowerRoman"), "iv");
        assert_eq!(written(28, "lowerLetter"), "bb");
        assert_eq!(written(7, "decimalZero"), "07");
        assert_eq!(written(7, "decimal"), "7");
        assert_eq!(written(0, "upperRoman"), "0");
        assert_eq!(written(u32::MAX, "upperLetter"), u32::MAX.to_string());
    }
}
