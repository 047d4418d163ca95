//! Findings of the audit through the versions: opened by the first version that has them, closed by the first that has them
//! no more.

use rustc_hash::FxHashMap;

use super::StoreError;
use super::database::{Database, Value};
use super::identity::Identities;
use super::import::Imported;
use crate::output::report::{Finding, Report};
use crate::versions::found::Places;
use crate::versions::parts::Parts;

/// What is known of an open finding besides its fingerprint, as it was last said.
type Said = [Value; 4];

/// Closes the findings that a version has no more and opens those that are new. Of one that stays, the words, the place and
/// the part become those of this version: figures and lines are no part of what it is known by. What stands in a half of the
/// document that this version does not have may not be closed by it.
pub(super) fn store(
    database: &mut dyn Database,
    report: &Report,
    (new, identities): (&Parts<'_>, &Identities),
    imported: &Imported,
    may_close: &dyn Fn(Option<&str>) -> bool,
) -> Result<(), StoreError> {
    let programme = imported.programme.as_str();
    let mut open = open(database, programme)?;
    let places = Places::of(new);
    let mut times: FxHashMap<&str, i64> = FxHashMap::default();
    for finding in &report.findings {
        let occurrence = times.entry(&finding.fingerprint).or_default();
        *occurrence += 1;
        let uid = places.part(&finding.at).and_then(|at| identities.uid(at));
        let said = said(finding, uid);
        let key = [programme.into(), finding.fingerprint.as_str().into(), (*occurrence).into()];
        match open.remove(&(finding.fingerprint.clone(), *occurrence)) {
            Some(before) if before == said => {}
            Some(_) => {
                let sql = "UPDATE finding SET severity = $1, message = $2, uid = $3, place = $4 WHERE programme = $5 AND \
                           fingerprint = $6 AND occurrence = $7 AND until IS NULL";
                let values: Vec<Value> = said.into_iter().chain(key).collect();
                database.execute(sql, &values)?;
            }
            None => {
                let sql = "INSERT INTO finding (programme, fingerprint, occurrence, since, code, name, severity, message, uid, \
                           place) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
                let rule = [finding.code.as_str().into(), finding.name.as_str().into()];
                let since = [imported.version.into()];
                let values: Vec<Value> = key.into_iter().chain(since).chain(rule).chain(said).collect();
                database.execute(sql, &values)?;
            }
        }
    }
    open.retain(|_, said| may_close(said.get(2).and_then(Value::text)));
    let mut closed: Vec<(String, i64)> = open.into_keys().collect();
    closed.sort_unstable();
    let sql = "UPDATE finding SET until = $1 WHERE programme = $2 AND fingerprint = $3 AND occurrence = $4 AND until IS NULL";
    for (fingerprint, occurrence) in closed {
        let values = [imported.version.into(), programme.into(), fingerprint.into(), occurrence.into()];
        database.execute(sql, &values)?;
    }
    Ok(())
}

/// The open findings of a programme by fingerprint and occurrence.
fn open(database: &mut dyn Database, programme: &str) -> Result<FxHashMap<(String, i64), Said>, StoreError> {
    let sql = "SELECT fingerprint, occurrence, severity, message, uid, place FROM finding WHERE programme = $1 AND until IS NULL";
    let rows = database.query(sql, &[programme.into()])?;
    let read = |row: Vec<Value>| {
        let [fingerprint, occurrence, said @ ..] = <[Value; 6]>::try_from(row).ok()?;
        Some(((fingerprint.text()?.to_owned(), occurrence.whole()?), said))
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Severity, sentence, part and place.
fn said(finding: &Finding, uid: Option<&str>) -> Said {
    let at = &finding.at;
    let place = match (&at.sheet, &at.cell, at.page) {
        (Some(sheet), Some(cell), _) => format!("{sheet}!{cell}"),
        (_, _, Some(page)) => format!("page {page}"),
        _ => format!("{}:{}", at.line, at.column),
    };
    [finding.severity.name().into(), finding.message.as_str().into(), uid.into(), place.into()]
}
