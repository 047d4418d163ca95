//! Documents and appendices that a text names (`references.toml`).

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;

use super::GrammarError;

/// Path under the grammars folder.
pub(super) const PATH: &str = "references.toml";

/// Words by which a text names documents and appendices.
#[derive(Debug)]
pub struct ReferenceWords {
    /// Kinds of document, as they stand in the file; the last one is the appendix.
    pub kinds: Vec<ReferenceWord>,
    /// Words before a number.
    pub number: Vec<String>,
    /// Words before a date.
    pub date: Vec<String>,
    /// Words before an issuing body.
    pub issuer: Vec<String>,
    /// Small words that the name of an issuing body goes on with.
    pub issuer_words: Vec<String>,
    /// Small words that end a law's title.
    pub title_stops: Vec<String>,
    /// Small words that may follow a bare number in a list of labels.
    pub followers: Vec<String>,
    finder: AhoCorasick,
    /// The kind of each pattern of the finder, and whether the pattern begins with a capital.
    patterns: Vec<(usize, bool)>,
}

/// One kind of document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceWord {
    /// Key of the kind: "resolution".
    pub kind: String,
    /// Whether a title is enough to name one.
    pub titled: bool,
    /// Texts that name one.
    pub examples: Vec<String>,
    /// Texts that do not.
    pub rejects: Vec<String>,
}

/// A word of a text that may begin a reference.
#[derive(Debug, Clone)]
pub struct Candidate<'a> {
    /// Where the word stands.
    pub range: Range<usize>,
    /// What it would name.
    pub word: &'a ReferenceWord,
    /// Whether it begins with a capital.
    pub capital: bool,
}

/// The key of appendices.
pub const APPENDIX: &str = "appendix";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    kind: Vec<Kind>,
    appendix: Appendix,
    around: Around,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    kind: String,
    words: Vec<String>,
    #[serde(default)]
    titled: bool,
    examples: Vec<String>,
    rejects: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Appendix {
    words: Vec<String>,
    followers: Vec<String>,
    examples: Vec<String>,
    rejects: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Around {
    number: Vec<String>,
    date: Vec<String>,
    issuer: Vec<String>,
    issuer_words: Vec<String>,
    title_stops: Vec<String>,
}

impl TryFrom<File> for ReferenceWords {
    type Error = GrammarError;

    fn try_from(file: File) -> Result<Self, GrammarError> {
        let appendix = Kind {
            kind: APPENDIX.to_owned(),
            words: file.appendix.words,
            titled: false,
            examples: file.appendix.examples,
            rejects: file.appendix.rejects,
        };
        let mut kinds = Vec::new();
        let mut forms: Vec<String> = Vec::new();
        let mut patterns = Vec::new();
        for (index, entry) in file.kind.into_iter().chain([appendix]).enumerate() {
            for word in &entry.words {
                for form in casings(word) {
                    patterns.push((index, form.chars().next().is_some_and(char::is_uppercase)));
                    forms.push(form);
                }
            }
            kinds.push(ReferenceWord {
                kind: entry.kind,
                titled: entry.titled,
                examples: entry.examples,
                rejects: entry.rejects,
            });
        }
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&forms)
            .map_err(|error| GrammarError::senseless(PATH, error.to_string()))?;
        Ok(Self {
            kinds,
            number: file.around.number,
            date: file.around.date,
            issuer: file.around.issuer,
            issuer_words: file.around.issuer_words,
            title_stops: file.around.title_stops,
            followers: file.appendix.followers,
            finder,
            patterns,
        })
    }
}

impl ReferenceWords {
    /// The words of a text that may begin a reference, from left to right.
    pub fn candidates<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Candidate<'a>> {
        self.finder.find_iter(text).filter_map(move |found| {
            let (kind, capital) = *self.patterns.get(found.pattern().as_usize())?;
            Some(Candidate { range: found.range(), word: self.kinds.get(kind)?, capital })
        })
    }
}

/// A phrase as it can be written: as given, with a first capital, each word with one, all in capitals.
/// Abbreviations are only written as given.
fn casings(phrase: &str) -> Vec<String> {
    if phrase.chars().any(char::is_uppercase) {
        return vec![phrase.to_owned()];
    }
    let first = |word: &str| {
        let mut chars = word.chars();
        let head: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
        format!("{head}{}", chars.as_str())
    };
    let each: Vec<String> = phrase.split(' ').map(first).collect();
    let mut out = vec![phrase.to_owned(), first(phrase), each.join(" "), phrase.to_uppercase()];
    out.dedup();
    out
}
