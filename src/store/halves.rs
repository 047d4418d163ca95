//! Versions that are a half of a document: a workbook of appendices, a text without them. What such a version does not have is
//! not gone; it stays what the last version that had it says.

use rustc_hash::FxHashMap;

use super::database::Database;
use super::import::{Half, Known};
use super::{StoreError, query};
use crate::model::Document;
use crate::versions::Extent;

/// Added to the positions of a version without a body, so that its appendices stand behind the body that is kept.
const BEHIND: i64 = 1 << 20;

/// What a later version is paired with: the last version, with the half that it does not have from the last that has it.
pub(super) fn last(
    database: &mut dyn Database,
    programme: &str,
    last: i64,
    known: &FxHashMap<String, Known>,
) -> Result<Document, StoreError> {
    let mut document = query::document(database, programme, last)?;
    let kept = |in_appendix: bool| known.values().any(|it| it.in_appendix == in_appendix);
    let (body, appendices) = (kept(false), kept(true));
    for number in (1..last).rev() {
        let has = Extent::of(&document);
        if (has.body || !body) && (has.appendices || !appendices) {
            break;
        }
        let earlier = query::document(database, programme, number)?;
        if !has.body {
            document.header = earlier.header;
            document.sections = earlier.sections;
            document.closing = earlier.closing;
        }
        if !has.appendices {
            document.appendices = earlier.appendices;
        }
    }
    Ok(document)
}

/// The half that a version alone has, where something of the other one is kept.
pub(super) fn alone(extent: Extent, known: &FxHashMap<String, Known>) -> Option<Half> {
    let kept = |in_appendix: bool| known.values().any(|it| it.in_appendix == in_appendix);
    match (extent.body, extent.appendices) {
        (true, false) if kept(true) => Some(Half::Body),
        (false, true) if kept(false) => Some(Half::Appendices),
        _ => None,
    }
}

/// Whether a version has the half of the document that something stands in.
pub(super) fn has(extent: Extent, in_appendix: bool) -> bool {
    if in_appendix { extent.appendices } else { extent.body }
}

/// The position of a part among all that is kept.
pub(super) fn position(extent: Extent, position: i64) -> i64 {
    if extent.body { position } else { position + BEHIND }
}
