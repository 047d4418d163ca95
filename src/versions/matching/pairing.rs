//! What matching gives: links between the parts of two versions, each with its evidence and how sure it is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::versions::parts::Kind;

/// What became of a part, or of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is in both versions at the same place.
    Same,
    /// It is in both versions and stands under another part, or elsewhere among its siblings.
    Moved,
    /// One part of the old version is several of the new one.
    Split,
    /// Several parts of the old version are one of the new one.
    Merged,
    /// It is in the new version only.
    New,
    /// It is in the old version only.
    Gone,
}

/// How sure a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Another reading is nearly as good.
    Low,
    /// The best reading, by a margin.
    Medium,
    /// No other reading comes near.
    High,
}

/// What is looked at to tell whether two parts are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// The name, title or text, rare words weighing most.
    Name,
    /// What stands under the part.
    Children,
    /// The part that it stands under.
    Parent,
    /// The parts before and after it.
    Neighbours,
    /// Its place in the order of the document.
    Order,
    /// The printed number.
    Number,
    /// The lead agency.
    Lead,
    /// The unit.
    Unit,
    /// The years.
    Period,
    /// The deadline.
    Deadline,
    /// The location.
    Place,
    /// Values and amounts.
    Values,
    /// Signs of letters and digits in the name: "B3", "QL1A".
    Code,
    /// What the appendix's table holds.
    Table,
}

/// One piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// What was looked at.
    pub feature: Feature,
    /// How far it agrees, in thousandths: 1000 wholly, 0 not at all.
    pub agreement: u32,
}

/// Parts of the two versions that are the same, or one that is in one version only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What the parts are; where that changed, what they are in the new version.
    pub kind: Kind,
    /// What the part was in the old version, where that is something else.
    pub old_kind: Option<Kind>,
    /// What became of them.
    pub status: Status,
    /// Positions of the old version's parts; several where they were merged, none for a new part.
    pub old: Vec<usize>,
    /// Positions of the new version's parts; several where one was split, none for a part that is gone.
    pub new: Vec<usize>,
    /// How good the reading is, in thousandths; nothing for parts in one version only.
    pub score: Option<u32>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why.
    pub evidence: Vec<Evidence>,
    /// Whether the part in one version only stands beside rows that the other version is known to have lost, so that it may
    /// be in both.
    pub doubtful: bool,
}

/// All links between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pairing {
    /// Links in the order of the new version; parts that are gone stand where they stood.
    pub links: Vec<Link>,
    /// For each part of the old version the link that has it.
    pub of_old: Vec<usize>,
    /// For each part of the new version the link that has it.
    pub of_new: Vec<usize>,
}

impl Pairing {
    /// The link of a part of the old version.
    #[must_use]
    pub fn link_of_old(&self, part: usize) -> Option<&Link> {
        self.of_old.get(part).and_then(|link| self.links.get(*link))
    }

    /// The link of a part of the new version.
    #[must_use]
    pub fn link_of_new(&self, part: usize) -> Option<&Link> {
        self.of_new.get(part).and_then(|link| self.links.get(*link))
    }

    /// The first part of the new version that a part of the old one became.
    #[must_use]
    pub fn became(&self, old: usize) -> Option<usize> {
        self.link_of_old(old).and_then(|link| link.new.first()).copied()
    }

    /// The first part of the old version that a part of the new one was.
    #[must_use]
    pub fn was(&self, new: usize) -> Option<usize> {
        self.link_of_new(new).and_then(|link| link.old.first()).copied()
    }
}

impl Link {
    /// Whether the parts are in both versions.
    #[must_use]
    pub fn is_pair(&self) -> bool {
        !self.old.is_empty() && !self.new.is_empty()
    }
}
