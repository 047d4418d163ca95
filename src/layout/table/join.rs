//! Rows that a page break cut are one row again.

use super::{GridCell, GridRow, HeaderColumn, LaidTable};
use crate::grammar::Grammar;
use crate::layout::markup::Markup;
use crate::layout::{flow, numbering};
use crate::model::{Aside, ColumnRole, Origin};
use crate::source::Source;
use crate::span::Span;
use crate::syntax::deadline::years_of_header;
use crate::text::fold;

/// What rows are read with.
#[derive(Clone, Copy)]
pub(super) struct With<'a> {
    pub source: &'a Source,
    pub markup: &'a Markup,
    pub grammar: &'a Grammar,
    pub roles: &'a Roles,
}

/// Puts a row onto the table's last one where it is its second half; gives it back where it is a row of its
/// own.
pub(super) fn onto_last(
    with: With<'_>,
    table: &mut LaidTable,
    mut row: GridRow,
    next: Option<&GridRow>,
    aside: &mut Vec<(Aside, Span)>,
) -> Option<GridRow> {
    let With { source, markup, .. } = with;
    let after_break = row.after_break;
    if after_break && table.rows.last().is_some_and(|last| opens(with, last, &row)) {
        take_opening(table, &mut row);
        return Some(row);
    }
    let Some(last) = table.rows.last() else { return Some(row) };
    row.resumes &= !is_heading(with, table, &row);
    // A row of a sheet is whole, unless a page's header was copied in before it.
    let whole = source.is_workbook() && !after_break;
    let second =
        || is_second_half(with, last, &row) || after_break && leaves_rest_to(with, table, &row, next);
    if !row.continued && (whole || !second()) {
        return Some(row);
    }
    let last = table.rows.last_mut()?;
    for (column, cell) in row.cells.into_iter().enumerate() {
        let Some(piece) = cell.pieces.first().copied() else { continue };
        if last.cells.len() <= column {
            last.cells.resize_with(column + 1, GridCell::default);
        }
        let Some(target) = last.cells.get_mut(column) else { continue };
        if after_break && repeats_tail(source, markup, target, piece) {
            aside.push((Aside::RepeatedTail, piece));
            continue;
        }
        if target.is_blank() {
            target.place = piece;
        }
        target.pieces.push(piece);
        target.origin = Origin::Continued;
    }
    last.spans.extend(row.spans);
    None
}

/// Whether the last row of a page is the first half of a row behind the page's end: it has neither number nor name nor
/// figures, since these stand in the middle of their cells, and what it has goes on.
fn opens(with: With<'_>, last: &GridRow, row: &GridRow) -> bool {
    let roles = with.roles;
    let blank = |row: &GridRow, column: usize| row.cell(column).is_none_or(GridCell::is_blank);
    let goes_on = |column: usize| blank(last, column) || !blank(row, column);
    roles.number.is_some_and(|number| blank(last, number) && !blank(row, number))
        && blank(last, roles.name)
        && !blank(row, roles.name)
        && last.filled() > 0
        && roles.atomic.iter().all(|column| blank(last, *column))
        && (0..last.cells.len()).all(goes_on)
}

/// Puts the last row of a table before the pieces of the next.
fn take_opening(table: &mut LaidTable, row: &mut GridRow) {
    let Some(opening) = table.rows.pop() else { return };
    for (target, cell) in row.cells.iter_mut().zip(opening.cells) {
        if let Some(first) = cell.pieces.first() {
            target.place = *first;
            target.pieces.splice(..0, cell.pieces);
            target.origin = Origin::Continued;
        }
    }
    row.spans.splice(..0, opening.spans);
}

/// Whether a row holds nothing but a name that begins with a capital, as headings of groups of its table do.
fn is_heading(with: With<'_>, table: &LaidTable, row: &GridRow) -> bool {
    let name = |row: &GridRow| row.cell(with.roles.name).map(|cell| cell.text(with.source, with.markup));
    let alone = |row: &GridRow| {
        row.filled() == 1 && name(row).is_some_and(|name| name.starts_with(char::is_uppercase))
    };
    alone(row) && table.rows.iter().any(alone)
}

/// Fills short rows up to the header's width with lost cells.
pub(super) fn complete(source: &Source, table: &mut LaidTable) {
    let width = table.columns.len();
    for row in &mut table.rows {
        let end =
            row.spans.first().map_or(0, |span| span.start as usize + source.slice(*span).trim_end().len());
        while row.cells.len() < width {
            let place = Span::new(end, end);
            row.cells.push(GridCell { place, origin: Origin::Lost, ..GridCell::default() });
        }
    }
}

impl LaidTable {
    /// What the columns say of rows that may be one.
    pub(super) fn roles(&self) -> Roles {
        let find = |role| self.columns.iter().position(|column| column.role == role);
        let of = |is: fn(ColumnRole) -> bool| -> Vec<usize> {
            let columns = self.columns.iter().enumerate();
            columns.filter(|(_, column)| is(column.role)).map(|(index, _)| index).collect()
        };
        let times = |role| matches!(role, ColumnRole::Deadline | ColumnRole::Period);
        // "2026-2030" over values.
        let dated = |column: &HeaderColumn| {
            let leaf = column.path.last();
            column.role == ColumnRole::Other && leaf.is_some_and(|leaf| years_of_header(leaf).is_some())
        };
        let mut atomic = of(is_atomic);
        atomic.extend(
            self.columns.iter().enumerate().filter(|(_, column)| dated(column)).map(|(index, _)| index),
        );
        let name = find(ColumnRole::Name).unwrap_or(usize::from(find(ColumnRole::Number).is_some()));
        Roles { number: find(ColumnRole::Number), name, atomic, times: of(times) }
    }
}

/// Columns that tell whether two rows are one.
pub(super) struct Roles {
    number: Option<usize>,
    name: usize,
    /// Columns whose cells hold one value that both halves of a row cannot have.
    atomic: Vec<usize>,
    /// Columns of times, which few rows leave blank.
    times: Vec<usize>,
}

fn is_atomic(role: ColumnRole) -> bool {
    matches!(
        role,
        ColumnRole::Value
            | ColumnRole::Total
            | ColumnRole::Component
            | ColumnRole::Year
            | ColumnRole::PriorPlan
            | ColumnRole::Unit
            | ColumnRole::Class
            | ColumnRole::Duration
    )
}

fn is_second_half(with: With<'_>, last: &GridRow, row: &GridRow) -> bool {
    let With { source, markup, grammar, roles } = with;
    let blank = |row: &GridRow, column: usize| row.cell(column).is_none_or(GridCell::is_blank);
    if let Some(number) = roles.number.and_then(|column| row.cell(column)).filter(|cell| !cell.is_blank()) {
        // "XI.5" / ".": only the number's end came over to the next page.
        let text = number.text(source, markup);
        let named = || row.cell(roles.name).map(|cell| cell.text(source, markup)).unwrap_or_default();
        // A dash before a name of its own opens a row of a list.
        let listed = || text.trim() == "-" && named().starts_with(|c: char| !c.is_lowercase());
        let end = row.after_break && matches!(text.trim(), "." | ")" | "-") && !listed();
        if !end || roles.number.is_none_or(|column| blank(last, column)) {
            return false;
        }
    }
    let text = |row: &GridRow, column: usize| row.cell(column).map(|cell| cell.text(source, markup));
    let one_value = |column: &usize| {
        let texts = text(last, *column).zip(text(row, *column));
        row.after_break && texts.is_some_and(|(first, rest)| completes(grammar, &first, &rest))
    };
    let both = |column: &&usize| !blank(row, **column) && !blank(last, **column);
    if !roles.atomic.iter().filter(both).all(one_value) {
        return false;
    }
    let resumes = row.resumes && row.after_break && roles.number.is_some();
    if blank(row, roles.name) {
        return resumes || others_go_on(with, last, row);
    }
    // A page's end between the number, or figures that stand in the middle of a row, and the first line of the name.
    let figures = |row: &GridRow| roles.atomic.iter().filter(|column| !blank(row, **column)).count();
    let nameless = blank(last, roles.name) && row.after_break;
    if nameless
        && (roles.number.is_some_and(|column| !blank(last, column))
            || figures(last) >= FIGURES && figures(row) == 0)
    {
        return true;
    }
    let name = row.cell(roles.name).map(|cell| cell.text(source, markup)).unwrap_or_default();
    let Some(first) = name.chars().next() else { return false };
    if flow::lead(&name, grammar) != flow::Lead::None
        || numbering::cell_number(&name, &grammar.numbering).is_some()
    {
        return false;
    }
    if is_labelled(with, row) && !first.is_lowercase() {
        return false;
    }
    let previous = last.cell(roles.name).map(|cell| cell.text(source, markup)).unwrap_or_default();
    let ended = previous.trim_end().ends_with(['.', ';', ':']);
    let small = first.is_lowercase()
        || matches!(first, ',' | ';' | ')' | '.' | '/')
        || row.after_break && first == '(' && name.ends_with(')');
    if small {
        return row.after_break || !ended;
    }
    if resumes {
        return true;
    }
    if !row.after_break || ended {
        return false;
    }
    // A capital or a digit: only with other signs that the row goes on.
    let open = grammar.structure.joins.are_open_after(&previous)
        || previous.ends_with([',', '-', '–'])
        || previous.matches('(').count() > previous.matches(')').count();
    open || (figures(row) == 0 && row.filled() > 1 && others_go_on(with, last, row))
}

/// So many figures of the last row make a row behind it that has none its rest.
const FIGURES: usize = 2;
/// Longest rest of a name that stands alone after a page's end.
const MAX_REST: usize = 80;

/// Whether a row after a page's end is the rest of the last one although it begins with a capital ("Cải tạo đường thôn" /
/// "Sơn Đông"): it has no number and leaves blank the figures or the time that the last row has. A rest of the name
/// alone looks like a heading without a number, so the table must have none so far, and numbers must go on behind it.
fn leaves_rest_to(with: With<'_>, table: &LaidTable, row: &GridRow, next: Option<&GridRow>) -> bool {
    let With { source, markup, grammar, roles } = with;
    let (Some(number), Some(last)) = (roles.number, table.rows.last()) else { return false };
    let blank = |row: &GridRow, column: usize| row.cell(column).is_none_or(GridCell::is_blank);
    let text = |row: &GridRow, column: usize| row.cell(column).map(|cell| cell.text(source, markup));
    let left = |column: &usize| !blank(last, *column) && blank(row, *column);
    let name = text(row, roles.name).unwrap_or_default();
    let listed = flow::lead(&name, grammar) != flow::Lead::None;
    if !blank(row, number)
        || blank(last, number)
        || blank(last, roles.name)
        || listed
        || is_labelled(with, row)
        || roles.atomic.iter().any(|column| !(blank(row, *column) || name.is_empty() && blank(last, *column)))
        || !roles.atomic.iter().chain(&roles.times).any(left)
        || text(last, roles.name).is_some_and(|name| name.ends_with(['.', ';', ':']))
    {
        return false;
    }
    // Nothing else has neither a number nor a name nor figures; a cell may stand wholly on the next page.
    if name.is_empty() {
        return true;
    }
    // Other cells than the name's: they go on too, or the row leaves so many figures that it is none itself.
    if row.filled() > 1 && roles.atomic.iter().filter(|column| left(column)).count() >= FIGURES {
        return true;
    }
    if row.filled() > 1 {
        return (0..row.cells.len()).all(|column| blank(row, column) || !blank(last, column));
    }
    let bare = |other: &GridRow| {
        blank(other, number) && other.filled() == 1 && !blank(other, roles.name) && !is_labelled(with, other)
    };
    let shouts = !name.chars().any(char::is_lowercase) && name.chars().any(char::is_alphabetic);
    let ordinal = |row: &GridRow| {
        let token = numbering::cell_number(&text(row, number)?, &grammar.numbering)?;
        Some((token.style, token.ordinal))
    };
    let same_mark = |next: &GridRow| text(next, number) == text(last, number) && ordinal(last).is_none();
    let goes_on = match (next, next.and_then(ordinal), ordinal(last)) {
        (None, ..) => true,
        // The next row of a list of dashes.
        (Some(next), None, None) if same_mark(next) => true,
        // The heading behind such a list.
        (_, Some(_), None) => text(last, number).is_some_and(|mark| !mark.chars().any(char::is_alphanumeric)),
        (_, Some((style, next)), Some((before, last))) => style != before || next == last + 1,
        // A total, or a row that says more than a name.
        (Some(row), None, _) => blank(row, number) && (row.filled() > 1 || is_labelled(with, row)),
    };
    name.len() <= MAX_REST && !shouts && goes_on && !table.rows.iter().any(bare)
}

/// Whether a row begins with a label ("Trong đó") or with the words of a total. Where it has no figures these stand alone
/// or before a sign: "Công an xã …" begins as "Cộng" does.
fn is_labelled(with: With<'_>, row: &GridRow) -> bool {
    let With { source, markup, grammar, roles } = with;
    let name = row.cell(roles.name).map(|cell| fold(&cell.text(source, markup))).unwrap_or_default();
    let figures = roles.atomic.iter().any(|column| row.cell(*column).is_some_and(|cell| !cell.is_blank()));
    let words = &grammar.structure.rows;
    let after = |word: &String| name.strip_prefix(word.as_str()).map(str::trim_start);
    words.labels.iter().any(|word| after(word).is_some())
        || words.totals.iter().filter_map(after).any(|rest| figures || !rest.starts_with(char::is_alphabetic))
}

/// Whether every other filled cell goes on with the cell above: it begins small, or repeats its tail, or the
/// cell above has an open end.
fn others_go_on(with: With<'_>, last: &GridRow, row: &GridRow) -> bool {
    let With { source, markup, grammar, roles } = with;
    let mut any = false;
    for (column, cell) in row.cells.iter().enumerate() {
        if column == roles.name || cell.is_blank() {
            continue;
        }
        any = true;
        let Some(above) = last.cell(column).filter(|above| !above.is_blank()) else { return false };
        let text = cell.text(source, markup);
        let tail = cell.pieces.first().is_some_and(|piece| repeats_tail(source, markup, above, *piece));
        let open = above.text(source, markup).ends_with([',', '-', '–', ';', '&']);
        let figure = row.after_break && completes(grammar, &above.text(source, markup), &text);
        if !tail
            && !open
            && !figure
            && !text.starts_with(|c: char| c.is_lowercase() || matches!(c, ')' | '/' | ','))
        {
            return false;
        }
    }
    any
}

/// Whether a value goes on in the second half: "9 498" / "268", "2.240" / ",0", "29,82 trở" / "lên", "từ 75 đến" / "79".
fn completes(grammar: &Grammar, first: &str, rest: &str) -> bool {
    let is_mark = |c: char| matches!(c, ' ' | '\u{A0}' | '.' | ',');
    let is_figure = |text: &str| {
        text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || is_mark(c))
    };
    let group = rest.split(is_mark).next().unwrap_or_default();
    rest.starts_with(char::is_lowercase)
        || grammar.structure.joins.are_open_after(first)
        || is_figure(first) && is_figure(rest) && matches!(group.len(), 0 | 3)
}

/// Whether a second half repeats whole words that the first half ends in.
fn repeats_tail(source: &Source, markup: &Markup, first: &GridCell, piece: Span) -> bool {
    let second = fold(&markup.text(source, piece));
    let first = fold(&first.text(source, markup));
    if second.chars().all(|c| !c.is_alphabetic()) {
        return false;
    }
    first
        .strip_suffix(second.as_str())
        .is_some_and(|front| front.is_empty() || front.ends_with([' ', '-', '/', ',']))
}
