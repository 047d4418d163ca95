//! Quantities: what a value cell says, and the quantities that running text names.
//!
//! ```text
//! cell      = { lead } [ before ] value [ after ] [ remark ] | blank ;
//! value     = range | share | number [ unit ] ;
//! range     = [ "từ" ] number [ unit ] to number [ unit ] ;
//! share     = number "/" number [ unit ] ;
//! running   = [ before ] ( range | number unit ) [ after ] ;
//! ```
//!
//! The words for `lead`, `before`, `after`, `to` and `blank` are data in `grammars/units.toml`. A remark
//! may follow in a cell as long as it holds no other number.

use std::ops::Range;

use nom::Parser;
use nom::character::complete::char;

use super::folded::{Folded, strip_phrase};
use super::number::{self, Decimal};
use super::unit::{self, Parts};
use crate::grammar::Units;
use crate::text::{next_digit, squeeze};
use crate::value::{Number, Quantity, Relation, Unit};

/// Years are no quantities: a range of two numbers in here is a period.
const YEARS: std::ops::RangeInclusive<i64> = 1945..=2100;
/// In a cell of values only years that a programme may name: "1.952-2.050 tấn" may be printed "1952-2050".
const NEAR_YEARS: std::ops::RangeInclusive<i64> = 2000..=2050;

/// Bytes before a number of running text that can hold words of relation.
const BEFORE: usize = 48;

/// Bytes after a number of running text that can hold its unit and the words after it.
const AFTER: usize = 96;

/// Reads a value cell.
#[must_use]
pub fn quantity(raw: &str, decimal: Decimal, units: &Units) -> Quantity {
    let raw = raw.trim();
    if raw.is_empty() {
        return Quantity::default();
    }
    let mut quantity = Quantity { raw: Some(raw.to_owned()), ..Quantity::default() };
    if let Some(value) = number::read(raw, decimal) {
        quantity.relation = Relation::Eq;
        quantity.low = Some(value);
        quantity.high = Some(value);
        return quantity;
    }
    if !raw.bytes().any(|byte| byte.is_ascii_digit()) {
        return quantity;
    }
    let folded = Folded::of(raw);
    let reader = Reader { units, decimal, all: true };
    if let Some((rest, found)) = reader.cell(&folded.text)
        && ends_cell(rest)
        && !rest.bytes().any(|byte| byte.is_ascii_digit())
    {
        found.fill(&mut quantity, raw, &folded);
    }
    quantity
}

/// Whether a value may end before this rest of its cell. A point with letters behind it goes on with a number that is
/// misread ("25.S").
fn ends_cell(rest: &str) -> bool {
    match rest.strip_prefix('.') {
        Some(after) => after.is_empty() || after.starts_with(' '),
        None => rest.is_empty() || rest.starts_with([' ', '(', ')', ';', '*']),
    }
}

/// The quantities that a running text names with their units, and their ranges: shares, money, areas.
/// Dates, years, numbers of documents, lists and houses are none.
#[must_use]
pub fn quantities_in(text: &str, units: &Units) -> Vec<(Range<usize>, Quantity)> {
    let bytes = text.as_bytes();
    let mut out: Vec<(Range<usize>, Quantity)> = Vec::new();
    let mut at = 0;
    while let Some(start) = next_digit(bytes, at) {
        let rest = text.get(start..).unwrap_or_default();
        let Ok((after, _)) = number::plain_token(rest) else {
            break;
        };
        at = text.len() - after.len();
        let from = out.last().map_or(0, |(range, _)| range.end);
        if stands_alone(text, start, at)
            && let Some((range, quantity)) = running(text, from, start, units)
        {
            at = at.max(range.end);
            out.push((range, quantity));
        }
    }
    out
}

/// What the parser found in a fold key.
#[derive(Debug)]
struct Found {
    relation: Relation,
    low: Option<Number>,
    high: Option<Number>,
    /// The unit and its range in the fold key.
    unit: Option<(Parts, Range<usize>)>,
}

impl Found {
    fn exact(value: Number) -> Self {
        Self { relation: Relation::Eq, low: Some(value), high: Some(value), unit: None }
    }

    /// The bounds under the words around the number.
    fn bounded(mut self, relation: Relation) -> Self {
        if self.relation == Relation::Eq {
            match relation {
                Relation::Ge | Relation::Gt => self.high = None,
                Relation::Le | Relation::Lt => self.low = None,
                _ => return self,
            }
            self.relation = relation;
        }
        self
    }

    fn fill(self, quantity: &mut Quantity, raw: &str, folded: &Folded) {
        quantity.relation = self.relation;
        quantity.low = self.low;
        quantity.high = self.high;
        quantity.unit = self.unit.map(|(parts, range)| {
            let text = raw.get(folded.original(range)).unwrap_or_default().trim();
            Unit {
                raw: text.to_owned(),
                base: parts.base,
                factor: parts.factor,
                per: parts.per,
                inferred: false,
                evidence: None,
            }
        });
    }
}

/// Reads fold keys.
#[derive(Debug, Clone, Copy)]
struct Reader<'a> {
    units: &'a Units,
    decimal: Decimal,
    /// Whether all units count, not only those of running text.
    all: bool,
}

impl Reader<'_> {
    /// A whole cell: lead words, the value, words after it.
    fn cell<'t>(&self, text: &'t str) -> Option<(&'t str, Found)> {
        let mut rest = text.trim_start();
        while let Some(after) = self.units.lead.iter().find_map(|words| strip_phrase(rest, words)) {
            rest = after.trim_start();
        }
        let (rest, before) = match self.units.from.iter().find_map(|words| strip_phrase(rest, words)) {
            Some(after) => (after.trim_start(), Some(Relation::Ge)),
            None => self.before(rest),
        };
        let (rest, found) = self.value(rest, text)?;
        Some(self.after(rest, found, before))
    }

    fn before<'t>(&self, text: &'t str) -> (&'t str, Option<Relation>) {
        let found =
            self.units.before.iter().find_map(|(words, relation)| {
                Some((strip_phrase(text, words)?.trim_start(), Some(*relation)))
            });
        found.unwrap_or((text, None))
    }

    /// Applies the words before, and those after the value where they follow.
    fn after<'t>(&self, rest: &'t str, found: Found, before: Option<Relation>) -> (&'t str, Found) {
        let next = rest.trim_start();
        let after = self
            .units
            .after
            .iter()
            .find_map(|(words, relation)| Some((strip_phrase(next, words)?, *relation)));
        let (rest, relation) = match after {
            Some((rest, relation)) => (rest, relation),
            None => (rest, before.unwrap_or(Relation::Eq)),
        };
        (rest, found.bounded(relation))
    }

    /// A range, a share, or one number; `whole` is the fold key that `text` is a rest of.
    fn value<'t>(&self, text: &'t str, whole: &str) -> Option<(&'t str, Found)> {
        let (rest, token) = if self.all { number::token(text) } else { number::plain_token(text) }.ok()?;
        let low = token.value(self.decimal)?;
        if let Some(found) = self.share(rest, low) {
            let (rest, mut found) = found;
            let (rest, unit) = self.unit(rest, whole);
            found.unit = unit;
            return Some((rest, found));
        }
        let (rest, unit) = self.unit(rest, whole);
        if let Some((rest, high)) = self.upper(rest) {
            let near = if self.all { NEAR_YEARS } else { YEARS };
            let years = |number: Number| number.to_i64().is_some_and(|year| near.contains(&year));
            if years(low) && years(high) {
                return None;
            }
            let (rest, second) = self.unit(rest, whole);
            let found = Found {
                relation: Relation::Between,
                low: Some(low),
                high: Some(high),
                unit: second.or(unit),
            };
            return Some((rest, found));
        }
        Some((rest, Found { unit, ..Found::exact(low) }))
    }

    /// "/10" after "9". A day's hours and dates are no share.
    fn share<'t>(&self, rest: &'t str, low: Number) -> Option<(&'t str, Found)> {
        let (rest, _) = slash(rest.trim_start()).ok()?;
        let (rest, token) = number::token(rest.trim_start()).ok()?;
        let high = token.value(self.decimal)?;
        let clock = low == Number::whole(24) && (high == low || high == Number::whole(7));
        // "9/2026" is a month.
        let year = high >= Number::whole(*NEAR_YEARS.start()) && high <= Number::whole(*NEAR_YEARS.end());
        let month = year && low <= Number::whole(12);
        if clock || month || !low.is_whole() || !high.is_whole() || rest.starts_with('/') {
            return None;
        }
        Some((rest, Found { relation: Relation::Of, low: Some(low), high: Some(high), unit: None }))
    }

    /// The upper end of a range.
    fn upper<'t>(&self, rest: &'t str) -> Option<(&'t str, Number)> {
        let rest = rest.trim_start();
        let after = self.units.to.iter().find_map(|words| strip_phrase(rest, words))?;
        let (rest, token) = number::token(after.trim_start()).ok()?;
        Some((rest, token.value(self.decimal)?))
    }

    fn unit<'t>(&self, rest: &'t str, whole: &str) -> (&'t str, Option<(Parts, Range<usize>)>) {
        let start = whole.len() - rest.trim_start().len();
        match unit::leading(rest, self.units, self.all) {
            Some((after, parts)) => (after, Some((parts, start..whole.len() - after.len()))),
            None => (rest, None),
        }
    }
}

/// Whether digits are a number of their own and no part of a date, a document's number or a label.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let mut left = before.chars().rev();
    let mut right = after.chars();
    let (previous, next) = (left.next(), right.next());
    let joined = match previous {
        Some('-' | '–' | '/' | '.' | ',') => left.next().is_some_and(char::is_alphanumeric),
        Some(c) => c.is_alphanumeric() || c == '_',
        None => false,
    };
    let goes_on = match next {
        Some('/') => true,
        Some('-' | '–') => right.next().is_some_and(char::is_alphabetic),
        _ => false,
    };
    let listed = previous == Some('(') && next == Some(')');
    !(joined || goes_on || listed)
}

/// The quantity of a number token of running text, with the words around it that belong to it.
fn running(text: &str, from: usize, start: usize, units: &Units) -> Option<(Range<usize>, Quantity)> {
    let reader = Reader { units, decimal: Decimal::Comma, all: false };
    let window = text.get(start..ceil(text, start + AFTER))?;
    let right = Folded::of(window);
    let (rest, found) = reader.value(&right.text, &right.text)?;
    let (_, unit) = found.unit.as_ref()?;
    if !is_spelt(window.get(right.original(unit.clone()))?, units) {
        return None;
    }
    if found.relation == Relation::Between && found.low > found.high {
        return None;
    }
    let left_start = ceil(text, start.saturating_sub(BEFORE).max(from));
    let left = Folded::of(text.get(left_start..start)?);
    let (begin, before) = words_before(&left.text, units);
    // "đầu tư 5 tỷ đồng" is not "từ 5 tỷ đồng".
    let word = |begin: &usize| text.get(left_start + left.original(*begin..*begin).start..start);
    let spelled = begin
        .as_ref()
        .and_then(word)
        .is_some_and(|word| word.is_ascii() || units.bounds.contains(&squeeze(&word.to_lowercase())));
    let (begin, before) = if spelled { (begin, before) } else { (None, None) };
    let (rest, found) = reader.after(rest, found, before);
    let end = start + right.original(0..right.text.len() - rest.len()).end;
    let begin = begin.map_or(start, |begin| left_start + left.original(begin..begin).start);
    let printed = text.get(begin..end)?;
    let end = begin + printed.trim_end().len();
    let mut quantity = Quantity { raw: Some(printed.trim_end().to_owned()), ..Quantity::default() };
    found.fill(&mut quantity, window, &right);
    Some((begin..end, quantity))
}

/// Whether a unit of running text is written with its own diacritics: "6 đồng", not "6 động lực".
fn is_spelt(unit: &str, units: &Units) -> bool {
    let unit = unit.trim().to_lowercase();
    let mut base = unit.split('/').next().unwrap_or_default().trim();
    loop {
        if units.spelt.contains(base) {
            return true;
        }
        match base.split_once(' ') {
            Some((_, rest)) => base = rest.trim_start(),
            None => return false,
        }
    }
}

/// Where words of relation that end a fold key begin, and the relation; "từ" belongs to the quantity and
/// sets no bound by itself.
fn words_before(folded: &str, units: &Units) -> (Option<usize>, Option<Relation>) {
    let folded = folded.trim_end();
    let begins = |words: &String| {
        let head = folded.strip_suffix(words.as_str())?;
        let whole = !words.starts_with(char::is_alphanumeric) || !head.ends_with(char::is_alphanumeric);
        whole.then_some(head.len())
    };
    for (words, relation) in &units.before {
        if let Some(at) = begins(words) {
            return (Some(at), Some(*relation));
        }
    }
    (units.from.iter().find_map(begins), None)
}

/// The next character border at or after an offset.
fn ceil(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset += 1;
    }
    offset
}

fn slash(input: &str) -> nom::IResult<&str, char> {
    char('/').parse(input)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn shown(quantity: &Quantity) -> String {
        let number = |n: Option<Number>| n.map_or_else(String::new, |n| n.to_string());
        let relation = format!("{:?}", quantity.relation).to_lowercase();
        let mut out = format!("{relation} {} {}", number(quantity.low), number(quantity.high));
        if let Some(unit) = &quantity.unit {
            let base = unit.base.clone().unwrap_or_else(|| "?".to_owned());
            out.push_str(&format!(" {base}"));
            if unit.factor != Number::whole(1) {
                out.push_str(&format!("*{}", unit.factor));
            }
            if let Some(per) = &unit.per {
                out.push_str(&format!("/{per}"));
            }
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn cell(raw: &str) -> String {
        let grammar = &*crate::syntax::GRAMMAR;
        shown(&quantity(raw, Decimal::Comma, &grammar.units))
    }

    #[test]
    fn value_cells_give_relation_and_bounds() {
        for (raw, expected) in [
            ("11,0", "eq 11.0 11.0"),
            ("12.000", "eq 12000 12000"),
            ("08", "eq 8 8"),
            ("≥ 68", "ge 68"),
            ("≥10", "ge 10"),
            (">=68", "ge 68"),
            ("> 20", "gt 20"),
            ("từ 90 trở lên", "ge 90"),
            ("Từ 90% trở lên", "ge 90 percent"),
            ("đạt 90% trở lên", "ge 90 percent"),
            ("Trên 90", "gt 90"),
            ("tối thiểu 5", "ge 5"),
            ("Không dưới 95%", "ge 95 percent"),
            ("< 3,0", "lt 3.0"),
            ("dưới 3", "lt 3"),
            ("không quá 3", "le 3"),
            ("tối đa 10 ngày", "le 10 day"),
            ("≤ 2,5", "le 2.5"),
            ("3% trở xuống", "le 3 percent"),
            ("1,5-2,5", "between 1.5 2.5"),
            ("65-70", "between 65 70"),
            ("65 – 70", "between 65 70"),
            ("từ 35 đến 40", "between 35 40"),
            ("65% - 70%", "between 65 70 percent"),
            ("6-8%/năm", "between 6 8 percent/year"),
            ("9/10", "of 9 10"),
            ("19/19 tiêu chí", "of 19 19 criterion"),
            ("90%", "eq 90 90 percent"),
            ("đạt 100%", "eq 100 100 percent"),
            ("khoảng 5", "eq 5 5"),
            ("Giảm 0,5%", "eq 0.5 0.5 percent"),
            ("1.250 tỷ đồng", "eq 1250 1250 VND*1000000000"),
            ("02 trường", "eq 2 2 school"),
            ("10-12m²/ người", "between 10 12 m2/person"),
            ("100% các xã", "eq 100 100 percent"),
            ("5 đ/c", "eq 5 5 person"),
        ] {
            assert_eq!(cell(raw), expected, "{raw}");
        }
    }

    #[test]
    fn cells_without_one_value_have_none() {
        let grammar = &*crate::syntax::GRAMMAR;
        assert_eq!(quantity("  ", Decimal::Comma, &grammar.units), Quantity::default());
        for raw in [
            "-",
            "x",
            "…",
            "Duy trì",
            "24/24",
            "24/7",
            "15/4/2026",
            "2026-2030",
            "5?,O",
            "2.240 ,0",
            "Xếp hạng 5",
            "Đạt chuẩn mức độ 2",
            "2 xã, 3 phường",
            "1O,5",
            "Top 10",
            "giảm từ 5% xuống 3%",
        ] {
            let quantity = quantity(raw, Decimal::Comma, &grammar.units);
            assert_eq!(quantity.relation, Relation::None, "{raw}");
            assert_eq!(quantity.raw.as_deref(), Some(raw));
        }
    }

    #[test]
    fn columns_in_dot_notation_are_read_so() {
        let grammar = &*crate::syntax::GRAMMAR;
        assert_eq!(shown(&quantity("7,000", Decimal::Dot, &grammar.units)), "eq 7000 7000");
        assert_eq!(shown(&quantity("> 7,000", Decimal::Dot, &grammar.units)), "gt 7000");
    }

    #[test]
    fn running_text_gives_its_quantities_with_their_words() {
        let grammar = &*crate::syntax::GRAMMAR;
        for (text, expected) in [
            ("tổng mức đầu tư 5 tỷ đồng", vec![("5 tỷ đồng", "eq 5 5 VND*1000000000")]),
            ("đạt trên 90% giao dịch", vec![("trên 90%", "gt 90 percent")]),
            ("hài lòng đạt 90% trở lên.", vec![("90% trở lên", "ge 90 percent")]),
            ("bảo đảm >3% tổng chi", vec![(">3%", "gt 3 percent")]),
            (
                "là 6,460 tỷ đồng, còn 12 triệu đồng/người",
                vec![
                    ("6,460 tỷ đồng", "eq 6.460 6.460 VND*1000000000"),
                    ("12 triệu đồng/người", "eq 12 12 VND*1000000/person"),
                ],
            ),
            ("cây xanh 10-12m²/ người", vec![("10-12m²/ người", "between 10 12 m2/person")]),
            ("tăng từ 5% đến 7%", vec![("từ 5% đến 7%", "between 5 7 percent")]),
            (
                "không dưới 95 % hộ và 5.000 người",
                vec![("không dưới 95 %", "ge 95 percent"), ("5.000 người", "eq 5000 5000 person")],
            ),
            ("tăng từ 85% lên 90%", vec![("từ 85%", "eq 85 85 percent"), ("90%", "eq 90 90 percent")]),
            ("kinh phí là 2 500 triệu đồng", vec![("2 500 triệu đồng", "eq 2500 2500 VND*1000000")]),
            ("tăng 12 345,5 tỷ đồng.", vec![("12 345,5 tỷ đồng", "eq 12345.5 12345.5 VND*1000000000")]),
            ("+ 80% sử dụng", vec![("80%", "eq 80 80 percent")]),
        ] {
            let found = quantities_in(text, &grammar.units);
            let found: Vec<(&str, String)> = found
                .iter()
                .map(|(range, quantity)| (text.get(range.clone()).unwrap(), shown(quantity)))
                .collect();
            let expected: Vec<(&str, String)> =
                expected.into_iter().map(|(a, b)| (a, b.to_owned())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn other_numbers_of_running_text_are_no_quantities() {
        let grammar = &*crate::syntax::GRAMMAR;
        for text in [
            "Nghị quyết số 57-NQ/TW ngày 22/12/2024",
            "giai đoạn 2026 - 2030, tầm nhìn 2045",
            "(1) thư điện tử; (2) văn bản",
            "ngõ 12, 14 và ngách 12/3 phố Mới",
            "trực 24/24h, tỷ lệ 1/500, lô H2-3, nhà B1",
            "không có số nào",
            "tầm nhìn 100 năm",
            "phát huy 6 động lực, 4 hồ điều hòa và 3 dòng sông",
        ] {
            assert_eq!(quantities_in(text, &grammar.units), vec![], "{text}");
        }
    }

    #[test]
    fn relation_words_keep_their_examples() {
        let grammar = &*crate::syntax::GRAMMAR;
        for entry in &grammar.units.relations {
            for example in &entry.examples {
                let found = quantity(example, Decimal::Comma, &grammar.units).relation;
                assert_eq!(found, entry.relation, "{example}");
            }
            for reject in &entry.rejects {
                let found = quantity(reject, Decimal::Comma, &grammar.units).relation;
                assert_ne!(found, entry.relation, "{reject}");
            }
        }
    }
}
