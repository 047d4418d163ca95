//! Quotients, products and differences of columns: "4=2/1" and "7=6-5" in a column's index, "Thành tiền" beside "Số lượng" and
//! "Đơn giá", "Tăng (+), giảm (-)" behind two years. Sums and differences of amounts of money are `arithmetic`'s.
//!
//! Such a column is often printed in per cent, in another unit, or with a factor that is not said. So a factor is looked
//! for under which most rows hold; where there is none nothing is said.

use crate::finding::{Audit, Check, Finding, Operand, Outcome, Text};
use crate::grammar::Arithmetic;
use crate::model::{Appendix, Cell, Column, ColumnRole, Row, RowRole};
use crate::rules::{Context, Rule};
use crate::value::{Interval, Number};

/// Fewest rows that must hold.
const HOLDING: usize = 3;

/// How a column comes of two others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Product,
    Quotient,
    Difference,
    /// By how much the first lies above the second.
    Growth,
    /// The first's share of what the total row prints in it.
    Share,
}

/// What a column is of two others.
#[derive(Debug, Clone)]
struct Formula {
    /// As the document states it, or in the words of the headers.
    text: String,
    column: usize,
    first: usize,
    second: usize,
    kind: Kind,
    /// Whether an operand is an average, which is printed rounded.
    rounded: bool,
}

/// A row under a formula.
struct Line<'a> {
    row: &'a Row,
    printed: Number,
    first: Number,
    second: Number,
}

/// Reports the quotients and products of all tables.
pub(in crate::rules) fn report(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    for appendix in &context.document.appendices {
        let words = &context.grammar.arithmetic;
        let stated: Vec<Formula> =
            (0..appendix.columns.len()).filter_map(|it| stated(words, appendix, it)).collect();
        let is_new = |it: &Formula| stated.iter().all(|known| known.column != it.column);
        let named = named(words, appendix).filter(is_new);
        let unstated =
            (0..appendix.columns.len()).filter(|it| stated.iter().all(|known| known.column != *it));
        let shown = |column| {
            unstated_percentage(words, appendix, column)
                .or_else(|| unstated_difference(words, appendix, column))
        };
        let shown: Vec<Formula> = unstated.filter_map(shown).collect();
        for formula in stated.iter().chain(&named).chain(&shown) {
            one(appendix, formula, audit, rule);
        }
    }
}

/// The formula of a column's index: "4=2/1", "(6)=(5)/(3)*100", "7 = 5 x 6".
fn stated(words: &Arithmetic, appendix: &Appendix, column: usize) -> Option<Formula> {
    let index = appendix.columns.get(column)?.index.as_deref()?;
    let (_, right) = index.split_once('=')?;
    let plain: String = right.chars().filter(|c| !c.is_whitespace() && !"()[]%".contains(*c)).collect();
    let plain = plain.replace(['×', 'X', 'x'], "*").replace([':', '÷'], "/");
    let body = without_factor(plain.trim_start_matches("100*"));
    let minus = || body.find('-').filter(|_| !is_money(appendix, column));
    let sign = body.find(['/', '*']).or_else(minus)?;
    let (first, rest) = body.split_at_checked(sign)?;
    let second = rest.get(1..)?;
    let find = |term: &str| {
        appendix.columns.iter().position(|column| {
            let own = column.index.as_deref().and_then(|index| index.split('=').next());
            own.is_some_and(|own| own.trim_matches([' ', '(', ')', '[', ']']) == term)
        })
    };
    let (first, second) = (find(first)?, find(second)?);
    let kind = match rest.chars().next() {
        Some('/') => Kind::Quotient,
        Some('-') => Kind::Difference,
        _ => Kind::Product,
    };
    let average = |at: usize| {
        let header = appendix.columns.get(at).and_then(|it| it.path.last());
        header.is_some_and(|header| words.average.matches(header))
    };
    let rounded = average(first) || average(second);
    Some(Formula { text: index.to_owned(), column, first, second, kind, rounded })
}

/// A formula without the power of ten that it ends in: "3*4/10".
fn without_factor(formula: &str) -> &str {
    let digits = formula.trim_end_matches('0');
    let factor = digits.strip_suffix("*1").or_else(|| digits.strip_suffix("/1"));
    factor.filter(|rest| digits.len() < formula.len() && rest.contains(['*', '/'])).unwrap_or(formula)
}

/// Whether the sums of a column are those of money, which `arithmetic` holds to their formulas.
fn is_money(appendix: &Appendix, column: usize) -> bool {
    use ColumnRole::{Component, PriorPlan, Total, Year};
    let role = appendix.columns.get(column).map(|column| column.role);
    matches!(role, Some(Total | Component | Year | PriorPlan))
}

/// "Thành tiền" is "Số lượng" × "Đơn giá".
fn named(words: &Arithmetic, appendix: &Appendix) -> Option<Formula> {
    let leaf = |column: &Column| column.path.last().cloned().unwrap_or_default();
    let find = |phrases: &crate::grammar::Phrases| {
        let mut found =
            appendix.columns.iter().enumerate().filter(|(_, column)| phrases.matches(&leaf(column)));
        let only = found.next().map(|(at, _)| at);
        only.filter(|_| found.next().is_none())
    };
    let (first, second, column) = (find(&words.quantity)?, find(&words.price)?, find(&words.cost)?);
    let names: Vec<String> =
        [first, second].iter().filter_map(|at| appendix.columns.get(*at)).map(leaf).collect();
    Some(Formula { text: names.join(" × "), column, first, second, kind: Kind::Product, rounded: false })
}

/// Rows that are looked at to tell what a column of percentages is, how many of them must fit, and how many for each
/// that does not.
const SAMPLE: usize = 60;
const FITTING: usize = 4;
const FOR_EACH: usize = 4;
/// Fewest different values among those that fit.
const DIFFERENT: usize = 3;

/// What a column of percentages without a stated formula is of the columns before it, if nearly all its rows fit.
fn unstated_percentage(words: &Arithmetic, appendix: &Appendix, column: usize) -> Option<Formula> {
    let header = |at: usize| appendix.columns.get(at).map(|it| it.path.join(" ")).unwrap_or_default();
    let percent = |at: usize| header(at).contains('%') || words.header(&header(at)).not_money;
    if !percent(column) || !header(column).contains('%') {
        return None;
    }
    let figures: Vec<usize> = (0..appendix.columns.len())
        .filter(|at| *at != column && !percent(*at))
        .filter(|at| appendix.columns.get(*at).is_some_and(|it| holds_figures(it.role)))
        .collect();
    let leaf =
        |at: usize| appendix.columns.get(at).and_then(|it| it.path.last()).cloned().unwrap_or_default();
    let pairs = figures.iter().flat_map(|first| {
        let others = figures.iter().filter(move |second| *second != first);
        others.flat_map(move |second| [(*first, *second, Kind::Quotient), (*first, *second, Kind::Growth)])
    });
    let shares = figures.iter().map(|first| (*first, *first, Kind::Share));
    let formula = |(first, second, kind)| {
        let text = match kind {
            Kind::Share => leaf(first),
            _ => format!("{} / {}", leaf(first), leaf(second)),
        };
        Formula { text, column, first, second, kind, rounded: false }
    };
    best(appendix, pairs.chain(shares).map(formula), Number::whole(100))
}

/// Which columns before it a column of differences without a stated formula is of, if nearly all its rows fit.
fn unstated_difference(words: &Arithmetic, appendix: &Appendix, column: usize) -> Option<Formula> {
    let leaf =
        |at: usize| appendix.columns.get(at).and_then(|it| it.path.last()).cloned().unwrap_or_default();
    let percent = |at: usize| leaf(at).contains('%');
    if is_money(appendix, column) || percent(column) || !words.difference.matches(&leaf(column)) {
        return None;
    }
    let figures: Vec<usize> = (0..column)
        .filter(|at| !percent(*at) && appendix.columns.get(*at).is_some_and(|it| holds_figures(it.role)))
        .collect();
    let pairs = figures.iter().flat_map(|first| {
        let others = figures.iter().filter(move |second| *second != first);
        others.map(|second| (*first, *second))
    });
    let formula = |(first, second)| {
        let text = format!("{} - {}", leaf(first), leaf(second));
        Formula { text, column, first, second, kind: Kind::Difference, rounded: false }
    };
    best(appendix, pairs.map(formula), Number::whole(1))
}

/// The formula that most rows fit under a factor, if nearly all do and their values differ.
fn best(appendix: &Appendix, formulas: impl Iterator<Item = Formula>, factor: Number) -> Option<Formula> {
    let found = formulas.filter_map(|formula| {
        let mut lines = lines(appendix, &formula);
        lines.truncate(SAMPLE);
        let fits: Vec<&Line<'_>> = lines.iter().filter(|line| line.holds(&formula, (factor, true))).collect();
        let mut values: Vec<Number> = fits.iter().map(|line| line.printed).collect();
        values.sort_unstable();
        values.dedup();
        let many = fits.len() >= FITTING && fits.len() >= FOR_EACH * (lines.len() - fits.len());
        (many && values.len() >= DIFFERENT).then_some((fits.len(), formula))
    });
    found.max_by_key(|(fits, _)| *fits).map(|(_, formula)| formula)
}

fn holds_figures(role: ColumnRole) -> bool {
    use ColumnRole::{Component, PriorPlan, Total, Value, Year};
    matches!(role, Value | Total | Component | Year | PriorPlan)
}

/// The rows in which all of a formula's columns hold numbers.
fn lines<'a>(appendix: &'a Appendix, formula: &Formula) -> Vec<Line<'a>> {
    let decimal = decimal(appendix, formula);
    let rows = || appendix.table.iter().flat_map(|table| &table.rows);
    let whole = rows()
        .find(|row| row.role == RowRole::Total)
        .and_then(|row| read(row.cells.get(formula.first)?, decimal));
    let holds = |row: &&Row| matches!(row.role, RowRole::Item | RowRole::Group | RowRole::Total);
    rows()
        .filter(holds)
        .filter_map(|row| {
            let line = line(row, formula, decimal)?;
            match formula.kind {
                Kind::Share => whole.filter(|it| !it.is_zero()).map(|second| Line { second, ..line }),
                _ => Some(line),
            }
        })
        .collect()
}

fn one(appendix: &Appendix, formula: &Formula, audit: &mut Audit, rule: &Rule) {
    let lines = lines(appendix, formula);
    let factors = [1, 10, 100, 1_000, 1_000_000].map(Number::whole);
    let factors = if formula.kind == Kind::Difference { &factors[..1] } else { &factors };
    let ways = factors.iter().flat_map(|factor| [(*factor, true), (*factor, false)]);
    let holding = |way: &(Number, bool)| lines.iter().filter(|line| line.holds(formula, *way)).count();
    let Some(way) = ways.max_by_key(|way| (holding(way), std::cmp::Reverse(way.0))) else { return };
    let holds = holding(&way);
    if holds < HOLDING || holds < 2 * (lines.len() - holds) {
        return;
    }
    for line in &lines {
        line.report(appendix, formula, way, audit, rule);
    }
}

/// The decimal mark of a table's numbers.
fn decimal(appendix: &Appendix, formula: &Formula) -> char {
    let of = |column: usize| appendix.columns.get(column)?.number_format.as_ref()?.decimal.chars().next();
    [formula.first, formula.second, formula.column].into_iter().find_map(of).unwrap_or(',')
}

fn line<'a>(row: &'a Row, formula: &Formula, decimal: char) -> Option<Line<'a>> {
    let read = |column: usize| read(row.cells.get(column)?, decimal);
    let (printed, first, second) = (read(formula.column)?, read(formula.first)?, read(formula.second)?);
    (formula.kind == Kind::Difference || !second.is_zero()).then_some(Line { row, printed, first, second })
}

/// The number that a cell holds, whatever its column is.
fn read(cell: &Cell, decimal: char) -> Option<Number> {
    let raw = cell.raw.as_deref()?.trim().trim_end_matches('%').trim_end();
    let mut out = String::with_capacity(raw.len());
    let last = raw.rfind(['.', ',']);
    let places = last.map_or(0, |at| raw.len() - at - 1);
    let marks = raw.matches(['.', ',']).count();
    for (at, c) in raw.char_indices() {
        match c {
            '0'..='9' => out.push(c),
            '-' | '−' | '–' if at == 0 => out.push('-'),
            '+' if at == 0 => {}
            ' ' => {}
            // One mark before other than three digits is a decimal mark, whatever the table's is.
            '.' | ',' if Some(at) == last && (c == decimal || marks == 1 && places != 3) => out.push('.'),
            '.' | ',' => {}
            _ => return None,
        }
    }
    out.parse().ok()
}

impl Line<'_> {
    /// What the operands give under a factor that multiplies or divides.
    fn expected(&self, formula: &Formula, (factor, multiplies): (Number, bool)) -> Option<Interval> {
        let (a, b) = (self.first.interval(), self.second.interval());
        let one = Number::whole(1);
        let bounds = match formula.kind {
            Kind::Quotient | Kind::Share => (a.low.checked_div(b.high)?, a.high.checked_div(b.low)?),
            Kind::Growth => (a.low.checked_div(b.high)? - one, a.high.checked_div(b.low)? - one),
            Kind::Difference => (a.low - b.high, a.high - b.low),
            Kind::Product if formula.rounded => (a.low.checked_mul(b.low)?, a.high.checked_mul(b.high)?),
            Kind::Product => {
                let product = self.first.checked_mul(self.second)?;
                (product, product)
            }
        };
        let scaled = |bound: Number| {
            if multiplies { bound.checked_mul(factor) } else { bound.checked_div(factor) }
        };
        Some(Interval { low: scaled(bounds.0)?, high: scaled(bounds.1)? })
    }

    /// The one value that the operands give, as precise as the printed one.
    fn value(&self, formula: &Formula, (factor, multiplies): (Number, bool)) -> Option<Number> {
        let scaled = |value: Number| {
            if multiplies { value.checked_mul(factor) } else { value.checked_div(factor) }
        };
        let value = match formula.kind {
            Kind::Quotient | Kind::Share => scaled(self.first)?.checked_div(self.second)?,
            Kind::Growth => scaled(self.first - self.second)?.checked_div(self.second)?,
            Kind::Product => scaled(self.first.checked_mul(self.second)?)?,
            Kind::Difference => scaled(self.first - self.second)?,
        };
        Some(value.round(self.printed.scale()))
    }

    /// Whether the printed value lies within a unit of its last place: quotients are often cut rather than rounded.
    fn holds(&self, formula: &Formula, way: (Number, bool)) -> bool {
        let unit = self.printed.half_unit() + self.printed.half_unit();
        let printed = Interval { low: self.printed - unit, high: self.printed + unit };
        self.expected(formula, way).is_some_and(|expected| expected.meets(printed))
    }

    fn report(
        &self,
        appendix: &Appendix,
        formula: &Formula,
        way: (Number, bool),
        audit: &mut Audit,
        rule: &Rule,
    ) {
        let holds = self.holds(formula, way);
        let Some(expected) = self.value(formula, way) else { return };
        let header = |column: usize| {
            appendix.columns.get(column).and_then(|it| it.path.last()).map_or("", String::as_str)
        };
        let cell = |column: usize| self.row.cells.get(column).map(|cell| cell.at.clone()).unwrap_or_default();
        let name = self.name(appendix);
        let said = |text: Text| {
            text.with("row", name)
                .with("column", header(formula.column))
                .with("formula", formula.text.as_str())
        };
        let operands = [(formula.first, self.first), (formula.second, self.second)];
        let operand = |(column, value): &(usize, Number)| {
            Operand::new(Text::words(header(*column)), *value, cell(*column))
        };
        let statement = said(Text::new("a004-statement-columns"));
        let check = Check::new(rule.code, Outcome::of(holds), cell(formula.column), statement);
        audit.checks.push(check.over(operands.iter().map(operand)).comparing(expected, self.printed));
        if holds {
            return;
        }
        let message = said(Text::new("a004-message-columns"))
            .with("actual", self.printed)
            .with("expected", expected)
            .with("difference", (self.printed - expected).abs());
        let mut finding = Finding::new(rule.code, rule.severity, message, cell(formula.column));
        for (column, value) in operands {
            let label = Text::new("arithmetic-related")
                .with("name", Text::words(header(column)))
                .with("value", value);
            finding = finding.relate(cell(column), label);
        }
        audit.findings.push(finding);
    }

    /// The row's own name, else its first words.
    fn name(&self, appendix: &Appendix) -> &str {
        let named = appendix.columns.iter().position(|column| column.role == ColumnRole::Name);
        let cell = named.and_then(|at| self.row.cells.get(at)).and_then(|cell| cell.raw.as_deref());
        cell.or(self.row.number.as_deref()).unwrap_or_default()
    }
}
