//! The seed as two producers write it: the model of the text, apart from places and markup.

use std::collections::BTreeMap;

use cthd::coverage::Coverage;
use cthd::output::report::Report;
use cthd::output::{Catalogue, Lang};
use serde_json::Value;

use crate::common;

const FILES: [&str; 2] = ["seed-python-docx.docx", "seed-libreoffice.docx"];

/// The model without places, what is said of the file, and what is not content. A row that a page cut in the text is
/// whole in the Word file.
fn model(run: &common::Run) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(object) => {
                for key in ["at", "recipients_at", "source", "set_aside", "after_break"] {
                    object.remove(key);
                }
                if object.get("origin").is_some_and(|origin| origin == "continued") {
                    object.insert("origin".to_owned(), "own".into());
                }
                object.values_mut().for_each(strip);
            }
            Value::Array(values) => values.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(&run.document).expect("a model is JSON");
    strip(&mut value);
    value
}

/// How often each rule says what about which words.
fn findings(run: &common::Run) -> BTreeMap<String, usize> {
    let report = Report::new(&run.document, &run.audit, &run.source, &Catalogue::new(Lang::En));
    let mut out = BTreeMap::new();
    for finding in report.findings {
        // Emphasis marks are not in the Word file.
        if finding.code != "S006" {
            let words = finding.quote.unwrap_or_default();
            *out.entry(format!("{} {} [{words}]", finding.code, finding.message)).or_default() += 1;
        }
    }
    out
}

fn text() -> common::Run {
    common::run(&common::read(&common::path("seeds/phuong-liet-2026.txt")))
}

fn word(file: &str) -> common::Run {
    common::run(&common::read(&common::path("fixtures/formats").join(file)))
}

#[test]
fn the_model_is_that_of_the_text() {
    let expected = model(&text());
    for file in FILES {
        let mut differences = Vec::new();
        common::compare("", &expected, &model(&word(file)), &mut differences);
        common::report(&differences, file);
    }
}

#[test]
fn the_findings_are_those_of_the_text() {
    let expected = findings(&text());
    for file in FILES {
        let found = findings(&word(file));
        let lines = |all: &BTreeMap<String, usize>| {
            all.iter().map(|(finding, count)| format!("{count} {finding}")).collect::<Vec<_>>()
        };
        common::report(&common::differences(&lines(&expected), &lines(&found)), file);
    }
}

#[test]
fn every_character_is_accounted_for() {
    for file in FILES {
        let run = word(file);
        assert!(Coverage::of(&run.source, &run.document).whole, "{file}");
        assert!(run.document.unplaced.is_empty(), "{file}");
    }
}

#[test]
fn findings_point_at_paragraphs_and_cells() {
    let run = word(FILES[0]);
    for finding in &run.audit.findings {
        assert!(finding.at.part.as_deref() == Some("document"), "{finding:?}");
        assert!(finding.at.paragraph.is_some(), "{finding:?}");
    }
    assert!(run.audit.findings.iter().any(|finding| finding.at.cell.is_some()));
}
