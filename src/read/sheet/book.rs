//! What every reader of a workbook hands on: sheets of cells with the text that they show.

use std::rc::Rc;

use super::decimal::{Decimal, PRECISION};
use super::print::Format;
use crate::read::{Bound, ReadError};
use crate::source::cell_name;
use crate::value::Number;

/// Most sheets of a workbook.
pub const MAX_SHEETS: usize = 1_000;
/// Most filled cells of a workbook.
pub const MAX_FILLED: usize = 200_000;
/// Most merged regions of a sheet.
pub const MAX_MERGES: usize = 100_000;
/// Most characters of one cell; Excel allows 32,767.
pub const MAX_STRING: usize = 1 << 20;
/// Most bytes of the strings that cells share.
pub const MAX_SHARED: usize = 64 << 20;
/// Most cell formats.
pub const MAX_STYLES: usize = 70_000;
/// Rows and columns that a sheet has at most.
pub const MAX_ROW: u32 = 1_048_576;
/// As [`MAX_ROW`].
pub const MAX_COLUMN: u32 = 16_384;

/// Most areas that a notice names.
const MAX_AREAS: usize = 12;

/// A sheet.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub name: String,
    pub hidden: bool,
    /// Filled cells, and blank ones with a formula; in order of rows, then columns.
    pub cells: Vec<Cell>,
    /// Merged regions.
    pub merges: Vec<Area>,
    /// First and last hidden rows.
    pub hidden_rows: Vec<(u32, u32)>,
    /// First and last hidden columns.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Row, first and last column of cells with borders, ascending.
    pub ruled: Vec<(u32, u32, u32)>,
    /// Remarks on cells.
    pub comments: Vec<(u32, u32, String)>,
    /// Text of boxes that lie on the sheet, and the cell that they lie on.
    pub shapes: Vec<(u32, u32, String)>,
    /// Header and footer of the printed pages.
    pub running: Vec<String>,
    /// How cells show numbers, in a format whose files may lack the values of formulas.
    pub styles: Option<Rc<Styles>>,
    pub from_1904: bool,
    /// Whether the file says that formulas are to be worked out when it is opened.
    pub recalculate: bool,
    /// The cells whose formula had no value and was worked out: "C6:H7, C8".
    pub calculated: String,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cell {
    pub row: u32,
    pub column: u32,
    /// What the cell shows.
    pub text: String,
    /// The number that it holds.
    pub number: Option<Number>,
    /// Index of its style.
    pub style: usize,
    pub formula: Formula,
    /// Whether its formula gives an error.
    pub error: bool,
    /// The name of its font, which may tell which letters its characters are.
    pub font: Option<Rc<str>>,
    /// Parts of its text that stand in other fonts.
    pub runs: Vec<FontRun>,
}

/// From a byte of a text on, the name of the font that it stands in; none is that of its cell.
pub(super) type FontRun = (u32, Option<Rc<str>>);

/// What is known of a cell's formula.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Formula {
    #[default]
    None,
    /// There is one; its text is not known.
    Some,
    /// Its text, the cells that it names counted from its own; equal for formulas that were copied.
    Relative(Box<str>),
}

/// Notes that from a byte of a text on it stands in a font, where it did not before.
pub(super) fn begin_run(runs: &mut Vec<FontRun>, at: usize, font: Option<Rc<str>>) {
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    runs.pop_if(|(start, _)| *start == at);
    if runs.last().map_or(font.is_some(), |(_, last)| *last != font) {
        runs.push((at, font));
    }
}

/// A region of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Area {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

/// What a workbook's cells have in common.
#[derive(Debug, Default)]
pub(super) struct Styles {
    formats: Vec<Format>,
    cells: Vec<Style>,
}

/// What is known of a cell style.
#[derive(Debug, Default)]
pub(super) struct Style {
    /// Index of its number format.
    pub format: u32,
    /// Whether it draws borders.
    pub ruled: bool,
    /// The name of its font.
    pub font: Option<Rc<str>>,
}

/// Cells counted over all sheets.
#[derive(Debug, Default)]
pub(super) struct Count {
    filled: usize,
}

impl Styles {
    /// Adds a format; its index.
    pub fn format(&mut self, format: Format) -> Result<u32, ReadError> {
        within(self.formats.len(), MAX_STYLES, Bound::Objects)?;
        self.formats.push(format);
        Ok(u32::try_from(self.formats.len() - 1).unwrap_or(u32::MAX))
    }

    /// Adds a cell style.
    pub fn cell(&mut self, style: Style) -> Result<(), ReadError> {
        within(self.cells.len(), MAX_STYLES, Bound::Objects)?;
        self.cells.push(style);
        Ok(())
    }

    /// Whether cells of a style have borders.
    pub fn is_ruled(&self, style: usize) -> bool {
        self.cells.get(style).is_some_and(|style| style.ruled)
    }

    /// The name of the font that cells of a style have.
    pub fn font(&self, style: usize) -> Option<Rc<str>> {
        self.cells.get(style).and_then(|style| style.font.clone())
    }

    /// What a number shows in a style.
    pub fn print(&self, style: usize, value: &Decimal, from_1904: bool) -> String {
        match self.of(style) {
            Some(format) => format.print(value, from_1904),
            None => Format::default().print(value, from_1904),
        }
    }

    /// What a text shows in a style.
    pub fn print_text(&self, style: usize, text: &str) -> String {
        self.of(style).map_or_else(|| text.to_owned(), |format| format.print_text(text))
    }

    fn of(&self, style: usize) -> Option<&Format> {
        self.cells.get(style).and_then(|style| self.formats.get(style.format as usize))
    }
}

impl Count {
    /// Adds a cell to a sheet. Blank cells without a formula are left out.
    pub fn add(&mut self, sheet: &mut Sheet, cell: Cell) -> Result<(), ReadError> {
        if cell.text.trim().is_empty() && cell.formula == Formula::None {
            return Ok(());
        }
        if cell.row >= MAX_ROW || cell.column >= MAX_COLUMN {
            return Ok(());
        }
        self.filled += 1;
        within(self.filled, MAX_FILLED, Bound::Cells)?;
        within(cell.text.len(), MAX_STRING, Bound::Text)?;
        sheet.cells.push(cell);
        Ok(())
    }
}

impl Sheet {
    /// Notes that a cell has borders.
    pub fn rule(&mut self, row: u32, first: u32, last: u32) {
        let full = self.ruled.len() >= MAX_ROW as usize;
        match self.ruled.last_mut() {
            Some((known, from, to)) if *known == row => (*from, *to) = ((*from).min(first), (*to).max(last)),
            _ if full => {}
            _ => self.ruled.push((row, first, last)),
        }
    }

    /// Puts cells and rules in order, whatever order the file has; of two cells at one place the last stays.
    pub fn sort(&mut self) {
        if !self.cells.is_sorted_by_key(|cell| (cell.row, cell.column)) {
            self.cells.sort_by_key(|cell| (cell.row, cell.column));
        }
        self.cells.reverse();
        self.cells.dedup_by_key(|cell| (cell.row, cell.column));
        self.cells.reverse();
        self.ruled.sort_unstable();
        self.merges.retain(|area| area.top < area.bottom || area.left < area.right);
        self.merges.sort_unstable_by_key(|area| (area.top, area.left));
        self.hidden_rows = joined(std::mem::take(&mut self.hidden_rows));
        self.hidden_columns = joined(std::mem::take(&mut self.hidden_columns));
    }
}

impl Sheet {
    /// Whether a row is hidden.
    pub fn hides_row(&self, row: u32) -> bool {
        let at = self.hidden_rows.partition_point(|(from, _)| *from <= row);
        at.checked_sub(1).and_then(|at| self.hidden_rows.get(at)).is_some_and(|(_, to)| *to >= row)
    }
}

impl Area {
    /// Reads "A1:C3".
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let ((top, left), (bottom, right)) = (cell_place(first)?, cell_place(last)?);
        Some(Self {
            top: top.min(bottom),
            left: left.min(right),
            bottom: bottom.max(top),
            right: right.max(left),
        })
    }
}

/// The number that a stored decimal stands for.
pub(super) fn stored(value: &Decimal) -> Option<Number> {
    value.clone().significant(PRECISION).number()
}

/// Row and column, counted from 0, of a cell in A1 notation; "$" is passed over.
pub(super) fn cell_place(text: &str) -> Option<(u32, u32)> {
    let mut column: u32 = 0;
    let mut row: u32 = 0;
    let mut digits = false;
    for c in text.trim().chars().filter(|c| *c != '$') {
        match c {
            'A'..='Z' | 'a'..='z' if !digits => {
                let letter = u32::from(c.to_ascii_uppercase()) - u32::from('A') + 1;
                column = column.checked_mul(26)?.checked_add(letter)?;
            }
            '0'..='9' => {
                digits = true;
                row = row.checked_mul(10)?.checked_add(u32::from(c) - u32::from('0'))?;
            }
            _ => return None,
        }
    }
    (column > 0 && row > 0 && column <= MAX_COLUMN && row <= MAX_ROW).then(|| (row - 1, column - 1))
}

/// "C6:H7, C8": cells by column and row, those above each other joined first, then what stands side by side.
pub(super) fn areas(mut places: Vec<(u32, u32)>) -> String {
    places.sort_unstable();
    let mut stretches: Vec<Area> = Vec::new();
    for (column, row) in places {
        match stretches.last_mut() {
            Some(last) if last.right == column && last.bottom + 1 == row => last.bottom = row,
            _ => stretches.push(Area { top: row, left: column, bottom: row, right: column }),
        }
    }
    stretches.sort_unstable_by_key(|area| (area.top, area.bottom, area.left));
    let mut out: Vec<Area> = Vec::new();
    for area in stretches {
        match out.last_mut() {
            Some(last) if (last.top, last.bottom, last.right + 1) == (area.top, area.bottom, area.left) => {
                last.right = area.right;
            }
            _ => out.push(area),
        }
    }
    out.sort_unstable_by_key(|area| (area.top, area.left));
    let name = |area: &Area| {
        let (first, last) = (cell_name(area.top, area.left), cell_name(area.bottom, area.right));
        if first == last { first } else { format!("{first}:{last}") }
    };
    let mut names: Vec<String> = out.iter().take(MAX_AREAS).map(name).collect();
    names.extend((out.len() > MAX_AREAS).then(|| "…".to_owned()));
    names.join(", ")
}

/// Whether a count keeps a bound.
pub(super) fn within(count: usize, limit: usize, bound: Bound) -> Result<(), ReadError> {
    if count > limit { Err(ReadError::Limit { bound, limit: limit as u64 }) } else { Ok(()) }
}

/// Ranges with those that touch joined.
fn joined(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut out: Vec<(u32, u32)> = Vec::new();
    for (from, to) in ranges {
        match out.last_mut() {
            Some((_, end)) if from <= end.saturating_add(1) => *end = (*end).max(to),
            _ => out.push((from, to)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_regions() {
        let cells = [(2, 5), (3, 5), (4, 6), (2, 6), (3, 6), (4, 5), (2, 7), (5, 5)];
        assert_eq!(areas(cells.to_vec()), "C6:C8, D6:E7, F6");
    }

    #[test]
    fn places_are_read() {
        assert_eq!(cell_place("A1"), Some((0, 0)));
        assert_eq!(cell_place("$XFD$1048576"), Some((1_048_575, 16_383)));
        assert_eq!(cell_place("XFE1"), None);
        assert_eq!(cell_place("1A"), None);
        assert_eq!(Area::parse("C3:A1"), Some(Area { top: 0, left: 0, bottom: 2, right: 2 }));
    }

    #[test]
    fn of_two_cells_at_one_place_the_last_stays() {
        let cell = |row, text: &str| Cell { row, text: text.to_owned(), ..Cell::default() };
        let mut sheet = Sheet { cells: vec![cell(1, "b"), cell(0, "a"), cell(1, "c")], ..Sheet::default() };
        sheet.hidden_rows = vec![(5, 5), (3, 4), (9, 9)];
        sheet.sort();
        let texts: Vec<&str> = sheet.cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts, ["a", "c"]);
        assert_eq!(sheet.hidden_rows, [(3, 5), (9, 9)]);
    }
}
