//! S003: a row with more or fewer cells than its header.

use super::{Context, Rule};
use crate::finding::{Arg, Audit, Code, Finding, Severity, Text};
use crate::model::{Appendix, Cell, Column, Origin, Row, RowRole, Table};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "S003", name: "ragged-row" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/S003-ragged-row.md"),
    check,
};

/// Short rows are the exception in a table of at least this many rows …
const ENOUGH: usize = 4;

/// … of which at most one in so many is short.
const RARE: usize = 5;

fn check(context: &Context<'_>, audit: &mut Audit) {
    for appendix in &context.document.appendices {
        if let Some(table) = &appendix.table
            && !table.header.is_empty()
        {
            let habits = Habits::of(table, appendix.columns.len());
            for row in &table.rows {
                audit.findings.extend(extra(appendix, row).or_else(|| short(appendix, row, &habits)));
            }
        }
    }
}

/// A row with filled cells beyond the last column.
fn extra(appendix: &Appendix, row: &Row) -> Option<Finding> {
    let columns = appendix.columns.len();
    let beyond = row.cells.get(columns..)?;
    let first = beyond.iter().find(|cell| cell.raw.is_some() && cell.from.is_none())?;
    let message = Text::new("s003-more").with("cells", row.cells.len()).with("columns", columns);
    Some(Finding::new(RULE.code, RULE.severity, message, first.at.clone()))
}

/// How the rows of a table are written.
#[derive(Debug)]
struct Habits {
    /// Whether short rows are the exception.
    short_is_rare: bool,
    /// Item rows.
    items: usize,
    /// Item rows that fill each column.
    filled: Vec<usize>,
}

impl Habits {
    fn of(table: &Table, columns: usize) -> Self {
        let mut out = Self { short_is_rare: false, items: 0, filled: vec![0; columns] };
        let mut short = 0;
        for row in table.rows.iter().filter(|row| row.role == RowRole::Item) {
            out.items += 1;
            short += usize::from(row.cells.iter().any(is_lost));
            for (count, cell) in out.filled.iter_mut().zip(&row.cells) {
                *count += usize::from(cell.raw.is_some());
            }
        }
        out.short_is_rare = out.items >= ENOUGH && short <= (out.items / RARE).max(1);
        out
    }

    /// Whether all rows but those that lack the column fill it.
    fn is_needed(&self, column: usize) -> bool {
        let filled = self.filled.get(column).copied().unwrap_or_default();
        self.items >= 2 && filled >= 1 && filled * 5 >= (self.items - 1) * 4
    }
}

fn is_lost(cell: &Cell) -> bool {
    cell.origin == Origin::Lost
}

/// An item row that lacks cells: where such rows are rare, or where it lacks what the other rows fill.
/// Rows that leave out blank cells at their end are usual in text that lost its trailing tabs.
fn short(appendix: &Appendix, row: &Row, habits: &Habits) -> Option<Finding> {
    if row.role != RowRole::Item {
        return None;
    }
    let lost: Vec<usize> =
        row.cells.iter().enumerate().filter(|(_, cell)| is_lost(cell)).map(|(at, _)| at).collect();
    let needed = lost.iter().any(|&column| habits.is_needed(column));
    if lost.is_empty() || !(needed || habits.short_is_rare) {
        return None;
    }
    let title = |&at: &usize| appendix.columns.get(at).and_then(title).map(Arg::from);
    let titles: Vec<Arg> = lost.iter().filter_map(title).collect();
    let message = Text::new("s003-fewer")
        .with("cells", row.cells.len().saturating_sub(lost.len()))
        .with("columns", appendix.columns.len());
    let mut finding = Finding::new(RULE.code, RULE.severity, message, row.at.clone());
    if !titles.is_empty() {
        finding = finding.because(Text::new("s003-evidence").with("titles", Arg::List(titles)));
    }
    Some(finding)
}

fn title(column: &Column) -> Option<&str> {
    column.path.last().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{appendix, document, found};
    use super::RULE;
    use crate::model::AppendixKind;

    fn of(rows: &[&str]) -> Vec<(u32, &'static str)> {
        found(
            &RULE,
            &document(vec![], vec![appendix(10, AppendixKind::Tasks, "PHỤ LỤC 2", "Nhiệm vụ", rows)]),
        )
    }

    #[test]
    fn a_row_that_lacks_what_others_fill_is_found() {
        let rows = ["TT|Tên|Chủ trì|Hạn", "1|Mở lớp|A|2026", "2|Thăm hỏi|A|2027", "3|Nạo vét|B|~"];
        assert_eq!(of(&rows), [(14, "s003-fewer")]);
    }

    #[test]
    fn rows_without_trailing_blank_cells_are_usual() {
        let rows = [
            "TT|Tên|Chủ trì|Ghi chú",
            "I|Kinh tế|~|~",
            "1|Mở lớp|A|~",
            "2|Thăm hỏi|A|~",
            "3|Nạo vét|B|Cả năm",
            "4|Đắp đê|B|~",
        ];
        assert_eq!(of(&rows), []);
    }

    #[test]
    fn one_short_row_among_many_whole_ones_is_found() {
        let rows =
            ["TT|Tên|Chủ trì|Ghi chú", "1|Mở lớp|A|", "2|Thăm hỏi|A|", "3|Nạo vét|B|Cả năm", "4|Đắp đê|B|~"];
        assert_eq!(of(&rows), [(15, "s003-fewer")]);
    }

    #[test]
    fn a_filled_cell_beyond_the_last_column_is_found() {
        let rows = ["TT|Tên|Chủ trì", "1|Mở lớp|A|2026", "2|Thăm hỏi|A|", "3|Nạo vét|B"];
        assert_eq!(of(&rows), [(12, "s003-more")]);
    }
}
