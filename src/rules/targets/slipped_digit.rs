//! A digit too many or too few in one period of a target: the number is about ten times those of the period before and the
//! one after, or a tenth of them, and lies between them once the digit is taken away or put in.

use crate::finding::{Audit, Finding, Text};
use crate::model::{Appendix, Item, Target, TargetValue};
use crate::rules::printed::{brief, place_of};
use crate::rules::v007_magnitude_outlier::RULE;
use crate::value::{Number, Quantity};

/// Beside smaller numbers a jump by ten times says nothing.
const LEAST: i64 = 100;
/// But for numbers of so many digits that count up or down through all other periods, of which there are so many.
const LEAST_IN_STEPS: i64 = 10;
const STEPS: usize = 4;
/// The period after has at most so many times what the one before has, or the reverse.
const STEADY: i64 = 3;
const TEN: i64 = 10;
/// By how many times a slip of the mark between thousands, or of digits, makes a number more or less.
const SLIPS: [i64; 3] = [TEN, 100, 1000];

/// Reports the slipped digits of an appendix's targets.
pub(in crate::rules) fn check(appendix: &Appendix, audit: &mut Audit) {
    let mut found: Vec<Finding> = Vec::new();
    for item in &appendix.items {
        let Item::Target(target) = item else { continue };
        let values = values(target);
        let least = |middle: usize| if steps(&values, middle) { LEAST_IN_STEPS } else { LEAST };
        for (at, triple) in values.windows(3).enumerate() {
            if let [(first, before, a), (middle, quantity, value), (last, after, b)] = triple
                && first.1 < middle.0
                && middle.1 < last.0
                && is_ten_times_off(*a, *value, *b, least(at + 1))
            {
                found.push(slip(
                    target,
                    (quantity, *value),
                    [(before, *a), (after, *b)],
                    ("v007-message-digit", "v007-evidence-digit"),
                ));
            }
        }
        if let [(first, before, a), (last, after, b)] = values.as_slice()
            && first.1 < last.0
            && is_thousandfold(*a, *b)
        {
            let message = Text::new("v007-message-thousand")
                .with("name", brief(&target.name))
                .with("value", *b)
                .with("before", *a);
            let finding = Finding::new(RULE.code, RULE.severity, message, place_of(after, &target.at))
                .relate(place_of(before, &target.at), Text::words(a.to_string()))
                .suggest(Text::new("v007-suggestion"));
            found.push(finding);
        }
        if let Some((own, beside, far)) = at_end(&values)
            && let (Some((_, quantity, value)), Some((_, near, a)), Some((_, other, b))) =
                (values.get(own), values.get(beside), values.get(far))
        {
            let others = [(*near, *a), (*other, *b)];
            found.push(slip(
                target,
                (quantity, *value),
                others,
                ("v007-message-digit-end", "v007-evidence-digit-end"),
            ));
        }
    }
    // What is far above the other periods is told already.
    let known = |it: &Finding| audit.findings.iter().any(|other| other.code == it.code && other.at == it.at);
    found.retain(|it| !known(it));
    audit.findings.extend(found);
}

/// A finding at a value, beside two others of its target.
fn slip(
    target: &Target,
    (quantity, value): (&Quantity, Number),
    [(first, a), (second, b)]: [(&Quantity, Number); 2],
    (message, evidence): (&'static str, &'static str),
) -> Finding {
    let message = Text::new(message).with("name", brief(&target.name)).with("value", value);
    let evidence = Text::new(evidence).with("before", a).with("after", b);
    Finding::new(RULE.code, RULE.severity, message, place_of(quantity, &target.at))
        .relate(place_of(first, &target.at), Text::words(a.to_string()))
        .relate(place_of(second, &target.at), Text::words(b.to_string()))
        .because(evidence)
        .suggest(Text::new("v007-suggestion-digit"))
}

/// The first or last period of a target, where the others, at least so many, are all of one size.
const NEIGHBOURS: usize = 3;
/// The greatest of these is at most so many times the least, and so is what the digit leaves beside them.
const LEVEL: i64 = 2;

/// A slip in the first or the last period; with the period beside it and the one farthest from it.
fn at_end(values: &[Value<'_>]) -> Option<(usize, usize, usize)> {
    let last = values.len().checked_sub(1)?;
    let apart = values.windows(2).all(|pair| matches!(pair, [a, b] if a.0.1 < b.0.0));
    let slips = |own: usize| {
        let others: Vec<Number> =
            values.iter().enumerate().filter(|(at, _)| *at != own).map(|(_, (.., value))| *value).collect();
        let (low, high) = (others.iter().min().copied()?, others.iter().max().copied()?);
        let times = |number: Number| number.checked_mul(Number::whole(LEVEL));
        let level = others.len() >= NEIGHBOURS && low >= Number::whole(LEAST) && high <= times(low)?;
        let (_, _, value) = values.get(own)?;
        let near = |number: Number| {
            times(number).is_some_and(|twice| twice >= low) && times(high).is_some_and(|most| number <= most)
        };
        let more = value.checked_div(Number::whole(TEN)).is_some_and(near);
        let less = value.checked_mul(Number::whole(TEN)).is_some_and(near);
        (level && (more || less)).then_some(())
    };
    if !apart {
        return None;
    }
    if slips(last).is_some() {
        return Some((last, last.checked_sub(1)?, 0));
    }
    slips(0).map(|()| (0, 1, last))
}

/// A period's first and last year, what is printed, and its number.
type Value<'a> = ((i32, i32), &'a Quantity, Number);

/// The exact values of a target, each with its first and last year.
fn values(target: &Target) -> Vec<Value<'_>> {
    let values = target.values.iter().filter(|value| value.value.unit.is_none());
    let years = |it: &'_ TargetValue| it.period.and_then(|period| period.from.zip(period.to));
    values.filter_map(|it| Some((years(it)?, &it.value, it.value.exact()?))).collect()
}

/// Whether all periods but one count up, or all count down.
fn steps(values: &[Value<'_>], but: usize) -> bool {
    let others = values.iter().enumerate().filter(|(at, _)| *at != but).map(|(_, (.., value))| *value);
    let others: Vec<Number> = others.collect();
    let up = others.windows(2).all(|pair| pair.first() <= pair.last());
    let down = others.windows(2).all(|pair| pair.first() >= pair.last());
    others.len() >= STEPS && (up || down)
}

/// Whether a number fits between those of the periods beside it only as ten times or a tenth of what is printed.
fn is_ten_times_off(before: Number, value: Number, after: Number, least: i64) -> bool {
    let (low, high) = (before.min(after), before.max(after));
    let times = |number: Number, by: i64| number.checked_mul(Number::whole(by));
    let between = |number: Number| (low..=high).contains(&number);
    let steady = low >= Number::whole(least) && times(low, STEADY).is_some_and(|limit| high <= limit);
    let more = |by: i64| value.checked_div(Number::whole(by)).is_some_and(between);
    let less = |by: i64| value >= Number::whole(by) && times(value, by).is_some_and(between);
    steady && SLIPS.iter().any(|by| more(*by) || less(*by))
}

/// Whether the second of two numbers is so much more than the first only with its three zeros: "145" and "420.000".
fn is_thousandfold(first: Number, second: Number) -> bool {
    let thousand = Number::whole(1000);
    let times = |by: i64| first.checked_mul(Number::whole(by));
    let Some(less) = second.checked_div(thousand).filter(|less| less.is_whole()) else { return false };
    let alike = times(TEN).is_some_and(|most| less <= most);
    first >= Number::whole(LEAST_IN_STEPS) && less >= first && alike
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_year_may_have_a_digit_too_many_as_well() {
        let quantity = Quantity::default();
        let of = |numbers: &[i64]| {
            let years = (2025..).zip(numbers);
            let values: Vec<Value<'_>> =
                years.map(|(year, number)| ((year, year), &quantity, Number::whole(*number))).collect();
            at_end(&values)
        };
        assert_eq!(of(&[27650, 28400, 29300, 305_000]), Some((3, 2, 0)));
        assert_eq!(of(&[2765, 28400, 29300, 30500]), Some((0, 1, 3)));
        assert_eq!(of(&[27650, 28400, 29300, 30500]), None);
        assert_eq!(of(&[120, 300, 900, 3000]), None, "what grows fast");
        assert_eq!(of(&[28400, 29300, 305_000]), None, "too few");
    }

    #[test]
    fn a_digit_too_many_or_too_few_between_steady_years_is_a_slip() {
        let slip = |a, b, c| is_ten_times_off(Number::whole(a), Number::whole(b), Number::whole(c), LEAST);
        assert!(slip(1105, 13400, 1680));
        assert!(slip(1105, 134, 1680));
        assert!(!slip(1105, 1340, 1680));
        // Small numbers, and such as change much, may do so.
        assert!(!slip(10, 120, 14));
        assert!(!slip(100, 20_000, 4000));
        assert!(!slip(1105, 13400, 1200));
    }
}
