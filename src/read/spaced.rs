//! Tables of text whose columns spaces hold apart: which lines may be rows, where the columns are, and which lines go on
//! with the row above.

use std::ops::RangeInclusive;

use super::cells::trimmed;
use super::wrapped::{centre, goes_on_numbered, goes_under, is_middle, only_name, parted_rows, wrapped};
use super::{aligned, middle, spanned};
use crate::grammar::Grammar;
use crate::model::ColumnRole;
use crate::span::Span;
use crate::text::fold;

/// Fewest columns and lines that make a table of what spaces hold apart; a letterhead has two columns.
pub(super) const COLUMNS: usize = 3;
pub(super) const LINES: usize = 3;
/// Most columns whose places are compared.
pub(super) const MOST: usize = 64;
/// Fewest spaces between two columns.
pub(super) const GAP: usize = 2;

/// Whether spaces in a line may hold columns apart.
pub(super) fn may_be_spaced(line: &str) -> bool {
    pieces(line.trim()) >= COLUMNS
}

/// Where the pieces of a line that wide spaces part begin and end, in characters; `None` where they are more than a table
/// has columns.
pub(super) fn places(line: &str) -> Option<Vec<(usize, usize)>> {
    let start = line.len() - line.trim_start().len();
    let body = line.trim();
    let place = |at: usize| line.get(..start + at).map_or(0, |before| before.chars().count());
    let mut out = Vec::new();
    let mut from = 0;
    for gap in gaps(body, GAP) {
        if out.len() == MOST {
            return None;
        }
        out.push((place(from), place(gap.start)));
        from = gap.end;
    }
    out.push((place(from), place(body.len())));
    Some(out)
}

/// How many pieces wide spaces leave.
pub(super) fn pieces(line: &str) -> usize {
    let line = line.trim();
    if line.is_empty() { 0 } else { gaps(line, GAP).count() + 1 }
}

/// The runs of so many spaces or more inside a line, but for blanks that are to be filled by hand.
pub(super) fn gaps(line: &str, least: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + line.get(from..)?.find("  ")?;
            let rest = line.get(start..)?;
            let end = start + (rest.len() - rest.trim_start().len());
            from = end;
            let (before, after) = (line.get(..start)?, line.get(end..)?);
            if before.is_empty() || after.is_empty() {
                continue;
            }
            if end - start >= least && !is_blank(before, after) {
                return Some(start..end);
            }
        }
    })
}

/// Whether the space between two texts is a blank: "Số:      /KH-UBND", "ngày     tháng     năm 2026".
fn is_blank(before: &str, after: &str) -> bool {
    let last = fold(before.rsplit(' ').next().unwrap_or_default());
    let sign = |mark| {
        let rest = after.strip_prefix(mark);
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
    };
    matches!(last.as_str(), "ngay" | "thang") || sign('/') || last.ends_with(':') && sign('-')
}

/// A line of such a table.
pub(super) struct Line {
    pub cells: Vec<Span>,
    /// Whether it is a further line of the row above.
    pub continued: bool,
    /// Whether it is of the header, as the lines under it show.
    pub heads: bool,
    /// Over which columns the texts of a header's line stand, where the lines under it tell.
    pub covers: Option<Vec<RangeInclusive<usize>>>,
}

/// The cells of lines, and over which columns the texts of the header's lines stand, where it is known which lines these are.
#[derive(Default)]
pub(super) struct Cut {
    pub cells: Vec<Vec<Span>>,
    pub covers: Vec<Vec<RangeInclusive<usize>>>,
    /// Whether lines need not keep to their columns to the letter.
    pub aligned: bool,
}

impl Cut {
    /// How many columns there are.
    pub fn count(&self) -> usize {
        self.cells.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// The lines as rows. Cells wrap: a line goes on with the row above where its first cell is blank and each of its cells begins
/// with a word that the line above had no room for, and where blank lines (`after_gap` lists the lines after them) part all
/// rows. `None` where the lines are no table.
pub(super) fn rows(text: &str, lines: &[Span], after_gap: &[usize], grammar: &Grammar) -> Option<Vec<Line>> {
    let mut found = cut(text, lines, grammar)?;
    found.join_halves(text, lines);
    let Cut { mut cells, mut covers, aligned } = found;
    let opened = after_gap.is_empty() && middle::heads_a_row(text, &cells, covers.len());
    if opened {
        covers.pop();
    }
    if covers.is_empty() {
        part_numbers(text, lines, &mut cells, grammar);
    }
    let mut heads = covers.len();
    let mut wrapped = wrapped(text, &cells);
    if aligned {
        goes_under((text, grammar), &cells, heads, &mut wrapped);
    }
    let slices: Vec<&str> = lines.iter().map(|line| text.get(line.range()).unwrap_or_default()).collect();
    if heads == 0
        && let Some(count) = spanned::heads_in_the_middle(&slices, &cells, grammar)
    {
        heads = count;
        wrapped.iter_mut().take(count).skip(1).for_each(|wrapped| *wrapped = true);
    }
    for at in heads.max(1)..cells.len() {
        let above = at - 1;
        let begins = above >= heads && wrapped.get(above) == Some(&false);
        if begins && goes_on_numbered(text, cells.get(above)?, cells.get(at)?) {
            *wrapped.get_mut(at)? = true;
        }
        if begins && is_middle(cells.get(above)?, cells.get(at)?) {
            *wrapped.get_mut(at)? = true;
            // The rest of the name stands lower.
            let rest = cells.get(at + 1).is_some_and(|rest| only_name(rest));
            if let Some(wrapped) = wrapped.get_mut(at + 1).filter(|_| rest) {
                *wrapped = true;
            }
        }
    }
    centre((text, grammar), &cells, after_gap, heads, &mut wrapped);
    if after_gap.is_empty() {
        let body = if opened { heads } else { heads.max(spanned::body_start(&slices).unwrap_or(1)) };
        middle::part((text, grammar), &cells, body, &mut wrapped);
    }
    let parted = parted_rows(text, &cells, after_gap);
    let mut covers = covers.into_iter();
    let out = cells.into_iter().zip(wrapped).enumerate().map(|(index, (cells, wrapped))| {
        let covers = covers.next();
        let by_gaps = parted && index > 0 && covers.is_none() && !after_gap.contains(&index);
        Line { cells, continued: wrapped || by_gaps, heads: index < heads, covers }
    });
    Some(out.collect())
}

/// Parts the numbers of rows from their names, where one space stands between both, as in the header: "TT Tên tiêu chí".
fn part_numbers(text: &str, lines: &[Span], cells: &mut [Vec<Span>], grammar: &Grammar) {
    let slice = |span: Span| text.get(span.range()).unwrap_or_default();
    let is_number = |word: &str| {
        let bare = word.trim_end_matches(['.', ')']);
        !bare.is_empty()
            && bare.len() <= 6
            && bare.bytes().all(|b| b.is_ascii_digit() || b".IVXABCD".contains(&b))
    };
    let first = |cells: &Vec<Span>| cells.first().copied().unwrap_or_default();
    let place = |line: usize, at: u32| {
        let start = lines.get(line).map_or(at, |line| line.start);
        text.get(start as usize..at as usize).map_or(0, |before| before.chars().count())
    };
    // Where the names begin, by the header: a number stands before that.
    let names = cells.iter().take(LINES).map(first).enumerate().find_map(|(line, cell)| {
        let (number, name) = slice(cell).split_once(' ')?;
        let role = |text: &str| grammar.tables.role(text.trim());
        let headed = role(number) == Some(ColumnRole::Number) && role(name) == Some(ColumnRole::Name);
        let begins = number.chars().count() + name.chars().count() - name.trim_start().chars().count() + 1;
        headed.then(|| place(line, cell.start) + begins)
    });
    let numbered = cells
        .iter()
        .map(first)
        .filter(|cell| slice(*cell).split_once(' ').is_some_and(|(number, _)| is_number(number)));
    let Some(begin) = names.filter(|_| numbered.count() * 2 >= cells.len()) else { return };
    for (line, row) in cells.iter_mut().enumerate() {
        let cell = first(row);
        let head = slice(cell).split(' ').next().unwrap_or_default();
        let before = place(line, cell.start) < begin;
        let names = before && (is_number(head) || grammar.tables.role(head) == Some(ColumnRole::Number));
        let end = if names { cell.start as usize + head.len() } else { cell.start as usize };
        let number = Span::new(cell.start as usize, end);
        row.splice(..1, [number, trimmed(text, Span::new(end, cell.end as usize))]);
    }
}

/// The cells of lines whose columns stand under each other: where no line has a letter for two places or more, a
/// column ends. `None` where that gives fewer columns than the first line
/// has pieces.
fn cut(text: &str, lines: &[Span], grammar: &Grammar) -> Option<Cut> {
    if lines.len() < LINES {
        return None;
    }
    let slices: Vec<&str> = lines.iter().map(|line| text.get(line.range()).unwrap_or_default()).collect();
    let found = by_blank_places(text, lines, &slices, grammar);
    let mixed = |cut: &Cut| aligned::mixed(text, &cut.cells, cut.covers.len().max(1));
    let (columns, unparted) = found.as_ref().map_or((0, usize::MAX), |cut| (cut.count(), mixed(cut)));
    let better = |cut: &Cut| mixed(cut) < unparted && cut.count() >= columns;
    let aligned =
        if unparted > 0 { aligned::cut(text, lines, &slices, grammar).filter(better) } else { None };
    aligned.or(found)
}

/// The cells of lines whose columns stand under each other to the letter.
fn by_blank_places(text: &str, lines: &[Span], slices: &[&str], grammar: &Grammar) -> Option<Cut> {
    let width = slices.iter().map(|slice| slice.chars().count()).max()?;
    let mut columns = columns_of(slices);
    if let Some(found) = spanned::cut(text, lines, slices, columns.len(), grammar) {
        return Some(found);
    }
    let head = pieces(slices.first()?.trim());
    if columns.len() < head {
        // The title of a group may be wider than its column.
        let rows: Vec<&str> = slices.iter().copied().filter(|line| !spanned::heads_group(line)).collect();
        columns = columns_of(&rows);
    }
    let columns = match columns.len() >= COLUMNS.max(head) {
        true => columns,
        false => under_header(slices, width, grammar)?,
    };
    let cells = lines.iter().zip(slices);
    let rows: Vec<Vec<Span>> =
        cells.map(|(line, slice)| column_cells(text, *line, slice, &columns)).collect();
    // What spaces in the first line part must stand in columns of their own.
    let filled = rows.first()?.iter().filter(|cell| !cell.is_empty()).count();
    (filled >= COLUMNS).then_some(Cut { cells: rows, covers: Vec::new(), aligned: false })
}

/// The columns of lines: runs of places that some line uses.
pub(super) fn columns_of(lines: &[&str]) -> Vec<(usize, usize)> {
    let mut used: Vec<bool> = Vec::new();
    for line in lines {
        for (place, _) in line.chars().enumerate().filter(|(_, c)| !c.is_whitespace()) {
            if used.len() <= place {
                used.resize(place + 1, false);
            }
            if let Some(used) = used.get_mut(place) {
                *used = true;
            }
        }
    }
    columns(&used)
}

/// Gives the byte at each place of a line, in characters; the places must come in ascending order.
fn offsets(line: &str) -> impl FnMut(usize) -> usize {
    let mut letters = line.char_indices().map(|(at, _)| at).peekable();
    let mut done = 0;
    move |place| {
        while done < place && letters.next().is_some() {
            done += 1;
        }
        letters.peek().copied().unwrap_or(line.len())
    }
}

/// The cells of a line in columns.
pub(super) fn column_cells(text: &str, line: Span, slice: &str, columns: &[(usize, usize)]) -> Vec<Span> {
    let mut offset = offsets(slice);
    let start = line.start as usize;
    let mut cell = |(from, to): &(usize, usize)| {
        let from = start + offset(*from);
        trimmed(text, Span::new(from, start + offset(*to)))
    };
    let heading = if spanned::heads_group(slice) { heading_cells(text, line, slice, columns) } else { None };
    heading.unwrap_or_else(|| columns.iter().map(&mut cell).collect())
}

/// The cells of a group's heading whose title is wider than its column: number and title, each where it begins.
fn heading_cells(text: &str, line: Span, slice: &str, columns: &[(usize, usize)]) -> Option<Vec<Span>> {
    let pieces = places(slice)?;
    // Between two columns is in the one before.
    let of = |piece: &(usize, usize)| {
        let over = columns.iter().position(|(from, to)| *from < piece.1 && piece.0 < *to);
        over.or_else(|| columns.iter().rposition(|(from, _)| *from <= piece.0)).unwrap_or_default()
    };
    let inside = |piece: &(usize, usize)| {
        columns.get(of(piece)).is_some_and(|(from, to)| *from <= piece.0 && piece.1 <= *to)
    };
    let (first, last) = (*pieces.first()?, *pieces.last()?);
    let second = pieces.get(1).copied().filter(|_| pieces.iter().any(|piece| !inside(piece)))?;
    let mut offset = offsets(slice);
    let start = line.start as usize;
    let mut span = |from: usize, to: usize| {
        let from = start + offset(from);
        trimmed(text, Span::new(from, start + offset(to)))
    };
    let end = start + slice.trim_end().len();
    let mut cells = vec![Span::new(end, end); columns.len()];
    // Two that begin in one column are one cell.
    if of(&first) == of(&second) {
        *cells.get_mut(of(&first))? = span(first.0, last.1);
    } else {
        *cells.get_mut(of(&first))? = span(first.0, first.1);
        *cells.get_mut(of(&second))? = span(second.0, last.1);
    }
    Some(cells)
}

/// Columns as the pieces of the first line, known headers, begin them, where a space stands before each beginning in every line.
fn under_header(lines: &[&str], width: usize, grammar: &Grammar) -> Option<Vec<(usize, usize)>> {
    let known =
        lines.first()?.split("  ").filter(|piece| grammar.tables.role(piece.trim()).is_some()).count();
    if known < COLUMNS {
        return None;
    }
    let head: Vec<char> = lines.first()?.chars().collect();
    let is_space = |place: usize| head.get(place).is_none_or(|c| c.is_whitespace());
    let before = |place: usize, by: usize| place.checked_sub(by).is_none_or(is_space);
    let begins = |place: &usize| !is_space(*place) && before(*place, 1) && before(*place, 2);
    let starts: Vec<usize> = (0..head.len()).filter(begins).collect();
    let parted = |line: &&str| {
        let line: Vec<char> = line.chars().collect();
        starts.iter().skip(1).all(|start| line.get(start - 1).is_none_or(|c| c.is_whitespace()))
    };
    if starts.len() < COLUMNS || !lines.iter().all(parted) {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(width));
    let from = std::iter::once(0).chain(starts.iter().skip(1).copied());
    Some(from.zip(ends).collect())
}

/// Runs of used places with gaps of two or more between them.
fn columns(used: &[bool]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (place, _) in used.iter().enumerate().filter(|(_, used)| **used) {
        match out.last_mut() {
            Some((_, end)) if place < *end + GAP => *end = place + 1,
            _ => out.push((place, place + 1)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn lines(text: &str) -> Vec<Span> {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            lines.push(Span::new(start, start + line.len()));
            start += line.len() + 1;
        }
        lines
    }

    fn continued(text: &str, after_gap: &[usize]) -> Vec<bool> {
        let rows = rows(text, &lines(text), after_gap, &Grammar::embedded().unwrap()).unwrap();
        rows.iter().map(|row| row.continued).collect()
    }

    #[test]
    fn lines_that_the_row_above_had_no_room_for_go_on_with_it() {
        let text = "STT  Nhiệm vụ              Thời hạn     Kinh phí\n                                           (triệu\n                                            đồng)\n\
                    1    Giảm phân bón so với  Trước ngày      36,0\n     năm                   31/12/2026\n     2020\n\
                    2    Mở lớp                Tháng 9         12,0\n     Tổng cộng                             48,0";
        assert_eq!(continued(text, &[]), [false, true, true, false, true, false, false, false]);
    }

    #[test]
    fn a_number_in_the_middle_of_its_row_goes_on_with_the_line_above() {
        let text = "TT   Nhiệm vụ               Chủ trì\n1    Lập bản đồ             Chi cục\n\
                    \x20    Hướng dẫn sử dụng      Chi cục Tài\n2    tuần hoàn nước         nguyên nước\n\
                    3    Tập huấn               Văn phòng\n     Tổng cộng              Chi cục\n4    Kiểm kê                Chi cục";
        assert_eq!(continued(text, &[]), [false, false, false, true, false, false, false]);
    }

    #[test]
    fn rows_that_blank_lines_part_may_have_their_number_in_the_middle() {
        let text = "TT   Nhiệm vụ              Chủ trì\n                           Phòng Khoa học, Hợp tác\n\
                    2    Phục hồi rừng khộp    quốc tế\n                           Hạt Kiểm lâm Vườn\n\
                    3    Cứu hộ, tái thả       Trung tâm Cứu hộ\n4    Mở tuyến du lịch      Trung tâm Du lịch\n\
                    \x20    sinh thái             sinh thái";
        assert_eq!(continued(text, &[4, 5]), [false, false, true, true, false, false, true]);
    }

    #[test]
    fn places_of_a_line_are_found_in_one_walk_and_a_line_of_many_pieces_stands_under_none() {
        let mut offset = offsets("đỏ  b");
        assert_eq!([0, 1, 2, 4, 5, 9].map(&mut offset), [0, 2, 5, 7, 8, 8]);
        let long = "a  ".repeat(MOST + 2);
        assert!(places(&long).is_none());
    }

    #[test]
    fn blank_lines_part_rows_of_several_lines() {
        let text = "TT   Nội dung        Đơn vị\n1    Ban hành quy    Cục Trồng trọt\n     trình           Việt Nam\n\
                    2    Xây dựng hệ     Viện Lúa\n     thống";
        assert_eq!(continued(text, &[1, 3]), [false, false, true, false, true]);
    }

    #[test]
    fn the_title_of_a_group_may_be_wider_than_its_column() {
        let text = " TT   Nhiệm vụ              Chủ trì\n 1    Cử giảng viên         Phòng Tổ chức\n\
                    III   Xây dựng đội ngũ, cơ sở vật chất\n 2    Sửa ký túc xá         Phòng Quản trị";
        let rows = rows(text, &lines(text), &[], &Grammar::embedded().unwrap()).unwrap();
        let heading: Vec<&str> = rows
            .get(2)
            .unwrap()
            .cells
            .iter()
            .map(|cell| text.get(cell.range()).unwrap_or_default())
            .collect();
        assert_eq!(heading, ["III", "Xây dựng đội ngũ, cơ sở vật chất", ""]);
    }

    #[test]
    fn columns_that_stand_under_each_other_are_cells() {
        let text = "STT  Chỉ tiêu         Đơn vị\n1    Tỷ lệ hộ nghèo   %\n2    Số trường học    Trường";
        let lines = lines(text);
        let rows = cut(text, &lines, &Grammar::embedded().unwrap()).unwrap_or_default().cells;
        let texts: Vec<Vec<&str>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| text.get(cell.range()).unwrap_or_default()).collect())
            .collect();
        assert_eq!(
            texts,
            [["STT", "Chỉ tiêu", "Đơn vị"], ["1", "Tỷ lệ hộ nghèo", "%"], ["2", "Số trường học", "Trường"]]
        );
    }
}
