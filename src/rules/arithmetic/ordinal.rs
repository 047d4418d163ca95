//! Row numbers as far as sums need them: which rows are parts of which, and where numbers are left out.

use crate::text::roman_value;

/// A row number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Ordinal {
    /// "3", "1.2", "II.4", "A.I.1": the last part counts, the parts before are its prefix. Letters and Roman digits
    /// in a path stand as their places and values.
    Arabic(Vec<u32>),
    /// "IV".
    Roman(u32),
    /// "B": its place in the alphabet.
    Upper(u32),
    /// "b".
    Lower(u32),
}

/// How a row number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Style {
    /// Digits, with how many parts.
    Arabic(usize),
    /// Roman digits.
    Roman,
    /// Capital letters.
    Upper,
    /// Small letters.
    Lower,
}

/// Letters that number rows; "đ" comes after "d" and is left out by many.
pub(super) const ALPHABET: &str = "abcdeghiklmnopqrstuvxy";

impl Ordinal {
    /// Reads a printed number, without the brackets and marks around it.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || "().:;*/-".contains(c));
        if text.is_empty() || text.len() > 24 {
            return None;
        }
        if text.chars().all(|c| c.is_ascii_digit() || c == '.') {
            let parts: Option<Vec<u32>> = text.split('.').map(|part| part.parse().ok()).collect();
            return parts.map(Self::Arabic);
        }
        if text.contains('.') {
            return text.split('.').map(part).collect::<Option<Vec<u32>>>().map(Self::Arabic);
        }
        let mut chars = text.chars();
        let only = chars.next().filter(|_| chars.next().is_none());
        let Some(letter) = only.filter(|c| !"IVX".contains(*c)) else { return roman(text).map(Self::Roman) };
        let lower = letter.to_ascii_lowercase();
        let place = ALPHABET.chars().position(|known| known == lower)?;
        let place = u32::try_from(place).ok()? + 1;
        Some(if letter.is_uppercase() { Self::Upper(place) } else { Self::Lower(place) })
    }

    /// How the number is written.
    pub fn style(&self) -> Style {
        match self {
            Self::Arabic(parts) => Style::Arabic(parts.len()),
            Self::Roman(_) => Style::Roman,
            Self::Upper(_) => Style::Upper,
            Self::Lower(_) => Style::Lower,
        }
    }

    /// The number that counts among its siblings.
    pub fn last(&self) -> u32 {
        match self {
            Self::Arabic(parts) => parts.last().copied().unwrap_or_default(),
            Self::Roman(n) | Self::Upper(n) | Self::Lower(n) => *n,
        }
    }

    /// The same number with another last part.
    pub fn with_last(&self, last: u32) -> Self {
        match self {
            Self::Arabic(parts) => {
                let mut parts = parts.clone();
                if let Some(part) = parts.last_mut() {
                    *part = last;
                }
                Self::Arabic(parts)
            }
            Self::Roman(_) => Self::Roman(last),
            Self::Upper(_) => Self::Upper(last),
            Self::Lower(_) => Self::Lower(last),
        }
    }

    /// Whether this is "1.2" and the other "1".
    pub fn is_under(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Arabic(own), Self::Arabic(above)) => own.len() > above.len() && own.starts_with(above),
            _ => false,
        }
    }
}

/// One part of a path: digits, Roman digits, or a capital.
fn part(text: &str) -> Option<u32> {
    match Ordinal::read(text)? {
        Ordinal::Arabic(parts) => parts.first().copied(),
        Ordinal::Roman(value) | Ordinal::Upper(value) => Some(value),
        Ordinal::Lower(_) => None,
    }
}

/// The value of a Roman numeral in capitals.
fn roman(text: &str) -> Option<u32> {
    roman_value(text).filter(|_| text.bytes().all(|byte| byte.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_style() {
        assert_eq!(Ordinal::read("1.2."), Some(Ordinal::Arabic(vec![1, 2])));
        assert_eq!(Ordinal::read("(IV)"), Some(Ordinal::Roman(4)));
        assert_eq!(Ordinal::read("V"), Some(Ordinal::Roman(5)));
        assert_eq!(Ordinal::read("B"), Some(Ordinal::Upper(2)));
        assert_eq!(Ordinal::read("a)"), Some(Ordinal::Lower(1)));
        assert_eq!(Ordinal::read("i"), Some(Ordinal::Lower(8)));
        assert_eq!(Ordinal::read("-"), None);
        assert_eq!(Ordinal::read("Ghi chú"), None);
    }

    #[test]
    fn dotted_numbers_lie_under_their_prefix() {
        let read = |text| Ordinal::read(text).unwrap_or(Ordinal::Roman(1));
        assert!(read("1.2").is_under(&read("1")));
        assert!(!read("2.1").is_under(&read("1")));
    }
}
