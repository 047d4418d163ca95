//! Where a tone mark stands: the old way (hoá, khoẻ, thuý) and the new way (hóa, khỏe, thúy).
//!
//! The two differ only in syllables whose rime is "oa", "oe" or "uy" with nothing after it.

use crate::grammar::letters::{Tone, is_vowel, split_tone, with_tone};

/// Where a tone mark stands in a syllable that ends in "oa", "oe" or "uy".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// On the second vowel: hoá, khoẻ, thuý.
    Old,
    /// On the first vowel: hóa, khỏe, thúy.
    New,
}

/// The letters of a syllable that the two styles write differently.
struct Movable {
    /// What stands before the two vowels.
    onset: usize,
    first: char,
    second: char,
    tone: Tone,
    style: Style,
    upper: (bool, bool),
}

/// The style that a word is written in; `None` where the styles do not differ, as in "quá", "quý", "hoàn".
#[must_use]
pub fn style_of(word: &str) -> Option<Style> {
    movable(word).map(|found| found.style)
}

/// The word in a style; a word that the styles do not tell apart stays as it is.
#[must_use]
pub fn in_style(word: &str, style: Style) -> String {
    let Some(found) = movable(word).filter(|found| found.style != style) else {
        return word.to_owned();
    };
    let (first, second) = match style {
        Style::Old => (found.first, with_tone(found.second, found.tone)),
        Style::New => (with_tone(found.first, found.tone), found.second),
    };
    let mut out = word.get(..found.onset).unwrap_or_default().to_owned();
    push(&mut out, first, found.upper.0);
    push(&mut out, second, found.upper.1);
    out
}

fn push(out: &mut String, letter: char, upper: bool) {
    if upper {
        out.extend(letter.to_uppercase());
    } else {
        out.push(letter);
    }
}

fn movable(word: &str) -> Option<Movable> {
    // Cheap look at the last letter: a, e, y, or one of them with a mark.
    if !word.ends_with(['a', 'e', 'y', 'A', 'E', 'Y']) && word.bytes().next_back().is_none_or(|b| b < 0x80) {
        return None;
    }
    let mut letters = word.char_indices().rev();
    let (_, second_letter) = letters.next()?;
    let (onset, first_letter) = letters.next()?;
    let (second, second_tone) = split_tone(small(second_letter));
    let (first, first_tone) = split_tone(small(first_letter));
    if !matches!((first, second), ('o', 'a' | 'e') | ('u', 'y')) {
        return None;
    }
    let (style, tone) = match (first_tone, second_tone) {
        (Tone::Level, Tone::Level) => return None,
        (Tone::Level, tone) => (Style::Old, tone),
        (tone, Tone::Level) => (Style::New, tone),
        _ => return None,
    };
    let before = letters.next().map(|(_, letter)| small(letter));
    if before.is_some_and(|letter| letter == 'q' || is_vowel(split_tone(letter).0)) {
        return None;
    }
    let upper = (first_letter.is_uppercase(), second_letter.is_uppercase());
    Some(Movable { onset, first, second, tone, style, upper })
}

fn small(letter: char) -> char {
    if letter.is_uppercase() { letter.to_lowercase().next().unwrap_or(letter) } else { letter }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_told_apart_where_they_differ() {
        for (old, new) in [("hoá", "hóa"), ("khoẻ", "khỏe"), ("Thuỵ", "Thụy"), ("uỷ", "ủy"), ("HOÀ", "HÒA")]
        {
            assert_eq!(style_of(old), Some(Style::Old), "{old}");
            assert_eq!(style_of(new), Some(Style::New), "{new}");
            assert_eq!(in_style(old, Style::New), new);
            assert_eq!(in_style(new, Style::Old), old);
            assert_eq!(in_style(old, Style::Old), old);
        }
    }

    #[test]
    fn other_syllables_have_no_style() {
        for word in [
            "quá", "quý", "quỹ", "hoàn", "toán", "gìa", "hoa", "thuyền", "ngoài", "khoái", "của", "xã", "",
            "á", "tuya",
        ] {
            assert_eq!(style_of(word), None, "{word}");
            assert_eq!(in_style(word, Style::Old), word);
        }
    }
}
