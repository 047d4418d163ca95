//! Amounts that a row names in words beside its cell: what scale the cell's column then has.

use super::{Shape, money_in, numerals, read};
use crate::grammar::Concepts;
use crate::model::{Appendix, Cell, ColumnRole, RowRole};
use crate::rules::printed::{Printed, is_money, own};
use crate::value::Number;

/// A row whose words name an amount of money that its cell repeats.
#[derive(Debug, Clone)]
pub(in crate::rules) struct Beside<'a> {
    /// The cell of the words.
    pub name: &'a Cell,
    /// The words: "3,250 tỷ đồng".
    pub words: &'a str,
    /// Where the words start in their cell.
    pub start: usize,
    /// The cell of the number.
    pub cell: &'a Cell,
    /// The number as the cell prints it.
    pub number: &'a str,
    /// How many đồng the unit in words is.
    pub factor: Number,
    /// Whether the words print the very number of the cell.
    pub same_digits: bool,
    /// Factors that the column then has: both read alike, and the words with a decimal comma beside a cell
    /// with commas between thousands, or the other way round.
    pub alike: Option<Number>,
    /// See `alike`.
    pub apart: Option<Number>,
    /// Whether other cells prove that the separator of the cell's number stands between thousands.
    pub proven: bool,
}

impl Beside<'_> {
    /// The factor that is more likely the column's.
    pub(in crate::rules) fn likely(&self) -> Number {
        let apart = self.apart.filter(|_| self.proven || self.alike.is_none());
        apart.or(self.alike).unwrap_or(self.factor)
    }

    /// The other factor that can be read, if there is one.
    pub(in crate::rules) fn other(&self) -> Option<Number> {
        let likely = self.likely();
        self.alike.into_iter().chain(self.apart).find(|factor| *factor != likely)
    }
}

/// The rows of an appendix whose words name an amount that a money cell of the row repeats, one cell a row.
pub(in crate::rules) fn beside<'a>(appendix: &'a Appendix, concepts: &Concepts) -> Vec<Beside<'a>> {
    let printed = Printed::of(appendix);
    let Some(names) = printed.position(ColumnRole::Name) else { return Vec::new() };
    let columns = printed.positions(|role| is_money(role) || role == ColumnRole::Value);
    if columns.is_empty() {
        return Vec::new();
    }
    let mut commas: Option<bool> = None;
    let mut out = Vec::new();
    for row in printed.rows() {
        if !matches!(row.role, RowRole::Item | RowRole::Group | RowRole::Subtotal | RowRole::Total) {
            continue;
        }
        let Some(name) = row.cells.get(names) else { continue };
        let Some(text) = own(name) else { continue };
        for amount in money_in(text, concepts) {
            let (Some(digits), Some(words)) =
                (text.get(amount.number.clone()), text.get(amount.range.clone()))
            else {
                continue;
            };
            let cells = columns
                .iter()
                .filter_map(|&at| row.cells.get(at))
                .filter_map(|cell| Some((cell, own(cell)?.trim())));
            let found = cells.filter_map(|(cell, number)| {
                // "(4.125,0)" takes away.
                let plain = number.trim_matches(['(', ')']).trim();
                let (alike, apart) = factors(digits, plain, amount.factor);
                let same_digits = digits == plain;
                (alike.is_some() || apart.is_some()).then_some((cell, number, alike, apart, same_digits))
            });
            if let Some((cell, number, alike, apart, same_digits)) = found.into_iter().next() {
                let thousands_commas = *commas.get_or_insert_with(|| commas_group(appendix, &columns));
                let proven = number.contains(',') && thousands_commas;
                out.push(Beside {
                    name,
                    words,
                    start: amount.range.start,
                    cell,
                    number,
                    factor: amount.factor,
                    same_digits,
                    alike,
                    apart,
                    proven,
                });
            }
        }
    }
    out
}

/// The factors of the column under which words and cell are one amount: both read by one convention, and
/// each by another.
fn factors(words: &str, cell: &str, factor: Number) -> (Option<Number>, Option<Number>) {
    let scale = |words_comma: bool, cell_comma: bool| {
        let amount = read(words, words_comma)?.checked_mul(factor)?;
        let cell = read(cell, cell_comma).filter(|cell| !cell.is_zero())?;
        let ratio = amount.checked_div(cell)?.normalized();
        [1_000_000_000, 1_000_000, 1_000, 1].map(Number::whole).into_iter().find(|scale| *scale == ratio)
    };
    let alike = scale(true, true).or_else(|| scale(false, false));
    let apart = scale(true, false).or_else(|| scale(false, true)).filter(|apart| Some(*apart) != alike);
    (alike, apart)
}

/// Whether numbers of the columns prove that commas stand between thousands.
fn commas_group(appendix: &Appendix, columns: &[usize]) -> bool {
    let mut grouping = 0_usize;
    let mut decimal = 0_usize;
    for row in Printed::of(appendix).rows() {
        for raw in columns.iter().filter_map(|&at| row.cells.get(at)).filter_map(own) {
            for numeral in numerals(raw) {
                match numeral.shape {
                    Shape::CommasThenDot | Shape::ThousandsCommas | Shape::DecimalDot => grouping += 1,
                    Shape::DecimalComma | Shape::DotsThenComma | Shape::ThousandsDots => decimal += 1,
                    _ => {}
                }
            }
        }
    }
    let decided = appendix.columns.iter().filter_map(|column| column.number_format.as_ref());
    let dots = decided.filter(|format| format.decimal == ".").count();
    (grouping > decimal) || (grouping == decimal && dots > 0)
}
