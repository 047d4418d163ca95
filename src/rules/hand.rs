//! Small models for the tests of rules, built from tab-separated rows without the stages before the audit.

#![allow(clippy::unwrap_used, reason = "a model that cannot be built fails the test")]

use std::sync::LazyLock;

use super::values::read;
use super::{Context, Rule};
use crate::finding::{Audit, Finding};
use crate::grammar::Grammar;
use crate::model::{
    Agency, Amount, AmountRole, Appendix, AppendixKind, Block, Cell, Column, ColumnRole, Deadline, Document,
    Group, Item, Origin, Plan, Project, Row, RowRole, Section, Table, Target, TargetValue, Task, Total,
};
use crate::span::At;
use crate::text::kebab;
use crate::value::{Number, Period, Quantity, Relation, Unit};

/// A place: the row's number as its line, the cell's number as its column.
pub(super) fn at(line: usize, column: usize) -> At {
    let (line, column) = (u32::try_from(line).unwrap(), u32::try_from(column).unwrap());
    At { line, column, span: (line * 1000 + column * 10, line * 1000 + column * 10 + 9), ..At::default() }
}

/// What a rule finds in a document.
pub(super) fn findings(rule: &Rule, document: &Document) -> Vec<Finding> {
    static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| Grammar::embedded().unwrap());
    let mut audit = Audit::default();
    (rule.check)(&Context::new(document, &GRAMMAR), &mut audit);
    audit.findings
}

/// Lines and columns of what a rule finds.
pub(super) fn places(rule: &Rule, document: &Document) -> Vec<(u32, u32)> {
    findings(rule, document).iter().map(|finding| (finding.at.line, finding.at.column)).collect()
}

/// A document with one appendix.
pub(super) fn document(appendix: Appendix) -> Document {
    Document { appendices: vec![appendix], ..Document::default() }
}

/// What a rule finds in a table of targets with the columns number, name, unit and value.
pub(super) fn in_targets(rule: &Rule, rows: &str) -> Vec<(u32, u32)> {
    places(rule, &document(appendix(AppendixKind::Targets, TARGET_COLUMNS, rows)))
}

/// The columns of a usual table of targets.
pub(super) const TARGET_COLUMNS: &[(&str, ColumnRole)] = &[
    ("TT", ColumnRole::Number),
    ("Chỉ tiêu", ColumnRole::Name),
    ("ĐVT", ColumnRole::Unit),
    ("2030", ColumnRole::Value),
];

/// A document with paragraphs, one a line from line 1.
pub(super) fn body(paragraphs: &[&str]) -> Document {
    let block =
        |(n, text): (usize, &&str)| Block { text: (*text).to_owned(), at: at(n + 1, 1), ..Block::default() };
    let blocks = paragraphs.iter().enumerate().map(block).collect();
    Document { sections: vec![Section { blocks, ..Section::default() }], ..Document::default() }
}

/// An appendix of tab-separated rows. `columns` are headers with roles; a row whose number is Roman is a
/// group, one whose number is "-" or blank a part of the numbered row above, one of "=" a total. "^" is a cell
/// covered by the merged cell above it.
pub(super) fn appendix(kind: AppendixKind, columns: &[(&str, ColumnRole)], rows: &str) -> Appendix {
    let mut builder = Builder::new(kind, columns);
    for (n, line) in rows.lines().enumerate() {
        builder.row(n + 2, line);
    }
    builder.appendix
}

struct Builder {
    appendix: Appendix,
    group: Option<String>,
    parent: Option<String>,
}

impl Builder {
    fn new(kind: AppendixKind, columns: &[(&str, ColumnRole)]) -> Self {
        let column = |(n, (header, role)): (usize, &(&str, ColumnRole))| Column {
            id: format!("c{}", n + 1),
            path: vec![(*header).to_owned()],
            role: *role,
            years: years(header),
            at: at(1, n + 1),
            ..Column::default()
        };
        let columns = columns.iter().enumerate().map(column).collect();
        let table = Some(Table::default());
        let appendix =
            Appendix { id: "1".to_owned(), kind, columns, table, at: at(1, 1), ..Appendix::default() };
        Self { appendix, group: None, parent: None }
    }

    fn row(&mut self, line: usize, text: &str) {
        let mut cells: Vec<Cell> =
            text.split('\t').enumerate().map(|(n, raw)| cell(raw, at(line, n + 1))).collect();
        while cells.len() < self.appendix.columns.len() {
            cells.push(Cell { origin: Origin::Lost, ..Cell::default() });
        }
        let number = cells.first().and_then(|cell| cell.raw.clone());
        let roman = number.as_deref().is_some_and(|n| n.bytes().all(|byte| b"IVX".contains(&byte)));
        let id = format!("1/{line}");
        let role = match number.as_deref() {
            Some("=") => RowRole::Total,
            _ if roman => RowRole::Group,
            _ => RowRole::Item,
        };
        let row = Row {
            id: format!("1/r{line}"),
            role,
            of: Some(id.clone()),
            number,
            cells,
            at: at(line, 1),
            ..Row::default()
        };
        match role {
            RowRole::Total => self.total(id, &row),
            RowRole::Group => self.group_row(id, &row),
            _ => self.item(id, &row),
        }
        self.appendix.table.as_mut().unwrap().rows.push(row);
    }

    fn total(&mut self, id: String, row: &Row) {
        let label = self.words(row, ColumnRole::Name).unwrap_or_default();
        self.appendix.totals.push(Total {
            id,
            label,
            amounts: self.amounts(row),
            at: row.at.clone(),
            ..Total::default()
        });
    }

    fn group_row(&mut self, id: String, row: &Row) {
        self.group = Some(id.clone());
        self.parent = None;
        let group = Group {
            id,
            number: row.number.clone(),
            title: self.words(row, ColumnRole::Name),
            at: row.at.clone(),
            ..Group::default()
        };
        self.appendix.groups.push(group);
    }

    fn item(&mut self, id: String, row: &Row) {
        let part = matches!(row.number.as_deref(), None | Some("-" | "+"));
        let number = if part { None } else { row.number.clone() };
        let (group, parent) = (self.group.clone(), if part { self.parent.clone() } else { None });
        if !part {
            self.parent = Some(id.clone());
        }
        let name = self.words(row, ColumnRole::Name).unwrap_or_default();
        let note = self.words(row, ColumnRole::Note);
        let at = row.at.clone();
        let item = match self.appendix.kind {
            AppendixKind::Tasks => Item::Task(Box::new(Task {
                lead: self.agencies(row, ColumnRole::Lead),
                coordinators: self.agencies(row, ColumnRole::Coordinators),
                deadline: self.deadline(row),
                id,
                number,
                group,
                name,
                note,
                at,
                ..Task::default()
            })),
            AppendixKind::Projects => Item::Project(Box::new(Project {
                amounts: self.amounts(row),
                period: self.words(row, ColumnRole::Period).and_then(|text| period(&text)),
                location: self.words(row, ColumnRole::Location),
                id,
                number,
                group,
                name,
                note,
                at,
                ..Project::default()
            })),
            AppendixKind::Plans => Item::Plan(Box::new(Plan {
                schedule: self.deadline(row),
                id,
                number,
                group,
                name,
                note,
                at,
                ..Plan::default()
            })),
            _ => Item::Target(Box::new(Target {
                unit: self.words(row, ColumnRole::Unit).map(|raw| unit(&raw)),
                values: self.values(row),
                deferred: name.starts_with("Các chỉ tiêu khác"),
                id,
                number,
                parent,
                group,
                name,
                note,
                at,
                ..Target::default()
            })),
        };
        self.appendix.items.push(item);
    }

    fn cells<'r>(&'r self, row: &'r Row, role: ColumnRole) -> impl Iterator<Item = (&'r Column, &'r Cell)> {
        self.appendix.columns.iter().zip(&row.cells).filter(move |(column, _)| column.role == role)
    }

    fn words(&self, row: &Row, role: ColumnRole) -> Option<String> {
        self.cells(row, role).find_map(|(_, cell)| cell.raw.clone())
    }

    fn values(&self, row: &Row) -> Vec<TargetValue> {
        let value = |(column, cell): (&Column, &Cell)| TargetValue {
            period: column
                .years
                .as_ref()
                .and_then(|years| Some(Period::years(*years.first()?, *years.last()?))),
            value: quantity(cell),
        };
        self.cells(row, ColumnRole::Value).map(value).collect()
    }

    fn amounts(&self, row: &Row) -> Vec<Amount> {
        let role = |role| match role {
            ColumnRole::Total => Some(AmountRole::Total),
            ColumnRole::Component => Some(AmountRole::Component),
            ColumnRole::Year => Some(AmountRole::Year),
            ColumnRole::PriorPlan => Some(AmountRole::PriorPlan),
            _ => None,
        };
        let amount = |(column, cell): (&Column, &Cell)| {
            let year = column.years.as_ref().and_then(|years| years.first().copied());
            Some(Amount { column: column.id.clone(), role: role(column.role)?, year, value: quantity(cell) })
        };
        self.appendix.columns.iter().zip(&row.cells).filter_map(amount).collect()
    }

    fn agencies(&self, row: &Row, role: ColumnRole) -> Vec<Agency> {
        let Some((_, cell)) = self.cells(row, role).next() else { return Vec::new() };
        if cell.origin == Origin::Inherited {
            return vec![Agency { inferred: true, ..agency("Văn phòng", cell) }];
        }
        cell.raw.iter().flat_map(|raw| raw.split(';')).map(|raw| agency(raw.trim(), cell)).collect()
    }

    fn deadline(&self, row: &Row) -> Option<Deadline> {
        let (_, cell) = self.cells(row, ColumnRole::Deadline).next()?;
        let raw = cell.raw.clone()?;
        let years = years(&raw);
        let from = years.as_ref().and_then(|years| years.first()).map(|year| format!("{year}-01-01"));
        let to = years.as_ref().and_then(|years| years.last()).map(|year| format!("{year}-12-31"));
        Some(Deadline { raw, from, to, at: cell.at.clone(), ..Deadline::default() })
    }
}

fn agency(raw: &str, cell: &Cell) -> Agency {
    Agency {
        raw: raw.to_owned(),
        key: kebab(raw),
        name: raw.to_owned(),
        inferred: false,
        at: cell.at.clone(),
    }
}

fn cell(raw: &str, at: At) -> Cell {
    match raw {
        "" => Cell { at, ..Cell::default() },
        "^" => Cell { origin: Origin::Inherited, from: Some("above".to_owned()), at, ..Cell::default() },
        _ => Cell { raw: Some(raw.to_owned()), origin: Origin::Own, at, ..Cell::default() },
    }
}

/// A value: "12,5", "≥ 68", "< 3", "9/10"; anything else is unreadable.
fn quantity(cell: &Cell) -> Quantity {
    let Some(raw) = &cell.raw else { return Quantity { at: cell.at.clone(), ..Quantity::default() } };
    let mut quantity = Quantity { raw: Some(raw.clone()), at: cell.at.clone(), ..Quantity::default() };
    let (relation, digits) = match raw.chars().next() {
        Some('≥') => (Relation::Ge, raw.trim_start_matches(['≥', ' '])),
        Some('<') => (Relation::Lt, raw.trim_start_matches(['<', ' '])),
        _ => (Relation::Eq, raw.as_str()),
    };
    if let Some((low, high)) = digits.split_once('/') {
        let (low, high) = (low.parse().ok(), high.parse().ok());
        return Quantity { relation: Relation::Of, low, high, ..quantity };
    }
    if let Some(value) = number(digits) {
        quantity.relation = relation;
        quantity.low = (relation != Relation::Lt).then_some(value);
        quantity.high = (relation != Relation::Ge).then_some(value);
    }
    quantity
}

fn number(digits: &str) -> Option<Number> {
    let clean =
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte));
    clean.then(|| read(digits, true).or_else(|| read(digits, false)))?
}

/// A unit with the bases that the tests need.
pub(super) fn unit(raw: &str) -> Unit {
    let lower = raw.to_lowercase();
    let (head, per) = lower.split_once('/').map_or((lower.as_str(), None), |(head, per)| (head, Some(per)));
    let (base, factor) = match head {
        "%" => (Some("percent"), 1),
        "người" => (Some("person"), 1),
        "hộ" => (Some("household"), 1),
        "tuổi" => (Some("year"), 1),
        "ha" => (Some("hectare"), 1),
        "usd" => (Some("USD"), 1),
        "tỷ đồng" => (Some("VND"), 1_000_000_000),
        "1.000 tỷ đồng" => (Some("VND"), 1_000_000_000_000),
        "triệu đồng" => (Some("VND"), 1_000_000),
        _ => (None, 1),
    };
    let per = per.map(|per| if per == "năm" { "year" } else { "person" }.to_owned());
    Unit {
        raw: raw.to_owned(),
        base: base.map(str::to_owned),
        factor: Number::whole(factor),
        per,
        inferred: false,
        evidence: None,
    }
}

fn years(text: &str) -> Option<Vec<i32>> {
    let years = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse().ok());
    let years: Vec<i32> = years.collect();
    (!years.is_empty()).then_some(years)
}

fn period(text: &str) -> Option<Period> {
    let years = years(text)?;
    Some(Period::years(*years.first()?, *years.last()?))
}
