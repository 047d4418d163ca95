//! `cthd check`: audits files and prints the findings.

use std::path::PathBuf;
use std::process::ExitCode;

use cthd::finding::Severity;
use cthd::output::report::Report;
use cthd::output::text::{Extent, Look};
use cthd::output::{github, json, junit, sarif, text};
use cthd::source::Source;

use super::accepting::Accepting;
use super::args::{CheckArgs, CheckFormat, FailOn};
use super::failure::Failure;
use super::settings::{Selection, Settings};
use super::{FOUND, input, print, report};

/// A checked file.
struct Checked {
    report: Report,
    source: Source,
}

pub(super) fn run(args: CheckArgs, settings: &Settings<'_>) -> Result<ExitCode, Failure> {
    let selection = Selection::resolve(&args.select, &args.ignore)?;
    let inputs: Vec<_> = args.files.iter().chain(&args.baseline).cloned().collect();
    input::once(&inputs)?;
    let mut accepting = Accepting::resolve(args.baseline.as_deref())?;

    #[cfg(feature = "store")]
    let parsed = match &args.store {
        Some(location) => kept(location, &args, settings)?,
        None => given(&args, settings)?,
    };
    #[cfg(not(feature = "store"))]
    let parsed = given(&args, settings)?;
    let mut files = Vec::with_capacity(parsed.len());
    for (path, parsed) in parsed {
        let report = accepting.audit(&path, &parsed, Some(&selection), settings)?;
        files.push(Checked { report, source: parsed.source });
    }

    match args.format {
        CheckFormat::Text => {
            let extent = if args.quiet { Extent::Findings } else { Extent::Whole };
            print::text(&terminal(&files, Look { extent, ..settings.look }, settings))?;
        }
        CheckFormat::Junit => {
            let reports: Vec<_> = files.iter().map(|file| &file.report).collect();
            print::text(&junit::render(&reports, settings.catalogue))?;
        }
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
fn given(args: &CheckArgs, settings: &Settings<'_>) -> Result<Vec<(PathBuf, input::Parsed)>, Failure> {
    let parse = |path: &PathBuf| {
        // The audit's word lists are made ready while the file is read.
        let ready = || settings.grammar.words.lexicon();
        let (parsed, _) = rayon::join(|| input::parse(path, &args.reading, settings), ready);
        Ok((path.clone(), parsed?))
    };
    args.files.iter().map(parse).collect()
}

/// The files that a store keeps.
#[cfg(feature = "store")]
fn kept(
    location: &str,
    args: &CheckArgs,
    settings: &Settings<'_>,
) -> Result<Vec<(PathBuf, input::Parsed)>, Failure> {
    let files = super::store::files(location, args.programme.as_deref(), args.at_version)?;
    let parse = |file: &cthd::store::Kept| {
        let parsed = input::parse_bytes(file.name.as_ref(), &file.bytes, &args.reading, settings)?;
        // Like standard input, a kept file has no `cthd.toml` beside it.
        Ok((PathBuf::from(input::STANDARD_INPUT), parsed))
    };
    files.iter().map(parse).collect()
}

fn terminal(files: &[Checked], look: Look, settings: &Settings<'_>) -> String {
    let texts: Vec<_> =
        files.iter().map(|file| text::render(&file.report, &file.source, settings.catalogue, look)).collect();
    if look.extent == Extent::Whole { texts.join("\n") } else { texts.concat() }
}

fn sarif_log(files: &[Checked], settings: &Settings<'_>) -> sarif::Log {
    let files: Vec<_> =
        files.iter().map(|file| sarif::Checked { report: &file.report, source: &file.source }).collect();
    let lang = settings.catalogue.lang();
    sarif::log(&files, settings.catalogue, |code| report::rule(code, lang))
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
