//! What may have happened where a sum fails: one number written, read, or added otherwise closes it.
//! An explanation is evidence, never a correction.

use super::ledger::{Cell, Ledger};
use super::sum::{Sum, signed};
use crate::finding::Text;
use crate::value::{Interval, Number};

/// The first explanation that closes a failed sum, the likeliest kinds first.
pub(crate) fn explain(ledger: &Ledger<'_>, sum: &Sum) -> Option<Text> {
    let closing = Closing::of(ledger, sum)?;
    let first = |key: &'static str, other: &dyn Fn(Cell, Number) -> Vec<Number>| {
        closing.cells.iter().find_map(|entry| {
            let better =
                other(entry.cell, entry.number).into_iter().find(|number| closing.with(entry, *number))?;
            Some(closing.text(key, entry).with("other", better))
        })
    };
    first("arithmetic-evidence-format", &|cell, number| other_format(ledger, cell, number))
        .or_else(|| first("arithmetic-evidence-factor", &|_, number| closing.factors(number)))
        .or_else(|| first("arithmetic-evidence-swap", &|_, number| swaps(number)))
        .or_else(|| closing.counted("arithmetic-evidence-left-out", true))
        .or_else(|| closing.counted("arithmetic-evidence-twice", false))
}

/// A failed sum, ready to be tried with one number changed.
struct Closing<'s, 'a> {
    ledger: &'s Ledger<'a>,
    sum: &'s Sum,
    total: Interval,
    parts: Interval,
    cells: Vec<Entry>,
}

/// A number of the sum.
struct Entry {
    cell: Cell,
    number: Number,
    role: Role,
}

/// What a number does in the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Total,
    Added,
    Taken,
}

impl<'s, 'a> Closing<'s, 'a> {
    fn of(ledger: &'s Ledger<'a>, sum: &'s Sum) -> Option<Self> {
        let total = ledger.number(sum.total)?;
        let mut cells = vec![Entry { cell: sum.total, number: total, role: Role::Total }];
        cells.extend(sum.terms.iter().filter_map(|(cell, negative)| {
            let role = if *negative { Role::Taken } else { Role::Added };
            Some(Entry { cell: *cell, number: ledger.number(*cell)?, role })
        }));
        Some(Self { ledger, sum, total: total.interval(), parts: sum.interval(ledger), cells })
    }

    /// Whether the sum closes with another number in a cell.
    fn with(&self, entry: &Entry, number: Number) -> bool {
        match entry.role {
            Role::Total => self.parts.meets(number.interval()),
            Role::Added | Role::Taken => {
                let negative = entry.role == Role::Taken;
                let without = minus(self.parts, signed(entry.number.interval(), negative));
                (without + signed(number.interval(), negative)).meets(self.total)
            }
        }
    }

    /// Whether the sum closes with a part left out, or added once more.
    fn counted(&self, key: &'static str, left_out: bool) -> Option<Text> {
        let closes = |entry: &&Entry| {
            let part = signed(entry.number.interval(), entry.role == Role::Taken);
            let parts = if left_out { minus(self.parts, part) } else { self.parts + part };
            entry.role != Role::Total && !entry.number.is_zero() && parts.meets(self.total)
        };
        let several = self.cells.len() > 2;
        self.cells.iter().find(closes).filter(|_| several).map(|entry| self.text(key, entry))
    }

    /// The number a thousand, ten or a hundred times greater or smaller, where rounding does not swallow it.
    fn factors(&self, number: Number) -> Vec<Number> {
        let swallowed = self.total.high - self.total.low + (self.parts.high - self.parts.low);
        [1000, 10, 100]
            .into_iter()
            .map(Number::whole)
            .flat_map(|factor| [number.checked_mul(factor), number.checked_div(factor)])
            .flatten()
            .filter(|other| other.abs() > swallowed)
            .collect()
    }

    fn text(&self, key: &'static str, entry: &Entry) -> Text {
        let name = self.sum.name(self.ledger, entry.cell);
        Text::new(key).with("name", name).with("value", entry.number)
    }
}

/// Takes a part back out of a sum: both ends move by the part's own ends.
fn minus(sum: Interval, part: Interval) -> Interval {
    Interval { low: sum.low - part.low, high: sum.high - part.high }
}

/// The number under the other reading of its only mark before three digits: "1.500" and "1500".
fn other_format(ledger: &Ledger<'_>, cell: Cell, number: Number) -> Vec<Number> {
    let Some(raw) = ledger.quantity(cell).and_then(|quantity| quantity.raw.as_deref()) else {
        return Vec::new();
    };
    let mut groups = raw.trim().split([',', '.']);
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let (Some(head), Some(tail), None) = (groups.next(), groups.next(), groups.next()) else {
        return Vec::new();
    };
    if !(digits(head) && digits(tail) && (1..=3).contains(&head.len()) && tail.len() == 3) {
        return Vec::new();
    }
    let thousand = Number::whole(1000);
    let other = if number.scale() == 3 {
        number.checked_mul(thousand).map(Number::normalized)
    } else {
        let three_places = Number::from_parts(0, 3).unwrap_or_default();
        number.checked_div(thousand).map(|number| number + three_places)
    };
    other.into_iter().collect()
}

/// The number with two neighbouring digits in each other's place.
fn swaps(number: Number) -> Vec<Number> {
    let text = number.to_string();
    let digits: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).collect();
    let mut out = Vec::new();
    for (left, right) in digits.iter().zip(digits.iter().skip(1)) {
        if left.1 == right.1 {
            continue;
        }
        let swapped: String = text
            .char_indices()
            .map(|(i, c)| match i {
                i if i == left.0 => right.1,
                i if i == right.0 => left.1,
                _ => c,
            })
            .collect();
        out.extend(swapped.parse::<Number>().ok());
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a broken test table fails the test")]
mod tests {
    use super::super::sum::Label;
    use super::super::testing::{Build, grammar};
    use super::*;

    /// The key of the explanation and the name of the cell that it blames.
    fn why(cells: &[&str]) -> Option<&'static str> {
        let grammar = grammar();
        let headers: Vec<String> = (0..cells.len()).map(|i| format!("c{i}")).collect();
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let appendix = Build::new(&headers).item("1", "Dự án", cells).appendix();
        let ledger = Ledger::of(&appendix, &grammar.arithmetic).unwrap();
        let cells = (1..cells.len()).map(|column| Cell { line: 0, column });
        let sum = Sum::of(Cell { line: 0, column: 0 }, cells, Label::Column);
        explain(&ledger, &sum).map(|text| text.key)
    }

    #[test]
    fn swapped_digits_are_found_in_a_part_and_in_the_total() {
        assert_eq!(why(&["5520", "2250", "3000"]), Some("arithmetic-evidence-swap"));
        assert_eq!(why(&["5250", "2520", "3000"]), Some("arithmetic-evidence-swap"));
    }

    #[test]
    fn factors_and_formats_are_found() {
        assert_eq!(why(&["9500", "500", "4500"]), Some("arithmetic-evidence-factor"));
        assert_eq!(why(&["9.500", "5000", "4500"]), Some("arithmetic-evidence-format"));
    }

    #[test]
    fn a_part_left_out_or_added_twice_is_found() {
        assert_eq!(why(&["700", "400", "300", "123"]), Some("arithmetic-evidence-left-out"));
        assert_eq!(why(&["946", "400", "300", "123"]), Some("arithmetic-evidence-twice"));
    }

    #[test]
    fn nothing_is_said_where_nothing_fits() {
        assert_eq!(why(&["1000", "417", "229"]), None);
    }
}
