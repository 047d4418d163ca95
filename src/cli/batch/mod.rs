//! `cthd batch`: many files on all cores. One bad file never stops the rest, and a batch that was killed goes on where it
//! was.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cthd::finding::Text;
use cthd::model::Document;
use cthd::output::report::{Finding, Report, Summary};
use cthd::output::{Catalogue, text};
use cthd::pipeline;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::args::BatchArgs;
use super::failure::{Failure, shown};
use super::settings::Settings;
use super::{FOUND, input, print};

/// Name and version of a line's form.
const SCHEMA: &str = "cthd-batch/1";

/// How many files are read before what they gave is written, for each core.
const AHEAD: usize = 4;

/// One file of a batch, as a line of NDJSON.
#[derive(Debug, Serialize)]
struct Line {
    schema: &'static str,
    file: String,
    sha256: String,
    outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Summary>,
    findings: Vec<Finding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<Document>,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Read,
    Unreadable,
}

/// What of a line is needed to go on, and for the summary.
#[derive(Debug, Deserialize)]
struct Done {
    file: String,
    sha256: String,
    outcome: Outcome,
    error: Option<String>,
    summary: Option<Summary>,
    findings: Vec<Finding>,
}

/// A file with what it gave.
struct Given {
    line: Line,
    bytes: Vec<u8>,
    parsed: Option<input::Parsed>,
}

/// Where the results go.
enum Target {
    Lines(File),
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
    /// Whether the results go to lines.
    lines: bool,
}

impl Target {
    /// Hashes of the files that a store has already.
    fn hashes(&mut self) -> Result<BTreeSet<String>, Failure> {
        match self {
            Self::Lines(_) => Ok(BTreeSet::new()),
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
    let job = Job { args, settings, known, kept, lines: matches!(target, Target::Lines(_)) };
    let bar = bar(files.len());
    // What a file that makes the reader fail would print has a place in its line.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let worked = files.chunks(AHEAD * rayon::current_num_threads().max(1)).try_for_each(|chunk| {
        let given: Vec<Option<Given>> = chunk.par_iter().map(|path| given(path, &job)).collect();
        for given in given {
            bar.inc(1);
            if let Some(given) = given {
                let done = write(given, &mut target, args, settings)?;
                tally.add(&done);
            }
        }
        Ok(())
    });
    std::panic::set_hook(hook);
    bar.finish_and_clear();
    worked?;
    print::text(&tally.told(settings.catalogue))?;
    Ok(if tally.bad.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}

/// The files under the folders, sorted; hidden ones and the result itself are left out.
fn files(folders: &[PathBuf], output: Option<&Path>) -> Result<Vec<PathBuf>, Failure> {
    let own = output.and_then(|path| path.canonicalize().ok());
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
    out.retain(|path| own.is_none() || path.canonicalize().ok() != own);
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
    let Some(path) = &args.output else { return Err(Failure(Text::new("error-batch-output"))) };
    let fail = |error: io::Error| Failure::file(path, &error);
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(fail)?;
    let done = go_on(&mut file).map_err(fail)?;
    Ok((Target::Lines(file), done))
}

/// Reads the whole lines of a result and cuts off what a kill left half written.
fn go_on(file: &mut File) -> io::Result<BTreeMap<u64, Done>> {
    let mut done = BTreeMap::new();
    let mut whole = 0;
    let mut reader = BufReader::new(&mut *file);
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = reader.read_until(b'\n', &mut line)?;
        if length == 0 || line.last() != Some(&b'\n') {
            break;
        }
        let read: Done = serde_json::from_slice(&line).map_err(io::Error::other)?;
        whole += length as u64;
        done.insert(whole, read);
    }
    drop(reader);
    file.set_len(whole)?;
    io::Seek::seek(file, io::SeekFrom::Start(whole))?;
    Ok(done)
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
    let work = || -> Result<(input::Parsed, Report), Failure> {
        let parsed = input::parse_bytes(path, &bytes, &args.reading, settings)?;
        let audit = pipeline::check(&parsed.source, &parsed.document, &settings.grammar);
        let report = Report::new(&parsed.document.source, &audit, &parsed.source, settings.catalogue);
        Ok((parsed, report))
    };
    let (parsed, report) = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(read)) => read,
        Ok(Err(failure)) => return Some(bad(render(failure), sha256, bytes)),
        Err(_) => return Some(bad(settings.catalogue.label("batch-panicked"), sha256, bytes)),
    };
    let line = Line {
        schema: SCHEMA,
        file: name,
        sha256,
        outcome: Outcome::Read,
        error: None,
        summary: Some(report.summary),
        findings: report.findings,
        document: (job.lines && !args.findings_only).then(|| parsed.document.clone()),
    };
    Some(Given { line, bytes, parsed: Some(parsed) })
}

/// Writes what a file gave.
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
        Target::Lines(file) => {
            let path = args.output.as_deref().unwrap_or(Path::new(""));
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

/// Counts by rule and by file.
#[derive(Debug, Default)]
struct Tally {
    /// Of each rule: its name, findings, files.
    rules: BTreeMap<String, (String, usize, usize)>,
    files: BTreeMap<String, Summary>,
    bad: BTreeMap<String, String>,
}

impl Tally {
    fn add(&mut self, done: &Done) {
        self.bad.remove(&done.file);
        if done.outcome == Outcome::Unreadable {
            self.bad.insert(done.file.clone(), done.error.clone().unwrap_or_default());
            return;
        }
        self.files.insert(done.file.clone(), done.summary.unwrap_or_default());
        let mut seen = BTreeSet::new();
        for finding in &done.findings {
            let (_, findings, files) =
                self.rules.entry(finding.code.clone()).or_insert_with(|| (finding.name.clone(), 0, 0));
            *findings += 1;
            if seen.insert(&finding.code) {
                *files += 1;
            }
        }
    }

    fn told(&self, catalogue: &Catalogue) -> String {
        let render = |text: Text| format!("{}\n", catalogue.render(&text));
        let mut out = String::new();
        for (file, summary) in &self.files {
            let text = Text::new("batch-file").with("file", file.as_str()).with("errors", summary.errors);
            out.push_str(&render(text.with("warnings", summary.warnings).with("infos", summary.infos)));
        }
        for (file, error) in &self.bad {
            out.push_str(&render(
                Text::new("batch-bad").with("file", file.as_str()).with("reason", error.as_str()),
            ));
        }
        if !self.rules.is_empty() {
            out.push('\n');
            let count = |key, n: usize| catalogue.render(&Text { key, args: Vec::new() }.with("count", n));
            out.push_str(&text::table(self.rules.iter().map(|(code, (name, findings, files))| {
                [code.clone(), name.clone(), count("batch-findings", *findings), count("batch-files", *files)]
            })));
        }
        out.push('\n');
        out.push_str(&render(
            Text::new("batch-summary").with("read", self.files.len()).with("bad", self.bad.len()),
        ));
        out
    }
}

/// The progress on a terminal; nothing elsewhere.
fn bar(files: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(files).unwrap_or(u64::MAX));
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar
}
