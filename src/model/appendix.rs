//! Appendices: typed items in groups, with totals and the printed table.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Amount, Block, Column, IssuedWith, Item, Table};
use crate::span::At;
use crate::value::Unit;

/// An appendix.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Appendix {
    /// The label without leading zeros: "3B".
    pub id: String,
    /// The caption's label as printed: "PHỤ LỤC 3B"; absent for a table without a caption.
    pub label: Option<String>,
    /// What its table holds.
    pub kind: AppendixKind,
    /// Title under the label.
    pub title: Option<String>,
    /// "(Ban hành kèm theo …)".
    pub issued_with: Option<IssuedWith>,
    /// Unit declared for the table ("Đơn vị tính: tỷ đồng"), or inferred and marked so.
    pub unit: Option<Unit>,
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Groups in printed order, parents before children.
    pub groups: Vec<Group>,
    /// Items in printed order.
    pub items: Vec<Item>,
    /// Rows that print a total: grand totals, subtotals, and group rows with amounts of their own.
    pub totals: Vec<Total>,
    /// The table as printed.
    pub table: Option<Table>,
    /// Paragraphs of the appendix outside caption and table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Block>,
    /// Where the caption stands, or the table where there is no caption.
    pub at: At,
}

impl Appendix {
    /// The id of an appendix whose caption has no number.
    pub const UNNUMBERED: &str = "PL";

    /// Whether a caption numbers it: "Phụ lục 3B", not "Phụ lục" alone.
    #[must_use]
    pub fn is_numbered(&self) -> bool {
        self.label.is_some() && self.id != Self::UNNUMBERED
    }
}

/// What an appendix's table holds; found by its columns.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum AppendixKind {
    /// Targets with units and values.
    Targets,
    /// Growth rates by sector, with who reports.
    Growth,
    /// Tasks with agencies and deadlines.
    Tasks,
    /// Projects with capital.
    Projects,
    /// Plans to be drawn up.
    Plans,
    /// Anything else; all its cells are in `table`.
    #[default]
    Other,
}

/// A group of items.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    /// Appendix id and number: "3B/V".
    pub id: String,
    /// Printed number; for an inferred group the number that the gap implies, if any.
    pub number: Option<String>,
    /// Title without number and count.
    pub title: Option<String>,
    /// Id of the group above.
    pub parent: Option<String>,
    /// "(27 DA)": how many items the heading declares.
    pub declared_count: Option<u32>,
    /// The group row's own amounts, in column order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amounts: Option<Vec<Amount>>,
    /// Whether the heading was lost and the group inferred.
    pub inferred: bool,
    /// Why, where it was inferred.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// Whether a page was lost inside the group, so that rows are known to be missing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub incomplete: bool,
    /// Where its heading stands; for an inferred group, its first row.
    pub at: At,
}

/// A printed total.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Total {
    /// Id of its row.
    pub id: String,
    /// The printed words.
    pub label: String,
    /// The formula of rows that the words state: "A + B".
    pub formula: Option<String>,
    /// Id of the group whose total it is; absent for the whole table.
    pub group: Option<String>,
    /// Id of the total that this one is a part of ("Trong đó: ngân sách tỉnh").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// Amounts in column order.
    pub amounts: Vec<Amount>,
    /// Where it stands.
    pub at: At,
}
