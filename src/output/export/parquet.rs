//! A table as a Parquet file: decimals as Decimal128, days as Date32, so that no reader has to guess.

use std::io::{self, Write};
use std::sync::Arc;

use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::Compression;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, Int64Array, RecordBatch, StringArray,
};
use arrow_schema::{ArrowError, Field, Schema};
use jiff::civil::Date;

use super::{Column, Kind, Table, Value};

/// Digits of a decimal.
const PRECISION: u8 = 38;

/// Decimal places of a decimal column; more where a value of it has more.
const SCALE: u32 = 6;

/// Writes a table as a Parquet file.
///
/// # Errors
/// What the writer gives; a decimal that does not fit into 38 digits with its column's decimal places.
pub fn write(table: &Table, out: impl Write + Send) -> io::Result<()> {
    write_rows(table.columns, &table.rows, out)
}

/// Writes rows, each with a value for every column, as a Parquet file.
///
/// # Errors
/// As of [`write()`].
pub fn write_rows(columns: &[Column], rows: &[Vec<Value>], out: impl Write + Send) -> io::Result<()> {
    let mut fields = Vec::with_capacity(columns.len());
    let mut arrays: Vec<ArrayRef> = Vec::with_capacity(columns.len());
    for (i, column) in columns.iter().enumerate() {
        let values: Vec<&Value> = rows.iter().map(|row| row.get(i).unwrap_or(&Value::Null)).collect();
        let array = array(column.kind, &values)?;
        fields.push(Field::new(column.name, array.data_type().clone(), true));
        arrays.push(array);
    }
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(arrow_error)?;
    let properties = WriterProperties::builder()
        .set_created_by(concat!("cthd ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::SNAPPY)
        .build();
    let mut writer = ArrowWriter::try_new(out, schema, Some(properties)).map_err(parquet_error)?;
    writer.write(&batch).map_err(parquet_error)?;
    writer.close().map_err(parquet_error)?;
    Ok(())
}

fn array(kind: Kind, values: &[&Value]) -> io::Result<ArrayRef> {
    Ok(match kind {
        Kind::Text => Arc::new(StringArray::from_iter(values.iter().map(|value| match value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        }))),
        Kind::Int => Arc::new(Int64Array::from_iter(values.iter().map(|value| match value {
            Value::Int(number) => Some(*number),
            _ => None,
        }))),
        Kind::Bool => Arc::new(BooleanArray::from_iter(values.iter().map(|value| match value {
            Value::Bool(yes) => Some(*yes),
            _ => None,
        }))),
        Kind::Date => Arc::new(Date32Array::from_iter(values.iter().map(|value| match value {
            Value::Date(day) => days(day),
            _ => None,
        }))),
        Kind::Decimal => Arc::new(decimals(values)?),
    })
}

fn decimals(values: &[&Value]) -> io::Result<Decimal128Array> {
    let numbers = || {
        values.iter().map(|value| match value {
            Value::Decimal(number) => Some(*number),
            _ => None,
        })
    };
    let scale = numbers().flatten().map(|number| number.scale()).max().unwrap_or(0).max(SCALE);
    let limit = 10_i128.pow(PRECISION.into());
    let mantissas: Result<Vec<Option<i128>>, io::Error> = numbers()
        .map(|number| {
            let Some(number) = number else { return Ok(None) };
            let fits = number.mantissa_at(scale).filter(|mantissa| mantissa.abs() < limit);
            fits.map(Some).ok_or_else(|| io::Error::other(format!("{number} has more than 38 digits")))
        })
        .collect();
    let scale = i8::try_from(scale).unwrap_or(i8::MAX);
    Decimal128Array::from_iter(mantissas?).with_precision_and_scale(PRECISION, scale).map_err(arrow_error)
}

/// Days since 1970-01-01.
fn days(day: &str) -> Option<i32> {
    let day: Date = day.parse().ok()?;
    let span = Date::constant(1970, 1, 1).until(day).ok()?;
    Some(span.get_days())
}

fn arrow_error(error: ArrowError) -> io::Error {
    io::Error::other(error.to_string())
}

fn parquet_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(inner) => io::Error::other(inner.to_string()),
        },
        error => io::Error::other(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_the_epoch() {
        assert_eq!(days("1970-01-02"), Some(1));
        assert_eq!(days("2026-06-30"), Some(20_634));
        assert_eq!(days("1969-12-31"), Some(-1));
        assert_eq!(days("2026-02-30"), None);
    }
}
