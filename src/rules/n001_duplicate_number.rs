//! N001: the same number twice among siblings, or the same label on two appendices.

use rustc_hash::FxHashMap;

use super::numbering::Fault;
use super::rows::RowIndex;
use super::{Context, Rule, shorten};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::Appendix;
use crate::text::fold;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "N001", name: "duplicate-number" },
    severity: Severity::Error,
    page: include_str!("../../docs/rules/N001-duplicate-number.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let mut rows = RowIndex::default();
    for fault in context.faults() {
        let Fault::Duplicate { at, first, instead } = fault else {
            continue;
        };
        let message = Text::new("n001-message").with("number", at.bare());
        let (place, label) = first.related(&mut rows);
        let mut finding = at.finding(&RULE, message, &mut rows).relate(place, label);
        if let Some(number) = instead {
            finding = finding.suggest(Text::new("n-suggestion").with("number", number.as_str()));
        }
        audit.findings.push(finding);
    }
    appendices(context, audit);
}

/// Two captions with one label and different titles; a caption that is repeated on the next page has the
/// same title.
fn appendices(context: &Context<'_>, audit: &mut Audit) {
    let mut known: FxHashMap<String, &Appendix> = FxHashMap::default();
    for appendix in &context.document.appendices {
        let (Some(label), Some(title)) = (&appendix.label, &appendix.title) else {
            continue;
        };
        if !label.ends_with(|c: char| c.is_alphanumeric()) || !label.contains(char::is_whitespace) {
            continue;
        }
        let key = fold(label);
        let Some(first) = known.get(key.as_str()) else {
            known.insert(key, appendix);
            continue;
        };
        if first.title.as_deref().map(fold) == Some(fold(title)) {
            continue;
        }
        let message = Text::new("n001-appendix").with("label", label.as_str());
        let words = first.title.as_deref().map(shorten).unwrap_or_default();
        let finding = Finding::new(RULE.code, RULE.severity, message, appendix.at.clone())
            .quoting(label, 0..label.len())
            .relate(first.at.clone(), Text::words(words));
        audit.findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{appendix, document, found, quoted, section};
    use super::RULE;
    use crate::model::AppendixKind;

    #[test]
    fn the_second_of_two_equal_numbers_is_found() {
        let rows = ["TT|Tên|Chủ trì", "1|Mở lớp|A", "2|Thăm hỏi|A", "2|Kiểm tra|A", "3|Báo cáo|B"];
        let tasks = appendix(10, AppendixKind::Tasks, "PHỤ LỤC 2", "Nhiệm vụ", &rows);
        assert_eq!(quoted(&RULE, &document(vec![], vec![tasks])), [(14, "2".to_owned())]);
    }

    #[test]
    fn groups_that_start_anew_repeat_no_number() {
        let rows = [
            "TT|Tên|Chủ trì",
            "I|Kinh tế",
            "1|Mở chợ|A",
            "2|Nạo vét|A",
            "II|Xã hội",
            "1|Mở lớp|A",
            "2|Thăm hỏi|A",
        ];
        let tasks = appendix(10, AppendixKind::Tasks, "PHỤ LỤC 2", "Nhiệm vụ", &rows);
        assert_eq!(found(&RULE, &document(vec![], vec![tasks])), []);
    }

    #[test]
    fn sections_and_captions_count_too() {
        let sections =
            vec![section(1, "I.", "A", &[]), section(2, "II.", "B", &[]), section(3, "II.", "C", &[])];
        let appendices = vec![
            appendix(10, AppendixKind::Tasks, "PHỤ LỤC 2", "Nhiệm vụ", &[]),
            appendix(20, AppendixKind::Other, "PHỤ LỤC 2", "Dự án", &[]),
            appendix(30, AppendixKind::Other, "PHỤ LỤC 3", "Đề án", &[]),
            appendix(40, AppendixKind::Other, "PHỤ LỤC 3", "ĐỀ ÁN", &[]),
        ];
        assert_eq!(
            found(&RULE, &document(sections, appendices)),
            [(3, "n001-message"), (20, "n001-appendix")]
        );
    }
}
