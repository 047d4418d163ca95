//! A006: a row says that its amount is so many percent of another amount, and it is not.

use super::arithmetic::{Book, Cell, Container, Ledger, LineKind, Node, Tree, books};
use super::prose::stated_share::StatedShare;
use super::prose::{composition, grown, part_of, shares};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Operand, Severity, Text};
use crate::grammar::Arithmetic;
use crate::span::At;
use crate::text::fold;
use crate::value::{Interval, Number};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "A006", name: "stated-share-mismatch" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/A006-stated-share-mismatch.md"),
    check,
};

/// How far after its phrase a percentage may stand, in bytes of the folded name.
const REACH: usize = 32;

/// What an amount may be a share of.
struct Base {
    label: Text,
    value: Number,
    interval: Interval,
    at: At,
    /// Whether the words name it.
    named: bool,
}

/// An amount beside the base that its percentage fits best.
struct Fit {
    cell: Cell,
    amount: Number,
    base: Base,
    /// The amount in percent of the base.
    ratio: Number,
    holds: bool,
}

fn check(context: &Context<'_>, audit: &mut Audit) {
    for Book { ledger, tree, .. } in books(context) {
        for (line, row) in ledger.lines.iter().enumerate() {
            if !row.name.contains('%') {
                continue;
            }
            let Some((percent, of_total)) = share(ledger.words, row.name) else { continue };
            if let Some(fit) = best(ledger, tree, line, percent, of_total) {
                judge(ledger, &fit, percent, of_total, audit);
            }
        }
    }
    shares::report(context, audit, &RULE);
    shares::of_years(context, audit, &RULE);
    part_of::shares(context, audit, &RULE);
    composition::shares_of_parts(context, audit, &RULE);
    grown::in_sentences(context, audit, &RULE);
}

/// The percentage that a name states as the share of something, and whether that is said to be a total.
fn share(words: &Arithmetic, name: &str) -> Option<(Number, bool)> {
    let key = words.share.key(name);
    let phrase = words.share.find(&key)?;
    let rest = key.get(phrase.end..)?;
    let mark = rest.find('%').filter(|mark| *mark <= REACH)?;
    let before = rest.get(..mark)?.trim_end();
    let digits = before.rsplit(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).next()?;
    let percent: Number = digits.replace(',', ".").parse().ok()?;
    let sensible = !percent.is_zero() && percent < Number::whole(100);
    let after = rest.get(mark..)?;
    sensible.then(|| (percent, words.share_of_total.find(after).is_some()))
}

/// The base and the column that the percentage fits best.
fn best(ledger: &Ledger<'_>, tree: &Tree, line: usize, percent: Number, of_total: bool) -> Option<Fit> {
    let mut fits: Vec<Fit> = Vec::new();
    for column in ledger.money() {
        let cell = Cell { line, column };
        // What is taken away is printed with a sign or in brackets.
        let amount = ledger.number(cell).map(Number::abs).filter(|amount| *amount > Number::ZERO);
        let Some(amount) = amount else { continue };
        for base in bases(ledger, tree, cell, of_total) {
            let Some(ratio) = amount.checked_mul(Number::whole(100)).and_then(|n| n.checked_div(base.value))
            else {
                continue;
            };
            let holds = shares::fits(amount.interval(), percent.interval(), base.interval);
            fits.push(Fit { cell, amount, base, ratio, holds });
        }
    }
    fits.into_iter()
        .min_by_key(|fit| (!fit.holds, !is_telling(fit, percent, of_total), (fit.ratio - percent).abs()))
}

/// The row that the words after a percentage name: "Tiết kiệm 5% kế hoạch giao đầu năm" beside "Kế hoạch giao đầu năm".
fn named(ledger: &Ledger<'_>, line: usize) -> Option<usize> {
    let (_, of) = ledger.line(line)?.name.split_once('%')?;
    let of = fold(of);
    let is = |name: &str| {
        let name = fold(name);
        let rest = of.strip_prefix(name.as_str());
        name.contains(' ') && rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    (0..ledger.lines.len())
        .find(|other| *other != line && ledger.line(*other).is_some_and(|row| is(row.name)))
}

/// What the amount in a cell may be a share of: the row that its words name, or the table's total, the group above, the groups beside it,
/// the rows beside it together.
fn bases(ledger: &Ledger<'_>, tree: &Tree, cell: Cell, of_total: bool) -> Vec<Base> {
    let column = cell.column;
    if let Some(line) = named(ledger, cell.line) {
        let at = Cell { line, column };
        let value = ledger.number(at).filter(|value| *value > Number::ZERO);
        let base = |value: Number| Base {
            label: ledger.row_label(line),
            value,
            interval: value.interval(),
            at: ledger.at(at),
            named: true,
        };
        return value.map(base).into_iter().collect();
    }
    let mut lines: Vec<usize> = Vec::new();
    let parent = parent(ledger, tree, cell.line);
    for (line, container) in tree.totals(ledger) {
        let above = container == Container::Root || (!of_total && Some(container) == parent);
        if above && line != cell.line {
            lines.push(line);
        }
    }
    let mut beside: Vec<Cell> = Vec::new();
    if let (false, Some(parent)) = (of_total, parent) {
        for node in tree.children(parent) {
            match node {
                Node::Group(group) => {
                    let own = tree.group_lines(*group).iter().filter(|line| **line != cell.line);
                    lines.extend(own);
                    let lines = tree.group_lines(*group);
                    let first = lines.first().filter(|_| !lines.contains(&cell.line));
                    beside.extend(first.map(|line| Cell { line: *line, column }));
                }
                Node::Item(item) if *item != cell.line => beside.push(Cell { line: *item, column }),
                Node::Item(_) => {}
            }
        }
    }
    lines.sort_unstable();
    lines.dedup();
    let mut out: Vec<Base> = lines
        .into_iter()
        .filter_map(|line| {
            let cell = Cell { line, column };
            let value = ledger.number(cell).filter(|value| *value > Number::ZERO)?;
            Some(Base {
                label: ledger.row_label(line),
                value,
                interval: value.interval(),
                at: ledger.at(cell),
                named: false,
            })
        })
        .collect();
    let numbers: Vec<Number> = beside.iter().filter_map(|cell| ledger.number(*cell)).collect();
    let value: Number = numbers.iter().copied().sum();
    if let (true, Some(first)) = (value > Number::ZERO, beside.first()) {
        let interval = numbers.into_iter().map(Number::interval).sum();
        out.push(Base {
            label: Text::new("a006-rows-beside"),
            value,
            interval,
            at: ledger.at(*first),
            named: false,
        });
    }
    out
}

/// The container that a line is a part of.
fn parent(ledger: &Ledger<'_>, tree: &Tree, line: usize) -> Option<Container> {
    let groups = &ledger.appendix.groups;
    let of = |id: Option<&str>| match id {
        None => Some(Container::Root),
        Some(id) => groups.iter().position(|group| group.id == id).map(Container::Group),
    };
    match ledger.line(line)?.kind {
        LineKind::Item(item) => of(ledger.appendix.items.get(item)?.group()),
        LineKind::Group(group) => of(groups.get(group)?.parent.as_deref()),
        LineKind::Total(_) => {
            tree.totals(ledger).into_iter().find(|(other, _)| *other == line).map(|(_, container)| container)
        }
    }
}

/// A percentage that the amount fits closely enough to be meant for it.
fn is_telling(fit: &Fit, percent: Number, of_total: bool) -> bool {
    let missed = (fit.ratio - percent).abs();
    let narrowly = missed.checked_mul(Number::whole(5)).is_some_and(|five| five <= percent);
    let round = fit.ratio.round(0);
    let close = Number::from_parts(5, 3).unwrap_or_default();
    let another = !round.is_zero() && (fit.ratio - round).abs() <= close && fit.amount >= Number::whole(100);
    of_total || fit.base.named || narrowly || another
}

fn judge(ledger: &Ledger<'_>, fit: &Fit, percent: Number, of_total: bool, audit: &mut Audit) {
    if !fit.holds && !is_telling(fit, percent, of_total) {
        return;
    }
    let share = StatedShare {
        row: ledger.row_label(fit.cell.line),
        at: ledger.at(fit.cell),
        quote: None,
        percent,
        amount: fit.amount,
        base: Operand::new(fit.base.label.clone(), fit.base.value, fit.base.at.clone()),
        holds: fit.holds,
    };
    share.report(audit, &RULE);
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a check that is not there fails the test")]
mod tests {
    use super::super::arithmetic::testing::{Build, grammar, lines, run};
    use super::*;
    use crate::finding::Outcome;

    fn table(name: &str, total: &str, amount: &str) -> Build {
        Build::new(&["Tổng số", "Năm 2026"])
            .total("TỔNG CỘNG", None, &["90000", total])
            .group("A", "Dự án", &["80000", "38000"])
            .item("1", "X", &["80000", "38000"])
            .group("B", name, &[amount, amount])
    }

    #[test]
    fn names_state_shares() {
        let grammar = grammar();
        let percent = |name: &str| {
            share(&grammar.arithmetic, name).map(|(percent, total)| (percent.to_string(), total))
        };
        assert_eq!(percent("Tiết kiệm 5% chi đầu tư"), Some(("5".to_owned(), false)));
        assert_eq!(percent("Dự phòng (10%) tổng nhu cầu vốn"), Some(("10".to_owned(), true)));
        assert_eq!(percent("Trích 2,5 % để lập quỹ"), Some(("2.5".to_owned(), false)));
        assert_eq!(percent("Hỗ trợ 100% học phí"), None);
        assert_eq!(percent("Tiết kiệm năng lượng cho các trụ sở, phấn đấu đến năm 2030 giảm 8%"), None);
    }

    #[test]
    fn a_share_of_some_base_in_some_column_holds() {
        let audit = run(&RULE, table("Tiết kiệm 5% chi đầu tư", "40000", "2000").appendix());
        assert!(audit.findings.is_empty());
        let check = audit.checks.first().unwrap();
        assert_eq!((check.outcome, check.at.column), (Outcome::Holds, 4));
    }

    #[test]
    fn a_near_miss_is_found() {
        let audit = run(&RULE, table("Tiết kiệm 5,0% chi đầu tư", "40000", "2200").appendix());
        assert_eq!(lines(&audit).len(), 1);
    }

    #[test]
    fn another_round_share_is_found() {
        let audit = run(&RULE, table("Tiết kiệm 10% chi đầu tư", "40000", "2000").appendix());
        assert_eq!(lines(&audit), [(4, 4)]);
    }

    #[test]
    fn a_share_of_something_that_is_not_printed_is_not_checked() {
        let audit = run(&RULE, table("Tiết kiệm 10% chi thường xuyên", "40000", "717").appendix());
        assert!(audit.findings.is_empty() && audit.checks.is_empty());
    }

    #[test]
    fn the_rows_beside_are_a_base() {
        let table = |amount| {
            Build::new(&["Kinh phí"])
                .item("1", "Xây lắp", &["600"])
                .item("2", "Thiết bị", &["400"])
                .item("3", "Dự phòng 10%", &[amount])
                .appendix()
        };
        assert_eq!(run(&RULE, table("100")).checks.first().unwrap().outcome, Outcome::Holds);
        assert_eq!(lines(&run(&RULE, table("115"))), [(3, 3)]);
    }
}
