//! Tables without rules between their columns: the words of many lines stand under one another, and nothing stands
//! between. What is found becomes a grid like that of a ruled table.
//!
//! `region` finds where a table may stand, `columns` what its columns are, `rows` its rows, `head` the cells of its
//! header, `under` those that rules under texts tell.

mod columns;
mod head;
mod parts;
mod pieces;
mod region;
mod rows;
mod under;

use super::geometry::Area;
use super::grid::Grid;
use super::lines::Line;
use super::marks::Marks;
use super::path::Rule;
use crate::grammar::Grammar;
use columns::Columns;
use pieces::Text;
use region::Region;

/// Fewest columns; two may be anything that stands side by side.
const COLUMNS: usize = 3;

/// A page with more lines, or more pieces in one, has no table that is looked for.
const MAX_LINES: usize = 2_000;
const MAX_PIECES: usize = 100;

/// The columns of a table that the page before ended with.
#[derive(Debug)]
pub(super) struct Before {
    columns: Columns,
    /// The lines of its header.
    head: Vec<String>,
}

/// A table that was found, and what stands in each of its cells.
pub(super) struct Found {
    pub grid: Grid,
    pub cells: Vec<Vec<usize>>,
    /// What a page that goes on with it must know.
    pub before: Before,
    /// Whether nothing but the page's foot stands under it.
    pub last: bool,
}

/// What a page shows of tables without rules.
pub(super) struct Page<'a> {
    pub marks: &'a Marks,
    pub rules: &'a [Rule],
    pub grammar: &'a Grammar,
    pub size: (f64, f64),
}

/// The tables among the lines of a page that stand in no ruled table; `free` are the glyphs of these lines, of which the
/// tables take theirs. Not looked for between the lines of `taken`, the areas of ruled tables.
pub(super) fn find(
    page: &Page<'_>,
    lines: &[Line],
    free: &mut Vec<usize>,
    taken: &[Area],
    before: Option<&Before>,
) -> Vec<Found> {
    let text = Text::of(lines);
    if lines.len() > MAX_LINES || text.pieces.iter().any(|pieces| pieces.len() > MAX_PIECES) {
        return Vec::new();
    }
    let mut out: Vec<Found> = Vec::new();
    let mut from = 0;
    let known = before.map(|before| &before.columns);
    while let Some(region) = region::next(page, &text, from, taken, known) {
        from = region.end.max(from + 1);
        if let Some((halves, end)) = halves(page, &text, &region) {
            let found: Vec<Found> =
                halves.iter().flat_map(|half| find(page, half, free, taken, None)).collect();
            if !found.is_empty() {
                from = end;
                out.extend(found);
                continue;
            }
        }
        let goes_on = before.filter(|_| out.is_empty() && region.is_first);
        if let Some((region, found)) = table(page, &text, region, free, goes_on) {
            from = region.end;
            out.push(found);
        }
    }
    out
}

/// The lines of two tables that stand side by side in a region, and where they end: a line of its header names the column
/// of numbers twice, and nothing crosses the place between.
fn halves(page: &Page<'_>, text: &Text<'_>, region: &Region) -> Option<([Vec<Line>; 2], usize)> {
    let (head, x) =
        (region.start..region.end).find_map(|line| Some((line, region::second(page, text, line)?)))?;
    let crosses =
        |line: &usize| text.pieces_of(*line).iter().any(|piece| piece.area.left < x && x < piece.area.right);
    let start = (region.start..head).rev().find(crosses).map_or(region.start, |line| line + 1);
    let end = (head..region.end).find(crosses).unwrap_or(region.end);
    let lines = text.lines.get(start..end)?;
    let part = |from: f64, to: f64| lines.iter().filter_map(|line| line.between(from, to)).collect();
    (head < end).then(|| ([part(f64::NEG_INFINITY, x), part(x, f64::INFINITY)], end))
}

fn table(
    page: &Page<'_>,
    text: &Text<'_>,
    region: Region,
    free: &mut Vec<usize>,
    before: Option<&Before>,
) -> Option<(Region, Found)> {
    let known = before.map(|before| &before.columns);
    let columns = Columns::of(text, &region, known)?;
    let region = region::trimmed(page, text, region, &columns, known.is_some())?;
    let columns = Columns::of(text, &region, known)?;
    if columns.count() < COLUMNS {
        return None;
    }
    let bands = rows::bands(page, text, &region, &columns, before.map(|before| before.head.as_slice()))?;
    let head = head::cells(text, page.rules, &bands, &columns);
    let known_head = head.as_ref().is_some_and(|head| head.is_known(page.grammar));
    let continues = known.is_some_and(|known| known.count() == columns.count());
    if !known_head && !continues {
        return None;
    }
    let grid = rows::grid(text, &bands, &columns, head.as_ref())?;
    let mut cells = vec![Vec::new(); grid.cells.len()];
    free.retain(|index| {
        let Some(glyph) = page.marks.glyphs.get(*index) else { return true };
        let (x, y) = glyph.middle();
        if !grid.area.holds(x, y) {
            return true;
        }
        // What stands in a piece goes where the piece goes.
        let (x, y) = text.at(&region, glyph).map_or((x, y), |(piece, word)| columns.middle(piece, word));
        let in_head = head.as_ref().and_then(|head| head.place(x, y, &columns));
        let cell = in_head.and_then(|(row, column)| grid.owner(row, column)).or_else(|| grid.cell_at(x, y));
        match cell.and_then(|cell| cells.get_mut(cell)) {
            Some(cell) => {
                cell.push(*index);
                false
            }
            None => true,
        }
    });
    let last = text
        .lines
        .get(region.end..)
        .unwrap_or_default()
        .iter()
        .all(|line| line.area.top > page.size.1 * region::FOOT);
    let mut head: Vec<String> =
        text.lines.get(bands.head.clone()).unwrap_or_default().iter().map(Line::text).collect();
    if head.is_empty()
        && let Some(before) = before
    {
        head.clone_from(&before.head);
    }
    Some((region, Found { grid, cells, before: Before { columns, head }, last }))
}
