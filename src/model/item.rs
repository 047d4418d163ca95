//! Items of appendices: targets, tasks, projects, plans.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Agency, Deadline, Funding};
use crate::span::At;
use crate::value::{Number, Period, Quantity, Unit};

/// An item of an appendix, told apart by its `type`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Item {
    /// A target.
    Target(Box<Target>),
    /// A task.
    Task(Box<Task>),
    /// A project.
    Project(Box<Project>),
    /// A plan to be drawn up.
    Plan(Box<Plan>),
}

/// A target (chỉ tiêu); growth rows are targets with a lead agency.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Target {
    /// "1/12".
    pub id: String,
    /// Printed number; absent on rows under a numbered one.
    pub number: Option<String>,
    /// List mark before the name or in the number column: "-", "+".
    pub marker: Option<String>,
    /// Id of the target that this row is a part or another reading of.
    pub parent: Option<String>,
    /// Id of the group.
    pub group: Option<String>,
    /// Name without mark.
    pub name: String,
    /// Unit of the values.
    pub unit: Option<Unit>,
    /// Values by period, in column order, blank ones included.
    pub values: Vec<TargetValue>,
    /// Agency that leads or reports.
    #[serde(default)]
    pub lead: Vec<Agency>,
    /// Whether the row leaves the value to a higher level ("Các chỉ tiêu khác …").
    pub deferred: bool,
    /// Note.
    pub note: Option<String>,
    /// Where the row stands.
    pub at: At,
}

/// One value of a target.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct TargetValue {
    /// The period that the column names; absent where it names none.
    pub period: Option<Period>,
    /// The value.
    pub value: Quantity,
}

/// A task (nhiệm vụ).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Task {
    /// "3/XI.4/3".
    pub id: String,
    /// Printed number.
    pub number: Option<String>,
    /// Id of the group.
    pub group: Option<String>,
    /// What is to be done.
    pub name: String,
    /// Quantities named in the name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quantities: Vec<Quantity>,
    /// Lead agencies (cơ quan chủ trì).
    pub lead: Vec<Agency>,
    /// Coordinating agencies (cơ quan phối hợp).
    pub coordinators: Vec<Agency>,
    /// Deadline (thời gian thực hiện).
    pub deadline: Option<Deadline>,
    /// Funding (nguồn lực, kinh phí).
    pub funding: Option<Funding>,
    /// One amount for each money column, in column order, blank cells included; empty where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<Amount>,
    /// Product (sản phẩm).
    pub product: Option<String>,
    /// Note.
    pub note: Option<String>,
    /// Where the row stands.
    pub at: At,
}

/// A project (dự án).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Project {
    /// "3B/V/4".
    pub id: String,
    /// Printed number.
    pub number: Option<String>,
    /// Id of the group.
    pub group: Option<String>,
    /// Name.
    pub name: String,
    /// Project class (nhóm dự án): "A", "B", "C".
    pub class: Option<String>,
    /// Where it is built.
    pub location: Option<String>,
    /// Design size.
    pub size: Option<String>,
    /// Scope of the investment.
    pub scope: Option<String>,
    /// How many years it takes.
    pub duration_years: Option<Number>,
    /// Years of execution.
    pub period: Option<Period>,
    /// One amount for each money column, in column order, blank cells included.
    pub amounts: Vec<Amount>,
    /// Lead agency, where the table names one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lead: Vec<Agency>,
    /// Funding.
    pub funding: Option<Funding>,
    /// Note.
    pub note: Option<String>,
    /// Where the row stands.
    pub at: At,
}

/// A plan to be drawn up (lập quy hoạch, đề án).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// "3C/1".
    pub id: String,
    /// Printed number.
    pub number: Option<String>,
    /// Id of the group.
    pub group: Option<String>,
    /// Name.
    pub name: String,
    /// Where it applies.
    pub location: Option<String>,
    /// When.
    pub schedule: Option<Deadline>,
    /// Lead agency, where the table names one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lead: Vec<Agency>,
    /// Note.
    pub note: Option<String>,
    /// Where the row stands.
    pub at: At,
}

/// One money cell.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Amount {
    /// Id of the column.
    pub column: String,
    /// What the column is.
    pub role: AmountRole,
    /// The year, for a column of one year.
    pub year: Option<i32>,
    /// The value; `none` where the cell is blank.
    pub value: Quantity,
}

/// What a money column is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum AmountRole {
    /// The sum of other columns.
    Total,
    /// A part of a total (construction, site clearance, a source of money).
    #[default]
    Component,
    /// The plan of one year inside the total.
    Year,
    /// A plan of an earlier period, outside the total.
    PriorPlan,
}

impl Item {
    /// The item's id.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Target(x) => &x.id,
            Self::Task(x) => &x.id,
            Self::Project(x) => &x.id,
            Self::Plan(x) => &x.id,
        }
    }

    /// The printed number.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        match self {
            Self::Target(x) => x.number.as_deref(),
            Self::Task(x) => x.number.as_deref(),
            Self::Project(x) => x.number.as_deref(),
            Self::Plan(x) => x.number.as_deref(),
        }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Target(x) => &x.name,
            Self::Task(x) => &x.name,
            Self::Project(x) => &x.name,
            Self::Plan(x) => &x.name,
        }
    }

    /// Id of the group.
    #[must_use]
    pub fn group(&self) -> Option<&str> {
        match self {
            Self::Target(x) => x.group.as_deref(),
            Self::Task(x) => x.group.as_deref(),
            Self::Project(x) => x.group.as_deref(),
            Self::Plan(x) => x.group.as_deref(),
        }
    }

    /// Where the row stands.
    #[must_use]
    pub fn at(&self) -> &At {
        match self {
            Self::Target(x) => &x.at,
            Self::Task(x) => &x.at,
            Self::Project(x) => &x.at,
            Self::Plan(x) => &x.at,
        }
    }

    /// The money cells; empty for items without money.
    #[must_use]
    pub fn amounts(&self) -> &[Amount] {
        match self {
            Self::Project(x) => &x.amounts,
            Self::Task(x) => &x.amounts,
            _ => &[],
        }
    }
}
