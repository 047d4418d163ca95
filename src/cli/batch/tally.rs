//! What a batch says at its end: a line for each file, counts for each rule.

use std::collections::{BTreeMap, BTreeSet};

use cthd::finding::Text;
use cthd::output::report::Summary;
use cthd::output::{Catalogue, text};

use super::lines::{Done, Outcome};

/// Counts by rule and by file.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Of each rule: its name, findings, files.
    rules: BTreeMap<String, (String, usize, usize)>,
    files: BTreeMap<String, Summary>,
    pub(super) bad: BTreeMap<String, String>,
    /// Files that are no documents.
    other: BTreeSet<String>,
}

impl Tally {
    pub(super) fn add(&mut self, done: &Done) {
        self.bad.remove(&done.file);
        self.other.remove(&done.file);
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
        self.files.insert(done.file.clone(), done.summary.unwrap_or_default());
        let mut seen = BTreeSet::new();
        for finding in &done.findings {
            let (_, findings, files) =
                self.rules.entry(finding.code.clone()).or_insert_with(|| (finding.name.clone(), 0, 0));
            *findings += 1;
            if seen.insert(&finding.code) {
                *files += 1;
            }
        }
    }

    pub(super) fn told(&self, catalogue: &Catalogue) -> String {
        let render = |text: Text| format!("{}\n", catalogue.render(&text));
        let mut out = String::new();
        for (file, summary) in &self.files {
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
        if !self.rules.is_empty() {
            out.push('\n');
            let count = |key, n: usize| catalogue.render(&Text { key, args: Vec::new() }.with("count", n));
            out.push_str(&text::table(self.rules.iter().map(|(code, (name, findings, files))| {
                [
                    code.clone(),
                    catalogue.rule_name(code, name),
                    count("batch-findings", *findings),
                    count("batch-files", *files),
                ]
            })));
        }
        out.push('\n');
        let summary = Text::new("batch-summary").with("read", self.files.len());
        out.push_str(&render(summary.with("bad", self.bad.len()).with("other", self.other.len())));
        out
    }
}
