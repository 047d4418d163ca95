//! Amounts that are read the other way where only that closes their row's sum.

use super::{Maker, stored};
use crate::model::{Amount, AmountRole, Appendix, Item};
use crate::syntax::number::{self, Decimal, Form};
use crate::value::{Interval, Number, Quantity, Relation};

/// Reads an amount the other way ("7,000" as 7 rather than 7000) where only that closes its row's sum.
pub(super) fn by_sums(maker: Maker<'_>, appendix: &mut Appendix, decimals: &[Decimal]) {
    let columns: Vec<String> = appendix.columns.iter().map(|column| column.id.clone()).collect();
    for item in &mut appendix.items {
        match item {
            Item::Project(project) => reread(maker, &mut project.amounts, &columns, decimals),
            Item::Task(task) => reread(maker, &mut task.amounts, &columns, decimals),
            _ => {}
        }
    }
}

fn reread(maker: Maker<'_>, amounts: &mut [Amount], columns: &[String], decimals: &[Decimal]) {
    let Some(total) = amounts.iter().position(|amount| amount.role == AmountRole::Total) else { return };
    if closes(amounts, total) != Some(false) {
        return;
    }
    let mut found: Option<(usize, Number)> = None;
    for index in 0..amounts.len() {
        let Some(amount) = amounts.get(index) else { continue };
        let Some(raw) = amount.value.raw.as_deref() else { continue };
        let known = stored::is_known(maker, &amount.value.at);
        if known || number::shape(raw).is_none_or(|shape| shape.form != Form::Ambiguous) {
            continue;
        }
        let column = columns.iter().position(|id| *id == amount.column);
        let other = match column.and_then(|c| decimals.get(c)) {
            Some(Decimal::Dot) => Decimal::Comma,
            _ => Decimal::Dot,
        };
        let Some(value) = number::read(raw, other) else { continue };
        let mut trial = amounts.to_vec();
        if let Some(amount) = trial.get_mut(index) {
            set(&mut amount.value, value);
        }
        if closes(&trial, total) == Some(true) {
            if found.is_some() {
                return;
            }
            found = Some((index, value));
        }
    }
    if let Some((index, value)) = found
        && let Some(amount) = amounts.get_mut(index)
    {
        set(&mut amount.value, value);
        amount.value.evidence = Some("sum".to_owned());
    }
}

fn set(quantity: &mut Quantity, value: Number) {
    quantity.relation = Relation::Eq;
    quantity.low = Some(value);
    quantity.high = Some(value);
}

/// Whether the parts after a total are its sum; `None` where that cannot be told.
fn closes(amounts: &[Amount], total: usize) -> Option<bool> {
    let whole = amounts.get(total)?.value.interval()?;
    let parts: Vec<Interval> = amounts
        .iter()
        .skip(total + 1)
        .take_while(|amount| amount.role != AmountRole::Total)
        .filter(|amount| amount.role != AmountRole::PriorPlan)
        .filter_map(|amount| amount.value.interval())
        .collect();
    if parts.is_empty() {
        return None;
    }
    Some(parts.into_iter().sum::<Interval>().meets(whole))
}
