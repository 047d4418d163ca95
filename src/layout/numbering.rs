//! Numbers of headings and rows: what style, what value, how long.
//!
//! ```text
//! number   = worded | path | letter | paren ;
//! worded   = ("Phần" | "Chương" | "Mục" | "Điều") ["thứ"] (ordinal | roman | digits) [end]
//!          | "Khoản" digits end | "Điểm" lower end ;
//! path     = component {"." component} end ;          (* "6.", "6.1.", "XI.4.", "A.1", "A.I.1", "2.1-" *)
//! component= roman | upper | digits ;
//! letter   = lower (")" | ".") ;                       (* "a)", "đ)" *)
//! paren    = "(" (digits | lower | roman) ")" | digits ")" ;
//! end      = "." | ")" | ":" | "/" | "-" ;          (* a dash stands before a capital: "I- Mục tiêu" *)
//! ```

use crate::grammar::{Counted, Numbering};
use crate::text;

/// A number as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberToken {
    /// The style; siblings share it.
    pub style: Style,
    /// Value of the last component, from 1.
    pub ordinal: u32,
    /// What it is called in ids: "6.3", "a", "P1".
    pub label: String,
    /// Length in bytes of the printed number, with its end mark, without the space after it.
    pub len: usize,
}

/// Style of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// "Phần thứ nhất", "Chương I", "Điều 1": the index of the word in the grammar.
    Worded(u8),
    /// "A."
    Upper,
    /// "I."
    Roman,
    /// "XI.4." and other paths that begin with a Roman numeral or a capital: number of components.
    RomanPath(u8),
    /// "1.", "1.1.", "1.1.1.": number of components.
    Arabic(u8),
    /// "1)"
    ArabicParen,
    /// "(1)"
    Paren,
    /// "(a)", "(i)"
    ParenLetter,
    /// "a)", "a."
    Lower,
}

/// Largest number of a list; larger ones are years and quantities.
const MAX_ORDINAL: u32 = 999;
/// Most digits of a component after the first.
const MAX_PART_DIGITS: usize = 2;
/// Largest number of components of a path.
const MAX_DEPTH: usize = 8;
/// Order of lower-case letters in Vietnamese lists.
const LETTERS: &[char] = &[
    'a', 'b', 'c', 'd', 'đ', 'e', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
    'x', 'y',
];

/// The number that a line of text begins with; a bare number needs an end mark ("6." or "6)").
#[must_use]
pub fn heading_number(text: &str, grammar: &Numbering) -> Option<NumberToken> {
    let first = text.chars().next()?;
    let token = if first == '(' {
        paren(text)
    } else if first.is_ascii_digit() {
        path(text, true)
    } else if first.is_alphabetic() {
        worded(text, grammar).or_else(|| if first.is_lowercase() { letter(text) } else { path(text, true) })
    } else {
        None
    }?;
    // Something has to follow, after a space or at once with a capital ("1.Mục đích").
    let rest = text.get(token.len..)?;
    let next = rest.chars().next();
    // "749/QĐ-TTg ngày …" at the beginning of a line is a document's number.
    let sign = rest.split(char::is_whitespace).next().unwrap_or_default();
    let letters = sign.chars().take_while(|c| c.is_uppercase()).count();
    let after_slash = text.get(..token.len).is_some_and(|number| number.ends_with('/'));
    let cited = after_slash && letters > 1 && sign.get(1..).is_some_and(|rest| rest.contains('-'));
    let apart = !cited
        && next.is_none_or(|c| c.is_whitespace() || c.is_uppercase() || matches!(c, '“' | '"' | '*' | '('));
    (apart && !rest.trim().is_empty() || matches!(token.style, Style::Worded(_))).then_some(token)
}

/// Most bytes of a cell that holds a number and nothing else: "Tiểu dự án 1.2.10".
const NUMBER_BYTES: usize = 80;

/// The number that a row's number cell holds, whole; an end mark may be missing ("6", "XI.4").
#[must_use]
pub fn cell_number(text: &str, grammar: &Numbering) -> Option<NumberToken> {
    let text = text.trim();
    let first = text.chars().next().filter(|_| text.len() <= NUMBER_BYTES)?;
    let token = if first == '(' {
        paren(text)
    } else if first.is_lowercase() {
        letter(text).or_else(|| lone_letter(text)).or_else(|| small_roman(text))
    } else {
        path(text, false)
            .filter(|token| token.len == text.len())
            .or_else(|| coded(text))
            .or_else(|| worded(text, grammar))
    }?;
    (token.len == text.len()).then_some(token)
}

/// "A1", "B12": a row under the letter of its group.
fn coded(text: &str) -> Option<NumberToken> {
    let code = text.trim_end_matches(['.', ')']);
    let letter = code.chars().next().filter(|c| is_number_capital(*c))?;
    let digits = code.get(letter.len_utf8()..)?;
    let counts = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let ordinal = digits.parse().ok().filter(|ordinal| counts && *ordinal > 0)?;
    Some(NumberToken { style: Style::RomanPath(2), ordinal, label: code.to_owned(), len: text.len() })
}

fn worded(text: &str, grammar: &Numbering) -> Option<NumberToken> {
    let mut words = text.split_whitespace();
    let head = text::fold(words.next()?);
    let (index, word) = grammar.words.iter().enumerate().find(|(_, word)| {
        word.word == head || word.word.split(' ').next() == Some(head.as_str()) && word.word.contains(' ')
    })?;
    // A word of two syllables ("Tiểu mục").
    for more in word.word.split(' ').skip(1) {
        if text::fold(words.next()?) != more {
            return None;
        }
    }
    let mut next = words.next()?;
    let worded = text::fold(next) == "thu";
    if worded {
        next = words.next()?;
    }
    let end = next.as_ptr() as usize - text.as_ptr() as usize;
    // Emphasis may end with the number: "**Điều 1.** Ban hành".
    let next = next.split(['*', '<']).next()?;
    let bare = next.trim_end_matches(['.', ':', ',', '-', '–', ')']);
    let ordinal = if word.counted == Counted::Letters {
        letter_ordinal(bare)
    } else if worded {
        grammar.ordinals.get(&text::fold(bare)).copied().or_else(|| roman(bare))
    } else if word.id == "P" && is_part_letter(bare) {
        letter_ordinal(&bare.to_lowercase())
    } else {
        bare.parse().ok().or_else(|| roman(bare)).or_else(|| {
            // "PHẦN MỘT"
            grammar.ordinals.get(&text::fold(bare)).copied().filter(|_| head == "phan")
        })
    }?;
    let printed = next.strip_suffix([',', '-', '–']).unwrap_or(next);
    let label = match word.id.as_str() {
        "C-" => format!("C-{bare}"),
        _ if word.counted == Counted::Letters => bare.to_owned(),
        id => format!("{id}{ordinal}"),
    };
    // Plain text may begin with "Mục 3 của ..."; a heading's number ends the line, or an end mark or a
    // capital follows.
    let after = text.get(end + printed.len()..)?.trim_start();
    let heading = printed.ends_with(['.', ':', ')'])
        || !word.marked
            && (after.is_empty()
                || after
                    .chars()
                    .next()
                    .is_some_and(|c| c.is_uppercase() || matches!(c, '-' | '–' | ':' | '*')));
    (heading && ordinal <= MAX_ORDINAL).then(|| NumberToken {
        style: Style::Worded(u8::try_from(index).unwrap_or(u8::MAX)),
        ordinal,
        label,
        len: end + printed.len(),
    })
}

/// "Phần A", "PHẦN C": no document has a hundred parts, so "C" counts as a letter.
fn is_part_letter(label: &str) -> bool {
    matches!(label, "A" | "B" | "C" | "D" | "Đ" | "E" | "G" | "H")
}

fn paren(text: &str) -> Option<NumberToken> {
    let close = text.find(')')?;
    let inner = text.get(1..close)?;
    let (style, ordinal) = if let Ok(n) = inner.parse::<u32>() {
        (Style::Paren, n)
    } else if let Some(n) = roman(&inner.to_ascii_uppercase()) {
        (Style::ParenLetter, n)
    } else {
        (Style::ParenLetter, letter_ordinal(inner)?)
    };
    (ordinal <= MAX_ORDINAL).then(|| NumberToken { style, ordinal, label: inner.to_owned(), len: close + 1 })
}

fn letter(text: &str) -> Option<NumberToken> {
    let mut chars = text.char_indices();
    let (_, c) = chars.next()?;
    let (end, mark) = chars.next()?;
    let ordinal = letter_ordinal(c.encode_utf8(&mut [0; 4]))?;
    matches!(mark, ')' | '.').then(|| NumberToken {
        style: Style::Lower,
        ordinal,
        label: c.to_string(),
        len: end + 1,
    })
}

fn lone_letter(text: &str) -> Option<NumberToken> {
    let ordinal = letter_ordinal(text)?;
    Some(NumberToken { style: Style::Lower, ordinal, label: text.to_owned(), len: text.len() })
}

/// "ii", "iv.": a Roman number in small letters, of two at least.
fn small_roman(text: &str) -> Option<NumberToken> {
    let label = text.trim_end_matches(['.', ')']);
    let small = label.len() > 1 && label.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    let ordinal = roman(&label.to_uppercase()).filter(|_| small)?;
    Some(NumberToken { style: Style::ParenLetter, ordinal, label: label.to_owned(), len: text.len() })
}

fn letter_ordinal(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    let c = chars.next().filter(|_| chars.next().is_none())?;
    // Lists that have "F" have it in the place of "G".
    let c = if c == 'f' { 'g' } else { c };
    LETTERS.iter().position(|letter| *letter == c).and_then(|i| u32::try_from(i + 1).ok())
}

/// "6.", "6.1.", "XI.4.", "A.1", "1)", "IV".
fn path(text: &str, needs_end: bool) -> Option<NumberToken> {
    let Printed { components, end_mark, len } = printed(text)?;
    // "1.1 Tên" needs no end mark, "1 tên" and "I tên" do.
    if needs_end && end_mark.is_none() && components.len() < 2 {
        return None;
    }
    let first = *components.first()?;
    let last = *components.last()?;
    let number = |s: &str| s.parse::<u32>().ok();
    if components.iter().filter_map(|c| number(c)).any(|n| n > MAX_ORDINAL || n == 0 && components.len() > 1)
    {
        return None;
    }
    let depth = u8::try_from(components.len()).unwrap_or(u8::MAX);
    let leading_capital = number(first).is_none();
    let ordinal = number(last).or_else(|| roman(last)).or_else(|| capital_ordinal(last))?;
    let style = match (leading_capital, depth, end_mark) {
        (true, 1, _) if roman(first).is_some() => Style::Roman,
        (true, 1, _) => Style::Upper,
        (true, _, _) => Style::RomanPath(depth),
        (false, 1, Some(')' | '/')) => Style::ArabicParen,
        (false, _, _) => Style::Arabic(depth),
    };
    let strip = |s: &str| number(s).map_or_else(|| s.to_owned(), |n| n.to_string());
    let label = components.iter().map(|c| strip(c)).collect::<Vec<_>>().join(".");
    Some(NumberToken { style, ordinal, label, len })
}

/// The components that a number is printed with, and what ends it.
struct Printed<'a> {
    components: Vec<&'a str>,
    end_mark: Option<char>,
    /// In bytes, the mark included.
    len: usize,
}

fn printed(text: &str) -> Option<Printed<'_>> {
    let mut components: Vec<&str> = Vec::new();
    let mut at = 0;
    let mut end_mark = None;
    loop {
        let rest = text.get(at..)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let length = if digits > 0 {
            digits
        } else {
            rest.char_indices()
                .take_while(|(_, c)| is_number_capital(*c))
                .map(|(i, c)| i + c.len_utf8())
                .last()?
        };
        let component = rest.get(..length)?;
        if digits == 0 && roman(component).is_none() && component.chars().count() > 1 {
            return None;
        }
        // "23.460" is a figure.
        if digits > MAX_PART_DIGITS && !components.is_empty() {
            return None;
        }
        components.push(component);
        at += length;
        match text.get(at..)?.chars().next() {
            Some('.') => {
                at += 1;
                let next = text.get(at..)?;
                let goes_on =
                    next.starts_with(|c: char| c.is_ascii_digit()) || digits == 0 && is_capital_part(next);
                if goes_on && components.len() < MAX_DEPTH {
                    continue;
                }
                end_mark = Some('.');
            }
            Some(mark @ (')' | '/')) if components.len() == 1 && digits > 0 => {
                at += 1;
                end_mark = Some(mark);
            }
            // "I/ MỤC TIÊU"
            Some('/') if components.len() == 1 && text.get(at + 1..)?.starts_with(' ') => {
                at += 1;
                end_mark = Some('/');
            }
            _ => {
                if let Some(length) = dash(text.get(at..)?, digits == 0 && components.len() == 1) {
                    at += length;
                    end_mark = Some('-');
                }
            }
        }
        return Some(Printed { components, end_mark, len: at });
    }
}

/// Length of a dash that ends a number: "I- Mục tiêu", "2.1- Đến năm 2030", after a capital also "I - MỤC TIÊU". What
/// follows begins with a capital, else it is a range or a compound.
fn dash(rest: &str, spaced: bool) -> Option<usize> {
    let trimmed = if spaced { rest.trim_start_matches(' ') } else { rest };
    let mark = trimmed.chars().next().filter(|c| matches!(c, '-' | '–'))?;
    let length = rest.len() - trimmed.len() + mark.len_utf8();
    let after = rest.get(length..)?;
    let apart = rest.len() == trimmed.len() || after.starts_with(' ');
    let next = after.trim_start().chars().next();
    // "1- 100% khu dân cư", "2- 05 lớp tập huấn"; "1- 3 người" is a range.
    let figure =
        mark == '-' && rest.len() == trimmed.len() && after.starts_with(' ') && is_figure(after.trim_start());
    (apart && next.is_none_or(|c| c.is_uppercase() || matches!(c, '“' | '"' | '*')) || figure)
        .then_some(length)
}

/// Whether a text begins with a number of two digits or more, or with a percentage, and goes on with a word.
fn is_figure(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..).unwrap_or_default();
    let percent = rest.strip_prefix('%');
    let word = percent.unwrap_or(rest).strip_prefix(' ');
    (digits > 1 || digits > 0 && percent.is_some())
        && word.is_some_and(|word| word.starts_with(char::is_alphabetic))
}

/// Whether a text begins with a Roman numeral or a capital that is the next component of a path: "I.1" after "A.".
fn is_capital_part(text: &str) -> bool {
    let length = text.find(|c: char| !is_number_capital(c)).unwrap_or(text.len());
    let (part, rest) = text.split_at_checked(length).unwrap_or((text, ""));
    let ends = rest.is_empty() || rest.starts_with(['.', ' ', ')']);
    ends && !part.is_empty() && (roman(part).is_some() || part.chars().count() == 1)
}

fn is_number_capital(c: char) -> bool {
    c.is_ascii_uppercase() || c == 'Đ'
}

fn capital_ordinal(text: &str) -> Option<u32> {
    letter_ordinal(&text.to_lowercase())
}

/// The value of a Roman numeral in capitals that counts headings: "D." and "M." are letters.
pub(crate) fn roman(text: &str) -> Option<u32> {
    text::roman_value(text).filter(|value| *value < 400 && text.bytes().all(|byte| byte.is_ascii_uppercase()))
}

impl NumberToken {
    /// The number of the next sibling in words of ids, for a style that counts ("III" after "II").
    #[must_use]
    pub fn label_of(&self, ordinal: u32) -> Option<String> {
        match self.style {
            Style::Roman => Some(text::roman(ordinal)),
            Style::Upper => {
                LETTERS.get(ordinal.checked_sub(1)? as usize).map(|c| c.to_uppercase().to_string())
            }
            Style::Arabic(1) => Some(ordinal.to_string()),
            Style::Arabic(_) | Style::RomanPath(_) if self.label.ends_with(|c: char| c.is_ascii_digit()) => {
                self.label.rsplit_once('.').map(|(front, _)| format!("{front}.{ordinal}"))
            }
            _ => None,
        }
    }

    /// The token as a Roman number in small letters, where its letter can be one: "i", "v", "x".
    #[must_use]
    pub fn as_small_roman(&self) -> Option<Self> {
        let ordinal = roman(&self.label.to_uppercase()).filter(|_| self.style == Style::Lower)?;
        matches!(self.label.as_str(), "i" | "v" | "x").then(|| Self {
            style: Style::ParenLetter,
            ordinal,
            ..self.clone()
        })
    }

    /// The same token read as a capital letter rather than a Roman numeral ("C.", "D.").
    #[must_use]
    pub fn as_letter(&self) -> Option<Self> {
        let ordinal = capital_ordinal(&self.label)?;
        (self.style == Style::Roman).then(|| Self { style: Style::Upper, ordinal, ..self.clone() })
    }
}

#[cfg(test)]
mod tests;
