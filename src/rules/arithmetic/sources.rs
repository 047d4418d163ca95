//! Rows without a number right under a total ("Trong đó: - Ngân sách tỉnh …"): parts of the total by another
//! division than its rows.
//!
//! Such rows need not be all parts. They are held to the total only where they make it up in at least half of
//! the columns.

use rustc_hash::FxHashSet;

use super::ledger::{Cell, Ledger, Line, LineKind, Reading};
use super::sum::{Label, Sum, Verdict};
use super::totals::{Ending, TotalCell};
use super::tree::{Container, Tree};

/// The sums of such rows; without those of totals that already fail.
pub(super) fn under_totals(ledger: &Ledger<'_>, tree: &Tree, found: &[TotalCell]) -> Vec<TotalCell> {
    let mut totals = tree.totals(ledger);
    totals.retain(|(_, container)| {
        !matches!(container, Container::Item(_)) && tree.details(*container).len() > 1
    });
    if totals.is_empty() {
        return Vec::new();
    }
    let places = places(ledger, tree);
    let failed: FxHashSet<Cell> =
        found.iter().filter(|cell| cell.ending == Ending::Fails).map(|cell| cell.sum.total).collect();
    let mut out = Vec::new();
    for (line, container) in totals {
        let rows = right_under(ledger, tree.details(container), line, &places);
        let sums: Vec<(Sum, Verdict)> = ledger
            .money()
            .filter_map(|column| sum(ledger, Cell { line, column }, &rows))
            .filter(|(sum, _)| !failed.contains(&sum.total))
            .collect();
        let holds = sums.iter().filter(|(_, verdict)| *verdict == Verdict::Holds).count();
        if holds * 2 < sums.len() {
            continue;
        }
        out.extend(sums.into_iter().map(|(sum, verdict)| {
            let ending = if verdict == Verdict::Holds { Ending::Holds } else { Ending::Fails };
            TotalCell { container, sum, ending }
        }));
    }
    out
}

/// A total and the rows under it in one column; `None` unless two of them are printed and all can be read.
fn sum(ledger: &Ledger<'_>, total: Cell, rows: &[usize]) -> Option<(Sum, Verdict)> {
    let cells: Vec<Cell> = rows
        .iter()
        .map(|line| Cell { line: *line, column: total.column })
        .filter(|cell| ledger.read(*cell) != Reading::Blank)
        .collect();
    let sum = (cells.len() > 1).then(|| Sum::of(total, cells, Label::Row))?;
    let verdict = sum.verdict(ledger);
    (!matches!(verdict, Verdict::Unverifiable(_))).then_some((sum, verdict))
}

/// Where the rows stand that have a number or are groups or totals, in order.
fn places(ledger: &Ledger<'_>, tree: &Tree) -> Vec<u32> {
    let is_row = |line: &&Line<'_>| match line.kind {
        LineKind::Item(item) => tree.ordinal(item).is_some(),
        LineKind::Total(total) => {
            ledger.appendix.totals.get(total).is_none_or(|total| total.part_of.is_none())
        }
        _ => true,
    };
    let groups = ledger.appendix.groups.iter().map(|group| group.at.span.0);
    let mut places: Vec<u32> =
        ledger.lines.iter().filter(is_row).map(|line| line.at.span.0).chain(groups).collect();
    places.sort_unstable();
    places
}

/// The rows without a number between a total and the next row that has one.
fn right_under(ledger: &Ledger<'_>, details: &[usize], total: usize, places: &[u32]) -> Vec<usize> {
    let place = |line: usize| ledger.line(line).map(|line| line.at.span.0);
    let Some(own) = place(total) else { return Vec::new() };
    let next = places.get(places.partition_point(|at| *at <= own)).copied().unwrap_or(u32::MAX);
    let under = |line: &usize| place(*line).is_some_and(|at| own < at && at < next);
    details.iter().copied().filter(under).collect()
}
