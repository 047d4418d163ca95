//! Spans of whole years and the steps of things that recur.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A range of years, both ends included. Either end may be open.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
pub struct Period {
    /// First year.
    pub from: Option<i32>,
    /// Last year.
    pub to: Option<i32>,
}

/// How often something recurs, as an ISO 8601 duration ("P1Y", "P6M", "P3M", "P1M").
pub type Recurrence = String;

impl Period {
    /// From `from` to `to`.
    #[must_use]
    pub fn years(from: i32, to: i32) -> Self {
        Self { from: Some(from), to: Some(to) }
    }

    /// Whether `year` lies in the period; an open end holds every year on its side.
    #[must_use]
    pub fn contains(self, year: i32) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}
