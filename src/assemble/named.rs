//! Which column names the rows, where its header does not say so.

use super::Maker;
use super::columns::{column_texts, numeric};
use crate::model::{Column, ColumnRole};
use crate::syntax::unit;

/// "Đơn vị" over names of places or bodies, none of which is a unit, names the rows, as does "Nguồn vốn" over words, and
/// "Địa bàn" and "Đơn vị quản lý" right behind the numbers where all other columns hold figures.
pub(super) fn place_names(maker: Maker<'_>, columns: &mut [Column], cells: &[Vec<Option<String>>]) {
    let worded = |index: usize| {
        let (numeric, filled) = numeric(maker, cells, index);
        numeric * 2 <= filled
    };
    let named =
        columns.iter().enumerate().any(|(index, column)| column.role == ColumnRole::Name && worded(index));
    let of_role = |role: ColumnRole| columns.iter().position(|column| column.role == role);
    let unit = of_role(ColumnRole::Unit).filter(|index| {
        let texts = column_texts(cells, *index);
        let is_unit = |text: &&str| unit::unit(text, &maker.grammar.units).base.is_some();
        texts.len() > 1 && !texts.iter().any(is_unit)
    });
    // "Chỉ tiêu giao" over words right behind the numbers holds no values.
    let stated = || {
        let index = of_role(ColumnRole::Number)? + 1;
        let column = columns.get(index).filter(|column| column.role == ColumnRole::Value)?;
        let texts = column_texts(cells, index);
        let figures = texts.iter().any(|text| text.starts_with(|c: char| c.is_ascii_digit()));
        (column.years.is_none() && texts.len() >= FEW_NAMES && !figures).then_some(index)
    };
    let source = || {
        let index = of_role(ColumnRole::Funding)?;
        (column_texts(cells, index).len() > 1 && worded(index)).then_some(index)
    };
    let placed = || {
        let index = of_role(ColumnRole::Location).or_else(|| of_role(ColumnRole::Lead))?;
        let figures = |other: usize| {
            let (numeric, filled) = numeric(maker, cells, other);
            let role = columns.get(other).map(|column| column.role);
            numeric * 5 >= filled * 4 || matches!(role, Some(ColumnRole::Lead | ColumnRole::Note))
        };
        let rest = (0..columns.len()).filter(|other| *other != index);
        let behind_numbers = columns.get(index.checked_sub(1)?)?.role == ColumnRole::Number;
        let several = column_texts(cells, index).len() >= FEW_NAMES;
        (behind_numbers
            && several
            && worded(index)
            && rest.clone().count() > 1
            && rest.into_iter().all(figures))
        .then_some(index)
    };
    // "Kết quả, việc cần đạt", "Nội dung đầu tư" right behind the numbers name the rows where nothing else does.
    let said = |role: ColumnRole| {
        let index = of_role(role)?;
        let behind_numbers = columns.get(index.checked_sub(1)?)?.role == ColumnRole::Number;
        let texts = column_texts(cells, index);
        let distinct: std::collections::BTreeSet<&str> = texts.iter().copied().collect();
        (behind_numbers && texts.len() >= FEW_NAMES && worded(index) && distinct.len() * 5 >= texts.len() * 4)
            .then_some(index)
    };
    let Some(index) = stated()
        .or(unit)
        .or_else(|| said(ColumnRole::Scope))
        .or_else(|| said(ColumnRole::Product))
        .or_else(source)
        .or_else(placed)
        .filter(|_| !named)
    else {
        return;
    };
    if let Some(column) = columns.get_mut(index) {
        column.role = ColumnRole::Name;
    }
}

/// "Đơn vị được kiểm tra" beside the names of what is done holds no units.
pub(super) fn bodies_beside(maker: Maker<'_>, columns: &mut [Column], cells: &[Vec<Option<String>>]) {
    let Some(index) = columns.iter().position(|column| column.role == ColumnRole::Unit) else { return };
    let texts = column_texts(cells, index);
    let is_unit = |text: &&str| unit::unit(text, &maker.grammar.units).base.is_some();
    if texts.len() < FEW_NAMES || texts.iter().any(is_unit) || !names_bodies(cells, index) {
        return;
    }
    if let Some(column) = columns.get_mut(index) {
        column.role = ColumnRole::Other;
    }
}

/// Whether most texts of a column are of several words, as names of bodies and places are.
fn names_bodies(cells: &[Vec<Option<String>>], index: usize) -> bool {
    let texts = column_texts(cells, index);
    let long =
        |text: &&&str| text.split_whitespace().count() >= FEW_NAMES && text.starts_with(char::is_uppercase);
    texts.iter().filter(long).count() * 2 > texts.len()
}

/// The column right behind the numbers, where it holds words of which hardly two are the same: "Tổ dân phố" before "Điểm tiêm".
pub(super) fn beside_numbers(
    maker: Maker<'_>,
    columns: &[Column],
    cells: &[Vec<Option<String>>],
) -> Option<usize> {
    use ColumnRole::{Location, Number, Other, Scope};
    let index = columns.iter().position(|column| column.role == Number)? + 1;
    let role = columns.get(index)?.role;
    let (numeric, filled) = numeric(maker, cells, index);
    let texts = column_texts(cells, index);
    let distinct: std::collections::BTreeSet<&str> = texts.iter().copied().collect();
    let named = filled >= FEW_NAMES && numeric == 0 && distinct.len() * 5 >= texts.len() * 4;
    // Where something is done at a time, whatever else is said: places that may come again in another round.
    let timed = columns.iter().any(|column| matches!(column.role, ColumnRole::Deadline | ColumnRole::Period));
    let placed = role == Location && timed && numeric == 0 && filled >= FEW_NAMES;
    (placed || named && matches!(role, Other | Scope)).then_some(index)
}

/// Fewest words of a column that tell that it names the rows.
const FEW_NAMES: usize = 3;
