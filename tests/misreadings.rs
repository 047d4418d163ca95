//! Misread diacritics in the prose of several fields: `fixtures/misreadings/<field>.txt` is correct and must be silent;
//! `slips.tsv` has the same sentences with one syllable misread as scanners misread it. Each sentence is a document by
//! itself, so that its other words tell nothing. `cargo test --test misreadings -- --nocapture` prints the figures of
//! docs/ACCURACY.md.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails, and prints its figures"
)]

mod common;

use std::collections::BTreeMap;

use rayon::prelude::*;

/// The words that X001 quotes in a sentence.
fn quoted(sentence: &str) -> Vec<String> {
    let text = format!("CHƯƠNG TRÌNH HÀNH ĐỘNG\nthực hiện nghị quyết\n\nI. MỤC TIÊU\n\n- {sentence}\n");
    let audit = common::run(text.as_bytes()).audit;
    let found = audit.findings.iter().filter(|finding| finding.code.code == "X001");
    found
        .map(|finding| finding.quote.as_ref().map_or_else(String::new, |quote| quote.words.clone()))
        .collect()
}

#[test]
fn correct_prose_is_silent() {
    let mut failures = Vec::new();
    for path in common::entries(&common::path("fixtures/misreadings")) {
        if path.extension().is_some_and(|it| it == "txt") {
            let text = common::read_text(&path);
            // Each sentence alone, and all of a field together.
            let all = text.lines().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n\n");
            for sentence in text.lines().chain(std::iter::once(all.trim_start_matches("- "))) {
                failures.extend(
                    quoted(sentence).into_iter().map(|words| format!("{}: {words}", common::name(&path))),
                );
            }
        }
    }
    common::report(&failures, "misreadings in correct prose");
}

#[test]
fn misread_words_are_found_and_no_others() {
    let text = common::read_text(&common::path("fixtures/misreadings/slips.tsv"));
    let slips: Vec<Vec<&str>> =
        text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
    let found: Vec<Vec<String>> = slips.par_iter().map(|slip| quoted(slip[4])).collect();
    let mut fields: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut failures = Vec::new();
    for (slip, found) in slips.iter().zip(&found) {
        let [field, right, wrong, expected, sentence] = slip[..] else { panic!("{slip:?}") };
        let is_found = found.iter().any(|words| words.to_lowercase() == wrong.to_lowercase());
        let entry = fields.entry(field).or_default();
        entry.0 += 1;
        entry.1 += usize::from(is_found);
        match (expected, is_found) {
            ("found", false) => failures.push(format!("{right} → {wrong} is no longer found: {sentence}")),
            ("missed", true) => failures.push(format!("{right} → {wrong} is found now: {sentence}")),
            ("found" | "missed", _) => {}
            _ => panic!("{slip:?}"),
        }
        let others = found.iter().filter(|words| words.to_lowercase() != wrong.to_lowercase());
        failures.extend(others.map(|words| format!("{words} is blamed for {wrong}: {sentence}")));
    }
    println!("| field | slips | found |\n|---|---|---|");
    for (field, (slips, found)) in &fields {
        println!("| {field} | {slips} | {found} |");
    }
    let (all, hits) = fields.values().fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    println!("| all | {all} | {hits} |");
    common::report(&failures, "misread words");
}
