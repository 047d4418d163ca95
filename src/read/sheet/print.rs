//! Number formats: how a stored number is shown (ECMA-376-1, 18.8.30 and 18.8.31).
//!
//! In: a format's code and an exact decimal. Out: the text that the cell shows. Marks are those of the code, that
//! is "," between thousands and "." before decimals, unless the code names Vietnamese ("[$-42A]") or is itself
//! written with Vietnamese marks ("#.##0,0").

use super::code::{Code, Piece, Section};
use super::dates;
use super::decimal::{Decimal, PRECISION};

/// Characters that General shows of a number with decimals.
const GENERAL: i32 = 11;
/// Whole numbers from this many digits on are shown as powers of ten.
const LONG: i32 = 21;

/// A number format, ready to print.
#[derive(Debug, Clone, Default)]
pub(super) struct Format {
    code: Code,
}

impl Format {
    pub fn of(code: &str) -> Self {
        Self { code: Code::parse(code) }
    }

    /// The format of one of the numbers that need no code (18.8.30); dates in the order of Vietnam, since 14 and
    /// 22 are "as the machine writes dates".
    pub fn builtin(id: u32) -> Self {
        Self::of(match id {
            1 => "0",
            2 => "0.00",
            3 | 37 | 38 => "#,##0",
            4 | 39 | 40 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 => "0.00E+00",
            14 => "dd/mm/yyyy",
            15 => "d-mmm-yy",
            16 => "d-mmm",
            17 => "mmm-yy",
            18 => "h:mm AM/PM",
            19 => "h:mm:ss AM/PM",
            20 => "h:mm",
            21 => "h:mm:ss",
            22 => "dd/mm/yyyy h:mm",
            41 | 42 => "#,##0;-#,##0;\"-\"",
            43 | 44 => "#,##0.00;-#,##0.00;\"-\"",
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            47 => "mm:ss.0",
            48 => "##0.0E+0",
            49 => "@",
            _ => "General",
        })
    }

    /// What a cell shows that holds a number.
    pub fn print(&self, value: &Decimal, from_1904: bool) -> String {
        let value = value.clone().significant(PRECISION);
        let section = self.code.section(&value);
        // Where a section is for negative numbers alone, it says the sign itself.
        let shown = if section.own_sign { value.clone().abs() } else { value.clone() };
        if section.is_text() {
            return general(&value, section.vietnamese);
        }
        if section.is_date() {
            return dates::print(section, &value, from_1904)
                .unwrap_or_else(|| general(&value, section.vietnamese));
        }
        numeric(section, shown)
    }

    /// What a cell shows that holds text.
    pub fn print_text(&self, text: &str) -> String {
        match self.code.text_section() {
            Some(section) => section
                .pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Text => text,
                    Piece::Literal(literal) => literal.as_str(),
                    _ => "",
                })
                .collect(),
            None => text.to_owned(),
        }
    }
}

/// General: all digits that fit; whole numbers in full.
fn general(value: &Decimal, vietnamese: bool) -> String {
    let magnitude = value.magnitude();
    if magnitude >= LONG || !value.is_zero() && magnitude <= -9 {
        return scientific(value, 5);
    }
    // A digit before the mark and the mark itself take their places.
    let places = (GENERAL - 1 - magnitude.max(1)).max(0);
    let (whole, _) = value.parts();
    let text = if whole.len() > 10 { value.clone().places(0) } else { value.clone().places(places) }.plain();
    if vietnamese { text.replace('.', ",") } else { text }
}

fn scientific(value: &Decimal, places: i32) -> String {
    let rounded = value.clone().abs().significant(usize::try_from(places + 1).unwrap_or(1));
    let exponent = rounded.magnitude() - 1;
    let mantissa = rounded.shifted(-exponent).plain();
    let sign = if value.negative { "-" } else { "" };
    let mark = if exponent < 0 { '-' } else { '+' };
    format!("{sign}{mantissa}E{mark}{:02}", exponent.abs())
}

/// A section that shows digits.
fn numeric(section: &Section, value: Decimal) -> String {
    let mut value = value.shifted(2 * section.percents - 3 * section.thousands);
    if section.has(|piece| matches!(piece, Piece::General))
        || section.has(|piece| matches!(piece, Piece::Fraction))
    {
        let text = general(&value, section.vietnamese);
        return with_literals(section, &text);
    }
    if let Some(places) = section.scientific() {
        return with_literals(section, &scientific(&value, places));
    }
    let places = i32::try_from(section.decimals()).unwrap_or(0);
    value = value.places(places);
    let negative = value.negative && !value.is_zero();
    let (whole, fraction) = value.parts();
    let mut out = String::new();
    if negative {
        out.push('-');
    }
    let mut digits = Whole::new(section, &whole);
    let mut after = false;
    let mut place = 0;
    for piece in &section.pieces {
        match piece {
            Piece::Digit(kind) if after => {
                match fraction.as_bytes().get(place) {
                    Some(digit) => out.push(char::from(*digit)),
                    None if *kind == '0' => out.push('0'),
                    None => {}
                }
                place += 1;
            }
            Piece::Digit(kind) => digits.next(*kind, &mut out),
            Piece::Point => {
                after = true;
                if !fraction.is_empty() || section.zeros_after() {
                    out.push(if section.vietnamese { ',' } else { '.' });
                }
            }
            Piece::Literal(text) => out.push_str(text),
            Piece::Percent => out.push('%'),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// Literals around a number that a section shows as one piece.
fn with_literals(section: &Section, number: &str) -> String {
    let mut out = String::new();
    let mut done = false;
    for piece in &section.pieces {
        match piece {
            Piece::Literal(text) => out.push_str(text),
            Piece::Percent => out.push('%'),
            _ if !done => {
                out.push_str(number);
                done = true;
            }
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// The digits before the decimal mark, given out to their places.
struct Whole<'d> {
    digits: &'d [u8],
    /// Places that are left.
    left: usize,
    mark: Option<char>,
    begun: bool,
}

impl<'d> Whole<'d> {
    fn new(section: &Section, whole: &'d str) -> Self {
        let mark = section.grouped.then_some(if section.vietnamese { '.' } else { ',' });
        Self { digits: whole.as_bytes(), left: section.wholes(), mark, begun: false }
    }

    /// The digits of the next place: all that have no place of their own at the first one.
    fn next(&mut self, kind: char, out: &mut String) {
        while self.digits.len() > self.left {
            if let Some((digit, rest)) = self.digits.split_first() {
                self.digits = rest;
                self.push(char::from(*digit), rest.len().max(self.left), out);
            }
        }
        if self.digits.len() == self.left
            && let Some((digit, rest)) = self.digits.split_first()
        {
            self.digits = rest;
            self.push(char::from(*digit), rest.len(), out);
        } else if kind == '0' {
            self.push('0', self.left.saturating_sub(1), out);
        }
        self.left = self.left.saturating_sub(1);
    }

    fn push(&mut self, digit: char, after: usize, out: &mut String) {
        out.push(digit);
        self.begun = true;
        if let Some(mark) = self.mark
            && after > 0
            && after.is_multiple_of(3)
        {
            out.push(mark);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn shown(code: &str, value: &str) -> String {
        Format::of(code).print(&Decimal::parse(value).unwrap(), false)
    }

    #[test]
    fn codes_give_the_printed_precision() {
        assert_eq!(shown("#,##0.0", "61019"), "61,019.0");
        assert_eq!(shown("#,##0", "1234567.5"), "1,234,568");
        assert_eq!(shown("0.00", "-0.004"), "0.00");
        assert_eq!(shown("0", "16.888000000000002"), "17");
        assert_eq!(shown("#,##0.0##", "1234.5"), "1,234.5");
        assert_eq!(shown("#", "0"), "");
        assert_eq!(shown("000", "7"), "007");
        assert_eq!(shown("#,##0,", "6460000"), "6,460");
        assert_eq!(shown("0.0\" tỷ đồng\"", "3.25"), "3.3 tỷ đồng");
        assert_eq!(shown("_(* #,##0.0_);_(* \\(#,##0.0\\);_(* \"-\"??_);_(@_)", "1984"), "1,984.0");
        assert_eq!(shown("_(* #,##0.0_);_(* \\(#,##0.0\\);_(* \"-\"??_);_(@_)", "-1984"), "(1,984.0)");
        assert_eq!(shown("_(* #,##0.0_);_(* \\(#,##0.0\\);_(* \"-\"??_);_(@_)", "0"), "-");
    }

    #[test]
    fn vietnamese_codes_have_vietnamese_marks() {
        assert_eq!(shown("#.##0,0", "1984"), "1.984,0");
        assert_eq!(shown("#.##0", "12345.6"), "12.346");
        assert_eq!(shown("[$-42A]#,##0.00", "1984.5"), "1.984,50");
        assert_eq!(shown("[$-42A]General", "0.5"), "0,5");
        assert_eq!(shown("#,##0 [$₫-42A]", "6460"), "6.460 ₫");
    }

    #[test]
    fn percent_and_powers_are_scaled() {
        assert_eq!(shown("0%", "0.85"), "85%");
        assert_eq!(shown("0.0%", "0.1234"), "12.3%");
        assert_eq!(shown("0.00E+00", "61019"), "6.1E+04");
    }

    #[test]
    fn general_shows_what_was_typed() {
        assert_eq!(shown("General", "16.888000000000002"), "16.888");
        assert_eq!(shown("General", "129220000000"), "129220000000");
        assert_eq!(shown("General", "0.30000000000000004"), "0.3");
        assert_eq!(shown("General", "33.3333333333333"), "33.33333333");
        assert_eq!(shown("General", "-7"), "-7");
        assert_eq!(shown("General", "0"), "0");
    }

    #[test]
    fn conditions_choose_a_section() {
        assert_eq!(shown("[>=1000]#,##0;[Red]0.0", "1500"), "1,500");
        assert_eq!(shown("[>=1000]#,##0;[Red]0.0", "15"), "15.0");
        assert_eq!(shown("0;;", "0"), "");
    }

    #[test]
    fn text_goes_through_its_section() {
        assert_eq!(Format::of("0;0;0;\"- \"@").print_text("Nội dung"), "- Nội dung");
        assert_eq!(Format::of("#,##0").print_text("6,460"), "6,460");
    }
}
