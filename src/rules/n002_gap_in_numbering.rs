//! N002: numbers are missing among siblings.

use super::numbering::{Fault, Node};
use super::rows::RowIndex;
use super::{Context, Rule};
use crate::finding::{Audit, Code, Severity, Text};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "N002", name: "gap-in-numbering" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/N002-gap-in-numbering.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let mut rows = RowIndex::default();
    for fault in context.faults() {
        let Fault::Gap { at, before, missing } = fault else {
            continue;
        };
        let key = if before.is_some() { "n002-message" } else { "n002-start" };
        let message = Text::new(key)
            .with("number", at.bare())
            .with("before", before.map(Node::bare).unwrap_or_default())
            .with("missing", missing.clone());
        let mut finding = at.finding(&RULE, message, &mut rows);
        if let Some(before) = before {
            let (place, label) = before.related(&mut rows);
            finding = finding.relate(place, label);
        }
        if let Node::Item(appendix, item) = *at
            && rows.row(appendix, item.id()).is_some_and(|row| row.after_break)
        {
            finding = finding.because(Text::new("n002-evidence-break"));
        }
        audit.findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{appendix, document, findings, found, part, section};
    use super::RULE;
    use crate::finding::Arg;
    use crate::model::{AppendixKind, Document, Section};

    fn sections(numbers: &[&str]) -> Document {
        let section = |(number, line): (&&str, u32)| section(line, number, "Việc", &[]);
        document(numbers.iter().zip(1..).map(section).collect::<Vec<Section>>(), vec![])
    }

    fn missing(document: &Document) -> Vec<String> {
        let text = |arg: &Arg| match arg {
            Arg::Str(text) => text.clone(),
            _ => String::new(),
        };
        let list = |arg: &Arg| match arg {
            Arg::List(list) => list.iter().map(text).collect::<Vec<_>>().join(" "),
            _ => String::new(),
        };
        let args = |finding: crate::finding::Finding| finding.message.args;
        findings(&RULE, document)
            .into_iter()
            .flat_map(args)
            .filter(|(name, _)| *name == "missing")
            .map(|(_, arg)| list(&arg))
            .collect()
    }

    #[test]
    fn a_gap_names_what_is_missing_in_its_own_writing() {
        assert_eq!(missing(&sections(&["1.", "2.", "4."])), ["3"]);
        assert_eq!(missing(&sections(&["I.", "IV."])), ["II III"]);
        assert_eq!(missing(&sections(&["a)", "b)", "d)"])), ["c"]);
        assert_eq!(missing(&sections(&["Điều 1.", "Điều 3."])), ["Điều 2"]);
        assert_eq!(missing(&sections(&["Phần thứ nhất", "Phần thứ tư"])), ["Phần 2 Phần 3"]);
        assert_eq!(missing(&sections(&["8.1.", "8.2.", "8.7."])), ["8.3–8.6"]);
        assert_eq!(missing(&sections(&["2.", "3."])), ["1"]);
    }

    #[test]
    fn every_usual_way_of_counting_is_without_gaps() {
        for numbers in [
            &["8.8.", "8.9.", "8.10.", "8.11."][..]
                .iter()
                .map(|x| {
                    x.replace("8.8", "8.1")
                        .replace("8.9", "8.2")
                        .replace("8.10", "8.3")
                        .replace("8.11", "8.4")
                })
                .collect::<Vec<_>>(),
            &["a)", "b)", "c)", "d)", "đ)", "e)", "g)", "h)", "i)", "k)"].map(str::to_owned).to_vec(),
            &["a)", "b)", "c)", "d)", "e)", "f)", "g)"].map(str::to_owned).to_vec(),
            &["A", "B", "C", "D", "Đ", "E"].map(str::to_owned).to_vec(),
            &["A.", "B.", "C."].map(str::to_owned).to_vec(),
            &["I", "II", "III", "IV", "V"].map(str::to_owned).to_vec(),
            &["Chương I", "Chương II"].map(str::to_owned).to_vec(),
            &["(1)", "(2)"].map(str::to_owned).to_vec(),
            &["i)", "ii)", "iii)"].map(str::to_owned).to_vec(),
            &(1..=12).map(|n| format!("8.{n}")).collect::<Vec<_>>(),
        ] {
            let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
            assert_eq!(missing(&sections(&numbers)), [""; 0], "{numbers:?}");
        }
    }

    #[test]
    fn articles_may_run_on_through_chapters() {
        let articles = |line: u32, numbers: &[&str]| -> Vec<Section> {
            numbers.iter().zip(line..).map(|(number, line)| section(line, number, "Việc", &[])).collect()
        };
        let body = vec![
            part(1, "Chương I", "A", articles(2, &["Điều 1.", "Điều 2."])),
            part(4, "Chương II", "B", articles(5, &["Điều 3.", "Điều 4."])),
            part(7, "Chương III", "C", articles(8, &["Điều 6."])),
        ];
        assert_eq!(found(&RULE, &document(body, vec![])), [(8, "n002-message")]);
    }

    #[test]
    fn targets_may_run_on_through_groups_and_subgroups_through_parts() {
        let rows = ["TT|Tên|2030", "I|Kinh tế", "1|Thu|5", "2|Chi|4", "II|Xã hội", "3|Nghèo|1", "5|Học|9"];
        let running = appendix(10, AppendixKind::Targets, "PHỤ LỤC 1", "Chỉ tiêu", &rows);
        assert_eq!(missing(&document(vec![], vec![running])), ["4"]);
        let mut parts = appendix(
            10,
            AppendixKind::Projects,
            "PHỤ LỤC 3",
            "Dự án",
            &[
                "TT|Tên|Vốn",
                "A|Chuyển tiếp",
                "I|Đường",
                "1|Cầu|5",
                "II|Kè",
                "1|Kè|5",
                "B|Mới",
                "III|Trường",
                "1|Trường|5",
            ],
        );
        for (group, parent) in
            parts.groups.iter_mut().zip([None, Some("3/A"), Some("3/A"), None, Some("3/B")])
        {
            group.parent = parent.map(str::to_owned);
        }
        assert_eq!(missing(&document(vec![], vec![parts])), [""; 0]);
    }

    #[test]
    fn an_inferred_group_fills_its_gap_and_may_start_anywhere() {
        let rows = ["TT|Tên|Vốn", "I|Đường", "1|Cầu|5", "III|Trường", "1|Trường|5"];
        let mut projects = appendix(10, AppendixKind::Projects, "PHỤ LỤC 3", "Dự án", &rows);
        assert_eq!(missing(&document(vec![], vec![projects.clone()])), ["II"]);
        let lost = crate::model::Group { id: "3/?".to_owned(), inferred: true, ..Default::default() };
        projects.groups.insert(1, lost);
        assert_eq!(missing(&document(vec![], vec![projects])), [""; 0]);
    }

    #[test]
    fn parts_of_items_count_by_themselves() {
        let rows = [
            "TT|Tên|2030",
            "1|Thu|5",
            "1.1|Thuế|2",
            "1.2|Phí|3",
            "2|Chi|4",
            "2.1|Đầu tư|4",
            "a|Xã|1",
            "b|Huyện|1",
            "3|Nợ|0",
            "a|Xã|1",
        ];
        let targets = appendix(10, AppendixKind::Targets, "PHỤ LỤC 1", "Chỉ tiêu", &rows);
        assert_eq!(missing(&document(vec![], vec![targets])), [""; 0]);
    }
}
