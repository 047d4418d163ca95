//! Words of a text as keys that differ exactly where the words do: lower case, and the tone mark in one
//! place, so that "hoá" and "hóa" are one word while "thể" and "thế" are two.

use std::ops::Range;

use unicode_normalization::char::decompose_canonical;

/// A word with its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Word {
    /// The word in lower case with its tone mark last.
    pub key: String,
    /// Byte range in the text.
    pub range: Range<usize>,
}

/// The words of a text: runs of letters and digits.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (start, in_word(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                push(text, from..at, &mut out);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        push(text, from..text.len(), &mut out);
    }
    out
}

/// A word in lower case with its tone mark last.
#[must_use]
pub fn word_key(word: &str) -> String {
    let mut key = String::with_capacity(word.len() + 2);
    let mut tone = None;
    for c in word.chars() {
        if c.is_ascii() {
            key.push(c.to_ascii_lowercase());
            continue;
        }
        let c = if c == '\u{D0}' { 'đ' } else { c };
        decompose_canonical(c, |part| {
            if matches!(part, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}') {
                tone = Some(part);
            } else {
                key.extend(part.to_lowercase());
            }
        });
    }
    key.extend(tone);
    key
}

fn push(text: &str, range: Range<usize>, out: &mut Vec<Word>) {
    let word = text.get(range.clone()).unwrap_or_default();
    out.push(Word { key: word_key(word), range });
}

fn in_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tone_placement_and_case_make_no_other_word() {
        assert_eq!(word_key("hoá"), word_key("HÓA"));
        assert_eq!(word_key("thuỷ"), word_key("thủy"));
        assert_ne!(word_key("thể"), word_key("thế"));
        assert_ne!(word_key("dân"), word_key("đân"));
    }

    #[test]
    fn words_know_their_place() {
        let found = words("Văn hóa – xã hội (2026)");
        let keys: Vec<&str> = found.iter().map(|word| word.key.as_str()).collect();
        assert_eq!(keys.len(), 5);
        assert_eq!(keys.last(), Some(&"2026"));
        assert_eq!(found.get(2).map(|word| word.range.clone()), Some(14..17));
    }
}
