//! Columns of a table whose lines do not keep to them to the letter, as `pdftotext -layout` writes a page set in letters of
//! several widths: the lines with most pieces tell the columns, and each line's words are shared out among them.

use std::ops::Range;

use super::cells::trimmed;
use super::spaced::{COLUMNS, Cut, GAP, LINES, MOST};
use super::spanned::{self, heads_group};
use crate::grammar::Grammar;
use crate::span::Span;

/// Most letters of a row's number.
const NUMBER: usize = 5;
/// Most words of a line that are shared out.
const MOST_WORDS: usize = 160;
/// What it costs to part two words between which one space stands, in places that a word may stand outside of its column
/// instead; and what no line may cost.
const PARTED: usize = 4;
const KEPT: usize = 400;
/// So far outside of its column a cell stands at most, and so much all cells of a line may cost but for blank ones.
const OUTSIDE: usize = 24;
/// What it costs a row with a number to leave a column blank that all rows with most pieces fill.
const BLANK: usize = 5;

/// A word of a line: where it stands, in characters, and how many spaces are before it.
struct Word {
    place: Range<usize>,
    gap: usize,
    figure: bool,
    /// Whether it has a letter or is a unit's sign.
    letters: bool,
    /// Whether it is a sign that counts as a unit.
    sign: bool,
    /// Whether a cell of the line above or below begins right there.
    under: bool,
}

/// The cells of lines, where the lines with most pieces are alike; `None` where they are not, or where some text of the header
/// stands over no column.
pub(super) fn cut(text: &str, lines: &[Span], slices: &[&str], grammar: &Grammar) -> Option<Cut> {
    let body = spanned::body_start(slices)?;
    let mut words: Vec<Vec<Word>> = slices.iter().map(|line| words(line)).collect();
    if words.iter().any(|words| words.len() > MOST_WORDS) {
        return None;
    }
    mark_under(words.get_mut(body..)?);
    let mut columns = columns(words.get(body..)?)?;
    let filled = columns.len();
    let head = slices.get(..body)?;
    let mut heads: Vec<Vec<Range<usize>>> =
        head.iter().map(|line| spanned::texts(line, grammar)).collect::<Option<_>>()?;
    behind(&heads, &mut columns);
    for (texts, words) in heads.iter_mut().zip(&words) {
        *texts = texts.iter().flat_map(|text| parted_head(text, words, &columns)).collect();
    }
    let Cut { mut cells, covers, .. } = spanned::head_cells_of(text, (lines, head), &heads, &columns)?;
    let worded = worded(words.get(body..)?, &columns);
    under_heads(&heads, &worded, &mut columns);
    for ((line, slice), words) in lines.iter().zip(slices).zip(&words).skip(body) {
        let heads = heads_group(slice);
        let shared = shared_out(words, &columns, filled).filter(|_| !heads || fits(words, &columns));
        let ends = shared.or_else(|| heads.then(|| heading(words, columns.len())))?;
        cells.push(cells_of(text, *line, slice, words, &ends));
    }
    Some(Cut { cells, covers, aligned: true })
}

/// How many cells under a header of so many lines have a wide space inside, so that two columns may be in one.
pub(super) fn mixed(text: &str, cells: &[Vec<Span>], heads: usize) -> usize {
    let is_mixed = |cell: &&Span| {
        let slice = text.get(cell.range()).unwrap_or_default();
        super::spaced::gaps(slice, GAP).next().is_some()
    };
    cells.iter().skip(heads).flatten().filter(is_mixed).count()
}

impl Word {
    /// Whether it is a cell by itself, as what stands before it shows: wide space, a figure before a figure, or words before a
    /// unit's sign.
    fn is_apart(&self, before: Option<&Self>) -> bool {
        let beside = |before: &Self| self.figure && before.figure || self.sign && before.letters;
        self.gap >= GAP || before.is_some_and(beside)
    }
}

fn words(line: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut letters = String::new();
    for (place, c) in line.chars().chain(std::iter::once(' ')).enumerate() {
        match (c.is_whitespace(), start) {
            (true, Some(from)) => {
                let figure = is_figure(&letters);
                let sign = matches!(letters.as_str(), "%" | "‰");
                let lettered = sign || letters.contains(char::is_alphabetic);
                out.push(Word {
                    place: from..place,
                    gap: from - end,
                    figure,
                    letters: lettered,
                    sign,
                    under: false,
                });
                (start, end) = (None, place);
                letters.clear();
            }
            (false, None) => start = Some(place),
            _ => {}
        }
        if !c.is_whitespace() {
            letters.push(c);
        }
    }
    out
}

/// Whether a word is a number with a mark between its digits: beside another it is one by itself.
fn is_figure(word: &str) -> bool {
    let digits = |c: char| c.is_ascii_digit();
    word.starts_with(digits)
        && word.ends_with(digits)
        && word.contains(['.', ','])
        && word.chars().all(|c| digits(c) || matches!(c, '.' | ','))
}

/// The pieces of a line: words that one space parts are in one, but for those apart.
fn pieces(words: &[Word]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut before = None;
    for word in words {
        match out.last_mut().filter(|_| !word.is_apart(before)) {
            Some(last) => last.end = word.place.end,
            None => out.push(word.place.clone()),
        }
        before = Some(word);
    }
    out
}

/// The columns that lines with most pieces have: from the first to the last place that those of them use which agree with one
/// another. Two at least must.
fn columns(lines: &[Vec<Word>]) -> Option<Vec<Range<usize>>> {
    let pieces: Vec<Vec<Range<usize>>> = lines.iter().map(|words| pieces(words)).collect();
    if lines.len() < LINES {
        return None;
    }
    let mut counts: Vec<usize> = pieces.iter().map(Vec::len).filter(|count| *count >= COLUMNS).collect();
    counts.sort_unstable();
    counts.dedup();
    counts.into_iter().rev().filter(|count| *count <= MOST).take(TRIED).find_map(|count| {
        let full: Vec<&Vec<Range<usize>>> =
            pieces.iter().filter(|line| line.len() == count).take(SAMPLE).collect();
        let with = |seed: &Vec<Range<usize>>| full.iter().filter(|line| agree(seed, line)).count();
        let seed = full.iter().copied().max_by_key(|seed| with(seed)).filter(|seed| with(seed) >= 2)?;
        let mut out = seed.clone();
        let full = || pieces.iter().filter(|line| line.len() == count);
        for line in full().filter(|line| agree(seed, line)) {
            widen(&mut out, line);
        }
        // Then those that keep to the columns so far.
        let kept = out.clone();
        for line in full().filter(|line| keeps_to(&kept, line)) {
            widen(&mut out, line);
        }
        Some(out)
    })
}

fn widen(columns: &mut [Range<usize>], pieces: &[Range<usize>]) {
    for (column, piece) in columns.iter_mut().zip(pieces) {
        *column = column.start.min(piece.start)..column.end.max(piece.end);
    }
}

/// Whether each piece of a line meets its column, and those beside it by little at most.
fn keeps_to(columns: &[Range<usize>], pieces: &[Range<usize>]) -> bool {
    let shared = |a: &Range<usize>, b: &Range<usize>| a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let little = |column: Option<&Range<usize>>, piece| column.is_none_or(|it| shared(it, piece) <= APART);
    pieces.iter().enumerate().all(|(at, piece)| {
        let own = columns.get(at).is_some_and(|column| shared(column, piece) > 0);
        let before = at.checked_sub(1).and_then(|at| columns.get(at));
        own && little(before, piece) && little(columns.get(at + 1), piece)
    })
}

/// How many numbers of pieces are tried, from the greatest, and how many lines of each are compared.
const TRIED: usize = 4;
const SAMPLE: usize = 60;
/// So far from one another begin or end two pieces of one column, in places, or both do in the middle.
const APART: usize = 3;

/// Whether the pieces of two lines stand in the same columns: each begins, ends or has its middle where the other's does, and meets
/// none of the next.
fn agree(a: &[Range<usize>], b: &[Range<usize>]) -> bool {
    let near = |a: usize, b: usize| a.abs_diff(b) <= APART;
    let same = |(a, b): (&Range<usize>, &Range<usize>)| {
        near(a.start, b.start)
            || near(a.end, b.end)
            || (a.start + a.end).abs_diff(b.start + b.end) <= 2 * APART
    };
    let before =
        |(a, b): (&Range<usize>, Option<&Range<usize>>)| b.is_none_or(|next| a.end <= next.start + 1);
    let next = |line: &[Range<usize>], at: usize| line.get(at + 1).cloned();
    let apart = a.iter().enumerate().all(|(at, piece)| before((piece, next(b, at).as_ref())))
        && b.iter().enumerate().all(|(at, piece)| before((piece, next(a, at).as_ref())));
    apart && a.iter().zip(b).all(same)
}

/// Adds the columns that have a header alone, behind all others: "Ghi chú" over nothing.
fn behind(heads: &[Vec<Range<usize>>], columns: &mut Vec<Range<usize>>) {
    let end = columns.last().map_or(0, |column| column.end);
    let mut found: Vec<Range<usize>> = Vec::new();
    for text in heads.iter().flatten().filter(|text| text.start > end + GAP) {
        match found.iter_mut().find(|it| it.start < text.end && text.start < it.end) {
            Some(it) => *it = it.start.min(text.start)..it.end.max(text.end),
            None => found.push(text.clone()),
        }
    }
    found.sort_by_key(|it| it.start);
    columns.extend(found);
}

/// Which columns have words inside.
fn worded(lines: &[Vec<Word>], columns: &[Range<usize>]) -> Vec<bool> {
    let inside = |word: &Word, column: &Range<usize>| {
        word.letters && column.start <= word.place.start && word.place.end <= column.end
    };
    columns.iter().map(|column| lines.iter().flatten().any(|word| inside(word, column))).collect()
}

/// Makes columns of figures as wide as the texts of the header that stand over one alone: "2030" over nothing but dashes.
fn under_heads(heads: &[Vec<Range<usize>>], worded: &[bool], columns: &mut [Range<usize>]) {
    let own = columns.to_vec();
    for text in heads.iter().flatten() {
        let meets = |column: &Range<usize>| column.start < text.end && text.start < column.end;
        let mut met = own.iter().enumerate().filter(|(_, column)| meets(column));
        if let (Some((at, _)), None) = (met.next(), met.next())
            && worded.get(at) == Some(&false)
            && let Some(column) = columns.get_mut(at)
        {
            *column = column.start.min(text.start)..column.end.max(text.end);
        }
    }
}

/// Marks the words that begin where a piece of the line above or below does, behind its first.
fn mark_under(lines: &mut [Vec<Word>]) {
    let begins = |line: &Vec<Word>| -> Vec<usize> {
        line.iter().skip(1).filter(|word| word.gap >= GAP).map(|word| word.place.start).collect()
    };
    let starts: Vec<Vec<usize>> = lines.iter().map(begins).collect();
    for (at, line) in lines.iter_mut().enumerate() {
        let beside = [at.checked_sub(1).and_then(|at| starts.get(at)), starts.get(at + 1)];
        for word in line {
            word.under =
                beside.iter().flatten().any(|starts| starts.binary_search(&word.place.start).is_ok());
        }
    }
}

/// The texts that a text of a header is which one space parts: each stands over a column of its own, in its middle or from its
/// beginning. "CƠ QUAN PHỐI THỜI GIAN" over two.
fn parted_head(text: &Range<usize>, words: &[Word], columns: &[Range<usize>]) -> Vec<Range<usize>> {
    let own: Vec<&Word> =
        words.iter().filter(|word| text.start <= word.place.start && word.place.end <= text.end).collect();
    let met: Vec<&Range<usize>> =
        columns.iter().filter(|column| column.start < text.end && text.start < column.end).collect();
    let mut parts: Vec<Option<Range<usize>>> = vec![None; met.len()];
    for word in own {
        let middle = word.place.start + word.place.end;
        let off = |column: &Range<usize>| {
            (2 * column.start).saturating_sub(middle).max(middle.saturating_sub(2 * column.end))
        };
        let nearest = met.iter().enumerate().min_by_key(|(_, column)| off(column)).map(|(at, _)| at);
        if let Some(part) = nearest.and_then(|at| parts.get_mut(at)) {
            let start = part.as_ref().map_or(word.place.start, |part| part.start);
            *part = Some(start..word.place.end);
        }
    }
    let over = |(part, column): (&Option<Range<usize>>, &&Range<usize>)| {
        part.as_ref().is_some_and(|part| {
            let middle = part.start + part.end;
            part.start.abs_diff(column.start) <= 1 || middle.abs_diff(column.start + column.end) <= 2 * APART
        })
    };
    let out: Vec<Range<usize>> = match parts.iter().zip(&met).all(over) {
        true => parts.into_iter().flatten().collect(),
        false => Vec::new(),
    };
    if out.len() > 1 { out } else { vec![text.clone()] }
}

/// Whether the pieces of a line stand in its columns.
fn fits(words: &[Word], columns: &[Range<usize>]) -> bool {
    let inside = |piece: &Range<usize>| {
        columns.iter().any(|column| column.start <= piece.start && piece.end <= column.end + GAP)
    };
    pieces(words).iter().all(inside)
}

/// A group's number and its title, which may be wider than its column.
fn heading(words: &[Word], columns: usize) -> Vec<usize> {
    let number = words.iter().skip(1).position(|word| word.gap >= GAP).map_or(words.len(), |at| at + 1);
    (0..columns).map(|column| if column == 0 { number } else { words.len() }).collect()
}

/// Shares the words of a line out among the columns in their order: for each column the word behind its last one. Least are
/// the places that words stand outside of their columns, the words parted that one space parts, and those kept together that
/// wide space parts. `None` where a word stands far outside, or two such must be kept together.
fn shared_out(words: &[Word], columns: &[Range<usize>], filled: usize) -> Option<Vec<usize>> {
    let count = words.len();
    let numbered = columns.get(1).zip(words.first()).is_some_and(|(name, word)| word.place.end <= name.start);
    // The least cost to have so many words in the columns so far, and for each column where its words begin.
    let mut least = vec![KEPT; count + 1];
    if let Some(none) = least.first_mut() {
        *none = 0;
    }
    let mut begins: Vec<Vec<usize>> = Vec::with_capacity(columns.len());
    for (at, column) in columns.iter().enumerate() {
        let blank = if numbered && at < filled { BLANK } else { 0 };
        let mut next: Vec<usize> = least.iter().map(|cost| cost + blank).collect();
        let mut from: Vec<usize> = (0..=count).collect();
        for (start, before) in least.iter().enumerate().filter(|(_, cost)| **cost < KEPT) {
            let outside = words.get(start).map_or(0, |word| column.start.saturating_sub(word.place.start));
            let cost = *before + parted(words, start) + outside;
            for (end, word) in words.iter().enumerate().skip(start) {
                let behind = word.place.end.saturating_sub(column.end);
                let kept = end > start && word.is_apart(words.get(end - 1));
                if outside.max(behind) > OUTSIDE || kept {
                    break;
                }
                if let (Some(best), Some(begin)) = (next.get_mut(end + 1), from.get_mut(end + 1))
                    && cost + behind < *best
                {
                    (*best, *begin) = (cost + behind, start);
                }
            }
        }
        least = next;
        begins.push(from);
    }
    let mut end = count;
    let mut ends: Vec<usize> = Vec::with_capacity(columns.len());
    for from in begins.iter().rev() {
        ends.push(end);
        end = from.get(end).copied().unwrap_or(end);
    }
    ends.reverse();
    let taken = least.last().is_some_and(|cost| *cost < KEPT) && end == 0;
    (taken && off(words, columns, &ends) <= OUTSIDE + columns.len()).then_some(ends)
}

/// What the cells of a line cost, but for blank ones.
fn off(words: &[Word], columns: &[Range<usize>], ends: &[usize]) -> usize {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let cells = columns.iter().zip(starts.zip(ends));
    cells
        .filter_map(|(column, (start, end))| {
            let own = words.get(start..*end)?;
            let outside = column.start.saturating_sub(own.first()?.place.start);
            Some(parted(words, start) + outside + own.last()?.place.end.saturating_sub(column.end))
        })
        .sum()
}

/// What it costs that a cell begins with a word.
fn parted(words: &[Word], at: usize) -> usize {
    let Some((word, before)) = words.get(at).zip(at.checked_sub(1).and_then(|at| words.get(at))) else {
        return 0;
    };
    // "II Lĩnh vực": a number before a name.
    let number = at == 1 && before.place.len() <= NUMBER;
    if word.is_apart(Some(before)) || word.under || number { 0 } else { PARTED }
}

/// The cells of a line by the words behind the last of each.
fn cells_of(text: &str, line: Span, slice: &str, words: &[Word], ends: &[usize]) -> Vec<Span> {
    let mut offsets: Vec<usize> = slice.char_indices().map(|(at, _)| at).collect();
    offsets.push(slice.len());
    let byte = |place: usize| line.start as usize + offsets.get(place).copied().unwrap_or(slice.len());
    let mut from = 0;
    let mut at = line.start as usize;
    ends.iter()
        .map(|end| {
            let own = words.get(from..*end).unwrap_or_default();
            from = (*end).max(from);
            let (Some(first), Some(last)) = (own.first(), own.last()) else { return Span::new(at, at) };
            let cell = trimmed(text, Span::new(byte(first.place.start), byte(last.place.end)));
            at = cell.end as usize;
            cell
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn rows(text: &str) -> Option<Vec<Vec<&str>>> {
        let mut start = 0;
        let mut lines = Vec::new();
        for line in text.split('\n') {
            lines.push(Span::new(start, start + line.len()));
            start += line.len() + 1;
        }
        let slices: Vec<&str> = text.split('\n').collect();
        let cut = cut(text, &lines, &slices, &Grammar::embedded().unwrap())?;
        let cell = |cell: &Span| text.get(cell.range()).unwrap_or_default();
        Some(cut.cells.iter().map(|row| row.iter().map(cell).collect()).collect())
    }

    #[test]
    fn words_are_shared_out_where_lines_do_not_keep_to_columns() {
        let text = "TT  Dự án                 Địa điểm      Tổng số   Năm 2026  Năm 2027\n\
                    1   Cầu Suối Bén          Thôn Bén       6.300     3.800     2.500\n\
                    2   Bê tông nội       Thôn Nà           5.480      2.480     3.000\n\
                    \x20   đồng Nà Pháng     Pháng\n\
                    3   Sửa chữa Trường Hoa   Thôn Phấn      2.140       -       2.140\n\
                    \x20   TỔNG CỘNG                          13.920 6.280   7.640";
        let rows = rows(text).unwrap();
        assert_eq!(rows.get(2).unwrap(), &["2", "Bê tông nội", "Thôn Nà", "5.480", "2.480", "3.000"]);
        assert_eq!(rows.get(3).unwrap(), &["", "đồng Nà Pháng", "Pháng", "", "", ""]);
        assert_eq!(rows.get(5).unwrap(), &["", "TỔNG CỘNG", "", "13.920", "6.280", "7.640"]);
    }

    #[test]
    fn a_header_that_one_space_parts_is_over_two_columns() {
        let text = "TT  Nhiệm vụ             CƠ QUAN PHỐI THỜI GIAN\n1   Cắm mốc giới         Các thôn     Quý II/2026\n\
                    2   Hiến đất mở đường    Công an xã   Năm 2027\n3   Bàn giao đường       Các thôn     Năm 2028";
        let rows = rows(text).unwrap();
        assert_eq!(rows.first().unwrap(), &["TT", "Nhiệm vụ", "CƠ QUAN PHỐI", "THỜI GIAN"]);
    }

    #[test]
    fn lines_of_which_no_two_agree_and_a_caption_among_rows_are_no_table() {
        let text = "TT  Nhiệm vụ             Chủ trì\n1   Cắm mốc    Các thôn\n2          Hiến đất         Công an xã\n3 Bàn giao";
        assert!(rows(text).is_none());
        let text = "TT  Nhiệm vụ          Chủ trì      Thời gian\n1   Cắm mốc           Các thôn     Quý II/2026\n\
                    \x20          (Kèm theo Nghị quyết số 19/NQ-HĐND ngày 17 tháng 12 năm 2026 của Hội đồng nhân dân)\n\
                    2   Hiến đất          Công an xã   Năm 2027";
        assert!(rows(text).is_none());
    }
}
