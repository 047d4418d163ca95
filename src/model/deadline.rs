//! Deadlines.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::span::At;

/// A deadline or schedule (thời gian thực hiện, tiến độ).
///
/// `from` and `to` are the first and last day that the words allow, ISO 8601: "Quý II/2026" is
/// 2026-04-01 to 2026-06-30; "Trước 2030" is to 2029-12-31 with no first day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Deadline {
    /// The printed text.
    pub raw: String,
    /// What form the words have.
    pub kind: DeadlineKind,
    /// First day, ISO 8601.
    pub from: Option<String>,
    /// Last day, ISO 8601.
    pub to: Option<String>,
    /// How often, as an ISO 8601 duration: "P1Y".
    pub recurrence: Option<String>,
    /// A condition in words: "sau khi TW, TP hướng dẫn".
    pub condition: Option<String>,
    /// Whether the words say "about" ("dự kiến", "khoảng").
    pub approximate: bool,
    /// What cannot be a date: "tháng 14", "quý V", the year 3030, an end before the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<DeadlineProblem>,
    /// Whether it is said for the row's group, or in a merged cell above the row.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inferred: bool,
    /// Where it stands.
    pub at: At,
}

/// What is wrong with the words of a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineProblem {
    /// A month, quarter, day or year that there is not.
    Impossible,
    /// The end lies before the start.
    Reversed,
}

/// Form of a deadline.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A half or other part of a year.
    Part,
    /// One year.
    Year,
    /// Several years, named one by one or by the first and the last ("2026-2030").
    Years,
    /// From one time to another within years.
    Range,
    /// Up to a time.
    Before,
    /// From a time on.
    After,
    /// Again and again ("hằng năm").
    Recurring,
    /// All the time ("thường xuyên").
    Ongoing,
    /// When something happens ("theo chỉ đạo").
    OnEvent,
    /// Already done.
    Done,
    /// Several of these.
    Mixed,
    /// Not understood.
    #[default]
    Unknown,
}
