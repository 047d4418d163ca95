//! Programmes of other offices as PDF, Word and HTML files of several producers, in other forms of tables and letterheads,
//! and made documents in pages of several styles give the model and the findings of their text.
//! `fixtures/make/others.py`, `forms.py`, `plain_word.py` and `printed.py` write the files.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops where its premise fails")]

mod common;

use std::path::PathBuf;

fn files() -> Vec<PathBuf> {
    let folders = ["fixtures/formats/others", "fixtures/formats/forms", "fixtures/formats/offices"];
    let files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| common::entries(&common::path(folder)))
        .filter(|file| file.extension().is_some_and(|ending| ending != "txt"))
        .collect();
    assert!(
        files.len() >= 51,
        "five programmes of five producers, five forms, and pages of several styles at least"
    );
    files
}

/// The programme's text, which stands beside a made document.
fn text_of(file: &std::path::Path) -> PathBuf {
    let name = common::name(file);
    let programme = name.split('.').next().unwrap_or_default();
    let beside = file.with_file_name(format!("{programme}.txt"));
    if beside.exists() {
        return beside;
    }
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
