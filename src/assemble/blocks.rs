//! Blocks: paragraphs and list items of the body.

use super::Maker;
use crate::layout::{Lead, Paragraph};
use crate::model::{Block, BlockKind, Reference};
use crate::span::{At, Span};
use crate::syntax::{quantity, reference};
use crate::value::Quantity;

/// Longest unmarked emphasised line that is a run-in head.
const MAX_SUBHEADING: usize = 160;

/// The block of a paragraph. `id` is its own.
pub(super) fn block(maker: Maker<'_>, id: String, paragraph: &Paragraph) -> Block {
    let whole = maker.joined(&paragraph.pieces);
    let mark_len = match paragraph.lead {
        Lead::Bullet { len } | Lead::SubBullet { len } | Lead::Star { len } => len,
        Lead::None | Lead::Number(_) => 0,
    };
    let marker = whole.get(..mark_len).filter(|mark| !mark.is_empty()).map(str::to_owned);
    let text = whole.get(mark_len..).unwrap_or_default().trim_start().to_owned();
    let kind = match paragraph.lead {
        Lead::Bullet { .. } => BlockKind::Bullet,
        Lead::SubBullet { .. } => BlockKind::SubBullet,
        Lead::Star { .. } => BlockKind::Subheading,
        Lead::None | Lead::Number(_) => unmarked_kind(maker, paragraph, &text),
    };
    let quantities = quantities(maker, &paragraph.pieces, &text);
    let references = references(maker, &paragraph.pieces, &text);
    Block { id, kind, marker, quantities, references, at: maker.at(&paragraph.pieces), text }
}

fn unmarked_kind(maker: Maker<'_>, paragraph: &Paragraph, text: &str) -> BlockKind {
    if text.starts_with('(') && text.trim_end_matches(['.', ';']).ends_with(')') {
        return BlockKind::Note;
    }
    let [span] = paragraph.pieces.as_slice() else { return BlockKind::Paragraph };
    let marks = maker.markup.inside(*span);
    let emphasised = marks.first().is_some_and(|mark| mark.start == span.start)
        && marks.last().is_some_and(|mark| mark.end == span.end);
    let open = !text.ends_with(['.', ';', ',', '!', '?', '…']);
    if emphasised && open && text.len() <= MAX_SUBHEADING {
        BlockKind::Subheading
    } else {
        BlockKind::Paragraph
    }
}

pub(super) fn quantities(maker: Maker<'_>, pieces: &[Span], text: &str) -> Vec<Quantity> {
    quantity::quantities_in(text, &maker.grammar.units)
        .into_iter()
        .map(|(range, mut quantity)| {
            quantity.at = maker.within(pieces, text, range);
            quantity
        })
        .collect()
}

/// The quantities of a cell's text, each at the cell.
pub(super) fn quantities_at(maker: Maker<'_>, text: &str, at: &At) -> Vec<Quantity> {
    let found = quantity::quantities_in(text, &maker.grammar.units).into_iter();
    found.map(|(_, quantity)| Quantity { at: at.clone(), ..quantity }).collect()
}

pub(super) fn references(maker: Maker<'_>, pieces: &[Span], text: &str) -> Vec<Reference> {
    reference::references_in(text, &maker.grammar.references)
        .into_iter()
        .map(|(range, mut reference)| {
            reference.at = maker.within(pieces, text, range);
            reference
        })
        .collect()
}
