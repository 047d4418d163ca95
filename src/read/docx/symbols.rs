//! Characters of runs whose font decides which letters they are.
//!
//! Symbol fonts have their characters at U+F000 to U+F0FF, or at the codes of Latin letters. What fonts of the
//! old Vietnamese encodings (".VnTime", "VNI-Times") have is told by the whole text, when it is there.

use std::borrow::Cow;

/// Symbol, by the Adobe Symbol encoding: what lists, measures and targets use.
const SYMBOL: &[(u8, char)] = &[
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xA7, '♣'),
    (0xAE, '→'),
    (0xAC, '←'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBA, '≡'),
    (0xBB, '≈'),
    (0xBC, '…'),
    (0xD7, '⋅'),
    (0xDB, '⇔'),
    (0xDE, '⇒'),
    (0x2D, '−'),
    (0x44, 'Δ'),
    (0x53, 'Σ'),
    (0x57, 'Ω'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x6D, 'μ'),
    (0x70, 'π'),
    (0xE5, '∑'),
];

/// Wingdings: marks of lists, boxes.
const WINGDINGS: &[(u8, char)] = &[
    (0x6C, '●'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x76, '❖'),
    (0x9F, '•'),
    (0xA7, '▪'),
    (0xA8, '◻'),
    (0xD8, '➢'),
    (0xE0, '→'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

/// Where symbol fonts have their characters.
const PRIVATE: u32 = 0xF000;

/// The letters of a run's text.
pub(super) fn decoded<'a>(text: &'a str, font: Option<&str>) -> Cow<'a, str> {
    let table = font.and_then(table);
    let is_private = |c: char| (PRIVATE..PRIVATE + 0x100).contains(&u32::from(c));
    if table.is_none() && !text.contains(is_private) {
        return Cow::Borrowed(text);
    }
    // A private character without a symbol font is of the font that lists use. Digits, brackets and the like stand
    // in Symbol where they stand in ASCII, in no other symbol font.
    let is_symbol = font.is_none_or(|font| font.eq_ignore_ascii_case("Symbol"));
    let table = table.unwrap_or(SYMBOL);
    let letter = |c: char| {
        let code = u32::from(c);
        let byte = u8::try_from(if is_private(c) { code - PRIVATE } else { code }).ok();
        let found = table.iter().find(|(known, _)| Some(*known) == byte).map(|(_, letter)| *letter);
        let plain = byte.filter(|byte| is_symbol && is_private(c) && byte.is_ascii_graphic());
        found.or(plain.map(char::from)).unwrap_or(c)
    };
    Cow::Owned(text.chars().map(letter).collect())
}

/// Whether a font may be one of an old encoding; symbol fonts and the usual ones of Unicode are not.
pub(super) fn may_be_old(font: &str) -> bool {
    const UNICODE: [&str; 6] =
        ["Times New Roman", "Arial", "Calibri", "Cambria", "Tahoma", "Liberation Serif"];
    table(font).is_none() && !UNICODE.contains(&font)
}

fn table(font: &str) -> Option<&'static [(u8, char)]> {
    if font.eq_ignore_ascii_case("Symbol") {
        Some(SYMBOL)
    } else if font.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("Wingdings")) {
        Some(WINGDINGS)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbol_fonts_give_letters() {
        assert_eq!(decoded("\u{F0B3} 68", Some("Symbol")), "≥ 68");
        assert_eq!(decoded("\u{F0B7}", None), "•");
        assert_eq!(decoded("\u{F0A7}", Some("Wingdings")), "▪");
        assert_eq!(decoded("³ 5", Some("Symbol")), "≥ 5");
        assert_eq!(decoded("5 m²", Some("Times New Roman")), "5 m²");
    }
}
