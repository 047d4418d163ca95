//! What a cell or a phrase says about a number: relation, bounds, unit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Interval, Number};
use crate::span::At;

/// A quantity as printed.
///
/// "11,0" is `eq` with low = high = "11.0"; "≥ 68" is `ge` with `low` only; "< 3,0" is `lt` with `high`
/// only; "1,5-2,5" is `between`; "9/10" is `of` with low 9 and high 10; a blank cell is `none`.
/// A text that holds no readable number is `none` with its `raw` text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// The printed text; absent where the cell is blank.
    pub raw: Option<String>,
    /// How the value relates to the bounds.
    pub relation: Relation,
    /// Lower bound.
    pub low: Option<Number>,
    /// Upper bound.
    pub high: Option<Number>,
    /// The unit printed with the number itself ("90%", "6,460 tỷ đồng"); a unit that a column, a row or
    /// the table declares stands there, not here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// Why a number was read so: "sum" where only this of two readings closes its row, "document" where the
    /// document's other tables are written so, "broken" where a space splits it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// Where it stands.
    pub at: At,
}

/// How a quantity relates to its bounds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Exactly the printed number.
    Eq,
    /// Below `high`.
    Lt,
    /// At most `high`.
    Le,
    /// Above `low`.
    Gt,
    /// At least `low`.
    Ge,
    /// From `low` to `high`.
    Between,
    /// `low` out of `high`.
    Of,
    /// No number.
    #[default]
    None,
}

/// A unit of measure.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Unit {
    /// The printed text.
    pub raw: String,
    /// What is counted or measured; absent where the unit is not known.
    pub base: Option<Base>,
    /// Multiplier: "1000000000" for "tỷ đồng".
    pub factor: Number,
    /// What it is counted per: "person", "year".
    pub per: Option<String>,
    /// Whether the unit was inferred rather than printed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inferred: bool,
    /// Why, where it was inferred; the words, where a header or a note declares it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

/// The base of a unit, such as `VND`, `percent`, `person`, `m2`; the list is data in `grammars/units.toml`.
pub type Base = String;

impl Quantity {
    /// The value, where the quantity is exactly one number.
    #[must_use]
    pub fn exact(&self) -> Option<Number> {
        if self.relation == Relation::Eq { self.low } else { None }
    }

    /// The interval of an exact value.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        self.exact().map(Number::interval)
    }

    /// Whether nothing is printed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.raw.is_none()
    }
}
