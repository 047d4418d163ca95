//! Findings, checks and their operands as rows.

use super::Kind::{Bool, Decimal, Int, Text};
use super::items::code;
use super::{Column, Input, Value, column, place};
use crate::output::report::{Accepted, Check, Finding};
use crate::span::At;

/// Columns of findings.
pub(super) const FINDINGS: &[Column] = &[
    column("code", Text),
    column("name", Text),
    column("severity", Text),
    column("accepted", Bool),
    column("accepted_by", Text),
    column("accepted_reason", Text),
    column("message", Text),
    column("quote", Text),
    column("evidence", Text),
    column("suggestion", Text),
    column("appendix", Text),
    column("node", Text),
    column("fingerprint", Text),
    column("line", Int),
    column("column", Int),
    column("place", Text),
];

/// Columns of checks.
pub(super) const CHECKS: &[Column] = &[
    column("check", Int),
    column("code", Text),
    column("name", Text),
    column("outcome", Text),
    column("statement", Text),
    column("expected", Decimal),
    column("actual", Decimal),
    column("difference", Decimal),
    column("reason", Text),
    column("operands", Int),
    column("appendix", Text),
    column("node", Text),
    column("line", Int),
    column("column", Int),
    column("place", Text),
];

/// Columns of operands.
pub(super) const OPERANDS: &[Column] = &[
    column("check", Int),
    column("position", Int),
    column("label", Text),
    column("value", Decimal),
    column("node", Text),
    column("line", Int),
    column("column", Int),
    column("place", Text),
];

pub(super) fn findings(input: &Input<'_>) -> Vec<Vec<Value>> {
    let row = |(finding, accepted): (&Finding, Option<&Accepted>)| {
        let mut row = vec![
            finding.code.as_str().into(),
            finding.name.as_str().into(),
            finding.severity.name().into(),
            accepted.is_some().into(),
            accepted.map_or(Value::Null, |accepted| code(&accepted.by)),
            accepted.and_then(|accepted| accepted.reason.as_deref()).into(),
            finding.message.as_str().into(),
            finding.quote.as_deref().into(),
            finding.evidence.as_deref().into(),
            finding.suggestion.as_deref().into(),
        ];
        row.extend(node(input, &finding.at));
        row.push(finding.fingerprint.as_str().into());
        row.extend(place(&finding.at, input.catalogue));
        row
    };
    input.report.all_findings().into_iter().map(row).collect()
}

pub(super) fn checks(input: &Input<'_>) -> Vec<Vec<Value>> {
    let row = |(i, check): (usize, &Check)| {
        let mut row = vec![
            (i + 1).into(),
            check.code.as_str().into(),
            check.name.as_str().into(),
            code(&check.outcome),
            check.statement.as_str().into(),
            check.expected.into(),
            check.actual.into(),
            check.difference.into(),
            check.reason.as_deref().into(),
            check.operands.len().into(),
        ];
        row.extend(node(input, &check.at));
        row.extend(place(&check.at, input.catalogue));
        row
    };
    input.report.checks.iter().enumerate().map(row).collect()
}

pub(super) fn operands(input: &Input<'_>) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for (i, check) in input.report.checks.iter().enumerate() {
        for (position, operand) in check.operands.iter().enumerate() {
            let [_, node] = node(input, &operand.at);
            let mut row = vec![
                (i + 1).into(),
                (position + 1).into(),
                operand.label.as_str().into(),
                operand.value.into(),
                node,
            ];
            row.extend(place(&operand.at, input.catalogue));
            rows.push(row);
        }
    }
    rows
}

/// The id of the appendix and of the narrowest node of a place.
fn node(input: &Input<'_>, at: &At) -> [Value; 2] {
    let appendix = input.locator.appendix(at).and_then(|it| input.document.appendices.get(it));
    [appendix.map(|appendix| appendix.id.as_str()).into(), input.locator.ids(at).pop().into()]
}
