//! Words of deadlines (`deadlines.toml`).

use std::ops::RangeInclusive;

use serde::Deserialize;

use super::GrammarError;
use super::units::{longest_first, words};
use crate::text::fold;

/// Path under the grammars folder.
pub(super) const PATH: &str = "deadlines.toml";

/// Words of deadlines. All words are fold keys, longest first.
#[derive(Debug)]
pub struct DeadlineWords {
    /// Years that a programme can name.
    pub years: RangeInclusive<i32>,
    /// All words with what they say.
    pub words: Vec<(String, DeadlineWord)>,
    /// School years.
    pub school: SchoolYear,
    /// Parts of a year.
    pub parts: Vec<(String, YearPart)>,
    /// Examples and rejects of each kind of words.
    pub examples: Vec<DeadlineExamples>,
}

/// What a word of a deadline says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DeadlineWord {
    /// Again and again; the step as an ISO 8601 duration, where the words name it.
    Recurring(Option<String>),
    /// All the time.
    Ongoing,
    /// Opens the words of a condition.
    Event,
    /// A condition by itself.
    Sudden,
    /// Already done.
    Done,
    /// About.
    Approximate,
    /// Up to a time, without it.
    Before,
    /// Up to a time, with it.
    Until,
    /// From a time on, without it.
    After,
    /// From a time on, with it.
    Since,
    /// After a time: it is only the beginning.
    Onwards,
    /// Nothing of its own.
    Filler,
}

/// A part of a year in months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearPart {
    /// First month.
    pub first: i8,
    /// Last month.
    pub last: i8,
    /// Whether the words draw no border.
    pub approximate: bool,
}

/// How school years are named and when they begin and end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolYear {
    /// Words before the two years, folded, longest first.
    pub words: Vec<String>,
    /// First month.
    pub first: i8,
    /// Last month, in the next year.
    pub last: i8,
}

/// Examples of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineExamples {
    /// What the words say; absent for parts of a year.
    pub word: Option<DeadlineWord>,
    /// The part of a year.
    pub part: Option<YearPart>,
    /// Deadlines with these words.
    pub examples: Vec<String>,
    /// Deadlines without them.
    pub rejects: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    years: Years,
    recurring: Vec<Recurring>,
    ongoing: Phrases,
    event: Phrases,
    sudden: Phrases,
    done: Phrases,
    approximate: Phrases,
    before: Phrases,
    until: Phrases,
    after: Phrases,
    since: Phrases,
    onwards: Phrases,
    filler: Phrases,
    school_year: SchoolYearFile,
    part: Vec<Part>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Years {
    first: i32,
    last: i32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recurring {
    step: Option<String>,
    words: Vec<String>,
    examples: Vec<String>,
    rejects: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    words: Vec<String>,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default)]
    rejects: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SchoolYearFile {
    words: Vec<String>,
    first: i8,
    last: i8,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    words: Vec<String>,
    first: i8,
    last: i8,
    approximate: bool,
    examples: Vec<String>,
    rejects: Vec<String>,
}

impl TryFrom<File> for DeadlineWords {
    type Error = GrammarError;

    fn try_from(file: File) -> Result<Self, GrammarError> {
        if file.years.first > file.years.last {
            return Err(GrammarError::senseless(PATH, "the first year is after the last"));
        }
        let mut all: Vec<(DeadlineWord, Phrases)> = vec![
            (DeadlineWord::Ongoing, file.ongoing),
            (DeadlineWord::Event, file.event),
            (DeadlineWord::Sudden, file.sudden),
            (DeadlineWord::Done, file.done),
            (DeadlineWord::Approximate, file.approximate),
            (DeadlineWord::Before, file.before),
            (DeadlineWord::Until, file.until),
            (DeadlineWord::After, file.after),
            (DeadlineWord::Since, file.since),
            (DeadlineWord::Onwards, file.onwards),
            (DeadlineWord::Filler, file.filler),
        ];
        for entry in file.recurring {
            let phrases = Phrases { words: entry.words, examples: entry.examples, rejects: entry.rejects };
            all.push((DeadlineWord::Recurring(entry.step), phrases));
        }
        let mut found = Vec::new();
        let mut examples = Vec::new();
        for (word, phrases) in all {
            found.extend(words(&phrases.words).into_iter().map(|key| (key, word.clone())));
            let (good, bad) = (phrases.examples, phrases.rejects);
            examples.push(DeadlineExamples { word: Some(word), part: None, examples: good, rejects: bad });
        }
        let mut parts = Vec::new();
        for entry in file.part {
            let part = YearPart { first: entry.first, last: entry.last, approximate: entry.approximate };
            if !(1..=12).contains(&part.first) || !(part.first..=12).contains(&part.last) {
                return Err(GrammarError::senseless(PATH, "a part of a year has months from 1 to 12"));
            }
            parts.extend(entry.words.iter().map(|word| (fold(word), part)));
            let (good, bad) = (entry.examples, entry.rejects);
            examples.push(DeadlineExamples { word: None, part: Some(part), examples: good, rejects: bad });
        }
        let school = file.school_year;
        if !(1..=12).contains(&school.first) || !(1..=12).contains(&school.last) {
            return Err(GrammarError::senseless(PATH, "a school year has months from 1 to 12"));
        }
        let mut named: Vec<String> = school.words.iter().map(|word| fold(word)).collect();
        named.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Ok(Self {
            years: file.years.first..=file.years.last,
            school: SchoolYear { words: named, first: school.first, last: school.last },
            words: longest_first(found),
            parts: longest_first(parts),
            examples,
        })
    }
}
