//! The total among columns of figures whose headers do not say which it is.

use super::columns::numeric;
use super::{Maker, figures};
use crate::grammar::phrase::{holds, plain};
use crate::model::{Column, ColumnRole};
use crate::syntax::deadline;
use crate::syntax::number::Decimal;

/// Filled cells below which a column tells nothing.
const FEW: usize = 3;

/// The first column of numbers that is the sum of those on one side of it in most rows, where no header says which is the
/// total.
pub(super) fn by_sums(columns: &[Column], money: &[bool], cells: &[Vec<Option<String>>]) -> Option<usize> {
    let numbers = || money.iter().enumerate().filter(|(_, money)| **money).map(|(index, _)| index);
    if numbers().count() <= 2 {
        return None;
    }
    numbers().find(|total| {
        let filled = cells.iter().filter(|row| row.get(*total).is_some_and(Option::is_some)).count();
        let closing = [Decimal::Comma, Decimal::Dot].into_iter().map(|decimal| {
            let ways = figures::closing(columns, cells, *total, (decimal, false));
            ways.into_iter().filter(|ways| *ways > 0).count().min(filled)
        });
        filled >= FEW && closing.max().is_some_and(|closing| closing * 5 >= filled * 4)
    })
}

/// "Diện tích thu hồi" right before "Trong đó" over kinds of land is their total: what is measured adds up as money does.
pub(super) fn measured(
    maker: Maker<'_>,
    columns: &mut [Column],
    figures: &mut [bool],
    cells: &[Vec<Option<String>>],
) {
    if counts_money(maker, columns) {
        return;
    }
    let parts = |column: &Column| is_under_split(maker, column);
    let money = columns.iter().any(|column| matches!(column.role, ColumnRole::Total | ColumnRole::PriorPlan));
    let measured = |index: usize| {
        let (numeric, filled) = numeric(maker, cells, index);
        filled > 0 && numeric == filled
    };
    let Some(first) = columns.iter().zip(&*figures).position(|(column, figures)| *figures && parts(column))
    else {
        return additive(maker, columns, figures, cells);
    };
    let whole = first.checked_sub(1).filter(|index| !money && measured(*index));
    let whole = whole.and_then(|index| columns.get_mut(index).zip(figures.get_mut(index)));
    if let Some((column, figures)) = whole
        .filter(|(column, _)| matches!(column.role, ColumnRole::Size | ColumnRole::Scope | ColumnRole::Other))
    {
        (column.role, *figures) = (ColumnRole::Total, true);
    }
}

/// Whether a column stands under "Trong đó" or "Chia theo…".
fn is_under_split(maker: Maker<'_>, column: &Column) -> bool {
    let words = &maker.grammar.arithmetic;
    let splits = |over: &String| words.of_which.matches(over) || words.split.matches(over);
    column.path.len() > 1 && column.path.first().is_some_and(splits)
}

/// "Dưới 12 m", "Từ 12 m đến dưới 15 m" under "Chia theo chiều dài" right behind a column of figures count, whatever they
/// seem to measure.
pub(super) fn counted_parts(maker: Maker<'_>, columns: &mut [Column], cells: &[Vec<Option<String>>]) {
    let all_numbers = |index: usize| {
        let (numeric, filled) = numeric(maker, cells, index);
        filled > 0 && numeric == filled
    };
    let Some(first) = columns.iter().position(|column| is_under_split(maker, column)) else { return };
    let parts = columns.iter().skip(first).take_while(|column| is_under_split(maker, column)).count();
    if first.checked_sub(1).is_none_or(|whole| !all_numbers(whole))
        || !(first..first + parts).all(all_numbers)
    {
        return;
    }
    for column in columns.iter_mut().skip(first).take(parts) {
        if matches!(column.role, ColumnRole::Size | ColumnRole::Scope | ColumnRole::Location) {
            column.role = ColumnRole::Other;
        }
    }
}

/// Where nothing is money, areas add up as well: "Diện tích (ha)" beside "Sản lượng (tấn)".
fn additive(maker: Maker<'_>, columns: &mut [Column], figures: &mut [bool], cells: &[Vec<Option<String>>]) {
    let known = |column: &Column| matches!(column.role, ColumnRole::PriorPlan | ColumnRole::Component);
    if columns.iter().any(known) {
        return;
    }
    // "Diện tích tái canh (ha)" over years beside "Tổng cộng".
    let total = columns.iter().any(|column| column.role == ColumnRole::Total);
    for (index, (column, figures)) in columns.iter_mut().zip(figures).enumerate() {
        let (numeric, filled) = numeric(maker, cells, index);
        let measures = matches!(column.role, ColumnRole::Size | ColumnRole::Scope);
        let year = matches!(column.years.as_deref(), Some([_]));
        if measures && filled > 0 && numeric == filled && (year || !total) {
            (column.role, *figures) = (if year { ColumnRole::Year } else { ColumnRole::Component }, true);
        }
    }
}

/// "Số hộ tham gia" in a column of its own is what a project is like, and no money.
pub(super) fn counts_things(maker: Maker<'_>, column: &Column) -> bool {
    let [header] = column.path.as_slice() else { return false };
    let key = plain(header);
    let grammar = maker.grammar;
    let begins = |words: &String| {
        key.strip_prefix(words.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    (grammar.arithmetic.counts(header) || grammar.concepts.counting.iter().any(begins))
        && !grammar.concepts.money_headers.iter().any(|words| holds(&key, words))
        && grammar.arithmetic.header(header).unit.is_none()
}

/// Whether some header speaks of money.
pub(super) fn counts_money(maker: Maker<'_>, columns: &[Column]) -> bool {
    use ColumnRole::{Coordinators, Lead, Location, Name, Note};
    let grammar = maker.grammar;
    // "Chủ đầu tư" is no money.
    let words = |column: &&Column| !matches!(column.role, Coordinators | Lead | Location | Name | Note);
    columns.iter().filter(words).flat_map(|column| &column.path).any(|text| {
        let key = plain(text);
        grammar.concepts.money_headers.iter().any(|words| holds(&key, words))
            || grammar.arithmetic.header(text).unit.is_some()
    })
}

/// A plan for several years beside the plans of years inside it is their total, where nothing else is.
pub(super) fn of_period(columns: &mut [Column], figures: &[bool]) {
    if columns.iter().any(|column| column.role == ColumnRole::Total) {
        return;
    }
    let years: Vec<i32> = columns
        .iter()
        .filter(|column| column.role == ColumnRole::Year)
        .filter_map(|column| column.years.as_ref()?.first().copied())
        .collect();
    let total = columns.iter_mut().zip(figures).find(|(column, figures)| {
        let Some([from, to]) = column.years.as_deref() else { return false };
        **figures
            && leaf_years(column)
            && !years.is_empty()
            && years.iter().all(|year| (*from..=*to).contains(year))
    });
    if let Some((column, _)) = total {
        column.role = ColumnRole::Total;
    }
}

/// Whether the lowest header itself names the years.
pub(super) fn leaf_years(column: &Column) -> bool {
    column.path.last().is_some_and(|leaf| deadline::years_of_header(leaf).is_some())
}
