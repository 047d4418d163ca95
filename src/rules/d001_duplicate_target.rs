//! D001: one target stands twice.

use super::duplicates::{Difference, Pair, Strictness, called, finding, pairs, parent, scope_of};
use super::printed::brief;
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::{Item, Target};
use crate::text::fold;
use crate::value::Unit;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "D001", name: "duplicate-target" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/D001-duplicate-target.md"),
    check,
};

/// Fewest words of a part's name that says by itself what it is.
const SPEAKING: usize = 6;

fn check(context: &Context<'_>, audit: &mut Audit) {
    let locality = context.document.header.locality.as_deref();
    let of_which = |name: &str| context.grammar.arithmetic.of_which.matches(name);
    let scope_in = |item: &Item| scope(item, of_which);
    for appendix in context.target_tables() {
        for pair in pairs(appendix, locality, &context.grammar.duplicates, Strictness::Words, scope_in) {
            // Of a count only the very name can stand in two units.
            if pair.difference != Difference::None && unit(pair.first.0) != unit(pair.later.0) {
                continue;
            }
            audit.findings.push(finding(sentence(&pair), appendix, &pair));
        }
    }
}

/// The unit of a target.
fn unit(item: &Item) -> Option<&str> {
    let Item::Target(target) = item else { return None };
    target.unit.as_ref().map(|unit| unit.raw.as_str())
}

/// Fewest words of a count that says by itself what is counted: "Số bài báo quốc tế".
const COUNT_WORDS: usize = 4;

/// Whether a target counts things, so that its unit is their name: of these there is only one.
fn counts(target: &Target) -> bool {
    let measured =
        |unit: &Unit| matches!(unit.base.as_deref(), Some("VND" | "USD" | "EUR" | "percent" | "permille"));
    let name = fold(&target.name);
    !target.unit.as_ref().is_some_and(measured)
        && name.starts_with(COUNT)
        && name.split(' ').count() >= COUNT_WORDS
}

/// What the name of a count begins with, folded.
const COUNT: &str = "so ";

/// Targets are compared within their unit, but for counts; parts with short names, and those that are some of it ("Trong đó: …"),
/// within their parent.
fn scope(item: &Item, of_which: impl Fn(&str) -> bool) -> Option<u64> {
    let Item::Target(target) = item else { return None };
    let short = target.name.split_whitespace().count() < SPEAKING;
    let parent = parent(item).filter(|_| short || of_which(&target.name));
    let unit = unit(item).filter(|_| !counts(target));
    (!target.deferred).then(|| scope_of(&[unit, parent]))
}

fn sentence(pair: &Pair<'_>) -> Finding {
    let key = if pair.difference == Difference::None { "d001-message" } else { "d001-message-near" };
    let message = Text::new(key).with("name", brief(pair.later.0.name())).with("number", called(pair));
    let sentence = Finding::new(RULE.code, RULE.severity, message, pair.later.0.at().clone());
    let (Some(first), Some(later)) = (values(pair.first.0), values(pair.later.0)) else { return sentence };
    if first == later {
        sentence
    } else {
        sentence.suggest(Text::new("d001-suggestion-values").with("first", first).with("later", later))
    }
}

/// The printed values of a target.
fn values(item: &Item) -> Option<String> {
    let Item::Target(target) = item else { return None };
    let target: &Target = target;
    let raws: Vec<&str> = target.values.iter().filter_map(|value| value.value.raw.as_deref()).collect();
    (!raws.is_empty()).then(|| raws.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::hand::in_targets;

    fn found(rows: &str) -> Vec<(u32, u32)> {
        in_targets(&RULE, rows)
    }

    #[test]
    fn a_target_of_the_same_name_and_unit_is_found_where_it_stands_again() {
        assert_eq!(
            found(
                "I\tKinh tế\t\t\n1\tSản lượng lương thực\tTấn\t12.600\nII\tXã hội\t\t\n2\tSản lượng lương thực\tTấn\t12.600"
            ),
            [(5, 2)]
        );
    }

    #[test]
    fn other_units_deferring_rows_and_parts_of_other_rows_pass() {
        assert_eq!(found("1\tGRDP bình quân\tTriệu đồng\t1\n2\tGRDP bình quân\tUSD\t1"), []);
        assert_eq!(
            found("1\tCác chỉ tiêu khác theo phân cấp\t\t\n2\tCác chỉ tiêu khác theo phân cấp\t\t"),
            []
        );
        assert_eq!(
            found(
                "1\tNgân sách xã\tTỷ đồng\t1\n-\tThu\tTỷ đồng\t1\n2\tNgân sách quỹ\tTỷ đồng\t1\n-\tThu\tTỷ đồng\t1"
            ),
            []
        );
        assert_eq!(
            found("1\tSố trường đạt chuẩn mức 1\tTrường\t1\n2\tSố trường đạt chuẩn mức 2\tTrường\t1"),
            []
        );
    }

    #[test]
    fn the_same_lines_under_other_years_or_in_a_grid_pass() {
        assert_eq!(
            found(
                "I\tĐến năm 2030\t\t\n1\tTỷ lệ đô thị hóa\t%\t42\nII\tĐến năm 2045\t\t\n1\tTỷ lệ đô thị hóa\t%\t60"
            ),
            []
        );
        let grid = "I\tẤp Phú Thọ\t\t\n1\tHộ nghèo\tHộ\t1\n2\tDiện tích\tha\t1\n3\tDân số\tNgười\t1\nII\tẤp Phú Hòa\t\t\n1\tHộ nghèo\tHộ\t1\n2\tDiện tích\tha\t1\n3\tDân số\tNgười\t1";
        assert_eq!(found(grid), []);
    }
}
