//! Rows between bars whose cells were broken into lines, as recognition writes a table: "1 | Sửa chữa điểm | Phòng Tài" and
//! " | trường | chính" are one row, and the header may be several lines. Cells of the lines in, what each line is out.

use super::wrapped::{goes_under, only_name, wrapped};
use crate::grammar::Grammar;
use crate::model::ColumnRole;
use crate::span::Span;
use crate::text::fold;

/// Most lines of a header.
const HEADER: usize = 5;
/// Fewest lines without room above them that show, without a header of several lines, that cells are broken.
const BROKEN: usize = 3;

/// What a line is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct BarLine {
    /// Whether it goes on with the line above.
    pub continued: bool,
    /// Whether it is one of the header.
    pub heads: bool,
}

/// What the lines of a table without a rule are; `None` where no cell is broken.
pub(super) fn lines((text, grammar): (&str, &Grammar), cells: &[Vec<Span>]) -> Option<Vec<BarLine>> {
    let slice = |cell: &Span| text.get(cell.range()).unwrap_or_default();
    let heads = header((text, grammar), cells);
    let mut goes_on = vec![false; cells.len()];
    let body = wrapped(text, cells.get(heads.max(1)..)?);
    goes_on.iter_mut().skip(heads.max(1)).zip(body).for_each(|(all, body)| *all = body);
    let total = |row: &Vec<Span>| {
        let first = fold(row.iter().map(slice).find(|cell| !cell.is_empty()).unwrap_or_default());
        grammar.structure.rows.totals.iter().any(|word| first.starts_with(word.as_str()))
    };
    goes_on.iter_mut().zip(cells).for_each(|(goes_on, row)| *goes_on &= !total(row));
    if heads < 2 && goes_on.iter().filter(|goes_on| **goes_on).count() < BROKEN {
        return None;
    }
    goes_under((text, grammar), cells, heads.max(1), &mut goes_on);
    let mut over: Vec<bool> = Vec::new();
    let out = cells.iter().zip(goes_on).enumerate().map(|(at, (row, goes_on))| {
        if at >= heads.max(1) {
            return BarLine { continued: goes_on, heads: false };
        }
        // A line of the header that fills a column of which nothing was said yet stands under one text over several columns.
        over.resize(over.len().max(row.len()), false);
        let under = at > 0 && row.iter().zip(&over).all(|(cell, over)| cell.is_empty() || *over);
        row.iter().zip(&mut over).for_each(|(cell, over)| *over |= !cell.is_empty());
        BarLine { continued: under, heads: heads > 1 }
    });
    Some(out.collect())
}

/// How many lines the header has, by its first ("TT | Nội dung | Đơn vị") and by the lines under it without a number; 0 where the
/// first is none.
fn header((text, grammar): (&str, &Grammar), cells: &[Vec<Span>]) -> usize {
    let slice = |cell: &Span| text.get(cell.range()).unwrap_or_default();
    let Some((number, rest)) = cells.first().and_then(|first| first.split_first()) else { return 0 };
    if grammar.tables.role(slice(number)) != Some(ColumnRole::Number)
        || rest.iter().filter(|cell| !cell.is_empty()).count() < 2
    {
        return 0;
    }
    let year = |cell: &str| cell.len() == 4 && cell.starts_with("20");
    let figure = |cell: &str| cell.starts_with(|c: char| c.is_ascii_digit()) && !year(cell);
    let goes_on = |row: &&Vec<Span>| {
        let texts: Vec<&str> = row.iter().map(slice).filter(|cell| !cell.is_empty()).collect();
        let said = fold(texts.first().copied().unwrap_or_default());
        let total = grammar.structure.rows.totals.contains(&said) && texts.len() > 1;
        let group = only_name(row) && texts.iter().all(|text| text.starts_with(char::is_uppercase));
        let numbered = row.first().is_none_or(|cell| !cell.is_empty());
        !(numbered || texts.is_empty() || texts.iter().any(|text| figure(text)) || total || group)
    };
    1 + cells.iter().skip(1).take(HEADER - 1).take_while(goes_on).count()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    /// What each line is: "h" a line of the header, "+" one that goes on with the line above, "." another.
    fn told(lines: &[&str]) -> Option<String> {
        let text = lines.join("\n");
        let mut cells = Vec::new();
        let mut at = 0;
        for line in lines {
            let mut row = Vec::new();
            let mut from = at;
            for part in line.split('|') {
                let left = part.len() - part.trim_start().len();
                row.push(Span::new(from + left, from + left + part.trim().len()));
                from += part.len() + 1;
            }
            cells.push(row);
            at += line.len() + 1;
        }
        let told = super::lines((&text, &Grammar::embedded().unwrap()), &cells)?;
        let sign = |line: BarLine| match (line.heads, line.continued) {
            (true, false) => 'h',
            (_, true) => '+',
            _ => '.',
        };
        Some(told.into_iter().map(sign).collect())
    }

    #[test]
    fn cells_that_were_broken_are_joined_and_headers_are_told() {
        let lines = [
            "TT | Nội dung | Đơn vị | Tổng | Nhu | | Nguồn",
            " | đầu tư | chủ trì | số | cầu | | vốn",
            " | | | | 2026 | 2027 | ",
            " | Tổng cộng | | 14.050 | 8.050 | 6.000 | ",
            "1 | Xây mới trạm y tế xã Lùng | Phòng Kế hoạch | 9.850 | 5.850 | 4.000 | Ngân sách tỉnh",
            " | Phình | và Đầu tư | | | | ",
            "2 | Sửa chữa điểm trạm vùng cao | Ủy ban nhân dân | 4.200 | 2.200 | 2.000 | Ngân sách xã",
            " | | các xã | | | | ",
        ];
        assert_eq!(told(&lines).as_deref(), Some("h+h..+.+"));
    }

    #[test]
    fn rows_of_one_line_each_are_left_alone() {
        let lines = [
            "TT | Nội dung | Chủ trì | Thời gian",
            "1 | Họp mặt | Văn phòng | Quý I",
            " | Tặng quà | Văn phòng | Quý I",
            "2 | Thăm hỏi | Mặt trận | Quý II",
            " | Trong đó: | | ",
        ];
        assert_eq!(told(&lines), None);
    }
}
