//! What the store keeps of a part beside its record: what its row says of the product or the size, what kind of deadline it
//! has, and what its money is counted in.

use super::database::Value;
use crate::model::{DeadlineKind, Item};
use crate::text::squeeze;
use crate::value::{Quantity, Unit};
use crate::versions::parts::{Node, Parts};

/// What else an item says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct More {
    deadline_kind: Option<String>,
    product: Option<String>,
    class: Option<String>,
    size: Option<String>,
    scope: Option<String>,
    /// The unit of its values: its own, or what the appendix declares.
    unit: Option<Unit>,
}

impl More {
    /// What a part of a version says.
    pub(super) fn of(parts: &Parts<'_>, at: usize) -> Self {
        let mut more = Self::default();
        let Some(part) = parts.get(at) else { return more };
        let words = |text: &Option<String>| text.as_deref().map(squeeze).filter(|text| !text.is_empty());
        if let Some(Node::Appendix(appendix)) = part.appendix.and_then(|at| parts.get(at)).map(|it| it.node) {
            more.unit.clone_from(&appendix.unit);
        }
        match part.node {
            Node::Item(Item::Target(target)) => more.unit.clone_from(&target.unit),
            Node::Item(Item::Task(task)) => {
                more.deadline_kind = task.deadline.as_ref().map(|it| kind(it.kind));
                more.product = words(&task.product);
            }
            Node::Item(Item::Project(project)) => {
                more.class = words(&project.class);
                more.size = words(&project.size);
                more.scope = words(&project.scope);
            }
            Node::Item(Item::Plan(plan)) => {
                more.deadline_kind = plan.schedule.as_ref().map(|it| kind(it.kind));
            }
            _ => {}
        }
        more
    }

    /// What of it is content that the record does not have; nothing for most parts.
    pub(super) fn said(&self) -> String {
        let words = [&self.product, &self.class, &self.size, &self.scope];
        if words.iter().all(|it| it.is_none()) { String::new() } else { format!("{words:?}") }
    }

    /// The values of the last columns of `state`.
    pub(super) fn values(&self) -> [Value; 5] {
        [&self.deadline_kind, &self.product, &self.class, &self.size, &self.scope].map(|it| it.clone().into())
    }

    /// What a figure is counted in, and how many of that its unit is.
    pub(super) fn scale(&self, value: &Quantity) -> [Value; 2] {
        let unit = value.unit.as_ref().or(self.unit.as_ref()).filter(|unit| unit.base.is_some());
        let factor = unit.map(|unit| unit.factor.normalized().to_string());
        [unit.and_then(|unit| unit.base.clone()).into(), factor.into()]
    }
}

/// The kind of a deadline as in the JSON.
fn kind(kind: DeadlineKind) -> String {
    let name = serde_json::to_value(kind).ok();
    name.as_ref().and_then(|it| it.as_str()).unwrap_or_default().to_owned()
}
