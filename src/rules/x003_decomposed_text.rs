//! X003: letters written with combining marks; the model is composed (NFC) either way.

use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "X003", name: "decomposed-text" },
    severity: Severity::Info,
    page: include_str!("../../docs/rules/X003-decomposed-text.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let lines = &context.document.source.decomposed;
    if let Some(first) = lines.first() {
        let message = Text::new("x003-message").with("count", lines.len());
        audit.findings.push(Finding::new(RULE.code, RULE.severity, message, first.clone()));
    }
}
