//! From the original text to the working text: composed letters, plain spaces, no invisible characters,
//! Vietnamese letters for their look-alikes. Clean text is only scanned, and comes back as nothing to do.

use super::composed::{composed, is_mark, is_wide, joins, plain};
use super::entities::entity;
use super::suspects::next_suspect;
use super::tex::command;
use crate::grammar::Lookalikes;
use crate::source::OffsetMap;
use crate::span::Span;

/// How many bytes to either side of a word of look-alikes alone are asked for letters that are no
/// look-alikes.
const NEIGHBOURHOOD: usize = 48;

/// What became of a text.
#[derive(Debug, Default)]
pub struct Normalized {
    /// The working text and its offsets; `None` where it is the original.
    pub working: Option<(String, OffsetMap)>,
    /// Characters that the working text leaves out, invisible ones, backslashes of Markdown, and of entities all
    /// but their first, as spans of the original.
    pub invisible: Vec<Span>,
    /// Letters of other alphabets that the working text replaces, as spans of the original.
    pub foreign: Vec<Span>,
    /// Decomposed letters, as spans of the original, the first of each line.
    pub decomposed: Vec<Span>,
}

/// The working text of an original.
#[must_use]
pub fn working(original: &str, lookalikes: &Lookalikes) -> Normalized {
    let Some(first) = next_suspect(original, 0, lookalikes) else {
        return Normalized::default();
    };
    let mut writer = Writer::new(original, lookalikes);
    let mut suspect = Some(first);
    while let Some(at) = suspect {
        let end = writer.segment(at);
        suspect = next_suspect(original, end, lookalikes);
    }
    writer.finish()
}

/// Writes the working text segment by segment; a segment is a run without ASCII white space.
struct Writer<'a> {
    original: &'a str,
    lookalikes: &'a Lookalikes,
    text: String,
    map: OffsetMap,
    edited: bool,
    /// Up to where the original has been written or replaced.
    done: usize,
    /// The end of the line whose first decomposed letter is listed already.
    listed_to: usize,
    letters: Vec<Letter>,
    found: Normalized,
}

/// A character of a segment and what is to be written for it.
#[derive(Debug, Clone, Copy)]
struct Letter {
    start: usize,
    end: usize,
    /// As it stands.
    from: char,
    /// What it is read as; nothing for a character that is left out.
    to: Option<char>,
}

/// A backslash before a punctuation mark says that the mark is no markup (`1\. Mục đích`, `\- Xây dựng`; CommonMark 0.31,
/// 2.4), one at the end of a line that the line ends there (6.7). Two backslashes are left alone.
fn leave_out_escapes(letters: &mut [Letter], ends_line: bool) {
    let mut before = None;
    for at in 0..letters.len() {
        let Some(to) = letters.get(at).and_then(|letter| letter.to) else { continue };
        let next = letters.get(at + 1..).and_then(|rest| rest.iter().find_map(|letter| letter.to));
        let ends = ends_line && before.is_some() && next.is_none();
        let escapes = ends || next.is_some_and(|next| next.is_ascii_punctuation() && next != '\\');
        if to == '\\'
            && before != Some('\\')
            && escapes
            && let Some(letter) = letters.get_mut(at)
        {
            letter.to = None;
        }
        before = Some(to);
    }
}

/// Whether nothing but spaces is left of a line before it ends.
pub(super) fn ends_line(rest: &str) -> bool {
    let space = |c: char| c.is_whitespace() && !matches!(c, '\n' | '\r');
    rest.trim_start_matches(space).starts_with(['\n', '\r'])
}

impl<'a> Writer<'a> {
    fn new(original: &'a str, lookalikes: &'a Lookalikes) -> Self {
        Self {
            original,
            lookalikes,
            text: String::with_capacity(original.len()),
            map: OffsetMap::default(),
            edited: false,
            done: 0,
            listed_to: 0,
            letters: Vec::new(),
            found: Normalized::default(),
        }
    }

    /// Treats the segment around a suspect character and gives the segment's end.
    fn segment(&mut self, suspect: usize) -> usize {
        let bytes = self.original.as_bytes();
        if bytes.get(suspect) == Some(&b'\r') {
            self.replace(suspect, suspect + 1, "\n");
            return suspect + 1;
        }
        let before = bytes.get(self.done..suspect).unwrap_or_default();
        let start = before.iter().rposition(|b| is_break(*b)).map_or(self.done, |i| self.done + i + 1);
        let after = bytes.get(suspect..).unwrap_or_default();
        let end = after.iter().position(|b| is_break(*b)).map_or(bytes.len(), |i| suspect + i);
        let mut letters = std::mem::take(&mut self.letters);
        letters.clear();
        for (offset, from) in self.original.get(start..end).unwrap_or_default().char_indices() {
            let (start, end) = (start + offset, start + offset + from.len_utf8());
            letters.push(Letter { start, end, from, to: plain(from) });
        }
        leave_out_escapes(&mut letters, ends_line(self.original.get(end..).unwrap_or_default()));
        self.read_signs(&mut letters);
        if letters.iter().any(|letter| may_be_alike(letter.from)) {
            self.read_lookalikes(&mut letters);
        }
        self.write(&letters);
        self.letters = letters;
        end
    }

    /// Takes the ampersand of an entity and the backslash of a command of TeX for what they stand for, and leaves out the rest.
    fn read_signs(&self, letters: &mut [Letter]) {
        let mut to = 0;
        for letter in letters.iter_mut() {
            if letter.start < to {
                letter.to = None;
            } else if let Some((sign, length)) =
                self.original.get(letter.start..).and_then(|rest| match letter.from {
                    '&' => entity(rest),
                    '\\' => command(rest),
                    _ => None,
                })
            {
                letter.to = Some(sign);
                to = letter.start + length;
            }
        }
    }

    /// Reads the look-alikes of the segment, word by word.
    fn read_lookalikes(&mut self, letters: &mut [Letter]) {
        for word in letters.split_mut(|letter| letter.to.is_some_and(|c| !is_word(c))) {
            let Some((start, end)) = word.first().zip(word.last()).map(|(a, b)| (a.start, b.end)) else {
                continue;
            };
            let mixed = reads_as_latin(self.original, start..end, word, self.lookalikes);
            for letter in word {
                let Some(c) = letter.to else { continue };
                let alike = if mixed { self.lookalikes.in_latin_word(c) } else { None };
                letter.to = self.lookalikes.always(c).or(alike).or(Some(c));
            }
        }
        let foreign = letters
            .iter()
            .filter(|x| x.to.is_some_and(|to| to != x.from) && (x.from.is_alphabetic() || is_wide(x.from)));
        self.found.foreign.extend(foreign.map(|x| Span::new(x.start, x.end)));
    }

    /// Writes the segment's letters, each with the marks that follow it.
    fn write(&mut self, letters: &[Letter]) {
        let mut rest = letters;
        while let Some((first, tail)) = rest.split_first() {
            let Some(base) = first.to else {
                self.leave_out(first);
                self.replace(first.start, first.end, "");
                rest = tail;
                continue;
            };
            let marks = tail.iter().take_while(|x| x.to.is_none_or(joins)).count();
            let marks = tail.get(..marks).unwrap_or_default();
            let count = marks.iter().rposition(|x| x.to.is_some()).map_or(0, |last| last + 1);
            let (marks, after) = tail.split_at_checked(count).unwrap_or((&[], tail));
            self.cluster(first, base, marks);
            rest = after;
        }
    }

    /// Lists a letter that is left out; the letters of an entity are one piece.
    fn leave_out(&mut self, letter: &Letter) {
        let written = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
        let before = |span: &Span| self.original.get(span.range()).and_then(|text| text.chars().next_back());
        let (start, end) = (letter.start, letter.end);
        let goes_on = |span: &&mut Span| {
            span.end as usize == start && written(Some(letter.from)) && written(before(span))
        };
        match self.found.invisible.last_mut().filter(goes_on) {
            Some(span) => *span = span.to(Span::new(start, end)),
            None => self.found.invisible.push(Span::new(start, end)),
        }
    }

    /// Writes a letter and its marks.
    fn cluster(&mut self, first: &Letter, base: char, marks: &[Letter]) {
        let end = marks.last().map_or(first.end, |mark| mark.end);
        for hidden in marks.iter().filter(|mark| mark.to.is_none()) {
            self.found.invisible.push(Span::new(hidden.start, hidden.end));
        }
        let (composed, same) = composed(base, marks.iter().filter_map(|mark| mark.to));
        if !marks.is_empty() && !same {
            self.list_decomposed(first.start, end);
        }
        let original = self.original.get(first.start..end).unwrap_or_default();
        if composed.as_str() != original {
            self.replace(first.start, end, composed.as_str());
        }
    }

    fn list_decomposed(&mut self, start: usize, end: usize) {
        if start < self.listed_to {
            return;
        }
        self.found.decomposed.push(Span::new(start, end));
        let rest = self.original.as_bytes().get(end..).unwrap_or_default();
        self.listed_to = memchr::memchr2(b'\n', b'\r', rest).map_or(self.original.len(), |i| end + i);
    }

    fn replace(&mut self, start: usize, end: usize, by: &str) {
        // What stays the same at the start is no part of the edit, so that a span may end before a mark.
        let original = self.original.get(start..end).unwrap_or_default();
        let same: usize =
            original.chars().zip(by.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
        let start = start + same;
        let by = by.get(same..).unwrap_or_default();
        self.text.push_str(self.original.get(self.done..start).unwrap_or_default());
        let at = self.text.len();
        self.text.push_str(by);
        self.map.edit(Span::new(at, self.text.len()), Span::new(start, end));
        self.done = end;
        self.edited = true;
    }

    fn finish(mut self) -> Normalized {
        if self.edited {
            self.text.push_str(self.original.get(self.done..).unwrap_or_default());
            self.found.working = Some((self.text, self.map));
        }
        self.found
    }
}

/// Whether the Cyrillic and Greek letters of a word are Latin ones by their looks: all of them are
/// look-alikes, and the word has Latin letters too or stands among such words.
fn reads_as_latin(
    original: &str,
    span: std::ops::Range<usize>,
    word: &[Letter],
    lookalikes: &Lookalikes,
) -> bool {
    let (mut latin, mut alike, mut small_greek) = (false, false, false);
    for c in word.iter().filter_map(|letter| letter.to) {
        if is_latin(c) {
            latin = true;
        } else if lookalikes.in_latin_word(c).is_some() {
            alike = true;
            small_greek |= matches!(c, '\u{3B1}'..='\u{3C9}');
        } else if !is_mark(c) {
            return false;
        }
    }
    alike && (latin || (!small_greek && !among_foreign_words(original, span, lookalikes)))
}

/// Whether a Cyrillic or Greek letter that is no look-alike stands near.
fn among_foreign_words(original: &str, span: std::ops::Range<usize>, lookalikes: &Lookalikes) -> bool {
    let foreign = |c: char| matches!(c, '\u{370}'..='\u{52F}') && lookalikes.in_latin_word(c).is_none();
    let before = original.get(..span.start).unwrap_or_default();
    let after = original.get(span.end..).unwrap_or_default();
    let near = |chars: &mut dyn Iterator<Item = char>| {
        let mut bytes = 0;
        for c in chars {
            bytes += c.len_utf8();
            if bytes > NEIGHBOURHOOD || matches!(c, '\n' | '\r') {
                return false;
            }
            if foreign(c) {
                return true;
            }
        }
        false
    };
    near(&mut before.chars().rev()) || near(&mut after.chars())
}

/// ASCII white space: what no mark composes with and no word contains.
fn is_break(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}

fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { is_latin(c) || c.is_alphabetic() || is_mark(c) }
}

fn is_latin(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{1E00}'..='\u{1EFF}' => true,
        '\u{C0}'..='\u{24F}' => !matches!(c, '×' | '÷'),
        _ => false,
    }
}

/// Whether a character may be a look-alike: no ASCII, no Vietnamese letter of the last Latin block, no mark.
fn may_be_alike(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{2FF}' | '\u{370}'..='\u{1DFF}') || is_wide(c)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        reason = "a failing test may panic"
    )]

    use super::super::suspects::BLOCK;
    use super::*;
    use crate::grammar::Grammar;
    use crate::source::{FileFacts, Source};
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn normalized(original: &str) -> Normalized {
        working(original, &Grammar::embedded().unwrap().lookalikes)
    }

    fn text(original: &str) -> String {
        normalized(original).working.map_or_else(|| original.to_owned(), |(text, _)| text)
    }

    fn words<'a>(original: &'a str, spans: &[Span]) -> Vec<&'a str> {
        spans.iter().map(|span| &original[span.range()]).collect()
    }

    #[test]
    fn clean_text_is_left_alone() {
        let clean =
            "Đảng ủy phường “Nghĩa Hưng” – 1.234,5 m² × 2;\tđạt ≥ 95%\r\nƯu tiên ơ ư Ơ … “ ” ’\n".repeat(9);
        let found = normalized(&clean);
        assert!(found.working.is_none());
        assert!(found.invisible.is_empty() && found.foreign.is_empty() && found.decomposed.is_empty());
    }

    #[test]
    fn decomposed_letters_are_composed() {
        let nfc = "Đẩy mạnh chuyển đổi số ở xã Ngọc Hồi, phường Hưng Đạo";
        let nfd: String = nfc.nfd().collect();
        let found = normalized(&nfd);
        assert_eq!(found.working.unwrap().0, nfc);
        assert_eq!(found.decomposed.len(), 1);
        assert_eq!(text("vo\u{301}\u{302}n"), "vốn", "tone mark before circumflex");
        assert_eq!(text("o\u{301}\u{31B}"), "ớ");
        assert_eq!(text("a\u{323}\u{302} a\u{302}\u{323}"), "ậ ậ");
        assert_eq!(text("x\u{302}\u{301}"), "x\u{302}\u{301}", "no such letter");
    }

    #[test]
    fn decomposed_letters_are_listed_once_a_line() {
        let original = "a\u{301} e\u{301}\no\u{301}\n\nu\u{301}";
        assert_eq!(words(original, &normalized(original).decomposed), ["a\u{301}", "o\u{301}", "u\u{301}"]);
    }

    #[test]
    fn spaces_become_plain_and_line_ends_become_line_feeds() {
        assert_eq!(text("a\u{A0}b\u{202F}c\u{3000}d\u{2009}e\u{B}f"), "a b c d e f");
        assert_eq!(text("a\rb\r\nc\u{2028}d\u{85}e\r\r\nf"), "a\nb\r\nc\nd\ne\n\r\nf");
    }

    #[test]
    fn backslashes_before_marks_go() {
        let original = r"1\. Mục đích \- C:\\3 a\b 10\%";
        assert_eq!(text(original), r"1. Mục đích - C:\\3 a\b 10%");
        let found = normalized(original);
        assert_eq!(found.invisible.len(), 3);
    }

    #[test]
    fn entities_are_read_and_what_is_left_of_them_is_listed() {
        let original = "Sở KH&amp;CN &lt;3,0 &nbsp;10 &#7843;nh R&D";
        assert_eq!(text(original), "Sở KH&CN <3,0  10 ảnh R&D");
        let found = normalized(original);
        assert_eq!(words(original, &found.invisible), ["amp;", "lt;", "nbsp;", "#7843;"]);
    }

    #[test]
    fn invisible_characters_go_and_are_listed() {
        let original = "chủ\u{200B} trì\u{AD}\u{1}, \u{FEFF}đạt";
        let found = normalized(original);
        assert_eq!(found.working.unwrap().0, "chủ trì, đạt");
        assert_eq!(words(original, &found.invisible), ["\u{200B}", "\u{AD}", "\u{1}", "\u{FEFF}"]);
        assert_eq!(text("thê\u{200B}\u{301}"), "thế");
    }

    #[test]
    fn lookalikes_are_read_as_vietnamese_letters() {
        let original = "Ðảng ủy, phƣờng, \u{189}iểm; cоng (о Cyrillic); ２０２６";
        let found = normalized(original);
        assert_eq!(found.working.unwrap().0, "Đảng ủy, phường, Điểm; cong (o Cyrillic); 2026");
        assert_eq!(words(original, &found.foreign), ["Ð", "ƣ", "\u{189}", "о", "о", "２", "０", "２", "６"]);
    }

    #[test]
    fn lookalikes_are_found_wherever_they_stand() {
        for before in 0..2 * BLOCK {
            let read = text(&format!("{} Ðại hội", "a".repeat(before)));
            assert!(read.ends_with("Đại hội"), "after {before} letters");
        }
    }

    #[test]
    fn words_of_other_alphabets_stay() {
        for clean in ["Москва и Россия", "со слов Председателя", "độ tin cậy α = 0,05", "10 μm, Δt, π", "мир"]
        {
            assert_eq!(text(clean), clean);
        }
        assert_eq!(text("TỔNG CỘNG: А + В"), "TỔNG CỘNG: A + B", "capitals alone among Latin words");
        assert_eq!(text("nhóm С"), "nhóm C");
    }

    proptest! {
        #[test]
        fn spans_survive_the_way_there_and_back(parts in proptest::collection::vec(
            prop_oneof![
                Just("a\u{301}"), Just("\u{200B}"), Just("Ð"), Just("е"), Just("ж"), Just(" "), Just("\u{A0}"),
                Just("\r"), Just("\r\n"), Just("ế"), Just("u\u{31B}\u{301}"), Just("\u{301}"), Just("x"), Just("１"),
                Just("<\u{338}"), Just("\u{1100}\u{1161}"), Just("\u{2126}"), Just("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
            ], 0..60)
        ) {
            check(&parts.concat());
        }

        #[test]
        fn any_text_comes_out_composed(original in "\\PC{0,200}") {
            check(&original);
        }
    }

    /// The working text is composed, is stable, and its spans map to the original and back.
    fn check(original: &str) {
        let found = normalized(original);
        let Some((text, map)) = found.working else {
            assert!(unicode_normalization::is_nfc(original));
            return;
        };
        assert!(unicode_normalization::is_nfc(&text), "{text:?}");
        // Whether a lone look-alike is read as Latin depends on what stands near; all else is settled.
        if !text.contains(|c: char| ('\u{370}'..='\u{52F}').contains(&c)) {
            assert!(normalized(&text).working.is_none(), "{text:?}");
        }
        let source = Source::new(FileFacts::default(), original.to_owned(), Some((text.clone(), map)));
        let mut last = 0;
        for (start, c) in text.char_indices() {
            let span = Span::new(start, start + c.len_utf8());
            let there = source.to_original(span);
            assert!(original.get(there.range()).is_some_and(|words| !words.is_empty()));
            assert!(there.start >= last, "in order");
            last = there.start;
            assert!(source.to_working(there).contains(span));
        }
    }
}
