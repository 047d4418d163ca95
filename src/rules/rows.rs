//! Finds the printed rows and cells of items and groups.

use rustc_hash::FxHashMap;

use crate::model::{Appendix, Cell, ColumnRole, Row};
use crate::span::At;

/// The rows of the appendix that was asked for last, by the id of what they give.
#[derive(Debug, Default)]
pub(super) struct RowIndex<'a> {
    appendix: Option<&'a Appendix>,
    rows: FxHashMap<&'a str, (usize, &'a Row)>,
}

impl<'a> RowIndex<'a> {
    /// The row that gives the item, group or total `id`.
    pub fn row(&mut self, appendix: &'a Appendix, id: &str) -> Option<&'a Row> {
        self.position(appendix, id).map(|(_, row)| row)
    }

    /// The same with its position in the table.
    pub fn position(&mut self, appendix: &'a Appendix, id: &str) -> Option<(usize, &'a Row)> {
        if !self.appendix.is_some_and(|known| std::ptr::eq(known, appendix)) {
            let rows = appendix.table.iter().flat_map(|table| table.rows.iter().enumerate());
            self.rows.clear();
            for (at, row) in rows {
                if let Some(of) = &row.of {
                    self.rows.entry(of).or_insert((at, row));
                }
            }
            self.appendix = Some(appendix);
        }
        self.rows.get(id).copied()
    }

    /// The place of the first cell of a row that starts with `text`.
    pub fn cell_with(&mut self, appendix: &'a Appendix, id: &str, text: &str) -> Option<&'a At> {
        let row = self.row(appendix, id)?;
        let holds = |cell: &&Cell| {
            let raw = cell.raw.as_deref().unwrap_or_default();
            !text.is_empty() && raw.trim_start().starts_with(text)
        };
        row.cells.iter().find(holds).map(|cell| &cell.at)
    }

    /// The cell of a row in the first column of a role.
    pub fn cell(&mut self, appendix: &'a Appendix, id: &str, role: ColumnRole) -> Option<&'a Cell> {
        let row = self.row(appendix, id)?;
        let at = appendix.columns.iter().position(|column| column.role == role)?;
        row.cells.get(at).filter(|cell| cell.raw.is_some())
    }
}
