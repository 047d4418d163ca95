//! `cthd check`: audits files and prints the findings.

use std::process::ExitCode;

use cthd::finding::Severity;
use cthd::output::report::{Finding, Report};
use cthd::output::{Page, github, json, sarif, text};
use cthd::pipeline;
use cthd::rules;
use cthd::source::Source;

use super::args::{CheckArgs, CheckFormat, FailOn};
use super::failure::Failure;
use super::settings::{Selection, Settings};
use super::{FOUND, input, print};

/// A checked file.
struct Checked {
    report: Report,
    accepted: Vec<Finding>,
    source: Source,
}

pub(super) fn run(args: CheckArgs, settings: &Settings<'_>) -> Result<ExitCode, Failure> {
    let selection = Selection::resolve(&args.select, &args.ignore)?;
    let inputs: Vec<_> = args.files.iter().chain(&args.baseline).cloned().collect();
    input::once(&inputs)?;
    let mut baseline = args.baseline.as_deref().map(|path| input::baseline(path)).transpose()?;

    let mut files = Vec::with_capacity(args.files.len());
    #[cfg(feature = "store")]
    let parsed = match &args.store {
        Some(location) => kept(location, &args, settings)?,
        None => given(&args, settings)?,
    };
    #[cfg(not(feature = "store"))]
    let parsed = given(&args, settings)?;
    for input::Parsed { source, document } in parsed {
        let mut audit = pipeline::check(&source, &document, &settings.grammar);
        selection.retain(&mut audit);
        let mut report = Report::new(&document.source, &audit, &source, settings.catalogue);
        let accepted = baseline.as_mut().map(|baseline| report.accept(baseline)).unwrap_or_default();
        files.push(Checked { report, accepted, source });
    }

    match args.format {
        CheckFormat::Text => print::text(&terminal(&files, settings))?,
        CheckFormat::Github => {
            let lines: String = files
                .iter()
                .map(|file| github::render(&file.report, &file.source, settings.catalogue))
                .collect();
            print::text(&lines)?;
        }
        CheckFormat::Sarif => {
            let log = sarif_log(&files, settings);
            print::with(|out| json::write(&log, false, out))?;
        }
        CheckFormat::Json => print::with(|out| match files.as_slice() {
            [file] => json::write(&file.report, false, out),
            files => json::write(&files.iter().map(|file| &file.report).collect::<Vec<_>>(), false, out),
        })?,
    }
    Ok(status(&files, args.fail_on))
}

/// The files of the call.
fn given(args: &CheckArgs, settings: &Settings<'_>) -> Result<Vec<input::Parsed>, Failure> {
    let parse = |path: &std::path::PathBuf| {
        // The audit's word lists are made ready while the file is read.
        let ready = || settings.grammar.words.lexicon();
        rayon::join(|| input::parse(path, &args.reading, settings), ready).0
    };
    args.files.iter().map(parse).collect()
}

/// The files that a store keeps.
#[cfg(feature = "store")]
fn kept(location: &str, args: &CheckArgs, settings: &Settings<'_>) -> Result<Vec<input::Parsed>, Failure> {
    let files = super::store::files(location, args.programme.as_deref(), args.at_version)?;
    let parse = |file: &cthd::store::Kept| {
        input::parse_bytes(file.name.as_ref(), &file.bytes, &args.reading, settings)
    };
    files.iter().map(parse).collect()
}

fn terminal(files: &[Checked], settings: &Settings<'_>) -> String {
    let texts: Vec<_> = files
        .iter()
        .map(|file| text::render(&file.report, &file.source, settings.catalogue, settings.look))
        .collect();
    texts.join("\n")
}

fn sarif_log(files: &[Checked], settings: &Settings<'_>) -> sarif::Log {
    let files: Vec<_> = files
        .iter()
        .map(|file| sarif::Checked { report: &file.report, accepted: &file.accepted, source: &file.source })
        .collect();
    let lang = settings.catalogue.lang();
    sarif::log(&files, settings.catalogue, |code| {
        let rule = rules::find(code)?;
        let page = Page::of(rule.page, lang);
        Some(sarif::RuleText { summary: page.summary(), page: page.text.to_owned(), severity: rule.severity })
    })
}

fn status(files: &[Checked], fail_on: FailOn) -> ExitCode {
    let least = match fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Info => Severity::Info,
        FailOn::Never => return ExitCode::SUCCESS,
    };
    let found = files.iter().flat_map(|file| &file.report.findings).any(|finding| finding.severity >= least);
    if found { ExitCode::from(FOUND) } else { ExitCode::SUCCESS }
}
