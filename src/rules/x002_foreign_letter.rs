//! X002: letters of other alphabets that look like Vietnamese ones.

use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "X002", name: "foreign-letter" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/X002-foreign-letter.md"),
    check,
};

/// More places than this are a habit of the file, reported once.
const MANY: usize = 20;
/// How many places a finding for many names.
const PLACES: usize = 4;

fn check(context: &Context<'_>, audit: &mut Audit) {
    let places = &context.document.source.foreign_letters;
    if places.len() <= MANY {
        audit.findings.extend(places.iter().map(|at| {
            Finding::new(RULE.code, RULE.severity, Text::new("x002-message"), at.clone())
                .suggest(Text::new("x002-suggestion"))
        }));
        return;
    }
    let Some((first, others)) = places.split_first() else { return };
    let message = Text::new("x002-many").with("count", places.len());
    let mut finding =
        Finding::new(RULE.code, RULE.severity, message, first.clone()).suggest(Text::new("x002-suggestion"));
    for at in others.iter().take(PLACES) {
        finding = finding.relate(at.clone(), Text::new("x002-place"));
    }
    audit.findings.push(finding);
}
