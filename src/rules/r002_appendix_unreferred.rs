//! R002: an appendix that the text never refers to.

use rustc_hash::FxHashSet;

use super::references::{LabelKey, Mention, appendix_key};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::text::fold;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "R002", name: "appendix-unreferred" },
    severity: Severity::Info,
    page: include_str!("../../docs/rules/R002-appendix-unreferred.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let document = context.document;
    if document.sections.is_empty() || names_all(context) {
        return;
    }
    let keys: Vec<Option<LabelKey>> = document.appendices.iter().map(appendix_key).collect();
    let named = named(context.mentions(), &keys);
    for (appendix, key) in document.appendices.iter().zip(&keys) {
        let (Some(label), Some(key)) = (&appendix.label, key) else {
            continue;
        };
        let family =
            LabelKey { number: key.number.trim_end_matches(char::is_alphabetic).to_owned(), ..key.clone() };
        if !context.grammar.mentions.is_named_by(label) {
            continue;
        }
        if named.contains(key) || !family.number.is_empty() && named.contains(&family) {
            continue;
        }
        let message = Text::new("r002-message").with("label", label.as_str());
        let finding = Finding::new(RULE.code, RULE.severity, message, appendix.at.clone());
        audit.findings.push(finding.quoting(label, 0..label.len()));
    }
}

/// Whether the body refers to its appendices as a whole.
fn names_all(context: &Context<'_>) -> bool {
    let grammar = &context.grammar.mentions;
    context
        .passages()
        .into_iter()
        .any(|passage| grammar.may_name_all(passage.text) && grammar.names_all(&fold(passage.text)))
}

/// The keys of the appendices that are named, those between two ends included.
fn named(mentions: &[Mention<'_>], keys: &[Option<LabelKey>]) -> FxHashSet<LabelKey> {
    let mut out = FxHashSet::default();
    let position = |mention: &Mention<'_>| {
        keys.iter().position(|key| key.as_ref().is_some_and(|key| key.meets(&mention.key)))
    };
    let mut last: Option<&Mention<'_>> = None;
    for mention in mentions {
        if !out.contains(&mention.key) {
            out.insert(mention.key.clone());
            out.extend(position(mention).and_then(|at| keys.get(at).cloned().flatten()));
        }
        if let (true, Some(last)) = (mention.through, last)
            && let (Some(from), Some(to)) = (position(last), position(mention))
        {
            out.extend(keys.iter().take(to).skip(from).flatten().cloned());
        }
        last = Some(mention);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::testing::{appendix, at, document, found, section};
    use super::RULE;
    use crate::model::{AppendixKind, Document, Reference, ReferenceKind};

    fn referring(text: &str, raws: &[(&str, &str)]) -> Document {
        let mut body = section(1, "1.", "Nhiệm vụ", &[text]);
        for block in &mut body.blocks {
            block.references = raws
                .iter()
                .map(|(raw, number)| Reference {
                    raw: (*raw).to_owned(),
                    kind: ReferenceKind::Appendix,
                    number: Some((*number).to_owned()),
                    at: at(2, 1),
                    ..Reference::default()
                })
                .collect();
        }
        let labels = ["PHỤ LỤC 1", "PHỤ LỤC 2", "PHỤ LỤC 3", "PHỤ LỤC 3A"];
        let appendix = |(label, line): (&&str, u32)| appendix(line, AppendixKind::Tasks, label, label, &[]);
        document(vec![body], labels.iter().zip([10, 20, 30, 40]).map(appendix).collect())
    }

    #[test]
    fn what_nothing_refers_to_is_found() {
        let text = "(Chi tiết tại Phụ lục 1, Phụ lục III)";
        let document = referring(text, &[("Phụ lục 1", "1"), ("Phụ lục III", "III")]);
        assert_eq!(found(&RULE, &document), [(20, "r002-message")]);
    }

    #[test]
    fn ranges_and_blanket_references_name_all() {
        let ends = [("Phụ lục 1", "1"), ("Phụ lục 3", "3")];
        assert_eq!(found(&RULE, &referring("Theo Phụ lục 1 đến Phụ lục 3 kèm theo.", &ends)), []);
        assert_eq!(found(&RULE, &referring("Chi tiết tại các Phụ lục kèm theo.", &[])), []);
    }
}
