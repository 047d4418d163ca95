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

use std::collections::BTreeMap;
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
