//! O002: one agency stands under several names.

use super::owners::{Spelling, variants};
use super::{Context, Rule};
use crate::finding::{Arg, Audit, Code, Finding, Severity, Text};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "O002", name: "agency-name-variants" },
    severity: Severity::Info,
    page: include_str!("../../docs/rules/O002-agency-name-variants.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    for group in variants(context.document, &context.grammar.owners) {
        let Some(usual) = usual(&group) else { continue };
        let Some(deviating) = group.iter().find(|one| one.first.raw != usual.first.raw) else { continue };
        let names: Vec<Arg> = group.iter().map(|one| counted(one).into()).collect();
        let message = Text::new("o002-message")
            .with("name", usual.first.name.as_str())
            .with("count", group.len())
            .with("names", Arg::List(names));
        let raw = &deviating.first.raw;
        let mut finding = Finding::new(RULE.code, RULE.severity, message, deviating.first.at.clone())
            .quoting(raw, 0..raw.len());
        for one in &group {
            finding = finding.relate(one.first.at.clone(), counted(one));
        }
        audit
            .findings
            .push(finding.suggest(Text::new("o002-suggestion").with("name", usual.first.raw.as_str())));
    }
}

/// The spelling that stands most often, the first one of several.
fn usual<'g, 'a>(group: &'g [Spelling<'a>]) -> Option<&'g Spelling<'a>> {
    group.iter().rev().max_by_key(|one| one.count)
}

fn counted(one: &Spelling<'_>) -> Text {
    Text::new("o002-label").with("name", one.first.raw.as_str()).with("count", one.count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::Tasks;
    use crate::model::ColumnRole;
    use crate::rules::hand::{appendix, document, findings};

    #[test]
    fn one_finding_for_an_agency_stands_at_the_first_unusual_name() {
        let columns = [
            ("TT", ColumnRole::Number),
            ("Nhiệm vụ", ColumnRole::Name),
            ("Chủ trì", ColumnRole::Lead),
            ("Phối hợp", ColumnRole::Coordinators),
        ];
        let rows =
            "1\tA\tBan XDD\tCông an xã\n2\tB\tBan XD Đảng\tBan XDD\n3\tC\tVăn phòng\tBan Xây dựng Đảng";
        let found = findings(&RULE, &document(appendix(Tasks, &columns, rows)));
        let places: Vec<_> =
            found.iter().map(|finding| (finding.at.line, finding.at.column, finding.related.len())).collect();
        assert_eq!(places, [(3, 3, 3)]);
    }
}
