//! What differs between two versions, schema `cthd-diff/1`: the changes with the findings that are new and those that are
//! resolved.

pub mod page;
mod sentence;
pub mod text;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::report::{Finding, Report, ReportSource};
use crate::model::Document;
use crate::versions::found::{self, Found};
use crate::versions::matching::{Confidence, Evidence, Pairing, Status, pair};
use crate::versions::parts::{Kind, Parts};
use crate::versions::{self, Change, FieldChange, NotCompared, Reason, TotalChange};

/// Name and version of the schema.
pub const SCHEMA: &str = "cthd-diff/1";

/// What differs between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diff {
    /// Always `cthd-diff/1`.
    pub schema: String,
    /// Language of the findings' sentences: "vi" or "en".
    pub lang: String,
    /// The file of the old version.
    pub old: ReportSource,
    /// The file of the new version.
    pub new: ReportSource,
    /// Counts.
    pub summary: DiffSummary,
    /// Fields of header and closing that are others.
    pub header: Vec<FieldChange>,
    /// What changed, by part, in the order of the new version; what is gone stands where it stood.
    pub changes: Vec<Change>,
    /// Printed totals that are others, with the rows that account for them.
    pub totals: Vec<TotalChange>,
    /// Findings of the audit that are in one version only.
    pub findings: DiffFindings,
    /// What could not be compared.
    pub not_compared: Vec<NotCompared>,
    /// Every pair with its evidence, also of parts that did not change; with `--why`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pairs: Option<Vec<DiffPair>>,
}

/// Counts of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct DiffSummary {
    /// Links between parts of both versions.
    pub pairs: usize,
    /// Parts with fields that are others, at their old place or moved.
    pub changed: usize,
    /// Parts whose number alone is another.
    pub renumbered: usize,
    /// Parts that moved.
    pub moved: usize,
    /// Parts that were split.
    pub split: usize,
    /// Parts that others were merged into.
    pub merged: usize,
    /// Parts that are new.
    pub new: usize,
    /// Parts that are gone.
    pub gone: usize,
    /// Totals that are others.
    pub totals: usize,
    /// Findings that are new.
    pub findings_new: usize,
    /// Findings that are resolved.
    pub findings_resolved: usize,
}

/// Findings that are in one version only.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct DiffFindings {
    /// Those of the new version; places are in its file.
    pub new: Vec<Finding>,
    /// Those of the old version; places are in its file.
    pub resolved: Vec<Finding>,
}

/// A pair with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DiffPair {
    /// What the parts are.
    pub kind: Kind,
    /// What became of them.
    pub status: Status,
    /// Ids in the old version.
    pub old: Vec<String>,
    /// Ids in the new version.
    pub new: Vec<String>,
    /// How good the pair is, in thousandths.
    pub score: u32,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why.
    pub evidence: Vec<Evidence>,
}

/// A version: its model and the report of its audit.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// The model.
    pub document: &'a Document,
    /// The report, in the language that the difference is to have.
    pub report: &'a Report,
}

impl Diff {
    /// Compares two versions. With `why` every pair is listed with its evidence.
    #[must_use]
    pub fn new(old: Version<'_>, new: Version<'_>, why: bool) -> Self {
        let (one, other) = (Parts::of(old.document), Parts::of(new.document));
        let pairing = pair(&one, &other);
        let found = versions::compare((old.document, &one), (new.document, &other), &pairing);
        let findings = findings(old.report, &one, new.report, &other, &pairing, &found.not_compared);
        let mut diff = Self {
            schema: SCHEMA.to_owned(),
            lang: new.report.lang.clone(),
            old: old.report.source.clone(),
            new: new.report.source.clone(),
            summary: DiffSummary { pairs: found.pairs, ..DiffSummary::default() },
            header: found.header,
            changes: found.changes,
            totals: found.totals,
            findings,
            not_compared: found.not_compared,
            pairs: why.then(|| pairs(&one, &other, &pairing)),
        };
        diff.count();
        diff
    }

    /// The same differences with the sentences of the two versions' reports in another language.
    #[must_use]
    pub fn in_words_of(&self, old: &Report, new: &Report) -> Self {
        // Reports list the same findings in the same order in every language.
        let said = |findings: &[Finding], report: &Report| -> Vec<Finding> {
            let same = |a: &Finding, b: &Finding| a.at == b.at && a.fingerprint == b.fingerprint;
            let mut all = report.findings.iter();
            findings.iter().map(|it| all.find(|other| same(it, other)).unwrap_or(it).clone()).collect()
        };
        let findings =
            DiffFindings { new: said(&self.findings.new, new), resolved: said(&self.findings.resolved, old) };
        Self { lang: new.lang.clone(), findings, ..self.clone() }
    }

    /// Whether the two versions say the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.header.is_empty() && self.changes.is_empty() && self.totals.is_empty()
    }

    fn count(&mut self) {
        let count = |is: &dyn Fn(&Change) -> bool| self.changes.iter().filter(|change| is(change)).count();
        let of = |status: Status| count(&|change| change.status == status);
        self.summary = DiffSummary {
            pairs: self.summary.pairs,
            changed: count(&|change| !change.fields.is_empty()),
            renumbered: count(&only_renumbered),
            moved: of(Status::Moved),
            split: of(Status::Split),
            merged: of(Status::Merged),
            new: of(Status::New),
            gone: of(Status::Gone),
            totals: self.totals.len(),
            findings_new: self.findings.new.len(),
            findings_resolved: self.findings.resolved.len(),
        };
    }
}

/// Whether nothing but the number of a part is another.
fn only_renumbered(change: &Change) -> bool {
    change.status == Status::Same
        && change.renumbered
        && change.fields.is_empty()
        && change.old_kind.is_none()
}

fn findings(
    old: &Report,
    olds: &Parts<'_>,
    new: &Report,
    news: &Parts<'_>,
    pairing: &Pairing,
    gaps: &[NotCompared],
) -> DiffFindings {
    let whole = |reason: &Reason| matches!(reason, Reason::NoBody | Reason::NoAppendices);
    let absent: Vec<Reason> = gaps.iter().map(|gap| gap.reason).filter(whole).collect();
    let (fresh, resolved) = found::compare((olds, &seen(old)), (news, &seen(new)), pairing);
    // What the other version does not have at all is not resolved by that.
    let pick = |report: &Report, parts: &Parts<'_>, those: Vec<usize>| -> Vec<Finding> {
        let found = those.into_iter().filter_map(|at| report.findings.get(at));
        let compared = |it: &&Finding| {
            let body = found::in_body(parts, &it.at);
            !absent.iter().any(|reason| (*reason == Reason::NoBody) == body)
        };
        found.filter(compared).cloned().collect()
    };
    DiffFindings { new: pick(new, news, fresh), resolved: pick(old, olds, resolved) }
}

fn seen(report: &Report) -> Vec<Found<'_>> {
    let findings = report.findings.iter();
    findings.map(|it| Found { code: &it.code, fingerprint: &it.fingerprint, at: &it.at }).collect()
}

fn pairs(old: &Parts<'_>, new: &Parts<'_>, pairing: &Pairing) -> Vec<DiffPair> {
    let ids = |parts: &Parts<'_>, those: &[usize]| -> Vec<String> {
        those.iter().filter_map(|at| parts.get(*at)).map(|part| part.id.to_owned()).collect()
    };
    let linked = pairing.links.iter().filter(|link| link.is_pair());
    linked
        .map(|link| DiffPair {
            kind: link.kind,
            status: link.status,
            old: ids(old, &link.old),
            new: ids(new, &link.new),
            score: link.score.unwrap_or_default(),
            confidence: link.confidence,
            evidence: link.evidence.clone(),
        })
        .collect()
}

/// The id of the appendix that a change is in: that of the new version, else of the old one.
fn appendix(change: &Change) -> Option<&str> {
    change.new.first().or(change.old.first()).and_then(|part| part.appendix.as_deref())
}
