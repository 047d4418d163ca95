//! Where the body goes on after a table that has a caption: tables with captions may stand inside the body ("Bảng 1. …"),
//! and the closing part may follow the last of them.

use super::flow::{Lead, Line, Piece};
use super::numbering::{NumberToken, Style};
use std::ops::Range;

/// The stretches after tables with captions that belong to the body again: each begins with a heading that has the
/// number after that of the body's last heading of the highest style. `captions` are the indices of all captions.
pub(super) fn stretches(pieces: &[Piece], captions: &[usize]) -> Vec<Range<usize>> {
    let Some(first) = captions.first().copied() else { return Vec::new() };
    let headings = || pieces.iter().take(first).filter_map(heading);
    let Some(highest) = headings().map(|token| token.style).min_by_key(|style| rank(*style)) else {
        return Vec::new();
    };
    let mut last = headings().filter(|token| token.style == highest).map(|token| token.ordinal).next_back();
    let mut out = Vec::new();
    let ends = captions.iter().skip(1).copied().chain(std::iter::once(pieces.len()));
    for (from, to) in captions.iter().copied().zip(ends) {
        let within = pieces.get(from..to).unwrap_or_default();
        let Some(table) = within.iter().position(|piece| matches!(piece, Piece::Table { .. })) else {
            continue;
        };
        let goes_on = within.iter().enumerate().skip(table + 1).find(|(_, piece)| {
            heading(piece).is_some_and(|token| {
                token.style == highest && last.is_some_and(|last| token.ordinal == last + 1)
            })
        });
        if let Some((at, _)) = goes_on {
            out.push(from + at..to);
            let rest = within.iter().skip(at).filter_map(heading);
            last = rest.filter(|token| token.style == highest).map(|token| token.ordinal).next_back();
        }
    }
    out
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
