//! Lines of plain text: between pages, as numbers of pages, as prose with tabs.

use memchr::{memchr, memchr_iter};

use super::cells::trimmed;
use crate::span::Span;

/// The pieces of a line between form feeds, each with the form feed that ends it.
pub(super) fn pages_of(text: &str, start: usize, end: usize) -> impl Iterator<Item = (Span, Option<Span>)> {
    let bytes = text.as_bytes().get(start..end).unwrap_or_default();
    let mut from = start;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        if let Some(i) = memchr(b'\x0C', bytes.get(from - start..).unwrap_or_default()) {
            let at = from + i;
            let line = Span::new(from, at);
            from = at + 1;
            Some((line, Some(Span::new(at, at + 1))))
        } else {
            done = true;
            Some((Span::new(from, end), None))
        }
    })
}

/// A page's number stands so far in at least, in letters.
const INDENTED: usize = 20;

/// Whether a line between rows is the number of a page: nothing but that, far in, with nothing right under it.
pub(super) fn is_page_number(text: &str, line: Span) -> bool {
    let slice = text.get(line.range()).unwrap_or_default();
    let number = slice.trim();
    let digits = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    digits && slice.len() - slice.trim_start().len() >= INDENTED && line_below(text, line).trim().is_empty()
}

/// The line under another.
fn line_below(text: &str, line: Span) -> &str {
    below(text, line).split(['\n', '\x0C']).next().unwrap_or_default()
}

/// What follows a line.
pub(super) fn below(text: &str, line: Span) -> &str {
    text.get(line.end as usize + 1..).unwrap_or_default()
}

/// Whether a line's tabs do not separate cells: they stand at its ends only, or once after a list mark.
pub(super) fn is_prose(line: &str) -> bool {
    let line = line.trim();
    match line.split_once('\t') {
        None => true,
        Some((mark, rest)) => is_list_mark(mark.trim()) && !rest.trim_start().contains('\t'),
    }
}

/// "-", "+", "•", "1.", "II.", "1.2.", "a)", "(3)"; a bare number is a row's number.
fn is_list_mark(mark: &str) -> bool {
    if matches!(mark, "-" | "–" | "+" | "•" | "*" | "o" | "\u{F0B7}" | "") {
        return true;
    }
    mark.len() <= 8
        && mark.ends_with(['.', ')'])
        && mark.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '(' | ')' | 'đ'))
}

/// The cells of a line that tabs part, and where they stand.
pub(super) fn tab_cells(text: &str, line: Span) -> (Vec<Span>, Span) {
    let slice = text.get(line.range()).unwrap_or_default();
    let length = slice.trim_end_matches(['\r', ' ']).len();
    let start = line.start as usize;
    let mut from = start;
    let mut cells = Vec::new();
    let ends = memchr_iter(b'\t', slice.get(..length).unwrap_or_default().as_bytes());
    for end in ends.map(|at| start + at).chain(std::iter::once(start + length)) {
        cells.push(trimmed(text, Span::new(from, end)));
        from = end + 1;
    }
    (cells, Span::new(start, start + length))
}
