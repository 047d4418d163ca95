//! Splits a text into words and looks each up in the lexicon.
//!
//! Every word of a document comes through here, so the usual word (small letters, a space after it) is cut
//! out of the text, looked up and done with in a few instructions; all others take the long way.

use rustc_hash::FxHashMap;

use super::super::tone::{Style, style_of};
use crate::grammar::lexicon::{Case, Fold, Hit, Id, Letters, Lexicon, UNKNOWN, key};

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The syllable; [`UNKNOWN`] for a word that the lexicon does not have.
    pub(super) id: Id,
    /// Its letters without marks; [`Fold::NONE`] where no syllable has them.
    pub(super) fold: Fold,
    pub(super) case: Case,
    /// How its tone mark is placed, where that may differ.
    pub(super) style: Option<Style>,
    /// Whether one space alone stands between the word before and this one.
    pub(super) joined: bool,
}

/// Splits texts; remembers the words that took the long way.
#[derive(Debug)]
pub(super) struct Splitter<'a> {
    lexicon: &'a Lexicon,
    remembered: FxHashMap<u128, (Hit, Case)>,
}

/// The longest word, in bytes, that is looked at.
const LONGEST: usize = 16;

/// How many words are remembered at most; a document of random letters must not fill the memory.
const REMEMBERED: usize = 1 << 16;

impl<'a> Splitter<'a> {
    pub(super) fn new(lexicon: &'a Lexicon) -> Self {
        Self { lexicon, remembered: FxHashMap::default() }
    }

    /// The words of a text, in place of what `tokens` holds.
    pub(super) fn split(&mut self, text: &str, tokens: &mut Vec<Token>) {
        tokens.clear();
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if *byte < b'A' {
                at += 1;
                continue;
            }
            let window = match bytes.get(at..at + LONGEST).and_then(|b| <[u8; LONGEST]>::try_from(b).ok()) {
                Some(window) => u128::from_le_bytes(window),
                None => bytes.get(at..).and_then(key).unwrap_or(0),
            };
            let length = run(window);
            if length < LONGEST {
                let key = window & (u128::MAX >> (128 - 8 * length));
                if let Some(found) = self.usual(key) {
                    push(tokens, bytes, at..at + length, found);
                    at += length;
                    continue;
                }
            }
            at = self.long_way(text, at, tokens);
        }
    }

    /// A word in small letters, or with a capital of ASCII before them.
    #[inline]
    fn usual(&self, key: u128) -> Option<(Hit, Case)> {
        if let Some(hit) = self.lexicon.word(key) {
            return Some((hit, Case::Lower));
        }
        if !(key as u8).is_ascii_uppercase() {
            return None;
        }
        Some((self.lexicon.word(key | 0x20)?, Case::Capital))
    }

    /// The words of a run of bytes that stand for letters or signs, from `start`; gives the run's end.
    fn long_way(&mut self, text: &str, start: usize, tokens: &mut Vec<Token>) -> usize {
        let bytes = text.as_bytes();
        let rest = bytes.get(start..).unwrap_or_default();
        let end = rest.iter().position(|byte| *byte < b'A').map_or(bytes.len(), |at| start + at);
        let run = text.get(start..end).unwrap_or_default();
        let mut open = None;
        for (offset, c) in run.char_indices().chain([(run.len(), ' ')]) {
            if c.is_alphabetic() {
                open.get_or_insert(offset);
            } else if let Some(first) = open.take() {
                let range = start + first..start + offset;
                let found = self.look_up(text.get(range.clone()).unwrap_or_default());
                push(tokens, bytes, range, found);
            }
        }
        end
    }

    fn look_up(&mut self, word: &str) -> (Hit, Case) {
        let Some(key) = key(word.as_bytes()) else { return (Hit::NONE, case_of(word)) };
        if let Some(found) = self.usual(key) {
            return found;
        }
        if let Some(found) = self.remembered.get(&key) {
            return *found;
        }
        let letters = Letters::of(word);
        let id = letters.as_ref().and_then(|letters| self.lexicon.by_letters(letters)).unwrap_or(UNKNOWN);
        let fold = letters.and_then(|letters| self.lexicon.fold_of(&letters)).unwrap_or(Fold::NONE);
        let found = (Hit { id, fold, style: style_of(word) }, case_of(word));
        if self.remembered.len() < REMEMBERED {
            self.remembered.insert(key, found);
        }
        found
    }
}

impl Token {
    pub(super) fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

#[inline]
fn push(tokens: &mut Vec<Token>, bytes: &[u8], range: std::ops::Range<usize>, found: (Hit, Case)) {
    let (start, end) = (range.start as u32, range.end as u32);
    let joined = tokens.last().is_some_and(|last| last.end.wrapping_add(1) == start)
        && bytes.get(range.start.wrapping_sub(1)) == Some(&b' ');
    let (Hit { id, fold, style }, case) = found;
    tokens.push(Token { start, end, id, fold, case, style, joined });
}

/// How many bytes from the lowest on are at least "A": letters, some signs, and all that is not ASCII.
#[inline]
fn run(window: u128) -> usize {
    const ONES: u128 = u128::MAX / 0xFF;
    let below = window.wrapping_sub(ONES * b'A' as u128) & !window & (ONES * 0x80);
    (below.trailing_zeros() / 8) as usize
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::string_slice, reason = "a failing test may panic")]

    use super::*;
    use crate::grammar::Grammar;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<Token> {
        let grammar = Grammar::embedded().unwrap();
        let mut tokens = Vec::new();
        Splitter::new(grammar.words.lexicon()).split(text, &mut tokens);
        tokens
    }

    #[test]
    fn words_are_cut_and_joined() {
        let text = "Ủy ban “nhân dân” xã; ĐẢNG ỦY, số 12a, hoá hóa";
        let tokens = split(text);
        let words: Vec<&str> = tokens.iter().map(|t| &text[t.start as usize..t.end as usize]).collect();
        assert_eq!(words, ["Ủy", "ban", "nhân", "dân", "xã", "ĐẢNG", "ỦY", "số", "a", "hoá", "hóa"]);
        let joined: Vec<bool> = tokens.iter().map(|t| t.joined).collect();
        assert_eq!(joined, [false, true, false, true, false, false, true, false, false, false, true]);
        let last: Vec<Id> = tokens.iter().rev().take(2).map(|t| t.id).collect();
        assert_eq!(last.first(), last.last(), "one syllable in two spellings");
        let cases: Vec<Case> = tokens.iter().map(|t| t.case).collect();
        assert_eq!(cases.get(..2), Some(&[Case::Capital, Case::Lower][..]));
        assert_eq!(cases.get(5..7), Some(&[Case::Upper, Case::Upper][..]));
    }

    proptest! {
        #[test]
        fn words_are_the_runs_of_letters(text in "[a-zđếỦA-Z “”.,0-9\\[_]{0,60}") {
            let tokens = split(&text);
            let words: Vec<&str> = tokens.iter().map(|t| &text[t.start as usize..t.end as usize]).collect();
            let expected: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
            prop_assert_eq!(words, expected);
        }
    }
}
