//! Columns of parts of a year: "Quý I", "Tháng 6", "6 tháng đầu năm".

use std::collections::BTreeMap;

use super::target_sums::{Sum, Term, columns, complete, targets};
use crate::grammar::phrase::plain;
use crate::grammar::{Arithmetic, Calendar};
use crate::model::{Appendix, Column};
use crate::text::roman_value;

/// Quarters of a year.
pub(in crate::rules) const QUARTERS: usize = 4;

/// The quarter that a column's lowest header names: "Quý II", "Quý 2/2026".
pub(in crate::rules) fn quarter(column: &Column, calendar: &Calendar) -> Option<usize> {
    let (word, number) = part(column)?;
    let ordinal = number.parse().ok().or_else(|| usize::try_from(roman_value(&number)?).ok())?;
    (calendar.quarter.contains(&word) && (1..=QUARTERS).contains(&ordinal)).then_some(ordinal)
}

/// Whether a column's lowest header names a part of a year.
pub(in crate::rules) fn is_part(column: &Column, calendar: &Calendar) -> bool {
    let Some(leaf) = column.path.last().map(|leaf| plain(leaf)) else { return false };
    let words: Vec<&str> = leaf.split(' ').collect();
    let is = |list: &[String], word: Option<&&str>| word.is_some_and(|word| list.iter().any(|it| it == word));
    let counts =
        |word: Option<&&str>| word.is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    quarter(column, calendar).is_some()
        || is(&calendar.month, words.first()) && words.len() > 1
        // "6 tháng đầu năm"
        || counts(words.first()) && is(&calendar.month, words.get(1))
}

/// The first word of a column's lowest header and the number after it.
fn part(column: &Column) -> Option<(String, String)> {
    let leaf = plain(column.path.last()?);
    let mut words = leaf.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    Some((words.next()?.to_owned(), words.next()?.to_owned()))
}

/// A value of a year beside those of its four quarters, a set for each group of targets: what is counted in a quarter adds up, what
/// has been reached at its end does not.
pub(in crate::rules) fn over_quarters<'a>(
    words: &Arithmetic,
    calendar: &Calendar,
    appendix: &'a Appendix,
) -> Vec<Vec<Sum<'a>>> {
    let columns = columns(appendix);
    let quarters: Vec<usize> = (0..columns.len())
        .filter(|at| columns.get(*at).is_some_and(|column| quarter(column, calendar).is_some()))
        .collect();
    let (Some(first), Some(last)) = (quarters.first().copied(), quarters.last().copied()) else {
        return Vec::new();
    };
    if quarters.len() != QUARTERS || last - first + 1 != QUARTERS {
        return Vec::new();
    }
    // The year stands right before its quarters, or right after them.
    let year =
        |at: usize| columns.get(at).filter(|column| !is_part(column, calendar)).map(|column| (at, *column));
    let before = first.checked_sub(1).and_then(year);
    let after = year(last + 1);
    let named = |(_, column): &(usize, &Column)| {
        let leaf = column.path.last().map(|leaf| plain(leaf)).unwrap_or_default();
        words.header(&leaf).total || calendar.whole_year.iter().any(|words| leaf.contains(words.as_str()))
    };
    let whole = [before, after].into_iter().flatten().find(named).or(before);
    let Some((whole, column)) = whole else { return Vec::new() };
    let header = column.path.last().cloned().unwrap_or_default();
    let mut out: BTreeMap<Option<&str>, Vec<Sum<'a>>> = BTreeMap::new();
    for target in targets(appendix).filter(|target| !words.rate.matches(&target.name)) {
        let term = |at: usize, name: &'a str| {
            Some(Term { name, value: &target.values.get(at)?.value, at: &target.at })
        };
        let leaf =
            |at: usize| columns.get(at).and_then(|column| column.path.last()).map_or("", String::as_str);
        let parts: Vec<Term<'a>> = quarters.iter().filter_map(|at| term(*at, leaf(*at))).collect();
        let Some(total) = term(whole, &target.name).filter(|_| parts.len() == QUARTERS) else { continue };
        let sum = complete(&target.name, header.clone(), total, parts);
        out.entry(target.group.as_deref()).or_default().extend(sum);
    }
    out.into_values().collect()
}
