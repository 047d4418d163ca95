//! Tasks that the body assigns in words under a heading of their own ("Cơ quan chủ trì: …; Thời gian hoàn thành: …"), held to the
//! row of the task table that has the heading's name (R008).

use rustc_hash::FxHashMap;

use super::body_tasks;
use crate::finding::{Audit, Finding, Text};
use crate::model::{Agency, Block, ColumnRole, Deadline, DeadlineKind, Item, Section, Task};
use crate::rules::{Context, Rule, shorten};
use crate::span::At;
use crate::syntax::{agency, deadline};
use crate::text::fold;

/// Fewest words of a task's name that no other task has.
const NAME: usize = 3;

/// Reports fields of the body that the task table gives otherwise.
pub(in crate::rules) fn against_tasks(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    let mut tasks: FxHashMap<String, Option<&Task>> = FxHashMap::default();
    for item in context.document.appendices.iter().flat_map(|appendix| &appendix.items) {
        let Item::Task(task) = item else { continue };
        // A name that stands twice tells nothing.
        tasks.entry(key(&task.name)).and_modify(|found| *found = None).or_insert(Some(task));
    }
    if tasks.is_empty() {
        return;
    }
    let mut waiting: Vec<&Section> = context.document.sections.iter().collect();
    while let Some(section) = waiting.pop() {
        waiting.extend(&section.sections);
        let Some(title) = section.title.as_deref().map(key).filter(|key| key.split(' ').count() >= NAME)
        else {
            continue;
        };
        let Some(task) = tasks.get(&title).copied().flatten() else { continue };
        for block in &section.blocks {
            fields(context, block, task, audit, rule);
        }
    }
}

fn key(name: &str) -> String {
    fold(name.trim_end_matches(['.', ';', ':', ' ']))
}

fn fields(context: &Context<'_>, block: &Block, task: &Task, audit: &mut Audit, rule: &Rule) {
    let grammar = context.grammar;
    for field in body_tasks::fields(&block.text, grammar) {
        let value = block.text.get(field.value.clone()).unwrap_or_default();
        let other = match field.role {
            ColumnRole::Deadline | ColumnRole::Period => {
                let stated = deadline::deadline(value, &grammar.deadlines);
                let printed = task.deadline.as_ref();
                printed.filter(|printed| differ(&stated, printed)).map(|it| (it.raw.clone(), it.at.clone()))
            }
            ColumnRole::Lead => {
                let stated: Vec<Agency> = agency::agencies(value, &grammar.agencies)
                    .into_iter()
                    .map(|(_, agency)| agency)
                    .collect();
                let apart = !stated.is_empty() && !task.lead.is_empty() && are_apart(&stated, &task.lead);
                apart.then(|| (raws(&task.lead), task.lead.first().map_or(At::default(), |it| it.at.clone())))
            }
            _ => None,
        };
        let Some((printed, at)) = other else { continue };
        let at = if at.line > 0 { at } else { task.at.clone() };
        let words = block.text.get(field.whole).unwrap_or_default();
        let found = format!("{}: {words}", shorten(&task.name));
        let message = Text::new("r008-message").with("found", found).with("other", printed.as_str());
        let finding = Finding::new(rule.code, rule.severity, message, block.at.clone());
        let finding = finding.quoting(&block.text, field.value);
        audit.findings.push(finding.relate(at, Text::new("r008-related").with("other", printed)));
    }
}

/// Whether two times that are both known are not the same.
fn differ(stated: &Deadline, printed: &Deadline) -> bool {
    let known = |it: &Deadline| it.kind != DeadlineKind::Unknown && it.problem.is_none() && it.to.is_some();
    known(stated) && known(printed) && (&stated.from, &stated.to) != (&printed.from, &printed.to)
}

/// Whether no body of one list is one of the other; a longer name may say where a shorter one is.
fn are_apart(stated: &[Agency], printed: &[Agency]) -> bool {
    let one = |a: &Agency, b: &Agency| a.key.starts_with(b.key.as_str()) || b.key.starts_with(a.key.as_str());
    !stated.iter().any(|a| printed.iter().any(|b| one(a, b)))
}

fn raws(agencies: &[Agency]) -> String {
    agencies.iter().map(|agency| agency.raw.as_str()).collect::<Vec<_>>().join("; ")
}
