//! Printed numbers as words and paths: "XI.1." is \[XI, 1\], "Phần thứ hai" is "phan" and \[2\].
//!
//! ```text
//! label = [ words ] ( [ "(" ] path | "thứ" spelled | spelled ) [ mark ] ;
//! path  = part { [ "." ] part } ;
//! part  = digits | letters ;
//! ```

use crate::grammar::Ordinals;
use crate::text::{fold, roman_value};

/// A printed number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) struct Label {
    /// The words before the number, as printed: "Điều".
    pub word: String,
    /// The number's parts, outermost first.
    pub path: Vec<Part>,
}

/// One part of a printed number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::rules) enum Part {
    /// Digits, and whether a zero leads them.
    Digits(u32, bool),
    /// A letter or a Roman numeral, as printed.
    Letters(String),
}

/// What a last part is counted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::rules) enum Class {
    /// Digits or words.
    Digits,
    /// Capital letters or Roman numerals.
    Upper,
    /// Small letters or Roman numerals.
    Lower,
}

/// Numbers of lists never have more digits.
const DIGITS: usize = 4;

/// Letters of a part: a Roman numeral at the most.
const LETTERS: usize = 8;

impl Label {
    /// Reads a printed number; `None` where it is none.
    pub fn parse(text: &str, ordinals: &Ordinals) -> Option<Self> {
        let text = text.trim();
        let bare = text.trim_end_matches(['.', ')', ':', '/', '-', ' ']).trim_start_matches(['(', '/', ' ']);
        if let Some(path) = path(bare) {
            return Some(Self { word: String::new(), path });
        }
        let (first, rest) = bare.split_once(char::is_whitespace)?;
        if !first.chars().all(char::is_alphabetic) {
            let joined: String = bare.split_whitespace().collect();
            return path(&joined).map(|path| Self { word: String::new(), path });
        }
        let mut word = first.to_owned();
        let mut rest = rest.trim_start();
        loop {
            if let Some(path) = spelled(rest, ordinals).or_else(|| path(rest)) {
                return Some(Self { word, path });
            }
            let (next, after) = rest.split_once(char::is_whitespace)?;
            if !next.chars().all(char::is_alphabetic) {
                return None;
            }
            word.push(' ');
            word.push_str(next);
            rest = after.trim_start();
        }
    }

    /// What the last part is counted with.
    pub fn class(&self) -> Class {
        self.path.last().map_or(Class::Digits, Part::class)
    }

    /// All parts but the last.
    pub fn prefix(&self) -> &[Part] {
        self.path.split_last().map_or(&[], |(_, prefix)| prefix)
    }
}

impl Part {
    fn class(&self) -> Class {
        match self {
            Self::Digits(..) => Class::Digits,
            Self::Letters(letters) if letters.chars().any(char::is_uppercase) => Class::Upper,
            Self::Letters(_) => Class::Lower,
        }
    }

    /// The part as printed, without its leading zero.
    pub fn text(&self) -> String {
        match self {
            Self::Digits(value, _) => value.to_string(),
            Self::Letters(letters) => letters.clone(),
        }
    }
}

fn spelled(text: &str, ordinals: &Ordinals) -> Option<Vec<Part>> {
    let folded = fold(text);
    let number = match folded.split_once(' ') {
        Some((mark, number)) if ordinals.is_mark(mark) => number,
        _ => folded.as_str(),
    };
    ordinals.spelled(number).map(|value| vec![Part::Digits(value, false)])
}

fn path(text: &str) -> Option<Vec<Part>> {
    if text.is_empty() || text.len() > 32 {
        return None;
    }
    let mut parts = Vec::new();
    for piece in text.split('.') {
        let piece = piece.trim_end_matches(')');
        if piece.is_empty() {
            return None;
        }
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        let (number, letters) = piece.split_at_checked(digits)?;
        if !number.is_empty() {
            if number.len() > DIGITS {
                return None;
            }
            parts.push(Part::Digits(number.parse().ok()?, number.len() > 1 && number.starts_with('0')));
        }
        if !letters.is_empty() {
            parts.push(Part::Letters(one_numeral(letters)?));
        }
    }
    Some(parts)
}

/// One letter, or a Roman numeral.
fn one_numeral(letters: &str) -> Option<String> {
    let mut chars = letters.chars();
    let first = chars.next()?;
    let single = chars.next().is_none() && first.is_alphabetic();
    let short = letters.len() <= LETTERS;
    (single || short && roman(letters).is_some()).then(|| letters.to_owned())
}

/// The value of a Roman numeral that counts parts: "D" and "M" are letters.
pub(in crate::rules) fn roman(text: &str) -> Option<u32> {
    roman_value(text).filter(|value| *value < 400)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed assumption fails the test")]

    use super::*;
    use crate::grammar::Grammar;

    fn parse(text: &str) -> Option<(String, Vec<String>)> {
        let grammar = Grammar::embedded().unwrap();
        let label = Label::parse(text, &grammar.ordinals)?;
        Some((label.word.clone(), label.path.iter().map(Part::text).collect()))
    }

    #[test]
    fn paths_are_read_part_by_part() {
        let bare = |parts: &[&str]| Some((String::new(), parts.iter().map(|&x| x.to_owned()).collect()));
        assert_eq!(parse("XI.1."), bare(&["XI", "1"]));
        assert_eq!(parse("8.10"), bare(&["8", "10"]));
        assert_eq!(parse("đ)"), bare(&["đ"]));
        assert_eq!(parse("(1)"), bare(&["1"]));
        assert_eq!(parse("02"), bare(&["2"]));
        assert_eq!(parse("3A"), bare(&["3", "A"]));
        assert_eq!(parse("6.3.a)"), bare(&["6", "3", "a"]));
        assert_eq!(parse("-"), None);
        assert_eq!(parse("abc"), None);
    }

    #[test]
    fn words_before_a_number_are_kept() {
        let with = |word: &str, part: &str| Some((word.to_owned(), vec![part.to_owned()]));
        assert_eq!(parse("Phần thứ hai"), with("Phần", "2"));
        assert_eq!(parse("PHẦN MỘT"), with("PHẦN", "1"));
        assert_eq!(parse("Phần thứ mười một"), with("Phần", "11"));
        assert_eq!(parse("Chương IV"), with("Chương", "IV"));
        assert_eq!(parse("Điều 1."), with("Điều", "1"));
        assert_eq!(parse("Tiểu mục 2"), with("Tiểu mục", "2"));
        assert_eq!(parse("Tổng số"), None);
    }
}
