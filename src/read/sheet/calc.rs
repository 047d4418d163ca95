//! Values of formulas that a file holds without them, as programs leave them that write workbooks and do not calculate.
//!
//! In: all sheets of a workbook. Out: the numbers of such cells, and what they show. Only sums and the four operations
//! are worked out, in exact decimals; a formula with more in it, or over a cell without a value, stays without one.
//!
//! ```text
//! sum     = product { ("+" | "-") product } ;
//! product = signed { ("*" | "/") signed } ;
//! signed  = { "+" | "-" } value { "%" } ;
//! value   = number | "(" sum ")" | call | region ;
//! call    = ("SUM" | "SUBTOTAL" | "ROUND") "(" argument { ("," | ";") argument } ")" ;
//! region  = [ sheet "!" ] cell [ ":" cell ] ;      (* cells as formula::relative writes them *)
//! ```

use rustc_hash::FxHashMap;

use super::book::{Area, Cell, Formula, Sheet, areas, stored};
use super::decimal::Decimal;
use super::formula::{has_call, place};
use crate::value::Number;

/// Most cells that are looked at in all regions, and bytes of text that formulas repeat.
const MAX_SUMMED: usize = 2_000_000;
/// Deepest nesting of brackets, and of formulas over formulas without a value.
const MAX_DEPTH: usize = 160;

/// What a cell holds.
#[derive(Debug, Clone)]
enum Value {
    Number(Number),
    Text(String),
}

/// Gives cells whose formula has no value the one that it gives, and notes them in their sheets.
pub(super) fn fill(sheets: &mut [Sheet]) {
    let blank = are_blank(sheets);
    let mut shown = Vec::new();
    for cell in sheets.iter_mut().filter(|_| blank).flat_map(|sheet| &mut sheet.cells) {
        if cell.formula != Formula::None && !cell.error {
            shown.push((std::mem::take(&mut cell.text), cell.number.take()));
        }
    }
    work_out(sheets);
    let mut shown = shown.into_iter();
    for cell in sheets.iter_mut().filter(|_| blank).flat_map(|sheet| &mut sheet.cells) {
        if cell.formula != Formula::None
            && !cell.error
            && let Some(zero) = shown.next()
            && is_open(cell)
        {
            (cell.text, cell.number) = zero;
        }
    }
}

/// Whether formulas have nothing but zeros for values, as a program writes them that does not calculate and leaves
/// that to the one that opens the file.
fn are_blank(sheets: &[Sheet]) -> bool {
    let cells = || sheets.iter().flat_map(|sheet| &sheet.cells).filter(|cell| cell.formula != Formula::None);
    let zero = |cell: &Cell| cell.error || cell.text.is_empty() || cell.number.is_some_and(Number::is_zero);
    sheets.iter().all(|sheet| sheet.recalculate) && cells().all(zero)
}

fn work_out(sheets: &mut [Sheet]) {
    let mut found: Vec<(usize, usize, Value)> = Vec::new();
    let names = sheets.iter().enumerate().map(|(index, sheet)| (sheet.name.to_lowercase(), index));
    let names = names.collect();
    let mut book = Book { sheets, names, known: FxHashMap::default(), budget: MAX_SUMMED };
    for (at, sheet) in book.sheets.iter().enumerate().filter(|(_, sheet)| sheet.styles.is_some()) {
        for (index, _) in sheet.cells.iter().enumerate().filter(|(_, cell)| is_open(cell)) {
            found.extend(book.value(at, index, 0).map(|value| (at, index, value)));
        }
    }
    let mut places: Vec<Vec<(u32, u32)>> = vec![Vec::new(); sheets.len()];
    for (at, index, value) in found {
        let Some(sheet) = sheets.get_mut(at) else { continue };
        let (Some(styles), Some(cell)) = (&sheet.styles, sheet.cells.get_mut(index)) else { continue };
        match value {
            Value::Number(number) => {
                let Some(value) = Decimal::parse(&number.to_string()) else { continue };
                cell.text = styles.print(cell.style, &value, sheet.from_1904);
                cell.number = stored(&value);
            }
            Value::Text(text) => cell.text = styles.print_text(cell.style, &text),
        }
        if let Some(places) = places.get_mut(at) {
            places.push((cell.column, cell.row));
        }
    }
    for (sheet, places) in sheets.iter_mut().zip(places) {
        sheet.calculated = areas(places);
    }
}

/// Whether a cell has a formula and no value.
fn is_open(cell: &Cell) -> bool {
    cell.formula != Formula::None && cell.text.is_empty() && cell.number.is_none() && !cell.error
}

struct Book<'b> {
    sheets: &'b [Sheet],
    /// The sheets by their names in small letters.
    names: FxHashMap<String, usize>,
    /// What formulas without a value give, `None` while it is being worked out and where it cannot be.
    known: FxHashMap<(usize, usize), Option<Value>>,
    budget: usize,
}

impl<'b> Book<'b> {
    fn value(&mut self, sheet: usize, index: usize, depth: usize) -> Option<Value> {
        let cell = self.sheets.get(sheet)?.cells.get(index)?;
        if cell.error {
            return None;
        }
        if !is_open(cell) {
            return match cell.number {
                Some(number) => Some(Value::Number(number)),
                None => self.repeated(&cell.text),
            };
        }
        if let Some(known) = self.known.get(&(sheet, index)) {
            return match known.clone()? {
                Value::Text(text) => self.repeated(&text),
                number => Some(number),
            };
        }
        let Formula::Relative(text) = &cell.formula else { return None };
        if depth >= MAX_DEPTH {
            return None;
        }
        // A formula over itself has no value.
        self.known.insert((sheet, index), None);
        let value = Reader { book: self, sheet, at: (cell.row, cell.column), depth, rest: text }.formula();
        self.known.insert((sheet, index), value.clone());
        value
    }

    /// A text that another cell shows too.
    fn repeated(&mut self, text: &str) -> Option<Value> {
        self.budget = self.budget.checked_sub(text.len())?;
        Some(Value::Text(text.to_owned()))
    }
}

/// Reads a formula and works it out.
struct Reader<'r, 'b> {
    book: &'r mut Book<'b>,
    sheet: usize,
    /// The formula's own cell.
    at: (u32, u32),
    depth: usize,
    rest: &'b str,
}

/// Which cells of a region a sum leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    All,
    /// Cells that are partial sums themselves.
    Partial,
    /// Those, and hidden rows.
    Shown,
}

impl Reader<'_, '_> {
    fn formula(&mut self) -> Option<Value> {
        let whole = self.rest;
        if let Some((sheet, area)) = self.region()
            && self.rest.is_empty()
            && (area.top, area.left) == (area.bottom, area.right)
        {
            return self.cell(sheet, area);
        }
        self.rest = whole;
        let number = self.sum()?;
        self.rest.is_empty().then_some(Value::Number(number))
    }

    fn sum(&mut self) -> Option<Number> {
        let mut total = self.product()?;
        loop {
            if self.take('+') {
                total = total.checked_add(self.product()?)?;
            } else if self.take('-') {
                total = total.checked_add(self.product()?.checked_mul(Number::whole(-1))?)?;
            } else {
                return Some(total);
            }
        }
    }

    fn product(&mut self) -> Option<Number> {
        let mut total = self.signed()?;
        loop {
            if self.take('*') {
                total = total.checked_mul(self.signed()?)?;
            } else if self.take('/') {
                total = total.checked_div(self.signed()?)?;
            } else {
                return Some(total);
            }
        }
    }

    fn signed(&mut self) -> Option<Number> {
        let mut minus = false;
        while let Some(sign) = self.rest.chars().next().filter(|c| matches!(c, '+' | '-')) {
            self.take(sign);
            minus ^= sign == '-';
        }
        let mut value = self.value()?;
        while self.take('%') {
            value = value.checked_div(Number::whole(100))?;
        }
        if minus { value.checked_mul(Number::whole(-1)) } else { Some(value) }
    }

    fn value(&mut self) -> Option<Number> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let value = if self.take('(') {
            let inner = self.sum()?;
            self.take(')').then_some(inner)
        } else if let Some((sheet, area)) = self.region() {
            let one = (area.top, area.left) == (area.bottom, area.right);
            match one.then(|| self.cell(sheet, area))?? {
                Value::Number(number) => Some(number),
                Value::Text(_) => None,
            }
        } else if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            let end = self.rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(self.rest.len());
            let (number, rest) = self.rest.split_at_checked(end)?;
            self.rest = rest;
            Decimal::parse(number)?.number()
        } else {
            self.call()
        };
        self.depth -= 1;
        value
    }

    fn call(&mut self) -> Option<Number> {
        let (name, rest) = self.rest.split_once('(')?;
        self.rest = rest;
        match name.to_ascii_uppercase().as_str() {
            "SUM" => self.sum_of(Over::All),
            "SUBTOTAL" => {
                let kind = self.sum()?.to_i64()?;
                let over = match kind {
                    9 => Over::Partial,
                    109 => Over::Shown,
                    _ => return None,
                };
                if self.separator() { self.sum_of(over) } else { None }
            }
            "ROUND" => {
                let value = self.sum()?;
                let places = if self.separator() { self.sum()?.to_i64()? } else { return None };
                let places = u32::try_from(places).ok().filter(|places| *places <= 20)?;
                self.take(')').then(|| value.round(places))
            }
            _ => None,
        }
    }

    /// The sum of arguments up to the bracket.
    fn sum_of(&mut self, over: Over) -> Option<Number> {
        let mut total = Number::ZERO;
        loop {
            let from = self.rest;
            let region = self.region().filter(|_| self.rest.starts_with([',', ';', ')']));
            let next = match region {
                Some((sheet, area)) => self.region_sum(sheet, area, over)?,
                None => {
                    self.rest = from;
                    self.sum()?
                }
            };
            total = total.checked_add(next)?;
            if self.take(')') {
                return Some(total);
            }
            if !self.separator() {
                return None;
            }
        }
    }

    /// The sum of the numbers in a region; texts in it count nothing.
    fn region_sum(&mut self, sheet: usize, area: Area, over: Over) -> Option<Number> {
        let view = self.book.sheets.get(sheet)?;
        let cells = &view.cells;
        let mut total = Number::ZERO;
        let mut from = cells.partition_point(|cell| (cell.row, cell.column) < (area.top, area.left));
        while let Some(cell) = cells.get(from).filter(|cell| cell.row <= area.bottom) {
            self.book.budget = self.book.budget.checked_sub(1)?;
            if cell.column < area.left || cell.column > area.right {
                let row = cell.row + u32::from(cell.column > area.right);
                let rest = cells.get(from..)?;
                from += rest.partition_point(|cell| (cell.row, cell.column) < (row, area.left));
                continue;
            }
            let left_out =
                over != Over::All && is_partial(cell) || over == Over::Shown && view.hides_row(cell.row);
            let number = match cell.number {
                _ if left_out => None,
                None if is_open(cell) => match self.book.value(sheet, from, self.depth + 1)? {
                    Value::Number(number) => Some(number),
                    Value::Text(_) => None,
                },
                _ if cell.error => return None,
                number => number,
            };
            if let Some(number) = number {
                total = total.checked_add(number)?;
            }
            from += 1;
        }
        Some(total)
    }

    /// What one cell holds; a blank one is zero.
    fn cell(&mut self, sheet: usize, area: Area) -> Option<Value> {
        let cells = &self.book.sheets.get(sheet)?.cells;
        match cells.binary_search_by_key(&(area.top, area.left), |cell| (cell.row, cell.column)) {
            Ok(index) => self.book.value(sheet, index, self.depth + 1),
            Err(_) => Some(Value::Number(Number::ZERO)),
        }
    }

    /// The region that comes next and its sheet; nothing is read where none does.
    fn region(&mut self) -> Option<(usize, Area)> {
        let (sheet, rest) = match self.rest.split_once('!') {
            Some((name, rest)) if is_sheet_name(name) => (self.sheet_of(name)?, rest),
            _ => (self.sheet, self.rest),
        };
        let (first, rest) = place(rest)?;
        let (last, rest) = match rest.strip_prefix(':') {
            Some(rest) => place(rest)?,
            None => (first, rest),
        };
        let cell = |(row, column): (i64, i64)| {
            let of = |base: u32, offset: i64| u32::try_from(i64::from(base) + offset).ok();
            Some((of(self.at.0, row)?, of(self.at.1, column)?))
        };
        let ((top, left), (bottom, right)) = (cell(first)?, cell(last)?);
        self.rest = rest;
        let area = Area {
            top: top.min(bottom),
            left: left.min(right),
            bottom: bottom.max(top),
            right: right.max(left),
        };
        Some((sheet, area))
    }

    fn sheet_of(&self, name: &str) -> Option<usize> {
        let inner = name.strip_prefix('\'').and_then(|name| name.strip_suffix('\''));
        let name = inner.map_or_else(|| name.to_owned(), |name| name.replace("''", "'")).to_lowercase();
        self.book.names.get(&name).copied()
    }

    fn take(&mut self, wanted: char) -> bool {
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn separator(&mut self) -> bool {
        self.take(',') || self.take(';')
    }
}

/// "'Biểu 1'", "Sheet2": what may stand before the "!" of a place.
fn is_sheet_name(text: &str) -> bool {
    match text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
        Some(inner) => !inner.replace("''", "").contains('\''),
        None => !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.')),
    }
}

/// Whether a cell is a partial sum, which sums of that kind do not count twice.
fn is_partial(cell: &Cell) -> bool {
    matches!(&cell.formula, Formula::Relative(text) if has_call(text, "SUBTOTAL"))
}

#[cfg(test)]
mod tests;
