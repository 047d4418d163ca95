//! What recognition from pictures means for the audit: findings about words that are not sure are one step less
//! grave, and where one reading of an unsure figure closes every sum that it is in, that reading is proposed.

use super::Context;
use super::arithmetic::joined;
use super::x006_uncertain_reading::{RULE, unsure_cells};
use crate::finding::{Audit, Check, Finding, Outcome, Text};
use crate::model::Cell;
use crate::span::At;
use crate::value::Number;

/// Lowers what rests on words that are not sure, and says so.
pub(super) fn weigh(finding: &mut Finding) {
    let rests = finding.at.is_unsure() || finding.related.iter().any(|related| related.at.is_unsure());
    if !rests || finding.code == RULE.code {
        return;
    }
    finding.severity = finding.severity.lowered();
    let evidence = finding.evidence.take().into_iter().chain([Text::new("reading-evidence")]);
    finding.evidence = joined(evidence);
}

/// Adds to findings of unsure figures the one reading that closes every sum they are in.
pub(super) fn propose(context: &Context<'_>, audit: &mut Audit) {
    let cells: Vec<&Cell> = unsure_cells(context).collect();
    if cells.is_empty() {
        return;
    }
    let failed: Vec<&Check> = audit.checks.iter().filter(|it| it.outcome == Outcome::Fails).collect();
    let closing: Vec<Option<String>> =
        cells.iter().map(|cell| closing(cell, &failed, &audit.checks)).collect();
    // A sum that two unsure figures can close says nothing of either.
    let rivals = |cell: &Cell| {
        let sums: Vec<&&Check> = failed.iter().filter(|check| holds(check, &cell.at)).collect();
        let others = cells.iter().zip(&closing).filter(|(other, closes)| {
            closes.is_some() && other.at.span != cell.at.span && sums.iter().any(|sum| holds(sum, &other.at))
        });
        others.count()
    };
    let mut proposals: Vec<(At, String)> = Vec::new();
    for (cell, reading) in cells.iter().zip(&closing) {
        if let Some(reading) = reading.as_ref().filter(|_| rivals(cell) == 0) {
            proposals.push((cell.at.clone(), reading.clone()));
        }
    }
    let checks = &audit.checks;
    for finding in audit.findings.iter_mut().filter(|finding| finding.code == RULE.code) {
        let outcomes = checks.iter().filter(|check| holds(check, &finding.at)).map(|check| check.outcome);
        if outcomes.clone().any(|it| it == Outcome::Holds) && !outcomes.clone().any(|it| it == Outcome::Fails)
        {
            finding.severity = finding.severity.lowered();
            finding.evidence = joined(finding.evidence.take().into_iter().chain([Text::new("x006-closes")]));
        }
        if let Some((_, reading)) = proposals.iter().find(|(at, _)| at.span == finding.at.span) {
            let text = Text::new("x006-suggestion").with("reading", reading.as_str());
            finding.suggestion = Some(text);
        }
    }
}

/// The reading of a cell that closes every sum it is in: one digit read otherwise, or another reading of the cell.
fn closing(cell: &Cell, failed: &[&Check], all: &[Check]) -> Option<String> {
    let raw = cell.raw.as_deref()?;
    let sums = failed.iter().filter(|check| holds(check, &cell.at));
    let mut wanted: Vec<(Number, Number)> = sums.map(|check| wanted(check, cell)).collect::<Option<_>>()?;
    let (printed, value) = wanted.pop()?;
    let same = wanted.iter().all(|(_, other)| other.normalized() == value.normalized());
    // A sum that holds as the cell is would break.
    let breaks = all.iter().any(|check| check.outcome == Outcome::Holds && holds(check, &cell.at));
    if !same || breaks {
        return None;
    }
    let digits = digits_of(value, printed.scale())?;
    let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if let Some(other) = cell.readings.iter().find(|other| figures(other) == digits) {
        return Some(other.clone());
    }
    let own = figures(raw);
    let differing = own.chars().zip(digits.chars()).filter(|(a, b)| a != b).count();
    if own.len() != digits.len() || differing != 1 {
        return None;
    }
    let mut digits = digits.chars();
    let digit = |c: char| if c.is_ascii_digit() { digits.next().unwrap_or(c) } else { c };
    Some(raw.chars().map(digit).collect())
}

/// The value that a cell has in a failed sum, and the one with which the sum closes.
fn wanted(check: &Check, cell: &Cell) -> Option<(Number, Number)> {
    let difference = check.difference?;
    if within(&check.at, &cell.at) {
        return Some((check.actual?, check.expected?));
    }
    let value = check.operands.iter().find(|operand| within(&operand.at, &cell.at))?.value?;
    Some((value, value + difference))
}

/// Whether a cell is the total or an operand of a sum.
fn holds(check: &Check, at: &At) -> bool {
    within(&check.at, at) || check.operands.iter().any(|operand| within(&operand.at, at))
}

fn within(at: &At, cell: &At) -> bool {
    cell.span.0 <= at.span.0 && at.span.1 <= cell.span.1 && at.span.0 < at.span.1
}

/// The digits of a number as they are printed with so many decimal places.
fn digits_of(value: Number, places: u32) -> Option<String> {
    let factor = Number::from_parts(10_i128.checked_pow(places)?, 0)?;
    value.checked_mul(factor)?.to_i64().filter(|whole| *whole >= 0).map(|whole| whole.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::testing::at;
    use super::*;
    use crate::finding::{Operand, Severity};

    fn number(text: &str) -> Number {
        let (whole, places) = text.split_once('.').map_or((text, ""), |it| it);
        let mantissa = format!("{whole}{places}").parse().unwrap_or_default();
        Number::from_parts(mantissa, u32::try_from(places.len()).unwrap_or(0)).unwrap_or_default()
    }

    fn cell(raw: &str, place: At, readings: &[&str]) -> Cell {
        let readings = readings.iter().map(|it| (*it).to_owned()).collect();
        Cell { raw: Some(raw.to_owned()), at: place, readings, ..Cell::default() }
    }

    /// A sum of operands in columns 2, 3 … of a line with its total in column 1.
    fn sum(line: u32, total: &str, operands: &[&str]) -> Check {
        let operands: Vec<Operand> = operands
            .iter()
            .zip(2..)
            .map(|(value, column)| Operand::new(Text::words("x"), number(value), at(line, column)))
            .collect();
        let expected: Number = operands.iter().filter_map(|operand| operand.value).sum();
        let actual = number(total);
        let outcome = Outcome::of((actual - expected).is_zero());
        Check::new(RULE.code, outcome, at(line, 1), Text::words("x"))
            .over(operands)
            .comparing(expected, actual)
    }

    #[test]
    fn one_digit_that_closes_the_sum_is_the_reading() {
        let check = sum(1, "2240.0", &["150.0", "2000.0", "30.0"]);
        let all = vec![check.clone()];
        let closes = |cell: &Cell| closing(cell, &[&check], &all);
        assert_eq!(closes(&cell("30,0", at(1, 4), &[])).as_deref(), Some("90,0"));
        assert_eq!(closes(&cell("2.240,0", at(1, 1), &[])).as_deref(), None, "two digits would change");
        let other = cell("2.240,0", at(1, 1), &["2.180,0"]);
        assert_eq!(closes(&other).as_deref(), Some("2.180,0"), "it was read so as well");
    }

    #[test]
    fn sums_that_want_different_values_or_hold_are_left_alone() {
        let first = sum(1, "240", &["150", "30"]);
        let mut second = sum(1, "99", &["15", "30"]);
        let failed = [&first, &second];
        assert_eq!(closing(&cell("30", at(1, 3), &[]), &failed, &[]), None);
        second.outcome = Outcome::Holds;
        assert_eq!(closing(&cell("30", at(1, 3), &[]), &[&first], &[first.clone(), second]), None);
    }

    #[test]
    fn what_rests_on_unsure_words_is_less_grave_and_says_so() {
        let mut place = at(1, 1);
        place.confidence = Some(60);
        let code = crate::finding::Code { code: "A001", name: "row-total-mismatch" };
        let mut finding = Finding::new(code, Severity::Error, Text::words("x"), place);
        weigh(&mut finding);
        assert_eq!(finding.severity, Severity::Warning);
        assert_eq!(finding.evidence.as_ref().map(|text| text.key), Some("reading-evidence"));
        finding.at.confidence = Some(95);
        weigh(&mut finding);
        assert_eq!(finding.severity, Severity::Warning, "sure words lower nothing");
    }
}
