//! The model and the audit as flat tables with stable columns (docs/EXPORT.md): what CSV, NDJSON, Parquet and the
//! data sheets of a workbook are written from.
//!
//! A document and its report come in, [`Table`]s go out, one for each kind of thing, always with all columns.

mod audit;
mod items;
mod text;

#[cfg(feature = "parquet")]
pub mod parquet;

pub use text::{write_csv, write_lines};

use rustc_hash::FxHashMap;

use super::Catalogue;
use super::located::Locator;
use super::report::Report;
use crate::model::Document;
use crate::span::At;
use crate::value::Number;

/// A flat table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it holds: "targets".
    pub name: TableName,
    /// Its columns.
    pub columns: &'static [Column],
    /// Its rows; each has a value for every column.
    pub rows: Vec<Vec<Value>>,
}

/// What a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableName {
    /// Values of targets, one a row.
    Targets,
    /// Tasks.
    Tasks,
    /// Projects.
    Projects,
    /// Money cells of projects, tasks, groups and totals, one a row.
    Amounts,
    /// Plans.
    Plans,
    /// Sections of the body.
    Sections,
    /// Findings, also accepted ones.
    Findings,
    /// Checks.
    Checks,
    /// Operands of the checks, one a row.
    Operands,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name: "deadline_from".
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Whole numbers.
    Int,
    /// Exact decimals.
    Decimal,
    /// Days.
    Date,
    /// Yes or no.
    Bool,
}

/// A value of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// Text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// An exact decimal with its printed scale.
    Decimal(Number),
    /// A day, ISO 8601.
    Date(String),
    /// Yes or no.
    Bool(bool),
}

/// What tables are made from.
#[derive(Debug)]
pub(super) struct Input<'a> {
    pub(super) document: &'a Document,
    pub(super) report: &'a Report,
    pub(super) locator: &'a Locator<'a>,
    pub(super) catalogue: &'a Catalogue,
    pub(super) titles: Titles<'a>,
}

/// Titles of groups by their ids.
pub(super) type Titles<'a> = FxHashMap<&'a str, &'a str>;

/// The titles of all groups.
pub(super) fn titles(document: &Document) -> Titles<'_> {
    let groups = document.appendices.iter().flat_map(|appendix| &appendix.groups);
    groups.filter_map(|group| Some((group.id.as_str(), group.title.as_deref()?))).collect()
}

impl TableName {
    /// All tables, in the order in which they are written.
    pub const ALL: [Self; 9] = [
        Self::Targets,
        Self::Tasks,
        Self::Projects,
        Self::Amounts,
        Self::Plans,
        Self::Sections,
        Self::Findings,
        Self::Checks,
        Self::Operands,
    ];

    /// "targets".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Targets => "targets",
            Self::Tasks => "tasks",
            Self::Projects => "projects",
            Self::Amounts => "amounts",
            Self::Plans => "plans",
            Self::Sections => "sections",
            Self::Findings => "findings",
            Self::Checks => "checks",
            Self::Operands => "operands",
        }
    }

    /// The table that a name means.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }

    /// Its columns.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Targets => items::TARGETS,
            Self::Tasks => items::TASKS,
            Self::Projects => items::PROJECTS,
            Self::Amounts => items::AMOUNTS,
            Self::Plans => items::PLANS,
            Self::Sections => items::SECTIONS,
            Self::Findings => audit::FINDINGS,
            Self::Checks => audit::CHECKS,
            Self::Operands => audit::OPERANDS,
        }
    }
}

/// All tables of a document and its report.
#[must_use]
pub fn tables(document: &Document, report: &Report, catalogue: &Catalogue) -> Vec<Table> {
    let locator = Locator::of(document);
    let input = Input { document, report, locator: &locator, catalogue, titles: titles(document) };
    TableName::ALL.into_iter().map(|name| table(name, &input)).collect()
}

/// One table.
pub(super) fn table(name: TableName, input: &Input<'_>) -> Table {
    let rows = match name {
        TableName::Targets => items::targets(input),
        TableName::Tasks => items::tasks(input),
        TableName::Projects => items::projects(input),
        TableName::Amounts => items::amounts(input),
        TableName::Plans => items::plans(input),
        TableName::Sections => items::sections(input),
        TableName::Findings => audit::findings(input),
        TableName::Checks => audit::checks(input),
        TableName::Operands => audit::operands(input),
    };
    Table { name, columns: name.columns(), rows }
}

/// A column.
pub(super) const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

/// Line, column and place in words of a node.
fn place(at: &At, catalogue: &Catalogue) -> [Value; 3] {
    let place = super::place::short(at, catalogue);
    [Value::from(at.line), Value::from(at.column), Value::Text(place)]
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(value.into())
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Int(value.into())
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<Number> for Value {
    fn from(value: Number) -> Self {
        Self::Decimal(value)
    }
}

impl<T> From<Option<T>> for Value
where
    Self: From<T>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::from)
    }
}
