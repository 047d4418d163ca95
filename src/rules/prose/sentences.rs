//! Totals that a sentence states with their parts: "Tổng kinh phí 480 triệu đồng, gồm: ngân sách 350 triệu đồng; xã hội hóa
//! 130 triệu đồng", "15 công trình (06 công trình giao thông, 09 công trình trường học)".
//!
//! ```text
//! sum   = figure noun ( "(" list ")" | ":" list | delimiter word list ) ;
//! word  = "gồm" | "trong đó" | … ;                       (* all of the parts, or some *)
//! list  = part { ( ";" | "," | "và" ) part } ;
//! part  = words figure [ noun ] ;                        (* one figure, of the total's unit *)
//! ```
//!
//! What follows "trong đó" need not be all: it is held to the total only where it is money that exceeds the total, or misses
//! it by a slip of one digit. A bracket or a colon without such a word opens a list of all parts where each is of what the total counts.

use std::ops::Range;

use super::figure::{
    Figure, MAX_BEFORE, MAX_LIST, Measure, boundary, is_year, measure, next_digits, next_figure, noun_end,
};
use super::worded::Worded;
use crate::finding::{Audit, Operand, Quote, Text};
use crate::grammar::{Grammar, SumWords};
use crate::rules::context::Passage;
use crate::rules::values::digits::{is_mistyped, same_digits};
use crate::rules::{Context, Rule, shorten};
use crate::value::Number;

/// A part with its words.
#[derive(Debug, Clone)]
struct Part {
    words: Range<usize>,
    figure: Figure,
    /// In the unit of the total.
    value: Number,
}

/// How much of the total its parts are said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    All,
    Some,
}

struct Sum<'a> {
    passage: Passage<'a>,
    words: Range<usize>,
    total: Figure,
    parts: Vec<Part>,
    extent: Extent,
}

/// Reports totals in sentences that are not the sum of their parts.
pub(in crate::rules) fn report(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    let totals = context.document.appendices.iter().flat_map(|appendix| &appendix.totals);
    // "Tổng kinh phí 6.500 triệu đồng, gồm: nhiệm vụ 1: 1.500; …" over a whole row.
    let rows = totals.map(|total| Passage {
        text: &total.label,
        quantities: &[],
        references: &[],
        at: &total.at,
        dated: None,
    });
    for passage in context.passages().into_iter().chain(rows) {
        for sum in sums(passage, context.grammar) {
            sum.report(audit, rule);
        }
    }
}

fn sums<'a>(passage: Passage<'a>, grammar: &Grammar) -> Vec<Sum<'a>> {
    let text = passage.text;
    let words = &grammar.statements.sums;
    let mut out = Vec::new();
    let mut from = 0;
    if !words.may_list(text) {
        return out;
    }
    while let Some((digits, value)) = next_digits(text, from, words) {
        from = digits.end;
        let Some((list, extent)) = list_after(text, from, words) else { continue };
        let total = Figure { unit: measure(text.get(from..).unwrap_or_default(), grammar), digits, value };
        if total.unit == Measure::None || words.is_vague(before(text, &total.digits)) {
            continue;
        }
        let extent = extent.or_else(|| implied(text, &list, &total, words, grammar));
        let (Some(extent), Some(parts)) = (extent, parts(text, list.clone(), &total, grammar)) else {
            continue;
        };
        from = list.end;
        let start = sentence_start(text, total.digits.start);
        let end = noun_end(text, total.digits.end);
        out.push(Sum { passage, words: start..end, total, parts, extent });
    }
    out
}

/// The words of the sentence before a figure.
fn before<'t>(text: &'t str, digits: &Range<usize>) -> &'t str {
    text.get(sentence_start(text, digits.start)..digits.start).unwrap_or_default()
}

fn sentence_start(text: &str, at: usize) -> usize {
    let from = boundary(text, at.saturating_sub(MAX_BEFORE));
    from + start_within(text.get(from..at).unwrap_or_default())
}

fn start_within(head: &str) -> usize {
    let stop = head.rfind(". ").map_or(0, |at| at + 2);
    let mark = head.rfind([';', '(', '\n']).map_or(0, |at| at + 1);
    let start = stop.max(mark);
    start + (head.len() - start - head.get(start..).unwrap_or_default().trim_start().len())
}

/// The list after a total, and how much of it its words say it is: in a bracket, or after "gồm", "trong đó".
fn list_after(text: &str, after: usize, words: &SumWords) -> Option<(Range<usize>, Option<Extent>)> {
    let text = text.get(..boundary(text, (after + MAX_LIST).min(text.len())))?;
    let mut at = noun_end(text, after);
    loop {
        let rest = text.get(at..)?;
        let open = rest.trim_start();
        let from = text.len() - open.len();
        if open.starts_with('(') {
            let end = from + closing(open)?;
            let inside = from + 1..end;
            if text.get(inside.clone())?.bytes().any(|byte| byte.is_ascii_digit()) {
                let (length, extent) = words.leads(text.get(inside.clone())?);
                return Some((inside.start + length..inside.end, extent_of(extent)));
            }
            // "480.000.000 đồng (Bốn trăm tám mươi triệu đồng), gồm …"
            at = end + 1;
            continue;
        }
        // "15.600 ca: loại I 6.240 ca, …": what a colon opens is read as what a bracket holds.
        let colon = open.starts_with(':');
        let open = open.trim_start_matches([',', ';', ':', ' ']);
        let from = text.len() - open.len();
        let (length, extent) = words.leads(open);
        let extent = extent_of(extent);
        if extent.is_none() && !colon {
            return None;
        }
        let start = from + length;
        let tail = text.get(start..)?;
        let end = start + tail.find(". ").unwrap_or(tail.len());
        return Some((start..end, extent));
    }
}

fn extent_of(all: Option<bool>) -> Option<Extent> {
    all.map(|all| if all { Extent::All } else { Extent::Some })
}

/// Where the bracket that opens a text closes.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// What a bracket without a word for it is: all parts, where each is of what the total counts and nothing is compared.
fn implied(
    text: &str,
    list: &Range<usize>,
    total: &Figure,
    words: &SumWords,
    grammar: &Grammar,
) -> Option<Extent> {
    let inside = text.get(list.clone())?;
    let years = inside.split(|c: char| !c.is_ascii_digit()).filter(|word| is_year(word)).count();
    if words.compares(inside) {
        return None;
    }
    let named = words.is_total(before(text, &total.digits));
    if years > 0 {
        // Values of other years are no parts; a plan by years is of a total that is called so.
        return (named && years > 2).then_some(Extent::All);
    }
    let parts = parts(text, list.clone(), total, grammar)?;
    let same = parts.iter().all(|part| part.figure.unit == total.unit);
    (parts.len() > 1 && (named || same || matches!(total.unit, Measure::Unit { .. }))).then_some(Extent::All)
}

/// The parts of a list; `None` where one has not exactly one figure of what the total counts.
fn parts(text: &str, list: Range<usize>, total: &Figure, grammar: &Grammar) -> Option<Vec<Part>> {
    let inside = text.get(list.clone())?;
    let pieces = split(inside, &[';']);
    if pieces.len() < 2 {
        return of_pieces(text, &list, split(inside, &[';', ',']), total, grammar);
    }
    let first = pieces.first().map_or(0, |piece| piece.end);
    // "…, chia theo thôn: An Vĩnh 140 hộ, An Hải 155 hộ; mức hỗ trợ …": the list ends at the first semicolon.
    of_pieces(text, &list, pieces, total, grammar)
        .or_else(|| of_pieces(text, &list, split(inside.get(..first)?, &[',']), total, grammar))
}

fn of_pieces(
    text: &str,
    list: &Range<usize>,
    pieces: Vec<Range<usize>>,
    total: &Figure,
    grammar: &Grammar,
) -> Option<Vec<Part>> {
    let mut out = Vec::new();
    for piece in pieces {
        let own = text.get(..list.start + piece.end)?;
        let start = list.start + piece.start;
        let Some(figure) = next_figure(own, start, grammar) else { continue };
        let more = next_figure(own, figure.digits.end, grammar);
        if more.is_some_and(|more| more.unit == figure.unit || more.unit == total.unit) {
            return None;
        }
        let value = of_total(&figure, total)?;
        out.push(Part { words: trimmed(text, start..list.start + piece.end), figure, value });
    }
    (out.len() > 1).then_some(out)
}

/// A range without what parts its words from others.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or_default();
    let mark = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '-' | '+');
    let start = range.start + (words.len() - words.trim_start_matches(mark).len());
    start..start + words.trim_matches(mark).len()
}

/// The pieces between delimiters and before "và", outside brackets.
fn split(text: &str, marks: &[char]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, c) in text.char_indices() {
        let next = text.get(at + c.len_utf8()..).unwrap_or_default();
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            // A comma between digits is a decimal mark.
            _ if depth == 0
                && marks.contains(&c)
                && !(c == ',' && next.starts_with(|c: char| c.is_ascii_digit())) =>
            {
                out.push(start..at);
                start = at + c.len_utf8();
            }
            ' ' if depth == 0 && marks.contains(&',') && next.starts_with("và ") => {
                out.push(start..at);
                start = at + " và".len();
            }
            _ => {}
        }
    }
    out.push(start..text.len());
    out.retain(|piece| text.get(piece.clone()).is_some_and(|text| !text.trim().is_empty()));
    out
}

/// The value of a part in the unit of the total.
fn of_total(part: &Figure, total: &Figure) -> Option<Number> {
    match (&part.unit, &total.unit) {
        (Measure::None, _) => Some(part.value),
        (Measure::Unit { base, factor }, Measure::Unit { base: of, factor: whole }) if base == of => {
            part.value.checked_mul(*factor)?.checked_div(*whole)
        }
        (Measure::Noun(part_of), Measure::Noun(whole)) if part_of == whole => Some(part.value),
        _ => None,
    }
}

/// Most parts of which one may be told to be the slip.
const FEW_PARTS: usize = 3;

impl Sum<'_> {
    fn report(&self, audit: &mut Audit, rule: &Rule) {
        let expected: Number = self.parts.iter().map(|part| part.value).sum();
        let actual = self.total.value;
        let holds = (actual - expected).abs() <= self.tolerance();
        if !holds && !self.is_wrong(expected) {
            return;
        }
        let text = self.passage.text;
        let words = |range: &Range<usize>| shorten(text.get(range.clone()).unwrap_or_default());
        let operand = |part: &Part| {
            Operand::new(Text::words(words(&part.words)), part.value.normalized(), self.passage.at.clone())
                .quoting(text, part.words.clone())
        };
        let worded = Worded {
            name: words(&self.words),
            at: self.passage.at.clone(),
            quote: Quote::of(text, self.words.clone()),
            total: actual,
            parts: self.parts.iter().map(operand).collect(),
            holds,
        };
        worded.report(audit, rule);
    }

    /// How far rounded figures may miss their sum: half a unit of the last place for each that has decimals.
    fn tolerance(&self) -> Number {
        let figures = self.parts.iter().map(|part| &part.figure).chain([&self.total]);
        figures.map(|figure| figure.value).filter(|value| value.scale() > 0).map(Number::half_unit).sum()
    }

    /// Whether a difference is a mistake and not a list of some parts, or of other things.
    fn is_wrong(&self, expected: Number) -> bool {
        let actual = self.total.value;
        let money = matches!(&self.total.unit, Measure::Unit { base, .. } if matches!(base.as_str(), "VND" | "USD" | "EUR"));
        let figure = |value: Number| value.normalized().to_string();
        let one_size = actual <= expected + expected && expected <= actual + actual;
        match self.extent {
            Extent::All => one_size,
            Extent::Some => {
                // Of few parts one may be the slip: with two digits exchanged it would close the sum.
                let slipped = || {
                    let needed = |part: &Part| actual - (expected - part.value);
                    let swapped = |part: &Part| {
                        let (own, other) = (figure(part.value), figure(needed(part)));
                        own != other && own.len() > 2 && same_digits(&own, &other)
                    };
                    self.parts.len() <= FEW_PARTS && self.parts.iter().any(swapped)
                };
                let mistyped = || is_mistyped(&figure(actual), &figure(expected));
                money && one_size && (expected > actual || mistyped() || slipped())
            }
        }
    }
}
