//! Rows of tabbed lines whose cells hold line breaks, as a page of the web that is copied or a word processor's plain text
//! leaves them: "2 ⇥ Mở lớp ⇥ Phòng Nội vụ;" and "Phòng Tài chính ⇥ Quý I" are one row.
//!
//! What tells is the number of tabs: lines that together have as many as the header, the first of which begins with a row's
//! number and no other does.

use super::loose::is_number;
use crate::span::Span;

/// Most lines of one row.
const MOST: usize = 24;
/// Fewest tabs of a table's lines; with one tab any two lines would fit.
const TABS: usize = 2;

/// Of each line the column in which it goes on with the row above it; none for a line that begins a row.
pub(super) fn columns(text: &str, lines: &[Span]) -> Vec<Option<usize>> {
    let mut out = vec![None; lines.len()];
    let Some(width) = width(text, lines, lines) else { return out };
    let mut at = 0;
    while at < lines.len() {
        let rest = lines.get(at..).unwrap_or_default().iter().map(|line| slice(text, *line));
        let pieces = row(rest, width).unwrap_or_else(|| vec![0]);
        for (own, column) in out.iter_mut().skip(at).zip(&pieces).skip(1) {
            *own = Some(*column);
        }
        at += pieces.len();
    }
    out
}

/// Whether a line without tabs is a piece of the row that the last lines of a table begin: lines below complete it.
pub(super) fn goes_on(text: &str, lines: &[Span], line: Span) -> bool {
    let last = lines.len().saturating_sub(MOST);
    let Some(width) = width(text, lines, lines.get(last..).unwrap_or_default()) else { return false };
    let begins = |at: &usize| lines.get(*at).is_some_and(|line| begins_row(slice(text, *line)));
    let Some(first) = (last..lines.len()).rev().find(begins) else {
        return false;
    };
    let above = lines.get(first..).unwrap_or_default().iter().map(|line| slice(text, *line));
    let here = text.get(line.start as usize..).unwrap_or_default();
    let above: Vec<&str> = above.collect();
    row(above.iter().copied().chain(here.split('\n')), width)
        .is_some_and(|pieces| pieces.len() > above.len() + 1)
}

fn slice(text: &str, line: Span) -> &str {
    text.get(line.range()).unwrap_or_default()
}

fn tabs(line: &str) -> usize {
    line.trim_end_matches(['\r', ' ']).matches('\t').count()
}

/// The tabs of a whole row: those of the first line, where none of some lines has more.
fn width(text: &str, lines: &[Span], some: &[Span]) -> Option<usize> {
    let first = tabs(slice(text, *lines.first()?));
    let wider = some.iter().any(|line| tabs(slice(text, *line)) > first);
    (first >= TABS && !wider).then_some(first)
}

/// The columns in which the lines of the row that begins here go on; none where it is whole or cannot be made so.
fn row<'t>(lines: impl Iterator<Item = &'t str>, width: usize) -> Option<Vec<usize>> {
    let mut columns = Vec::new();
    let mut column = 0;
    for line in lines.take(MOST) {
        let inside = !columns.is_empty();
        if line.trim().is_empty() || line.contains('\x0C') || begins_row(line) == inside {
            return None;
        }
        columns.push(column);
        column += tabs(line);
        if column >= width {
            return (inside && column == width).then_some(columns);
        }
    }
    None
}

/// Whether a line's first cell is a row's number or blank.
fn begins_row(line: &str) -> bool {
    line.split_once('\t').is_some_and(|(first, _)| first.trim().is_empty() || is_number(first.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Option<usize>> {
        let mut at = 0;
        let lines: Vec<Span> = text
            .split('\n')
            .map(|line| {
                let span = Span::new(at, at + line.len());
                at += line.len() + 1;
                span
            })
            .collect();
        columns(text, &lines)
    }

    #[test]
    fn lines_that_have_the_header_s_tabs_together_are_one_row() {
        let text = "TT\tViệc\tChủ trì\tHạn\n1\tMở lớp\tPhòng Nội vụ;\nPhòng Y tế\tQuý I\n2\tSửa chợ\tPhòng Kinh tế\tQuý II";
        assert_eq!(of(text), [None, None, Some(2), None]);
        let text = "TT\tViệc\tChủ trì\tHạn\n1\tMở lớp\tPhòng Nội vụ;\nPhòng Y tế;\nCông an\tQuý I";
        assert_eq!(of(text), [None, None, Some(2), Some(2)]);
    }

    #[test]
    fn lines_that_do_not_fit_and_rows_that_begin_are_left_alone() {
        assert_eq!(of("TT\tViệc\tChủ trì\tHạn\n1\tMở lớp\n2\tSửa chợ\tPhòng Kinh tế"), [None; 3]);
        assert_eq!(of("TT\tViệc\tChủ trì\tHạn\nI\tGiáo dục\n\tMở lớp\tPhòng"), [None; 3]);
        assert_eq!(of("TT\tViệc\n1\tMở lớp\nPhòng"), [None; 3]);
    }
}
