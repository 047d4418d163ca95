//! A page's words and tables in reading order, written into the draft.

use super::geometry::Area;
use super::grid::{Grid, grids};
use super::heads::Heads;
use super::lines::{Line, lines};
use super::margins::Margins;
use super::marks::{Glyph, Marks};
use super::missing::complete;
use super::order::{Item, items};
use super::resumed::LastRow;
use super::unruled;
use super::writer::{self, Writer};
use crate::grammar::Grammar;
use crate::model::Aside;
use crate::read::draft::Draft;

/// What the pages before tell about the next one.
#[derive(Debug, Default)]
pub(in crate::read) struct Seen {
    pub(super) margins: Margins,
    /// The last row of the page before, where it reaches the page's foot.
    pub(super) last_row: Option<LastRow>,
    /// The first rows of the last table.
    heads: Heads,
    /// The columns of the table without rules that the page before ended with.
    unruled: Option<unruled::Before>,
}

/// Writes a page.
pub(in crate::read) fn write(
    draft: &mut Draft,
    seen: &mut Seen,
    marks: &Marks,
    page: u32,
    size: (f64, f64),
    grammar: &Grammar,
) {
    let mut free: Vec<usize> = Vec::new();
    let (mut grids, mut inside) = tables(marks, size, &mut free, &mut seen.heads);
    let mut areas: Vec<Area> = grids.iter().map(|grid| grid.area).collect();
    let mut lines = self::lines(marks, &free);
    let before = seen.unruled.take();
    let page_of = unruled::Page { marks, rules: &marks.rules, grammar, size };
    let found = unruled::find(&page_of, &lines, &mut free, &areas, before.as_ref());
    if !found.is_empty() {
        lines = self::lines(marks, &free);
    }
    for table in found {
        areas.push(table.grid.area);
        let at = grids.iter().position(|grid| grid.area.top > table.grid.area.top).unwrap_or(grids.len());
        grids.insert(at, table.grid);
        inside.insert(at, table.cells);
        seen.unruled = table.last.then_some(table.before);
    }
    let tables: Vec<(&Grid, &Filled)> =
        grids.iter().zip(&inside).filter(|(_, cells)| cells.iter().any(|c| !c.is_empty())).collect();
    let frame = seen.margins.frame(size, &lines, &areas);
    let mut writer = Writer { draft, marks, page, height: size.1, grammar, seen };
    let areas: Vec<Area> = tables.iter().map(|(grid, _)| grid.area).collect();
    let mut open: Vec<Line> = Vec::new();
    let flush = |writer: &mut Writer<'_>, open: &mut Vec<Line>| {
        if let Some(frame) = &frame {
            writer.lines(frame, open);
        }
        open.clear();
    };
    for item in items(lines, &areas) {
        match item {
            Item::Line(line) => open.push(line),
            Item::Table(index) => {
                flush(&mut writer, &mut open);
                if let Some((grid, cells)) = tables.get(index) {
                    writer.table(grid, cells);
                }
            }
        }
    }
    flush(&mut writer, &mut open);
}

/// The glyphs in each cell of a table.
type Filled = Vec<Vec<usize>>;

/// The tables of a page, from top to bottom, and what stands in their cells; what stands outside is `free`.
fn tables(
    marks: &Marks,
    size: (f64, f64),
    free: &mut Vec<usize>,
    heads: &mut Heads,
) -> (Vec<Grid>, Vec<Filled>) {
    let mut grids = grids(&marks.rules);
    let whole = Area { left: -1.0, top: -1.0, right: size.0 + 1.0, bottom: size.1 + 1.0 };
    // A layer without ink is what a scanner's software recognised; where letters are drawn, they are read.
    let drawn = marks.glyphs.iter().filter(|glyph| !glyph.hidden).count();
    let with_hidden = drawn * 5 < marks.glyphs.len() - drawn;
    let mut within: Vec<Vec<usize>> = vec![Vec::new(); grids.len()];
    for (index, glyph) in marks.glyphs.iter().enumerate() {
        let (x, y) = glyph.middle();
        if glyph.hidden && !with_hidden || !whole.holds(x, y) {
            continue;
        }
        let table = grids.iter().enumerate().filter(|(_, grid)| grid.area.holds(x, y));
        // The smallest, where one stands in another.
        let table = table.min_by(|a, b| a.1.area.height().total_cmp(&b.1.area.height()));
        match table.and_then(|(i, _)| within.get_mut(i)) {
            Some(table) => table.push(index),
            None => free.push(index),
        }
    }
    let mut inside: Vec<Filled> = Vec::with_capacity(grids.len());
    for (grid, glyphs) in grids.iter_mut().zip(within) {
        complete(grid, marks, &glyphs);
        heads.part(grid, marks, &glyphs);
        let mut cells = vec![Vec::new(); grid.cells.len()];
        for index in glyphs {
            let cell = marks.glyphs.get(index).map(Glyph::middle).and_then(|(x, y)| grid.cell_at(x, y));
            match cell.and_then(|cell| cells.get_mut(cell)) {
                Some(cell) => cell.push(index),
                None => free.push(index),
            }
        }
        inside.push(cells);
    }
    (grids, inside)
}

/// Writes all glyphs of a page as set aside for a reason.
pub(in crate::read) fn write_apart(draft: &mut Draft, marks: &Marks, page: u32, reason: Aside) {
    let all: Vec<usize> = (0..marks.glyphs.len()).collect();
    for line in lines(marks, &all) {
        writer::text(draft, marks, page, std::slice::from_ref(&line), &|_, _| false);
        draft.end_aside(reason);
    }
}
