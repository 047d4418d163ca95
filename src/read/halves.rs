//! Columns of numbers that spaces hold apart, of which some stand farther left than others: two halves of one column.

use super::spaced::{Cut, GAP, LINES};
use crate::span::Span;

impl Cut {
    /// Joins a column without a header to its neighbour where only one of the two is filled in each row: numbers that stand in the
    /// middle of their column, some farther left than others.
    pub(super) fn join_halves(&mut self, text: &str, lines: &[Span]) {
        let heads = self.covers.len();
        if heads == 0 || self.cells.len() < heads + LINES {
            return;
        }
        let figure = |cell: &Span| {
            let slice = text.get(cell.range()).unwrap_or_default();
            slice.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b' '))
        };
        // From where to where numbers stand in a column, in characters.
        let extent = |cells: &[Vec<Span>], column: usize| {
            let place = |(row, line): (&Vec<Span>, &Span)| {
                let cell = row.get(column).filter(|cell| !cell.is_empty())?;
                let before = text.get(line.start as usize..cell.start as usize)?.chars().count();
                Some((before, before + text.get(cell.range())?.chars().count()))
            };
            let places = cells.iter().zip(lines).skip(heads).filter_map(place);
            places.reduce(|all, own| (all.0.min(own.0), all.1.max(own.1)))
        };
        let mut at = 0;
        while at + 1 < self.count() {
            let near = extent(&self.cells, at).zip(extent(&self.cells, at + 1));
            let near = near.is_some_and(|(a, b)| b.0 <= a.1 + GAP);
            let pair = |row: &Vec<Span>| Some((*row.get(at)?, *row.get(at + 1)?));
            let (head, body) = self.cells.split_at(heads);
            let bare =
                |column: usize| head.iter().all(|row| row.get(column).is_none_or(|cell| cell.is_empty()));
            let spanned =
                self.covers.iter().flatten().any(|over| over.contains(&at) && over.contains(&(at + 1)));
            let mut pairs = body.iter().filter_map(pair);
            let halves = near
                && bare(at) != bare(at + 1)
                && !spanned
                && pairs.all(|(a, b)| (a.is_empty() || b.is_empty()) && figure(&a) && figure(&b));
            if !halves {
                at += 1;
                continue;
            }
            for row in self.cells.iter_mut().filter(|row| row.len() > at + 1) {
                let second = row.remove(at + 1);
                if let Some(first) = row.get_mut(at).filter(|first| first.is_empty()) {
                    *first = second;
                }
            }
            let moved = |column: usize| if column > at { column - 1 } else { column };
            for over in self.covers.iter_mut().flatten() {
                *over = moved(*over.start())..=moved(*over.end());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::source::Block;

    #[test]
    fn numbers_in_the_middle_of_their_columns_stay_in_one() {
        let text = "\
STT     Loại hình đào tạo      Tổng số            Trong đó               Theo dõi
                                          2026       2027     2028
1      Chuyên khoa cấp II           14          4        5          5    Phòng Tổ chức
2      Chuyên khoa cấp I            38      12         12       14       Phòng Tổ chức
3      Tiến sĩ                       5          1       2           2    Phòng Đào tạo
4      Thạc sĩ                      19          6       6           7    Phòng Đào tạo
5      Điều dưỡng                   28          8      10       10       Phòng Điều dưỡng";
        let source = crate::read::from_text(text);
        assert!(matches!(source.blocks.as_slice(), [Block::Table { .. }]), "{:?}", source.blocks);
        let row = |at: usize| {
            let cells = source.rows.get(at).map(|row| source.row_cells(row)).unwrap_or_default();
            cells.iter().map(|cell| source.slice(cell.span)).collect::<Vec<_>>().join("|")
        };
        assert_eq!(row(3), "2|Chuyên khoa cấp I|38|12|12|14|Phòng Tổ chức");
        assert_eq!(row(4), "3|Tiến sĩ|5|1|2|2|Phòng Đào tạo");
    }
}
