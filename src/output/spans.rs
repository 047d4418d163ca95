//! Merged cells of a printed table: which cells of a header cover several columns or rows, and which cells of a
//! column are one.

use crate::model::{Column, Origin, Row};

/// A cell of a header with the columns and rows that it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    /// Index of its row among the header's.
    pub(super) row: usize,
    /// Index of its first column.
    pub(super) column: usize,
    /// How many rows it covers, at least one.
    pub(super) rows: usize,
    /// How many columns it covers, at least one.
    pub(super) columns: usize,
    /// Its text.
    pub(super) text: String,
}

/// The cells of a header, row by row. A cell covers the blank cells to its right whose columns have its text in
/// their paths, and the blank cells under it where its column's path ends with it.
pub(super) fn header_spans(columns: &[Column], header: &[Row]) -> Vec<Span> {
    let width = header.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let text = |row: usize, column: usize| {
        header.get(row).and_then(|row| row.cells.get(column)).and_then(|cell| cell.raw.as_deref())
    };
    let mut covered = vec![vec![false; width]; header.len()];
    let mut spans = Vec::new();
    for row in 0..header.len() {
        for column in 0..width {
            if is(&covered, row, column) {
                continue;
            }
            let own = text(row, column);
            // How many texts of the column stand above and with this one.
            let depth = (0..=row).filter(|above| text(*above, column).is_some()).count();
            let mut across = 1;
            let path = |column: usize| columns.get(column).map(|it| it.path.as_slice()).unwrap_or_default();
            let same = |other: usize| {
                let (a, b) = (path(column), path(other));
                let depth = a.iter().position(|it| Some(it.as_str()) == own).map_or(depth, |at| at + 1);
                own.is_some()
                    && a.len() >= depth
                    && a.get(..depth) == b.get(..depth)
                    && b.len() >= a.len().min(depth)
            };
            while column + across < width
                && text(row, column + across).is_none()
                && !is(&covered, row, column + across)
                && same(column + across)
            {
                across += 1;
            }
            let mut down = 1;
            let free = |row: usize| {
                (column..column + across).all(|it| text(row, it).is_none() && !is(&covered, row, it))
            };
            while own.is_some() && row + down < header.len() && free(row + down) {
                down += 1;
            }
            for line in covered.iter_mut().skip(row).take(down) {
                line.iter_mut().skip(column).take(across).for_each(|it| *it = true);
            }
            spans.push(Span {
                row,
                column,
                rows: down,
                columns: across,
                text: own.unwrap_or_default().to_owned(),
            });
        }
    }
    spans
}

fn is(covered: &[Vec<bool>], row: usize, column: usize) -> bool {
    covered.get(row).and_then(|line| line.get(column)).copied().unwrap_or(false)
}

/// How many rows each cell of a table's body covers: itself and the cells right under it that are inherited from its
/// row; none where the cell is one of those.
pub(super) fn body_spans(rows: &[Row]) -> Vec<Vec<usize>> {
    let mut spans: Vec<Vec<usize>> = rows.iter().map(|row| vec![1; row.cells.len()]).collect();
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    for column in 0..width {
        let mut owner: Option<usize> = None;
        for (at, row) in rows.iter().enumerate() {
            let Some(cell) = row.cells.get(column) else {
                owner = None;
                continue;
            };
            if cell.origin != Origin::Inherited {
                owner = Some(at);
                continue;
            }
            let named = |own: &Row| {
                cell.from.is_some() && (cell.from.as_ref() == Some(&own.id) || cell.from == own.of)
            };
            owner = owner.filter(|owner| rows.get(*owner).is_some_and(named));
            if let Some(owner) = owner {
                add(&mut spans, owner, column, 1);
                set(&mut spans, at, column, 0);
            }
        }
    }
    spans
}

fn add(spans: &mut [Vec<usize>], row: usize, column: usize, more: usize) {
    if let Some(span) = spans.get_mut(row).and_then(|row| row.get_mut(column)) {
        *span += more;
    }
}

fn set(spans: &mut [Vec<usize>], row: usize, column: usize, to: usize) {
    if let Some(span) = spans.get_mut(row).and_then(|row| row.get_mut(column)) {
        *span = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cell;

    fn row(id: &str, cells: &[&str]) -> Row {
        let cell = |text: &&str| match *text {
            "" => Cell::default(),
            text => Cell { raw: Some(text.to_owned()), origin: Origin::Own, ..Cell::default() },
        };
        Row { id: id.to_owned(), cells: cells.iter().map(cell).collect(), ..Row::default() }
    }

    fn columns(paths: &[&[&str]]) -> Vec<Column> {
        let column = |path: &&[&str]| Column {
            path: path.iter().map(|it| (*it).to_owned()).collect(),
            ..Column::default()
        };
        paths.iter().map(column).collect()
    }

    #[test]
    fn a_header_over_columns_covers_them_and_one_beside_it_covers_the_rows() {
        let header = [row("h1", &["TT", "Vốn", "", "Ghi chú"]), row("h2", &["", "Tổng", "2026", ""])];
        let columns = columns(&[&["TT"], &["Vốn", "Tổng"], &["Vốn", "2026"], &["Ghi chú"]]);
        let spans: Vec<_> = header_spans(&columns, &header)
            .into_iter()
            .map(|span| (span.text, span.row, span.column, span.rows, span.columns))
            .collect();
        let expected = [
            ("TT", 0, 0, 2, 1),
            ("Vốn", 0, 1, 1, 2),
            ("Ghi chú", 0, 3, 2, 1),
            ("Tổng", 1, 1, 1, 1),
            ("2026", 1, 2, 1, 1),
        ];
        let expected = expected.map(|(text, a, b, c, d)| (text.to_owned(), a, b, c, d));
        assert_eq!(spans, expected);
    }

    #[test]
    fn a_cell_covers_the_rows_that_inherit_it() {
        let mut rows = vec![row("2/r1", &["Phòng A"]), row("2/r2", &[""]), row("2/r3", &["Phòng B"])];
        if let Some(cell) = rows.get_mut(1).and_then(|row| row.cells.get_mut(0)) {
            *cell = Cell { origin: Origin::Inherited, from: Some("2/r1".to_owned()), ..cell.clone() };
        }
        assert_eq!(body_spans(&rows), [[2], [0], [1]]);
    }
}
