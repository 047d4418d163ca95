//! Finds the candidates in each text, and decides on them when all texts are read.

use super::super::syllable::is_possible;
use super::super::tone::Style;
use super::line::{Line, Marks, case_allows, is_plausible, looks_vietnamese, matches, stands_free};
use super::tokens::Token;
use super::weigh::{Candidate, Choice, Counts, Strength, Weight, weight};
use super::{Clean, Ground, Placements, Reading, Suspect, in_case};
use crate::grammar::Syllables;
use crate::grammar::lexicon::{Case, Fold, Id, Letters, Lexicon, Pair, UNKNOWN};

/// The words with one letter more, one less, or two neighbours exchanged.
fn one_letter_away(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let parts = |at: usize| (letters.get(..at).unwrap_or_default(), letters.get(at..).unwrap_or_default());
    let mut out = Vec::new();
    for at in 0..=letters.len() {
        let (head, tail) = parts(at);
        if let [_, rest @ ..] = tail {
            out.push(head.iter().chain(rest).collect());
        }
        if let [first, second, rest @ ..] = tail {
            out.push(head.iter().chain([second, first]).chain(rest).collect());
        }
        for letter in ONSETS.chars() {
            out.push(head.iter().chain([&letter]).chain(tail).collect());
        }
    }
    out
}

/// Letters that typing loses: consonants of onsets and ends, and the vowels that end a rime.
const ONSETS: &str = "bcdđghklmnpqrstvxyiuoa";

pub(super) struct Finder<'a> {
    lexicon: &'a Lexicon,
    syllables: &'a Syllables,
    /// The document's syllables in order, with [`UNKNOWN`] where words are not joined.
    stream: Vec<Id>,
    found: Vec<Suspect>,
    /// What the document's counts decide.
    options: Vec<Choice>,
    /// The document's words of two placements in order.
    placed: Vec<(Id, Style)>,
    placements: Placements,
}

/// How far the finder has come.
#[derive(Clone, Copy)]
pub(super) struct Progress {
    stream: usize,
    placed: usize,
    findings: usize,
}

impl<'a> Finder<'a> {
    pub(super) fn new(lexicon: &'a Lexicon, syllables: &'a Syllables) -> Self {
        Self {
            lexicon,
            syllables,
            stream: Vec::new(),
            found: Vec::new(),
            options: Vec::new(),
            placed: Vec::new(),
            placements: Placements::default(),
        }
    }

    pub(super) fn progress(&self) -> Progress {
        Progress {
            stream: self.stream.len(),
            placed: self.placed.len(),
            findings: self.found.len() + self.options.len(),
        }
    }

    /// What a text has added, where it has no suspects.
    pub(super) fn clean_since(&self, before: Progress) -> Option<Clean> {
        let now = self.progress();
        let clean = now.findings == before.findings;
        clean.then_some(Clean { stream: before.stream..now.stream, placed: before.placed..now.placed })
    }

    /// Reads a text that was found clean before.
    pub(super) fn repeat(&mut self, clean: &Clean) {
        self.stream.extend_from_within(clean.stream.clone());
        for (id, style) in self.placed.get(clean.placed.clone()).unwrap_or_default() {
            self.placements.of(*style).again(*id);
        }
    }

    pub(super) fn read(&mut self, line: &Line<'_>, marks: &mut Marks) {
        marks.clear();
        let (mut last, mut last_fold) = (UNKNOWN, Fold::NONE);
        for (at, token) in line.tokens.iter().enumerate() {
            let mut right = false;
            if token.joined {
                if self.lexicon.may_be_alike(last_fold, token.fold) {
                    right = self.lexicon.knows(last, token.id);
                    if !right {
                        marks.no_pair.push(at);
                    }
                }
            } else {
                self.stream.push(UNKNOWN);
            }
            self.stream.push(token.id);
            marks.right.push(right);
            if !self.lexicon.is_plain(token.id) {
                marks.special.push(at);
            }
            if token.style.is_some() {
                marks.styled.push(at);
            }
            (last, last_fold) = (token.id, token.fold);
        }
        for at in &marks.styled {
            self.read_placement(line, *at, marks);
        }
        for at in 0..marks.special.len() {
            self.read_listed(line, at, marks);
        }
        for at in &marks.no_pair {
            self.read_pair(line, *at, marks);
        }
        for at in &marks.special {
            self.read_alone(line, *at, marks);
        }
    }

    /// A word whose tone mark has two places. Names keep the spelling that they have; a word is none where it
    /// is written small, or is a part of a compound.
    fn read_placement(&mut self, line: &Line<'_>, at: usize, marks: &Marks) {
        let Some((token, style)) = line.token(at).and_then(|token| Some((token, token.style?))) else {
            return;
        };
        let is_right = |at: usize| marks.right.get(at).copied().unwrap_or(false);
        let next = line.token(at + 1).map(|next| next.case);
        let counts = match token.case {
            Case::Lower => true,
            Case::Capital => is_right(at + 1) && next == Some(Case::Lower),
            Case::Upper => is_right(at) || is_right(at + 1),
            Case::Mixed => false,
        };
        if counts && token.id != UNKNOWN {
            self.placed.push((token.id, style));
            self.placements.of(style).add(token.id, line, token);
        }
    }

    fn read_listed(&mut self, line: &Line<'_>, index: usize, marks: &mut Marks) {
        let Some((at, first)) = marks.special.get(index).and_then(|at| Some((*at, line.token(*at)?))) else {
            return;
        };
        for listed in self.lexicon.listed(first.id) {
            let Some(last) = matches(line, at, listed).filter(|_| !line.is_in_name(at)) else { continue };
            let words = at..at + listed.wrong.len();
            if words.clone().any(|at| marks.is_listed(at)) {
                continue;
            }
            let range = first.start as usize..last.end as usize;
            let misread = listed.misread.and_then(|index| line.token(at + index)).map(Token::range);
            self.found.push(Suspect {
                text: line.at,
                words: range.clone(),
                word: misread.unwrap_or(range),
                right: in_case(&listed.right, first.case, listed.wrong.len() > 1 && last.case == Case::Upper),
                ground: Ground::Listed,
            });
            marks.listed.push(words);
            return;
        }
    }

    /// The word at `at` and the one before, which are no right pair.
    fn read_pair(&mut self, line: &Line<'_>, at: usize, marks: &Marks) {
        let Some((first, second)) = at.checked_sub(1).and_then(|i| line.token(i)).zip(line.token(at)) else {
            return;
        };
        let alike = self.lexicon.alike(first.fold, second.fold);
        if alike.is_empty() || marks.is_listed(at) || marks.is_listed(at - 1) {
            return;
        }
        for wrong_is_second in [false, true] {
            if !case_allows(line, at, wrong_is_second) {
                continue;
            }
            let options = self.candidates(line, at, wrong_is_second, alike, marks);
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

    fn candidates(
        &self,
        line: &Line<'_>,
        at: usize,
        second: bool,
        alike: &[Pair],
        marks: &Marks,
    ) -> Vec<Candidate> {
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
            found.extend(strength.map(|strength| Candidate { pair: *pair, right, strength }));
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
        let (wrong, other) = line.token(wrong_at).zip(line.token(other_at))?;
        if is_right(other_beyond) {
            // "giảm phát thãi": the other word has its company, a rare one is not without its own.
            return self.lexicon.is_rare(wrong.id).then_some(Strength::Part);
        }
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
        if self.lexicon.is_real(token.id) || marks.is_listed(at) {
            return;
        }
        let word = line.word(token);
        let next_is_small =
            line.is_joined(at + 1) && line.token(at + 1).is_some_and(|t| t.case == Case::Lower);
        let small =
            token.case == Case::Lower || token.case == Case::Capital && !token.joined && next_is_small;
        if !small || !stands_free(line.text, token) {
            return;
        }
        let Some(letters) = Letters::of(word).filter(looks_vietnamese) else { return };
        let ids = letters.one_mark_away().filter_map(|letters| self.lexicon.by_letters(&letters));
        // A word without any mark may be a foreign one, unless the word beside it says what it was.
        let foreign = word.is_ascii();
        let possible = foreign || is_possible(word, self.syllables);
        let options: Vec<Candidate> = ids
            .filter(|id| self.lexicon.is_real(*id))
            .map(|right| Candidate {
                pair: Pair { first: right, second: right, compound: false },
                right,
                strength: Strength::Alone { possible, fits: self.is_paired(line, at, right) },
            })
            .filter(|candidate| !foreign || candidate.strength == Strength::Alone { possible, fits: true })
            .collect();
        let options = if options.is_empty() && !possible { self.mistyped(line, at, word) } else { options };
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

    /// What a word that is no syllable may have been before a letter of it was lost, doubled or changed places: only what makes a
    /// right pair with a word beside it.
    fn mistyped(&self, line: &Line<'_>, at: usize, word: &str) -> Vec<Candidate> {
        let mut out: Vec<Candidate> = Vec::new();
        for spelling in one_letter_away(word) {
            let right = Letters::of(&spelling).and_then(|letters| self.lexicon.by_letters(&letters));
            let Some(right) = right.filter(|right| self.lexicon.is_real(*right)) else { continue };
            if self.is_paired(line, at, right) && !out.iter().any(|known| known.right == right) {
                let pair = Pair { first: right, second: right, compound: false };
                out.push(Candidate {
                    pair,
                    right,
                    strength: Strength::Alone { possible: false, fits: true },
                });
            }
        }
        out
    }

    /// Whether a syllable in a word's place makes a right pair with a word beside it.
    fn is_paired(&self, line: &Line<'_>, at: usize, right: Id) -> bool {
        let before = at.checked_sub(1).filter(|_| line.is_joined(at)).and_then(|before| line.token(before));
        let after = line.token(at + 1).filter(|_| line.is_joined(at + 1));
        before.is_some_and(|token| self.lexicon.knows(token.id, right))
            || after.is_some_and(|token| self.lexicon.knows(right, token.id))
    }

    /// Weighs the candidates by what the document says elsewhere.
    pub(super) fn decide(mut self, texts: &[&str]) -> Reading {
        let counts = Counts::of(&self.stream, &self.options);
        let mut decided = Vec::new();
        for choice in &self.options {
            let best = choice
                .options
                .iter()
                .filter_map(|candidate| Some((weight(choice, candidate, &counts)?, candidate)))
                .max_by_key(|(weight, candidate)| (*weight, std::cmp::Reverse(candidate.right)));
            let Some((weight, candidate)) = best else { continue };
            let mut suspect = choice.suspect.clone();
            suspect.right = self.corrected(texts, choice, candidate.right);
            if let Ground::Compound(count) = &mut suspect.ground {
                *count = weight.count;
            }
            decided.push((weight, suspect));
        }
        // Where two findings blame one word, or the two words of a pair, the better reading stays.
        decided.sort_by_key(|(_, suspect)| (suspect.text, suspect.words.start, suspect.word.start));
        let mut kept: Vec<(Weight, Suspect)> = Vec::new();
        for (weight, suspect) in decided {
            match kept.last_mut() {
                Some((other, last)) if last.text == suspect.text && suspect.words.start < last.words.end => {
                    if weight > *other {
                        (*other, *last) = (weight, suspect);
                    }
                }
                _ => kept.push((weight, suspect)),
            }
        }
        self.found.extend(kept.into_iter().map(|(_, suspect)| suspect));
        self.found.sort_by_key(|suspect| (suspect.text, suspect.words.start));
        Reading { suspects: self.found, placements: self.placements }
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
