//! Whether a line of text goes on with the table above it, whose columns spaces hold apart: by where its pieces stand.

use super::spaced::{COLUMNS, columns_of, may_be_spaced, pieces, places};
use crate::grammar::Grammar;
use crate::model::ColumnRole;

/// Whether a line may be a row under such a line: a heading row, or the second line of a cell.
pub(super) fn goes_on(line: &str) -> bool {
    pieces(line.trim()) >= 2 || line.starts_with("  ")
}

/// Whether a line is the first of a header though it has only two pieces, or "Trong đó" alone: texts over several columns, right
/// above the line that names the column of row numbers to their left.
pub(super) fn heads(line: &str, below: &str, grammar: &Grammar) -> bool {
    let (Some(own), true) = (places(line), may_be_spaced(below)) else { return false };
    let mut named = below.trim().split("  ").map(str::trim).filter(|piece| !piece.is_empty());
    let numbers = named.next().is_some_and(|name| grammar.tables.role(name) == Some(ColumnRole::Number));
    let second = places(below).and_then(|places| places.get(1).copied());
    let known = named.filter(|name| grammar.tables.role(name).is_some()).count();
    let parts = own.len() == 1 && grammar.arithmetic.of_which.matches(line.trim());
    (own.len() == 2 || parts)
        && numbers
        && known > 0
        && second.is_some_and(|(from, _)| own.iter().all(|it| from < it.0))
}

/// Whether each piece of a line begins or ends where one of another line does: "I     Hạ tầng" under "TT    Nội dung",
/// a total under its column.
pub(super) fn stands_under(line: &str, first: &str) -> bool {
    let (Some(first), Some(line)) = (places(first), places(line)) else { return false };
    let under = |(from, to): &(usize, usize)| first.iter().any(|(start, end)| start == from || end == to);
    line.len() >= 2 && line.iter().all(under)
}

/// How many lines of a table are looked at to tell whether a line stands under them.
pub(super) const LAST_LINES: usize = 12;

/// How many lines before must have a piece that begins where a line does that holds nothing else.
const ALIKE: usize = 2;

/// A line's only piece stands so far in at least, in characters, to be the line of a cell; where blank lines part rows, less is
/// enough.
const INDENTED: usize = 12;
const INDENTED_PARTED: usize = 4;

/// Whether a line stands under the last lines of a table: each of its pieces begins where pieces of some of them do, or some do
/// and the others, set in the middle, each keep to one of their columns. Headers stand in the middle, cells begin at the left.
/// `parted` says whether blank lines part the rows before.
pub(super) fn stands_under_last(line: &str, last: &[&str], parted: bool) -> bool {
    let Some(pieces) = places(line) else { return false };
    let lines: Vec<Vec<(usize, usize)>> = last.iter().filter_map(|line| places(line)).collect();
    // In how many lines a piece begins there before which there is room for this one.
    let fits = |piece: (usize, usize), skip: usize| {
        let fits = |places: &&Vec<(usize, usize)>| {
            let at = places.iter().skip(skip).position(|(from, _)| *from == piece.0);
            let next = at.map(|at| places.get(skip + at + 1));
            next.is_some_and(|next| next.is_none_or(|(from, _)| piece.1 < *from))
        };
        lines.iter().filter(fits).count()
    };
    match pieces.as_slice() {
        [] => false,
        // The first piece of a row is its number.
        [only] => {
            let indented = if parted { INDENTED_PARTED } else { INDENTED };
            only.0 >= indented && fits(*only, 1) >= ALIKE
        }
        several => {
            let begins = |piece: &&(usize, usize)| fits(**piece, 0) > 0;
            let begin = several.iter().filter(begins).count();
            begin == several.len() || begin > 0 && keep_to_columns(several, &columns_of(last))
        }
    }
}

/// Whether each piece meets one column and no two meet the same.
fn keep_to_columns(pieces: &[(usize, usize)], columns: &[(usize, usize)]) -> bool {
    let met = |(from, to): &(usize, usize)| {
        let mut met = columns.iter().enumerate().filter(|(_, column)| *from < column.1 && column.0 < *to);
        met.next().filter(|_| met.next().is_none()).map(|(at, _)| at)
    };
    let met: Option<Vec<usize>> = pieces.iter().map(met).collect();
    columns.len() >= COLUMNS && met.is_some_and(|met| met.is_sorted_by(|a, b| a < b))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn lines_stand_under_the_columns_of_the_first() {
        let first = "TT    Nội dung       Kinh phí";
        assert!(stands_under("I     Hạ tầng", first));
        assert!(stands_under("      Tổng cộng          90,0", first));
        assert!(!stands_under("Nơi nhận:           CHỦ TỊCH", first));
        assert!(!stands_under("      Tổng cộng", first));
        let last = ["1     Tuần tra rừng    Hạt Kiểm lâm", "2     Cứu hộ           Trung tâm"];
        assert!(stands_under_last("                       Phòng Khoa học", &last, false));
        assert!(!stands_under_last("                    PHỤ LỤC II", &last, false));
        assert!(!stands_under_last("      Cứu hộ", &last, false));
        assert!(stands_under_last("      Cứu hộ", &last, true));
        assert!(!stands_under_last("      Nơi nhận và lưu văn thư", &last, true));
        assert!(stands_under_last("2     Phát triển rừng  Hạt", &last, false));
        assert!(!stands_under_last("Kế hoạch bảo vệ rừng   Trang 2", &last, false));
        let last = [
            "1     Quý I/2026    Tuần tra rừng    Hạt Kiểm lâm",
            "2     Cả năm        Cứu hộ           Trung tâm",
        ];
        assert!(stands_under_last("       Trước        Làm đường băng", &last, false));
        assert!(!stands_under_last("       Trước ngày 15     Làm đường băng", &last, false));
    }

    #[test]
    fn texts_over_several_columns_begin_a_header() {
        let grammar = Grammar::embedded().unwrap();
        let below = "TT   Nội dung         Số đảng viên    Nữ    Dân tộc thiểu số";
        assert!(heads("                                     Trong đó", below, &grammar));
        assert!(!heads("                                     ĐVT: người", below, &grammar));
        assert!(!heads(
            "                                     Trong đó",
            "I    Tuyên truyền    Vận động",
            &grammar
        ));
    }
}
