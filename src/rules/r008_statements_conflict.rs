//! R008: two statements of one thing that cannot both be meant.

use super::owners::assigned;
use super::prose::{counted_names, funds, grown, named_items, told_totals, written_out};
use super::statements::{Statement, Statements};
use super::targets::twin_columns;
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Related, Severity, Text};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "R008", name: "statements-conflict" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/R008-statements-conflict.md"),
    check,
};

/// How many other places one finding names.
const PLACES: usize = 5;

fn check(context: &Context<'_>, audit: &mut Audit) {
    let statements = Statements::of(context);
    let mut last: Option<&Statement<'_>> = None;
    let mut findings: Vec<Finding> = Vec::new();
    for (later, earlier) in statements.conflicts(context) {
        let related = Related {
            at: place(earlier),
            label: Text::new("r008-related").with("other", earlier.shown.as_str()),
        };
        let again = last.is_some_and(|last| std::ptr::eq(last, later));
        if let (true, Some(finding)) = (again, findings.last_mut()) {
            if finding.related.len() < PLACES {
                finding.related.push(related);
            }
            continue;
        }
        last = Some(later);
        let message = Text::new("r008-message")
            .with("found", later.shown.as_str())
            .with("other", earlier.shown.as_str());
        let shared = statements.shared(later, earlier, &later.shown);
        let mut finding = Finding::new(RULE.code, RULE.severity, message, later.at.clone());
        if let Some((text, range)) = &later.within {
            finding = finding.quoting(text, range.clone());
        }
        if !shared.is_empty() {
            finding = finding.because(Text::new("r008-evidence").with("words", shared));
        }
        finding.related.push(related);
        findings.push(finding);
    }
    audit.findings.append(&mut findings);
    funds::against_appendices(context, audit, &RULE);
    twin_columns::report(context, audit, &RULE);
    written_out::report(context, audit, &RULE);
    named_items::against_rows(context, audit, &RULE);
    assigned::against_tasks(context, audit, &RULE);
    grown::against_tables(context, audit, &RULE);
    counted_names::against_targets(context, audit, &RULE);
    told_totals::against_rows(context, audit, &RULE);
}

fn place(statement: &Statement<'_>) -> crate::span::At {
    statement.at.clone()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed assumption fails the test")]

    use super::super::testing::{appendix, at, document, found, section};
    use super::RULE;
    use crate::model::{AppendixKind, Document, Item, TargetValue};
    use crate::value::{Number, Period, Quantity, Relation, Unit};

    fn percent(raw: &str, relation: Relation, value: i64, line: u32) -> Quantity {
        let number = Some(Number::whole(value));
        let (low, high) = match relation {
            Relation::Ge | Relation::Gt => (number, None),
            Relation::Le | Relation::Lt => (None, number),
            _ => (number, number),
        };
        let unit = Unit {
            raw: "%".to_owned(),
            base: Some("percent".to_owned()),
            factor: Number::whole(1),
            per: None,
            inferred: false,
            evidence: None,
        };
        Quantity {
            raw: Some(raw.to_owned()),
            relation,
            low,
            high,
            unit: Some(unit),
            at: at(line, 5),
            ..Quantity::default()
        }
    }

    /// A document with a paragraph on line 2, a target on line 12 and a task on line 22.
    fn of(body: (&str, &[Quantity]), target: (&str, Quantity), task: (&str, &[Quantity])) -> Document {
        let mut paragraph = section(1, "1.", "Nhiệm vụ", &[body.0]);
        paragraph.blocks.first_mut().unwrap().quantities = body.1.to_vec();
        let mut targets = appendix(
            10,
            AppendixKind::Targets,
            "PHỤ LỤC 1",
            "Chỉ tiêu",
            &["TT|Tên|ĐVT|2030", &format!("1|{}|%|", target.0)],
        );
        if let Some(Item::Target(row)) = targets.items.first_mut() {
            let period = Some(Period::years(2026, 2030));
            row.values = vec![TargetValue { period, value: target.1 }];
        }
        let mut tasks = appendix(
            20,
            AppendixKind::Tasks,
            "PHỤ LỤC 2",
            "Nhiệm vụ",
            &["TT|Tên|Chủ trì", &format!("1|{}|A", task.0)],
        );
        if let Some(Item::Task(row)) = tasks.items.first_mut() {
            row.quantities = task.1.to_vec();
        }
        document(vec![paragraph], vec![targets, tasks])
    }

    #[test]
    fn the_later_of_two_conflicting_statements_is_found() {
        let body = "Rà soát thủ tục; phấn đấu đạt 90% hộ dân nông thôn dùng nước sạch theo quy chuẩn, không để thiếu nước.";
        let document = of(
            (body, &[percent("90%", Relation::Eq, 90, 2)]),
            ("Tỷ lệ hộ dân nông thôn dùng nước sạch theo quy chuẩn", percent("> 90", Relation::Gt, 90, 12)),
            ("100% trường công lập đạt chuẩn quốc gia", &[percent("100%", Relation::Eq, 100, 22)]),
        );
        assert_eq!(found(&RULE, &document), [(12, "r008-message")]);
    }

    #[test]
    fn a_target_and_a_task_that_exceeds_it_conflict() {
        let document = of(
            ("Không có số liệu.", &[]),
            ("Tỷ lệ trường công lập đạt chuẩn quốc gia", percent("85", Relation::Eq, 85, 12)),
            ("100% trường Công lập đạt Chuẩn quốc gia", &[percent("100%", Relation::Eq, 100, 22)]),
        );
        assert_eq!(found(&RULE, &document), [(22, "r008-message")]);
    }

    #[test]
    fn other_things_other_years_and_agreeing_values_are_fine() {
        let target = ("Tỷ lệ lao động qua đào tạo", percent("80", Relation::Eq, 80, 12));
        for body in [
            "Tỷ lệ lao động qua đào tạo có bằng cấp, chứng chỉ đạt 60%.",
            "Năm 2027, tỷ lệ lao động qua đào tạo đạt 60%.",
            "Tỷ lệ lao động nữ qua đào tạo đạt 60%.",
        ] {
            let document =
                of((body, &[percent("60%", Relation::Eq, 60, 2)]), target.clone(), ("Mở lớp nghề", &[]));
            assert_eq!(found(&RULE, &document), [], "{body}");
        }
        let body = "Tỷ lệ lao động qua đào tạo đạt từ 75% trở lên.";
        let document =
            of((body, &[percent("75%", Relation::Ge, 75, 2)]), target.clone(), ("Mở lớp nghề", &[]));
        assert_eq!(found(&RULE, &document), []);
        let body = "Tỷ lệ lao động qua đào tạo đạt 75%.";
        let document = of((body, &[percent("75%", Relation::Eq, 75, 2)]), target, ("Mở lớp nghề", &[]));
        assert_eq!(found(&RULE, &document), [(12, "r008-message")]);
    }
}
