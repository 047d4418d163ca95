//! The JSON Schemas of the model, of the report and of differences, made from the types.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

use super::diff::{self, Diff};
use super::report::{self, Report};
use crate::model::{self, Document};

/// The schema of `cthd parse`.
#[must_use]
pub fn document() -> String {
    schema::<Document>(model::SCHEMA)
}

/// The schema of `cthd check --format json`.
#[must_use]
pub fn report() -> String {
    schema::<Report>(report::SCHEMA)
}

/// The schema of `cthd diff --format json`.
#[must_use]
pub fn diff() -> String {
    schema::<Diff>(diff::SCHEMA)
}

fn schema<T: JsonSchema>(title: &str) -> String {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
