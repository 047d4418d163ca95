//! X001: a word that was probably misread by a scanner: one diacritic wrong.

use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::text::{Ground, suspects};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "X001", name: "suspected-misreading" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/X001-suspected-misreading.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let nodes = context.texts();
    let texts: Vec<&str> = nodes.iter().map(|node| node.text).collect();
    let grammar = context.grammar;
    for suspect in suspects(&texts, grammar.words.lexicon(), &grammar.syllables) {
        let Some(node) = nodes.get(suspect.text) else { continue };
        let words = node.text.get(suspect.words.clone()).unwrap_or_default();
        let evidence = match suspect.ground {
            Ground::Listed => Text::new("x001-evidence-listed"),
            Ground::Compound(0) => Text::new("x001-evidence-phrase").with("right", suspect.right.as_str()),
            Ground::Compound(count) => Text::new("x001-evidence-document")
                .with("right", suspect.right.as_str())
                .with("count", usize::try_from(count).unwrap_or(usize::MAX)),
            Ground::NoSyllable => Text::new("x001-evidence-syllable"),
        };
        let message = Text::new("x001-message").with("words", words);
        audit.findings.push(
            Finding::new(RULE.code, RULE.severity, message, node.at.clone())
                .quoting(node.text, suspect.word.clone())
                .because(evidence)
                .suggest(Text::new("x001-suggestion").with("right", suspect.right.as_str())),
        );
    }
}
