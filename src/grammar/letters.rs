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

/// The small letters of Vietnamese that ASCII does not have.
pub const VIETNAMESE: &str = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";

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

/// What a letter of Vietnamese is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// The small letter of ASCII under the marks; 0 for a letter that is not Vietnamese.
    pub base: u8,
    /// Which mark shapes the vowel, if one does.
    pub shape: Option<Shape>,
    /// The tone.
    pub tone: Tone,
}

/// A mark that makes another vowel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// ă
    Breve,
    /// â, ê, ô
    Circumflex,
    /// ơ, ư
    Horn,
}

/// The first letter of a block of marked vowels, and how many follow.
const LATIN: u32 = 0xC0;
const LATIN_LENGTH: usize = 0x1B1 - 0xC0;
const ADDITIONAL: u32 = 0x1EA0;
const ADDITIONAL_LENGTH: usize = 0x1EFA - 0x1EA0;

static LATIN_PARTS: [Parts; LATIN_LENGTH] = parts_from(LATIN);
static ADDITIONAL_PARTS: [Parts; ADDITIONAL_LENGTH] = parts_from(ADDITIONAL);

/// What a marked vowel of Vietnamese, small or capital, is made of; `None` for any other character.
#[must_use]
#[inline]
pub fn parts(letter: char) -> Option<Parts> {
    let code = u32::from(letter);
    let parts = match code {
        LATIN..ADDITIONAL => LATIN_PARTS.get((code - LATIN) as usize)?,
        _ => ADDITIONAL_PARTS.get(code.checked_sub(ADDITIONAL)? as usize)?,
    };
    (parts.base != 0).then_some(*parts)
}

/// The parts of the letters from a code point on, out of [`VOWELS`].
#[allow(clippy::indexing_slicing, reason = "worked out by the compiler, which stops at a wrong index")]
const fn parts_from<const N: usize>(first: u32) -> [Parts; N] {
    let mut out = [Parts { base: 0, shape: None, tone: Level }; N];
    let mut at = 0;
    while at < VOWELS.len() * TONES.len() {
        let (vowel, tone) = (VOWELS[at / TONES.len()], at % TONES.len());
        let small = vowel[tone] as u32;
        if small >= 0x80 {
            let (base, shape) = shaped(vowel[0]);
            let parts = Parts { base, shape, tone: TONES[tone] };
            // Capitals stand 32 code points before small letters in Latin-1 and right before them elsewhere.
            let capital = if small < 0x100 { small - 0x20 } else { small - 1 };
            let codes = [small, capital];
            let mut k = 0;
            while k < codes.len() {
                if codes[k] >= first && codes[k] - first < N as u32 {
                    out[(codes[k] - first) as usize] = parts;
                }
                k += 1;
            }
        }
        at += 1;
    }
    out
}

const fn shaped(vowel: char) -> (u8, Option<Shape>) {
    match vowel {
        'ă' => (b'a', Some(Shape::Breve)),
        'â' => (b'a', Some(Shape::Circumflex)),
        'ê' => (b'e', Some(Shape::Circumflex)),
        'ô' => (b'o', Some(Shape::Circumflex)),
        'ơ' => (b'o', Some(Shape::Horn)),
        'ư' => (b'u', Some(Shape::Horn)),
        _ => (vowel as u8, None),
    }
}

impl Shape {
    /// The combining mark.
    #[must_use]
    pub fn mark(self) -> char {
        match self {
            Self::Breve => '\u{306}',
            Self::Circumflex => '\u{302}',
            Self::Horn => '\u{31B}',
        }
    }
}

impl Tone {
    /// The combining mark; none for the level tone.
    #[must_use]
    pub fn mark(self) -> Option<char> {
        match self {
            Level => None,
            Falling => Some('\u{300}'),
            Rising => Some('\u{301}'),
            Hook => Some('\u{309}'),
            Tilde => Some('\u{303}'),
            Dot => Some('\u{323}'),
        }
    }
}

/// A word's small letters without tone mark, and its tone; `None` for two tone marks or a character that is no
/// letter.
#[must_use]
pub fn taken_apart(word: &str) -> Option<(String, Tone)> {
    let mut letters = String::with_capacity(word.len());
    let mut tone = Level;
    for letter in word.chars().flat_map(char::to_lowercase) {
        let (base, mark) = split_tone(letter);
        if !base.is_alphabetic() || (mark != Level && tone != Level) {
            return None;
        }
        if mark != Level {
            tone = mark;
        }
        letters.push(base);
    }
    Some((letters, tone))
}

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
    fn the_parts_of_a_letter_are_those_of_its_decomposition() {
        use unicode_normalization::char::decompose_canonical;
        for letter in ('\u{80}'..='\u{24F}').chain('\u{1E00}'..='\u{1EFF}') {
            let Some(parts) = parts(letter) else { continue };
            let mut decomposed = String::new();
            decompose_canonical(letter, |c| decomposed.extend(c.to_lowercase()));
            let mut marks: Vec<char> =
                parts.shape.map(Shape::mark).into_iter().chain(parts.tone.mark()).collect();
            let mut expected: Vec<char> = decomposed.chars().skip(1).collect();
            marks.sort_unstable();
            expected.sort_unstable();
            assert_eq!(decomposed.chars().next(), Some(char::from(parts.base)), "{letter}");
            assert_eq!(marks, expected, "{letter}");
        }
        let vowels = VOWELS.iter().flatten().filter(|c| !c.is_ascii());
        assert!(vowels.copied().all(|c| parts(c).is_some()));
        assert!(['Ả', 'Ư', 'Ễ', 'Ý'].into_iter().all(|c| parts(c).is_some()));
        assert!(['a', 'đ', 'ç', '–', 'ə'].into_iter().all(|c| parts(c).is_none()));
    }

    #[test]
    fn shapes_share_a_base() {
        assert_eq!(unshaped('ư'), 'u');
        assert_eq!(shapes('ơ'), ['o', 'ô', 'ơ']);
        assert_eq!(split_tone('b'), ('b', Level));
        assert_eq!(with_tone('đ', Dot), 'đ');
    }
}
