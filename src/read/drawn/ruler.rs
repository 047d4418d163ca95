//! In which column of its line a character stands, and what kind of line of a drawing a line is.

use crate::source::Source;
use crate::span::Span;

/// Tells columns: characters that the working text leaves out but that are printed, as the backslash of "\-", count.
#[derive(Debug, Default)]
pub(in crate::read) struct Ruler {
    /// Before which byte of the working text how many columns were left out; ascending.
    left_out: Vec<(u32, usize)>,
}

/// What a line is to a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// It holds nothing.
    Blank,
    /// It begins with a bar or a cross.
    Bars,
    /// Nothing but groups of strokes: from which column to which each.
    Strokes(Vec<(usize, usize)>),
    /// Anything else.
    Text,
}

/// A character of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    pub column: usize,
    pub at: usize,
    pub c: char,
}

/// Fewest strokes of a rule.
const STROKES: usize = 3;
/// Most groups of a rule.
pub(super) const MOST: usize = 64;

impl Ruler {
    /// The columns of a source's working text.
    pub fn of(source: &Source) -> Self {
        let original = source.original();
        let width = |span: &Span| {
            let text = original.get(span.range()).unwrap_or_default();
            text.chars().filter(char::is_ascii_graphic).count()
        };
        let left_out = source.invisible.iter().map(|span| (source.to_working(*span).start, width(span)));
        Self { left_out: left_out.filter(|(_, width)| *width > 0).collect() }
    }

    /// The characters of a line with their columns.
    pub(super) fn letters<'a>(&'a self, text: &'a str, line: Span) -> impl Iterator<Item = Letter> + 'a {
        let first = self.left_out.partition_point(|(at, _)| *at < line.start);
        let mut left_out = self.left_out.get(first..).unwrap_or_default().iter().peekable();
        let slice = text.get(line.range()).unwrap_or_default();
        let start = line.start as usize;
        let mut column = 0;
        slice.char_indices().map(move |(offset, c)| {
            let at = start + offset;
            while let Some((_, width)) = left_out.next_if(|(before, _)| *before as usize <= at) {
                column += width;
            }
            column += 1;
            Letter { column: column - 1, at, c }
        })
    }

    /// What a line is to a drawing.
    pub(super) fn shape(&self, text: &str, line: Span) -> Shape {
        let slice = text.get(line.range()).unwrap_or_default().trim();
        match slice.chars().next() {
            None => Shape::Blank,
            Some(c) if is_bar(c) || is_cross(c) => Shape::Bars,
            Some(c) if is_stroke(c) && slice.chars().all(|c| is_stroke(c) || c == ' ') => {
                self.strokes(text, line)
            }
            Some(_) => Shape::Text,
        }
    }

    fn strokes(&self, text: &str, line: Span) -> Shape {
        let mut groups: Vec<(usize, usize)> = Vec::new();
        for letter in self.letters(text, line).filter(|letter| is_stroke(letter.c)) {
            match groups.last_mut().filter(|(_, end)| *end == letter.column) {
                Some((_, end)) => *end += 1,
                None => groups.push((letter.column, letter.column + 1)),
            }
            if groups.len() > MOST {
                return Shape::Text;
            }
        }
        let count: usize = groups.iter().map(|(from, to)| to - from).sum();
        if count < STROKES { Shape::Text } else { Shape::Strokes(groups) }
    }
}

/// Whether a character parts cells.
pub(super) fn is_bar(c: char) -> bool {
    matches!(c, '|' | '│' | '┃' | '║')
}

/// Whether a character stands where rules meet.
pub(super) fn is_cross(c: char) -> bool {
    c == '+' || ('\u{250C}'..='\u{254B}').contains(&c) || ('\u{2552}'..='\u{256C}').contains(&c)
}

/// Whether a character draws rules.
pub(super) fn is_stroke(c: char) -> bool {
    matches!(c, '-' | '=' | '─' | '━' | '═')
}

/// Whether a rule drawn with it ends the header.
pub(super) fn is_double(c: char) -> bool {
    matches!(c, '=' | '═')
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn backslashes_that_were_left_out_count() {
        let source = crate::read::from_text("| 1 | \\- | Đủ\n| 2 | \\% |");
        assert_eq!(source.text(), "| 1 | - | Đủ\n| 2 | % |");
        let ruler = Ruler::of(&source);
        let columns = |line: Span| -> Vec<usize> {
            let bars = ruler.letters(source.text(), line).filter(|letter| is_bar(letter.c));
            bars.map(|letter| letter.column).collect()
        };
        let end = source.text().find('\n').unwrap();
        assert_eq!(columns(Span::new(0, end)), [0, 4, 9]);
        assert_eq!(columns(Span::new(end + 1, source.text().len())), [0, 4, 9]);
    }

    #[test]
    fn lines_are_told_by_their_first_character() {
        let shape = |line: &str| Ruler::default().shape(line, Span::new(0, line.len()));
        assert_eq!(shape("  | 1 |"), Shape::Bars);
        assert_eq!(shape("+---+"), Shape::Bars);
        assert_eq!(shape("  --- ----"), Shape::Strokes(vec![(2, 5), (6, 10)]));
        assert_eq!(shape("- Như trên"), Shape::Text);
        assert_eq!(shape("--"), Shape::Text);
        assert_eq!(shape("   "), Shape::Blank);
    }
}
