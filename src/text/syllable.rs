//! Syllables: whether a word can be one, and what it may have been before one mark went wrong.
//!
//! ```text
//! syllable = onset rime tone
//! ```
//! The tone mark may stand on any vowel; a rime that ends in a stop takes sắc or nặng only.

use crate::grammar::Syllables;
use crate::grammar::letters::{TONES, Tone, is_vowel, shapes, taken_apart, with_tone};
use crate::grammar::syllables::Ending;

/// A syllable taken apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Syllable {
    /// Small letters without the tone mark.
    pub letters: String,
    /// The tone.
    pub tone: Tone,
}

impl Syllable {
    /// Takes a word apart; `None` for a word with two tone marks or with a character that is no letter.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        let (letters, tone) = taken_apart(word)?;
        Some(Self { letters, tone })
    }

    /// The syllable written with its tone mark in the usual place, new style.
    #[must_use]
    pub fn spelling(&self) -> String {
        let marked = mark_position(&self.letters);
        let mark = |(at, letter)| if Some(at) == marked { with_tone(letter, self.tone) } else { letter };
        self.letters.chars().enumerate().map(mark).collect()
    }
}

/// Whether a word can be a Vietnamese syllable.
#[must_use]
pub fn is_possible(word: &str, grammar: &Syllables) -> bool {
    Syllable::of(word).is_some_and(|syllable| fits(&syllable, grammar))
}

/// The possible syllables that differ from a word by one mark: another tone, or the shape of one letter
/// ("uo" and "ươ" count as one); in a fixed order, tones first.
#[must_use]
pub fn nearest(word: &str, grammar: &Syllables) -> Vec<String> {
    let Some(syllable) = Syllable::of(word) else { return Vec::new() };
    let mut found = Vec::new();
    let mut add = |candidate: Syllable| {
        if candidate != syllable && fits(&candidate, grammar) {
            found.push(candidate.spelling());
        }
    };
    for tone in TONES {
        add(Syllable { letters: syllable.letters.clone(), tone });
    }
    for (at, letter) in syllable.letters.char_indices() {
        for shape in shapes(letter) {
            add(Syllable { letters: replaced(&syllable.letters, at, letter, *shape), tone: syllable.tone });
        }
    }
    for (pair, other) in [("uo", "ươ"), ("ươ", "uo")] {
        if syllable.letters.contains(pair) {
            add(Syllable { letters: syllable.letters.replacen(pair, other, 1), tone: syllable.tone });
        }
    }
    found
}

fn fits(syllable: &Syllable, grammar: &Syllables) -> bool {
    match grammar.ending(&syllable.letters) {
        Some(Ending::Open) => true,
        Some(Ending::Stopped) => matches!(syllable.tone, Tone::Rising | Tone::Dot),
        None => false,
    }
}

fn replaced(letters: &str, at: usize, old: char, new: char) -> String {
    let mut out = letters.get(..at).unwrap_or_default().to_owned();
    out.push(new);
    out.push_str(letters.get(at + old.len_utf8()..).unwrap_or_default());
    out
}

/// Which letter, counted from 0, carries the tone mark.
fn mark_position(letters: &str) -> Option<usize> {
    let all: Vec<char> = letters.chars().collect();
    let mut vowels: Vec<usize> =
        (0..all.len()).filter(|i| all.get(*i).copied().is_some_and(is_vowel)).collect();
    // The u of "qu" and the i of "gi" belong to the onset where another vowel follows.
    let onset_vowel = letters.starts_with("qu") || letters.starts_with("gi");
    if onset_vowel && vowels.len() > 1 {
        vowels.remove(0);
    }
    let shaped = |i: &&usize| all.get(**i).is_some_and(|c| matches!(c, 'ă' | 'â' | 'ê' | 'ô' | 'ơ'));
    if let Some(at) = vowels.iter().rev().find(shaped) {
        return Some(*at);
    }
    if let Some(at) = vowels.iter().find(|i| all.get(**i) == Some(&'ư')) {
        return Some(*at);
    }
    let closed = vowels.last().is_some_and(|last| last + 1 < all.len());
    match vowels.as_slice() {
        [] => None,
        [only] => Some(*only),
        [_, second] if closed => Some(*second),
        [first, _] => Some(*first),
        [_, second, ..] => Some(*second),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]

    use super::*;
    use crate::grammar::Grammar;

    #[test]
    fn syllables_are_told_from_other_words() {
        let grammar = Grammar::embedded().unwrap().syllables;
        let words =
            "nghiêng quyết khuya nguyễn thuở gì giếng quốc xoong được điễm huỳnh giữa quý ủy iểm yêu ươn Đắk";
        for word in words.split(' ').filter(|word| *word != "Đắk") {
            assert!(is_possible(word, &grammar), "{word}");
        }
        for word in [
            "đươc",
            "viêc",
            "nguời",
            "đuờng",
            "thưòng",
            "cấph",
            "ngiệm",
            "kông",
            "ghà",
            "phat",
            "Đắk",
            "ttrường",
        ] {
            assert!(!is_possible(word, &grammar), "{word}");
        }
    }

    #[test]
    fn the_nearest_syllables_differ_by_one_mark() {
        let grammar = Grammar::embedded().unwrap().syllables;
        assert_eq!(nearest("nguời", &grammar), ["người", "nguồi"]);
        assert_eq!(nearest("đuờng", &grammar), ["đường", "đuồng"]);
        assert_eq!(nearest("viêc", &grammar), ["viếc", "việc"]);
        assert_eq!(nearest("đươc", &grammar), ["đước", "được"]);
        assert!(nearest("uỷ", &grammar).contains(&"úy".to_owned()));
    }

    #[test]
    fn the_mark_goes_to_its_usual_place() {
        for word in [
            "hóa", "hoàn", "thúy", "quý", "quá", "giá", "gì", "giếng", "nghĩa", "người", "được", "ngoài",
            "khuỷu", "của", "tiến", "quyết", "xã",
        ] {
            assert_eq!(Syllable::of(word).unwrap().spelling(), word);
        }
        assert_eq!(Syllable::of("hoá").unwrap().spelling(), "hóa");
    }
}
