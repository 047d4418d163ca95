//! The little that the store asks of a database: statements with values, rows of values, one transaction at a time.

use std::fmt;

/// A value that goes into or comes out of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Null,
    Whole(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A row of values.
pub(super) type Row = Vec<Value>;

/// Why a database could not do what it was asked to.
#[derive(Debug)]
pub struct DatabaseError {
    /// What the database says.
    pub message: String,
    /// Whether another process is in the way, so that it may work a moment later.
    pub busy: bool,
}

/// A database. Placeholders are `$1`, `$2` …, each used once and in rising order.
pub(super) trait Database: fmt::Debug {
    /// Brings the tables to the newest form.
    fn migrate(&mut self) -> Result<(), DatabaseError>;

    /// Begins a transaction that no other writer is in.
    fn begin(&mut self) -> Result<(), DatabaseError>;

    /// Ends the transaction, keeping or dropping what was done in it.
    fn end(&mut self, keep: bool) -> Result<(), DatabaseError>;

    /// Carries out a statement.
    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<(), DatabaseError>;

    /// Gives the rows of a query.
    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, DatabaseError>;
}

/// The text of the migrations, by their names.
pub(super) const MIGRATIONS: &[(&str, &str)] = &[
    ("V1__versions", include_str!("migrations/V1__versions.sql")),
    ("V2__more", include_str!("migrations/V2__more.sql")),
];

/// Runs the migrations, all in one transaction.
pub(super) fn migrate<C: refinery::Migrate>(connection: &mut C) -> Result<(), DatabaseError> {
    let read = |(name, sql): &(&str, &str)| refinery::Migration::unapplied(name, sql);
    let list: Result<Vec<_>, _> = MIGRATIONS.iter().map(read).collect();
    let done = list.and_then(|list| refinery::Runner::new(&list).set_grouped(true).run(connection));
    done.map(drop).map_err(|error| DatabaseError { message: error.to_string(), busy: true })
}

impl Value {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn whole(&self) -> Option<i64> {
        match self {
            Self::Whole(n) => Some(*n),
            _ => None,
        }
    }

    pub(super) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::Whole(n)
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
