//! What a call accepts beforehand: a baseline, and `cthd.toml` beside each document.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use cthd::finding::Text;
use cthd::output::Catalogue;
use cthd::output::located::Locator;
use cthd::output::report::{Baseline, Report, Suppressions};
use cthd::pipeline;

use super::failure::{Failure, shown};
use super::input::{self, Parsed};
use super::settings::{self, Selection, Settings};

/// The file of suppressions.
const NAME: &str = "cthd.toml";

/// What is accepted, over all files of a call.
#[derive(Debug, Default)]
pub(super) struct Accepting {
    baseline: Option<Baseline>,
    suppressions: BTreeMap<PathBuf, Option<Suppressions>>,
}

impl Accepting {
    /// Reads the baseline.
    pub(super) fn resolve(baseline: Option<&Path>) -> Result<Self, Failure> {
        let baseline = baseline.map(input::baseline).transpose()?;
        Ok(Self { baseline, suppressions: BTreeMap::new() })
    }

    /// The report of a file, less what is accepted.
    pub(super) fn audit(
        &mut self,
        path: &Path,
        parsed: &Parsed,
        selection: Option<&Selection>,
        settings: &Settings<'_>,
    ) -> Result<Report, Failure> {
        let mut reports = self.audit_in(path, parsed, selection, settings, &[settings.catalogue])?;
        reports.pop().ok_or_else(|| Failure(Text::new("error-io")))
    }

    /// The same report in several languages.
    pub(super) fn audit_in(
        &mut self,
        path: &Path,
        parsed: &Parsed,
        selection: Option<&Selection>,
        settings: &Settings<'_>,
        catalogues: &[&Catalogue],
    ) -> Result<Vec<Report>, Failure> {
        let Parsed { source, document } = parsed;
        let mut audit = pipeline::check(source, document, &settings.grammar);
        if let Some(selection) = selection {
            selection.retain(&mut audit);
        }
        let selected = |rule: &str| selection.is_none_or(|selection| selection.has(rule));
        let suppressions = self.beside(path)?.map(|suppressions| {
            let mut mine = suppressions.clone();
            // An entry for a rule that takes no part is not an unused one.
            mine.accept.retain(|entry| selected(&entry.rule));
            mine
        });
        let locator = Locator::of(document);
        let mut left = None;
        let reports = catalogues.iter().map(|catalogue| {
            let mut report = Report::new(document, &audit, source, catalogue);
            // Each language takes from the baseline what the others take.
            let mut baseline = self.baseline.clone();
            if let Some(baseline) = &mut baseline {
                report.accept(baseline);
            }
            left = baseline;
            if let Some(suppressions) = &suppressions {
                report.suppress(suppressions, |at| locator.ids(at));
            }
            report
        });
        let reports: Vec<Report> = reports.collect();
        self.baseline = left;
        Ok(reports)
    }

    /// The suppressions beside a document; none beside standard input.
    fn beside(&mut self, path: &Path) -> Result<Option<&Suppressions>, Failure> {
        if input::is_standard(path) {
            return Ok(None);
        }
        let file = path.with_file_name(NAME);
        if !self.suppressions.contains_key(&file) {
            let read = read(&file)?;
            self.suppressions.insert(file.clone(), read);
        }
        Ok(self.suppressions.get(&file).and_then(Option::as_ref))
    }
}

fn read(file: &Path) -> Result<Option<Suppressions>, Failure> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::file(file, &error)),
    };
    let found = Suppressions::parse(&text).map_err(|error| {
        let text = Text::new("error-suppressions").with("file", shown(file));
        let text = text.with("line", error.line.to_string()).with("column", error.column.to_string());
        Failure(text.with("reason", error.message))
    })?;
    for entry in &found.accept {
        settings::rule(entry.rule.trim())?;
    }
    Ok(Some(found))
}
