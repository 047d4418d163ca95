//! Formulas of binary workbooks, as the text that `formula::relative` gives (MS-XLS 2.2.2, MS-XLSB 2.2.2): sums,
//! regions, numbers and the four operations. What is more than that has no text here.

use super::bytes::Bytes;

/// How a format writes places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Places {
    /// Rows of 16 bits (XLS).
    Short,
    /// Rows of 32 bits (XLSB).
    Long,
}

/// Most tokens of a formula that are looked at.
const MAX_TOKENS: usize = 200;
/// The numbers of SUM and SUBTOTAL among the functions.
const SUM: u16 = 4;
const SUBTOTAL: u16 = 344;

/// A formula as text, or the place of the formula that it shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Read {
    Text(String),
    SharedFrom(u32, u32),
}

/// Reads the tokens of the formula of a cell. `offsets` tells whether places are counted from the cell already, as
/// in formulas that cells share.
pub(super) fn read(tokens: &[u8], places: Places, at: (u32, u32), offsets: bool) -> Option<Read> {
    let mut bytes = Bytes(tokens);
    let mut stack: Vec<String> = Vec::new();
    for _ in 0..MAX_TOKENS {
        let Some(token) = bytes.u8() else { break };
        // The two bits above say how a value is used.
        let kind = if token >= 0x20 { token & 0x1F | 0x20 } else { token };
        match kind {
            0x01 => {
                let row = if places == Places::Long { bytes.u32()? } else { u32::from(bytes.u16()?) };
                let column = if places == Places::Long { 0 } else { u32::from(bytes.u16()?) };
                return Some(Read::SharedFrom(row, column));
            }
            0x03..=0x06 => {
                let (b, a) = (stack.pop()?, stack.pop()?);
                let sign = match kind {
                    0x03 => '+',
                    0x04 => '-',
                    0x05 => '*',
                    _ => '/',
                };
                stack.push(format!("{a}{sign}{b}"));
            }
            0x15 => {
                let inner = stack.pop()?;
                stack.push(format!("({inner})"));
            }
            0x19 => {
                let flags = bytes.u8()?;
                bytes.skip(2)?;
                match flags {
                    flags if flags & 0x10 != 0 => call(&mut stack, "SUM", 1)?,
                    // Spaces, "recalculate always", a branch's jump.
                    flags if flags & 0x04 == 0 => {}
                    _ => return None,
                }
            }
            0x1E => stack.push(bytes.u16()?.to_string()),
            0x1F => stack.push(bytes.double()?.plain()),
            0x22 => {
                let count = bytes.u8()?;
                let name = match bytes.u16()? {
                    SUM => "SUM",
                    SUBTOTAL => "SUBTOTAL",
                    _ => return None,
                };
                call(&mut stack, name, usize::from(count))?;
            }
            0x24 | 0x2C => {
                let row = row(&mut bytes, places)?;
                let column = bytes.u16()?;
                stack.push(place(row, column, at, offsets || kind == 0x2C));
            }
            0x25 | 0x2D => {
                let rows = (row(&mut bytes, places)?, row(&mut bytes, places)?);
                let columns = (bytes.u16()?, bytes.u16()?);
                let offsets = offsets || kind == 0x2D;
                let (from, to) =
                    (place(rows.0, columns.0, at, offsets), place(rows.1, columns.1, at, offsets));
                stack.push(format!("{from}:{to}"));
            }
            _ => return None,
        }
    }
    match stack.as_slice() {
        [one] if bytes.is_empty() => Some(Read::Text(one.clone())),
        _ => None,
    }
}

fn call(stack: &mut Vec<String>, name: &str, count: usize) -> Option<()> {
    let from = stack.len().checked_sub(count)?;
    let arguments = stack.split_off(from).join(",");
    stack.push(format!("{name}({arguments})"));
    Some(())
}

fn row(bytes: &mut Bytes<'_>, places: Places) -> Option<u32> {
    if places == Places::Long { bytes.u32() } else { bytes.u16().map(u32::from) }
}

fn place(row: u32, column: u16, at: (u32, u32), offsets: bool) -> String {
    // The two upper bits tell whether column and row move with the formula.
    let (moves_column, moves_row) = (column & 0x4000 != 0, column & 0x8000 != 0);
    let column = i64::from(column & 0x3FFF);
    let (row, base) = (i64::from(row), (i64::from(at.0), i64::from(at.1)));
    // Offsets are signed: of rows in 16 bits (20 in XLSB), of columns in 8 bits (14 in XLSB).
    let signed = |value: i64, bits: u32| if value >= 1 << (bits - 1) { value - (1 << bits) } else { value };
    let row =
        if offsets && moves_row { signed(row, if row > 0xFFFF { 20 } else { 16 }) } else { row - base.0 };
    let column = if offsets && moves_column {
        signed(column, if column > 0xFF { 14 } else { 8 })
    } else {
        column - base.1
    };
    format!("R[{row}]C[{column}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_regions_have_text() {
        // SUM(F5:F9) in F10, with relative rows and columns.
        let tokens = [0x25, 4, 0, 8, 0, 5, 0xC0, 5, 0xC0, 0x19, 0x10, 0, 0];
        let text = Read::Text("SUM(R[-5]C[0]:R[-1]C[0])".to_owned());
        assert_eq!(read(&tokens, Places::Short, (9, 5), false), Some(text));
        // The same shared, counted from its own cell.
        let tokens = [0x2D, 0xFB, 0xFF, 0xFF, 0xFF, 0, 0xC0, 0, 0xC0, 0x22, 1, 4, 0];
        let text = Read::Text("SUM(R[-5]C[0]:R[-1]C[0])".to_owned());
        assert_eq!(read(&tokens, Places::Short, (9, 5), true), Some(text));
    }

    #[test]
    fn what_is_more_has_none() {
        assert_eq!(read(&[0x21, 0, 0], Places::Short, (0, 0), false), None);
        assert_eq!(read(&[0x25, 1], Places::Short, (0, 0), false), None);
    }
}
