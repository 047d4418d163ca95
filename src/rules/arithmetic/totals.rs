//! Totals over rows: each printed total of a table, a group, or an item over items, in each money column.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::blocks::Blocks;
use super::book::{Book, books};
use super::ledger::{Cell, Ledger, Reading};
use super::missing::facts;
use super::sources::under_totals;
use super::stated::stated;
use super::sum::{Label, Sum, Unknown, Verdict};
use super::tree::{Container, Depth, Node, Tree};
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
    let mut lost: FxHashMap<Container, Vec<Text>> = FxHashMap::default();
    for (line, container) in tree.totals(ledger) {
        let of_which = ledger.line(line).is_some_and(|line| ledger.words.of_which.matches(line.name));
        if of_which || tree.children(container).is_empty() {
            continue;
        }
        // "1.1 Trong đó: tiền lương" under "1" is not all of it.
        let said_part = |node: &Node| match node {
            Node::Item(item) => {
                ledger.line(*item).is_some_and(|item| ledger.words.of_which.matches(item.name))
            }
            Node::Group(_) => false,
        };
        let partly = tree.children(container).iter().any(said_part);
        let formula = stated(ledger, tree, line, container);
        for column in ledger.added() {
            let total = Cell { line, column };
            if ledger.read(total) == Reading::Blank {
                continue;
            }
            let settled = formula.as_ref().and_then(|formula| formula.cell(ledger, tree, line, column));
            if settled.is_some_and(|cell| cell.is_settled()) {
                continue;
            }
            let (sum, verdict) = best(ledger, tree, &blocks, total, container);
            if partly && verdict != Verdict::Holds {
                continue;
            }
            let ending = match verdict {
                Verdict::Holds => Ending::Holds,
                Verdict::Unverifiable(unknown) if unknown != Unknown::Blank => Ending::Unverifiable(unknown),
                verdict => {
                    let lost = lost.entry(container).or_insert_with(|| facts(ledger, tree, container));
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
    settle_blocks(ledger, &blocks, &mut out);
    out.extend(under_totals(ledger, tree, &out));
    out
}

/// Of several totals without a group, one that fits nothing fails where another of its column fits.
fn settle_blocks(ledger: &Ledger<'_>, blocks: &Blocks, cells: &mut [TotalCell]) {
    let fits = |cell: &&TotalCell| cell.container == Container::Root && cell.ending == Ending::Holds;
    let columns: BTreeSet<usize> = cells.iter().filter(fits).map(|cell| cell.sum.total.column).collect();
    for cell in cells.iter_mut().filter(|cell| cell.ending == Ending::Unclear) {
        let total = cell.sum.total;
        let block = Sum::of(total, blocks.block(ledger, total), Label::Row);
        if columns.contains(&total.column) && block.verdict(ledger) == Verdict::Fails {
            cell.sum = block;
            cell.ending = Ending::Fails;
        }
    }
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
    let root = container == Container::Root;
    let block = root.then(|| sum_of(blocks.block(ledger, total)));
    if let Some(block) = block.filter(|(_, verdict)| *verdict == Verdict::Holds || blocks.is_many()) {
        return block;
    }
    let plain = sum_of(tree.parts(ledger, container, total.column, Depth::Parts));
    if plain.1 == Verdict::Holds {
        return plain;
    }
    let others = [
        tree.parts(ledger, container, total.column, Depth::WithDetails),
        tree.parts(ledger, container, total.column, Depth::Rows),
        if root { blocks.others(ledger, total) } else { Vec::new() },
    ];
    others.into_iter().map(sum_of).find(|(_, verdict)| *verdict == Verdict::Holds).unwrap_or(plain)
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
        let wrong_block = Build::new(&["Tổng số"])
            .item("1", "A", &["50"])
            .item("2", "B", &["70"])
            .total("Cộng phần một", None, &["130"])
            .item("3", "C", &["40"])
            .total("Cộng phần hai", None, &["40"]);
        assert_eq!(endings(wrong_block), ["fails", "holds"]);
    }

    #[test]
    fn rows_of_sources_under_a_total_are_no_rows_of_it() {
        let build = |source| {
            Build::new(&["Tổng số", "Năm 2026"])
                .total("TỔNG SỐ", None, &["120", "60"])
                .item("", "Ngân sách tỉnh", &["70", "40"])
                .item("", "Ngân sách xã", &["50", source])
                .item("1", "A", &["50", "20"])
                .item("2", "B", &["70", "40"])
        };
        assert_eq!(endings(build("20")), ["holds"; 4]);
        assert_eq!(endings(build("25")), ["holds", "holds", "holds", "fails"]);
    }
}
