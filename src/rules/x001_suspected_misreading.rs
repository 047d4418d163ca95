//! X001: a word that was probably misread by a scanner: one diacritic wrong.

use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::text::Ground;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "X001", name: "suspected-misreading" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/X001-suspected-misreading.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let words = context.words();
    for suspect in &words.reading.suspects {
        let Some(node) = words.texts.get(suspect.text) else { continue };
        let wrong = node.text.get(suspect.words.clone()).unwrap_or_default();
        let right = suspect.right.as_str();
        let evidence = match suspect.ground {
            Ground::Listed => Text::new("x001-evidence-listed"),
            Ground::Compound(0) => Text::new("x001-evidence-phrase").with("right", right),
            Ground::Compound(count) => Text::new("x001-evidence-document")
                .with("right", right)
                .with("count", usize::try_from(count).unwrap_or(usize::MAX)),
            Ground::NoSyllable => Text::new("x001-evidence-syllable"),
        };
        let message = Text::new("x001-message").with("words", wrong);
        audit.findings.push(
            Finding::new(RULE.code, RULE.severity, message, node.at.clone())
                .quoting(node.text, suspect.word.clone())
                .because(evidence)
                .suggest(Text::new("x001-suggestion").with("right", right)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{document, findings, quoted, section};
    use super::RULE;
    use crate::finding::Text;

    #[test]
    fn the_misread_word_of_each_occurrence_is_quoted() {
        let texts = ["Xây dựng thể trận lòng dân; củng cố thể trận quốc phòng", "thế trận an ninh nhân dân"];
        let document = document(vec![section(1, "I.", "Phân đấu", &texts)], vec![]);
        let expected = [(2, "thể"), (2, "thể"), (1, "Phân")];
        assert_eq!(quoted(&RULE, &document), expected.map(|(line, words)| (line, words.to_owned())));
        let first = findings(&RULE, &document).into_iter().next();
        let suggestion = first.and_then(|finding| finding.suggestion);
        assert_eq!(suggestion, Some(Text::new("x001-suggestion").with("right", "thế trận")));
    }
}
