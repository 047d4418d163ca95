//! Fonts: which letters a string's codes are, and how wide.
//!
//! What a code means comes from the font's ToUnicode map first, then from its encoding and differences
//! (ISO 32000-1, 9.10.2). Where neither tells, letters are unknown and stand as U+FFFD.

use lopdf::{Dictionary, Document, Encoding, Object};
use rustc_hash::FxHashMap;

/// Most bytes that a font's maps may unpack to.
const MAX_MAP: usize = 4 << 20;
/// Most entries of a list of widths.
const MAX_WIDTHS: usize = 70_000;

/// A font as far as its text goes.
#[derive(Debug, Default)]
pub(super) struct Font {
    /// Its PostScript name, without the subset mark.
    pub name: String,
    /// Bytes of a code: 1 or 2.
    bytes: usize,
    letters: FxHashMap<u32, Box<str>>,
    /// Widths of codes in thousandths of the size.
    widths: FxHashMap<u32, f64>,
    default_width: f64,
    /// Thousandths of the size to glyph space; Type 3 fonts have a scale of their own.
    scale: f64,
    /// Whether nothing tells what the codes mean.
    pub mute: bool,
}

/// A code of a string.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code<'a> {
    /// The letters, if known.
    pub letters: Option<&'a str>,
    /// How far the pen goes, for a size of 1.
    pub width: f64,
    /// Whether word spacing applies (ISO 32000-1, 9.3.3).
    pub is_word_space: bool,
}

impl Font {
    pub fn of(document: &Document, font: &Dictionary) -> Self {
        let subtype = name_of(document, font, b"Subtype");
        let base = name_of(document, font, b"BaseFont");
        let name = base.split_once('+').map_or(base.as_str(), |(_, name)| name).to_owned();
        let mut out = Self { name, bytes: 1, scale: 0.001, default_width: 0.0, ..Self::default() };
        let map = to_unicode(document, font);
        if subtype == "Type0" {
            out.bytes = 2;
            if let Some(Encoding::UnicodeMapEncoding(map)) = &map {
                for code in 0..=u32::from(u16::MAX) {
                    out.add(code, map.get(code, 2));
                }
            }
            out.mute = out.letters.is_empty();
            let descendant = font
                .get_deref(b"DescendantFonts", document)
                .and_then(Object::as_array)
                .ok()
                .and_then(|array| array.first())
                .and_then(|object| document.dereference(object).ok())
                .and_then(|(_, object)| object.as_dict().ok());
            if let Some(descendant) = descendant {
                out.composite_widths(document, descendant);
            }
        } else {
            out.simple_letters(document, font, map);
            out.simple_widths(document, font);
            if subtype == "Type3"
                && let Some(scale) = font
                    .get_deref(b"FontMatrix", document)
                    .and_then(Object::as_array)
                    .ok()
                    .and_then(|matrix| number(matrix.first()?))
            {
                out.scale = scale.abs();
            }
        }
        out
    }

    fn add(&mut self, code: u32, units: Option<Vec<u16>>) {
        let Some(units) = units else { return };
        let text = String::from_utf16_lossy(&units);
        if !text.is_empty() && !text.starts_with('\0') {
            self.letters.insert(code, text.into());
        }
    }

    fn simple_letters(&mut self, document: &Document, font: &Dictionary, map: Option<Encoding<'_>>) {
        if let Some(Encoding::UnicodeMapEncoding(map)) = &map {
            for code in 0..=255 {
                // Some producers write two-byte codes into the map of a one-byte font.
                self.add(code, map.get(code, 1).or_else(|| map.get(code, 2)));
            }
        }
        let mapped = self.letters.len();
        let encoding = font.get_deref(b"Encoding", document).ok();
        let (base, differences) = match encoding {
            Some(Object::Name(name)) => (Some(name.clone()), None),
            Some(Object::Dictionary(dictionary)) => (
                dictionary
                    .get_deref(b"BaseEncoding", document)
                    .and_then(Object::as_name)
                    .ok()
                    .map(<[u8]>::to_vec),
                dictionary.get_deref(b"Differences", document).and_then(Object::as_array).ok(),
            ),
            _ => (None, None),
        };
        let embedded =
            font.get_deref(b"FontDescriptor", document).and_then(Object::as_dict).is_ok_and(|descriptor| {
                [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| descriptor.has(key))
            });
        let named = base.is_some() || differences.is_some();
        // An embedded font without an encoding has one of its own, which only its program knows.
        if named || !embedded && mapped == 0 {
            let base = base.unwrap_or_else(|| b"WinAnsiEncoding".to_vec());
            self.base_letters(document, &base);
        }
        for (code, glyph) in differences.map(|array| coded(array)).unwrap_or_default() {
            if !self.letters.contains_key(&code) || mapped == 0 {
                match glyph_letters(document, &glyph) {
                    Some(text) => self.letters.insert(code, text.into()),
                    None => self.letters.remove(&code),
                };
            }
        }
        self.mute = self.letters.is_empty();
    }

    fn base_letters(&mut self, document: &Document, base: &[u8]) {
        let mut dictionary = Dictionary::new();
        dictionary.set("Type", Object::Name(b"Font".to_vec()));
        dictionary.set("Encoding", Object::Name(base.to_vec()));
        let Ok(encoding) = dictionary.get_font_encoding_with_limit(document, MAX_MAP) else { return };
        for code in 0..=u8::MAX {
            if let Ok(text) = encoding.bytes_to_string(&[code])
                && !text.is_empty()
            {
                self.letters.entry(u32::from(code)).or_insert_with(|| text.into());
            }
        }
    }

    fn simple_widths(&mut self, document: &Document, font: &Dictionary) {
        let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
        let first = u32::try_from(first).unwrap_or(0);
        let widths = font.get_deref(b"Widths", document).and_then(Object::as_array).ok();
        for (code, width) in (first..).zip(widths.into_iter().flatten().take(256)) {
            let width = document.dereference(width).ok().and_then(|(_, object)| number(object));
            self.widths.insert(code, width.unwrap_or_default());
        }
        let missing = font
            .get_deref(b"FontDescriptor", document)
            .and_then(Object::as_dict)
            .ok()
            .and_then(|descriptor| number(descriptor.get_deref(b"MissingWidth", document).ok()?));
        // The fourteen standard fonts need not give their widths.
        self.default_width = missing.unwrap_or(if widths.is_some() { 0.0 } else { 500.0 });
    }

    /// "W" lists runs: `first [w w w]` or `first last w` (ISO 32000-1, 9.7.4.3).
    fn composite_widths(&mut self, document: &Document, font: &Dictionary) {
        self.default_width = font.get_deref(b"DW", document).ok().and_then(number).unwrap_or(1000.0);
        let Ok(list) = font.get_deref(b"W", document).and_then(Object::as_array) else { return };
        let mut items = list.iter().filter_map(|object| document.dereference(object).ok()).map(|(_, o)| o);
        while let Some(first) = items.next().and_then(code_of) {
            match items.next() {
                Some(Object::Array(widths)) => {
                    for (code, width) in (first..).zip(widths.iter().take(MAX_WIDTHS)) {
                        self.widths.insert(code, number(width).unwrap_or_default());
                    }
                }
                Some(last) => {
                    let (Some(last), Some(width)) = (code_of(last), items.next().and_then(number)) else {
                        return;
                    };
                    for code in first..=last.min(0xFFFF) {
                        self.widths.insert(code, width);
                    }
                }
                None => return,
            }
        }
    }

    /// Gives the place of the soft hyphen its own character, where WinAnsiEncoding draws a hyphen (ISO 32000-1, annex
    /// D.2): in fonts of old encodings a letter stands there.
    pub fn keep_soft_hyphen(&mut self) {
        if self.bytes == 1
            && let Some(letters) = self.letters.get_mut(&0xAD)
            && &**letters == "-"
        {
            *letters = "\u{AD}".into();
        }
    }

    /// The codes of a string.
    pub fn codes<'a>(&'a self, string: &'a [u8]) -> impl Iterator<Item = Code<'a>> {
        string.chunks(self.bytes.max(1)).map(move |bytes| {
            let code = bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            let width = self.widths.get(&code).copied().unwrap_or(self.default_width) * self.scale;
            Code {
                letters: self.letters.get(&code).map(|text| &**text),
                width,
                is_word_space: self.bytes == 1 && code == 32,
            }
        })
    }
}

fn to_unicode<'a>(document: &'a Document, font: &Dictionary) -> Option<Encoding<'a>> {
    let stream = font.get(b"ToUnicode").ok()?;
    let (_, object) = document.dereference(stream).ok()?;
    object.as_stream().ok()?;
    // The map alone, whatever the font's encoding is.
    let mut dictionary = Dictionary::new();
    dictionary.set("Type", Object::Name(b"Font".to_vec()));
    dictionary.set("ToUnicode", stream.clone());
    match dictionary.get_font_encoding_with_limit(document, MAX_MAP) {
        Ok(Encoding::UnicodeMapEncoding(map)) => Some(Encoding::UnicodeMapEncoding(map)),
        _ => None,
    }
}

/// The codes and glyph names of a list of differences.
fn coded(array: &[Object]) -> Vec<(u32, Vec<u8>)> {
    let mut code = 0;
    let mut out = Vec::new();
    for object in array.iter().take(1024) {
        match object {
            Object::Name(name) => {
                out.push((code, name.clone()));
                code += 1;
            }
            other => code = code_of(other).unwrap_or(code),
        }
    }
    out
}

/// What a glyph name says: "uni1EA5", "u1EA5", or a name of the Adobe Glyph List, without its suffix.
fn glyph_letters(document: &Document, name: &[u8]) -> Option<String> {
    let name = name.split(|byte| *byte == b'.').next().unwrap_or_default();
    let text = std::str::from_utf8(name).ok()?;
    let hex = text.strip_prefix("uni").or_else(|| text.strip_prefix('u')).filter(|hex| hex.len() >= 4);
    if let Some(letter) = hex.and_then(|hex| u32::from_str_radix(hex.get(..hex.len().min(6))?, 16).ok()) {
        return char::from_u32(letter).map(String::from);
    }
    let mut encoding = Dictionary::new();
    encoding.set("Differences", Object::Array(vec![Object::Integer(65), Object::Name(name.to_vec())]));
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", Object::Dictionary(encoding));
    let encoding = font.get_font_encoding_with_limit(document, MAX_MAP).ok()?;
    matches!(encoding, Encoding::Differences(_)).then(|| encoding.bytes_to_string(b"A").ok()).flatten()
}

fn name_of(document: &Document, dictionary: &Dictionary, key: &[u8]) -> String {
    let name = dictionary.get_deref(key, document).and_then(Object::as_name).unwrap_or_default();
    String::from_utf8_lossy(name).into_owned()
}

fn code_of(object: &Object) -> Option<u32> {
    object.as_i64().ok().and_then(|code| u32::try_from(code).ok())
}

/// A number of any kind.
pub(super) fn number(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from).filter(|number| number.is_finite())
}
