//! A008: a part lies above its whole: one year's plan above the plan of the years that contain it, a plan
//! above the total investment, a "trong đó" row above the row that it is a part of.

use rustc_hash::FxHashMap;

use super::arithmetic::{Book, Cell, Ledger, LineKind, Node, books, column_formula, is_past, units_differ};
use super::prose::part_of;
use super::targets::part_above::{self, comparison};
use super::{Context, Rule};
use crate::finding::{Audit, Check, Code, Finding, Outcome, Severity, Text};
use crate::model::{AmountRole, AppendixKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "A008", name: "part-exceeds-whole" },
    severity: Severity::Error,
    page: include_str!("../../docs/rules/A008-part-exceeds-whole.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    for book in books(context) {
        for pair in pairs(book) {
            columns(&book.ledger, pair, audit);
        }
        single_years(book, audit);
        rows(book, audit);
    }
    for appendix in &context.document.appendices {
        if appendix.kind == AppendixKind::Targets {
            part_above::report(&context.grammar.arithmetic, appendix, audit, &RULE);
        }
    }
    part_of::exceeding(context, audit, &RULE);
}

/// A column that lies inside another.
#[derive(Debug, Clone, Copy)]
struct Pair {
    whole: usize,
    part: usize,
    /// Whether the years say so, not only the meaning of the total.
    by_years: bool,
}

/// Pairs of columns, without those whose sums another rule checks.
fn pairs(book: &Book<'_>) -> Vec<Pair> {
    let ledger = &book.ledger;
    let summed: Vec<(usize, usize)> = sums(book);
    let plans: Vec<usize> = ledger.money().filter(|column| !ledger.says(*column).done).collect();
    let role = |column: usize| ledger.column(column).map(|money| money.role);
    let mut out = Vec::new();
    for whole in plans.iter().copied() {
        let whole_life = ledger.says(whole).whole_life_total;
        let spans = ledger.years(whole).filter(|(from, to)| from < to && !whole_life);
        let holds_plans = matches!(role(whole), Some(AmountRole::PriorPlan | AmountRole::Total));
        for part in plans.iter().copied().filter(|part| *part != whole) {
            if summed.contains(&(whole, part)) || units_differ(ledger, whole, &[part]) {
                continue;
            }
            let inside = spans
                .zip(ledger.years(part))
                .is_some_and(|((from, to), (first, last))| from <= first && last <= to && first == last);
            let inner = || summed.iter().any(|(_, inner)| *inner == part);
            let plan = ledger.says(part).total || role(part) == Some(AmountRole::Year);
            if inside && holds_plans && matches!(role(part), Some(AmountRole::Year | AmountRole::PriorPlan)) {
                out.push(Pair { whole, part, by_years: true });
            } else if whole_life
                && plan
                && !is_past(ledger, part)
                && !ledger.says(part).whole_life_total
                && !inner()
            {
                out.push(Pair { whole, part, by_years: false });
            }
        }
    }
    out
}

/// One year's plan above the plan of all years, where the years are added up to it: that is more than a sum that does not close. Where
/// several lie above it the plan of all is what is wrong.
fn single_years(book: &Book<'_>, audit: &mut Audit) {
    let ledger = &book.ledger;
    let is_year = |column: &usize| ledger.column(*column).is_some_and(|it| it.role == AmountRole::Year);
    for sum in &book.decompositions {
        for row in &sum.rows {
            let whole = row.sum.total;
            let found = sum.parts.iter().filter(|part| is_year(part)).filter_map(|part| {
                let names = (ledger.column_label(whole.column), ledger.column_label(*part));
                let part = Cell { line: whole.line, column: *part };
                let (check, finding) = cells(ledger, whole, part, &ledger.row_label(whole.line), names)?;
                Some((check, finding?))
            });
            let found: Vec<(Check, Finding)> = found.collect();
            if let Ok([(check, finding)]) = <[_; 1]>::try_from(found) {
                audit.checks.push(check);
                audit.findings.push(finding);
            }
        }
    }
}

/// Totals with their parts, of which sums are checked.
fn sums(book: &Book<'_>) -> Vec<(usize, usize)> {
    let found = book.decompositions.iter().flat_map(|sum| sum.parts.iter().map(|part| (sum.total, *part)));
    let formulas = (0..book.ledger.columns.len()).filter_map(|total| {
        let terms = column_formula(&book.ledger, total)?.terms;
        Some(terms.into_iter().map(move |(part, _)| (total, part)))
    });
    found.chain(formulas.flatten()).collect()
}

/// Two columns, row by row. Where the part lies above the whole in many rows, it is no part.
fn columns(ledger: &Ledger<'_>, pair: Pair, audit: &mut Audit) {
    let compared = (0..ledger.lines.len()).filter_map(|line| {
        let (whole, part) = (Cell { line, column: pair.whole }, Cell { line, column: pair.part });
        let names = (ledger.column_label(pair.whole), ledger.column_label(pair.part));
        cells(ledger, whole, part, &ledger.row_label(line), names)
    });
    let (checks, findings): (Vec<Check>, Vec<Option<Finding>>) = compared.unzip();
    let findings: Vec<Finding> = findings.into_iter().flatten().collect();
    let few = findings.len() * 3 <= checks.len() || (pair.by_years && findings.len() == 1);
    if few {
        audit.checks.extend(checks);
        audit.findings.extend(findings);
    }
}

/// Rows that are said to be part of another, column by column.
fn rows(book: &Book<'_>, audit: &mut Audit) {
    let ledger = &book.ledger;
    for Part { whole, part, heading } in parts(book) {
        for column in ledger.money() {
            let number = |line: usize| ledger.number(Cell { line, column });
            // "Trong đó" under the last of several rows may be of all of them: of the row that heads these.
            let of_all = heading.filter(|heading| number(*heading) > number(whole));
            let (whole, part) = (Cell { line: of_all.unwrap_or(whole), column }, Cell { line: part, column });
            let names = (ledger.row_label(whole.line), ledger.row_label(part.line));
            if let Some((check, finding)) = cells(ledger, whole, part, &ledger.column_label(column), names) {
                audit.checks.push(check);
                audit.findings.extend(finding);
            }
        }
    }
}

/// A line that is a part of another, and the row with a letter or a Roman number over it, if there is one.
struct Part {
    whole: usize,
    part: usize,
    heading: Option<usize>,
}

/// Lines that are said to be part of another ("Trong đó: giải phóng mặt bằng"), after that: of the row above, of a total, of the row
/// whose number theirs goes on with ("1.1" under "1").
fn parts(book: &Book<'_>) -> Vec<Part> {
    let Book { ledger, tree, .. } = book;
    let said = |line: usize| ledger.line(line).is_some_and(|it| ledger.words.of_which.matches(it.name));
    let is_part = |total: usize| ledger.appendix.totals.get(total).is_some_and(|it| it.part_of.is_some());
    let part_of = |heading: Option<usize>, part: usize| move |whole: usize| Part { whole, part, heading };
    // The lines of groups, which have amounts of their own.
    let groups: FxHashMap<&str, usize> = ledger
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| matches!(line.kind, LineKind::Group(_)))
        .map(|(at, line)| (line.id, at))
        .collect();
    let group_of = |item: usize| groups.get(ledger.appendix.items.get(item)?.group()?).copied();
    let lettered = |number: &str| number.starts_with(|c: char| c.is_ascii_uppercase());
    let (mut row, mut total, mut heading) = (None, None, None);
    let mut out = Vec::new();
    for (at, line) in ledger.lines.iter().enumerate() {
        if line.number.is_some_and(lettered) {
            heading = Some(at);
        }
        match line.kind {
            LineKind::Item(index) if line.number.is_none() && said(at) => {
                out.extend(row.map(part_of(heading.or_else(|| group_of(index)), at)));
            }
            LineKind::Total(index) if !is_part(index) => total = Some(at),
            LineKind::Total(_) => out.extend(total.map(part_of(None, at))),
            _ => row = Some(at),
        }
    }
    for (whole, container) in tree.totals(ledger) {
        let under = tree.children(container).iter().filter_map(|node| match node {
            // The lines of items come first, in their order.
            Node::Item(item) if said(*item) => Some(part_of(None, *item)(whole)),
            _ => None,
        });
        out.extend(under);
    }
    out
}

/// A cell that is a part of another: the check, and the finding where it is more. `of` is the row or column that both are of;
/// `names` are those of whole and part.
fn cells(
    ledger: &Ledger<'_>,
    whole: Cell,
    part: Cell,
    of: &Text,
    (whole_name, part_name): (Text, Text),
) -> Option<(Check, Option<Finding>)> {
    let (most, least) = ledger.number(whole).zip(ledger.number(part))?;
    // What went down did so by more than its part, or by less.
    if most.is_negative() || least.is_negative() {
        return None;
    }
    let exceeds = least.interval().low > most.interval().high;
    let named = |text: Text| {
        text.with("row", of.clone()).with("part", part_name.clone()).with("whole", whole_name.clone())
    };
    let operand = (whole_name.clone(), ledger.at(whole));
    let statement = named(Text::new("a008-statement-columns"));
    let check =
        comparison((RULE.code, Outcome::of(!exceeds)), ledger.at(part), statement, operand, (least, most));
    if !exceeds {
        return Some((check, None));
    }
    let message = named(Text::new("a008-message-columns")).with("least", least).with("most", most);
    let inferred = ledger.is_inferred(whole) || ledger.is_inferred(part);
    let severity = if inferred { RULE.severity.lowered() } else { RULE.severity };
    let label = Text::new("arithmetic-related").with("name", whole_name.clone()).with("value", most);
    let mut finding =
        Finding::new(RULE.code, severity, message, ledger.at(part)).relate(ledger.at(whole), label);
    if inferred {
        finding = finding.because(Text::new("arithmetic-evidence-inferred"));
    }
    Some((check, Some(finding)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a broken test table fails the test")]
mod tests {
    use super::super::arithmetic::testing::{Build, lines, run};
    use super::*;

    const PLANS: [&str; 2] = ["Kế hoạch vốn trung hạn 2021-2025", "Kế hoạch vốn năm 2025"];

    #[test]
    fn a_year_above_the_years_that_contain_it_is_found() {
        let table = Build::new(&PLANS).item("1", "X", &["900", "300"]).item("2", "Y", &["450", "660"]).item(
            "3",
            "Z",
            &["100", "100"],
        );
        let audit = run(&RULE, table.appendix());
        assert_eq!(lines(&audit), [(2, 4)]);
        assert_eq!(audit.checks.len(), 3);
    }

    #[test]
    fn columns_of_which_one_mostly_lies_above_are_no_pair() {
        let table = Build::new(&PLANS).item("1", "X", &["90", "300"]).item("2", "Y", &["450", "660"]);
        assert!(run(&RULE, table.appendix()).findings.is_empty());
    }

    #[test]
    fn money_already_spent_holds_no_plan() {
        let headers = ["Lũy kế giải ngân trung hạn 2021-2025", "Kế hoạch vốn năm 2025"];
        let table = Build::new(&headers).item("1", "X", &["90", "300"]);
        assert!(run(&RULE, table.appendix()).findings.is_empty());
    }

    #[test]
    fn a_plan_above_the_total_investment_is_found() {
        let headers = ["Tổng mức đầu tư", "Kế hoạch|Tổng số", "Kế hoạch|Năm 2026", "Kế hoạch|Năm 2027"];
        let table = Build::new(&headers)
            .item("1", "X", &["900", "300", "100", "200"])
            .item("2", "Y", &["800", "500", "300", "200"])
            .item("3", "Z", &["700", "750", "350", "400"]);
        assert_eq!(lines(&run(&RULE, table.appendix())), [(3, 4)]);
    }

    #[test]
    fn one_year_above_the_years_that_are_added_up_is_found_beside_their_sum() {
        let headers = ["Kế hoạch 2026-2027|Tổng số", "Kế hoạch 2026-2027|2026", "Kế hoạch 2026-2027|2027"];
        let rows = |first: &[&str]| {
            Build::new(&headers).item("1", "X", first).item("2", "Y", &["50", "20", "30"]).item(
                "3",
                "Z",
                &["70", "30", "40"],
            )
        };
        assert_eq!(lines(&run(&RULE, rows(&["90", "95", "40"]).appendix())), [(1, 4)]);
        assert!(run(&RULE, rows(&["9", "50", "40"]).appendix()).findings.is_empty(), "the total is wrong");
        assert!(run(&RULE, rows(&["90", "60", "40"]).appendix()).findings.is_empty(), "only the sum is");
    }
}
