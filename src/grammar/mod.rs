//! Loads `grammars/`: what is known of the language of documents, as data.
//!
//! Every file has one owner here, a type with `deny_unknown_fields`, so that a misspelt key is reported with
//! its file, line and column. The files are embedded in the binary, turned into JSON before it is built; a
//! folder of the same names replaces them one by one.

mod calendar;
mod concepts;
mod duplicates;
mod owners;
pub mod phrase;

pub use calendar::Calendar;
pub use concepts::{Bound, Concept, Concepts, MoneyUnit, Unfit, UnitClass};
pub use duplicates::Duplicates;
pub use owners::{Names, Owners};
mod agencies;
mod arithmetic;
mod captions;
mod deadlines;
mod derived;
mod encodings;
mod endings;
mod error;
mod funding;
pub mod letters;
pub mod lexicon;
mod lookalikes;
mod mentions;
mod numbering;
mod ordinals;
mod ratios;
mod references;
mod statements;
mod structure;
mod sums;
pub mod syllables;
mod tables;
mod units;

pub use agencies::{Agencies, Head, Join, PhraseMap, Words, phrase_words};
pub use arithmetic::{Arithmetic, HeaderWords, PartPair, Phrases, Placing};
pub use captions::{CaptionWords, Periods, Places};
pub use deadlines::{DeadlineExamples, DeadlineWord, DeadlineWords, YearPart};
pub use derived::DerivedWords;
pub use encodings::{Decoded, Encoding, Encodings};
pub use endings::{Endings, Open};
pub use error::GrammarError;
pub use funding::{FundingExamples, FundingWords};
pub use lexicon::{Lexicon, WordLists};
pub use lookalikes::Lookalikes;
pub use mentions::Mentions;
pub use numbering::{Counted, Marks, NumberWord, Numbering};
pub use ordinals::Ordinals;
pub use ratios::{Basis, Named, Product, Ratios, What};
pub use references::{APPENDIX, Candidate, ReferenceWord, ReferenceWords};
pub use statements::{CountedWords, NumeralWords, StatementWords};
pub use structure::{
    Captions, ClosingWords, DocumentKind, Joins, Letterhead, Localities, Pages, RowWords, Structure,
};
pub use sums::{FundWords, SumWords};
pub use syllables::Syllables;
pub use tables::{Figures, TableKind, Tables};
pub use units::{KnownUnit, RelationWords, Units, compact};

use serde::de::DeserializeOwned;

/// The files by their paths, as `build.rs` leaves them: TOML as JSON.
static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/grammars.rs"));

/// Everything that is known of the language of documents.
#[derive(Debug)]
pub struct Grammar {
    /// What the names of targets speak of.
    pub concepts: Concepts,
    /// How texts name times.
    pub calendar: Calendar,
    /// How cells name agencies.
    pub owners: Owners,
    /// When two names name one thing.
    pub duplicates: Duplicates,
    /// What captions and titles say of place, document and period.
    pub captions: CaptionWords,
    /// Words that a phrase does not end with.
    pub endings: Endings,
    /// How a text speaks of appendices.
    pub mentions: Mentions,
    /// How headings and rows are counted.
    pub ordinals: Ordinals,
    /// How a text states a figure.
    pub statements: StatementWords,
    /// How agencies are named.
    pub agencies: Agencies,
    /// Sources of money.
    pub funding: FundingWords,
    /// Words by which a text names documents and appendices.
    pub references: ReferenceWords,
    /// How headers and rows say that they add up.
    pub arithmetic: Arithmetic,
    /// Targets that imply each other.
    pub ratios: Ratios,
    /// Words of deadlines.
    pub deadlines: DeadlineWords,
    /// How headings, list items and rows are numbered.
    pub numbering: Numbering,
    /// The parts of a document.
    pub structure: Structure,
    /// Columns and kinds of tables.
    pub tables: Tables,
    /// Letters of other alphabets that look like Vietnamese ones.
    pub lookalikes: Lookalikes,
    /// 8-bit encodings of old files.
    pub encodings: Encodings,
    /// Units of measure and the words around a value.
    pub units: Units,
    /// Vietnamese words, to tell a misread syllable from a right one.
    pub words: WordLists,
    /// Which letters make a Vietnamese syllable.
    pub syllables: Syllables,
}

/// Gives the text of a grammar file by its path under the grammars folder, or nothing to use the embedded
/// one.
pub type Replace<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Grammar {
    /// The embedded grammar.
    ///
    /// # Errors
    /// None in a released binary: a test loads it.
    pub fn embedded() -> Result<Self, GrammarError> {
        Self::load(&|_| None)
    }

    /// The grammar with some files replaced.
    ///
    /// # Errors
    /// A file that is not valid TOML, has an unknown or missing key, or a value that makes no sense; the
    /// error names the file and the place.
    pub fn load(replace: Replace<'_>) -> Result<Self, GrammarError> {
        let kinds = tables::KIND_FILES
            .iter()
            .map(|path| area(path, replace))
            .collect::<Result<Vec<TableKind>, _>>()?;
        Ok(Self {
            concepts: area::<Concepts>(concepts::PATH, replace)?.prepared()?,
            calendar: area(calendar::PATH, replace)?,
            owners: area::<Owners>(owners::PATH, replace)?.prepared(),
            duplicates: area(duplicates::PATH, replace)?,
            captions: CaptionWords::load(replace)?,
            endings: Endings::load(replace)?,
            mentions: Mentions::load(replace)?,
            ordinals: Ordinals::load(replace)?,
            statements: StatementWords::load(replace)?,
            agencies: Agencies::try_from(area::<agencies::File>(agencies::PATH, replace)?)?,
            funding: area::<funding::File>(funding::PATH, replace)?.into(),
            references: ReferenceWords::try_from(area::<references::File>(references::PATH, replace)?)?,
            arithmetic: Arithmetic::load(replace)?,
            ratios: Ratios::load(replace)?,
            deadlines: DeadlineWords::try_from(area::<deadlines::File>(deadlines::PATH, replace)?)?,
            numbering: area("numbering.toml", replace)?,
            structure: area("structure.toml", replace)?,
            tables: Tables::new(area("columns.toml", replace)?, kinds)?,
            lookalikes: Lookalikes::load(replace)?,
            encodings: Encodings::load(replace)?,
            units: Units::try_from(area::<units::File>(units::PATH, replace)?)?,
            syllables: Syllables::load(replace)?,
            words: WordLists::load(replace)?,
        })
    }
}

/// Reads one grammar file into its type.
fn area<T: DeserializeOwned>(path: &'static str, replace: Replace<'_>) -> Result<T, GrammarError> {
    if let Some(text) = replace(path) {
        return toml::from_str(&text).map_err(|error| GrammarError::invalid(path, &text, &error));
    }
    serde_json::from_str(embedded(path)?).map_err(|error| GrammarError::senseless(path, error.to_string()))
}

/// A file that is part of the program.
fn embedded(path: &'static str) -> Result<&'static str, GrammarError> {
    let file = EMBEDDED.iter().find(|(name, _)| *name == path);
    file.map(|(_, content)| *content).ok_or(GrammarError::Missing { path })
}
