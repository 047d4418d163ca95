//! Units: what a unit cell says, and the line that declares a table's unit.
//!
//! ```text
//! unit       = [ number ] { multiplier } base { "/" per } | "%" [ per ] ;
//! declared   = [ "(" ] announcement ":" unit [ ")" ] ;
//! ```
//!
//! Multipliers, bases, what they are counted per and the announcements are data in `grammars/units.toml`.

use std::ops::Range;

use nom::Parser;
use nom::character::complete::{char, multispace0};
use nom::combinator::opt;
use nom::sequence::delimited;

use super::folded::{Folded, strip_phrase};
use super::number::{self, Decimal};
use crate::grammar::{Units, compact};
use crate::text::{fold, kebab};
use crate::value::{Number, Unit};

/// Longest compact key of what a share is of ("% tổng số hộ"); a longer text after "%" is a sentence.
const MAX_OF: usize = 30;

/// Reads a unit. An unknown one keeps its text, without a base.
#[must_use]
pub fn unit(raw: &str, units: &Units) -> Unit {
    let raw = raw.trim();
    let known = whole(raw, units).unwrap_or(Parts { base: None, factor: Number::whole(1), per: None });
    Unit {
        raw: raw.to_owned(),
        base: known.base,
        factor: known.factor,
        per: known.per,
        inferred: false,
        evidence: None,
    }
}

/// Whether a text is nothing but a unit of the kind that running text measures in: "triệu đồng", "người", "%".
#[must_use]
pub fn measures(text: &str, units: &Units) -> bool {
    leading(&fold(text), units, false).is_some_and(|(rest, _)| rest.trim().is_empty())
}

/// The unit that a line declares ("Đơn vị tính: tỷ đồng") and the range of its words.
#[must_use]
pub fn declared_unit(line: &str, units: &Units) -> Option<(Range<usize>, Unit)> {
    if line.len() > 400 {
        return None;
    }
    let folded = Folded::of(line);
    let (start, weak) = announcement(&folded.text, units)?;
    let tail = folded.text.get(start..)?;
    let end = start + tail.find([')', ';', ']', '*', '\n']).unwrap_or(tail.len());
    let words = folded.text.get(start..end)?;
    let begin = start + (words.len() - words.trim_start().len());
    let end = begin + words.trim().trim_end_matches(['.', ',']).len();
    if begin >= end {
        return None;
    }
    let range = folded.original(begin..end);
    let text = line.get(range.clone())?;
    let range = range.start..range.start + text.trim_end().len();
    let unit = unit(line.get(range.clone())?, units);
    let known = unit.base.is_some() || unit.factor != Number::whole(1);
    (known || !weak).then_some((range, unit))
}

/// Where the words after an announcement begin in a fold key, and whether the announcement is a weak one.
fn announcement(folded: &str, units: &Units) -> Option<(usize, bool)> {
    let find = |words: &String| {
        let at = folded.match_indices(words.as_str()).find(|(at, _)| {
            let before = folded.get(..*at).unwrap_or_default();
            !before.ends_with(|c: char| c.is_alphanumeric())
        });
        let after = at.map(|(at, words)| at + words.len())?;
        let rest = folded.get(after..)?;
        let value = rest.trim_start().strip_prefix(':')?;
        Some(folded.len() - value.len())
    };
    let strong = units.declared.iter().find_map(find);
    strong
        .map(|at| (at, false))
        .or_else(|| units.weakly_declared.iter().find_map(find).map(|at| (at, true)))
        .or_else(|| {
            units.declared.iter().find_map(|words| without_colon(folded, words, units)).map(|at| (at, true))
        })
}

/// Where the words after "Đơn vị tính" begin, if no colon stands before them: "ĐVT triệu đồng", "Đơn vị tính trong
/// bảng là triệu đồng". Only a known unit may follow.
fn without_colon(folded: &str, words: &str, units: &Units) -> Option<usize> {
    let (at, _) = folded.match_indices(words).next()?;
    if folded.get(..at)?.ends_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let rest = folded.get(at + words.len()..)?.strip_prefix(' ')?.trim_start();
    let link =
        units.declared_links.iter().find_map(|link| rest.strip_prefix(link.as_str())?.strip_prefix(' '));
    Some(folded.len() - link.unwrap_or(rest).len())
}

/// What a unit is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    /// Key of the base.
    pub base: Option<String>,
    /// Multiplier.
    pub factor: Number,
    /// What it is counted per.
    pub per: Option<String>,
}

/// A unit at the start of a fold key, and what follows it. Only units that the grammar allows in running
/// text, unless `all`.
pub(super) fn leading<'a>(folded: &'a str, units: &Units, all: bool) -> Option<(&'a str, Parts)> {
    let mut rest = folded.trim_start();
    let mut factor = Number::whole(1);
    let mut scaled = false;
    while let Some((after, more)) = multiplier(rest, units) {
        factor = factor * more;
        rest = after.trim_start();
        scaled = true;
    }
    let found = leading_base(rest, units, all);
    let Some((after, base, own)) = found else {
        return (scaled && all).then_some((rest.trim_start(), Parts { base: None, factor, per: None }));
    };
    let (rest, per) = leading_per(after, units);
    Some((rest, Parts { base: Some(base), factor: factor * own, per }))
}

/// Reads the whole of a text as a unit; `None` where nothing of it is known.
fn whole(raw: &str, units: &Units) -> Option<Parts> {
    let raw = raw.trim_matches(['(', ')', '[', ']', ':', ';', ' ']);
    let (raw, number) = match number::token(raw) {
        Ok((rest, token)) => (rest, token.value(Decimal::Comma).filter(|number| scales(*number))?),
        Err(_) => (raw, Number::whole(1)),
    };
    if let Some(known) = units.known.get(&compact(raw)) {
        return Some(Parts { base: Some(known.base.clone()), factor: number * known.factor, per: None });
    }
    let folded = fold(raw);
    let mut rest = folded.as_str();
    let mut factor = number;
    while let Some((after, more)) = multiplier(rest, units) {
        factor = factor * more;
        rest = after.trim_start();
    }
    let mut parts = rest.split('/');
    let name = compact(parts.next().unwrap_or_default());
    let (base, own, own_per) = match base_of(&name, units) {
        Some(found) => found,
        // "Tỷ" alone scales; "tỷ lệ sinh" does not begin with a multiplier.
        None if name.is_empty() => (None, Number::whole(1), None),
        None => {
            return Some(Parts { base: None, factor: number, per: None });
        }
    };
    let per: Vec<String> = own_per.into_iter().chain(parts.filter_map(|part| per_of(part, units))).collect();
    Some(Parts { base, factor: factor * own, per: (!per.is_empty()).then(|| per.join("/")) })
}

/// Whether a number before a unit scales it: 100, 1.000, 10.000 …, and not "8 năm".
fn scales(number: Number) -> bool {
    let mut rest = number.to_i64().unwrap_or(0);
    let mut zeros = 0;
    while rest > 0 && rest % 10 == 0 {
        rest /= 10;
        zeros += 1;
    }
    rest == 1 && zeros >= 2
}

type Base = (Option<String>, Number, Option<String>);

/// The base of a compact key. Glued multipliers ("tỷđồng") and what a share is counted per ("% năm") are
/// taken off.
fn base_of(name: &str, units: &Units) -> Option<Base> {
    if let Some(known) = units.known.get(name) {
        return Some((Some(known.base.clone()), known.factor, None));
    }
    if let Some(of) = name.strip_prefix('%').filter(|of| of.len() <= MAX_OF) {
        let known = units.known.get("%")?;
        return Some((Some(known.base.clone()), known.factor, units.per.get(of).cloned()));
    }
    for (words, factor) in &units.multipliers {
        if let Some(known) = name.strip_prefix(words.as_str()).and_then(|rest| units.known.get(rest)) {
            return Some((Some(known.base.clone()), *factor * known.factor, None));
        }
    }
    None
}

/// The key of what a unit is counted per; words that the grammar does not know become their own key.
fn per_of(part: &str, units: &Units) -> Option<String> {
    let key = compact(part);
    if key.is_empty() {
        return None;
    }
    Some(units.per.get(&key).cloned().unwrap_or_else(|| kebab(part)))
}

fn multiplier<'a>(text: &'a str, units: &Units) -> Option<(&'a str, Number)> {
    units.multipliers.iter().find_map(|(words, factor)| Some((strip_phrase(text, words)?, *factor)))
}

fn leading_base<'a>(text: &'a str, units: &Units, all: bool) -> Option<(&'a str, String, Number)> {
    let running = units.running.iter();
    let found = running.filter_map(|(words, known)| Some((strip_phrase(text, words)?, known))).next();
    if let Some((rest, known)) = found {
        return Some((rest, known.base.clone(), known.factor));
    }
    if !all {
        return None;
    }
    let mut end = text.len().min(40);
    while end > 0 {
        let head = text.get(..end).unwrap_or_default();
        if let Some(known) = units.known.get(&compact(head)) {
            return Some((text.get(end..).unwrap_or_default(), known.base.clone(), known.factor));
        }
        end = head.rfind([' ', '/', ',', '(', ';']).unwrap_or(0);
    }
    None
}

fn leading_per<'a>(text: &'a str, units: &Units) -> (&'a str, Option<String>) {
    let mut rest = text;
    let mut keys: Vec<&str> = Vec::new();
    while let Ok((after, Some(_))) = slash(rest) {
        let found = units.per_words.iter().find_map(|(words, key)| Some((strip_phrase(after, words)?, key)));
        let Some((next, key)) = found else { break };
        rest = next;
        keys.push(key);
    }
    (rest, (!keys.is_empty()).then(|| keys.join("/")))
}

fn slash(input: &str) -> nom::IResult<&str, Option<char>> {
    opt(delimited(multispace0, char('/'), multispace0)).parse(input)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn read(raw: &str) -> (Option<String>, String, Option<String>) {
        let grammar = &*crate::syntax::GRAMMAR;
        let unit = unit(raw, &grammar.units);
        assert_eq!(unit.raw, raw.trim());
        (unit.base, unit.factor.to_string(), unit.per)
    }

    #[test]
    fn units_of_tables_are_known() {
        for (raw, base, factor, per) in [
            ("%", "percent", "1", None),
            ("1.000 tỷ đồng", "VND", "1000000000000", None),
            ("Triệu đồng", "VND", "1000000", None),
            ("tr.đ", "VND", "1000000", None),
            ("Tr.đồng", "VND", "1000000", None),
            ("nghìn tỉ đồng", "VND", "1000000000000", None),
            ("Tỷ đồng", "VND", "1000000000", None),
            ("tỷđồng", "VND", "1000000000", None),
            ("1.000đ", "VND", "1000", None),
            ("1000 đ", "VND", "1000", None),
            ("đồng", "VND", "1", None),
            ("Triệu đồng/người", "VND", "1000000", Some("person")),
            ("Triệu đồng / người/năm", "VND", "1000000", Some("person/year")),
            ("USD", "USD", "1", None),
            ("triệu USD", "USD", "1000000", None),
            ("M ² /người", "m2", "1", Some("person")),
            ("m2/người", "m2", "1", Some("person")),
            ("Đảng viên/năm", "party_member", "1", Some("year")),
            ("1.000 người", "person", "1000", None),
            ("1.000 lao động", "worker", "1000", None),
            ("Tuổi", "year", "1", None),
            ("% năm", "percent", "1", Some("year")),
            ("%/năm", "percent", "1", Some("year")),
            ("lao động", "worker", "1", None),
            ("ha", "hectare", "1", None),
            ("km", "km", "1", None),
            ("trường", "school", "1", None),
            ("(%)", "percent", "1", None),
            ("Giường bệnh/vạn dân", "bed", "1", Some("10000_people")),
            ("Bác sĩ/1.000 dân", "doctor", "1", Some("1000_people")),
            ("Tiêu chí", "criterion", "1", None),
            ("đồng/cây", "VND", "1", Some("cay")),
        ] {
            let expected = (Some(base.to_owned()), factor.to_owned(), per.map(str::to_owned));
            assert_eq!(read(raw), expected, "{raw}");
        }
    }

    #[test]
    fn brackets_of_titles_measure_in_units_of_running_text() {
        let units = &crate::syntax::GRAMMAR.units;
        for text in ["triệu đồng", "người", "%", "triệu đồng/người"] {
            assert!(measures(text, units), "{text}");
        }
        for text in ["xã", "tiếp theo", "người dân tộc thiểu số", "sửa đổi"] {
            assert!(!measures(text, units), "{text}");
        }
    }

    #[test]
    fn unknown_units_keep_their_text() {
        assert_eq!(read("tỷ lệ nghịch"), (None, "1".to_owned(), None));
        assert_eq!(read("Tỷ"), (None, "1000000000".to_owned(), None));
        assert_eq!(read("Phiếu khảo sát"), (None, "1".to_owned(), None));
        assert_eq!(read("100% trường công lập đạt chuẩn quốc gia mức độ 1"), (None, "100".to_owned(), None));
        assert_eq!(read("8 năm"), (None, "1".to_owned(), None));
        assert_eq!(read(""), (None, "1".to_owned(), None));
    }

    #[test]
    fn declared_units_are_found_with_their_place() {
        let grammar = &*crate::syntax::GRAMMAR;
        for (line, words) in [
            ("Đơn vị tính: tỷ đồng", "tỷ đồng"),
            ("ĐVT: Triệu đồng", "Triệu đồng"),
            ("(Đơn vị: triệu đồng)", "triệu đồng"),
            ("Đvt : 1.000đ", "1.000đ"),
            ("Biểu 3. Danh mục (Đơn vị tính: Tỷ đồng).", "Tỷ đồng"),
            ("*Đơn vị tính: người*", "người"),
            ("ĐVT triệu đồng", "triệu đồng"),
            ("Ghi chú: Đơn vị tính trong bảng là triệu đồng.", "triệu đồng"),
        ] {
            let (range, unit) = declared_unit(line, &grammar.units).unwrap();
            assert_eq!(line.get(range), Some(words), "{line}");
            assert!(unit.base.is_some(), "{line}");
        }
        for line in [
            "Đơn vị: UBND xã Tân Lập",
            "Đơn vị tính:",
            "Đơn vị chủ trì: Sở Tài chính",
            "ĐƠN VỊ",
            "Đơn vị tính toán lại nhu cầu vốn",
        ] {
            assert_eq!(declared_unit(line, &grammar.units), None, "{line}");
        }
    }
}
