//! How good a pair of parts is: the likeness of the names, raised by other evidence that agrees, lowered by what differs.

use rustc_hash::FxHashMap;

use super::order::Spine;
use super::pairing::{Evidence, Feature};
use super::side::{Side, State};
use super::words::{WHOLE, share};
use crate::text::kebab;
use crate::versions::parts::{Kind, Node, Part};

/// The least score of a pair.
pub(super) const ACCEPTED: u32 = 620;

/// What the evidence beside the name weighs where it agrees, and where it differs. A number says little, since renumbering
/// is common; values that agree say much, since they are many digits, and values that differ less, since they change. Signs
/// that differ ("ô B3", "ô D7") tell rows of one pattern apart.
const WEIGHTS: &[(Feature, u32, u32)] = &[
    (Feature::Parent, 150, 110),
    (Feature::Neighbours, 200, 60),
    (Feature::Order, 110, 70),
    (Feature::Number, 40, 10),
    (Feature::Lead, 80, 50),
    (Feature::Unit, 80, 80),
    (Feature::Period, 70, 45),
    (Feature::Deadline, 60, 45),
    (Feature::Place, 60, 60),
    (Feature::Values, 170, 60),
    (Feature::Code, 60, 300),
    (Feature::Table, 200, 300),
];

/// A pair with its score and the evidence for it.
#[derive(Debug, Clone)]
pub(super) struct Scored {
    pub(super) score: u32,
    pub(super) evidence: Vec<Evidence>,
}

/// What scoring looks at.
#[derive(Debug)]
pub(super) struct Scorer<'a> {
    pub(super) old: &'a Side<'a>,
    pub(super) new: &'a Side<'a>,
    /// What the rounds before found.
    pub(super) state: &'a State,
    /// The spine of the kind that is matched.
    pub(super) spine: Spine,
    /// For parts that hold parts: how many of what stands under both is linked.
    pub(super) votes: FxHashMap<(usize, usize), usize>,
    /// Whether a round was before.
    pub(super) later: bool,
}

impl Scorer<'_> {
    /// The score of a pair of one kind.
    pub(super) fn score(&self, old: usize, new: usize) -> Scored {
        let (Some(one), Some(other)) = (self.old.parts.get(old), self.new.parts.get(new)) else {
            return Scored { score: 0, evidence: Vec::new() };
        };
        let name = self.old.likeness(old, self.new, new);
        let children = self.children(one, old, new);
        let base = match (name, children) {
            (Some(name), Some(children)) => name.max(u32::midpoint(name, children)).max(children * 9 / 10),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => 0,
        };
        let mut evidence = Vec::new();
        let mut note = |feature: Feature, agreement: Option<u32>| {
            evidence.extend(agreement.map(|agreement| Evidence { feature, agreement }));
        };
        note(Feature::Name, name);
        note(Feature::Children, children);
        note(Feature::Parent, self.parents(one, other));
        note(Feature::Neighbours, self.neighbours(old, new));
        note(Feature::Order, self.spine.agreement(old, new));
        note(Feature::Number, numbers(one, other));
        note(Feature::Table, tables(one, other));
        if let (Some(facts), Some(others)) = (self.old.facts.get(old), self.new.facts.get(new)) {
            for (feature, shared, all) in facts.compare(others) {
                note(feature, Some(share(shared as u64, all as u64)));
            }
        }
        Scored { score: combine(base, &evidence), evidence }
    }

    /// How much of what stands under two parts is linked.
    fn children(&self, one: &Part<'_>, old: usize, new: usize) -> Option<u32> {
        if !one.kind.holds_parts() {
            return None;
        }
        let all = self.old.leaves(old).len() + self.new.leaves(new).len();
        let both = self.votes.get(&(old, new)).copied().unwrap_or(0);
        (all > 0).then(|| share(2 * both as u64, all as u64))
    }

    fn parents(&self, one: &Part<'_>, other: &Part<'_>) -> Option<u32> {
        match (one.parent, other.parent) {
            (None, None) => None,
            (Some(old), Some(new)) if self.state.has(old, new) => Some(WHOLE),
            // Neither has a partner yet: nothing is known.
            (Some(old), Some(new))
                if self.state.new_of(old).is_none() && self.state.old_of(new).is_none() =>
            {
                None
            }
            _ => Some(0),
        }
    }

    /// Of two neighbours how many are neighbours in both versions; an end of the list is half a neighbour.
    fn neighbours(&self, old: usize, new: usize) -> Option<u32> {
        if !self.later {
            return None;
        }
        let (before, after) = self.old.siblings(old);
        let (there_before, there_after) = self.new.siblings(new);
        let pair = |one: Option<usize>, other: Option<usize>| match (one, other) {
            (Some(one), Some(other)) if self.state.has(one, other) => WHOLE / 2,
            (None, None) => WHOLE / 4,
            _ => 0,
        };
        Some(pair(before, there_before) + pair(after, there_after))
    }
}

/// Raises and lowers the likeness of the names: where everything else agrees, half of what is missing is given; where
/// everything differs, two fifths are taken.
fn combine(base: u32, evidence: &[Evidence]) -> u32 {
    let weight = |feature: Feature| WEIGHTS.iter().find(|it| it.0 == feature);
    let (mut all, mut agrees, mut differs) = (0, 0, 0);
    for Evidence { feature, agreement } in evidence {
        let Some((_, agreeing, differing)) = weight(*feature) else { continue };
        all += agreeing;
        agrees += agreeing * agreement;
        differs += differing * (WHOLE - agreement);
    }
    let raise = agrees.checked_div(all).unwrap_or(0);
    let lower = differs.checked_div(all).unwrap_or(0);
    let raised = base + (WHOLE - base.min(WHOLE)) * raise / (2 * WHOLE);
    raised.saturating_sub(base * lower * 2 / (5 * WHOLE))
}

fn numbers(one: &Part<'_>, other: &Part<'_>) -> Option<u32> {
    let (one, other) = (one.number?, other.number?);
    Some(if kebab(one) == kebab(other) { WHOLE } else { 0 })
}

fn tables(one: &Part<'_>, other: &Part<'_>) -> Option<u32> {
    match (one.kind, one.node, other.node) {
        (Kind::Appendix, Node::Appendix(one), Node::Appendix(other)) => {
            Some(if one.kind == other.kind { WHOLE } else { 0 })
        }
        _ => None,
    }
}
