//! One text, its words, and what they are to each other.

use super::tokens::Token;
use crate::grammar::letters::{Tone, is_vowel};
use crate::grammar::lexicon::{Case, Difference, Id, Letters, Lexicon, Listed, UNKNOWN};

/// How many words around a listed misreading are looked at.
const CONTEXT: usize = 3;

/// One text and its words.
pub(super) struct Line<'a> {
    pub(super) at: usize,
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) lexicon: &'a Lexicon,
}

/// What is known of each word of a line.
#[derive(Default)]
pub(super) struct Marks {
    /// The word and the one before are a right pair.
    pub(super) right: Vec<bool>,
    /// Runs of words that are a listed misreading, in order.
    pub(super) listed: Vec<std::ops::Range<usize>>,
    /// Words that are no right pair with the one before, while others with the same letters may be.
    pub(super) no_pair: Vec<usize>,
    /// Words whose tone mark has two places.
    pub(super) styled: Vec<usize>,
    /// Words that are no syllable in use, or that a listed misreading starts with.
    pub(super) special: Vec<usize>,
}

impl Marks {
    pub(super) fn clear(&mut self) {
        self.right.clear();
        self.listed.clear();
        self.no_pair.clear();
        self.special.clear();
        self.styled.clear();
    }

    pub(super) fn is_listed(&self, at: usize) -> bool {
        let after = self.listed.partition_point(|words| words.start <= at);
        after.checked_sub(1).and_then(|i| self.listed.get(i)).is_some_and(|words| words.contains(&at))
    }
}

impl Line<'_> {
    pub(super) fn word(&self, token: &Token) -> &str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or_default()
    }

    pub(super) fn letters(&self, token: &Token) -> Option<Letters> {
        if token.id == UNKNOWN {
            Letters::of(self.word(token))
        } else {
            self.lexicon.letters(token.id).cloned()
        }
    }

    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    pub(super) fn is_joined(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.joined)
    }

    /// Whether a word with a capital follows another one, as in a name.
    pub(super) fn is_in_name(&self, at: usize) -> bool {
        let capital = |at: usize| self.token(at).is_some_and(|token| token.case == Case::Capital);
        self.is_joined(at) && capital(at) && at.checked_sub(1).is_some_and(capital)
    }

    /// Syllables that lead away from a place, as long as they are joined.
    pub(super) fn before(&self, at: usize) -> Vec<Id> {
        let joined = (1..=CONTEXT).take_while(|i| at.checked_sub(i - 1).is_some_and(|at| self.is_joined(at)));
        joined.filter_map(|i| self.token(at.checked_sub(i)?)).map(|token| token.id).collect()
    }

    pub(super) fn after(&self, at: usize) -> Vec<Id> {
        let joined = (at + 1..=at + CONTEXT).take_while(|at| self.is_joined(*at));
        joined.filter_map(|at| self.token(at)).map(|token| token.id).collect()
    }
}

/// The last word of a listed misreading that starts at `at`, if it stands there.
pub(super) fn matches<'a>(line: &'a Line<'_>, at: usize, listed: &Listed) -> Option<&'a Token> {
    let tokens = line.tokens.get(at..at + listed.wrong.len())?;
    let same = tokens.iter().zip(&listed.wrong).all(|(token, id)| token.id == *id);
    let joined = tokens.iter().skip(1).all(|token| token.joined);
    let last = at + listed.wrong.len().checked_sub(1)?;
    (same && joined && listed.fits(&line.before(at), &line.after(last))).then(|| line.token(last))?
}

/// Whether the way two words are written lets one be a misreading: a capital inside a sentence is a name's.
pub(super) fn case_allows(line: &Line<'_>, at: usize, wrong_is_second: bool) -> bool {
    let Some((first, second)) = at.checked_sub(1).and_then(|i| line.token(i)).zip(line.token(at)) else {
        return false;
    };
    match (first.case, second.case) {
        (Case::Lower, Case::Lower) | (Case::Upper, Case::Upper) => true,
        (Case::Capital, Case::Lower) if !first.joined => true,
        (Case::Capital, Case::Lower) => {
            let before = at.checked_sub(2).and_then(|i| line.token(i));
            wrong_is_second && before.is_some_and(|before| before.case == Case::Lower)
        }
        _ => false,
    }
}

/// Whether a mark is easily misread: a dot below is not, for a mark above.
pub(super) fn is_plausible(difference: Difference) -> bool {
    match difference {
        Difference::Shape => true,
        Difference::Tone(one, other) => {
            (one != Tone::Dot || other == Tone::Level) && (other != Tone::Dot || one == Tone::Level)
        }
    }
}

/// Whether letters are of the Vietnamese alphabet and of one syllable: one run of vowels.
pub(super) fn looks_vietnamese(letters: &Letters) -> bool {
    let mut runs = 0;
    let mut in_vowels = false;
    for letter in letters.as_str().chars() {
        if matches!(letter, 'f' | 'j' | 'w' | 'z') {
            return false;
        }
        let vowel = is_vowel(letter);
        runs += u32::from(vowel && !in_vowels);
        in_vowels = vowel;
    }
    runs == 1
}

/// Whether no digit, hyphen or other mark of codes and foreign words touches a word.
pub(super) fn stands_free(text: &str, token: &Token) -> bool {
    let bytes = text.as_bytes();
    let before = (token.start as usize).checked_sub(1).and_then(|i| bytes.get(i));
    let after = bytes.get(token.end as usize);
    let touches = |byte: Option<&u8>| {
        byte.is_some_and(|byte| {
            byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'@' | b'/' | b'\'' | b'&')
        })
    };
    !touches(before) && !touches(after)
}
