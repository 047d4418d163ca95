//! Loads `grammars/`: what is known of the language of documents, as data.
//!
//! Every file has one owner here, a type with `deny_unknown_fields`, so that a misspelt key is reported with
//! its file, line and column. The files are embedded in the binary; a folder of the same names replaces
//! them one by one.

mod error;
pub mod letters;
pub mod lexicon;
mod lookalikes;
pub mod syllables;

pub use error::GrammarError;
pub use lexicon::{Lexicon, WordLists};
pub use lookalikes::Lookalikes;
pub use syllables::Syllables;

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/grammars");

/// Everything that is known of the language of documents.
#[derive(Debug)]
pub struct Grammar {
    /// Letters of other alphabets that look like Vietnamese ones.
    pub lookalikes: Lookalikes,
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
        Ok(Self {
            lookalikes: Lookalikes::load(replace)?,
            syllables: Syllables::load(replace)?,
            words: WordLists::load(replace)?,
        })
    }
}

/// Reads one grammar file into its type.
#[allow(dead_code)]
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
