//! Versions of one programme: which part of one is which part of the other, and what changed.
//!
//! Comes in: two models, and what their audits found. Goes out: links between their parts with the evidence, and the
//! changes by field. Nothing here reads a file or renders a sentence.

mod changes;
mod columns;
mod fields;
pub mod found;
mod gaps;
mod header;
pub mod matching;
pub mod parts;
mod totals;
mod wording;

use self::changes::Compared;
use self::matching::Pairing;
use self::parts::{Kind, Part, Parts};
use crate::model::Document;

pub use self::changes::{Change, FieldChange, Moved, PartRef};
pub use self::fields::{Field, years};
pub use self::gaps::{Extent, NotCompared, Reason, Side};
pub use self::totals::{RowDifference, TotalChange};
pub use self::wording::{Words, WordsOf};

/// What differs between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differences {
    /// Fields of header and closing.
    pub header: Vec<FieldChange>,
    /// Parts, in the order of the new version; what is gone stands where it stood.
    pub changes: Vec<Change>,
    /// Printed totals, with the rows that account for them.
    pub totals: Vec<TotalChange>,
    /// What could not be compared.
    pub not_compared: Vec<NotCompared>,
    /// How many parts are in both versions.
    pub pairs: usize,
}

/// Compares two versions whose parts are linked.
#[must_use]
pub fn compare(old: (&Document, &Parts<'_>), new: (&Document, &Parts<'_>), pairing: &Pairing) -> Differences {
    let (one, other) = (Extent::of(old.0), Extent::of(new.0));
    let (body, appendices) = (one.body && other.body, one.appendices && other.appendices);
    // What a version does not have as a whole is not gone from it: it is not compared.
    let skipped = |part: &Part<'_>| if part.appendix.is_none() { !body } else { !appendices };
    let mut compared = Compared::new(old.1, new.1, pairing);
    let tops = pairing.links.iter().filter(|link| link.kind == Kind::Appendix && link.is_pair());
    let tops = tops.filter_map(|link| Some((*link.old.first()?, *link.new.first()?)));
    Differences {
        header: if body { header::changes(old.0, new.0) } else { Vec::new() },
        changes: compared.changes(skipped),
        totals: totals::changes(&mut compared),
        not_compared: gaps::find(old, new, tops),
        pairs: pairing.links.iter().filter(|link| link.is_pair()).count(),
    }
}

impl Differences {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.header.is_empty() && self.changes.is_empty() && self.totals.is_empty()
    }
}
