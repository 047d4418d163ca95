//! What targets imply of each other: "X" and "X/Y" imply Y, so much a head times so many heads implies Y,
//! and Y may be printed itself.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::grammar::{Basis, Ratios, What};
use crate::model::{Appendix, Item, Target};
use crate::span::At;
use crate::value::{Interval, Number, Period, Relation, Unit};

/// Years of a period that a column does not name.
const USUAL_YEARS: i64 = 5;

/// A whole and everything that the targets of one column say of it.
#[derive(Debug)]
pub(crate) struct Whole<'a> {
    /// What it is, as the grammar knows it.
    pub key: String,
    /// The period of the column.
    pub period: Option<Period>,
    /// What is said of it, in printed order of the rows that say it.
    pub implied: Vec<Implied<'a>>,
}

/// One value of a whole.
#[derive(Debug)]
pub(crate) struct Implied<'a> {
    /// How it comes about.
    pub source: Source,
    /// The value in the base unit.
    pub value: Number,
    /// What rounding allows.
    pub interval: Interval,
    /// Over which time it is meant.
    pub basis: Basis,
    /// The rows that it comes from; the first is where it is said.
    pub rows: Vec<(&'a Target, Number)>,
    /// The place of the first row's value.
    pub at: &'a At,
    /// The unit that the money is printed in.
    pub unit: &'a Unit,
}

/// How a value of a whole comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// It is printed.
    Printed,
    /// A part and its share in the whole.
    Ratio,
    /// So much a head and so many heads.
    Product,
}

/// A value of a target in one column, in the base unit.
#[derive(Clone, Copy)]
struct Known<'a> {
    target: &'a Target,
    at: &'a At,
    unit: &'a Unit,
    printed: Number,
    value: Number,
    interval: Interval,
    basis: Basis,
}

/// The wholes of an appendix of which at least two values are told, column by column.
pub(crate) fn wholes<'a>(appendix: &'a Appendix, ratios: &Ratios, locality: Option<&str>) -> Vec<Whole<'a>> {
    let targets: Vec<&'a Target> = appendix
        .items
        .iter()
        .filter_map(|item| if let Item::Target(target) = item { Some(&**target) } else { None })
        .collect();
    let named: Vec<(What, Basis)> = targets
        .iter()
        .map(|target| {
            let named = ratios.read(&target.name, locality);
            (named.what, named.basis)
        })
        .collect();
    let implies = |what: &What| match what {
        What::Ratio(..) => true,
        What::One(key) => ratios.product.iter().any(|product| product.per_head == *key),
    };
    if !named.iter().any(|(what, _)| implies(what)) {
        return Vec::new();
    }
    let widest = targets.iter().map(|target| target.values.len()).max().unwrap_or_default();
    (0..widest).flat_map(|column| of_column(&targets, &named, ratios, column)).collect()
}

fn of_column<'a>(
    targets: &[&'a Target],
    named: &[(What, Basis)],
    ratios: &Ratios,
    column: usize,
) -> Vec<Whole<'a>> {
    let mut ones: FxHashMap<&str, Known<'a>> = FxHashMap::default();
    let mut shares: Vec<(&str, &str, Known<'a>)> = Vec::new();
    for (target, (what, basis)) in targets.iter().zip(named) {
        let Some(known) = known(target, *basis, column) else { continue };
        match what {
            What::One(key) => {
                ones.entry(key).or_insert(known);
            }
            What::Ratio(part, whole) if is(known.unit, "percent") => shares.push((part, whole, known)),
            What::Ratio(..) => {}
        }
    }
    let mut found: BTreeMap<&str, Vec<Implied<'a>>> = BTreeMap::new();
    for (part, whole, share) in shares {
        if let Some(implied) = ones.get(part).and_then(|part| from_ratio(part, &share)) {
            found.entry(whole).or_default().push(implied);
        }
    }
    for product in &ratios.product {
        let per_head = ones.get(product.per_head.as_str());
        let heads = ones.get(product.heads.as_str());
        if let Some(implied) = per_head.zip(heads).and_then(|(per_head, heads)| from_product(per_head, heads))
        {
            found.entry(&product.whole).or_default().push(implied);
        }
    }
    let period = targets.iter().find_map(|target| target.values.get(column)?.period);
    let whole = |(key, mut implied): (&str, Vec<Implied<'a>>)| {
        if let Some(printed) = ones.get(key).filter(|known| known.value > Number::ZERO) {
            implied.push(Implied {
                source: Source::Printed,
                value: printed.value,
                interval: printed.interval,
                basis: printed.basis,
                rows: vec![(printed.target, printed.printed)],
                at: printed.at,
                unit: printed.unit,
            });
        }
        let base = implied.first().and_then(|first| first.unit.base.clone());
        implied.retain(|implied| implied.unit.base == base);
        implied.sort_by_key(|implied| implied.at.span);
        (implied.len() > 1).then(|| Whole { key: key.to_owned(), period, implied })
    };
    found.into_iter().filter_map(whole).collect()
}

/// A part less its share gives the whole.
fn from_ratio<'a>(part: &Known<'a>, share: &Known<'a>) -> Option<Implied<'a>> {
    if share.interval.low <= Number::ZERO || part.interval.low <= Number::ZERO {
        return None;
    }
    let basis = if part.basis == Basis::Unsaid { share.basis } else { part.basis };
    Some(Implied {
        source: Source::Ratio,
        value: part.value.checked_div(share.value)?,
        interval: Interval {
            low: part.interval.low.checked_div(share.interval.high)?,
            high: part.interval.high.checked_div(share.interval.low)?,
        },
        basis,
        rows: vec![(share.target, share.printed), (part.target, part.printed)],
        at: share.at,
        unit: part.unit,
    })
}

fn from_product<'a>(per_head: &Known<'a>, heads: &Known<'a>) -> Option<Implied<'a>> {
    if !is(heads.unit, "person")
        || per_head.interval.low <= Number::ZERO
        || heads.interval.low <= Number::ZERO
    {
        return None;
    }
    let basis = if per_head.basis == Basis::Unsaid { heads.basis } else { per_head.basis };
    Some(Implied {
        source: Source::Product,
        value: per_head.value.checked_mul(heads.value)?,
        interval: Interval {
            low: per_head.interval.low.checked_mul(heads.interval.low)?,
            high: per_head.interval.high.checked_mul(heads.interval.high)?,
        },
        basis,
        rows: vec![(per_head.target, per_head.printed), (heads.target, heads.printed)],
        at: per_head.at,
        unit: per_head.unit,
    })
}

/// The value of a target in a column, in the base unit; percent as a fraction of one.
fn known<'a>(target: &'a Target, basis: Basis, column: usize) -> Option<Known<'a>> {
    let quantity = &target.values.get(column)?.value;
    let unit = quantity.unit.as_ref().or(target.unit.as_ref())?;
    unit.base.as_ref()?;
    let (low, high) = match quantity.relation {
        Relation::Eq => (quantity.low?, quantity.low?),
        Relation::Between => (quantity.low?, quantity.high?),
        _ => return None,
    };
    let factor = |number: Number| {
        let number = number.checked_mul(unit.factor)?;
        if is(unit, "percent") { number.checked_div(Number::whole(100)) } else { Some(number) }
    };
    let middle = (low + high).checked_div(Number::whole(2))?;
    let value = if low == high { low } else { middle };
    Some(Known {
        target,
        at: if quantity.at.line > 0 { &quantity.at } else { &target.at },
        unit,
        printed: value,
        value: factor(value)?,
        interval: Interval { low: factor(low.interval().low)?, high: factor(high.interval().high)? },
        basis,
    })
}

fn is(unit: &Unit, base: &str) -> bool {
    unit.base.as_deref() == Some(base)
}

impl Whole<'_> {
    /// Whether two values can be the same. Values meant over different times agree loosely: the years of
    /// the period lie between them at most.
    pub fn agree(&self, a: &Implied<'_>, b: &Implied<'_>) -> bool {
        if a.interval.meets(b.interval) {
            return true;
        }
        let years = match self.period {
            Some(Period { from: Some(from), to: Some(to) }) => i64::from(to - from) + 1,
            _ => USUAL_YEARS,
        };
        if a.basis == b.basis || years <= 1 {
            return false;
        }
        let times = |n: Number| n.checked_mul(Number::whole(years)).unwrap_or(n);
        times(a.interval.high) >= b.interval.low && times(b.interval.high) >= a.interval.low
    }

    /// The value that disagrees with the others, where they agree among themselves; else the first that is
    /// implied by a ratio; `None` where all agree.
    pub fn odd(&self) -> Option<&Implied<'_>> {
        let all = &self.implied;
        let disagrees = |i: usize| {
            let own = all.get(i)?;
            let against =
                all.iter().enumerate().filter(|(j, other)| *j != i && !self.agree(own, other)).count();
            Some((own, against))
        };
        let counts: Vec<_> = (0..all.len()).filter_map(disagrees).collect();
        let most = counts.iter().map(|(_, against)| *against).max().filter(|most| *most > 0)?;
        let mut worst = counts.iter().filter(|(_, against)| *against == most).map(|(own, _)| *own);
        let first = worst.next()?;
        match worst.next() {
            None => Some(first),
            Some(second) => {
                [first, second].into_iter().chain(worst).min_by_key(|implied| match implied.source {
                    Source::Ratio => 0,
                    Source::Product => 1,
                    Source::Printed => 2,
                })
            }
        }
    }
}
