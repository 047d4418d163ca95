//! A fold key that remembers where each of its bytes came from, so that phrases can be matched without
//! regard to case, diacritics and spacing, and the match given back as a range of the text.

use std::ops::Range;

use crate::text::fold_letter;

/// A folded text with its way back.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// The fold key; one space for each run of spaces, none at either end.
    pub text: String,
    /// For each byte of the fold key, and one past its end, the offset in the original.
    offsets: Vec<u32>,
}

impl Folded {
    /// Folds a text.
    pub fn of(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut offsets = Vec::with_capacity(original.len() + 1);
        let mut space = None;
        let mut end = 0;
        for (offset, c) in original.char_indices() {
            if c.is_whitespace() {
                space = space.or(Some(offset));
                continue;
            }
            let pending = space.filter(|_| !text.is_empty());
            if let Some(at) = pending {
                text.push(' ');
                offsets.push(narrow(at));
            }
            let before = text.len();
            if c.is_ascii() {
                text.push(c.to_ascii_lowercase());
            } else {
                fold_letter(c, &mut text);
            }
            if text.len() > before {
                space = None;
            } else if pending.is_some() {
                // A combining mark by itself: the space still waits for its word.
                text.pop();
                offsets.pop();
            }
            offsets.resize(text.len(), narrow(offset));
            end = offset + c.len_utf8();
        }
        offsets.push(narrow(end));
        Self { text, offsets }
    }

    /// The range of the original that a range of the fold key came from.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let at = |offset: usize| self.offsets.get(offset).map_or(0, |offset| *offset as usize);
        let start = at(range.start);
        start..at(range.end).max(start)
    }
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Whether a rest of a fold key begins at the end of a word.
pub(super) fn ends_word(rest: &str) -> bool {
    !rest.chars().next().is_some_and(char::is_alphanumeric)
}

/// The rest after a phrase that ends at the end of a word, if the text begins with it.
#[inline]
pub(super) fn strip_phrase<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    // Of a list of phrases nearly all begin with another letter.
    if text.bytes().next() != phrase.bytes().next() {
        return None;
    }
    let rest = text.strip_prefix(phrase)?;
    (ends_word(rest) || !phrase.ends_with(char::is_alphanumeric)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_lead_back_to_the_original() {
        let original = "  Quý  II/2027 – hết";
        let folded = Folded::of(original);
        assert_eq!(folded.text, "quy ii/2027 - het");
        assert_eq!(original.get(folded.original(0..3)), Some("Quý"));
        assert_eq!(original.get(folded.original(4..11)), Some("II/2027"));
        assert_eq!(original.get(folded.original(14..17)), Some("hết"));
    }

    #[test]
    fn combining_marks_stay_with_their_letter() {
        let original = "Quy\u{301} II";
        let folded = Folded::of(original);
        assert_eq!(original.get(folded.original(0..3)), Some("Quy\u{301}"));
    }
}
