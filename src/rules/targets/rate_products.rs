//! Targets of which one is the product of two others: "Diện tích (ha)" times "Năng suất (tấn/ha)" is "Sản lượng (tấn)" (A007).
//!
//! Units tell which three may belong together, and the years in which they do whether they do: at least two, and twice as
//! many as those in which they do not.

use super::target_sums::targets;
use crate::finding::{Audit, Check, Finding, Operand, Outcome, Text};
use crate::grammar::phrase::plain;
use crate::model::{Appendix, Target};
use crate::rules::{Context, Rule};
use crate::value::{Interval, Number, Quantity};

/// How far from the rate the two others may stand, in rows.
const NEAR: usize = 3;
/// Fewest years in which the product holds.
const HOLDING: usize = 2;

/// Three targets, in the order of the product.
struct Product<'a> {
    base: &'a Target,
    rate: &'a Target,
    whole: &'a Target,
    /// What the product of base and rate is to be divided by: "triệu đồng/tấn" times "tấn" over "tỷ đồng" is 1,000.
    scale: Number,
}

/// Reports products that do not hold.
pub(in crate::rules) fn report(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    for appendix in context.target_tables() {
        for product in products(appendix) {
            product.report(audit, rule);
        }
    }
}

fn products(appendix: &Appendix) -> Vec<Product<'_>> {
    let all: Vec<&Target> = targets(appendix).collect();
    let mut out = Vec::new();
    for (at, rate) in all.iter().enumerate() {
        let Some((of, per)) = rate.unit.as_ref().and_then(|unit| unit.raw.split_once('/')) else { continue };
        let near = || all.iter().skip(at.saturating_sub(NEAR)).take(2 * NEAR + 1).copied();
        let of_unit = |raw: &str| {
            let raw = plain(raw);
            move |target: &&Target| target.unit.as_ref().is_some_and(|unit| plain(&unit.raw) == raw)
        };
        for base in near().filter(of_unit(per)) {
            for whole in near().filter(|whole| !std::ptr::eq(*whole, *rate) && !std::ptr::eq(*whole, base)) {
                let Some(scale) = scale(rate, of, whole) else { continue };
                let product = Product { base, rate, whole, scale };
                if product.is_told() {
                    out.push(product);
                }
            }
        }
    }
    out
}

/// How many of the rate's unit the unit of the whole is; `None` where they measure different things.
fn scale(rate: &Target, of: &str, whole: &Target) -> Option<Number> {
    let (rate, unit) = (rate.unit.as_ref()?, whole.unit.as_ref()?);
    if plain(&unit.raw) == plain(of) {
        return Some(Number::whole(1));
    }
    let same = rate.base.is_some() && rate.base == unit.base && unit.per.is_none();
    if same { unit.factor.checked_div(rate.factor) } else { None }
}

impl Product<'_> {
    /// In each column that prints all three: what the product allows, and what the whole does.
    fn columns(&self) -> impl Iterator<Item = (usize, Interval, Interval)> + '_ {
        let value = |target: &Target, at: usize| -> Option<Interval> {
            exact(&target.values.get(at)?.value).map(Number::interval)
        };
        (0..self.whole.values.len()).filter_map(move |at| {
            let (base, rate) = (value(self.base, at)?, value(self.rate, at)?);
            let bound = |a: Number, b: Number| a.checked_mul(b)?.checked_div(self.scale);
            let product = Interval { low: bound(base.low, rate.low)?, high: bound(base.high, rate.high)? };
            Some((at, product, value(self.whole, at)?))
        })
    }

    fn is_told(&self) -> bool {
        let holds = self.columns().filter(|(_, product, whole)| product.meets(*whole)).count();
        let fails = self.columns().count() - holds;
        holds >= HOLDING && holds >= 2 * fails
    }

    fn report(&self, audit: &mut Audit, rule: &Rule) {
        for (at, product, whole) in self.columns() {
            let values = [self.base, self.rate, self.whole].map(|target| target.values.get(at));
            let [Some(base), Some(rate), Some(printed)] = values.map(|value| value.map(|value| &value.value))
            else {
                continue;
            };
            let (Some(first), Some(second), Some(actual)) = (exact(base), exact(rate), exact(printed)) else {
                continue;
            };
            let expected = first.checked_mul(second).and_then(|number| number.checked_div(self.scale));
            let unit = self.whole.unit.as_ref().map_or("", |unit| unit.raw.as_str());
            let named = |text: Text| text.with("whole", self.whole.name.as_str()).with("unit", unit);
            let holds = product.meets(whole);
            let operand = |target: &Target, number, quantity: &Quantity| {
                Operand::new(Text::words(target.name.clone()), number, quantity.at.clone())
            };
            let check = Check::new(
                rule.code,
                Outcome::of(holds),
                printed.at.clone(),
                named(Text::new("a007-statement")),
            );
            let operands = [operand(self.base, first, base), operand(self.rate, second, rate)];
            audit.checks.push(check.over(operands).comparing(expected, actual));
            if holds {
                continue;
            }
            let product = Text::new("a007-product")
                .with("first", self.base.name.as_str())
                .with("second", self.rate.name.as_str());
            let whole = Text::new("a007-printed").with("first", self.whole.name.as_str());
            let value = |number: Option<Number>, source: Text| {
                let number = number.map(|number| number.round(2).normalized()).unwrap_or_default();
                Text::new("a007-value").with("source", source).with("value", number)
            };
            let values = vec![value(Some(actual), whole), value(expected, product)];
            let message = named(Text::new("a007-message")).with("values", values);
            let mut finding = Finding::new(rule.code, rule.severity, message, printed.at.clone());
            for (target, number, quantity) in [(self.base, first, base), (self.rate, second, rate)] {
                let label = Text::new("arithmetic-related")
                    .with("name", Text::words(target.name.clone()))
                    .with("value", number);
                finding = finding.relate(quantity.at.clone(), label);
            }
            audit.findings.push(finding);
        }
    }
}

/// A printed number above nothing.
fn exact(quantity: &Quantity) -> Option<Number> {
    quantity.exact().filter(|number| *number > Number::ZERO)
}
