//! `encodings/*.toml`: the 8-bit encodings that Vietnamese texts had before Unicode.
//!
//! A table gives the bytes of each letter; bytes that it does not list are those of windows-1252, since that is what
//! Windows shows them as.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::letters::VIETNAMESE;
use super::{GrammarError, Replace, area};

/// The files of `encodings/`, in the order in which encodings are preferred where two read a text alike.
const FILES: [&str; 5] = [
    "encodings/tcvn3.toml",
    "encodings/vni.toml",
    "encodings/viscii.toml",
    "encodings/vps.toml",
    "encodings/windows-1258.toml",
];

/// All known encodings, the more usual first.
#[derive(Debug, Clone, Default)]
pub struct Encodings {
    /// The encodings.
    pub all: Vec<Encoding>,
    /// The characters of windows-1252 that are no ASCII and not their own code, with their bytes; sorted.
    western: Vec<(char, u8)>,
}

/// An 8-bit encoding.
#[derive(Debug, Clone)]
pub struct Encoding {
    /// What it is called.
    pub name: String,
    /// Letters with their bytes, sorted by letter.
    letters: Vec<(char, Vec<u8>)>,
    /// For each byte, the letters whose bytes begin with it, with the bytes that follow; the longest first.
    by_byte: Vec<Vec<(Vec<u8>, char)>>,
    /// How the names of its fonts begin, in lower case.
    fonts: Vec<String>,
    /// How the names of fonts end that draw capitals for small letters, in lower case.
    capitals: Option<String>,
}

/// What bytes were read as.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The text, with U+FFFD for each byte that has no letter.
    pub text: String,
    /// Bytes that have no letter, ascending, each once.
    pub unread: Vec<u8>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    letters: BTreeMap<char, Vec<u8>>,
    /// Other bytes that a letter may have.
    #[serde(default)]
    also: BTreeMap<char, Vec<u8>>,
    /// How the names of its fonts begin.
    #[serde(default)]
    fonts: Vec<String>,
    /// How the names of fonts end that draw capitals for small letters.
    #[serde(default)]
    capitals: Option<String>,
}

impl Encodings {
    pub(super) fn load(replace: Replace<'_>) -> Result<Self, GrammarError> {
        let load = |path: &&'static str| Encoding::new(path, area::<File>(path, replace)?);
        let all = FILES.iter().map(load).collect::<Result<_, _>>()?;
        let mut western: Vec<(char, u8)> = (0x80..=0x9F).map(|byte| (western(byte), byte)).collect();
        western.sort_unstable();
        Ok(Self { all, western })
    }

    /// The encoding that a font's name promises, and whether the font draws capitals for small letters.
    #[must_use]
    pub fn of_font(&self, font: &str) -> Option<(&Encoding, bool)> {
        let font = font.to_lowercase();
        let of = |encoding: &&Encoding| encoding.fonts.iter().any(|start| font.starts_with(start.as_str()));
        let encoding = self.all.iter().find(of)?;
        let face = font.split([',', ' ', '-']).next().unwrap_or(&font);
        let capitals = encoding.capitals.as_ref().is_some_and(|end| face.ends_with(end.as_str()));
        Some((encoding, capitals))
    }

    /// The byte that a character stands for in a text that was taken for windows-1252 or Latin-1; `None` for a
    /// character that neither has.
    #[must_use]
    pub fn byte_of(&self, c: char) -> Option<u8> {
        u8::try_from(u32::from(c)).ok().or_else(|| {
            let index = self.western.binary_search_by_key(&c, |(c, _)| *c).ok()?;
            self.western.get(index).map(|(_, byte)| *byte)
        })
    }
}

impl Encoding {
    fn new(path: &'static str, file: File) -> Result<Self, GrammarError> {
        let File { name, letters, also, fonts, capitals } = file;
        let mut by_byte: Vec<Vec<(Vec<u8>, char)>> = vec![Vec::new(); 256];
        for (letter, bytes) in letters.iter().chain(&also) {
            let Some((first, rest)) = bytes.split_first() else {
                return Err(GrammarError::senseless(path, format!("{letter:?} has no bytes")));
            };
            let Some(begun) = by_byte.get_mut(usize::from(*first)) else { continue };
            if let Some((_, other)) = begun.iter().find(|(other, _)| other == rest) {
                let message = format!("{letter:?} and {other:?} have the same bytes");
                return Err(GrammarError::senseless(path, message));
            }
            begun.push((rest.to_vec(), *letter));
        }
        for begun in &mut by_byte {
            begun.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        let fonts = fonts.iter().map(|font| font.to_lowercase()).collect();
        let capitals = capitals.map(|end| end.to_lowercase());
        Ok(Self { name, letters: letters.into_iter().collect(), by_byte, fonts, capitals })
    }

    /// Reads bytes.
    #[must_use]
    pub fn decode(&self, bytes: &[u8]) -> Decoded {
        let mut out =
            Decoded { text: String::with_capacity(bytes.len() + bytes.len() / 2), unread: Vec::new() };
        let mut rest = bytes;
        while let Some((first, after)) = rest.split_first() {
            let (letter, length) = self.letter(*first, after);
            if letter == char::REPLACEMENT_CHARACTER
                && let Err(index) = out.unread.binary_search(first)
            {
                out.unread.insert(index, *first);
            }
            out.text.push(letter);
            rest = after.get(length..).unwrap_or_default();
        }
        out
    }

    /// The letter that begins with a byte, and how many of the bytes after it belong to it.
    fn letter(&self, first: u8, after: &[u8]) -> (char, usize) {
        let begun = self.by_byte.get(usize::from(first)).map(Vec::as_slice).unwrap_or_default();
        if let Some((rest, letter)) = begun.iter().find(|(rest, _)| after.starts_with(rest)) {
            return (*letter, rest.len());
        }
        match western(first) {
            '\u{80}'..='\u{9F}' => (char::REPLACEMENT_CHARACTER, 0),
            letter => (letter, 0),
        }
    }

    /// The bytes of a letter that the table lists.
    #[must_use]
    pub fn bytes(&self, letter: char) -> Option<&[u8]> {
        let index = self.letters.binary_search_by_key(&letter, |(letter, _)| *letter).ok()?;
        self.letters.get(index).map(|(_, bytes)| bytes.as_slice())
    }

    /// Whether a letter is of ASCII or has bytes.
    #[must_use]
    pub fn has(&self, letter: char) -> bool {
        letter.is_ascii() || self.bytes(letter).is_some()
    }

    /// The letters of Vietnamese that the encoding has no bytes for.
    #[must_use]
    pub fn lacking(&self) -> Vec<char> {
        let capitals = VIETNAMESE.chars().flat_map(char::to_uppercase);
        VIETNAMESE.chars().chain(capitals).filter(|letter| !self.has(*letter)).collect()
    }
}

/// The character of a byte in windows-1252; a control code of Latin-1 where it has none.
fn western(byte: u8) -> char {
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
    text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
}
