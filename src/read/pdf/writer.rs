//! Pieces of a page, written into the draft.

use super::broken::is_cut;
use super::flow::{Piece, pieces};
use super::grid::{Grid, GridCell};
use super::lines::{Line, lines};
use super::margins::Frame;
use super::marks::Marks;
use super::page::Seen;
use super::resumed::LastRow;
use crate::grammar::Grammar;
use crate::read::draft::Draft;
use crate::source::Spot;
use crate::text::is_broken;

/// The widest distance, in points, that texts usually keep from the borders of their cells.
const MAX_PADDING: f64 = 8.0;

/// Writes a page's pieces in order.
pub(super) struct Writer<'a> {
    pub draft: &'a mut Draft,
    pub marks: &'a Marks,
    pub page: u32,
    /// The page's height in points.
    pub height: f64,
    pub grammar: &'a Grammar,
    pub seen: &'a mut Seen,
}

impl Writer<'_> {
    /// Lines that no table has.
    pub fn lines(&mut self, frame: &Frame, lines: &[Line]) {
        for piece in pieces(lines, frame, &mut self.seen.margins, self.grammar) {
            match piece {
                Piece::Paragraph { lines, gap_before, edges } => {
                    self.text(&lines);
                    self.draft.end_drawn_paragraph(gap_before, edges);
                }
                Piece::Table(rows) => {
                    for row in rows {
                        for cell in row {
                            self.text(&cell);
                            self.draft.end_cell(1, 1);
                        }
                        self.draft.end_row();
                    }
                    self.draft.end_table();
                }
            }
        }
    }

    /// A ruled table; `cells` are the glyphs of each of its cells.
    pub fn table(&mut self, grid: &Grid, cells: &[Vec<usize>]) {
        let texts: Vec<Vec<Line>> = cells.iter().map(|glyphs| lines(self.marks, glyphs)).collect();
        let padding = padding(grid, &texts);
        let before = self.seen.last_row.take();
        for row in 0..grid.rows() {
            for column in 0..grid.columns() {
                let Some((index, cell)) = grid.owner(row, column).and_then(|i| Some((i, grid.cells.get(i)?)))
                else {
                    continue;
                };
                if (cell.row, cell.column) == (row, column) {
                    let width = grid.area_of(cell).map_or(f64::INFINITY, |area| area.width() - 2.0 * padding);
                    let lines = texts.get(index).map(Vec::as_slice).unwrap_or_default();
                    let cut = |above: &Line, line: &Line| is_cut(above, line, width, self.grammar);
                    text(self.draft, self.marks, self.page, lines, &cut);
                    let glyphs = cells.get(index).map(Vec::as_slice).unwrap_or_default();
                    let readings = glyphs.iter().filter_map(|glyph| self.marks.readings_of(*glyph));
                    readings.for_each(|readings| self.draft.read_otherwise(readings));
                    self.draft.end_cell(extent(cell.columns), extent(cell.rows));
                } else {
                    self.draft.end_cell(u16::from(cell.column == column), u16::from(cell.row == row));
                }
            }
            self.draft.end_row();
            if before.as_ref().is_some_and(|before| before.may_go_on(grid, row, &texts)) {
                self.draft.resume_row();
            }
        }
        self.draft.end_table();
        self.seen.last_row = LastRow::of(grid, &texts, self.height);
    }

    fn text(&mut self, lines: &[Line]) {
        text(self.draft, self.marks, self.page, lines, &|_, _| false);
    }
}

/// Writes lines as one text. `is_cut` says whether a line goes on with the word that the one before it ends in.
pub(super) fn text(
    draft: &mut Draft,
    marks: &Marks,
    page: u32,
    lines: &[Line],
    is_cut: &dyn Fn(&Line, &Line) -> bool,
) {
    let mut previous: Option<(&Line, String)> = None;
    for line in lines {
        let text = line.text();
        let joins = |(before, said): &(&Line, String)| is_broken(said, &text) || is_cut(before, line);
        let broken = previous.as_ref().is_some_and(joins);
        for (i, word) in line.words.iter().enumerate() {
            let bbox = marks.place(word.area).hundredths();
            let spot = Spot::Page { page, bbox, confidence: word.confidence };
            if i > 0 || previous.is_some() && !broken {
                draft.write(" ", spot);
            }
            draft.set_font(marks.font_name(word.font));
            draft.write(&word.text, spot);
        }
        previous = Some((line, text));
    }
}

fn extent(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// The distance that texts keep from the left borders of their cells: that of the nearest ones, but for a few.
fn padding(grid: &Grid, texts: &[Vec<Line>]) -> f64 {
    let distance = |(cell, lines): (&GridCell, &Vec<Line>)| {
        let left = grid.area_of(cell)?.left;
        lines.iter().map(|line| line.area.left - left).reduce(f64::min)
    };
    let mut distances: Vec<f64> = grid.cells.iter().zip(texts).filter_map(distance).collect();
    distances.sort_by(f64::total_cmp);
    distances.get(distances.len() / 5).copied().unwrap_or_default().clamp(0.0, MAX_PADDING)
}
