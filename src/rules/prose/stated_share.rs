//! An amount with the percentage that its document states for it, as a check and, where it fails, a finding (A006).

use crate::finding::{Audit, Check, Finding, Operand, Outcome, Quote, Text};
use crate::rules::Rule;
use crate::span::At;
use crate::value::Number;

/// A share as stated, and what it is of; amounts are all in one unit.
pub(in crate::rules) struct StatedShare {
    /// The words that state it, or the name of its row.
    pub row: Text,
    pub at: At,
    pub quote: Option<Quote>,
    pub percent: Number,
    pub amount: Number,
    /// The whole, with its value.
    pub base: Operand,
    pub holds: bool,
}

impl StatedShare {
    /// Adds the check, and a finding that points to the whole where that stands elsewhere.
    pub(in crate::rules) fn report(self, audit: &mut Audit, rule: &Rule) {
        let hundred = Number::whole(100);
        let whole = self.base.value.unwrap_or_default().normalized();
        let expected = whole.checked_mul(self.percent).and_then(|n| n.checked_div(hundred));
        let expected = expected.map(|n| n.round(self.amount.scale().max(DECIMALS)).normalized());
        let ratio = self.amount.checked_mul(hundred).and_then(|n| n.checked_div(whole));
        let (percent, amount) = (self.percent.normalized(), self.amount.normalized());
        let statement = Text::new("a006-statement").with("row", self.row.clone()).with("percent", percent);
        if let Some(ratio) = ratio.filter(|_| !self.holds) {
            let message = Text::new("a006-message")
                .with("row", self.row)
                .with("percent", percent)
                .with("amount", amount)
                .with("base", whole)
                .with("of", self.base.label.clone())
                .with("ratio", ratio.round(2));
            let mut finding = Finding::new(rule.code, rule.severity, message, self.at.clone());
            finding.quote.clone_from(&self.quote);
            if self.base.at != self.at {
                let label = Text::new("arithmetic-related")
                    .with("name", self.base.label.clone())
                    .with("value", whole);
                finding = finding.relate(self.base.at.clone(), label);
            }
            audit.findings.push(finding);
        }
        let mut check = Check::new(rule.code, Outcome::of(self.holds), self.at, statement);
        check.quote = self.quote;
        audit.checks.push(check.over([self.base]).comparing(expected, amount));
    }
}

/// Decimals to which what a share should be is told at least.
const DECIMALS: u32 = 2;
