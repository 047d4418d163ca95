//! Finds words that were probably misread: one mark wrong.
//!
//! Four grounds are told apart. A misreading may be listed as such. A pair of syllables may be no right pair
//! and one mark away from a compound; this counts only where the wrong syllable is no word by itself and
//! does not belong to the word on its other side. A run of four syllables may be one mark away from a set
//! phrase. A word may be no Vietnamese syllable. The document's own words count as evidence both ways.

use rustc_hash::FxHashMap;

use super::syllable::is_possible;
use super::tokens::{Token, split};
use crate::grammar::letters::{Tone, is_vowel};
use crate::grammar::lexicon::{Case, Difference, Fold, Id, Letters, Lexicon, Listed, Pair, UNKNOWN};
use crate::grammar::Syllables;

/// How often the right words must stand in the document where the wrong syllable is a word by itself.
const MANY: u32 = 3;

/// How many words around a listed misreading are looked at.
const CONTEXT: usize = 3;

/// A word that was probably misread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// Which of the texts.
    pub text: usize,
    /// The words that do not go together, as a range of bytes of the text.
    pub words: std::ops::Range<usize>,
    /// The misread word among them.
    pub word: std::ops::Range<usize>,
    /// What was probably meant instead of `words`.
    pub right: String,
    /// Why.
    pub ground: Ground,
}

/// Why a word is taken for misread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The misreading is known as such.
    Listed,
    /// The right words are a compound or a set phrase; how often they stand in the document.
    Compound(u32),
    /// The word is no Vietnamese syllable.
    NoSyllable,
}

/// All suspects of a document, in order.
#[must_use]
pub fn suspects(texts: &[&str], lexicon: &Lexicon, syllables: &Syllables) -> Vec<Suspect> {
    let mut finder = Finder { lexicon, syllables, stream: Vec::new(), found: Vec::new(), options: Vec::new() };
    let (mut tokens, mut marks) = (Vec::new(), Marks::default());
    for (at, text) in texts.iter().enumerate() {
        split(text, lexicon, &mut tokens);
        finder.read(&Line { at, text, tokens: &tokens, lexicon }, &mut marks);
    }
    finder.decide(texts)
}

/// One text and its words.
struct Line<'a> {
    at: usize,
    text: &'a str,
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
}

/// What is known of each word of a line.
#[derive(Default)]
struct Marks {
    /// The word and the one before are a right pair.
    right: Vec<bool>,
    /// The word is part of a listed misreading.
    listed: Vec<bool>,
}

struct Finder<'a> {
    lexicon: &'a Lexicon,
    syllables: &'a Syllables,
    /// The document's syllables in order, with [`UNKNOWN`] where words are not joined.
    stream: Vec<Id>,
    found: Vec<Suspect>,
    /// What the document's counts decide.
    options: Vec<Choice>,
}

/// A word that may be misread, and what it may have been.
struct Choice {
    suspect: Suspect,
    /// How the misread word is written.
    case: Case,
    /// Whether it is the second of its pair.
    second: bool,
    pair: (Id, Id),
    options: Vec<Reading>,
}

/// What a word may have been.
struct Reading {
    pair: Pair,
    right: Id,
    strength: Strength,
}

/// How much speaks for a reading, the strongest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// The wrong syllable is a word by itself; the document must say much for the right words.
    Standalone,
    /// The wrong syllable is a part of words, and here of none.
    Part,
    /// The wrong syllable is not in use.
    NotInUse,
    /// Three words around it make a set phrase with the right one.
    Phrase,
    /// The word has no right neighbour; only the document's own words can say what it was.
    Alone { possible: bool },
}

impl Line<'_> {
    fn word(&self, token: &Token) -> &str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or_default()
    }

    fn letters(&self, token: &Token) -> Option<Letters> {
        if token.id == UNKNOWN {
            Letters::of(self.word(token))
        } else {
            self.lexicon.letters(token.id).cloned()
        }
    }

    fn fold(&self, token: &Token) -> Option<Fold> {
        if token.id == UNKNOWN {
            self.lexicon.fold_of(&Letters::of(self.word(token))?)
        } else {
            self.lexicon.fold(token.id)
        }
    }

    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    fn is_joined(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.joined)
    }

    /// Syllables that lead away from a place, as long as they are joined.
    fn before(&self, at: usize) -> Vec<Id> {
        let joined = (1..=CONTEXT).take_while(|i| at.checked_sub(i - 1).is_some_and(|at| self.is_joined(at)));
        joined.filter_map(|i| self.token(at.checked_sub(i)?)).map(|token| token.id).collect()
    }

    fn after(&self, at: usize) -> Vec<Id> {
        let joined = (at + 1..=at + CONTEXT).take_while(|at| self.is_joined(*at));
        joined.filter_map(|at| self.token(at)).map(|token| token.id).collect()
    }
}

impl Finder<'_> {
    fn read(&mut self, line: &Line<'_>, marks: &mut Marks) {
        marks.right.clear();
        marks.listed.clear();
        marks.listed.resize(line.tokens.len(), false);
        let mut last = UNKNOWN;
        let mut suspicious = false;
        for token in line.tokens {
            if !token.joined {
                self.stream.push(UNKNOWN);
            }
            self.stream.push(token.id);
            let right = token.joined && self.lexicon.knows(last, token.id);
            suspicious |= !right;
            marks.right.push(right);
            last = token.id;
        }
        for at in 0..line.tokens.len() {
            self.read_listed(line, at, &mut marks.listed);
        }
        if !suspicious {
            return;
        }
        for at in 1..line.tokens.len() {
            if !marks.right.get(at).copied().unwrap_or(true) && line.is_joined(at) {
                self.read_pair(line, at, marks);
            }
        }
        for at in 0..line.tokens.len() {
            self.read_alone(line, at, marks);
        }
    }

    fn read_listed(&mut self, line: &Line<'_>, at: usize, marks: &mut [bool]) {
        let Some(first) = line.token(at) else { return };
        for listed in self.lexicon.listed(first.id) {
            let Some(last) = matches(line, at, listed) else { continue };
            let end = at + listed.wrong.len();
            if marks.get(at..end).is_none_or(|marks| marks.contains(&true)) {
                continue;
            }
            marks.get_mut(at..end).unwrap_or_default().fill(true);
            let range = first.start as usize..last.end as usize;
            self.found.push(Suspect {
                text: line.at,
                words: range.clone(),
                word: range,
                right: in_case(&listed.right, first.case, listed.wrong.len() > 1 && last.case == Case::Upper),
                ground: Ground::Listed,
            });
            return;
        }
    }

    /// The word at `at` and the one before, which are no right pair.
    fn read_pair(&mut self, line: &Line<'_>, at: usize, marks: &Marks) {
        let Some((first, second)) = at.checked_sub(1).and_then(|i| line.token(i)).zip(line.token(at)) else {
            return;
        };
        if marks.listed.get(at - 1..=at).is_none_or(|marks| marks.contains(&true)) {
            return;
        }
        let Some((first_fold, second_fold)) = line.fold(first).zip(line.fold(second)) else { return };
        let alike = self.lexicon.alike(first_fold, second_fold);
        if alike.is_empty() {
            return;
        }
        for wrong_is_second in [false, true] {
            if !case_allows(line, at, wrong_is_second) {
                continue;
            }
            let options = self.readings(line, at, wrong_is_second, alike, marks);
            if options.is_empty() {
                continue;
            }
            let wrong = if wrong_is_second { second } else { first };
            self.options.push(Choice {
                suspect: Suspect {
                    text: line.at,
                    words: first.start as usize..second.end as usize,
                    word: wrong.start as usize..wrong.end as usize,
                    right: String::new(),
                    ground: Ground::Compound(0),
                },
                case: wrong.case,
                second: wrong_is_second,
                pair: (first.id, second.id),
                options,
            });
        }
    }

    fn readings(
        &self,
        line: &Line<'_>,
        at: usize,
        second: bool,
        alike: &[Pair],
        marks: &Marks,
    ) -> Vec<Reading> {
        let (wrong_at, other_at) = if second { (at, at - 1) } else { (at - 1, at) };
        let Some((wrong, other)) = line.token(wrong_at).zip(line.token(other_at)) else { return Vec::new() };
        let same_other = |pair: &&Pair| (if second { pair.first } else { pair.second }) == other.id;
        let mut found = Vec::new();
        let mut letters = None;
        for pair in alike.iter().filter(same_other) {
            let right = if second { pair.second } else { pair.first };
            if letters.is_none() {
                letters = line.letters(wrong);
            }
            let difference = letters
                .as_ref()
                .zip(self.lexicon.letters(right))
                .and_then(|(wrong, right)| wrong.difference(right));
            let Some(difference) = difference else { continue };
            let strength = if !self.lexicon.is_real(wrong.id) {
                Some(Strength::NotInUse)
            } else if !is_plausible(difference) {
                None
            } else {
                self.strength(line, wrong_at, other_at, right, marks)
            };
            found.extend(strength.map(|strength| Reading { pair: *pair, right, strength }));
        }
        found
    }

    /// What speaks for a wrong syllable in use being a misreading of the right one.
    fn strength(
        &self,
        line: &Line<'_>,
        wrong_at: usize,
        other_at: usize,
        right: Id,
        marks: &Marks,
    ) -> Option<Strength> {
        let is_right = |at: usize| marks.right.get(at).copied().unwrap_or(false);
        // The pairs that the two words make with what stands on their other sides.
        let (wrong_beyond, other_beyond) =
            if wrong_at > other_at { (wrong_at + 1, other_at) } else { (wrong_at, other_at + 1) };
        if is_right(wrong_beyond) {
            return None;
        }
        if self.completes_phrase(line, wrong_at, right) {
            return Some(Strength::Phrase);
        }
        if is_right(other_beyond) {
            return None;
        }
        let (wrong, other) = line.token(wrong_at).zip(line.token(other_at))?;
        match (self.lexicon.stands_alone(wrong.id), self.lexicon.stands_alone(other.id)) {
            (false, _) => Some(Strength::Part),
            (true, false) => Some(Strength::Standalone),
            (true, true) => None,
        }
    }

    /// Whether the right syllable in the wrong one's place makes four in a row of a set phrase.
    fn completes_phrase(&self, line: &Line<'_>, wrong_at: usize, right: Id) -> bool {
        (wrong_at.saturating_sub(3)..=wrong_at).any(|start| {
            let Some([a, b, c, d]) = line.tokens.get(start..start + 4) else { return false };
            if !(b.joined && c.joined && d.joined) {
                return false;
            }
            let mut ids = [a.id, b.id, c.id, d.id];
            if let Some(id) = ids.get_mut(wrong_at - start) {
                *id = right;
            }
            self.lexicon.windows(ids).contains(&ids)
        })
    }

    /// A word by itself that is not in use.
    fn read_alone(&mut self, line: &Line<'_>, at: usize, marks: &Marks) {
        let Some(token) = line.token(at) else { return };
        if token.id != UNKNOWN && self.lexicon.is_real(token.id) || marks.listed.get(at) == Some(&true) {
            return;
        }
        let word = line.word(token);
        let next_is_small = line.is_joined(at + 1) && line.token(at + 1).is_some_and(|t| t.case == Case::Lower);
        let small = token.case == Case::Lower || token.case == Case::Capital && !token.joined && next_is_small;
        if !small || word.is_ascii() || !stands_free(line.text, token) {
            return;
        }
        let Some(letters) = Letters::of(word).filter(looks_vietnamese) else { return };
        let ids = letters.one_mark_away().filter_map(|letters| self.lexicon.by_letters(&letters));
        let possible = is_possible(word, self.syllables);
        let options: Vec<Reading> = ids
            .filter(|id| self.lexicon.is_real(*id))
            .map(|right| Reading {
                pair: Pair { first: right, second: right, compound: false },
                right,
                strength: Strength::Alone { possible },
            })
            .collect();
        if options.is_empty() {
            return;
        }
        let range = token.start as usize..token.end as usize;
        self.options.push(Choice {
            suspect: Suspect {
                text: line.at,
                words: range.clone(),
                word: range,
                right: String::new(),
                ground: if possible { Ground::Compound(0) } else { Ground::NoSyllable },
            },
            case: token.case,
            second: false,
            pair: (UNKNOWN, UNKNOWN),
            options,
        });
    }

    /// Weighs the options by what the document says elsewhere.
    fn decide(mut self, texts: &[&str]) -> Vec<Suspect> {
        let counts = Counts::of(&self.stream, &self.options);
        let mut decided = FxHashMap::default();
        for choice in std::mem::take(&mut self.options) {
            let best = choice
                .options
                .iter()
                .filter_map(|reading| Some((weight(&choice, reading, &counts)?, reading)))
                .max_by_key(|(weight, reading)| (*weight, std::cmp::Reverse(reading.right)));
            let Some((weight, reading)) = best else { continue };
            let mut suspect = choice.suspect.clone();
            suspect.right = self.corrected(texts, &choice, reading.right);
            if let Ground::Compound(count) = &mut suspect.ground {
                *count = weight.count;
            }
            let entry = decided.entry((suspect.text, suspect.word.start)).or_insert((weight, suspect.clone()));
            if weight > entry.0 {
                *entry = (weight, suspect);
            }
        }
        self.found.extend(decided.into_values().map(|(_, suspect)| suspect));
        self.found.sort_by_key(|suspect| (suspect.text, suspect.words.start, suspect.word.start));
        // Two readings of one pair blame one word each; one finding is enough.
        self.found.dedup_by(|later, earlier| {
            later.text == earlier.text && later.words.start < earlier.words.end
        });
        self.found
    }

    /// The words with the right syllable in the wrong one's place.
    fn corrected(&self, texts: &[&str], choice: &Choice, right: Id) -> String {
        let right = in_case(self.lexicon.spelling(right), choice.case, choice.case == Case::Upper);
        let text = texts.get(choice.suspect.text).copied().unwrap_or_default();
        let (words, word) = (&choice.suspect.words, &choice.suspect.word);
        let before = text.get(words.start..word.start).unwrap_or_default();
        let after = text.get(word.end..words.end).unwrap_or_default();
        format!("{before}{right}{after}")
    }
}

/// How much speaks for a reading; more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Weight {
    strong: bool,
    compound: bool,
    count: u32,
    strength: Strength,
}

/// The weight of a reading; `None` where it does not hold.
fn weight(choice: &Choice, reading: &Reading, counts: &Counts) -> Option<Weight> {
    let (first, second) = choice.pair;
    let right_pair = if choice.second { (first, reading.right) } else { (reading.right, second) };
    let wrong = counts.pair((first, second));
    let count = match reading.strength {
        Strength::Alone { .. } => counts.syllable(reading.right),
        _ => counts.pair(right_pair),
    };
    let compound = reading.pair.compound;
    // What the document says three times, and the right words less often, it means.
    let meant = wrong >= MANY && count < wrong;
    let holds = match reading.strength {
        Strength::Standalone => count >= MANY && count >= wrong.saturating_mul(MANY),
        Strength::Part => (compound || count > 0) && !meant,
        Strength::NotInUse => compound || count > 0,
        Strength::Phrase => !meant,
        Strength::Alone { possible } => !possible || count >= MANY,
    };
    // Names in capitals look like words.
    let holds = holds && (choice.case != Case::Upper || count >= 2);
    let strong = !matches!(reading.strength, Strength::Alone { .. });
    holds.then_some(Weight { strong, compound, count, strength: reading.strength })
}

/// How often the pairs and syllables that matter stand in the document.
#[derive(Default)]
struct Counts {
    pairs: FxHashMap<(Id, Id), u32>,
    syllables: FxHashMap<Id, u32>,
}

impl Counts {
    fn of(stream: &[Id], choices: &[Choice]) -> Self {
        let mut counts = Self::default();
        if choices.is_empty() {
            return counts;
        }
        for choice in choices {
            let (first, second) = choice.pair;
            counts.pairs.entry(choice.pair).or_default();
            for reading in &choice.options {
                if matches!(reading.strength, Strength::Alone { .. }) {
                    counts.syllables.entry(reading.right).or_default();
                } else {
                    let pair = if choice.second { (first, reading.right) } else { (reading.right, second) };
                    counts.pairs.entry(pair).or_default();
                }
            }
        }
        let mut last = UNKNOWN;
        for id in stream.iter().copied() {
            if last != UNKNOWN && let Some(count) = counts.pairs.get_mut(&(last, id)) {
                *count += 1;
            }
            if let Some(count) = counts.syllables.get_mut(&id) {
                *count += 1;
            }
            last = id;
        }
        counts
    }

    fn pair(&self, pair: (Id, Id)) -> u32 {
        if pair.0 == UNKNOWN || pair.1 == UNKNOWN {
            return 0;
        }
        self.pairs.get(&pair).copied().unwrap_or(0)
    }

    fn syllable(&self, id: Id) -> u32 {
        self.syllables.get(&id).copied().unwrap_or(0)
    }
}

/// The last word of a listed misreading that starts at `at`, if it stands there.
fn matches<'a>(line: &'a Line<'_>, at: usize, listed: &Listed) -> Option<&'a Token> {
    let tokens = line.tokens.get(at..at + listed.wrong.len())?;
    let same = tokens.iter().zip(&listed.wrong).all(|(token, id)| token.id == *id);
    let joined = tokens.iter().skip(1).all(|token| token.joined);
    let last = at + listed.wrong.len().checked_sub(1)?;
    (same && joined && listed.fits(&line.before(at), &line.after(last))).then(|| line.token(last))?
}

/// Whether the way two words are written lets one be a misreading: a capital inside a sentence is a name's.
fn case_allows(line: &Line<'_>, at: usize, wrong_is_second: bool) -> bool {
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
fn is_plausible(difference: Difference) -> bool {
    match difference {
        Difference::Shape => true,
        Difference::Tone(one, other) => {
            (one != Tone::Dot || other == Tone::Level) && (other != Tone::Dot || one == Tone::Level)
        }
    }
}

/// Whether letters are of the Vietnamese alphabet and of one syllable: one run of vowels.
fn looks_vietnamese(letters: &Letters) -> bool {
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
fn stands_free(text: &str, token: &Token) -> bool {
    let bytes = text.as_bytes();
    let before = (token.start as usize).checked_sub(1).and_then(|i| bytes.get(i));
    let after = bytes.get(token.end as usize);
    let touches = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'@' | b'/' | b'\'' | b'&'))
    };
    !touches(before) && !touches(after)
}

/// Words in the case of others.
fn in_case(words: &str, case: Case, upper: bool) -> String {
    match case {
        _ if upper => words.to_uppercase(),
        Case::Capital | Case::Upper => crate::grammar::lexicon::capitalised(words),
        Case::Lower | Case::Mixed => words.to_owned(),
    }
}
