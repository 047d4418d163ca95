//! The store of versions: programmes, their versions, and each item through them, in an SQLite file or on a PostgreSQL
//! server. The one module of the library beside `read` that reaches outside: it opens files and connections.
//!
//! Comes in: models with their reports and bytes. Goes out: what was stored, and what is known of programmes, versions and
//! items. docs/STORE.md has the tables.

#[cfg(feature = "postgres")]
mod address;
mod copies;
mod database;
mod findings;
mod halves;
mod identity;
mod import;
mod more;
mod packed;
#[cfg(feature = "postgres")]
mod postgresql;
mod query;
mod record;
mod sqlite;

use std::path::Path;

use thiserror::Error;

use self::database::Database;

pub use self::database::DatabaseError;
pub use self::import::{Already, Half, Imported, Incoming};
pub use self::query::{Entry, FigureRow, History, Kept, Logged, Programme, StateRow};

/// A store.
#[derive(Debug)]
pub struct Store {
    database: Box<dyn Database>,
}

/// Why a store could not do what it was asked to.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database said no.
    #[error("the database says: {0}")]
    Database(String),
    /// The document does not say which programme it is a version of.
    #[error("the document does not say whose programme it is")]
    Unsure,
    /// Several programmes have what the document says of itself.
    #[error("several programmes fit: {}", .0.join(", "))]
    Several(Vec<String>),
    /// There is no such programme.
    #[error("there is no programme {0}")]
    NoProgramme(String),
    /// There is no such version.
    #[error("programme {0} has no version {1}")]
    NoVersion(String, i64),
    /// There is no such item.
    #[error("there is no item {0}")]
    NoItem(String),
    /// What is kept cannot be read back.
    #[error("what is kept of {0} is damaged: {1}")]
    Damaged(String, String),
    /// The address asks for a kind of encryption that is not to be had.
    #[error("sslmode={0} is not to be had")]
    Encryption(String),
    /// The certificates that are to be trusted cannot be used.
    #[error("certificates {0}: {1}")]
    Certificates(String, String),
    /// The program was built without the kind of store that was named.
    #[error("built without PostgreSQL")]
    NotBuilt,
}

impl Store {
    /// Opens a store: the path of an SQLite file, made where there is none, or the address of a PostgreSQL database
    /// ("postgres://…").
    ///
    /// # Errors
    /// What the database says.
    pub fn open(location: &str) -> Result<Self, StoreError> {
        let mut database: Box<dyn Database> = if is_address(location) {
            connect(location)?
        } else {
            Box::new(sqlite::Sqlite::open(Path::new(location))?)
        };
        database.migrate()?;
        Ok(Self { database })
    }
}

/// Whether a location is that of a server.
#[must_use]
pub fn is_address(location: &str) -> bool {
    ["postgres://", "postgresql://"].iter().any(|scheme| location.starts_with(scheme))
}

#[cfg(feature = "postgres")]
fn connect(address: &str) -> Result<Box<dyn Database>, StoreError> {
    Ok(Box::new(postgresql::Postgresql::connect(&address::Address::parse(address)?)?))
}

#[cfg(not(feature = "postgres"))]
fn connect(_: &str) -> Result<Box<dyn Database>, StoreError> {
    Err(StoreError::NotBuilt)
}

impl From<DatabaseError> for StoreError {
    fn from(error: DatabaseError) -> Self {
        Self::Database(error.message)
    }
}
