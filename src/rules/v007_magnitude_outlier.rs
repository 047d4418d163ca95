//! V007: an amount is of another order of magnitude than the amounts it belongs with.

use rustc_hash::FxHashMap;

use super::printed::{Printed, brief, heading, is_money, place_of};
use super::targets::slipped_digit;
use super::v002_mixed_number_format::is_mixed;
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::grammar::Concepts;
use crate::grammar::phrase::plain;
use crate::model::{Appendix, Item, Target};
use crate::value::{Number, Quantity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "V007", name: "magnitude-outlier" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/V007-magnitude-outlier.md"),
    check,
};

/// How many times the middle of its column an amount must be to be of another order.
const TIMES_MEDIAN: i64 = 100;

/// The same where no total shows what the column can hold: as đồng among millions.
const TIMES_MEDIAN_ALONE: i64 = 10_000;

/// Fewest amounts of a column that have a middle.
const FEWEST: usize = 3;

fn check(context: &Context<'_>, audit: &mut Audit) {
    for appendix in &context.document.appendices {
        economy(appendix, &context.grammar.concepts, audit);
        rows(appendix, audit);
        columns(appendix, audit);
        slipped_digit::check(appendix, audit);
    }
}

/// An amount of a concept that others bound.
#[derive(Debug, Clone, Copy)]
struct Sized<'a> {
    target: &'a Target,
    quantity: &'a Quantity,
    unit: &'a Unit,
    /// Position of the value column.
    column: usize,
    concept: &'a str,
    amount: Number,
}

/// What the amounts of one concept say together, in one column and one unit.
#[derive(Debug, Clone, Copy)]
struct Witnesses<'a> {
    count: usize,
    greatest: Sized<'a>,
}

/// Amounts of the size of the local economy: revenue, spending, investment, the product itself.
fn economy(appendix: &Appendix, concepts: &Concepts, audit: &mut Audit) {
    let sized = sized(appendix, concepts);
    let mut known: FxHashMap<(&str, usize, String), Witnesses<'_>> = FxHashMap::default();
    for amount in &sized {
        let key = (amount.concept, amount.column, plain(&amount.unit.raw));
        let seen = known.entry(key).or_insert(Witnesses { count: 0, greatest: *amount });
        seen.count += 1;
        if amount.amount > seen.greatest.amount {
            seen.greatest = *amount;
        }
    }
    for amount in &sized {
        let unit = plain(&amount.unit.raw);
        let bounds = concepts.bound.iter().filter(|bound| bound.of == amount.concept);
        let broken = bounds.filter_map(|bound| {
            let seen = known.get(&(bound.by.as_str(), amount.column, unit.clone()))?;
            let limit = seen.greatest.amount.checked_mul(bound.ratio)?;
            (seen.count >= bound.witnesses && amount.amount >= limit).then_some(seen.greatest)
        });
        if let Some(witness) = broken.into_iter().next() {
            audit.findings.push(beyond(amount, &witness));
        }
    }
}

fn beyond(amount: &Sized<'_>, witness: &Sized<'_>) -> Finding {
    let message = Text::new("v007-message")
        .with("name", brief(&amount.target.name))
        .with("value", amount.amount)
        .with("unit", amount.unit.raw.as_str());
    let times = amount.amount.checked_div(witness.amount).unwrap_or_default().round(0);
    let evidence = Text::new("v007-evidence")
        .with("times", times)
        .with("name", brief(&witness.target.name))
        .with("value", witness.amount);
    Finding::new(RULE.code, RULE.severity, message, place_of(amount.quantity, &amount.target.at))
        .relate(place_of(witness.quantity, &witness.target.at), Text::words(brief(&witness.target.name)))
        .because(evidence)
        .suggest(Text::new("v007-suggestion"))
}

/// The amounts of an appendix that bound each other, without parts of others.
/// An amount of a target is at least so many times the one of the period beside it.
const TIMES_PERIOD: i64 = 300;

/// Fewest other periods among which a value that is no money stands out, and how many times the least of them is the greatest.
const OTHERS: usize = 3;
const OTHERS_SPREAD: i64 = 5;

/// Whether all values but the greatest, in ascending order, are of one size: what is counted may begin with next to nothing.
fn stands_out(sorted: &[Number]) -> bool {
    let [others @ .., _] = sorted else { return false };
    let spread = others
        .first()
        .zip(others.last())
        .and_then(|(least, greatest)| Some(*greatest <= least.checked_mul(Number::whole(OTHERS_SPREAD))?));
    others.len() >= OTHERS && spread == Some(true)
}

/// Amounts of one target over its periods: one of them is hundreds of times those beside it.
fn rows(appendix: &Appendix, audit: &mut Audit) {
    for item in &appendix.items {
        let Item::Target(target) = item else { continue };
        let Some(unit) = target.unit.as_ref() else { continue };
        // "Thành tiền" beside "Nhu cầu năm 2027" is another thing.
        let dated = target.values.iter().any(|value| value.period.is_some());
        let values: Vec<(&Quantity, Number)> = target
            .values
            .iter()
            .filter(|value| value.value.unit.is_none() && (value.period.is_some() || !dated))
            .filter_map(|value| Some((&value.value, value.value.exact().filter(|n| *n > Number::ZERO)?)))
            .collect();
        let mut sorted: Vec<Number> = values.iter().map(|(_, value)| *value).collect();
        sorted.sort_unstable();
        let Some((&least, &greatest)) = sorted.first().zip(sorted.last()) else { continue };
        let Some(limit) = least.checked_mul(Number::whole(TIMES_PERIOD)).filter(|limit| greatest >= *limit)
        else {
            continue;
        };
        let Some((quantity, value)) = values.iter().find(|(_, value)| *value >= limit) else { continue };
        if unit.base.as_deref() != Some("VND") && !stands_out(&sorted) {
            continue;
        }
        if already(audit, quantity) {
            continue;
        }
        let message = Text::new("v007-message")
            .with("name", brief(&target.name))
            .with("value", *value)
            .with("unit", unit.raw.as_str());
        let times = value.checked_div(least).unwrap_or_default().round(0);
        let evidence = Text::new("v007-evidence-period").with("times", times).with("value", least);
        audit.findings.push(
            Finding::new(RULE.code, RULE.severity, message, place_of(quantity, &target.at))
                .because(evidence)
                .suggest(Text::new("v007-suggestion")),
        );
    }
}

/// Whether the size of an amount was found already.
fn already(audit: &Audit, quantity: &Quantity) -> bool {
    audit.findings.iter().any(|finding| finding.code == RULE.code && finding.at == quantity.at)
}

fn sized<'a>(appendix: &'a Appendix, concepts: &'a Concepts) -> Vec<Sized<'a>> {
    let mut out = Vec::new();
    for item in &appendix.items {
        let Item::Target(target) = item else { continue };
        let Some(unit) = target.unit.as_ref().filter(|unit| concepts.plainly("money", unit)) else {
            continue;
        };
        let name = plain(&target.name);
        let mut wanted = concepts.bound.iter().flat_map(|bound| [&bound.of, &bound.by]);
        let Some(concept) = wanted.find(|concept| concepts.speaks_of(concept, &name)) else { continue };
        for (column, value) in target.values.iter().enumerate() {
            if let Some(amount) = value.value.exact().filter(|amount| *amount > Number::ZERO) {
                out.push(Sized { target, quantity: &value.value, unit, column, concept, amount });
            }
        }
    }
    out
}

/// Amounts in money columns far above the rest of their column and above the column's printed total.
fn columns(appendix: &Appendix, audit: &mut Audit) {
    let printed = Printed::of(appendix);
    let positions = printed.positions(is_money);
    for (nth, &position) in positions.iter().enumerate() {
        let Some(column) = printed.column(position) else { continue };
        let total = appendix
            .totals
            .iter()
            .filter(|total| total.group.is_none() && total.part_of.is_none())
            .filter_map(|total| total.amounts.get(nth)?.value.exact())
            .max();
        let total = total.filter(|total| *total > Number::ZERO);
        let amounts = appendix.items.iter().filter_map(|item| Some((item, item.amounts().get(nth)?)));
        let mut values: Vec<Number> = amounts
            .clone()
            .filter_map(|(_, amount)| amount.value.exact())
            .filter(|value| !value.is_zero())
            .collect();
        values.sort_unstable();
        let Some(&median) = values.get(values.len().saturating_sub(1) / 2) else { continue };
        let times = if total.is_some() { TIMES_MEDIAN } else { TIMES_MEDIAN_ALONE };
        let limit = median * Number::whole(times);
        let above = |value: &Number| *value >= limit && total.is_none_or(|total| *value > total);
        if values.len() < FEWEST || total.is_none() && values.iter().filter(|it| above(it)).count() > 1 {
            continue;
        }
        for (item, amount) in amounts {
            let Some(value) = amount.value.exact().filter(above) else { continue };
            if is_mixed(appendix, position, true) {
                break;
            }
            let message = Text::new("v007-message-column")
                .with("name", brief(item.name()))
                .with("value", value)
                .with("column", heading(column));
            let evidence = match total {
                Some(total) => Text::new("v007-evidence-column").with("median", median).with("total", total),
                None => Text::new("v007-evidence-column-alone").with("median", median),
            };
            audit.findings.push(
                Finding::new(RULE.code, RULE.severity, message, place_of(&amount.value, item.at()))
                    .because(evidence)
                    .suggest(Text::new("v007-suggestion")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::{Projects, Targets};
    use crate::model::ColumnRole;
    use crate::rules::hand::{appendix, document, places};

    fn targets(rows: &str) -> Vec<(u32, u32)> {
        let columns = [
            ("TT", ColumnRole::Number),
            ("Chỉ tiêu", ColumnRole::Name),
            ("ĐVT", ColumnRole::Unit),
            ("2030", ColumnRole::Value),
        ];
        places(&RULE, &document(appendix(Targets, &columns, rows)))
    }

    #[test]
    fn investment_of_hundreds_of_times_the_revenue_is_found() {
        let rows = "1\tThu NSNN\t1.000 tỷ đồng\t8\n2\tChi NSNN\t1.000 tỷ đồng\t2\n3\tVốn đầu tư thực hiện trên địa bàn\t1.000 tỷ đồng\t5.000";
        assert_eq!(targets(rows), [(4, 4)]);
        let rows =
            "1\tQuy mô GRDP\tTỷ đồng\t84.000\n2\tThu ngân sách nhà nước trên địa bàn\tTỷ đồng\t10.080.000";
        assert_eq!(targets(rows), [(3, 4)]);
    }

    #[test]
    fn amounts_of_one_order_other_units_and_per_head_amounts_pass() {
        let rows = "1\tQuy mô GRDP\tTỷ đồng\t84.000\n2\tThu ngân sách\tTỷ đồng\t500\n3\tTổng vốn đầu tư\tTỷ đồng\t46.200";
        assert_eq!(targets(rows), []);
        let rows = "1\tThu ngân sách\tTỷ đồng\t8\n2\tVốn đầu tư\tTriệu đồng\t500.000\n3\tGRDP bình quân/người\tTriệu đồng\t310";
        assert_eq!(targets(rows), []);
    }

    #[test]
    fn an_amount_above_its_columns_total_and_far_above_the_middle_is_found() {
        let columns = [("TT", ColumnRole::Number), ("Dự án", ColumnRole::Name), ("Tổng", ColumnRole::Total)];
        let rows = "1\tA\t300\n2\tB\t420\n3\tC\t510\n4\tD\t624.000\n5\tE\t480\n=\tTổng cộng\t2.334";
        assert_eq!(places(&RULE, &document(appendix(Projects, &columns, rows))), [(5, 3)]);
        let rows = "1\tA\t300\n2\tB\t420\n3\tC\t510\n4\tD\t624.000\n5\tE\t480\n=\tTổng cộng\t625.710";
        assert_eq!(places(&RULE, &document(appendix(Projects, &columns, rows))), []);
    }
}
