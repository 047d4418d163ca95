//! The records of a worksheet (MS-XLS 2.4).

use rustc_hash::FxHashMap;

use super::super::book::{Area, Cell, Count, Formula, MAX_FILLED, MAX_MERGES, Sheet, stored, within};
use super::super::bytes::{Bytes, error_word, packed};
use super::super::decimal::Decimal;
use super::super::tokens::{self, Places, Read};
use super::{Records, Shared, strings};
use crate::read::{Bound, ReadError};

/// A worksheet while it is read.
struct Reader<'r> {
    shared: &'r Shared,
    sheet: &'r mut Sheet,
    count: &'r mut Count,
    /// A formula's cell whose text comes in the next record.
    text_of: Option<(Cell, usize)>,
    /// Formulas that cells share, by the first of them.
    formulas: FxHashMap<(u32, u32), String>,
    /// Cells with the first cell of those that they share a formula with.
    sharing: Vec<((u32, u32), (u32, u32))>,
    /// The number of the last object, and the texts of objects by their numbers.
    object: u16,
    texts: Vec<(u16, String)>,
    /// Characters of an object's text that come in the next record.
    text_length: usize,
    /// Cells with the objects that are remarks on them.
    remarks: Vec<(u32, u32, u16)>,
}

/// Where a cell stands and its style.
struct Head {
    row: u32,
    column: u32,
    style: usize,
}

/// Reads a worksheet.
pub(super) fn read(
    records: Records<'_>,
    shared: &Shared,
    sheet: &mut Sheet,
    count: &mut Count,
) -> Result<(), ReadError> {
    let mut reader = Reader {
        shared,
        sheet,
        count,
        text_of: None,
        formulas: FxHashMap::default(),
        sharing: Vec::new(),
        object: 0,
        texts: Vec::new(),
        text_length: 0,
        remarks: Vec::new(),
    };
    let mut depth = 0;
    for record in records {
        match record.kind {
            0x0809 => depth += 1,
            // Charts inside a sheet have records of their own.
            0x0A if depth <= 1 => break,
            0x0A => depth -= 1,
            kind if depth == 1 => {
                reader.record(kind, Bytes(record.bytes))?;
            }
            _ => {}
        }
    }
    reader.share();
    reader.objects();
    Ok(())
}

impl Reader<'_> {
    /// Reads a record; what is cut short is passed over.
    fn record(&mut self, kind: u16, mut bytes: Bytes<'_>) -> Result<Option<()>, ReadError> {
        if kind != 0x0207
            && !matches!(kind, 0x04BC | 0x0221)
            && let Some((cell, _)) = self.text_of.take()
        {
            self.count.add(self.sheet, cell)?;
        }
        match kind {
            0x0208 => return Ok(self.row(&mut bytes)),
            0x7D => return Ok(self.columns(&mut bytes)),
            0xE5 => {
                within(self.sheet.merges.len() + bytes.0.len() / 8, MAX_MERGES, Bound::Cells)?;
                return Ok(self.merges(&mut bytes));
            }
            0x14 | 0x15 => {
                self.sheet.running.extend(strings::long(&mut bytes).filter(|text| !text.is_empty()));
                return Ok(Some(()));
            }
            0x04BC => return Ok(self.shared_formula(&mut bytes)),
            0x5D | 0x01B6 | 0x3C | 0x1C => return self.object(kind, &mut bytes),
            0x0207 => {
                let text = strings::long(&mut bytes).unwrap_or_default();
                if let Some((mut cell, style)) = self.text_of.take() {
                    cell.text = self.shared.styles.print_text(style, &text);
                    self.count.add(self.sheet, cell)?;
                }
                return Ok(Some(()));
            }
            0xBD | 0xBE => return self.several(kind, &mut bytes),
            0x0203 | 0x027E | 0xFD | 0x0204 | 0xD6 | 0x0201 | 0x0205 | 0x06 => {}
            _ => return Ok(None),
        }
        let Some(head) = self.head(&mut bytes) else { return Ok(None) };
        let cell = match kind {
            0x0203 => bytes.double().map(|value| self.number(&head, &value)),
            0x027E => bytes.u32().and_then(packed).map(|value| self.number(&head, &value)),
            0xFD => bytes.u32().map(|index| {
                let (text, runs) = self.shared.strings.get(index as usize);
                Cell { runs: runs.to_vec(), ..self.text(&head, text) }
            }),
            0x0204 | 0xD6 => strings::long(&mut bytes).map(|text| self.text(&head, &text)),
            0x0205 => bytes.u8().and_then(|value| Some(self.flag(&head, value, bytes.u8()? != 0))),
            0x06 => return self.formula(&head, &mut bytes),
            _ => None,
        };
        if let Some(cell) = cell {
            self.count.add(self.sheet, cell)?;
        }
        Ok(Some(()))
    }

    fn head(&mut self, bytes: &mut Bytes<'_>) -> Option<Head> {
        let head = Head {
            row: u32::from(bytes.u16()?),
            column: u32::from(bytes.u16()?),
            style: usize::from(bytes.u16()?),
        };
        if self.shared.styles.is_ruled(head.style) {
            self.sheet.rule(head.row, head.column, head.column);
        }
        Some(head)
    }

    /// Several numbers, or several blank cells, side by side.
    fn several(&mut self, kind: u16, bytes: &mut Bytes<'_>) -> Result<Option<()>, ReadError> {
        let (Some(row), Some(first)) = (bytes.u16(), bytes.u16()) else { return Ok(None) };
        let mut column = u32::from(first);
        // The last two bytes repeat the last column.
        while bytes.0.len() > 2 {
            let Some(style) = bytes.u16() else { break };
            let head = Head { row: u32::from(row), column, style: usize::from(style) };
            if self.shared.styles.is_ruled(head.style) {
                self.sheet.rule(head.row, column, column);
            }
            if kind == 0xBD {
                let Some(value) = bytes.u32().and_then(packed) else { break };
                let cell = self.number(&head, &value);
                self.count.add(self.sheet, cell)?;
            }
            column += 1;
        }
        Ok(Some(()))
    }

    fn number(&self, head: &Head, value: &Decimal) -> Cell {
        let text = self.shared.styles.print(head.style, value, self.shared.from_1904);
        Cell { text, number: stored(value), ..self.cell(head) }
    }

    fn text(&self, head: &Head, text: &str) -> Cell {
        Cell { text: self.shared.styles.print_text(head.style, text), ..self.cell(head) }
    }

    /// A blank cell.
    fn cell(&self, head: &Head) -> Cell {
        let font = self.shared.styles.font(head.style);
        Cell { row: head.row, column: head.column, font, ..Cell::default() }
    }

    fn flag(&self, head: &Head, value: u8, error: bool) -> Cell {
        let word = match (error, value) {
            (true, _) => error_word(value),
            (false, 0) => "FALSE",
            (false, _) => "TRUE",
        };
        Cell { text: word.to_owned(), error, ..self.cell(head) }
    }

    fn formula(&mut self, head: &Head, bytes: &mut Bytes<'_>) -> Result<Option<()>, ReadError> {
        let Some(result) = bytes.take(8) else { return Ok(None) };
        let mut cell = match result {
            [0, .., 0xFF, 0xFF] | [3, .., 0xFF, 0xFF] => self.text(head, ""),
            [1, _, value, .., 0xFF, 0xFF] => self.flag(head, *value, false),
            [2, _, value, .., 0xFF, 0xFF] => self.flag(head, *value, true),
            _ => {
                Bytes(result).double().map_or_else(|| self.text(head, ""), |value| self.number(head, &value))
            }
        };
        let place = (head.row, head.column);
        let tokens = bytes.skip(6).and_then(|()| {
            let size = bytes.u16()?;
            bytes.take(usize::from(size))
        });
        cell.formula = match tokens.and_then(|tokens| tokens::read(tokens, Places::Short, place, false)) {
            Some(Read::Text(text)) => Formula::Relative(text.into()),
            Some(Read::SharedFrom(row, column)) => {
                self.sharing.push((place, (row, column)));
                Formula::Some
            }
            None => Formula::Some,
        };
        if matches!(result, [0, .., 0xFF, 0xFF]) {
            self.text_of = Some((cell, head.style));
        } else {
            self.count.add(self.sheet, cell)?;
        }
        Ok(Some(()))
    }

    fn shared_formula(&mut self, bytes: &mut Bytes<'_>) -> Option<()> {
        let top = u32::from(bytes.u16()?);
        bytes.skip(2)?;
        let left = u32::from(bytes.u8()?);
        bytes.skip(3)?;
        let size = bytes.u16()?;
        let tokens = bytes.take(usize::from(size))?;
        if let Some(Read::Text(text)) = tokens::read(tokens, Places::Short, (top, left), true) {
            self.formulas.insert((top, left), text);
        }
        Some(())
    }

    /// Gives cells the formulas that they share.
    fn share(&mut self) {
        if let Some((cell, _)) = self.text_of.take() {
            self.sheet.cells.push(cell);
        }
        let wanted: FxHashMap<(u32, u32), (u32, u32)> = self.sharing.iter().copied().collect();
        for cell in &mut self.sheet.cells {
            let first = wanted.get(&(cell.row, cell.column));
            if let Some(text) = first.and_then(|first| self.formulas.get(first)) {
                cell.formula = Formula::Relative(text.as_str().into());
            }
        }
    }

    /// Objects with text, and which of them are remarks on cells.
    fn object(&mut self, kind: u16, bytes: &mut Bytes<'_>) -> Result<Option<()>, ReadError> {
        let length = std::mem::take(&mut self.text_length);
        match kind {
            0x5D => self.object = bytes.skip(6).and_then(|()| bytes.u16()).unwrap_or(0),
            0x01B6 => self.text_length = bytes.skip(10).and_then(|()| bytes.u16()).map_or(0, usize::from),
            0x3C if length > 0 => {
                within(self.texts.len() + 1, MAX_FILLED, Bound::Cells)?;
                self.texts.extend(strings::characters(bytes, length).map(|text| (self.object, text)));
            }
            0x1C => {
                within(self.remarks.len() + 1, MAX_FILLED, Bound::Cells)?;
                let place = bytes.u16().zip(bytes.u16());
                let object = bytes.skip(2).and_then(|()| bytes.u16());
                let remark = place.zip(object);
                self.remarks.extend(
                    remark.map(|((row, column), object)| (u32::from(row), u32::from(column), object)),
                );
            }
            _ => {}
        }
        Ok(Some(()))
    }

    /// Gives texts of objects to the cells that they remark on; the others are boxes on the sheet.
    fn objects(&mut self) {
        let places: FxHashMap<u16, (u32, u32)> =
            self.remarks.iter().map(|(row, column, object)| (*object, (*row, *column))).collect();
        for (object, text) in self.texts.drain(..) {
            match places.get(&object) {
                Some((row, column)) => self.sheet.comments.push((*row, *column, text)),
                None => self.sheet.shapes.push((0, 0, text)),
            }
        }
    }

    fn row(&mut self, bytes: &mut Bytes<'_>) -> Option<()> {
        let row = u32::from(bytes.u16()?);
        bytes.skip(10)?;
        if bytes.u16()? & 0x20 != 0 {
            self.sheet.hidden_rows.push((row, row));
        }
        Some(())
    }

    fn columns(&mut self, bytes: &mut Bytes<'_>) -> Option<()> {
        let (first, last) = (u32::from(bytes.u16()?), u32::from(bytes.u16()?));
        bytes.skip(4)?;
        if bytes.u16()? & 1 != 0 {
            self.sheet.hidden_columns.push((first, last.min(255).max(first)));
        }
        Some(())
    }

    fn merges(&mut self, bytes: &mut Bytes<'_>) -> Option<()> {
        for _ in 0..bytes.u16()? {
            let (top, bottom) = (u32::from(bytes.u16()?), u32::from(bytes.u16()?));
            let (left, right) = (u32::from(bytes.u16()?), u32::from(bytes.u16()?));
            if top <= bottom && left <= right {
                self.sheet.merges.push(Area { top, left, bottom, right });
            }
        }
        Some(())
    }
}
