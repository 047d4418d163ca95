//! Targets, tasks, projects, amounts, plans and sections as rows.

use rustc_hash::FxHashSet;
use serde::Serialize;

use super::Kind::{Bool, Date, Decimal, Int, Text};
use super::{Column, Input, Value, column, place};
use crate::model::{
    Agency, Amount, Appendix, Deadline, Funding, Group, Item, Plan, Project, Section, Target, TargetValue,
    Task,
};
use crate::value::{Quantity, Relation, Unit};

/// Columns of targets.
pub(super) const TARGETS: &[Column] = &[
    column("id", Text),
    column("appendix", Text),
    column("group", Text),
    column("group_title", Text),
    column("number", Text),
    column("marker", Text),
    column("parent", Text),
    column("name", Text),
    column("period_from", Int),
    column("period_to", Int),
    column("relation", Text),
    column("low", Decimal),
    column("high", Decimal),
    column("value_raw", Text),
    column("unit", Text),
    column("unit_base", Text),
    column("unit_factor", Decimal),
    column("unit_per", Text),
    column("deferred", Bool),
    column("lead", Text),
    column("lead_keys", Text),
    column("note", Text),
    column("line", Int),
    column("column", Int),
    column("place", Text),
];

/// Columns of tasks.
pub(super) const TASKS: &[Column] = &[
    column("id", Text),
    column("appendix", Text),
    column("group", Text),
    column("group_title", Text),
    column("number", Text),
    column("name", Text),
    column("lead", Text),
    column("lead_keys", Text),
    column("coordinators", Text),
    column("coordinator_keys", Text),
    column("deadline", Text),
    column("deadline_kind", Text),
    column("deadline_from", Date),
    column("deadline_to", Date),
    column("recurrence", Text),
    column("condition", Text),
    column("approximate", Bool),
    column("funding", Text),
    column("funding_sources", Text),
    column("product", Text),
    column("note", Text),
    column("line", Int),
    column("column", Int),
    column("place", Text),
];

/// Columns of projects.
pub(super) const PROJECTS: &[Column] = &[
    column("id", Text),
    column("appendix", Text),
    column("group", Text),
    column("group_title", Text),
    column("number", Text),
    column("name", Text),
    column("class", Text),
    column("location", Text),
    column("size", Text),
    column("scope", Text),
    column("duration_years", Decimal),
    column("period_from", Int),
    column("period_to", Int),
    column("total", Decimal),
    column("unit", Text),
    column("unit_base", Text),
    column("unit_factor", Decimal),
    column("lead", Text),
    column("lead_keys", Text),
    column("funding", Text),
    column("funding_sources", Text),
    column("note", Text),
    column("line", Int),
    column("column", Int),
    column("place", Text),
];

/// Columns of amounts.
pub(super) const AMOUNTS: &[Column] = &[
    column("of", Text),
    column("of_kind", Text),
    column("appendix", Text),
    column("column_id", Text),
    column("column_title", Text),
    column("role", Text),
    column("year", Int),
    column("relation", Text),
    column("low", Decimal),
    column("high", Decimal),
    column("value_raw", Text),
    column("unit", Text),
    column("unit_base", Text),
    column("unit_factor", Decimal),
    column("unit_inferred", Bool),
    column("line", Int),
    column("column", Int),
    column("place", Text),
];

/// Columns of plans.
pub(super) const PLANS: &[Column] = &[
    column("id", Text),
    column("appendix", Text),
    column("group", Text),
    column("group_title", Text),
    column("number", Text),
    column("name", Text),
    column("location", Text),
    column("schedule", Text),
    column("schedule_kind", Text),
    column("schedule_from", Date),
    column("schedule_to", Date),
    column("recurrence", Text),
    column("condition", Text),
    column("approximate", Bool),
    column("lead", Text),
    column("lead_keys", Text),
    column("note", Text),
    column("line", Int),
    column("column", Int),
    column("place", Text),
];

/// Columns of sections.
pub(super) const SECTIONS: &[Column] = &[
    column("id", Text),
    column("parent", Text),
    column("level", Int),
    column("number", Text),
    column("title", Text),
    column("text", Text),
    column("blocks", Int),
    column("line", Int),
    column("column", Int),
    column("place", Text),
];

pub(super) fn targets(input: &Input<'_>) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for (appendix, item) in items(input) {
        let Item::Target(target) = item else { continue };
        let blank = [TargetValue::default()];
        let values = if target.values.is_empty() { &blank[..] } else { &target.values };
        rows.extend(values.iter().map(|value| target_row(input, appendix, target, value)));
    }
    rows
}

fn target_row(input: &Input<'_>, appendix: &Appendix, target: &Target, value: &TargetValue) -> Vec<Value> {
    let mut row = start(input, appendix, &target.id, target.group.as_deref(), target.number.as_deref());
    row.extend([
        target.marker.as_deref().into(),
        target.parent.as_deref().into(),
        target.name.as_str().into(),
        value.period.and_then(|period| period.from).into(),
        value.period.and_then(|period| period.to).into(),
    ]);
    row.extend(quantity(&value.value));
    let unit = value.value.unit.as_ref().or(target.unit.as_ref()).or(appendix.unit.as_ref());
    row.extend(units(unit));
    row.extend([unit.and_then(|unit| unit.per.as_deref()).into(), target.deferred.into()]);
    row.extend(agencies(&target.lead));
    row.push(target.note.as_deref().into());
    let own = if value.value.at.line > 0 { &value.value.at } else { &target.at };
    row.extend(place(own, input.catalogue));
    row
}

pub(super) fn tasks(input: &Input<'_>) -> Vec<Vec<Value>> {
    let task = |(appendix, item): (&Appendix, &Item)| match item {
        Item::Task(task) => Some(task_row(input, appendix, task)),
        _ => None,
    };
    items(input).filter_map(task).collect()
}

fn task_row(input: &Input<'_>, appendix: &Appendix, task: &Task) -> Vec<Value> {
    let mut row = start(input, appendix, &task.id, task.group.as_deref(), task.number.as_deref());
    row.push(task.name.as_str().into());
    row.extend(agencies(&task.lead));
    row.extend(agencies(&task.coordinators));
    row.extend(deadline(task.deadline.as_ref()));
    row.extend(funding(task.funding.as_ref()));
    row.extend([task.product.as_deref().into(), task.note.as_deref().into()]);
    row.extend(place(&task.at, input.catalogue));
    row
}

pub(super) fn projects(input: &Input<'_>) -> Vec<Vec<Value>> {
    let project = |(appendix, item): (&Appendix, &Item)| match item {
        Item::Project(project) => Some(project_row(input, appendix, project)),
        _ => None,
    };
    items(input).filter_map(project).collect()
}

fn project_row(input: &Input<'_>, appendix: &Appendix, project: &Project) -> Vec<Value> {
    let mut row = start(input, appendix, &project.id, project.group.as_deref(), project.number.as_deref());
    row.push(project.name.as_str().into());
    let texts = [&project.class, &project.location, &project.size, &project.scope];
    row.extend(texts.map(|text| Value::from(text.as_deref())));
    row.extend([
        project.duration_years.into(),
        project.period.and_then(|period| period.from).into(),
        project.period.and_then(|period| period.to).into(),
    ]);
    let total = project.amounts.iter().find(|amount| amount.role == crate::model::AmountRole::Total);
    row.push(total.and_then(|total| total.value.exact()).into());
    row.extend(units(total.and_then(|total| total.value.unit.as_ref()).or(appendix.unit.as_ref())));
    row.extend(agencies(&project.lead));
    row.extend(funding(project.funding.as_ref()));
    row.push(project.note.as_deref().into());
    row.extend(place(&project.at, input.catalogue));
    row
}

pub(super) fn plans(input: &Input<'_>) -> Vec<Vec<Value>> {
    let plan = |(appendix, item): (&Appendix, &Item)| match item {
        Item::Plan(plan) => Some(plan_row(input, appendix, plan)),
        _ => None,
    };
    items(input).filter_map(plan).collect()
}

fn plan_row(input: &Input<'_>, appendix: &Appendix, plan: &Plan) -> Vec<Value> {
    let mut row = start(input, appendix, &plan.id, plan.group.as_deref(), plan.number.as_deref());
    row.extend([plan.name.as_str().into(), plan.location.as_deref().into()]);
    row.extend(deadline(plan.schedule.as_ref()));
    row.extend(agencies(&plan.lead));
    row.push(plan.note.as_deref().into());
    row.extend(place(&plan.at, input.catalogue));
    row
}

pub(super) fn amounts(input: &Input<'_>) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for appendix in &input.document.appendices {
        let mut add = |of: &str, kind: &str, amounts: &[Amount]| {
            rows.extend(amounts.iter().map(|amount| amount_row(input, appendix, (of, kind), amount)));
        };
        for item in &appendix.items {
            let kind = match item {
                Item::Target(_) => "target",
                Item::Task(_) => "task",
                Item::Project(_) => "project",
                Item::Plan(_) => "plan",
            };
            add(item.id(), kind, item.amounts());
        }
        for Group { id, amounts, .. } in &appendix.groups {
            add(id, "group", amounts.as_deref().unwrap_or_default());
        }
        // Rows of groups are among the totals too.
        let first = |amounts: &[Amount]| amounts.first().map(|amount| amount.value.at.span);
        let groups = appendix.groups.iter().filter_map(|group| first(group.amounts.as_deref()?));
        let groups: FxHashSet<(u32, u32)> = groups.collect();
        let own = |amounts: &[Amount]| first(amounts).is_none_or(|span| !groups.contains(&span));
        for total in appendix.totals.iter().filter(|total| own(&total.amounts)) {
            add(&total.id, "total", &total.amounts);
        }
    }
    rows
}

fn amount_row(input: &Input<'_>, appendix: &Appendix, of: (&str, &str), amount: &Amount) -> Vec<Value> {
    let column = appendix.columns.iter().find(|column| column.id == amount.column);
    let mut row = vec![
        of.0.into(),
        of.1.into(),
        appendix.id.as_str().into(),
        amount.column.as_str().into(),
        column.map(|column| column.path.join(" / ")).into(),
        code(&amount.role),
        amount.year.into(),
    ];
    row.extend(quantity(&amount.value));
    let unit = amount.value.unit.as_ref().or(appendix.unit.as_ref());
    row.extend(units(unit));
    row.push(unit.map(|unit| unit.inferred).into());
    row.extend(place(&amount.value.at, input.catalogue));
    row
}

pub(super) fn sections(input: &Input<'_>) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for section in &input.document.sections {
        add_section(input, section, None, 1, &mut rows);
    }
    rows
}

fn add_section(
    input: &Input<'_>,
    section: &Section,
    parent: Option<&str>,
    level: usize,
    rows: &mut Vec<Vec<Value>>,
) {
    let line = |block: &crate::model::Block| match &block.marker {
        Some(marker) => format!("{marker} {}", block.text),
        None => block.text.clone(),
    };
    let text: Vec<String> = section.blocks.iter().map(line).collect();
    let mut row = vec![
        section.id.as_str().into(),
        parent.into(),
        level.into(),
        Some(section.number.as_str()).filter(|number| !number.is_empty()).into(),
        section.title.as_deref().into(),
        Some(text.join("\n")).filter(|text| !text.is_empty()).into(),
        section.blocks.len().into(),
    ];
    row.extend(place(&section.at, input.catalogue));
    rows.push(row);
    for inner in &section.sections {
        add_section(input, inner, Some(&section.id), level + 1, rows);
    }
}

fn items<'a>(input: &Input<'a>) -> impl Iterator<Item = (&'a Appendix, &'a Item)> {
    input
        .document
        .appendices
        .iter()
        .flat_map(|appendix| appendix.items.iter().map(move |item| (appendix, item)))
}

/// Id, appendix, group with its title, number.
fn start(
    input: &Input<'_>,
    appendix: &Appendix,
    id: &str,
    group: Option<&str>,
    number: Option<&str>,
) -> Vec<Value> {
    vec![
        id.into(),
        appendix.id.as_str().into(),
        group.into(),
        group.and_then(|id| input.titles.get(id).copied()).into(),
        number.into(),
    ]
}

fn quantity(quantity: &Quantity) -> [Value; 4] {
    let relation = if quantity.relation == Relation::None { Value::Null } else { code(&quantity.relation) };
    [relation, quantity.low.into(), quantity.high.into(), quantity.raw.as_deref().into()]
}

/// Printed unit, base and factor; a printed unit that is not known has no factor.
fn units(unit: Option<&Unit>) -> [Value; 3] {
    let base = unit.and_then(|unit| unit.base.as_deref());
    let factor = unit.filter(|unit| unit.base.is_some()).map(|unit| unit.factor);
    [unit.map(|unit| unit.raw.as_str()).into(), base.into(), factor.into()]
}

/// Names and keys, each joined with semicolons.
fn agencies(agencies: &[Agency]) -> [Value; 2] {
    let join = |part: fn(&Agency) -> &str| joined(agencies.iter().map(part));
    [join(|agency| &agency.name), join(|agency| &agency.key)]
}

fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> Value {
    let parts: Vec<&str> = parts.collect();
    if parts.is_empty() { Value::Null } else { parts.join("; ").into() }
}

fn deadline(deadline: Option<&Deadline>) -> [Value; 7] {
    let Some(deadline) = deadline else { return std::array::from_fn(|_| Value::Null) };
    let day = |day: &Option<String>| day.clone().map_or(Value::Null, Value::Date);
    [
        deadline.raw.as_str().into(),
        code(&deadline.kind),
        day(&deadline.from),
        day(&deadline.to),
        deadline.recurrence.as_deref().into(),
        deadline.condition.as_deref().into(),
        deadline.approximate.into(),
    ]
}

fn funding(funding: Option<&Funding>) -> [Value; 2] {
    let Some(funding) = funding else { return [Value::Null, Value::Null] };
    [funding.raw.as_str().into(), joined(funding.sources.iter().map(String::as_str))]
}

/// The name that the JSON has for a value of an enumeration.
pub(super) fn code(value: &impl Serialize) -> Value {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Value::Text(name),
        _ => Value::Null,
    }
}
