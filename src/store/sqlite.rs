//! The store in an SQLite file.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, ToSql, TransactionBehavior, params_from_iter};

use super::database::{self, Database, DatabaseError, Row, Value};

/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often opening is tried while another process makes the file.
const TRIES: u32 = 50;

/// Pause between tries.
const PAUSE: Duration = Duration::from_millis(50);

#[derive(Debug)]
pub(super) struct Sqlite {
    connection: Connection,
}

impl Sqlite {
    /// Opens a file; makes it where there is none.
    pub(super) fn open(path: &Path) -> Result<Self, DatabaseError> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        connection.set_transaction_behavior(TransactionBehavior::Immediate);
        // Switching to the write-ahead log does not wait for others by itself.
        let switch = || connection.pragma_update(None, "journal_mode", "wal");
        tried(|| switch().map_err(DatabaseError::from))?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        Ok(Self { connection })
    }
}

impl Database for Sqlite {
    fn migrate(&mut self) -> Result<(), DatabaseError> {
        // Of two processes that make a store at once, the later one finds it made.
        tried(|| database::migrate(&mut self.connection))
    }

    fn begin(&mut self) -> Result<(), DatabaseError> {
        Ok(self.connection.execute_batch("BEGIN IMMEDIATE")?)
    }

    fn end(&mut self, keep: bool) -> Result<(), DatabaseError> {
        Ok(self.connection.execute_batch(if keep { "COMMIT" } else { "ROLLBACK" })?)
    }

    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<(), DatabaseError> {
        self.connection.prepare_cached(sql)?.execute(params_from_iter(values))?;
        Ok(())
    }

    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, DatabaseError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(params_from_iter(values))?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let cells: Result<Row, rusqlite::Error> =
                (0..columns).map(|at| Ok(row.get_ref(at)?.into())).collect();
            out.push(cells?);
        }
        Ok(out)
    }
}

/// Tries again while another process is in the way.
fn tried(mut act: impl FnMut() -> Result<(), DatabaseError>) -> Result<(), DatabaseError> {
    let mut left = TRIES;
    loop {
        match act() {
            Err(error) if error.busy && left > 0 => {
                left -= 1;
                std::thread::sleep(PAUSE);
            }
            done => return done,
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Whole(n) => ValueRef::Integer(*n),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl From<ValueRef<'_>> for Value {
    fn from(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(n) => Self::Whole(n),
            ValueRef::Real(x) => Self::Text(x.to_string()),
            ValueRef::Text(text) => Self::Text(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Blob(bytes) => Self::Bytes(bytes.to_vec()),
        }
    }
}

impl From<rusqlite::Error> for DatabaseError {
    fn from(error: rusqlite::Error) -> Self {
        let busy =
            matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked));
        Self { message: error.to_string(), busy }
    }
}
