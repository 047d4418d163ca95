//! Sums in tables of targets: a target over the parts that stand under it, a total row over all its rows, and a column
//! of totals over the columns beside it.
//!
//! A table of targets mixes counts with rates, and a list under a target need not be complete. So a sum is held to only
//! where others show that it is one: twice as many of the same rows, or columns, close as do not.

use rustc_hash::FxHashMap;

use super::quarters::{over_quarters, quarter};
use crate::finding::{Audit, Check, Finding, Operand, Outcome, Text};
use crate::grammar::{Arithmetic, Calendar};
use crate::model::{Appendix, AppendixKind, Column, ColumnRole, Item, Target};
use crate::rules::{Context, Rule};
use crate::span::At;
use crate::value::{Interval, Number, Quantity, Relation, Unit};

/// Which sums a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Over {
    /// A column of totals, along each row.
    Columns,
    /// A total row, down each column.
    Table,
    /// A target over its parts, in each column.
    Parts,
}

/// Fewest sums that must close.
const CLOSING: usize = 2;
/// Fewest parts of a whole.
const PARTS: usize = 2;
/// How many operands a finding points at.
const MOST_RELATED: usize = 12;

/// Reports the sums of one kind in all tables of targets.
pub(in crate::rules) fn report(
    context: &Context<'_>,
    audit: &mut Audit,
    rule: &Rule,
    message: &'static str,
    over: Over,
) {
    let words = &context.grammar.arithmetic;
    for appendix in &context.document.appendices {
        if appendix.kind != AppendixKind::Targets {
            continue;
        }
        let mut sets = match over {
            Over::Columns => along_rows(words, &context.grammar.calendar, appendix),
            Over::Table => under_totals(words, appendix),
            Over::Parts => under_targets(words, appendix),
        };
        sets.iter_mut().flatten().for_each(|sum| sum.settle(words));
        // Where nearly all targets of a table are the sum of their parts, each is.
        let all = over == Over::Parts && customary(&sets);
        for sums in &sets {
            let labelled = over == Over::Table && is_labelled(words, appendix, sums);
            for sum in if all || labelled { sums } else { shown(sums) } {
                sum.report(audit, rule, message, over);
            }
        }
        if over == Over::Columns {
            for mut sums in over_quarters(words, &context.grammar.calendar, appendix) {
                sums.iter_mut().for_each(|sum| sum.settle(words));
                shown(&sums).iter().for_each(|sum| sum.report(audit, rule, message, over));
            }
            for mut sum in over_years(words, appendix) {
                sum.settle(words);
                if !sum.closes() && !sum.is_near() {
                    continue;
                }
                sum.report(audit, rule, message, over);
            }
        }
    }
}

/// A value with its row or column.
#[derive(Debug, Clone)]
pub(in crate::rules) struct Term<'a> {
    pub name: &'a str,
    pub value: &'a Quantity,
    pub at: &'a At,
}

/// A printed value and what it should be the sum of.
#[derive(Debug)]
pub(in crate::rules) struct Sum<'a> {
    row: &'a str,
    column: String,
    total: Term<'a>,
    whole: Number,
    parts: Vec<Term<'a>>,
    /// Whether its numbers are counts, which are not rounded.
    counted: bool,
}

/// The sums of a set that speak: all of them, where enough close.
fn shown<'s, 'a>(sums: &'s [Sum<'a>]) -> &'s [Sum<'a>] {
    let closing = sums.iter().filter(|sum| sum.closes()).count();
    if closing >= CLOSING && closing >= 2 * (sums.len() - closing) { sums } else { &[] }
}

/// Whether the label of a total row says enough ("Cộng"): as many of its columns close as do not, or the only one is of a plain
/// list of rows, numbered from 1 on; and what does not close is near.
fn is_labelled(words: &Arithmetic, appendix: &Appendix, sums: &[Sum<'_>]) -> bool {
    let (closing, open): (Vec<&Sum<'_>>, Vec<_>) = sums.iter().partition(|sum| sum.closes());
    let said = sums.first().is_some_and(|sum| words.total_row.matches(sum.row));
    let near = open.iter().all(|sum| sum.is_near() && sum.exceeds_each());
    let numbered = |(at, target): (usize, &Target)| {
        let number = target.number.as_deref().map(|number| number.trim_end_matches(['.', ')', '/']));
        number.and_then(|number| number.parse::<usize>().ok()) == Some(at + 1) && target.parent.is_none()
    };
    let plain = || {
        appendix.groups.is_empty()
            && appendix.totals.len() == 1
            && targets(appendix).enumerate().all(numbered)
    };
    said && near && (closing.len() >= open.len().max(1) || open.len() == 1 && plain())
}

/// Whether the targets of a table are the sums of their parts: two at least are in all columns, and no more than one is not, though it
/// is in some.
fn customary(sets: &[Vec<Sum<'_>>]) -> bool {
    let told = sets.iter().filter(|sums| !sums.is_empty());
    let (closing, open): (Vec<&Vec<Sum<'_>>>, Vec<_>) = told.partition(|sums| sums.iter().all(Sum::closes));
    closing.len() >= 2 && open.len() <= 1 && open.iter().all(|sums| sums.iter().any(Sum::closes))
}

/// The value columns in order.
pub(in crate::rules) fn columns(appendix: &Appendix) -> Vec<&Column> {
    appendix.columns.iter().filter(|column| column.role == ColumnRole::Value).collect()
}

pub(in crate::rules) fn targets(appendix: &Appendix) -> impl Iterator<Item = &Target> {
    appendix
        .items
        .iter()
        .filter_map(|item| if let Item::Target(target) = item { Some(&**target) } else { None })
}

/// Whether a part is counted as its whole is; a part that names no unit is, and so are both in a table that names one above.
pub(in crate::rules) fn same_unit(part: Option<&Unit>, whole: Option<&Unit>) -> bool {
    match (part, whole) {
        (Some(part), Some(whole)) => {
            part.base == whole.base && part.factor == whole.factor && part.per == whole.per
        }
        (None, _) => true,
        (Some(_), None) => false,
    }
}

/// A printed number, and nothing else.
fn exact(quantity: &Quantity) -> Option<Number> {
    quantity.low.filter(|_| quantity.relation == Relation::Eq)
}

/// Each target over the targets right under it, column by column.
fn under_targets<'a>(words: &Arithmetic, appendix: &'a Appendix) -> Vec<Vec<Sum<'a>>> {
    let mut under: FxHashMap<&str, Vec<&Target>> = FxHashMap::default();
    for target in targets(appendix) {
        // "Tổng sản lượng" below the last part is of the whole table.
        let named = words.total_row.matches(&target.name) || words.total_opening.matches(&target.name);
        let total = target.number.is_none() && named;
        if let Some(parent) = target.parent.as_deref().filter(|_| !total) {
            under.entry(parent).or_default().push(target);
        }
    }
    let columns = columns(appendix);
    let mut out = Vec::new();
    for whole in targets(appendix) {
        let Some(parts) = under.get(whole.id.as_str()).filter(|parts| parts.len() >= PARTS) else { continue };
        let one_unit = parts.iter().all(|part| same_unit(part.unit.as_ref(), whole.unit.as_ref()));
        if !one_unit || words.rate.matches(&whole.name) {
            continue;
        }
        let rows: Vec<(&str, Vec<&Quantity>, &At)> = parts.iter().map(|part| values(part)).collect();
        let sums = columns.iter().enumerate().filter_map(|(index, column)| {
            let value = &whole.values.get(index)?.value;
            // "Năng suất (tạ/ha)" of all is no sum of those of each.
            let rate =
                value.unit.as_ref().is_some_and(|unit| unit.per.as_deref().is_some_and(|per| per != "year"));
            if rate || column.path.iter().any(|words_of| words.rate.matches(words_of)) {
                return None;
            }
            sum(&whole.name, column, Term { name: &whole.name, value, at: &whole.at }, index, &rows)
        });
        out.push(sums.collect());
    }
    out
}

fn values(target: &Target) -> (&str, Vec<&Quantity>, &At) {
    (&target.name, target.values.iter().map(|value| &value.value).collect(), &target.at)
}

/// Whether a column is of what adds up, and not of shares: "Bao phủ BHYT (%)".
fn counts(words: &Arithmetic, column: &Column) -> bool {
    column.path.last().is_none_or(|leaf| !leaf.contains('%') && !words.rate.matches(leaf))
}

/// A total row over all rows that stand under no other.
fn under_totals<'a>(words: &Arithmetic, appendix: &'a Appendix) -> Vec<Vec<Sum<'a>>> {
    let columns = columns(appendix);
    let mut out = Vec::new();
    for total in appendix.totals.iter().filter(|total| total.group.is_none() && total.part_of.is_none()) {
        let tops = targets(appendix).filter(|target| target.parent.is_none());
        let rows: Vec<(&str, Vec<&Quantity>, &At)> = tops.map(values).collect();
        let counts = columns.iter().enumerate().filter(|(_, column)| counts(words, column));
        let sums = counts.filter_map(|(index, column)| {
            let amount = total.amounts.iter().find(|amount| amount.column == column.id)?;
            let term = Term { name: &total.label, value: &amount.value, at: &total.at };
            sum(&total.label, column, term, index, &rows)
        });
        out.push(sums.collect());
    }
    out
}

/// A column that is called a total over the other columns under its header, row by row.
fn along_rows<'a>(words: &Arithmetic, calendar: &Calendar, appendix: &'a Appendix) -> Vec<Vec<Sum<'a>>> {
    let columns = columns(appendix);
    let leaf = |column: &'a Column| column.path.last().map_or("", String::as_str);
    let is_total =
        |column: &'a Column| words.header(leaf(column)).total || words.total_opening.matches(leaf(column));
    // "Toàn khu vực" before "Chia ra các phường" over several columns. What is of years adds up over them or not.
    let split = |at: usize| {
        let (own, next) = (columns.get(at)?, columns.get(at + 1)?);
        let header = next.path.first().filter(|header| own.path.len() == 1 && words.split.matches(header))?;
        next.years.is_none().then_some(header)
    };
    let mut out = Vec::new();
    for (at, total) in
        columns.iter().enumerate().filter(|(at, column)| is_total(column) || split(*at).is_some())
    {
        let under = |column: &Column| split(at).is_none_or(|header| column.path.first() == Some(header));
        let front = total.path.len().checked_sub(1).and_then(|end| total.path.get(..end)).unwrap_or_default();
        let beside = |other: &&Column| other.path.len() >= total.path.len() && other.path.starts_with(front);
        let parts: Vec<(usize, &Column)> = columns
            .iter()
            .copied()
            .enumerate()
            .filter(|(other, column)| *other != at && beside(column) && !is_total(column) && under(column))
            .filter(|(_, column)| counts(words, column) && !is_outside(column, total))
            .collect();
        // Quarters are held to their year group by group.
        let quarters = parts.iter().all(|(_, column)| quarter(column, calendar).is_some());
        if parts.len() < PARTS || quarters {
            continue;
        }
        let header = leaf(total);
        let adds = |target: &&Target| !is_percent(target) && !words.rate.matches(&target.name);
        let sums = targets(appendix).filter(adds).filter_map(|target| {
            let value = &target.values.get(at)?.value;
            let term = |(index, column): &(usize, &'a Column)| {
                let value = &target.values.get(*index)?.value;
                Some(Term { name: leaf(column), value, at: &target.at })
            };
            let parts: Vec<Term<'a>> = parts.iter().filter_map(term).collect();
            let total = Term { name: &target.name, value, at: &target.at };
            complete(&target.name, header.to_owned(), total, parts)
        });
        out.push(sums.collect());
    }
    out
}

/// Whether a column is of a year that a total does not cover: "Thực hiện 2025" beside "Cộng giai đoạn 2026-2030".
fn is_outside(column: &Column, total: &Column) -> bool {
    match (column.years.as_deref(), total.years.as_deref()) {
        (Some([year, ..]), Some([from, to])) => year < from || year > to,
        _ => false,
    }
}

fn is_percent(target: &Target) -> bool {
    target.unit.as_ref().is_some_and(|unit| unit.base.as_deref() == Some("percent"))
}

/// A value for several years beside one for each of them: "Kế hoạch 5 năm 2026-2030" and "2026" to "2030". What exceeds
/// the greatest of them is their sum, and neither a level nor a rate.
fn over_years<'a>(words: &'a Arithmetic, appendix: &'a Appendix) -> impl Iterator<Item = Sum<'a>> {
    let columns = columns(appendix);
    let header = |index: usize| columns.get(index).and_then(|column| column.path.last());
    let wholes: Vec<(usize, i32, i32, String)> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| !words.header(column.path.last().map_or("", String::as_str)).total)
        .filter_map(|(index, column)| match column.years.as_deref()? {
            [from, to] if to - from >= 2 => Some((index, *from, *to, header(index)?.clone())),
            _ => None,
        })
        .collect();
    let single: Vec<(usize, i32, &'a str)> = appendix
        .columns
        .iter()
        .filter(|column| column.role == ColumnRole::Value)
        .enumerate()
        .filter_map(|(index, column)| match column.years.as_deref()? {
            [year] => Some((index, *year, column.path.last()?.as_str())),
            _ => None,
        })
        .collect();
    targets(appendix).filter(|target| !words.rate.matches(&target.name)).flat_map(move |target| {
        let sums = wholes.iter().filter(|_| !is_percent(target)).filter_map(|(at, from, to, header)| {
            let value = &target.values.get(*at)?.value;
            let years = |year: i32| {
                let mut found = single.iter().filter(|(_, of, _)| *of == year);
                let (index, _, name) = found.next()?;
                let value = &target.values.get(*index)?.value;
                (found.next().is_none() && exact(value).is_some()).then_some(Term {
                    name,
                    value,
                    at: &target.at,
                })
            };
            let parts: Vec<Term<'a>> = (*from..=*to).map(years).collect::<Option<_>>()?;
            let total = Term { name: &target.name, value, at: &target.at };
            complete(&target.name, header.clone(), total, parts).filter(Sum::exceeds_each)
        });
        sums.collect::<Vec<_>>()
    })
}

fn sum<'a>(
    row: &'a str,
    column: &Column,
    total: Term<'a>,
    index: usize,
    rows: &[(&'a str, Vec<&'a Quantity>, &'a At)],
) -> Option<Sum<'a>> {
    let parts = rows
        .iter()
        .filter_map(|(name, values, at)| Some(Term { name, value: values.get(index)?, at }))
        .collect();
    complete(row, column.path.last().cloned().unwrap_or_default(), total, parts)
}

/// The sum, if its total and all its parts are numbers; a blank part is none, as long as two are printed.
pub(in crate::rules) fn complete<'a>(
    row: &'a str,
    column: String,
    total: Term<'a>,
    mut parts: Vec<Term<'a>>,
) -> Option<Sum<'a>> {
    let whole = exact(total.value)?;
    // A dash says that there is none.
    let dash = |raw: &str| raw.trim().chars().all(|c| matches!(c, '-' | '–' | '—'));
    parts.retain(|part| !part.value.is_blank() && !part.value.raw.as_deref().is_some_and(dash));
    let whole_rows = parts.iter().all(|part| exact(part.value).is_some());
    // A share printed among counts ("11,5%"). What a header says of the rows' units a total row may leave unsaid.
    let base = |term: &Term<'_>| term.value.unit.as_ref().and_then(|unit| unit.base.clone());
    let of_total = base(&total);
    let alike = |part: &Term<'_>| match (base(part), &of_total) {
        (Some(own), Some(other)) => own == *other,
        (Some(only), None) => only != "percent",
        (None, Some(only)) => only != "percent",
        (None, None) => true,
    };
    (parts.len() >= PARTS && whole_rows && parts.iter().all(alike)).then_some(Sum {
        row,
        column,
        total,
        whole,
        parts,
        counted: false,
    })
}

impl Sum<'_> {
    fn numbers(&self) -> impl Iterator<Item = Number> + '_ {
        self.parts.iter().filter_map(|part| exact(part.value))
    }

    fn expected(&self) -> Number {
        self.numbers().fold(Number::ZERO, |sum, number| sum + number)
    }

    /// Tells whether its numbers are counts, by their unit.
    fn settle(&mut self, words: &Arithmetic) {
        let unit = |term: &Term<'_>| {
            term.value.unit.as_ref().is_some_and(|unit| words.counted_unit.matches(&unit.raw))
        };
        let whole = self.whole.is_whole() && self.numbers().all(Number::is_whole);
        self.counted = whole && self.parts.first().is_some_and(unit);
    }

    fn closes(&self) -> bool {
        if self.counted {
            return self.expected().normalized() == self.whole.normalized();
        }
        let sum: Interval = self.numbers().map(Number::interval).sum();
        sum.meets(self.whole.interval())
    }

    /// Whether the total is more than each of its parts.
    fn exceeds_each(&self) -> bool {
        self.numbers().all(|part| part < self.whole)
    }

    /// Whether a total is near to the sum of its parts: what is far from it is no sum of them.
    fn is_near(&self) -> bool {
        let sum = self.expected();
        let five = Number::whole(5);
        (self.whole - sum).abs().checked_mul(five).is_some_and(|difference| difference <= sum)
    }

    fn place(term: &Term<'_>) -> At {
        if term.value.at.line > 0 { term.value.at.clone() } else { term.at.clone() }
    }

    fn report(&self, audit: &mut Audit, rule: &Rule, message: &'static str, over: Over) {
        let holds = self.closes();
        let (expected, actual) = (self.expected(), self.whole);
        let statement = match over {
            Over::Columns => Text::new("a001-statement"),
            Over::Table | Over::Parts => Text::new("arithmetic-statement-rows"),
        };
        let named = |text: Text| text.with("row", self.row).with("column", self.column.as_str());
        let operand =
            |part: &Term<'_>| Operand::new(Text::words(part.name), exact(part.value), Self::place(part));
        let check = Check::new(rule.code, Outcome::of(holds), Self::place(&self.total), named(statement));
        audit.checks.push(check.over(self.parts.iter().map(operand)).comparing(expected, actual));
        if holds {
            return;
        }
        let message = named(Text::new(message))
            .with("count", self.parts.len())
            .with("actual", actual)
            .with("expected", expected)
            .with("difference", (actual - expected).abs());
        let mut finding = Finding::new(rule.code, rule.severity, message, Self::place(&self.total));
        for part in self.parts.iter().take(MOST_RELATED) {
            let label = Text::new("arithmetic-related")
                .with("name", Text::words(part.name))
                .with("value", exact(part.value).unwrap_or_default());
            finding = finding.relate(Self::place(part), label);
        }
        audit.findings.push(finding);
    }
}
