//! Reads what a command is given: files, standard input, the grammars folder, a baseline.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cthd::finding::Text;
use cthd::grammar::Grammar;
use cthd::model::Document;
use cthd::output::report::{self, Baseline, Report};
use cthd::pipeline;
use cthd::read::{Format, Options};
use cthd::source::Source;

use super::args::Reading;
use super::failure::{Failure, shown};
use super::programs::Installed;
use super::settings::Settings;

/// The path that names standard input.
pub(super) const STANDARD_INPUT: &str = "-";

/// A file that has been read, with its model.
pub(super) struct Parsed {
    pub(super) source: Source,
    pub(super) document: Document,
}

/// Reads and parses a file.
pub(super) fn parse(path: &Path, reading: &Reading, settings: &Settings<'_>) -> Result<Parsed, Failure> {
    parse_bytes(path, &bytes(path)?, reading, settings)
}

/// Parses the bytes of a file.
pub(super) fn parse_bytes(
    path: &Path,
    bytes: &[u8],
    reading: &Reading,
    settings: &Settings<'_>,
) -> Result<Parsed, Failure> {
    let name = shown(path);
    let options = Options {
        password: reading.password.clone(),
        format_hint: reading.format_hint.as_deref().and_then(Format::named),
        programs: Some(Arc::new(Installed::new(settings.catalogue))),
    };
    let source = pipeline::read_with(&name, bytes, &options, &settings.grammar)
        .map_err(|error| Failure::document(&name, &error))?;
    let document = pipeline::parse(&source, &settings.grammar);
    Ok(Parsed { source, document })
}

/// Whether a path names standard input.
pub(super) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT
}

/// Whether writing to `output` would destroy what was read.
pub(super) fn same_file(input: &Path, output: &Path) -> bool {
    match (input.canonicalize(), output.canonicalize()) {
        (Ok(input), Ok(output)) => input == output,
        _ => false,
    }
}

/// Standard input can be read once.
pub(super) fn once(paths: &[PathBuf]) -> Result<(), Failure> {
    let times = paths.iter().filter(|path| path.as_os_str() == STANDARD_INPUT).count();
    if times > 1 {
        return Err(Failure(Text::new("error-stdin-twice")));
    }
    Ok(())
}

/// The bytes of a file or of standard input.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let failure = |error| Failure::file(path, &error);
    if path.as_os_str() != STANDARD_INPUT {
        return std::fs::read(path).map_err(failure);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(failure)?;
    Ok(bytes)
}

/// The grammar, with the files of a folder in place of the embedded ones.
pub(super) fn grammar(folder: Option<&Path>) -> Result<Grammar, Failure> {
    let Some(folder) = folder else {
        return Grammar::embedded().map_err(|error| Failure::grammar(Path::new(""), &error));
    };
    let present = grammar_files(folder).map_err(|error| Failure::file(folder, &error))?;
    let unread = RefCell::new(present.clone());
    let broken = RefCell::new(None);
    let replace = |name: &str| {
        let path = folder.join(name);
        if !unread.borrow_mut().remove(&path) && !present.contains(&path) {
            return None;
        }
        match std::fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) => {
                broken.borrow_mut().get_or_insert(Failure::file(&path, &error));
                None
            }
        }
    };
    let grammar = Grammar::load(&replace);
    if let Some(failure) = broken.into_inner() {
        return Err(failure);
    }
    let grammar = grammar.map_err(|error| Failure::grammar(folder, &error))?;
    if present.is_empty() {
        return Err(Failure(Text::new("error-grammars-none").with("file", shown(folder))));
    }
    // A file that nothing reads is a misspelt name.
    if let Some(path) = unread.into_inner().first() {
        return Err(Failure(Text::new("error-grammar-unknown").with("file", shown(path))));
    }
    Ok(grammar)
}

/// The grammar files and word lists in a folder and in the folders in it; nothing deeper is looked at.
fn grammar_files(folder: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let paths = |folder: &Path| -> io::Result<Vec<PathBuf>> {
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
    };
    let mut all = paths(folder)?;
    for inner in all.clone().into_iter().filter(|path| path.is_dir()) {
        all.extend(paths(&inner)?);
    }
    let known = |path: &PathBuf| path.extension().is_some_and(|it| it == "toml" || it == "txt");
    Ok(all.into_iter().filter(|path| known(path) && path.is_file()).collect())
}

/// The findings of a former JSON report, of one file or of several.
pub(super) fn baseline(path: &Path) -> Result<Baseline, Failure> {
    let bytes = bytes(path)?;
    let many = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
    let reports: Result<Vec<Report>, _> = if many {
        serde_json::from_slice(&bytes)
    } else {
        serde_json::from_slice(&bytes).map(|one| vec![one])
    };
    let failure = |reason: String| {
        Failure(Text::new("error-baseline").with("file", shown(path)).with("reason", reason))
    };
    let reports = reports.map_err(|error| failure(error.to_string()))?;
    let mut baseline = Baseline::default();
    for report in &reports {
        if report.schema != report::SCHEMA {
            return Err(failure(report.schema.clone()));
        }
        baseline.add(report);
    }
    Ok(baseline)
}
