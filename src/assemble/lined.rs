//! The lines of a cell. Its text has one space where it is broken; lists that have an entry a line are read by the breaks.

use super::Maker;
use crate::model::{Cell, Origin};
use crate::span::Span;
use crate::text::squeeze;

/// The cell's text with its line breaks, where its author set them and it is in one piece.
///
/// The lines of a page (PDF, scans) end where the column ends and say nothing.
pub(super) fn lined(maker: Maker<'_>, cell: &Cell) -> Option<String> {
    let raw = cell.raw.as_deref()?;
    let printed = matches!(maker.source.format, "pdf" | "picture");
    if printed || cell.origin != Origin::Own || !cell.at.also.is_empty() {
        return None;
    }
    let (start, end) = cell.at.span;
    // The pieces are those of the working text, as the cell's own text is: its letters are composed.
    let working = |start, end| maker.source.slice(maker.source.to_working(Span { start, end }));
    let breaks = &maker.source.line_breaks;
    let first = breaks.partition_point(|at| *at < start);
    let inside = breaks.get(first..).unwrap_or_default().iter().take_while(|at| **at < end);
    let ends = inside.copied().chain(std::iter::once(end));
    let mut from = start;
    let mut lines: Vec<String> = Vec::new();
    for end in ends {
        let pieces = self::lines(working(from, end)).into_iter();
        lines.extend(pieces.map(squeeze).filter(|line| !line.is_empty()));
        from = end;
    }
    (lines.len() > 1 && lines.join(" ") == raw).then(|| lines.join("\n"))
}

/// The parts of a text between line ends and tags of line breaks.
fn lines(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for line in text.split('\n') {
        let mut rest = line;
        while let Some((at, end)) = line_break(rest) {
            out.push(rest.get(..at).unwrap_or_default());
            rest = rest.get(end..).unwrap_or_default();
        }
        out.push(rest);
    }
    out
}

/// Where the first tag of a line break begins and ends.
fn line_break(text: &str) -> Option<(usize, usize)> {
    let starts = text.match_indices('<').map(|(at, _)| at);
    let at = starts.into_iter().find(|at| {
        text.get(at + 1..at + 3).is_some_and(|name| name.eq_ignore_ascii_case("br"))
            && text.get(at + 3..).is_some_and(|rest| rest.starts_with(['>', '/', ' ']))
    })?;
    let length = text.get(at..)?.find('>')?;
    Some((at, at + length + 1))
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_end_at_line_ends_and_tags() {
        assert_eq!(
            lines("- Sở Y tế<br>- Sở Xây dựng<BR />- Thuế tỉnh"),
            ["- Sở Y tế", "- Sở Xây dựng", "- Thuế tỉnh"]
        );
        assert_eq!(lines("một\nhai"), ["một", "hai"]);
        assert_eq!(lines("a < b <b>c</b>"), ["a < b <b>c</b>"]);
    }
}
