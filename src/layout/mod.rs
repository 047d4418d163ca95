//! Layout: what pages broke is joined, what repeats is set aside, zones and tables are found.
//!
//! In: a [`Source`]. Out: a [`Layout`], whose lines, paragraphs and tables still are spans of the source;
//! their meaning comes in `assemble`.

mod attached;
mod borders;
mod caption;
mod flow;
mod footnotes;
mod headings;
mod letterhead;
mod markup;
mod numbering;
mod page_edges;
mod paragraphs;
mod remarks;
mod resume;
mod table;
mod zones;

pub(crate) use attached::Attached;
pub(crate) use borders::{LONGEST_CLOSING_LINE, before_bracket, is_authority, without_rank};
pub(crate) use caption::{label_end, label_of_name, normalized as normalized_label};
pub(crate) use flow::{Lead, Line, lead};
pub(crate) use headings::issued_with;
pub(crate) use paragraphs::{Paragraph, join as join_lines};
pub(crate) use table::{GridCell, GridRow, HeaderColumn, LaidTable};
pub(crate) use zones::{AppendixZone, Part};

pub use markup::Markup;
pub use numbering::{NumberToken, Style, cell_number, heading_number};

use crate::grammar::Grammar;
use crate::model::Aside;
use crate::source::Source;
use crate::span::Span;

/// A document laid out.
#[derive(Debug)]
pub struct Layout {
    /// Emphasis marks and tags.
    pub markup: Markup,
    /// Lines before the first section.
    pub(crate) header: Vec<Line>,
    /// Paragraphs of the body.
    pub(crate) body: Vec<Paragraph>,
    /// Lines from "Nơi nhận" on.
    pub(crate) closing: Vec<Line>,
    /// A document that this one issues and that stands after its signature.
    pub(crate) attached: Option<Attached>,
    /// Appendices, and tables that stand in the body.
    pub(crate) appendices: Vec<AppendixZone>,
    /// What was set aside, with its pieces.
    pub(crate) aside: Vec<(Aside, Span)>,
    /// Where pages are missing, as their numbers show, in ascending places of the text.
    pub(crate) lost_pages: Vec<u32>,
}

impl Layout {
    /// Lays a document out.
    #[must_use]
    pub fn of(source: &Source, grammar: &Grammar) -> Self {
        let markup = Markup::of(source.text());
        let flow = flow::Flow::of(source, &markup, grammar);
        zones::divide(source, markup, flow, grammar)
    }
}

/// Words of a text with their offsets.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}
