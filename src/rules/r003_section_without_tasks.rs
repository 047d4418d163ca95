//! R003: a task section of the body with no group in the task appendix, and the reverse.

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

use super::references::titles::Alignment;
use super::rows::RowIndex;
use super::{Context, Rule, shorten};
use crate::finding::{Arg, Audit, Code, Finding, Severity, Text};
use crate::model::{Group, Section};
use crate::text::fold;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "R003", name: "section-without-tasks" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/R003-section-without-tasks.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let alignments = context.alignments();
    let mut lists: BTreeMap<usize, Vec<&Alignment<'_>>> = BTreeMap::new();
    for alignment in alignments {
        lists.entry(alignment.list).or_default().push(alignment);
    }
    for alignments in lists.values() {
        sections(context, alignments, audit);
    }
    let mut rows = RowIndex::default();
    for alignment in alignments {
        groups(alignment, &mut rows, audit);
    }
}

/// The sections that no task appendix of their list has a group for.
fn sections(context: &Context<'_>, alignments: &[&Alignment<'_>], audit: &mut Audit) {
    let mut served: FxHashMap<*const Section, ()> = FxHashMap::default();
    for alignment in alignments {
        served.extend(alignment.pairs.iter().map(|(section, _)| (std::ptr::from_ref(*section), ())));
    }
    let Some(first) = alignments.first() else {
        return;
    };
    let labels = alignments.iter().filter_map(|alignment| alignment.appendix.label.as_deref());
    let labels: Vec<Arg> = labels.map(Arg::from).collect();
    let alone = first.sections.iter().filter(|section| !served.contains_key(&std::ptr::from_ref(**section)));
    let means = |section: &Section| {
        let title = section.title.as_deref().map(fold).unwrap_or_default();
        context.grammar.structure.means.iter().any(|words| title.trim_end_matches(['.', ':', ' ']) == words)
    };
    let alone = alone.filter(|section| !means(section) && !is_sentence(section));
    for section in alone.filter(|section| !alignments.iter().any(|it| heading_is_lost(it, section))) {
        let title = section.title.as_deref().unwrap_or_default();
        let message = Text::new("r003-section")
            .with("number", section.number.trim_end_matches('.'))
            .with("title", shorten(title))
            .with("labels", Arg::List(labels.clone()));
        let mut finding = Finding::new(RULE.code, RULE.severity, message, section.at.clone());
        finding = finding.because(evidence(first));
        finding = finding.relate(
            first.appendix.at.clone(),
            Text::words(first.appendix.title.as_deref().map(shorten).unwrap_or_default()),
        );
        audit.findings.push(finding);
    }
}

/// Longest title that may be a heading with a full stop, in bytes.
const HEADING: usize = 110;

/// Whether what stands behind a number is a paragraph of its own, and no heading.
fn is_sentence(section: &Section) -> bool {
    let title = section.title.as_deref().unwrap_or_default();
    title.len() > HEADING && title.ends_with('.') && section.blocks.is_empty() && section.sections.is_empty()
}

/// Whether the section's group may be one whose heading was lost: an inferred group stands between the
/// groups of the sections around.
fn heading_is_lost(alignment: &Alignment<'_>, section: &Section) -> bool {
    let groups = &alignment.appendix.groups;
    let same = |a: &Section, b: &Section| std::ptr::eq(a, b);
    let position = |group: &Group| groups.iter().position(|other| other.id == group.id);
    let Some(at) = alignment.sections.iter().position(|other| same(other, section)) else { return false };
    let group_of = |other: &&Section| {
        let pair = alignment.pairs.iter().find(|(section, _)| same(section, other));
        pair.and_then(|(_, group)| position(group))
    };
    let before = alignment.sections.iter().take(at).rev().find_map(group_of).map_or(0, |at| at + 1);
    let after = alignment.sections.iter().skip(at + 1).find_map(group_of).unwrap_or(groups.len());
    groups.get(before..after).is_some_and(|between| between.iter().any(|group| group.inferred))
}

/// The groups that stand for no section.
fn groups<'a>(alignment: &Alignment<'a>, rows: &mut RowIndex<'a>, audit: &mut Audit) {
    for group in &alignment.groups {
        let title = group.title.as_deref().unwrap_or_default();
        let at = rows.cell_with(alignment.appendix, &group.id, title).unwrap_or(&group.at);
        let message = Text::new("r003-group")
            .with("number", group.number.as_deref().unwrap_or_default().trim_end_matches('.'))
            .with("title", shorten(title));
        let finding =
            Finding::new(RULE.code, RULE.severity, message, at.clone()).because(evidence(alignment));
        audit.findings.push(finding);
    }
}

fn evidence(alignment: &Alignment<'_>) -> Text {
    Text::new("r003-evidence")
        .with("pairs", alignment.pairs.len())
        .with("sections", alignment.sections.len())
        .with("groups", alignment.pairs.len() + alignment.groups.len())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{appendix, document, found, part, section};
    use super::RULE;
    use crate::model::{AppendixKind, Document};

    fn of(titles: &[&str], groups: &[&str]) -> Document {
        let sections =
            titles.iter().zip(2..).map(|(title, line)| section(line, &format!("{}.", line - 1), title, &[]));
        let body = vec![part(1, "I.", "Nhiệm vụ", sections.collect())];
        let mut rows = vec!["TT|Tên|Chủ trì".to_owned()];
        for (k, title) in groups.iter().enumerate() {
            rows.extend([format!("{}|{title}", k + 1), format!("{}.1|Việc|A", k + 1)]);
        }
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        document(body, vec![appendix(20, AppendixKind::Tasks, "PHỤ LỤC 2", "Nhiệm vụ", &rows)])
    }

    #[test]
    fn a_section_without_a_group_is_found() {
        let sections = [
            "Phát triển kinh tế nông thôn",
            "Nâng cao chất lượng giáo dục",
            "Mở rộng quan hệ đối ngoại",
            "Củng cố quốc phòng, an ninh",
        ];
        let groups =
            ["Phát triển kinh tế nông thôn", "Nâng cao chất lượng giáo dục", "Củng cố quốc phòng - an ninh"];
        assert_eq!(found(&RULE, &of(&sections, &groups)), [(4, "r003-section")]);
    }

    #[test]
    fn a_group_without_a_section_is_found() {
        let sections = ["Phát triển kinh tế nông thôn", "Nâng cao chất lượng giáo dục"];
        let groups = ["Phát triển kinh tế", "Cải cách thủ tục hành chính", "Nâng cao chất lượng giáo dục"];
        assert_eq!(found(&RULE, &of(&sections, &groups)), [(24, "r003-group")]);
    }

    #[test]
    fn lists_that_do_not_follow_each_other_are_left_alone() {
        let sections = ["Phát triển kinh tế nông thôn", "Nâng cao chất lượng giáo dục", "Củng cố quốc phòng"];
        let groups = ["Nhiệm vụ thường xuyên", "Nhiệm vụ đột phá", "Phát triển kinh tế nông thôn"];
        assert_eq!(found(&RULE, &of(&sections, &groups)), []);
    }

    #[test]
    fn a_group_whose_heading_was_lost_is_not_missing() {
        let sections = ["Phát triển kinh tế nông thôn", "Nâng cao chất lượng giáo dục", "Củng cố quốc phòng"];
        let mut document = of(&sections, &["Phát triển kinh tế nông thôn", "Củng cố quốc phòng"]);
        assert_eq!(found(&RULE, &document), [(3, "r003-section")]);
        for appendix in &mut document.appendices {
            appendix.groups.insert(1, crate::model::Group { inferred: true, ..Default::default() });
        }
        assert_eq!(found(&RULE, &document), []);
    }

    #[test]
    fn another_order_is_no_missing_section() {
        let sections = ["Phát triển kinh tế nông thôn", "Nâng cao chất lượng giáo dục", "Củng cố quốc phòng"];
        let groups = ["Củng cố quốc phòng", "Phát triển kinh tế nông thôn", "Nâng cao chất lượng giáo dục"];
        assert_eq!(found(&RULE, &of(&sections, &groups)), []);
    }
}
