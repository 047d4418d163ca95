//! Rows whose cells stand in the middle of their height, without blank lines between the rows: a line without a number may be the
//! end of the row above it or the beginning of the row under it.

use rustc_hash::FxHashMap;

use super::wrapped::widths;
use crate::grammar::Grammar;
use crate::span::Span;
use crate::text::fold;

/// Lines of a row above or under its number at most.
const HIGHEST: usize = 6;
/// Places that a line may be short of its column's width and still have had no room.
const SHORT: usize = 1;

/// A table's lines under its header.
struct Lines<'a> {
    text: &'a str,
    cells: &'a [Vec<Span>],
    widths: Vec<usize>,
    /// The word that most names begin with, if one does.
    opening: Option<&'a str>,
}

/// Says of the lines of such a table which go on with the line above (`wrapped`). A table is one where a line with a number has no
/// name, or leaves blank what the line above it holds and the row before that has filled, or where the rows begin with a line
/// without a number.
pub(super) fn part(
    (text, grammar): (&str, &Grammar),
    cells: &[Vec<Span>],
    heads: usize,
    wrapped: &mut [bool],
) {
    let slice = |cell: &Span| text.get(cell.range()).unwrap_or_default();
    let figure = |text: &str| {
        text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic) && text.len() > 1
    };
    // A line of words alone, which is no total and no item of a list.
    let loose = |at: usize| {
        let Some(line) = cells.get(at).filter(|line| line.first().is_some_and(|cell| cell.is_empty())) else {
            return false;
        };
        let first = fold(line.iter().map(slice).find(|cell| !cell.is_empty()).unwrap_or_default());
        let words = &grammar.structure.rows;
        let labelled = words.totals.iter().chain(&words.labels).any(|word| first.starts_with(word.as_str()));
        let listed = line.get(1).is_some_and(|name| slice(name).starts_with(['-', '+', '–', '•']));
        !first.is_empty() && !labelled && !listed && !line.iter().any(|cell| figure(slice(cell)))
    };
    let numbered = |at: usize| {
        let number = cells.get(at).and_then(|line| line.first()).map(slice).unwrap_or_default();
        number.starts_with(|c: char| c.is_ascii_digit())
    };
    let lines = Lines {
        text,
        cells,
        widths: widths(text, cells.iter().skip(heads)),
        opening: opening(text, cells, heads),
    };
    let numbers: Vec<usize> = (heads..cells.len()).filter(|at| numbered(*at)).collect();
    let stretches: Vec<(usize, usize)> = numbers
        .iter()
        .map(|at| ((heads..*at).rev().take_while(|above| loose(*above)).count(), *at))
        .collect();
    let shows = |(above, at): &(usize, usize)| *above > 0 && lines.shows(*at, heads);
    if !stretches.iter().any(shows) {
        return;
    }
    let mut upper = 0;
    for (count, at) in stretches {
        if count == 0 || count > 2 * HIGHEST {
            upper = 0;
            continue;
        }
        let first = at - count;
        let split = if first == heads { 0 } else { lines.split(first, at, upper) };
        for (line, wrapped) in wrapped.iter_mut().enumerate().take(at + 1).skip(first) {
            *wrapped = line != first + split;
        }
        upper = count - split;
    }
    // What stands under the last row of a stretch is the end of it.
    for at in numbers {
        let below = (at + 1..cells.len()).take_while(|line| loose(*line)).count();
        if below <= HIGHEST && !numbered(at + 1 + below) {
            wrapped.iter_mut().skip(at + 1).take(below).for_each(|wrapped| *wrapped = true);
        }
    }
}

/// Whether the last of so many lines of a header is the first one of the first row: its name goes on beside the row's number, where
/// it had no room.
pub(super) fn heads_a_row(text: &str, cells: &[Vec<Span>], heads: usize) -> bool {
    let lines = Lines { text, cells, widths: widths(text, cells.iter().skip(heads)), opening: None };
    let Some(last) = heads.checked_sub(1).filter(|last| *last > 0) else { return false };
    let (upper, lower) = (lines.cell(last, 1), lines.cell(heads, 1));
    let word = lower.split(' ').next().unwrap_or_default().chars().count();
    let room = lines.widths.get(1).is_none_or(|width| upper.chars().count() + 1 + word + SHORT <= *width);
    let numbered = lines.cell(heads, 0).starts_with(|c: char| c.is_ascii_digit());
    numbered && lines.cell(last, 0).is_empty() && !upper.is_empty() && word > 0 && !room
}

/// The word that more than half of the names beside a number begin with.
fn opening<'a>(text: &'a str, cells: &[Vec<Span>], heads: usize) -> Option<&'a str> {
    let names = cells.iter().skip(heads).filter(|line| line.first().is_some_and(|cell| !cell.is_empty()));
    let words: Vec<&str> =
        names.filter_map(|line| text.get(line.get(1)?.range())?.split(' ').next()).collect();
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    words.iter().for_each(|word| *counts.entry(word).or_default() += 1);
    let common = |(word, count): &(&str, usize)| count * 2 > words.len() && !word.is_empty();
    counts.into_iter().find(common).map(|(word, _)| word)
}

impl Lines<'_> {
    fn cell(&self, line: usize, column: usize) -> &str {
        let cell = self.cells.get(line).and_then(|cells| cells.get(column));
        cell.and_then(|cell| self.text.get(cell.range())).unwrap_or_default()
    }

    /// Whether the line above one with a number begins its row.
    fn shows(&self, at: usize, heads: usize) -> bool {
        let above = at - 1;
        let blank = |column: usize| self.cell(at, column).is_empty() && !self.cell(above, column).is_empty();
        let filled = (1..self.widths.len()).filter(|column| !self.cell(at, *column).is_empty()).count();
        // A cell of the lines above and below and of none between.
        let around = || {
            let number = self.cell(at + 1, 0);
            let lower = |column: usize| number.is_empty() && !self.cell(at + 1, column).is_empty();
            (1..self.widths.len()).any(|column| blank(column) && lower(column))
        };
        above == heads || filled > 1 && (blank(1) || around())
    }

    /// How many of the lines from one up to that with a number are the end of the row above, of which so many lines stand above its
    /// number.
    fn split(&self, first: usize, at: usize, upper: usize) -> usize {
        let count = at - first;
        let cost = |split: &usize| {
            let under: usize = (first..first + split).map(|line| self.joined(line - 1, line)).sum();
            let over: usize = (first + split..at).map(|line| self.joined(line, line + 1)).sum();
            let opens = (first..first + split).filter(|line| self.opens(*line)).count();
            let lower = (first + split..at).skip(1).filter(|line| self.opens(*line)).count();
            let uneven = usize::from(upper.abs_diff(*split) > 1) * 2;
            let orphan = usize::from(*split == count && self.cell(at, 1).is_empty()) * 6;
            under + over + opens + lower + uneven + orphan
        };
        (0..=count).rev().min_by_key(cost).unwrap_or(count)
    }

    /// Whether a line begins as most names do.
    fn opens(&self, line: usize) -> bool {
        self.cell(line, 1).split(' ').next() == self.opening && self.opening.is_some()
    }

    /// What it costs that a line goes on with the one above it: texts for which there was room, and texts under nothing.
    fn joined(&self, above: usize, line: usize) -> usize {
        (1..self.widths.len())
            .map(|column| {
                let (upper, lower) = (self.cell(above, column), self.cell(line, column));
                let Some(word) = lower.split(' ').next().filter(|word| !word.is_empty()) else { return 0 };
                if upper.is_empty() {
                    return 0;
                }
                let needed = upper.chars().count() + 1 + word.chars().count() + SHORT;
                let room = self.widths.get(column).is_some_and(|width| needed <= *width);
                if word.starts_with(char::is_lowercase) { 0 } else { 1 + usize::from(room) * 2 }
            })
            .sum()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    /// Which lines of cells, parted by bars, go on with the line above.
    fn joined(lines: &[&str]) -> Vec<bool> {
        let text = lines.join("\n");
        let mut start = 0;
        let mut cells = Vec::new();
        for line in lines {
            let mut row = Vec::new();
            let mut from = start;
            for cell in line.split('|') {
                row.push(Span::new(from, from + cell.len()));
                from += cell.len() + 1;
            }
            cells.push(row);
            start += line.len() + 1;
        }
        let mut wrapped = vec![false; cells.len()];
        part((&text, &Grammar::embedded().unwrap()), &cells, 1, &mut wrapped);
        wrapped
    }

    #[test]
    fn a_line_without_a_number_is_of_the_row_that_it_goes_on_with() {
        let lines = [
            "TT|Xóm|Số hộ|Tỷ lệ",
            "4|Xóm 4|342|0,88",
            "5|Xóm Phú Lễ|295|1,69",
            "|Xóm Đông||",
            "6|Biên|323|1,24",
            "|Xóm Trung||",
            "7||277|2,17",
            "|Hòa||",
            "8|Xóm Xuân|254|1,57",
            "|Hà||",
            "|Toàn xã|1149|1,60",
        ];
        let expected = [false, false, false, false, true, false, true, true, false, true, false];
        assert_eq!(joined(&lines), expected);
    }

    #[test]
    fn rows_whose_first_line_has_the_number_are_left_alone() {
        let lines = [
            "TT|Việc|Chủ trì",
            "1|Cắm mốc giới các|Các thôn",
            "|tuyến đường|",
            "2|Hiến đất|Công an",
            "|Trong đó||",
        ];
        assert_eq!(joined(&lines), [false; 5]);
    }
}
