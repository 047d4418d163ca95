//! A008: a part lies above its whole: one year's plan above the plan of the years that contain it, a plan
//! above the total investment, a "trong đó" row above the row that it is a part of.

use rustc_hash::FxHashMap;

use super::arithmetic::{
    Book, Cell, Ledger, LineKind, Node, after_labels, books, column_formula, is_past, units_differ,
};
use super::prose::part_of;
use super::targets::target_sums::same_unit;
use super::{Context, Rule};
use crate::finding::{Audit, Check, Code, Finding, Operand, Outcome, Severity, Text};
use crate::grammar::Arithmetic;
use crate::model::{AmountRole, Appendix, AppendixKind, Item, Target};
use crate::span::At;
use crate::value::{Number, Quantity, Relation, Unit};

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
        rows(book, audit);
    }
    for appendix in &context.document.appendices {
        if appendix.kind == AppendixKind::Targets {
            targets(&context.grammar.arithmetic, appendix, audit);
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
    let check = comparison(exceeds, ledger.at(part), statement, operand, (least, most));
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

/// Most rows over a row that are looked at.
const LEVELS: usize = 8;

/// Rows of targets that are said to be part of the row above, or of one over that.
fn targets(words: &Arithmetic, appendix: &Appendix, audit: &mut Audit) {
    let by_id: FxHashMap<&str, &Target> = appendix
        .items
        .iter()
        .filter_map(|item| {
            if let Item::Target(target) = item { Some((target.id.as_str(), &**target)) } else { None }
        })
        .collect();
    let labelled = after_labels(appendix);
    let parent = |target: &Target| by_id.get(target.parent.as_deref()?).copied();
    for item in &appendix.items {
        let Item::Target(part) = item else { continue };
        let said = words.of_which.matches(&part.name) || labelled.contains(part.id.as_str());
        // "Trong đó" under the last of several rows may be of all of them: of the row that heads these.
        let reach = if part.number.is_none() { LEVELS } else { 1 };
        let wholes: Vec<&Target> =
            std::iter::successors(parent(part).filter(|_| said), |whole| parent(whole))
                .take(reach)
                .filter(|whole| {
                    same_unit(part.unit.as_ref(), whole.unit.as_ref()) && adds_up(words, whole, part)
                })
                .collect();
        for (at, below) in part.values.iter().enumerate() {
            // "11,5%" in a column of growth beside columns of what grows.
            let percent = |unit: &Unit| unit.base.as_deref() == Some("percent");
            let own = |above: &Quantity, whole: &Target| match &whole.unit {
                Some(unit) => [above, &below.value]
                    .iter()
                    .all(|it| it.unit.as_ref().is_none_or(|own| same_unit(Some(own), Some(unit)))),
                None => match (&above.unit, &below.value.unit) {
                    (Some(unit), Some(other)) => same_unit(Some(unit), Some(other)) && !percent(unit),
                    (own, other) => own.is_none() && other.is_none(),
                },
            };
            let above = wholes.iter().filter_map(|whole| Some((*whole, &whole.values.get(at)?.value)));
            let above = above.filter(|(whole, quantity)| own(quantity, whole) && !quantity.is_blank());
            let greatest = above.max_by_key(|(_, quantity)| highest(quantity).map(|most| most.bound));
            if let Some((whole, quantity)) = greatest {
                compare(whole, part, quantity, &below.value, audit);
            }
        }
    }
}

fn compare(whole: &Target, part: &Target, above: &Quantity, below: &Quantity, audit: &mut Audit) {
    let Some((least, most)) = lowest(below).zip(highest(above)) else { return };
    if least.printed.is_negative() || most.printed.is_negative() {
        return;
    }
    let exceeds = least.bound > most.bound;
    let place = |quantity: &Quantity, target: &Target| {
        if quantity.at.line > 0 { quantity.at.clone() } else { target.at.clone() }
    };
    let (at, whole_at) = (place(below, part), place(above, whole));
    let statement = Text::new("a008-statement-targets")
        .with("part", part.name.as_str())
        .with("whole", whole.name.as_str());
    let operand = (Text::words(whole.name.clone()), whole_at.clone());
    audit.checks.push(comparison(exceeds, at.clone(), statement, operand, (least.printed, most.printed)));
    if exceeds {
        let message = Text::new("a008-message-targets")
            .with("part", part.name.as_str())
            .with("least", least.printed)
            .with("whole", whole.name.as_str())
            .with("most", most.printed);
        let label = Text::new("arithmetic-related")
            .with("name", Text::words(whole.name.clone()))
            .with("value", most.printed);
        audit.findings.push(Finding::new(RULE.code, RULE.severity, message, at).relate(whole_at, label));
    }
}

fn comparison(
    exceeds: bool,
    at: At,
    statement: Text,
    whole: (Text, At),
    (part, most): (Number, Number),
) -> Check {
    let (label, whole_at) = whole;
    Check::new(RULE.code, Outcome::of(!exceeds), at, statement)
        .over([Operand::new(label, most, whole_at)])
        .comparing(most, part)
}

/// Whether a part of what the row counts cannot lie above it. Rates and averages of a part may, unless the
/// two are known to be of one whole.
fn adds_up(words: &Arithmetic, whole: &Target, part: &Target) -> bool {
    if words.is_part(&whole.name, &part.name) {
        return true;
    }
    let percent = whole.unit.as_ref().and_then(|unit| unit.base.as_deref()) == Some("percent");
    let per = whole.unit.as_ref().is_some_and(|unit| unit.per.as_deref().is_some_and(|per| per != "year"));
    if words.proportion.matches(&whole.name) {
        let own = words.of_which.key(&part.name);
        let rest = words.of_which.find(&own).and_then(|range| own.get(range.end..)).unwrap_or(&own);
        return !rest.contains('/') && !rest.split_whitespace().any(|word| word == "trong");
    }
    !percent && !per && !words.rate.matches(&whole.name) && !words.rate.matches(&part.name)
}

/// A bound of a quantity: as printed, and with what rounding allows.
struct Bound {
    printed: Number,
    bound: Number,
}

fn lowest(quantity: &Quantity) -> Option<Bound> {
    let printed = quantity.low?;
    match quantity.relation {
        Relation::Eq | Relation::Between => Some(Bound { printed, bound: printed.interval().low }),
        Relation::Ge | Relation::Gt => Some(Bound { printed, bound: printed }),
        _ => None,
    }
}

fn highest(quantity: &Quantity) -> Option<Bound> {
    let printed = quantity.high.or(quantity.low)?;
    match quantity.relation {
        Relation::Eq | Relation::Between => Some(Bound { printed, bound: printed.interval().high }),
        Relation::Le | Relation::Lt => Some(Bound { printed, bound: printed }),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a broken test table fails the test")]
mod tests {
    use super::super::arithmetic::testing::{Build, at, lines, quantity, run};
    use super::*;
    use crate::model::TargetValue;

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

    fn percent() -> Option<Unit> {
        unit("%", "percent")
    }

    fn unit(raw: &str, base: &str) -> Option<Unit> {
        let (raw, base) = (raw.to_owned(), Some(base.to_owned()));
        Some(Unit { raw, base, factor: Number::whole(1), per: None, inferred: false, evidence: None })
    }

    fn found(whole: (&str, &str), part: (&str, &str), unit: Option<Unit>) -> bool {
        let target = |id: &str, parent: Option<&str>, (name, value): (&str, &str), line| {
            Item::Target(Box::new(Target {
                id: id.to_owned(),
                parent: parent.map(str::to_owned),
                name: name.to_owned(),
                unit: unit.clone(),
                values: vec![TargetValue { period: None, value: quantity(value, at(line, 4)) }],
                ..Target::default()
            }))
        };
        let items = vec![target("1/1", None, whole, 1), target("1/2", Some("1/1"), part, 2)];
        let appendix = Appendix { kind: AppendixKind::Targets, items, ..Appendix::default() };
        !run(&RULE, appendix).findings.is_empty()
    }

    #[test]
    fn a_row_above_the_row_that_it_is_part_of_is_found() {
        let money = || unit("tỷ đồng", "VND");
        assert!(found(("Chi ngân sách", "20"), ("Tr. đó: Chi đầu tư phát triển", "31"), money()));
        assert!(!found(("Chi ngân sách", "20"), ("Tr. đó: Chi đầu tư phát triển", "12"), money()));
        assert!(!found(("Chi ngân sách", "20"), ("Thu ngân sách", "31"), money()), "not said to be a part");
    }

    #[test]
    fn a_rate_of_a_part_may_lie_above() {
        assert!(!found(("Tỷ lệ hộ dùng nước sạch", "90"), ("Trong đó, khu vực đô thị", "100"), percent()));
        assert!(!found(
            ("Thu nhập bình quân đầu người", "90"),
            ("Trong đó: đô thị", "99"),
            unit("triệu đồng", "VND")
        ));
        assert!(found(
            ("Tỷ lệ lao động đã qua đào tạo", "60"),
            ("Trong đó, có bằng cấp, chứng chỉ", "80"),
            percent()
        ));
        assert!(found(("Tỷ trọng công nghiệp", "30"), ("Trong đó: chế biến", "45"), percent()));
        assert!(!found(
            ("Tỷ trọng công nghiệp", "30"),
            ("Trong đó: chế biến trong công nghiệp", "45"),
            percent()
        ));
    }
}
