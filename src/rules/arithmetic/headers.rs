//! What the headers of money columns suggest: which columns may be the parts of which total.

use std::collections::BTreeSet;

use super::formula::column_formula;
use super::ledger::Ledger;
use crate::model::AmountRole;

/// A header with the money columns under it.
#[derive(Debug, Default)]
struct Header<'a> {
    label: &'a str,
    leaf: Option<usize>,
    below: Vec<Header<'a>>,
}

/// What might be a decomposition.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    /// The total column.
    pub total: usize,
    /// What may be its parts.
    pub parts: Vec<usize>,
    /// Whether the header alone says so.
    pub stated: bool,
}

/// All that headers suggest.
pub(super) fn candidates(ledger: &Ledger<'_>) -> BTreeSet<Candidate> {
    let mut root = Header::default();
    for (i, column) in ledger.columns.iter().enumerate() {
        if column.says.money {
            root.insert(&column.path, i);
        }
    }
    let mut finder = Finder { ledger, out: BTreeSet::new() };
    finder.search(&root, false);
    let formulas: Vec<Option<BTreeSet<usize>>> = (0..ledger.columns.len())
        .map(|column| Some(column_formula(ledger, column)?.terms.into_iter().map(|(term, _)| term).collect()))
        .collect();
    finder.out.retain(|candidate| {
        let formula = formulas.get(candidate.total).and_then(Option::as_ref);
        formula.is_none_or(|terms| candidate.parts.iter().all(|part| !terms.contains(part)))
    });
    finder.out
}

impl<'a> Header<'a> {
    fn insert(&mut self, path: &[&'a str], column: usize) {
        match path {
            [] => self.below.push(Self { label: "", leaf: Some(column), below: Vec::new() }),
            [label] => self.below.push(Self { label, leaf: Some(column), below: Vec::new() }),
            [label, rest @ ..] => {
                if self.below.last().is_none_or(|last| last.label != *label) {
                    self.below.push(Self { label, leaf: None, below: Vec::new() });
                }
                if let Some(last) = self.below.last_mut() {
                    last.insert(rest, column);
                }
            }
        }
    }

    fn is_leaf(&self) -> bool {
        self.below.is_empty()
    }
}

struct Finder<'s, 'a> {
    ledger: &'s Ledger<'a>,
    out: BTreeSet<Candidate>,
}

impl Finder<'_, '_> {
    /// Looks for totals among the headers under one; `named` where that header has a text.
    fn search(&mut self, header: &Header<'_>, named: bool) {
        if let Some(total) = header.leaf {
            self.offer(total, self.resolved(&header.below), true);
        }
        for (i, child) in header.below.iter().enumerate() {
            if let Some(total) = self.total_leaf(child) {
                let is_part = |other: &&Header<'_>| self.total_leaf(other).is_none();
                let after: Vec<&Header<'_>> = header.below.iter().skip(i + 1).take_while(is_part).collect();
                let run = if after.is_empty() {
                    let mut before: Vec<_> = header.below.iter().take(i).rev().take_while(is_part).collect();
                    before.reverse();
                    before
                } else {
                    after
                };
                self.run(total, &run, named);
            }
            if let Some(period) = child.leaf.filter(|leaf| self.is_period(*leaf)) {
                let years = header.below.iter().skip(i + 1).map_while(|next| self.years_under(next));
                self.offer(period, years.flatten().collect(), false);
            }
            self.search(child, true);
        }
    }

    /// Whether a column is the plan of several years.
    fn is_period(&self, column: usize) -> bool {
        let whole_life = self.ledger.says(column).whole_life;
        !whole_life && self.ledger.years(column).is_some_and(|(from, to)| from < to)
    }

    /// The columns under a header where each is the plan of one year.
    fn years_under(&self, header: &Header<'_>) -> Option<Vec<usize>> {
        let columns = self.resolved(std::slice::from_ref(header));
        (!columns.is_empty() && columns.iter().all(|column| self.is_year(*column))).then_some(columns)
    }

    /// A total and the headers beside it.
    fn run(&mut self, total: usize, run: &[&Header<'_>], named: bool) {
        self.beside_plan(run);
        let words = self.ledger.words;
        let pure = !self.ledger.says(total).whole_life;
        let mut plain: Vec<&Header<'_>> = Vec::new();
        for header in run {
            if !header.is_leaf() && words.split.matches(header.label) {
                let above = plain.last().and_then(|last| last.leaf);
                self.offer(total, self.resolved(&header.below), pure && above.is_none());
                self.offer(above.unwrap_or(total), self.resolved(&header.below), false);
            } else if !header.is_leaf() && words.of_which.matches(header.label) {
                let above = plain.last().and_then(|last| last.leaf).unwrap_or(total);
                self.offer(above, self.resolved(&header.below), false);
            } else {
                plain.push(header);
            }
        }
        let of_which = plain.iter().any(|header| words.of_which.matches(header.label));
        let stated = named && pure && !of_which;
        if let [only] = plain.as_slice() {
            self.offer(total, self.resolved(&only.below), stated);
            return;
        }
        let all: Vec<usize> =
            plain.iter().flat_map(|header| self.resolved(std::slice::from_ref(*header))).collect();
        let (years, others): (Vec<usize>, Vec<usize>) = all.iter().partition(|column| self.is_year(**column));
        let mixed = !years.is_empty() && !others.is_empty();
        self.offer(total, all, stated && !mixed);
        if mixed {
            self.offer(total, years, false);
            self.offer(total, others, false);
        }
        for header in plain.iter().filter(|header| !header.is_leaf()) {
            self.offer(total, self.resolved(&header.below), false);
        }
    }

    /// Headers that have no total, behind one that has its own ("Nhu cầu vốn: Tổng số, 2026, 2027"; "Cơ cấu nguồn vốn: Tỉnh, Xã"):
    /// they may split that one.
    fn beside_plan(&mut self, run: &[&Header<'_>]) {
        let mut plan = None;
        for header in run.iter().filter(|header| !header.is_leaf()) {
            match header.below.iter().find_map(|below| self.total_leaf(below)) {
                Some(total) => plan = Some(total),
                None => {
                    if let Some(plan) = plan {
                        self.offer(plan, self.resolved(&header.below), false);
                    }
                }
            }
        }
    }

    fn offer(&mut self, total: usize, parts: Vec<usize>, stated: bool) {
        if parts.len() < 2 || parts.contains(&total) || units_differ(self.ledger, total, &parts) {
            return;
        }
        let stated = stated && self.years_are_whole(total, &parts);
        let weaker = Candidate { total, parts, stated: false };
        if stated {
            self.out.remove(&weaker);
            self.out.insert(Candidate { stated, ..weaker });
        } else {
            let stronger = Candidate { stated: true, ..weaker };
            if !self.out.contains(&stronger) {
                self.out.insert(Candidate { stated: false, ..stronger });
            }
        }
    }

    /// The columns that stand for headers: a header's own total, else all columns under it.
    fn resolved(&self, headers: &[Header<'_>]) -> Vec<usize> {
        let mut out = Vec::new();
        for header in headers {
            if let Some(leaf) = header.leaf {
                out.push(leaf);
                continue;
            }
            let total = header.below.iter().find_map(|below| self.total_leaf(below));
            match total {
                Some(total) => out.push(total),
                None => out.extend(self.resolved(&header.below)),
            }
        }
        out
    }

    fn total_leaf(&self, header: &Header<'_>) -> Option<usize> {
        header.leaf.filter(|leaf| header.is_leaf() && self.ledger.says(*leaf).total)
    }

    fn is_year(&self, column: usize) -> bool {
        is_year(self.ledger, column)
    }

    /// Whether years that are the parts leave out no year of the total.
    fn years_are_whole(&self, total: usize, parts: &[usize]) -> bool {
        if !parts.iter().all(|part| self.is_year(*part)) {
            return true;
        }
        let years: BTreeSet<i32> =
            parts.iter().filter_map(|part| self.ledger.years(*part)).map(|(year, _)| year).collect();
        match self.ledger.years(total) {
            Some((from, to)) if from < to => (from..=to).all(|year| years.contains(&year)),
            _ => true,
        }
    }
}

/// Whether headers name different units of money for a total and a part.
pub(crate) fn units_differ(ledger: &Ledger<'_>, total: usize, parts: &[usize]) -> bool {
    let unit = |column: usize| ledger.column(column)?.unit.as_deref();
    let Some(own) = unit(total) else { return false };
    parts.iter().filter_map(|part| unit(*part)).any(|other| other != own)
}

/// Whether a column is the plan of one year.
fn is_year(ledger: &Ledger<'_>, column: usize) -> bool {
    let role = ledger.column(column).map(|column| column.role);
    role != Some(AmountRole::PriorPlan) && ledger.years(column).is_some_and(|(from, to)| from == to)
}
