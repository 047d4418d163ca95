//! Number format codes taken apart (ECMA-376-1, 18.8.31).
//!
//! ```text
//! code    = section { ";" section } ;             (* at most four: positive, negative, zero, text *)
//! section = { "[" … "]" | quoted | "\" any | "_" any | "*" any | digit | "." | "," | "%" | "E+" | "@" | date } ;
//! ```

use std::cmp::Ordering;

use super::decimal::Decimal;

/// Longest code that is read; a longer one is General.
const MAX_CODE: usize = 512;
/// Vietnamese in the language numbers of "[$-42A]"; higher bits choose digits and calendar.
const VIETNAMESE: u32 = 0x42A;

/// A code.
#[derive(Debug, Clone)]
pub(super) struct Code {
    sections: Vec<Section>,
}

/// A section of a code.
#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    pub pieces: Vec<Piece>,
    condition: Option<(Ordering, bool, Decimal)>,
    pub vietnamese: bool,
    /// Whether thousands are parted.
    pub grouped: bool,
    /// How often the number is divided by a thousand.
    pub thousands: i32,
    pub percents: i32,
    /// Whether the section is for negative numbers alone.
    pub own_sign: bool,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Literal(String),
    /// '0', '#' or '?'.
    Digit(char),
    Point,
    Percent,
    /// "E+" and the like.
    Power,
    Fraction,
    General,
    Text,
    /// Letters of a date: "yyyy", "mm", "[h]".
    Date(String),
}

impl Default for Code {
    fn default() -> Self {
        Self { sections: vec![Section { pieces: vec![Piece::General], ..Section::default() }] }
    }
}

impl Code {
    pub fn parse(code: &str) -> Self {
        if code.trim().is_empty() || code.len() > MAX_CODE {
            return Self::default();
        }
        let mut sections: Vec<Section> = split(code).into_iter().take(4).map(section).collect();
        let conditions = sections.iter().any(|section| section.condition.is_some());
        if !conditions
            && sections.len() > 1
            && let Some(negative) = sections.get_mut(1)
        {
            negative.own_sign = true;
        }
        Self { sections }
    }

    /// The section that a number is shown by.
    pub fn section(&self, value: &Decimal) -> &Section {
        static GENERAL: Section = Section::EMPTY;
        let numbers: Vec<&Section> = self
            .sections
            .iter()
            .take(3)
            .filter(|section| self.sections.len() < 2 || !section.is_text())
            .collect();
        if numbers.iter().any(|section| section.condition.is_some()) {
            let met =
                numbers.iter().find(|section| section.condition.as_ref().is_none_or(|it| met(it, value)));
            return met.or(numbers.last()).copied().unwrap_or(&GENERAL);
        }
        let index = if value.is_zero() { 2 } else { usize::from(value.negative) };
        numbers.get(index).or(numbers.first()).copied().unwrap_or(&GENERAL)
    }

    /// The section that text is shown by; `None` where text is shown as it is.
    pub fn text_section(&self) -> Option<&Section> {
        self.sections.iter().find(|section| section.is_text() && section.pieces.len() > 1)
    }
}

impl Section {
    const EMPTY: Self = Self {
        pieces: Vec::new(),
        condition: None,
        vietnamese: false,
        grouped: false,
        thousands: 0,
        percents: 0,
        own_sign: false,
    };

    pub fn has(&self, is: impl Fn(&Piece) -> bool) -> bool {
        self.pieces.iter().any(is)
    }

    pub fn is_date(&self) -> bool {
        self.has(|piece| matches!(piece, Piece::Date(_)))
    }

    pub fn is_text(&self) -> bool {
        self.has(|piece| matches!(piece, Piece::Text))
    }

    /// Places before the decimal mark.
    pub fn wholes(&self) -> usize {
        let before = self.pieces.iter().take_while(|piece| **piece != Piece::Point);
        before.filter(|piece| matches!(piece, Piece::Digit(_))).count()
    }

    /// Places after the decimal mark.
    pub fn decimals(&self) -> usize {
        self.after_point().count()
    }

    /// Whether some decimal place is always shown.
    pub fn zeros_after(&self) -> bool {
        self.after_point().any(|kind| kind == '0')
    }

    /// Decimal places of a section that shows powers of ten.
    pub fn scientific(&self) -> Option<i32> {
        self.has(|piece| matches!(piece, Piece::Power)).then(|| {
            let mantissa = self.pieces.iter().take_while(|piece| **piece != Piece::Power);
            let after = mantissa.skip_while(|piece| **piece != Piece::Point);
            i32::try_from(after.filter(|piece| matches!(piece, Piece::Digit(_))).count()).unwrap_or(0)
        })
    }

    fn after_point(&self) -> impl Iterator<Item = char> {
        let after = self.pieces.iter().skip_while(|piece| **piece != Piece::Point);
        after.filter_map(|piece| match piece {
            Piece::Digit(kind) => Some(*kind),
            _ => None,
        })
    }
}

fn met((order, or_equal, bound): &(Ordering, bool, Decimal), value: &Decimal) -> bool {
    let (Some(value), Some(bound)) = (value.number(), bound.number()) else { return false };
    let found = value.cmp(&bound);
    found == *order && *order != Ordering::Equal || *or_equal && found == Ordering::Equal
}

/// A code at its semicolons, those in quotes and after "\" left out.
fn split(code: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                out.extend(code.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    out.extend(code.get(start..));
    out
}

/// What stands in a section, before commas and points are understood.
enum Raw {
    Piece(Piece),
    Comma,
}

fn section(code: &str) -> Section {
    let mut out = Section::default();
    let mut raw: Vec<Raw> = Vec::new();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let mut len = c.len_utf8();
        let after = rest.get(len..).unwrap_or_default();
        match c {
            '[' => {
                let end = after.find(']').unwrap_or(after.len());
                bracket(after.get(..end).unwrap_or_default(), &mut out, &mut raw);
                len += end + 1;
            }
            '"' => {
                let end = after.find('"').unwrap_or(after.len());
                literal(&mut raw, after.get(..end).unwrap_or_default());
                len += end + 1;
            }
            '\\' | '_' | '*' => {
                let next = after.chars().next();
                len += next.map_or(0, char::len_utf8);
                // "_x" is as wide as x, "*x" fills the cell.
                match next.filter(|_| c == '\\') {
                    Some(next) => literal(&mut raw, next.encode_utf8(&mut [0; 4])),
                    None if c == '_' => literal(&mut raw, " "),
                    None => {}
                }
            }
            '0' | '#' | '?' => raw.push(Raw::Piece(Piece::Digit(c))),
            '.' => raw.push(Raw::Piece(Piece::Point)),
            ',' => raw.push(Raw::Comma),
            '%' => {
                out.percents += 1;
                raw.push(Raw::Piece(Piece::Percent));
            }
            '@' => raw.push(Raw::Piece(Piece::Text)),
            _ if starts(rest, "General") => {
                len = "General".len();
                raw.push(Raw::Piece(Piece::General));
            }
            'E' | 'e' if after.starts_with(['+', '-']) => {
                len += 1;
                raw.push(Raw::Piece(Piece::Power));
            }
            _ if starts(rest, "AM/PM") || starts(rest, "A/P") => {
                len = if starts(rest, "AM/PM") { 5 } else { 3 };
                raw.push(Raw::Piece(Piece::Date("AM/PM".to_owned())));
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                len = rest.len()
                    - rest.trim_start_matches([c.to_ascii_lowercase(), c.to_ascii_uppercase()]).len();
                let letters = rest.get(..len).unwrap_or_default().to_ascii_lowercase();
                raw.push(Raw::Piece(Piece::Date(letters)));
            }
            _ => literal(&mut raw, c.encode_utf8(&mut [0; 4])),
        }
        rest = rest.get(len..).unwrap_or_default();
    }
    settle(&mut out, raw);
    out
}

fn starts(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

fn literal(raw: &mut Vec<Raw>, text: &str) {
    if let Some(Raw::Piece(Piece::Literal(last))) = raw.last_mut() {
        last.push_str(text);
    } else if !text.is_empty() {
        raw.push(Raw::Piece(Piece::Literal(text.to_owned())));
    }
}

/// "[Red]", "[>=100]", "[$₫-42A]", "[h]".
fn bracket(inner: &str, out: &mut Section, raw: &mut Vec<Raw>) {
    if let Some(money) = inner.strip_prefix('$') {
        let (sign, language) = money.rsplit_once('-').unwrap_or((money, ""));
        literal(raw, sign);
        let number = u32::from_str_radix(language, 16).unwrap_or(0);
        out.vietnamese |= number & 0xFFFF == VIETNAMESE || language.eq_ignore_ascii_case("VN");
    } else if let Some((order, or_equal, bound)) = condition(inner) {
        out.condition = Some((order, or_equal, bound));
    } else if !inner.is_empty() && inner.chars().all(|c| matches!(c, 'h' | 'H' | 'm' | 'M' | 's' | 'S')) {
        raw.push(Raw::Piece(Piece::Date(format!("[{}]", inner.to_ascii_lowercase()))));
    }
}

fn condition(inner: &str) -> Option<(Ordering, bool, Decimal)> {
    let (order, or_equal, rest) = [
        (">=", Ordering::Greater, true),
        ("<=", Ordering::Less, true),
        (">", Ordering::Greater, false),
        ("<", Ordering::Less, false),
        ("=", Ordering::Equal, true),
    ]
    .into_iter()
    .find_map(|(mark, order, or_equal)| Some((order, or_equal, inner.strip_prefix(mark)?)))?;
    Some((order, or_equal, Decimal::parse(rest)?))
}

/// Understands points and commas.
fn settle(out: &mut Section, raw: Vec<Raw>) {
    let date = raw.iter().any(|raw| matches!(raw, Raw::Piece(Piece::Date(_))));
    let digits = raw.iter().any(|raw| matches!(raw, Raw::Piece(Piece::Digit(_))));
    if date || !digits {
        let plain = |raw| match raw {
            Raw::Piece(Piece::Point) => Piece::Literal(".".to_owned()),
            Raw::Piece(piece) => piece,
            Raw::Comma => Piece::Literal(",".to_owned()),
        };
        out.pieces = raw.into_iter().map(plain).collect();
        return;
    }
    let localised = is_localised(&raw);
    out.vietnamese |= localised;
    let last_digit = raw.iter().rposition(|raw| matches!(raw, Raw::Piece(Piece::Digit(_)))).unwrap_or(0);
    let mut seen = false;
    let mut point = false;
    for (index, raw) in raw.into_iter().enumerate() {
        let (group, mark) = match &raw {
            Raw::Comma => (!localised, localised),
            Raw::Piece(Piece::Point) => (localised, !localised),
            Raw::Piece(_) => (false, false),
        };
        if mark {
            if !point {
                out.pieces.push(Piece::Point);
            }
            point = true;
        } else if group {
            if seen && index < last_digit && !point {
                out.grouped = true;
            } else if seen {
                out.thousands += 1;
            }
        } else if let Raw::Piece(piece) = raw {
            if matches!(&piece, Piece::Literal(text) if text.trim() == "/") && seen {
                out.pieces.push(Piece::Fraction);
            } else {
                seen |= matches!(piece, Piece::Digit(_));
                out.pieces.push(piece);
            }
        }
    }
}

/// Whether a section is written with the marks of Vietnam: "#.##0,0", "#.##0". With those of the standard a digit
/// that need not be shown stands never before one that must be, after the point.
fn is_localised(raw: &[Raw]) -> bool {
    let after: Vec<char> = raw
        .iter()
        .skip_while(|raw| !matches!(raw, Raw::Piece(Piece::Point)))
        .skip(1)
        .map_while(|raw| match raw {
            Raw::Piece(Piece::Digit(kind)) => Some(*kind),
            _ => None,
        })
        .collect();
    after == ['#', '#', '0']
}
