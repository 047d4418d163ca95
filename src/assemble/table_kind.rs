//! Which kind of table the columns make, and what the columns of figures are in it: values, or amounts of which some
//! are totals.

use super::columns::{are_years, column_texts, is_year, numeric, readable};
use super::{Maker, total_column};
use crate::grammar::{Figures, TableKind};
use crate::model::{Column, ColumnRole};
use crate::syntax::unit;
use crate::text::fold;

/// How much a unit of money that the caption declares speaks for kinds of tables with amounts.
const MONEY: u32 = 4;

/// The kind of table that the columns are most like; the first listed of those that are as like.
pub(super) fn kind_of<'g>(
    maker: Maker<'g>,
    columns: &[Column],
    figures: &[bool],
    money: bool,
    title: &str,
) -> Option<&'g TableKind> {
    maker
        .grammar
        .tables
        .kinds
        .iter()
        .filter_map(|kind| {
            let by_unit = if money && kind.figures == Figures::Amount { MONEY } else { 0 };
            score(kind, columns, figures, title).map(|score| (score + by_unit, kind))
        })
        .fold(None, |best: Option<(u32, &TableKind)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
        .map(|(_, kind)| kind)
}

/// What the columns of figures are in a table of this kind: values, or amounts of which some are totals.
pub(super) fn figure_roles(
    maker: Maker<'_>,
    kind: &TableKind,
    columns: &mut [Column],
    figures: &[bool],
    cells: &[Vec<Option<String>>],
    money: bool,
) {
    let beside_money = kind.figures == Figures::Amount && total_column::counts_money(maker, columns);
    let counts = |column: &Column| {
        let leaf = column.path.last().map(|leaf| fold(leaf)).unwrap_or_default();
        kind.counts.iter().any(|words| leaf.starts_with(words.as_str()))
            || beside_money && total_column::counts_things(maker, column)
    };
    let holds = |(index, (column, figures)): (usize, (&Column, &bool))| {
        *figures && !counts(column) && !(column.years.is_none() && are_years(&column_texts(cells, index)))
    };
    let mut figures: Vec<bool> = columns.iter().zip(figures).enumerate().map(holds).collect();
    match kind.figures {
        Figures::Value => {
            // "Diện tích (ha)" beside "Năng suất (tạ/ha)" is a value as that is, where no column names units.
            let units = columns.iter().any(|column| column.role == ColumnRole::Unit);
            for (index, (column, figures)) in columns.iter_mut().zip(&figures).enumerate() {
                let (numeric, filled) = numeric(maker, cells, index);
                let sized = column.role == ColumnRole::Size && !units && numeric > 0 && numeric == filled;
                if *figures || sized {
                    column.role = ColumnRole::Value;
                }
            }
        }
        Figures::Amount => {
            if money {
                sizes(maker, columns, &mut figures);
            } else {
                total_column::measured(maker, columns, &mut figures, cells);
            }
            periods(maker, columns, &mut figures, cells);
            amount_roles(columns, &figures, cells);
            // "Trong đó: NSTW" under "Tổng mức đầu tư" is a part of it.
            let of_which = &maker.grammar.arithmetic.of_which;
            for column in columns.iter_mut().filter(|column| column.role == ColumnRole::Total) {
                if column.path.len() > 1 && column.path.last().is_some_and(|leaf| of_which.matches(leaf)) {
                    column.role = ColumnRole::Component;
                }
            }
        }
    }
}

/// "Năng lực tưới (ha)" in a table that counts money is a size.
fn sizes(maker: Maker<'_>, columns: &mut [Column], figures: &mut [bool]) {
    for (column, figures) in columns.iter_mut().zip(figures) {
        let Some((_, rest)) = column.path.last().and_then(|leaf| leaf.rsplit_once('(')) else { continue };
        let unit = unit::unit(rest.trim_end().trim_end_matches(')').trim(), &maker.grammar.units);
        let other = unit.base.as_deref().is_some_and(|base| base != "VND" && !base.starts_with("per"));
        if other && column.years.is_none() && matches!(column.role, ColumnRole::Other | ColumnRole::Component)
        {
            (column.role, *figures) = (ColumnRole::Size, false);
        }
    }
}

/// "Năm" over years and spans of years says when, and plans no money.
fn periods(maker: Maker<'_>, columns: &mut [Column], figures: &mut [bool], cells: &[Vec<Option<String>>]) {
    for (index, (column, figures)) in columns.iter_mut().zip(figures).enumerate() {
        let leaf = column.path.last().and_then(|leaf| maker.grammar.tables.role(leaf));
        let texts = column_texts(cells, index);
        let span = |text: &&str| text.split(['-', '–']).all(|part| is_year(part.trim()));
        if leaf == Some(ColumnRole::Year) && texts.len() > 2 && texts.iter().all(span) {
            (column.role, *figures) = (ColumnRole::Period, false);
        }
    }
}

fn is_money(role: ColumnRole) -> bool {
    matches!(role, ColumnRole::Total | ColumnRole::Component | ColumnRole::Year | ColumnRole::PriorPlan)
}

/// Whether a column holds numbers: its role says so, or its cells do.
pub(super) fn is_figures(
    maker: Maker<'_>,
    column: &Column,
    index: usize,
    cells: &[Vec<Option<String>>],
) -> bool {
    let (numeric, filled) = numeric(maker, cells, index);
    match column.role {
        role if is_money(role) => filled == 0 || numeric * 2 >= filled,
        ColumnRole::Value => true,
        // The year of a column in which nothing is filled.
        ColumnRole::Other if filled == 0 => column.years.is_some(),
        ColumnRole::Other => {
            // Among values of a year some are words: "Nhóm 15 tỉnh dẫn đầu". Others have words around them: "Đạt 95".
            let values = column.years.as_ref().map(|_| readable(maker, cells, index));
            let most = values.map_or(numeric * 5 >= filled * 3, |values| values.max(numeric) * 2 >= filled);
            most && (column.years.is_some() || numeric > 1)
        }
        // "Kinh phí (triệu đồng)" over amounts rather than over the names of sources.
        ColumnRole::Funding => filled > 0 && numeric * 2 > filled,
        _ => false,
    }
}

fn role_name(role: ColumnRole) -> String {
    match serde_json::to_value(role) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// How much speaks for a kind; `None` where it is excluded.
fn score(kind: &TableKind, columns: &[Column], figures: &[bool], title: &str) -> Option<u32> {
    let roles: Vec<String> = columns.iter().map(|column| role_name(column.role)).collect();
    let has = |role: &String| if role == "figures" { figures.contains(&true) } else { roles.contains(role) };
    if !kind.require.iter().all(|group| group.iter().any(has)) || kind.forbid.iter().any(has) {
        return None;
    }
    let mut score: u32 = kind.roles.iter().filter(|(role, _)| has(role)).map(|(_, weight)| *weight).sum();
    let headers: Vec<String> = columns.iter().map(|column| fold(&column.path.join(" "))).collect();
    let name = columns.iter().position(|column| column.role == ColumnRole::Name).and_then(|i| headers.get(i));
    let named = name.is_some_and(|name| kind.names.iter().any(|word| name.contains(word.as_str())));
    if kind.named_without_figures && !named && !figures.contains(&true) {
        return None;
    }
    if named {
        score += 4;
    }
    if headers.iter().any(|header| kind.headers.iter().any(|word| header.contains(word.as_str()))) {
        score += 3;
    }
    let title = fold(title);
    if kind.titles.iter().any(|word| title.contains(word.as_str())) {
        score += 2;
    }
    Some(score + 1)
}

/// Money columns: totals, years, parts, and plans of earlier periods.
pub(super) fn amount_roles(columns: &mut [Column], figures: &[bool], cells: &[Vec<Option<String>>]) {
    let totalled =
        columns.iter().zip(figures).any(|(column, figures)| *figures && column.role == ColumnRole::Total);
    // "Cơ cấu nguồn vốn" over several columns of sources is the total of none.
    let funded =
        columns.iter().zip(figures).filter(|(column, is)| **is && column.role == ColumnRole::Funding);
    let sole = funded.count() == 1;
    for (column, figures) in columns.iter_mut().zip(figures) {
        if !*figures {
            if is_money(column.role) {
                column.role = ColumnRole::Other;
            }
            continue;
        }
        let single = matches!(column.years.as_deref(), Some([_]));
        column.role = match column.role {
            ColumnRole::Total => ColumnRole::Total,
            ColumnRole::PriorPlan => ColumnRole::PriorPlan,
            ColumnRole::Component if !(single && total_column::leaf_years(column)) => ColumnRole::Component,
            ColumnRole::Funding if sole && !totalled => ColumnRole::Total,
            _ if single && total_column::leaf_years(column) => ColumnRole::Year,
            _ => ColumnRole::Component,
        };
    }
    total_column::of_period(columns, figures);
    if !columns.iter().any(|column| column.role == ColumnRole::Total)
        && let Some(column) =
            total_column::by_sums(columns, figures, cells).and_then(|at| columns.get_mut(at))
    {
        column.role = ColumnRole::Total;
    }
    prior_plans(columns, figures);
}

/// Plans for years before those of the main period are plans of earlier periods.
fn prior_plans(columns: &mut [Column], figures: &[bool]) {
    let total = columns.iter().position(|column| column.role == ColumnRole::Total);
    let years_after: Vec<i32> = columns
        .iter()
        .skip(total.unwrap_or(0))
        .filter(|column| column.role == ColumnRole::Year)
        .filter_map(|column| column.years.as_ref()?.first().copied())
        .collect();
    let Some(start) = years_after.iter().min().copied() else { return };
    let main_parent = total.and_then(|i| columns.get(i)).and_then(|column| column.path.first().cloned());
    for (index, column) in columns.iter_mut().enumerate() {
        let money = figures.get(index).copied().unwrap_or(false);
        let plan = matches!(column.role, ColumnRole::Year | ColumnRole::Component);
        let last = column.years.as_ref().and_then(|years| years.last().copied());
        let outside = total.is_none_or(|total| index < total) || column.path.first() != main_parent.as_ref();
        if money && plan && outside && last.is_some_and(|last| last < start) {
            column.role = ColumnRole::PriorPlan;
        }
    }
}

/// In project tables a time column gives the years of execution.
pub(super) fn project_roles(maker: Maker<'_>, columns: &mut [Column]) {
    let is_step = |column: &Column| {
        let leaf = column.path.last().map(|leaf| fold(leaf)).unwrap_or_default();
        maker.grammar.tables.steps.iter().any(|words| leaf.contains(words.as_str()))
    };
    for column in columns.iter_mut().filter(|column| column.role == ColumnRole::Deadline) {
        if is_step(column) {
            column.role = ColumnRole::Other;
        }
    }
    if columns.iter().any(|column| column.role == ColumnRole::Period) {
        return;
    }
    columns
        .iter_mut()
        .filter(|column| column.role == ColumnRole::Deadline)
        .take(2)
        .for_each(|column| column.role = ColumnRole::Period);
}
