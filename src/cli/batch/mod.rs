//! `cthd batch`: many files on all cores. One bad file never stops the rest, and a batch that was killed goes on where it
//! was.

mod lines;
#[cfg(feature = "parquet")]
mod table;
mod tally;
mod worth;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cthd::finding::Text;
use cthd::output::report::Report;
use cthd::pipeline;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::args::BatchArgs;
use super::failure::{Failure, shown};
use super::settings::Settings;
use super::{FOUND, input, print};
use lines::{Done, Line, Outcome, SCHEMA};
use tally::Tally;

/// The extension of a table.
const TABLE: &str = "parquet";

/// How many files are read before what they gave is written, for each core.
const AHEAD: usize = 4;

/// A file with what it gave.
struct Given {
    line: Line,
    bytes: Vec<u8>,
    parsed: Option<input::Parsed>,
}

/// Where the results go.
enum Target {
    /// Lines of a file. They are the result, or what a table is made of at the end.
    Lines {
        file: File,
        path: PathBuf,
        /// The table.
        table: Option<PathBuf>,
    },
    #[cfg(feature = "store")]
    Store(cthd::store::Store, String),
}

/// What reading a file needs to know.
struct Job<'a> {
    args: &'a BatchArgs,
    settings: &'a Settings<'a>,
    /// Files and hashes of the lines that are there already.
    known: BTreeSet<(&'a str, &'a str)>,
    /// Hashes of the files that the store has already.
    kept: BTreeSet<String>,
    /// Whether the results hold the models.
    models: bool,
}

impl Target {
    /// Hashes of the files that a store has already.
    fn hashes(&mut self) -> Result<BTreeSet<String>, Failure> {
        match self {
            Self::Lines { .. } => Ok(BTreeSet::new()),
            #[cfg(feature = "store")]
            Self::Store(store, location) => {
                let hashes = store.hashes().map_err(|error| super::store::failure(location, None, &error))?;
                Ok(hashes.into_iter().collect())
            }
        }
    }
}

pub(super) fn run(args: &BatchArgs, settings: &Settings<'_>) -> Result<ExitCode, Failure> {
    let files = files(&args.folders, args.output.as_deref())?;
    let (mut target, done) = target(args)?;
    let mut tally = Tally::default();
    done.values().for_each(|done| tally.add(done));
    let known: BTreeSet<(&str, &str)> =
        done.values().map(|it| (it.file.as_str(), it.sha256.as_str())).collect();
    let kept = target.hashes()?;
    let job =
        Job { args, settings, known, kept, models: matches!(target, Target::Lines { table: None, .. }) };
    let bar = bar(files.len());
    // What a file that makes the reader fail would print has a place in its line.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let worked = files.chunks(AHEAD * rayon::current_num_threads().max(1)).try_for_each(|chunk| {
        let given: Vec<Option<Given>> = chunk
            .par_iter()
            .map(|path| {
                let given = given(path, &job);
                bar.inc(1);
                given
            })
            .collect();
        for given in given {
            match given {
                Some(given) => tally.add(&write(given, &mut target, args, settings)?),
                None => tally.kept += usize::from(!job.kept.is_empty()),
            }
        }
        Ok(())
    });
    std::panic::set_hook(hook);
    bar.finish_and_clear();
    worked?;
    finish(target)?;
    print::text(&tally.told(settings.catalogue))?;
    Ok(if tally.bad.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}

/// Makes the table of the lines, which are then not needed any more.
fn finish(target: Target) -> Result<(), Failure> {
    let Target::Lines { mut file, path, table: Some(table) } = target else { return Ok(()) };
    let fail = |error: io::Error| Failure::file(&table, &error);
    io::Seek::seek(&mut file, io::SeekFrom::Start(0)).map_err(fail)?;
    let done = lines::go_on(&mut file).map_err(fail)?;
    let whole = beside(&table, ".new");
    write_table(&done, &whole).and_then(|()| std::fs::rename(&whole, &table)).map_err(fail)?;
    drop(file);
    std::fs::remove_file(&path).map_err(|error| Failure::file(&path, &error))
}

#[cfg(feature = "parquet")]
fn write_table(done: &BTreeMap<u64, Done>, path: &Path) -> io::Result<()> {
    table::write(done.values(), File::create(path)?)
}

#[cfg(not(feature = "parquet"))]
fn write_table(_: &BTreeMap<u64, Done>, _: &Path) -> io::Result<()> {
    Err(io::Error::other("this program was built without Parquet"))
}

/// The files under the folders, sorted; hidden ones, the result itself and what it is made of are left out.
fn files(folders: &[PathBuf], output: Option<&Path>) -> Result<Vec<PathBuf>, Failure> {
    let own =
        output.iter().flat_map(|path| [path.to_path_buf(), beside(path, ".part"), beside(path, ".new")]);
    let own: Vec<PathBuf> = own.filter_map(|path| path.canonicalize().ok()).collect();
    let mut out = Vec::new();
    let mut todo: Vec<PathBuf> = folders.to_vec();
    while let Some(path) = todo.pop() {
        if !path.is_dir() {
            out.push(path);
            continue;
        }
        let entries = std::fs::read_dir(&path).map_err(|error| Failure::file(&path, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| Failure::file(&path, &error))?;
            let kind = entry.file_type().map_err(|error| Failure::file(&path, &error))?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            // A link may lead back to where the walk has been.
            if !hidden && (kind.is_dir() || kind.is_file()) {
                todo.push(entry.path());
            }
        }
    }
    out.retain(|path| own.is_empty() || path.canonicalize().is_ok_and(|path| !own.contains(&path)));
    out.sort();
    out.dedup();
    Ok(out)
}

/// Opens what the results go to, with the lines that are there already.
fn target(args: &BatchArgs) -> Result<(Target, BTreeMap<u64, Done>), Failure> {
    #[cfg(feature = "store")]
    if let Some(location) = &args.store {
        return Ok((Target::Store(super::store::open(location)?, location.clone()), BTreeMap::new()));
    }
    let Some(output) = &args.output else { return Err(Failure(Text::new("error-batch-output"))) };
    let is_table = output.extension().is_some_and(|it| it.eq_ignore_ascii_case(TABLE));
    // A table is written at once: what it is made of grows beside it, so that a kill loses nothing.
    let path = if is_table { beside(output, ".part") } else { output.clone() };
    let fail = |error: io::Error| Failure::file(&path, &error);
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(fail)?;
    let done = lines::go_on(&mut file).map_err(fail)?;
    Ok((Target::Lines { file, path, table: is_table.then(|| output.clone()) }, done))
}

/// A path with something behind its name.
fn beside(path: &Path, more: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(more);
    name.into()
}

/// Reads a file; nothing for one that is done already.
fn given(path: &Path, job: &Job<'_>) -> Option<Given> {
    let Job { args, settings, .. } = *job;
    let name = shown(path);
    let bad = |error: String, sha256: String, bytes: Vec<u8>| Given {
        line: Line {
            schema: SCHEMA,
            file: name.clone(),
            sha256,
            outcome: Outcome::Unreadable,
            error: Some(error),
            summary: None,
            findings: Vec::new(),
            document: None,
        },
        bytes,
        parsed: None,
    };
    let render = |failure: Failure| settings.catalogue.render(&failure.0);
    let bytes = match input::bytes(path) {
        Ok(bytes) => bytes,
        Err(failure) => return Some(bad(render(failure), String::new(), Vec::new())),
    };
    let sha256 = cthd::read::sha256(&bytes);
    if job.known.contains(&(name.as_str(), sha256.as_str())) || job.kept.contains(&sha256) {
        return None;
    }
    let none = |sha256: String| Line {
        schema: SCHEMA,
        file: name.clone(),
        sha256,
        outcome: Outcome::NoDocument,
        error: None,
        summary: None,
        findings: Vec::new(),
        document: None,
    };
    if worth::is_data(&bytes) {
        return Some(Given { line: none(sha256), bytes: Vec::new(), parsed: None });
    }
    let work = || -> Result<(input::Parsed, Report), Failure> {
        let parsed = input::parse_bytes(path, &bytes, &args.reading, settings)?;
        let audit = pipeline::check(&parsed.source, &parsed.document, &settings.grammar);
        let report = Report::new(&parsed.document, &audit, &parsed.source, settings.catalogue);
        Ok((parsed, report))
    };
    let (parsed, report) = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(read)) => read,
        Ok(Err(failure)) => return Some(bad(render(failure), sha256, bytes)),
        Err(_) => return Some(bad(settings.catalogue.label("batch-panicked"), sha256, bytes)),
    };
    if !worth::is_document(&parsed.source, &parsed.document) {
        return Some(Given { line: none(sha256), bytes: Vec::new(), parsed: None });
    }
    let line = Line {
        schema: SCHEMA,
        file: name,
        sha256,
        outcome: Outcome::Read,
        error: None,
        summary: Some(report.summary),
        findings: report.findings,
        document: (job.models && !args.findings_only).then(|| parsed.document.clone()),
    };
    Some(Given { line, bytes, parsed: Some(parsed) })
}

/// Writes what a file gave.
#[cfg_attr(not(feature = "store"), allow(unused_variables, reason = "only a store names programmes"))]
fn write(
    given: Given,
    target: &mut Target,
    args: &BatchArgs,
    settings: &Settings<'_>,
) -> Result<Done, Failure> {
    #[cfg_attr(
        not(feature = "store"),
        allow(unused_mut, reason = "only a store refuses a file that was read")
    )]
    let mut line = given.line;
    match target {
        Target::Lines { file, path, .. } => {
            let mut bytes =
                serde_json::to_vec(&line).map_err(|error| Failure::output(&io::Error::other(error)))?;
            bytes.push(b'\n');
            // In one call, so that lines are whole or the last one is cut.
            file.write_all(&bytes).map_err(|error| Failure::file(path, &error))?;
        }
        #[cfg(feature = "store")]
        Target::Store(store, location) => {
            if let Some(parsed) = &given.parsed {
                let programme = args.programme.as_deref();
                if let Err(error) = super::store::keep(store, parsed, &given.bytes, programme, settings) {
                    let failure = super::store::failure(location, Some(Path::new(&line.file)), &error);
                    line.outcome = Outcome::Unreadable;
                    line.error = Some(settings.catalogue.render(&failure.0));
                }
            }
        }
    }
    let _ = (&given.parsed, &given.bytes, settings);
    Ok(Done {
        file: line.file,
        sha256: line.sha256,
        outcome: line.outcome,
        error: line.error,
        summary: line.summary,
        findings: line.findings,
    })
}

/// The progress on a terminal; nothing elsewhere.
fn bar(files: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(files).unwrap_or(u64::MAX));
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar
}
