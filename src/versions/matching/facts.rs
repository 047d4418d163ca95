//! What else than its name tells an item apart: agencies, unit, period, deadline, place, values. Each fact is a set of
//! words that two items share wholly, in part, or not at all.

use crate::model::{Agency, Deadline, DeadlineKind, Item};
use crate::text::kebab;
use crate::value::{Period, Quantity, Relation, Unit};
use crate::versions::parts::{Node, Part};

use super::pairing::Feature;

/// The facts of a part: of each feature its words, sorted.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    list: Vec<(Feature, Vec<String>)>,
}

impl Facts {
    /// The facts of a part; none but of items.
    pub(super) fn of(part: &Part<'_>) -> Self {
        let mut facts = Self::default();
        let Node::Item(item) = part.node else { return facts };
        facts.add(Feature::Code, codes(&part.name));
        match item {
            Item::Target(target) => {
                facts.add(Feature::Lead, agencies(&target.lead));
                facts.add(Feature::Unit, target.unit.iter().map(unit));
                facts.add(Feature::Period, target.values.iter().filter_map(|it| it.period).map(period));
                facts.add(Feature::Values, target.values.iter().filter_map(|it| number(&it.value)));
            }
            Item::Task(task) => {
                facts.add(Feature::Lead, agencies(&task.lead));
                facts.add(Feature::Deadline, task.deadline.iter().map(deadline));
                facts.add(Feature::Values, task.amounts.iter().filter_map(|it| number(&it.value)));
            }
            Item::Project(project) => {
                facts.add(Feature::Lead, agencies(&project.lead));
                facts.add(Feature::Period, project.period.iter().copied().map(period));
                facts.add(Feature::Place, project.location.iter().map(|it| kebab(it)));
                facts.add(Feature::Values, project.amounts.iter().filter_map(|it| number(&it.value)));
            }
            Item::Plan(plan) => {
                facts.add(Feature::Lead, agencies(&plan.lead));
                facts.add(Feature::Deadline, plan.schedule.iter().map(deadline));
                facts.add(Feature::Place, plan.location.iter().map(|it| kebab(it)));
            }
        }
        facts
    }

    fn add(&mut self, feature: Feature, words: impl Iterator<Item = String>) {
        let mut words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        words.sort_unstable();
        words.dedup();
        if !words.is_empty() {
            self.list.push((feature, words));
        }
    }

    /// For each fact that both have: how many of the words of either they share, and how many words there are.
    pub(super) fn compare<'a>(
        &'a self,
        other: &'a Self,
    ) -> impl Iterator<Item = (Feature, usize, usize)> + 'a {
        self.list.iter().filter_map(|(feature, words)| {
            let (_, others) = other.list.iter().find(|it| it.0 == *feature)?;
            let shared = words.iter().filter(|word| others.binary_search(word).is_ok()).count();
            Some((*feature, shared, words.len() + others.len() - shared))
        })
    }

    /// The numbers among the values.
    pub(super) fn values(&self) -> &[String] {
        self.list.iter().find(|it| it.0 == Feature::Values).map_or(&[], |it| &it.1)
    }
}

/// The signs in a name: words that begin with a capital and have digits, as plots, roads and lots are called.
fn codes(name: &str) -> impl Iterator<Item = String> {
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '-');
    let sign =
        |word: &&str| word.starts_with(char::is_uppercase) && word.contains(|c: char| c.is_ascii_digit());
    words.filter(sign).map(kebab)
}

fn agencies(agencies: &[Agency]) -> impl Iterator<Item = String> {
    agencies.iter().map(|agency| agency.key.clone())
}

/// A unit by what it counts, since "%" has no letters; by its words where it is not understood.
fn unit(unit: &Unit) -> String {
    let per = unit.per.as_deref().unwrap_or_default();
    let known = unit.base.as_ref().map(|base| format!("{base} {} {per}", unit.factor.normalized()));
    known.unwrap_or_else(|| kebab(&unit.raw))
}

fn period(period: Period) -> String {
    let year = |year: Option<i32>| year.map(|year| year.to_string()).unwrap_or_default();
    format!("{}/{}", year(period.from), year(period.to))
}

fn deadline(deadline: &Deadline) -> String {
    if deadline.kind == DeadlineKind::Unknown {
        return kebab(&deadline.raw);
    }
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    format!(
        "{:?} {} {} {}",
        deadline.kind,
        part(&deadline.from),
        part(&deadline.to),
        part(&deadline.recurrence)
    )
}

/// A number as a word; zero says nothing.
fn number(quantity: &Quantity) -> Option<String> {
    if quantity.relation == Relation::None {
        return None;
    }
    let bound = quantity.low.or(quantity.high).filter(|number| !number.is_zero())?;
    Some(bound.normalized().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_told_from_figures() {
        let of = |name: &str| codes(name).collect::<Vec<_>>();
        assert_eq!(of("Quy hoạch ô B3, tỷ lệ 1/500 (phân khu H2-3)"), ["b3", "h2-3"]);
        assert!(of("Xây 02 trường, 500m đường, đạt 95% vào năm 2030, mạng 5G").is_empty());
    }
}
