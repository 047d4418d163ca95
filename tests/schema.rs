//! The JSON Schemas in `schema/` are those of the types, and what the program writes is valid under them.
//!
//! `CTHD_UPDATE=1 cargo test --test schema` writes them anew.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

mod common;

use cthd::output::report::Report;
use cthd::output::{Catalogue, Lang, schema};
use serde_json::Value;

fn current(file: &str, text: &str) {
    let path = common::path(file);
    if std::env::var_os("CTHD_UPDATE").is_some() {
        std::fs::write(&path, text).expect("the schema can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "{file} is not current; CTHD_UPDATE=1 cargo test --test schema writes it anew");
}

fn valid(schema: &str, value: &Value) {
    let schema: Value = serde_json::from_str(schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let errors: Vec<_> =
        validator.iter_errors(value).take(10).map(|it| format!("{}: {it}", it.instance_path())).collect();
    common::report(&errors, "not valid under the schema");
}

#[test]
fn the_schemas_are_current() {
    current("schema/document.json", &schema::document());
    current("schema/report.json", &schema::report());
    current("schema/diff.json", &schema::diff());
}

#[test]
fn models_and_reports_are_valid() {
    let programmes = common::entries(&common::path("fixtures/programmes"));
    let inputs = programmes.iter().map(|folder| folder.join("input.txt")).chain(common::seeds());
    for path in inputs {
        let run = common::run(&common::read(&path));
        valid(&schema::document(), &serde_json::to_value(&run.document).expect("a model is JSON"));
        let catalogue = Catalogue::new(Lang::Vi);
        let report = Report::new(&run.document, &run.audit, &run.source, &catalogue);
        valid(&schema::report(), &serde_json::to_value(&report).expect("a report is JSON"));
    }
}

#[test]
fn a_model_comes_back_from_its_json() {
    for path in common::seeds() {
        let (_, document) = common::parse(&common::read(&path));
        let json = serde_json::to_string(&document).expect("a model is JSON");
        let back: cthd::model::Document = serde_json::from_str(&json).expect("the JSON is a model");
        assert!(back == document, "{} does not come back", path.display());
    }
}
