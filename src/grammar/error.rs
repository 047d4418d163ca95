//! What can be wrong with a grammar file.

use thiserror::Error;

/// A grammar file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum GrammarError {
    /// The file is not there.
    #[error("grammar file {path} is missing")]
    Missing {
        /// Path under the grammars folder.
        path: &'static str,
    },
    /// The file is not what its type wants.
    #[error("grammar file {path}, line {line}, column {column}: {message}")]
    Invalid {
        /// Path under the grammars folder.
        path: &'static str,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
}

impl GrammarError {
    pub(super) fn invalid(path: &'static str, text: &str, error: &toml::de::Error) -> Self {
        let offset = error.span().map_or(0, |span| span.start);
        let before = text.get(..offset).unwrap_or_default();
        Self::Invalid {
            path,
            line: before.matches('\n').count() + 1,
            column: before.rsplit('\n').next().unwrap_or_default().chars().count() + 1,
            message: error.message().to_owned(),
        }
    }

    /// A value that parses and makes no sense.
    #[must_use]
    pub fn senseless(path: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid { path, line: 1, column: 1, message: message.into() }
    }
}
