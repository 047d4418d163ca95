//! Which lines of a table that spaces hold apart go on with the row above.

use super::spaced::LINES;
use crate::grammar::Grammar;
use crate::span::Span;
use crate::text::fold;

/// Whether a line with a number goes on with a line without one, which begins its row: the number stands in the middle of the row's
/// height. Each cell that both fill goes on in small letters.
pub(super) fn goes_on_numbered(text: &str, above: &[Span], row: &[Span]) -> bool {
    let slice = |span: &Span| text.get(span.range()).unwrap_or_default();
    let (Some((none, above)), Some((number, row))) = (above.split_first(), row.split_first()) else {
        return false;
    };
    let counts = |b: u8| b.is_ascii_digit() || matches!(b, b'I' | b'V' | b'X');
    let numbered = !number.is_empty() && slice(number).trim_end_matches('.').bytes().all(counts);
    let begins = above.first().is_some_and(|cell| slice(cell).starts_with(char::is_uppercase));
    let mut both = above.iter().zip(row).filter(|(above, cell)| !above.is_empty() && !cell.is_empty());
    let names =
        above.first().zip(row.first()).is_some_and(|(above, cell)| !above.is_empty() && !cell.is_empty());
    let small = |(_, cell): (&Span, &Span)| slice(cell).starts_with(char::is_lowercase);
    none.is_empty() && numbered && begins && names && both.all(small)
}

/// Whether a line with a number and without a name goes on with a line that has nothing but the name's beginning, which stands higher.
pub(super) fn is_middle(above: &[Span], row: &[Span]) -> bool {
    let numbered = row.first().is_some_and(|cell| !cell.is_empty());
    let nameless = row.get(1).is_some_and(|cell| cell.is_empty());
    only_name(above) && numbered && nameless && row.iter().filter(|cell| !cell.is_empty()).count() > 2
}

/// Places that a line may be short of its column's width and still have had no room, where letters are of several widths.
const SHIFT: usize = 3;

/// Joins to their rows the lines without a number that begin in small letters or with no name, where each of their cells goes on
/// with one of the row and no figure stands under a figure. How wide a column is says little where letters are of several widths.
pub(super) fn goes_under(
    (text, grammar): (&str, &Grammar),
    cells: &[Vec<Span>],
    heads: usize,
    wrapped: &mut [bool],
) {
    let slice = |cell: &Span| text.get(cell.range()).unwrap_or_default();
    let figure =
        |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic);
    let whole = |text: &str| figure(text) && !text.ends_with(['-', '–', '.', ',', '/']);
    let figures = |line: &Vec<Span>| line.iter().skip(1).filter(|cell| whole(slice(cell))).count();
    let counted = cells.iter().skip(heads).filter(|line| figures(line) > 1).count() * 2 > cells.len() - heads;
    let width = widths(text, cells.iter().skip(heads)).get(1).copied().unwrap_or(0);
    let mut row: Vec<&str> = Vec::new();
    for (at, (line, wrapped)) in cells.iter().zip(wrapped.iter_mut()).enumerate().skip(heads) {
        let numbered = line.first().is_some_and(|cell| !cell.is_empty());
        let name = line.get(1).map(slice).unwrap_or_default();
        let marked = name.starts_with(['-', '+', '–', '•']);
        let first_word = name.split(' ').next().unwrap_or_default().chars().count();
        let room = row.get(1).is_none_or(|above| above.chars().count() + 1 + first_word + SHIFT <= width);
        let others = line.iter().filter(|cell| !cell.is_empty()).count() > 1;
        let rest = counted && others && figures(line) == 0;
        let opens = marked || name.starts_with(char::is_uppercase) && room && !rest;
        let first = fold(line.iter().map(slice).find(|cell| !cell.is_empty()).unwrap_or_default());
        let total = grammar.structure.rows.totals.iter().any(|word| first.starts_with(word.as_str()));
        let under = line.iter().zip(&row).all(|(cell, above)| {
            cell.is_empty() || !(above.is_empty() || whole(above) && figure(slice(cell)))
        });
        let goes_on = *wrapped || !numbered && !opens && !total && under && !row.is_empty();
        *wrapped = goes_on && at > heads;
        if !*wrapped {
            row = line.iter().map(slice).collect();
        } else {
            let filled = row.iter_mut().zip(line).filter(|(_, cell)| !cell.is_empty());
            filled.for_each(|(above, cell)| *above = slice(cell));
        }
    }
}

/// Whether a line has nothing but a piece of the name, which stands behind the number.
pub(super) fn only_name(cells: &[Span]) -> bool {
    cells.iter().enumerate().all(|(at, cell)| cell.is_empty() != (at == 1))
}

/// Joins the lines of rows whose number stands in the middle of their height, where blank lines part all rows: no stretch between
/// blank lines has two numbers, and some do not begin with theirs. Then all rows are the stretches, but for those with a total.
pub(super) fn centre(
    (text, grammar): (&str, &Grammar),
    cells: &[Vec<Span>],
    after_gap: &[usize],
    heads: usize,
    wrapped: &mut [bool],
) {
    let begins =
        |at: usize| cells.get(at).and_then(|cells| cells.first()).is_some_and(|cell| !cell.is_empty());
    let header = heads.max(1);
    let header =
        header + (header..cells.len()).take_while(|at| heads == 0 && wrapped.get(*at) == Some(&true)).count();
    let starts: Vec<usize> =
        std::iter::once(header).chain(after_gap.iter().copied().filter(|gap| *gap > header)).collect();
    let ends = starts.iter().skip(1).copied().chain([cells.len()]);
    let stretches: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
    let numbers = |(start, end): &(usize, usize)| (*start..*end).filter(|at| begins(*at)).count();
    let first = |(start, _): &(usize, usize)| begins(*start);
    let parted = stretches.len() >= LINES && stretches.iter().skip(1).all(|stretch| numbers(stretch) <= 1);
    // The rest of a row that a page's end cut begins in small letters.
    let rest = |at: usize| {
        let mut filled = cells.get(at).into_iter().flatten().filter(|cell| !cell.is_empty());
        let text = filled.next().and_then(|cell| text.get(cell.range()));
        text.is_some_and(|text| text.starts_with(char::is_lowercase))
    };
    let centred = |stretch: &&(usize, usize)| numbers(stretch) == 1 && !first(stretch) && !rest(stretch.0);
    if !parted || !stretches.iter().any(|stretch| centred(&stretch)) {
        return;
    }
    let total = |at: usize| {
        let mut filled = cells.get(at).into_iter().flatten().filter(|cell| !cell.is_empty());
        let first = filled.next().and_then(|cell| text.get(cell.range())).map(fold).unwrap_or_default();
        grammar.structure.rows.totals.iter().any(|word| first.starts_with(word.as_str()))
    };
    let one_row = |stretch: &&(usize, usize)| {
        numbers(stretch) == 1 && !rest(stretch.0) && !(stretch.0..stretch.1).any(total)
    };
    for (start, end) in stretches.iter().filter(one_row) {
        for at in *start..*end {
            if let Some(wrapped) = wrapped.get_mut(at) {
                *wrapped = at > *start;
            }
        }
    }
}

/// Whether blank lines part the rows: each stretch between them begins with a first cell, and some have several lines.
pub(super) fn parted_rows(text: &str, cells: &[Vec<Span>], after_gap: &[usize]) -> bool {
    let begins = |index: &usize| {
        let first = cells.get(*index).and_then(|cells| cells.first());
        first.is_some_and(|cell| text.get(cell.range()).is_some_and(|text| !text.is_empty()))
    };
    let filled = (1..cells.len()).filter(|index| !after_gap.contains(index)).any(|index| begins(&index));
    after_gap.len() + 1 >= LINES && after_gap.iter().all(begins) && !filled
}

/// How wide the columns of rows are, in letters.
pub(super) fn widths<'r>(text: &str, rows: impl Iterator<Item = &'r Vec<Span>>) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for row in rows {
        out.resize(out.len().max(row.len()), 0);
        for (width, cell) in out.iter_mut().zip(row) {
            let letters = text.get(cell.range()).map_or(0, |text| text.chars().count());
            *width = letters.max(*width);
        }
    }
    out
}

/// For each line whether it goes on with the one above.
pub(super) fn wrapped(text: &str, rows: &[Vec<Span>]) -> Vec<bool> {
    let slice = |span: &Span| text.get(span.range()).unwrap_or_default();
    let letters = |span: &Span| slice(span).chars().count();
    // The title of a group may be wider than its column.
    let heads = |row: &&Vec<Span>| {
        matches!(row.split_first(), Some((number, rest)) if !number.is_empty()
        && rest.iter().filter(|cell| !cell.is_empty()).count() == 1)
    };
    let widths = widths(text, rows.iter().filter(|row| !heads(row)));
    let goes_on = |above: &[Span], row: &[Span]| {
        let mut any = false;
        let fits = row.iter().zip(above).enumerate().all(|(column, (cell, above))| {
            if cell.is_empty() {
                return true;
            }
            any = true;
            let first = slice(cell).split(' ').next().unwrap_or_default().chars().count();
            let before = letters(above);
            before > 0 && widths.get(column).is_none_or(|width| before + 1 + first > *width)
        });
        any && fits && row.first().is_some_and(|cell| cell.is_empty())
    };
    let pairs = rows.windows(2).map(|pair| match pair {
        [above, row] => goes_on(above, row),
        _ => false,
    });
    std::iter::once(false).chain(pairs).collect()
}
