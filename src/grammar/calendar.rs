//! How texts name days, months, quarters, years and the span of a programme (`calendar.toml`).

use serde::Deserialize;

/// Path under the grammars folder.
pub(super) const PATH: &str = "calendar.toml";

/// Words before a time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// In small letters.
    pub words: String,
    /// Whether they are words of the time itself: "trước ngày".
    #[serde(default)]
    pub keeps: bool,
}

/// Words of time, in lower case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Words right before the number of a day.
    pub day: Vec<String>,
    /// Words right before the number of a month.
    pub month: Vec<String>,
    /// Words right before the number of a quarter.
    pub quarter: Vec<String>,
    /// Words in a header that make it one of a whole year.
    pub whole_year: Vec<String>,
    /// Words right before a year.
    pub year: Vec<String>,
    /// Words before those that make the number a count of other things.
    pub counting: Vec<String>,
    /// Words before "năm" after which only a year can stand.
    pub before_year: Vec<String>,
    /// Words before two years that make them a period.
    pub period: Vec<String>,
    /// Words before a year that make it the end of the programme's view.
    pub horizon: Vec<String>,
    /// Words that leave the end open.
    pub open_ended: Vec<String>,
    /// Kinds of document in a title whose year may be theirs.
    pub dated_kinds: Vec<String>,
    /// How the words behind the year of a plan of one year begin that say whose it is.
    pub annual_tails: Vec<String>,
    /// Words that hold those and name no document, as plain keys.
    pub no_kinds: Vec<String>,
    /// Words of a deadline that is no promise.
    pub done: Vec<String>,
    /// Words before a time by which running text wants something done.
    pub due: Vec<Opening>,
    /// Words of sentences that give somebody something to do.
    pub assigns: Vec<String>,
    /// Words of sentences that tell what was done.
    pub past: Vec<String>,
    /// Texts that name a time that there is not.
    pub impossible: Vec<String>,
    /// Texts that do not.
    pub possible: Vec<String>,
}
