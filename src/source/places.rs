//! From offsets to lines and columns, and from the working text to the original.

use memchr::memchr_iter;

use crate::span::Span;

/// Bytes between two counts of code points; keeps a column's cost constant on very long lines.
const STRIDE: usize = 1024;

/// Line starts and code-point counts of a text.
#[derive(Debug)]
pub(super) struct Places {
    lines: Vec<u32>,
    /// Code points before byte `i * STRIDE` (moved up to the next character start).
    counts: Vec<u32>,
    len: u32,
}

/// Where the working text differs from the original: a list of edits, ascending. Between two edits the
/// bytes agree one to one.
#[derive(Debug, Default)]
pub struct OffsetMap {
    edits: Vec<Edit>,
}

/// A piece of the original and what stands for it in the working text (nothing, for a removed character).
#[derive(Debug, Clone, Copy)]
struct Edit {
    working: Span,
    original: Span,
}

impl Places {
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = vec![0];
        lines.extend(memchr_iter(b'\n', bytes).map(|i| u32::try_from(i + 1).unwrap_or(u32::MAX)));
        let mut counts = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut total = 0_u32;
        for chunk in bytes.chunks(STRIDE) {
            counts.push(total);
            total += starts(chunk);
        }
        Self { lines, counts, len: u32::try_from(bytes.len()).unwrap_or(u32::MAX) }
    }

    /// Line and column, both from 1, of a byte offset.
    pub(super) fn line_column(&self, text: &str, offset: u32) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|i| self.lines.get(i)).copied().unwrap_or(0);
        let column = if (offset - start) as usize <= STRIDE {
            starts(text.as_bytes().get(start as usize..offset as usize).unwrap_or_default())
        } else {
            self.characters_before(text, offset) - self.characters_before(text, start)
        };
        (u32::try_from(line).unwrap_or(u32::MAX), column + 1)
    }

    /// Start and end of a line, the end including its line break.
    pub(super) fn line(&self, line: u32) -> Option<(u32, u32)> {
        let index = (line as usize).checked_sub(1)?;
        let start = *self.lines.get(index)?;
        Some((start, self.lines.get(index + 1).copied().unwrap_or(self.len)))
    }

    fn characters_before(&self, text: &str, offset: u32) -> u32 {
        let block = offset as usize / STRIDE;
        let base = self.counts.get(block).copied().unwrap_or(0);
        base + starts(text.as_bytes().get(block * STRIDE..offset as usize).unwrap_or_default())
    }
}

/// Number of code points that start in the bytes.
fn starts(bytes: &[u8]) -> u32 {
    // Sums of bytes are fast, and of a chunk they fit.
    let in_chunk = |chunk: &[u8]| chunk.iter().map(|byte| u8::from((byte & 0xC0) != 0x80)).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|chunk| u32::from(in_chunk(chunk))).sum()
}

impl OffsetMap {
    /// Notes that `working` stands for `original`. Edits come in order and do not overlap.
    pub fn edit(&mut self, working: Span, original: Span) {
        self.edits.push(Edit { working, original });
    }

    pub(super) fn to_original(&self, span: Span) -> Span {
        let pairs = |edit: &Edit| (edit.working, edit.original);
        self.convert(span, pairs)
    }

    /// A span of the original as one of the working text.
    #[must_use]
    pub fn to_working(&self, span: Span) -> Span {
        let pairs = |edit: &Edit| (edit.original, edit.working);
        self.convert(span, pairs)
    }

    /// A start inside an edit goes to the edit's start, an end inside it to its end; removed characters on
    /// either border of the span stay outside.
    fn convert(&self, span: Span, pairs: impl Fn(&Edit) -> (Span, Span)) -> Span {
        let before = |count: usize| count.checked_sub(1).and_then(|i| self.edits.get(i)).map(&pairs);
        let start = match before(self.edits.partition_point(|e| pairs(e).0.start <= span.start)) {
            Some((from, to)) if span.start < from.end => to.start,
            Some((from, to)) => to.end + (span.start - from.end),
            None => span.start,
        };
        let end = match before(self.edits.partition_point(|e| pairs(e).0.start < span.end)) {
            Some((from, to)) if span.end <= from.end => to.end,
            Some((from, to)) => to.end + (span.end - from.end),
            None => span.end,
        };
        Span { start, end: end.max(start) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_code_points_on_long_lines() {
        let text = format!("ab\n{}x", "ế".repeat(3000));
        let places = Places::of(&text);
        let offset = u32::try_from(text.len() - 1).unwrap_or(0);
        assert_eq!(places.line_column(&text, offset), (2, 3001));
        assert_eq!(places.line_column(&text, 0), (1, 1));
    }

    #[test]
    fn removed_characters_on_the_border_stay_outside() {
        // original: "\u{200B}ab" (3 + 2 bytes), working: "ab"
        let mut map = OffsetMap::default();
        map.edit(Span::new(0, 0), Span::new(0, 3));
        assert_eq!(map.to_original(Span::new(0, 2)), Span::new(3, 5));
        assert_eq!(map.to_working(Span::new(3, 5)), Span::new(0, 2));
    }
}
