//! Shares that running text states with their amounts: "60% tổng kinh phí, tương ứng 1.260 triệu đồng", "1.260 triệu đồng,
//! chiếm 60% tổng kinh phí", "tổng kinh phí 2.100 triệu đồng, trong đó ngân sách tỉnh 1.260 triệu đồng (60%)". They are held
//! to the total that the text states (A006).
//!
//! Which total is meant is not said. A share that fits any of them holds; one that fits none is reported where the total is
//! called by the same words, or stands in the same passage, and where the last one stated before misses.

use std::ops::Range;

use super::funds::{self, Stated};
use super::stated_share::StatedShare;
use crate::finding::{Audit, Operand, Quote, Text};
use crate::grammar::FundWords;
use crate::rules::context::Passage;
use crate::rules::statements::placed;
use crate::rules::{Context, Rule, shorten};
use crate::text::{fold, head};
use crate::value::{Interval, Number, Quantity};

/// A share of a total, with its amount in đồng.
struct Share<'a> {
    passage: Passage<'a>,
    /// From the first of its two figures to the last.
    range: Range<usize>,
    percent: &'a Quantity,
    amount: Interval,
    /// What calls its total so; `None` where a bracket behind a part says the percentage alone.
    of: Option<&'a str>,
}

/// Most letters between the two figures of a share.
const BETWEEN: usize = 80;

/// Reports shares in running text that the total they are of does not give.
pub(in crate::rules) fn report(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    let words = &context.grammar.statements.funds;
    let passages = context.passages();
    let totals: Vec<(usize, Vec<Stated<'_>>)> = passages
        .iter()
        .enumerate()
        .map(|(at, passage)| (at, funds::wholes(*passage, words)))
        .filter(|(_, totals)| !totals.is_empty())
        .collect();
    if totals.is_empty() {
        return;
    }
    for (at, passage) in passages.iter().enumerate() {
        for share in shares(*passage, words) {
            judge(&share, at, &totals, (words, rule), audit);
        }
    }
}

/// Reports shares of the money of one year ("5% kinh phí năm 2026 để dự phòng là 173.750 nghìn đồng") that no total row gives in that
/// year's column, where all total rows print one amount there.
pub(in crate::rules) fn of_years(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    let words = &context.grammar.statements.funds;
    for passage in context.passages() {
        let figures = placed(passage.text, passage.quantities);
        for pair in figures.windows(2) {
            let [(first, a, ..), (second, b, ..)] = pair else { continue };
            let between = passage.text.get(first.end..second.start).unwrap_or_default();
            let (key, long) = (fold(between), between.chars().count() > BETWEEN * 2);
            if long || between.contains(['.', ';']) || !funds::is_percent(a) || !words.equals(&key) {
                continue;
            }
            let (Some(year), Some(amount), Some(range)) =
                (words.year_of(&key), funds::of_text(b), a.interval())
            else {
                continue;
            };
            let totals = funds::of_year(context, year);
            let fitting = totals.iter().find(|(total, ..)| fits(amount, range, *total));
            let one = totals.first().filter(|first| totals.iter().all(|other| other.0.meets(first.0)));
            let Some((total, at, label)) = fitting.or(one) else { continue };
            let unit = b.unit.as_ref().map_or(Number::whole(1), |unit| unit.factor);
            let (part, whole) = (in_unit(amount, unit), in_unit(*total, unit));
            let (Some(percent), Some(part), Some(whole)) = (a.exact(), part, whole) else { continue };
            if part > whole {
                continue;
            }
            let range = first.start..second.end;
            let stated = StatedShare {
                row: Text::words(shorten(passage.text.get(range.clone()).unwrap_or_default())),
                at: passage.at.clone(),
                quote: Quote::of(passage.text, range),
                percent,
                amount: part,
                base: Operand::new(label.clone(), whole, at.clone()),
                holds: fitting.is_some(),
            };
            stated.report(audit, rule);
        }
    }
}

fn shares<'a>(passage: Passage<'a>, words: &'a FundWords) -> Vec<Share<'a>> {
    let figures = placed(passage.text, passage.quantities);
    let mut out = Vec::new();
    for pair in figures.windows(2) {
        let [(first, a, ..), (second, b, ..)] = pair else { continue };
        let between = passage.text.get(first.end..second.start).unwrap_or_default();
        if between.contains(['.', ';']) || between.chars().count() > BETWEEN {
            continue;
        }
        let after = head(passage.text.get(second.end..).unwrap_or_default(), BETWEEN * 3);
        let range = first.start..second.end;
        let found = match (funds::is_percent(a), funds::is_percent(b)) {
            // "60% tổng kinh phí, tương ứng 1.260 triệu đồng"
            (true, false) => {
                let of = words.called(&fold(between)).filter(|_| words.equals(&fold(between)));
                of.and_then(|of| Some((*a, funds::of_text(b)?, Some(of))))
            }
            // "1.260 triệu đồng, chiếm 60% tổng kinh phí"; "1.260 triệu đồng (60%)"
            (false, true) => {
                let clause = after.split([',', '.', ';', ')']).next().unwrap_or_default();
                let of = words.called(&fold(clause));
                let bracketed = between.trim() == "(" && after.starts_with(')');
                let amount =
                    funds::of_text(a).filter(|_| of.is_some() && words.makes_up(&fold(between)) || bracketed);
                amount.map(|amount| (*b, amount, of))
            }
            _ => None,
        };
        if let Some((percent, amount, of)) = found {
            out.push(Share { passage, range, percent, amount, of });
        }
    }
    out
}

fn judge(
    share: &Share<'_>,
    at: usize,
    totals: &[(usize, Vec<Stated<'_>>)],
    (words, rule): (&FundWords, &Rule),
    audit: &mut Audit,
) {
    let Some(percent) = share.percent.exact().filter(|percent| *percent < Number::whole(100)) else { return };
    let Some(range) = share.percent.interval() else { return };
    let all = || totals.iter().flat_map(|(place, totals)| totals.iter().map(move |total| (*place, total)));
    let own = |(place, total): &(usize, &Stated<'_>)| *place == at && total.range.start < share.range.start;
    let named = |(place, total): &(usize, &Stated<'_>)| {
        *place <= at && words.called(&fold(total.label)) == share.of && total.range != share.range
    };
    let fitting = all().find(|(_, total)| fits(share.amount, range, total.amount));
    let fitting = fitting.filter(|it| share.of.is_some() || own(it));
    let meant = || all().rfind(|it| own(it) || share.of.is_some() && named(it));
    let Some((_, base)) = fitting.or_else(meant) else { return };
    let unit = base.quantity.unit.as_ref().map_or(Number::whole(1), |unit| unit.factor);
    let (amount, total) = (in_unit(share.amount, unit), in_unit(base.amount, unit));
    let (Some(amount), Some(total)) = (amount, total) else { return };
    // A part is no larger than its whole: another total is meant.
    if amount > total {
        return;
    }
    let text = share.passage.text;
    let stated = StatedShare {
        row: Text::words(shorten(text.get(share.range.clone()).unwrap_or_default())),
        at: share.passage.at.clone(),
        quote: Quote::of(text, share.range.clone()),
        percent,
        amount,
        base: Operand::new(Text::words(funds::words(base)), total, funds::place(base)),
        holds: fitting.is_some(),
    };
    stated.report(audit, rule);
}

/// The middle of an amount in đồng, in a unit of so many.
fn in_unit(amount: Interval, unit: Number) -> Option<Number> {
    let middle = (amount.low + amount.high).checked_div(Number::whole(2))?;
    middle.checked_div(unit).map(Number::normalized)
}

/// Whether an amount can be so many percent of a base.
pub(in crate::rules) fn fits(amount: Interval, percent: Interval, base: Interval) -> bool {
    let hundred = Number::whole(100);
    let bounds = |a: Number, b: Number| a.checked_mul(b).unwrap_or_default();
    let share = Interval { low: bounds(percent.low, base.low), high: bounds(percent.high, base.high) };
    Interval { low: bounds(amount.low, hundred), high: bounds(amount.high, hundred) }.meets(share)
}
