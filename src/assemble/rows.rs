//! Rows: what each says, and the table that keeps them as printed.

use super::Maker;
use super::by_column::Under;
use super::hierarchy::Builder;
use super::row_roles::{classify, first_role, settle_letters};
use super::{by_column, columns, declared, figures, scale, stored};
use crate::layout::{GridRow, LaidTable, NumberToken, Style, cell_number, heading_number};
use crate::model::{Appendix, AppendixKind, Cell, Column, ColumnRole, Origin, Row, RowRole, Table};
use crate::syntax::number::{self, Decimal};
use crate::text::fold;

/// What a row says, before its place among the others is known.
#[derive(Debug, Clone, Default)]
pub(super) struct RowFacts {
    pub token: Option<NumberToken>,
    pub marker: Option<String>,
    /// Number as printed.
    pub number: Option<String>,
    /// Name without number and mark.
    pub name: String,
    /// Whether a column other than number, name, note and money is filled.
    pub attributes: bool,
    pub amounts: bool,
    /// Whether the row has what only an item has: a unit or a value, a place or a scope.
    pub holds: bool,
    /// Whether it names a unit.
    pub unit: bool,
    /// Whether the cell of its name is merged over the rest of the row.
    pub spread: bool,
    /// Whether it names who leads or takes part.
    pub led: bool,
    /// How many rows a cell of it says to stand under it: "7 dự án" in the column of places.
    pub counts: Option<u32>,
    pub after_break: bool,
    /// Whether the numbers of the pages show that one is missing right before.
    pub after_lost: bool,
    pub role: RowRole,
    /// The group that a column names.
    pub under: Under,
}

impl RowFacts {
    /// What a filled cell makes of its row.
    fn note(&mut self, role: ColumnRole, kind: AppendixKind, text: &str) {
        match role {
            ColumnRole::Number | ColumnRole::Name | ColumnRole::Note | ColumnRole::Comparison => {}
            ColumnRole::Total | ColumnRole::Component | ColumnRole::Year | ColumnRole::PriorPlan => {
                self.amounts = true;
            }
            // Numbers of what is built may stand in sums too.
            ColumnRole::Other | ColumnRole::Size | ColumnRole::Scope if kind == AppendixKind::Projects => {
                self.attributes |= number::shape(text).is_none();
            }
            ColumnRole::Unit
            | ColumnRole::Value
            | ColumnRole::Class
            | ColumnRole::Location
            | ColumnRole::Size
            | ColumnRole::Scope
            | ColumnRole::Period => {
                self.holds = true;
                self.attributes = true;
            }
            ColumnRole::Lead | ColumnRole::Coordinators => {
                self.led = true;
                self.attributes = true;
            }
            _ => self.attributes = true,
        }
    }

    /// Whether the row says nothing but an amount beside its words.
    pub fn sums(&self) -> bool {
        self.amounts && !self.attributes && !self.name.is_empty()
    }

    /// Whether the row holds nothing but its number and its words.
    pub fn is_bare(&self) -> bool {
        !self.attributes && !self.amounts && !self.holds
    }
}

/// Fills an appendix from its table.
pub(super) fn fill(maker: Maker<'_>, appendix: &mut Appendix, table: LaidTable) {
    let cells: Vec<Vec<Option<String>>> = table.rows.iter().map(|row| texts(maker, row)).collect();
    let (mut columns, kind) = columns::columns(maker, &table, &cells, appendix);
    let decimals = figures::formats(&mut columns, &cells, &stored::numbers(maker, &table));
    appendix.kind = kind;
    scale::of_headers(maker, appendix, &columns);
    let mut facts: Vec<RowFacts> =
        table.rows.iter().zip(&cells).map(|(row, cells)| facts(maker, &columns, kind, row, cells)).collect();
    after_lost(maker, &table, &mut facts);
    settle_letters(&mut facts);
    classify(maker, &mut facts, kind);
    by_column::find(maker, &columns, &table, &cells, &mut facts);
    let rows = table_rows(maker, &appendix.id, &table, cells, &facts, &decimals);
    appendix.columns = columns;
    appendix.table = Some(rows);
    Builder::new(maker, appendix, &facts, &decimals).run();
}

/// Marks the rows before which a page is missing.
fn after_lost(maker: Maker<'_>, table: &LaidTable, facts: &mut [RowFacts]) {
    if maker.lost_pages.is_empty() {
        return;
    }
    let pairs = table.rows.windows(2).zip(facts.iter_mut().skip(1));
    for (pair, facts) in pairs {
        let [above, row] = pair else { continue };
        let (Some(above), Some(row)) = (above.spans.last(), row.spans.first()) else { continue };
        let next = maker.lost_pages.partition_point(|place| *place < above.end);
        facts.after_lost = maker.lost_pages.get(next).is_some_and(|place| *place <= row.start);
    }
}

fn texts(maker: Maker<'_>, row: &GridRow) -> Vec<Option<String>> {
    row.cells
        .iter()
        .map(|cell| {
            let text = cell.text(maker.source, maker.markup);
            (!text.is_empty()).then_some(text)
        })
        .collect()
}

fn position(columns: &[Column], role: ColumnRole) -> Option<usize> {
    columns.iter().position(|column| column.role == role)
}

fn facts(
    maker: Maker<'_>,
    columns: &[Column],
    kind: AppendixKind,
    row: &GridRow,
    cells: &[Option<String>],
) -> RowFacts {
    let text = |index: usize| cells.get(index).and_then(|cell| cell.as_deref());
    let name_column = position(columns, ColumnRole::Name);
    let beside = || name_beside(maker, columns, cells).or_else(|| total_beside(maker, columns, cells));
    let numbers = position(columns, ColumnRole::Number);
    let alone = name_column
        .filter(|_| numbers.is_none_or(|at| text(at).is_none()))
        .and_then(|name| over_names(maker, row, cells, name));
    let name = name_column.and_then(text).or(alone).or_else(beside).unwrap_or_default();
    let mut facts = RowFacts { after_break: row.after_break, ..RowFacts::default() };
    number_and_name(maker, columns, cells, name, &mut facts);
    // A heading merged over its row comes with its text in each cell, or in the first.
    let merged = alone.is_some()
        || !name.is_empty() && {
            let others = || (0..columns.len()).filter(|index| Some(*index) != name_column).filter_map(text);
            let others = || others().filter(|text| cell_number(text, &maker.grammar.numbering).is_none());
            others().count() > 1 && others().all(|text| text == name)
        };
    facts.spread = name_column.is_some_and(|name| {
        let at = if cells.get(name).is_some_and(Option::is_some) {
            Some(name)
        } else {
            cells.iter().position(Option::is_some)
        };
        at.is_some_and(|at| {
            let covers = row.cell(at).map_or(1, |cell| usize::from(cell.columns));
            covers > MERGED && at + covers >= columns.len()
        })
    });
    facts.unit = position(columns, ColumnRole::Unit).and_then(text).is_some();
    for (column, cell) in columns.iter().zip(cells) {
        let Some(text) = cell.as_deref().filter(|_| !merged) else { continue };
        match declared::in_cell(maker, &facts, column.role, text) {
            Some(count) => facts.counts = Some(count),
            None => facts.note(column.role, kind, text),
        }
    }
    facts.role = first_role(maker, &facts, kind);
    facts
}

/// Reads a row's number, its list mark and its name, which may stand in one cell.
fn number_and_name<'c>(
    maker: Maker<'_>,
    columns: &[Column],
    cells: &'c [Option<String>],
    mut name: &'c str,
    facts: &mut RowFacts,
) {
    let numbering = &maker.grammar.numbering;
    let number_column = position(columns, ColumnRole::Number);
    let number_text = number_column.and_then(|index| cells.get(index)?.as_deref());
    // "a) Về kinh tế" from the number column on, over the whole row.
    let over_row = name.is_empty() && cells.iter().flatten().count() == 1;
    if let Some(text) = number_text.filter(|text| *text != name) {
        if let Some(token) = cell_number(text, numbering).or_else(|| counted(text, maker)) {
            facts.token = Some(token);
            facts.number = Some(text.to_owned());
        } else if is_mark(maker, text) {
            facts.marker = Some(text.to_owned());
        } else if name.is_empty() {
            // A merged cell that begins in the number column.
            name = text;
        } else {
            facts.number = Some(text.to_owned());
        }
    }
    if facts.token.is_none()
        && facts.marker.is_none()
        && facts.number.is_none()
        && let Some(token) = heading_number(name, numbering)
        && !matches!(token.style, Style::Lower | Style::ParenLetter if number_column.is_some() && !over_row)
    {
        facts.number = name.get(..token.len).map(str::to_owned);
        name = name.get(token.len..).unwrap_or_default().trim_start();
        facts.token = Some(token);
    }
    if facts.token.is_none()
        && facts.marker.is_none()
        && let Some((mark, rest)) = split_mark(maker, name)
    {
        facts.marker = Some(mark.to_owned());
        name = rest;
    }
    facts.name = name.to_owned();
}

/// Fewest columns, all but one, over which a heading's cell is merged.
const MERGED: usize = 2;

/// The text of a cell that is merged over the names from a column before them, where its row has no other: a heading in a
/// table that begins with "Thời gian".
fn over_names<'c>(
    maker: Maker<'_>,
    row: &GridRow,
    cells: &'c [Option<String>],
    name: usize,
) -> Option<&'c str> {
    let mut filled = cells.iter().enumerate().filter_map(|(index, cell)| Some((index, cell.as_deref()?)));
    let (index, text) = filled.next()?;
    let reaches = row.cell(index).is_some_and(|cell| index + usize::from(cell.columns) > name);
    let numbered = heading_number(text, &maker.grammar.numbering).is_some();
    (index < name && filled.next().is_none() && (reaches || numbered)).then_some(text)
}

/// "Hoạt động 1", "Nhiệm vụ 2": words before the number that counts the rows.
fn counted(text: &str, maker: Maker<'_>) -> Option<NumberToken> {
    let (words, number) = text.trim().rsplit_once(' ')?;
    let digits = number.trim_end_matches(['.', ':', ')']);
    let named = words.split(' ').count() <= 3 && words.chars().all(|c| c.is_alphabetic() || c == ' ');
    let counts = named && (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    cell_number(digits, &maker.grammar.numbering).filter(|_| counts)
}

/// The name in another column of names, where the one that names the rows is blank: "Nhiệm vụ" beside "Nội dung chi tiết".
fn name_beside<'c>(maker: Maker<'_>, columns: &[Column], cells: &'c [Option<String>]) -> Option<&'c str> {
    let words = &maker.grammar.tables;
    columns.iter().zip(cells).find_map(|(column, cell)| {
        let named = column.role == ColumnRole::Other
            && column.path.last().is_some_and(|leaf| words.role(&fold(leaf)) == Some(ColumnRole::Name));
        cell.as_deref().filter(|_| named)
    })
}

/// "Cộng" in another column of words, where the names are blank.
fn total_beside<'c>(maker: Maker<'_>, columns: &[Column], cells: &'c [Option<String>]) -> Option<&'c str> {
    let totals = &maker.grammar.structure.rows.totals;
    columns.iter().zip(cells).find_map(|(column, cell)| {
        let text =
            cell.as_deref().filter(|_| matches!(column.role, ColumnRole::Other | ColumnRole::Location))?;
        totals.contains(&fold(text).trim_end_matches([':', '.', ' ']).to_owned()).then_some(text)
    })
}

fn is_mark(maker: Maker<'_>, text: &str) -> bool {
    let marks = &maker.grammar.numbering.marks;
    marks.bullet.iter().chain(&marks.sub_bullet).any(|mark| mark == text)
}

/// "- Công nghiệp" is the mark "-" and the name "Công nghiệp".
fn split_mark<'n>(maker: Maker<'_>, name: &'n str) -> Option<(&'n str, &'n str)> {
    let first = name.chars().next().filter(|c| !c.is_alphanumeric())?;
    let (mark, rest) = name.split_at_checked(first.len_utf8())?;
    (is_mark(maker, mark) && !rest.trim().is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit()))
        .then(|| (mark, rest.trim_start()))
}

fn table_rows(
    maker: Maker<'_>,
    id: &str,
    table: &LaidTable,
    cells: Vec<Vec<Option<String>>>,
    facts: &[RowFacts],
    decimals: &[Decimal],
) -> Table {
    let header = table
        .header
        .iter()
        .enumerate()
        .map(|(index, row)| {
            let texts = texts(maker, row);
            model_row(maker, format!("{id}/h{}", index + 1), RowRole::Header, None, row, texts, decimals)
        })
        .collect();
    let rows = table
        .rows
        .iter()
        .zip(cells)
        .zip(facts)
        .enumerate()
        .map(|(index, ((row, texts), facts))| {
            model_row(
                maker,
                format!("{id}/r{}", index + 1),
                facts.role,
                facts.number.clone(),
                row,
                texts,
                decimals,
            )
        })
        .collect();
    Table { header, rows }
}

fn model_row(
    maker: Maker<'_>,
    id: String,
    role: RowRole,
    number: Option<String>,
    row: &GridRow,
    texts: Vec<Option<String>>,
    decimals: &[Decimal],
) -> Row {
    let cells = row
        .cells
        .iter()
        .zip(texts)
        .enumerate()
        .map(|(index, (cell, raw))| {
            let elsewhere = cell.pieces.is_empty() || cell.origin == Origin::Inherited;
            let at = if elsewhere { maker.source.at(cell.place) } else { maker.at(&cell.pieces) };
            let origin =
                if raw.is_none() && cell.origin == Origin::Own { Origin::Blank } else { cell.origin };
            let stored = raw.as_deref().and_then(|raw| stored::unlike(maker, cell, raw, decimals.get(index)));
            let start = cell.pieces.first().map(|piece| piece.start);
            let is_number = start.is_some_and(|start| maker.source.stored_at(start).is_some());
            let readings = start.map(|start| maker.source.readings_at(start).to_vec()).unwrap_or_default();
            Cell { raw, origin, stored, is_number, readings, from: None, at }
        })
        .collect();
    Row { id, role, of: None, number, cells, after_break: row.after_break, at: maker.at(&row.spans) }
}
