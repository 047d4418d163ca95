//! The printed table: columns, rows, cells.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::span::At;
use crate::value::Number;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Column {
    /// "c1" for the first column.
    pub id: String,
    /// Header texts from top to bottom: `["Nhu cầu vốn", "Xây lắp"]`.
    pub path: Vec<String>,
    /// What the column holds.
    pub role: ColumnRole,
    /// The years that the header names, first and last: `[2026]`, `[2022, 2025]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<Vec<i32>>,
    /// What the column-index row says: "6", "7=3+4+5+6".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<String>,
    /// How numbers in the column are written, and how that was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_format: Option<NumberFormat>,
    /// Where the lowest header cell stands.
    pub at: At,
}

/// How numbers are written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct NumberFormat {
    /// Decimal mark: "," or ".".
    pub decimal: String,
    /// How it was decided: the cells that leave no choice, the sums that close, the document's other tables, or custom.
    pub evidence: String,
}

impl NumberFormat {
    /// Whether sums that close decided it ("16 sums close, 14 otherwise").
    #[must_use]
    pub fn is_by_sums(&self) -> bool {
        self.evidence.contains("sums close")
    }
}

/// What a column holds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ColumnRole {
    /// Row numbers (TT, STT).
    Number,
    /// Names of the items.
    Name,
    /// Units.
    Unit,
    /// Values of targets.
    Value,
    /// Lead agencies.
    Lead,
    /// Coordinating agencies.
    Coordinators,
    /// Deadlines.
    Deadline,
    /// Funding in words.
    Funding,
    /// Products.
    Product,
    /// One column compared with another ("Tăng/giảm", "So với năm 2025"): no value of its own.
    Comparison,
    /// Notes.
    Note,
    /// Project class.
    Class,
    /// Location.
    Location,
    /// Design size.
    Size,
    /// Scope.
    Scope,
    /// Duration in years.
    Duration,
    /// Years of execution.
    Period,
    /// Money: the sum of other columns.
    Total,
    /// Money: a part.
    Component,
    /// Money: the plan of one year.
    Year,
    /// Money: a plan of an earlier period.
    PriorPlan,
    /// Not recognised.
    #[default]
    Other,
}

/// The table as printed, after pages were joined.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// Header rows; a table whose header was lost has none.
    pub header: Vec<Row>,
    /// Rows under the header.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// Appendix id, "/r", position: "3B/r12"; header rows "3B/h1".
    pub id: String,
    /// What the row is.
    pub role: RowRole,
    /// Id of the item, group or total that the row gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// Printed number.
    pub number: Option<String>,
    /// Cells from left to right.
    pub cells: Vec<Cell>,
    /// Whether a page or another cut stands right before the row.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub after_break: bool,
    /// Where it stands.
    pub at: At,
}

/// What a row is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum RowRole {
    /// Header.
    Header,
    /// An item.
    #[default]
    Item,
    /// A group's heading.
    Group,
    /// A total of a part.
    Subtotal,
    /// A total of the whole.
    Total,
    /// A label alone: "Trong đó:".
    Label,
    /// Column numbers or formulas.
    FormulaIndex,
    /// A remark.
    Note,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// The printed text without markup; absent where the cell is blank.
    pub raw: Option<String>,
    /// Where the cell's content comes from.
    pub origin: Origin,
    /// The number that the file holds, where it is not what the cell shows: 0.85 where it shows "85%", the serial
    /// number of a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stored: Option<Number>,
    /// Whether the file holds a number for the cell, which a program shows in its own notation; not in the JSON.
    #[serde(skip)]
    pub is_number: bool,
    /// What else may stand there, where the cell was recognised from a picture and read more than once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<String>,
    /// Id of the row that an inherited content comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Where it stands.
    pub at: At,
}

/// Where a cell's content comes from.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Its own text.
    Own,
    /// Blank, and covered by a merged cell that starts at another place.
    Inherited,
    /// Its own text, joined over a page break.
    Continued,
    /// Blank.
    #[default]
    Blank,
    /// Missing: the row is shorter than its header.
    Lost,
}
