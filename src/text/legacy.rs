//! Old encodings: texts whose bytes are TCVN3, VNI, VISCII …, as they are or taken for windows-1252 and saved as
//! UTF-8 ("§¶ng bé", "Ñaûng boä").
//!
//! No font name says which encoding it is, and font names lie. What tells is the language: in the right encoding
//! the words with marks are syllables of Vietnamese, in a wrong one they are not.

use rustc_hash::FxHashSet;

use super::capitals::restored;
use super::syllable::is_possible;
use super::words::runs;
use crate::grammar::{Decoded, Encoding, Grammar, Syllables};
use crate::span::Span;

/// How many bytes of a text choose the encoding.
const SAMPLE: usize = 256 * 1024;
/// How many different syllables must speak for an encoding: of bytes that are no UTF-8, and of text that may as
/// well be what it looks like.
const FOR_BYTES: usize = 3;
const FOR_TEXT: usize = 5;

/// A text that was read from an old encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Legacy {
    /// The text.
    pub text: String,
    /// The encoding's name.
    pub encoding: String,
    /// Bytes that have no letter, ascending; U+FFFD stands for them.
    pub unread: Vec<u8>,
    /// Letters of Vietnamese that the encoding does not have.
    pub lacking: Vec<char>,
    /// How many lines were read so.
    pub lines: u32,
    /// The first of them.
    pub first: Span,
    /// What changed, word by word: spans of the text before, and of [`Legacy::text`].
    pub edits: Vec<(Span, Span)>,
}

/// Reads bytes that are no UTF-8; `None` where no encoding makes Vietnamese of them.
#[must_use]
pub fn of_bytes(bytes: &[u8], grammar: &Grammar) -> Option<Legacy> {
    let start = bytes.iter().position(|byte| !byte.is_ascii())?;
    let sample = bytes.get(start..bytes.len().min(start + SAMPLE))?;
    let encoding = chosen(sample, FOR_BYTES, grammar)?.0;
    let mut out = Writer::new(encoding, &grammar.syllables, bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match std::str::from_utf8(line) {
            Ok(plain) if is_plain(plain) => out.text.push_str(plain),
            _ => out.decoded(&encoding.decode(line), ""),
        }
    }
    out.finish()
}

/// Reads text whose letters are bytes of an old encoding that were taken for windows-1252 or Latin-1; `None` where
/// there are no such lines.
#[must_use]
pub fn of_text(text: &str, grammar: &Grammar) -> Option<Legacy> {
    if !has_many_odd(text) {
        return None;
    }
    let pieces: Vec<Piece<'_>> =
        text.split_inclusive(['\n', '\t']).map(|it| Piece::of(it, grammar)).collect();
    let odd = pieces.iter().filter(|piece| piece.odd);
    let mut sample = Vec::new();
    let mut plain = Count::default();
    for piece in odd {
        let Some(bytes) = piece.bytes.as_ref().filter(|_| sample.len() < SAMPLE) else { continue };
        sample.extend_from_slice(bytes);
        plain.add(&as_is(piece.text, grammar));
    }
    let (encoding, count) = chosen(&sample, FOR_TEXT, grammar)?;
    if plain.good * 2 > count.good {
        return None;
    }
    let whole = pieces.iter().all(|piece| piece.text.is_ascii() || piece.bytes.is_some());
    let mut out = Writer::new(encoding, &grammar.syllables, text.len());
    for piece in pieces {
        match piece.bytes.map(|bytes| encoding.decode(&bytes)) {
            Some(decoded) if is_better(&decoded, piece.text, whole, grammar) => {
                out.decoded(&decoded, piece.text)
            }
            _ => out.plain(piece.text),
        }
    }
    out.finish()
}

/// Reads the parts of a text that stand in fonts of old encodings: from each byte on, the font's name. `None` where
/// there is none, or its name lies: what it gives is no Vietnamese.
#[must_use]
pub fn of_fonts(text: &str, fonts: &[(usize, Option<String>)], grammar: &Grammar) -> Option<Legacy> {
    let named = |font: &Option<String>| grammar.encodings.of_font(font.as_deref()?);
    // A document has one old encoding, if any.
    let encoding = fonts.iter().find_map(|(_, font)| named(font))?.0;
    let mut out = Writer::new(encoding, &grammar.syllables, text.len());
    let first = fonts.first().map_or(text.len(), |(start, _)| *start);
    out.plain(text.get(..first).unwrap_or_default());
    let ends = fonts.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    for ((start, font), end) in fonts.iter().zip(ends) {
        let part = text.get(*start..end).unwrap_or_default();
        let Some((_, capitals)) = named(font).filter(|(of_font, _)| of_font.name == encoding.name) else {
            out.plain(part);
            continue;
        };
        for piece in part.split_inclusive(['\n', '\t']).map(|it| Piece::of(it, grammar)) {
            let decoded = piece.bytes.map(|bytes| encoding.decode(&bytes));
            // Letters that the encoding does not have, or words that only are Vietnamese as they are: the name lies.
            let fits = |decoded: &Decoded| {
                let (before, after) = (as_is(piece.text, grammar), Count::of(&decoded.text, None, grammar));
                after.good >= before.good && after.bad <= after.good + before.bad
            };
            match decoded {
                Some(mut decoded) if fits(&decoded) => {
                    if capitals {
                        decoded.text = decoded.text.to_uppercase();
                    }
                    out.decoded(&decoded, piece.text);
                }
                None if capitals && piece.text.is_ascii() => {
                    let text = piece.text.to_uppercase();
                    out.edited(piece.text, &text);
                }
                _ => out.plain(piece.text),
            }
        }
    }
    out.finish()
}

/// Whether a piece is to be decoded: it becomes Vietnamese or, where all of the text is of the encoding, at least
/// no less so.
fn is_better(decoded: &Decoded, text: &str, whole: bool, grammar: &Grammar) -> bool {
    let (before, after) = (as_is(text, grammar), Count::of(&decoded.text, None, grammar));
    after.good > before.good || (whole && after.good == before.good)
}

/// A cell or a line, up to the tab or line end.
struct Piece<'a> {
    text: &'a str,
    /// Its bytes, where it has letters beyond ASCII and no other letters than windows-1252 has.
    bytes: Option<Vec<u8>>,
    /// Whether it has characters that Vietnamese seldom has.
    odd: bool,
}

impl<'a> Piece<'a> {
    fn of(text: &'a str, grammar: &Grammar) -> Self {
        if is_plain(text) {
            return Self { text, bytes: None, odd: false };
        }
        let bytes = text.chars().map(|c| grammar.encodings.byte_of(c)).collect();
        Self { text, bytes, odd: text.chars().any(is_odd) }
    }
}

/// Whether a text has enough characters that Vietnamese seldom has to be looked at.
fn has_many_odd(text: &str) -> bool {
    let bytes = text.as_bytes();
    // In UTF-8 the characters from U+0080 to U+00FF begin with C2 or C3.
    let mut odd = memchr::memchr2_iter(0xC2, 0xC3, bytes)
        .filter(|at| text.get(*at..).and_then(|rest| rest.chars().next()).is_some_and(is_odd));
    odd.nth(FOR_TEXT - 1).is_some()
}

/// Characters of Latin-1 that are no letters of Vietnamese, and no signs that its texts have.
fn is_odd(c: char) -> bool {
    match c {
        '\u{A0}' | '«' | '»' | '°' | '±' | '²' | '³' | '·' | '×' => false,
        '\u{80}'..='\u{BF}' => true,
        '\u{C0}'..='\u{FF}' => crate::grammar::letters::parts(c).is_none(),
        _ => false,
    }
}

/// ASCII without the control codes that some encodings have letters on.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii() && !matches!(byte, 1..=6 | 0x0E..=0x1F))
}

/// The encoding that makes Vietnamese of bytes, by a clear margin over all that read them otherwise.
fn chosen<'a>(bytes: &[u8], least: usize, grammar: &'a Grammar) -> Option<(&'a Encoding, Count)> {
    let mut read: Vec<(&Encoding, Count, String)> = Vec::new();
    for encoding in &grammar.encodings.all {
        let text = encoding.decode(bytes).text;
        if read.iter().all(|(_, _, other)| *other != text) {
            read.push((encoding, Count::of(&text, Some(encoding), grammar), text));
        }
    }
    read.sort_by_key(|(_, count, _)| std::cmp::Reverse(count.good));
    let mut ranked = read.into_iter();
    let (encoding, count, text) = ranked.next()?;
    let second = ranked.next().map_or(0, |(_, count, _)| count.good);
    let total = count.good + count.bad;
    // Seven words of ten: names, abbreviations ("HĐND") and words of other languages are no syllables.
    let is_vietnamese = count.good * 10 >= total * 7;
    let is_clear = (count.good - second) * 10 >= total.max(10);
    (is_vietnamese && is_clear && distinct(&text, grammar) >= least).then_some((encoding, count))
}

/// How many different syllables with marks a text has, letters by themselves left out.
fn distinct(text: &str, grammar: &Grammar) -> usize {
    let words = marked_words(text).filter(|word| word.chars().nth(1).is_some());
    words.filter(|word| is_possible(word, &grammar.syllables)).collect::<FxHashSet<_>>().len()
}

/// How many words with characters beyond ASCII are possible syllables, and how many are not.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    good: usize,
    bad: usize,
}

impl Count {
    fn of(text: &str, encoding: Option<&Encoding>, grammar: &Grammar) -> Self {
        let mut out = Self::default();
        for word in marked_words(text) {
            let cased = encoding.is_none_or(|encoding| is_cased(word, encoding));
            if cased && is_possible(word, &grammar.syllables) {
                out.good += 1;
            } else {
                out.bad += 1;
            }
        }
        out
    }

    fn add(&mut self, other: &Self) {
        self.good += other.good;
        self.bad += other.bad;
    }
}

/// The count of a text that is read as it is, with the letters that only look otherwise ("Ðảng").
fn as_is(text: &str, grammar: &Grammar) -> Count {
    let text: String = text.chars().map(|c| grammar.lookalikes.always(c).unwrap_or(c)).collect();
    Count::of(&text, None, grammar)
}

/// Whether no capital stands behind a small letter, unless that has no capital in the encoding.
fn is_cased(word: &str, encoding: &Encoding) -> bool {
    let mut small = false;
    for c in word.chars() {
        if c.is_uppercase() && small {
            return false;
        }
        small |= c.is_lowercase() && c.to_uppercase().all(|capital| encoding.has(capital));
    }
    true
}

/// Words with a character beyond ASCII; signs inside or beside a word are part of it, quotes and dashes are not.
fn marked_words(text: &str) -> impl Iterator<Item = &str> {
    let in_word = |c: char| {
        c.is_alphabetic()
            || (!c.is_ascii() && !c.is_whitespace() && !matches!(c, '\u{2010}'..='\u{203A}' | '«' | '»'))
    };
    let words = runs(text, in_word).filter_map(|range| text.get(range));
    words.filter(|word| !word.is_ascii() && word.contains(char::is_alphabetic))
}

/// Writes the text line by line.
struct Writer<'a> {
    encoding: &'a Encoding,
    syllables: &'a Syllables,
    text: String,
    unread: Vec<u8>,
    lines: u32,
    first: Option<Span>,
    /// Where the line began that was counted last.
    counted: Option<usize>,
    /// How much of the text before was taken.
    taken: usize,
    edits: Vec<(Span, Span)>,
}

impl<'a> Writer<'a> {
    fn new(encoding: &'a Encoding, syllables: &'a Syllables, length: usize) -> Self {
        let text = String::with_capacity(length + length / 2);
        let (unread, edits) = (Vec::new(), Vec::new());
        Self { encoding, syllables, text, unread, lines: 0, first: None, counted: None, taken: 0, edits }
    }

    /// Writes text that stays as it is.
    fn plain(&mut self, text: &str) {
        self.taken += text.len();
        self.text.push_str(text);
    }

    /// Writes text in place of other text, noting the words that changed.
    fn edited(&mut self, before: &str, after: &str) {
        let words = |text: &str, start: usize| -> Vec<Span> {
            let ranges = runs(text, |c: char| !c.is_ascii_whitespace());
            ranges.map(|range| Span::new(start + range.start, start + range.end)).collect()
        };
        let (old, new) = (words(before, self.taken), words(after, self.text.len()));
        if old.len() == new.len() {
            self.edits.extend(old.into_iter().zip(new));
        } else if let (Some(first), Some(last), Some(from), Some(to)) =
            (old.first(), old.last(), new.first(), new.last())
        {
            self.edits.push((first.to(*last), from.to(*to)));
        }
        self.taken += before.len();
        self.text.push_str(after);
    }

    fn decoded(&mut self, decoded: &Decoded, before: &str) {
        let line = memchr::memrchr(b'\n', self.text.as_bytes()).map_or(0, |at| at + 1);
        if self.counted != Some(line) {
            self.counted = Some(line);
            self.lines += 1;
        }
        let start = self.text.len() + (decoded.text.len() - decoded.text.trim_start().len());
        let text = restored(&decoded.text, self.encoding, self.syllables);
        self.edited(before, &text);
        self.first.get_or_insert(Span::new(start, self.text.trim_end().len().max(start)));
        self.unread.extend(&decoded.unread);
    }

    fn finish(mut self) -> Option<Legacy> {
        self.unread.sort_unstable();
        self.unread.dedup();
        Some(Legacy {
            first: self.first?,
            text: self.text,
            encoding: self.encoding.name.clone(),
            unread: self.unread,
            lacking: self.encoding.lacking(),
            lines: self.lines,
            edits: self.edits,
        })
    }
}
