//! Files that are no further version: the very file, or one that says what the last version says.

use serde_json::Value as Json;

use super::StoreError;
use super::database::{Database, Value};
use super::import::Incoming;
use crate::model::Document;
use crate::versions::matching::Pairing;
use crate::versions::parts::Parts;
use crate::versions::{self, Reason, Side};

/// The version of a programme that a file is, by its hash.
pub(super) fn version(
    database: &mut dyn Database,
    programme: &str,
    sha256: &str,
) -> Result<Option<i64>, StoreError> {
    for table in
        ["version WHERE programme = $1 AND sha256 = $2", "same_file WHERE programme = $1 AND sha256 = $2"]
    {
        let rows =
            database.query(&format!("SELECT number FROM {table}"), &[programme.into(), sha256.into()])?;
        if let Some(number) = rows.first().and_then(|row| row.first()).and_then(Value::whole) {
            return Ok(Some(number));
        }
    }
    Ok(None)
}

/// Notes a file that says what a version says.
pub(super) fn note(
    database: &mut dyn Database,
    programme: &str,
    version: i64,
    incoming: &Incoming<'_>,
) -> Result<(), StoreError> {
    let source = &incoming.document.source;
    let sql = "INSERT INTO same_file (programme, number, sha256, name, format, imported_at) VALUES ($1, $2, $3, $4, $5, $6)";
    let values = [
        programme.into(),
        version.into(),
        source.sha256.as_str().into(),
        source.name.as_str().into(),
        source.format.as_str().into(),
        incoming.now.into(),
    ];
    Ok(database.execute(sql, &values)?)
}

/// Whether two documents say the same. In another format or encoding it is enough that nothing differs; else the text must be
/// the same to the letter, since a corrected capital is a version.
pub(super) fn says_the_same(
    old: (&Document, &Parts<'_>),
    new: (&Document, &Parts<'_>),
    pairing: &Pairing,
) -> bool {
    let found = versions::compare(old, new, pairing);
    if !found.is_empty() {
        return false;
    }
    // Rows that both have lost are the same; what one of them alone has lost, or what could not be read, may be anything.
    let of = |side: Side| -> Vec<(Reason, &str)> {
        let gaps = found.not_compared.iter().filter(|gap| gap.side == side);
        gaps.map(|gap| (gap.reason, gap.what.as_str())).collect()
    };
    let known = |gap: &(Reason, &str)| matches!(gap.0, Reason::RowsLost | Reason::Unplaced);
    if of(Side::Old) != of(Side::New) || !of(Side::Old).iter().all(known) {
        return false;
    }
    let (one, other) = (&old.0.source, &new.0.source);
    one.format != other.format || one.encoding != other.encoding || content(old.0) == content(new.0)
}

/// A model without places and without what is said of its file.
fn content(document: &Document) -> Option<Json> {
    let mut model = serde_json::to_value(document).ok()?;
    model.as_object_mut()?.remove("source");
    without_places(&mut model);
    Some(model)
}

fn without_places(value: &mut Json) {
    match value {
        Json::Object(fields) => {
            fields.retain(|key, _| key != "at" && key != "recipients_at");
            fields.values_mut().for_each(without_places);
        }
        Json::Array(list) => list.iter_mut().for_each(without_places),
        _ => {}
    }
}
