//! The result of a batch as a table: a row for each finding, and one for each file without findings.

use std::collections::BTreeMap;
use std::io::{self, Write};

use cthd::output::export::Kind::{Int, Text};
use cthd::output::export::{Column, Kind, Value, parquet};
use cthd::output::report::Finding;

use super::lines::Done;

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

/// The columns: those of the file, then those of the finding.
const COLUMNS: &[Column] = &[
    column("file", Text),
    column("sha256", Text),
    column("outcome", Text),
    column("error", Text),
    column("errors", Int),
    column("warnings", Int),
    column("infos", Int),
    column("code", Text),
    column("name", Text),
    column("severity", Text),
    column("message", Text),
    column("quote", Text),
    column("evidence", Text),
    column("suggestion", Text),
    column("fingerprint", Text),
    column("line", Int),
    column("column", Int),
    column("page", Int),
    column("sheet", Text),
    column("cell", Text),
];

/// Writes the table.
pub(super) fn write<'a>(done: impl Iterator<Item = &'a Done>, out: impl Write + Send) -> io::Result<()> {
    // Of a file that was read again after it changed, the last result counts.
    let last: BTreeMap<&str, &Done> = done.map(|done| (done.file.as_str(), done)).collect();
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for done in last.into_values() {
        let summary = done.summary.unwrap_or_default();
        let counted = |n: usize| done.summary.map_or(Value::Null, |_| n.into());
        let file: Vec<Value> = vec![
            done.file.as_str().into(),
            done.sha256.as_str().into(),
            done.outcome.name().into(),
            done.error.as_deref().into(),
            counted(summary.errors),
            counted(summary.warnings),
            counted(summary.infos),
        ];
        if done.findings.is_empty() {
            let blank = std::iter::repeat_n(Value::Null, COLUMNS.len() - file.len());
            rows.push(file.iter().cloned().chain(blank).collect());
        }
        rows.extend(done.findings.iter().map(|it| file.iter().cloned().chain(finding(it)).collect()));
    }
    parquet::write_rows(COLUMNS, &rows, out)
}

fn finding(finding: &Finding) -> [Value; 13] {
    let at = &finding.at;
    [
        finding.code.as_str().into(),
        finding.name.as_str().into(),
        finding.severity.name().into(),
        finding.message.as_str().into(),
        finding.quote.as_deref().into(),
        finding.evidence.as_deref().into(),
        finding.suggestion.as_deref().into(),
        finding.fingerprint.as_str().into(),
        at.line.into(),
        at.column.into(),
        at.page.into(),
        at.sheet.as_deref().into(),
        at.cell.as_deref().into(),
    ]
}
