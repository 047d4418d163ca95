//! A digit too many or too few in one period of a target: the number is about ten times those of the period before and the
//! one after, or a tenth of them, and lies between them once the digit is taken away or put in.

use super::printed::{brief, place_of};
use super::v007_magnitude_outlier::RULE;
use crate::finding::{Audit, Finding, Text};
use crate::model::{Appendix, Item, Target, TargetValue};
use crate::value::{Number, Quantity};

/// Beside smaller numbers a jump by ten times says nothing.
const LEAST: i64 = 100;
/// The period after has at most so many times what the one before has, or the reverse.
const STEADY: i64 = 3;
const TEN: i64 = 10;

/// Reports the slipped digits of an appendix's targets.
pub(super) fn check(appendix: &Appendix, audit: &mut Audit) {
    for item in &appendix.items {
        let Item::Target(target) = item else { continue };
        let values = values(target);
        for triple in values.windows(3) {
            if let [(first, before, a), (middle, quantity, value), (last, after, b)] = triple
                && first.1 < middle.0
                && middle.1 < last.0
                && is_slip(*a, *value, *b)
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

fn is_slip(before: Number, value: Number, after: Number) -> bool {
    let (low, high) = (before.min(after), before.max(after));
    let times = |number: Number, by: i64| number.checked_mul(Number::whole(by));
    let between = |number: Number| (low..=high).contains(&number);
    let steady = low >= Number::whole(LEAST) && times(low, STEADY).is_some_and(|limit| high <= limit);
    let more = || value.checked_div(Number::whole(TEN)).is_some_and(between);
    let less = || value >= Number::whole(TEN) && times(value, TEN).is_some_and(between);
    steady && (more() || less())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_too_many_or_too_few_between_steady_years_is_a_slip() {
        let slip = |a, b, c| is_slip(Number::whole(a), Number::whole(b), Number::whole(c));
        assert!(slip(1105, 13400, 1680));
        assert!(slip(1105, 134, 1680));
        assert!(!slip(1105, 1340, 1680));
        // Small numbers, and such as change much, may do so.
        assert!(!slip(10, 120, 14));
        assert!(!slip(100, 20_000, 4000));
        assert!(!slip(1105, 13400, 1200));
    }
}
