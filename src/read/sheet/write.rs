//! Sheets as paragraphs, tables and pieces apart, in the draft.

mod cells;

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::book::{Sheet, within};
use super::checks::{self, Remark};
use super::grid::{Grid, Part};
use super::hidden;
use super::tables::{Columns, Region, regions};
use crate::grammar::Grammar;
use crate::model::{Aside, NoticeKind};
use crate::read::draft::Draft;
use crate::read::{Bound, ReadError};
use crate::source::Spot;
use crate::text::fold;
use cells::range_of;

/// Most cells of a workbook's tables, blank ones counted too.
const MAX_GRID: usize = 500_000;

/// Writes a sheet. Sheets without any text are passed over.
pub(super) fn sheet(draft: &mut Draft, sheet: &Sheet, grammar: &Grammar) -> Result<(), ReadError> {
    if sheet.cells.iter().all(|cell| cell.text.is_empty()) {
        return Ok(());
    }
    let index = draft.name(&sheet.name);
    let grid = Grid::of(sheet)?;
    draft.write(&sheet.name, Spot::Sheet { sheet: index, row: 0, column: 0 });
    if sheet.hidden && !hidden::is_labelled(&grid, grammar) {
        draft.note(NoticeKind::HiddenSheetApart, sheet.name.as_str(), true);
        draft.end_aside(Aside::SheetName);
        return hidden::sheet(draft, &grid, index);
    }
    if sheet.hidden {
        draft.note(NoticeKind::HiddenSheet, sheet.name.as_str(), true);
    }
    if !sheet.calculated.is_empty() {
        draft.note(NoticeKind::Calculated, sheet.calculated.as_str(), true);
    }
    draft.begin_sheet();
    let regions = regions(&grid, grammar);
    let remarks = checks::remarks(&grid, &regions);
    let mut writer = Writer {
        draft,
        grid: &grid,
        sheet: index,
        remarks,
        uncounted: hidden::uncounted_rows(sheet),
        rows_said: vec![false; sheet.hidden_rows.len()],
        columns_said: vec![false; sheet.hidden_columns.len()],
    };
    let text_only = !regions.iter().any(|region| matches!(region, Region::Tables { .. }));
    let mut heads = 0..0;
    for (at, region) in regions.iter().enumerate() {
        match region {
            Region::Text(lines) if text_only => writer.rows(lines.clone(), grammar),
            Region::Text(lines) => {
                heads = writer.heads(lines.clone(), regions.get(at + 1));
                writer.lines(lines.start..heads.start);
            }
            Region::Tables { lines, tables, .. } => {
                writer.tables(lines.clone(), tables, std::mem::take(&mut heads))?;
            }
        }
        writer.draft.within()?;
    }
    writer.apart();
    writer.draft.within()
}

struct Writer<'w, 's> {
    draft: &'w mut Draft,
    grid: &'w Grid<'s>,
    sheet: u16,
    /// What is to be said of cells, by their index.
    remarks: FxHashMap<usize, Vec<Remark>>,
    /// Hidden rows that the sheet's own totals leave out.
    uncounted: Vec<(u32, u32)>,
    /// Which hidden rows and columns were told of.
    rows_said: Vec<bool>,
    columns_said: Vec<bool>,
}

impl Writer<'_, '_> {
    /// The last of some lines that stand over several tables side by side, a part over each: their captions.
    fn heads(&self, lines: Range<usize>, next: Option<&Region>) -> Range<usize> {
        let Some(Region::Tables { tables, .. }) = next.filter(|_| !lines.is_empty()) else {
            return lines.end..lines.end;
        };
        let of = |part: &Part| tables.iter().rposition(|columns| columns.0 <= part.left);
        let over_each = |line: &usize| {
            let tables: Vec<Option<usize>> = self.grid.own(*line).map(of).collect();
            tables.len() > 1 && tables.is_sorted_by(|a, b| a < b)
        };
        let count = if tables.len() > 1 { lines.clone().rev().take_while(over_each).count() } else { 0 };
        lines.end - count..lines.end
    }

    /// Rows of a sheet without a table: a paragraph each. Recipients beside the signature, and cells of several lines, are read
    /// column by column.
    fn rows(&mut self, lines: Range<usize>, grammar: &Grammar) {
        let words = &grammar.structure.closing.recipients;
        let mut rest = lines.start;
        for line in lines.clone() {
            if line < rest {
                continue;
            }
            let gap = self.gap(line);
            let parts = self.parts(line);
            let begins = |part: &Part| {
                let folded = fold(self.grid.text(part));
                words.iter().any(|word| folded.starts_with(word.as_str()))
            };
            if parts.first().is_some_and(begins) {
                rest = lines.end;
                self.lines(line..lines.end);
                continue;
            }
            if parts.iter().any(|part| self.grid.text(part).trim().contains('\n')) {
                for part in parts {
                    self.paragraph(&part, line, gap);
                }
                continue;
            }
            let mut first = true;
            for part in self.parts(line) {
                if !first {
                    self.space(&part, line);
                }
                first = false;
                self.part(&part, line);
            }
            self.draft.end_paragraph(gap);
        }
    }

    /// Text around tables: a paragraph for each cell. What stands in two columns is read column by column.
    fn lines(&mut self, lines: Range<usize>) {
        let mut line = lines.start;
        while line < lines.end {
            let side_by_side = self.side_by_side(line..lines.end);
            if side_by_side.len() > 1 {
                let gap = self.gutter(line);
                for right in [false, true] {
                    for line in side_by_side.clone() {
                        for part in self.parts(line).into_iter().filter(|part| (part.left > gap) == right) {
                            self.paragraph(&part, line, true);
                        }
                    }
                }
                line = side_by_side.end;
                continue;
            }
            let parts = self.parts(line);
            let numbers = |part: &Part| self.grid.cell(part).is_some_and(|cell| cell.number.is_some());
            let scratch = parts.iter().all(numbers);
            for part in parts {
                if scratch {
                    self.part(&part, line);
                    self.draft.end_aside(Aside::Scratch);
                } else {
                    let gap = self.gap(line);
                    self.paragraph(&part, line, gap);
                }
            }
            line += 1;
        }
    }

    /// The column after which a row's second cell begins.
    fn gutter(&self, line: usize) -> u32 {
        self.grid.own(line).next().map_or(0, |part| part.right)
    }

    /// How many rows from the first on stand in the same two columns: letterheads and signatures.
    fn side_by_side(&self, lines: Range<usize>) -> Range<usize> {
        let first: Vec<&Part> = self.grid.own(lines.start).collect();
        let [left, right] = first.as_slice() else { return lines.start..lines.start };
        // No cell may reach over the gutter.
        let (from, to) = (left.right, right.left);
        let stays = |line: &usize| self.grid.own(*line).all(|part| part.right <= from || part.left >= to);
        let count = lines.clone().take_while(stays).count();
        lines.start..lines.start + count
    }

    /// Tables side by side, each after its own lines of `heads`.
    fn tables(
        &mut self,
        lines: Range<usize>,
        tables: &[Columns],
        heads: Range<usize>,
    ) -> Result<(), ReadError> {
        for (at, columns) in tables.iter().enumerate() {
            let end = tables.get(at + 1).map_or(u32::MAX, |next| next.0);
            let own = |part: &Part| (at == 0 || part.left >= columns.0) && part.left < end;
            for line in heads.clone() {
                for part in self.parts(line).into_iter().filter(own) {
                    self.paragraph(&part, line, true);
                }
            }
            self.table(lines.clone(), *columns)?;
        }
        for line in lines {
            for part in self.parts(line) {
                if !tables.iter().any(|columns| is_in(&part, *columns)) {
                    self.part(&part, line);
                    self.draft.end_aside(Aside::Scratch);
                }
            }
        }
        Ok(())
    }

    fn table(&mut self, lines: Range<usize>, columns: Columns) -> Result<(), ReadError> {
        let kept = self.kept(lines.clone(), columns);
        let (apart, lines): (Vec<usize>, Vec<usize>) = lines.partition(|line| self.is_uncounted(*line));
        let rows: Vec<usize> =
            lines.into_iter().filter(|line| self.grid.own_in(*line, columns).next().is_some()).collect();
        for (index, line) in rows.iter().enumerate() {
            self.row(*line, columns, &kept, rows.get(index + 1..).unwrap_or_default());
            within(self.draft.cell_count(), MAX_GRID, Bound::Cells)?;
            self.draft.within()?;
        }
        self.draft.end_table();
        for line in apart {
            for part in self.parts(line).into_iter().filter(|part| is_in(part, columns)) {
                self.part(&part, line);
                self.draft.end_aside(Aside::Hidden);
            }
        }
        Ok(())
    }

    /// Whether a row is hidden and left out of the totals: it is no row of the table that is printed.
    fn is_uncounted(&self, line: usize) -> bool {
        let Some(row) = self.grid.lines.get(line).map(|line| line.row) else { return false };
        range_of(&self.uncounted, row).is_some()
    }

    /// A row of a table; `below` are the rows after it.
    fn row(&mut self, line: usize, columns: Columns, kept: &[u32], below: &[usize]) {
        let Some(view) = self.grid.lines.get(line) else { return };
        let mut parts = view.parts.iter().filter(|part| is_in(part, columns)).peekable();
        // The part that reaches furthest to the right so far.
        let mut wide: Option<&Part> = None;
        for column in kept {
            let mut own: Option<&Part> = None;
            while let Some(part) = parts.next_if(|part| part.left.max(columns.0) <= *column) {
                if part.cell.is_some() && part.left.max(columns.0) == *column {
                    // What a cell holds that a merged one covers is kept with it.
                    if own.is_some() {
                        self.space(part, line);
                    }
                    self.part(part, line);
                    own.get_or_insert(part);
                }
                if wide.is_none_or(|wide| wide.right < part.right) {
                    wide = Some(part);
                }
            }
            if own.is_none() {
                self.mark(view.row, *column);
            }
            match (own, wide.filter(|part| part.right >= *column)) {
                (Some(part), _) => {
                    let end = kept.partition_point(|other| *other <= part.right);
                    let start = kept.partition_point(|other| other < column);
                    let row = |line: &usize| self.grid.lines.get(*line).map_or(0, |line| line.row);
                    let tall = 1 + below.iter().take_while(|line| row(line) <= part.bottom).count();
                    self.draft.end_cell(extent(end.saturating_sub(start).max(1)), extent(tall));
                }
                (None, Some(part)) => {
                    let first = part.left.max(columns.0) == *column;
                    self.draft.end_cell(u16::from(first), u16::from(part.cell.is_some()));
                }
                (None, None) => self.draft.end_cell(1, 1),
            }
        }
        self.draft.end_row();
    }

    /// The columns in which some cell of a table begins.
    fn kept(&self, lines: Range<usize>, columns: Columns) -> Vec<u32> {
        let parts = lines.filter_map(|line| self.grid.lines.get(line)).flat_map(|line| &line.parts);
        let mut kept: Vec<u32> = parts
            .filter(|part| part.cell.is_some() && is_in(part, columns))
            .map(|part| part.left.max(columns.0))
            .collect();
        kept.sort_unstable();
        kept.dedup();
        kept
    }

    /// Remarks on cells, and headers and footers of the printed pages.
    fn apart(&mut self) {
        let sheet = self.grid.sheet;
        // Of cells that stand in no row: blank ones with a formula.
        let mut left: Vec<(usize, Vec<Remark>)> = self.remarks.drain().collect();
        left.sort_unstable_by_key(|(index, _)| *index);
        for remark in left.into_iter().flat_map(|(_, remarks)| remarks) {
            self.draft.note(remark.kind, remark.detail, false);
        }
        for (row, column, text) in &sheet.shapes {
            for line in text.lines() {
                self.draft.write(line, Spot::Sheet { sheet: self.sheet, row: *row, column: *column });
                self.draft.end_paragraph(true);
            }
        }
        for (row, column, text) in &sheet.comments {
            self.draft.write(text, Spot::Sheet { sheet: self.sheet, row: *row, column: *column });
            self.draft.end_aside(Aside::Comment);
        }
        for text in &sheet.running {
            self.draft.write(text, Spot::Sheet { sheet: self.sheet, row: 0, column: 0 });
            self.draft.end_aside(Aside::RunningHead);
        }
    }

    fn parts(&self, line: usize) -> Vec<Part> {
        self.grid.own(line).copied().collect()
    }

    /// Whether blank rows stand before a row.
    fn gap(&self, line: usize) -> bool {
        let row = |line: usize| self.grid.lines.get(line).map(|line| line.row);
        match (line.checked_sub(1).and_then(row), row(line)) {
            (Some(above), Some(row)) => row - above > 1,
            _ => true,
        }
    }
}

fn is_in(part: &Part, columns: Columns) -> bool {
    part.left <= columns.1 && part.right >= columns.0
}

fn extent(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
