//! Where the body goes on after a table that has a caption: tables with captions may stand inside the body ("Bảng 1. …"),
//! and the closing part may follow the last of them.

use super::flow::{Lead, Line, Piece};
use super::numbering::{NumberToken, Style};
use std::ops::Range;

/// Where a caption stands, and whether its words are those of a table inside a text ("Bảng 1"), not of an appendix.
pub(super) type Place = (usize, bool);

/// The stretches after tables with captions that belong to the body again: each begins with a heading that has the
/// number after that of the body's last heading of its style; under an appendix's caption only those of the highest style
/// are the body's.
pub(super) fn stretches(pieces: &[Piece], captions: &[Place]) -> Vec<Range<usize>> {
    let Some((first, _)) = captions.first().copied() else { return Vec::new() };
    let mut open = Open::default();
    pieces.iter().take(first).filter_map(heading).for_each(|token| open.push(token));
    let Some(highest) = open.highest() else { return Vec::new() };
    let mut out = Vec::new();
    let ends = captions.iter().skip(1).map(|(at, _)| *at).chain(std::iter::once(pieces.len()));
    for ((from, is_table), to) in captions.iter().copied().zip(ends) {
        let within = pieces.get(from..to).unwrap_or_default();
        let Some(table) = within.iter().position(|piece| matches!(piece, Piece::Table { .. })) else {
            continue;
        };
        let above = within.get(..table).unwrap_or_default();
        // Headings over the table are the appendix's own, and count by themselves.
        let own = |token: &NumberToken| above.iter().filter_map(heading).any(|it| it.style == token.style);
        let body = |token: &NumberToken| token.style == highest || is_table && !own(token);
        let goes_on = within
            .iter()
            .enumerate()
            .skip(table + 1)
            .find(|(_, piece)| heading(piece).is_some_and(|token| body(token) && open.is_next(token)));
        if let Some((at, _)) = goes_on {
            out.push(from + at..to);
            within.iter().skip(at).filter_map(heading).for_each(|token| open.push(token));
        }
    }
    out
}

/// The last number of each style of headings since one of a higher style.
#[derive(Default)]
struct Open(Vec<(Style, u32)>);

impl Open {
    fn push(&mut self, token: &NumberToken) {
        self.0.retain(|(style, _)| rank(*style) < rank(token.style));
        self.0.push((token.style, token.ordinal));
    }

    fn highest(&self) -> Option<Style> {
        self.0.first().map(|(style, _)| *style)
    }

    fn is_next(&self, token: &NumberToken) -> bool {
        self.0.iter().any(|(style, last)| *style == token.style && last + 1 == token.ordinal)
    }
}

fn heading(piece: &Piece) -> Option<&NumberToken> {
    match piece {
        Piece::Line(Line { lead: Lead::Number(token), .. }) => {
            matches!(token.style, Style::Worded(_) | Style::Upper | Style::Roman | Style::Arabic(1))
                .then_some(token)
        }
        _ => None,
    }
}

/// How high a style of headings stands: "Phần I", "A", "I", "1".
fn rank(style: Style) -> u32 {
    match style {
        Style::Worded(n) => u32::from(n),
        Style::Upper => 100,
        Style::Roman => 101,
        _ => 102,
    }
}
