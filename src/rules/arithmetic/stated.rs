//! Formulas of rows against the rows that they name: "TỔNG CỘNG: A + B".

use super::formula::row_formula;
use super::ledger::{Cell, Ledger, Line, LineKind, Reading};
use super::missing::facts;
use super::ordinal::Ordinal;
use super::sum::{Label, Sum, Verdict};
use super::tree::{Container, Depth, Node, Tree};
use crate::finding::Text;

/// A formula of rows with the rows that it names.
#[derive(Debug)]
pub(crate) struct Stated {
    /// The formula as printed.
    pub formula: String,
    /// Its rows; `true` marks what is taken away.
    pub terms: Vec<(Node, bool)>,
    /// Whether rows that it names are not there.
    pub incomplete: bool,
}

/// What a formula says of one column.
#[derive(Debug)]
pub(crate) struct StatedCell {
    /// The total and its operands.
    pub sum: Sum,
    /// How the sum ends.
    pub verdict: Verdict,
    /// Why it cannot be told, where that is not the operands' own doing.
    pub reason: Option<Text>,
}

/// The formula that a total's words state, with the rows that it names.
pub(crate) fn stated(ledger: &Ledger<'_>, tree: &Tree, line: usize, container: Container) -> Option<Stated> {
    let printed = words(ledger, ledger.line(line)?)?;
    let formula = row_formula(printed)?;
    let mut terms = Vec::new();
    let mut incomplete = false;
    for (number, negative) in formula.terms {
        match named(ledger, tree, container, &number) {
            Some(node) => terms.push((node, negative)),
            None => incomplete = true,
        }
    }
    Some(Stated { formula: printed.to_owned(), terms, incomplete })
}

/// The formulas that names of rows state: "D Số dư cuối năm (A+B-C)". All rows that one names are there.
pub(crate) fn stated_by_names(ledger: &Ledger<'_>, tree: &Tree) -> Vec<(usize, Stated)> {
    let of = |(at, line): (usize, &Line<'_>)| {
        let row = !matches!(line.kind, LineKind::Total(_));
        let (_, inner) = line.name.rsplit_once('(').filter(|_| row && line.number.is_some())?;
        let printed = inner.trim_end().strip_suffix(')')?;
        let own = line.number.and_then(Ordinal::read);
        let terms = row_formula(printed)?.terms.into_iter().map(|(number, negative)| {
            let other = Some(&number) != own.as_ref();
            Some((named(ledger, tree, Container::Root, &number).filter(|_| other)?, negative))
        });
        let terms: Vec<(Node, bool)> = terms.collect::<Option<_>>()?;
        Some((at, Stated { formula: printed.to_owned(), terms, incomplete: false }))
    };
    ledger.lines.iter().enumerate().filter_map(of).collect()
}

impl Stated {
    /// What the formula says of a column; `None` where no total is printed there.
    pub fn cell(&self, ledger: &Ledger<'_>, tree: &Tree, line: usize, column: usize) -> Option<StatedCell> {
        let total = Cell { line, column };
        let adds_up =
            ledger.says(column).money || ledger.column(column).is_some_and(|it| it.measured.is_some());
        if ledger.read(total) == Reading::Blank || !adds_up {
            return None;
        }
        let (sum, lost) = self.sum(ledger, tree, total, Depth::Parts);
        let verdict = sum.verdict(ledger);
        if verdict == Verdict::Fails {
            // A group's own amount may be what is wrong: then the rows still add up to the total.
            let (by_rows, _) = self.sum(ledger, tree, total, Depth::Rows);
            if by_rows.terms != sum.terms && by_rows.verdict(ledger) == Verdict::Holds {
                return Some(StatedCell { sum: by_rows, verdict: Verdict::Holds, reason: None });
            }
        }
        let reason = match verdict {
            Verdict::Holds | Verdict::Unverifiable(_) if !self.incomplete => None,
            _ if self.incomplete => {
                Some(Text::new("a004-reason-row-absent").with("formula", self.formula.clone()))
            }
            _ if !lost.is_empty() => Some(Text::new("arithmetic-reason-missing").with("facts", lost)),
            _ => None,
        };
        Some(StatedCell { sum, verdict, reason })
    }

    /// The total with the cells of the rows that the formula names, and what shows that rows of theirs are lost.
    fn sum(&self, ledger: &Ledger<'_>, tree: &Tree, total: Cell, depth: Depth) -> (Sum, Vec<Text>) {
        let column = total.column;
        let mut cells = Vec::new();
        let mut lost = Vec::new();
        for (node, negative) in &self.terms {
            match node {
                Node::Item(item) => cells.push((Cell { line: *item, column }, *negative)),
                Node::Group(group) => {
                    let lines = tree.group_lines(*group);
                    let printed =
                        |line: &&usize| ledger.read(Cell { line: **line, column }) != Reading::Blank;
                    let line = lines.iter().find(printed).or(lines.first()).filter(|_| depth != Depth::Rows);
                    if let Some(line) = line {
                        cells.push((Cell { line: *line, column }, *negative));
                    } else {
                        let rows = Container::Group(*group);
                        lost.extend(facts(ledger, tree, rows));
                        let parts = tree.parts(ledger, rows, column, depth);
                        cells.extend(parts.into_iter().map(|cell| (cell, *negative)));
                    }
                }
            }
        }
        (Sum { total, terms: cells, label: Label::Row }, lost)
    }
}

impl StatedCell {
    /// Whether the formula settles what the total should be.
    pub fn is_settled(&self) -> bool {
        self.reason.is_none() && !matches!(self.verdict, Verdict::Unverifiable(_))
    }
}

/// The formula in a total's words.
fn words<'a>(ledger: &Ledger<'a>, line: &Line<'a>) -> Option<&'a str> {
    let totals = &ledger.appendix.totals;
    match line.kind {
        LineKind::Item(_) => None,
        LineKind::Total(total) => totals.get(total)?.formula.as_deref(),
        LineKind::Group(group) => {
            let group = ledger.appendix.groups.get(group)?;
            let own = |total: &&crate::model::Total| {
                total.group.as_deref() == Some(&group.id) && total.at.span == group.at.span
            };
            totals.iter().find(own)?.formula.as_deref()
        }
    }
}

/// The row that a formula names: a part of the container, else the only group of that number.
fn named(ledger: &Ledger<'_>, tree: &Tree, container: Container, number: &Ordinal) -> Option<Node> {
    let groups = &ledger.appendix.groups;
    let group_is = |i: usize| groups.get(i)?.number.as_deref().and_then(Ordinal::read);
    let parts = tree.children(container);
    let among = |node: &&Node| match node {
        Node::Group(i) => group_is(*i).as_ref() == Some(number),
        Node::Item(i) => tree.ordinal(*i) == Some(number),
    };
    if let Some(node) = parts.iter().find(among) {
        return Some(*node);
    }
    let mut all = (0..groups.len()).filter(|i| group_is(*i).as_ref() == Some(number));
    let only = all.next().filter(|_| all.next().is_none())?;
    Some(Node::Group(only))
}
