//! A digit too many or too few in one period of a target: the number is about ten times those of the period before and the
//! one after, or a tenth of them, and lies between them once the digit is taken away or put in.

use super::printed::{brief, place_of};
use super::v007_magnitude_outlier::RULE;
use crate::finding::{Audit, Finding, Text};
use crate::model::{Appendix, Item, Target, TargetValue};
use crate::value::{Number, Quantity};

/// Beside smaller numbers a jump by ten times says nothing.
const LEAST: i64 = 100;
/// But for numbers of so many digits that count up or down through all other periods, of which there are so many.
const LEAST_IN_STEPS: i64 = 10;
const STEPS: usize = 4;
/// The period after has at most so many times what the one before has, or the reverse.
const STEADY: i64 = 3;
const TEN: i64 = 10;

/// Reports the slipped digits of an appendix's targets.
pub(super) fn check(appendix: &Appendix, audit: &mut Audit) {
    for item in &appendix.items {
        let Item::Target(target) = item else { continue };
        let values = values(target);
        let least = |middle: usize| if steps(&values, middle) { LEAST_IN_STEPS } else { LEAST };
        for (at, triple) in values.windows(3).enumerate() {
            if let [(first, before, a), (middle, quantity, value), (last, after, b)] = triple
                && first.1 < middle.0
                && middle.1 < last.0
                && is_slip(*a, *value, *b, least(at + 1))
            {
                let message =
                    Text::new("v007-message-digit").with("name", brief(&target.name)).with("value", *value);
                let evidence = Text::new("v007-evidence-digit").with("before", *a).with("after", *b);
                let finding = Finding::new(RULE.code, RULE.severity, message, place_of(quantity, &target.at));
                let finding = finding
                    .relate(place_of(before, &target.at), Text::words(a.to_string()))
                    .relate(place_of(after, &target.at), Text::words(b.to_string()));
                audit.findings.push(finding.because(evidence).suggest(Text::new("v007-suggestion-digit")));
            }
        }
    }
}

/// The exact values of a target, each with its first and last year.
fn values(target: &Target) -> Vec<((i32, i32), &Quantity, Number)> {
    let values = target.values.iter().filter(|value| value.value.unit.is_none());
    let years = |it: &'_ TargetValue| it.period.and_then(|period| period.from.zip(period.to));
    values.filter_map(|it| Some((years(it)?, &it.value, it.value.exact()?))).collect()
}

/// Whether all periods but one count up, or all count down.
fn steps(values: &[((i32, i32), &Quantity, Number)], but: usize) -> bool {
    let others = values.iter().enumerate().filter(|(at, _)| *at != but).map(|(_, (.., value))| *value);
    let others: Vec<Number> = others.collect();
    let up = others.windows(2).all(|pair| pair.first() <= pair.last());
    let down = others.windows(2).all(|pair| pair.first() >= pair.last());
    others.len() >= STEPS && (up || down)
}

fn is_slip(before: Number, value: Number, after: Number, least: i64) -> bool {
    let (low, high) = (before.min(after), before.max(after));
    let times = |number: Number, by: i64| number.checked_mul(Number::whole(by));
    let between = |number: Number| (low..=high).contains(&number);
    let steady = low >= Number::whole(least) && times(low, STEADY).is_some_and(|limit| high <= limit);
    let more = || value.checked_div(Number::whole(TEN)).is_some_and(between);
    let less = || value >= Number::whole(TEN) && times(value, TEN).is_some_and(between);
    steady && (more() || less())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_too_many_or_too_few_between_steady_years_is_a_slip() {
        let slip = |a, b, c| is_slip(Number::whole(a), Number::whole(b), Number::whole(c), LEAST);
        assert!(slip(1105, 13400, 1680));
        assert!(slip(1105, 134, 1680));
        assert!(!slip(1105, 1340, 1680));
        // Small numbers, and such as change much, may do so.
        assert!(!slip(10, 120, 14));
        assert!(!slip(100, 20_000, 4000));
        assert!(!slip(1105, 13400, 1200));
    }
}
