//! R001: the text refers to an appendix that is not there.

use super::references::{LabelKey, Mention, appendix_key};
use super::{Context, Rule};
use crate::finding::{Arg, Audit, Code, Finding, Severity, Text};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "R001", name: "appendix-missing" },
    severity: Severity::Error,
    page: include_str!("../../docs/rules/R001-appendix-missing.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let appendices = &context.document.appendices;
    let keys: Vec<LabelKey> = appendices.iter().filter_map(appendix_key).collect();
    // An appendix whose caption prints no number answers to any.
    if !appendices.is_empty() && keys.is_empty() {
        return;
    }
    // "Bảng 2" may be a table of another document, unless this one numbers its own so.
    let shared = &context.grammar.structure.captions.shared;
    let elsewhere = |mention: &Mention<'_>| {
        shared.contains(&mention.key.word) && !keys.iter().any(|key| key.word == mention.key.word)
    };
    let mut missing: Vec<(&Mention<'_>, Finding)> = Vec::new();
    for mention in context.mentions().iter().filter(|mention| !elsewhere(mention)) {
        if keys.iter().any(|key| key.meets(&mention.key)) {
            continue;
        }
        let known = missing.iter_mut().find(|(first, _)| first.key.meets(&mention.key));
        if let Some((_, finding)) = known {
            finding.related.push(crate::finding::Related {
                at: mention.at.clone(),
                label: Text::words(mention.shown.as_str()),
            });
            continue;
        }
        let found = finding(context, mention);
        missing.push((mention, found));
    }
    audit.findings.extend(missing.into_iter().map(|(_, finding)| finding));
}

fn finding(context: &Context<'_>, mention: &Mention<'_>) -> Finding {
    let message = Text::new("r001-message").with("label", mention.shown.as_str());
    let mut finding = Finding::new(RULE.code, RULE.severity, message, mention.at.clone());
    if let Some((text, start)) = mention.within {
        finding = finding.quoting(text, start..start + mention.raw.len());
    }
    let labels = context.document.appendices.iter().filter_map(|appendix| appendix.label.as_deref());
    let labels: Vec<Arg> = labels.map(Arg::from).collect();
    let key = if labels.is_empty() { "r001-evidence-none" } else { "r001-evidence" };
    finding.because(Text::new(key).with("labels", Arg::List(labels)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{appendix, at, document, found, quoted, section};
    use super::RULE;
    use crate::model::{AppendixKind, Document, Reference, ReferenceKind};

    fn with_references(text: &str, raws: &[(&str, &str)]) -> Document {
        let mut body = section(1, "1.", "Nhiệm vụ", &[text]);
        for block in &mut body.blocks {
            block.references = raws
                .iter()
                .zip(1..)
                .map(|((raw, number), column)| Reference {
                    raw: (*raw).to_owned(),
                    kind: ReferenceKind::Appendix,
                    number: Some((*number).to_owned()),
                    at: at(2, column),
                    ..Reference::default()
                })
                .collect();
        }
        let tasks =
            appendix(10, AppendixKind::Tasks, "PHỤ LỤC 3A", "Nhiệm vụ", &["TT|Tên|Chủ trì", "1|Việc|A"]);
        let targets = appendix(20, AppendixKind::Targets, "PHỤ LỤC II", "Chỉ tiêu", &["TT|Tên|2030"]);
        document(vec![body], vec![tasks, targets])
    }

    #[test]
    fn a_missing_appendix_is_found_once() {
        let text = "(Nhiệm vụ tại Phụ lục 03A, 02, 7; xem thêm Phụ lục 07 kèm theo Chương trình này)";
        let raws = [("Phụ lục 03A", "03A"), ("02", "02"), ("7", "7"), ("Phụ lục 07", "07")];
        assert_eq!(found(&RULE, &with_references(text, &raws)), [(2, "r001-message")]);
    }

    #[test]
    fn the_appendix_of_another_document_is_none_of_this_one() {
        let text = "Thực hiện theo Phụ lục 5 ban hành kèm theo Nghị định số 30/2020/NĐ-CP.";
        assert_eq!(found(&RULE, &with_references(text, &[("Phụ lục 5", "5")])), []);
    }

    #[test]
    fn cells_point_to_appendices_too() {
        let rows = [
            "TT|Tên|Chủ trì",
            "1|Đầu tư các dự án (Phụ lục 09 kèm theo)|A",
            "2|Rà soát Phụ lục 8 của Thông tư 02|A",
        ];
        let tasks = appendix(10, AppendixKind::Tasks, "PHỤ LỤC 1", "Nhiệm vụ", &rows);
        assert_eq!(quoted(&RULE, &document(vec![], vec![tasks])), [(12, "Phụ lục 09".to_owned())]);
    }
}
