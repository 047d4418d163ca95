//! Workbooks of Excel 97 to 2003 (MS-XLS, BIFF8): `.xls`.

mod cells;
mod strings;

use std::rc::Rc;

use super::book::{Count, MAX_SHEETS, MAX_STYLES, Sheet, Style, Styles, within};
use super::bytes::Bytes;
use super::print::Format;
use super::xlsx::Strings;
use crate::read::compound;
use crate::read::{Bound, ReadError};

pub(super) const FORMAT: &str = "Excel";

/// A record: its kind and bytes.
#[derive(Debug, Clone, Copy)]
struct Record<'b> {
    kind: u16,
    bytes: &'b [u8],
}

/// Records of a stream from an offset on; ends where the stream is cut.
struct Records<'b>(Bytes<'b>);

impl<'b> Iterator for Records<'b> {
    type Item = Record<'b>;

    fn next(&mut self) -> Option<Record<'b>> {
        let kind = self.0.u16()?;
        let size = usize::from(self.0.u16()?);
        Some(Record { kind, bytes: self.0.take(size)? })
    }
}

/// The names of the workbook's fonts.
#[derive(Default)]
struct Fonts(Vec<Rc<str>>);

impl Fonts {
    /// The name of a font; no font has the number 4 (MS-XLS 2.5.129).
    fn get(&self, index: u16) -> Option<Rc<str>> {
        let index = usize::from(index);
        self.0.get(if index > 4 { index - 1 } else { index }).cloned()
    }
}

/// A sheet as the workbook names it.
struct Entry {
    name: String,
    hidden: bool,
    offset: usize,
}

/// What all sheets share.
#[derive(Default)]
struct Shared {
    strings: Strings,
    styles: Styles,
    from_1904: bool,
}

/// Reads a workbook; `take` gets its sheets in their order.
pub(super) fn read(
    bytes: &[u8],
    mut take: impl FnMut(Sheet) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let stream = compound::stream(bytes, &["Workbook", "Book"], FORMAT)?;
    let (entries, shared) = globals(&stream)?;
    let mut count = Count::default();
    for entry in entries {
        let mut sheet = Sheet { name: entry.name, hidden: entry.hidden, ..Sheet::default() };
        let records = Records(Bytes(stream.get(entry.offset..).unwrap_or_default()));
        cells::read(records, &shared, &mut sheet, &mut count)?;
        sheet.sort();
        take(sheet)?;
    }
    Ok(())
}

fn globals(stream: &[u8]) -> Result<(Vec<Entry>, Shared), ReadError> {
    let mut entries = Vec::new();
    let mut shared = Shared::default();
    let mut codes: Vec<(u32, String)> = Vec::new();
    let mut fonts = Fonts::default();
    // Each cell style; its format is a number that the file gives it.
    let mut styles: Vec<Style> = Vec::new();
    let mut table: Vec<&[u8]> = Vec::new();
    let mut records = Records(Bytes(stream)).peekable();
    match records.next() {
        Some(first) if first.kind == 0x0809 && first.bytes.starts_with(&[0, 6]) => {}
        Some(first) if matches!(first.kind & 0xFF, 9) => {
            return Err(ReadError::Unsupported { format: "Excel 5.0/95" });
        }
        _ => return Err(ReadError::Damaged { format: FORMAT, reason: "no workbook record".to_owned() }),
    }
    while let Some(record) = records.next() {
        match record.kind {
            0x0A => break,
            0x2F => return Err(ReadError::Encrypted { format: "office" }),
            0x22 => shared.from_1904 = record.bytes.first() == Some(&1),
            0x85 => {
                within(entries.len() + 1, MAX_SHEETS, Bound::Sheets)?;
                entries.extend(entry(record.bytes));
            }
            0x041E => {
                within(codes.len() + 1, MAX_STYLES, Bound::Objects)?;
                let mut bytes = Bytes(record.bytes);
                codes.extend(bytes.u16().and_then(|id| Some((u32::from(id), strings::long(&mut bytes)?))));
            }
            0xE0 => {
                within(styles.len() + 1, MAX_STYLES, Bound::Objects)?;
                let id = record.bytes.get(2..4).and_then(|bytes| Bytes(bytes).u16()).unwrap_or(0);
                let borders = record.bytes.get(10..12).is_some_and(|bytes| bytes != [0, 0]);
                let font = record.bytes.get(..2).and_then(|bytes| fonts.get(Bytes(bytes).u16()?));
                styles.push(Style { format: u32::from(id), ruled: borders, font });
            }
            0x31 => {
                within(fonts.0.len() + 1, MAX_STYLES, Bound::Objects)?;
                let name = record.bytes.get(14..).and_then(|bytes| strings::short(&mut Bytes(bytes)));
                fonts.0.push(name.unwrap_or_default().into());
            }
            0xFC => {
                table.push(record.bytes);
                while let Some(more) = records.next_if(|record| record.kind == 0x3C) {
                    table.push(more.bytes);
                }
            }
            _ => {}
        }
    }
    shared.strings = strings::table(&table, &fonts)?;
    shared.styles = cell_styles(&codes, styles)?;
    Ok((entries, shared))
}

/// Cell styles from their format numbers.
fn cell_styles(codes: &[(u32, String)], styles: Vec<Style>) -> Result<Styles, ReadError> {
    let mut known: Vec<(u32, u32)> = Vec::new();
    let mut out = Styles::default();
    for style in styles {
        let id = style.format;
        let format = match known.iter().find(|(other, _)| *other == id) {
            Some((_, index)) => *index,
            None => {
                let code = codes.iter().rev().find(|(other, _)| *other == id);
                let index =
                    out.format(code.map_or_else(|| Format::builtin(id), |(_, code)| Format::of(code)))?;
                known.push((id, index));
                index
            }
        };
        out.cell(Style { format, ..style })?;
    }
    Ok(out)
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let mut bytes = Bytes(bytes);
    let offset = bytes.u32()? as usize;
    let hidden = bytes.u8()? & 3 != 0;
    // Charts, macros and modules hold no cells.
    if bytes.u8()? != 0 {
        return None;
    }
    Some(Entry { offset, hidden, name: strings::short(&mut bytes)? })
}
