//! What the store keeps of a part: one row of the table `state`, and its figures.

use sha2::{Digest, Sha256};

use super::database::Value;
use super::more::More;
use crate::model::{Agency, Amount, AmountRole, Deadline, Item};
use crate::span::At;
use crate::text::{fold, squeeze};
use crate::value::{Period, Quantity, Relation};
use crate::versions::PartRef;
use crate::versions::parts::{Node, Part, Parts};

/// A part as rows. Every value but the identity and the versions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) kind: &'static str,
    pub(super) part: String,
    pub(super) appendix: Option<String>,
    pub(super) position: i64,
    pub(super) number: Option<String>,
    pub(super) label: Option<String>,
    pub(super) name: String,
    pub(super) lead: Option<String>,
    pub(super) lead_keys: Option<String>,
    pub(super) coordinators: Option<String>,
    pub(super) deadline: Option<String>,
    pub(super) due_from: Option<String>,
    pub(super) due: Option<String>,
    pub(super) recurrence: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) funding: Option<String>,
    pub(super) location: Option<String>,
    pub(super) note: Option<String>,
    pub(super) figures: Vec<Figure>,
}

/// A value or an amount.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) column: Option<String>,
    pub(super) role: Option<&'static str>,
    pub(super) years: Option<Period>,
    pub(super) value: Quantity,
    pub(super) unit: Option<String>,
}

impl Record {
    /// The record of a part of a version.
    pub(super) fn of(parts: &Parts<'_>, at: usize) -> Option<Self> {
        let part = parts.get(at)?;
        let named = PartRef::of(parts, at)?;
        let mut record = Self {
            kind: part.kind.name(),
            part: part.id.to_owned(),
            appendix: named.appendix,
            position: i64::try_from(at).unwrap_or(i64::MAX),
            number: part.number.map(squeeze),
            label: named.label,
            name: named.name,
            ..Self::default()
        };
        let unit = declared_unit(parts, part);
        match part.node {
            Node::Item(item) => record.item(item, parts, part, unit),
            Node::Group(group) => {
                record.amounts(group.amounts.as_deref().unwrap_or_default(), parts, part, unit.as_deref());
            }
            _ => {}
        }
        Some(record)
    }

    fn item(&mut self, item: &Item, parts: &Parts<'_>, part: &Part<'_>, unit: Option<String>) {
        match item {
            Item::Target(target) => {
                self.unit = target.unit.as_ref().map(|unit| unit.raw.clone());
                self.lead(&target.lead);
                self.note.clone_from(&target.note);
                self.figures = target
                    .values
                    .iter()
                    .map(|it| Figure {
                        column: it.period.map(crate::versions::years),
                        role: None,
                        years: it.period,
                        value: bare(&it.value),
                        unit: self.unit.clone(),
                    })
                    .collect();
            }
            Item::Task(task) => {
                self.lead(&task.lead);
                self.coordinators = names(&task.coordinators);
                self.deadline(task.deadline.as_ref());
                self.funding = task.funding.as_ref().map(|it| it.raw.clone());
                self.note.clone_from(&task.note);
                self.amounts(&task.amounts, parts, part, unit.as_deref());
            }
            Item::Project(project) => {
                self.lead(&project.lead);
                self.location.clone_from(&project.location);
                self.funding = project.funding.as_ref().map(|it| it.raw.clone());
                self.note.clone_from(&project.note);
                self.deadline = project.period.map(crate::versions::years);
                let end = project.period.and_then(|it| it.to);
                self.due = end.map(|year| format!("{year:04}-12-31"));
                let start = project.period.and_then(|it| it.from);
                self.due_from = start.map(|year| format!("{year:04}-01-01"));
                self.unit.clone_from(&unit);
                self.amounts(&project.amounts, parts, part, unit.as_deref());
            }
            Item::Plan(plan) => {
                self.lead(&plan.lead);
                self.location.clone_from(&plan.location);
                self.deadline(plan.schedule.as_ref());
                self.note.clone_from(&plan.note);
            }
        }
    }

    fn lead(&mut self, lead: &[Agency]) {
        self.lead = names(lead);
        let keys: Vec<&str> = lead.iter().map(|agency| agency.key.as_str()).collect();
        self.lead_keys = Some(keys.join(" ")).filter(|keys| !keys.is_empty());
    }

    fn deadline(&mut self, deadline: Option<&Deadline>) {
        let Some(deadline) = deadline else { return };
        self.deadline = Some(squeeze(&deadline.raw)).filter(|raw| !raw.is_empty());
        self.due_from.clone_from(&deadline.from);
        self.due.clone_from(&deadline.to);
        self.recurrence.clone_from(&deadline.recurrence);
    }

    fn amounts(&mut self, amounts: &[Amount], parts: &Parts<'_>, part: &Part<'_>, unit: Option<&str>) {
        let columns = match part.appendix.and_then(|at| parts.get(at)).map(|part| part.node) {
            Some(Node::Appendix(appendix)) => appendix.columns.as_slice(),
            _ => &[],
        };
        self.figures = amounts
            .iter()
            .map(|amount| {
                let column = columns.iter().find(|column| column.id == amount.column);
                let years = column.and_then(|column| column.years.as_deref());
                let of_column = years.and_then(|years| {
                    Some(Period { from: years.first().copied(), to: years.last().copied() })
                        .filter(|_| !years.is_empty())
                });
                Figure {
                    column: column.map(|column| column.path.join(" – ")),
                    role: Some(role(amount.role)),
                    years: amount.year.map(|year| Period::years(year, year)).or(of_column),
                    value: bare(&amount.value),
                    unit: unit.map(str::to_owned),
                }
            })
            .collect();
    }

    /// A hash of what the part says, and of that with its numbers and where it stands. Its position in the document is no part
    /// of either: rows that come in before it move all that follow.
    pub(super) fn digest(&self, parent: Option<&str>, more: &More) -> String {
        let more = more.said();
        let placeless = Self { position: 0, ..self.clone() };
        let content =
            Self { part: String::new(), appendix: None, number: None, label: None, ..placeless.clone() };
        hash(&format!("{content:?}{more}")) + &hash(&format!("{placeless:?} {parent:?}{more}"))
    }
}

/// Whether two digests are of parts that say the same, whatever their numbers.
pub(super) fn same_content(one: &str, other: &str) -> bool {
    one.get(..DIGITS) == other.get(..DIGITS)
}

/// Length of a hash.
const DIGITS: usize = 24;

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().take(DIGITS / 2).map(|byte| format!("{byte:02x}")).collect()
}

impl Figure {
    /// The values of the row of `figure` after its key.
    pub(super) fn values(&self) -> [Value; 9] {
        let bound = |bound: Option<crate::value::Number>| bound.map(|it| it.to_string()).into();
        let year = |year: Option<i32>| year.map(i64::from).into();
        [
            self.column.clone().into(),
            self.role.into(),
            year(self.years.and_then(|it| it.from)),
            year(self.years.and_then(|it| it.to)),
            self.value.raw.clone().into(),
            relation(self.value.relation).into(),
            bound(self.value.low),
            bound(self.value.high),
            self.unit.clone().into(),
        ]
    }
}

/// The folded name, for look-ups: no database folds "đ".
pub(super) fn folded(name: &str) -> String {
    fold(name)
}

/// By which parts of one name are found.
pub(super) fn name_key(name: &str) -> String {
    hash(&fold(name))
}

/// A quantity without its place in the file.
fn bare(quantity: &Quantity) -> Quantity {
    Quantity { at: At::default(), evidence: None, ..quantity.clone() }
}

fn names(agencies: &[Agency]) -> Option<String> {
    let names: Vec<&str> = agencies.iter().map(|agency| agency.name.as_str()).collect();
    Some(names.join("; ")).filter(|names| !names.is_empty())
}

fn declared_unit(parts: &Parts<'_>, part: &Part<'_>) -> Option<String> {
    match parts.get(part.appendix?)?.node {
        Node::Appendix(appendix) => appendix.unit.as_ref().map(|unit| unit.raw.clone()),
        _ => None,
    }
}

fn role(role: AmountRole) -> &'static str {
    match role {
        AmountRole::Total => "total",
        AmountRole::Component => "component",
        AmountRole::Year => "year",
        AmountRole::PriorPlan => "prior_plan",
    }
}

fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Eq => "eq",
        Relation::Lt => "lt",
        Relation::Le => "le",
        Relation::Gt => "gt",
        Relation::Ge => "ge",
        Relation::Between => "between",
        Relation::Of => "of",
        Relation::None => "none",
    }
}
