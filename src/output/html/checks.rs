//! A check with its operands, what they give, what is printed, and the difference.

use maud::{Markup, html};

use super::Page;
use crate::finding::Outcome;
use crate::output::report::Check;
use crate::value::Number;

/// Operands that are listed; further ones are in the JSON and in the workbook.
const OPERANDS: usize = 80;

impl<'a> Page<'a> {
    /// The operands of a check as a table.
    pub(super) fn operands(&self, check: [&'a Check; 2]) -> Markup {
        let [first, second] = check;
        let more = first.operands.len().saturating_sub(OPERANDS);
        html! {
            p.statement { (self.pair(check.map(|it| it.statement.as_str()))) }
            table.operands {
                tbody {
                    @for (one, other) in first.operands.iter().zip(&second.operands).take(OPERANDS) {
                        tr {
                            th scope="row" { (self.pair([&one.label, &other.label])) }
                            td.num { (self.value(one.value)) }
                            td.at { (self.link(&one.at)) }
                        }
                    }
                    @if more > 0 {
                        tr { th scope="row" { "+ " (more) } td {} td {} }
                    }
                }
                tfoot {
                    tr { th scope="row" { (self.label("report-expected")) } td.num { (self.value(first.expected)) } td {} }
                    tr {
                        th scope="row" { (self.label("report-actual")) }
                        td.num { (self.value(first.actual)) }
                        td.at { (self.link(&first.at)) }
                    }
                    tr.difference.(outcome_class(first.outcome)) {
                        th scope="row" { (self.label("report-difference")) }
                        td.num { (self.value(first.difference)) }
                        td {}
                    }
                }
            }
            @if let (Some(one), Some(other)) = (&first.reason, &second.reason) {
                p.reason { (self.pair([one, other])) }
            }
        }
    }

    /// What a check's outcome is called, with a sign that does not need colour.
    pub(super) fn outcome(&self, outcome: Outcome) -> Markup {
        let (sign, key) = match outcome {
            Outcome::Holds => ("✓", "outcome-holds"),
            Outcome::Fails => ("✗", "outcome-fails"),
            Outcome::Unverifiable => ("?", "outcome-unverifiable"),
        };
        html! { span.outcome.(outcome_class(outcome)) { span aria-hidden="true" { (sign) } " " (self.label(key)) } }
    }

    /// A place that links to its node.
    pub(super) fn link(&self, at: &crate::span::At) -> Markup {
        match self.locator.node(at) {
            Some(node) => html! { a href={ "#" (self.anchor(node)) } { (self.place(at)) } },
            None => self.place(at),
        }
    }

    fn value(&self, value: Option<Number>) -> Markup {
        match value {
            Some(value) => self.number(value),
            None => html! { span.blank { "–" } },
        }
    }
}

/// The class of an outcome.
pub(super) fn outcome_class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Holds => "holds",
        Outcome::Fails => "fails",
        Outcome::Unverifiable => "unverifiable",
    }
}
