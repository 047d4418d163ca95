//! Reads the word lists and compiles them.

use super::listed::{self, Listed};
use super::{
    FILTER_BITS, FoldId, Id, Letters, Lexicon, Pair, Syllable, UNKNOWN, filter_bit, key, pair_key,
};
use crate::grammar::letters::{is_vowel, with_tone};
use crate::grammar::{EMBEDDED, GrammarError, Replace, area};

const COMPOUNDS: &str = "compounds.txt";
const NEIGHBOURS: &str = "neighbours.txt";
const STANDALONE: &str = "standalone.txt";
const SYLLABLES: &str = "syllables.txt";
const MISREADINGS: &str = "misreadings.toml";

/// The files as they are.
#[derive(Debug)]
pub(super) struct Files {
    compounds: String,
    neighbours: String,
    standalone: String,
    syllables: String,
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

fn text(path: &'static str, replace: Replace<'_>) -> Result<String, GrammarError> {
    let embedded = || EMBEDDED.get_file(path).and_then(|file| file.contents_utf8()).map(str::to_owned);
    replace(path).or_else(embedded).ok_or(GrammarError::Missing { path })
}

/// Lines without comments and blank ones.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|line| !line.is_empty())
}

pub(super) fn compile(files: &Files) -> Lexicon {
    let mut builder = Builder::default();
    builder.lexicon.words.reserve(8_000);
    builder.lexicon.by_letters.reserve(6_000);
    builder.lexicon.known.reserve(40_000);
    builder.pairs.reserve(40_000);
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
        if let Some(syllable) = builder.lexicon.syllables.get_mut(usize::from(id)) {
            syllable.standalone = true;
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
            let folds = window.iter().map(|id| self.lexicon.syllable(*id).map_or(0, |syllable| syllable.fold));
            let key = folds.fold(0_u64, |key, fold| key << 16 | u64::from(fold));
            if let Ok(window) = <[Id; 4]>::try_from(window) {
                self.lexicon.windows.entry(key).or_default().push(window);
            }
        }
    }

    fn pair(&mut self, first: Id, second: Id, compound: bool) {
        self.lexicon.known.insert(pair_key(first, second));
        self.pairs.push(Pair { first, second, compound });
    }

    /// The number of a syllable in use.
    fn real(&mut self, word: &str) -> Id {
        let id = self.syllable(word);
        if let Some(syllable) = self.lexicon.syllables.get_mut(usize::from(id)) {
            syllable.real = true;
        }
        id
    }

    fn syllable(&mut self, word: &str) -> Id {
        if let Some(id) = self.lexicon.word(word.as_bytes()) {
            return id;
        }
        let Some(letters) = Letters::of(word) else { return UNKNOWN };
        if let Some(id) = self.lexicon.by_letters(&letters) {
            self.spell(word, &letters, id);
            return id;
        }
        let Ok(id) = Id::try_from(self.lexicon.syllables.len()) else { return UNKNOWN };
        let next = FoldId::try_from(self.lexicon.folds.len()).unwrap_or(FoldId::MAX);
        let fold = *self.lexicon.folds.entry(letters.fold().into()).or_insert(next);
        self.spell(word, &letters, id);
        self.lexicon.by_letters.insert(letters.clone(), id);
        self.lexicon.syllables.push(Syllable {
            letters,
            fold,
            spelling: word.into(),
            standalone: false,
            real: false,
            starts_listed: false,
        });
        id
    }

    /// Enters a spelling of a syllable and the other ways to write it.
    fn spell(&mut self, word: &str, letters: &Letters, id: Id) {
        if let Some(key) = key(word.as_bytes()) {
            self.lexicon.words.insert(key, id);
        }
        for spelling in other_spellings(letters) {
            if let Some(key) = key(spelling.as_bytes()) {
                self.lexicon.words.entry(key).or_insert(id);
            }
        }
    }

    fn listed(&mut self, entry: &listed::Entry) {
        let mut ids = |words: &str| words.split_whitespace().map(|word| self.syllable(word)).collect::<Vec<_>>();
        let wrong = ids(&entry.wrong);
        let mut all = |phrases: &[String]| phrases.iter().map(|words| ids(words)).collect::<Vec<_>>();
        let listed = Listed {
            wrong,
            right: entry.right.clone(),
            not_after: all(&entry.not_after),
            not_before: all(&entry.not_before),
            only_after: all(&entry.only_after),
            only_before: all(&entry.only_before),
            examples: entry.examples.clone(),
            rejects: entry.rejects.clone(),
        };
        if let Some(syllable) =
            listed.wrong.first().and_then(|id| self.lexicon.syllables.get_mut(usize::from(*id)))
        {
            syllable.starts_listed = true;
        }
        self.lexicon.listed.push(listed);
    }

    fn finish(mut self) -> Lexicon {
        let lexicon = &mut self.lexicon;
        lexicon.by_fold.reserve(self.pairs.len());
        lexicon.pairs.reserve(self.pairs.len());
        let fold = |id: Id| lexicon.syllables.get(usize::from(id)).map_or(0, |syllable| syllable.fold);
        let mut pairs: Vec<(u32, Pair)> = self
            .pairs
            .iter()
            .map(|pair| (pair_key(fold(pair.first), fold(pair.second)), *pair))
            .collect();
        // A compound sorts before the same pair as a neighbour, which then goes.
        pairs.sort_unstable_by_key(|(key, pair)| (*key, pair.first, pair.second, !pair.compound));
        pairs.dedup_by_key(|(_, pair)| (pair.first, pair.second));
        lexicon.filter = vec![0; (FILTER_BITS / 64) as usize];
        for (at, (key, pair)) in pairs.iter().enumerate() {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            lexicon.pairs.push(*pair);
            lexicon.by_fold.entry(*key).or_insert((at, at)).1 = at + 1;
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

/// The word with its first letter as a capital.
pub(crate) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
