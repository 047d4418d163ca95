//! V003: a cell is meant as a number and cannot be read as one.

use rustc_hash::FxHashSet;

use super::printed::{Printed, brief, place_of};
use super::values::{Shape, broken, meant_as_number, placeholder, shape, without_words};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::{Appendix, Item};
use crate::span::At;
use crate::value::{Quantity, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "V003", name: "value-unreadable" },
    severity: Severity::Error,
    page: include_str!("../../docs/rules/V003-value-unreadable.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    for appendix in &context.document.appendices {
        // The row of a group with amounts is a total too.
        let mut seen: FxHashSet<(u32, u32)> = FxHashSet::default();
        for (quantity, name, row) in quantities(appendix) {
            let Some(raw) = quantity.raw.as_deref() else { continue };
            let words = without_words(raw, &context.grammar.units);
            let slips = words.chars().any(|c| c.is_alphabetic() || c == '?');
            let among_words = words != raw && slips && meant_as_number(words);
            let meant = meant_as_number(raw) || among_words;
            let unread = quantity.relation == Relation::None && meant;
            if unread && broken(raw).is_none() && !placeholder(raw) {
                let message = Text::new("v003-message").with("value", raw).with("name", brief(name));
                let at = place_of(quantity, row);
                if !seen.insert(at.span) {
                    continue;
                }
                let mut finding = Finding::new(RULE.code, RULE.severity, message, at);
                if let Some(digits) = as_digits(words) {
                    finding = finding.suggest(Text::new("v003-suggestion").with("value", digits));
                }
                audit.findings.push(finding);
            }
        }
    }
}

/// Every value of an appendix with the name of its row and the row's place.
fn quantities(appendix: &Appendix) -> Vec<(&Quantity, &str, &At)> {
    let mut out = Vec::new();
    for (item, row) in Printed::of(appendix).items() {
        let at = row.map_or(item.at(), |row| &row.at);
        if let Item::Target(target) = item {
            out.extend(target.values.iter().map(|value| (&value.value, item.name(), at)));
        }
        out.extend(item.amounts().iter().map(|amount| (&amount.value, item.name(), at)));
    }
    for group in &appendix.groups {
        let amounts = group.amounts.iter().flatten();
        out.extend(
            amounts.map(|amount| (&amount.value, group.title.as_deref().unwrap_or_default(), &group.at)),
        );
    }
    for total in &appendix.totals {
        out.extend(total.amounts.iter().map(|amount| (&amount.value, total.label.as_str(), &total.at)));
    }
    out
}

/// The digits that the letters look like; nothing where that leaves no number.
fn as_digits(raw: &str) -> Option<String> {
    let digit = |c: char| match c {
        'O' | 'o' | 'Q' | 'D' => '0',
        'l' | 'I' | 'i' | '|' => '1',
        'S' | 's' => '5',
        'B' => '8',
        'Z' | 'z' => '2',
        'q' | 'g' => '9',
        'G' | 'b' => '6',
        _ => c,
    };
    let read: String = raw.trim().chars().map(digit).collect();
    let read_shape = shape(&read);
    let number = read.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    (number && read != raw.trim() && read_shape != Shape::Malformed).then_some(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::{Projects, Targets};
    use crate::model::ColumnRole;
    use crate::rules::hand::{appendix, document, findings, places};

    const TARGETS: &[(&str, ColumnRole)] =
        &[("TT", ColumnRole::Number), ("Chỉ tiêu", ColumnRole::Name), ("2030", ColumnRole::Value)];

    #[test]
    fn digits_read_as_letters_are_found_with_what_they_look_like() {
        let document = document(appendix(Targets, TARGETS, "1\tA\t5?,O\n2\tB\t8O,5\n3\tC\t80,5"));
        let found = findings(&RULE, &document);
        assert_eq!(
            found.iter().map(|finding| (finding.at.line, finding.at.column)).collect::<Vec<_>>(),
            [(2, 3), (3, 3)]
        );
        assert_eq!(found.first().map(|finding| finding.suggestion.is_some()), Some(false));
        assert_eq!(
            found.get(1).and_then(|finding| finding.suggestion.clone()),
            Some(Text::new("v003-suggestion").with("value", "80,5"))
        );
    }

    #[test]
    fn words_around_a_misread_number_are_left_out() {
        let rows = "1\tA\tTừ 30,O trở lên\n2\tB\tĐạt 8S\n3\tC\tĐạt chuẩn mức 2\n4\tD\tĐạt 85";
        assert_eq!(places(&RULE, &document(appendix(Targets, TARGETS, rows))), [(2, 3), (3, 3)]);
    }

    #[test]
    fn cells_in_words_and_broken_numbers_pass() {
        let rows = "1\tA\tĐạt\n2\tB\tTop 10\n3\tC\t-\n4\tD\t1 .500\n5\tE\tx\n6\tF\t…\n7\tG\t";
        assert_eq!(places(&RULE, &document(appendix(Targets, TARGETS, rows))), []);
    }

    #[test]
    fn money_and_totals_are_looked_at() {
        let columns = [("TT", ColumnRole::Number), ("Dự án", ColumnRole::Name), ("Tổng", ColumnRole::Total)];
        let rows = "1\tĐường\t12.5O0\n=\tTổng cộng\t1..500";
        assert_eq!(places(&RULE, &document(appendix(Projects, &columns, rows))), [(2, 3), (3, 3)]);
    }
}
