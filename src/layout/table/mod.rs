//! Tables: fragments of pages become one table with columns and whole rows.

mod again;
mod columns;
mod header;
mod join;
mod merged;
mod rest;
mod short;

use super::flow::{Line, lead};
use super::markup::Markup;
use super::numbering::cell_number;
use crate::grammar::Grammar;
use crate::model::{Aside, ColumnRole, Origin};
use crate::source::{Cell, Row, Source};
use crate::span::Span;

/// A piece of a table.
#[derive(Debug, Clone)]
pub(crate) enum Fragment {
    /// Rows that stand together in the source.
    Rows {
        rows: std::ops::Range<u32>,
        /// Whether a page border is known to stand before it.
        after_break: bool,
    },
    /// A heading between rows that came as a line: its cell was merged over the row.
    Heading(Line),
}

/// A table, whole again.
#[derive(Debug, Default)]
pub(crate) struct LaidTable {
    /// Lines that came as rows above the header: a caption over all columns.
    pub above: Vec<Line>,
    pub header: Vec<GridRow>,
    pub columns: Vec<HeaderColumn>,
    /// The first row of column numbers.
    pub index: Option<GridRow>,
    pub rows: Vec<GridRow>,
}

/// A column with its header.
#[derive(Debug, Clone, Default)]
pub(crate) struct HeaderColumn {
    /// Header texts from top to bottom.
    pub path: Vec<String>,
    /// What the header says that the column holds.
    pub role: ColumnRole,
    /// The lowest header cell.
    pub span: Span,
}

/// A row.
#[derive(Debug, Clone, Default)]
pub(crate) struct GridRow {
    pub cells: Vec<GridCell>,
    /// The row's lines in the source: one, or two where a page break cut it.
    pub spans: Vec<Span>,
    /// Whether a page border stands before the row.
    pub after_break: bool,
    /// Whether it is a further line of the row before it.
    pub continued: bool,
    /// Whether the page shows that it may be the rest of the last row of the page before.
    pub resumes: bool,
    /// Whether it is a line of a header whose cells have several, and whose spans are known.
    pub head_line: bool,
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub(crate) struct GridCell {
    /// The pieces of its text.
    pub pieces: Vec<Span>,
    /// Where a blank cell stands.
    pub place: Span,
    pub origin: Origin,
    /// Whether a merged cell covers it.
    pub cover: Cover,
    /// How many columns it is known to cover.
    pub columns: u16,
}

/// How a merged cell that begins elsewhere covers a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Cover {
    /// None does.
    #[default]
    No,
    /// One that begins to its left, in its row.
    Left,
    /// One that begins in a row above.
    Above,
}

impl GridRow {
    fn of(source: &Source, row: &Row, after_break: bool) -> Self {
        let cells = source.row_cells(row).iter().map(GridCell::of).collect();
        let Row { continued, resumes, head_line, .. } = *row;
        Self { cells, spans: vec![row.span], after_break, continued, resumes, head_line }
    }

    /// The cell of a column, if the row reaches it.
    pub(crate) fn cell(&self, column: usize) -> Option<&GridCell> {
        self.cells.get(column)
    }

    /// Number of cells that are not blank.
    pub(crate) fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_blank()).count()
    }
}

impl GridCell {
    fn of(cell: &Cell) -> Self {
        let cover = match (cell.columns, cell.rows) {
            (_, 0) => Cover::Above,
            (0, _) => Cover::Left,
            _ => Cover::No,
        };
        let (pieces, origin) =
            if cell.span.is_empty() { (Vec::new(), Origin::Blank) } else { (vec![cell.span], Origin::Own) };
        Self { pieces, place: cell.span, origin, cover, columns: cell.columns }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The cell's text without markup, its pieces joined by one space.
    pub(crate) fn text(&self, source: &Source, markup: &Markup) -> String {
        match self.pieces.as_slice() {
            [] => String::new(),
            [one] => markup.text(source, *one).into_owned(),
            many => crate::text::join(many.iter().map(|piece| markup.text(source, *piece))),
        }
    }
}

/// Lays the fragments of one stretch of an appendix: the tables, and headings that no table follows.
pub(crate) fn lay_tables(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    fragments: Vec<Fragment>,
    aside: &mut Vec<(Aside, Span)>,
) -> (Vec<LaidTable>, Vec<Line>) {
    let mut lines = Vec::new();
    let mut tables: Vec<LaidTable> = Vec::new();
    let mut open: Option<LaidTable> = None;
    let mut within = true;
    for fragment in fragments {
        let (rows, after_break) = match fragment {
            Fragment::Rows { rows, after_break } => (rows, after_break),
            Fragment::Heading(line) => {
                match open.as_mut() {
                    Some(table) => table.rows.push(heading_row(&line)),
                    None => lines.push(line),
                }
                within = true;
                continue;
            }
        };
        let rows = source.rows.get(rows.start as usize..rows.end as usize).unwrap_or_default();
        // A converter may put a blank header over what goes on with the table before.
        let blank = |row: &&Row| source.row_cells(row).iter().all(|cell| cell.span.is_empty());
        let rows = rows.get(rows.iter().take_while(blank).count()..).unwrap_or_default();
        let mut from = 0;
        let anew =
            !after_break && open.as_ref().is_some_and(|table| begins_anew(source, grammar, table, rows));
        let same = open.as_ref().filter(|_| !anew);
        let repeated = same.map_or(0, |table| again::repeated(source, markup, table, rows, aside));
        let rest = open.as_mut().filter(|_| !anew && after_break && repeated == 0);
        let rest = rest.map_or(0, |table| rest::take_rest(source, markup, grammar, table, rows));
        if repeated + rest > 0 {
            from = repeated + rest;
        } else if let Some(found) = header::find(source, markup, grammar, rows, open.is_some()) {
            tables.extend(open.take());
            for row in rows.iter().take(found.start) {
                lines.extend(row_as_lines(source, markup, grammar, row));
            }
            from = found.end;
            open = Some(LaidTable { above: std::mem::take(&mut lines), ..found.table });
        } else if open.as_ref().is_none_or(|table| !fits(source, table, rows)) {
            tables.extend(open.take());
            open = Some(LaidTable { above: std::mem::take(&mut lines), ..header::headless(source, rows) });
        }
        let Some(table) = open.as_mut() else { continue };
        // A fragment's border is a page border where the header came again or the reader saw a page end.
        let border = !std::mem::take(&mut within) || after_break;
        add_rows(source, markup, grammar, table, rows.get(from..).unwrap_or_default(), border, aside);
    }
    tables.extend(open);
    for table in &mut tables {
        header::close(table);
        join::complete(source, table);
        merged::fill(table);
    }
    (tables, lines)
}

/// Whether rows on a drawn page, where page borders are known, begin a table of their own although their header is
/// the open table's: their numbers begin again.
fn begins_anew(source: &Source, grammar: &Grammar, table: &LaidTable, rows: &[Row]) -> bool {
    let first = rows.get(table.header.len()).and_then(|row| source.row_cells(row).first());
    let number = first.and_then(|cell| cell_number(source.slice(cell.span), &grammar.numbering));
    source.pages.is_some() && !source.spots.is_empty() && number.is_some_and(|number| number.ordinal == 1)
}

/// A row of one cell.
fn heading_row(line: &Line) -> GridRow {
    let cell =
        GridCell { pieces: vec![line.inner], place: line.inner, origin: Origin::Own, ..GridCell::default() };
    GridRow { cells: vec![cell], spans: vec![line.span], ..GridRow::default() }
}

/// Whether rows begin with a header of their own.
pub(crate) fn has_header(source: &Source, markup: &Markup, grammar: &Grammar, rows: &[Row]) -> bool {
    header::find(source, markup, grammar, rows, true).is_some()
}

/// Adds a fragment's rows under the header to a table.
fn add_rows(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    table: &mut LaidTable,
    rows: &[Row],
    border: bool,
    aside: &mut Vec<(Aside, Span)>,
) {
    let roles = table.roles();
    let with = join::With { source, markup, grammar, roles: &roles };
    let (mut first, mut border) = (true, border);
    let mut skip = 0;
    for (i, row) in rows.iter().enumerate() {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        if source.row_cells(row).iter().all(|cell| cell.span.is_empty()) {
            continue;
        }
        // A header that comes again without a blank line before it.
        let again = again::repeated(source, markup, table, rows.get(i..).unwrap_or_default(), aside);
        if again > 0 {
            skip = again - 1;
            (first, border) = (true, true);
            continue;
        }
        if header::is_index(source, markup, row) && (table.rows.is_empty() || first) {
            skip = take_index(source, markup, table, rows.get(i..).unwrap_or_default(), aside);
            continue;
        }
        let row = GridRow::of(source, row, first && border && !table.rows.is_empty());
        let next = rows.get(i + 1).filter(|_| row.after_break).map(|next| GridRow::of(source, next, false));
        if let Some(row) = join::onto_last(with, table, row, next.as_ref(), aside) {
            table.rows.push(row);
        }
        first = false;
    }
}

/// Takes a row of column numbers, with the further lines of its cells ("6=7+..." over "+11"); how many lines these are.
fn take_index(
    source: &Source,
    markup: &Markup,
    table: &mut LaidTable,
    rows: &[Row],
    aside: &mut Vec<(Aside, Span)>,
) -> usize {
    let Some((row, lines)) = rows.split_first() else { return 0 };
    let mut set_aside = |row: &Row| {
        let spans = header::filled_spans(source, row).into_iter();
        aside.extend(spans.map(|span| (Aside::FormulaIndex, span)));
    };
    set_aside(row);
    let own = table.index.is_none();
    table.index.get_or_insert(GridRow::of(source, row, false));
    let further = lines.iter().take_while(|row| row.continued && !header::is_index(source, markup, row));
    let mut count = 0;
    for line in further {
        set_aside(line);
        let cells = source.row_cells(line).iter().map(GridCell::of);
        let index = table.index.iter_mut().filter(|_| own).flat_map(|index| &mut index.cells);
        index.zip(cells).for_each(|(cell, more)| cell.pieces.extend(more.pieces));
        count += 1;
    }
    count
}

/// Whether rows without a header can go on with a table.
fn fits(source: &Source, table: &LaidTable, rows: &[Row]) -> bool {
    let width = rows.iter().map(|row| source.row_cells(row).len()).max().unwrap_or(0);
    width <= table.columns.len() + 1 && (width + 2 >= table.columns.len() || width * 2 > table.columns.len())
}

fn row_as_lines(source: &Source, markup: &Markup, grammar: &Grammar, row: &Row) -> Vec<Line> {
    let cells = source.row_cells(row).iter().filter(|cell| !cell.span.is_empty());
    cells
        .map(|cell| {
            let inner = markup.trim(source, cell.span);
            Line {
                span: cell.span,
                inner,
                gap_before: true,
                goes_on: false,
                lead: lead(source.slice(inner), grammar),
            }
        })
        .collect()
}
