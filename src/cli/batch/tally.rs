//! What a batch says at its end: a line for each file, counts for each rule.

use std::collections::{BTreeMap, BTreeSet};

use cthd::finding::Text;
use cthd::output::report::Summary;
use cthd::output::{Catalogue, text};

use super::lines::{Done, Outcome};

/// Counts by rule and by file.
#[derive(Debug, Default)]
pub(super) struct Tally {
    files: BTreeMap<String, Read>,
    pub(super) bad: BTreeMap<String, String>,
    /// Files that are no documents.
    other: BTreeSet<String>,
    /// How many files a store had before.
    pub(super) kept: usize,
}

/// What a file that was read gave.
#[derive(Debug, Default)]
struct Read {
    summary: Summary,
    /// Of each rule: its name and how many findings.
    rules: BTreeMap<String, (String, usize)>,
}

impl Tally {
    /// Adds a file. Of one that is read again after it changed, the last result counts.
    pub(super) fn add(&mut self, done: &Done) {
        self.bad.remove(&done.file);
        self.other.remove(&done.file);
        self.files.remove(&done.file);
        match done.outcome {
            Outcome::Read => {}
            Outcome::NoDocument => {
                self.other.insert(done.file.clone());
                return;
            }
            Outcome::Unreadable => {
                self.bad.insert(done.file.clone(), done.error.clone().unwrap_or_default());
                return;
            }
        }
        let mut read = Read { summary: done.summary.unwrap_or_default(), rules: BTreeMap::new() };
        for finding in &done.findings {
            read.rules.entry(finding.code.clone()).or_insert_with(|| (finding.name.clone(), 0)).1 += 1;
        }
        self.files.insert(done.file.clone(), read);
    }

    /// Of each rule: its name, how many findings, in how many files.
    fn rules(&self) -> BTreeMap<&str, (&str, usize, usize)> {
        let mut rules = BTreeMap::new();
        for (code, (name, count)) in self.files.values().flat_map(|read| &read.rules) {
            let (_, findings, files) = rules.entry(code.as_str()).or_insert((name.as_str(), 0, 0));
            *findings += count;
            *files += 1;
        }
        rules
    }

    pub(super) fn told(&self, catalogue: &Catalogue) -> String {
        let render = |text: Text| format!("{}\n", catalogue.render(&text));
        let mut out = String::new();
        for (file, Read { summary, .. }) in &self.files {
            let text = Text::new("batch-file").with("file", file.as_str()).with("errors", summary.errors);
            out.push_str(&render(text.with("warnings", summary.warnings).with("infos", summary.infos)));
        }
        for file in &self.other {
            out.push_str(&render(Text::new("batch-other").with("file", file.as_str())));
        }
        for (file, error) in &self.bad {
            out.push_str(&render(
                Text::new("batch-bad").with("file", file.as_str()).with("reason", error.as_str()),
            ));
        }
        let rules = self.rules();
        if !rules.is_empty() {
            out.push('\n');
            let count = |key, n: usize| catalogue.render(&Text { key, args: Vec::new() }.with("count", n));
            out.push_str(&text::table(rules.into_iter().map(|(code, (name, findings, files))| {
                [
                    code.to_owned(),
                    catalogue.rule_name(code, name),
                    count("batch-findings", findings),
                    count("batch-files", files),
                ]
            })));
        }
        out.push('\n');
        if self.kept > 0 {
            out.push_str(&render(Text::new("batch-kept").with("kept", self.kept)));
        }
        let summary = Text::new("batch-summary").with("read", self.files.len());
        out.push_str(&render(summary.with("bad", self.bad.len()).with("other", self.other.len())));
        out
    }
}
