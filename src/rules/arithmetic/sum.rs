//! A sum over cells: whether it holds within what rounding allows, and how it is reported.

use super::explain::explain;
use super::ledger::{Cell, Ledger, Reading};
use crate::finding::{Check, Code, Finding, Operand, Outcome, Severity, Text};
use crate::value::{Interval, Number};

/// How many operands a finding points at; its check holds all of them.
const MOST_RELATED: usize = 12;

/// A printed total and what it should be the sum of.
#[derive(Debug, Clone)]
pub(crate) struct Sum {
    /// The printed total.
    pub total: Cell,
    /// What is added; `true` marks what is taken away.
    pub terms: Vec<(Cell, bool)>,
    /// How operands are called.
    pub label: Label,
}

/// How the operands of a sum are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// By their columns: the sum runs along a row.
    Column,
    /// By their rows: the sum runs down a column.
    Row,
}

/// How a sum ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The intervals meet.
    Holds,
    /// The intervals cannot meet.
    Fails,
    /// It cannot be told.
    Unverifiable(Unknown),
}

/// Why a sum cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// No operand is printed.
    Blank,
    /// An operand is not readable.
    Unreadable,
    /// An operand is a bound or a range.
    Inexact,
}

impl Sum {
    /// A sum of cells.
    pub fn of(total: Cell, cells: impl IntoIterator<Item = Cell>, label: Label) -> Self {
        Self { total, terms: cells.into_iter().map(|cell| (cell, false)).collect(), label }
    }

    /// How the sum ends; a blank operand among printed ones is zero.
    pub fn verdict(&self, ledger: &Ledger<'_>) -> Verdict {
        let total = match ledger.read(self.total) {
            Reading::Exact(number) => number,
            Reading::Blank => return Verdict::Unverifiable(Unknown::Blank),
            Reading::Inexact => return Verdict::Unverifiable(Unknown::Inexact),
            Reading::Unreadable => return Verdict::Unverifiable(Unknown::Unreadable),
        };
        let mut printed = false;
        for (cell, _) in &self.terms {
            match ledger.read(*cell) {
                Reading::Exact(_) => printed = true,
                Reading::Blank => {}
                Reading::Unreadable => return Verdict::Unverifiable(Unknown::Unreadable),
                Reading::Inexact => return Verdict::Unverifiable(Unknown::Inexact),
            }
        }
        if !printed {
            return Verdict::Unverifiable(Unknown::Blank);
        }
        let holds = match self.counts(ledger) {
            true => self.expected(ledger).normalized() == total.normalized(),
            false => self.interval(ledger).meets(total.interval()),
        };
        if holds { Verdict::Holds } else { Verdict::Fails }
    }

    /// Whether total and operands are counts, which are not rounded.
    fn counts(&self, ledger: &Ledger<'_>) -> bool {
        self.cells().all(|cell| {
            ledger.column(cell.column).is_some_and(|column| column.counted)
                && ledger.number(cell).is_none_or(Number::is_whole)
        })
    }

    /// What the operands allow.
    pub fn interval(&self, ledger: &Ledger<'_>) -> Interval {
        self.numbers(ledger).map(|(number, negative)| signed(number.interval(), negative)).sum()
    }

    /// What the operands give.
    pub fn expected(&self, ledger: &Ledger<'_>) -> Number {
        self.numbers(ledger).fold(Number::ZERO, |sum, (n, negative)| if negative { sum - n } else { sum + n })
    }

    /// Printed total less what the operands give.
    pub fn difference(&self, ledger: &Ledger<'_>) -> Option<Number> {
        Some(ledger.number(self.total)? - self.expected(ledger))
    }

    /// Whether the printed total is more than what the operands give.
    pub fn leaves_rest(&self, ledger: &Ledger<'_>) -> bool {
        self.difference(ledger).is_some_and(|difference| difference > Number::ZERO)
    }

    /// Total and operands.
    pub fn cells(&self) -> impl Iterator<Item = Cell> + '_ {
        std::iter::once(self.total).chain(self.terms.iter().map(|(cell, _)| *cell))
    }

    /// The sum as a check.
    pub fn check(&self, ledger: &Ledger<'_>, code: Code, verdict: Verdict, statement: Text) -> Check {
        let (outcome, reason) = match verdict {
            Verdict::Holds => (Outcome::Holds, None),
            Verdict::Fails => (Outcome::Fails, None),
            Verdict::Unverifiable(unknown) => (Outcome::Unverifiable, Some(unknown.reason())),
        };
        let any = self.numbers(ledger).next().is_some();
        let operands = self.terms.iter().map(|(cell, negative)| self.operand(ledger, *cell, *negative));
        let mut check = Check::new(code, outcome, ledger.at(self.total), statement)
            .over(operands)
            .comparing(any.then(|| self.expected(ledger)), ledger.number(self.total));
        check.reason = reason;
        check
    }

    /// The sum as a finding at the printed total, with its explanation; one step less grave where a cell
    /// of it is inferred.
    pub fn finding(&self, ledger: &Ledger<'_>, code: Code, severity: Severity, message: Text) -> Finding {
        let inferred = self.cells().any(|cell| ledger.is_inferred(cell));
        let severity = if inferred { severity.lowered() } else { severity };
        let message = message
            .with("row", ledger.row_label(self.total.line))
            .with("column", ledger.column_label(self.total.column))
            .with("actual", ledger.number(self.total).unwrap_or_default())
            .with("expected", self.expected(ledger))
            .with("difference", self.difference(ledger).unwrap_or_default().abs());
        let mut finding = Finding::new(code, severity, message, ledger.at(self.total));
        for (cell, negative) in
            self.terms.iter().filter(|(cell, _)| ledger.number(*cell).is_some()).take(MOST_RELATED)
        {
            let value = ledger.number(*cell).unwrap_or_default();
            let value = if *negative { Number::ZERO - value } else { value };
            let label =
                Text::new("arithmetic-related").with("name", self.name(ledger, *cell)).with("value", value);
            finding = finding.relate(ledger.at(*cell), label);
        }
        let why = [explain(ledger, self), inferred.then(|| Text::new("arithmetic-evidence-inferred"))];
        finding.evidence = joined(why.into_iter().flatten());
        finding
    }

    /// What a cell of the sum is called.
    pub fn name(&self, ledger: &Ledger<'_>, cell: Cell) -> Text {
        match self.label {
            Label::Column => ledger.column_label(cell.column),
            Label::Row => ledger.row_label(cell.line),
        }
    }

    fn operand(&self, ledger: &Ledger<'_>, cell: Cell, negative: bool) -> Operand {
        let value = ledger.number(cell).map(|number| if negative { Number::ZERO - number } else { number });
        Operand::new(self.name(ledger, cell), value, ledger.at(cell))
    }

    fn numbers<'s>(&'s self, ledger: &'s Ledger<'_>) -> impl Iterator<Item = (Number, bool)> + 's {
        self.terms.iter().filter_map(|(cell, negative)| Some((ledger.number(*cell)?, *negative)))
    }
}

impl Unknown {
    /// Why, in words.
    pub fn reason(self) -> Text {
        Text::new(match self {
            Self::Blank => "arithmetic-reason-blank",
            Self::Unreadable => "arithmetic-reason-unreadable",
            Self::Inexact => "arithmetic-reason-inexact",
        })
    }
}

/// An interval, with its sign turned where it is taken away.
pub(super) fn signed(interval: Interval, negative: bool) -> Interval {
    if negative {
        Interval { low: Number::ZERO - interval.high, high: Number::ZERO - interval.low }
    } else {
        interval
    }
}

/// Sentences of evidence as one.
pub(crate) fn joined(texts: impl IntoIterator<Item = Text>) -> Option<Text> {
    texts.into_iter().reduce(|first, second| {
        Text::new("arithmetic-evidence-both").with("first", first).with("second", second)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a broken test table fails the test")]
mod tests {
    use super::super::testing::{Build, grammar};
    use super::*;

    fn verdict(cells: &[&str]) -> Verdict {
        let grammar = grammar();
        let headers: Vec<String> = (0..cells.len()).map(|i| format!("c{i}")).collect();
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let appendix = Build::new(&headers).item("1", "Dự án", cells).appendix();
        let ledger = Ledger::of(&appendix, &grammar.arithmetic).unwrap();
        let cells = (1..cells.len()).map(|column| Cell { line: 0, column });
        Sum::of(Cell { line: 0, column: 0 }, cells, Label::Column).verdict(&ledger)
    }

    #[test]
    fn rounding_is_allowed_and_no_more() {
        assert_eq!(verdict(&["1.0", "0.3", "0.3", "0.3"]), Verdict::Holds);
        assert_eq!(verdict(&["100", "33", "33", "33"]), Verdict::Holds);
        assert_eq!(verdict(&["100.00", "33.30", "33.30", "33.30"]), Verdict::Fails);
        assert_eq!(verdict(&["10", "4", "4"]), Verdict::Fails);
    }

    #[test]
    fn blanks_are_zero_beside_printed_numbers_only() {
        assert_eq!(verdict(&["4", "4", "", "-"]), Verdict::Holds);
        assert_eq!(verdict(&["4", "", ""]), Verdict::Unverifiable(Unknown::Blank));
        assert_eq!(verdict(&["4", "4", "chưa rõ"]), Verdict::Unverifiable(Unknown::Unreadable));
    }
}
