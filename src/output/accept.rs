//! Findings that are accepted: those of a former report (a baseline), and those that a file of suppressions names by
//! rule and place, with a reason. An accepted finding stays in the report, marked, and counts for nothing.

use std::fmt;

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::report::{Finding, Report};
use crate::span::At;

/// A finding that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Accepted {
    /// What accepts it.
    pub by: AcceptedBy,
    /// Why, as the suppression says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The finding.
    pub finding: Finding,
}

/// What accepts a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AcceptedBy {
    /// A former report.
    Baseline,
    /// An entry of a file of suppressions.
    Suppression,
}

/// Findings that were accepted before: how many times each fingerprint occurs in former reports.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    counts: FxHashMap<String, usize>,
}

/// An entry of a file of suppressions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Suppression {
    /// Code or name of the rule.
    pub rule: String,
    /// The id of the node where the finding stands or of a node around it ("3B", "3B/V/4", "3B/r1#6", "II.6"), or
    /// the finding's fingerprint.
    pub place: String,
    /// Why the finding is accepted.
    pub reason: String,
    /// The file that the entry is for; every file beside it where it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// The entries of a file of suppressions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suppressions {
    /// The entries in order.
    #[serde(default)]
    pub accept: Vec<Suppression>,
}

/// Why a file of suppressions could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct SuppressionError {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong with it.
    pub message: String,
}

impl Report {
    /// Moves the findings that the baseline has to the accepted ones. A finding that occurs more often than in the
    /// baseline stays for the times that are new.
    pub fn accept(&mut self, baseline: &mut Baseline) {
        self.accept_where(|finding| baseline.take(finding).then_some((AcceptedBy::Baseline, None)));
    }

    /// Moves the findings that suppressions name to the accepted ones, and notes the suppressions that name none.
    /// `ids` gives the ids of the nodes that a place belongs to (`Locator::ids`).
    pub fn suppress(&mut self, suppressions: &Suppressions, ids: impl Fn(&At) -> Vec<String>) {
        let base = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
        let name = base(&self.source.name);
        let mine: Vec<&Suppression> = suppressions
            .accept
            .iter()
            .filter(|entry| entry.file.as_deref().is_none_or(|file| base(file) == name))
            .collect();
        let mut used = vec![false; mine.len()];
        self.accept_where(|finding| {
            let mut ids = ids(&finding.at);
            ids.push(finding.fingerprint.clone());
            let names = |entry: &Suppression| entry.names(finding) && ids.contains(&entry.place);
            let (entry, used) = mine.iter().zip(&mut used).find(|(entry, _)| names(entry))?;
            *used = true;
            Some((AcceptedBy::Suppression, Some(entry.reason.clone())))
        });
        let unused = mine.into_iter().zip(used).filter(|(_, used)| !used);
        self.unused_suppressions.extend(unused.map(|(entry, _)| entry.clone()));
    }

    /// Every finding, those that are accepted with what accepts them, by place, then code.
    #[must_use]
    pub fn all_findings(&self) -> Vec<(&Finding, Option<&Accepted>)> {
        let accepted = self.accepted.iter().map(|accepted| (&accepted.finding, Some(accepted)));
        let mut all: Vec<_> = self.findings.iter().map(|finding| (finding, None)).chain(accepted).collect();
        all.sort_by(|(a, _), (b, _)| (a.at.span, &a.code).cmp(&(b.at.span, &b.code)));
        all
    }

    fn accept_where(&mut self, mut accepts: impl FnMut(&Finding) -> Option<(AcceptedBy, Option<String>)>) {
        let mut left = Vec::with_capacity(self.findings.len());
        for finding in std::mem::take(&mut self.findings) {
            match accepts(&finding) {
                Some((by, reason)) => self.accepted.push(Accepted { by, reason, finding }),
                None => left.push(finding),
            }
        }
        self.findings = left;
        self.summary.accepted = Some(self.accepted.len());
        self.count();
    }
}

impl Baseline {
    /// Adds the findings of a former report, also those that it had accepted itself.
    pub fn add(&mut self, report: &Report) {
        let accepted = report.accepted.iter().map(|accepted| &accepted.finding);
        for finding in report.findings.iter().chain(accepted) {
            *self.counts.entry(finding.fingerprint.clone()).or_default() += 1;
        }
    }

    fn take(&mut self, finding: &Finding) -> bool {
        match self.counts.get_mut(&finding.fingerprint) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }
}

impl Suppression {
    fn names(&self, finding: &Finding) -> bool {
        let rule = self.rule.trim().replace('_', "-");
        rule.eq_ignore_ascii_case(&finding.code) || rule.eq_ignore_ascii_case(&finding.name)
    }
}

impl Suppressions {
    /// Reads a file of suppressions.
    ///
    /// # Errors
    /// Where it is no such file, or an entry has no reason.
    pub fn parse(text: &str) -> Result<Self, SuppressionError> {
        let error = |start: usize, message: &dyn fmt::Display| {
            let before = text.get(..start).unwrap_or_default();
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let message = message.to_string();
            SuppressionError { line: before.matches('\n').count() + 1, column, message }
        };
        let found: Self = toml::from_str(text)
            .map_err(|found| error(found.span().map_or(0, |span| span.start), &found.message()))?;
        for (i, entry) in found.accept.iter().enumerate() {
            let empty = [("rule", &entry.rule), ("place", &entry.place), ("reason", &entry.reason)];
            if let Some((key, _)) = empty.into_iter().find(|(_, value)| value.trim().is_empty()) {
                let start = text.match_indices("[[accept]]").nth(i).map_or(0, |(start, _)| start);
                return Err(error(start, &format_args!("`{key}` is empty")));
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test stops where its premise fails")]

    use super::*;
    use crate::finding::{self, Audit, Code, Severity, Text};
    use crate::model::{Document, SourceInfo};
    use crate::output::{Catalogue, Lang};
    use crate::source::{FileFacts, Source};
    use crate::span::Span;

    const CODE: Code = Code { code: "N001", name: "duplicate-number" };

    fn report(times: usize, lang: Lang) -> Report {
        let source = Source::new(FileFacts::default(), "1\tMột\n1\tHai\n".to_owned(), None);
        let mut audit = Audit::default();
        for _ in 0..times {
            let at = source.at(Span::new(8, 9));
            audit.findings.push(finding::Finding::new(CODE, Severity::Error, Text::words("trùng"), at));
        }
        let source_info = SourceInfo { name: "hồ sơ/a.txt".to_owned(), ..SourceInfo::default() };
        let document = Document { source: source_info, ..Document::default() };
        Report::new(&document, &audit, &source, &Catalogue::new(lang))
    }

    fn suppressed(entries: &str) -> Report {
        let mut report = report(2, Lang::Vi);
        report.suppress(&Suppressions::parse(entries).unwrap(), |_| vec!["1".to_owned(), "1/r2".to_owned()]);
        report
    }

    #[test]
    fn a_baseline_accepts_each_finding_as_often_as_it_has_it() {
        let mut baseline = Baseline::default();
        baseline.add(&report(1, Lang::En));
        let mut report = report(3, Lang::Vi);
        report.accept(&mut baseline);
        assert_eq!(report.accepted.len(), 1);
        assert_eq!(report.summary.errors, 2);
        assert_eq!(report.summary.accepted, Some(1));
        assert_eq!(report.all_findings().len(), 3);
    }

    #[test]
    fn a_report_with_accepted_findings_is_a_baseline_for_them_too() {
        let mut baseline = Baseline::default();
        baseline.add(&suppressed("accept = [{ rule = 'N001', place = '1', reason = 'x' }]"));
        let mut report = report(2, Lang::Vi);
        report.accept(&mut baseline);
        assert!(report.findings.is_empty());
    }

    #[test]
    fn a_suppression_needs_rule_and_place_and_keeps_its_reason() {
        for (rule, place, file, accepted) in [
            ("N001", "1/r2", "", 2),
            ("duplicate_number", "1", "", 2),
            ("n001", "1", "file = 'a.txt'", 2),
            ("N001", "1", "file = 'b.txt'", 0),
            ("N001", "1/r3", "", 0),
            ("N002", "1", "", 0),
        ] {
            let entry =
                format!("[[accept]]\nrule = '{rule}'\nplace = '{place}'\nreason = 'đã hỏi'\n{file}\n");
            let report = suppressed(&entry);
            assert_eq!(report.accepted.len(), accepted, "{entry}");
            assert_eq!(report.summary.errors, 2 - accepted);
            let other = file.contains("b.txt");
            assert_eq!(report.unused_suppressions.len(), usize::from(accepted == 0 && !other), "{entry}");
            assert!(report.accepted.iter().all(|it| it.reason.as_deref() == Some("đã hỏi")));
        }
    }

    #[test]
    fn a_fingerprint_is_a_place() {
        let fingerprint = report(1, Lang::Vi).findings[0].fingerprint.clone();
        let entry = format!("accept = [{{ rule = 'N001', place = '{fingerprint}', reason = 'x' }}]");
        assert_eq!(suppressed(&entry).accepted.len(), 2);
    }

    #[test]
    fn what_is_wrong_with_a_file_of_suppressions_is_said_with_its_place() {
        let error = |text: &str| Suppressions::parse(text).unwrap_err();
        assert_eq!(error("[[accept]]\nrule = 'N001'\nplace = '1'\n").line, 1);
        let misspelt = error("[[accept]]\nrule = 'N001'\nplace = '1'\nreason = 'x'\nreson = 'y'\n");
        assert_eq!((misspelt.line, misspelt.column), (5, 1));
        let empty = error("\n[[accept]]\nrule = 'N001'\nplace = '1'\nreason = ' '\n");
        assert_eq!(empty.line, 2);
        assert!(empty.message.contains("reason"));
    }
}
