//! Loads `grammars/`: what is known of the language of documents, as data.
//!
//! Every file has one owner here, a type with `deny_unknown_fields`, so that a misspelt key is reported with
//! its file, line and column. The files are embedded in the binary; a folder of the same names replaces
//! them one by one.

mod arithmetic;
mod deadlines;
mod error;
pub mod letters;
mod lookalikes;
mod numbering;
mod ratios;
mod structure;
pub mod syllables;
mod tables;
mod units;

pub use arithmetic::{Arithmetic, HeaderWords, PartPair, Phrases, Placing};
pub use deadlines::{DeadlineExamples, DeadlineWord, DeadlineWords, YearPart};
pub use error::GrammarError;
pub use lookalikes::Lookalikes;
pub use numbering::{Marks, NumberWord, Numbering};
pub use ratios::{Basis, Named, Product, Ratios, What};
pub use structure::{
    Captions, ClosingWords, DocumentKind, Joins, Letterhead, Localities, Pages, RowWords, Structure,
};
pub use syllables::Syllables;
pub use tables::{Figures, TableKind, Tables};
pub use units::{KnownUnit, RelationWords, Units, compact};

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/grammars");

/// Everything that is known of the language of documents.
#[derive(Debug)]
pub struct Grammar {
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
    /// Units of measure and the words around a value.
    pub units: Units,
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
            arithmetic: Arithmetic::load(replace)?,
            ratios: Ratios::load(replace)?,
            deadlines: DeadlineWords::try_from(area::<deadlines::File>(deadlines::PATH, replace)?)?,
            numbering: area("numbering.toml", replace)?,
            structure: area("structure.toml", replace)?,
            tables: Tables::new(area("columns.toml", replace)?, kinds)?,
            lookalikes: Lookalikes::load(replace)?,
            units: Units::try_from(area::<units::File>(units::PATH, replace)?)?,
            syllables: Syllables::load(replace)?,
        })
    }
}

/// Reads one grammar file into its type.
fn area<T: DeserializeOwned>(path: &'static str, replace: Replace<'_>) -> Result<T, GrammarError> {
    let replaced = replace(path);
    let text = match &replaced {
        Some(text) => text.as_str(),
        None => EMBEDDED
            .get_file(path)
            .and_then(|file| file.contents_utf8())
            .ok_or(GrammarError::Missing { path })?,
    };
    toml::from_str(text).map_err(|error| GrammarError::invalid(path, text, &error))
}
