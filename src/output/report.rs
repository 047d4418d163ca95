//! The report of `cthd check`, schema `cthd-report/1`: the audit with its sentences rendered.
//!
//! Every output format of the audit is written from a [`Report`] and the source that it quotes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use super::accept::{Accepted, AcceptedBy, Baseline, Suppression, SuppressionError, Suppressions};
use super::fingerprint::Fingerprints;
use super::{Catalogue, notice};
use crate::finding::{self, Audit, Code, Outcome, Severity};
use crate::model::{Document, Notice, NoticeKind};
use crate::source::Source;
use crate::span::{At, Span};
use crate::value::Number;

/// Name and version of the report's schema.
pub const SCHEMA: &str = "cthd-report/1";

/// Longest quote that a finding carries, in characters.
const QUOTE_LIMIT: usize = 200;

/// What the audit of one file gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Always `cthd-report/1`.
    pub schema: String,
    /// Language of the sentences: "vi" or "en".
    pub lang: String,
    /// The file that was read.
    pub source: ReportSource,
    /// Counts.
    pub summary: Summary,
    /// Findings, sorted by place, then code.
    pub findings: Vec<Finding>,
    /// Findings that a former report or a suppression accepts; they count for nothing and stay visible.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<Accepted>,
    /// Suppressions that no finding needs any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unused_suppressions: Vec<Suppression>,
    /// Every statement of the document that was checked, sorted by place, then code.
    pub checks: Vec<Check>,
}

/// The file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ReportSource {
    /// File name as given, or "-" for standard input.
    pub name: String,
    /// Format, found by content: "text".
    pub format: String,
    /// Encoding: "UTF-8", "UTF-16LE", "windows-1258" …
    pub encoding: String,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Number of pages, where the format shows it.
    pub pages: Option<u32>,
    /// What a user of the file must be told about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<FileNotice>,
}

/// What a user of the file must be told about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileNotice {
    /// What it is.
    pub kind: NoticeKind,
    /// The sentence, with the place where there is one.
    pub message: String,
    /// Where it is, if at one place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

/// Counts of findings and checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are worth knowing.
    pub infos: usize,
    /// How many findings are accepted; absent where neither a baseline nor suppressions were given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<usize>,
    /// Counts of checks.
    pub checks: CheckCounts,
}

/// Counts of checks by how they ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct CheckCounts {
    /// Statements that hold.
    pub holds: usize,
    /// Statements that do not hold.
    pub fails: usize,
    /// Statements of which it cannot be told.
    pub unverifiable: usize,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Code of the rule: "N001".
    pub code: String,
    /// Name of the rule: "duplicate-number".
    pub name: String,
    /// How grave.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The exact place.
    pub at: At,
    /// The words at the place in composed form, cut after 200 characters.
    pub quote: Option<String>,
    /// The same for the same rule, part and words, in every language, wherever the lines have moved to and whatever
    /// became of the figures; a baseline knows findings by it.
    pub fingerprint: String,
    /// Other places that matter.
    pub related: Vec<Related>,
    /// Why the rule holds this to be so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// What may have been meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

/// Another place that matters to a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Related {
    /// Where.
    pub at: At,
    /// What is there.
    pub label: String,
}

/// One statement of the document that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// Code of the rule.
    pub code: String,
    /// Name of the rule.
    pub name: String,
    /// How it ended.
    pub outcome: Outcome,
    /// The place of the printed result.
    pub at: At,
    /// What was checked.
    pub statement: String,
    /// What entered.
    pub operands: Vec<Operand>,
    /// What the operands give.
    pub expected: Option<Number>,
    /// What is printed.
    pub actual: Option<Number>,
    /// actual - expected.
    pub difference: Option<Number>,
    /// Why it could not be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One operand of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Operand {
    /// A column's or a row's name.
    pub label: String,
    /// Its value; absent where nothing is printed.
    pub value: Option<Number>,
    /// Where it stands.
    pub at: At,
}

impl Report {
    /// The report of an audit.
    #[must_use]
    pub fn new(document: &Document, audit: &Audit, source: &Source, catalogue: &Catalogue) -> Self {
        let info = &document.source;
        let prints = Fingerprints::of(document);
        let findings: Vec<_> =
            audit.findings.iter().map(|finding| Finding::new(finding, &prints, source, catalogue)).collect();
        let checks: Vec<_> = audit.checks.iter().map(|check| Check::new(check, catalogue)).collect();
        let mut report = Self {
            schema: SCHEMA.to_owned(),
            lang: catalogue.lang().tag().to_owned(),
            source: ReportSource {
                name: info.name.clone(),
                format: info.format.clone(),
                encoding: info.encoding.clone(),
                sha256: info.sha256.clone(),
                bytes: info.bytes,
                pages: info.pages,
                notices: info.notices.iter().map(|notice| FileNotice::new(notice, catalogue)).collect(),
            },
            summary: Summary::default(),
            findings,
            accepted: Vec::new(),
            unused_suppressions: Vec::new(),
            checks,
        };
        report.count();
        report
    }

    /// Counts findings and checks again.
    pub(super) fn count(&mut self) {
        let findings = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        let checks = |outcome| self.checks.iter().filter(|check| check.outcome == outcome).count();
        self.summary = Summary {
            errors: findings(Severity::Error),
            warnings: findings(Severity::Warning),
            infos: findings(Severity::Info),
            accepted: self.summary.accepted,
            checks: CheckCounts {
                holds: checks(Outcome::Holds),
                fails: checks(Outcome::Fails),
                unverifiable: checks(Outcome::Unverifiable),
            },
        };
    }
}

impl FileNotice {
    fn new(notice: &Notice, catalogue: &Catalogue) -> Self {
        Self { kind: notice.kind, message: notice::sentence(notice, catalogue), at: notice.at.clone() }
    }
}

impl Finding {
    fn new(
        finding: &finding::Finding,
        prints: &Fingerprints<'_>,
        source: &Source,
        catalogue: &Catalogue,
    ) -> Self {
        let Code { code, name } = finding.code;
        let quote = quote(source, &finding.at);
        Self {
            code: code.to_owned(),
            name: name.to_owned(),
            severity: finding.severity,
            message: catalogue.render(&finding.message),
            at: finding.at.clone(),
            fingerprint: prints.print(finding, quote.as_deref()),
            quote,
            related: finding
                .related
                .iter()
                .map(|related| Related { at: related.at.clone(), label: catalogue.render(&related.label) })
                .collect(),
            evidence: finding.evidence.as_ref().map(|text| catalogue.render(text)),
            suggestion: finding.suggestion.as_ref().map(|text| catalogue.render(text)),
        }
    }
}

impl Check {
    fn new(check: &finding::Check, catalogue: &Catalogue) -> Self {
        Self {
            code: check.code.code.to_owned(),
            name: check.code.name.to_owned(),
            outcome: check.outcome,
            at: check.at.clone(),
            statement: catalogue.render(&check.statement),
            operands: check
                .operands
                .iter()
                .map(|operand| Operand {
                    label: catalogue.render(&operand.label),
                    value: operand.value,
                    at: operand.at.clone(),
                })
                .collect(),
            expected: check.expected,
            actual: check.actual,
            difference: check.difference,
            reason: check.reason.as_ref().map(|text| catalogue.render(text)),
        }
    }
}

/// The words at a place.
fn quote(source: &Source, at: &At) -> Option<String> {
    let span = source.to_working(Span { start: at.span.0, end: at.span.1 });
    let words = source.slice(span);
    match words.char_indices().nth(QUOTE_LIMIT) {
        Some((end, _)) => words.get(..end).map(|start| format!("{start}…")),
        None => Some(words).filter(|words| !words.is_empty()).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test stops where its premise fails")]

    use super::*;
    use crate::finding::Text;
    use crate::output::Lang;
    use crate::source::FileFacts;

    const CODE: Code = Code { code: "N001", name: "duplicate-number" };

    fn report(times: usize, lang: Lang) -> Report {
        let source = Source::new(FileFacts::default(), "1\tMột\n1\tHai\n".to_owned(), None);
        let mut audit = Audit::default();
        for _ in 0..times {
            let at = source.at(Span::new(8, 9));
            audit.findings.push(finding::Finding::new(CODE, Severity::Error, Text::words("trùng"), at));
        }
        Report::new(&Document::default(), &audit, &source, &Catalogue::new(lang))
    }

    #[test]
    fn the_quote_is_the_words_at_the_place() {
        assert_eq!(report(1, Lang::Vi).findings[0].quote.as_deref(), Some("1"));
        assert_eq!(report(1, Lang::Vi).summary.errors, 1);
    }
}
