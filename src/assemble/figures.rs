//! Number formats: how the numbers of a column are written, decided from all its cells and the sums that
//! close.

use crate::model::{Column, ColumnRole, NumberFormat};
use crate::syntax::number::{self, Decimal, Form};
use crate::value::{Interval, Number};

/// How many numbers of one form a single other vote has to outweigh to be more than a slip.
const MANY: usize = 4;

/// The evidence where nothing but custom speaks for a mark.
pub(super) const CUSTOM: &str = "custom";

/// The decimal mark of each column; also noted in the columns.
///
/// `stored` has the numbers that the file holds for cells, where its format tells.
pub(super) fn formats(
    columns: &mut [Column],
    cells: &[Vec<Option<String>>],
    stored: &[Vec<Option<Number>>],
) -> Vec<Decimal> {
    let mut votes: Vec<Votes> = Vec::with_capacity(columns.len());
    for (index, column) in columns.iter().enumerate() {
        votes.push(if is_figures(column.role) { Votes::of(cells, stored, index) } else { Votes::default() });
    }
    let all = votes.iter().fold(Votes::default(), |all, votes| all.with(votes));
    let sums = if all.ambiguous() > 0 { by_sums(columns, cells) } else { None };
    let table = match (all.comma.len(), all.dot.len()) {
        (0, 0) => sums.clone(),
        (comma, dot) => Some(all.contested(sums.as_ref()).unwrap_or_else(|| {
            (if dot > comma { Decimal::Dot } else { Decimal::Comma }, "table".to_owned())
        })),
    };
    let mut out = Vec::with_capacity(columns.len());
    for (column, votes) in columns.iter_mut().zip(&votes) {
        let (decimal, evidence) =
            votes.contested(sums.as_ref()).unwrap_or_else(|| votes.choice(table.as_ref()));
        if is_figures(column.role) {
            let mark = if decimal == Decimal::Comma { "," } else { "." };
            column.number_format = Some(NumberFormat { decimal: mark.to_owned(), evidence });
        }
        out.push(decimal);
    }
    out
}

fn is_figures(role: ColumnRole) -> bool {
    matches!(
        role,
        ColumnRole::Value
            | ColumnRole::Total
            | ColumnRole::Component
            | ColumnRole::Year
            | ColumnRole::PriorPlan
    )
}

/// What the cells of a column say of its decimal mark.
#[derive(Default, Clone)]
struct Votes {
    /// Numbers that leave no choice.
    comma: Vec<String>,
    dot: Vec<String>,
    /// Whether one of them shows how the column is written: it has marks of both kinds or repeated ones, or three
    /// decimals like the numbers beside it. Any other may be a slip ("9.15" for "9.150").
    sure: bool,
    /// Numbers of one mark and three digits after it.
    with_comma: Vec<String>,
    with_dot: Vec<String>,
}

impl Votes {
    fn of(cells: &[Vec<Option<String>>], stored: &[Vec<Option<Number>>], index: usize) -> Self {
        let mut votes = Self::default();
        for (line, text) in
            cells.iter().enumerate().filter_map(|(line, row)| Some((line, row.get(index)?.as_deref()?)))
        {
            let stored = stored.get(line).and_then(|row| row.get(index).copied().flatten());
            // "≥ 80,0" and "1,5-2,5" hold numbers too.
            for word in text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))) {
                let Some(shape) = number::shape(word) else { continue };
                let held =
                    stored.filter(|_| shape.form == Form::Ambiguous).and_then(|stored| mark_of(text, stored));
                let list = match (shape.form, shape.mark) {
                    _ if held == Some(Decimal::Comma) => &mut votes.comma,
                    _ if held == Some(Decimal::Dot) => &mut votes.dot,
                    (Form::Comma, _) => &mut votes.comma,
                    (Form::Dot, _) => &mut votes.dot,
                    (Form::Ambiguous, Some(',')) => &mut votes.with_comma,
                    (Form::Ambiguous, _) => &mut votes.with_dot,
                    (Form::Plain, _) => continue,
                };
                list.push(word.to_owned());
                votes.sure |= shape.form != Form::Ambiguous && (shape.marks > 1 || shape.after == 3);
            }
        }
        votes
    }

    fn with(mut self, other: &Self) -> Self {
        self.comma.extend_from_slice(&other.comma);
        self.dot.extend_from_slice(&other.dot);
        self.with_comma.extend_from_slice(&other.with_comma);
        self.with_dot.extend_from_slice(&other.with_dot);
        self.sure |= other.sure;
        self
    }

    fn ambiguous(&self) -> usize {
        self.with_comma.len() + self.with_dot.len()
    }

    /// The mark where a vote or two stand against many numbers of three digits after the same mark. Sums decide; for
    /// want of them a dot before three digits groups thousands, as is the custom.
    fn contested(&self, sums: Option<&(Decimal, String)>) -> Option<(Decimal, String)> {
        let (votes, many) = match (self.comma.as_slice(), self.dot.as_slice()) {
            ([_, ..], []) => (&self.comma, &self.with_comma),
            ([], [_, ..]) => (&self.dot, &self.with_dot),
            _ => return None,
        };
        let (vote, example) = (votes.first()?, many.first()?);
        if self.sure || many.len() < MANY * votes.len() {
            return None;
        }
        let by_custom = || {
            let evidence = format!("{} cells like {example:?}, {} like {vote:?}", many.len(), votes.len());
            (!self.dot.is_empty()).then_some((Decimal::Comma, evidence))
        };
        sums.cloned().or_else(by_custom)
    }

    /// The mark by a column's own votes, else by those of the whole table.
    fn choice(&self, table: Option<&(Decimal, String)>) -> (Decimal, String) {
        // One number that may be a slip says less than all other columns.
        if let (false, 1, Some(table)) = (self.sure, self.comma.len() + self.dot.len(), table)
            && self.ambiguous() > 0
        {
            return table.clone();
        }
        match (self.comma.first(), self.dot.first()) {
            (Some(cell), None) => (Decimal::Comma, format!("cell {cell:?}")),
            (None, Some(cell)) => (Decimal::Dot, format!("cell {cell:?}")),
            (Some(_), Some(_)) => {
                let decimal = if self.dot.len() > self.comma.len() { Decimal::Dot } else { Decimal::Comma };
                (decimal, format!("majority of {} and {} cells", self.comma.len(), self.dot.len()))
            }
            (None, None) => table.cloned().unwrap_or((Decimal::Comma, CUSTOM.to_owned())),
        }
    }
}

/// The decimal mark under which a text shows a number that the file holds.
fn mark_of(text: &str, stored: Number) -> Option<Decimal> {
    [Decimal::Comma, Decimal::Dot].into_iter().find(|decimal| {
        number::read(text, *decimal).is_some_and(|read| read.interval().meets(Interval::exact(stored)))
    })
}

/// The decimal mark under which more row totals are the sum of their parts: to the last digit, or for want of a difference
/// within what rounding allows. Whole numbers beside decimals round so much that nearly any sum closes.
fn by_sums(columns: &[Column], cells: &[Vec<Option<String>>]) -> Option<(Decimal, String)> {
    let totals =
        || (0..columns.len()).filter(|at| columns.get(*at).is_some_and(|it| it.role == ColumnRole::Total));
    let closed = |decimal, exact| {
        totals().flat_map(|total| closing(columns, cells, total, (decimal, exact))).sum::<usize>()
    };
    let both = |exact| (closed(Decimal::Comma, exact), closed(Decimal::Dot, exact));
    let (comma, dot) = Some(both(true)).filter(|both| *both != (0, 0)).unwrap_or_else(|| both(false));
    match comma.cmp(&dot) {
        std::cmp::Ordering::Greater => Some((Decimal::Comma, format!("{comma} sums close, {dot} otherwise"))),
        std::cmp::Ordering::Less => Some((Decimal::Dot, format!("{dot} sums close, {comma} otherwise"))),
        std::cmp::Ordering::Equal => None,
    }
}

/// For each row, in how many ways its cell in the column `total` is the sum of the columns on one side of it, under a
/// decimal mark, and whether to the last digit.
///
/// A total may be broken down twice, by source and by year: as the sum of either, and of all.
pub(super) fn closing(
    columns: &[Column],
    cells: &[Vec<Option<String>>],
    total: usize,
    (decimal, exact): (Decimal, bool),
) -> Vec<usize> {
    let after = total + 1..columns.len();
    let side =
        if columns.iter().skip(total + 1).any(|column| is_part(column.role)) { after } else { 0..total };
    let parts_of = |roles: &[ColumnRole]| -> Vec<usize> {
        let has = |index: &usize| columns.get(*index).is_some_and(|column| roles.contains(&column.role));
        side.clone().filter(has).collect()
    };
    let breakdowns =
        [&[ColumnRole::Year, ColumnRole::Component][..], &[ColumnRole::Year], &[ColumnRole::Component]]
            .map(parts_of);
    let value = |row: &[Option<String>], index: usize| number::read(row.get(index)?.as_deref()?, decimal);
    let ways = |row: &Vec<Option<String>>| {
        let whole = value(row, total).filter(|whole| !whole.is_zero());
        let closes = |parts: &&Vec<usize>| {
            let numbers = parts.iter().filter_map(|part| value(row, *part));
            if exact {
                let sum = numbers.clone().try_fold(Number::ZERO, Number::checked_add);
                return whole.zip(sum).is_some_and(|(whole, sum)| whole.normalized() == sum.normalized());
            }
            let sum: Interval = numbers.map(Number::interval).sum();
            whole.is_some_and(|whole| sum.meets(whole.interval()))
        };
        breakdowns.iter().filter(closes).count()
    };
    cells.iter().map(ways).collect()
}

fn is_part(role: ColumnRole) -> bool {
    matches!(role, ColumnRole::Year | ColumnRole::Component)
}
