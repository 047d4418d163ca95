//! What formulas tell beside the numbers that they show: totals that were typed over, formulas without a value,
//! values that are not what their formula gives, errors.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::book::{Cell, Formula};
use super::formula::{Term, terms};
use super::grid::Grid;
use super::tables::{Columns, Region};
use crate::model::NoticeKind;
use crate::source::cell_name;
use crate::value::Number;

/// Most cells that the sums of a sheet are taken over; beyond it, sums are not compared.
const MAX_SUMMED: usize = 2_000_000;
/// A stored value may differ from its sum by a part of this size, which is noise of binary numbers.
const NOISE: i64 = 1_000_000_000;

/// Something to be said of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remark {
    pub kind: NoticeKind,
    pub detail: String,
}

type Remarks = FxHashMap<usize, Vec<Remark>>;

/// The remarks on a sheet's cells, by the index of the cell.
pub(super) fn remarks(grid: &Grid<'_>, regions: &[Region]) -> Remarks {
    let mut out = Remarks::default();
    let cells = &grid.sheet.cells;
    if cells.iter().all(|cell| cell.formula == Formula::None && !cell.error) {
        return out;
    }
    let mut budget = MAX_SUMMED;
    for (index, cell) in cells.iter().enumerate() {
        let place = || cell_name(cell.row, cell.column);
        let kind = if cell.error {
            NoticeKind::ErrorValue
        } else if cell.formula != Formula::None && cell.text.is_empty() {
            NoticeKind::FormulaWithoutValue
        } else if is_stale(cells, cell, &mut budget) {
            NoticeKind::StaleValue
        } else {
            continue;
        };
        out.entry(index).or_default().push(Remark { kind, detail: place() });
    }
    for region in regions {
        if let Region::Tables { lines, header, tables } = region {
            for columns in tables {
                typed_over(grid, lines.start + header..lines.end, *columns, &mut out);
            }
        }
    }
    out
}

/// Whether a cell's stored value is not what its plain sum gives of the stored values.
fn is_stale(cells: &[Cell], cell: &Cell, budget: &mut usize) -> bool {
    let (Formula::Relative(text), Some(value)) = (&cell.formula, cell.number) else { return false };
    let Some(sum) = terms(text).and_then(|terms| sum(cells, cell, &terms, budget)) else { return false };
    let difference = (sum - value).abs();
    let size = if value.is_zero() { Number::whole(1) } else { value.abs() };
    difference.checked_mul(Number::whole(NOISE)).is_some_and(|difference| difference > size)
}

/// The sum of terms; `None` where a cell holds no number that can be added, or there are too many.
fn sum(cells: &[Cell], at: &Cell, terms: &[Term], budget: &mut usize) -> Option<Number> {
    let mut sum = Number::ZERO;
    for term in terms {
        let place = |base: u32, offset: i64| u32::try_from(i64::from(base) + offset).ok();
        let (top, bottom) = (place(at.row, term.rows.0)?, place(at.row, term.rows.1)?);
        let (left, right) = (place(at.column, term.columns.0)?, place(at.column, term.columns.1)?);
        let mut from = cells.partition_point(|cell| (cell.row, cell.column) < (top, left));
        while let Some(cell) = cells.get(from).filter(|cell| cell.row <= bottom) {
            *budget = budget.checked_sub(1)?;
            if cell.column < left || cell.column > right {
                // On to the region's columns, in this row or the next.
                let row = cell.row + u32::from(cell.column > right);
                from += cells.get(from..)?.partition_point(|cell| (cell.row, cell.column) < (row, left));
                continue;
            }
            if cell.error {
                return None;
            }
            if let Some(number) = cell.number {
                sum = if term.minus { sum - number } else { sum + number };
            }
            from += 1;
        }
    }
    Some(sum)
}

/// Numbers that are typed where the cells on both sides, or above and below, hold the same formula.
fn typed_over(grid: &Grid<'_>, lines: Range<usize>, columns: Columns, out: &mut Remarks) {
    let mut by_column: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    let mut found: Vec<usize> = Vec::new();
    for line in lines {
        let row: Vec<usize> = grid
            .own_in(line, columns)
            .filter_map(|part| part.cell)
            .filter(|index| cell_of(grid, *index).is_some_and(counts))
            .collect();
        for index in &row {
            if let Some(cell) = cell_of(grid, *index) {
                by_column.entry(cell.column).or_default().push(*index);
            }
        }
        found.extend(between(grid, &row, &beside));
    }
    for column in by_column.values() {
        found.extend(between(grid, column, &|_, _| true));
    }
    found.sort_unstable();
    found.dedup();
    for index in found {
        if let Some(cell) = cell_of(grid, index) {
            let detail = cell_name(cell.row, cell.column);
            out.entry(index).or_default().push(Remark { kind: NoticeKind::TypedOver, detail });
        }
    }
}

fn cell_of<'s>(grid: &Grid<'s>, index: usize) -> Option<&'s Cell> {
    grid.sheet.cells.get(index)
}

fn counts(cell: &Cell) -> bool {
    cell.number.is_some()
}

/// Whether two cells of a row stand in columns next to each other.
fn beside(a: &Cell, b: &Cell) -> bool {
    b.column == a.column + 1
}

/// Of cells in order those without a formula whose neighbours on both sides have the same one.
fn between(grid: &Grid<'_>, cells: &[usize], near: &dyn Fn(&Cell, &Cell) -> bool) -> Vec<usize> {
    let typed = |window: &[usize]| {
        let [before, at, after] = window else { return None };
        let (before, cell, after) = (cell_of(grid, *before)?, cell_of(grid, *at)?, cell_of(grid, *after)?);
        let same = matches!((&before.formula, &after.formula),
            (Formula::Relative(a), Formula::Relative(b)) if a == b && terms(a).is_some());
        (cell.formula == Formula::None && same && near(before, cell) && near(cell, after)).then_some(*at)
    };
    cells.windows(3).filter_map(typed).collect()
}
