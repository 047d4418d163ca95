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

/// Notes where `found` differs from `expected`: each key of an object must be there with its value, arrays
/// have the same length and order.
fn compare(at: &str, expected: &Value, found: &Value, out: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, value) in expected {
                compare(&format!("{at}.{key}"), value, found.get(key).unwrap_or(&Value::Null), out);
            }
        }
        (Value::Array(expected), Value::Array(found)) => {
            if expected.len() != found.len() {
                out.push(format!(
                    "{at}: {} expected, {} found: {}",
                    expected.len(),
                    found.len(),
                    list(found)
                ));
            }
            for (i, (expected, found)) in expected.iter().zip(found).enumerate() {
                compare(&format!("{at}[{i}]"), expected, found, out);
            }
        }
        // The JSON leaves out some lists that are empty.
        (Value::Array(expected), Value::Null) if expected.is_empty() => {}
        _ if expected == found => {}
        _ => out.push(format!("{at}:\n    expected {}\n    found    {}", short(expected), short(found))),
    }
}

/// What a list holds, by the fields that tell its entries apart.
fn list(values: &[Value]) -> String {
    let name = |value: &Value| {
        let keys = ["id", "raw", "reason", "text", "name", "title"];
        keys.iter().find_map(|key| value.get(key)).map_or_else(|| short(value), short)
    };
    format!("[{}]", values.iter().map(name).collect::<Vec<_>>().join(", "))
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(160) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

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
        compare("", &expected, &found, &mut differences);
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
