//! Programmes of other offices as PDF, Word and HTML files of several producers give the model and the findings of
//! their text. `fixtures/make/others.py` writes the files.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops where its premise fails")]

mod common;

use std::path::PathBuf;

/// LibreOffice cuts rows over pages without a rule at the page's end, and sets a letterhead's columns so close that they
/// read as one: not told apart yet.
const NOT_YET: [&str; 2] = ["commune-numbered-forms.pdf", "province-projects.pdf"];

fn files() -> Vec<PathBuf> {
    let mut files = common::entries(&common::path("fixtures/formats/others"));
    files.retain(|file| !NOT_YET.contains(&common::name(file).as_str()));
    assert!(files.len() >= 20, "four programmes of five producers at least");
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
