//! The store on a PostgreSQL server.

use std::collections::HashMap;
use std::error::Error;

use postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use postgres::{Client, NoTls, Statement};

use super::database::{self, Database, DatabaseError, Row, Value};

/// The lock under which writers of a store take turns: "cthd" in ASCII.
const LOCK: i64 = 0x6374_6864;

pub(super) struct Postgresql {
    client: Client,
    prepared: HashMap<String, Statement>,
}

impl std::fmt::Debug for Postgresql {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postgresql").finish_non_exhaustive()
    }
}

impl Postgresql {
    /// Connects to a server: "postgres://user@host/database".
    pub(super) fn connect(url: &str) -> Result<Self, DatabaseError> {
        Ok(Self { client: Client::connect(url, NoTls)?, prepared: HashMap::new() })
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement, DatabaseError> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql)?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

impl Database for Postgresql {
    fn migrate(&mut self) -> Result<(), DatabaseError> {
        self.client.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))?;
        let done = database::migrate(&mut self.client);
        self.client.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))?;
        done
    }

    fn begin(&mut self) -> Result<(), DatabaseError> {
        Ok(self.client.batch_execute(&format!("BEGIN; SELECT pg_advisory_xact_lock({LOCK})"))?)
    }

    fn end(&mut self, keep: bool) -> Result<(), DatabaseError> {
        Ok(self.client.batch_execute(if keep { "COMMIT" } else { "ROLLBACK" })?)
    }

    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<(), DatabaseError> {
        let statement = self.prepared(sql)?;
        self.client.execute(&statement, &references(values))?;
        Ok(())
    }

    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, DatabaseError> {
        let statement = self.prepared(sql)?;
        let rows = self.client.query(&statement, &references(values))?;
        rows.iter().map(cells).collect()
    }
}

fn references(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn cells(row: &postgres::Row) -> Result<Row, DatabaseError> {
    let cell = |(at, column): (usize, &postgres::Column)| -> Result<Value, DatabaseError> {
        Ok(match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(at)?.into(),
            Type::INT4 => row.try_get::<_, Option<i32>>(at)?.map(i64::from).into(),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at)?.into(),
            _ => row.try_get::<_, Option<String>>(at)?.into(),
        })
    };
    row.columns().iter().enumerate().map(cell).collect()
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Whole(n) => n.to_sql(ty, out),
            Self::Text(text) => text.to_sql(ty, out),
            Self::Bytes(bytes) => bytes.to_sql(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::TEXT | Type::VARCHAR | Type::BYTEA)
    }

    to_sql_checked!();
}

impl From<postgres::Error> for DatabaseError {
    fn from(error: postgres::Error) -> Self {
        let message =
            error.as_db_error().map_or_else(|| error.to_string(), |error| error.message().to_owned());
        Self { message, busy: false }
    }
}
