//! Agencies.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::span::At;

/// An agency or group of agencies, as a cell names it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Agency {
    /// The printed text.
    pub raw: String,
    /// Stable key made from the full name: "phong-van-hoa-xa-hoi".
    pub key: String,
    /// Name with abbreviations written out and one kind of hyphen: "Phòng Văn hóa - Xã hội".
    pub name: String,
    /// Whether the cell was blank and the agency comes from a merged cell.
    pub inferred: bool,
    /// Where it stands; for an inferred one, the cell it comes from.
    pub at: At,
}
