//! The programme as PDF files of several producers gives the model and the findings of its text.
//! `fixtures/make/pdf.py` writes the files.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

mod bad;
mod build;
#[path = "../common/mod.rs"]
mod common;
mod drawn;
mod fonts;
mod producers;

use std::path::PathBuf;

use cthd::coverage::Coverage;

fn files() -> Vec<PathBuf> {
    let mut files = common::entries(&common::path("fixtures/formats"));
    files.retain(|path| {
        common::name(path).starts_with("seed-") && path.extension().is_some_and(|end| end == "pdf")
    });
    assert!(files.len() >= 3, "files of three producers at least");
    files
}

#[test]
fn every_producers_file_gives_the_model_of_the_text() {
    common::same_models(&common::of_seed(files()));
}

#[test]
fn every_producers_file_gives_the_findings_of_the_text() {
    common::same_findings(&common::of_seed(files()));
}

#[test]
fn every_place_is_a_page_with_a_box_on_it() {
    for path in files() {
        let audit = common::run(&common::read(&path)).audit;
        for finding in &audit.findings {
            let at = &finding.at;
            let inside = at.bbox.as_deref().is_some_and(|[left, top, right, bottom]| {
                0 <= *left && left < right && 0 <= *top && top < bottom
            });
            assert!(at.page.is_some() && inside, "{}: {} {at:?}", path.display(), finding.code.code);
        }
    }
}

#[test]
fn every_character_of_each_file_is_accounted_for() {
    for path in files() {
        let (source, document) = common::parse(&common::read(&path));
        let coverage = Coverage::of(&source, &document);
        assert!(coverage.whole, "{}: {coverage:?}", path.display());
    }
}
