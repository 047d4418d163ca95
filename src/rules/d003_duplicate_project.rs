//! D003: one project stands twice.

use super::duplicates::{Difference, Pair, Strictness, called, finding, pairs, scope_of};
use super::printed::brief;
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::Item;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "D003", name: "duplicate-project" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/D003-duplicate-project.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let locality = context.document.header.locality.as_deref();
    for appendix in &context.document.appendices {
        if !appendix.items.iter().any(|item| matches!(item, Item::Project(_))) {
            continue;
        }
        for pair in pairs(appendix, locality, &context.grammar.duplicates, Strictness::Likeness, scope) {
            audit.findings.push(finding(sentence(&pair), appendix, &pair));
        }
        for pair in pairs(appendix, locality, &context.grammar.duplicates, Strictness::Words, anywhere) {
            if pair.difference == Difference::None
                && scope(pair.first.0) != scope(pair.later.0)
                && proper(&pair)
            {
                let mut found = sentence(&pair);
                found.severity = found.severity.lowered();
                let found = found.because(Text::new("d003-evidence-place"));
                audit.findings.push(finding(found, appendix, &pair));
            }
        }
    }
}

/// All projects, wherever they are built.
fn anywhere(item: &Item) -> Option<u64> {
    matches!(item, Item::Project(_)).then_some(0)
}

/// Whether the name of a pair says itself which thing is meant: "Trường Tiểu học Trà Bá" is at one place, "Xây mới nhà văn hóa" may be
/// at many.
fn proper(pair: &Pair<'_>) -> bool {
    let words: Vec<&str> = pair.later.0.name().split_whitespace().skip(1).collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
    words.len() >= NAMED && words.windows(2).any(|pair| pair.iter().all(capital))
}

/// Fewest words behind the first of a name that says itself which thing is meant.
const NAMED: usize = 4;

/// Projects are compared within one place of building.
fn scope(item: &Item) -> Option<u64> {
    match item {
        Item::Project(project) => Some(scope_of(&[project.location.as_deref()])),
        Item::Target(_) | Item::Task(_) | Item::Plan(_) => None,
    }
}

fn sentence(pair: &Pair<'_>) -> Finding {
    let key = if pair.difference == Difference::None { "d003-message" } else { "d003-message-near" };
    let message = Text::new(key).with("name", brief(pair.later.0.name())).with("number", called(pair));
    Finding::new(RULE.code, RULE.severity, message, pair.later.0.at().clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::Projects;
    use crate::model::ColumnRole;
    use crate::rules::hand::{appendix, document, places};

    fn found(rows: &str) -> Vec<(u32, u32)> {
        let columns =
            [("TT", ColumnRole::Number), ("Dự án", ColumnRole::Name), ("Địa điểm", ColumnRole::Location)];
        places(&RULE, &document(appendix(Projects, &columns, rows)))
    }

    #[test]
    fn a_project_that_stands_again_is_found() {
        let rows = "1\tCải tạo vỉa hè ngõ 12 phố Lý Thái\tTổ 1\n2\tCải tạo vỉa hè, ngõ 12 phố Lý Thái\tTổ 1\n3\tCải tạo vỉa hè ngõ 14 phố Lý Thái\tTổ 1";
        assert_eq!(found(rows), [(3, 2)]);
    }

    #[test]
    fn the_same_words_at_another_place_and_unnumbered_parts_pass() {
        assert_eq!(found("1\tXây mới nhà văn hóa\tTổ 1\n2\tXây mới nhà văn hóa\tTổ 2"), []);
        let named = "1\tSửa chữa Trường Tiểu học Trà Bá\tTổ 1\n2\tSửa chữa Trường Tiểu học Trà Bá\tTổ 2";
        assert_eq!(found(named), [(3, 2)]);
        assert_eq!(found("1\tĐường A\t\n\tXây lắp\t\n2\tĐường B\t\n\tXây lắp\t"), []);
    }
}
