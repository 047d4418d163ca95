//! `mentions.toml`: how a text speaks of appendices.

use memchr::memmem::Finder;
use serde::Deserialize;

use super::{GrammarError, Replace, area};
use crate::text::fold;

const PATH: &str = "mentions.toml";

/// How a text speaks of appendices; all words are fold keys.
#[derive(Debug, Clone)]
pub struct Mentions {
    /// Words that name an appendix before its label.
    pub appendix: Vec<String>,
    /// Words between a label and the document that the appendix belongs to.
    pub between: Vec<String>,
    /// Kinds of documents.
    pub kinds: Vec<String>,
    /// Words after an appendix that say it comes with this document.
    pub attached: Vec<String>,
    /// Words after the kind of a document that say which one it is.
    pub of: Vec<String>,
    /// Words before an appendix that point to it.
    pub pointing: Vec<String>,
    /// Words between two labels that name all appendices from one to the other.
    pub through: Vec<String>,
    /// Phrases that refer to all appendices at once.
    all: Vec<Phrase>,
    /// The words that name an appendix, as they are spelled.
    spelled: Vec<Finder<'static>>,
    /// The first two words of the blanket phrases, as they are spelled.
    blanket: Vec<Finder<'static>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    appendix: Vec<String>,
    between: Vec<String>,
    kinds: Vec<String>,
    attached: Vec<String>,
    of: Vec<String>,
    pointing: Vec<String>,
    through: Vec<String>,
    all: Vec<Phrase>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    text: String,
    #[cfg_attr(not(test), allow(dead_code, reason = "run by the tests"))]
    examples: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code, reason = "run by the tests"))]
    rejects: Vec<String>,
}

impl Mentions {
    /// Whether a text would name an appendix by the word that its label begins with; a table in its place ("Bảng 1") is
    /// not referred to.
    #[must_use]
    pub fn is_named_by(&self, label: &str) -> bool {
        let label = fold(label);
        let first = |words: &str| words.split(' ').next().map(str::to_owned);
        self.appendix.iter().any(|words| first(words) == first(&label))
    }

    pub(super) fn load(replace: Replace<'_>) -> Result<Self, GrammarError> {
        let file: File = area(PATH, replace)?;
        let spelled = finders(file.appendix.iter().map(String::as_str));
        let blanket = finders(file.all.iter().filter_map(|phrase| first_words(&phrase.text)));
        let folded = |words: Vec<String>| words.iter().map(|word| fold(word)).collect();
        let all = file.all.into_iter().map(|phrase| Phrase { text: fold(&phrase.text), ..phrase });
        Ok(Self {
            appendix: folded(file.appendix),
            between: folded(file.between),
            kinds: folded(file.kinds),
            attached: folded(file.attached),
            of: folded(file.of),
            pointing: folded(file.pointing),
            through: folded(file.through),
            all: all.collect(),
            spelled,
            blanket,
        })
    }

    /// Whether a text may name an appendix; cheap, and sure where it says no.
    #[must_use]
    pub fn may_name(&self, text: &str) -> bool {
        stands_in(&self.spelled, text)
    }

    /// Whether a text may refer to all appendices at once; cheap, and sure where it says no.
    #[must_use]
    pub fn may_name_all(&self, text: &str) -> bool {
        stands_in(&self.blanket, text)
    }

    /// The phrase by which a text, as a fold key, refers to all appendices at once.
    #[must_use]
    pub fn all_in(&self, folded: &str) -> Option<&str> {
        self.all.iter().map(|phrase| phrase.text.as_str()).find(|phrase| folded.contains(phrase))
    }

    /// Whether a text, as a fold key, refers to all appendices at once.
    #[must_use]
    pub fn names_all(&self, folded: &str) -> bool {
        self.all_in(folded).is_some()
    }
}

/// Finds words in lower case, capitals, or with a capital first letter.
fn finders<'a>(words: impl Iterator<Item = &'a str>) -> Vec<Finder<'static>> {
    let spellings = words.flat_map(|words| [words.to_owned(), words.to_uppercase(), capitalised(words)]);
    spellings.map(|words| Finder::new(&words).into_owned()).collect()
}

fn stands_in(finders: &[Finder<'static>], text: &str) -> bool {
    finders.iter().any(|finder| text.len() >= finder.needle().len() && finder.find(text.as_bytes()).is_some())
}

fn first_words(text: &str) -> Option<&str> {
    text.match_indices(' ').nth(1).map_or(Some(text), |(at, _)| text.get(..at))
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed assumption fails the test")]

    use crate::grammar::Grammar;
    use crate::text::fold;

    #[test]
    fn every_phrase_finds_its_examples_and_leaves_the_others() {
        let mentions = Grammar::embedded().unwrap().mentions;
        for phrase in &mentions.all {
            for example in &phrase.examples {
                assert!(fold(example).contains(&phrase.text), "{example}");
            }
            for reject in &phrase.rejects {
                assert!(!mentions.names_all(&fold(reject)), "{reject}");
            }
        }
    }
}
