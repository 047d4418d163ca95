//! The end of the text report: how many findings, and what became of the checks, rule by rule.

use std::collections::BTreeMap;

use crate::finding::{Outcome, Text};
use crate::output::Catalogue;
use crate::output::columns::{Align, align};
use crate::output::report::{CheckCounts, Report};
use crate::span::At;

pub(super) fn write(report: &Report, catalogue: &Catalogue, out: &mut String) {
    let summary = report.summary;
    let mut line = |text: Text| {
        out.push_str(&catalogue.render(&text));
        out.push('\n');
    };
    let text = if report.findings.is_empty() { "report-no-findings" } else { "report-findings" };
    line(
        Text::new(text)
            .with("file", report.source.name.as_str())
            .with("errors", summary.errors)
            .with("warnings", summary.warnings)
            .with("infos", summary.infos),
    );
    if let Some(accepted) = summary.accepted {
        line(Text::new("report-accepted").with("count", accepted));
    }
    for accepted in &report.accepted {
        if let Some(reason) = &accepted.reason {
            let text = Text::new("report-accepted-line").with("code", accepted.finding.code.as_str());
            line(text.with("place", accepted.finding.at.clone()).with("reason", reason.as_str()));
        }
    }
    for unused in &report.unused_suppressions {
        let text = Text::new("report-unused").with("rule", unused.rule.as_str());
        line(text.with("place", unused.place.as_str()).with("reason", unused.reason.as_str()));
    }
    if report.checks.is_empty() {
        line(Text::new("report-no-checks"));
        return;
    }
    line(
        Text::new("report-checks")
            .with("holds", summary.checks.holds)
            .with("fails", summary.checks.fails)
            .with("unverifiable", summary.checks.unverifiable),
    );
    by_rule(report, catalogue, out);
    unverifiable(report, catalogue, out);
}

/// One line for each rule that made checks.
fn by_rule(report: &Report, catalogue: &Catalogue, out: &mut String) {
    let mut counts: BTreeMap<(&str, &str), CheckCounts> = BTreeMap::new();
    for check in &report.checks {
        let counts = counts.entry((&check.code, &check.name)).or_default();
        match check.outcome {
            Outcome::Holds => counts.holds += 1,
            Outcome::Fails => counts.fails += 1,
            Outcome::Unverifiable => counts.unverifiable += 1,
        }
    }
    let count = |key, count: usize| match count {
        0 => String::new(),
        _ => catalogue.render(&Text::new(key).with("count", count)),
    };
    let rows: Vec<Vec<String>> = counts
        .iter()
        .map(|((code, name), counts)| {
            vec![
                (*code).to_owned(),
                catalogue.rule_name(code, name),
                count("report-holds", counts.holds),
                count("report-fails", counts.fails),
                count("report-unverifiable", counts.unverifiable),
            ]
        })
        .collect();
    for line in align(&rows, &[Align::Left, Align::Left, Align::Right, Align::Right, Align::Right]) {
        out.push_str("  ");
        out.push_str(&line);
        out.push('\n');
    }
}

/// Why checks could not be made: each reason once for its rule, with how often and where first.
fn unverifiable(report: &Report, catalogue: &Catalogue, out: &mut String) {
    let mut reasons: BTreeMap<(&str, &str), (usize, &At)> = BTreeMap::new();
    for check in report.checks.iter().filter(|check| check.outcome == Outcome::Unverifiable) {
        let Some(reason) = &check.reason else { continue };
        reasons.entry((&check.code, reason)).or_insert((0, &check.at)).0 += 1;
    }
    if reasons.is_empty() {
        return;
    }
    out.push_str(&catalogue.label("report-unverifiable-why"));
    out.push('\n');
    for ((code, reason), (count, at)) in reasons {
        let text = Text::new("report-unverifiable-line")
            .with("code", code)
            .with("reason", reason)
            .with("count", count)
            .with("place", at.clone());
        out.push_str("  ");
        out.push_str(&catalogue.render(&text));
        out.push('\n');
    }
}
