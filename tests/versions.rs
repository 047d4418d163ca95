//! Matching of versions, measured against pairings that were written by hand (`fixtures/versions/*.toml`).
//!
//! `CTHD_SHOW=1 cargo test --test versions -- --nocapture` prints the figures and every mistake.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails, and shows its figures where asked to"
)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use cthd::model::Document;
use cthd::versions::matching::{Confidence, Pairing, pair};
use cthd::versions::parts::Parts;
use serde::Deserialize;

/// Least precision and recall, in thousandths.
const GOAL: usize = 990;

/// A pairing written by hand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Truth {
    old: String,
    pairs: Vec<String>,
    gone: Vec<String>,
    new: Vec<String>,
}

/// Pairs of ids, each with its kind before it.
type Pairs = BTreeSet<(String, String)>;

/// One pair of versions, taken through matching.
struct Case {
    name: String,
    truth: Pairs,
    found: BTreeMap<(String, String), Confidence>,
}

fn keys(parts: &Parts<'_>) -> Vec<(String, String)> {
    // An id may be that of an appendix and of a section: the kinds of the body and of the appendices stand apart.
    parts.all().iter().map(|part| (part.id.to_owned(), format!("{} {}", part.kind.name(), part.id))).collect()
}

/// "3/I/2..3*" as the ids from 2 to 3, each with whether what stands under it goes along.
fn ids(pattern: &str) -> Vec<(String, bool)> {
    let (pattern, under) = match pattern.strip_suffix('*') {
        Some(rest) => (rest, true),
        None => (pattern, false),
    };
    let Some((first, last)) = pattern.split_once("..") else { return vec![(pattern.to_owned(), under)] };
    let digits = first.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (stem, from) =
        (&first[..digits], first[digits..].parse::<u32>().expect("a range begins with a number"));
    let to: u32 = last.parse().expect("a range ends with a number");
    (from..=to).map(|n| (format!("{stem}{n}"), under)).collect()
}

/// The pairs that a truth stands for.
fn expand(truth: &Truth, old: &Parts<'_>, new: &Parts<'_>) -> Pairs {
    let (olds, news) = (keys(old), keys(new));
    let mut to: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (id, _) in &olds {
        to.insert(id, vec![id.clone()]);
    }
    for line in &truth.pairs {
        let (from, into) = line.split_once(" = ").unwrap_or_else(|| panic!("not `old = new`: {line}"));
        let into: Vec<Vec<(String, bool)>> = into.split(" + ").map(ids).collect();
        for (n, (from, under)) in ids(from).into_iter().enumerate() {
            let targets: Vec<&String> = into.iter().map(|ids| &ids[n].0).collect();
            let mut known = false;
            for (id, _) in &olds {
                let rest = id
                    .strip_prefix(from.as_str())
                    .filter(|rest| rest.is_empty() || (under && rest.starts_with(['.', '#', '/'])));
                if let Some(rest) = rest {
                    to.insert(id, targets.iter().map(|target| format!("{target}{rest}")).collect());
                    known = true;
                }
            }
            assert!(known, "{line}: the old version has no {from}");
        }
    }
    let all =
        |list: &[String]| -> BTreeSet<String> { list.iter().flat_map(|it| ids(it)).map(|it| it.0).collect() };
    let (gone, fresh) = (all(&truth.gone), all(&truth.new));
    for id in &gone {
        assert!(to.remove(id.as_str()).is_some(), "the old version has no {id}");
    }
    let mut pairs = Pairs::new();
    let mut reached = BTreeSet::new();
    for (id, key) in &olds {
        let kind = key.split(' ').next().unwrap();
        for target in to.get(id.as_str()).into_iter().flatten() {
            // Ids of the body and of the appendices may be the same; the kind tells which is meant, unless it changed.
            let mut named = news.iter().filter(|(new, _)| new == target);
            let there = named.clone().find(|(_, key)| key.starts_with(kind)).or_else(|| named.next());
            let (_, there) =
                there.unwrap_or_else(|| panic!("{key} should be {target}, and the new version has none"));
            assert!(!fresh.contains(target), "{target} is new and {id} in the old version");
            reached.insert(there.clone());
            pairs.insert((key.clone(), there.clone()));
        }
    }
    for (id, key) in &news {
        assert!(
            reached.contains(key) || fresh.contains(id),
            "{key} of the new version is of nothing and not new"
        );
    }
    pairs
}

fn found(pairing: &Pairing, old: &Parts<'_>, new: &Parts<'_>) -> BTreeMap<(String, String), Confidence> {
    let (olds, news) = (keys(old), keys(new));
    let mut out = BTreeMap::new();
    for link in &pairing.links {
        for one in &link.old {
            for other in &link.new {
                out.insert((olds[*one].1.clone(), news[*other].1.clone()), link.confidence);
            }
        }
    }
    out
}

fn document(path: &str) -> Document {
    common::parse(&common::read(&common::path(path))).1
}

fn cases() -> Vec<Case> {
    let files = common::entries(&common::path("fixtures/versions"));
    let mut cases = Vec::new();
    for path in files.iter().filter(|path| path.extension().is_some_and(|it| it == "toml")) {
        let truth: Truth = toml::from_str(&common::read_text(path))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = common::name(path).trim_end_matches(".toml").to_owned();
        let (old, new) = (document(&truth.old), document(&format!("fixtures/versions/{name}.txt")));
        let (old, new) = (Parts::of(&old), Parts::of(&new));
        let truth = expand(&truth, &old, &new);
        cases.push(Case { name, truth, found: found(&pair(&old, &new), &old, &new) });
    }
    cases
}

#[test]
fn pairs_are_those_that_a_reader_makes() {
    let show = std::env::var_os("CTHD_SHOW").is_some();
    let (mut right, mut made, mut wanted) = (0, 0, 0);
    let mut failures = Vec::new();
    for case in cases() {
        let hits = case.found.keys().filter(|pair| case.truth.contains(pair)).count();
        right += hits;
        made += case.found.len();
        wanted += case.truth.len();
        let share = |part: usize, whole: usize| part * 1000 / whole.max(1);
        let (precision, recall) = (share(hits, case.found.len()), share(hits, case.truth.len()));
        if show {
            println!("{}: {} pairs, precision {precision}, recall {recall}", case.name, case.truth.len());
        }
        for (pair, confidence) in &case.found {
            if !case.truth.contains(pair) {
                if show {
                    println!("  wrong   {} = {} ({confidence:?})", pair.0, pair.1);
                }
                if *confidence == Confidence::High {
                    failures
                        .push(format!("{}: {} = {} is wrong at high confidence", case.name, pair.0, pair.1));
                }
            }
        }
        for pair in case.truth.iter().filter(|pair| !case.found.contains_key(pair)) {
            if show {
                println!("  missing {} = {}", pair.0, pair.1);
            }
        }
    }
    if show {
        println!("all: {wanted} pairs, {made} made, {right} right");
    }
    if right * 1000 < GOAL * made {
        failures.push(format!("precision: {right} of {made}"));
    }
    if right * 1000 < GOAL * wanted {
        failures.push(format!("recall: {right} of {wanted}"));
    }
    common::report(&failures, "matching of versions");
}
