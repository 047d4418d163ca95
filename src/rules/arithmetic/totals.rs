//! Totals over rows: each printed total of a table, a group, or an item over items, in each money column.

use super::book::{Book, books};
use super::ledger::{Cell, Ledger, LineKind, Reading};
use super::missing::facts;
use super::stated::stated;
use super::sum::{Label, Sum, Unknown, Verdict};
use super::tree::{Container, Depth, Tree};
use crate::finding::{Audit, Text};
use crate::rules::{Context, Rule};

/// A printed total of rows in one column.
#[derive(Debug)]
pub(crate) struct TotalCell {
    /// What it is the total of.
    pub container: Container,
    /// The total and its rows.
    pub sum: Sum,
    /// How the check ends.
    pub ending: Ending,
}

/// How the check of a total over rows ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It holds.
    Holds,
    /// It fails.
    Fails,
    /// An operand is blank or not a number.
    Unverifiable(Unknown),
    /// Rows are known to be missing, for these reasons.
    Missing(Vec<Text>),
    /// It is not clear which rows the total is of.
    Unclear,
}

/// All totals over rows, line by line; without those that a formula of the document settles.
pub(crate) fn total_cells(ledger: &Ledger<'_>, tree: &Tree) -> Vec<TotalCell> {
    let blocks = Blocks::of(ledger, tree);
    let mut out = Vec::new();
    for (line, container) in tree.totals(ledger) {
        let of_which = ledger.line(line).is_some_and(|line| ledger.words.of_which.matches(line.name));
        if of_which || tree.children(container).is_empty() {
            continue;
        }
        let formula = stated(ledger, tree, line, container);
        let mut lost: Option<Vec<Text>> = None;
        for column in ledger.money() {
            let total = Cell { line, column };
            if ledger.read(total) == Reading::Blank {
                continue;
            }
            let settled = formula.as_ref().and_then(|formula| formula.cell(ledger, tree, line, column));
            if settled.is_some_and(|cell| cell.is_settled()) {
                continue;
            }
            let (sum, verdict) = best(ledger, tree, &blocks, total, container);
            let ending = match verdict {
                Verdict::Holds => Ending::Holds,
                Verdict::Unverifiable(unknown) if unknown != Unknown::Blank => Ending::Unverifiable(unknown),
                verdict => {
                    let lost = lost.get_or_insert_with(|| facts(ledger, tree, container));
                    match verdict {
                        _ if !lost.is_empty() => Ending::Missing(lost.clone()),
                        _ if container == Container::Root && !blocks.is_grand(line) => Ending::Unclear,
                        Verdict::Fails => Ending::Fails,
                        _ => Ending::Unverifiable(Unknown::Blank),
                    }
                }
            };
            out.push(TotalCell { container, sum, ending });
        }
    }
    out
}

/// Reports the totals of some containers under a rule; those that rows are missing from are A009's.
pub(crate) fn report(
    context: &Context<'_>,
    audit: &mut Audit,
    rule: &Rule,
    message: &'static str,
    of: fn(Container) -> bool,
) {
    for Book { ledger, totals, .. } in books(context) {
        for TotalCell { container, sum, ending } in totals {
            let (verdict, reason) = match ending {
                Ending::Holds => (Verdict::Holds, None),
                Ending::Fails => (Verdict::Fails, None),
                Ending::Unverifiable(unknown) => (Verdict::Unverifiable(*unknown), None),
                Ending::Unclear => {
                    (Verdict::Unverifiable(Unknown::Blank), Some(Text::new("arithmetic-reason-unclear")))
                }
                Ending::Missing(_) => continue,
            };
            if !of(*container) {
                continue;
            }
            let mut check = sum.check(ledger, rule.code, verdict, statement(ledger, sum));
            check.reason = reason.or(check.reason);
            audit.checks.push(check);
            if verdict == Verdict::Fails {
                let message = Text::new(message).with("count", sum.terms.len());
                audit.findings.push(sum.finding(ledger, rule.code, rule.severity, message));
            }
        }
    }
}

/// What a total over rows states.
pub(crate) fn statement(ledger: &Ledger<'_>, sum: &Sum) -> Text {
    Text::new("arithmetic-statement-rows")
        .with("row", ledger.row_label(sum.total.line))
        .with("column", ledger.column_label(sum.total.column))
}

/// The reading of a total under which it holds, else the plain one.
fn best(
    ledger: &Ledger<'_>,
    tree: &Tree,
    blocks: &Blocks,
    total: Cell,
    container: Container,
) -> (Sum, Verdict) {
    let sum_of = |cells: Vec<Cell>| {
        let sum = Sum::of(total, cells, Label::Row);
        let verdict = sum.verdict(ledger);
        (sum, verdict)
    };
    let plain = sum_of(tree.parts(ledger, container, total.column, Depth::Parts));
    if plain.1 == Verdict::Holds {
        return plain;
    }
    let mut others = vec![
        tree.parts(ledger, container, total.column, Depth::WithDetails),
        tree.parts(ledger, container, total.column, Depth::Rows),
    ];
    if container == Container::Root {
        others.extend(blocks.readings(ledger, total));
    }
    others.into_iter().map(sum_of).find(|(_, verdict)| *verdict == Verdict::Holds).unwrap_or(plain)
}

/// Totals without a group, where a table has several: each may be of the rows since the one before.
struct Blocks {
    /// Lines of such totals with the lines of the items in their block.
    totals: Vec<(usize, Vec<usize>)>,
    grand: Option<usize>,
}

impl Blocks {
    fn of(ledger: &Ledger<'_>, tree: &Tree) -> Self {
        let mut roots: Vec<(u32, usize)> = tree
            .totals(ledger)
            .into_iter()
            .filter(|(_, container)| *container == Container::Root)
            .filter_map(|(line, _)| Some((ledger.line(line)?.at.span.0, line)))
            .collect();
        roots.sort_unstable();
        if let [(_, only)] = roots.as_slice() {
            return Self { totals: Vec::new(), grand: Some(*only) };
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
        Self { totals, grand }
    }

    /// Whether a total without a group is the total of the whole table.
    fn is_grand(&self, line: usize) -> bool {
        self.grand == Some(line)
    }

    /// Other readings of a total: its block, and the sum of the other totals.
    fn readings(&self, ledger: &Ledger<'_>, total: Cell) -> Vec<Vec<Cell>> {
        let column = total.column;
        let printed = |line: &usize| {
            let cell = Cell { line: *line, column };
            (ledger.read(cell) != Reading::Blank).then_some(cell)
        };
        let mut out = Vec::new();
        if let Some((_, block)) = self.totals.iter().find(|(line, _)| *line == total.line) {
            out.push(block.iter().filter_map(printed).collect());
        }
        let others: Vec<Cell> = self
            .totals
            .iter()
            .map(|(line, _)| line)
            .filter(|line| **line != total.line)
            .filter_map(printed)
            .collect();
        if others.len() > 1 {
            out.push(others);
        }
        out
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a broken test table fails the test")]
mod tests {
    use super::super::testing::{Build, grammar};
    use super::*;

    fn endings(build: Build) -> Vec<&'static str> {
        let grammar = grammar();
        let appendix = build.appendix();
        let ledger = Ledger::of(&appendix, &grammar.arithmetic).unwrap();
        let tree = Tree::of(&ledger);
        let name = |cell: TotalCell| match cell.ending {
            Ending::Holds => "holds",
            Ending::Fails => "fails",
            Ending::Unverifiable(_) => "unverifiable",
            Ending::Missing(_) => "missing",
            Ending::Unclear => "unclear",
        };
        total_cells(&ledger, &tree).into_iter().map(name).collect()
    }

    #[test]
    fn groups_with_amounts_stand_for_their_rows() {
        let build = Build::new(&["Tổng số"])
            .total("TỔNG CỘNG", None, &["30"])
            .group("A", "Công", &["20"])
            .group("I", "Đường", &["12"])
            .item("1", "A", &["5"])
            .item("2", "B", &["7"])
            .group("II", "Cầu", &["8"])
            .item("1", "C", &["8"])
            .group("B", "Tư", &["10"])
            .item("1", "D", &["10"]);
        assert_eq!(endings(build), ["holds"; 5]);
    }

    #[test]
    fn groups_without_amounts_are_seen_through() {
        let build = Build::new(&["Tổng số"])
            .group("A", "Công", &["20"])
            .group("I", "Đường", &[])
            .item("1", "A", &["5"])
            .item("2", "B", &["7"])
            .group("II", "Cầu", &["8"])
            .item("1", "C", &["8"]);
        assert_eq!(endings(build), ["holds"; 2]);
    }

    #[test]
    fn a_total_that_its_rows_make_up_holds_though_a_group_row_is_wrong() {
        let build = Build::new(&["Tổng số"])
            .group("I", "Đường", &["15"])
            .item("1", "A", &["5"])
            .item("2", "B", &["7"])
            .total("Tổng cộng", None, &["12"]);
        assert_eq!(endings(build), ["fails", "holds"]);
    }

    #[test]
    fn missing_rows_make_a_total_unverifiable_unless_it_closes() {
        let lost = |total| {
            Build::new(&["Tổng số"]).item("1", "A", &["5"]).item("4", "B", &["7"]).total(
                "Cộng",
                None,
                &[total],
            )
        };
        assert_eq!(endings(lost("20")), ["missing"]);
        assert_eq!(endings(lost("12")), ["holds"]);
    }

    #[test]
    fn several_totals_are_of_their_blocks() {
        let build = |last| {
            Build::new(&["Tổng số"])
                .item("1", "A", &["5"])
                .item("2", "B", &["7"])
                .total("Cộng phần một", None, &["12"])
                .item("3", "C", &["4"])
                .total("Cộng phần hai", None, &["4"])
                .total("TỔNG CỘNG", None, &[last])
        };
        assert_eq!(endings(build("16")), ["holds"; 3]);
        assert_eq!(endings(build("19")), ["holds", "holds", "fails"]);
    }

    #[test]
    fn rows_of_sources_under_a_total_are_no_rows_of_it() {
        let build = Build::new(&["Tổng số"])
            .total("TỔNG SỐ", None, &["12"])
            .item("", "Ngân sách tỉnh", &["7"])
            .item("", "Ngân sách xã", &["5"])
            .item("1", "A", &["5"])
            .item("2", "B", &["7"]);
        assert_eq!(endings(build), ["holds"]);
    }
}
