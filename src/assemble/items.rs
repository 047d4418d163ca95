//! Typed items from rows.

use std::borrow::Cow;

use super::blocks::quantities_at;
use super::known::Known;
use super::lined::lined;
use super::marked::marked;
use super::rows::RowFacts;
use super::{Maker, by_content, stored};
use crate::grammar::DeadlineWords;
use crate::model::{
    Agency, Amount, AmountRole, AppendixKind, Cell, Column, ColumnRole, Deadline, DeadlineKind, Funding,
    Item, Origin, Plan, Project, Row, Target, TargetValue, Task,
};
use crate::span::At;
use crate::syntax::number::Decimal;
use crate::syntax::{agency, deadline, funding, number, quantity, unit};
use crate::text::{fold, head};
use crate::value::{Number, Period, Quantity, Relation, Unit};

/// A row with what is needed to read it.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub maker: Maker<'a>,
    pub columns: &'a [Column],
    pub row: &'a Row,
    pub decimals: &'a [Decimal],
    pub known: &'a Known,
}

impl<'a> Context<'a> {
    fn cells(&self, role: ColumnRole) -> impl Iterator<Item = (usize, &'a Column, &'a Cell)> {
        let row = self.row;
        self.columns
            .iter()
            .enumerate()
            .filter(move |(_, column)| column.role == role)
            .filter_map(move |(index, column)| Some((index, column, row.cells.get(index)?)))
    }

    fn cell(&self, role: ColumnRole) -> Option<(&'a str, &'a Cell)> {
        self.cells(role).find_map(|(_, _, cell)| Some((cell.raw.as_deref()?, cell)))
    }

    fn text(&self, role: ColumnRole) -> Option<String> {
        let texts: Vec<&str> = self.cells(role).filter_map(|(_, _, cell)| cell.raw.as_deref()).collect();
        (!texts.is_empty()).then(|| texts.join("; "))
    }

    fn agencies(&self, role: ColumnRole) -> Vec<Agency> {
        if let Some(agencies) = marked(*self, role) {
            return agencies;
        }
        let Some((text, cell)) = self.named(role) else { return Vec::new() };
        let read = || agency::agencies(&text, &self.maker.grammar.agencies);
        let named = || read().into_iter().map(|(_, agency)| agency).collect();
        let mut agencies = self.known.agencies.of(&text, named);
        for agency in &mut agencies {
            agency.at = cell.at.clone();
            agency.inferred = cell.origin == Origin::Inherited;
        }
        agencies
    }

    /// The words that name the agencies of a role, and the cell that they are in.
    fn named(&self, role: ColumnRole) -> Option<(Cow<'a, str>, &'a Cell)> {
        if let Some((text, cell)) = self.shared(role) {
            return Some((Cow::Borrowed(text), cell));
        }
        let printed = |(text, cell): (&'a str, &'a Cell)| {
            let lines = lined(self.maker, cell);
            (lines.map_or(Cow::Borrowed(text), Cow::Owned), cell)
        };
        let own = self.cell(role).map(printed);
        let both = match (role, own) {
            // "Chủ trì: Sở Y tế. Phối hợp: Sở Nội vụ" in one cell.
            (ColumnRole::Coordinators, None) => self.cell(ColumnRole::Lead).map(printed)?,
            (ColumnRole::Lead, Some(own)) => own,
            (_, own) => return own,
        };
        let (text, cell) = &both;
        match agency::parts(text, &self.maker.grammar.agencies) {
            Some(parts) if role == ColumnRole::Lead => Some((Cow::Owned(parts.lead), cell)),
            Some(parts) => Some((Cow::Owned(parts.coordinators), cell)),
            None => (role == ColumnRole::Lead).then_some(both),
        }
    }

    /// The lead's or the coordinators' part of a cell under "Cơ quan chủ trì / phối hợp", which a slash or a semicolon
    /// parts.
    fn shared(&self, role: ColumnRole) -> Option<(&'a str, &'a Cell)> {
        let (_, column, cell) = self.cells(ColumnRole::Lead).next()?;
        let header = fold(column.path.last()?);
        let words = &self.maker.grammar.tables;
        let both = header.split(['/', ',', ';']).map(|part| words.role(part.trim()));
        if !both.into_iter().any(|role| role == Some(ColumnRole::Coordinators)) {
            return None;
        }
        let raw = cell.raw.as_deref()?;
        // What labels say goes before.
        if agency::parts(raw, &self.maker.grammar.agencies).is_some() {
            return None;
        }
        let (lead, others) = raw.split_once(['/', ';'])?;
        match role {
            ColumnRole::Lead => Some((lead.trim(), cell)),
            ColumnRole::Coordinators => Some((others.trim(), cell)),
            _ => None,
        }
    }

    fn deadline(&self, role: ColumnRole) -> Option<Deadline> {
        let read = |text: &str| deadline::deadline(text, &self.maker.grammar.deadlines);
        if let Some((text, mut at)) = self.ticked() {
            let first = if at.is_empty() { At::default() } else { at.remove(0) };
            return Some(Deadline { at: At { also: at, ..first }, ..read(&text) });
        }
        let (text, cell) = self.cell(role)?;
        if let Some((text, end)) = self.beginning_and_end(role) {
            let mut deadline = read(&text);
            deadline.at = cell.at.clone();
            deadline.at.also.push(end);
            return Some(deadline);
        }
        let mut deadline = self.known.deadlines.of(text, || read(text));
        deadline.inferred = cell.origin == Origin::Inherited;
        deadline.at = cell.at.clone();
        Some(deadline)
    }

    /// The headers of the columns of times in which a row has a tick ("x" under "Quý I" and "Quý II"), and its places.
    fn ticked(&self) -> Option<(String, Vec<At>)> {
        let ticks = &self.maker.grammar.structure.rows.ticks;
        let read = |text: &str| deadline::deadline(text, &self.maker.grammar.deadlines);
        let ticked = self.columns.iter().zip(&self.row.cells).filter(|(column, cell)| {
            // "Quý I" over ticks.
            let named = || {
                let other = matches!(column.role, ColumnRole::Other | ColumnRole::Component);
                let leaf = column.path.last().filter(|_| other);
                leaf.is_some_and(|leaf| read(leaf).kind != DeadlineKind::Unknown)
            };
            let timed = || column.role == ColumnRole::Deadline || column.years.is_some() || named();
            cell.raw.as_ref().is_some_and(|raw| ticks.contains(raw)) && timed()
        });
        let (headers, places): (Vec<&str>, Vec<At>) =
            ticked.filter_map(|(column, cell)| Some((column.path.last()?.as_str(), cell.at.clone()))).unzip();
        (!headers.is_empty()).then(|| (headers.join("; "), places))
    }

    /// "Quý I/2026 - Quý IV/2027" where beginning and end have a column each under one header, and the end's place.
    fn beginning_and_end(&self, role: ColumnRole) -> Option<(String, At)> {
        let mut cells = self.cells(role);
        let ((_, first, begins), (_, last, ends)) = (cells.next()?, cells.next()?);
        let one_time = cells.next().is_none() && by_content::is_range(self.maker, first, last);
        let (from, to) = begins.raw.as_deref().zip(ends.raw.as_deref())?;
        (one_time && from != to)
            .then(|| (format!("{from} - {to}"), At { also: Vec::new(), ..ends.at.clone() }))
    }

    fn funding(&self) -> Option<Funding> {
        // "Kinh phí (triệu đồng)" over amounts is the table's total, and still each row's funding.
        let amount = || {
            let grammar = self.maker.grammar;
            let named = |header: &String| grammar.tables.role(header) == Some(ColumnRole::Funding);
            let (_, _, cell) = self
                .cells(ColumnRole::Total)
                .find(|(_, column, _)| matches!(column.path.as_slice(), [header] if named(header)))?;
            Some((cell.raw.as_deref()?, cell))
        };
        let (text, cell) = self.cell(ColumnRole::Funding).or_else(amount)?;
        let mut funding = funding::funding(text, &self.maker.grammar.funding);
        funding.at = cell.at.clone();
        Some(funding)
    }

    /// The quantity of a cell. A number that a space splits is read whole, and says so.
    fn quantity(&self, index: usize, cell: &Cell) -> Quantity {
        let Some(raw) = &cell.raw else { return Quantity { at: cell.at.clone(), ..Quantity::default() } };
        let units = &self.maker.grammar.units;
        let column = self.decimal(index);
        // A number that could be read two ways is the one that the file holds.
        let decimal = stored::reading(cell, raw, column);
        let mut value = quantity::quantity(raw, decimal, units);
        if decimal != column {
            value.evidence = Some("stored".to_owned());
        }
        if value.relation == Relation::None
            && let Some(whole) = number::broken(raw)
        {
            let read = quantity::quantity(&whole, self.decimal(index), units);
            value = Quantity { raw: value.raw, evidence: Some("broken".to_owned()), ..read };
        }
        value.at = cell.at.clone();
        value
    }

    fn decimal(&self, index: usize) -> Decimal {
        self.decimals.get(index).copied().unwrap_or(Decimal::Comma)
    }
}

/// The row's money cells, blank ones included.
pub(super) fn amounts(context: &Context<'_>) -> Vec<Amount> {
    let mut out = Vec::new();
    for (index, column) in context.columns.iter().enumerate() {
        let role = match column.role {
            ColumnRole::Total => AmountRole::Total,
            ColumnRole::Component => AmountRole::Component,
            ColumnRole::Year => AmountRole::Year,
            ColumnRole::PriorPlan => AmountRole::PriorPlan,
            _ => continue,
        };
        let Some(cell) = context.row.cells.get(index) else { continue };
        let value = context.quantity(index, cell);
        let year = match column.years.as_deref() {
            Some([year]) => Some(*year),
            _ => None,
        };
        out.push(Amount { column: column.id.clone(), role, year, value });
    }
    out
}

/// The values of a total row in a table of targets.
pub(super) fn values(context: &Context<'_>) -> Vec<Amount> {
    let cells = context.cells(ColumnRole::Value);
    cells
        .map(|(index, column, cell)| Amount {
            column: column.id.clone(),
            role: AmountRole::Component,
            year: column
                .years
                .as_deref()
                .and_then(|years| if let [year] = years { Some(*year) } else { None }),
            value: context.quantity(index, cell),
        })
        .collect()
}

/// The typed item of a row; `None` in a table of an unknown kind.
pub(super) fn item(
    context: &Context<'_>,
    kind: AppendixKind,
    facts: &RowFacts,
    id: String,
    group: Option<String>,
    parent: Option<String>,
) -> Option<Item> {
    let number =
        facts.number.as_ref().map(|number| number.trim().to_owned()).filter(|number| !number.is_empty());
    let head = Head { id, number, group, name: facts.name.clone(), note: context.text(ColumnRole::Note) };
    Some(match kind {
        AppendixKind::Targets | AppendixKind::Growth => {
            let Head { id, number, group, name, note } = head;
            let at = context.row.at.clone();
            let empty = Target { id, number, parent, group, name, note, at, ..Target::default() };
            Item::Target(Box::new(target(context, facts, empty)))
        }
        AppendixKind::Tasks => Item::Task(Box::new(task(context, head))),
        AppendixKind::Projects => Item::Project(Box::new(project(context, head))),
        AppendixKind::Plans => Item::Plan(Box::new(plan(context, head))),
        AppendixKind::Other => return None,
    })
}

/// What items of every kind have.
struct Head {
    id: String,
    number: Option<String>,
    group: Option<String>,
    name: String,
    note: Option<String>,
}

fn task(context: &Context<'_>, head: Head) -> Task {
    let Head { id, number, group, name, note } = head;
    let at = context.row.at.clone();
    let named_at = context.cell(ColumnRole::Name).map_or(&at, |(_, cell)| &cell.at);
    Task {
        lead: context.agencies(ColumnRole::Lead),
        coordinators: context.agencies(ColumnRole::Coordinators),
        deadline: context.deadline(ColumnRole::Deadline),
        funding: context.funding(),
        amounts: amounts(context),
        product: context.text(ColumnRole::Product),
        quantities: quantities_at(context.maker, &name, named_at),
        id,
        number,
        group,
        name,
        note,
        at,
    }
}

fn project(context: &Context<'_>, head: Head) -> Project {
    let Head { id, number, group, name, note } = head;
    let printed = || context.cell(ColumnRole::Period).map(|(text, _)| text.to_owned());
    let ends = context.beginning_and_end(ColumnRole::Period).map(|(text, _)| text);
    Project {
        class: context.text(ColumnRole::Class),
        location: context.text(ColumnRole::Location),
        size: context.text(ColumnRole::Size),
        scope: context.text(ColumnRole::Scope),
        duration_years: context.text(ColumnRole::Duration).and_then(|text| first_number(&text)),
        period: ends.or_else(printed).and_then(|text| period(&text, &context.maker.grammar.deadlines)),
        amounts: amounts(context),
        lead: context.agencies(ColumnRole::Lead),
        funding: context.funding(),
        id,
        number,
        group,
        name,
        note,
        at: context.row.at.clone(),
    }
}

fn plan(context: &Context<'_>, head: Head) -> Plan {
    let Head { id, number, group, name, note } = head;
    Plan {
        location: context.text(ColumnRole::Location),
        schedule: context.deadline(ColumnRole::Deadline),
        lead: context.agencies(ColumnRole::Lead),
        id,
        number,
        group,
        name,
        note,
        at: context.row.at.clone(),
    }
}

fn target(context: &Context<'_>, facts: &RowFacts, target: Target) -> Target {
    let units = &context.maker.grammar.units;
    let own_unit = context.cell(ColumnRole::Unit).map(|(text, _)| unit::unit(text, units));
    let headed: Vec<Option<Unit>> =
        context.cells(ColumnRole::Value).map(|(_, column, _)| unit_of_header(context, column)).collect();
    // "Số hộ" beside "Tỷ lệ hộ nghèo (%)": each value has the unit of its own column.
    let one_unit = headed.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
    let values: Vec<TargetValue> = context
        .cells(ColumnRole::Value)
        .zip(&headed)
        .map(|((index, column, cell), headed)| {
            let mut value = context.quantity(index, cell);
            if !one_unit && own_unit.is_none() && value.unit.is_none() && !value.is_blank() {
                value.unit.clone_from(headed);
            }
            TargetValue { period: column_period(column), value }
        })
        .collect();
    let values = of_all(values);
    let header_unit = headed.into_iter().flatten().next().filter(|_| one_unit);
    let folded = fold(head(&facts.name, 60));
    let blank = values.iter().all(|value| value.value.is_blank());
    // "Thực hiện theo kế hoạch riêng của Ban An toàn giao thông" over the unit and all values: a remark, no unit.
    let is_remark =
        |unit: &Unit| blank && unit.base.is_none() && unit.raw.split_whitespace().count() >= REMARK_WORDS;
    let (own_unit, remark) = match own_unit {
        Some(unit) if is_remark(&unit) => (None, Some(unit.raw)),
        unit => (unit, None),
    };
    let named = || {
        context.maker.grammar.structure.rows.deferred.iter().any(|words| folded.starts_with(words.as_str()))
    };
    let deferred = remark.is_some() || blank && named();
    Target {
        marker: facts.marker.clone(),
        unit: own_unit.or(header_unit).or_else(|| unit_of_name(context, &facts.name)),
        lead: context.agencies(ColumnRole::Lead),
        values,
        deferred,
        note: target.note.or(remark),
        ..target
    }
}

/// "24/24" beside "22/24" is so many of as many, and not all day long.
fn of_all(mut values: Vec<TargetValue>) -> Vec<TargetValue> {
    let of = |it: &TargetValue| it.value.high.filter(|_| it.value.relation == Relation::Of);
    let Some(whole) = values.iter().find_map(of) else { return values };
    for value in values.iter_mut().map(|it| &mut it.value).filter(|it| it.relation == Relation::None) {
        let all = value.raw.as_deref().and_then(|raw| raw.split_once('/'));
        let is_whole = |part: &str| part.trim().parse() == Ok(whole);
        if all.is_some_and(|(part, of)| is_whole(part) && is_whole(of)) {
            (value.relation, value.low, value.high) = (Relation::Of, Some(whole), Some(whole));
        }
    }
    values
}

/// Fewest words of a remark in the place of a unit.
const REMARK_WORDS: usize = 5;

/// "(% năm)" in a value column's header.
fn unit_of_header(context: &Context<'_>, column: &Column) -> Option<Unit> {
    column.path.iter().rev().find_map(|text| {
        let (_, rest) = text.rsplit_once('(')?;
        let inner = rest.split(')').next()?.trim();
        let unit = unit::unit(inner, &context.maker.grammar.units);
        unit.base.is_some().then_some(unit)
    })
}

/// "(triệu đồng/người/năm)" at the end of a target's name.
fn unit_of_name(context: &Context<'_>, name: &str) -> Option<Unit> {
    let (_, rest) = name.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let unit = unit::unit(rest.trim(), &context.maker.grammar.units);
    unit.base.is_some().then_some(unit)
}

fn column_period(column: &Column) -> Option<Period> {
    match column.years.as_deref()? {
        [year] => Some(Period::years(*year, *year)),
        [from, to] => Some(Period::years(*from, *to)),
        _ => None,
    }
}

/// Years of execution: "2024-2026", "2026".
fn period(text: &str, grammar: &DeadlineWords) -> Option<Period> {
    if let Some((_, period)) = deadline::period_in(text).into_iter().next() {
        return Some(period);
    }
    match deadline::years_of_header(text).as_deref() {
        Some([year]) => Some(Period::years(*year, *year)),
        Some([from, to]) => Some(Period::years(*from, *to)),
        _ => whole_years(&deadline::deadline(text, grammar)),
    }
}

/// The years from the first to the last day of "Quý IV/2026 - Quý II/2028".
fn whole_years(deadline: &Deadline) -> Option<Period> {
    let year = |date: &Option<String>| date.as_deref()?.get(..4)?.parse().ok();
    Some(Period::years(year(&deadline.from)?, year(&deadline.to)?))
}

/// "8 năm" is 8.
fn first_number(text: &str) -> Option<Number> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = text.get(start..)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(rest.len());
    number::read(rest.get(..end)?.trim_end_matches([',', '.']), Decimal::Comma)
}
