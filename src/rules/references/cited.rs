//! Documents that a text cites in two ways: one number with two dates, or one date with two numbers of the same digits (R006).
//!
//! Bodies number their documents anew each year, and two bodies may use one number: only what can be no other document is
//! reported.

use std::collections::BTreeMap;

use crate::finding::{Audit, Finding, Text};
use crate::model::{Reference, ReferenceKind};
use crate::rules::values::digits::same_digits;
use crate::rules::{Context, Rule};
use crate::text::fold;

/// A number as it compares: its digits, and what follows them ("/QĐ-UBND").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    digits: String,
    rest: String,
}

impl Number {
    fn of(reference: &Reference) -> Option<Self> {
        let number: String = reference.number.as_ref()?.split_whitespace().collect();
        let end = number.find(|c: char| !c.is_ascii_digit())?;
        let (digits, rest) = number.split_at_checked(end)?;
        let digits = digits.trim_start_matches('0').to_owned();
        (!digits.is_empty()).then(|| Self { digits, rest: rest.to_uppercase() })
    }
}

/// Reports the later of two places that cite one document differently.
pub(in crate::rules) fn report(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    let passages = context.passages();
    let basis = context.document.header.basis.iter();
    let cited = basis.chain(passages.iter().flat_map(|passage| passage.references));
    let cited: Vec<(&Reference, Number, &str)> = cited
        .filter(|reference| reference.kind != ReferenceKind::Appendix && reference.at.line > 0)
        .filter_map(|reference| Some((reference, Number::of(reference)?, reference.date.as_deref()?)))
        .collect();
    let mut by_number: BTreeMap<(ReferenceKind, &Number), (&Reference, &str)> = BTreeMap::new();
    let mut by_date: BTreeMap<(ReferenceKind, &str, &str), (&Reference, &str)> = BTreeMap::new();
    for (reference, number, date) in &cited {
        let (first, dated) = *by_number.entry((reference.kind, number)).or_insert((reference, date));
        if dated != *date && one_issuer(first, reference) && same_document(dated, date) {
            audit.findings.push(finding(rule, "r006-cited-date", first, reference));
        }
        let key = (reference.kind, *date, number.rest.as_str());
        let (first, digits) = *by_date.entry(key).or_insert((reference, &number.digits));
        if digits != number.digits && one_issuer(first, reference) && same_digits(digits, &number.digits) {
            audit.findings.push(finding(rule, "r006-cited-number", first, reference));
        }
    }
}

fn finding(rule: &Rule, key: &'static str, first: &Reference, later: &Reference) -> Finding {
    let message = Text::new(key).with("found", later.raw.as_str()).with("expected", first.raw.as_str());
    Finding::new(rule.code, rule.severity, message, later.at.clone())
        .relate(first.at.clone(), Text::words(first.raw.as_str()))
}

fn one_issuer(a: &Reference, b: &Reference) -> bool {
    match (&a.issuer, &b.issuer) {
        (Some(a), Some(b)) => {
            let (a, b) = (fold(a), fold(b));
            a.starts_with(&b) || b.starts_with(&a)
        }
        _ => true,
    }
}

/// Whether documents of one number and two dates are one: both are of one year, or day and month are the same and the years
/// are written with the same digits.
fn same_document(a: &str, b: &str) -> bool {
    let parts = |date: &str| date.split_once('-').map(|(year, rest)| (year.to_owned(), rest.to_owned()));
    match (parts(a), parts(b)) {
        (Some((a_year, a_rest)), Some((b_year, b_rest))) => {
            a_year == b_year || a_rest == b_rest && same_digits(&a_year, &b_year)
        }
        _ => false,
    }
}
