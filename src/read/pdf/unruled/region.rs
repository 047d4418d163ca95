//! Where a table without rules may stand: neighbouring lines, many of which have several pieces.

use super::Page;
use super::columns::{self, Columns};
use super::pieces::{Piece, Text};
use crate::grammar::phrase::plain;
use crate::model::ColumnRole;
use crate::read::pdf::geometry::Area;
use crate::read::pdf::margins::has_page_number;
use crate::read::pdf::missing::is_number;
use crate::read::pdf::path::Rule;
use crate::text::fold;

/// A gap of so many sizes is no gap between words, however a line is justified.
const GAP: f64 = 0.75;
/// Lines that are so many sizes apart are not of one table.
const APART: f64 = 4.0;
/// Most lines without a wide gap between two with some: a cell's text that wraps.
const WRAPPED: usize = 14;
/// Under this share of a page stands its foot.
pub(super) const FOOT: f64 = 0.93;
/// A foot stands so many sizes under what it is the foot of.
const FOOT_GAP: f64 = 2.2;
/// Under this share a table may end with its header.
pub(super) const LOW: f64 = 0.8;
/// Lines of a header stand at most so many sizes apart.
const LEADING: f64 = 1.6;
/// The same where its rows have distances of their own.
const PADDED: f64 = 2.3;
/// The same where a rule stands between.
const UNDERLINED: f64 = 3.2;
/// The rest of a row stands at most so many sizes over the next row.
const REST: f64 = 3.0;
/// Longest caption without its title, in letters.
const CAPTION: usize = 40;
/// Fewest lines with pieces in three columns.
const FEWEST: usize = 2;

/// A stretch of lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    pub start: usize,
    pub end: usize,
    /// Whether only a running head stands above it on the page.
    pub is_first: bool,
}

/// The next stretch from a line on that may be a table.
///
/// `before` are the columns of a table that the page before ended with: the rest of its last row may stand above.
pub(super) fn next(
    page: &Page<'_>,
    text: &Text<'_>,
    from: usize,
    taken: &[Area],
    before: Option<&Columns>,
) -> Option<Region> {
    let start = (from..text.lines.len()).find(|line| gaps(text, *line) >= 2)?;
    let mut end = start + 1;
    let mut last = start;
    // A header may name the column of numbers in its second line.
    let mut numbered = false;
    for at in start + 1..text.lines.len() {
        let (Some(above), Some(line)) = (text.lines.get(at - 1), text.lines.get(at)) else { break };
        let between = |area: &&Area| above.base < area.top && area.bottom < line.base;
        let step = line.base - above.base;
        if step > APART * line.size.max(above.size) || step < 0.0 || taken.iter().any(|area| between(&area)) {
            break;
        }
        if at - last > WRAPPED || is_caption(page, text, at) || numbered && begins_header(page, text, at) {
            break;
        }
        let low = line.area.top > page.size.1 * FOOT;
        if low && (gaps(text, at) == 0 || has_page_number(line, page.grammar) || step > FOOT_GAP * line.size)
        {
            break;
        }
        end = at + 1;
        numbered |= text.pieces_of(at).first().is_some_and(|piece| is_number(&piece.text()));
        if gaps(text, at) >= 2 {
            last = at;
        }
    }
    let start = with_first_lines(page, text, from, start);
    let start = before.filter(|_| from == 0).map_or(start, |columns| with_rest(page, text, columns, start));
    let is_first = text.lines.iter().take(start).all(|line| is_in_head(page, line.base))
        && !taken.iter().any(|area| text.lines.get(start).is_some_and(|line| area.bottom < line.base));
    Some(Region { start, end, is_first })
}

/// How many gaps of a line are wider than those between words.
fn gaps(text: &Text<'_>, line: usize) -> usize {
    let wide = |pair: &[Piece<'_>]| matches!(pair, [a, b] if b.area.left - a.area.right > GAP * a.size);
    text.pieces_of(line).windows(2).filter(|pair| wide(pair)).count()
}

/// "Phụ lục 2", "Biểu số 3".
fn is_caption(page: &Page<'_>, text: &Text<'_>, line: usize) -> bool {
    let Some(own) = text.lines.get(line).filter(|_| gaps(text, line) == 0) else { return false };
    let said = fold(&own.text());
    let words = &page.grammar.structure.captions.words;
    let begins = |word: &String| said.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' '));
    said.len() <= CAPTION && words.iter().any(begins)
}

/// Whether a line names the column of row numbers, and others.
fn begins_header(page: &Page<'_>, text: &Text<'_>, line: usize) -> bool {
    let pieces = text.pieces_of(line);
    let role = |piece: &Piece<'_>| page.grammar.tables.role(&piece.text());
    pieces.len() >= 2 && pieces.first().and_then(role) == Some(ColumnRole::Number)
}

/// Where the second of two tables begins whose headers a line names side by side.
pub(super) fn second(page: &Page<'_>, text: &Text<'_>, line: usize) -> Option<f64> {
    if !begins_header(page, text, line) {
        return None;
    }
    let pieces = text.pieces_of(line);
    let numbers = |piece: &Piece<'_>| page.grammar.tables.role(&piece.text()) == Some(ColumnRole::Number);
    let at = pieces.iter().skip(2).position(numbers)? + 2;
    let (before, own) = (pieces.get(at - 1)?, pieces.get(at)?);
    let far = at + 1 < pieces.len();
    far.then(|| before.area.right.midpoint(own.area.left).max(own.area.left - own.size))
}

/// The first line of a header may hold only a few of its cells.
fn with_first_lines(page: &Page<'_>, text: &Text<'_>, from: usize, start: usize) -> usize {
    let mut first = start;
    while let (Some(line), Some(above)) =
        (text.lines.get(first), first.checked_sub(1).filter(|at| *at >= from))
    {
        let Some(before) = text.lines.get(above) else { break };
        let many = text.pieces_of(above).len() > 1;
        let leading = if many { PADDED } else { LEADING };
        let spans = is_underlined(page, text, above, start);
        let leading = if spans { UNDERLINED } else { leading };
        let near = line.base - before.base < leading * line.size
            && (before.size - line.size).abs() < 0.06 * line.size;
        if !near || is_caption(page, text, above) || !spans && is_title(page, text, above, start) {
            break;
        }
        first = above;
    }
    first
}

/// Level rules nearer than this are one, in points.
const MEET: f64 = 2.6;

/// Level rules, those made whole that are drawn cell by cell.
fn whole(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut out: Vec<Rule> = Vec::new();
    for rule in rules {
        let meets = |last: &&mut Rule| (last.at - rule.at).abs() < MEET && rule.from - last.to < MEET;
        match out.iter_mut().rfind(meets) {
            Some(last) => last.to = last.to.max(rule.to),
            None => out.push(rule),
        }
    }
    out
}

/// Whether rules under all texts of a line cover some of the columns that the header's line below names, and not all.
fn is_underlined(page: &Page<'_>, text: &Text<'_>, line: usize, start: usize) -> bool {
    let (Some(own), Some(below)) = (text.lines.get(line), text.lines.get(line + 1)) else { return false };
    let between = |rule: &&Rule| !rule.upright && own.base < rule.at && rule.at < below.base;
    let rules = whole(page.rules.iter().filter(between).copied().collect());
    let under = |piece: &Piece<'_>| {
        rules.iter().find(|rule| rule.from < piece.area.left + 1.0 && piece.area.right < rule.to + 1.0)
    };
    let covers_some = |rule: &Rule| {
        let middle = |piece: &Piece<'_>| piece.area.left.midpoint(piece.area.right);
        let named = text.pieces_of(start);
        let covered = named.iter().filter(|piece| (rule.from..=rule.to).contains(&middle(piece))).count();
        covered > 1 && covered < named.len()
    };
    let pieces = text.pieces_of(line);
    !pieces.is_empty() && pieces.iter().all(|piece| under(piece).is_some_and(covers_some))
}

/// The lines right above that stand in columns of the page before, one in each, are the rest of its last row, where nothing but a
/// running head stands above them.
fn with_rest(page: &Page<'_>, text: &Text<'_>, columns: &Columns, start: usize) -> usize {
    let fits = |line: &usize| {
        let pieces = text.pieces_of(*line);
        let own = text.lines.get(*line);
        pieces.iter().all(|piece| columns.of_piece(piece).is_some())
            && own.is_some_and(|own| !has_page_number(own, page.grammar))
            && !is_caption(page, text, *line)
    };
    let near = |line: &usize| {
        let (Some(own), Some(next)) = (text.lines.get(*line), text.lines.get(line + 1)) else { return false };
        next.base - own.base < REST * own.size.max(next.size)
    };
    let mut first = start;
    while let Some(above) = first.checked_sub(1).filter(|above| fits(above) && near(above)) {
        first = above;
    }
    let head = |line: usize| text.lines.get(line).is_some_and(|line| is_in_head(page, line.base));
    if (0..first).all(head) { first } else { start }
}

/// Whether a height is that of a page's running head.
fn is_in_head(page: &Page<'_>, base: f64) -> bool {
    base < page.size.1 * (1.0 - FOOT) * 1.5
}

/// Whether a line above a header is none of it: it stands over what has nothing to do with it.
fn is_title(page: &Page<'_>, text: &Text<'_>, line: usize, start: usize) -> bool {
    let declares = |piece: &Piece<'_>| {
        let said = plain(&piece.text());
        let words = &page.grammar.concepts.declares;
        said.starts_with('(') || words.iter().any(|word| said.starts_with(word.as_str()))
    };
    let pieces = text.pieces_of(line);
    let over = |piece: &Piece<'_>| {
        let below = text.pieces_of(start).iter();
        below.filter(|other| other.area.left < piece.area.right && other.area.right > piece.area.left).count()
    };
    pieces.iter().any(|piece| declares(piece) || over(piece) > 2 && pieces.len() == 1)
}

/// The region without the lines at its ends that do not stand in its columns; none where too few are left.
pub(super) fn trimmed(
    page: &Page<'_>,
    text: &Text<'_>,
    region: Region,
    columns: &Columns,
    goes_on: bool,
) -> Option<Region> {
    let fits = |line: &usize| text.pieces_of(*line).iter().all(|piece| columns.of_piece(piece).is_some());
    let many = |line: &usize| text.pieces_of(*line).len() >= 2;
    let head = (region.start..region.end).find(|line| begins_header(page, text, *line));
    let start = match head {
        // What stands above the header's lines is none of the table.
        Some(head) => with_first_lines(page, text, region.start, head),
        None => (region.start..region.end).find(|line| many(line) || goes_on && fits(line))?,
    };
    let conforms = |line: &usize| fits(line) && (many(line) || columns.is_aligned(text.pieces_of(*line)));
    // A row's last lines go on in a column; a paragraph under the table stands at the margin.
    let last = (start..region.end).rev().find(|line| many(line) && fits(line))?;
    let mut end = last + 1;
    while end < region.end && conforms(&end) && !is_caption(page, text, end) {
        end += 1;
    }
    // Headers run over columns.
    let body = columns::head(text, start..end).end;
    let low = || text.lines.get(end - 1).is_some_and(|line| line.area.bottom > page.size.1 * LOW);
    if body == end && head.is_some() && low() {
        return Some(Region { start, end, ..region });
    }
    let body = if body == end { start } else { body };
    let lines = || (body..end).filter(|line| text.pieces_of(*line).len() >= 3);
    let fitting = lines().filter(|line| fits(line)).count();
    let enough = if goes_on || head.is_some() { 1 } else { FEWEST };
    (fitting >= enough && fitting * 4 >= lines().count() * 3).then_some(Region { start, end, ..region })
}
