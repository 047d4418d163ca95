//! An appendix as a ledger: the rows that may print money as lines, the money columns, and their cells; behind them the
//! columns of measures whose totals are printed.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::measures::{Measure, measures};
use super::says::Says;
use crate::finding::Text;
use crate::grammar::{Arithmetic, HeaderWords};
use crate::model::{Amount, AmountRole, Appendix, AppendixKind, Column, Item, Origin, Row};
use crate::span::At;
use crate::value::{Number, Period, Quantity, Relation};

/// An appendix with money.
#[derive(Debug)]
pub(crate) struct Ledger<'a> {
    /// The appendix.
    pub appendix: &'a Appendix,
    /// Words of headers and rows.
    pub words: &'a Arithmetic,
    /// Money columns from left to right, then those of measures.
    pub columns: Vec<MoneyColumn<'a>>,
    /// Items, then group rows with amounts, then totals that are not group rows.
    pub lines: Vec<Line<'a>>,
    rows: OnceLock<FxHashMap<&'a str, &'a Row>>,
}

/// A money column.
#[derive(Debug)]
pub(crate) struct MoneyColumn<'a> {
    /// The column; absent where the header is lost.
    pub column: Option<&'a Column>,
    /// Its position among all columns.
    pub position: usize,
    /// What it is.
    pub role: AmountRole,
    /// Header texts from top to bottom, without repetitions of merged cells.
    pub path: Vec<&'a str>,
    /// Years that its header names, first and last: its own, else the first from the bottom up.
    pub years: Option<(i32, i32)>,
    /// What its header says beyond that.
    pub says: Says,
    /// The unit of money that its header names.
    pub unit: Option<String>,
    /// What a reader calls it: the lowest header texts that tell it from the other columns.
    pub label: String,
    /// Whether its numbers are counts, which are not rounded.
    pub counted: bool,
    /// What stands in each line, for a column of measures, which is none of the amounts.
    pub measured: Option<Vec<Option<Quantity>>>,
}

/// A row that may print money.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    /// What kind of row, with its index in the appendix.
    pub kind: LineKind,
    /// Id of the item, group or total.
    pub id: &'a str,
    /// Printed number.
    pub number: Option<&'a str>,
    /// Name or label.
    pub name: &'a str,
    /// Its amounts.
    pub amounts: &'a [Amount],
    /// Years of execution, for a project that prints them.
    pub period: Option<Period>,
    /// Where it stands.
    pub at: &'a At,
}

/// What a line is; the index is that of `items`, `groups` or `totals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// An item.
    Item(usize),
    /// A group's heading with amounts.
    Group(usize),
    /// A total.
    Total(usize),
}

/// A cell by its line and its money column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Cell {
    /// Index of [`Ledger::lines`].
    pub line: usize,
    /// Index of [`Ledger::columns`].
    pub column: usize,
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Nothing, or a dash.
    Blank,
    /// One number.
    Exact(Number),
    /// A bound or a range.
    Inexact,
    /// Text that is no number.
    Unreadable,
}

impl<'a> Ledger<'a> {
    /// The ledger of an appendix; `None` where it has no money.
    pub fn of(appendix: &'a Appendix, words: &'a Arithmetic) -> Option<Self> {
        Some(Self::over(appendix, words, widest(appendix)?))
    }

    /// The rows of an appendix, with or without money.
    pub fn of_any(appendix: &'a Appendix, words: &'a Arithmetic) -> Self {
        Self::over(appendix, words, widest(appendix).unwrap_or_default())
    }

    fn over(appendix: &'a Appendix, words: &'a Arithmetic, widest: &'a [Amount]) -> Self {
        let columns = money_columns(appendix, widest, words);
        let mut lines =
            Vec::with_capacity(appendix.items.len() + appendix.groups.len() + appendix.totals.len());
        lines.extend(appendix.items.iter().enumerate().map(|(i, item)| Line {
            kind: LineKind::Item(i),
            id: item.id(),
            number: item.number(),
            name: item.name(),
            amounts: item.amounts(),
            period: if let Item::Project(project) = item { project.period } else { None },
            at: item.at(),
        }));
        for (i, group) in appendix.groups.iter().enumerate() {
            if let Some(amounts) = &group.amounts {
                lines.push(Line {
                    kind: LineKind::Group(i),
                    id: &group.id,
                    number: group.number.as_deref(),
                    name: group.title.as_deref().unwrap_or_default(),
                    amounts,
                    period: None,
                    at: &group.at,
                });
            }
        }
        let group_rows: FxHashMap<&str, &At> = appendix
            .groups
            .iter()
            .filter(|group| group.amounts.is_some())
            .map(|group| (group.id.as_str(), &group.at))
            .collect();
        for (i, total) in appendix.totals.iter().enumerate() {
            let heading = total.group.as_deref().and_then(|group| group_rows.get(group));
            if heading.is_some_and(|at| at.span == total.at.span && at.line == total.at.line) {
                continue;
            }
            lines.push(Line {
                kind: LineKind::Total(i),
                id: &total.id,
                number: None,
                name: &total.label,
                amounts: &total.amounts,
                period: None,
                at: &total.at,
            });
        }
        let mut columns = columns;
        let declared = appendix.unit.as_ref().is_some_and(|unit| words.counted_unit.matches(&unit.raw));
        columns.iter_mut().for_each(|column| column.counted |= declared);
        let mut out = Self { appendix, words, columns, lines, rows: OnceLock::new() };
        let measures = measures(appendix, &out.lines, |id| out.row_of(id));
        out.columns.extend(measures.into_iter().map(|measure| MoneyColumn::measured(measure, words)));
        label_all(&mut out.columns);
        out
    }

    /// Leaves out the columns of measures that do not add up.
    pub fn keep_measures(&mut self, adds_up: impl Fn(&Self, usize) -> bool) {
        for column in (0..self.columns.len()).rev() {
            if self.columns.get(column).is_some_and(|own| own.measured.is_some()) && !adds_up(self, column) {
                self.columns.remove(column);
            }
        }
    }

    /// A line.
    pub fn line(&self, line: usize) -> Option<&Line<'a>> {
        self.lines.get(line)
    }

    /// What a cell holds; `None` where the row is too short.
    pub fn quantity(&self, cell: Cell) -> Option<&Quantity> {
        if let Some(measured) = self.columns.get(cell.column).and_then(|column| column.measured.as_ref()) {
            return measured.get(cell.line)?.as_ref();
        }
        let amounts: &'a [Amount] = self.lines.get(cell.line)?.amounts;
        let Some(id) = self.columns.get(cell.column)?.column.map(|column| column.id.as_str()) else {
            return amounts.get(cell.column).map(|amount| &amount.value);
        };
        let amount = amounts
            .get(cell.column)
            .filter(|amount| amount.column == id)
            .or_else(|| amounts.iter().find(|amount| amount.column == id))?;
        Some(&amount.value)
    }

    /// What a cell says.
    pub fn read(&self, cell: Cell) -> Reading {
        self.quantity(cell).map_or(Reading::Blank, read)
    }

    /// The number in a cell.
    pub fn number(&self, cell: Cell) -> Option<Number> {
        match self.read(cell) {
            Reading::Exact(number) => Some(number),
            _ => None,
        }
    }

    /// Where a cell stands; the row's place where the cell has none.
    pub fn at(&self, cell: Cell) -> At {
        let row = self.lines.get(cell.line).map(|line| line.at);
        let own = self.quantity(cell).map(|quantity| &quantity.at).filter(|at| at.line > 0);
        own.or(row).cloned().unwrap_or_default()
    }

    /// The printed row of an item, a group or a total.
    pub fn row_of(&self, id: &str) -> Option<&'a Row> {
        let rows = self.rows.get_or_init(|| {
            let rows = self.appendix.table.iter().flat_map(|table| &table.rows);
            rows.filter_map(|row| Some((row.of.as_deref()?, row))).collect()
        });
        rows.get(id).copied()
    }

    /// Whether a cell's content comes from a merged cell.
    pub fn is_inferred(&self, cell: Cell) -> bool {
        let position = self.columns.get(cell.column).map(|column| column.position);
        let row = self.lines.get(cell.line).and_then(|line| self.row_of(line.id));
        let printed = row.zip(position).and_then(|(row, position)| row.cells.get(position));
        printed.is_some_and(|printed| printed.origin == Origin::Inherited)
    }

    /// A column as a reader knows it.
    pub fn column_label(&self, column: usize) -> Text {
        match self.columns.get(column).map(|column| column.label.as_str()) {
            None | Some("") => Text::new("arithmetic-column").with("number", column + 1),
            Some(label) => Text::words(label),
        }
    }

    /// A row as a reader knows it: its number and its name.
    pub fn row_label(&self, line: usize) -> Text {
        let Some(line) = self.lines.get(line) else { return Text::words("") };
        match (line.number, line.name) {
            (Some(number), "") => Text::words(number),
            (Some(number), name) => Text::words(format!("{} {name}", number.trim())),
            (None, name) => Text::words(name),
        }
    }

    /// A money column.
    pub fn column(&self, column: usize) -> Option<&MoneyColumn<'a>> {
        self.columns.get(column)
    }

    /// What the header of a column says.
    pub fn says(&self, column: usize) -> Says {
        self.columns.get(column).map(|column| column.says).unwrap_or_default()
    }

    /// Years that a column's header names.
    pub fn years(&self, column: usize) -> Option<(i32, i32)> {
        self.columns.get(column)?.years
    }

    /// Indices of the columns whose totals are sums of rows: those of money, and of measures.
    pub fn added(&self) -> impl Iterator<Item = usize> + '_ {
        let columns = self.columns.iter().enumerate();
        columns.filter(|(_, column)| column.says.money || column.measured.is_some()).map(|(i, _)| i)
    }

    /// Indices of the columns whose numbers are amounts of money.
    pub fn money(&self) -> impl Iterator<Item = usize> + '_ {
        self.columns.iter().enumerate().filter(|(_, column)| column.says.money).map(|(i, _)| i)
    }
}

impl<'a> MoneyColumn<'a> {
    fn of(found: Option<(usize, &'a Column)>, index: usize, amount: &Amount, words: &Arithmetic) -> Self {
        let column = found.map(|(_, column)| column);
        let texts = column.map(|column| column.path.as_slice()).unwrap_or_default();
        let mut path: Vec<&str> =
            texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        path.dedup();
        let years = match column.and_then(|column| column.years.as_deref()) {
            Some([first, .., last]) => Some((*first, *last)),
            Some([year]) => Some((*year, *year)),
            _ => path.iter().rev().find_map(|text| years_in(text)),
        };
        let headers: Vec<HeaderWords> = path.iter().map(|text| words.header(text)).collect();
        let unit = headers.iter().rev().find_map(|header| header.unit.clone());
        let position = found.map_or(index, |(position, _)| position);
        let says = Says::of(&headers, amount.role);
        let label = String::new();
        let counted = path.iter().any(|text| words.counts(text));
        Self { column, position, role: amount.role, says, years, unit, label, path, counted, measured: None }
    }

    /// A column of measures.
    fn measured(measure: Measure<'a>, words: &Arithmetic) -> Self {
        let amount = Amount { role: AmountRole::Component, ..Amount::default() };
        let found = Some((measure.position, measure.column));
        let own = Self::of(found, measure.position, &amount, words);
        Self { says: Says::default(), measured: Some(measure.cells), ..own }
    }
}

/// What a quantity says.
pub(crate) fn read(quantity: &Quantity) -> Reading {
    match (quantity.relation, quantity.low) {
        (Relation::Eq, Some(number)) => Reading::Exact(number),
        (Relation::None, _) => match &quantity.raw {
            Some(raw) if raw.chars().any(|c| c.is_alphanumeric()) => Reading::Unreadable,
            _ => Reading::Blank,
        },
        _ => Reading::Inexact,
    }
}

/// The first and last of the years 1900-2199 in a text.
pub(crate) fn years_in(text: &str) -> Option<(i32, i32)> {
    let mut years = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse::<i32>().ok())
        .filter(|year| (1900..2200).contains(year));
    let first = years.next()?;
    Some(years.fold((first, first), |(low, high), year| (low.min(year), high.max(year))))
}

/// The longest list of amounts that a row of the appendix has.
fn widest(appendix: &Appendix) -> Option<&[Amount]> {
    // What total rows of targets hold is no money.
    if matches!(appendix.kind, AppendixKind::Targets | AppendixKind::Growth) {
        return None;
    }
    let items = appendix.items.iter().map(Item::amounts);
    let groups = appendix.groups.iter().filter_map(|group| group.amounts.as_deref());
    let totals = appendix.totals.iter().map(|total| total.amounts.as_slice());
    items
        .chain(groups)
        .chain(totals)
        .reduce(|longest, next| if next.len() > longest.len() { next } else { longest })
        .filter(|amounts| !amounts.is_empty())
}

fn money_columns<'a>(
    appendix: &'a Appendix,
    amounts: &'a [Amount],
    words: &Arithmetic,
) -> Vec<MoneyColumn<'a>> {
    let found = |id: &str| appendix.columns.iter().enumerate().find(|(_, column)| column.id == id);
    let columns = amounts.iter().enumerate();
    columns.map(|(i, amount)| MoneyColumn::of(found(&amount.column), i, amount, words)).collect()
}

/// Gives each column what tells it from the others.
fn label_all(columns: &mut [MoneyColumn<'_>]) {
    let labels: Vec<String> = columns.iter().map(|column| label(&column.path, columns)).collect();
    for (column, label) in columns.iter_mut().zip(labels) {
        column.label = label;
    }
}

/// The lowest texts of a path that no other column has, else the whole path.
fn label(path: &[&str], columns: &[MoneyColumn<'_>]) -> String {
    let unique = |depth: &usize| {
        let own = tail(path, *depth);
        columns.iter().filter(|column| tail(&column.path, *depth) == own).count() == 1
    };
    let depth = (1..=path.len()).find(unique).unwrap_or(path.len());
    tail(path, depth).join(" / ")
}

/// The last texts of a path; all where there are fewer.
fn tail<'p, 'a>(path: &'p [&'a str], depth: usize) -> &'p [&'a str] {
    path.get(path.len().saturating_sub(depth)..).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a broken test table fails the test")]
mod tests {
    use super::super::testing::{Build, grammar};
    use super::*;

    #[test]
    fn a_table_without_money_has_no_ledger() {
        let grammar = grammar();
        assert!(Ledger::of(&Appendix::default(), &grammar.arithmetic).is_none());
    }

    #[test]
    fn a_group_row_and_its_total_are_one_line() {
        let grammar = grammar();
        let appendix =
            Build::new(&["Tổng số"]).group("I", "Giáo dục", &["5"]).item("1", "Trường", &["5"]).appendix();
        let ledger = Ledger::of(&appendix, &grammar.arithmetic).unwrap();
        assert_eq!(ledger.appendix.totals.len(), 1);
        assert_eq!(ledger.lines.len(), 2);
    }

    #[test]
    fn years_are_read_from_headers() {
        assert_eq!(years_in("Nhu cầu vốn giai đoạn 2026 - 2030"), Some((2026, 2030)));
        assert_eq!(years_in("Quyết định số 12345"), None);
    }
}
