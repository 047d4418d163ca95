//! The text of cells in their fonts, with what is to be said of them.

use std::ops::Range;

use super::Writer;
use crate::model::NoticeKind;
use crate::read::sheet::book::Cell;
use crate::read::sheet::grid::Part;
use crate::source::{Spot, cell_name};

impl Writer<'_, '_> {
    /// A cell outside tables; a line that its author broke is a line.
    pub(super) fn paragraph(&mut self, part: &Part, line: usize, mut gap: bool) {
        let Some(cell) = self.grid.cell(part).filter(|cell| cell.text.trim().contains('\n')) else {
            self.part(part, line);
            self.draft.end_paragraph(gap);
            return;
        };
        let mut end = 0;
        for text in cell.text.split_inclusive('\n') {
            let start = end;
            end += text.len();
            if text.trim().is_empty() {
                continue;
            }
            self.text(cell, start..start + text.trim_end().len());
            self.say(part, cell);
            self.draft.end_paragraph(gap);
            gap = false;
        }
    }

    pub(super) fn space(&mut self, part: &Part, line: usize) {
        let row = self.grid.lines.get(line).map_or(0, |line| line.row);
        self.draft.write(" ", Spot::Sheet { sheet: self.sheet, row, column: part.left });
    }

    pub(super) fn mark(&mut self, row: u32, column: u32) {
        self.draft.mark(Spot::Sheet { sheet: self.sheet, row, column });
    }

    /// Writes a cell's text with what is to be said of it.
    pub(super) fn part(&mut self, part: &Part, line: usize) {
        let Some(view) = self.grid.lines.get(line) else { return };
        self.mark(view.row, part.left);
        let Some(cell) = self.grid.cell(part) else { return };
        if let Some(number) = cell.number {
            self.draft.store(number);
        }
        self.text(cell, 0..cell.text.len());
        self.say(part, cell);
    }

    /// Writes a part of a cell's text, in its fonts.
    fn text(&mut self, cell: &Cell, part: Range<usize>) {
        let spot = Spot::Sheet { sheet: self.sheet, row: cell.row, column: cell.column };
        let mut font = cell.font.as_deref();
        let mut start = part.start;
        for (at, next) in &cell.runs {
            let at = (*at as usize).clamp(part.start, part.end);
            self.stretch(cell, start..at, font, spot);
            (start, font) = (at, next.as_deref().or(cell.font.as_deref()));
        }
        self.stretch(cell, start..part.end, font, spot);
    }

    /// Writes a stretch of a cell's text that stands in one font.
    fn stretch(&mut self, cell: &Cell, stretch: Range<usize>, font: Option<&str>, spot: Spot) {
        let text = cell.text.get(stretch).unwrap_or_default();
        if !text.is_empty() {
            self.draft.set_font(font);
            self.draft.write(text, spot);
        }
    }

    /// What is to be said of a cell that was written.
    fn say(&mut self, part: &Part, cell: &Cell) {
        for remark in part.cell.and_then(|index| self.remarks.remove(&index)).unwrap_or_default() {
            self.draft.note(remark.kind, remark.detail, true);
        }
        if !cell.text.is_empty() {
            self.say_hidden(cell.row, cell.column);
        }
    }

    /// Tells of hidden rows and columns at the first cell that stands in them.
    fn say_hidden(&mut self, row: u32, column: u32) {
        let sheet = self.grid.sheet;
        if let Some((from, to)) = first_told(&sheet.hidden_rows, &mut self.rows_said, row) {
            let apart = range_of(&self.uncounted, row).is_some();
            let kind = if apart { NoticeKind::HiddenRowsApart } else { NoticeKind::HiddenRows };
            self.draft.note(kind, format!("{}:{}", from + 1, to + 1), true);
        }
        if let Some((from, to)) = first_told(&sheet.hidden_columns, &mut self.columns_said, column) {
            let letters = |column| cell_name(0, column).trim_end_matches('1').to_owned();
            self.draft.note(NoticeKind::HiddenColumns, format!("{}:{}", letters(from), letters(to)), true);
        }
    }
}

/// The range that a place is in, the first time.
fn first_told(ranges: &[(u32, u32)], said: &mut [bool], place: u32) -> Option<(u32, u32)> {
    let (index, range) = range_of(ranges, place)?;
    let said = said.get_mut(index).filter(|said| !**said)?;
    *said = true;
    Some(range)
}

/// The range that a place is in, with its index.
pub(super) fn range_of(ranges: &[(u32, u32)], place: u32) -> Option<(usize, (u32, u32))> {
    let index = ranges.partition_point(|(from, _)| *from <= place).checked_sub(1)?;
    ranges.get(index).copied().filter(|(_, to)| *to >= place).map(|range| (index, range))
}
