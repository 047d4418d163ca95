//! Where runs of characters stand in a file that is more than a line of text: pages, sheets, paragraphs.

use crate::span::{At, Span};

/// Where a run of characters stands, in the terms of its format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spot {
    /// Nowhere but on its line.
    #[default]
    Line,
    /// On a page, counted from 1, in a box: left, top, right, bottom in hundredths of a point from the
    /// page's upper left corner.
    Page {
        /// Page, counted from 1.
        page: u32,
        /// The box.
        bbox: [i32; 4],
        /// How sure it is, in percent, where it was recognised from a picture.
        confidence: Option<u8>,
    },
    /// In a cell of a sheet.
    Sheet {
        /// Index into the names.
        sheet: u16,
        /// Row, counted from 0.
        row: u32,
        /// Column, counted from 0.
        column: u32,
    },
    /// In a paragraph of a part of a text document.
    Paragraph {
        /// Index into the names.
        part: u16,
        /// Paragraph of the part, counted from 1.
        paragraph: u32,
        /// The cell, where the paragraph stands in a table: table of the part, counted from 1; row and
        /// column, counted from 0.
        cell: Option<(u32, u32, u32)>,
    },
}

/// The spots of a text's runs, ascending; a run goes on to the next one's start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spots {
    starts: Vec<u32>,
    spots: Vec<Spot>,
    names: Vec<Box<str>>,
}

impl Spots {
    /// The index of a sheet's or part's name, for [`Spot`].
    pub fn name(&mut self, name: &str) -> u16 {
        let index = self.names.iter().position(|known| &**known == name).unwrap_or_else(|| {
            self.names.push(name.into());
            self.names.len() - 1
        });
        u16::try_from(index).unwrap_or(u16::MAX)
    }

    /// Whether no run has a spot: a text file, whose places are its lines.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// From byte `start` on, characters stand at `spot`.
    pub fn mark(&mut self, start: usize, spot: Spot) {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        if self.spots.last() == Some(&spot) {
            return;
        }
        if self.starts.last() == Some(&start) {
            self.starts.pop();
            self.spots.pop();
        }
        self.starts.push(start);
        self.spots.push(spot);
    }

    /// The spots of a text that was changed: `to` gives for each byte where it is now.
    pub fn moved(&mut self, to: impl Fn(u32) -> u32) {
        self.starts.iter_mut().for_each(|start| *start = to(*start));
    }

    /// The spot of a byte.
    #[must_use]
    pub fn at(&self, byte: u32) -> Spot {
        let index = self.starts.partition_point(|start| *start <= byte);
        index.checked_sub(1).and_then(|i| self.spots.get(i)).copied().unwrap_or_default()
    }

    /// Adds to a place where its span stands: the spot of its first byte, and the box around all that
    /// stands on the same page.
    pub(super) fn fill(&self, at: &mut At, span: Span) {
        if self.is_empty() {
            return;
        }
        let first = self.starts.partition_point(|start| *start <= span.start).saturating_sub(1);
        let last = self.starts.partition_point(|start| *start < span.end).max(first + 1);
        let name = |index: u16| self.names.get(usize::from(index)).cloned();
        match self.spots.get(first).copied().unwrap_or_default() {
            Spot::Line => {}
            Spot::Page { page, bbox, confidence } => {
                at.page = Some(page);
                let rest = self.spots.get(first + 1..last).unwrap_or_default();
                at.confidence = rest.iter().fold(confidence, |least, spot| match spot {
                    Spot::Page { confidence, .. } => lower(least, *confidence),
                    _ => least,
                });
                let bbox = rest.iter().fold(bbox, |all, spot| match spot {
                    Spot::Page { page: other, bbox, .. } if *other == page => around(all, *bbox),
                    _ => all,
                });
                at.bbox = Some(Box::new(bbox));
            }
            Spot::Sheet { sheet, row, column } => {
                at.sheet = name(sheet);
                at.cell = Some(cell_name(row, column).into());
            }
            Spot::Paragraph { part, paragraph, cell } => {
                at.part = name(part);
                at.paragraph = Some(paragraph);
                if let Some((table, row, column)) = cell {
                    at.table = Some(table);
                    at.cell = Some(cell_name(row, column).into());
                }
            }
        }
    }
}

fn around(a: [i32; 4], b: [i32; 4]) -> [i32; 4] {
    let ([l, t, r, d], [l2, t2, r2, d2]) = (a, b);
    [l.min(l2), t.min(t2), r.max(r2), d.max(d2)]
}

fn lower(a: Option<u8>, b: Option<u8>) -> Option<u8> {
    a.into_iter().chain(b).min()
}

/// A cell in A1 notation; row and column are counted from 0.
#[must_use]
pub fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(row + 1).to_string()
}

/// Row and column, counted from 0, of a cell in A1 notation.
#[must_use]
pub fn cell_position(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at_checked(digits)?;
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let value = letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1)?;
        column.checked_mul(26)?.checked_add(value)
    })?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_come_back_from_names() {
        for position in [(0, 0), (11, 25), (6, 26), (1_048_575, 16_383)] {
            assert_eq!(cell_position(&cell_name(position.0, position.1)), Some(position));
        }
        for name in ["", "A", "7", "A0", "a1", "A1B", "AAAAAAAAAAAA1"] {
            assert_eq!(cell_position(name), None, "{name}");
        }
    }

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        assert_eq!(cell_name(0, 0), "A1");
        assert_eq!(cell_name(11, 25), "Z12");
        assert_eq!(cell_name(1_048_575, 16_383), "XFD1048576");
    }

    #[test]
    fn boxes_of_one_page_are_joined() {
        let mut spots = Spots::default();
        spots.mark(0, Spot::Page { page: 1, bbox: [0, 0, 10, 10], confidence: None });
        spots.mark(5, Spot::Page { page: 1, bbox: [20, 0, 30, 10], confidence: None });
        spots.mark(9, Spot::Page { page: 2, bbox: [0, 0, 99, 99], confidence: None });
        let mut at = At::default();
        spots.fill(&mut at, Span::new(2, 12));
        assert_eq!((at.page, at.bbox.as_deref()), (Some(1), Some(&[0, 0, 30, 10])));
    }
}
