//! Tasks that only the body states, in running text: "Tôn vinh 20 giám đốc. Chủ trì: Văn phòng; phối hợp: …; thời hạn: 11/4/2027",
//! or with these fields in passages of their own right under the task's.
//!
//! One such text proves no custom. Where at least three of a document name who leads, or until when, and three in four of all
//! that name anything do, one that does not lacks it.

use std::ops::Range;

use crate::grammar::Grammar;
use crate::model::ColumnRole;
use crate::rules::Context;
use crate::span::At;

/// Longest label of a field, in bytes.
const LABEL: usize = 60;
/// Fewest texts that make a custom, and of how many of four it must be.
const CUSTOM: usize = 3;
const OF_FOUR: usize = 3;

/// A field of a text: its label's role, and where its value stands.
#[derive(Debug, Clone)]
pub(in crate::rules) struct Field {
    pub role: ColumnRole,
    pub value: Range<usize>,
    /// From the label to the value's end.
    pub whole: Range<usize>,
}

/// A field with the passage that it stands in.
#[derive(Debug)]
pub(in crate::rules) struct Placed<'a> {
    pub text: &'a str,
    pub at: &'a At,
    pub field: Field,
}

impl<'a> Placed<'a> {
    /// The words of the value.
    pub fn words(&self) -> &'a str {
        self.text.get(self.field.value.clone()).unwrap_or_default()
    }
}

/// A text of the body that states a task, with its fields.
#[derive(Debug)]
pub(in crate::rules) struct BodyTask<'a> {
    pub text: &'a str,
    pub at: &'a At,
    /// Where its own fields begin in the text.
    end: usize,
    pub fields: Vec<Placed<'a>>,
}

impl<'a> BodyTask<'a> {
    /// The words before the first field.
    pub fn name(&self) -> &'a str {
        self.text.get(..self.end).unwrap_or_default().trim_end_matches([' ', '.', ';', ':', '-', '('])
    }

    /// The first field of some roles, if it is filled.
    pub fn value(&self, roles: &[ColumnRole]) -> Option<&Placed<'a>> {
        let field = self.fields.iter().find(|it| roles.contains(&it.field.role))?;
        (!field.words().is_empty()).then_some(field)
    }
}

/// The fields of a text, which semicolons and full stops part.
pub(in crate::rules) fn fields(text: &str, grammar: &Grammar) -> Vec<Field> {
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
pub(in crate::rules) const TIMES: &[ColumnRole] = &[ColumnRole::Deadline, ColumnRole::Period];

impl<'a> Context<'a> {
    /// The texts of the body that state tasks: who takes part, and until when or who leads.
    pub(in crate::rules) fn body_tasks(&self) -> &[BodyTask<'a>] {
        self.body_tasks.get_or_init(|| {
            let mut tasks: Vec<BodyTask<'a>> = Vec::new();
            for passage in self.passages() {
                let found =
                    if passage.text.contains(':') { fields(passage.text, self.grammar) } else { Vec::new() };
                let end = found.first().map_or(passage.text.len(), |field| field.whole.start);
                let placed =
                    found.into_iter().map(|field| Placed { text: passage.text, at: passage.at, field });
                let task = BodyTask { text: passage.text, at: passage.at, end, fields: placed.collect() };
                match tasks.last_mut() {
                    // Nothing but fields: those of the task above.
                    Some(last) if !task.fields.is_empty() && task.name().is_empty() => {
                        last.fields.extend(task.fields)
                    }
                    // Only what stands right above fields is a task.
                    Some(last) if last.fields.is_empty() => *last = task,
                    _ => tasks.push(task),
                }
            }
            tasks.retain(is_task);
            tasks
        })
    }
}

/// Whether a text has two kinds of fields at least, and a name.
fn is_task(task: &BodyTask<'_>) -> bool {
    let has = |roles: &[ColumnRole]| task.fields.iter().any(|it| roles.contains(&it.field.role));
    let kinds = [has(&[ColumnRole::Lead]), has(&[ColumnRole::Coordinators]), has(TIMES)];
    kinds.into_iter().filter(|known| *known).count() > 1 && !task.name().is_empty()
}

/// The tasks that leave a field out which is custom in the document.
pub(in crate::rules) fn lacking<'s, 'a>(
    tasks: &'s [BodyTask<'a>],
    roles: &[ColumnRole],
) -> Vec<&'s BodyTask<'a>> {
    let has = |task: &&BodyTask<'_>| task.value(roles).is_some();
    let with = tasks.iter().filter(has).count();
    if with < CUSTOM || with * 4 < tasks.len() * OF_FOUR {
        return Vec::new();
    }
    tasks.iter().filter(|task| !has(task)).collect()
}
