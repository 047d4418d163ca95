//! Columns of lengths, areas and the like whose totals are printed: they add up as money does.
//!
//! "Chiều dài (km)", "Số hộ" beside columns of money are what a project is like, no amounts; their numbers stand in the cells of the
//! table.

use super::ledger::{Cell, Ledger, Line};
use super::sum::{Label, Sum, Verdict};
use super::tree::{Depth, Tree};
use crate::model::{Appendix, AppendixKind, Column, ColumnRole, Origin, Row};
use crate::span::At;
use crate::syntax::number::{self, Decimal, Form};
use crate::value::{Number, Quantity, Relation};

/// Fewest items with a number.
const FEWEST: usize = 3;
/// A lone total that is off by more than this share of it is perhaps none.
const NEAR: i64 = 4;

/// A column of measures, and what stands in it in each line.
pub(super) struct Measure<'a> {
    pub position: usize,
    pub column: &'a Column,
    pub cells: Vec<Option<Quantity>>,
}

/// The columns of an appendix in which all that is filled are numbers, some of them those of groups or totals.
pub(super) fn measures<'a>(
    appendix: &'a Appendix,
    lines: &[Line<'a>],
    row_of: impl Fn(&str) -> Option<&'a Row>,
) -> Vec<Measure<'a>> {
    if !matches!(appendix.kind, AppendixKind::Projects | AppendixKind::Tasks | AppendixKind::Plans) {
        return Vec::new();
    }
    let items = appendix.items.len();
    let measured = |(position, column): (usize, &'a Column)| {
        let texts: Vec<Option<(&str, &At)>> = lines
            .iter()
            .map(|line| {
                let cell = row_of(line.id)?.cells.get(position)?;
                let text = cell.raw.as_deref().filter(|_| cell.origin == Origin::Own)?;
                let filled = text.chars().any(char::is_alphanumeric);
                filled.then_some((text, &cell.at))
            })
            .collect();
        let filled = |part: &[Option<(&str, &At)>]| part.iter().flatten().count();
        let (of_items, of_totals) = texts.split_at_checked(items)?;
        if filled(of_items) < FEWEST || filled(of_totals) == 0 {
            return None;
        }
        let decimal = mark(appendix, texts.iter().flatten().map(|(text, _)| *text));
        let mut cells = Vec::with_capacity(texts.len());
        for text in texts {
            cells.push(match text {
                Some((text, at)) => Some(quantity(text, number::read(text, decimal)?, at)),
                None => None,
            });
        }
        Some(Measure { position, column, cells })
    };
    use ColumnRole::{Other, Scope, Size};
    let sizes = |(_, column): &(usize, &Column)| matches!(column.role, Size | Scope | Other);
    appendix.columns.iter().enumerate().filter(sizes).filter_map(measured).collect()
}

fn quantity(text: &str, number: Number, at: &At) -> Quantity {
    Quantity {
        raw: Some(text.to_owned()),
        relation: Relation::Eq,
        low: Some(number),
        high: Some(number),
        unit: None,
        evidence: None,
        at: at.clone(),
    }
}

/// The decimal mark of numbers: as those leave no choice, else as the table's other columns have it.
fn mark<'t>(appendix: &Appendix, texts: impl Iterator<Item = &'t str>) -> Decimal {
    let (mut comma, mut dot) = (0, 0);
    for shape in texts.filter_map(number::shape) {
        match shape.form {
            Form::Comma => comma += 1,
            Form::Dot => dot += 1,
            Form::Ambiguous | Form::Plain => {}
        }
    }
    let format = appendix.columns.iter().find_map(|column| column.number_format.as_ref());
    let table = format.map_or(Decimal::Comma, |format| match format.decimal.as_str() {
        "." => Decimal::Dot,
        _ => Decimal::Comma,
    });
    match comma.cmp(&dot) {
        std::cmp::Ordering::Greater => Decimal::Comma,
        std::cmp::Ordering::Less => Decimal::Dot,
        std::cmp::Ordering::Equal => table,
    }
}

/// Whether the totals of a column of measures are sums: not fewer hold than fail, or the only one is near.
pub(super) fn adds_up(ledger: &Ledger<'_>, tree: &Tree, column: usize) -> bool {
    let (mut holds, mut fails, mut near) = (0, 0, true);
    for (line, container) in tree.totals(ledger) {
        let total = Cell { line, column };
        let parts = tree.parts(ledger, container, column, Depth::Parts);
        let (Some(printed), false) = (ledger.number(total), parts.is_empty()) else { continue };
        let sum = Sum::of(total, parts, Label::Row);
        match sum.verdict(ledger) {
            Verdict::Holds => holds += 1,
            Verdict::Fails => {
                fails += 1;
                let times = Number::whole(NEAR);
                near &= sum
                    .difference(ledger)
                    .is_some_and(|off| off.abs().checked_mul(times).is_some_and(|off| off <= printed.abs()));
            }
            Verdict::Unverifiable(_) => {}
        }
    }
    holds > 0 && holds >= fails || fails == 1 && near
}
