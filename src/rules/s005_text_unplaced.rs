//! S005: text that the model has no place for.

use super::{Context, Rule, shorten};
use crate::finding::{Audit, Code, Finding, Severity, Text};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "S005", name: "text-unplaced" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/S005-text-unplaced.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    audit.findings.extend(context.document.unplaced.iter().map(|unplaced| {
        let message = Text::new("s005-message").with("words", shorten(&unplaced.text));
        Finding::new(RULE.code, RULE.severity, message, unplaced.at.clone())
    }));
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, document, found};
    use super::RULE;
    use crate::model::Unplaced;

    #[test]
    fn each_unplaced_text_is_found() {
        let mut document = document(vec![], vec![]);
        assert_eq!(found(&RULE, &document), []);
        document.unplaced.push(Unplaced { text: "Bản vẽ kèm theo".to_owned(), at: at(4, 1) });
        assert_eq!(found(&RULE, &document), [(4, "s005-message")]);
    }
}
