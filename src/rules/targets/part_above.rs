//! Rows of targets that are said to be part of another ("Trong đó: hộ nghèo"), and lie above it.

use rustc_hash::FxHashMap;

use super::target_sums::same_unit;
use crate::finding::{Audit, Check, Code, Finding, Operand, Outcome, Text};
use crate::grammar::Arithmetic;
use crate::model::{Appendix, Item, Target};
use crate::rules::Rule;
use crate::rules::arithmetic::after_labels;
use crate::span::At;
use crate::value::{Number, Quantity, Relation, Unit};

/// Most rows over a row that are looked at.
const LEVELS: usize = 8;

/// Rows of targets that are said to be part of the row above, or of one over that.
pub(in crate::rules) fn report(words: &Arithmetic, appendix: &Appendix, audit: &mut Audit, rule: &Rule) {
    let by_id: FxHashMap<&str, &Target> = appendix
        .items
        .iter()
        .filter_map(|item| {
            if let Item::Target(target) = item { Some((target.id.as_str(), &**target)) } else { None }
        })
        .collect();
    let labelled = after_labels(appendix);
    let parent = |target: &Target| by_id.get(target.parent.as_deref()?).copied();
    for item in &appendix.items {
        let Item::Target(part) = item else { continue };
        let said = words.of_which.matches(&part.name) || labelled.contains(part.id.as_str());
        // "Trong đó" under the last of several rows may be of all of them: of the row that heads these.
        let reach = if part.number.is_none() { LEVELS } else { 1 };
        let wholes: Vec<&Target> =
            std::iter::successors(parent(part).filter(|_| said), |whole| parent(whole))
                .take(reach)
                .filter(|whole| {
                    same_unit(part.unit.as_ref(), whole.unit.as_ref()) && adds_up(words, whole, part)
                })
                .collect();
        for (at, below) in part.values.iter().enumerate() {
            // "11,5%" in a column of growth beside columns of what grows.
            let percent = |unit: &Unit| unit.base.as_deref() == Some("percent");
            let own = |above: &Quantity, whole: &Target| match &whole.unit {
                Some(unit) => [above, &below.value]
                    .iter()
                    .all(|it| it.unit.as_ref().is_none_or(|own| same_unit(Some(own), Some(unit)))),
                None => match (&above.unit, &below.value.unit) {
                    (Some(unit), Some(other)) => same_unit(Some(unit), Some(other)) && !percent(unit),
                    (own, other) => own.is_none() && other.is_none(),
                },
            };
            let above = wholes.iter().filter_map(|whole| Some((*whole, &whole.values.get(at)?.value)));
            let above = above.filter(|(whole, quantity)| own(quantity, whole) && !quantity.is_blank());
            let greatest = above.max_by_key(|(_, quantity)| highest(quantity).map(|most| most.bound));
            if let Some((whole, quantity)) = greatest {
                compare((whole, quantity), (part, &below.value), audit, rule);
            }
        }
    }
}

fn compare(
    (whole, above): (&Target, &Quantity),
    (part, below): (&Target, &Quantity),
    audit: &mut Audit,
    rule: &Rule,
) {
    let Some((least, most)) = lowest(below).zip(highest(above)) else { return };
    if least.printed.is_negative() || most.printed.is_negative() {
        return;
    }
    let exceeds = least.bound > most.bound;
    let place = |quantity: &Quantity, target: &Target| {
        if quantity.at.line > 0 { quantity.at.clone() } else { target.at.clone() }
    };
    let (at, whole_at) = (place(below, part), place(above, whole));
    let statement = Text::new("a008-statement-targets")
        .with("part", part.name.as_str())
        .with("whole", whole.name.as_str());
    let operand = (Text::words(whole.name.clone()), whole_at.clone());
    let outcome = (rule.code, Outcome::of(!exceeds));
    audit.checks.push(comparison(outcome, at.clone(), statement, operand, (least.printed, most.printed)));
    if exceeds {
        let message = Text::new("a008-message-targets")
            .with("part", part.name.as_str())
            .with("least", least.printed)
            .with("whole", whole.name.as_str())
            .with("most", most.printed);
        let label = Text::new("arithmetic-related")
            .with("name", Text::words(whole.name.clone()))
            .with("value", most.printed);
        audit.findings.push(Finding::new(rule.code, rule.severity, message, at).relate(whole_at, label));
    }
}

/// Whether a part of what the row counts cannot lie above it. Rates and averages of a part may, unless the
/// two are known to be of one whole.
fn adds_up(words: &Arithmetic, whole: &Target, part: &Target) -> bool {
    if words.is_part(&whole.name, &part.name) {
        return true;
    }
    let percent = whole.unit.as_ref().and_then(|unit| unit.base.as_deref()) == Some("percent");
    let per = whole.unit.as_ref().is_some_and(|unit| unit.per.as_deref().is_some_and(|per| per != "year"));
    if words.proportion.matches(&whole.name) {
        let own = words.of_which.key(&part.name);
        let rest = words.of_which.find(&own).and_then(|range| own.get(range.end..)).unwrap_or(&own);
        return !rest.contains('/') && !rest.split_whitespace().any(|word| word == "trong");
    }
    !percent && !per && !words.rate.matches(&whole.name) && !words.rate.matches(&part.name)
}

/// A bound of a quantity: as printed, and with what rounding allows.
struct Bound {
    printed: Number,
    bound: Number,
}

fn lowest(quantity: &Quantity) -> Option<Bound> {
    let printed = quantity.low?;
    match quantity.relation {
        Relation::Eq | Relation::Between => Some(Bound { printed, bound: printed.interval().low }),
        Relation::Ge | Relation::Gt => Some(Bound { printed, bound: printed }),
        _ => None,
    }
}

fn highest(quantity: &Quantity) -> Option<Bound> {
    let printed = quantity.high.or(quantity.low)?;
    match quantity.relation {
        Relation::Eq | Relation::Between => Some(Bound { printed, bound: printed.interval().high }),
        Relation::Le | Relation::Lt => Some(Bound { printed, bound: printed }),
        _ => None,
    }
}

/// The check that a part, which is at least so much, does not lie above its whole, which is at most so much, and how it ends.
pub(in crate::rules) fn comparison(
    (code, outcome): (Code, Outcome),
    at: At,
    statement: Text,
    (label, whole_at): (Text, At),
    (least, most): (Number, Number),
) -> Check {
    Check::new(code, outcome, at, statement)
        .over([Operand::new(label, most, whole_at)])
        .comparing(most, least)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a broken test table fails the test")]
mod tests {
    use super::*;
    use crate::model::{AppendixKind, TargetValue};
    use crate::rules::a008_part_exceeds_whole::RULE;
    use crate::rules::arithmetic::testing::{at, quantity, run};

    fn percent() -> Option<Unit> {
        unit("%", "percent")
    }

    fn unit(raw: &str, base: &str) -> Option<Unit> {
        let (raw, base) = (raw.to_owned(), Some(base.to_owned()));
        Some(Unit { raw, base, factor: Number::whole(1), per: None, inferred: false, evidence: None })
    }

    fn found(whole: (&str, &str), part: (&str, &str), unit: Option<Unit>) -> bool {
        let target = |id: &str, parent: Option<&str>, (name, value): (&str, &str), line| {
            Item::Target(Box::new(Target {
                id: id.to_owned(),
                parent: parent.map(str::to_owned),
                name: name.to_owned(),
                unit: unit.clone(),
                values: vec![TargetValue { period: None, value: quantity(value, at(line, 4)) }],
                ..Target::default()
            }))
        };
        let items = vec![target("1/1", None, whole, 1), target("1/2", Some("1/1"), part, 2)];
        let appendix = Appendix { kind: AppendixKind::Targets, items, ..Appendix::default() };
        !run(&RULE, appendix).findings.is_empty()
    }

    #[test]
    fn a_row_above_the_row_that_it_is_part_of_is_found() {
        let money = || unit("tỷ đồng", "VND");
        assert!(found(("Chi ngân sách", "20"), ("Tr. đó: Chi đầu tư phát triển", "31"), money()));
        assert!(!found(("Chi ngân sách", "20"), ("Tr. đó: Chi đầu tư phát triển", "12"), money()));
        assert!(!found(("Chi ngân sách", "20"), ("Thu ngân sách", "31"), money()), "not said to be a part");
    }

    #[test]
    fn a_rate_of_a_part_may_lie_above() {
        assert!(!found(("Tỷ lệ hộ dùng nước sạch", "90"), ("Trong đó, khu vực đô thị", "100"), percent()));
        assert!(!found(
            ("Thu nhập bình quân đầu người", "90"),
            ("Trong đó: đô thị", "99"),
            unit("triệu đồng", "VND")
        ));
        assert!(found(
            ("Tỷ lệ lao động đã qua đào tạo", "60"),
            ("Trong đó, có bằng cấp, chứng chỉ", "80"),
            percent()
        ));
        assert!(found(("Tỷ trọng công nghiệp", "30"), ("Trong đó: chế biến", "45"), percent()));
        assert!(!found(
            ("Tỷ trọng công nghiệp", "30"),
            ("Trong đó: chế biến trong công nghiệp", "45"),
            percent()
        ));
    }
}
