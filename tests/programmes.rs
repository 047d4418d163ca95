//! Whole programmes: `fixtures/programmes/<name>/` hold a document, a part of its model that must be there
//! (`expected.json`), and all its findings (`findings.txt`).

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

mod common;

use serde_json::Value;

#[test]
fn each_programme_gives_the_model_that_its_fixture_says() {
    let mut failures = Vec::new();
    for folder in common::entries(&common::path("fixtures/programmes")) {
        let path = folder.join("expected.json");
        let expected: Value = serde_json::from_slice(&common::read(&path))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let (_, document) = common::parse(&common::read(&folder.join("input.txt")));
        let found = serde_json::to_value(&document).expect("a model is JSON");
        let mut differences = Vec::new();
        common::compare("", &expected, &found, &mut differences);
        failures.extend(differences.into_iter().map(|it| format!("{} {it}", common::name(&folder))));
    }
    common::report(&failures, "models of programmes");
}

#[test]
fn each_programme_gives_exactly_the_findings_that_its_fixture_says() {
    let mut failures = Vec::new();
    for folder in common::entries(&common::path("fixtures/programmes")) {
        let run = common::run(&common::read(&folder.join("input.txt")));
        let expected = common::expected(&folder.join("findings.txt"));
        let differences = common::differences(&expected, &common::found(&run.audit));
        failures.extend(differences.into_iter().map(|it| format!("{} {it}", common::name(&folder))));
    }
    common::report(&failures, "findings in programmes (+ found and not expected, - expected and not found)");
}

#[test]
fn every_character_of_each_programme_is_accounted_for() {
    let programmes = common::entries(&common::path("fixtures/programmes"));
    let mut failures = Vec::new();
    for path in programmes.iter().map(|folder| folder.join("input.txt")).chain(common::seeds()) {
        let (source, document) = common::parse(&common::read(&path));
        let coverage = cthd::coverage::Coverage::of(&source, &document);
        if !coverage.whole {
            let catalogue = cthd::output::Catalogue::new(cthd::output::Lang::En);
            failures.push(format!(
                "{}\n{}",
                path.display(),
                cthd::output::coverage::render(&coverage, &catalogue)
            ));
        }
    }
    common::report(&failures, "coverage");
}
