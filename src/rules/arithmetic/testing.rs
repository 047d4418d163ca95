//! Appendices for the tests of arithmetic rules, built row by row.
#![allow(clippy::unwrap_used, reason = "a broken test table fails the test")]

use crate::finding::Audit;
use crate::grammar::Grammar;
use crate::model::{
    Amount, AmountRole, Appendix, AppendixKind, Cell, Column, ColumnRole, Document, Group, Item, Project,
    Row, RowRole, Table, Total,
};
use crate::rules::{Context, Rule};
use crate::span::At;
use crate::value::{Number, Period, Quantity, Relation};

/// The embedded grammar.
pub(crate) fn grammar() -> Grammar {
    Grammar::embedded().unwrap()
}

/// What a rule says of one appendix.
pub(crate) fn run(rule: &Rule, appendix: Appendix) -> Audit {
    run_all(&[rule], appendix)
}

/// What several rules say of one appendix, in their order.
pub(crate) fn run_all(rules: &[&Rule], appendix: Appendix) -> Audit {
    let document = Document { appendices: vec![appendix], ..Document::default() };
    let grammar = grammar();
    let mut audit = Audit::default();
    for rule in rules {
        (rule.check)(&Context::new(&document, &grammar), &mut audit);
    }
    audit
}

/// Lines of the findings, in the order in which they were made. The first row of a table is line 1.
pub(crate) fn lines(audit: &Audit) -> Vec<(u32, u32)> {
    audit.findings.iter().map(|finding| (finding.at.line, finding.at.column)).collect()
}

/// An appendix of projects under construction. A row stands on the line of its number, from 1; the money
/// column `n`, from 0, stands in column `n + 3`.
pub(crate) struct Build {
    appendix: Appendix,
    group: Vec<(usize, String)>,
    line: u32,
    inferred: Vec<(u32, u32)>,
}

impl Build {
    /// A table with money columns; "Nhu cầu|Tổng số" is a path, "Tổng số#7=8+9" has an index. Roles come
    /// from the words "tổng", "trung hạn" and from single years.
    pub fn new(headers: &[&str]) -> Self {
        let mut columns =
            vec![column("c1", "TT", ColumnRole::Number), column("c2", "Tên dự án", ColumnRole::Name)];
        for (i, header) in headers.iter().enumerate() {
            let (path, index) =
                header.split_once('#').map_or((*header, None), |(path, index)| (path, Some(index)));
            let years = super::ledger::years_in(path.rsplit('|').next().unwrap());
            let mut column = column(&format!("c{}", i + 3), path, role(path, years));
            column.index = index.map(str::to_owned);
            column.years =
                years.map(|(first, last)| if first == last { vec![first] } else { vec![first, last] });
            column.at = at(0, u32::try_from(i).unwrap() + 3);
            columns.push(column);
        }
        let table = Some(Table::default());
        let kind = AppendixKind::Projects;
        let appendix = Appendix { id: "1".to_owned(), kind, columns, table, ..Appendix::default() };
        Self { appendix, group: Vec::new(), line: 0, inferred: Vec::new() }
    }

    /// A title of the appendix.
    pub fn title(mut self, title: &str) -> Self {
        self.appendix.title = Some(title.to_owned());
        self
    }

    /// A group; no cells means that its row prints no amounts. Capital letters are above Roman digits, and
    /// Roman digits above digits.
    pub fn group(self, number: &str, title: &str, cells: &[&str]) -> Self {
        self.add_group(number, title, None, cells)
    }

    /// A group that declares a count.
    pub fn group_of(self, number: &str, title: &str, count: u32, cells: &[&str]) -> Self {
        self.add_group(number, title, Some(count), cells)
    }

    fn add_group(mut self, number: &str, title: &str, declared_count: Option<u32>, cells: &[&str]) -> Self {
        let level = match number.chars().next() {
            Some('A'..='H') => 0,
            Some('I' | 'V' | 'X') => 1,
            _ => 2,
        };
        self.group.retain(|(above, _)| *above < level);
        let parent = self.group.last().map(|(_, id)| id.clone());
        let id = format!("{}/{number}", parent.clone().unwrap_or_else(|| "1".to_owned()));
        let at = self.row(&id, number, RowRole::Group);
        let amounts = (!cells.is_empty()).then(|| self.amounts(cells));
        if let Some(amounts) = &amounts {
            self.appendix.totals.push(Total {
                id: format!("{id}/total"),
                label: title.to_owned(),
                formula: None,
                group: Some(id.clone()),
                part_of: None,
                amounts: amounts.clone(),
                at: at.clone(),
            });
        }
        self.group.push((level, id.clone()));
        self.appendix.groups.push(Group {
            id,
            number: Some(number.to_owned()),
            title: Some(title.to_owned()),
            parent,
            declared_count,
            amounts,
            at,
            ..Group::default()
        });
        self
    }

    /// Marks the last group as lost and inferred.
    pub fn inferred(mut self) -> Self {
        self.appendix.groups.last_mut().unwrap().inferred = true;
        self
    }

    /// Marks the last group as one that lost rows.
    pub fn incomplete(mut self) -> Self {
        self.appendix.groups.last_mut().unwrap().incomplete = true;
        self
    }

    /// An item; an empty number is none.
    pub fn item(mut self, number: &str, name: &str, cells: &[&str]) -> Self {
        let id = format!("1/i{}", self.appendix.items.len() + 1);
        let at = self.row(&id, number, RowRole::Item);
        let amounts = self.amounts(cells);
        self.appendix.items.push(Item::Project(Box::new(Project {
            id,
            number: (!number.is_empty()).then(|| number.to_owned()),
            group: self.group.last().map(|(_, id)| id.clone()),
            name: name.to_owned(),
            amounts,
            at,
            ..Project::default()
        })));
        self
    }

    /// Years of execution of the last item.
    pub fn lasting(mut self, from: i32, to: i32) -> Self {
        if let Some(Item::Project(project)) = self.appendix.items.last_mut() {
            project.period = Some(Period::years(from, to));
        }
        self
    }

    /// A total of the whole table.
    pub fn total(mut self, label: &str, formula: Option<&str>, cells: &[&str]) -> Self {
        let id = format!("1/t{}", self.appendix.totals.len() + 1);
        let at = self.row(&id, "", RowRole::Total);
        let amounts = self.amounts(cells);
        let formula = formula.map(str::to_owned);
        self.appendix.totals.push(Total {
            id,
            label: label.to_owned(),
            formula,
            amounts,
            at,
            ..Total::default()
        });
        self
    }

    /// A total of the group that is open.
    pub fn subtotal(mut self, label: &str, cells: &[&str]) -> Self {
        let group = self.group.last().map(|(_, id)| id.clone());
        self = self.total(label, None, cells);
        self.appendix.totals.last_mut().unwrap().group = group;
        self
    }

    /// Marks a money cell of the last row as filled from a merged cell.
    pub fn merged(mut self, column: u32) -> Self {
        self.inferred.push((self.line, column));
        self
    }

    /// The appendix.
    pub fn appendix(mut self) -> Appendix {
        for (line, column) in self.inferred {
            let row = self.appendix.table.as_mut().unwrap().rows.get_mut(line as usize - 1).unwrap();
            row.cells.get_mut(column as usize + 2).unwrap().origin = crate::model::Origin::Inherited;
        }
        self.appendix
    }

    fn row(&mut self, of: &str, number: &str, role: RowRole) -> At {
        self.line += 1;
        let at = at(self.line, 1);
        let cells = vec![Cell::default(); self.appendix.columns.len()];
        let number = (!number.is_empty()).then(|| number.to_owned());
        let id = format!("1/r{}", self.line);
        let row =
            Row { id, role, of: Some(of.to_owned()), number, cells, after_break: false, at: at.clone() };
        self.appendix.table.as_mut().unwrap().rows.push(row);
        at
    }

    fn amounts(&self, cells: &[&str]) -> Vec<Amount> {
        let money = self.appendix.columns.iter().skip(2);
        money
            .enumerate()
            .map(|(i, column)| {
                let text = cells.get(i).copied().unwrap_or_default();
                let role = match column.role {
                    ColumnRole::Total => AmountRole::Total,
                    ColumnRole::Year => AmountRole::Year,
                    ColumnRole::PriorPlan => AmountRole::PriorPlan,
                    _ => AmountRole::Component,
                };
                let year = column
                    .years
                    .as_ref()
                    .filter(|years| years.len() == 1)
                    .and_then(|years| years.first().copied());
                let value = quantity(text, at(self.line, u32::try_from(i).unwrap() + 3));
                Amount { column: column.id.clone(), role, year, value }
            })
            .collect()
    }
}

/// A quantity of a plain decimal ("12.50"); other text has no number.
pub(crate) fn quantity(text: &str, at: At) -> Quantity {
    let number = text.parse::<Number>().ok();
    let relation = if number.is_some() { Relation::Eq } else { Relation::None };
    let raw = (!text.is_empty()).then(|| text.to_owned());
    Quantity { raw, relation, low: number, high: number, at, ..Quantity::default() }
}

/// A place that tells cells apart.
pub(crate) fn at(line: u32, column: u32) -> At {
    At { line, column, span: (line * 1000 + column, line * 1000 + column + 1), ..At::default() }
}

fn column(id: &str, path: &str, role: ColumnRole) -> Column {
    Column {
        id: id.to_owned(),
        path: path.split('|').map(str::to_owned).collect(),
        role,
        ..Column::default()
    }
}

fn role(path: &str, years: Option<(i32, i32)>) -> ColumnRole {
    let folded = crate::text::fold(path);
    let leaf = folded.rsplit('|').next().unwrap();
    if leaf.starts_with("tong") || leaf == "cong" {
        ColumnRole::Total
    } else if folded.contains("trung han") || folded.contains("nam 2025") {
        ColumnRole::PriorPlan
    } else if years.is_some_and(|(first, last)| first == last) {
        ColumnRole::Year
    } else {
        ColumnRole::Component
    }
}
