//! Why a call could not be carried out: one sentence on standard error, exit status 2.

use std::fmt::Display;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use cthd::finding::{Arg, Text};
use cthd::grammar::GrammarError;
use cthd::output::Catalogue;
use cthd::read::ReadError;

use super::{UNUSABLE, print};

/// The sentence that says why.
#[derive(Debug)]
pub(super) struct Failure(pub(super) Text);

impl Failure {
    /// A file or folder that could not be read or written.
    pub(super) fn file(path: &Path, error: &io::Error) -> Self {
        let key = match error.kind() {
            io::ErrorKind::NotFound => "error-not-found",
            io::ErrorKind::PermissionDenied => "error-permission",
            io::ErrorKind::IsADirectory => "error-directory",
            io::ErrorKind::NotADirectory => "error-not-a-directory",
            _ => "error-io",
        };
        Self(Text::new(key).with("file", shown(path)).with("reason", error.to_string()))
    }

    /// A file that is no document.
    pub(super) fn document(name: &str, error: &ReadError) -> Self {
        Self(document_error(name, error))
    }

    /// A grammars folder with a file that cannot be used.
    pub(super) fn grammar(folder: &Path, error: &GrammarError) -> Self {
        match error {
            GrammarError::Invalid { path, line, column, message } => {
                let text = Text::new("error-grammar-file").with("file", shown(&folder.join(path)));
                let text = text.with("line", line.to_string()).with("column", column.to_string());
                Self(text.with("reason", message.trim_end()))
            }
            other => Self::other(&shown(folder), other),
        }
    }

    fn other(name: &str, error: &impl Display) -> Self {
        Self(Text::new("error-io").with("file", name).with("reason", error.to_string()))
    }

    /// Standard output that could not be written to.
    pub(super) fn output(error: &io::Error) -> Self {
        Self(Text::new("error-output").with("reason", error.to_string()))
    }

    /// Prints the sentence.
    pub(super) fn report(&self, catalogue: &Catalogue) -> ExitCode {
        print::beside(&catalogue.render(&self.0));
        ExitCode::from(UNUSABLE)
    }
}

/// A path as shown in a sentence.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn count(bytes: u64) -> Arg {
    Arg::Count(i64::try_from(bytes).unwrap_or(i64::MAX))
}

/// Why a file is no document.
pub(crate) fn document_error(name: &str, error: &ReadError) -> Text {
    let text = match error {
        ReadError::Empty => Text::new("error-empty"),
        ReadError::TooLarge { bytes, limit } => {
            Text::new("error-too-large").with("bytes", count(*bytes)).with("limit", count(*limit))
        }
        ReadError::Unsupported { format } => Text::new("error-unsupported").with("format", *format),
        ReadError::Binary { byte, offset } => {
            Text::new("error-binary").with("byte", format!("0x{byte:02X}")).with("offset", *offset)
        }
        ReadError::Limit { bound, limit } => {
            Text::new("error-limit").with("bound", bound.name()).with("limit", count(*limit))
        }
        ReadError::Encrypted { format } => Text::new("error-encrypted").with("format", *format),
        ReadError::WrongPassword { format } => Text::new("error-wrong-password").with("format", *format),
        ReadError::Damaged { format, reason } => {
            Text::new("error-damaged").with("format", *format).with("reason", reason.as_str())
        }
        ReadError::NeedsProgram { format, program } => {
            Text::new("error-needs-program").with("format", *format).with("program", *program)
        }
        ReadError::ProgramFailed { program, reason } => {
            Text::new("error-program-failed").with("program", *program).with("reason", reason.as_str())
        }
        other => Text::new("error-io").with("reason", other.to_string()),
    };
    text.with("file", name)
}
