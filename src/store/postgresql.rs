//! The store on a PostgreSQL server.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use postgres::config::SslMode;
use postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use postgres::{Client, Config, NoTls, Statement};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::StoreError;
use super::address::{Address, Encryption};
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
    pub(super) fn connect(address: &Address) -> Result<Self, StoreError> {
        let mut config: Config = address.url.parse().map_err(DatabaseError::from)?;
        let client = match address.encryption {
            Encryption::None => config.ssl_mode(SslMode::Disable).connect(NoTls),
            Encryption::Checked => {
                let encrypted = MakeRustlsConnect::new(trusting(address.roots.as_deref())?);
                config.ssl_mode(SslMode::Require).connect(encrypted)
            }
        };
        Ok(Self { client: client.map_err(DatabaseError::from)?, prepared: HashMap::new() })
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

/// What is needed to check a server's certificate: those of a file, or those that the system trusts.
fn trusting(file: Option<&Path>) -> Result<ClientConfig, StoreError> {
    let failed = |what: &Path, why: String| StoreError::Certificates(what.display().to_string(), why);
    let mut roots = RootCertStore::empty();
    let (name, found) = match file {
        Some(file) => {
            let all = CertificateDer::pem_file_iter(file).and_then(Iterator::collect::<Result<Vec<_>, _>>);
            (file, all.map_err(|error| failed(file, error.to_string()))?)
        }
        None => (Path::new("system"), rustls_native_certs::load_native_certs().certs),
    };
    let (taken, _) = roots.add_parsable_certificates(found);
    if taken == 0 {
        return Err(failed(name, "no certificate".to_owned()));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|error| failed(name, error.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
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
        let said = error.as_db_error().map(|error| error.message().to_owned());
        // What is wrong with a certificate is said by the error below.
        let cause = || error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        Self { message: said.unwrap_or_else(|| format!("{error}{}", cause())), busy: false }
    }
}
