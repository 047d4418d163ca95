//! Programmes of other offices as PDF, Word and HTML files of several producers, and in other forms of tables and
//! letterheads, give the model and the findings of their text. `fixtures/make/others.py` and `forms.py` write the files.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops where its premise fails")]

mod common;

use std::path::PathBuf;

fn files() -> Vec<PathBuf> {
    let folders = ["fixtures/formats/others", "fixtures/formats/forms"];
    let files: Vec<PathBuf> =
        folders.iter().flat_map(|folder| common::entries(&common::path(folder))).collect();
    assert!(files.len() >= 30, "five programmes of five producers, and five forms at least");
    files
}

/// The programme's text.
fn text_of(file: &std::path::Path) -> PathBuf {
    let name = common::name(file);
    let programme = name.split('.').next().unwrap_or_default();
    common::path("fixtures/programmes").join(programme).join("input.txt")
}

#[test]
fn every_file_gives_the_model_of_its_text() {
    let pairs: Vec<_> = files().into_iter().map(|file| (text_of(&file), file)).collect();
    common::same_models(&pairs);
}

#[test]
fn every_file_gives_the_findings_of_its_text() {
    let pairs: Vec<_> = files().into_iter().map(|file| (text_of(&file), file)).collect();
    common::same_findings(&pairs);
}
