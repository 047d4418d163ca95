//! Reads the word lists and compiles them.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::listed::{self, Listed};
use super::table::{Pairs, Words};
use super::{
    FILTER_BITS, Fold, FoldId, Hit, Id, Letters, Lexicon, Pair, Syllable, Traits, UNKNOWN, filter_bit, key,
    pair_key,
};
use crate::grammar::letters::{is_vowel, with_tone};
use crate::grammar::{GrammarError, Replace, area, embedded};
use crate::text::style_of;

const COMPOUNDS: &str = "compounds.txt";
const NEIGHBOURS: &str = "neighbours.txt";
const STANDALONE: &str = "standalone.txt";
const SYLLABLES: &str = "syllables.txt";
const MISREADINGS: &str = "misreadings.toml";

/// The files as they are.
#[derive(Debug)]
pub(super) struct Files {
    compounds: Cow<'static, str>,
    neighbours: Cow<'static, str>,
    standalone: Cow<'static, str>,
    syllables: Cow<'static, str>,
    misreadings: listed::File,
}

impl Files {
    pub(super) fn load(replace: Replace<'_>) -> Result<Self, GrammarError> {
        let files = Self {
            compounds: text(COMPOUNDS, replace)?,
            neighbours: text(NEIGHBOURS, replace)?,
            standalone: text(STANDALONE, replace)?,
            syllables: text(SYLLABLES, replace)?,
            misreadings: area(MISREADINGS, replace)?,
        };
        if let Some(line) = lines(&files.compounds).find(|line| !line.contains(' ')) {
            return Err(GrammarError::senseless(COMPOUNDS, format!("{line:?} is one syllable")));
        }
        if let Some(line) = lines(&files.neighbours).find(|line| !line.contains(':')) {
            return Err(GrammarError::senseless(NEIGHBOURS, format!("{line:?} has no colon")));
        }
        Ok(files)
    }
}

fn text(path: &'static str, replace: Replace<'_>) -> Result<Cow<'static, str>, GrammarError> {
    replace(path).map_or_else(|| embedded(path).map(Cow::Borrowed), |text| Ok(Cow::Owned(text)))
}

/// Lines without comments and blank ones.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|line| !line.is_empty())
}

/// A syllable in at most so many right pairs is rare.
const FEW: usize = 2;

pub(super) fn compile(files: &Files) -> Lexicon {
    let mut builder = Builder::default();
    builder.words.reserve(8_000);
    builder.pairs.reserve(40_000);
    builder.lexicon.by_letters.reserve(6_000);
    // Number 0 is no syllable, so that no pair has the number 0.
    builder.lexicon.syllables.push(Syllable { letters: Letters::default(), spelling: "".into() });
    builder.lexicon.traits.push(Traits::default());
    for line in lines(&files.compounds) {
        builder.compound(line);
    }
    for line in lines(&files.neighbours) {
        if let Some((first, seconds)) = line.split_once(':') {
            let first = builder.real(first);
            for second in seconds.split_whitespace() {
                let second = builder.real(second);
                builder.pair(first, second, false);
            }
        }
    }
    for word in lines(&files.standalone).flat_map(str::split_whitespace) {
        let id = builder.real(word);
        if let Some(traits) = builder.lexicon.traits.get_mut(usize::from(id)) {
            traits.standalone = true;
        }
    }
    for word in lines(&files.syllables).flat_map(str::split_whitespace) {
        builder.real(word);
    }
    for entry in &files.misreadings.misreading {
        builder.listed(entry);
    }
    builder.finish()
}

#[derive(Default)]
struct Builder {
    lexicon: Lexicon,
    words: FxHashMap<u128, Hit>,
    pairs: Vec<Pair>,
}

impl Builder {
    /// A set phrase: all its pairs are right. Two syllables are a compound; in a longer phrase a pair is one
    /// where another line says so.
    fn compound(&mut self, line: &str) {
        let ids: Vec<Id> = line.split_whitespace().map(|word| self.real(word)).collect();
        for pair in ids.windows(2) {
            if let [first, second] = pair {
                self.pair(*first, *second, ids.len() == 2);
            }
        }
        for window in ids.windows(4) {
            let folds = window.iter().map(|id| self.lexicon.traits(*id).unwrap_or_default().fold);
            let key = folds.fold(0_u64, |key, fold| key << 16 | u64::from(fold));
            if let Ok(window) = <[Id; 4]>::try_from(window) {
                self.lexicon.windows.entry(key).or_default().push(window);
            }
        }
    }

    fn pair(&mut self, first: Id, second: Id, compound: bool) {
        self.pairs.push(Pair { first, second, compound });
    }

    /// The number of a syllable in use.
    fn real(&mut self, word: &str) -> Id {
        let id = self.syllable(word);
        if let Some(traits) = self.lexicon.traits.get_mut(usize::from(id)) {
            traits.real = true;
        }
        id
    }

    fn syllable(&mut self, word: &str) -> Id {
        if let Some(hit) = word_key(word).and_then(|key| self.words.get(&key)) {
            return hit.id;
        }
        let Some(letters) = Letters::of(word) else { return UNKNOWN };
        if let Some(id) = self.lexicon.by_letters(&letters) {
            self.spell(word, &letters, id);
            return id;
        }
        let Ok(id) = Id::try_from(self.lexicon.syllables.len()) else { return UNKNOWN };
        let next = FoldId::try_from(self.lexicon.folds.len()).unwrap_or(FoldId::MAX);
        let fold = *self.lexicon.folds.entry(letters.fold().into()).or_insert(next);
        self.lexicon.by_letters.insert(letters.clone(), id);
        self.lexicon.traits.push(Traits { fold, ..Traits::default() });
        self.spell(word, &letters, id);
        self.lexicon.syllables.push(Syllable { letters, spelling: word.into() });
        id
    }

    /// Enters a spelling of a syllable and the other ways to write it.
    fn spell(&mut self, word: &str, letters: &Letters, id: Id) {
        let fold = Fold(self.lexicon.traits(id).unwrap_or_default().fold);
        let hit = |spelling: &str| Hit { id, fold, style: style_of(spelling) };
        self.words.extend(word_key(word).map(|key| (key, hit(word))));
        for spelling in other_spellings(letters) {
            if let Some(key) = word_key(&spelling) {
                self.words.entry(key).or_insert_with(|| hit(&spelling));
            }
        }
    }

    fn listed(&mut self, entry: &listed::Entry) {
        let mut ids =
            |words: &str| words.split_whitespace().map(|word| self.syllable(word)).collect::<Vec<_>>();
        let (wrong, right) = (ids(&entry.wrong), ids(&entry.right));
        let mut all = |phrases: &[String]| phrases.iter().map(|words| ids(words)).collect::<Vec<_>>();
        let misread = wrong.iter().zip(&right).position(|(wrong, right)| wrong != right);
        let listed = Listed {
            misread: misread.filter(|_| wrong.len() == right.len()),
            wrong,
            right: entry.right.clone(),
            not_after: all(&entry.not_after),
            not_before: all(&entry.not_before),
            only_after: all(&entry.only_after),
            only_before: all(&entry.only_before),
            examples: entry.examples.clone(),
            rejects: entry.rejects.clone(),
        };
        let first = listed.wrong.first();
        if let Some(traits) = first.and_then(|id| self.lexicon.traits.get_mut(usize::from(*id))) {
            traits.starts_listed = true;
        }
        self.lexicon.listed.push(listed);
    }

    fn finish(mut self) -> Lexicon {
        self.lexicon.words = Words::of(self.words.iter().map(|(key, hit)| (*key, *hit)));
        let lexicon = &mut self.lexicon;
        let fold = |id: Id| lexicon.traits(id).unwrap_or_default().fold;
        let mut pairs: Vec<u64> =
            self.pairs.iter().map(|pair| order(fold(pair.first), fold(pair.second), *pair)).collect();
        pairs.sort_unstable();
        pairs.dedup_by_key(|order| *order >> 1);
        lexicon.pairs = pairs.iter().map(|order| pair_of(*order)).collect();
        lexicon.pair_folds = pairs.iter().map(|order| folds_of(*order)).collect();
        lexicon.known = Pairs::of(&lexicon.pairs);
        let mut company = vec![0_usize; lexicon.traits.len()];
        for id in lexicon.pairs.iter().flat_map(|pair| [pair.first, pair.second]) {
            if let Some(count) = company.get_mut(usize::from(id)) {
                *count += 1;
            }
        }
        for (traits, count) in lexicon.traits.iter_mut().zip(company) {
            traits.rare = (1..=FEW).contains(&count);
        }
        lexicon.filter = vec![0; (FILTER_BITS / 64) as usize];
        for key in &lexicon.pair_folds {
            let bit = filter_bit(*key);
            if let Some(word) = lexicon.filter.get_mut((bit / 64) as usize) {
                *word |= 1 << (bit % 64);
            }
        }
        lexicon.listed.sort_by_key(|listed| listed.wrong.first().copied());
        for (at, listed) in lexicon.listed.iter().enumerate() {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            if let Some(first) = listed.wrong.first() {
                lexicon.listed_by_first.entry(*first).or_insert((at, at)).1 = at + 1;
            }
        }
        self.lexicon
    }
}

/// A pair as one number that sorts by fold keys, then by syllables; a compound before the same pair as a
/// neighbour. A fold key has 14 bits, as in the table of words.
fn order(first: FoldId, second: FoldId, pair: Pair) -> u64 {
    let folds = u64::from(first & 0x3FFF) << 14 | u64::from(second & 0x3FFF);
    folds << 33 | u64::from(pair_key(pair.first, pair.second)) << 1 | u64::from(!pair.compound)
}

/// The pair of such a number.
fn pair_of(order: u64) -> Pair {
    Pair { first: (order >> 17) as Id, second: (order >> 1) as Id, compound: order & 1 == 0 }
}

/// The fold keys of the pair of such a number.
fn folds_of(order: u64) -> u32 {
    pair_key((order >> 47) as FoldId, (order >> 33) as FoldId & 0x3FFF)
}

fn word_key(word: &str) -> Option<u128> {
    key(word.as_bytes())
}

/// The usual spellings of syllables that are written in more ways than one: tone mark old or new style,
/// "y" or "i" alone.
fn other_spellings(letters: &Letters) -> Vec<String> {
    let bare = letters.as_str();
    let marked = |place: usize, letter: char| -> String {
        let mark = |(at, c)| if at == place { with_tone(letter, letters.tone()) } else { c };
        bare.chars().enumerate().map(mark).collect()
    };
    let mut back = bare.chars().rev();
    let (Some(last), Some(before)) = (back.next(), back.next()) else { return Vec::new() };
    let end = bare.chars().count() - 1;
    match (before, last) {
        ('o', 'a' | 'e') | ('u', 'y') => vec![marked(end, last), marked(end - 1, before)],
        (_, 'i') if !is_vowel(before) || bare == "qui" => vec![marked(end, 'i'), marked(end, 'y')],
        _ => Vec::new(),
    }
}
