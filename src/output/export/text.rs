//! Tables as CSV and as NDJSON. Decimals are written as they are printed, days as ISO 8601.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Column, Table, Value};

/// Writes a table as CSV (RFC 4180, UTF-8, commas, a header line): nothing is an empty field.
///
/// # Errors
/// What the writer gives.
pub fn write_csv(table: &Table, out: impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(table.columns.iter().map(|column| column.name))?;
    for row in &table.rows {
        csv.write_record(row.iter().map(Value::to_text))?;
    }
    csv.flush()
}

/// Writes a table as NDJSON: one object a row, with the table's name as `table`, then every column. Decimals are
/// strings.
///
/// # Errors
/// What the writer gives.
pub fn write_lines(table: &Table, mut out: impl Write) -> io::Result<()> {
    for values in &table.rows {
        serde_json::to_writer(&mut out, &Row { table, values })?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// A row with its table.
struct Row<'a> {
    table: &'a Table,
    values: &'a [Value],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.values.len() + 1))?;
        map.serialize_entry("table", self.table.name.name())?;
        for (Column { name, .. }, value) in self.table.columns.iter().zip(self.values) {
            match value {
                Value::Null => map.serialize_entry(name, &None::<()>)?,
                Value::Text(text) | Value::Date(text) => map.serialize_entry(name, text)?,
                Value::Int(number) => map.serialize_entry(name, number)?,
                Value::Decimal(number) => map.serialize_entry(name, number)?,
                Value::Bool(yes) => map.serialize_entry(name, yes)?,
            }
        }
        map.end()
    }
}

impl Value {
    /// The value as text; nothing is empty.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) | Self::Date(text) => text.clone(),
            Self::Int(number) => number.to_string(),
            Self::Decimal(number) => number.to_string(),
            Self::Bool(yes) => yes.to_string(),
        }
    }
}
