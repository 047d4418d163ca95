//! What several tests share: reading fixtures and running the pipeline over them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]
#![allow(dead_code, reason = "each test uses a part")]
#![allow(missing_docs, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use cthd::finding::Audit;
use cthd::grammar::Grammar;
use cthd::model::Document;
use cthd::pipeline;
use cthd::source::Source;
use serde_json::Value;

static GRAMMAR: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::embedded().expect("the embedded grammar loads"));

/// A document taken through the whole pipeline.
pub struct Run {
    pub source: Source,
    pub document: Document,
    pub audit: Audit,
}

pub fn grammar() -> &'static Grammar {
    &GRAMMAR
}

/// A file of the repository.
pub fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// A program that a test needs and that is no Rust crate. Where it is not there the test is left out and says so,
/// unless everything is to be run (`CTHD_ALL`, set by `tests/all`).
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file());
    if found.is_none() {
        assert!(std::env::var_os("CTHD_ALL").is_none(), "{name} is not installed");
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "left out: {name} is not installed");
    }
    found
}

/// The files in `seeds/`.
pub fn seeds() -> Vec<PathBuf> {
    entries(&path("seeds")).into_iter().filter(|path| path.is_file()).collect()
}

/// The entries of a folder, sorted; none where there is no folder.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    paths.retain(|path| !name(path).starts_with('.'));
    paths.sort();
    paths
}

/// The last part of a path.
pub fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

pub fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn read_text(path: &Path) -> String {
    String::from_utf8(read(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Whether a program that a test needs is installed. `tests/all` installs all of them: there a missing one fails.
pub fn has_program(name: &str, argument: &str) -> bool {
    let started = std::process::Command::new(name).arg(argument).output();
    let there = started.is_ok_and(|output| output.status.success());
    assert!(there || std::env::var_os("CTHD_ALL").is_none(), "{name} is not installed");
    if !there {
        #[allow(clippy::print_stderr, reason = "who runs the tests is told which were skipped")]
        let () = eprintln!("skipped: {name} is not installed");
    }
    there
}

pub fn parse(bytes: &[u8]) -> (Source, Document) {
    let source = pipeline::read("input.txt", bytes, grammar()).expect("the input is a document");
    let document = pipeline::parse(&source, grammar());
    (source, document)
}

pub fn run(bytes: &[u8]) -> Run {
    let (source, document) = parse(bytes);
    let audit = pipeline::check(&source, &document, grammar());
    Run { source, document, audit }
}

/// The findings as `line CODE`, sorted. A finding in several files of a fixture is one line each.
pub fn found(audit: &Audit) -> Vec<String> {
    let mut found: Vec<_> = audit.findings.iter().map(|it| (it.at.line, it.code.code)).collect();
    found.sort_unstable();
    found.into_iter().map(|(line, code)| format!("{line} {code}")).collect()
}

/// The lines `line CODE` of a `findings.txt`, without comments, sorted.
pub fn expected(path: &Path) -> Vec<String> {
    let text = read_text(path);
    let mut lines: Vec<(u32, String)> = Vec::new();
    for line in text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()) {
        if line.is_empty() {
            continue;
        }
        let entry = line.split_once(' ').and_then(|(line, code)| Some((line.parse().ok()?, code.trim())));
        let (number, code) = entry.unwrap_or_else(|| panic!("{}: not `line CODE`: {line}", path.display()));
        lines.push((number, code.to_owned()));
    }
    lines.sort();
    lines.into_iter().map(|(line, code)| format!("{line} {code}")).collect()
}

/// What two sorted lists do not share: `+` found and not expected, `-` expected and not found.
pub fn differences(expected: &[String], found: &[String]) -> Vec<String> {
    let mut left: Vec<&String> = expected.iter().collect();
    let mut out = Vec::new();
    for entry in found {
        match left.iter().position(|it| *it == entry) {
            Some(i) => drop(left.remove(i)),
            None => out.push(format!("+ {entry}")),
        }
    }
    out.extend(left.into_iter().map(|entry| format!("- {entry}")));
    out
}

/// Files, each with the text of the seed.
pub fn of_seed(files: Vec<PathBuf>) -> Vec<(PathBuf, PathBuf)> {
    let seed = seeds().first().expect("a seed").clone();
    files.into_iter().map(|file| (seed.clone(), file)).collect()
}

/// Holds where files give the model of their texts, apart from places and raw spellings.
pub fn same_models(pairs: &[(PathBuf, PathBuf)]) {
    let mut failures = Vec::new();
    for (text, path) in pairs {
        if let Some(difference) = difference("", &content(&read(text)), &content(&read(path))) {
            failures.push(format!("{}: {difference}", path.display()));
        }
    }
    report(&failures, "models that differ");
}

/// Rules that speak of what only the text files have: marks of emphasis, and a page that ends inside a bracket.
const OF_THE_TEXT: [&str; 3] = ["S006", "S001", "S002"];

/// Holds where files give the findings and checks of their texts.
pub fn same_findings(pairs: &[(PathBuf, PathBuf)]) {
    let found = |bytes: &[u8]| {
        let audit = run(bytes).audit;
        let kept = audit.findings.iter().filter(|it| !OF_THE_TEXT.contains(&it.code.code));
        let mut found: Vec<String> = kept.map(|it| format!("{} {:?}", it.code.code, it.message)).collect();
        let checks =
            audit.checks.iter().map(|it| format!("{} {:?} {:?}", it.code.code, it.statement, it.outcome));
        found.extend(checks);
        found.sort();
        found
    };
    let mut failures = Vec::new();
    for (text, path) in pairs {
        for difference in differences(&found(&read(text)), &found(&read(path))) {
            failures.push(format!("{}: {difference}", path.display()));
        }
    }
    report(&failures, "findings that differ");
}

/// Notes where `found` differs from `expected`: each key of an object must be there with its value, arrays
/// have the same length and order.
pub fn compare(at: &str, expected: &Value, found: &Value, out: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, value) in expected {
                compare(&format!("{at}.{key}"), value, found.get(key).unwrap_or(&Value::Null), out);
            }
        }
        (Value::Array(expected), Value::Array(found)) => {
            if expected.len() != found.len() {
                out.push(format!(
                    "{at}: {} expected, {} found: {}",
                    expected.len(),
                    found.len(),
                    list(found)
                ));
            }
            for (i, (expected, found)) in expected.iter().zip(found).enumerate() {
                compare(&format!("{at}[{i}]"), expected, found, out);
            }
        }
        // The JSON leaves out some lists that are empty.
        (Value::Array(expected), Value::Null) if expected.is_empty() => {}
        _ if expected == found => {}
        _ => out.push(format!("{at}:\n    expected {}\n    found    {}", short(expected), short(found))),
    }
}

/// What a list holds, by the fields that tell its entries apart.
fn list(values: &[Value]) -> String {
    let name = |value: &Value| {
        let keys = ["id", "raw", "reason", "text", "name", "title"];
        keys.iter().find_map(|key| value.get(key)).map_or_else(|| short(value), short)
    };
    format!("[{}]", values.iter().map(name).collect::<Vec<_>>().join(", "))
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(160) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Ends a test with all its failures.
pub fn report(failures: &[String], what: &str) {
    assert!(failures.is_empty(), "{what}, {} failures:\n\n{}\n", failures.len(), failures.join("\n"));
}

/// Removes keys from a model wherever they stand.
pub fn strip(value: &mut Value, keys: &[&str]) {
    match value {
        Value::Object(object) => {
            for key in keys {
                object.remove(*key);
            }
            object.values_mut().for_each(|value| strip(value, keys));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| strip(value, keys)),
        _ => {}
    }
}

/// The first path where two values differ.
pub fn difference(at: &str, one: &Value, other: &Value) -> Option<String> {
    match (one, other) {
        (Value::Object(a), Value::Object(b)) => {
            let keys = a.keys().chain(b.keys());
            keys.filter_map(|key| {
                let (a, b) = (a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null));
                difference(&format!("{at}.{key}"), a, b)
            })
            .next()
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let pairs = a.iter().zip(b).enumerate();
            pairs.filter_map(|(i, (a, b))| difference(&format!("{at}[{i}]"), a, b)).next()
        }
        _ if one == other => None,
        _ => {
            let (one, other) = (one.to_string(), other.to_string());
            let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
            let from = |text: &str| text.chars().skip(same.saturating_sub(30)).take(100).collect::<String>();
            Some(format!("{at}:\n    {}\n    {}", from(&one), from(&other)))
        }
    }
}

/// The model of a file without what its format may show otherwise: places, spellings with their marks of emphasis, where
/// pages end. A cell that another page's end cut is a cell of its own here.
pub fn content(bytes: &[u8]) -> Value {
    fn own(value: &mut Value) {
        match value {
            Value::Object(object) => {
                for (key, value) in object {
                    // Where rows are broken over pages and where cells are missing, only the text file shows.
                    if key == "origin" && value == "continued" {
                        *value = Value::from("own");
                    } else if key == "origin" && value == "lost" {
                        *value = Value::from("blank");
                    }
                    own(value);
                }
            }
            Value::Array(values) => values.iter_mut().for_each(own),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(parse(bytes).1).expect("a model is JSON");
    strip(&mut value, &["at", "recipients_at", "source", "raw", "set_aside", "after_break", "page"]);
    own(&mut value);
    value
}
