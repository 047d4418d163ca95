//! N004: counting starts again with no heading between: a heading, and perhaps rows, were lost.

use rustc_hash::FxHashMap;

use super::numbering::{Fault, Node};
use super::rows::RowIndex;
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::{Appendix, Group, Item};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "N004", name: "group-heading-missing" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/N004-group-heading-missing.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let mut rows = RowIndex::default();
    for appendix in &context.document.appendices {
        if appendix.groups.iter().any(|group| group.inferred) {
            inferred(appendix, &mut rows, audit);
        }
    }
    for fault in context.faults() {
        let Fault::Restart { at, before } = fault else {
            continue;
        };
        let message = Text::new("n004-restart").with("number", at.bare()).with("before", before.bare());
        let (place, label) = before.related(&mut rows);
        audit.findings.push(at.finding(&RULE, message, &mut rows).relate(place, label));
    }
}

/// The groups whose headings were lost, each at its first row.
fn inferred<'a>(appendix: &'a Appendix, rows: &mut RowIndex<'a>, audit: &mut Audit) {
    let mut first: FxHashMap<&str, &Item> = FxHashMap::default();
    for item in &appendix.items {
        if let Some(group) = item.group() {
            first.entry(group).or_insert(item);
        }
    }
    let mut last: Option<&Group> = None;
    for group in &appendix.groups {
        if group.inferred {
            let item = first.get(group.id.as_str()).copied();
            let number = item.and_then(Item::number).unwrap_or_default();
            let message = match &group.number {
                Some(missing) => Text::new("n004-message").with("missing", missing.as_str()),
                None => Text::new("n004-unnumbered"),
            };
            let message = message.with("number", number.trim_end_matches('.'));
            let mut finding = match item {
                Some(item) => Node::Item(appendix, item).finding(&RULE, message, rows),
                None => Finding::new(RULE.code, RULE.severity, message, group.at.clone()),
            };
            if let Some(last) = last {
                let (place, label) = Node::Group(appendix, last).related(rows);
                finding = finding.relate(place, label);
            }
            if let Some(evidence) = &group.evidence {
                finding = finding.because(Text::words(evidence.as_str()));
            }
            audit.findings.push(finding);
        } else {
            last = Some(group);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{appendix, document, found, quoted, section};
    use super::super::{n001_duplicate_number, n002_gap_in_numbering};
    use super::RULE;
    use crate::model::{AppendixKind, Group};

    #[test]
    fn an_inferred_group_is_found_at_its_first_row() {
        let rows = ["TT|Tên|Vốn", "I|Đường", "1|Cầu|5", ">1|Trạm|4", "2|Kho|4"];
        let mut projects = appendix(10, AppendixKind::Projects, "PHỤ LỤC 3", "Dự án", &rows);
        let lost = Group {
            id: "3/II".to_owned(),
            number: Some("II".to_owned()),
            inferred: true,
            ..Group::default()
        };
        projects.groups.push(lost);
        for item in projects.items.iter_mut().skip(1) {
            if let crate::model::Item::Project(project) = item {
                project.group = Some("3/II".to_owned());
            }
        }
        let document = document(vec![], vec![projects]);
        assert_eq!(quoted(&RULE, &document), [(14, "1".to_owned())]);
        assert_eq!(found(&n001_duplicate_number::RULE, &document), []);
        assert_eq!(found(&n002_gap_in_numbering::RULE, &document), []);
    }

    #[test]
    fn counting_that_starts_again_is_found_once() {
        let rows =
            ["TT|Tên|Chủ trì", "1|Mở lớp|A", "2|Thăm hỏi|A", "3|Kiểm tra|A", "1|Nạo vét|B", "2|Đắp đê|B"];
        let document =
            document(vec![], vec![appendix(10, AppendixKind::Tasks, "PHỤ LỤC 2", "Nhiệm vụ", &rows)]);
        assert_eq!(found(&RULE, &document), [(15, "n004-restart")]);
        assert_eq!(found(&n001_duplicate_number::RULE, &document), []);
    }

    #[test]
    fn counting_after_a_lead_in_starts_again_by_right() {
        let sections = vec![
            section(1, "1.", "Mở lớp", &[]),
            section(2, "2.", "Thăm hỏi", &["Kiểm tra việc thực hiện các nội dung sau:"]),
            section(4, "1.", "Nhân sự", &[]),
            section(5, "2.", "Kinh phí", &[]),
        ];
        assert_eq!(found(&RULE, &document(sections, vec![])), []);
    }
}
