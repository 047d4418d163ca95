//! Tables that a text draws with rules: cells between bars, or columns under groups of dashes. The whole text in, tables out.
//!
//! Where bars stand under each other, the places of each row's bars tell which columns its cells cover, and rules end rows,
//! so that a row may have several lines. Tables that are not drawn so (Markdown's, whose lines are rows) are not among them.

mod bands;
mod bars;
mod emit;
mod ruled;
mod ruler;

pub(super) use ruler::Ruler;

use memchr::{memchr2_iter, memmem};

use super::cells::trimmed;
use crate::source::Cell;
use crate::span::Span;
use ruler::Shape;

/// A drawn table.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// Where its first line begins, and where the text goes on.
    pub place: std::ops::Range<usize>,
    pub lines: Vec<Line>,
    /// Its bars and rules.
    pub marks: Vec<Span>,
}

impl Drawn {
    /// Whether each letter of its lines is in exactly one cell or mark: a line may reach beyond the last column.
    fn is_whole(&self, text: &str) -> bool {
        let cells = self.lines.iter().flat_map(|line| line.cells.iter().map(|cell| cell.span));
        let mut spans: Vec<Span> =
            cells.chain(self.marks.iter().copied()).filter(|span| !span.is_empty()).collect();
        spans.sort_unstable_by_key(|span| span.start);
        let blank =
            |from: usize, to: usize| text.get(from..to).is_some_and(|between| between.trim().is_empty());
        let mut at = self.place.start;
        for span in spans {
            if !blank(at, span.start as usize) {
                return false;
            }
            at = span.end as usize;
        }
        blank(at, self.place.end)
    }
}

/// A line of a row.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub cells: Vec<Cell>,
    pub span: Span,
    /// Whether it is a further line of the row before it.
    pub continued: bool,
    /// Whether it is of a row of column headers.
    pub heads: bool,
}

/// What rules are drawn with, at least.
const STROKES: [&str; 4] = ["--", "==", "──", "══"];

/// The drawn tables of a text, ascending.
pub(super) fn tables(text: &str, ruler: &Ruler) -> Vec<Drawn> {
    if !STROKES.iter().any(|strokes| memmem::find(text.as_bytes(), strokes.as_bytes()).is_some()) {
        return Vec::new();
    }
    let lines = lines(text);
    let shapes: Vec<Shape> = lines.iter().map(|line| ruler.shape(text, *line)).collect();
    let page = Page { text, ruler, lines: &lines, shapes: &shapes };
    let mut out = bars::tables(page);
    let taken: Vec<std::ops::Range<usize>> = out.iter().map(|table| table.place.clone()).collect();
    let free = |table: &Drawn| {
        let before = taken.partition_point(|place| place.end <= table.place.start);
        taken.get(before).is_none_or(|place| place.start >= table.place.end)
    };
    out.extend(ruled::tables(page).into_iter().filter(free));
    out.retain(|table| table.is_whole(text));
    out.sort_by_key(|table| table.place.start);
    out
}

/// A text with what its lines are.
#[derive(Clone, Copy)]
struct Page<'a> {
    text: &'a str,
    ruler: &'a Ruler,
    lines: &'a [Span],
    shapes: &'a [Shape],
}

impl Page<'_> {
    fn line(&self, at: usize) -> Span {
        self.lines.get(at).copied().unwrap_or_default()
    }

    fn shape(&self, at: usize) -> &Shape {
        self.shapes.get(at).unwrap_or(&Shape::Blank)
    }

    /// From the beginning of a line to the end of another, its line end included.
    fn place(&self, first: usize, last: usize) -> std::ops::Range<usize> {
        let end = self.line(last).end as usize;
        let ends_line = self.text.as_bytes().get(end) == Some(&b'\n');
        self.line(first).start as usize..end + usize::from(ends_line)
    }

    /// What a rule drew.
    fn mark(&self, at: usize) -> Span {
        trimmed(self.text, self.line(at))
    }
}

/// The lines of a text, those between form feeds too, without line ends.
fn lines(text: &str) -> Vec<Span> {
    let mut from = 0;
    let ends = memchr2_iter(b'\n', b'\x0C', text.as_bytes()).chain([text.len()]);
    let line = |end| Span::new(std::mem::replace(&mut from, end + 1), end);
    ends.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tables' rows, a line for each, with "~" between the lines of a cell and "<" and "^" for what others cover.
    fn rows(text: &str) -> Vec<Vec<String>> {
        let table = |table: &Drawn| {
            let mut rows: Vec<Vec<String>> = Vec::new();
            for line in &table.lines {
                let cell = |cell: &Cell| match cell {
                    Cell { rows: 0, .. } => "^".to_owned(),
                    Cell { columns: 0, .. } => "<".to_owned(),
                    cell => text.get(cell.span.range()).unwrap_or_default().to_owned(),
                };
                let cells: Vec<String> = line.cells.iter().map(cell).collect();
                match rows.last_mut().filter(|_| line.continued) {
                    None => rows.push(cells),
                    Some(last) => last.iter_mut().zip(cells).for_each(|(last, cell)| {
                        if !matches!(cell.as_str(), "" | "<" | "^") {
                            last.push_str(&format!("~{cell}"));
                        }
                    }),
                }
            }
            rows.iter().map(|row| row.join("|")).collect()
        };
        tables(text, &Ruler::default()).iter().map(table).collect()
    }

    #[test]
    fn rules_end_rows_and_missing_bars_join_columns() {
        let text = "\
  ------------------------------
  | TT | Nhiệm vụ   | Thời hạn |
  |----|------------|----------|
  | I  | Thủy lợi và giao thông|
  |----|------------|----------|
  | 1  | Nạo vét    | Quý I    |
  |    | kênh       |          |
  |----|------------|----------|
";
        assert_eq!(
            rows(text),
            [["TT|Nhiệm vụ|Thời hạn", "I|Thủy lợi và giao thông|<", "1|Nạo vét~kênh|Quý I"]]
        );
    }

    #[test]
    fn a_rule_that_leaves_columns_open_lets_their_cells_go_on() {
        let text = "\
+----+-----------+------------+
| TT | Kinh phí  | Chủ trì    |
|    +-----+-----+ cùng ai    |
|    | Xã  | Dân |            |
+====+=====+=====+============+
| 1  | 5   | -   | Văn phòng  |
+----+-----+-----+ và các     |
| 2  | 3   | 1   | chi bộ     |
+----+-----+-----+------------+";
        let expected =
            ["TT|Kinh phí|<|Chủ trì~cùng ai", "^|Xã|Dân|^", "1|5|-|Văn phòng~và các~chi bộ", "2|3|1|^"];
        assert_eq!(rows(text), [expected]);
        let heads: Vec<bool> =
            tables(text, &Ruler::default()).iter().flat_map(|it| &it.lines).map(|line| line.heads).collect();
        assert_eq!(heads, [true, true, true, false, false, false, false]);
    }

    #[test]
    fn numbers_tell_whether_each_line_of_a_frame_is_a_row() {
        let text = "\
+----+---------+-----+
| TT | Tên     | Vốn |
+----+---------+-----+
| 1  | Cầu     |   5 |
| 2  | Đường   |   7 |
+----+---------+-----+";
        assert_eq!(rows(text), [["TT|Tên|Vốn", "1|Cầu|5", "2|Đường|7"]]);
        let boxed =
            "┌────┬───────┐\n│ TT │ Tên   │\n├────┼───────┤\n│ 1  │ Cầu   │\n│    │ mới   │\n└────┴───────┘";
        assert_eq!(rows(boxed), [["TT|Tên", "1|Cầu~mới"]]);
    }

    #[test]
    fn tables_whose_lines_are_rows_are_left_alone() {
        let loose = "| TT | Tên |\n|---|---|\n| 1 | Cầu qua sông |\n| 2 | Đường |\n|---|---|\n| | Cộng |\n";
        let aligned = "| TT | Tên   |\n|----|-------|\n| 1  | Cầu   |\n| 2  | Đường |\n|----|-------|\n|    | Cộng  |\n";
        for text in [loose, aligned, "| a | b |", "---\n\n---", "-----  -----"] {
            assert_eq!(rows(text), Vec::<Vec<String>>::new(), "{text}");
        }
    }

    #[test]
    fn a_page_s_end_may_cut_a_row() {
        let text = "\
| TT | Tên     | Vốn |
|----|---------|-----|
| 1  | Cầu     |   5 |
|----|---------|-----|
| 2  | Đường   |   7 |

          - 2 -

|    | làng    |     |
|----|---------|-----|";
        let found = tables(text, &Ruler::default());
        assert_eq!(rows(text).concat(), ["TT|Tên|Vốn", "1|Cầu|5", "2|Đường|7", "|làng|"]);
        assert!(found.last().is_some_and(|table| table.lines.iter().all(|line| line.continued)));
    }

    #[test]
    fn groups_of_dashes_are_columns() {
        let simple =
            "  TT   Tên      Vốn\n  ---- ------ -----\n  1    Cầu        5\n  2    Đường      7\n\nSau";
        assert_eq!(rows(simple), [["TT|Tên|Vốn", "1|Cầu|5", "2|Đường|7"]]);
        let several = "Kèm theo:
  ------------------------
  TT   Tên        Vốn
       công trình
  ---- ---------- --------
  1    Cầu qua         500
       sông

  2    Đường             -
  ------------------------";
        assert_eq!(rows(several), [["TT|Tên~công trình|Vốn", "1|Cầu qua~sông|500", "2|Đường|-"]]);
        let double = "=== ====== ===\nTT  Tên    Vốn\n=== ====== ===\n1   Cầu    5\n    mới\n2   Đường  7\n=== ====== ===";
        assert_eq!(rows(double), [["TT|Tên|Vốn", "1|Cầu~mới|5", "2|Đường|7"]]);
    }

    #[test]
    fn a_text_over_columns_covers_them() {
        let text = "  TT   Tên          Vốn\n  ---- ---------- -----\n  1    Cầu            5\n  2    Kè             6\n  Các công việc khác  5\n  3    Đường          7\n\n";
        let found = rows(text).concat();
        assert_eq!(found.get(3).map(String::as_str), Some("Các công việc khác|<|5"));
    }

    #[test]
    fn lines_under_a_letterhead_are_no_columns() {
        let text = "TỈNH ỦY LẠC SƠN        ĐẢNG CỘNG SẢN VIỆT NAM\n     -----                  -----\nSố 5-CTr/TU            Lạc Sơn, ngày 5";
        assert_eq!(rows(text), Vec::<Vec<String>>::new());
    }
}
