//! Emphasis marks and tags: found once, left out of every text, kept in `set_aside`.

use std::borrow::Cow;

use memchr::{memchr, memchr3_iter};

use crate::source::Source;
use crate::span::Span;
use crate::text::head;

/// The markup of a document, as ascending spans of the working text.
#[derive(Debug, Default)]
pub struct Markup {
    spans: Vec<Span>,
}

/// Tags that a converter leaves in text.
const TAGS: &[&str] = &[
    "i", "b", "u", "em", "strong", "br", "sup", "sub", "span", "p", "s", "del", "ins", "font", "center",
    "small", "mark", "div",
];

impl Markup {
    /// Finds the markup of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut spans: Vec<Span> = Vec::new();
        let mut done = 0;
        for at in memchr3_iter(b'*', b'<', b'$', bytes) {
            if at < done {
                continue;
            }
            let found = match bytes.get(at) {
                Some(b'<') => comment(text, at).or_else(|| tag(text, at)),
                Some(b'$') => {
                    let marks = formula(text, at);
                    done = marks.last().map_or(done, |last| last.end as usize);
                    spans.extend(marks);
                    None
                }
                _ => stars(text, at, &mut done),
            };
            if let Some(span) = found {
                done = done.max(span.end as usize);
                spans.push(span);
            }
        }
        let others: Vec<Span> = underscored(text).into_iter().chain(note_marks(text)).collect();
        if !others.is_empty() {
            spans.extend(others);
            spans.sort_unstable_by_key(|span| span.start);
        }
        Self { spans }
    }

    /// All spans, ascending.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The markup inside a span.
    #[must_use]
    pub fn inside(&self, span: Span) -> &[Span] {
        let first = self.spans.partition_point(|m| m.end <= span.start);
        let last = self.spans.partition_point(|m| m.start < span.end);
        self.spans.get(first..last).unwrap_or_default()
    }

    /// The text of a span without markup, with single spaces, trimmed.
    #[must_use]
    pub fn text<'a>(&self, source: &'a Source, span: Span) -> Cow<'a, str> {
        let inside = self.inside(span);
        let whole = source.slice(span);
        if inside.is_empty() {
            let trimmed = whole.trim();
            return if is_single_spaced(trimmed) {
                Cow::Borrowed(trimmed)
            } else {
                Cow::Owned(crate::text::squeeze(trimmed))
            };
        }
        let mut out = String::with_capacity(whole.len());
        let mut from = span.start;
        for mark in inside {
            out.push_str(source.slice(Span { start: from, end: mark.start.max(from) }));
            if is_line_break(source.slice(*mark)) {
                out.push(' ');
            }
            from = mark.end;
        }
        out.push_str(source.slice(Span { start: from, end: span.end.max(from) }));
        Cow::Owned(crate::text::squeeze(&out))
    }

    /// The span without markup and spaces at its ends.
    #[must_use]
    pub fn trim(&self, source: &Source, mut span: Span) -> Span {
        let inside = self.inside(span);
        let (mut first, mut last) = (0, inside.len());
        loop {
            let slice = source.slice(span);
            let left = u32::try_from(slice.len() - slice.trim_start().len()).unwrap_or(0);
            span.start += left;
            match inside.get(first) {
                Some(mark) if mark.start == span.start && first < last => {
                    span.start = mark.end.min(span.end);
                    first += 1;
                }
                _ => break,
            }
        }
        loop {
            let slice = source.slice(span);
            span.end = span.start + u32::try_from(slice.trim_end().len()).unwrap_or(0);
            match last.checked_sub(1).and_then(|i| inside.get(i)) {
                Some(mark) if mark.end == span.end && first < last => {
                    span.end = mark.start.max(span.start);
                    last -= 1;
                }
                _ => break,
            }
        }
        span
    }
}

/// Most underscores of an emphasis mark; more are a blank to be filled.
const UNDERSCORES: usize = 2;

/// Underscores around a whole line: "_(Kèm theo Kế hoạch số 5/KH-UBND)_".
fn underscored(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| memchr(b'_', rest.as_bytes())).map(|at| from + at) {
        let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |length| at + length);
        from = end;
        let line = text.get(start..end).unwrap_or_default();
        let inner = line.trim_matches(['*', ' ', '\r']);
        let opens = inner.len() - inner.trim_start_matches('_').len();
        let closes = inner.len() - inner.trim_end_matches('_').len();
        let words = inner.trim_matches('_');
        let apart = !words.starts_with(char::is_whitespace) && !words.ends_with(char::is_whitespace);
        if (1..=UNDERSCORES).contains(&opens)
            && opens == closes
            && apart
            && words.contains(char::is_alphabetic)
        {
            let first = start + line.find(inner).unwrap_or_default();
            let last = first + inner.len();
            out.extend([Span::new(first, first + opens), Span::new(last - closes, last)]);
        }
    }
    out
}

/// "[[1]](#footnote-1)": the marks of notes in Markdown.
fn note_marks(text: &str) -> impl Iterator<Item = Span> + '_ {
    text.match_indices("]](#footnote-").filter_map(|(at, _)| {
        let start = text.get(..at)?.rfind("[[")?;
        let digits = text.get(start + 2..at)?;
        let end = at + text.get(at..)?.find(')')? + 1;
        (digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| Span::new(start, end))
    })
}

/// Whether all space in the text is single plain spaces.
fn is_single_spaced(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Looking at all pairs is faster than stopping at the first.
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    !pairs.fold(false, |found, (a, b)| found | ((*a <= b' ') & ((*b <= b' ') | (*a != b' '))))
}

fn is_line_break(mark: &str) -> bool {
    mark.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("<br"))
}

/// Longest comment and longest formula, in bytes.
const LONGEST: usize = 400;

/// A comment of HTML: `<!-- page 3 -->`.
fn comment(text: &str, at: usize) -> Option<Span> {
    let rest = text.get(at..)?.strip_prefix("<!--")?;
    let end = head(rest, LONGEST).find("-->")?;
    Some(Span::new(at, at + "<!--".len() + end + "-->".len()))
}

/// The marks of a formula of TeX that only holds numbers and signs: `$≥ 90%$`, `m$^2$`. As in Pandoc's Markdown no space
/// stands inside its ends and no digit beside it ("5$-6$" are prices), and words stand in none.
fn formula(text: &str, at: usize) -> Vec<Span> {
    let inner = || {
        let rest = text.get(at + 1..)?;
        let (inner, after) = head(rest, LONGEST).split_once('$')?;
        let ends = !inner.starts_with(' ') && !inner.ends_with(' ') && !inner.is_empty();
        let plain = |c: char| c.is_ascii_digit() || "≤≥<>=≈±×·→+-–.,% ^{}_/()".contains(c);
        let priced = text.get(..at)?.ends_with(|c: char| c.is_ascii_digit());
        (ends && !priced && inner.chars().all(plain) && !after.starts_with(|c: char| c.is_ascii_digit()))
            .then_some(inner)
    };
    let Some(inner) = inner() else { return Vec::new() };
    let mark = |at: usize| Span::new(at, at + 1);
    let signs = inner.match_indices(['^', '{', '}', '_']).map(|(offset, _)| mark(at + 1 + offset));
    std::iter::once(mark(at)).chain(signs).chain([mark(at + 1 + inner.len())]).collect()
}

fn tag(text: &str, at: usize) -> Option<Span> {
    let rest = text.get(at + 1..)?;
    let body = rest.get(..rest.bytes().take(80).position(|byte| byte == b'>')?)?;
    let name = body.strip_prefix('/').unwrap_or(body);
    let name = name.split([' ', '/']).next().unwrap_or_default();
    let known = TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name));
    known.then(|| Span::new(at, at + body.len() + 2))
}

/// A run of stars is markup where it touches a word, as in CommonMark's flanking runs; "(*)", "3*4" and a
/// star between spaces are text. At the start of a line and before a space the last star is a list mark.
fn stars(text: &str, at: usize, done: &mut usize) -> Option<Span> {
    let bytes = text.as_bytes();
    let length = bytes.get(at..)?.iter().take_while(|byte| **byte == b'*').count();
    let end = at + length;
    *done = end;
    let before = text.get(..at)?.chars().next_back();
    let after = text.get(end..)?.chars().next();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if (before == Some('(') && after == Some(')')) || (length == 1 && digit(before) && digit(after)) {
        return None;
    }
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    if !space(before) || !space(after) {
        return Some(Span::new(at, end));
    }
    // Stars between spaces: list mark at the start of a line, with emphasis before it where there is more
    // than one; text elsewhere.
    let line_start = before.is_none_or(|c| matches!(c, '\n' | '\r'));
    (line_start && length > 1 && after == Some(' ')).then(|| Span::new(at, end - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(text: &str) -> String {
        let source = crate::read::from_text(text);
        let markup = Markup::of(source.text());
        markup.text(&source, Span::new(0, source.text().len())).into_owned()
    }

    #[test]
    fn emphasis_and_tags_are_left_out() {
        assert_eq!(stripped("PHỤ LỤC 3**Danh mục***(kèm theo)*"), "PHỤ LỤC 3Danh mục(kèm theo)");
        assert_eq!(stripped("<i>Tr. đó</i> <b>x</b>"), "Tr. đó x");
        assert_eq!(stripped("** Về hạ tầng*"), "* Về hạ tầng");
        assert_eq!(stripped("_(Kèm theo Kế hoạch số 5)_"), "(Kèm theo Kế hoạch số 5)");
        assert_eq!(stripped("Số: ___/KH-UBND, tệp a_b.txt"), "Số: ___/KH-UBND, tệp a_b.txt");
    }

    #[test]
    fn formulas_of_numbers_are_their_numbers_and_comments_are_none() {
        assert_eq!(stripped("đạt $\\geq 90\\%$ số m$^{2}$ <!-- page 3 -->"), "đạt ≥ 90% số m2");
        assert_eq!(stripped("từ 5$-6$ đến US$7, $x$"), "từ 5$-6$ đến US$7, $x$");
    }

    #[test]
    fn stars_and_angles_that_are_text_stay() {
        assert_eq!(stripped("Ghi chú (*): 3*4 < 3,0"), "Ghi chú (*): 3*4 < 3,0");
        assert_eq!(stripped("* Về hạ tầng"), "* Về hạ tầng");
    }
}
