//! Tables whose columns stand under groups of dashes, as Pandoc and reStructuredText write them: "simple" ones, whose lines are
//! rows, and those of several lines a row, whose rows blank lines part.

use std::ops::Range;

use super::ruler::{Letter, Shape};
use super::{Drawn, Line, Page};
use crate::read::cells::trimmed;
use crate::read::loose::is_number;
use crate::source::Cell;
use crate::span::Span;

/// Most lines of a header.
const HEADER: usize = 8;
/// Two groups are columns where one space parts them, more where a few do: two lines under a letterhead are no columns.
const GAP: usize = 3;
/// A text stands so far over the end of its column at most.
const SHIFT: usize = 3;
/// Of so many lines one may cross columns.
const CROSSING: usize = 4;

/// Lines of nothing but groups of dashes.
#[derive(Debug, Clone, Copy)]
struct Rule<'a> {
    at: usize,
    groups: &'a [(usize, usize)],
}

/// Which lines of a table are what.
#[derive(Debug)]
struct Parts<'a> {
    groups: &'a [(usize, usize)],
    all: Range<usize>,
    header: Range<usize>,
    body: Range<usize>,
}

/// The tables of a text.
pub(super) fn tables(page: Page<'_>) -> Vec<Drawn> {
    let mut rules: Vec<Rule<'_>> = Vec::new();
    for (at, shape) in page.shapes.iter().enumerate() {
        if let Shape::Strokes(groups) = shape {
            rules.push(Rule { at, groups });
        }
    }
    let mut out: Vec<Drawn> = Vec::new();
    let mut done = 0;
    for at in 0..rules.len() {
        let rest = rules.get(at..).unwrap_or_default();
        if rest.first().is_none_or(|rule| rule.at < done) {
            continue;
        }
        if let Some(parts) = parts(page, rest, done)
            && let Some(table) = table(page, &parts)
        {
            done = parts.all.end;
            out.push(table);
        }
    }
    out
}

impl Rule<'_> {
    fn is_whole(&self) -> bool {
        self.groups.len() == 1
    }

    /// Whether its groups are columns.
    fn parts(&self) -> bool {
        let gap = if self.groups.len() > 2 { GAP } else { 1 };
        self.groups.len() > 1 && self.groups.windows(2).all(|pair| matches!(pair, [a, b] if b.0 - a.1 <= gap))
    }

    /// From where to where it goes.
    fn extent(&self) -> Option<(usize, usize)> {
        Some((self.groups.first()?.0, self.groups.last()?.1))
    }
}

/// The table that some rules begin; lines before `done` are not its.
fn parts<'a>(page: Page<'_>, rules: &[Rule<'a>], done: usize) -> Option<Parts<'a>> {
    let first = *rules.first()?;
    let second = rules.get(1).copied();
    let third = rules.get(2).copied();
    let same = |rule: &Rule<'_>| rule.extent() == first.extent();
    if first.is_whole() {
        let (groups, end) = second.filter(Rule::parts).zip(third)?;
        let framed = same(&groups) && same(&end) && end.is_whole();
        let (header, body) = (first.at + 1..groups.at, groups.at + 1..end.at);
        let filled = !header.is_empty() && header.len() <= HEADER && !has_blank(page, header.clone());
        return (framed && filled).then_some(Parts {
            groups: groups.groups,
            all: first.at..end.at + 1,
            header,
            body,
        });
    }
    if !first.parts() {
        return None;
    }
    let above = first.at.checked_sub(1).filter(|above| *above >= done && *page.shape(*above) == Shape::Text);
    if let Some(header) = above {
        let body = first.at + 1..end_of_lines(page, first.at + 1);
        // A closing rule is of the table.
        let closed = second.filter(|rule| rule.at == body.end && rule.groups == first.groups);
        let end = body.end + usize::from(closed.is_some());
        return (!body.is_empty()).then_some(Parts {
            groups: first.groups,
            all: header..end,
            header: header..first.at,
            body,
        });
    }
    let second = second.filter(|rule| rule.groups == first.groups)?;
    let head = first.at + 1..second.at;
    // A third rule under the rows says that the first lines are the header.
    let rows = third.filter(|rule| rule.groups == first.groups && !has_blank(page, head.clone()));
    let rows = rows.filter(|rule| {
        rule.at > second.at + 1 && head.len() <= HEADER && *page.shape(second.at + 1) == Shape::Text
    });
    Some(match rows {
        Some(end) => Parts {
            groups: first.groups,
            all: first.at..end.at + 1,
            header: head,
            body: second.at + 1..end.at,
        },
        None => Parts {
            groups: first.groups,
            all: first.at..second.at + 1,
            header: first.at..first.at,
            body: head,
        },
    })
}

fn has_blank(page: Page<'_>, mut lines: Range<usize>) -> bool {
    lines.any(|at| *page.shape(at) == Shape::Blank)
}

/// The line after the last of those that stand together.
fn end_of_lines(page: Page<'_>, from: usize) -> usize {
    let rest = page.shapes.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|shape| matches!(shape, Shape::Text | Shape::Bars)).count()
}

/// A table, if the texts of its lines stand in its columns.
fn table(page: Page<'_>, parts: &Parts<'_>) -> Option<Drawn> {
    let starts: Vec<usize> = parts.groups.iter().map(|group| group.0).collect();
    let mut out =
        Drawn { place: page.place(parts.all.start, parts.all.end.checked_sub(1)?), ..Drawn::default() };
    let is_line = |at: &usize| matches!(page.shape(*at), Shape::Text | Shape::Bars);
    let (mut crossing, mut count) = (0, 0);
    let mut gap = true;
    let by_lines = !has_blank(page, parts.body.clone());
    for at in parts.all.clone() {
        let (heads, body) = (parts.header.contains(&at), parts.body.contains(&at));
        if !is_line(&at) {
            gap = true;
            if !page.mark(at).is_empty() {
                out.marks.push(page.mark(at));
            }
            continue;
        }
        let (cells, crosses) = cut(page, at, &starts)?;
        crossing += usize::from(crosses);
        count += 1;
        let continued = !gap && (heads || body && !by_lines);
        let span = trimmed(page.text, page.line(at));
        out.lines.push(Line { cells, span, continued, heads });
        gap = false;
    }
    if by_lines {
        join_lines(page, parts, &mut out.lines);
    }
    let filled =
        out.lines.iter().any(|line| line.cells.iter().filter(|cell| !cell.span.is_empty()).count() > 1);
    (crossing * CROSSING <= count && filled && count > parts.header.len()).then_some(out)
}

/// Joins the lines of rows that nothing parts: where the numbers in the first column are fewer than lines, lines without one go
/// on with the row above if strokes of the rules are double; a single number makes all one row.
fn join_lines(page: Page<'_>, parts: &Parts<'_>, lines: &mut [Line]) {
    let body = lines.get_mut(parts.header.len()..).unwrap_or_default();
    let first = |line: &Line| {
        line.cells.first().and_then(|cell| page.text.get(cell.span.range())).unwrap_or_default()
    };
    let numbered = body.iter().filter(|line| is_number(first(line))).count();
    let begins = body.first().is_some_and(|line| is_number(first(line)));
    let rule = parts.header.end.max(parts.all.start);
    let double = page.text.get(page.mark(rule).range()).is_some_and(|rule| rule.starts_with('='));
    let framed = *page.shape(parts.all.start) != Shape::Text && !parts.header.is_empty();
    let one = framed && numbered == 1 && begins;
    for (at, line) in body.iter_mut().enumerate() {
        let blank = line.cells.first().is_some_and(|cell| cell.span.is_empty());
        line.continued = at > 0 && (one || double && blank);
    }
}

/// The cells of a line that is cut where columns begin, and whether a text crosses from one to the next: it then covers both.
/// `None` where something stands before the first column.
fn cut(page: Page<'_>, at: usize, starts: &[usize]) -> Option<(Vec<Cell>, bool)> {
    let line = page.line(at);
    let end = line.end as usize;
    let letters: Vec<Letter> = page.ruler.letters(page.text, line).collect();
    let first = letters.iter().find(|it| !it.c.is_whitespace())?;
    if first.column + 1 < *starts.first()? {
        return None;
    }
    let mut crosses = false;
    let mut cells: Vec<Cell> = Vec::with_capacity(starts.len());
    let (mut from, mut columns) = (line.start as usize, 1);
    for start in starts.iter().skip(1) {
        let index = letters.partition_point(|it| it.column < *start);
        let short = letters.last().is_none_or(|last| last.column + 1 < *start);
        let exact = if short { Some(index) } else { index.checked_sub(1) };
        let exact = exact.filter(|before| is_space(&letters, *before));
        crosses |= exact.is_none();
        let space = exact.or_else(|| near(&letters, index));
        let place =
            space.map(|space| letters.get(space).map_or(end, |it| it.at)).filter(|place| *place >= from);
        match place {
            Some(place) => {
                push(page.text, &mut cells, Span::new(from, place), columns);
                (from, columns) = (place, 1);
            }
            None => columns += 1,
        }
    }
    push(page.text, &mut cells, Span::new(from, end.max(from)), columns);
    Some((cells, crosses))
}

fn is_space(letters: &[Letter], index: usize) -> bool {
    letters.get(index).is_none_or(|it| it.c.is_whitespace())
}

/// The space near the beginning of a column in whose place a letter stands; not one inside a text that goes on in small letters.
fn near(letters: &[Letter], index: usize) -> Option<usize> {
    let near = |by: usize| [index.checked_sub(1 + by), Some(index + by - 1)].into_iter().flatten();
    let parts = |space: &usize| {
        let next = letters.get(space + 1).map(|it| it.c);
        is_space(letters, *space) && !next.is_some_and(char::is_lowercase)
    };
    (1..=SHIFT).flat_map(near).find(parts)
}

fn push(text: &str, cells: &mut Vec<Cell>, area: Span, columns: u16) {
    let span = trimmed(text, area);
    cells.push(Cell { span, columns, rows: 1 });
    let covered = Span { start: span.end, end: span.end };
    cells.extend((1..columns).map(|_| Cell { span: covered, columns: 0, rows: 1 }));
}
