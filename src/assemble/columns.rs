//! Columns: what the table holds, what each column is in it, and the years its header names.

use super::named::{beside_numbers, bodies_beside, place_names};
use super::table_kind::{figure_roles, is_figures, kind_of, project_roles};
use super::{Maker, by_content, total_column};
use crate::grammar::phrase::plain as plain_words;
use crate::layout::{HeaderColumn, LaidTable};
use crate::model::{Appendix, AppendixKind, Column, ColumnRole};
use crate::syntax::number::Decimal;
use crate::syntax::{deadline, number, quantity};
use crate::value::Relation;

/// Cells that are looked at to tell whether a column holds numbers.
const SAMPLE: usize = 40;

/// The columns of a table and the kind of its appendix.
pub(super) fn columns(
    maker: Maker<'_>,
    table: &LaidTable,
    cells: &[Vec<Option<String>>],
    appendix: &Appendix,
) -> (Vec<Column>, AppendixKind) {
    let title = appendix.title.as_deref().unwrap_or_default();
    let money = appendix.unit.as_ref().is_some_and(|unit| unit.base.as_deref() == Some("VND"));
    let mut columns: Vec<Column> =
        table.columns.iter().enumerate().map(|(index, column)| plain(maker, table, index, column)).collect();
    lone_comparison(maker, &mut columns, cells);
    by_content::pairs(maker, &mut columns);
    place_names(maker, &mut columns, cells);
    bodies_beside(maker, &mut columns, cells);
    one_name(maker, &mut columns, cells);
    default_roles(maker, &mut columns, cells);
    by_content::settle(maker, &mut columns, cells);
    measured_results(maker, &mut columns, cells);
    total_column::counted_parts(maker, &mut columns, cells);
    months(maker, &mut columns, cells);
    let figures: Vec<bool> =
        columns.iter().enumerate().map(|(index, column)| is_figures(maker, column, index, cells)).collect();
    let kind = kind_of(maker, &columns, &figures, money, title);
    let Some(kind) = kind else { return (columns, AppendixKind::Other) };
    figure_roles(maker, kind, &mut columns, &figures, cells, money);
    if kind.kind == AppendixKind::Projects {
        project_roles(maker, &mut columns);
    }
    (columns, kind.kind)
}

fn plain(maker: Maker<'_>, table: &LaidTable, index: usize, column: &HeaderColumn) -> Column {
    let years = column.path.iter().rev().find_map(|text| deadline::years_of_header(text));
    let index_text = table
        .index
        .as_ref()
        .and_then(|row| row.cell(index))
        .map(|cell| cell.text(maker.source, maker.markup))
        .filter(|text| !text.is_empty());
    Column {
        id: format!("c{}", index + 1),
        path: column.path.clone(),
        role: column.role,
        years,
        index: index_text,
        number_format: None,
        at: maker.source.at(column.span),
    }
}

/// "Tăng bình quân 2026 - 2030 (%/năm)" with nothing beside it that it could compare holds values.
fn lone_comparison(maker: Maker<'_>, columns: &mut [Column], cells: &[Vec<Option<String>>]) {
    use ColumnRole::{Comparison, Name, Number, Value};
    let figures = |(index, column): (usize, &Column)| {
        let (numeric, filled) = numeric(maker, cells, index);
        !matches!(column.role, Comparison | Name | Number) && (column.years.is_some() || numeric * 2 > filled)
    };
    let others = columns.iter().enumerate().any(figures);
    let mut compared = columns.iter_mut().filter(|column| column.role == Comparison);
    if let (Some(only), None, false) = (compared.next(), compared.next(), others) {
        only.role = Value;
    }
}

/// "Tháng 3", "Quý II" over numbers that are no years are what falls into that time, not when something is due.
fn months(maker: Maker<'_>, columns: &mut [Column], cells: &[Vec<Option<String>>]) {
    let calendar = &maker.grammar.calendar;
    // "Tháng" over several rows beside "Ngày hoàn thành" sorts them.
    let bare = |column: &Column| {
        let leaf = column.path.last().map(|leaf| plain_words(leaf)).unwrap_or_default();
        column.role == ColumnRole::Deadline
            && calendar.month.iter().chain(&calendar.quarter).any(|word| *word == leaf)
    };
    if columns.iter().any(|column| column.role == ColumnRole::Deadline && !bare(column)) {
        columns.iter_mut().filter(|column| bare(column)).for_each(|column| column.role = ColumnRole::Other);
    }
    for (index, column) in columns.iter_mut().enumerate() {
        let leaf = column.path.last().map(|leaf| plain_words(leaf)).unwrap_or_default();
        let named = calendar
            .month
            .iter()
            .chain(&calendar.quarter)
            .any(|word| leaf.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' ')));
        let (numeric, filled) = numeric(maker, cells, index);
        let timed = matches!(column.role, ColumnRole::Deadline | ColumnRole::Period);
        if named && timed && numeric * 2 > filled && !are_years(&column_texts(cells, index)) {
            column.role = ColumnRole::Component;
        }
    }
}

/// "Kết quả" over numbers beside a column of units is a value and no product.
fn measured_results(maker: Maker<'_>, columns: &mut [Column], cells: &[Vec<Option<String>>]) {
    if !columns.iter().any(|column| column.role == ColumnRole::Unit) {
        return;
    }
    for (index, column) in columns.iter_mut().enumerate() {
        let (numeric, filled) = numeric(maker, cells, index);
        if column.role == ColumnRole::Product && numeric * 2 > filled {
            column.role = ColumnRole::Value;
        }
    }
}

/// Leaves one name column: "Chỉ tiêu năm 2030" over numbers is a value, and of two columns of words
/// ("Lĩnh vực", "Nhiệm vụ cụ thể") the one that more rows fill names them.
fn one_name(maker: Maker<'_>, columns: &mut [Column], cells: &[Vec<Option<String>>]) {
    let named = |columns: &[Column]| -> Vec<usize> {
        (0..columns.len()).filter(|i| columns.get(*i).is_some_and(|it| it.role == ColumnRole::Name)).collect()
    };
    let names = named(columns);
    let several = names.len() > 1;
    for index in names {
        let Some(column) = columns.get_mut(index) else { continue };
        let (numeric, filled) = numeric(maker, cells, index);
        let words = numeric * 2 <= filled;
        if !words || several && filled > 0 && column.years.is_some() && numeric > 0 {
            column.role = ColumnRole::Other;
        }
    }
    let names = named(columns);
    let filled =
        |index: usize| cells.iter().filter(|row| row.get(index).is_some_and(Option::is_some)).count();
    // "Lĩnh vực", which says the same row after row, is over the rows.
    let said_again = |index: usize| {
        let texts = column_texts(cells, index);
        let changes = texts.windows(2).filter(|pair| pair.first() != pair.last()).count() + 1;
        changes * 3 <= texts.len() * 2
    };
    let key = |index: &usize| {
        let again = said_again(*index);
        // Merged cells that a converter wrote out in each row fill the column as much as the names do.
        (if again { 0 } else { filled(*index) }, filled(*index), std::cmp::Reverse(*index))
    };
    let Some(best) = names.iter().copied().max_by_key(key) else { return };
    for index in names.into_iter().filter(|index| *index != best) {
        if let Some(column) = columns.get_mut(index) {
            column.role = ColumnRole::Other;
        }
    }
}

/// How many of the first filled cells of a column hold numbers or bounds ("> 97"), and how many there are.
pub(super) fn numeric(maker: Maker<'_>, cells: &[Vec<Option<String>>], index: usize) -> (usize, usize) {
    // A dash stands for no amount.
    let texts: Vec<&str> = column_texts(cells, index)
        .into_iter()
        .filter(|text| !text.chars().all(|c| matches!(c, '-' | '–' | '—' | ' ')))
        .collect();
    let bound = |text: &str| {
        let relation = || quantity::quantity(text, Decimal::Comma, &maker.grammar.units).relation;
        text.len() < MAX_BOUND
            && text.bytes().any(|byte| byte.is_ascii_digit())
            && matches!(
                relation(),
                Relation::Ge | Relation::Gt | Relation::Le | Relation::Lt | Relation::Between | Relation::Of
            )
    };
    let is_number = |text: &&&str| {
        number::shape(text.trim_end_matches(['%', ' '])).is_some()
            || number::looks_numeric(text)
            || bound(text)
    };
    (texts.iter().filter(is_number).count(), texts.len())
}

/// How many of the first filled cells of a column hold a value, with or without words around it.
pub(super) fn readable(maker: Maker<'_>, cells: &[Vec<Option<String>>], index: usize) -> usize {
    let is_value = |text: &&str| {
        let relation = || quantity::quantity(text, Decimal::Comma, &maker.grammar.units).relation;
        text.len() < MAX_BOUND && relation() != Relation::None
    };
    column_texts(cells, index).into_iter().filter(is_value).count()
}

/// Longest text of a bound: "tối thiểu 12.000".
const MAX_BOUND: usize = 32;

/// Number and name columns of a table whose header does not tell: the first of short numbers and the widest
/// of words.
fn default_roles(maker: Maker<'_>, columns: &mut [Column], cells: &[Vec<Option<String>>]) {
    let has = |columns: &[Column], role| columns.iter().any(|column| column.role == role);
    if !has(columns, ColumnRole::Number) {
        let column = column_texts(cells, 0);
        // "PC-01"
        let code = |text: &str| {
            text.len() <= MAX_CODE
                && text.starts_with(|c: char| c.is_ascii_uppercase())
                && text.ends_with(|c: char| c.is_ascii_digit())
                && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
        };
        let number = |text: &str| {
            text.len() <= 6
                && (text.starts_with(|c: char| c.is_ascii_digit() || "-+".contains(c))
                    || !text.contains(|c: char| c.is_alphabetic() && !"IVXABCDĐEFGH".contains(c)))
        };
        let numbered = column.iter().filter(|text| number(text) || code(text)).count();
        if let Some(first) = columns.first_mut().filter(|first| first.role == ColumnRole::Other)
            && numbered * 3 >= column.len() * 2
            && numbered > 1
        {
            first.role = ColumnRole::Number;
        }
    }
    if !has(columns, ColumnRole::Name) {
        let widest = columns
            .iter()
            .enumerate()
            // "Nội dung đầu tư" names what is built where nothing else does, as does "Giai đoạn, hạng mục" over words.
            .filter(|(_, column)| {
                matches!(column.role, ColumnRole::Other | ColumnRole::Scope | ColumnRole::Value)
            })
            .filter(|(index, _)| {
                let (numeric, filled) = numeric(maker, cells, *index);
                filled > 0 && numeric * 2 <= filled
            })
            .max_by_key(|(index, column)| {
                let length: usize = column_texts(cells, *index).iter().map(|text| text.len()).sum();
                (column.role == ColumnRole::Other, length, std::cmp::Reverse(*index))
            })
            .map(|(index, _)| index);
        // A column of ticks names nothing.
        let ticks = &maker.grammar.structure.rows.ticks;
        let words = |index: &usize| {
            let texts = column_texts(cells, *index);
            texts.iter().filter(|text| ticks.iter().any(|tick| tick == *text)).count() * 2 < texts.len()
        };
        let widest = widest.filter(words);
        let widest = beside_numbers(maker, columns, cells).or(widest);
        if let Some(column) = widest.and_then(|index| columns.get_mut(index)) {
            column.role = ColumnRole::Name;
        }
    }
}

/// Longest code of a row: "NV-KT-12".
const MAX_CODE: usize = 10;
/// Fewest years that make a column of years.
const YEARS: usize = 3;

/// Whether cells name years rather than amounts: "Năm" beside "Mực nước lũ lịch sử".
pub(super) fn are_years(texts: &[&str]) -> bool {
    texts.len() >= YEARS && texts.iter().all(|text| is_year(text))
}

/// Whether a text is a year that a plan may name.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|year: u32| (1900..2100).contains(&year))
}

/// The first filled cells of a column.
pub(super) fn column_texts(cells: &[Vec<Option<String>>], index: usize) -> Vec<&str> {
    cells.iter().filter_map(|row| row.get(index)?.as_deref()).take(SAMPLE).collect()
}
