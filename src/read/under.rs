//! Whether a line of text goes on with the table above it, whose columns spaces hold apart: by where its pieces stand.

use super::loose::is_number;
use super::spaced::{COLUMNS, columns_of, may_be_spaced, pieces, places};
use crate::grammar::Grammar;
use crate::grammar::phrase::plain;
use crate::model::ColumnRole;
use crate::text::fold;

/// Whether a line may be a row under such a line: a heading row, or the second line of a cell.
pub(super) fn goes_on(line: &str) -> bool {
    pieces(line.trim()) >= 2 || line.starts_with("  ")
}

/// Whether a line holds nothing but a row's number, in the middle of cells that go on below it.
pub(super) fn is_lone_number(line: &str, below: &str) -> bool {
    let next = below.split(['\n', '\x0C']).next().unwrap_or_default();
    let goes_on = next.starts_with("  ") && !next.trim().is_empty();
    goes_on && !line.trim().is_empty() && is_number(line.trim())
}

/// Lines of a header under its first.
const HEADER: usize = 4;

/// Whether a line is the first of a header though it has only two pieces, or one: texts over several columns, right above the
/// lines that name the column of row numbers to their left.
///
/// `below` is what follows the line.
pub(super) fn heads(line: &str, below: &str, grammar: &Grammar) -> bool {
    let Some(own) = places(line).filter(|own| own.len() <= 2) else { return false };
    let lines = || below.split(['\n', '\x0C']).take(HEADER).take_while(|line| !line.trim().is_empty());
    let Some(first) = lines().next().filter(|first| may_be_spaced(first)) else { return false };
    let words = line.trim();
    let over_parts = grammar.arithmetic.of_which.matches(words) || own.len() == 2;
    if over_parts {
        return names_columns(first, grammar).is_some_and(|second| own.iter().all(|it| second < it.0));
    }
    // "Kế hoạch vốn giai đoạn 2026-2030" over the columns of the right half; a unit or a title is none.
    let key = plain(words);
    let declares = grammar.concepts.declares.iter().any(|word| key.starts_with(word.as_str()));
    let sentence =
        words.chars().any(char::is_lowercase) && !words.contains(['(', '*', '_', ':']) && !declares;
    let right = lines().map(|line| line.trim_end().chars().count()).max().unwrap_or_default() / 2;
    let [(from, to)] = own.as_slice() else { return false };
    let over_several = |line: &str| {
        let places = places(line).unwrap_or_default();
        places.iter().filter(|it| it.0 < *to && *from < it.1).count() > 1
    };
    sentence
        && right < *from
        && lines().any(over_several)
        && lines().any(|line| may_be_spaced(line) && names_columns(line, grammar).is_some())
}

/// Where the second column begins that a line names after that of row numbers.
fn names_columns(line: &str, grammar: &Grammar) -> Option<usize> {
    let mut named = line.trim().split("  ").map(str::trim).filter(|piece| !piece.is_empty());
    let numbers = named.next().is_some_and(|name| grammar.tables.role(name) == Some(ColumnRole::Number));
    let known = named.filter(|name| grammar.tables.role(name).is_some()).count();
    let second = places(line)?.get(1)?.0;
    (numbers && known > 0).then_some(second)
}

/// Whether a line that says no more than "Trong đó:" begins where a piece of the last lines does.
pub(super) fn labels(line: &str, last: &[&str], grammar: &Grammar) -> bool {
    let key = fold(line.trim());
    let key = key.trim_end_matches([':', '.', ' ']);
    let label = grammar.structure.rows.labels.iter().any(|word| key == word);
    let from = places(line).and_then(|places| places.first().copied()).filter(|_| label);
    let begins =
        |line: &&str| places(line).unwrap_or_default().iter().any(|it| Some(it.0) == from.map(|it| it.0));
    from.is_some() && last.iter().any(begins)
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
    fn a_number_alone_stands_in_the_middle_of_its_row() {
        assert!(is_lone_number("10", "           theo phân cấp của Thành phố\n11   Dân số"));
        assert!(!is_lone_number("10", "Nơi nhận:"));
        assert!(!is_lone_number("10", "\n           theo phân cấp"));
        assert!(!is_lone_number("Cộng", "           theo phân cấp"));
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
        let below = "TT   Tên dự án    Địa bàn      Tổng mức       Năm 2026    Năm 2027";
        let over = |text: &str| format!("{}{text}", " ".repeat(50));
        assert!(heads(&over("Kế hoạch vốn"), below, &grammar));
        assert!(!heads(&over("Đơn vị tính: tỷ đồng"), below, &grammar));
        assert!(!heads("             Danh mục dự án của xã", below, &grammar));
    }
}
