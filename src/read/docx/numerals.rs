//! Numbers as lists write them (ISO/IEC 29500-1, 17.18.59).

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

/// Roman numerals; decimal beyond 3999.
pub(in crate::read) fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
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
