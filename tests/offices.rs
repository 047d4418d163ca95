//! Made documents of offices (`fixtures/offices/`, written by `python3 fixtures/make/offices`): what is true of them is
//! known by construction, so nobody had to read what the program printed. `cargo test --test offices -- --nocapture`
//! prints the figures of docs/ACCURACY.md.
//!
//! `CTHD_OFFICES=FOLDER` reads another folder, of documents drawn from other numbers; it then only prints.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails, and prints its figures"
)]

mod common;

use std::collections::BTreeMap;
use std::path::PathBuf;

use cthd::finding::{Audit, Severity};
use cthd::model::{Agency, Amount, AmountRole, Document, Item, Project, Target, Task};
use rayon::prelude::*;
use serde::Deserialize;

/// What is true of a document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    number: String,
    date: String,
    targets: Vec<KnownTarget>,
    tasks: Vec<KnownTask>,
    projects: Vec<KnownProject>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownTarget {
    name: String,
    unit: String,
    /// "85", "85..90"; absent where the row is only the head of its parts.
    values: Vec<Option<String>>,
    lead: Vec<String>,
    /// The name of the target that this one is a part of.
    #[serde(default)]
    under: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownTask {
    number: String,
    name: String,
    lead: Vec<String>,
    coordinators: Vec<String>,
    from: Option<String>,
    to: Option<String>,
    /// Whether it has a group.
    #[serde(default)]
    grouped: Option<bool>,
    /// The title of its group.
    #[serde(default)]
    group: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownProject {
    name: String,
    years: Option<(i32, i32)>,
    #[serde(default)]
    total: Option<String>,
    /// Year and value of each money column.
    #[serde(default)]
    amounts: Option<Vec<(Option<i32>, Option<String>)>>,
    #[serde(default)]
    group: Option<String>,
}

/// A defect: the line that changes, and the rules of which one must speak, on that line or anywhere. Without rules it only
/// looks like a defect, and none must speak.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plant {
    name: String,
    rules: Vec<String>,
    line: usize,
    text: String,
    anywhere: bool,
}

fn folder() -> PathBuf {
    std::env::var_os("CTHD_OFFICES").map_or_else(|| common::path("fixtures/offices"), PathBuf::from)
}

/// Whether the documents are those of the repository, on which everything must hold.
fn is_kept() -> bool {
    std::env::var_os("CTHD_OFFICES").is_none()
}

/// The documents with what is known of them: the planted ones or the others.
fn documents(planted: bool) -> Vec<(String, String, String)> {
    let files = common::entries(&folder());
    let texts = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "txt"));
    texts
        .filter(|file| common::name(file).starts_with("planted") == planted)
        .map(|file| {
            let known = common::read_text(&file.with_extension("json"));
            (common::name(file), common::read_text(file), known)
        })
        .collect()
}

/// Counts facts, and keeps those that are not so.
#[derive(Default)]
struct Tally {
    facts: BTreeMap<&'static str, (usize, usize)>,
    wrong: Vec<(&'static str, String)>,
}

/// How many wrong facts of a kind are printed.
const SHOWN: usize = 8;

impl Tally {
    fn fact<T: PartialEq + std::fmt::Debug>(
        &mut self,
        what: &'static str,
        place: &str,
        found: &T,
        known: &T,
    ) {
        let count = self.facts.entry(what).or_default();
        count.1 += 1;
        if found == known {
            count.0 += 1;
        } else {
            self.wrong.push((what, format!("{place}: {what} {found:?}, in truth {known:?}")));
        }
    }

    fn add(mut self, other: Self) -> Self {
        for (what, (right, all)) in other.facts {
            let count = self.facts.entry(what).or_default();
            count.0 += right;
            count.1 += all;
        }
        self.wrong.extend(other.wrong);
        self
    }

    fn print(&self) {
        for (what, (right, all)) in &self.facts {
            println!("| {what} | {right} of {all} |");
        }
        for what in self.facts.keys() {
            let wrong = self.wrong.iter().filter(|(kind, _)| kind == what);
            wrong.take(SHOWN).for_each(|(_, wrong)| println!("{wrong}"));
        }
    }
}

fn names(agencies: &[Agency]) -> Vec<String> {
    agencies.iter().map(|agency| agency.raw.clone()).collect()
}

fn target(known: &KnownTarget, found: &Target, title: &str, place: &str, tally: &mut Tally) {
    let unit = found.unit.as_ref().map(|unit| unit.raw.clone()).unwrap_or_default();
    tally.fact("unit of a target", place, &unit, &known.unit);
    let value = |at: usize| {
        let value = &found.values.get(at)?.value;
        match (value.low, value.high) {
            (Some(low), Some(high)) if low != high => Some(format!("{low}..{high}")),
            (low, high) => low.or(high).map(|number| number.to_string()),
        }
    };
    let values: Vec<_> = (0..known.values.len()).map(value).collect();
    tally.fact("values of a target", place, &values, &known.values);
    tally.fact("lead of a target", place, &names(&found.lead), &known.lead);
    if let Some(under) = &known.under {
        tally.fact("target over a target", place, &title, &under.as_str());
    }
}

fn task(known: &KnownTask, found: &Task, title: &str, place: &str, tally: &mut Tally) {
    tally.fact("number of a task", place, &found.number.clone().unwrap_or_default(), &known.number);
    tally.fact("lead of a task", place, &names(&found.lead), &known.lead);
    tally.fact("coordinators", place, &names(&found.coordinators), &known.coordinators);
    let (from, to) = found.deadline.as_ref().map_or((None, None), |it| (it.from.clone(), it.to.clone()));
    tally.fact("days of a deadline", place, &(from, to), &(known.from.clone(), known.to.clone()));
    if let Some(grouped) = known.grouped {
        tally.fact("group of a task", place, &found.group.is_some(), &grouped);
    } else if let Some(group) = &known.group {
        tally.fact("group of a task", place, &title, &group.as_str());
    }
}

fn project(known: &KnownProject, found: &Project, title: &str, place: &str, tally: &mut Tally) {
    if let Some(known) = &known.total {
        let totals = found.amounts.iter().filter(|amount| amount.role == AmountRole::Total);
        let total =
            totals.map(|amount| amount.value.exact().map(|number| number.to_string())).next().flatten();
        tally.fact("total of a project", place, &total.unwrap_or_default(), known);
    }
    if let Some(known) = &known.amounts {
        let amount = |amount: &Amount| {
            let year = amount.year.filter(|_| amount.role == AmountRole::Year);
            (year, amount.value.exact().map(|number| number.to_string()))
        };
        let amounts: Vec<_> = found.amounts.iter().map(amount).collect();
        tally.fact("amounts of a project", place, &amounts, known);
    }
    if let Some(known) = &known.group {
        tally.fact("group of a project", place, &title, &known.as_str());
    }
    let years = found.period.as_ref().and_then(|period| Some((period.from?, period.to?)));
    tally.fact("years of a project", place, &years, &known.years);
}

fn facts(name: &str, document: &Document, known: &Facts) -> Tally {
    let mut tally = Tally::default();
    let number = document.header.number.as_ref().and_then(|number| number.value.clone());
    tally.fact("number of the document", name, &number, &Some(known.number.clone()));
    let date = document.header.date.as_ref().and_then(|date| date.value.clone());
    tally.fact("date of the document", name, &date, &Some(known.date.clone()));
    let items: Vec<&Item> = document.appendices.iter().flat_map(|appendix| &appendix.items).collect();
    let count = known.targets.len() + known.tasks.len() + known.projects.len();
    tally.fact("items in all", name, &items.len(), &count);
    let find = |wanted: &str| items.iter().find(|item| item.name() == wanted).copied();
    let groups = || document.appendices.iter().flat_map(|appendix| &appendix.groups);
    let title = |item: &Item| {
        let group = groups().find(|group| Some(group.id.as_str()) == item.group());
        group.and_then(|group| group.title.clone()).unwrap_or_default()
    };
    for known in &known.targets {
        let found = find(&known.name);
        tally.fact("name of an item", name, &found.map(Item::name), &Some(known.name.as_str()));
        if let Some(Item::Target(found)) = found {
            let over = items.iter().find(|item| found.parent.as_deref() == Some(item.id()));
            let over = over.map_or("", |item| item.name());
            target(known, found, over, &format!("{name} {}", known.name), &mut tally);
        }
    }
    for known in &known.tasks {
        let found = find(&known.name);
        tally.fact("name of an item", name, &found.map(Item::name), &Some(known.name.as_str()));
        if let Some(item @ Item::Task(found)) = found {
            task(known, found, &title(item), &format!("{name} {}", known.name), &mut tally);
        }
    }
    for known in &known.projects {
        let found = find(&known.name);
        tally.fact("name of an item", name, &found.map(Item::name), &Some(known.name.as_str()));
        if let Some(item @ Item::Project(found)) = found {
            project(known, found, &title(item), &format!("{name} {}", known.name), &mut tally);
        }
    }
    tally
}

/// Findings that a reader must act on, as text.
fn alarms(audit: &Audit) -> Vec<String> {
    let serious = audit.findings.iter().filter(|finding| finding.severity != Severity::Info);
    serious
        .map(|finding| format!("line {} {} {:?}", finding.at.line, finding.code.code, finding.message))
        .collect()
}

#[test]
fn what_is_true_of_a_document_is_read() {
    let documents = documents(false);
    assert!(!documents.is_empty(), "there are documents");
    let tally = documents
        .par_iter()
        .map(|(name, text, known)| {
            let known: Facts = serde_json::from_str(known).unwrap();
            let run = common::run(text.as_bytes());
            let mut tally = facts(name, &run.document, &known);
            tally.fact("false alarms", name, &alarms(&run.audit), &Vec::new());
            tally
        })
        .reduce(Tally::default, Tally::add);
    tally.print();
    if is_kept() {
        let wrong: Vec<String> = tally.wrong.into_iter().map(|(_, wrong)| wrong).collect();
        common::report(&wrong, "facts of made documents");
    }
}

/// The text with one line changed.
fn with_line(text: &str, at: usize, line: &str) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    *lines.get_mut(at - 1).expect("the line is there") = line;
    lines.join("\n")
}

#[test]
fn planted_defects_are_found() {
    let mut plants: Vec<(String, String, Plant)> = Vec::new();
    for (name, text, known) in documents(true) {
        let known: Vec<Plant> = serde_json::from_str(&known).unwrap();
        plants.extend(known.into_iter().map(|plant| (name.clone(), text.clone(), plant)));
    }
    assert!(!plants.is_empty(), "there are plants");
    let outcomes: Vec<(&str, bool, String)> = plants
        .par_iter()
        .map(|(name, text, plant)| {
            let audit = common::run(with_line(text, plant.line, &plant.text).as_bytes()).audit;
            let silent = plant.rules.is_empty();
            let spoken = audit.findings.iter().filter(|finding| finding.severity != Severity::Info);
            let found = if silent {
                spoken.count() == 0
            } else {
                audit.findings.iter().any(|finding| {
                    let here = plant.anywhere || usize::try_from(finding.at.line) == Ok(plant.line);
                    here && plant.rules.iter().any(|rule| rule == finding.code.code)
                })
            };
            let words = format!("{name} {} line {}: {}", plant.name, plant.line, plant.text);
            (plant.name.as_str(), found, words)
        })
        .collect();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (name, found, _) in &outcomes {
        let count = counts.entry(name).or_default();
        count.0 += usize::from(*found);
        count.1 += 1;
    }
    counts.iter().for_each(|(name, (found, all))| println!("| {name} | {found} of {all} |"));
    let found = outcomes.iter().filter(|outcome| outcome.1).count();
    println!("| all | {found} of {} |", outcomes.len());
    let missed: Vec<String> = outcomes.into_iter().filter(|outcome| !outcome.1).map(|it| it.2).collect();
    missed.iter().for_each(|missed| println!("{missed}"));
    if is_kept() {
        common::report(&missed, "planted defects");
    }
}
