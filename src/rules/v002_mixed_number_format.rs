//! V002: numbers of one column are written by different conventions.

use super::printed::{Printed, brief, heading, is_money, own};
use super::values::{Numeral, Shape, broken, is_space, is_spaced, numerals, shape};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::{Appendix, Cell, Column, ColumnRole, Item, RowRole};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "V002", name: "mixed-number-format" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/V002-mixed-number-format.md"),
    check,
};

/// Fewest numbers that show how a column parts thousands.
const USUAL: usize = 3;

/// Fewest digits of a whole number that usually parts its thousands.
const UNPARTED: usize = 4;

/// A printed number that stands for one of the two conventions, with its cell.
#[derive(Debug, Clone)]
struct Example<'a> {
    cell: &'a Cell,
    words: &'a str,
}

/// Numbers of one shape in a column.
#[derive(Debug, Clone, Default)]
struct Seen<'a> {
    count: usize,
    first: Option<Example<'a>>,
}

/// What the numbers of a column look like, by shape.
#[derive(Debug, Clone, Default)]
struct Shapes<'a> {
    plain: Seen<'a>,
    /// Whole numbers with three zeros behind a mark that sums show to be the decimal mark ("109.000" for 109).
    zeros: Seen<'a>,
    zero_decimals: usize,
    /// Numbers with a decimal dot before three digits, so that others like them are no thousands.
    three_after_dot: usize,
    /// Numbers with a comma for thousands and a decimal dot ("27,850.5"), so that no comma is a decimal one.
    grouped: usize,
    decimal_comma: Seen<'a>,
    decimal_dot: Seen<'a>,
    thousands_dots: Seen<'a>,
    thousands_commas: Seen<'a>,
    comma_three: Seen<'a>,
    dot_three: Seen<'a>,
    /// Numbers whose thousands spaces part ("39 150,0"), and those whose thousands marks part for sure.
    spaced: Seen<'a>,
    marked: Seen<'a>,
    /// Whole numbers of four digits and more without any mark.
    unparted: Seen<'a>,
}

/// Two conventions in one column: an example of the usual one and of the one that deviates.
#[derive(Debug, Clone)]
struct Mixed<'a> {
    key: &'static str,
    usual: Example<'a>,
    deviating: Example<'a>,
}

fn check(context: &Context<'_>, audit: &mut Audit) {
    for appendix in &context.document.appendices {
        let printed = Printed::of(appendix);
        for position in printed.positions(|role| is_money(role) || role == ColumnRole::Value) {
            let Some(column) = printed.column(position) else { continue };
            let Some(mixed) = mixed(appendix, position, is_money(column.role)) else {
                audit.findings.extend(text_among_numbers(&printed, position, column));
                continue;
            };
            let message = Text::new(mixed.key)
                .with("column", heading(column))
                .with("usual", mixed.usual.words)
                .with("deviating", mixed.deviating.words);
            let finding = Finding::new(RULE.code, RULE.severity, message, mixed.deviating.cell.at.clone())
                .relate(mixed.usual.cell.at.clone(), Text::words(mixed.usual.words))
                .relate(mixed.deviating.cell.at.clone(), Text::words(mixed.deviating.words))
                .suggest(Text::new("v002-suggestion"));
            audit.findings.push(finding);
        }
        in_rows(&printed, audit);
    }
}

/// How many times the other numbers of its row a number is at most, with its mark read as theirs.
const ROW_SIZE: i64 = 4;

/// The one number of a target whose mark before three digits is another than in the other years: "17.400", "18,600". By its
/// column it could be a decimal mark.
fn in_rows(printed: &Printed<'_>, audit: &mut Audit) {
    let columns = printed.positions(|role| role == ColumnRole::Value);
    for (item, row) in printed.items() {
        let (Item::Target(_), Some(row)) = (item, row) else { continue };
        let cells = columns.iter().filter_map(|at| row.cells.get(*at));
        let three = |cell: &&Cell| matches!(own(cell).map(shape), Some(Shape::DotThree | Shape::CommaThree));
        let cells: Vec<&Cell> = cells.filter(three).filter(|cell| !cell.is_number).collect();
        let comma = |cell: &&&Cell| own(cell).map(shape) == Some(Shape::CommaThree);
        let (commas, dots): (Vec<&Cell>, Vec<&Cell>) = cells.iter().partition(|cell| comma(cell));
        let (odd, usual) = match (commas.as_slice(), dots.as_slice()) {
            ([odd], [usual, ..]) => (*odd, *usual),
            ([usual, _, ..], [odd]) => (*odd, *usual),
            _ => continue,
        };
        let value = |cell: &Cell| -> Option<i64> {
            own(cell)?.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok()
        };
        let (Some(own_value), Some(other)) = (value(odd), value(usual)) else { continue };
        let alike =
            own_value <= other.saturating_mul(ROW_SIZE) && other <= own_value.saturating_mul(ROW_SIZE);
        let known = audit.findings.iter().any(|it| it.code == RULE.code && it.at == odd.at);
        if !alike || known {
            continue;
        }
        let (deviating, usual_words) = (own(odd).unwrap_or_default(), own(usual).unwrap_or_default());
        let message = Text::new("v002-message-row")
            .with("name", brief(item.name()))
            .with("usual", usual_words)
            .with("deviating", deviating);
        let finding = Finding::new(RULE.code, RULE.severity, message, odd.at.clone())
            .relate(usual.at.clone(), Text::words(usual_words))
            .suggest(Text::new("v002-suggestion"));
        audit.findings.push(finding);
    }
}

/// Fewest numbers of a sheet's column, and how many to one text among them.
const NUMBERS: usize = 6;
const TO_ONE: usize = 4;

/// A number of a sheet that is held as text among numbers, with a mark that can be read two ways: no formula adds it up.
fn text_among_numbers(printed: &Printed<'_>, position: usize, column: &Column) -> Option<Finding> {
    let rows = printed.rows().iter().filter(|row| {
        matches!(row.role, RowRole::Item | RowRole::Group | RowRole::Subtotal | RowRole::Total)
    });
    let cells: Vec<(&Cell, &str)> =
        rows.filter_map(|row| row.cells.get(position)).filter_map(|cell| Some((cell, own(cell)?))).collect();
    let numbers = cells.iter().filter(|(cell, _)| cell.is_number).count();
    let is_text = |(cell, raw): &&(&Cell, &str)| {
        !cell.is_number && matches!(shape(raw), Shape::CommaThree | Shape::DotThree)
    };
    let mut texts = cells.iter().filter(is_text);
    let (cell, raw) = texts.next()?;
    if numbers < NUMBERS || (texts.count() + 1) * TO_ONE > numbers {
        return None;
    }
    let message = Text::new("v002-message-text")
        .with("column", heading(column))
        .with("deviating", *raw)
        .with("count", numbers);
    let finding = Finding::new(RULE.code, RULE.severity, message, cell.at.clone());
    Some(finding.suggest(Text::new("v002-suggestion-text")))
}

/// Whether a column mixes conventions; other rules trust no size read from such a column.
pub(super) fn is_mixed(appendix: &Appendix, position: usize, money: bool) -> bool {
    mixed(appendix, position, money).is_some()
}

fn mixed(appendix: &Appendix, position: usize, money: bool) -> Option<Mixed<'_>> {
    let mut shapes = Shapes::default();
    let reread: Vec<(u32, u32)> = appendix
        .items
        .iter()
        .flat_map(Item::amounts)
        .filter(|amount| amount.value.evidence.as_deref() == Some("sum"))
        .map(|amount| amount.value.at.span)
        .collect();
    let column = Printed::of(appendix).column(position);
    let format = column.and_then(|column| column.number_format.as_ref());
    for row in Printed::of(appendix).rows() {
        if !matches!(row.role, RowRole::Item | RowRole::Group | RowRole::Subtotal | RowRole::Total) {
            continue;
        }
        let Some(cell) = row.cells.get(position) else { continue };
        let Some(raw) = own(cell) else { continue };
        // Nobody wrote it: the notation is that of the program that shows it.
        if cell.is_number {
            continue;
        }
        if broken(raw).is_none() && !has_letter_in_number(raw) {
            if is_spaced(raw.trim()) && raw.trim().contains(is_space) {
                shapes.spaced.add(cell, raw.trim());
            }
            for numeral in numerals(raw) {
                // "7" of "7 568,824" is no whole number.
                let rest = raw.get(numeral.range.end..).and_then(|rest| rest.strip_prefix(' '));
                let parted = rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
                if !(parted && matches!(numeral.shape, Shape::Plain)) {
                    shapes.add(cell, raw, &numeral);
                }
            }
            let by_column =
                format.is_some_and(|it| it.is_by_sums() && raw.ends_with(&format!("{}000", it.decimal)));
            if matches!(shape(raw), Shape::CommaThree | Shape::DotThree)
                && raw.ends_with("000")
                && (reread.contains(&cell.at.span) || by_column)
            {
                shapes.zeros.add(cell, raw);
            }
        }
    }
    if money { shapes.mixed_money() } else { shapes.mixed_values() }
}

/// Whether a letter stands between digits or marks of a number: it is misread ("3.6O0"), and shows no convention.
fn has_letter_in_number(raw: &str) -> bool {
    let mut before = ' ';
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        if c.is_alphabetic()
            && before.is_ascii_digit()
            && (after.is_ascii_digit() || matches!(after, ',' | '.'))
        {
            return true;
        }
        before = if matches!(c, ',' | '.') { before } else { c };
    }
    false
}

impl<'a> Shapes<'a> {
    fn add(&mut self, cell: &'a Cell, raw: &'a str, numeral: &Numeral) {
        self.zero_decimals += usize::from(numeral.zero_decimals);
        let words = raw.get(numeral.range.clone()).unwrap_or(raw);
        let is_english = matches!(numeral.shape, Shape::DecimalDot | Shape::CommasThenDot);
        let decimals = words.rsplit('.').next().map_or(0, str::len);
        self.three_after_dot += usize::from(is_english && decimals == 3);
        self.grouped += usize::from(matches!(numeral.shape, Shape::CommasThenDot));
        if matches!(
            numeral.shape,
            Shape::DotsThenComma | Shape::CommasThenDot | Shape::ThousandsDots | Shape::ThousandsCommas
        ) {
            self.marked.add(cell, words);
        }
        if matches!(numeral.shape, Shape::Plain) && words.len() >= UNPARTED && words == raw.trim() {
            self.unparted.add(cell, words);
        }
        let seen = match numeral.shape {
            Shape::Plain => &mut self.plain,
            Shape::DecimalComma | Shape::DotsThenComma => &mut self.decimal_comma,
            Shape::DecimalDot | Shape::CommasThenDot => &mut self.decimal_dot,
            Shape::ThousandsDots => &mut self.thousands_dots,
            Shape::ThousandsCommas => &mut self.thousands_commas,
            Shape::CommaThree => &mut self.comma_three,
            Shape::DotThree => &mut self.dot_three,
            Shape::Malformed => return,
        };
        seen.add(cell, words);
    }

    /// Different rows of a column of values have different units, so only what is proven counts.
    fn mixed_values(&self) -> Option<Mixed<'a>> {
        let vietnamese = self.decimal_comma.clone().or(&self.thousands_dots);
        let english = self.decimal_dot.clone().or(&self.thousands_commas);
        split("v002-message-conventions", vietnamese, english).or_else(|| self.mixed_thousands())
    }

    /// Thousands that now spaces, now marks part.
    fn mixed_thousands(&self) -> Option<Mixed<'a>> {
        let whole =
            |seen: &Seen<'a>, told: &Seen<'a>| if told.count > 0 { seen.clone() } else { Seen::default() };
        let marked = self.marked.clone().or(&whole(&self.dot_three, &self.decimal_comma));
        let marked = marked.or(&whole(&self.comma_three, &self.decimal_dot));
        let usual = self.spaced.count.max(marked.count);
        let found = split("v002-message-conventions", self.spaced.clone(), marked);
        found.filter(|_| usual >= USUAL)
    }

    fn mixed_money(&self) -> Option<Mixed<'a>> {
        let zeros = || split("v002-message-decimals", self.plain.clone(), self.zeros.clone());
        self.mixed_marks().or_else(zeros).or_else(|| self.rarely_parted())
    }

    /// Whole numbers of which a few part their thousands, and most do not.
    fn rarely_parted(&self) -> Option<Mixed<'a>> {
        let parted = self.dot_three.clone().or(&self.comma_three);
        let decimals = self.decimal_comma.count + self.decimal_dot.count;
        let rare = parted.count * USUAL <= self.unparted.count && decimals == 0;
        split("v002-message-conventions", self.unparted.clone(), parted).filter(|_| rare)
    }

    fn mixed_marks(&self) -> Option<Mixed<'a>> {
        if let Some(mixed) = self.mixed_values() {
            return Some(mixed);
        }
        let (commas, dots) = (&self.comma_three, &self.dot_three);
        if self.decimal_dot.count > 0 {
            let told = |seen: &Seen<'a>, known: usize| if known > 0 { Seen::default() } else { seen.clone() };
            let dots = told(dots, self.three_after_dot);
            // Where even whole numbers print decimals ("300.0"), one without any is of another convention.
            let grouped = if self.zero_decimals > 0 { 0 } else { self.grouped };
            let undecided = told(commas, grouped).or(&dots);
            return split("v002-message-decimals", self.decimal_dot.clone(), undecided);
        }
        if self.thousands_commas.count > 0 {
            return split("v002-message-separators", self.thousands_commas.clone().or(commas), dots.clone());
        }
        if self.decimal_comma.count + self.thousands_dots.count == 0 {
            return split("v002-message-separators", commas.clone(), dots.clone());
        }
        let thousands = self.thousands_dots.clone().or(dots);
        if thousands.count >= 3 && commas.count * 4 <= thousands.count {
            return split("v002-message-separators", thousands, commas.clone());
        }
        // Where even whole numbers print decimals ("300,0"), one without any is of another convention.
        if self.zero_decimals > 0 && self.plain.count == 0 && self.decimal_comma.count >= 2 {
            return split("v002-message-decimals", self.decimal_comma.clone(), dots.clone());
        }
        None
    }
}

impl<'a> Seen<'a> {
    fn add(&mut self, cell: &'a Cell, words: &'a str) {
        self.count += 1;
        self.first.get_or_insert(Example { cell, words });
    }

    /// Both, with the example that stands first in the column's order of shapes.
    fn or(self, other: &Seen<'a>) -> Self {
        Self { count: self.count + other.count, first: self.first.or_else(|| other.first.clone()) }
    }
}

/// Two conventions, where both are there; the rarer one deviates, or the later one.
fn split<'a>(key: &'static str, one: Seen<'a>, other: Seen<'a>) -> Option<Mixed<'a>> {
    let (first, second) = (one.first?, other.first?);
    let later = first.cell.at.span > second.cell.at.span;
    let one_deviates = one.count < other.count || (one.count == other.count && later);
    let (usual, deviating) = if one_deviates { (second, first) } else { (first, second) };
    Some(Mixed { key, usual, deviating })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::{Projects, Targets};
    use crate::rules::hand::{appendix, document, findings};

    fn money(values: &str) -> Vec<(u32, &'static str)> {
        let columns =
            [("TT", ColumnRole::Number), ("Tên dự án", ColumnRole::Name), ("Tổng số", ColumnRole::Total)];
        let rows: Vec<String> = values
            .split(' ')
            .enumerate()
            .map(|(n, value)| format!("{}\tDự án {n}\t{value}", n + 1))
            .collect();
        let document = document(appendix(Projects, &columns, &rows.join("\n")));
        findings(&RULE, &document).iter().map(|finding| (finding.at.line, finding.message.key)).collect()
    }

    fn values(values: &str) -> Vec<u32> {
        let columns =
            [("TT", ColumnRole::Number), ("Chỉ tiêu", ColumnRole::Name), ("Năm 2030", ColumnRole::Value)];
        let rows: Vec<String> = values
            .split(' ')
            .enumerate()
            .map(|(n, value)| format!("{}\tChỉ tiêu {n}\t{value}", n + 1))
            .collect();
        let document = document(appendix(Targets, &columns, &rows.join("\n")));
        findings(&RULE, &document).iter().map(|finding| finding.at.line).collect()
    }

    #[test]
    fn a_dot_and_a_comma_before_three_digits_do_not_go_together() {
        assert_eq!(money("14,275 2,500 14.275 5,310"), [(4, "v002-message-separators")]);
    }

    #[test]
    fn english_decimals_make_a_comma_before_three_digits_doubtful() {
        assert_eq!(money("7,000 300.0 615.0 12,400.0"), [(2, "v002-message-decimals")]);
        assert_eq!(money("55,430 48,120.0"), [(3, "v002-message-decimals")]);
        assert!(money("55,430 48,120.5").is_empty());
    }

    #[test]
    fn both_conventions_in_one_column_are_found() {
        assert_eq!(money("1.736,0 2.315,0 150.5 715,0"), [(4, "v002-message-conventions")]);
        assert_eq!(values("11,0 310 12.000 11.5 40,0"), [5]);
    }

    #[test]
    fn one_convention_passes() {
        assert_eq!(money("300 12,5 1.250,5 1.250 14,275"), []);
        assert_eq!(money("300 12.5 1,250.5"), []);
        assert_eq!(money("18,240 5,310 420 660"), []);
        assert_eq!(money("12.000 18.500 7.600"), []);
        assert_eq!(money("1.736,0 2.315,0 150,0"), []);
        assert_eq!(money("70.210 522.068 1,193.176"), []);
        assert!(values("11,0 12.000 5.000 310 27,25 65-70 ≥80,0 9/10").is_empty());
    }

    #[test]
    fn thousands_that_now_spaces_now_dots_part_are_found() {
        let spaced = |text: &str| money(&text.replace('_', "\u{A0}"));
        assert_eq!(spaced("39_150,0 1_200,0 4_500,0 2.150,0"), [(5, "v002-message-conventions")]);
        assert_eq!(spaced("39.150,0 1.200,0 4_500,0 2.150,0"), [(4, "v002-message-conventions")]);
        assert_eq!(spaced("39_150,0 1_200,0 4_500,0 800,5 2_150,0"), []);
        assert_eq!(money("125554 6.720 4970 560 2700"), [(3, "v002-message-conventions")]);
        assert_eq!(money("2450 6.720 12,5 3100 2700"), []);
    }

    #[test]
    fn a_whole_number_without_decimals_deviates_where_all_others_print_them() {
        assert_eq!(money("1.736,0 300,0 15,5 7.000"), [(5, "v002-message-decimals")]);
    }
}
