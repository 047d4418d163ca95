//! A007: targets that imply each other disagree.

use super::arithmetic::{Implied, Source, Whole, wholes};
use super::prose::rates::{self, Miss};
use super::targets::rate_products;
use super::{Context, Rule};
use crate::finding::{Arg, Audit, Check, Code, Finding, Operand, Outcome, Severity, Text};
use crate::model::AppendixKind;
use crate::text::fold;
use crate::value::Number;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "A007", name: "derived-ratio-mismatch" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/A007-derived-ratio-mismatch.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let locality = context.document.header.locality.as_deref().map(fold);
    for appendix in &context.document.appendices {
        if !matches!(appendix.kind, AppendixKind::Targets | AppendixKind::Other) {
            continue;
        }
        for whole in wholes(appendix, &context.grammar.ratios, locality.as_deref()) {
            judge(&whole, audit);
        }
    }
    rate_products::report(context, audit, &RULE);
    rates::report(context, audit, &RULE, Miss::Digits);
}

fn judge(whole: &Whole<'_>, audit: &mut Audit) {
    let odd = whole.odd();
    let Some(told) = odd.or(whole.implied.last()) else { return };
    let Some(other) = whole.implied.iter().find(|implied| !std::ptr::eq(*implied, told)) else { return };
    // So much a head is no unit of the whole.
    let counted = whole.implied.iter().find(|implied| implied.source != Source::Product);
    let unit_of = counted.map_or(told.unit, |implied| implied.unit);
    let unit = unit_of.factor;
    let scaled = |implied: &Implied<'_>| rounded(implied.value, unit);
    let name = whole_name(whole);
    let statement =
        Text::new("a007-statement").with("whole", name.clone()).with("unit", unit_of.raw.as_str());
    let operand = |implied: &Implied<'_>| Operand::new(source(implied), scaled(implied), implied.at.clone());
    let check = Check::new(RULE.code, Outcome::of(odd.is_none()), told.at.clone(), statement);
    audit.checks.push(check.over(whole.implied.iter().map(operand)).comparing(scaled(other), scaled(told)));
    if odd.is_none() {
        return;
    }
    let values: Vec<Text> = whole
        .implied
        .iter()
        .filter_map(|implied| {
            Some(Text::new("a007-value").with("source", source(implied)).with("value", scaled(implied)?))
        })
        .collect();
    let message = Text::new("a007-message")
        .with("whole", name)
        .with("unit", unit_of.raw.as_str())
        .with("values", values);
    let mut finding = Finding::new(RULE.code, RULE.severity, message, told.at.clone());
    for implied in &whole.implied {
        for (target, printed) in &implied.rows {
            let at = target
                .values
                .iter()
                .map(|value| &value.value)
                .find(|value| value.low == Some(*printed))
                .map(|value| &value.at);
            let at = at.filter(|at| at.line > 0).unwrap_or(&target.at);
            if at.span == told.at.span || finding.related.iter().any(|related| related.at.span == at.span) {
                continue;
            }
            let label = Text::new("arithmetic-related")
                .with("name", Text::words(target.name.clone()))
                .with("value", *printed);
            finding = finding.relate(at.clone(), label);
        }
    }
    audit.findings.push(finding);
}

/// A value in a printed unit, with as many decimals as help to compare.
fn rounded(value: Number, factor: Number) -> Option<Number> {
    let value = value.checked_div(factor)?;
    Some(value.round(if value.abs() >= Number::whole(1000) { 0 } else { 2 }).normalized())
}

/// The whole as a reader knows it: as the document calls it where it is printed, else as the denominator is.
fn whole_name(whole: &Whole<'_>) -> Text {
    let printed = whole.implied.iter().find(|implied| implied.source == Source::Printed);
    let printed = printed.and_then(|implied| implied.rows.first()).map(|(target, _)| target.name.clone());
    Text::words(printed.unwrap_or_else(|| whole.key.to_uppercase()))
}

/// How a value comes about, in the words of its rows.
fn source(implied: &Implied<'_>) -> Text {
    let key = match implied.source {
        Source::Printed => "a007-printed",
        Source::Ratio => "a007-ratio",
        Source::Product => "a007-product",
    };
    let name = |i: usize| implied.rows.get(i).map(|(target, _)| Arg::from(target.name.as_str()));
    let mut text = Text::new(key);
    if let Some(first) = name(0) {
        text = text.with("first", first);
    }
    if let Some(second) = name(1) {
        text = text.with("second", second);
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a broken test table fails the test")]
mod tests {
    use super::super::arithmetic::testing::{at, lines, quantity, run};
    use super::*;
    use crate::model::{Appendix, Item, Target, TargetValue};
    use crate::value::{Period, Unit};

    fn unit(raw: &str) -> Option<Unit> {
        let (base, factor) = match raw {
            "%" => ("percent", "1"),
            "người" => ("person", "1"),
            "1.000 người" => ("person", "1000"),
            "triệu đồng" => ("VND", "1000000"),
            "tỷ đồng" => ("VND", "1000000000"),
            "1.000 tỷ đồng" => ("VND", "1000000000000"),
            _ => return None,
        };
        let (base, factor) = (Some(base.to_owned()), factor.parse().unwrap());
        Some(Unit { raw: raw.to_owned(), base, factor, per: None, inferred: false, evidence: None })
    }

    /// Targets of one column; a row stands on the line of its number, from 1.
    fn audit(period: (i32, i32), rows: &[(&str, &str, &str)]) -> Audit {
        let target = |(i, (name, raw, value)): (usize, &(&str, &str, &str))| {
            let line = u32::try_from(i).unwrap() + 1;
            let period = Some(Period::years(period.0, period.1));
            Item::Target(Box::new(Target {
                name: (*name).to_owned(),
                unit: unit(raw),
                values: vec![TargetValue { period, value: quantity(value, at(line, 4)) }],
                at: at(line, 1),
                ..Target::default()
            }))
        };
        let items = rows.iter().enumerate().map(target).collect();
        run(&RULE, Appendix { kind: AppendixKind::Targets, items, ..Appendix::default() })
    }

    #[test]
    fn three_ways_to_one_whole_that_agree_hold() {
        let audit = audit(
            (2030, 2030),
            &[
                ("GRDP (giá hiện hành)", "tỷ đồng", "12000"),
                ("GRDP bình quân đầu người", "triệu đồng", "120"),
                ("Dân số", "người", "100000"),
                ("Thu NSNN", "tỷ đồng", "3000"),
                ("Thu NSNN/GRDP", "%", "25.0"),
            ],
        );
        assert!(audit.findings.is_empty());
        let check = audit.checks.first().unwrap();
        assert_eq!((check.outcome, check.operands.len()), (Outcome::Holds, 3));
    }

    #[test]
    fn the_odd_one_is_found_at_its_ratio() {
        let audit = audit(
            (2026, 2030),
            &[
                ("GRDP bình quân/người, năm cuối kỳ", "triệu đồng", "200"),
                ("Thu NSNN", "1.000 tỷ đồng", "5"),
                ("Thu NSNN/GRDP", "%", "25.50"),
                ("Vốn đầu tư thực hiện trên địa bàn", "1.000 tỷ đồng", "9000"),
                ("Vốn đầu tư thực hiện trên địa bàn/GRDP", "%", "45.0"),
                ("Dân số năm cuối kỳ", "1.000 người", "110"),
            ],
        );
        assert_eq!(lines(&audit), [(5, 4)]);
        let check = audit.checks.first().unwrap();
        let values: Vec<String> =
            check.operands.iter().map(|operand| operand.value.unwrap().to_string()).collect();
        assert_eq!(values, ["22", "19.61", "20000"]);
        assert_eq!(audit.findings.first().unwrap().related.len(), 5);
    }

    #[test]
    fn sums_over_years_and_values_of_the_last_year_are_compared_loosely() {
        let rows = |share| {
            [
                ("GRDP bình quân/người, năm cuối kỳ", "triệu đồng", "100"),
                ("Dân số năm cuối kỳ", "người", "50000"),
                ("Tổng vốn đầu tư toàn xã hội", "tỷ đồng", "9000"),
                ("Tỷ lệ vốn đầu tư toàn xã hội so với GRDP", "%", share),
            ]
        };
        assert!(audit((2026, 2030), &rows("45")).findings.is_empty(), "four times the last year's");
        assert_eq!(lines(&audit((2026, 2030), &rows("4.5"))), [(4, 4)]);
        assert_eq!(lines(&audit((2030, 2030), &rows("45"))), [(4, 4)]);
    }

    #[test]
    fn a_part_and_a_whole_that_are_both_printed_must_give_the_share() {
        let rows = |share| {
            [
                ("Diện tích rừng", "người", "300"),
                ("Diện tích tự nhiên", "người", "1000"),
                ("Tỷ lệ diện tích rừng trên diện tích tự nhiên", "%", share),
            ]
        };
        assert!(audit((2030, 2030), &rows("30")).findings.is_empty());
        assert_eq!(lines(&audit((2030, 2030), &rows("35.0"))), [(3, 4)]);
    }

    #[test]
    fn growth_and_shares_without_their_part_say_nothing() {
        let audit = audit(
            (2026, 2030),
            &[
                ("Tăng trưởng GRDP bình quân", "%", "11.0"),
                ("Tỷ trọng kinh tế số trong GRDP", "%", "40"),
                ("GRDP", "tỷ đồng", "12000"),
            ],
        );
        assert!(audit.findings.is_empty() && audit.checks.is_empty());
    }
}
