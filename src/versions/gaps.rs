//! What could not be compared, and why. Nothing of it is passed off as "no change".

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::parts::{Kind, Parts};
use crate::model::{Document, NoticeKind};
use crate::span::At;

/// Something that could not be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotCompared {
    /// Why.
    pub reason: Reason,
    /// Which version is the reason.
    pub side: Side,
    /// What it is about: the id of a group or an appendix, or the text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
    /// Where, if at one place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

/// One of the two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The old version.
    Old,
    /// The new version.
    New,
}

/// Why something could not be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The version has no body: it is a file of appendices.
    NoBody,
    /// The version has no appendices.
    NoAppendices,
    /// Rows of the group are known to be missing.
    RowsLost,
    /// A page, a font or a part of the file could not be read.
    Unread,
    /// The text has no place in the model.
    Unplaced,
    /// The amounts of the appendix are in other units.
    UnitsDiffer,
}

/// Which parts of the document a version has at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Whether it has a body: sections, or a header that says what it is.
    pub body: bool,
    /// Whether it has appendices.
    pub appendices: bool,
}

impl Extent {
    /// The halves of a document.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let header = &document.header;
        Self {
            body: !document.sections.is_empty() || header.kind.is_some() || header.title.is_some(),
            appendices: !document.appendices.is_empty(),
        }
    }
}

/// What of two versions could not be compared.
pub(super) fn find(
    old: (&Document, &Parts<'_>),
    new: (&Document, &Parts<'_>),
    pairs: impl Iterator<Item = (usize, usize)>,
) -> Vec<NotCompared> {
    let mut out = Vec::new();
    let mut note = |reason, side, what: &str, at: Option<&At>| {
        out.push(NotCompared { reason, side, what: what.to_owned(), at: at.cloned() });
    };
    let (one, other) = (Extent::of(old.0), Extent::of(new.0));
    for (side, mine, theirs) in [(Side::Old, one, other), (Side::New, other, one)] {
        if !mine.body && theirs.body {
            note(Reason::NoBody, side, "", None);
        }
        if !mine.appendices && theirs.appendices {
            note(Reason::NoAppendices, side, "", None);
        }
    }
    for (side, (document, parts)) in [(Side::Old, old), (Side::New, new)] {
        for part in parts.all().iter().filter(|part| part.kind == Kind::Group && part.beside_gap) {
            note(Reason::RowsLost, side, part.id, Some(part.at));
        }
        use NoticeKind::{Damaged, NoLetters, PageWithoutText, Picture};
        let unread = |kind| matches!(kind, NoLetters | PageWithoutText | Damaged | Picture);
        for notice in document.source.notices.iter().filter(|notice| unread(notice.kind)) {
            note(Reason::Unread, side, &notice.detail, notice.at.as_ref());
        }
        for unplaced in &document.unplaced {
            note(Reason::Unplaced, side, &unplaced.text, Some(&unplaced.at));
        }
    }
    for (one, other) in pairs {
        use super::parts::Node::Appendix;
        let (Some(one), Some(other)) = (old.1.get(one), new.1.get(other)) else { continue };
        let (Appendix(one), Appendix(there)) = (one.node, other.node) else { continue };
        if let (Some(unit), Some(units)) = (&one.unit, &there.unit)
            && (unit.base != units.base || unit.factor != units.factor)
        {
            note(Reason::UnitsDiffer, Side::New, &there.id, Some(&there.at));
        }
    }
    out
}
