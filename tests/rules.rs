//! The fixtures of the rules: `fixtures/rules/<CODE>-<name>/{bad-…,ok-…}/` hold a document and the findings
//! of that rule in it; `model.json` in place of a document.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

mod common;

use std::path::Path;

use cthd::finding::{Audit, Text};
use cthd::output::{Catalogue, Lang};

/// The cases of all rules: the rule's code and the case's folder.
fn cases() -> Vec<(String, std::path::PathBuf)> {
    let mut out = Vec::new();
    for folder in common::entries(&common::path("fixtures/rules")) {
        let code = common::name(&folder).split('-').next().unwrap_or_default().to_owned();
        out.extend(common::entries(&folder).into_iter().map(|case| (code.clone(), case)));
    }
    out
}

/// The audit of a case: of its document or, for what only a picture can show, of its model.
fn audit(case: &Path) -> Audit {
    let model = case.join("model.json");
    if model.exists() {
        let document = serde_json::from_slice(&common::read(&model)).expect("a model");
        return cthd::rules::audit(&document, common::grammar());
    }
    common::run(&common::read(&case.join("input.txt"))).audit
}

#[test]
fn each_rule_finds_what_its_fixtures_say() {
    let mut failures = Vec::new();
    for (code, case) in cases() {
        let name = case.strip_prefix(common::path("fixtures/rules")).unwrap_or(&case).display().to_string();
        let audit = audit(&case);
        let expected = common::expected(&case.join("findings.txt"));
        let found: Vec<_> = common::found(&audit).into_iter().filter(|line| line.ends_with(&code)).collect();
        let differences = common::differences(&expected, &found);
        if !differences.is_empty() {
            failures.push(format!("{name}: {}", differences.join(", ")));
        }
        let kind = common::name(&case);
        if kind.starts_with("bad-") == expected.is_empty() {
            failures.push(format!("{name}: {} findings in findings.txt", expected.len()));
        }
        if expected.iter().any(|line| !line.ends_with(&code)) {
            failures.push(format!("{name}: findings.txt names other rules"));
        }
    }
    common::report(&failures, "fixtures of rules (+ found and not expected, - expected and not found)");
}

/// Every sentence of every finding and check can be rendered in both languages, with all its arguments.
#[test]
fn every_sentence_is_complete_in_both_languages() {
    let catalogues = Lang::ALL.map(Catalogue::new);
    let mut failures = std::collections::BTreeSet::new();
    let of_cases = cases().into_iter().map(|(_, case)| audit(&case));
    let of_seeds = common::seeds().into_iter().map(|path| common::run(&common::read(&path)).audit);
    for audit in of_cases.chain(of_seeds) {
        for catalogue in &catalogues {
            let mut texts: Vec<&Text> = Vec::new();
            for finding in &audit.findings {
                texts.push(&finding.message);
                texts.extend(finding.evidence.iter().chain(&finding.suggestion));
                texts.extend(finding.related.iter().map(|related| &related.label));
            }
            for check in &audit.checks {
                texts.push(&check.statement);
                texts.extend(&check.reason);
                texts.extend(check.operands.iter().map(|operand| &operand.label));
            }
            for text in texts {
                if let Err(missing) = catalogue.strict(text) {
                    failures
                        .extend(missing.into_iter().map(|it| format!("{}: {it}", catalogue.lang().tag())));
                }
            }
        }
    }
    common::report(&failures.into_iter().collect::<Vec<_>>(), "sentences");
}
