//! Totals that belong to no group, where a table has several of them.

use rustc_hash::FxHashMap;

use super::ledger::{Cell, Ledger, LineKind, Reading};
use super::tree::{Container, Tree};

/// Totals without a group, where a table has several: each may be of the rows since the one before.
pub(crate) struct Blocks {
    /// Lines of such totals with the lines of the items in their block.
    totals: Vec<(usize, Vec<usize>)>,
    index: FxHashMap<usize, usize>,
    grand: Option<usize>,
}

/// Up to how many totals each is tried as the total of the whole table and of the other totals.
const FEW: usize = 50;

impl Blocks {
    pub fn of(ledger: &Ledger<'_>, tree: &Tree) -> Self {
        let mut roots: Vec<(u32, usize)> = tree
            .totals(ledger)
            .into_iter()
            .filter(|(_, container)| *container == Container::Root)
            .filter_map(|(line, _)| Some((ledger.line(line)?.at.span.0, line)))
            .collect();
        roots.sort_unstable();
        if let [(_, only)] = roots.as_slice() {
            return Self { totals: Vec::new(), index: FxHashMap::default(), grand: Some(*only) };
        }
        let is_grand =
            |line: usize| ledger.line(line).is_some_and(|line| ledger.words.total_header.matches(line.name));
        let mut named = roots.iter().map(|(_, line)| *line).filter(|line| is_grand(*line));
        let grand = named.next().filter(|_| named.next().is_none());
        let mut totals: Vec<(usize, Vec<usize>)> =
            roots.iter().map(|(_, line)| (*line, Vec::new())).collect();
        for (i, line) in ledger.lines.iter().enumerate() {
            let LineKind::Item(item) = line.kind else { continue };
            if tree.ordinal(item).is_none() {
                continue;
            }
            let next = roots.partition_point(|(at, _)| *at < line.at.span.0);
            let before_the_first = roots.first().is_some_and(|(at, _)| *at < line.at.span.0);
            let last = roots.len().saturating_sub(1);
            let place = if next > last && before_the_first { next.saturating_sub(1) } else { next };
            if let Some((_, block)) = totals.get_mut(place) {
                block.push(i);
            }
        }
        let index = roots.iter().enumerate().map(|(i, (_, line))| (*line, i)).collect();
        Self { totals, index, grand }
    }

    /// Whether a total without a group is the total of the whole table.
    pub fn is_grand(&self, line: usize) -> bool {
        self.grand == Some(line)
    }

    /// How many rows a total's own block has; `None` for the total of the whole table.
    pub fn rows(&self, line: usize) -> Option<usize> {
        let own = self.index.get(&line).and_then(|i| self.totals.get(*i));
        own.filter(|_| !self.is_grand(line)).map(|(_, block)| block.len()).filter(|rows| *rows > 0)
    }

    /// Whether there are so many totals that each is only taken for the total of its block.
    pub fn is_many(&self) -> bool {
        self.totals.len() > FEW
    }

    /// The printed cells of the other totals; none where there are fewer than two.
    pub fn others(&self, ledger: &Ledger<'_>, total: Cell) -> Vec<Cell> {
        let column = total.column;
        let printed = |line: &usize| {
            let cell = Cell { line: *line, column };
            (ledger.read(cell) != Reading::Blank).then_some(cell)
        };
        let others: Vec<Cell> = self
            .totals
            .iter()
            .map(|(line, _)| line)
            .filter(|line| **line != total.line)
            .filter_map(printed)
            .collect();
        if others.len() > 1 { others } else { Vec::new() }
    }

    /// The printed cells of a total's own block.
    pub fn block(&self, ledger: &Ledger<'_>, total: Cell) -> Vec<Cell> {
        let own = self.index.get(&total.line).and_then(|i| self.totals.get(*i));
        let cells = own.into_iter().flat_map(|(_, block)| block);
        cells
            .map(|line| Cell { line: *line, column: total.column })
            .filter(|cell| ledger.read(*cell) != Reading::Blank)
            .collect()
    }
}
