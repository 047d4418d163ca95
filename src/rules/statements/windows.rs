//! The part of a text that a figure belongs to: its sentence and its clause.

use std::ops::Range;

use crate::grammar::StatementWords;
use crate::text::{head as head_of, tail as tail_of};
use crate::value::Quantity;

/// Quantities with their ranges in a text, and the ends of their neighbours.
pub(super) type Placed<'a> = (Range<usize>, &'a Quantity, Option<usize>, Option<usize>);

pub(in crate::rules) fn placed<'a>(text: &str, quantities: &'a [Quantity]) -> Vec<Placed<'a>> {
    let mut found: Vec<(Range<usize>, &Quantity)> = Vec::new();
    let mut from = 0;
    for quantity in quantities {
        let raw = quantity.raw.as_deref().unwrap_or_default();
        let Some(at) = text.get(from..).and_then(|rest| rest.find(raw)).filter(|_| !raw.is_empty()) else {
            continue;
        };
        found.push((from + at..from + at + raw.len(), quantity));
        from += at + raw.len();
    }
    let end = |k: Option<usize>| k.and_then(|k| found.get(k)).map(|(range, _)| range.end);
    let start = |k: usize| found.get(k).map(|(range, _)| range.start);
    found
        .iter()
        .enumerate()
        .map(|(k, (range, quantity))| (range.clone(), *quantity, end(k.checked_sub(1)), start(k + 1)))
        .collect()
}

/// What a figure has in common with the ones before it.
#[derive(Debug, Clone, Default)]
pub(super) struct Chain {
    /// Where the first of the figures begins that are said of one thing ("82% năm 2026 và 90% năm 2030"), and the end of the
    /// figure before that.
    pub first: Option<(usize, Option<usize>)>,
    /// Whether it is what another sets out from: "từ 6,8 ngày xuống 5,4 ngày".
    pub outset: bool,
    /// Whether another is said of the same thing behind it.
    pub goes_on: bool,
}

/// Most bytes from the first of several figures of one thing to the last.
const MAX_CHAIN: usize = 300;

/// For each figure which others are said of the same thing.
pub(super) fn chains(text: &str, placed: &[Placed<'_>], words: &StatementWords) -> Vec<Chain> {
    let joint = |index: usize| {
        let (left, right) = (placed.get(index)?, placed.get(index + 1)?);
        let unit = |it: &Placed<'_>| it.1.unit.as_ref().map(|unit| (unit.base.clone(), unit.per.clone()));
        words.joins(text.get(left.0.end..right.0.start)?).filter(|_| unit(left) == unit(right))
    };
    let mut out: Vec<Chain> = Vec::with_capacity(placed.len());
    for (index, (range, _, before, _)) in placed.iter().enumerate() {
        let joined = index.checked_sub(1).and_then(joint);
        let above = out.last().filter(|_| joined.is_some());
        let own = index.checked_sub(1).and_then(|at| placed.get(at)).map(|it| (it.0.start, it.2));
        // A few figures are said of one thing, not a whole text of them.
        let near = |first: &(usize, Option<usize>)| range.start - first.0 <= MAX_CHAIN;
        let first = above.and_then(|above| above.first.or(own)).filter(near);
        let next = joint(index);
        // "từ" may be read with the figure.
        let printed = text.get(range.start..).unwrap_or_default().find(|c: char| c.is_ascii_digit());
        let digits = range.start + printed.unwrap_or(0);
        let from = words.sets_out(text.get(before.unwrap_or(0)..digits).unwrap_or_default());
        out.push(Chain { first, outset: next == Some(true) && from, goes_on: next.is_some() });
    }
    out
}

/// How many letters on either side of a figure its sentence may have.
const REACH: usize = 1_000;

/// The sentence around a figure, up to the clauses of its neighbours.
pub(super) fn sentence(
    text: &str,
    figure: &Range<usize>,
    (before, after): (Option<usize>, Option<usize>),
) -> Range<usize> {
    let head = tail_of(text.get(..figure.start).unwrap_or_default(), REACH);
    let tail = head_of(text.get(figure.end..).unwrap_or_default(), REACH);
    let first = figure.start - head.len();
    let start = head.rfind([';', '!', '?']).map_or(0, |at| at + 1).max(last_stop(head).unwrap_or(0)) + first;
    let end = tail.find([';', '!', '?']).unwrap_or(tail.len()).min(first_stop(tail).unwrap_or(tail.len()));
    let mut out = start..figure.end + end;
    if let Some(before) = before.filter(|before| *before > out.start) {
        let between = text.get(before..figure.start).unwrap_or_default();
        // "605.000 người tham gia bảo hiểm bắt buộc và 94.000 người …": what stands before "và" is the other's.
        let joint = between.ends_with(" và ").then_some(between.len());
        out.start = joint.or_else(|| between.rfind(',').map(|at| at + 1)).map_or(before, |at| before + at);
    }
    if let Some(after) = after.filter(|after| *after < out.end) {
        let between = text.get(figure.end..after).unwrap_or_default();
        let joint = between.strip_suffix(" và ").map(str::len);
        out.end = between.find(',').or(joint).map_or(after, |at| figure.end + at);
    }
    out
}

/// The end of the last full stop of a text: one before a space.
fn last_stop(text: &str) -> Option<usize> {
    text.rfind(". ").map(|at| at + 1)
}

fn first_stop(text: &str) -> Option<usize> {
    text.find(". ").or_else(|| text.ends_with('.').then(|| text.len() - 1))
}

/// The figure's own clause: between commas.
pub(super) fn clause(text: &str, sentence: &Range<usize>, figure: &Range<usize>) -> Range<usize> {
    let head = text.get(sentence.start..figure.start).unwrap_or_default();
    let tail = text.get(figure.end..sentence.end).unwrap_or_default();
    let start = head.rfind(", ").map_or(sentence.start, |at| sentence.start + at + 1);
    let end = tail.find(", ").map_or(sentence.end, |at| figure.end + at);
    start..end
}

/// How many bytes from the start of its clause a year may stand that dates what follows too.
const OPENING: usize = 32;

/// Whether a year dates the clauses that follow its own: it opens its clause ("Đến năm 2030: …") or stands with a figure there. "Xã
/// đạt chuẩn vào năm 2029; tỷ lệ …" dates nothing but itself.
pub(super) fn dates_what_follows(text: &str, year: &Range<usize>) -> bool {
    let head = text.get(..year.start).unwrap_or_default();
    let tail = text.get(year.end..).unwrap_or_default();
    let start = head.rfind([';', '!', '?', '\n']).map_or(0, |at| at + 1).max(last_stop(head).unwrap_or(0));
    let end = tail.find([';', '!', '?']).unwrap_or(tail.len()).min(first_stop(tail).unwrap_or(tail.len()));
    let figure = |part: Option<&str>| part.is_some_and(|part| part.contains(|c: char| c.is_ascii_digit()));
    // "được học hai buổi từ năm 2028; tỷ lệ …" says since when, of its own clause.
    let since = head.trim_end().trim_end_matches("năm").trim_end();
    if since.ends_with(" từ") || since.ends_with(" kể từ") {
        return false;
    }
    year.start - start <= OPENING || figure(head.get(start..)) || figure(tail.get(..end))
}

/// The ranges in round brackets.
pub(super) fn brackets(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find('(')).map(|at| from + at) {
        let Some(close) = text.get(open..).and_then(|rest| rest.find(')')).map(|at| open + at) else { break };
        out.push(open..close);
        from = close;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_dates_what_follows_where_it_opens_its_clause_or_stands_with_a_figure() {
        let dates = |text: &str| {
            let at = text.find("2029").unwrap_or_default();
            dates_what_follows(text, &(at..at + 4))
        };
        assert!(dates("1. Đến năm 2029, tỷ lệ hộ nghèo dưới 1%; "));
        assert!(dates("Diện tích lúa chất lượng cao của xã năm 2029 đạt 8.450 ha; "));
        assert!(!dates("Mở rộng chợ. Xã đạt chuẩn nông thôn mới nâng cao vào năm 2029; "));
    }

    #[test]
    fn sentences_and_clauses_stop_at_neighbours() {
        let text = "Mở lớp; hộ dùng nước sạch đạt 90%, hộ có điện đạt 2.5% trở lên. Hết";
        let first = text.find("90%").map(|at| at..at + 3).unwrap_or_default();
        let second = text.find("2.5%").map(|at| at..at + 4).unwrap_or_default();
        let whole = sentence(text, &first, (None, Some(second.start)));
        assert_eq!(text.get(whole), Some(" hộ dùng nước sạch đạt 90%"));
        let whole = sentence(text, &second, (Some(first.end), None));
        assert_eq!(text.get(whole), Some(" hộ có điện đạt 2.5% trở lên"));
    }
}
