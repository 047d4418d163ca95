//! Entities of HTML that stand in text: Markdown and what converters leave keep them (`Sở KH&amp;CN`).

use super::composed::{joins, plain};

/// Longest entity, without its ampersand.
const LONGEST: usize = 8;

/// What the entity at the start of a text stands for, and its length; `None` where there is none. A sign that would begin
/// a tag or another entity stays as it is written.
pub(super) fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(LONGEST + 1).position(|byte| byte == b';')?;
    let name = text.get(1..end).filter(|_| text.starts_with('&'))?;
    let rest = text.get(end + 1..).unwrap_or_default();
    let sign = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => named(name)?,
    };
    let opens = match sign {
        '<' => rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '&' => entity(&format!("&{}", rest.get(..rest.len().min(LONGEST)).unwrap_or_default())).is_some(),
        _ => false,
    };
    // A mark behind it would join it to one letter.
    let marked = rest.chars().next().is_some_and(joins);
    (!opens && !marked).then_some((sign, end + 1))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    let letter = char::from_u32(code)?;
    // Spaces are plain; what joins other letters, and what is no text, stays as it is written.
    match plain(letter) {
        Some(' ') => Some(' '),
        Some(same) if same == letter && !joins(letter) && !letter.is_control() => Some(letter),
        _ => None,
    }
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "ldquo" => '“',
        "rdquo" => '”',
        "apos" => '\'',
        "lsquo" => '‘',
        "rsquo" => '’',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "le" => '≤',
        "ge" => '≥',
        "times" => '×',
        "deg" => '°',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_their_signs() {
        for (text, sign) in
            [("&amp;CN", '&'), ("&lt; 3,0", '<'), ("&#7843;", 'ả'), ("&#x2265;", '≥'), ("&nbsp;x", ' ')]
        {
            assert_eq!(entity(text).map(|found| found.0), Some(sign), "{text}");
        }
    }

    #[test]
    fn what_would_be_markup_again_stays() {
        for text in
            ["&lt;br&gt;", "&amp;lt;", "&amp;amp;", "&CN;", "& CN;", "&#0;", "&#769;", "R&D", "&khôngcó;"]
        {
            assert_eq!(entity(text), None, "{text}");
        }
    }
}
