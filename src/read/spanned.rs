//! Headers of tables whose columns spaces hold apart, where some texts stand over several columns: "Kinh phí" over "Tổng số"
//! and "Trong đó", that over "Tỉnh" and "Xã". The lines under the header tell the columns.

use std::ops::{Range, RangeInclusive};

use super::cells::trimmed;
use super::spaced::{COLUMNS, Cut, MOST, column_cells, columns_of, pieces, places};
use crate::grammar::Grammar;
use crate::model::ColumnRole;
use crate::span::Span;

/// Most lines of a header.
const LINES: usize = 8;

/// A text of a header line: where it stands, in characters, and over which columns.
struct Piece {
    place: Range<usize>,
    over: RangeInclusive<usize>,
}

/// The cells of lines with such a header; `None` where the lines under it show fewer columns than `count`, or no text stands over
/// several.
pub(super) fn cut(
    text: &str,
    lines: &[Span],
    slices: &[&str],
    count: usize,
    grammar: &Grammar,
) -> Option<Cut> {
    let body = body_start(slices)?;
    let (head, rows) = (slices.get(..body)?, slices.get(body..)?);
    let used = columns_of(rows);
    let columns: Vec<Range<usize>> = used.iter().map(|(from, to)| *from..*to).collect();
    let fits = (COLUMNS.max(count)..=MOST).contains(&columns.len());
    if head.len() < 2 || rows.len() < 2 || !fits {
        return None;
    }
    let ranges: Vec<Vec<Range<usize>>> =
        head.iter().map(|line| texts(line, grammar)).collect::<Option<_>>()?;
    let Cut { cells: mut out, covers, .. } = head_cells_of(text, (lines, head), &ranges, &columns)?;
    let spans = covers.iter().flatten().any(|over| over.start() < over.end());
    if columns.len() == count && !spans {
        return None;
    }
    for (line, slice) in lines.iter().zip(slices).skip(body) {
        out.push(column_cells(text, *line, slice, &used));
    }
    Some(Cut { cells: out, covers, aligned: false })
}

/// Where the texts of a header line stand; one space may be between the name of the numbers and that of the rows: "TT Tên tiêu
/// chí".
pub(super) fn texts(line: &str, grammar: &Grammar) -> Option<Vec<Range<usize>>> {
    let mut out: Vec<Range<usize>> = places(line)?.into_iter().map(|(from, to)| from..to).collect();
    let number = line.split_whitespace().next()?;
    let length = number.chars().count();
    if let Some(first) = out.first().cloned().filter(|first| first.len() > length)
        && grammar.tables.role(number) == Some(ColumnRole::Number)
    {
        out.splice(..1, [first.start..first.start + length, first.start + length + 1..first.end]);
    }
    Some(out)
}

/// The cells of the lines of a header over columns, from where their texts stand, and over which columns each does; `None` where a text meets none, or
/// two meet the same.
pub(super) fn head_cells_of(
    text: &str,
    (lines, head): (&[Span], &[&str]),
    ranges: &[Vec<Range<usize>>],
    columns: &[Range<usize>],
) -> Option<Cut> {
    let mut pieces: Vec<Vec<Piece>> = Vec::with_capacity(ranges.len());
    for line in 0..ranges.len() {
        let above = above(&pieces, columns.len());
        pieces.push(over(&widened(columns, ranges, line), ranges, line, &above)?);
    }
    // Each text stands in a column of its own.
    let parted = |line: &Vec<Piece>| {
        line.windows(2).all(|pair| matches!(pair, [a, b] if a.over.end() < b.over.start()))
    };
    if !pieces.iter().all(parted) {
        return None;
    }
    let covers = |line: &Vec<Piece>| line.iter().map(|piece| piece.over.clone()).collect();
    let covers = pieces.iter().map(covers).collect();
    let cells = lines.iter().zip(head).zip(&pieces);
    let cells = cells.map(|((line, slice), own)| head_cells(text, *line, slice, own, columns.len()));
    Some(Cut { cells: cells.collect(), covers, aligned: false })
}

/// How many lines the header has whose first column is named on a later line only, where its texts stand in the middle of the
/// header's height: all lines above the first row.
pub(super) fn heads_in_the_middle(slices: &[&str], cells: &[Vec<Span>], grammar: &Grammar) -> Option<usize> {
    let body = body_start(slices)?;
    let blank = cells.first()?.first()?.is_empty();
    let names_numbers = |line: &&str| {
        let first = line.trim().split("  ").next().unwrap_or_default();
        grammar.tables.role(first) == Some(ColumnRole::Number)
    };
    (blank && slices.get(1..body)?.iter().any(names_numbers)).then_some(body)
}

/// Where the rows begin: at the first figure, and the headings of groups right above it.
pub(super) fn body_start(slices: &[&str]) -> Option<usize> {
    let figures = slices.iter().take(LINES + 1).position(|line| has_figure(line))?;
    let groups = slices.get(..figures)?.iter().rev().take_while(|line| heads_group(line));
    Some(figures - groups.count())
}

/// Whether a line has a figure that is no year and no range of years, as rows have.
fn has_figure(line: &str) -> bool {
    let is_year = |text: &str| text.len() == 4 && text.starts_with("20");
    line.split("  ").map(str::trim).any(|piece| {
        let figure = piece.contains(|c: char| c.is_ascii_digit())
            && piece.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '%' | '-'));
        figure && !piece.split('-').all(|part| is_year(part.trim()))
    })
}

/// Whether a line is a group's heading: "I    Thích ứng", "A    Khối Đảng", "2-    Chuyển đổi số", "1.2   Đất ở".
pub(super) fn heads_group(line: &str) -> bool {
    let Some((number, title)) = line.trim().split_once("  ") else { return false };
    let number = number.trim_end_matches(['.', '-', ')', '/']);
    let roman = |part: &str| part.len() <= 5 && part.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let letter = |part: &str| part.len() == 1 && part.starts_with(|c: char| c.is_ascii_uppercase());
    let digits = |part: &str| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
    let numbered = |part: &str| !part.is_empty() && (roman(part) || letter(part) || digits(part));
    number.split('.').all(numbered) && pieces(title) == 1
}

fn meets(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// A text stands so many places beside a column at most that it meets none of.
const BESIDE: usize = 4;

/// The first and the last column that a text meets; where it meets none, the nearest.
fn met(columns: &[Range<usize>], piece: &Range<usize>) -> Option<(usize, usize)> {
    let mut met = columns.iter().enumerate().filter(|(_, column)| meets(piece, column));
    if let Some((first, _)) = met.next() {
        return Some((first, met.next_back().map_or(first, |(last, _)| last)));
    }
    let off = |column: &Range<usize>| {
        column.start.saturating_sub(piece.end).max(piece.start.saturating_sub(column.end))
    };
    let nearest = columns.iter().enumerate().min_by_key(|(_, column)| off(column));
    nearest.filter(|(_, column)| off(column) <= BESIDE).map(|(at, _)| (at, at))
}

/// The columns as wide as the texts of the header that stand in one alone, but for those of one line.
fn widened(own: &[Range<usize>], pieces: &[Vec<Range<usize>>], but: usize) -> Vec<Range<usize>> {
    let mut out = own.to_vec();
    let others = pieces.iter().enumerate().filter(|(line, _)| *line != but);
    for piece in others.flat_map(|(_, pieces)| pieces) {
        if let Some((first, last)) = met(own, piece)
            && first == last
            && let Some(column) = out.get_mut(first)
        {
            *column = column.start.min(piece.start)..column.end.max(piece.end);
        }
    }
    out
}

/// How far off the middle a text may stand rather than leave a column without a header above its own.
const UNCOVERED: usize = 6;

/// Ranges of columns for the texts of a line up to one, from the first.
#[derive(Clone)]
struct Cover {
    cost: usize,
    ranges: Vec<(usize, usize)>,
}

/// For each column the lowest text of the lines before that stands over it, by its line and its place there.
fn above(head: &[Vec<Piece>], columns: usize) -> Vec<Option<(usize, usize)>> {
    let mut out = vec![None; columns];
    for (line, pieces) in head.iter().enumerate() {
        for (at, piece) in pieces.iter().enumerate() {
            out.get_mut(piece.over.clone()).unwrap_or_default().fill(Some((line, at)));
        }
    }
    out
}

/// Over which columns the texts of a header line stand: those that they meet, and beside these such as have a text in a lower
/// line and none in this one, so that the texts stand in the middle and few such columns are left out. Columns that other texts
/// `above` stand over than over these are not among them.
fn over(
    columns: &[Range<usize>],
    pieces: &[Vec<Range<usize>>],
    line: usize,
    above: &[Option<(usize, usize)>],
) -> Option<Vec<Piece>> {
    let own = pieces.get(line)?;
    let above = |column: usize| above.get(column).copied().flatten();
    let parents: Vec<Option<(usize, usize)>> =
        own.iter().map(|piece| met(columns, piece).and_then(|(first, _)| above(first))).collect();
    let lower = |column: usize| {
        let area = columns.get(column);
        let mut below = pieces.iter().skip(line + 1).flatten();
        let among = above(column).is_none() || parents.contains(&above(column));
        among && area.is_some_and(|area| below.any(|piece| meets(piece, area)))
    };
    let open: Vec<bool> = (0..columns.len()).map(lower).collect();
    let left_out =
        |from: usize, to: usize| open.get(from..to).unwrap_or_default().iter().filter(|open| **open).count();
    let mut covers = vec![Cover { cost: 0, ranges: Vec::new() }];
    for at in 0..own.len() {
        let mut next: Vec<Cover> = Vec::new();
        let parent = parents.get(at).copied().flatten();
        let within = |(start, end, _): &(usize, usize, usize)| {
            let (first, last) = own.get(at).and_then(|piece| met(columns, piece)).unwrap_or((*start, *end));
            (*start..first).chain(last + 1..=*end).all(|column| above(column) == parent)
        };
        for (start, end, off) in ranges(columns, &open, own, at)?.into_iter().filter(within) {
            let before = |cover: &Cover| cover.ranges.last().map_or(0, |(_, end)| end + 1);
            let cost = |cover: &Cover| cover.cost + off + UNCOVERED * left_out(before(cover), start);
            let best = covers.iter().filter(|cover| before(cover) <= start).min_by_key(|cover| cost(cover));
            next.extend(best.map(|best| {
                let ranges = best.ranges.iter().copied().chain([(start, end)]).collect();
                Cover { cost: cost(best), ranges }
            }));
        }
        covers = next;
    }
    let whole = |cover: &&Cover| {
        let end = cover.ranges.last().map_or(0, |(_, end)| end + 1);
        (cover.cost + UNCOVERED * left_out(end, columns.len()), end)
    };
    let best = covers.iter().min_by_key(whole)?;
    let piece = |(place, range): (&Range<usize>, &(usize, usize))| Piece {
        place: place.clone(),
        over: range.0..=range.1,
    };
    Some(own.iter().zip(&best.ranges).map(piece).collect())
}

/// The ranges of columns that a text may stand over, and how far off the middle of each.
fn ranges(
    columns: &[Range<usize>],
    open: &[bool],
    own: &[Range<usize>],
    at: usize,
) -> Option<Vec<(usize, usize, usize)>> {
    let place = own.get(at)?;
    let (first, last) = met(columns, place)?;
    let before = match at.checked_sub(1).and_then(|at| own.get(at)) {
        Some(other) => met(columns, other)?.1 + 1,
        None => 0,
    };
    let after = match own.get(at + 1) {
        Some(other) => met(columns, other)?.0,
        None => columns.len(),
    };
    let free = |from: usize, to: usize| open.get(from..to).is_some_and(|open| open.iter().all(|open| *open));
    let mut out = Vec::new();
    for start in (before.min(first)..=first).filter(|start| free(*start, first)) {
        for end in (last..after.max(last + 1)).filter(|end| free(last + 1, end + 1)) {
            let area = columns.get(start).zip(columns.get(end))?;
            let off = (area.0.start + area.1.end).abs_diff(place.start + place.end);
            out.push((start, end, off));
        }
    }
    Some(out)
}

/// The cells of a header line: each text in the first of its columns.
fn head_cells(text: &str, line: Span, slice: &str, pieces: &[Piece], count: usize) -> Vec<Span> {
    let offset = |place: usize| slice.char_indices().nth(place).map_or(slice.len(), |(at, _)| at);
    let start = line.start as usize;
    let mut at = start;
    (0..count)
        .map(|column| match pieces.iter().find(|piece| *piece.over.start() == column) {
            Some(piece) => {
                let cell = trimmed(
                    text,
                    Span::new(start + offset(piece.place.start), start + offset(piece.place.end)),
                );
                at = cell.end as usize;
                cell
            }
            None => Span::new(at, at),
        })
        .collect()
}
