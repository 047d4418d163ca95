//! Splits a text into words and looks each up in the lexicon.

use crate::grammar::lexicon::{Case, Id, Letters, Lexicon, UNKNOWN};

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The syllable; [`UNKNOWN`] for a word that the lexicon does not have.
    pub(super) id: Id,
    pub(super) case: Case,
    /// Whether one space alone stands between the word before and this one.
    pub(super) joined: bool,
}

/// What a byte is to the splitting of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Stands between words.
    Break,
    /// Starts a letter.
    Letter,
    /// Goes on with a character.
    Rest,
}

const CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut classes = [Class::Break; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            0x80..=0xBF => Class::Rest,
            // Signs start with C2, E2, E3, EF, F0: spaces, dashes, quotation marks, emblems.
            0xC3..=0xE1 | 0xE4..=0xEE => Class::Letter,
            _ => Class::Break,
        };
        byte += 1;
    }
    classes
}

/// The longest word, in bytes, that can be a syllable.
const LONGEST: usize = 24;

/// The words of a text, in place of what `tokens` holds.
pub(super) fn split(text: &str, lexicon: &Lexicon, tokens: &mut Vec<Token>) {
    tokens.clear();
    let bytes = text.as_bytes();
    let mut open: Option<usize> = None;
    // One byte more than the text has closes its last word.
    for (at, byte) in bytes.iter().copied().chain([b' ']).enumerate() {
        match CLASSES.get(usize::from(byte)).copied().unwrap_or(Class::Break) {
            Class::Letter => {
                open.get_or_insert(at);
            }
            Class::Rest => {}
            Class::Break => {
                if let Some(start) = open.take() {
                    let joined = tokens.last().is_some_and(|last| last.end as usize + 1 == start)
                        && bytes.get(start.wrapping_sub(1)) == Some(&b' ');
                    tokens.push(token(text, start..at, joined, lexicon));
                }
            }
        }
    }
}

fn token(text: &str, range: std::ops::Range<usize>, joined: bool, lexicon: &Lexicon) -> Token {
    let (start, end) = (to_u32(range.start), to_u32(range.end));
    let word = text.get(range).unwrap_or_default();
    let (id, case) = look_up(word, lexicon);
    Token { start, end, id, case, joined }
}

fn look_up(word: &str, lexicon: &Lexicon) -> (Id, Case) {
    let bytes = word.as_bytes();
    if let Some(id) = lexicon.word(bytes) {
        return (id, Case::Lower);
    }
    if bytes.len() > LONGEST {
        return (UNKNOWN, case_of(word));
    }
    let mut small = [0; LONGEST];
    if let (Some(b'A'..=b'Z'), Some(small)) = (bytes.first(), small.get_mut(..bytes.len())) {
        small.copy_from_slice(bytes);
        small.iter_mut().take(1).for_each(|byte| byte.make_ascii_lowercase());
        if let Some(id) = lexicon.word(small) {
            return (id, Case::Capital);
        }
    }
    let id = Letters::of(word).and_then(|letters| lexicon.by_letters(&letters)).unwrap_or(UNKNOWN);
    (id, case_of(word))
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn case_of(word: &str) -> Case {
    let mut letters = word.chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    let (mut upper, mut lower) = (false, false);
    for letter in letters {
        if letter.is_uppercase() {
            upper = true;
        } else {
            lower = true;
        }
    }
    match (first, upper, lower) {
        (false, false, _) => Case::Lower,
        (true, false, _) => Case::Capital,
        (true, true, false) => Case::Upper,
        _ => Case::Mixed,
    }
}
