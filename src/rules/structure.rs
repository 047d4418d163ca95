//! What the structure rules share: brackets and quotation marks, and texts that end in the middle.

use std::ops::Range;

use super::Context;
use super::numbering::roman;
use crate::model::{Block, Row};

/// A bracket or quotation mark without its other half.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Single {
    /// Where it stands, in bytes.
    pub at: usize,
    /// The mark.
    pub mark: char,
    /// Whether it opens and nothing closes it; else it closes what nothing opens.
    pub opens: bool,
}

/// Pairs that are followed each by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pair {
    Round,
    Square,
    Curly,
    Double,
    Single,
    Angle,
    Straight,
}

/// An opening or closing mark of a text.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    mark: char,
    pair: Pair,
    opens: bool,
    /// Whether the mark closes a list mark such as "a)".
    lists: bool,
}

/// The longest tail of a cut text that an open bracket may have, in bytes.
const TAIL: usize = 240;

/// Brackets and quotation marks of a text without their other halves, in order.
pub(super) fn singles(text: &str) -> Vec<Single> {
    let marks = marks(text);
    if marks.is_empty() {
        return Vec::new();
    }
    let mut out = unmatched(&marks, false);
    if !out.is_empty() && marks.iter().any(|mark| mark.lists) {
        let without = unmatched(&marks, true);
        if without.len() < out.len() {
            out = without;
        }
    }
    out.sort_by_key(|single| single.at);
    out
}

/// The first bytes of marks: the ASCII ones, and those of “ ” ‘ ’ „ and « ».
#[allow(clippy::indexing_slicing, reason = "worked out by the compiler, which stops at a wrong index")]
static FIRST_BYTES: [bool; 256] = {
    let mut out = [false; 256];
    let mut marks: &[u8] = b"()[]{}\"\xE2\xC2";
    while let [first, rest @ ..] = marks {
        out[*first as usize] = true;
        marks = rest;
    }
    out
};

/// Whether a mark begins at a byte that may be its first.
fn begins_here(bytes: &[u8], at: usize, byte: u8) -> bool {
    match byte {
        0xE2 => bytes.get(at + 1) == Some(&0x80) && matches!(bytes.get(at + 2), Some(0x98..=0x9E)),
        0xC2 => matches!(bytes.get(at + 1), Some(0xAB | 0xBB)),
        _ => true,
    }
}

fn marks(text: &str) -> Vec<Mark> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let may_begin = FIRST_BYTES.get(usize::from(*byte)).is_some_and(|first| *first);
        if !may_begin || !begins_here(bytes, at, *byte) {
            continue;
        }
        let Some(mark) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let (pair, opens) = match mark {
            '(' => (Pair::Round, true),
            ')' => (Pair::Round, false),
            '[' => (Pair::Square, true),
            ']' => (Pair::Square, false),
            '{' => (Pair::Curly, true),
            '}' => (Pair::Curly, false),
            '“' | '„' => (Pair::Double, !closes_here(text, at, mark)),
            '”' => (Pair::Double, opens_here(text, at, mark)),
            '«' => (Pair::Angle, true),
            '»' => (Pair::Angle, false),
            '‘' => (Pair::Single, true),
            '’' => (Pair::Single, false),
            '"' => (Pair::Straight, opens_here(text, at, mark)),
            _ => continue,
        };
        let lists = mark == ')' && closes_list_mark(text, at);
        out.push(Mark { at, mark, pair, opens, lists });
    }
    out
}

/// Whether a mark stands where one opens: after a space or opening mark, before a word.
fn opens_here(text: &str, at: usize, mark: char) -> bool {
    let before = text.get(..at).unwrap_or_default().chars().next_back();
    let after = text.get(at + mark.len_utf8()..).unwrap_or_default().chars().next();
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '‘' | '-' | '–' | ':' | '/'))
        && after.is_some_and(char::is_alphanumeric)
}

/// Whether a mark stands where one closes: after a word or its punctuation, before none.
fn closes_here(text: &str, at: usize, mark: char) -> bool {
    let before = text.get(..at).unwrap_or_default().chars().next_back();
    let after = text.get(at + mark.len_utf8()..).unwrap_or_default().chars().next();
    before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '!' | '?' | ')'))
        && after.is_none_or(|c| !c.is_alphanumeric())
}

/// Whether the bracket at `at` belongs to "a)", "đ)", "1)" or "12)".
fn closes_list_mark(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let token = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let lead = before.strip_suffix(token).unwrap_or_default();
    let starts = lead.trim_end().chars().next_back().is_none_or(|c| matches!(c, ';' | ',' | ':' | '.'));
    let apart = lead.is_empty() || lead.ends_with(char::is_whitespace);
    let digits = token.bytes().all(|byte| byte.is_ascii_digit());
    let letter = token.chars().all(|c| c.is_lowercase());
    match token.chars().count() {
        1 if letter => apart,
        1..=3 => starts && (apart || lead.ends_with([';', ',', ':'])) && (digits || roman(token).is_some()),
        _ => false,
    }
}

/// The marks without their other halves. With `lists` set, list marks close nothing; else they close
/// what is open and count for nothing where nothing is.
fn unmatched(marks: &[Mark], lists: bool) -> Vec<Single> {
    let mut out = Vec::new();
    for pair in [Pair::Round, Pair::Square, Pair::Curly, Pair::Double, Pair::Single, Pair::Angle] {
        let mut open: Vec<Single> = Vec::new();
        for mark in marks.iter().filter(|mark| mark.pair == pair) {
            let single = Single { at: mark.at, mark: mark.mark, opens: mark.opens };
            if mark.opens {
                open.push(single);
            } else if mark.lists && (lists || open.is_empty()) {
                continue;
            } else if open.pop().is_none() && pair != Pair::Single {
                out.push(single);
            }
        }
        out.append(&mut open);
    }
    straight(marks, &mut out);
    out
}

/// Straight quotation marks count by parity. One left over may be the other half of a curved one.
fn straight(marks: &[Mark], out: &mut Vec<Single>) {
    let count = marks.iter().filter(|mark| mark.pair == Pair::Straight).count();
    if count % 2 == 0 {
        return;
    }
    let mut open: Option<Single> = None;
    let mut left: Option<Single> = None;
    for mark in marks.iter().filter(|mark| mark.pair == Pair::Straight) {
        let single = Single { at: mark.at, mark: mark.mark, opens: open.is_none() };
        match (&open, mark.opens) {
            (Some(earlier), true) => {
                left = left.or_else(|| Some(earlier.clone()));
                open = Some(Single { opens: true, ..single });
            }
            (Some(_), false) => open = None,
            (None, true) => open = Some(single),
            (None, false) => left = left.or(Some(Single { opens: false, ..single })),
        }
    }
    let Some(single) = left.or(open) else { return };
    let half = |other: &Single| {
        matches!(other.mark, '“' | '”' | '„')
            && (other.opens && other.at < single.at || !other.opens && other.at > single.at)
    };
    if let Some(at) = out.iter().position(half) {
        out.remove(at);
    } else {
        out.push(single);
    }
}

/// Where a text is cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cut {
    /// The words that show it: the open bracket's, or the last.
    pub words: Range<usize>,
    /// What shows it.
    pub sign: Sign,
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// More text follows as it should.
    Inner,
    /// A page break follows.
    Break,
    /// The table or the body ends.
    End,
}

/// What shows that a text is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// A bracket or quotation mark that the text leaves open.
    Open,
    /// A word that cannot end a phrase.
    Word {
        /// Whether list items may follow it.
        introduces: bool,
    },
    /// A comma before a break.
    Comma,
}

/// Whether a text ends in the middle.
pub(super) fn cut(context: &Context<'_>, text: &str, edge: Edge) -> Option<Cut> {
    let text = text.trim_end();
    let last = text.bytes().next_back()?;
    if matches!(last, b'.' | b'!' | b'?' | b':' | b')' | b'%') {
        return None;
    }
    let inner = edge == Edge::Inner;
    if !last.is_ascii_digit() {
        let endings = &context.grammar.endings;
        let open = if inner { endings.never(text) } else { endings.before_break(text) };
        if let Some(open) = open {
            let sign = Sign::Word { introduces: open.introduces };
            return Some(Cut { words: open.start..text.len(), sign });
        }
        if last == b',' && edge == Edge::Break {
            return Some(Cut { words: last_word(text), sign: Sign::Comma });
        }
    }
    if inner { None } else { open_tail(text) }
}

/// The bracket or quotation mark that a text opens near its end.
fn open_tail(text: &str) -> Option<Cut> {
    let single = singles(text).into_iter().rfind(|single| single.opens)?;
    // "Trạm bơm (DA4" has lost no more than the bracket.
    let mut inner = text.get(single.at..)?.chars().skip(1).peekable();
    let code = inner.peek().is_some() && inner.all(|c| c.is_uppercase() || c.is_ascii_digit());
    (!code && text.len() - single.at <= TAIL)
        .then_some(Cut { words: single.at..text.len(), sign: Sign::Open })
}

fn last_word(text: &str) -> Range<usize> {
    let start = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    start..text.len()
}

/// Blocks that stand one under another.
#[derive(Debug, Clone, Copy)]
pub(super) struct BlockList<'a> {
    /// The blocks.
    pub blocks: &'a [Block],
    /// Whether sections stand right under them.
    pub sections_follow: bool,
    /// Whether they are the last text of a body that ends without recipients and signature.
    pub ends_body: bool,
}

/// The blocks of the preamble, of each section, of the closing, and the notes of each appendix.
pub(super) fn block_lists<'a>(context: &Context<'a>) -> Vec<BlockList<'a>> {
    let document = context.document;
    let list = |blocks: &'a [Block]| BlockList { blocks, sections_follow: false, ends_body: false };
    let mut out = vec![list(&document.header.preamble)];
    let sections = context.sections().into_iter();
    out.extend(
        sections.map(|section| BlockList {
            sections_follow: !section.sections.is_empty(),
            ..list(&section.blocks)
        }),
    );
    let closing = document.closing.as_ref();
    let closed = closing.is_some_and(|closing| !closing.recipients.is_empty() || closing.signature.is_some());
    out.extend(closing.map(|closing| list(&closing.paragraphs)));
    if !closed && let Some(last) = out.iter_mut().rfind(|list| !list.blocks.is_empty()) {
        last.ends_body = true;
    }
    out.extend(document.appendices.iter().map(|appendix| list(&appendix.notes)));
    out
}

/// What stands after each row of a table.
pub(super) fn edge(rows: &[Row], at: usize) -> Edge {
    match rows.get(at + 1) {
        None => Edge::End,
        Some(next) if next.after_break => Edge::Break,
        Some(_) => Edge::Inner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(usize, char)> {
        singles(text)
            .into_iter()
            .map(|single| (text.get(..single.at).unwrap_or_default().chars().count(), single.mark))
            .collect()
    }

    #[test]
    fn balanced_texts_have_none() {
        for text in [
            "",
            "Đường liên thôn (đoạn 1) và “cầu” mới",
            "gồm: a) chợ; b) bến; đ) kho",
            "1) Mở lớp",
            "(gồm: 1) chợ; 2) bến)",
            "(xem điểm a)",
            "thực hiện điểm a) khoản 2",
            "gồm: i) chợ; ii) bến",
            "phong trào “4 tại chỗ”, “5 không”",
            "tiêu chí \"xanh\" và \"sạch\"",
            "mô hình “trường học số\" trên địa bàn",
            "mô hình \"trường học số” trên địa bàn",
            "mô hình ”trường học số” trên địa bàn",
            "mô hình “trường học số“ trên địa bàn",
            "“nói “ít” làm nhiều”",
            "khu L’Amour và «chợ đêm»",
            "số người < 3,0 và [1]",
        ] {
            assert_eq!(of(text), [], "{text}");
        }
    }

    #[test]
    fn the_exact_mark_is_told() {
        assert_eq!(of("Đường (đoạn 1"), [(6, '(')]);
        assert_eq!(of("Đường đoạn 1) mới"), [(12, ')')]);
        assert_eq!(of("Đường đoạn một) mới"), [(14, ')')]);
        assert_eq!(of("“đầu tư công; “đầu tư tư”"), [(0, '“')]);
        assert_eq!(of("đầu tư công”; “đầu tư tư”"), [(11, '”')]);
        assert_eq!(of("mô hình \"xanh và \"sạch\""), [(8, '"')]);
        assert_eq!(of("mô hình xanh\" và sạch"), [(12, '"')]);
        assert_eq!(of("[1"), [(0, '[')]);
        assert_eq!(of("‘tự quản"), [(0, '‘')]);
    }
}
