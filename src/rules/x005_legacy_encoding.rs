//! X005: text that was in an encoding from before Unicode, and what it could not hold.

use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "X005", name: "legacy-encoding" },
    severity: Severity::Info,
    page: include_str!("../../docs/rules/X005-legacy-encoding.md"),
    check,
};

/// How many letters a finding names.
const NAMED: usize = 6;

fn check(context: &Context<'_>, audit: &mut Audit) {
    let Some(old) = &context.document.source.old_encoding else { return };
    let key = if old.unread.is_empty() { "x005-message" } else { "x005-unread" };
    let message = Text::new(key)
        .with("encoding", old.name.as_str())
        .with("count", old.lines as usize)
        .with("bytes", old.unread.join(", "));
    let mut finding = Finding::new(RULE.code, RULE.severity, message, old.at.clone());
    let lacking: Vec<String> = old.lacking.chars().map(String::from).collect();
    if let Some(named) = lacking.get(..NAMED.min(lacking.len())).filter(|named| !named.is_empty()) {
        let key = if lacking.len() > NAMED { "x005-lacking-many" } else { "x005-lacking" };
        let evidence = Text::new(key)
            .with("encoding", old.name.as_str())
            .with("letters", named.join(", "))
            .with("count", lacking.len());
        finding = finding.because(evidence);
    }
    let whole = old.lacking.is_empty() && old.unread.is_empty();
    let suggestion = if whole { "x005-suggestion" } else { "x005-suggestion-check" };
    audit.findings.push(finding.suggest(Text::new(suggestion)));
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, document, findings, found};
    use super::RULE;
    use crate::model::OldEncoding;

    fn old(lacking: &str, unread: &[&str]) -> Option<OldEncoding> {
        let unread = unread.iter().map(|byte| (*byte).to_owned()).collect();
        Some(OldEncoding {
            name: "VNI".to_owned(),
            lines: 3,
            unread,
            lacking: lacking.to_owned(),
            at: at(2, 1),
        })
    }

    #[test]
    fn what_could_not_survive_is_said() {
        let mut document = document(vec![], vec![]);
        assert_eq!(found(&RULE, &document), []);
        document.source.old_encoding = old("", &[]);
        assert_eq!(found(&RULE, &document), [(2, "x005-message")]);
        document.source.old_encoding = old("", &["81"]);
        assert_eq!(found(&RULE, &document), [(2, "x005-unread")]);
        for (lacking, key) in [("ÀÁ", "x005-lacking"), ("ÀÁẢÃẠẰẮ", "x005-lacking-many")] {
            document.source.old_encoding = old(lacking, &[]);
            let evidence = findings(&RULE, &document).pop().and_then(|finding| finding.evidence);
            assert_eq!(evidence.map(|text| text.key), Some(key));
        }
    }
}
