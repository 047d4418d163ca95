//! Cells that say "như trên": what a person would read there is what the nearest row above says. The cell keeps what is
//! printed.

use rustc_hash::FxHashMap;

use super::lined::lined;
use super::{Maker, handed};
use crate::model::{Appendix, Cell, ColumnRole, Deadline, Item};
use crate::syntax::{deadline, unit};
use crate::text::fold;
use crate::value::Unit;

/// The columns that may say so.
const ROLES: [ColumnRole; 4] =
    [ColumnRole::Lead, ColumnRole::Coordinators, ColumnRole::Deadline, ColumnRole::Unit];

/// Gives items what the rows above say where their own cell points there, marked as inferred.
pub(super) fn repeat(maker: Maker<'_>, appendix: &mut Appendix) {
    let columns: Vec<(usize, ColumnRole)> = appendix
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| (at, column.role))
        .filter(|(_, role)| ROLES.contains(role))
        .collect();
    let Some(table) = appendix.table.as_ref().filter(|_| !columns.is_empty()) else { return };
    let mut said: FxHashMap<(String, ColumnRole), Cell> = FxHashMap::default();
    for (at, role) in columns {
        let mut above: Option<&Cell> = None;
        for row in &table.rows {
            let Some(cell) = row.cells.get(at).filter(|cell| cell.raw.is_some()) else { continue };
            if !points_up(maker, cell) {
                above = Some(cell);
            } else if let (Some(above), Some(item)) = (above, &row.of) {
                let raw = lined(maker, above).or_else(|| above.raw.clone());
                said.insert((item.clone(), role), Cell { raw, at: cell.at.clone(), ..above.clone() });
            }
        }
    }
    if said.is_empty() {
        return;
    }
    for item in &mut appendix.items {
        let id = item.id().to_owned();
        let mut take = |role| said.remove(&(id.clone(), role));
        let (lead, others) = (take(ColumnRole::Lead), take(ColumnRole::Coordinators));
        let (until, measure) = (take(ColumnRole::Deadline), take(ColumnRole::Unit));
        match item {
            Item::Task(task) => {
                lead.iter().for_each(|cell| task.lead = handed::agencies(maker, cell));
                others.iter().for_each(|cell| task.coordinators = handed::agencies(maker, cell));
                if let Some(cell) = until {
                    let read =
                        deadline::deadline(cell.raw.as_deref().unwrap_or_default(), &maker.grammar.deadlines);
                    task.deadline = Some(Deadline { inferred: true, at: cell.at, ..read });
                }
            }
            Item::Target(target) => {
                lead.iter().for_each(|cell| target.lead = handed::agencies(maker, cell));
                if let Some(cell) = measure {
                    let read = unit::unit(cell.raw.as_deref().unwrap_or_default(), &maker.grammar.units);
                    target.unit = Some(Unit { inferred: true, ..read });
                }
            }
            _ => {}
        }
    }
}

fn points_up(maker: Maker<'_>, cell: &Cell) -> bool {
    let text = cell.raw.as_deref().unwrap_or_default();
    text.len() < 24 && {
        let text = fold(text.trim_matches(|c: char| matches!(c, '-' | '–' | '.' | ' ' | '(' | ')')));
        maker.grammar.structure.rows.ditto.contains(&text)
    }
}
