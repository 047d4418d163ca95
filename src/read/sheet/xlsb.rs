//! Binary workbooks of Office Open XML (MS-XLSB): `.xlsb`.
//!
//! A part is a row of records: kind and size in groups of seven bits, then the bytes.

use std::io::{BufRead, Read};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::book::{
    Area, Cell, Count, Formula, MAX_MERGES, MAX_SHEETS, MAX_STRING, MAX_STYLES, Sheet, Style, Styles,
};
use super::book::{stored, within};
use super::bytes::{Bytes, error_word, packed, wide};
use super::print::Format;
use super::tokens::{self, Places};
use super::xlsx::{Relation, Strings, relations, workbook_part};
use crate::read::package::Package;
use crate::read::{Bound, ReadError};
use crate::source::related_part;

const FORMAT: &str = "Excel";
/// Most bytes of a record.
const MAX_RECORD: usize = 4 << 20;

/// What all sheets share.
#[derive(Default)]
struct Shared {
    strings: Strings,
    styles: Styles,
    from_1904: bool,
}

/// A sheet as the workbook names it.
struct Entry {
    name: String,
    hidden: bool,
    part: String,
}

/// Reads a workbook; `take` gets its sheets in their order.
pub(super) fn read(
    bytes: &[u8],
    mut take: impl FnMut(Sheet) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut package = Package::open(bytes, FORMAT)?;
    let workbook = workbook_part(&mut package, "xl/workbook.bin")?;
    let relations = relations(&mut package, &workbook)?;
    let mut shared = Shared::default();
    let mut entries: Vec<Entry> = Vec::new();
    let known = each(&mut package, &workbook, |kind, bytes| match kind {
        153 => {
            shared.from_1904 = bytes.first().is_some_and(|flags| flags & 1 != 0);
            Ok(())
        }
        156 => {
            within(entries.len() + 1, MAX_SHEETS, Bound::Sheets)?;
            entries.extend(entry(Bytes(bytes), &relations));
            Ok(())
        }
        _ => Ok(()),
    })?;
    if !known {
        return Err(ReadError::Damaged { format: FORMAT, reason: "no workbook part".to_owned() });
    }
    let part = |kind: &str, usual: &str| {
        let known = relations.iter().find(|relation| relation.kind == kind);
        known.map_or_else(|| related_part(&workbook, usual), |relation| relation.target.clone())
    };
    shared.styles = styles(&mut package, &part("styles", "styles.bin"))?;
    let mut strings = Strings::default();
    each(&mut package, &part("sharedStrings", "sharedStrings.bin"), |kind, bytes| {
        let mut bytes = Bytes(bytes);
        match (kind == 19).then(|| bytes.skip(1)).flatten() {
            Some(()) => strings.push(&text(&mut bytes).unwrap_or_default(), Vec::new()),
            None => Ok(()),
        }
    })?;
    shared.strings = strings;
    let mut count = Count::default();
    for entry in entries {
        let mut sheet = Sheet { name: entry.name, hidden: entry.hidden, ..Sheet::default() };
        let mut reader = Cells { shared: &shared, sheet: &mut sheet, count: &mut count, row: 0, last: None };
        let mut formulas: FxHashMap<(u32, u32), Box<str>> = FxHashMap::default();
        each(&mut package, &entry.part, |kind, bytes| reader.record(kind, Bytes(bytes), &mut formulas))?;
        sheet.sort();
        take(sheet)?;
    }
    Ok(())
}

/// Calls `take` with each record of a part; whether there is such a part.
fn each(
    package: &mut Package<'_>,
    name: &str,
    mut take: impl FnMut(u16, &[u8]) -> Result<(), ReadError>,
) -> Result<bool, ReadError> {
    let Some(mut part) = package.bytes(name)? else { return Ok(false) };
    let mut buffer = Vec::new();
    while !part.fill_buf().map_err(|error| Package::error(&error, FORMAT))?.is_empty() {
        let kind = u16::try_from(seven_bits(&mut part, 2)?).unwrap_or(u16::MAX);
        let size = seven_bits(&mut part, 4)? as usize;
        within(size, MAX_RECORD, Bound::Unpacked)?;
        buffer.resize(size, 0);
        part.read_exact(&mut buffer).map_err(|error| Package::error(&error, FORMAT))?;
        take(kind, &buffer)?;
    }
    Ok(true)
}

/// A number in groups of seven bits, lowest first. A kind of two bytes keeps its marking bit's place.
fn seven_bits(part: &mut impl Read, most: u32) -> Result<u32, ReadError> {
    let mut out = 0;
    for index in 0..most {
        let mut byte = [0_u8];
        part.read_exact(&mut byte).map_err(|error| Package::error(&error, FORMAT))?;
        let [byte] = byte;
        out |= u32::from(byte & 0x7F) << (7 * index);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Ok(out)
}

/// A string with a length of four bytes.
fn text(bytes: &mut Bytes<'_>) -> Option<String> {
    let length = bytes.u32()? as usize;
    if length > MAX_STRING {
        return None;
    }
    bytes.take(length * 2).map(wide)
}

fn entry(mut bytes: Bytes<'_>, relations: &[Relation]) -> Option<Entry> {
    let hidden = bytes.u32()? != 0;
    bytes.skip(4)?;
    let id = text(&mut bytes)?;
    let name = text(&mut bytes)?;
    let relation = relations.iter().find(|relation| relation.id == id)?;
    (relation.kind == "worksheet").then(|| Entry { name, hidden, part: relation.target.clone() })
}

fn styles(package: &mut Package<'_>, part: &str) -> Result<Styles, ReadError> {
    let mut codes: FxHashMap<u32, String> = FxHashMap::default();
    let mut known: FxHashMap<u32, u32> = FxHashMap::default();
    let mut borders: Vec<bool> = Vec::new();
    let mut fonts: Vec<Option<Rc<str>>> = Vec::new();
    let mut in_cells = false;
    let mut out = Styles::default();
    each(package, part, |kind, bytes| {
        let mut rest = Bytes(bytes);
        match kind {
            44 => {
                within(codes.len(), MAX_STYLES, Bound::Objects)?;
                codes.extend(rest.u16().and_then(|id| Some((u32::from(id), text(&mut rest)?))));
            }
            43 => {
                within(fonts.len(), MAX_STYLES, Bound::Objects)?;
                // Size, weight and colour stand before the name.
                fonts.push(rest.skip(21).and_then(|()| text(&mut rest)).map(Rc::from));
            }
            46 => {
                within(borders.len(), MAX_STYLES, Bound::Objects)?;
                // Four sides of ten bytes, each with its kind of line first.
                let sides = bytes.get(1..41).unwrap_or_default().chunks(10);
                borders.push(sides.into_iter().any(|side| side.first().is_some_and(|line| *line != 0)));
            }
            617 => in_cells = true,
            618 => in_cells = false,
            47 if in_cells => {
                let id = bytes.get(2..4).and_then(|bytes| Bytes(bytes).u16()).map_or(0, u32::from);
                let border = bytes.get(8..10).and_then(|bytes| Bytes(bytes).u16()).unwrap_or(0);
                let ruled = borders.get(usize::from(border)).is_some_and(|drawn| *drawn);
                let format = match known.get(&id) {
                    Some(index) => *index,
                    None => {
                        let format =
                            codes.get(&id).map_or_else(|| Format::builtin(id), |code| Format::of(code));
                        *known.entry(id).or_insert(out.format(format)?)
                    }
                };
                let font = bytes.get(4..6).and_then(|bytes| Bytes(bytes).u16()).map(usize::from);
                let font = font.and_then(|font| fonts.get(font).cloned()).flatten();
                out.cell(Style { format, ruled, font })?;
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(out)
}

/// A worksheet while it is read.
struct Cells<'r> {
    shared: &'r Shared,
    sheet: &'r mut Sheet,
    count: &'r mut Count,
    row: u32,
    /// The last cell with a formula that it shares.
    last: Option<(u32, u32)>,
}

impl Cells<'_> {
    fn record(
        &mut self,
        kind: u16,
        mut bytes: Bytes<'_>,
        formulas: &mut FxHashMap<(u32, u32), Box<str>>,
    ) -> Result<(), ReadError> {
        match kind {
            0 => {
                self.row = bytes.u32().unwrap_or(0);
                let hidden = bytes.0.get(7).is_some_and(|flags| flags & 0x10 != 0);
                if hidden {
                    self.sheet.hidden_rows.push((self.row, self.row));
                }
            }
            60 => {
                let columns = bytes.u32().zip(bytes.u32());
                let hidden = bytes.0.get(8).is_some_and(|flags| flags & 1 != 0);
                self.sheet.hidden_columns.extend(columns.filter(|(first, last)| hidden && first <= last));
            }
            176 => {
                within(self.sheet.merges.len() + 1, MAX_MERGES, Bound::Cells)?;
                self.sheet.merges.extend(area(&mut bytes));
            }
            1..=11 => {
                if let Some(cell) = self.cell(kind, &mut bytes, formulas) {
                    self.count.add(self.sheet, cell)?;
                }
            }
            427 => {
                let Some(area) = area(&mut bytes) else { return Ok(()) };
                let tokens = bytes.u32().and_then(|size| bytes.take(size as usize));
                let at = (area.top, area.left);
                if let Some(tokens::Read::Text(text)) =
                    tokens.and_then(|tokens| tokens::read(tokens, Places::Long, at, true))
                {
                    let text: Box<str> = text.into();
                    // The cell of the formula stands before it.
                    let first = self.last.unwrap_or(at);
                    if let Some(cell) =
                        self.sheet.cells.last_mut().filter(|cell| (cell.row, cell.column) == first)
                    {
                        cell.formula = Formula::Relative(text.clone());
                    }
                    formulas.insert(first, text);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn cell(
        &mut self,
        kind: u16,
        bytes: &mut Bytes<'_>,
        formulas: &FxHashMap<(u32, u32), Box<str>>,
    ) -> Option<Cell> {
        let (row, column) = (self.row, bytes.u32()?);
        let style = (bytes.u32()? & 0x00FF_FFFF) as usize;
        if self.shared.styles.is_ruled(style) {
            self.sheet.rule(row, column, column);
        }
        let mut cell = Cell { row, column, font: self.shared.styles.font(style), ..Cell::default() };
        let number = match kind {
            2 => Some(bytes.u32().and_then(packed)?),
            5 | 9 => Some(bytes.double()?),
            _ => None,
        };
        cell.text = match (kind, &number) {
            (_, Some(value)) => self.shared.styles.print(style, value, self.shared.from_1904),
            (3 | 11, _) => {
                cell.error = true;
                error_word(bytes.u8()?).to_owned()
            }
            (4 | 10, _) => (if bytes.u8()? == 0 { "FALSE" } else { "TRUE" }).to_owned(),
            (6 | 8, _) => self.shared.styles.print_text(style, &text(bytes)?),
            (7, _) => {
                let index = bytes.u32()? as usize;
                self.shared.styles.print_text(style, self.shared.strings.get(index).0)
            }
            _ => String::new(),
        };
        cell.number = number.as_ref().and_then(stored);
        if (8..=11).contains(&kind) {
            cell.formula = self.formula(bytes, (row, column), formulas).unwrap_or(Formula::Some);
        }
        Some(cell)
    }

    fn formula(
        &mut self,
        bytes: &mut Bytes<'_>,
        at: (u32, u32),
        formulas: &FxHashMap<(u32, u32), Box<str>>,
    ) -> Option<Formula> {
        bytes.skip(2)?;
        let size = bytes.u32()? as usize;
        let tokens = bytes.take(size)?;
        match tokens::read(tokens, Places::Long, at, false)? {
            tokens::Read::Text(text) => Some(Formula::Relative(text.into())),
            tokens::Read::SharedFrom(row, _) => {
                bytes.skip(4)?;
                let first = (row, bytes.u32()?);
                self.last = Some(first);
                formulas.get(&first).map(|text| Formula::Relative(text.clone()))
            }
        }
    }
}

/// A region: its first and last row, first and last column.
fn area(bytes: &mut Bytes<'_>) -> Option<Area> {
    let (top, bottom, left, right) = (bytes.u32()?, bytes.u32()?, bytes.u32()?, bytes.u32()?);
    (top <= bottom && left <= right).then_some(Area { top, left, bottom, right })
}
