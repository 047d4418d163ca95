//! `captions.toml`: what captions and titles say of place, document and period.

use serde::Deserialize;

use super::phrase::plain;
use super::{GrammarError, Replace, area};
use crate::text::fold;

const PATH: &str = "captions.toml";

/// What captions and titles say of place, document and period; all words are fold keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptionWords {
    /// Levels of administration with their words, longer ones first.
    pub levels: Vec<Vec<String>>,
    /// How places are named.
    pub places: Places,
    /// Kinds of document.
    pub kinds: Vec<String>,
    /// Words before the document that a caption comes with.
    pub attached: Vec<String>,
    /// How periods are named.
    pub periods: Periods,
}

/// How places are named.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Places {
    /// Words right after a former name.
    pub former: Vec<String>,
    /// Capital words that follow a level's word and are no name.
    pub no_names: Vec<String>,
    /// Words before a name in capitals.
    pub before_capitals: Vec<String>,
    /// Words after a name in capitals.
    pub after_capitals: Vec<String>,
}

/// How periods are named.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Periods {
    /// Words between the years of a range.
    pub through: Vec<String>,
    /// Words before a year up to which a document looks ahead.
    pub horizon: Vec<String>,
    /// Words before a term of office.
    pub term: Vec<String>,
    /// Words of a caption whose year is that of something else than its table.
    pub of_others: Vec<String>,
    /// Words before a school year.
    pub school: Vec<String>,
}

impl Periods {
    /// Whether a text names a school year.
    #[must_use]
    pub fn is_school(&self, text: &str) -> bool {
        let folded = fold(text);
        self.school.iter().any(|words| folded.contains(words.as_str()))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    level: Vec<Level>,
    places: Places,
    issue: Issue,
    periods: Periods,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Level {
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Issue {
    kinds: Vec<String>,
    attached: Vec<String>,
}

impl CaptionWords {
    pub(super) fn load(replace: Replace<'_>) -> Result<Self, GrammarError> {
        let file: File = area(PATH, replace)?;
        let folded = |words: Vec<String>| -> Vec<String> { words.iter().map(|word| fold(word)).collect() };
        let Places { former, no_names, before_capitals, after_capitals } = file.places;
        let Periods { through, horizon, term, of_others, school } = file.periods;
        Ok(Self {
            levels: file.level.into_iter().map(|level| folded(level.words)).collect(),
            places: Places {
                former: folded(former),
                no_names: folded(no_names),
                before_capitals: folded(before_capitals),
                after_capitals,
            },
            kinds: folded(file.issue.kinds),
            attached: folded(file.issue.attached),
            periods: Periods {
                through: folded(through),
                horizon: folded(horizon),
                term: folded(term),
                of_others: of_others.iter().map(|words| plain(words)).collect(),
                school: school.iter().map(|words| fold(words)).collect(),
            },
        })
    }
}
