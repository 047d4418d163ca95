//! The operands of a check as an aligned table, with what they give, what is printed, and the difference.

use crate::finding::Text;
use crate::output::columns::{Align, align, cut};
use crate::output::report::Check;
use crate::output::{Catalogue, place};
use crate::span::At;
use crate::value::Number;

/// Widest operand label, in terminal cells.
const LABEL_LIMIT: usize = 56;

/// The check's statement and its table. Operands without a value are counted, not listed.
pub(super) fn table(check: &Check, catalogue: &Catalogue) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row = |label: &str, value: Option<Number>, at: Option<&At>| {
        let Some(value) = value else { return };
        let value = catalogue.lang().number(value);
        // Numbers line up at the decimal mark: the fraction is a column of its own.
        let whole = value.find(fraction_mark(catalogue)).unwrap_or(value.len());
        let (whole, fraction) = value.split_at_checked(whole).unwrap_or((&value, ""));
        let place = at.filter(|at| at.line > 0).map(|at| place::short(at, catalogue));
        rows.push(vec![
            cut(label, LABEL_LIMIT),
            whole.to_owned(),
            fraction.to_owned(),
            place.unwrap_or_default(),
        ]);
    };
    for operand in &check.operands {
        row(&operand.label, operand.value, Some(&operand.at));
    }
    row(&catalogue.label("report-expected"), check.expected, None);
    row(&catalogue.label("report-actual"), check.actual, Some(&check.at));
    row(&catalogue.label("report-difference"), check.difference, None);

    let listed = check.operands.iter().filter(|operand| operand.value.is_some()).count();
    let mut lines = vec![check.statement.clone()];
    for (i, line) in align_numbers(&rows).into_iter().enumerate() {
        if i == listed && listed > 0 {
            lines.push(format!("  {}", "-".repeat(24)));
        }
        lines.push(format!("  {line}"));
    }
    let blank = check.operands.len() - listed;
    if blank > 0 {
        lines.push(format!(
            "  {}",
            catalogue.render(&Text::new("report-blank-operands").with("count", blank))
        ));
    }
    if let Some(reason) = &check.reason {
        lines.push(format!("  {reason}"));
    }
    lines.join("\n")
}

/// Aligns label, whole, fraction and place; whole and fraction stand without a space between.
fn align_numbers(rows: &[Vec<String>]) -> Vec<String> {
    let fraction = rows.iter().filter_map(|row| row.get(2)).map(String::len).max().unwrap_or(0);
    let joined: Vec<Vec<String>> = rows
        .iter()
        .filter_map(|row| match row.as_slice() {
            [label, whole, part, place] => {
                Some(vec![label.clone(), format!("{whole}{part:<fraction$}"), place.clone()])
            }
            _ => None,
        })
        .collect();
    align(&joined, &[Align::Left, Align::Right, Align::Left])
}

fn fraction_mark(catalogue: &Catalogue) -> char {
    match catalogue.lang() {
        crate::output::Lang::Vi => ',',
        crate::output::Lang::En => '.',
    }
}
