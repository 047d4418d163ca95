//! V009: a number is split inside its cell.

use std::ops::Range;

use super::printed::{Printed, heading, is_money};
use super::values::broken;
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::{ColumnRole, Origin, RowRole};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "V009", name: "number-broken" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/V009-number-broken.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    in_prose(context, audit);
    for appendix in &context.document.appendices {
        let printed = Printed::of(appendix);
        let columns = printed.positions(|role| is_money(role) || role == ColumnRole::Value);
        for row in printed.rows() {
            if matches!(row.role, RowRole::Header | RowRole::FormulaIndex | RowRole::Note) {
                continue;
            }
            for &position in &columns {
                let Some(cell) = row.cells.get(position).filter(|cell| cell.origin == Origin::Own) else {
                    continue;
                };
                let Some(raw) = cell.raw.as_deref() else { continue };
                let Some(range) = broken(raw) else { continue };
                let joined: String = raw.split_whitespace().collect();
                let header = printed.column(position).map(heading).unwrap_or_default();
                let message = Text::new("v009-message").with("value", raw).with("column", header);
                let finding = Finding::new(RULE.code, RULE.severity, message, cell.at.clone())
                    .quoting(raw, range)
                    .suggest(Text::new("v009-suggestion").with("value", joined));
                audit.findings.push(finding);
            }
        }
    }
}

/// "589 ,4 tỷ đồng" in running text: a space before the decimal mark.
fn in_prose(context: &Context<'_>, audit: &mut Audit) {
    for passage in context.passages().into_iter().filter(|passage| passage.text.contains(" ,")) {
        let Some(range) = broken_in_words(passage.text) else { continue };
        let value = passage.text.get(range.clone()).unwrap_or_default();
        let joined: String = value.split_whitespace().collect();
        let message = Text::new("v009-message-words").with("value", value);
        let finding = Finding::new(RULE.code, RULE.severity, message, passage.at.clone())
            .quoting(passage.text, range)
            .suggest(Text::new("v009-suggestion").with("value", joined));
        audit.findings.push(finding);
    }
}

/// A number with a space before its comma, of which one or two digits stand behind it: more would be the next of a list.
fn broken_in_words(text: &str) -> Option<Range<usize>> {
    text.match_indices(" ,").find_map(|(at, mark)| {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let before =
            text.get(..at)?.bytes().rev().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let after = digits(text.get(at + mark.len()..)?);
        let end = at + mark.len() + after;
        let goes_on = text.get(end..)?.starts_with(|c: char| c.is_alphanumeric() || c == '/');
        (before > 0 && (1..=2).contains(&after) && !goes_on).then_some(at - before..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::Projects;
    use crate::rules::hand::{appendix, document, places};

    #[test]
    fn a_split_number_is_found_and_thousands_with_spaces_pass() {
        let columns = [
            ("TT", ColumnRole::Number),
            ("Dự án tổ 2, 10, 11", ColumnRole::Name),
            ("Tổng", ColumnRole::Total),
            ("Năm", ColumnRole::Year),
        ];
        let rows = "1\tĐường tổ 1 , 2\t2.315 ,0\t1 250 000\n2\tCầu\t1.500\t1 .500";
        assert_eq!(places(&RULE, &document(appendix(Projects, &columns, rows))), [(2, 3), (3, 4)]);
    }
}
