//! Batches of files as a table, and what in a folder is no document.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]
#![cfg(feature = "parquet")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;
use tempfile::TempDir;

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cthd"));
    command.arg("batch").args(args).env("LC_ALL", "C.UTF-8").current_dir(common::path(""));
    command
}

fn call(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

fn s(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A folder with documents, a file that is broken, and files that are no documents.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in ["district-plan", "province-markdown", "ward-report", "tables-only", "broken-programme"] {
        let from = common::path(&format!("fixtures/programmes/{name}/input.txt"));
        std::fs::copy(from, folder.path().join(format!("{name}.txt"))).unwrap();
    }
    let others = [
        ("report.json", "{\"schema\": \"cthd-report/1\", \"message\": \"Kế hoạch hành động\"}"),
        ("out.ndjson", "{\"a\": \"Chương trình\"}\n{\"a\": 2}\n"),
        ("cthd.toml", "[[accept]]\nrule = \"A001\"\nplace = \"1\"\nreason = \"đã hỏi\"\n"),
        ("README.txt", "1. Install\n\n- Run the program in this folder.\n\n2. Use\n\n- Read what it says.\n"),
    ];
    for (name, text) in others {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    std::fs::write(folder.path().join("bad.pdf"), b"%PDF-1.7\nthis is no file").unwrap();
    folder
}

/// For each file its outcome, its count of errors, and the codes of its findings.
type Rows = BTreeMap<String, (String, Option<i64>, Vec<String>)>;

fn read(path: &Path) -> Rows {
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(common::read(path))).unwrap();
    let mut out = Rows::new();
    for batch in reader.build().unwrap() {
        let batch = batch.unwrap();
        let text = |name: &str, row: usize| {
            let column = batch.column_by_name(name).expect(name).as_string::<i32>();
            (!arrow_array::Array::is_null(column, row)).then(|| column.value(row).to_owned())
        };
        let errors = batch.column_by_name("errors").unwrap().as_primitive::<Int64Type>();
        for row in 0..batch.num_rows() {
            let count = (!arrow_array::Array::is_null(errors, row)).then(|| errors.value(row));
            let file = out
                .entry(text("file", row).unwrap())
                .or_insert_with(|| (text("outcome", row).unwrap(), count, Vec::new()));
            file.2.extend(text("code", row));
        }
    }
    out
}

fn lines(path: &Path) -> Rows {
    let text = common::read_text(path);
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let row = |it: Value| {
        let codes =
            it["findings"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap().to_owned());
        let codes: Vec<String> = codes.collect();
        let outcome = it["outcome"].as_str().unwrap().to_owned();
        (it["file"].as_str().unwrap().to_owned(), (outcome, it["summary"]["errors"].as_i64(), codes))
    };
    lines.map(row).collect()
}

#[test]
fn a_table_has_what_the_lines_have() {
    let folder = folder();
    let out = TempDir::new().unwrap();
    let (table, ndjson) = (out.path().join("out.parquet"), out.path().join("out.ndjson"));
    for path in [&table, &ndjson] {
        assert_eq!(call(&[s(folder.path()), "-o", s(path)]).status.code(), Some(1), "bad.pdf is reported");
    }
    let rows = read(&table);
    assert_eq!(rows, lines(&ndjson));
    assert!(rows.len() == 10 && rows.values().any(|it| it.2.len() > 20));
    let left: Vec<String> = common::entries(out.path()).iter().map(|it| common::name(it)).collect();
    assert_eq!(left, ["out.ndjson", "out.parquet"], "nothing stays beside the table");
}

#[test]
fn what_is_no_document_is_said_and_costs_nothing() {
    let folder = folder();
    let out = TempDir::new().unwrap();
    let ndjson = out.path().join("out.ndjson");
    let said = String::from_utf8(call(&[s(folder.path()), "-o", s(&ndjson)]).stdout).unwrap();
    assert!(said.contains("5 tệp đã đọc, 1 tệp không đọc được, 4 tệp không phải văn bản"), "{said}");
    for (file, (outcome, _, findings)) in lines(&ndjson) {
        let name = common::name(Path::new(&file));
        let wanted = match name.as_str() {
            "bad.pdf" => "unreadable",
            "report.json" | "out.ndjson" | "cthd.toml" | "README.txt" => "no_document",
            _ => "read",
        };
        assert_eq!(outcome, wanted, "{name}");
        assert!(outcome == "read" || findings.is_empty());
    }
    std::fs::remove_file(folder.path().join("bad.pdf")).unwrap();
    let again = out.path().join("again.ndjson");
    assert_eq!(call(&[s(folder.path()), "-o", s(&again)]).status.code(), Some(0));
}

#[test]
fn every_programme_of_the_fixtures_is_a_document() {
    let out = TempDir::new().unwrap();
    let ndjson = out.path().join("out.ndjson");
    let inputs: Vec<String> = common::entries(&common::path("fixtures/programmes"))
        .iter()
        .map(|folder| s(&folder.join("input.txt")).to_owned())
        .collect();
    let mut args: Vec<&str> = inputs.iter().map(String::as_str).collect();
    args.extend(["--findings-only", "-o", s(&ndjson)]);
    assert!(call(&args).status.success());
    let other: Vec<String> =
        lines(&ndjson).into_iter().filter(|(_, it)| it.0 != "read").map(|(file, _)| file).collect();
    assert!(other.is_empty(), "{other:?}");
}

#[test]
fn a_killed_batch_goes_on_to_the_same_table() {
    let folder = TempDir::new().unwrap();
    let text = common::read_text(&common::path("docs/example.txt"));
    for n in 0..30 {
        std::fs::write(
            folder.path().join(format!("{n}.txt")),
            text.replace("camera", &format!("camera {n}")),
        )
        .unwrap();
    }
    let out = TempDir::new().unwrap();
    let (whole, killed) = (out.path().join("whole.parquet"), out.path().join("killed.parquet"));
    call(&[s(folder.path()), "-o", s(&whole)]);
    for round in 0..6_u64 {
        let mut child = command(&[s(folder.path()), "-o", s(&killed)]);
        let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(30 + round * 70));
        let _ = child.kill();
        let _ = child.wait();
    }
    call(&[s(folder.path()), "-o", s(&killed)]);
    assert_eq!(read(&killed), read(&whole));
    assert_eq!(read(&whole).len(), 30);
}

/// Counts of findings and files by rule, and the line of each file, made from the lines of the result.
fn summary(result: &Path) -> (BTreeMap<String, (usize, usize)>, Vec<String>) {
    let mut last: BTreeMap<String, Value> = BTreeMap::new();
    for line in common::read_text(result).lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        last.insert(line["file"].as_str().unwrap().to_owned(), line);
    }
    let mut rules: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut files = Vec::new();
    for (file, line) in last.iter().filter(|it| it.1["outcome"] == "read") {
        let codes: Vec<&str> =
            line["findings"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap()).collect();
        for code in codes.iter().collect::<BTreeSet<_>>() {
            let entry = rules.entry((*code).to_owned()).or_default();
            *entry = (entry.0 + codes.iter().filter(|it| it == &code).count(), entry.1 + 1);
        }
        let of = |severity: &str| {
            line["findings"].as_array().unwrap().iter().filter(|it| it["severity"] == severity).count()
        };
        files.push(format!("{file}: {} lỗi, {} cảnh báo, {} lưu ý", of("error"), of("warning"), of("info")));
    }
    (rules, files)
}

/// The rules that a summary tells: code, findings, files.
fn told(said: &str) -> BTreeMap<String, (usize, usize)> {
    let row = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [code, .., findings, "phát", "hiện", files, "tệp"] = words.as_slice() else { return None };
        Some(((*code).to_owned(), (findings.parse().ok()?, files.parse().ok()?)))
    };
    said.lines().filter_map(row).collect()
}

#[test]
fn the_summary_counts_by_rule_and_by_file() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, from: &str| {
        std::fs::copy(common::path(from), folder.path().join(name)).unwrap();
    };
    // By reading: each of the first two has a number twice, the second and the third a total that is wrong.
    write("a.txt", "fixtures/programmes/broken-programme/input.txt");
    write("b.txt", "seeds/phuong-liet-2026.txt");
    write("c.txt", "docs/example.txt");
    std::fs::write(folder.path().join("bad.pdf"), b"%PDF-1.7\nthis is no file").unwrap();
    let out = TempDir::new().unwrap();
    let result = out.path().join("out.ndjson");
    let args = [s(folder.path()), "-o", s(&result), "--lang", "vi"];
    let said = String::from_utf8(call(&args).stdout).unwrap();
    let (rules, files) = summary(&result);
    assert!(files.len() == 3 && rules.len() > 10 && rules.values().any(|it| it.1 > 1 && it.0 > it.1));
    assert_eq!(told(&said), rules);
    for file in &files {
        assert!(said.lines().any(|line| line == file), "{file}\n{said}");
    }
    assert!(said.lines().any(|line| line.contains("bad.pdf: không đọc được: ")), "{said}");
    assert!(said.ends_with("3 tệp đã đọc, 1 tệp không đọc được, 0 tệp không phải văn bản.\n"), "{said}");
    // The second time nothing is done, and the summary is the same.
    assert_eq!(String::from_utf8(call(&args).stdout).unwrap(), said);
    // A file that was corrected counts with what it is now, and not with what it was too.
    write("b.txt", "docs/example-signed.txt");
    let said = String::from_utf8(call(&args).stdout).unwrap();
    let (after, files) = summary(&result);
    assert!(after != rules && files.len() == 3);
    assert_eq!(told(&said), after);
}

#[cfg(unix)]
#[test]
fn the_progress_is_shown_on_a_terminal_alone() {
    let folder = folder();
    let out = TempDir::new().unwrap();
    let call = |name: &str| call(&[s(folder.path()), "-o", s(&out.path().join(name)), "--lang", "vi"]);
    let silent = call("silent.ndjson");
    assert!(silent.stderr.is_empty(), "{}", String::from_utf8_lossy(&silent.stderr));
    let said = String::from_utf8(silent.stdout).unwrap();
    assert!(!said.contains('\u{1b}') && !said.contains("/10"), "{said}");
    if common::program("script").is_none() {
        return;
    }
    let quoted =
        [env!("CARGO_BIN_EXE_cthd"), "batch", s(folder.path()), "-o", s(&out.path().join("shown.ndjson"))]
            .map(|arg| format!("'{arg}'"));
    // A terminal that a test makes has no size of its own.
    let line = format!("stty cols 100 rows 30; {}", quoted.join(" "));
    let mut command = Command::new("script");
    command.args(["-qec", &line, "/dev/null"]).env("TERM", "xterm").env("LC_ALL", "C.UTF-8");
    let output = command.current_dir(common::path("")).stdin(Stdio::null()).output().unwrap();
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    // All ten files of the folder are counted, and at the end the bar is gone and the summary stands alone.
    assert!(shown.contains("/10"), "{shown}");
    assert!(shown.contains("█") || shown.contains("░"), "{shown}");
    let end = shown.rsplit_once("/10").unwrap().1;
    assert!(end.contains("\u{1b}[2K") && end.contains("5 tệp đã đọc"), "{end}");
}

/// A worker for each core is at work, and one more thread that writes.
#[cfg(target_os = "linux")]
#[test]
fn every_core_has_a_worker() {
    let folder = TempDir::new().unwrap();
    for n in 0..24 {
        std::fs::copy(common::path("seeds/phuong-liet-2026.txt"), folder.path().join(format!("{n}.txt")))
            .unwrap();
    }
    let out = TempDir::new().unwrap();
    let mut child = command(&[s(folder.path()), "-o", s(&out.path().join("out.ndjson"))]);
    let mut child = child.stdout(Stdio::null()).spawn().unwrap();
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let threads =
            status.lines().find_map(|line| line.strip_prefix("Threads:")?.trim().parse::<usize>().ok());
        most = most.max(threads.unwrap_or_default());
        std::thread::sleep(Duration::from_millis(2));
    }
    let cores = std::thread::available_parallelism().unwrap().get();
    assert!(most > cores, "{most} threads for {cores} cores");
}
