//! A total in running text with its parts, as a check and, where it fails, a finding.

use crate::finding::{Audit, Check, Finding, Operand, Outcome, Quote, Text};
use crate::rules::Rule;
use crate::span::At;
use crate::value::Number;

/// A total and its parts, all in the unit of the total.
pub(in crate::rules) struct Worded {
    /// Its words.
    pub name: String,
    pub at: At,
    pub quote: Option<Quote>,
    pub total: Number,
    pub parts: Vec<Operand>,
    pub holds: bool,
}

impl Worded {
    /// Adds the check, and a finding that points to the parts that stand elsewhere.
    pub(in crate::rules) fn report(self, audit: &mut Audit, rule: &Rule) {
        let expected: Number = self.parts.iter().filter_map(|part| part.value).sum();
        let (expected, total) = (expected.normalized(), self.total.normalized());
        let statement = Text::new("a001-statement-words").with("total", self.name.as_str());
        if !self.holds {
            let message = Text::new("a001-message-words")
                .with("total", self.name)
                .with("count", self.parts.len())
                .with("expected", expected)
                .with("difference", (total - expected).abs().normalized());
            let mut finding = Finding::new(rule.code, rule.severity, message, self.at.clone());
            finding.quote.clone_from(&self.quote);
            for part in self.parts.iter().filter(|part| part.at != self.at) {
                let label = Text::new("arithmetic-related")
                    .with("name", part.label.clone())
                    .with("value", part.value.unwrap_or_default());
                finding = finding.relate(part.at.clone(), label);
            }
            audit.findings.push(finding);
        }
        let mut check = Check::new(rule.code, Outcome::of(self.holds), self.at, statement)
            .over(self.parts)
            .comparing(expected, total);
        check.quote = self.quote;
        audit.checks.push(check);
    }
}
