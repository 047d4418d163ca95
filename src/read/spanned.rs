//! Headers of tables whose columns spaces hold apart, where some texts stand over several columns: "Kinh phí" over "Tổng số"
//! and "Trong đó", that over "Tỉnh" and "Xã". The lines under the header tell the columns.

use std::ops::{Range, RangeInclusive};

use super::cells::trimmed;
use super::spaced::{COLUMNS, MOST, column_cells, columns_of, places};
use crate::span::Span;

/// Most lines of a header.
const LINES: usize = 8;

/// A text of a header line: where it stands, in characters, and over which columns.
struct Piece {
    place: Range<usize>,
    over: RangeInclusive<usize>,
}

/// The cells of lines with such a header, and how many lines it has; `None` where the lines under it show no more columns
/// than `count`.
pub(super) fn cut(
    text: &str,
    lines: &[Span],
    slices: &[&str],
    count: usize,
) -> Option<(Vec<Vec<Span>>, usize)> {
    let body = slices.iter().take(LINES + 1).position(|line| has_figure(line))?;
    let (head, rows) = (slices.get(..body)?, slices.get(body..)?);
    let columns = columns_of(rows);
    let fits = (COLUMNS.max(count + 1)..=MOST).contains(&columns.len());
    if head.len() < 2 || rows.len() < 2 || !fits {
        return None;
    }
    let pieces = |line: &&str| Some(places(line)?.into_iter().map(|(from, to)| from..to).collect());
    let pieces: Vec<Vec<Range<usize>>> = head.iter().map(pieces).collect::<Option<_>>()?;
    let wide = widened(&columns, &pieces);
    let head: Option<Vec<Vec<Piece>>> = (0..pieces.len()).map(|line| over(&wide, &pieces, line)).collect();
    let head = head?;
    // Each text stands in a column of its own.
    let parted = |line: &Vec<Piece>| {
        line.windows(2).all(|pair| matches!(pair, [a, b] if a.over.end() < b.over.start()))
    };
    if !head.iter().all(parted) {
        return None;
    }
    let mut out: Vec<Vec<Span>> = Vec::with_capacity(lines.len());
    for ((line, slice), pieces) in lines.iter().zip(slices).zip(&head) {
        out.push(head_cells(text, *line, slice, pieces, columns.len()));
    }
    for (line, slice) in lines.iter().zip(slices).skip(body) {
        out.push(column_cells(text, *line, slice, &columns));
    }
    Some((out, body))
}

/// Whether a line has a figure that is no year, as rows have.
fn has_figure(line: &str) -> bool {
    line.split("  ").map(str::trim).any(|piece| {
        let figure = piece.contains(|c: char| c.is_ascii_digit())
            && piece.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '%' | '-'));
        figure && !(piece.len() == 4 && piece.starts_with("20"))
    })
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

/// The columns as wide as the texts of the header that stand in one alone.
fn widened(columns: &[(usize, usize)], pieces: &[Vec<Range<usize>>]) -> Vec<Range<usize>> {
    let own: Vec<Range<usize>> = columns.iter().map(|(from, to)| *from..*to).collect();
    let mut out = own.clone();
    for piece in pieces.iter().flatten() {
        if let Some((first, last)) = met(&own, piece)
            && first == last
            && let Some(column) = out.get_mut(first)
        {
            *column = column.start.min(piece.start)..column.end.max(piece.end);
        }
    }
    out
}

/// Over which columns the texts of a header line stand: those that they meet, and beside these such as have a text in a lower
/// line and none in this one, so that the text stands in the middle.
fn over(columns: &[Range<usize>], pieces: &[Vec<Range<usize>>], line: usize) -> Option<Vec<Piece>> {
    let own = pieces.get(line)?;
    let met = |piece: &Range<usize>| met(columns, piece);
    let lower = |column: usize| {
        let area = columns.get(column);
        let mut below = pieces.iter().skip(line + 1).flatten();
        area.is_some_and(|area| below.any(|piece| meets(piece, area)))
    };
    let mut out = Vec::with_capacity(own.len());
    for (at, place) in own.iter().enumerate() {
        let (first, last) = met(place)?;
        let before =
            at.checked_sub(1).and_then(|at| own.get(at)).map_or(Some(0), |other| Some(met(other)?.1 + 1))?;
        let after = own.get(at + 1).map_or(Some(columns.len()), |other| Some(met(other)?.0))?;
        let free = |from: usize, to: usize| (from..to).all(lower);
        let starts = (before.min(first)..=first).filter(|start| free(*start, first));
        let ranges = starts.flat_map(|start| {
            (last..after.max(last + 1))
                .filter(move |end| free(last + 1, end + 1))
                .map(move |end| (start, end))
        });
        let off = |(start, end): &(usize, usize)| {
            let middle = |a: usize, b: usize| a + b;
            let area = columns.get(*start).zip(columns.get(*end));
            area.map_or(usize::MAX, |(a, b)| middle(a.start, b.end).abs_diff(middle(place.start, place.end)))
        };
        let (start, end) = ranges.min_by_key(|range| (off(range), range.1 - range.0))?;
        out.push(Piece { place: place.clone(), over: start..=end });
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
