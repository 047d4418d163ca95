//! Roman numerals, written and read.

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

/// Longest numeral: 3888.
const MAX_LENGTH: usize = 15;

/// A number as a Roman numeral in capitals; zero and numbers beyond 3999, which have none, as decimals.
#[must_use]
pub fn roman(number: u32) -> String {
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

/// The value of a Roman numeral in its usual form, all in capitals or all in small letters; `None` for anything else.
#[must_use]
pub fn roman_value(text: &str) -> Option<u32> {
    let capitals = text.bytes().all(|byte| byte.is_ascii_uppercase());
    if text.is_empty()
        || text.len() > MAX_LENGTH
        || !capitals && text.bytes().any(|byte| !byte.is_ascii_lowercase())
    {
        return None;
    }
    let value = |byte: u8| match byte.to_ascii_uppercase() {
        b'I' => Some(1),
        b'V' => Some(5),
        b'X' => Some(10),
        b'L' => Some(50),
        b'C' => Some(100),
        b'D' => Some(500),
        b'M' => Some(1000),
        _ => None,
    };
    let (mut sum, mut last) = (0_u32, 0);
    for byte in text.bytes().rev() {
        let digit = value(byte)?;
        sum = if digit < last { sum.checked_sub(digit)? } else { sum + digit };
        last = last.max(digit);
    }
    roman(sum).eq_ignore_ascii_case(text).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_have_one_form_in_one_case() {
        assert_eq!(roman_value("XIV"), Some(14));
        assert_eq!(roman_value("ix"), Some(9));
        assert_eq!(roman_value("MMXXVI"), Some(2026));
        for text in ["", "IIII", "Iv", "VX", "IC", "Mỹ", "10"] {
            assert_eq!(roman_value(text), None, "{text}");
        }
        assert!((1..=3999).all(|number| roman_value(&roman(number)) == Some(number)));
    }
}
