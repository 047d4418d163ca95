//! A page's words and tables in reading order, written into the draft.

use super::flow::{Piece, pieces};
use super::geometry::Area;
use super::grid::{Grid, grids};
use super::lines::{Line, lines};
use super::margins::{Frame, Margins};
use super::marks::Marks;
use crate::model::Aside;
use crate::read::draft::Draft;
use crate::source::Spot;
use crate::text::is_broken;

/// Writes a page.
pub(in crate::read) fn write(
    draft: &mut Draft,
    margins: &mut Margins,
    marks: &Marks,
    page: u32,
    size: (f64, f64),
) {
    let grids = grids(&marks.rules);
    let whole = Area { left: -1.0, top: -1.0, right: size.0 + 1.0, bottom: size.1 + 1.0 };
    // A layer without ink is what a scanner's software recognised; where letters are drawn, they are read.
    let drawn = marks.glyphs.iter().filter(|glyph| !glyph.hidden).count();
    let with_hidden = drawn * 5 < marks.glyphs.len() - drawn;
    let mut free: Vec<usize> = Vec::new();
    let mut inside: Vec<Vec<Vec<usize>>> =
        grids.iter().map(|grid| vec![Vec::new(); grid.cells.len()]).collect();
    for (index, glyph) in marks.glyphs.iter().enumerate() {
        let (x, y) = glyph.middle();
        if glyph.hidden && !with_hidden || !whole.holds(x, y) {
            continue;
        }
        let table = grids.iter().enumerate().filter(|(_, grid)| grid.area.holds(x, y));
        // The smallest, where one stands in another.
        let table = table.min_by(|a, b| a.1.area.height().total_cmp(&b.1.area.height()));
        let cell = table.and_then(|(i, grid)| inside.get_mut(i)?.get_mut(grid.cell_at(x, y)?));
        match cell {
            Some(cell) => cell.push(index),
            None => free.push(index),
        }
    }
    let mut tables =
        grids.iter().zip(&inside).filter(|(_, cells)| cells.iter().any(|c| !c.is_empty())).peekable();
    let lines = lines(marks, &free);
    let areas: Vec<Area> = grids.iter().map(|grid| grid.area).collect();
    let Some(frame) = margins.frame(size, &lines, &areas) else {
        tables.for_each(|(grid, cells)| write_table(draft, marks, grid, cells, page));
        return;
    };
    let mut lines = lines.into_iter().peekable();
    let mut open: Vec<Line> = Vec::new();
    loop {
        let next_table = tables.peek().map(|(grid, _)| grid.area.top);
        match (lines.peek(), next_table) {
            (Some(line), top) if top.is_none_or(|top| line.base < top) => open.extend(lines.next()),
            (None, None) => break,
            _ => {
                write_lines(draft, margins, marks, (&frame, &open), page);
                open.clear();
                if let Some((grid, cells)) = tables.next() {
                    write_table(draft, marks, grid, cells, page);
                }
            }
        }
    }
    write_lines(draft, margins, marks, (&frame, &open), page);
}

/// Writes all glyphs of a page as set aside for a reason.
pub(in crate::read) fn write_apart(draft: &mut Draft, marks: &Marks, page: u32, reason: Aside) {
    let all: Vec<usize> = (0..marks.glyphs.len()).collect();
    for line in lines(marks, &all) {
        write_text(draft, marks, std::slice::from_ref(&line), page);
        draft.end_aside(reason);
    }
}

fn write_lines(
    draft: &mut Draft,
    margins: &mut Margins,
    marks: &Marks,
    (frame, lines): (&Frame, &[Line]),
    page: u32,
) {
    for piece in pieces(lines, frame, margins) {
        match piece {
            Piece::Paragraph { lines, gap_before, edges } => {
                write_text(draft, marks, &lines, page);
                draft.end_drawn_paragraph(gap_before, edges);
            }
            Piece::Table(rows) => {
                for row in rows {
                    for cell in row {
                        write_text(draft, marks, &cell, page);
                        draft.end_cell(1, 1);
                    }
                    draft.end_row();
                }
                draft.end_table();
            }
        }
    }
}

fn write_table(draft: &mut Draft, marks: &Marks, grid: &Grid, cells: &[Vec<usize>], page: u32) {
    for row in 0..grid.rows() {
        for column in 0..grid.columns() {
            let Some((index, cell)) = grid.owner(row, column).and_then(|i| Some((i, grid.cells.get(i)?)))
            else {
                continue;
            };
            if (cell.row, cell.column) == (row, column) {
                let glyphs = cells.get(index).map(Vec::as_slice).unwrap_or_default();
                write_text(draft, marks, &lines(marks, glyphs), page);
                let readings = glyphs.iter().filter_map(|glyph| marks.readings_of(*glyph));
                readings.for_each(|readings| draft.read_otherwise(readings));
                draft.end_cell(extent(cell.columns), extent(cell.rows));
            } else {
                draft.end_cell(u16::from(cell.column == column), u16::from(cell.row == row));
            }
        }
        draft.end_row();
    }
    draft.end_table();
}

fn extent(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// Writes lines as one text.
fn write_text(draft: &mut Draft, marks: &Marks, lines: &[Line], page: u32) {
    let mut previous: Option<String> = None;
    for line in lines {
        let text = line.text();
        let broken = previous.as_ref().is_some_and(|previous| is_broken(previous, &text));
        for (i, word) in line.words.iter().enumerate() {
            let bbox = marks.place(word.area).hundredths();
            let spot = Spot::Page { page, bbox, confidence: word.confidence };
            if i > 0 || previous.is_some() && !broken {
                draft.write(" ", spot);
            }
            draft.write(&word.text, spot);
        }
        previous = Some(text);
    }
}
