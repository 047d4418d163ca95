//! Planted defects: `fixtures/planted/<layout>/` hold a clean programme and `plants.toml`, a list of edits that each plant
//! one defect. The clean programme must be silent; each edit must be found by its rule, on its line, and show nothing
//! else but what it truly shows. `cargo test --test planted -- --nocapture` prints the figures of docs/ACCURACY.md.

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

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rayon::prelude::*;
use serde::Deserialize;

/// A defect and where it is to be found.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plant {
    /// The rule that must speak.
    rule: String,
    /// What is replaced; each is found exactly once.
    edit: Vec<(String, String)>,
    /// Words on the line of the finding, where it is not the line of the first edit.
    at: Option<String>,
    /// Rules that the defect truly breaks too.
    #[serde(default)]
    also: Vec<String>,
    /// Why it is not found yet. Such a plant fails the test once it is found.
    missed: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plants {
    plant: Vec<Plant>,
}

/// A layout with its plants.
struct Layout {
    name: String,
    text: String,
    plants: Vec<Plant>,
}

/// Rules that no edit of text can plant in three layouts, and why.
const ELSEWHERE: &[(&str, &str)] = &[
    ("X005", "the encoding of a file: tests/encodings.rs plants it in every programme"),
    ("X006", "how sure the recognition of a picture is: tests/scan"),
];

/// In how many layouts each rule is planted.
const LAYOUTS: usize = 3;

fn layouts() -> Vec<Layout> {
    let folders: Vec<PathBuf> = common::entries(&common::path("fixtures/planted"));
    folders
        .into_iter()
        .filter(|folder| folder.join("plants.toml").is_file())
        .map(|folder| {
            let plants = common::read_text(&folder.join("plants.toml"));
            let plants: Plants =
                toml::from_str(&plants).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
            Layout {
                name: common::name(&folder),
                text: common::read_text(&folder.join("input.txt")),
                plants: plants.plant,
            }
        })
        .collect()
}

/// The findings of a text as (line, code, words of its sentence).
fn findings(text: &str) -> Vec<(u32, String, String)> {
    let audit = common::run(text.as_bytes()).audit;
    audit
        .findings
        .iter()
        .map(|finding| (finding.at.line, finding.code.code.to_owned(), format!("{:?}", finding.message)))
        .collect()
}

/// What became of a plant.
struct Outcome {
    rule: String,
    layout: String,
    found: bool,
    false_alarms: usize,
    failures: Vec<String>,
}

fn outcome(layout: &Layout, plant: &Plant) -> Outcome {
    let mut failures = Vec::new();
    let mut text = layout.text.clone();
    for (old, new) in &plant.edit {
        let count = text.matches(old.as_str()).count();
        if count != 1 {
            failures.push(format!("{old:?} is found {count} times"));
        }
        text = text.replacen(old.as_str(), new, 1);
    }
    let words = plant.at.as_deref().unwrap_or(&plant.edit[0].1);
    let line = match text.find(words) {
        Some(at) => u32::try_from(text[..at].matches('\n').count() + 1).unwrap_or(0),
        None => {
            failures.push(format!("no line has {words:?}"));
            0
        }
    };
    let all = findings(&text);
    let is_it = |found: &(u32, String, String)| found.0 == line && found.1 == plant.rule;
    let found = all.iter().any(is_it);
    match (&plant.missed, found) {
        (None, false) => failures.push(format!("not found on line {line}")),
        (Some(why), true) => failures.push(format!("is found: take out `missed = {why:?}`")),
        _ => {}
    }
    let alarms: Vec<_> = all.iter().filter(|found| !is_it(found) && !plant.also.contains(&found.1)).collect();
    failures.extend(
        alarms.iter().map(|(line, code, message)| format!("shows {code} on line {line} too: {message}")),
    );
    let failures = failures
        .into_iter()
        .map(|it| format!("{} {} {:?}: {it}", layout.name, plant.rule, plant.edit[0].1))
        .collect();
    Outcome {
        rule: plant.rule.clone(),
        layout: layout.name.clone(),
        found,
        false_alarms: alarms.len(),
        failures,
    }
}

#[test]
fn clean_programmes_are_silent() {
    let failures: Vec<String> = layouts()
        .iter()
        .flat_map(|layout| {
            let found = findings(&layout.text).into_iter();
            found
                .map(|(line, code, message)| format!("{} line {line} {code} {message}", layout.name))
                .collect::<Vec<_>>()
        })
        .collect();
    common::report(&failures, "findings in clean programmes");
}

#[test]
fn planted_defects_are_found_and_nothing_else() {
    let layouts = layouts();
    let all: Vec<(&Layout, &Plant)> =
        layouts.iter().flat_map(|layout| layout.plants.iter().map(move |plant| (layout, plant))).collect();
    let outcomes: Vec<Outcome> = all.par_iter().map(|(layout, plant)| outcome(layout, plant)).collect();
    let mut rules: BTreeMap<&str, (usize, usize, BTreeSet<&str>, usize)> = BTreeMap::new();
    for outcome in &outcomes {
        let entry = rules.entry(&outcome.rule).or_default();
        entry.0 += usize::from(outcome.found);
        entry.1 += 1;
        entry.2.insert(&outcome.layout);
        entry.3 += outcome.false_alarms;
    }
    println!("| rule | planted | found | layouts | false alarms |\n|---|---|---|---|---|");
    for (rule, (found, planted, layouts, alarms)) in &rules {
        println!("| {rule} | {planted} | {found} | {} | {alarms} |", layouts.len());
    }
    let sum = |of: fn(&Outcome) -> usize| outcomes.iter().map(of).sum::<usize>();
    let (found, alarms) = (sum(|it| usize::from(it.found)), sum(|it| it.false_alarms));
    println!("| all | {} | {found} | {} | {alarms} |", outcomes.len(), layouts.len());
    let failures: Vec<String> = outcomes.into_iter().flat_map(|outcome| outcome.failures).collect();
    common::report(&failures, "planted defects");
}

#[test]
fn every_rule_is_planted_in_several_layouts() {
    let mut planted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for layout in layouts() {
        for plant in layout.plants {
            planted.entry(plant.rule).or_default().insert(layout.name.clone());
        }
    }
    let failures: Vec<String> = cthd::rules::RULES
        .iter()
        .map(|rule| rule.code.code)
        .filter(|code| ELSEWHERE.iter().all(|(other, _)| other != code))
        .filter_map(|code| {
            let count = planted.get(code).map_or(0, BTreeSet::len);
            (count < LAYOUTS).then(|| format!("{code}: {count} layouts"))
        })
        .collect();
    common::report(&failures, "rules that are not planted");
}
