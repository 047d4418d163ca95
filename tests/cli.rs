//! The program as it is called: exit status, messages in both languages, inputs that are no documents.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

mod common;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cthd::output::report::Report;
use cthd::rules::RULES;
use serde_json::Value;
use tempfile::TempDir;

/// A small document whose sum does not hold, whose numbers repeat, and which says "thể trận".
const DOCUMENT: &str = "CHƯƠNG TRÌNH HÀNH ĐỘNG\ncủa Đảng ủy phường Hòa Bình\n\nI. MỤC ĐÍCH\n\n- Xây dựng thể trận quốc \
                        phòng.\n\nPHỤ LỤC 1\nDanh mục dự án\nĐơn vị tính: triệu đồng\n\n\
                        STT\tTên dự án\tTổng số\tNăm 2026\tNăm 2027\n\
                        1\tXây mới nhà văn hóa\t1.984\t1.000\t974\n1\tCải tạo ngõ 5\t300\t300\t\n";

/// What a call gave.
struct Called {
    status: Option<i32>,
    out: String,
    err: String,
}

/// A folder of its own for each test.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: TempDir::new().expect("a folder can be made") }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder can be made");
        fs::write(&path, bytes).expect("a file can be written");
        path
    }

    /// Calls the program in the folder, with a locale that says nothing.
    fn call(&self, args: &[&str]) -> Called {
        self.call_with(args, b"", &[])
    }

    fn call_with(&self, args: &[&str], input: &[u8], variables: &[(&str, &str)]) -> Called {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cthd"));
        command.args(args).current_dir(self.folder.path()).env_clear().envs(variables.iter().copied());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("it has an input");
        let input = input.to_vec();
        // A program that does not read its input closes it; that is no failure of the test.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().expect("the program ends");
        writer.join().expect("the input is written");
        let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
        Called { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Called {
    /// Status 2, nothing on standard output, one line on standard error that says all of these.
    fn refused(&self, words: &[&str]) {
        assert_eq!(self.status, Some(2), "{}{}", self.out, self.err);
        assert_eq!(self.out, "");
        assert_eq!(self.err.lines().count(), 1, "{}", self.err);
        assert!(self.err.starts_with("cthd: "), "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "{word:?} is not in: {}", self.err);
        }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }
}

/// Refused in both languages, with the same words of the file.
fn refused(place: &Place, args: &[&str], vi: &str, en: &str) {
    place.call(args).refused(&[vi]);
    let mut args = args.to_vec();
    args.extend(["--lang", "en"]);
    place.call(&args).refused(&[en]);
}

#[test]
fn no_command_prints_help() {
    let called = Place::new().call(&[]);
    assert_eq!((called.status, called.err.as_str()), (Some(0), ""));
    assert!(called.out.contains("Cách dùng: cthd"), "{}", called.out);
    assert!(Place::new().call(&["--help", "--lang", "en"]).out.contains("Usage: cthd"));
}

#[test]
fn the_language_follows_option_then_locale() {
    let help = |args: &[&str], variables: &[(&str, &str)]| Place::new().call_with(args, b"", variables).out;
    assert!(help(&[], &[("LANG", "en_US.UTF-8")]).contains("Usage:"));
    assert!(help(&[], &[("LC_ALL", "vi_VN"), ("LANG", "en_US.UTF-8")]).contains("Cách dùng:"));
    assert!(help(&[], &[("LC_ALL", ""), ("LC_MESSAGES", "en_GB")]).contains("Usage:"));
    assert!(help(&["--lang=vi"], &[("LANG", "en_US.UTF-8")]).contains("Cách dùng:"));
    assert!(help(&[], &[("LANG", "C.UTF-8")]).contains("Cách dùng:"));
}

#[test]
fn mistakes_of_a_call_are_refused() {
    let place = Place::new();
    refused(&place, &["chekc"], "không có lệnh chekc", "there is no command chekc; did you mean check?");
    refused(&place, &["check", "--formt", "json", "x"], "--formt", "did you mean --format?");
    refused(&place, &["check", "--format", "xml", "x"], "xml", "text, json, sarif, github");
    refused(&place, &["check"], "thiếu", "is missing");
    refused(&place, &["parse"], "thiếu", "is missing");
}

#[test]
fn files_that_are_no_documents_are_refused() {
    let place = Place::new();
    place.file("empty.txt", b"");
    place.file("binary.txt", &[0x7F, b'E', b'L', b'F', 0, 0, 1, 2, 3, 0, 0, 0]);
    for command in ["check", "parse", "coverage"] {
        refused(&place, &[command, "none.txt"], "không tìm thấy none.txt", "none.txt is not there");
        refused(&place, &[command, "."], "là thư mục", "is a folder");
        refused(&place, &[command, "empty.txt"], "empty.txt là tệp rỗng", "empty.txt is empty");
        refused(&place, &[command, "binary.txt"], "binary.txt", "binary.txt");
    }
    place.call(&["check", "-"]).refused(&["rỗng"]);
}

#[test]
fn one_bad_file_leaves_standard_output_empty() {
    let place = Place::new();
    place.file("good.txt", DOCUMENT.as_bytes());
    for format in ["text", "json", "sarif", "github"] {
        place.call(&["check", "good.txt", "none.txt", "--format", format]).refused(&["none.txt"]);
    }
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let path = place.file("closed.txt", DOCUMENT.as_bytes());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("permissions can be set");
    // Root may read everything.
    if fs::read(&path).is_err() {
        place.call(&["check", "closed.txt"]).refused(&["không có quyền"]);
    }
}

#[test]
fn invalid_utf_8_is_read_with_what_can_be_read() {
    let place = Place::new();
    let mut bytes = DOCUMENT.as_bytes().to_vec();
    bytes.extend(b"\n- h\xFF\xFEt\n");
    place.file("broken.txt", &bytes);
    let called = place.call(&["parse", "broken.txt"]);
    assert_eq!(called.status, Some(0), "{}", called.err);
    assert!(called.json()["source"]["replaced"].as_u64() > Some(0));
}

#[test]
fn a_line_of_megabytes_is_read() {
    let place = Place::new();
    let mut bytes = DOCUMENT.as_bytes().to_vec();
    bytes.extend(b"\n- ");
    bytes.extend("bảo đảm thể trận ".repeat(500_000).as_bytes());
    place.file("long.txt", &bytes);
    let called = place.call(&["parse", "long.txt", "-o", "out.json"]);
    assert_eq!(called.status, Some(0), "{}", called.err);
}

#[test]
fn standard_input_is_read_once() {
    let place = Place::new();
    let called = place.call_with(&["parse", "-"], DOCUMENT.as_bytes(), &[]);
    assert_eq!(called.json()["source"]["name"], "-");
    place.call(&["check", "-", "-"]).refused(&["một lần"]);
}

#[test]
fn parse_writes_json_and_lines() {
    let place = Place::new();
    place.file("a.txt", DOCUMENT.as_bytes());
    let json = place.call(&["parse", "a.txt"]).json();
    assert_eq!(json["schema"], "cthd/1");
    let compact = place.call(&["parse", "a.txt", "--compact"]);
    assert_eq!(compact.out.lines().count(), 1);
    assert_eq!(compact.json(), json);
    let called = place.call(&["parse", "a.txt", "-o", "a.json"]);
    assert_eq!((called.status, called.out.as_str()), (Some(0), ""));
    let written: Value = serde_json::from_slice(&common::read(&place.folder.path().join("a.json"))).unwrap();
    assert_eq!(written, json);
    let lines = place.call(&["parse", "a.txt", "--format", "ndjson"]).out;
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["node"], "document");
    place.call(&["parse", "a.txt", "-o", "./a.txt"]).refused(&["chính là tệp đang đọc"]);
    place.call(&["parse", "a.txt", "-o", "no/where.json"]).refused(&["no/where.json"]);
    assert_eq!(common::read_text(&place.folder.path().join("a.txt")), DOCUMENT);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let place = Place::new();
    place.file("a.txt", DOCUMENT.as_bytes());
    for args in [&["parse", "a.txt"][..], &["check", "a.txt", "--format", "json"], &["check", "a.txt"]] {
        assert_eq!(place.call(args).out, place.call(args).out);
    }
}

/// The report of a file, and the status.
fn report(place: &Place, more: &[&str]) -> (Report, Option<i32>) {
    let mut args = vec!["check", "a.txt", "--format", "json"];
    args.extend(more);
    let called = place.call(&args);
    (serde_json::from_value(called.json()).expect("it is a report"), called.status)
}

#[test]
fn status_follows_the_gravest_finding() {
    let place = Place::new();
    place.file("a.txt", DOCUMENT.as_bytes());
    let (all, status) = report(&place, &[]);
    assert_eq!(status, Some(i32::from(all.summary.errors > 0)));
    assert_eq!(report(&place, &["--fail-on", "never"]).1, Some(0));
    let any = !all.findings.is_empty();
    assert_eq!(report(&place, &["--fail-on", "info"]).1, Some(i32::from(any)));
    let grave = all.summary.errors + all.summary.warnings > 0;
    assert_eq!(report(&place, &["--fail-on", "warning"]).1, Some(i32::from(grave)));
}

#[test]
fn rules_are_selected_by_code_name_and_family() {
    let place = Place::new();
    place.file("a.txt", DOCUMENT.as_bytes());
    let (all, _) = report(&place, &[]);
    for rule in RULES {
        let (code, name) = (rule.code.code, rule.code.name);
        let of_rule = || all.findings.iter().filter(|it| it.code == code).cloned().collect::<Vec<_>>();
        assert_eq!(report(&place, &["--select", code]).0.findings, of_rule(), "{code}");
        assert_eq!(report(&place, &["--select", name]).0.findings, of_rule(), "{name}");
        let (others, _) = report(&place, &["--ignore", &code.to_lowercase()]);
        assert_eq!(others.findings.len(), all.findings.len() - of_rule().len(), "{code}");
    }
    if let Some(rule) = RULES.first() {
        let family = &rule.code.code[..1];
        let (selected, _) = report(&place, &["--select", family]);
        assert!(selected.findings.iter().all(|it| it.code.starts_with(family)));
        let mut misspelt = rule.code.name.to_owned();
        misspelt.pop();
        refused(&place, &["check", "a.txt", "--select", &misspelt], "có phải là", rule.code.name);
        refused(&place, &["explain", &misspelt], "có phải là", rule.code.name);
    }
    refused(
        &place,
        &["check", "a.txt", "--ignore", "zzzzzzzz"],
        "không có quy tắc zzzzzzzz",
        "no rule zzzzzzzz",
    );
}

#[test]
fn a_baseline_leaves_out_what_it_has() {
    let place = Place::new();
    place.file("a.txt", DOCUMENT.as_bytes());
    let called = place.call(&["check", "a.txt", "--format", "json", "--lang", "en"]);
    place.file("base.json", called.out.as_bytes());
    // The lines move, the language is another, and one finding may be new.
    place.file("a.txt", format!("\n\n{DOCUMENT}").as_bytes());
    let (left, status) = report(&place, &["--baseline", "base.json"]);
    let before: Report = serde_json::from_value(called.json()).unwrap();
    assert_eq!(left.summary.accepted, Some(before.findings.len()));
    assert_eq!((left.findings.len(), status), (0, Some(0)));
    let sarif = place.call(&["check", "a.txt", "--format", "sarif", "--baseline", "base.json"]).json();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), before.findings.len());
    assert!(results.iter().all(|it| it["suppressions"][0]["kind"] == "external"));
    place.file("no.json", b"{\"a\": 1}");
    refused(
        &place,
        &["check", "a.txt", "--baseline", "no.json"],
        "không phải là báo cáo",
        "not a JSON report",
    );
}

#[test]
fn several_files_give_a_list() {
    let place = Place::new();
    place.file("a.txt", DOCUMENT.as_bytes());
    place.file("b.txt", DOCUMENT.as_bytes());
    let json = place.call(&["check", "a.txt", "b.txt", "--format", "json"]).json();
    assert_eq!(json.as_array().map(Vec::len), Some(2));
    assert_eq!(json[1]["source"]["name"], "b.txt");
    let sarif = place.call(&["check", "a.txt", "b.txt", "--format", "sarif"]).json();
    assert_eq!(sarif["runs"][0]["artifacts"].as_array().map(Vec::len), Some(2));
}

#[test]
fn the_text_has_colours_only_where_they_are_wanted() {
    let place = Place::new();
    place.file("a.txt", DOCUMENT.as_bytes());
    assert!(!place.call(&["check", "a.txt"]).out.contains('\u{1B}'));
    if !report(&place, &[]).0.findings.is_empty() {
        assert!(place.call(&["check", "a.txt", "--color", "always"]).out.contains('\u{1B}'));
    }
}

#[test]
fn coverage_ends_well_only_for_a_whole_model() {
    let place = Place::new();
    place.file("a.txt", DOCUMENT.as_bytes());
    let called = place.call(&["coverage", "a.txt", "--format", "json"]);
    let whole = called.json()["whole"].as_bool();
    assert_eq!((called.status, whole), (Some(0), Some(true)), "{}", called.out);
    assert!(place.call(&["coverage", "a.txt", "--lang", "en"]).out.contains("characters are there"));
}

#[test]
fn rules_and_pages_are_printed_in_the_readers_language() {
    let place = Place::new();
    let listed = place.call(&["rules", "--format", "json", "--lang", "en"]).json();
    assert_eq!(listed.as_array().map(Vec::len), Some(RULES.len()));
    let text = place.call(&["rules"]).out;
    for rule in RULES {
        assert!(text.contains(rule.code.code) && text.contains(rule.code.name));
        let vi = place.call(&["explain", rule.code.code]).out;
        assert!(vi.contains("### Kiểm tra gì") && !vi.contains("### What it checks"), "{vi}");
        let en = place.call(&["explain", rule.code.name, "--lang", "en"]).out;
        assert!(en.contains("### What it checks") && !en.contains("### Kiểm tra gì"), "{en}");
    }
    refused(&place, &["explain", "zzzzzzzz"], "không có quy tắc", "there is no rule");
}

#[test]
fn schemas_are_printed() {
    let place = Place::new();
    assert_eq!(place.call(&["schema"]).out, cthd::output::schema::document());
    assert_eq!(place.call(&["schema", "report"]).out, cthd::output::schema::report());
}

#[test]
fn a_broken_grammars_folder_is_refused() {
    let place = Place::new();
    place.file("a.txt", DOCUMENT.as_bytes());
    let grammars = common::entries(&common::path("grammars"));
    let real = grammars.iter().find(|path| path.extension().is_some_and(|it| it == "toml")).unwrap();
    let name = common::name(real);
    let refuse = |folder: &str, vi: &str, en: &str| {
        refused(&place, &["check", "a.txt", "--grammars", folder], vi, en);
    };
    refuse("none", "không tìm thấy none", "none is not there");
    refuse("a.txt", "không phải là thư mục", "is not a folder");
    fs::create_dir(place.folder.path().join("void")).unwrap();
    refuse("void", "không có tệp ngữ pháp", "has no grammar file");
    place.file(&format!("bad/{name}"), b"[[");
    refuse("bad", "dòng 1", "line 1");
    place.file(&format!("odd/{name}"), &[b"no_such_key = 1\n".to_vec(), common::read(real)].concat());
    refuse("odd", &name, "no_such_key");
    place.file("new/misspelt.toml", b"");
    refuse("new", "misspelt.toml", "not the name of a grammar file");
    place.file(&format!("latin/{name}"), b"# \xFF\n");
    refuse("latin", &name, &name);
    place.file(&format!("good/{name}"), &common::read(real));
    let called = place.call(&["check", "a.txt", "--grammars", "good"]);
    assert_ne!(called.status, Some(2), "{}", called.err);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let place = Place::new();
    let seed = common::seeds().first().cloned().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_cthd"));
    let line =
        format!("'{}' parse '{}' | head -c 10; echo ${{PIPESTATUS[0]}}", program.display(), seed.display());
    let output = Command::new("bash").args(["-c", &line]).current_dir(place.folder.path()).output();
    let output = output.expect("bash is there");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(String::from_utf8_lossy(&output.stdout).ends_with("0\n"));
}

#[test]
fn a_hint_names_the_format_only_where_the_bytes_do_not() {
    let place = Place::new();
    let text = place.file("a.txt", DOCUMENT.as_bytes());
    let text = text.to_str().expect("a path in UTF-8");
    let called = place.call(&["parse", text, "--format-hint", "pdf"]);
    assert_eq!(called.status, Some(2), "{}", called.err);
    let called = place.call(&["parse", text, "--format-hint", "text"]);
    assert_eq!(called.status, Some(0), "{}", called.err);
    let called = place.call(&["parse", text, "--format-hint", "exe"]);
    assert_eq!(called.status, Some(2));
    assert!(called.err.contains("docx"), "{}", called.err);
}
