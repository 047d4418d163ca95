//! Headers: where they are, what columns they give, when they come again.

use super::columns::{anchor, columns, is_years};
use super::{Cover, GridCell, GridRow, HeaderColumn, LaidTable};
use crate::grammar::Grammar;
use crate::layout::markup::Markup;
use crate::layout::numbering::cell_number;
use crate::model::ColumnRole;
use crate::source::{Cell, Row, Source};
use crate::span::Span;
use crate::syntax::number;

/// A header found in a fragment.
pub(super) struct Found {
    /// Index of its first row.
    pub start: usize,
    /// Index of the row after its last.
    pub end: usize,
    pub table: LaidTable,
}

/// How many rows from the top of a fragment may be lines above the header.
const REACH: usize = 8;
/// Column numbers go up by one; a scan may have lost one or two.
const INDEX_STEP: u32 = 3;
/// Most rows of a header, and most lines of these.
pub(super) const MAX_HEADER_ROWS: usize = 5;
const MAX_HEADER_LINES: usize = 24;

/// Finds the header at the top of a fragment. `strict` asks for a row-number column or three known headers,
/// since the fragment may also go on with the table before it.
pub(super) fn find(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    rows: &[Row],
    strict: bool,
) -> Option<Found> {
    let known = rows.iter().take(REACH).position(|row| is_header(source, markup, grammar, row, strict));
    let known = known.or_else(|| {
        let over =
            |at: &usize| stands_over_figures(source, markup, grammar, rows.get(*at..).unwrap_or_default());
        (0..REACH).find(|at| !strict && over(at))
    });
    // A header whose texts stand in the middle of its height begins above the line that tells it.
    let known = known.map(|start| {
        let goes_on = |at: &usize| {
            let line = |at: usize| rows.get(at).is_some_and(|row| row.head_line);
            rows.get(*at).is_some_and(|row| row.continued && row.heads) || line(*at) && line(at - 1)
        };
        start - (1..=start).rev().take_while(goes_on).count()
    });
    let Some(start) = known else {
        return if strict { None } else { said(source, markup, grammar, rows) };
    };
    // What stands above must be lines in a cell of their own.
    let above = rows.get(..start)?;
    if above.iter().any(|row| GridRow::of(source, row, false).filled() > 2) {
        return None;
    }
    let mut grid = vec![GridRow::of(source, rows.get(start)?, false)];
    let width = rows.iter().skip(start).take(4).map(|row| source.row_cells(row).len()).max().unwrap_or(0);
    let mut count = 1;
    for (index, row) in rows.iter().enumerate().skip(start + 1) {
        let next = GridRow::of(source, row, false);
        count += usize::from(!next.continued);
        if count > MAX_HEADER_ROWS || grid.len() == MAX_HEADER_LINES {
            break;
        }
        let next = super::short::under_spans(grid.last(), next, width);
        let below = rows.get(index + 1).filter(|row| !is_index(source, markup, row));
        let below = below.map(|row| GridRow::of(source, row, false));
        if !next.continued
            && (is_index(source, markup, row)
                || begins_group(source, markup, grammar, (grid.first(), row))
                || !is_said(source, markup, rows.get(start), row)
                    && !is_sub_header((source, markup, grammar), (&grid, &next, below.as_ref()), width))
        {
            break;
        }
        grid.push(next);
    }
    let end = start + grid.len();
    let columns = columns(source, markup, grammar, &grid);
    Some(Found { start, end, table: LaidTable { header: grid, columns, ..LaidTable::default() } })
}

/// Whether a row has a number under the header of the column of row numbers.
fn begins_group(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    (header, row): (Option<&GridRow>, &Row),
) -> bool {
    let named = header.and_then(|header| header.cells.first()).map(|cell| cell.text(source, markup));
    let own = source.row_cells(row).first().map(|cell| markup.text(source, cell.span));
    named.is_some_and(|text| grammar.tables.role(&text) == Some(ColumnRole::Number))
        && own.is_some_and(|text| cell_number(&text, &grammar.numbering).is_some())
}

/// Whether the file, or what stands under it, says that a row is of the header that another one begins.
fn is_said(source: &Source, markup: &Markup, first: Option<&Row>, row: &Row) -> bool {
    let figure = |cell: &Cell| number::shape(&markup.text(source, cell.span)).is_some();
    row.head_line && first.is_some_and(|first| first.head_line)
        || row.heads && first.is_some_and(|first| first.heads) && !source.row_cells(row).iter().any(figure)
}

/// The header that nothing but the file says to be one.
fn said(source: &Source, markup: &Markup, grammar: &Grammar, rows: &[Row]) -> Option<Found> {
    let end = rows.iter().take(MAX_HEADER_LINES).take_while(|row| row.heads).count();
    let heads = rows.get(..end)?;
    let numbered = |row: &Row| {
        let first = source.row_cells(row).first().map(|cell| markup.text(source, cell.span));
        first.is_some_and(|text| cell_number(&text, &grammar.numbering).is_some())
    };
    let grid: Vec<GridRow> = heads.iter().map(|row| GridRow::of(source, row, false)).collect();
    // A converter may call the first row of any table one.
    if end == rows.len() || grid.first()?.filled() < 2 || heads.iter().any(numbered) {
        return None;
    }
    let columns = columns(source, markup, grammar, &grid);
    Some(Found { start: 0, end, table: LaidTable { header: grid, columns, ..LaidTable::default() } })
}

/// Joins further lines of header rows to the rows that they are of; until then each may come again by itself.
pub(super) fn close(table: &mut LaidTable) {
    let mut rows: Vec<GridRow> = Vec::with_capacity(table.header.len());
    for row in std::mem::take(&mut table.header) {
        match rows.last_mut().filter(|_| row.continued) {
            Some(last) => {
                let width = last.cells.len().max(row.cells.len());
                last.cells.resize_with(width, GridCell::default);
                for (cell, more) in last.cells.iter_mut().zip(row.cells) {
                    if cell.is_blank() {
                        *cell = more;
                    } else {
                        cell.pieces.extend(more.pieces);
                    }
                }
                last.spans.extend(row.spans);
            }
            None => rows.push(row),
        }
    }
    table.header = rows;
}

/// A table whose header was lost.
pub(super) fn headless(source: &Source, rows: &[Row]) -> LaidTable {
    let width = rows.iter().map(|row| source.row_cells(row).len()).max().unwrap_or(0);
    LaidTable { columns: vec![HeaderColumn::default(); width], ..LaidTable::default() }
}

/// From the first filled cell of a row to its last, in pieces where texts of another row stand between.
pub(super) fn filled_spans(source: &Source, row: &Row) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in source.row_cells(row).iter().map(|cell| cell.span).filter(|span| !span.is_empty()) {
        let joins = |last: &&mut Span| {
            let between = Span { start: last.end.min(span.start), end: span.start };
            !source.slice(between).contains(char::is_alphanumeric)
        };
        match out.last_mut().filter(joins) {
            Some(last) => *last = last.to(span),
            None => out.push(span),
        }
    }
    out
}

/// Whether a row is one of column headers.
fn is_header(source: &Source, markup: &Markup, grammar: &Grammar, row: &Row, strict: bool) -> bool {
    let cells = source.row_cells(row);
    let texts: Vec<_> = cells.iter().map(|cell| markup.text(source, cell.span)).collect();
    let filled = texts.iter().filter(|text| !text.is_empty()).count();
    if filled < 2 || texts.iter().any(|text| text.len() > 240) {
        return false;
    }
    let roles: Vec<ColumnRole> =
        texts.iter().filter(|text| !text.is_empty()).filter_map(|text| role(text, grammar)).collect();
    let mut distinct = roles.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let numbered = roles.first() == Some(&ColumnRole::Number);
    let begins_with_number = texts.first().is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()));
    let marks = &grammar.numbering.marks;
    let is_mark = |text: &str| marks.bullet.iter().chain(&marks.sub_bullet).any(|mark| mark == text);
    let is_row = |text: &str| is_mark(text) || cell_number(text, &grammar.numbering).is_some();
    // "TT" that was recognised as one letter stands beside other headers.
    let misread = |text: &str| text.chars().count() == 1 && distinct.len() >= 3;
    if begins_with_number || texts.first().is_some_and(|text| is_row(text) && !misread(text)) {
        return false;
    }
    // "TT | Tên ấp | Số hộ | …": a row that names the column of row numbers and holds no number.
    let mut filled_texts = texts.iter().filter(|text| !text.is_empty());
    let names_numbers = filled_texts.next().is_some_and(|text| {
        text.len() <= MAX_NUMBER_HEADER && role(text, grammar) == Some(ColumnRole::Number)
    });
    if names_numbers && filled >= 3 && filled_texts.all(|text| is_worded(text, grammar)) {
        return true;
    }
    let enough = if strict {
        distinct.len() >= 3 || numbered && distinct.len() >= 2
    } else {
        distinct.len() >= 2 || numbered && roles.len() >= 2
    };
    enough && roles.len() * 3 >= filled
}

/// Longest header of the column of row numbers: "Số thứ tự".
const MAX_NUMBER_HEADER: usize = 16;
/// How many rows under a first row are looked at, and how many of them must hold figures.
const UNDER: usize = 6;
const FIGURE_ROWS: usize = 2;

/// Whether the first of some rows is a header by what stands under it: words or years over columns of figures.
fn stands_over_figures(source: &Source, markup: &Markup, grammar: &Grammar, rows: &[Row]) -> bool {
    let Some((first, below)) = rows.split_first() else { return false };
    let texts: Vec<_> = source.row_cells(first).iter().map(|cell| markup.text(source, cell.span)).collect();
    let filled: Vec<usize> =
        texts.iter().enumerate().filter(|(_, text)| !text.is_empty()).map(|(at, _)| at).collect();
    let numbered = filled
        .first()
        .and_then(|at| texts.get(*at))
        .is_none_or(|text| cell_number(text, &grammar.numbering).is_some());
    if filled.len() < 3 || numbered || texts.iter().any(|text| !is_worded(text, grammar)) {
        return false;
    }
    let figures = |row: &&Row| {
        let cells = source.row_cells(row);
        let holds = |at: &&usize| {
            cells.get(**at).is_some_and(|cell| number::shape(&markup.text(source, cell.span)).is_some())
        };
        filled.iter().skip(1).filter(holds).count() * 2 >= filled.len() - 1
    };
    below.iter().take(UNDER).filter(figures).count() >= FIGURE_ROWS
}

/// Whether a text may stand in a header: words, or years.
pub(super) fn is_worded(text: &str, grammar: &Grammar) -> bool {
    text.len() <= 160
        && (number::shape(text).is_none() && !number::looks_numeric(text) || is_years(text, grammar))
}

/// What a header says that its column holds; years alone are the header of these.
fn role(text: &str, grammar: &Grammar) -> Option<ColumnRole> {
    if is_years(text, grammar) { Some(ColumnRole::Year) } else { grammar.tables.role(text) }
}

/// Whether a row goes on with the header above it: its texts stand only under headers that span several
/// columns. Given are the header so far, the row, and the one below it.
fn is_sub_header(
    (source, markup, grammar): (&Source, &Markup, &Grammar),
    (header, next, below): (&[GridRow], &GridRow, Option<&GridRow>),
    width: usize,
) -> bool {
    let Some(above) = header.last() else { return false };
    if is_row_of_years((source, markup, grammar), header, next, width) {
        return true;
    }
    let filled = |row: &GridRow, column: usize| row.cell(column).is_some_and(|cell| !cell.is_blank());
    // A text that itself spans columns, which have texts of their own below.
    let spans_below =
        |column: usize| below.is_some_and(|below| filled(below, column) && filled(below, column + 1));
    let tall = next.cells.iter().any(|cell| cell.cover == Cover::Above);
    let mut any = false;
    for column in 0..width {
        let Some(cell) = next.cell(column).filter(|cell| !cell.is_blank()) else { continue };
        any = true;
        let text = cell.text(source, markup);
        if text.len() > 160 {
            return false;
        }
        // A cell of the header reaches down into the row.
        if tall {
            continue;
        }
        // "(triệu đồng)" under "Kinh phí": the header's second line.
        let bracketed =
            text.starts_with('(') && text.ends_with(')') && !text.contains(|c: char| c.is_ascii_digit());
        if is_flattened(source, markup, above, cell, column)
            || under_wider(header, column, cell.columns)
            || bracketed && !above.cell(column).is_none_or(GridCell::is_blank)
        {
            continue;
        }
        let blank_above = above.cell(column).is_none_or(|cell| cell.is_blank());
        // Under a text, the header must go on to the right over a blank that is filled below.
        let opens_span = above.cell(column + 1).is_none_or(|cell| cell.is_blank())
            && (filled(next, column + 1) || spans_below(column));
        if !(blank_above && covered(header, column) || !blank_above && opens_span) {
            return false;
        }
    }
    any
}

/// Whether a row holds nothing but years, one of them at least under a text that spans columns: "2025" under "Thực hiện",
/// "2026" and "2028" under "Kế hoạch".
fn is_row_of_years(
    (source, markup, grammar): (&Source, &Markup, &Grammar),
    header: &[GridRow],
    next: &GridRow,
    width: usize,
) -> bool {
    let cells =
        (0..width).filter_map(|column| Some((column, next.cell(column).filter(|cell| !cell.is_blank())?)));
    let texts: Vec<(usize, String)> =
        cells.map(|(column, cell)| (column, cell.text(source, markup))).collect();
    texts.len() >= 2
        && texts.iter().all(|(column, text)| *column > 0 && is_years(text, grammar))
        && texts.iter().any(|(column, _)| covered(header, *column))
}

/// Whether a cell stands under a merged one that was written out in each of its places: it says the same as the cell
/// above, or that one says the same as its neighbour.
fn is_flattened(source: &Source, markup: &Markup, above: &GridRow, cell: &GridCell, column: usize) -> bool {
    let text =
        |cell: Option<&GridCell>| cell.filter(|cell| !cell.is_blank()).map(|cell| cell.text(source, markup));
    let over = text(above.cell(column));
    let beside = [column.checked_sub(1), Some(column + 1)];
    over.is_some()
        && (over == text(Some(cell))
            || beside.into_iter().flatten().any(|beside| text(above.cell(beside)) == over))
}

/// Whether a cell of so many columns stands under a merged cell that covers more.
fn under_wider(header: &[GridRow], column: usize, columns: u16) -> bool {
    let over = header.iter().rev().find_map(|row| {
        let origin = anchor(row, column)?;
        row.cell(origin).filter(|cell| !cell.is_blank())
    });
    over.is_some_and(|over| over.columns > columns.max(1))
}

/// Whether some header row has a text to the left of a column with only blanks between.
fn covered(header: &[GridRow], column: usize) -> bool {
    header.iter().any(|row| {
        let own = row.cell(column).is_none_or(|cell| cell.is_blank());
        own && row.cells.iter().take(column).any(|cell| !cell.is_blank())
    })
}

/// Whether a row holds column numbers or formulas ("1", "2", "3=4+5", "A", "(6)", "a" beside "b").
pub(super) fn is_index(source: &Source, markup: &Markup, row: &Row) -> bool {
    let cells = source.row_cells(row);
    if cells.iter().any(|cell| cell.span.len() > 60) {
        return false;
    }
    let mut entries = 0;
    let mut filled = 0;
    let mut last = 0;
    // "a", "b" over the columns of words; one small letter alone is the number of a row.
    let mut small = 0;
    for cell in cells {
        if cell.span.is_empty() {
            continue;
        }
        filled += 1;
        let text = markup.text(source, cell.span);
        let text = text.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | ' '));
        let head = text.split(['=', ' ', ')']).next().unwrap_or_default();
        let formula = text.contains('=') && text.len() > head.len();
        let letter = head.len() == 1 && head.starts_with(|c: char| c.is_ascii_uppercase());
        match head.parse::<u32>() {
            Ok(n)
                if n <= 60
                    && (n > last && n - last <= INDEX_STEP || formula)
                    && (formula || head.len() == text.len()) =>
            {
                last = n;
                entries += 1;
            }
            Err(_) if letter && (formula || head.len() == text.len()) => entries += 1,
            Err(_) if text.len() == 1 && text.starts_with(|c: char| c.is_ascii_lowercase()) => small += 1,
            _ => {}
        }
    }
    entries += if small > 1 { small } else { 0 };
    filled >= 3 && entries * 10 >= filled * 8 && entries * 3 >= cells.len() * 2
}
