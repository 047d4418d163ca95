//! Letters with their marks in composed form, and what single characters are written as.

use unicode_normalization::char::{canonical_combining_class, compose, decompose_canonical};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What a cluster is written as: nearly always one letter.
pub(super) enum Composed {
    One([u8; 4], u8),
    More(String),
}

impl Composed {
    fn one(c: char) -> Self {
        let mut bytes = [0; 4];
        let length = c.encode_utf8(&mut bytes).len();
        Self::One(bytes, u8::try_from(length).unwrap_or(0))
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::One(bytes, length) => bytes
                .get(..usize::from(*length))
                .and_then(|b| std::str::from_utf8(b).ok())
                .unwrap_or_default(),
            Self::More(text) => text,
        }
    }
}

/// A base and its marks in composed form, and whether they were in that form.
#[inline]
pub(super) fn composed(base: char, marks: impl Iterator<Item = char> + Clone) -> (Composed, bool) {
    if let Some((letter, same)) = composed_in_turn(base, marks.clone()) {
        return (Composed::one(letter), same);
    }
    let given: String = std::iter::once(base).chain(marks).collect();
    let text: String = given.nfc().collect();
    if text.chars().nth(1).is_some()
        && let Some(letter) = reordered(&text)
    {
        return (Composed::one(letter), false);
    }
    let same = text == given;
    (Composed::More(text), same)
}

/// The one letter that a base gives with its marks in the order in which they stand, which is the order
/// of composed form; and whether there are no marks.
fn composed_in_turn(base: char, marks: impl Iterator<Item = char>) -> Option<(char, bool)> {
    if !is_composed(base) {
        return None;
    }
    let (mut letter, mut same, mut class) = (base, true, 0);
    for mark in marks {
        let next = canonical_combining_class(mark);
        if next < class.max(1) {
            return None;
        }
        letter = compose(letter, mark).filter(|letter| is_composed(*letter))?;
        (same, class) = (false, next);
    }
    Some((letter, same))
}

/// The one Vietnamese letter that a cluster gives when the marks that shape a vowel are put before its
/// tone mark ("ó" + circumflex), if it does.
fn reordered(text: &str) -> Option<char> {
    let mut shape = None;
    let mut tone = None;
    let mut base = None;
    for c in text.chars() {
        decompose_canonical(c, |part| match part {
            '\u{302}' | '\u{306}' | '\u{31B}' if shape.is_none() => shape = Some(part),
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' if tone.is_none() => tone = Some(part),
            _ if base.is_none() => base = Some(Some(part)),
            _ => base = Some(None),
        });
    }
    let vowel = compose(base??, shape?)?;
    compose(vowel, tone?)
}

/// What a character is written as: itself, a plain space or line end, ASCII for its wide form; nothing for
/// an invisible one.
pub(super) fn plain(c: char) -> Option<char> {
    match c {
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' | '\u{B}' => {
            Some(' ')
        }
        '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        // Word's hyphen that does not break.
        '\u{1E}' => Some('-'),
        _ if is_wide(c) => char::from_u32(u32::from(c) - 0xFEE0),
        _ if is_invisible(c) => None,
        // A few characters are other ones by definition: the sign of the kelvin is the letter K.
        _ if !is_composed(c) && !is_mark(c) => Some(sole(std::iter::once(c).nfc()).unwrap_or(c)),
        _ => Some(c),
    }
}

/// The one character of a sequence of one.
fn sole(mut characters: impl Iterator<Item = char>) -> Option<char> {
    let first = characters.next()?;
    characters.next().is_none().then_some(first)
}

/// Whether a character is the wide form of an ASCII one, from East Asian fonts.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{FF01}'..='\u{FF5E}')
}

fn is_invisible(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' | '\u{C}' => false,
        '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' => true,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{FEFF}' => true,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        '\u{FE00}'..='\u{FE0F}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E01EF}' => true,
        _ => false,
    }
}

/// Whether a character is a mark on the one before it.
pub(super) fn is_mark(c: char) -> bool {
    match c {
        '\u{0}'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}' | '\u{2010}'..='\u{2027}' => false,
        '\u{300}'..='\u{34E}' => true,
        _ => canonical_combining_class(c) != 0,
    }
}

/// Whether a character may change or be changed by the one before it.
pub(super) fn joins(c: char) -> bool {
    is_mark(c) || !is_composed(c)
}

/// Whether a character stays itself in composed form whatever stands before it.
pub(super) fn is_composed(c: char) -> bool {
    match c {
        '\u{0}'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}' | '\u{2010}'..='\u{2027}' => true,
        _ => matches!(is_nfc_quick(std::iter::once(c)), IsNormalized::Yes),
    }
}
