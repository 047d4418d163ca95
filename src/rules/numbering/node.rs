//! What a number is printed on, and where.

use crate::finding::{Finding, Text};
use crate::model::{Appendix, Group, Item, Section};
use crate::rules::rows::RowIndex;
use crate::rules::{Rule, shorten};
use crate::span::At;

/// What a number is printed on.
#[derive(Debug, Clone, Copy)]
pub(in crate::rules) enum Node<'a> {
    /// A section of the body.
    Section(&'a Section),
    /// A group of an appendix.
    Group(&'a Appendix, &'a Group),
    /// An item of an appendix.
    Item(&'a Appendix, &'a Item),
}

impl<'a> Node<'a> {
    /// The printed number.
    pub fn number(self) -> &'a str {
        match self {
            Self::Section(section) => &section.number,
            Self::Group(_, group) => group.number.as_deref().unwrap_or_default(),
            Self::Item(_, item) => item.number().unwrap_or_default(),
        }
    }

    /// The number without the marks around it, to speak of it.
    pub fn bare(self) -> &'a str {
        self.number().trim().trim_end_matches(['.', ':'])
    }

    /// The title or name beside the number.
    pub fn title(self) -> &'a str {
        match self {
            Self::Section(section) => section.title.as_deref().unwrap_or_default(),
            Self::Group(_, group) => group.title.as_deref().unwrap_or_default(),
            Self::Item(_, item) => item.name(),
        }
    }

    /// Where the number stands: its cell, or its heading.
    pub fn at(self, rows: &mut RowIndex<'a>) -> &'a At {
        match self {
            Self::Section(section) => &section.at,
            Self::Group(appendix, group) => {
                rows.cell_with(appendix, &group.id, self.number()).unwrap_or(&group.at)
            }
            Self::Item(appendix, item) => {
                rows.cell_with(appendix, item.id(), self.number()).unwrap_or_else(|| item.at())
            }
        }
    }

    /// A finding at the number.
    pub fn finding(self, rule: &Rule, message: Text, rows: &mut RowIndex<'a>) -> Finding {
        let number = self.number();
        Finding::new(rule.code, rule.severity, message, self.at(rows).clone())
            .quoting(number, 0..number.len())
    }

    /// The node as a place that matters to a finding.
    pub fn related(self, rows: &mut RowIndex<'a>) -> (At, Text) {
        let label = Text::new("n-related").with("number", self.bare()).with("title", shorten(self.title()));
        (self.at(rows).clone(), label)
    }
}
