//! V005: a target's unit does not fit what the target measures.

use super::printed::{Printed, brief, cell, own, place};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::grammar::phrase::plain;
use crate::grammar::{Concepts, Unfit};
use crate::model::{ColumnRole, Item, Target, TargetValue};
use crate::text::fold;
use crate::value::{Number, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "V005", name: "unit-unfit" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/V005-unit-unfit.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let concepts = &context.grammar.concepts;
    for appendix in context.target_tables() {
        let printed = Printed::of(appendix);
        let column = printed.position(ColumnRole::Unit);
        for (item, row) in printed.items() {
            let Item::Target(target) = item else { continue };
            let Some(unit) = target.unit.as_ref().filter(|unit| !unit.inferred) else { continue };
            let unfit = unfit(target, concepts).map(|unfit| unfit.concept.as_str());
            let Some(concept) = unfit.or_else(|| exceeds_all(context, target).then_some("")) else {
                continue;
            };
            let cell = cell(row, column).filter(|cell| own(cell).is_some());
            let message = Text::new(message(concept))
                .with("name", brief(&target.name))
                .with("unit", unit.raw.as_str())
                .with("value", values(target));
            audit.findings.push(
                Finding::new(RULE.code, RULE.severity, message, place(cell, row, &target.at))
                    .suggest(Text::new(suggestion(concept))),
            );
        }
    }
}

/// Why the unit of a target does not fit its name.
fn unfit<'c>(target: &Target, concepts: &'c Concepts) -> Option<&'c Unfit> {
    let unit = target.unit.as_ref()?;
    let classes = concepts.classes_of(unit);
    let classed = |unfit: &&Unfit| unfit.classes.iter().any(|class| classes.contains(&class.as_str()));
    let mut candidates = concepts.unfit.iter().filter(classed).peekable();
    candidates.peek()?;
    let name = plain(&target.name);
    let of_counted = target.values.iter().any(|value| value.value.relation == Relation::Of);
    candidates.find(|unfit| {
        concepts.speaks_of(&unfit.concept, &name)
            && unfit.at_most.is_none_or(|limit| {
                let mut numbers = target.values.iter().flat_map(|value| [value.value.low, value.value.high]).flatten().peekable();
                numbers.peek().is_some() && numbers.all(|number| number <= limit && !number.is_zero())
            })
            // "5/7 trường" of a share counts the parts of a whole.
            && !(unfit.concept == "share" && of_counted)
    })
}

/// What the name of a count begins with, in lower case.
const COUNT: &str = "số ";

/// Concepts of which a percentage may be a multiple of the whole.
const OPEN: &[&str] = &["share", "growth", "index", "unit_interval_index"];

/// Whether a count in percent is more than all there is: one of its values where the name says that it is a count, otherwise each
/// of them by far.
/// What is compared with another year or thing may be any share of it.
fn exceeds_all(context: &Context<'_>, target: &Target) -> bool {
    let concepts = &context.grammar.concepts;
    if context.grammar.statements.compares_in(&fold(&target.name)) {
        return false;
    }
    let percent = target.unit.as_ref().is_some_and(|unit| unit.base.as_deref() == Some("percent"));
    let above = |limit: i64| {
        let limit = Number::whole(limit);
        move |value: &TargetValue| value.value.low.is_some_and(|low| low > limit)
    };
    let name = plain(&target.name);
    let by_far = || {
        let far = target.values.iter().all(above(200)) && target.values.len() > 1;
        far && !OPEN.iter().any(|concept| concepts.speaks_of(concept, &name))
    };
    percent && (name.starts_with(COUNT) && target.values.iter().any(above(100)) || by_far())
}

fn values(target: &Target) -> String {
    let raws: Vec<&str> = target.values.iter().filter_map(|value| value.value.raw.as_deref()).collect();
    raws.join("; ")
}

fn message(concept: &str) -> &'static str {
    match concept {
        "share" => "v005-message-share",
        "unit_interval_index" | "index" => "v005-message-index",
        "growth" => "v005-message-growth",
        _ => "v005-message",
    }
}

fn suggestion(concept: &str) -> &'static str {
    match concept {
        "share" | "growth" => "v005-suggestion-percent",
        "unit_interval_index" | "index" => "v005-suggestion-index",
        _ => "v005-suggestion",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::hand::in_targets;

    fn found(rows: &str) -> Vec<(u32, u32)> {
        in_targets(&RULE, rows)
    }

    #[test]
    fn units_that_do_not_fit_are_found_at_their_cell() {
        assert_eq!(found("1\tChỉ số phát triển con người (HDI)\t%\t0,88"), [(2, 3)]);
        assert_eq!(found("1\tTỷ lệ hộ dùng nước sạch\tNgười\t95"), [(2, 3)]);
        assert_eq!(found("1\tSố hội viên mới so với tổng số hội viên\tHội viên/năm\t> 20"), [(2, 3)]);
        assert_eq!(found("1\tTrong đó: tỷ trọng kinh tế số\tTỷ đồng\t30"), [(2, 3)]);
        assert_eq!(found("1\tTốc độ tăng trưởng kinh tế\tTỷ đồng\t11"), [(2, 3)]);
        assert_eq!(found("1\tTuổi thọ trung bình\t%\t77"), [(2, 3)]);
        assert_eq!(found("1\tSố doanh nghiệp thành lập mới\tTỷ đồng\t120"), [(2, 3)]);
        assert_eq!(found("1\tDiện tích nhà ở bình quân đầu người\t%\t28"), [(2, 3)]);
        assert_eq!(found("1\tDiện tích rừng trồng mới\tNgười\t1.200"), [(2, 3)]);
        assert_eq!(found("1\tSố căn nhà tình nghĩa\t%\t300"), [(2, 3)]);
    }

    #[test]
    fn units_that_fit_pass() {
        for row in [
            "1\tChỉ số hài lòng của người dân\t%\t95",
            "1\tChỉ số giá tiêu dùng tăng bình quân\t%\t0,9",
            "1\tTỷ lệ bác sĩ trên vạn dân\tNgười\t12",
            "1\tTỷ lệ giới tính khi sinh\tNgười\t110",
            "1\tTỷ lệ hộ nghèo\t%\t0,5",
            "1\tSố lượt đặt lịch trực tuyến so với năm trước\t%\t118",
            "1\tSố hộ thoát nghèo\tHộ\t15",
            "1\tTỷ lệ trường đạt chuẩn so với tổng số\tNgười\t5/7",
            "1\tTuổi thọ trung bình\tTuổi\t77",
            "1\tDiện tích cây xanh bình quân\tm2/người\t5,2",
            "1\tDiện tích lúa được tưới chủ động\t%\t92",
            "1\tSố hộ dùng nước sạch\t%\t98",
            "1\tSố lao động được tạo việc làm\tNgười\t900",
            "1\tThu NSNN/GRDP\t%\t27,25",
            "1\tThu nhập bình quân đầu người\tTriệu đồng/người\t14,5",
            "1\tChỉ số phát triển con người\t\t0,88",
        ] {
            assert_eq!(found(row), [], "{row}");
        }
    }
}
