//! Rows of headers from which the places of merged cells were lost, so that they are shorter than the table.

use super::{Cover, GridCell, GridRow};

/// A short row of a header under the cells above it that have blanks to their right, where it fills these to the last
/// place: "Tổng số | Năm 2026" under "STT | Tên dự án | Kế hoạch vốn | (blank)". Any other row comes back as it is.
pub(super) fn under_spans(above: Option<&GridRow>, mut row: GridRow, width: usize) -> GridRow {
    let Some(above) = above.filter(|above| above.cells.len() == width) else { return row };
    let free = |cell: &GridCell| cell.is_blank() && cell.cover == Cover::No;
    let opens = |at: usize| above.cell(at).is_some_and(|cell| !cell.is_blank());
    let spanned = |at: usize| above.cell(at).is_some_and(free);
    let mut places: Vec<usize> = Vec::new();
    for at in 0..width {
        if opens(at) && spanned(at + 1) || spanned(at) && at > 0 {
            places.push(at);
        }
    }
    if row.cells.len() >= width || row.filled() < row.cells.len() || row.cells.len() != places.len() {
        return row;
    }
    let place = row.cells.first().map(|cell| cell.place).unwrap_or_default();
    let place = crate::span::Span { start: place.start, end: place.start };
    let mut cells = vec![GridCell { place, ..GridCell::default() }; width];
    for (at, cell) in places.into_iter().zip(row.cells) {
        if let Some(slot) = cells.get_mut(at) {
            *slot = cell;
        }
    }
    row.cells = cells;
    row
}
