//! Flat tables: columns, exact values, the three formats.

use cthd::output::export::{self, Kind, Table, TableName, Value};

use crate::{Made, SMALL, common, documents, made};

fn tables(made: &Made) -> Vec<Table> {
    export::tables(&made.document, &made.reports[0], &made.catalogues[0])
}

fn value<'a>(table: &'a Table, row: usize, column: &str) -> &'a Value {
    let index = table.columns.iter().position(|it| it.name == column).expect(column);
    &table.rows[row][index]
}

fn of(tables: &[Table], name: TableName) -> &Table {
    tables.iter().find(|table| table.name == name).expect("every table is there")
}

#[test]
fn every_row_has_a_value_of_its_columns_kind() {
    let mut failures = Vec::new();
    for (name, bytes) in documents() {
        for table in tables(&made(&bytes)) {
            for (i, row) in table.rows.iter().enumerate() {
                assert_eq!(row.len(), table.columns.len(), "{name} {} row {i}", table.name.name());
                for (value, column) in row.iter().zip(table.columns) {
                    let fits = matches!(
                        (value, column.kind),
                        (Value::Null, _)
                            | (Value::Text(_), Kind::Text)
                            | (Value::Int(_), Kind::Int)
                            | (Value::Decimal(_), Kind::Decimal)
                            | (Value::Date(_), Kind::Date)
                            | (Value::Bool(_), Kind::Bool)
                    );
                    let empty = matches!(value, Value::Text(text) if text.is_empty());
                    if !fits || empty {
                        failures.push(format!("{name} {} {}: {value:?}", table.name.name(), column.name));
                    }
                }
            }
        }
    }
    common::report(&failures, "values");
}

#[test]
fn items_amounts_findings_and_checks_are_all_there() {
    for (name, bytes) in documents() {
        let made = made(&bytes);
        let tables = tables(&made);
        let items = made.document.appendices.iter().flat_map(|it| &it.items);
        let ids: std::collections::BTreeSet<&str> = items.map(|item| item.id()).collect();
        let mut found = std::collections::BTreeSet::new();
        for table in [TableName::Targets, TableName::Tasks, TableName::Projects, TableName::Plans] {
            let table = of(&tables, table);
            for row in 0..table.rows.len() {
                if let Value::Text(id) = value(table, row, "id") {
                    found.insert(id.as_str());
                }
            }
        }
        assert_eq!(found, ids, "{name}");
        assert_eq!(of(&tables, TableName::Findings).rows.len(), made.reports[0].findings.len(), "{name}");
        assert_eq!(of(&tables, TableName::Checks).rows.len(), made.reports[0].checks.len(), "{name}");
    }
}

#[test]
fn amounts_keep_their_printed_scale_and_know_their_column() {
    let made = made(SMALL.as_bytes());
    let tables = tables(&made);
    let amounts = of(&tables, TableName::Amounts);
    assert_eq!(value(amounts, 0, "low").to_text(), "1984");
    assert_eq!(value(amounts, 0, "column_title").to_text(), "Tổng số");
    assert_eq!(value(amounts, 1, "year"), &Value::Int(2026));
    assert_eq!(value(amounts, 1, "unit_factor").to_text(), "1000000");
    let checks = of(&tables, TableName::Checks);
    let failed =
        (0..checks.rows.len()).find(|row| value(checks, *row, "outcome").to_text() == "fails").unwrap();
    assert_eq!(value(checks, failed, "difference").to_text(), "10");
    assert_eq!(value(checks, failed, "node").to_text(), "1/r1#3");
    let tasks = of(&tables, TableName::Tasks);
    assert_eq!(value(tasks, 0, "deadline_to"), &Value::Date("2026-06-30".to_owned()));
}

#[test]
fn csv_quotes_what_needs_it_and_leaves_nothing_empty() {
    let made = made(SMALL.replace("số hóa", "\"số\", hóa").as_bytes());
    let mut out = Vec::new();
    export::write_csv(of(&tables(&made), TableName::Tasks), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let mut lines = text.lines();
    assert!(lines.next().unwrap().starts_with("id,appendix,group,group_title,number,name,lead,"));
    let line = lines.next().unwrap();
    assert!(line.starts_with("2/1,2,,,1,\"Lập kế hoạch \"\"số\"\", hóa\",Văn phòng Đảng ủy,"), "{line}");
}

#[test]
fn lines_of_ndjson_name_their_table_and_write_decimals_as_text() {
    let made = made(SMALL.as_bytes());
    let mut out = Vec::new();
    for table in tables(&made) {
        export::write_lines(&table, &mut out).unwrap();
    }
    let lines: Vec<serde_json::Value> =
        String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let project = lines.iter().find(|line| line["table"] == "projects").unwrap();
    assert_eq!(project["total"], "1984");
    assert!(project["class"].is_null());
    let mut seen: Vec<&str> = lines.iter().map(|line| line["table"].as_str().unwrap()).collect();
    seen.dedup();
    let order: Vec<&str> =
        TableName::ALL.iter().map(|table| table.name()).filter(|name| seen.contains(name)).collect();
    assert_eq!(seen, order);
}

#[test]
fn the_documentation_names_every_table_and_column() {
    let docs = common::read_text(&common::path("docs/EXPORT.md"));
    let mut failures = Vec::new();
    for table in TableName::ALL {
        let heading = format!("### {}\n", table.name());
        let part = docs.split(&heading).nth(1).map(|part| part.split("\n### ").next().unwrap_or_default());
        let Some(part) = part else {
            failures.push(format!("no heading {}", table.name()));
            continue;
        };
        let listed: Vec<&str> = part
            .lines()
            .filter_map(|line| line.strip_prefix("| `"))
            .flat_map(|line| {
                line.split(" |")
                    .next()
                    .unwrap_or_default()
                    .split('`')
                    .filter(|it| !it.trim_matches([',', ' ']).is_empty())
            })
            .collect();
        let columns: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
        if listed != columns {
            failures.push(format!("{}: {listed:?}\n    but {columns:?}", table.name()));
        }
    }
    common::report(&failures, "docs/EXPORT.md");
}

#[cfg(feature = "parquet")]
mod parquet_files {
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Date32Type, Decimal128Type};
    use arrow_array::{Array, RecordBatch};
    use arrow_schema::DataType;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    use super::*;

    fn back(table: &Table) -> Vec<RecordBatch> {
        let mut out = Vec::new();
        export::parquet::write(table, &mut out).unwrap();
        let reader =
            ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(out)).unwrap().build().unwrap();
        reader.map(|batch| batch.unwrap()).collect()
    }

    #[test]
    fn decimals_and_days_are_typed_and_exact() {
        for (name, bytes) in documents() {
            let made = made(&bytes);
            for table in tables(&made) {
                let batches = back(&table);
                let rows: usize = batches.iter().map(RecordBatch::num_rows).sum();
                assert_eq!(rows, table.rows.len(), "{name}");
                for batch in &batches {
                    for (i, column) in table.columns.iter().enumerate() {
                        let array = batch.column(i);
                        for (row, values) in table.rows.iter().enumerate() {
                            let expected = &values[i];
                            assert_eq!(
                                array.is_null(row),
                                *expected == Value::Null,
                                "{name} {}",
                                column.name
                            );
                            match expected {
                                Value::Decimal(number) => {
                                    let DataType::Decimal128(38, scale) = array.data_type() else {
                                        panic!("{column:?}")
                                    };
                                    let mantissa = array.as_primitive::<Decimal128Type>().value(row);
                                    let scale = u32::try_from(*scale).unwrap();
                                    assert_eq!(
                                        number.mantissa_at(scale),
                                        Some(mantissa),
                                        "{name} {}",
                                        column.name
                                    );
                                }
                                Value::Date(day) => {
                                    let days = array.as_primitive::<Date32Type>().value(row);
                                    let epoch = jiff::civil::date(1970, 1, 1);
                                    let found = epoch.checked_add(jiff::Span::new().days(days)).unwrap();
                                    assert_eq!(&found.to_string(), day);
                                }
                                Value::Text(text) => assert_eq!(array.as_string::<i32>().value(row), text),
                                _ => {}
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_same_table_gives_the_same_bytes() {
        let tables = tables(&made(SMALL.as_bytes()));
        let write = || {
            let mut out = Vec::new();
            export::parquet::write(of(&tables, TableName::Amounts), &mut out).unwrap();
            out
        };
        assert_eq!(write(), write());
    }
}
