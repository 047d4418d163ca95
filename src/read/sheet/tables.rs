//! Where a sheet's tables stand, and what stands around them.
//!
//! In: the sheet's rows. Out: regions from top to bottom. A table begins with a row that names columns as
//! `grammars/` knows them or, where no row does, with the first of several filled rows. It is as wide as its header
//! and goes down to the last row that is drawn with borders or holds more than a line of text.

use std::cell::Cell;
use std::ops::Range;

use super::grid::{Grid, Part};
use crate::grammar::Grammar;
use crate::model::ColumnRole;

/// Most rows of a header.
const MAX_HEADER: usize = 5;
/// Longest text of a header cell, in bytes.
const MAX_HEADER_TEXT: usize = 240;
/// Most rows of a sheet that are asked whether they name columns; what names them stands above most rows.
const MAX_ASKED: usize = 4_000;
/// Among so many texts from the left one must name a column.
const FIRST_NAMES: usize = 3;
/// Rows under a header that tell what a column without a name holds.
const SAMPLE: usize = 60;

/// Columns from the first to the last.
pub(super) type Columns = (u32, u32);

/// A region of a sheet; lines are counted as in [`Grid::lines`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Region {
    /// Text outside tables.
    Text(Range<usize>),
    /// One table, or several side by side.
    Tables {
        lines: Range<usize>,
        /// How many of the lines are headers.
        header: usize,
        /// The columns of each table.
        tables: Vec<Columns>,
    },
}

/// The regions of a sheet.
pub(super) fn regions(grid: &Grid<'_>, grammar: &Grammar) -> Vec<Region> {
    let finder = Finder { grid, grammar, asked: Cell::new(0) };
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(head) = (from..grid.lines.len()).find(|line| finder.is_head(*line, from > 0)) {
        let table = finder.table(head);
        from = table.lines.end;
        push_text(&mut out, table.lines.start);
        out.push(table.into());
    }
    if out.is_empty()
        && let Some(table) = finder.by_shape()
    {
        push_text(&mut out, table.lines.start);
        out.push(table.into());
    }
    push_text(&mut out, grid.lines.len());
    out
}

/// The lines from the last table to `end` as text.
fn push_text(out: &mut Vec<Region>, end: usize) {
    let from = match out.last() {
        Some(Region::Text(lines) | Region::Tables { lines, .. }) => lines.end,
        None => 0,
    };
    if from < end {
        out.push(Region::Text(from..end));
    }
}

struct Found {
    lines: Range<usize>,
    header: usize,
    tables: Vec<Columns>,
}

impl From<Found> for Region {
    fn from(found: Found) -> Self {
        Self::Tables { lines: found.lines, header: found.header, tables: found.tables }
    }
}

struct Finder<'g, 's> {
    grid: &'g Grid<'s>,
    grammar: &'g Grammar,
    /// How many rows were asked.
    asked: Cell<usize>,
}

impl Finder<'_, '_> {
    /// Whether a row names columns. `strict` asks for more, since a table stands above.
    fn is_head(&self, line: usize, strict: bool) -> bool {
        let texts: Vec<&str> = self.grid.own(line).map(|part| self.grid.text(part)).collect();
        if texts.len() < 2
            || texts.iter().any(|text| text.len() > MAX_HEADER_TEXT)
            || texts.first().is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()))
        {
            return false;
        }
        self.asked.set(self.asked.get() + 1);
        let role = |text: &&str| self.grammar.tables.role(text);
        let first: Vec<ColumnRole> = texts.iter().take(FIRST_NAMES).filter_map(role).collect();
        if first.is_empty() || self.asked.get() > MAX_ASKED {
            return false;
        }
        let rest = texts.iter().skip(FIRST_NAMES).filter_map(role);
        let mut roles: Vec<ColumnRole> = first.into_iter().chain(rest).collect();
        let known = roles.len();
        let numbered = roles.first() == Some(&ColumnRole::Number);
        roles.sort_unstable();
        roles.dedup();
        let enough = if strict {
            roles.len() >= 3 || numbered && roles.len() >= 2
        } else {
            roles.len() >= 2 || numbered && known >= 2
        };
        enough && known * 3 >= texts.len()
    }

    /// The table, or tables side by side, whose header begins in a row.
    fn table(&self, head: usize) -> Found {
        let mut header = 1;
        while header < MAX_HEADER && self.goes_on(head, header) {
            header += 1;
        }
        let body = head + header;
        let next = (body..self.grid.lines.len())
            .find(|line| self.is_head(*line, true) && !self.same_texts(head, *line))
            .unwrap_or(self.grid.lines.len());
        let tables = self.columns(head..body, body..next);
        // Borders of a header alone tell nothing of the rows below.
        let drawn = self.drawn(head..body, &tables) && self.drawn(body..next.min(body + 2), &tables);
        let end = self.end(body..next, &tables, drawn);
        Found { lines: head..end, header, tables }
    }

    /// Whether a row goes on with a header of `count` rows above it: each of its texts stands under a wider cell, or
    /// under none.
    fn goes_on(&self, head: usize, count: usize) -> bool {
        let line = head + count;
        let above: Vec<Part> = (head..line).flat_map(|line| self.grid.own(line).copied()).collect();
        let last: Vec<&Part> = self.grid.own(line - 1).collect();
        let (Some(left), Some(right)) =
            (above.iter().map(|part| part.left).min(), above.iter().map(|part| part.right).max())
        else {
            return false;
        };
        let row = self.grid.lines.get(line).map_or(0, |line| line.row);
        let mut any = false;
        for part in self.grid.own(line) {
            any = true;
            if part.left < left || part.right > right || self.grid.text(part).len() > MAX_HEADER_TEXT {
                return false;
            }
            let covers = |other: &&Part| other.left <= part.right && other.right >= part.left;
            // The lowest cell above it.
            let over = above.iter().rev().find(covers);
            let wider = over.is_some_and(|over| {
                over.left <= part.left
                    && over.right >= part.right
                    && over.right - over.left > part.right - part.left
                    && over.bottom < row
            });
            // "Kinh phí" over three columns that nobody merged: blank cells follow it, filled ones stand below.
            let beside = part.right + 1;
            let opens = over.is_some_and(|over| over.left == part.left && over.right == part.right)
                && !last.iter().any(|other| other.left <= beside && other.right >= beside)
                && self.grid.own(line).any(|other| other.left == beside);
            if !(wider || over.is_none() || opens) {
                return false;
            }
        }
        any
    }

    /// Whether two rows say the same.
    fn same_texts(&self, a: usize, b: usize) -> bool {
        let texts = |line| self.grid.own(line).map(|part| (part.left, self.grid.text(part)));
        texts(a).eq(texts(b))
    }

    /// The columns of each table under one header.
    fn columns(&self, header: Range<usize>, body: Range<usize>) -> Vec<Columns> {
        let mut spans: Vec<Columns> =
            header.clone().flat_map(|line| self.grid.own(line).map(|part| (part.left, part.right))).collect();
        spans.sort_unstable();
        let mut groups: Vec<Columns> = Vec::new();
        for (left, right) in spans {
            match groups.last_mut() {
                Some((_, end)) if left <= end.saturating_add(1) || self.filled(*end + 1..left, &body) => {
                    *end = (*end).max(right);
                }
                _ => groups.push((left, right)),
            }
        }
        let mut tables: Vec<Columns> = Vec::new();
        for group in groups {
            let roles: Vec<ColumnRole> = header
                .clone()
                .flat_map(|line| self.grid.own_in(line, group))
                .filter_map(|part| self.grammar.tables.role(self.grid.text(part)))
                .collect();
            let whole = roles.len() >= 2
                && (roles.contains(&ColumnRole::Number) || roles.contains(&ColumnRole::Name));
            match tables.last_mut() {
                None => tables.push(group),
                Some(_) if whole => tables.push(group),
                // A column of the table behind a blank one.
                Some(last) if !roles.is_empty() => last.1 = group.1,
                Some(_) => {}
            }
        }
        // Row numbers whose column has no name.
        if let Some((left, _)) = tables.first_mut()
            && *left > 0
            && self.filled(*left - 1..*left, &body)
        {
            *left -= 1;
        }
        tables
    }

    /// Whether each of the columns is filled in at least half of the rows.
    fn filled(&self, mut columns: Range<u32>, body: &Range<usize>) -> bool {
        let rows = body.len().min(SAMPLE);
        rows > 0
            && columns.len() < SAMPLE
            && columns.all(|column| {
                let lines = body.clone().take(rows);
                let filled =
                    lines.filter(|line| self.grid.own(*line).any(|part| part.left == column)).count();
                filled * 2 >= rows
            })
    }

    fn drawn(&self, header: Range<usize>, tables: &[Columns]) -> bool {
        header.into_iter().any(|line| tables.iter().any(|columns| self.grid.is_ruled(line, *columns)))
    }

    /// The line after a table's last row.
    fn end(&self, body: Range<usize>, tables: &[Columns], drawn: bool) -> usize {
        let mut end = body.end;
        while end > body.start && !self.is_row(end - 1, tables, drawn) {
            end -= 1;
        }
        end
    }

    /// Whether a line belongs to a table above it. `drawn` tells whether the table has borders.
    fn is_row(&self, line: usize, tables: &[Columns], drawn: bool) -> bool {
        tables.iter().any(|columns| {
            if drawn && self.grid.is_ruled(line, *columns) {
                return true;
            }
            let own: Vec<&Part> = self.grid.own_in(line, *columns).collect();
            let texts: Vec<&str> = own.iter().map(|part| self.grid.text(part)).collect();
            let is_number = |part: &&&Part| {
                self.grid.cell(part).is_some_and(|cell| cell.number.is_some())
                    || is_figure(self.grid.text(part))
            };
            let numbers = own.iter().filter(is_number).count();
            // Numbers without a word under a table are somebody's check.
            if numbers == texts.len() {
                return false;
            }
            if numbers > 0 || texts.len() >= 3 && !drawn {
                return true;
            }
            !drawn && own.first().is_some_and(|part| part.left == columns.0) && is_row_number(texts.first())
        })
    }

    /// A table whose header no grammar knows: filled rows, one after the other.
    fn by_shape(&self) -> Option<Found> {
        let lines = self.grid.lines.len();
        let wide = |line: usize| {
            let count = self.grid.own(line).count();
            count >= 3 || count == 2 && self.grid.is_ruled(line, (0, u32::MAX))
        };
        let head = (0..lines).find(|line| (*line..line + 3).all(|line| line < lines && wide(line)))?;
        let body = head + 1;
        let last = (body..lines).rev().find(|line| wide(*line))? + 1;
        let left = (head..last).flat_map(|line| self.grid.own(line)).map(|part| part.left).min()?;
        let right = (head..last).flat_map(|line| self.grid.own(line)).map(|part| part.right).max()?;
        Some(Found { lines: head..last, header: 1, tables: vec![(left, right)] })
    }
}

/// "3.740,5", "98%": a number that was typed as text.
fn is_figure(text: &str) -> bool {
    text.len() <= 24
        && text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | ' ' | '-'))
        && text.contains(|c: char| c.is_ascii_digit())
}

/// "12", "IV", "3.1": a short text of digits or capitals before a name.
fn is_row_number(text: Option<&&str>) -> bool {
    text.is_some_and(|text| {
        text.len() <= 8
            && text
                .starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || matches!(c, '-' | '+'))
            && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ')' | '(' | '-' | '+'))
    })
}
