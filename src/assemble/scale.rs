//! The unit of a money table that declares none above it: its headers name it, or rows whose words name an amount
//! beside its cell.

use super::Maker;
use crate::model::{Amount, Appendix, AppendixKind, Column, ColumnRole};
use crate::syntax::{quantity, unit};
use crate::value::{Number, Relation, Unit};

/// How many đồng a money table may count by.
const FACTORS: [i64; 4] = [1_000_000_000, 1_000_000, 1_000, 1];

/// A unit that all money headers name in brackets ("Tổng mức đầu tư (triệu đồng)").
pub(super) fn of_headers(maker: Maker<'_>, appendix: &mut Appendix, columns: &[Column]) {
    if appendix.unit.is_some() || matches!(appendix.kind, AppendixKind::Targets | AppendixKind::Growth) {
        return;
    }
    let money = |column: &&Column| {
        matches!(
            column.role,
            ColumnRole::Total | ColumnRole::Component | ColumnRole::Year | ColumnRole::PriorPlan
        )
    };
    let texts = columns.iter().filter(money).flat_map(|column| &column.path);
    for text in texts {
        let Some((_, rest)) = text.rsplit_once('(') else { continue };
        let inner = rest.trim_end().trim_end_matches(')').trim();
        let unit = unit::unit(inner, &maker.grammar.units);
        if unit.base.as_deref() == Some("VND") {
            appendix.unit = Some(Unit { evidence: Some(text.clone()), ..unit });
            return;
        }
    }
}

/// Infers the unit of a table of projects without one: a row "hỗ trợ 3,25 tỷ đồng" with 3.250 in a cell counts
/// millions. Rows that imply different units leave it open.
pub(super) fn infer(maker: Maker<'_>, appendix: &mut Appendix) {
    if appendix.unit.is_some() || appendix.kind != AppendixKind::Projects {
        return;
    }
    let items = appendix.items.iter().map(|item| (item.name(), item.amounts()));
    let totals = appendix.totals.iter().map(|total| (total.label.as_str(), total.amounts.as_slice()));
    let mut found: Option<(Number, String)> = None;
    for (name, amounts) in items.chain(totals) {
        let Some((factor, words)) = implied(maker, name, amounts) else { continue };
        match &found {
            Some((other, _)) if *other != factor => return,
            Some(_) => {}
            None => found = Some((factor, words)),
        }
    }
    let Some((factor, words)) = found else { return };
    appendix.unit = maker.grammar.concepts.money_name(factor).map(|name| Unit {
        raw: name.to_owned(),
        base: Some("VND".to_owned()),
        factor,
        per: None,
        inferred: true,
        evidence: Some(words),
    });
}

/// The factor under which an amount in a row's words is the amount in one of its cells, and those words.
fn implied(maker: Maker<'_>, name: &str, amounts: &[Amount]) -> Option<(Number, String)> {
    quantity::quantities_in(name, &maker.grammar.units).into_iter().find_map(|(_, quantity)| {
        let unit = quantity.unit.filter(|unit| unit.base.as_deref() == Some("VND") && unit.per.is_none())?;
        let money = quantity.low.filter(|_| quantity.relation == Relation::Eq)?.checked_mul(unit.factor)?;
        let factor = amounts.iter().find_map(|amount| {
            let ratio = money.checked_div(amount.value.exact()?)?.normalized();
            FACTORS.into_iter().map(Number::whole).find(|factor| *factor == ratio)
        })?;
        Some((factor, quantity.raw?))
    })
}
