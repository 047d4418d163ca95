//! The letters of Vietnamese: base, shape and tone of each.

/// A tone of Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Tone {
    /// No mark (ngang).
    #[default]
    Level,
    /// Grave (huyền).
    Falling,
    /// Acute (sắc).
    Rising,
    /// Hook (hỏi).
    Hook,
    /// Tilde (ngã).
    Tilde,
    /// Dot below (nặng).
    Dot,
}

use Tone::{Dot, Falling, Hook, Level, Rising, Tilde};

/// All tones.
pub const TONES: [Tone; 6] = [Level, Falling, Rising, Hook, Tilde, Dot];

/// The vowel letters, each with its six tones in the order of [`TONES`].
const VOWELS: [[char; 6]; 12] = [
    ['a', 'à', 'á', 'ả', 'ã', 'ạ'],
    ['ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ'],
    ['â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ'],
    ['e', 'è', 'é', 'ẻ', 'ẽ', 'ẹ'],
    ['ê', 'ề', 'ế', 'ể', 'ễ', 'ệ'],
    ['i', 'ì', 'í', 'ỉ', 'ĩ', 'ị'],
    ['o', 'ò', 'ó', 'ỏ', 'õ', 'ọ'],
    ['ô', 'ồ', 'ố', 'ổ', 'ỗ', 'ộ'],
    ['ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ'],
    ['u', 'ù', 'ú', 'ủ', 'ũ', 'ụ'],
    ['ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự'],
    ['y', 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'],
];

/// The small letters from U+1EA1 on, every second code point: base with shape, and tone.
#[rustfmt::skip]
const LAST_BLOCK: [(char, Tone); 45] = [
    ('a', Dot), ('a', Hook),
    ('â', Rising), ('â', Falling), ('â', Hook), ('â', Tilde), ('â', Dot),
    ('ă', Rising), ('ă', Falling), ('ă', Hook), ('ă', Tilde), ('ă', Dot),
    ('e', Dot), ('e', Hook), ('e', Tilde),
    ('ê', Rising), ('ê', Falling), ('ê', Hook), ('ê', Tilde), ('ê', Dot),
    ('i', Hook), ('i', Dot),
    ('o', Dot), ('o', Hook),
    ('ô', Rising), ('ô', Falling), ('ô', Hook), ('ô', Tilde), ('ô', Dot),
    ('ơ', Rising), ('ơ', Falling), ('ơ', Hook), ('ơ', Tilde), ('ơ', Dot),
    ('u', Dot), ('u', Hook),
    ('ư', Rising), ('ư', Falling), ('ư', Hook), ('ư', Tilde), ('ư', Dot),
    ('y', Falling), ('y', Dot), ('y', Hook), ('y', Tilde),
];

/// A small letter without its tone mark, and the tone; any other character is itself.
#[must_use]
pub fn split_tone(letter: char) -> (char, Tone) {
    match letter {
        '\0'..='\u{7F}' => (letter, Level),
        '\u{1EA0}'..='\u{1EF9}' => {
            let index = (u32::from(letter) - 0x1EA0) as usize / 2;
            LAST_BLOCK.get(index).copied().unwrap_or((letter, Level))
        }
        'à' => ('a', Falling),
        'á' => ('a', Rising),
        'ã' => ('a', Tilde),
        'è' => ('e', Falling),
        'é' => ('e', Rising),
        'ì' => ('i', Falling),
        'í' => ('i', Rising),
        'ĩ' => ('i', Tilde),
        'ò' => ('o', Falling),
        'ó' => ('o', Rising),
        'õ' => ('o', Tilde),
        'ù' => ('u', Falling),
        'ú' => ('u', Rising),
        'ũ' => ('u', Tilde),
        'ý' => ('y', Rising),
        _ => (letter, Level),
    }
}

/// A vowel letter with a tone mark; any other character is itself.
#[must_use]
pub fn with_tone(letter: char, tone: Tone) -> char {
    let row = VOWELS.iter().find(|row| row.first() == Some(&letter));
    row.and_then(|row| row.get(tone as usize)).copied().unwrap_or(letter)
}

/// Whether a letter without tone is a vowel.
#[must_use]
pub fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'ă' | 'â' | 'e' | 'ê' | 'i' | 'o' | 'ô' | 'ơ' | 'u' | 'ư' | 'y')
}

/// A letter without tone and without the mark that shapes it: "ươ" gives "uo", "đ" gives "d".
#[must_use]
pub fn unshaped(letter: char) -> char {
    match letter {
        'ă' | 'â' => 'a',
        'ê' => 'e',
        'ô' | 'ơ' => 'o',
        'ư' => 'u',
        'đ' => 'd',
        _ => letter,
    }
}

/// All letters of the same base, the letter's own among them.
#[must_use]
pub fn shapes(letter: char) -> &'static [char] {
    match unshaped(letter) {
        'a' => &['a', 'ă', 'â'],
        'e' => &['e', 'ê'],
        'o' => &['o', 'ô', 'ơ'],
        'u' => &['u', 'ư'],
        'd' => &['d', 'đ'],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vowel_splits_into_what_it_is_made_of() {
        for row in VOWELS {
            for (letter, tone) in row.into_iter().zip(TONES) {
                assert_eq!(split_tone(letter), (row[0], tone));
                assert_eq!(with_tone(row[0], tone), letter);
            }
        }
    }

    #[test]
    fn shapes_share_a_base() {
        assert_eq!(unshaped('ư'), 'u');
        assert_eq!(shapes('ơ'), ['o', 'ô', 'ơ']);
        assert_eq!(split_tone('b'), ('b', Level));
        assert_eq!(with_tone('đ', Dot), 'đ');
    }
}
