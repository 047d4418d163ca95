//! Formulas, as far as an audit needs them: which are copies of one another, and what plain sums give.
//!
//! ```text
//! sum  = "SUM(" ref { ("," | ";") ref } ")" | ref { ("+" | "-") ref } ;
//! ref  = cell [ ":" cell ] ;
//! cell = "R[" offset "]C[" offset "]" ;          (* counted from the formula's own cell *)
//! ```

use super::book::cell_place;

/// A formula with the cells that it names counted from its own cell, so that copies are equal.
pub(super) fn relative(text: &str, at: (u32, u32)) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim_start_matches('=');
    while let Some(c) = rest.chars().next() {
        let quoted = matches!(c, '"' | '\'');
        let is_number = |c: char| c.is_ascii_digit() || c == '.';
        let len = if quoted {
            rest.char_indices().skip(1).find(|(_, other)| *other == c).map_or(rest.len(), |(at, _)| at + 1)
        } else if c.is_ascii_digit() && !rest.trim_start_matches(is_number).starts_with(is_word) {
            rest.find(|c| !is_number(c)).unwrap_or(rest.len())
        } else if is_word(c) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else {
            c.len_utf8()
        };
        let (token, after) = rest.split_at_checked(len).unwrap_or((rest, ""));
        match cell_place(token) {
            Some((row, column)) if !quoted && !after.starts_with(['(', '!']) => {
                let offset = |to: u32, from: u32| i64::from(to) - i64::from(from);
                out.push_str(&format!("R[{}]C[{}]", offset(row, at.0), offset(column, at.1)));
            }
            // OpenDocument writes "[.F5:.F9]".
            _ if matches!(token, "[" | "]" | "." | " ") => {}
            _ => out.push_str(token),
        }
        rest = after;
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '$' | '_')
}

/// A term of a plain sum: whether it is taken away, and the region, as offsets of rows and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Term {
    pub minus: bool,
    pub rows: (i64, i64),
    pub columns: (i64, i64),
}

/// Whether a relative formula calls a function.
pub(super) fn has_call(relative: &str, name: &str) -> bool {
    relative.match_indices(name).any(|(at, _)| {
        let before = relative.get(..at).unwrap_or_default().chars().next_back();
        let after = relative.get(at + name.len()..).unwrap_or_default();
        !before.is_some_and(is_word) && after.starts_with('(')
    })
}

/// The regions of a partial sum that leaves hidden rows out: "SUBTOTAL(109,…)".
pub(super) fn shown_terms(relative: &str) -> Option<Vec<Term>> {
    let (kind, regions) = relative.strip_prefix("SUBTOTAL(")?.split_once([',', ';'])?;
    let kind: u32 = kind.parse().ok()?;
    (101..=111).contains(&kind).then(|| terms(&format!("SUM({regions}")))?
}

/// The terms of a relative formula that is a plain sum; `None` where it is more than that.
pub(super) fn terms(relative: &str) -> Option<Vec<Term>> {
    let inner = relative.strip_prefix("SUM(").and_then(|rest| rest.strip_suffix(')'));
    let mut rest = inner.unwrap_or(relative);
    let mut out = Vec::new();
    let mut minus = false;
    loop {
        let (first, after) = place(rest)?;
        let (last, after) = match after.strip_prefix(':') {
            Some(after) => place(after)?,
            None => (first, after),
        };
        // A region counts as a sum only inside SUM.
        if inner.is_none() && first != last {
            return None;
        }
        out.push(Term { minus, rows: (first.0, last.0), columns: (first.1, last.1) });
        let mut signs = after.chars();
        minus = match (signs.next(), inner.is_some()) {
            (None, _) => break,
            (Some(',' | ';'), true) | (Some('+'), false) => false,
            (Some('-'), false) => true,
            _ => return None,
        };
        rest = signs.as_str();
    }
    (inner.is_some() || out.len() > 1).then_some(out)
}

/// A cell in a relative formula, and what follows.
pub(super) fn place(text: &str) -> Option<((i64, i64), &str)> {
    let (row, rest) = text.strip_prefix("R[")?.split_once(']')?;
    let (column, rest) = rest.strip_prefix("C[")?.split_once(']')?;
    Some(((row.parse().ok()?, column.parse().ok()?), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_equal() {
        assert_eq!(relative("SUM(F5:F9)", (9, 5)), relative("SUM(G5:G9)", (9, 6)));
        assert_eq!(relative("SUM($F$5:F9)", (9, 5)), "SUM(R[-5]C[0]:R[-1]C[0])");
        assert_eq!(relative("of:=SUM([.F5:.F9])", (9, 5)), "of:=SUM(R[-5]C[0]:R[-1]C[0])");
        assert_eq!(relative("'PL 3'!F5&\"F5\"", (4, 5)), "'PL 3'!R[0]C[0]&\"F5\"");
        assert_eq!(relative("LOG10(A1)", (0, 0)), "LOG10(R[0]C[0])");
        assert_eq!(relative("A1*0.5", (0, 0)), "R[0]C[0]*0.5");
    }

    #[test]
    fn plain_sums_have_terms() {
        let one = |minus, rows, columns| Term { minus, rows, columns };
        assert_eq!(terms("SUM(R[-5]C[0]:R[-1]C[0])"), Some(vec![one(false, (-5, -1), (0, 0))]));
        assert_eq!(
            terms("R[0]C[1]-R[0]C[2]"),
            Some(vec![one(false, (0, 0), (1, 1)), one(true, (0, 0), (2, 2))])
        );
        assert_eq!(terms("R[0]C[1]*2"), None);
        assert_eq!(terms("R[0]C[1]"), None);
        let shown = shown_terms("SUBTOTAL(109,R[1]C[0]:R[4]C[0])");
        assert_eq!(shown, Some(vec![one(false, (1, 4), (0, 0))]));
        assert_eq!(shown_terms("SUBTOTAL(9,R[1]C[0]:R[4]C[0])"), None);
    }
}
