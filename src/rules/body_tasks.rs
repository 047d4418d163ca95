//! Tasks that only the body states, in running text: "Tôn vinh 20 giám đốc. Chủ trì: Văn phòng; phối hợp: …; thời hạn: 11/4/2027".
//!
//! One such text proves no custom. Where at least three of a document name who leads, or until when, and three in four of all
//! that name anything do, one that does not lacks it.

use std::ops::Range;

use super::Context;
use super::context::Passage;
use crate::grammar::Grammar;
use crate::model::ColumnRole;
use crate::span::At;

/// Longest label of a field, in bytes.
const LABEL: usize = 60;
/// Fewest texts that make a custom, and of how many of four it must be.
const CUSTOM: usize = 3;
const OF_FOUR: usize = 3;

/// A field of a text: its label's role, and where its value stands.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub role: ColumnRole,
    pub value: Range<usize>,
    /// From the label to the value's end.
    pub whole: Range<usize>,
}

/// A text of the body that states a task with its fields.
#[derive(Debug)]
pub(super) struct BodyTask<'a> {
    pub text: &'a str,
    pub at: &'a At,
    pub fields: Vec<Field>,
}

impl<'a> BodyTask<'a> {
    /// The words before the first field.
    pub fn name(&self) -> &'a str {
        let end = self.fields.first().map_or(self.text.len(), |field| field.whole.start);
        self.text.get(..end).unwrap_or_default().trim_end_matches([' ', '.', ';', ':', '-', '('])
    }

    /// The value of a field, if it is filled.
    pub fn value(&self, roles: &[ColumnRole]) -> Option<(&'a str, Range<usize>)> {
        let field = self.fields.iter().find(|field| roles.contains(&field.role))?;
        let value = self.text.get(field.value.clone())?;
        (!value.is_empty()).then(|| (value, field.value.clone()))
    }
}

/// The fields of a text, which semicolons and full stops part.
pub(super) fn fields(text: &str, grammar: &Grammar) -> Vec<Field> {
    let mut out = Vec::new();
    for range in parts(text) {
        let (begin, part) = (range.start, text.get(range).unwrap_or_default());
        let Some((label, value)) = part.split_once(':').filter(|(label, _)| label.len() <= LABEL) else {
            continue;
        };
        let Some(role) = grammar.tables.role(label.trim_matches(['-', '+', '–', '(', ' '])) else {
            continue;
        };
        let lead = value.len() - value.trim_start().len();
        let start = begin + label.len() + 1 + lead;
        let value = value.trim().trim_end_matches([';', '.', '/', ')', ' ']);
        let first = begin + (label.len() - label.trim_start().len());
        out.push(Field { role, value: start..start + value.len(), whole: first..start + value.len() });
    }
    out
}

/// What semicolons and full stops before a space part.
fn parts(text: &str) -> Vec<Range<usize>> {
    let stops = |(at, _): &(usize, &str)| {
        text.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            || text.get(*at..).is_some_and(|rest| rest.starts_with(';'))
    };
    let ends: Vec<usize> = text.match_indices([';', '.']).filter(stops).map(|(at, _)| at + 1).collect();
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let ends = ends.iter().copied().chain(std::iter::once(text.len()));
    starts.zip(ends).map(|(start, end)| start..end).collect()
}

/// Roles of times.
pub(super) const TIMES: &[ColumnRole] = &[ColumnRole::Deadline, ColumnRole::Period];

impl<'a> Context<'a> {
    /// The texts of the body that state tasks: who takes part, and until when or who leads.
    pub(super) fn body_tasks(&self) -> &[BodyTask<'a>] {
        self.body_tasks.get_or_init(|| {
            let passages = self.passages().into_iter().filter(|passage| passage.text.contains(':'));
            passages.filter_map(|passage| body_task(passage, self.grammar)).collect()
        })
    }
}

fn body_task<'a>(passage: Passage<'a>, grammar: &Grammar) -> Option<BodyTask<'a>> {
    let fields = fields(passage.text, grammar);
    let has = |roles: &[ColumnRole]| fields.iter().any(|field| roles.contains(&field.role));
    let kinds = [has(&[ColumnRole::Lead]), has(&[ColumnRole::Coordinators]), has(TIMES)];
    let known = kinds.into_iter().filter(|known| *known).count();
    let task = BodyTask { text: passage.text, at: passage.at, fields };
    (known > 1 && !task.name().is_empty()).then_some(task)
}

/// The tasks that leave a field out which is custom in the document.
pub(super) fn lacking<'s, 'a>(tasks: &'s [BodyTask<'a>], roles: &[ColumnRole]) -> Vec<&'s BodyTask<'a>> {
    let has = |task: &&BodyTask<'_>| task.value(roles).is_some();
    let with = tasks.iter().filter(has).count();
    if with < CUSTOM || with * 4 < tasks.len() * OF_FOUR {
        return Vec::new();
    }
    tasks.iter().filter(|task| !has(task)).collect()
}
