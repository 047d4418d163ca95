//! Files that LibreOffice reads first, and files with a password, give what the Word file gives.
//! `fixtures/make/office.py` writes them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

mod common;

use std::process::{Command, Output};

use cthd::model::Document;

/// The password of the fixtures.
const PASSWORD: &str = "mat-khau";

fn cthd(args: &[&str], name: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cthd"));
    let path = common::path(&format!("fixtures/office/{name}"));
    command.args(args).arg(path).env("LC_ALL", "C.UTF-8").output().expect("cthd runs")
}

fn model(args: &[&str], name: &str) -> Document {
    let output = cthd(args, name);
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("a model")
}

/// What a document says: title, sections, rows.
fn said(document: &Document) -> Vec<String> {
    let mut out = vec![document.header.title.clone().unwrap_or_default()];
    out.extend(document.sections.iter().flat_map(|it| &it.blocks).map(|block| block.text.clone()));
    for appendix in &document.appendices {
        out.extend(appendix.title.clone());
        for row in appendix.table.iter().flat_map(|table| &table.rows) {
            let cells: Vec<&str> = row.cells.iter().map(|it| it.raw.as_deref().unwrap_or_default()).collect();
            out.push(cells.join(" | "));
        }
    }
    out
}

fn plain() -> Vec<String> {
    let said = said(&model(&["parse"], "programme.docx"));
    assert!(said.contains(&" | Tổng cộng |  | 3.740,5".to_owned()), "{said:?}");
    said
}

#[test]
fn rtf_and_old_word_files_give_the_model_of_the_word_file() {
    if !common::has_program("soffice", "--version") {
        return;
    }
    let plain = plain();
    for (name, format) in [("programme.rtf", "rtf"), ("programme.doc", "doc"), ("programme.odt", "odt")] {
        let document = model(&["parse"], name);
        assert_eq!(said(&document), plain, "{name}");
        assert_eq!(document.source.format, format);
        let bytes = common::read(&common::path(&format!("fixtures/office/{name}"))).len();
        assert_eq!(document.source.bytes, bytes as u64, "{name}");
    }
}

#[test]
fn without_an_office_program_the_message_says_what_to_install() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cthd"));
    let path = common::path("fixtures/office/programme.rtf");
    let output = command.arg("parse").arg(path).env("PATH", "").output().expect("cthd runs");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("apt install libreoffice-writer"), "{said}");
}

#[test]
fn word_and_excel_files_with_a_password_are_read_with_it_and_not_without() {
    for name in ["secret.docx", "secret-standard.docx"] {
        let document = model(&["parse", "--password", PASSWORD], name);
        assert_eq!(said(&document), plain(), "{name}");
        assert_eq!(document.source.format, "docx");
        let bytes = common::read(&common::path(&format!("fixtures/office/{name}")));
        assert_eq!(document.source.bytes, bytes.len() as u64, "{name}");
        assert_eq!(document.source.sha256, cthd::read::sha256(&bytes), "{name}");
    }
    let rows = said(&model(&["parse", "--password", PASSWORD], "secret.xlsx"));
    assert!(rows.contains(&" | Tổng cộng |  | 3.740,5".to_owned()), "{rows:?}");
    for name in ["secret.docx", "secret-standard.docx", "secret.xlsx"] {
        let output = cthd(&["parse"], name);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(error.contains("--password"), "{name}: {error}");
        let output = cthd(&["parse", "--password", "khac"], name);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(error.contains("Mật khẩu đã nhập không mở được"), "{name}: {error}");
    }
}

#[test]
fn an_encrypted_file_that_was_changed_or_cut_is_damaged() {
    let whole = common::read(&common::path("fixtures/office/secret.docx"));
    let options =
        cthd::read::Options { password: Some(PASSWORD.to_owned()), ..cthd::read::Options::default() };
    let read = |bytes: &[u8]| cthd::pipeline::read_with("x", bytes, &options, common::grammar());
    assert!(read(&whole).is_ok());
    let mut changed = whole.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    assert!(matches!(read(&changed), Err(cthd::read::ReadError::Damaged { .. })), "a changed package");
    for length in (0..whole.len()).step_by(997) {
        // Refused or read, without a panic.
        let _ = read(&whole[..length]);
    }
}

#[test]
fn a_pdf_file_with_a_password_is_read_with_it_and_not_without() {
    assert_eq!(said(&model(&["parse", "--password", PASSWORD], "secret.pdf")), plain());
    let without = [&["parse"][..], &["parse", "--password", "khac"]];
    for (args, word) in without.into_iter().zip(["--password", "Mật khẩu đã nhập không mở được"])
    {
        let output = cthd(args, "secret.pdf");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(word), "{said}");
    }
}
