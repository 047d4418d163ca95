//! Words of a text as keys that differ exactly where the words do: lower case, and the tone mark in one
//! place, so that "hoá" and "hóa" are one word while "thể" and "thế" are two.

use std::ops::Range;

use unicode_normalization::char::decompose_canonical;

use crate::grammar::letters::{Shape, parts};
use crate::grammar::phrase::is_letter;

/// The words of a text with their keys.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// All keys, one after another.
    keys: String,
    /// For each word, where its key ends, and its byte range in the text.
    words: Vec<(usize, Range<usize>)>,
}

impl Words {
    /// The words of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut out = Self { keys: String::with_capacity(text.len()), words: Vec::new() };
        for range in word_ranges(text) {
            push_key(text.get(range.clone()).unwrap_or_default(), &mut out.keys);
            out.words.push((out.keys.len(), range));
        }
        out
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The key of a word, its tone mark last; "" where there is no such word.
    #[must_use]
    pub fn key(&self, at: usize) -> &str {
        let end = |at: usize| self.words.get(at).map(|(end, _)| *end);
        let start = at.checked_sub(1).and_then(end).unwrap_or(0);
        end(at).and_then(|end| self.keys.get(start..end)).unwrap_or_default()
    }

    /// The byte range of a word in the text.
    #[must_use]
    pub fn range(&self, at: usize) -> Option<Range<usize>> {
        self.words.get(at).map(|(_, range)| range.clone())
    }

    /// Keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.key(at))
    }

    /// The positions of the words that begin inside a byte range.
    #[must_use]
    pub fn inside(&self, bytes: &Range<usize>) -> Range<usize> {
        let before = |offset: usize| self.words.partition_point(|(_, range)| range.start < offset);
        let start = before(bytes.start);
        start..before(bytes.end).max(start)
    }
}

/// The byte ranges of the words of a text: runs of letters and digits.
pub fn word_ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    runs(text, in_word)
}

/// The byte ranges of runs of characters of one kind.
pub fn runs(text: &str, is: impl Fn(char) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut rest = text.char_indices();
    std::iter::from_fn(move || {
        let (start, _) = rest.find(|(_, c)| is(*c))?;
        let end = rest.find(|(_, c)| !is(*c)).map_or(text.len(), |(at, _)| at);
        Some(start..end)
    })
}

/// The first characters of a text, `count` of them at most.
#[must_use]
pub fn head(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or_default()
}

/// The last characters of a text, `count` of them at most.
#[must_use]
pub fn tail(text: &str, count: usize) -> &str {
    let back = count.checked_sub(1).and_then(|last| text.char_indices().rev().nth(last));
    let start = if count == 0 { text.len() } else { back.map_or(0, |(start, _)| start) };
    text.get(start..).unwrap_or_default()
}

/// Where the next ASCII digit stands, from `at` on. Most of a text has none, so whole chunks are looked at
/// first.
#[must_use]
pub fn next_digit(bytes: &[u8], at: usize) -> Option<usize> {
    const CHUNK: usize = 32;
    let mut start = at;
    while let Some(chunk) = bytes.get(start..start + CHUNK) {
        let any = chunk.iter().fold(false, |any, byte| any | byte.is_ascii_digit());
        if any {
            break;
        }
        start += CHUNK;
    }
    Some(start + bytes.get(start..)?.iter().position(u8::is_ascii_digit)?)
}

/// A word in lower case with its tone mark last.
#[must_use]
pub fn word_key(word: &str) -> String {
    let mut key = String::with_capacity(word.len() + 2);
    push_key(word, &mut key);
    key
}

fn push_key(word: &str, key: &mut String) {
    let mut tone = None;
    for c in word.chars() {
        if c.is_ascii() {
            key.push(c.to_ascii_lowercase());
        } else if let Some(parts) = parts(c) {
            key.push(char::from(parts.base));
            key.extend(parts.shape.map(Shape::mark));
            tone = parts.tone.mark().or(tone);
        } else {
            let c = if c == '\u{D0}' { 'đ' } else { c };
            decompose_canonical(c, |part| {
                if matches!(part, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}') {
                    tone = Some(part);
                } else {
                    key.extend(part.to_lowercase());
                }
            });
        }
    }
    key.extend(tone);
}

fn in_word(c: char) -> bool {
    is_letter(c) || matches!(c, '\u{300}'..='\u{36F}')
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
    fn heads_and_tails_end_at_characters() {
        assert_eq!(head("điều", 2), "đi");
        assert_eq!(head("điều", 9), "điều");
        assert_eq!(head("", 3), "");
        assert_eq!(tail("điều", 2), "ều");
        assert_eq!(tail("điều", 9), "điều");
        assert_eq!(tail("điều", 0), "");
    }

    #[test]
    fn digits_are_found_in_and_after_whole_chunks() {
        let text = format!("{}7{}8", "ạ".repeat(40), "b".repeat(31));
        assert_eq!(next_digit(text.as_bytes(), 0), Some(120));
        assert_eq!(next_digit(text.as_bytes(), 121), Some(152));
        assert_eq!(next_digit(text.as_bytes(), 153), None);
        assert_eq!(next_digit(b"", 4), None);
    }

    #[test]
    fn words_know_their_place() {
        let found = Words::of("Văn hóa – xã hội (2026)");
        assert_eq!(found.keys().map(word_key).collect::<Vec<_>>(), found.keys().collect::<Vec<_>>());
        assert_eq!(found.len(), 5);
        assert_eq!(found.keys().last(), Some("2026"));
        assert_eq!(found.range(2), Some(14..17));
        assert_eq!(found.inside(&(14..18)), 2..3);
    }
}
