//! Tables whose cells came one a line, as copying from pages of the web gives them: "STT", "Nội dung", … on lines of
//! their own, often with a lone bar after each cell. Lines in, rows of cells out.
//!
//! Where a row ends is not said. The header ends where the first row's number stands, which gives the number of columns;
//! rows are then cut so that each begins with a number, a mark, or the words of a total. Where they cannot be cut so it
//! is no table.

use super::cells::trimmed;
use crate::grammar::Grammar;
use crate::model::ColumnRole;
use crate::span::Span;
use crate::text::fold;

/// Such a table.
#[derive(Debug, Default)]
pub(super) struct Loose {
    /// Its rows: the lines of each cell.
    pub rows: Vec<Vec<Vec<Span>>>,
    /// The bars between cells.
    pub bars: Vec<Span>,
    /// Where the text goes on.
    pub end: usize,
}

/// Longest header of the column of row numbers.
const MAX_NUMBER_HEADER: usize = 16;
/// Fewest and most columns.
const COLUMNS: std::ops::RangeInclusive<usize> = 3..=20;
/// Most lines of a cell, and most cells of a table.
const MAX_LINES: usize = 12;
const MAX_CELLS: usize = 20_000;
/// A line has so many letters at least where the next may go on with it.
const LONG: usize = 24;
/// Fewest rows under the header.
const ROWS: usize = 2;

/// Whether a line may be the first cell of such a table: the header of the column of row numbers, alone.
pub(super) fn begins(line: &str, grammar: &Grammar) -> bool {
    let line = line.trim();
    line.len() <= MAX_NUMBER_HEADER
        && !line.is_empty()
        && grammar.tables.role(line) == Some(ColumnRole::Number)
}

/// The table that begins with a line; `None` where the lines are no cells.
pub(super) fn table(text: &str, line: Span, grammar: &Grammar) -> Option<Loose> {
    let taken = Taken::of(text, line.start as usize, grammar);
    let cells = Cells { text, cells: &taken.cells, blanks: taken.barred, grammar };
    let width = cells.width()?;
    let mut rows = vec![cells.row(0, width, width)];
    let mut at = width;
    let mut numbered = 0;
    while at < taken.cells.len() {
        let Some((taken_cells, row)) = cells.next(at, width) else { break };
        numbered += usize::from(is_number(&cells.joined(at)));
        rows.push(row);
        at += taken_cells;
    }
    // Cells one a line have no border but the blank line that ends them, and the number of their page.
    let page = at + 1 == taken.cells.len() && cells.joined(at).bytes().all(|b| b.is_ascii_digit());
    let whole = at == taken.cells.len() || taken.barred || page;
    if rows.len() <= ROWS || numbered < ROWS || !whole {
        return None;
    }
    let end = taken.starts.get(at).copied().unwrap_or(taken.end);
    let bars = taken.bars.into_iter().filter(|bar| (bar.start as usize) < end).collect();
    Some(Loose { rows, bars, end })
}

/// The cells that stand one after the other.
#[derive(Default)]
struct Taken {
    cells: Vec<Vec<Span>>,
    /// Where each begins in the text.
    starts: Vec<usize>,
    bars: Vec<Span>,
    /// Whether bars part them.
    barred: bool,
    end: usize,
}

impl Taken {
    fn of(text: &str, start: usize, grammar: &Grammar) -> Self {
        let mut out = Self { end: start, ..Self::default() };
        let mut cell: Vec<Span> = Vec::new();
        let mut from = start;
        let mut at = start;
        while at < text.len() && out.cells.len() < MAX_CELLS {
            let end = text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |found| at + found);
            let line = trimmed(text, Span::new(at, end));
            let slice = text.get(line.range()).unwrap_or_default();
            let bar = slice == "|";
            if out.cells.is_empty() && cell.len() == 1 {
                out.barred = bar;
            }
            let caption = is_caption(slice, grammar) && (!out.barred || !cell.is_empty() || from == at);
            if caption || cell.len() > MAX_LINES || slice.is_empty() && !out.barred || slice.contains('\x0C')
            {
                break;
            }
            let next = (end + 1).min(text.len());
            if bar {
                out.bars.push(line);
            } else if !slice.is_empty() {
                cell.push(line);
            }
            if bar || !out.barred && !cell.is_empty() && (out.cells.len() + cell.len() > 1) {
                out.push(&mut cell, from, next);
                from = next;
            }
            at = end + 1;
        }
        if !out.barred {
            out.push(&mut cell, from, at.min(text.len()));
        }
        out
    }

    fn push(&mut self, cell: &mut Vec<Span>, from: usize, end: usize) {
        let lines = std::mem::take(cell);
        if self.barred {
            self.cells.push(lines);
            self.starts.push(from);
        } else {
            for line in lines {
                self.starts.push(line.start as usize);
                self.cells.push(vec![line]);
            }
        }
        self.end = end;
    }
}

pub(super) fn is_caption(line: &str, grammar: &Grammar) -> bool {
    let folded = fold(crate::text::head(line, 24));
    let capitals = line.chars().next().is_some_and(char::is_uppercase);
    capitals
        && grammar.structure.captions.words.iter().any(|word| {
            let rest = folded.strip_prefix(word.as_str()).unwrap_or_default();
            rest.starts_with(' ') && rest.contains(|c: char| c.is_ascii_digit() || c == 'i')
        })
}

/// Cells with what is needed to cut them into rows.
struct Cells<'a> {
    text: &'a str,
    cells: &'a [Vec<Span>],
    /// Whether blank cells are there.
    blanks: bool,
    grammar: &'a Grammar,
}

impl Cells<'_> {
    fn joined(&self, at: usize) -> String {
        let lines = self.cells.get(at).map(Vec::as_slice).unwrap_or_default();
        let texts: Vec<&str> = lines.iter().filter_map(|line| self.text.get(line.range())).collect();
        texts.join(" ")
    }

    /// The number of columns: the header goes up to the number of the first row.
    fn width(&self) -> Option<usize> {
        let first =
            |at: &usize| matches!(self.joined(*at).trim_matches(['(', ')', '.']), "1" | "01" | "I" | "A");
        let width = (1..self.cells.len().min(*COLUMNS.end() + 1)).find(first)?;
        let known = (0..width).filter(|at| self.grammar.tables.role(&self.joined(*at)).is_some()).count();
        (COLUMNS.contains(&width) && known >= 2).then_some(width)
    }

    /// How many cells the row that begins at a cell takes, and the row.
    fn next(&self, at: usize, width: usize) -> Option<(usize, Vec<Vec<Span>>)> {
        let ends = |length: &usize| at + length == self.cells.len() || self.begins_row(at + length);
        let first = self.joined(at);
        let total = self.is_total(&first);
        let opens = is_number(&first) || is_mark(&first) || first.is_empty() && self.blanks;
        if opens && !total && at + width <= self.cells.len() && ends(&width) {
            return Some((width, self.row(at, width, width)));
        }
        if total {
            // The words of a total stand over the number and the name, and perhaps more.
            let most = if self.blanks { width } else { width - 1 };
            let length = (2..=most).rev().find(ends)?;
            let mut row = vec![Vec::new(); width];
            // Where no cell is merged the words stand in the first.
            if let Some(name) = row.get_mut(usize::from(length < width)) {
                name.clone_from(self.cells.get(at)?);
            }
            for cell in 1..length {
                let target = row.get_mut(width - length + cell)?;
                target.clone_from(self.cells.get(at + cell)?);
            }
            return Some((length, row));
        }
        // A heading merged over the rest of its row.
        if let Some(length) = (2..width).find(ends).filter(|_| opens) {
            return Some((length, self.row(at, length, width)));
        }
        let more = (width + 1..=width + MAX_LINES).filter(|_| opens && !self.blanks && !total);
        let length = more.take_while(|length| at + length <= self.cells.len()).find(ends)?;
        Some((length, self.wrapped(at, length, width)?))
    }

    /// The row of more lines than columns, some of which go on with the line before: those in small letters under the longest.
    fn wrapped(&self, at: usize, length: usize, width: usize) -> Option<Vec<Vec<Span>>> {
        let lines = self.cells.get(at..at + length)?;
        let slice = |line: usize| {
            let span = lines.get(line).and_then(|cell| cell.first());
            span.and_then(|span| self.text.get(span.range())).unwrap_or_default()
        };
        let above = |line: &usize| slice(line - 1).chars().count();
        let mut joins: Vec<usize> = (2..length)
            .filter(|line| slice(*line).starts_with(char::is_lowercase) && above(line) >= LONG)
            .collect();
        joins.sort_by_key(|line| std::cmp::Reverse(above(line)));
        joins.truncate(length - width);
        if joins.len() < length - width {
            return None;
        }
        let mut row: Vec<Vec<Span>> = Vec::with_capacity(width);
        for (line, cell) in lines.iter().enumerate() {
            match row.last_mut() {
                Some(last) if joins.contains(&line) => last.extend(cell),
                _ => row.push(cell.clone()),
            }
        }
        Some(row)
    }

    fn row(&self, at: usize, length: usize, width: usize) -> Vec<Vec<Span>> {
        let mut row: Vec<Vec<Span>> = self.cells.get(at..at + length).unwrap_or_default().to_vec();
        row.resize_with(width, Vec::new);
        row
    }

    fn begins_row(&self, at: usize) -> bool {
        if at >= self.cells.len() {
            return false;
        }
        let text = self.joined(at);
        is_number(&text) || is_mark(&text) || self.is_total(&text) || text.is_empty() && self.blanks
    }

    fn is_total(&self, text: &str) -> bool {
        let folded = fold(text);
        let words = &self.grammar.structure.rows.totals;
        words.iter().any(|word| {
            folded
                .strip_prefix(word.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '(', ' ']))
        }) && text.len() < 60
    }
}

/// "1", "12.", "1.2", "II", "A", "a)".
pub(super) fn is_number(text: &str) -> bool {
    let text = text.trim_matches(['(', ')', '.']);
    let digits = !text.is_empty()
        && text.len() <= 6
        && text
            .split('.')
            .all(|part| !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()));
    let roman = !text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b"IVX".contains(&b));
    let letter = text.len() == 1 && text.bytes().all(|b| b.is_ascii_alphabetic() && b != b'x');
    digits || roman || letter
}

fn is_mark(text: &str) -> bool {
    matches!(text, "-" | "+" | "–" | "•" | "*")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn rows(text: &str) -> Option<Vec<String>> {
        let end = text.find('\n').unwrap();
        let found = table(text, Span::new(0, end), &Grammar::embedded().unwrap())?;
        let cell = |lines: &Vec<Span>| {
            lines.iter().map(|line| text.get(line.range()).unwrap()).collect::<Vec<_>>().join("~")
        };
        Some(found.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|")).collect())
    }

    #[test]
    fn lone_bars_part_cells() {
        let text = "STT\n|\nNội dung\n|\nTổng kinh phí\n|\nNguồn khác\n|\nI\n|\nHạ tầng\n|\n|\n|\n1\n|\nNâng cấp đường\nliên thôn\n|\n18.500\n|\n3.500\n|\n2\n|\nTruyền thông\n|\n900\n|\n|\nTổng cộng\n|\n19.400\n|\n3.500\n|\nPHỤ LỤC II\nSTT\n|\n";
        assert_eq!(
            rows(text).unwrap(),
            [
                "STT|Nội dung|Tổng kinh phí|Nguồn khác",
                "I|Hạ tầng||",
                "1|Nâng cấp đường~liên thôn|18.500|3.500",
                "2|Truyền thông|900|",
                "|Tổng cộng|19.400|3.500",
            ]
        );
    }

    #[test]
    fn cells_one_a_line_are_rows_of_the_header_s_width() {
        let text = "STT\nChỉ tiêu\nĐơn vị tính\nNăm 2027\nI\nKinh tế\n1\nThu ngân sách\nTỷ đồng\n2\n2\nSố hợp tác xã\nHTX\n3\n\nSau bảng.";
        assert_eq!(
            rows(text).unwrap(),
            [
                "STT|Chỉ tiêu|Đơn vị tính|Năm 2027",
                "I|Kinh tế||",
                "1|Thu ngân sách|Tỷ đồng|2",
                "2|Số hợp tác xã|HTX|3"
            ]
        );
    }

    #[test]
    fn the_number_of_a_page_under_a_total_is_no_cell() {
        let text = "STT\nNội dung\nDự toán\nXã\n1\nChi y tế\n20\n12\n2\nChi khác\n10\n5\nTổng cộng\n30\n17\n5\n\nSau";
        assert_eq!(rows(text).unwrap().last().unwrap(), "|Tổng cộng|30|17");
    }

    #[test]
    fn a_line_in_small_letters_under_a_long_one_goes_on_with_it() {
        let text = "STT\nNội dung\nĐơn vị\nDự toán\n1\nThuế giá trị gia tăng của khu\nvực ngoài quốc doanh\ntriệu đồng\n20,5\n2\nLệ phí\ntriệu đồng\n10,5\n\nSau";
        let rows = rows(text).unwrap();
        assert_eq!(
            rows.get(1).unwrap(),
            "1|Thuế giá trị gia tăng của khu~vực ngoài quốc doanh|triệu đồng|20,5"
        );
    }

    #[test]
    fn lines_that_cannot_be_cut_are_no_table() {
        assert_eq!(rows("STT\nNội dung\nGhi chú\n1\nMột việc\nkhông đủ ô\nthừa dòng\n2\nHai\n\n"), None);
        assert_eq!(rows("TT\nTỉnh ủy họp ngày 5.\nCác đồng chí dự họp\n\n"), None);
    }
}
