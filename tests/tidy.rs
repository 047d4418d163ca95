//! How the house is laid out, as a test: who may import whom, how long a file may be, what every rule has.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cthd::output::{Catalogue, Lang, Page};
use cthd::rules::RULES;

/// A module, what it is, and which modules it may use.
const MODULES: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("value", &["span"]),
    ("finding", &["span", "value"]),
    ("model", &["span", "value"]),
    ("source", &["span", "value", "finding", "model"]),
    ("grammar", &["value", "model", "text"]),
    ("text", &["span", "source", "grammar"]),
    ("read", &["span", "value", "model", "source", "text", "grammar"]),
    ("syntax", &["span", "value", "model", "text", "grammar"]),
    ("layout", &["span", "source", "model", "text", "grammar", "syntax"]),
    ("assemble", &["span", "value", "source", "model", "text", "grammar", "syntax", "layout"]),
    ("rules", &["span", "value", "finding", "model", "text", "grammar", "syntax"]),
    ("versions", &["span", "value", "model", "text", "grammar"]),
    ("coverage", &["span", "source", "model", "text"]),
    ("output", &["span", "value", "finding", "source", "model", "text", "coverage", "versions"]),
    ("store", &["span", "value", "model", "text", "versions", "output"]),
    ("pipeline", &["finding", "source", "model", "grammar", "read", "layout", "assemble", "rules"]),
    ("web", &["finding", "source", "model", "grammar", "read", "output", "pipeline"]),
    (
        "cli",
        &[
            "finding", "source", "model", "grammar", "read", "rules", "coverage", "output", "versions",
            "store", "pipeline",
        ],
    ),
];

/// Longest file, tests left out: about 400 lines.
const LINES: usize = 450;

/// Files that are longer, with the most that they may have. Lower the number when a file gets shorter;
/// take it out when it is no longer needed.
const LONGER: &[(&str, usize)] = &[];

const PAGE_HEADINGS: &[&str] = &[
    "## Tiếng Việt",
    "### Kiểm tra gì",
    "### Vì sao",
    "### Ví dụ",
    "### Không kiểm tra",
    "## English",
    "### What it checks",
    "### Why",
    "### Example",
    "### What it does not check",
];

/// The source files under a folder with their paths from the top of the repository.
fn sources(folder: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, out: &mut Vec<(String, String)>) {
        for path in common::entries(folder) {
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let relative = path.strip_prefix(common::path("")).expect("it is in the repository");
                out.push((relative.to_string_lossy().into_owned(), common::read_text(&path)));
            }
        }
    }
    let mut out = Vec::new();
    walk(&common::path(folder), &mut out);
    out
}

/// The part of a file that is no test.
fn without_tests<'a>(path: &str, text: &'a str) -> &'a str {
    if path.ends_with("/tests.rs") || path.ends_with("/testing.rs") {
        return "";
    }
    text.find("#[cfg(test)]\nmod ").map_or(text, |end| &text[..end])
}

/// The module that a file belongs to: "src/layout/flow.rs" to "layout".
fn module(path: &str) -> &str {
    let rest = path.strip_prefix("src/").unwrap_or(path);
    rest.split('/').next().unwrap_or(rest).trim_end_matches(".rs")
}

/// The modules that a text names after a prefix.
fn named<'a>(text: &'a str, prefix: &str) -> BTreeSet<&'a str> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut out = BTreeSet::new();
    for line in code {
        for (at, _) in line.match_indices(prefix) {
            let rest = &line[at + prefix.len()..];
            // `use crate::{a, b}` would hide names from this test.
            assert!(!rest.starts_with('{'), "one `use` for each module: {line}");
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            out.insert(&rest[..end]);
        }
    }
    out
}

#[test]
fn modules_import_only_what_they_may() {
    let table: BTreeMap<_, _> = MODULES.iter().copied().collect();
    let mut failures = Vec::new();
    for (path, text) in sources("src") {
        let module = module(&path);
        if module == "lib" || module == "main" {
            continue;
        }
        let Some(may) = table.get(module) else {
            failures.push(format!("{path}: the module {module} is not in the table"));
            continue;
        };
        let prefix = if ["cli", "web"].contains(&module) { "cthd::" } else { "crate::" };
        for used in named(without_tests(&path, &text), prefix) {
            let allowed = used == module || may.contains(&used) || !table.contains_key(used);
            if !allowed {
                failures.push(format!("{path}: {module} may not use {used}"));
            }
        }
    }
    common::report(&failures, "imports");
}

#[test]
fn modules_do_not_reach_over_their_own_top() {
    let mut failures = Vec::new();
    for (path, text) in sources("src") {
        let top = path.matches('/').count() == 1;
        if top && without_tests(&path, &text).contains("super::") {
            failures.push(format!("{path}: super:: at the top of the house"));
        }
    }
    common::report(&failures, "imports");
}

#[test]
fn files_are_not_too_long() {
    let longer: BTreeMap<_, _> = LONGER.iter().copied().collect();
    let mut failures = Vec::new();
    let all = sources("src").into_iter().chain(sources("tests"));
    for (path, text) in all {
        let lines = without_tests(&path, &text).lines().count();
        let limit = longer.get(path.as_str()).copied().unwrap_or(LINES);
        if lines > limit {
            failures.push(format!("{path}: {lines} lines, at most {limit}"));
        }
        if limit > LINES && lines <= LINES {
            failures.push(format!("{path}: {lines} lines, take it out of the list of longer files"));
        }
    }
    for (path, _) in LONGER {
        if !common::path(path).exists() {
            failures.push(format!("{path}: in the list of longer files and not there"));
        }
    }
    common::report(&failures, "length of files");
}

#[test]
fn codes_are_unique_and_names_are_kebab_case() {
    let mut failures = Vec::new();
    let mut seen = BTreeSet::new();
    for rule in RULES {
        let (code, name) = (rule.code.code, rule.code.name);
        if !seen.insert(code) || !seen.insert(name) {
            failures.push(format!("{code} {name}: twice"));
        }
        let kebab = name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        let letter = code.starts_with(|c: char| c.is_ascii_uppercase());
        if !kebab || !letter || code.len() != 4 || !code[1..].chars().all(|c| c.is_ascii_digit()) {
            failures.push(format!("{code} {name}: not a code and a kebab-case name"));
        }
    }
    common::report(&failures, "codes");
}

#[test]
fn every_rule_has_one_file_of_its_name() {
    let mut failures = Vec::new();
    for rule in RULES {
        let name = format!("{}_{}", rule.code.code.to_lowercase(), rule.code.name.replace('-', "_"));
        if !common::path(&format!("src/rules/{name}.rs")).exists() {
            failures.push(format!("src/rules/{name}.rs is not there"));
        }
    }
    common::report(&failures, "files of rules");
}

#[test]
fn every_rule_has_a_page_with_the_headings() {
    let mut failures = Vec::new();
    for rule in RULES {
        let (code, name) = (rule.code.code, rule.code.name);
        let path = common::path(&format!("docs/rules/{code}-{name}.md"));
        if !path.exists() || common::read_text(&path) != rule.page {
            failures.push(format!("{}: not the page of the rule", path.display()));
        }
        let headings: Vec<&str> = rule.page.lines().filter(|line| line.starts_with('#')).collect();
        let title = format!("# {code} {name}");
        let wanted: Vec<&str> =
            std::iter::once(title.as_str()).chain(PAGE_HEADINGS.iter().copied()).collect();
        if headings != wanted {
            failures.push(format!("{code} {name}: headings are {headings:?}"));
        }
        for lang in Lang::ALL {
            if Page::of(rule.page, lang).summary().is_empty() {
                failures.push(format!("{code} {name}: says nothing in {}", lang.tag()));
            }
        }
    }
    common::report(&failures, "pages of rules");
}

#[test]
fn every_page_and_fixture_folder_belongs_to_a_rule() {
    let names: BTreeSet<String> =
        RULES.iter().map(|rule| format!("{}-{}", rule.code.code, rule.code.name)).collect();
    let mut failures = Vec::new();
    for path in common::entries(&common::path("docs/rules")) {
        let name = common::name(&path);
        if !names.contains(name.trim_end_matches(".md")) {
            failures.push(format!("docs/rules/{name} is of no rule"));
        }
    }
    for path in common::entries(&common::path("fixtures/rules")) {
        let name = common::name(&path);
        if !names.contains(&name) {
            failures.push(format!("fixtures/rules/{name} is of no rule"));
        }
    }
    common::report(&failures, "pages and fixtures");
}

#[test]
fn every_rule_has_a_bad_and_an_ok_fixture() {
    let mut failures = Vec::new();
    for rule in RULES {
        let folder = format!("fixtures/rules/{}-{}", rule.code.code, rule.code.name);
        let cases: Vec<_> =
            common::entries(&common::path(&folder)).iter().map(|path| common::name(path)).collect();
        for kind in ["bad-", "ok-"] {
            if !cases.iter().any(|case| case.starts_with(kind)) {
                failures.push(format!("{folder} has no {kind} case"));
            }
        }
    }
    common::report(&failures, "fixtures of rules");
}

/// Keys of messages are literals: `Text::new("…")`, `label("…")`, or constants of a family's keys.
#[test]
fn every_message_key_of_the_code_is_in_both_languages() {
    let catalogues = Lang::ALL.map(Catalogue::new);
    let mut failures = Vec::new();
    for (path, text) in sources("src") {
        let text = without_tests(&path, &text);
        for start in ["Text::new(\"", "label(\""] {
            for (at, _) in text.match_indices(start) {
                let rest = &text[at + start.len()..];
                let key = rest.split('"').next().unwrap_or_default();
                for catalogue in &catalogues {
                    if !catalogue.has(key) {
                        failures.push(format!("{path}: no message {key} in {}", catalogue.lang().tag()));
                    }
                }
            }
        }
    }
    common::report(&failures, "messages");
}

#[test]
fn every_rule_has_its_message_in_both_languages() {
    let mut failures = Vec::new();
    for lang in Lang::ALL {
        let catalogue = Catalogue::new(lang);
        for rule in RULES {
            let prefix = format!("{}-", rule.code.code.to_lowercase());
            if !catalogue.keys().any(|key| key.starts_with(&prefix)) {
                failures.push(format!("no message {prefix}… in {}", lang.tag()));
            }
        }
    }
    common::report(&failures, "messages");
}

#[test]
fn the_seed_is_not_in_the_code() {
    let mut failures = Vec::new();
    for seed in common::seeds() {
        let (_, document) = common::parse(&common::read(&seed));
        let Some(locality) = document.header.locality else { continue };
        let name = locality.split_once(' ').map_or(locality.as_str(), |(_, name)| name).to_owned();
        let files = sources("src").into_iter().chain(grammars());
        for (path, text) in files {
            if text.to_lowercase().contains(&name.to_lowercase()) {
                failures.push(format!("{path} names {name}"));
            }
        }
    }
    common::report(&failures, "names of the seed");
}

fn grammars() -> Vec<(String, String)> {
    let top = common::entries(&common::path("grammars"));
    let tables = common::entries(&common::path("grammars/tables"));
    let files = top.into_iter().chain(tables).filter(|path| path.is_file());
    files.map(|path| (path.display().to_string(), common::read_text(&path))).collect()
}
