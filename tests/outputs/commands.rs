//! The commands as they are called: suppressions beside the document, formats, completions, manual pages.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::{SMALL, common};

/// A folder with the small document.
struct Place {
    folder: TempDir,
}

/// What a call gave.
struct Called {
    status: Option<i32>,
    out: Vec<u8>,
    err: String,
}

impl Called {
    fn text(&self) -> String {
        String::from_utf8(self.out.clone()).expect("the output is UTF-8")
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.out).expect("the output is JSON")
    }
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: TempDir::new().expect("a folder can be made") };
        place.write("a.txt", SMALL);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("a file can be written");
    }

    fn call(&self, args: &[&str]) -> Called {
        let output = Command::new(env!("CARGO_BIN_EXE_cthd"))
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .env("LC_ALL", "vi_VN.UTF-8")
            .output()
            .expect("the program starts");
        let err = String::from_utf8(output.stderr).expect("it speaks UTF-8");
        Called { status: output.status.code(), out: output.stdout, err }
    }
}

const ACCEPTING: &str = "[[accept]]\nrule = \"A001\"\nplace = \"1/1\"\nreason = \"Đã hỏi Phòng Tài chính\"\n\n\
                         [[accept]]\nrule = \"column-total-mismatch\"\nplace = \"1\"\nreason = \"Sửa ở bản sau\"\n\n\
                         [[accept]]\nrule = \"A010\"\nplace = \"2\"\nreason = \"không còn\"\n";

#[test]
fn suppressions_beside_the_document_accept_and_stay_visible() {
    let place = Place::new();
    assert_eq!(place.call(&["check", "a.txt"]).status, Some(1));
    place.write("cthd.toml", ACCEPTING);
    let text = place.call(&["check", "a.txt"]);
    assert_eq!(text.status, Some(0), "{}", text.text());
    let shown = text.text();
    assert!(
        shown.contains("2 phát hiện đã được chấp nhận") && shown.contains("Đã hỏi Phòng Tài chính"),
        "{shown}"
    );
    assert!(shown.contains("A010 2 (“không còn”) không ứng với phát hiện nào"), "{shown}");
    let report = place.call(&["check", "a.txt", "--format", "json"]).json();
    assert_eq!(report["summary"]["accepted"], 2);
    assert_eq!(report["accepted"][0]["by"], "suppression");
    assert_eq!(report["unused_suppressions"][0]["rule"], "A010");
    // An entry of a rule that takes no part is not one that is not needed.
    let selected = place.call(&["check", "a.txt", "--format", "json", "--select", "A001"]).json();
    assert!(selected.get("unused_suppressions").is_none());
    let sarif = place.call(&["check", "a.txt", "--format", "sarif"]).json();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let reasons: Vec<&str> =
        results.iter().filter_map(|it| it["suppressions"][0]["justification"].as_str()).collect();
    assert_eq!(reasons, ["Đã hỏi Phòng Tài chính", "Sửa ở bản sau"]);
    let page = place.call(&["report", "a.txt"]).text();
    assert!(page.contains("Đã chấp nhận: Sửa ở bản sau"));
    let findings = place.call(&["export", "a.txt", "--to", "csv", "--table", "findings"]).text();
    assert!(findings.contains(",true,suppression,Sửa ở bản sau,"), "{findings}");
}

#[test]
fn a_file_of_suppressions_that_cannot_be_used_is_refused_with_its_place() {
    let place = Place::new();
    for (text, words) in [
        ("[[accept]]\nrule = 'A001'\nplace = '1'\n", "reason"),
        ("[[accept]]\nrule = 'A001'\nplace = '1'\nreason = 'x'\nlines = 3\n", "dòng 5"),
        ("[[accept]]\nrule = 'A999'\nplace = '1'\nreason = 'x'\n", "A999"),
        ("[[accept]\n", "dòng 1"),
    ] {
        place.write("cthd.toml", text);
        let called = place.call(&["check", "a.txt"]);
        assert_eq!((called.status, called.text().as_str()), (Some(2), ""));
        assert!(called.err.contains(words) && called.err.lines().count() == 1, "{}", called.err);
    }
}

#[test]
fn a_report_is_its_own_baseline() {
    let place = Place::new();
    place.write("old.json", &place.call(&["check", "a.txt", "--format", "json"]).text());
    let report = place.call(&["check", "a.txt", "--format", "json", "--baseline", "old.json"]);
    assert_eq!(report.status, Some(0));
    assert_eq!(report.json()["findings"], serde_json::json!([]));
    let accepted = report.json()["accepted"].as_array().unwrap().len();
    assert_eq!(report.json()["summary"]["accepted"], accepted);
    let page = place.call(&["report", "a.txt", "--baseline", "old.json", "--lang", "en"]).text();
    assert_eq!(page.matches("class=\"finding accepted\"").count(), accepted);
}

#[test]
fn junit_has_a_test_for_each_finding_and_each_check_that_holds() {
    let place = Place::new();
    let xml = place.call(&["check", "a.txt", "--format", "junit"]).text();
    let report = place.call(&["check", "a.txt", "--format", "json"]).json();
    let count = |key: &str| report["summary"][key].as_u64().unwrap();
    let holds = report["summary"]["checks"]["holds"].as_u64().unwrap();
    let tests = count("errors") + count("warnings") + count("infos") + holds;
    assert!(xml.contains(&format!("tests=\"{tests}\"")), "{xml}");
    assert!(xml.contains(&format!("failures=\"{}\"", count("errors") + count("warnings"))), "{xml}");
    assert_eq!(xml, place.call(&["check", "a.txt", "--format", "junit"]).text());
}

#[test]
fn quiet_prints_findings_alone() {
    let place = Place::new();
    let whole = place.call(&["check", "a.txt"]).text();
    let quiet = place.call(&["check", "a.txt", "--quiet"]).text();
    assert!(whole.starts_with(&quiet) && !quiet.contains("Đã đối chiếu") && quiet.contains("A001"));
    assert_eq!(place.call(&["check", "a.txt", "--quiet", "--select", "N001"]).text(), "");
}

#[test]
fn exports_go_where_they_are_told_and_nowhere_else() {
    let place = Place::new();
    for args in [
        &["--to", "xlsx"][..],
        &["--to", "csv"],
        &["--to", "parquet"],
        &["--to", "parquet", "--table", "tasks"],
    ] {
        let called = place.call(&[&["export", "a.txt"], args].concat());
        assert_eq!((called.status, called.out.len()), (Some(2), 0), "{args:?}");
        assert!(called.err.contains("-o"), "{}", called.err);
    }
    assert_eq!(place.call(&["export", "a.txt", "--to", "csv", "-o", "tables"]).status, Some(0));
    let files: Vec<String> =
        common::entries(&place.path("tables")).iter().map(|path| common::name(path)).collect();
    assert_eq!(files.len(), 9, "{files:?}");
    assert_eq!(place.call(&["export", "a.txt", "--to", "xlsx", "-o", "a.txt"]).status, Some(2));
    assert_eq!(common::read_text(&place.path("a.txt")), SMALL);
    let lines = place.call(&["export", "a.txt", "--to", "ndjson"]).text();
    assert!(lines.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
}

#[test]
fn completions_and_manual_pages_name_every_command() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = place.call(&["completions", shell]).text();
        for command in ["check", "export", "report", "fail-on"] {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
    let page = place.call(&["man"]).text();
    assert!(page.starts_with(".ie \\n(.g") && page.contains("cthd\\-export"), "{page}");
    assert!(place.call(&["man", "check"]).text().contains("\\-\\-fail\\-on"));
    assert_eq!(place.call(&["man", "nothing"]).status, Some(2));
}
