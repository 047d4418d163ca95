//! The words of a cell with what stands between them.

use std::ops::Range;

use crate::text::fold;

/// A word of the cell.
#[derive(Debug, Clone)]
pub(super) struct Word<'a> {
    /// As printed, without separators.
    pub text: &'a str,
    /// Where it begins.
    pub start: usize,
    /// Fold key.
    pub key: String,
    /// What stands before it.
    pub gap: Gap,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether it is a whole word in capitals in a cell of capitals, where capitals say nothing.
    pub shout: bool,
    /// How many brackets are open.
    pub depth: usize,
}

/// What stands before a word, the stronger the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Only space.
    Space,
    /// A comma.
    Comma,
    /// A colon.
    Colon,
    /// A line end.
    Line,
    /// A semicolon, or a sign that opens a line of a list.
    Semicolon,
    /// There is no word.
    End,
}

impl Word<'_> {
    /// Whether a small letter is in it.
    pub fn is_lower(&self) -> bool {
        self.text.chars().any(char::is_lowercase)
    }

    /// Whether it is nothing but capitals, three of them or more.
    pub fn is_abbreviation(&self) -> bool {
        self.text.chars().count() > 2 && self.text.chars().all(char::is_uppercase)
    }
}

/// The words of a text.
pub(super) fn words(raw: &str) -> Vec<Word<'_>> {
    let mut out: Vec<Word<'_>> = Vec::new();
    let mut gap = Gap::Space;
    let mut depth = 0_usize;
    let mut start = None;
    let mut push = |range: Range<usize>, gap: Gap, depth: usize| {
        let text = raw.get(range.clone()).unwrap_or_default();
        let capital = text.chars().next().is_some_and(char::is_uppercase);
        let key = fold(text);
        out.push(Word { text, start: range.start, key, gap, capital, shout: false, depth });
    };
    for (at, c) in raw.char_indices() {
        let found = match c {
            ',' => Some(Gap::Comma),
            ':' => Some(Gap::Colon),
            ';' => Some(Gap::Semicolon),
            '\n' | '\r' | '\u{2028}' | '\u{B}' => Some(Gap::Line),
            '(' | ')' => Some(Gap::Space),
            c if c.is_whitespace() => Some(Gap::Space),
            _ => None,
        };
        match found {
            Some(found) => {
                if let Some(start) = start.take() {
                    push(start..at, gap, depth);
                    gap = Gap::Space;
                }
                gap = gap.max(found);
                match c {
                    '(' => depth += 1,
                    ')' => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            None => start = start.or(Some(at)),
        }
    }
    if let Some(start) = start {
        push(start..raw.len(), gap, depth);
    }
    without_list_marks(&mut out);
    mark_shouting(&mut out);
    out
}

/// A "-" or "+" that opens the cell or a line of it parts what stands before it from what follows, as does a lone "+" between two
/// names: "Phòng Kinh tế + Công an xã".
fn without_list_marks(words: &mut Vec<Word<'_>>) {
    let mut opens = true;
    let mut marked = false;
    words.retain_mut(|word| {
        let first = opens || word.gap >= Gap::Line;
        opens = false;
        let plus = word.key == "+" && (first || word.depth == 0);
        if plus || first && matches!(word.key.as_str(), "-" | "*" | "•") {
            marked = true;
            return false;
        }
        if marked {
            word.gap = Gap::Semicolon;
            marked = false;
        }
        true
    });
}

/// In a text of capitals no capital says that a name begins.
fn mark_shouting(words: &mut [Word<'_>]) {
    let shout = words.len() > 2 && !words.iter().any(|word| word.text.chars().any(char::is_lowercase));
    for word in words {
        word.shout = shout;
    }
}

/// The range of the text that words stand in, without separators and stops; a bracket that opens among them
/// is closed.
pub(super) fn span(raw: &str, words: &[Word<'_>], range: Range<usize>) -> Option<Range<usize>> {
    let words = words.get(range)?;
    let first = words.first()?;
    let last = words.last()?;
    let end = last.start + last.text.len();
    let inside = raw.get(first.start..end)?;
    let open = inside.matches('(').count() > inside.matches(')').count();
    if open && raw.get(end..).is_some_and(|rest| rest.starts_with(')')) {
        return Some(first.start..end + 1);
    }
    let end = last.start + last.text.trim_end_matches(['.', '/']).len();
    (end > first.start).then_some(first.start..end)
}

/// The fold keys of words with one space between.
pub(super) fn joined(words: &[Word<'_>]) -> String {
    let keys: Vec<&str> = words.iter().map(|word| word.key.as_str()).collect();
    keys.join(" ")
}

/// Whether a joined text holds a phrase as whole words.
pub(super) fn holds(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, found)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + found.len()..).unwrap_or_default();
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}
