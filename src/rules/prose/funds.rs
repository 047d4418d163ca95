//! Sums of money that the body states ("Tổng kinh phí thực hiện: 12.350 triệu đồng, trong đó …"): held to the total rows
//! of the appendices (R008) and to their own parts (A001).
//!
//! Which total is meant is not always said. It is the appendix that the passage names; else the one total whose figure
//! differs by a slip of digits; else the only table of money, where the two are of one size.

use std::ops::Range;

use super::worded::Worded;
use crate::finding::{Audit, Finding, Operand, Quote, Text};
use crate::grammar::phrase::{holds, plain};
use crate::grammar::{Concepts, FundWords};
use crate::model::{Appendix, Column, ColumnRole, ReferenceKind, Total};
use crate::rules::context::Passage;
use crate::rules::statements::placed;
use crate::rules::values::digits::is_mistyped;
use crate::rules::{Context, Rule, shorten};
use crate::span::At;
use crate::text::{fold, head};
use crate::value::{Interval, Number, Quantity};

/// A sum of money in running text.
#[derive(Debug, Clone)]
pub(in crate::rules) struct Stated<'a> {
    pub passage: Passage<'a>,
    pub range: Range<usize>,
    pub quantity: &'a Quantity,
    /// In đồng.
    pub amount: Interval,
    /// The words before it.
    pub label: &'a str,
    /// Whether a percentage stands before these words: "60% tổng kinh phí, tương ứng …".
    pub share: bool,
}

/// A total in running text with its parts.
struct Fund<'a> {
    total: Stated<'a>,
    parts: Vec<Stated<'a>>,
    /// Whether the parts are said to make it up.
    complete: bool,
    /// Whether they stand in passages of their own.
    listed: bool,
}

/// A printed amount of a total row.
struct Printed<'a> {
    appendix: &'a Appendix,
    total: &'a Total,
    column: &'a Column,
    quantity: &'a Quantity,
    amount: Interval,
}

/// Most passages after one that ends in a colon that may list its parts.
const LISTED: usize = 12;

/// Reports sums in running text that the appendices print otherwise.
pub(in crate::rules) fn against_appendices(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    let printed = printed(context);
    if printed.is_empty() {
        return;
    }
    let words = &context.grammar.statements.funds;
    for fund in funds(context) {
        let turnover = words.is_turnover(&fold(fund.total.label));
        let Some((meant, holds)) = meant(&fund.total, &printed, turnover) else { continue };
        if !holds {
            conflict(&fund.total, meant, audit, rule);
        }
        for part in &fund.parts {
            if let Some(column) = part_of(words, part, meant, &printed)
                && !column.amount.meets(part.amount)
            {
                conflict(part, column, audit, rule);
            }
        }
    }
}

/// Reports totals in running text that are not the sum of the parts that passages after theirs list. Parts in the same
/// sentence are told by `sentences`.
pub(in crate::rules) fn parts(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    for fund in funds(context).iter().filter(|fund| fund.complete && fund.listed && fund.parts.len() > 1) {
        fund.sum(audit, rule);
    }
}

/// The interval of an exact amount of money, in đồng.
fn money(quantity: &Quantity, factor: Number) -> Option<Interval> {
    let interval = quantity.interval()?;
    Some(Interval { low: interval.low.checked_mul(factor)?, high: interval.high.checked_mul(factor)? })
}

pub(in crate::rules) fn is_percent(quantity: &Quantity) -> bool {
    quantity.unit.as_ref().and_then(|unit| unit.base.as_deref()) == Some("percent")
}

/// What an amount of money in running text is in đồng.
pub(in crate::rules) fn of_text(quantity: &Quantity) -> Option<Interval> {
    let unit =
        quantity.unit.as_ref().filter(|unit| unit.base.as_deref() == Some("VND") && unit.per.is_none())?;
    money(quantity, unit.factor)
}

/// The amounts of money of a passage in order.
fn amounts<'a>(passage: Passage<'a>) -> Vec<Stated<'a>> {
    let (mut end, mut percent) = (0, false);
    let mut out = Vec::new();
    for (range, quantity, _, _) in placed(passage.text, passage.quantities) {
        let before = passage.text.get(end..range.start).unwrap_or_default();
        let after_stop =
            before.rfind(". ").map_or(0, |at| at + 2).max(before.rfind(';').map_or(0, |at| at + 1));
        let label = before.get(after_stop..).unwrap_or_default();
        let share = percent && after_stop == 0;
        end = range.end;
        percent = is_percent(quantity);
        if let Some(amount) = of_text(quantity) {
            out.push(Stated { passage, range, quantity, amount, label, share });
        }
    }
    out
}

/// Whether the words before an amount call it a total, of which it is no share.
fn calls(amount: &Stated<'_>, words: &FundWords) -> bool {
    let label = fold(amount.label);
    !amount.share && (words.is_total(&label) || words.is_turnover(&label))
}

/// The totals of a passage, and the amounts right behind which "Trong đó" tells parts: "Nhu cầu kinh phí là 366.300 triệu đồng (Phụ
/// lục III). Trong đó, …".
pub(in crate::rules) fn wholes<'a>(passage: Passage<'a>, words: &FundWords) -> Vec<Stated<'a>> {
    let opens = |amount: &Stated<'_>| {
        let after = passage.text.get(amount.range.end..).unwrap_or_default().trim_start();
        let after = match after.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
            Some((_, after)) => after,
            None => after,
        };
        words.opens_parts(&fold(head(after.trim_start_matches(['.', ',', ';', ':', ' ']), OPENING)))
    };
    amounts(passage).into_iter().filter(|amount| calls(amount, words) || opens(amount)).collect()
}

/// How many bytes behind an amount may open its parts.
const OPENING: usize = 24;

fn funds<'a>(context: &Context<'a>) -> Vec<Fund<'a>> {
    let words = &context.grammar.statements.funds;
    let passages: Vec<Passage<'a>> = context.passages();
    let mut out = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        let amounts = amounts(*passage);
        let calls = |amount: &Stated<'_>| calls(amount, words);
        let Some(at) = amounts.iter().position(calls) else { continue };
        let Some(total) = amounts.get(at).cloned() else { continue };
        let rest = passage.text.get(total.range.end..).unwrap_or_default();
        let sentence = rest.find(". ").map_or(rest.len(), |end| end + 1);
        let end = total.range.end + sentence;
        let mut parts: Vec<Stated<'a>> =
            amounts.into_iter().skip(at + 1).filter(|part| part.range.start < end).collect();
        let listed = parts.is_empty() && passage.text.trim_end().ends_with(':');
        let between = match parts.first() {
            Some(first) => passage.text.get(total.range.end..first.range.start),
            None if listed => Some(rest),
            None => rest.get(..sentence),
        };
        let between = fold(between.unwrap_or_default());
        if listed {
            // The last of a list ends in a full stop.
            let mut ended = false;
            let open = |passage: &&Passage<'a>| {
                !std::mem::replace(&mut ended, passage.text.trim_end().ends_with('.'))
            };
            let listed = passages.iter().skip(index + 1).take(LISTED).take_while(open);
            let listed = listed.map(|passage| self::amounts(*passage));
            parts = listed
                .map_while(|mut amounts| if amounts.len() == 1 { amounts.pop() } else { None })
                .collect();
        }
        let (lists, complete) = words.leads_over(&between);
        if !lists {
            parts.clear();
        }
        out.push(Fund { total, parts, complete, listed });
    }
    out
}

/// The amounts of the total rows of whole tables.
fn printed<'a>(context: &Context<'a>) -> Vec<Printed<'a>> {
    printed_of(context, |total| total.group.is_none() && total.part_of.is_none())
}

/// The amounts of a year in the total rows of whole tables, in đồng, with the place and the words of each.
pub(in crate::rules) fn of_year(context: &Context<'_>, year: i32) -> Vec<(Interval, At, Text)> {
    let own = |it: &Printed<'_>| it.column.years.as_deref() == Some(&[year]);
    let printed = printed(context).into_iter().filter(own);
    let place =
        |it: &Printed<'_>| if it.quantity.at.line > 0 { &it.quantity.at } else { &it.total.at }.clone();
    printed.map(|it| (it.amount, place(&it), Text::words(it.total.label.as_str()))).collect()
}

/// The amounts of some total rows.
fn printed_of<'a>(context: &Context<'a>, is_meant: impl Fn(&Total) -> bool) -> Vec<Printed<'a>> {
    let words = &context.grammar.arithmetic;
    let mut out = Vec::new();
    for appendix in &context.document.appendices {
        if appendix.unit.as_ref().is_some_and(|unit| unit.base.as_deref() != Some("VND")) {
            continue;
        }
        let declared = appendix.unit.as_ref().map(|unit| unit.factor);
        for total in appendix.totals.iter().filter(|total| is_meant(total)) {
            for amount in &total.amounts {
                let column = appendix.columns.iter().find(|column| column.id == amount.column);
                let Some(column) = column else { continue };
                let leaf = column.path.last().map_or("", String::as_str);
                let header = words.header(leaf);
                if header.not_money {
                    continue;
                }
                // "Kinh phí (tr.đ)" says its own unit.
                let factor = match header.unit.as_ref().map(|_| factor(leaf, &context.grammar.concepts)) {
                    Some(own) => own,
                    None => declared,
                };
                let Some(factor) = factor else { continue };
                if let Some(value) = money(&amount.value, factor) {
                    out.push(Printed { appendix, total, column, quantity: &amount.value, amount: value });
                }
            }
        }
    }
    out
}

/// How many times an amount may be another one of the same figures.
const SCALES: [i64; 3] = [1, 1_000, 1_000_000];

/// Fewest digits but trailing zeros of a number that is no coincidence.
const TELLING: usize = 4;

/// Reports amounts in running text that print the number of a row of a total, or of a group, with another unit of money than its table's, or a thousand
/// or a million times less or more of it, while no total is that amount (V008).
pub(in crate::rules) fn in_other_units(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    let printed = printed_of(context, |_| true);
    if printed.is_empty() {
        return;
    }
    for stated in context.passages().into_iter().flat_map(amounts) {
        let Some(number) = stated.quantity.exact().map(Number::normalized) else { continue };
        let digits = number.to_string();
        let telling = digits.bytes().filter(u8::is_ascii_digit).count()
            - digits.bytes().rev().take_while(|byte| *byte == b'0').count();
        let scaled = |own: Number| {
            SCALES.iter().any(|scale| {
                let scale = Number::whole(*scale);
                let times = |number: Number| number.checked_mul(scale).map(Number::normalized);
                times(number) == Some(own) || times(own) == Some(number)
            })
        };
        let same = |it: &&Printed<'_>| it.quantity.exact().is_some_and(|own| scaled(own.normalized()));
        let Some(cell) = printed.iter().find(same).filter(|_| telling >= TELLING) else { continue };
        if printed.iter().any(|it| it.amount.meets(stated.amount)) {
            continue;
        }
        let unit = cell.appendix.unit.as_ref().map_or("", |unit| unit.raw.as_str());
        let message = Text::new("v008-message-total")
            .with("words", words(&stated))
            .with("total", cell.total.label.as_str())
            .with("cell", cell.quantity.raw.as_deref().unwrap_or_default())
            .with("unit", unit.to_lowercase());
        let at = if cell.quantity.at.line > 0 { &cell.quantity.at } else { &cell.total.at };
        let related = Text::words(cell.quantity.raw.as_deref().unwrap_or_default());
        let finding = Finding::new(rule.code, rule.severity, message, stated.passage.at.clone());
        let finding = finding.relate(at.clone(), related).suggest(Text::new("v008-suggestion"));
        audit.findings.push(finding.quoting(stated.passage.text, stated.range.clone()));
    }
}

/// How many đồng a unit of money is that a header names.
fn factor(header: &str, concepts: &Concepts) -> Option<Number> {
    let key = plain(header);
    let named = concepts.money.iter().filter(|money| money.keys.iter().any(|words| holds(&key, words)));
    named.max_by_key(|money| money.factor).map(|money| money.factor)
}

/// The printed total that a stated one is, and whether it says the same; `None` where it cannot be told.
fn meant<'p, 'a>(
    total: &Stated<'_>,
    printed: &'p [Printed<'a>],
    turnover: bool,
) -> Option<(&'p Printed<'a>, bool)> {
    let whole = |it: &&Printed<'_>| it.column.role == ColumnRole::Total;
    let same = |it: &&Printed<'_>| it.amount.meets(total.amount);
    if let Some(same) = printed.iter().find(|it| whole(it) && same(it)).or_else(|| printed.iter().find(same))
    {
        return Some((same, true));
    }
    let all: Option<Interval> =
        printed.iter().filter(whole).map(|it| it.amount).reduce(|sum, next| sum + next);
    if all.is_some_and(|all| all.meets(total.amount)) {
        return None;
    }
    let appendices = || total.passage.references.iter().filter(|it| it.kind == ReferenceKind::Appendix);
    let named: Vec<&str> = appendices().filter_map(|reference| reference.target.as_deref()).collect();
    let of_named = |it: &&Printed<'_>| named.contains(&it.appendix.id.as_str());
    let only = |found: Vec<&'p Printed<'a>>| if let [only] = found.as_slice() { Some(*only) } else { None };
    let in_named = only(printed.iter().filter(whole).filter(of_named).collect());
    let slip = |it: &&Printed<'_>| is_mistyped_amount(it, total);
    let by_slip = || only(printed.iter().filter(whole).filter(slip).collect());
    let alone =
        || only(printed.iter().filter(whole).collect()).filter(|it| are_near(it.amount, total.amount));
    // What the passage names and nobody can read, or what is missing, is no other appendix.
    let numbered = printed.iter().all(|it| it.appendix.is_numbered());
    let lost = numbered && appendices().any(|reference| reference.target.is_none());
    let elsewhere = (lost || !named.is_empty()) && !printed.iter().any(|it| of_named(&it));
    let found = match () {
        () if elsewhere => None,
        () if turnover => by_slip(),
        () => in_named.filter(|it| of_one_size(it.amount, total.amount)).or_else(by_slip).or_else(alone),
    };
    found.map(|found| (found, false))
}

/// Whether two amounts lie within a factor of two.
fn of_one_size(a: Interval, b: Interval) -> bool {
    a.low <= b.high + b.high && b.low <= a.high + a.high
}

/// Whether two amounts lie within a third of each other: of sums that nothing else ties, others count something else.
fn are_near(a: Interval, b: Interval) -> bool {
    let four = |value: Number| value.checked_mul(Number::whole(4)).unwrap_or_default();
    let three = |value: Number| value.checked_mul(Number::whole(3)).unwrap_or_default();
    three(a.low) <= four(b.high) && three(b.low) <= four(a.high)
}

/// Whether a stated amount may be the printed one mistyped; the zeros of another unit are left out.
fn is_mistyped_amount(printed: &Printed<'_>, stated: &Stated<'_>) -> bool {
    let digits = |amount: Interval| -> String {
        let middle = (amount.low + amount.high).checked_div(Number::whole(2)).unwrap_or_default();
        let text = middle.normalized().to_string();
        text.trim_end_matches('0').chars().filter(char::is_ascii_digit).collect()
    };
    is_mistyped(&digits(printed.amount), &digits(stated.amount))
}

/// The column of a total's table that a part is: that of its year, or of its source of money.
fn part_of<'p, 'a>(
    words: &FundWords,
    part: &Stated<'_>,
    total: &Printed<'a>,
    printed: &'p [Printed<'a>],
) -> Option<&'p Printed<'a>> {
    let label = fold(part.label);
    let source = words.source(&label);
    // "bố trí từ năm 2027, trong đó ngân sách trung ương": the year is not the part's.
    let own = label.rsplit(',').next().filter(|_| source.is_some()).unwrap_or(&label);
    let years: Vec<i32> =
        own.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse().ok()).collect();
    let year = if let [year] = years.as_slice() { Some(*year) } else { None };
    let nested = total.column.path.len() > 1;
    let beside = |it: &&Printed<'_>| {
        std::ptr::eq(it.total, total.total)
            && it.column.role != ColumnRole::Total
            && (!nested || it.column.path.first() == total.column.path.first())
    };
    let named = |it: &&Printed<'_>| {
        let leaf = it.column.path.last().map_or("", String::as_str);
        let of_year = it.column.role == ColumnRole::Year
            && year.is_some_and(|year| it.column.years == Some(vec![year]));
        let leaf = fold(leaf);
        let of_source = source.is_some() && words.source(&leaf) == source;
        of_year || year.is_none() && (of_source || words.repeats(&label, &leaf))
    };
    let mut found = printed.iter().filter(beside).filter(named);
    let only = found.next()?;
    found.next().is_none().then_some(only)
}

/// Where a stated amount stands.
pub(in crate::rules) fn place(stated: &Stated<'_>) -> At {
    let exact = stated.quantity.at.line > 0;
    if exact { stated.quantity.at.clone() } else { stated.passage.at.clone() }
}

/// The words of a stated amount.
pub(in crate::rules) fn words(stated: &Stated<'_>) -> String {
    let label = stated.label.trim_start_matches([',', ';', ':', '.', ' ', '-']);
    let amount = stated.passage.text.get(stated.range.clone()).unwrap_or_default();
    shorten(&format!("{label}{amount}"))
}

fn conflict(stated: &Stated<'_>, printed: &Printed<'_>, audit: &mut Audit, rule: &Rule) {
    let unit = printed.appendix.unit.as_ref().map_or("", |unit| unit.raw.as_str());
    let raw = printed.quantity.raw.as_deref().unwrap_or_default();
    let column = printed.column.path.last().map_or("", String::as_str);
    let other = format!("{}, {column}: {raw} {unit}", printed.total.label);
    let at = if printed.quantity.at.line > 0 { &printed.quantity.at } else { &printed.total.at };
    let message = Text::new("r008-message").with("found", words(stated)).with("other", other.as_str());
    let label = Text::new("r008-related").with("other", other);
    let finding = Finding::new(rule.code, rule.severity, message, stated.passage.at.clone());
    audit.findings.push(finding.relate(at.clone(), label).quoting(stated.passage.text, stated.range.clone()));
}

impl Fund<'_> {
    fn sum(&self, audit: &mut Audit, rule: &Rule) {
        let sum: Interval = self.parts.iter().map(|part| part.amount).sum();
        let holds = sum.meets(self.total.amount);
        let unit = self.total.quantity.unit.as_ref().map_or(Number::whole(1), |unit| unit.factor);
        let value = |stated: &Stated<'_>| -> Option<Number> {
            let own = stated.quantity.unit.as_ref().map_or(Number::whole(1), |unit| unit.factor);
            stated.quantity.exact()?.checked_mul(own)?.checked_div(unit).map(Number::normalized)
        };
        let Some(total) = value(&self.total) else { return };
        let operand = |part: &Stated<'_>| Operand::new(Text::words(words(part)), value(part), place(part));
        let (text, range) = (self.total.passage.text, self.total.range.clone());
        let quote = if self.total.quantity.at.line == 0 { Quote::of(text, range) } else { None };
        let parts = self.parts.iter().map(operand).collect();
        Worded { name: words(&self.total), at: place(&self.total), quote, total, parts, holds }
            .report(audit, rule);
    }
}
