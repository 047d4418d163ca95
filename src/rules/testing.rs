//! Small models for the tests of rules, built by hand. Every node stands on a line of its own; a row's
//! cells stand on the row's line, in columns 1, 2, 3 …

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed assumption fails the test")]

use super::{Context, Rule};
use crate::finding::{Audit, Finding};
use crate::grammar::Grammar;
use crate::model::{
    Appendix, AppendixKind, Block, BlockKind, Cell, Column, ColumnRole, Document, Group, Item, Origin, Plan,
    Project, Row, RowRole, Section, Table, Target, Task,
};
use crate::span::At;

/// A place on a line.
pub(super) fn at(line: u32, column: u32) -> At {
    let start = line * 1000 + column * 10;
    At { line, column, span: (start, start + 10), ..At::default() }
}

/// The findings of one rule.
pub(super) fn findings(rule: &Rule, document: &Document) -> Vec<Finding> {
    let grammar = Grammar::embedded().unwrap();
    let mut audit = Audit::default();
    (rule.check)(&Context::new(document, &grammar), &mut audit);
    audit.findings
}

/// Line and message key of each finding of one rule.
pub(super) fn found(rule: &Rule, document: &Document) -> Vec<(u32, &'static str)> {
    findings(rule, document).iter().map(|finding| (finding.at.line, finding.message.key)).collect()
}

/// Line and quoted words of each finding of one rule.
pub(super) fn quoted(rule: &Rule, document: &Document) -> Vec<(u32, String)> {
    let words =
        |finding: &Finding| finding.quote.as_ref().map(|quote| quote.words.clone()).unwrap_or_default();
    findings(rule, document).iter().map(|finding| (finding.at.line, words(finding))).collect()
}

/// A section on a line, with paragraphs on the lines after it.
pub(super) fn section(line: u32, number: &str, title: &str, texts: &[&str]) -> Section {
    let blocks = texts.iter().zip(line + 1..).map(|(text, line)| block(line, text)).collect();
    let id = number.trim_end_matches(['.', ')']).to_owned();
    Section {
        id,
        number: number.to_owned(),
        title: Some(title.to_owned()),
        blocks,
        at: at(line, 1),
        ..Section::default()
    }
}

/// A section with sections under it.
pub(super) fn part(line: u32, number: &str, title: &str, sections: Vec<Section>) -> Section {
    Section { sections, ..section(line, number, title, &[]) }
}

/// A paragraph or list item on a line.
pub(super) fn block(line: u32, text: &str) -> Block {
    let (kind, marker, text) = match text.split_once(' ') {
        Some(("-", rest)) => (BlockKind::Bullet, Some("-"), rest),
        Some(("+", rest)) => (BlockKind::SubBullet, Some("+"), rest),
        _ => (BlockKind::Paragraph, None, text),
    };
    Block {
        kind,
        marker: marker.map(str::to_owned),
        text: text.to_owned(),
        at: at(line, 1),
        ..Block::default()
    }
}

/// An appendix whose caption stands on `line`, with a table under it: header, then rows. Cells are cut at
/// "|"; a row with one cell after its number is a group, and one that starts with ">" comes after a page
/// break. "~" is a cell that is not there.
pub(super) fn appendix(line: u32, kind: AppendixKind, label: &str, title: &str, rows: &[&str]) -> Appendix {
    let id = label.rsplit(' ').next().unwrap_or_default().trim_start_matches('0').to_owned();
    let mut out = Appendix {
        id,
        label: Some(label.to_owned()),
        kind,
        title: Some(title.to_owned()),
        at: at(line, 1),
        table: Some(Table::default()),
        ..Appendix::default()
    };
    for (k, text) in rows.iter().enumerate() {
        add_row(&mut out, line + 1 + u32::try_from(k).unwrap(), k, text);
    }
    out
}

fn add_row(out: &mut Appendix, line: u32, k: usize, text: &str) {
    let (text, after_break) = text.strip_prefix('>').map_or((text, false), |text| (text, true));
    let cells: Vec<Cell> =
        text.split('|').zip(1..).map(|(raw, column)| cell(raw, at(line, column))).collect();
    let raw = |k: usize| cells.get(k).and_then(|cell| cell.raw.clone());
    let mut row = Row {
        id: format!("{}/r{k}", out.id),
        number: raw(0),
        after_break,
        at: at(line, 0),
        ..Row::default()
    };
    let table = out.table.as_mut().unwrap();
    if k == 0 {
        let roles = cells.iter().map(|cell| role(cell.raw.as_deref().unwrap_or_default()));
        out.columns = roles
            .zip(&cells)
            .map(|(role, cell)| Column {
                role,
                path: cell.raw.iter().cloned().collect(),
                at: cell.at.clone(),
                ..Column::default()
            })
            .collect();
        row.role = RowRole::Header;
        row.cells = cells;
        table.header.push(row);
        return;
    }
    let filled = cells.iter().skip(2).filter(|cell| cell.raw.is_some()).count();
    if raw(0).is_some() && raw(1).is_some() && filled == 0 {
        let number = raw(0).unwrap();
        let id = format!("{}/{}", out.id, number.trim_end_matches('.'));
        let parent =
            number.trim_end_matches('.').rsplit_once('.').map(|(parent, _)| format!("{}/{parent}", out.id));
        row.role = RowRole::Group;
        row.of = Some(id.clone());
        out.groups.push(Group {
            id,
            number: Some(number),
            title: raw(1),
            parent,
            at: row.at.clone(),
            ..Group::default()
        });
    } else {
        let id = format!("{}/r{k}", out.id);
        row.of = Some(id.clone());
        let group = out.groups.last().map(|group| group.id.clone());
        out.items.push(item(out.kind, id, group, &cells, row.at.clone()));
    }
    row.cells = cells;
    table.rows.push(row);
}

fn cell(raw: &str, at: At) -> Cell {
    let origin = match raw {
        "~" => Origin::Lost,
        "" => Origin::Blank,
        _ => Origin::Own,
    };
    Cell { raw: (origin == Origin::Own).then(|| raw.to_owned()), origin, at, ..Cell::default() }
}

fn role(header: &str) -> ColumnRole {
    match header {
        "TT" => ColumnRole::Number,
        "Tên" => ColumnRole::Name,
        "ĐVT" => ColumnRole::Unit,
        "Chủ trì" => ColumnRole::Lead,
        "Ghi chú" => ColumnRole::Note,
        "KHV trước" => ColumnRole::PriorPlan,
        _ => ColumnRole::Value,
    }
}

fn item(kind: AppendixKind, id: String, group: Option<String>, cells: &[Cell], at: At) -> Item {
    let raw = |k: usize| cells.get(k).and_then(|cell| cell.raw.clone());
    let number = raw(0);
    let name = raw(1).unwrap_or_default();
    match kind {
        AppendixKind::Tasks => Item::Task(Box::new(Task { id, number, group, name, at, ..Task::default() })),
        AppendixKind::Projects => {
            Item::Project(Box::new(Project { id, number, group, name, at, ..Project::default() }))
        }
        AppendixKind::Plans => Item::Plan(Box::new(Plan { id, number, group, name, at, ..Plan::default() })),
        _ => Item::Target(Box::new(Target { id, number, group, name, at, ..Target::default() })),
    }
}

/// A document of sections and appendices.
pub(super) fn document(sections: Vec<Section>, appendices: Vec<Appendix>) -> Document {
    Document { sections, appendices, ..Document::default() }
}
