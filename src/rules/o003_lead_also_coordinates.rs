//! O003: the agency that leads a task also stands among those that coordinate.

use super::owners::body_tasks::Placed;
use super::printed::brief;
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::{ColumnRole, Item};
use crate::syntax::agency;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "O003", name: "lead-also-coordinates" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/O003-lead-also-coordinates.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let owners = &context.grammar.owners;
    for item in context.document.appendices.iter().flat_map(|appendix| &appendix.items) {
        let Item::Task(task) = item else { continue };
        for agency in &task.coordinators {
            let same = task.lead.iter().find(|lead| !lead.key.is_empty() && lead.key == agency.key);
            let Some(lead) = same.filter(|_| !owners.is_collective(&agency.raw)) else { continue };
            let severity =
                if lead.inferred || agency.inferred { RULE.severity.lowered() } else { RULE.severity };
            let message =
                Text::new("o003-message").with("agency", agency.raw.as_str()).with("name", brief(&task.name));
            let mut finding = Finding::new(RULE.code, severity, message, agency.at.clone())
                .quoting(&agency.raw, 0..agency.raw.len())
                .relate(lead.at.clone(), Text::new("o003-label-lead"));
            if lead.inferred {
                finding = finding.because(Text::new("o003-evidence-inferred"));
            }
            audit.findings.push(finding);
        }
    }
    in_words(context, audit);
}

/// Tasks that the body states with who leads and who takes part.
fn in_words(context: &Context<'_>, audit: &mut Audit) {
    let agencies = |stated: &Placed<'_>| agency::agencies(stated.words(), &context.grammar.agencies);
    for task in context.body_tasks() {
        let (Some(lead), Some(others)) =
            (task.value(&[ColumnRole::Lead]), task.value(&[ColumnRole::Coordinators]))
        else {
            continue;
        };
        let leads = agencies(lead);
        for (range, agency) in agencies(others) {
            let same = leads.iter().any(|(_, lead)| !lead.key.is_empty() && lead.key == agency.key);
            if !same || context.grammar.owners.is_collective(&agency.raw) {
                continue;
            }
            let message = Text::new("o003-message")
                .with("agency", agency.raw.as_str())
                .with("name", brief(task.name()));
            let start = others.field.value.start;
            let finding = Finding::new(RULE.code, RULE.severity, message, others.at.clone())
                .quoting(others.text, start + range.start..start + range.end)
                .relate(lead.at.clone(), Text::new("o003-label-lead"));
            audit.findings.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::Tasks;
    use crate::rules::hand::{appendix, document, findings};

    fn found(rows: &str) -> Vec<(u32, u32, Severity)> {
        let columns = [
            ("TT", ColumnRole::Number),
            ("Nhiệm vụ", ColumnRole::Name),
            ("Chủ trì", ColumnRole::Lead),
            ("Phối hợp", ColumnRole::Coordinators),
        ];
        let found = findings(&RULE, &document(appendix(Tasks, &columns, rows)));
        found.iter().map(|finding| (finding.at.line, finding.at.column, finding.severity)).collect()
    }

    #[test]
    fn an_agency_in_both_columns_is_found_where_it_coordinates() {
        assert_eq!(
            found("1\tA\tTrạm Y tế\tCông an xã; Trạm Y tế\n2\tB\tTrạm Y tế\tCông an xã"),
            [(2, 4, Severity::Warning)]
        );
        assert_eq!(found("1\tA\tVăn phòng\tCông an\n2\tB\t^\tVăn phòng"), [(3, 4, Severity::Info)]);
    }

    #[test]
    fn groups_of_agencies_pass() {
        assert_eq!(found("1\tA\tCác chi bộ\tCác chi bộ"), []);
    }
}
