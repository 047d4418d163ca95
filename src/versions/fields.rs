//! The fields of a part, each with its words as printed and a key by which they are compared.
//!
//! Keys leave out what is no difference of content: case, spacing, punctuation, where a tone mark stands, how a number or
//! a date is written, whether an agency is abbreviated. What is not understood is compared by its words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::columns::Names;
use super::parts::{Node, Part};
use crate::grammar::phrase::plain;
use crate::model::{Agency, Deadline, DeadlineKind, Funding, Item, PrintedValue, Project, Target, Task};
use crate::text::{squeeze, word_key};
use crate::value::{Number, Period, Quantity, Relation, Unit};

/// What a part says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The name, title or text.
    Name,
    /// The unit.
    Unit,
    /// A value of a target; `column` says of which years.
    Value,
    /// The lead agencies.
    Lead,
    /// The coordinating agencies.
    Coordinators,
    /// The deadline or schedule.
    Deadline,
    /// The funding.
    Funding,
    /// The product.
    Product,
    /// The note.
    Note,
    /// The project class.
    Class,
    /// The location.
    Location,
    /// The design size.
    Size,
    /// The scope.
    Scope,
    /// The years that it takes.
    Duration,
    /// The years of execution.
    Period,
    /// An amount; `column` says which.
    Amount,
    /// How many items a group's heading declares.
    DeclaredCount,
    /// "Ban hành kèm theo …".
    IssuedWith,
    /// A column of the table.
    Column,
    /// A cell; `column` says which.
    Cell,
    /// The kind of the document.
    DocumentKind,
    /// The document's title.
    Title,
    /// The document's subtitle.
    Subtitle,
    /// The issuing body.
    Issuer,
    /// The body above it.
    ParentIssuer,
    /// The locality.
    Locality,
    /// The place of signing.
    SigningPlace,
    /// The document's number.
    DocumentNumber,
    /// The document's date.
    Date,
    /// The term.
    Term,
    /// A legal ground.
    Basis,
    /// A recipient.
    Recipient,
    /// Who signed.
    Signature,
}

/// A field with what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) field: Field,
    /// The name of the column, for amounts, values and cells.
    pub(super) column: Option<String>,
    /// By which a column is found again.
    pub(super) column_key: String,
    /// The words as printed; nothing where nothing is.
    pub(super) words: Option<String>,
    /// By which they are compared; empty where nothing is said.
    pub(super) key: String,
}

/// The fields of a part. `names` are the names of its table's columns.
pub(super) fn of(part: &Part<'_>, names: &Names) -> Vec<Said> {
    let mut out = Fields { names, list: Vec::new() };
    out.words(Field::Name, Some(&part.name));
    match part.node {
        Node::Item(Item::Target(target)) => out.target(target),
        Node::Item(Item::Task(task)) => out.task(task),
        Node::Item(Item::Project(project)) => out.project(project),
        Node::Item(Item::Plan(plan)) => {
            out.agencies(Field::Lead, &plan.lead);
            out.words(Field::Location, plan.location.as_deref());
            out.deadline(plan.schedule.as_ref());
            out.words(Field::Note, plan.note.as_deref());
        }
        Node::Group(group) => {
            out.words(Field::DeclaredCount, group.declared_count.map(|count| count.to_string()).as_deref());
            out.amounts(group.amounts.as_deref().unwrap_or_default());
        }
        Node::Appendix(appendix) => {
            out.unit(appendix.unit.as_ref());
            out.words(Field::IssuedWith, appendix.issued_with.as_ref().map(|it| it.raw.as_str()));
        }
        Node::Row(row) => {
            out.list.clear();
            for (at, cell) in row.cells.iter().enumerate() {
                let (key, name) = names.at(at);
                let words = cell.raw.as_deref();
                out.list.push(said(Field::Cell, words, text_key(words.unwrap_or_default())).under(key, name));
            }
        }
        Node::Section(_) | Node::Block(_) => {}
    }
    out.list
}

struct Fields<'a> {
    names: &'a Names,
    list: Vec<Said>,
}

impl Fields<'_> {
    fn target(&mut self, target: &Target) {
        self.unit(target.unit.as_ref());
        for (at, it) in target.values.iter().enumerate() {
            let name = it.period.map(years);
            // Without years the order must do; two columns of one period are told apart by it too.
            let before = target.values.iter().take(at).filter(|other| other.period == it.period).count();
            let key = format!("{} {before}", name.as_deref().unwrap_or_default());
            self.list
                .push(said(Field::Value, it.value.raw.as_deref(), quantity_key(&it.value)).under(key, name));
        }
        self.agencies(Field::Lead, &target.lead);
        self.words(Field::Note, target.note.as_deref());
    }

    fn task(&mut self, task: &Task) {
        self.agencies(Field::Lead, &task.lead);
        self.agencies(Field::Coordinators, &task.coordinators);
        self.deadline(task.deadline.as_ref());
        self.funding(task.funding.as_ref());
        self.amounts(&task.amounts);
        self.words(Field::Product, task.product.as_deref());
        self.words(Field::Note, task.note.as_deref());
    }

    fn project(&mut self, project: &Project) {
        self.words(Field::Class, project.class.as_deref());
        self.words(Field::Location, project.location.as_deref());
        self.words(Field::Size, project.size.as_deref());
        self.words(Field::Scope, project.scope.as_deref());
        self.words(Field::Duration, project.duration_years.map(|it| it.normalized().to_string()).as_deref());
        self.words(Field::Period, project.period.map(years).as_deref());
        self.amounts(&project.amounts);
        self.agencies(Field::Lead, &project.lead);
        self.funding(project.funding.as_ref());
        self.words(Field::Note, project.note.as_deref());
    }

    fn words(&mut self, field: Field, words: Option<&str>) {
        self.list.push(said(field, words, text_key(words.unwrap_or_default())));
    }

    fn unit(&mut self, unit: Option<&Unit>) {
        let key = unit.map(unit_key).unwrap_or_default();
        self.list.push(said(Field::Unit, unit.map(|unit| unit.raw.as_str()), key));
    }

    fn agencies(&mut self, field: Field, agencies: &[Agency]) {
        let mut keys: Vec<&str> = agencies.iter().map(|agency| agency.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        let words: Vec<&str> = agencies.iter().map(|agency| agency.name.as_str()).collect();
        self.list.push(said(field, Some(&words.join("; ")), keys.join(" ")));
    }

    fn deadline(&mut self, deadline: Option<&Deadline>) {
        let key = deadline.map(deadline_key).unwrap_or_default();
        self.list.push(said(Field::Deadline, deadline.map(|it| it.raw.as_str()), key));
    }

    fn funding(&mut self, funding: Option<&Funding>) {
        let key = funding.map(funding_key).unwrap_or_default();
        self.list.push(said(Field::Funding, funding.map(|it| it.raw.as_str()), key));
    }

    fn amounts(&mut self, amounts: &[crate::model::Amount]) {
        for amount in amounts {
            let (key, name) = self.names.of(&amount.column);
            let value = &amount.value;
            self.list.push(said(Field::Amount, value.raw.as_deref(), quantity_key(value)).under(key, name));
        }
    }
}

impl Said {
    fn under(mut self, key: String, name: Option<String>) -> Self {
        self.column_key = key;
        self.column = name;
        self
    }
}

/// A field without a column.
pub(super) fn said(field: Field, words: Option<&str>, key: String) -> Said {
    let words = words.map(unmarked).filter(|words| !words.is_empty());
    Said { field, column: None, column_key: String::new(), words, key }
}

/// The words of a text in lower case without punctuation, the tone mark of each in one place.
pub(super) fn text_key(text: &str) -> String {
    let plain = plain(&unmarked(text));
    plain.split(' ').map(word_key_of_plain).collect::<Vec<_>>().join(" ")
}

/// A printed value that may be blank in part.
pub(super) fn printed_key(value: &PrintedValue) -> String {
    text_key(value.value.as_deref().unwrap_or(&value.raw))
}

/// A range of years: "2026-2030", "2026".
#[must_use]
pub fn years(period: Period) -> String {
    match (period.from, period.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from}-{to}"),
        (Some(from), None) => format!("{from}-"),
        (None, Some(to)) => format!("-{to}"),
        (None, None) => String::new(),
    }
}

/// The text without tags and marks of emphasis, with single spaces.
fn unmarked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        match after.split_once('>').filter(|(tag, _)| is_tag(tag)) {
            Some((_, after)) => rest = after,
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    squeeze(&out.replace("**", "").trim_matches('*').replace(" *", " ").replace("* ", " "))
}

fn is_tag(tag: &str) -> bool {
    let name = tag.trim_start_matches('/');
    !name.is_empty() && name.len() < 12 && name.chars().all(|c| c.is_ascii_alphanumeric())
}

/// A plain word keeps `%`, `/` and separators of numbers, which a key of letters would drop.
fn word_key_of_plain(word: &str) -> String {
    if word.chars().all(char::is_alphabetic) { word_key(word) } else { word.to_owned() }
}

/// A quantity by what it says; by its words where it is not understood.
pub(super) fn quantity_key(quantity: &Quantity) -> String {
    if quantity.relation == Relation::None {
        return text_key(quantity.raw.as_deref().unwrap_or_default());
    }
    let bound = |bound: Option<Number>| bound.map(|it| it.normalized().to_string()).unwrap_or_default();
    let unit = quantity.unit.as_ref().map(unit_key).unwrap_or_default();
    format!("{:?} {} {} {unit}", quantity.relation, bound(quantity.low), bound(quantity.high))
}

fn unit_key(unit: &Unit) -> String {
    match &unit.base {
        Some(base) => {
            format!("{base} {} {}", unit.factor.normalized(), unit.per.as_deref().unwrap_or_default())
        }
        None => text_key(&unit.raw),
    }
}

fn deadline_key(deadline: &Deadline) -> String {
    use DeadlineKind::{Mixed, OnEvent, Unknown};
    let by_words = matches!(deadline.kind, Unknown | Mixed | OnEvent) || deadline.problem.is_some();
    let words = if by_words { text_key(&deadline.raw) } else { String::new() };
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    format!(
        "{:?} {} {} {} {} {} {words}",
        deadline.kind,
        part(&deadline.from),
        part(&deadline.to),
        part(&deadline.recurrence),
        text_key(&part(&deadline.condition)),
        deadline.approximate,
    )
}

/// Sources that are known, and every number beside them.
fn funding_key(funding: &Funding) -> String {
    let words = text_key(&funding.raw);
    if funding.sources.is_empty() {
        return words;
    }
    let mut sources = funding.sources.clone();
    sources.sort_unstable();
    let numbers = words.split(' ').filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    sources.into_iter().chain(numbers.map(str::to_owned)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_is_no_content() {
        assert_eq!(text_key("PHƯỜNG  Hoà Bình (mới)"), text_key("phường Hòa Bình – mới"));
        assert_eq!(text_key("<i>Trong đó:</i> *số năm*"), text_key("Trong đó: số năm"));
        assert_ne!(text_key("thể trận"), text_key("thế trận"));
        assert_ne!(text_key("đạt 90%"), text_key("đạt 95%"));
        assert_ne!(text_key("1.5 ha"), text_key("15 ha"));
        assert_eq!(unmarked("chỉ số < 3 và > 2"), "chỉ số < 3 và > 2");
    }
}
