//! Roles of columns that their own headers do not give: by a second column beside them, and by what the cells say.

use super::Maker;
use crate::model::{Column, ColumnRole, DeadlineKind};
use crate::syntax::{agency, deadline, number, unit};
use crate::text::fold;

/// Cells that are looked at.
const SAMPLE: usize = 40;
/// Fewest cells that tell.
const FEWEST: usize = 3;

/// Two columns for beginning and end are one time; of a person and a body the body leads.
pub(super) fn pairs(maker: Maker<'_>, columns: &mut [Column]) {
    let words = &maker.grammar.tables;
    let is = |column: &Column, list: &[String]| leaf(column).is_some_and(|leaf| list.contains(&leaf));
    let begins = columns.iter().position(|column| is(column, &words.range.begins));
    let ends = columns.iter().position(|column| is(column, &words.range.ends));
    if let (Some(begins), Some(ends)) = (begins, ends)
        && begins < ends
    {
        for index in [begins, ends] {
            if let Some(column) = columns.get_mut(index).filter(|column| !is_time(column.role)) {
                column.role = ColumnRole::Deadline;
            }
        }
    }
    let person = |column: &Column| names_persons(maker, column);
    for role in [ColumnRole::Lead, ColumnRole::Coordinators] {
        let of_role = |column: &&Column| column.role == role;
        if columns.iter().filter(of_role).any(|column| !person(column)) {
            let persons = columns.iter_mut().filter(|column| column.role == role && person(column));
            persons.for_each(|column| column.role = ColumnRole::Other);
        }
    }
}

/// Whether a header names persons ("Lãnh đạo phụ trách"), or whom something is about ("Đối tượng, cơ quan soạn thảo").
fn names_persons(maker: Maker<'_>, column: &Column) -> bool {
    let words = &maker.grammar.tables.persons;
    leaf(column).is_some_and(|leaf| {
        words.iter().any(|word| {
            leaf.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with([' ', ',', '/']))
        })
    })
}

/// Whether a header names who approves: "Cấp phê duyệt".
fn names_approver(maker: Maker<'_>, column: &Column) -> bool {
    let words = &maker.grammar.tables.approvers;
    leaf(column).is_some_and(|leaf| words.iter().any(|word| leaf.starts_with(word.as_str())))
}

/// Whether two columns of one role are the beginning and the end of one time: they stand under one header, or say so.
pub(super) fn is_range(maker: Maker<'_>, first: &Column, last: &Column) -> bool {
    let words = &maker.grammar.tables.range;
    let one_header = first.path.len() > 1 && first.path.first() == last.path.first();
    let says = |column: &Column, list: &[String]| leaf(column).is_some_and(|leaf| list.contains(&leaf));
    one_header || says(first, &words.begins) && says(last, &words.ends)
}

/// Columns whose headers say nothing known, by their cells: names of bodies lead, times are when it is to be done. A
/// column of values without any number in it is none.
pub(super) fn settle(maker: Maker<'_>, columns: &mut [Column], cells: &[Vec<Option<String>>]) {
    let texts = |index: usize| -> Vec<&str> {
        cells.iter().filter_map(|row| row.get(index)?.as_deref()).take(SAMPLE).collect()
    };
    let measured = columns.iter().any(|column| column.role == ColumnRole::Unit);
    for (index, column) in columns.iter_mut().enumerate() {
        if column.role == ColumnRole::Value && column.years.is_none() {
            let texts = texts(index);
            let digits = |text: &&str| text.bytes().any(|byte| byte.is_ascii_digit());
            let fewest = if measured { FEWEST } else { 1 };
            if texts.len() >= fewest && !texts.iter().any(digits) {
                column.role = ColumnRole::Other;
            }
        }
    }
    // "Chi đầu tư" over amounts is no misread "Chủ đầu tư", "Xã Tân Sơn" under "Phân theo đơn vị" no column of units.
    for (index, column) in columns.iter_mut().enumerate() {
        let sum = leaf(column).is_some_and(|leaf| leaf.starts_with("tong "));
        if matches!(column.role, ColumnRole::Lead | ColumnRole::Coordinators | ColumnRole::Unit)
            || column.role == ColumnRole::Size && sum
        {
            let texts = texts(index);
            let figures = texts.iter().filter(|text| number::shape(text).is_some()).count();
            if figures * 2 > texts.len() {
                column.role = ColumnRole::Other;
            }
        }
    }
    let names_body = |text: &str| {
        agency::begins(text, &maker.grammar.agencies) && unit::unit(text, &maker.grammar.units).base.is_none()
    };
    let tells_time = |text: &str| {
        if number::shape(text).is_some() && text.trim().len() != 4 {
            return false;
        }
        let read = deadline::deadline(text, &maker.grammar.deadlines);
        read.kind != DeadlineKind::Unknown && read.problem.is_none()
    };
    // "Thực hiện đầu tư" over months is no amount.
    for (index, column) in columns.iter_mut().enumerate() {
        if matches!(column.role, ColumnRole::Component | ColumnRole::Total | ColumnRole::Value) {
            let texts = texts(index);
            if texts.len() >= FEWEST && texts.iter().all(|text| tells_time(text)) {
                column.role = ColumnRole::Other;
            }
        }
    }
    if !columns.iter().any(|column| is_time(column.role)) {
        by_cells(columns, ColumnRole::Deadline, &texts, &tells_time);
    }
    // Names of bodies beside nothing that is to be done are rows of a list, or who is in it.
    let due = |column: &Column| {
        use ColumnRole::{Component, Coordinators, Deadline, Period, Product, Total, Value, Year};
        let role = column.role;
        matches!(role, Deadline | Period | Product | Coordinators | Value | Total | Component | Year)
    };
    let approves: Vec<bool> = columns.iter().map(|column| names_approver(maker, column)).collect();
    let texts = |index: usize| if approves.get(index) == Some(&true) { Vec::new() } else { texts(index) };
    if columns.iter().any(due) {
        by_cells(columns, ColumnRole::Lead, &texts, &names_body);
        // A person in charge beside the body that leads coordinates nothing.
        let persons: Vec<bool> = columns.iter().map(|column| names_persons(maker, column)).collect();
        let bodies = |index: usize| if persons.get(index) == Some(&true) { Vec::new() } else { texts(index) };
        by_cells(columns, ColumnRole::Coordinators, &bodies, &names_body);
    }
}

/// Gives a role that no column has to the first unknown column of which two cells in three say so.
fn by_cells<'c>(
    columns: &mut [Column],
    role: ColumnRole,
    texts: &impl Fn(usize) -> Vec<&'c str>,
    says: &impl Fn(&str) -> bool,
) {
    if columns.iter().any(|column| column.role == role) {
        return;
    }
    // "Đơn vị" over names of bodies is no unit.
    let open = |column: &Column| {
        let role_open = column.role == ColumnRole::Other
            || column.role == ColumnRole::Unit && role != ColumnRole::Deadline;
        role_open && column.years.is_none()
    };
    let found = columns.iter_mut().enumerate().filter(|(_, column)| open(column)).find(|(index, _)| {
        let texts = texts(*index);
        let telling = texts.iter().filter(|text| says(text)).count();
        texts.len() >= FEWEST && telling * 3 >= texts.len() * 2
    });
    if let Some((_, column)) = found {
        column.role = role;
    }
}

fn is_time(role: ColumnRole) -> bool {
    matches!(role, ColumnRole::Deadline | ColumnRole::Period)
}

/// The lowest header, folded, without what stands in brackets.
fn leaf(column: &Column) -> Option<String> {
    let leaf = column.path.last()?;
    let plain = leaf.split(['(', '[']).next().unwrap_or_default();
    Some(fold(plain.trim_end_matches([':', '.', ' '])))
}
