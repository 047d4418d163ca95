//! From layout to the typed model, one file for each entity.
//!
//! Nothing fails here: what is not understood stays in the model as text.

mod appendix;
mod blocks;
mod by_column;
mod by_content;
mod carry;
mod closing;
mod columns;
mod declared;
mod ditto;
mod figures;
mod formula;
mod handed;
mod header;
mod heads;
mod hierarchy;
mod ids;
mod items;
mod known;
mod letterhead;
mod lined;
mod lost;
mod marked;
mod merged;
mod named;
mod parts;
mod reread;
mod row_roles;
mod rows;
mod scale;
mod sections;
mod stored;
mod table_kind;
mod title;
mod total_column;

use crate::grammar::Grammar;
use crate::layout::{Layout, Markup};
use crate::model::{Aside, Document, ForeignLetter, Notice, OldEncoding, SCHEMA, SetAside, SourceInfo};
use crate::source::Source;
use crate::span::{At, Span};

/// What all of `assemble` reads.
#[derive(Clone, Copy)]
pub(crate) struct Maker<'a> {
    pub source: &'a Source,
    pub markup: &'a Markup,
    pub grammar: &'a Grammar,
    /// Where pages are missing, ascending.
    pub lost_pages: &'a [u32],
}

/// The typed model of a document.
#[must_use]
pub fn assemble(source: &Source, layout: Layout, grammar: &Grammar) -> Document {
    let Layout { markup, header, body, closing, attached, appendices, aside, lost_pages } = layout;
    let maker = Maker { source, markup: &markup, grammar, lost_pages: &lost_pages };
    let mut document =
        Document { schema: SCHEMA.to_owned(), source: source_info(source), ..Document::default() };
    document.header = header::header(maker, &header);
    let ((sections, tail), appendices) = rayon::join(
        || sections::sections(maker, body, !closing.is_empty()),
        || appendix::appendices(maker, appendices),
    );
    document.sections = sections;
    document.sections.extend(attached.map(|attached| sections::attached(maker, attached)));
    document.closing = closing::closing(maker, &tail, &closing, &mut document.unplaced);
    document.appendices = appendices;
    reread::by_text(maker, &mut document.appendices, &mut document.sections);
    reread::running(&document.appendices, &mut document.sections);
    header::complete(maker, &mut document);
    document.set_aside = set_aside(maker, aside);
    document
}

fn source_info(source: &Source) -> SourceInfo {
    SourceInfo {
        name: source.name.clone(),
        format: source.format.to_owned(),
        encoding: source.encoding.clone(),
        sha256: source.sha256.clone(),
        bytes: source.bytes,
        pages: source.pages,
        replaced: source.replaced,
        old_encoding: source.old_encoding.as_ref().map(|old| OldEncoding {
            name: old.name.clone(),
            lines: old.lines,
            unread: old.unread.iter().map(|byte| format!("{byte:02X}")).collect(),
            lacking: old.lacking.iter().collect(),
            at: source.at_original(old.first),
        }),
        foreign_letters: source.foreign_letters.iter().map(|span| foreign_letter(source, *span)).collect(),
        decomposed: source.decomposed.iter().map(|span| source.at_original(*span)).collect(),
        notices: source
            .notices
            .iter()
            .map(|notice| Notice {
                kind: notice.kind,
                detail: notice.detail.clone(),
                at: notice.span.map(|span| source.at(span)),
            })
            .collect(),
    }
}

fn foreign_letter(source: &Source, span: Span) -> ForeignLetter {
    let letter = source.original().get(span.range()).unwrap_or_default().to_owned();
    let read_as = source.slice(source.to_working(span)).to_owned();
    ForeignLetter { letter, read_as, at: source.at_original(span) }
}

/// What is not content, in order. Markup inside a piece that is set aside goes with it.
fn set_aside(maker: Maker<'_>, pieces: Vec<(Aside, Span)>) -> Vec<SetAside> {
    let mut spans: Vec<(Span, Aside)> = pieces.into_iter().map(|(reason, span)| (span, reason)).collect();
    spans.sort_unstable_by_key(|(span, _)| *span);
    let covered = |mark: &Span| {
        let index = spans.partition_point(|(span, _)| span.start <= mark.start);
        index.checked_sub(1).and_then(|i| spans.get(i)).is_some_and(|(span, _)| span.contains(*mark))
    };
    let marks: Vec<(Span, Aside)> = maker
        .markup
        .spans()
        .iter()
        .filter(|mark| !covered(mark))
        .map(|mark| (*mark, Aside::Markup))
        .collect();
    spans.extend(marks);
    spans.sort_unstable_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    // The bars between column numbers, and stars around them, go with their row, and what a comment holds with the comment.
    let mut outer = (Span::default(), Aside::Markup);
    spans.retain(|(span, reason)| {
        let goes_with = matches!(reason, Aside::Ornament | Aside::Markup) || outer.1 == Aside::Markup;
        let inside = goes_with && !outer.0.is_empty() && outer.0.contains(*span);
        outer = if inside || span.end <= outer.0.end { outer } else { (*span, *reason) };
        !inside
    });
    let mut out: Vec<SetAside> = spans
        .into_iter()
        .map(|(span, reason)| SetAside {
            reason,
            text: maker.source.slice(span).to_owned(),
            at: maker.source.at(span),
        })
        .collect();
    if !maker.source.invisible.is_empty() {
        out.extend(maker.source.invisible.iter().map(|span| {
            let text = maker.source.original().get(span.range()).unwrap_or_default().to_owned();
            let marks = text.starts_with(|c: char| c.is_ascii_graphic());
            let reason = if marks { Aside::Markup } else { Aside::Invisible };
            SetAside { reason, text, at: maker.source.at_original(*span) }
        }));
        out.sort_by_key(|piece| piece.at.span);
    }
    out
}

impl<'a> Maker<'a> {
    /// A span's text without markup.
    pub(crate) fn text(self, span: Span) -> std::borrow::Cow<'a, str> {
        self.markup.text(self.source, span)
    }

    /// Several spans' texts joined by one space.
    pub(crate) fn joined(self, spans: &[Span]) -> String {
        match spans {
            [one] => self.text(*one).into_owned(),
            many => crate::text::join(many.iter().map(|span| self.text(*span))),
        }
    }

    /// The place of several spans.
    pub(crate) fn at(self, spans: &[Span]) -> At {
        match spans {
            [one] => self.source.at(*one),
            many => self.source.at_all(many),
        }
    }

    /// The place of a range of bytes of a node's text; the node's own place where the text cannot be
    /// followed back (markup or a page break inside the words).
    pub(crate) fn within(self, spans: &[Span], text: &str, range: std::ops::Range<usize>) -> At {
        if let [one] = spans
            && let Some(at) = text.as_ptr_range_in(self.source.slice(*one))
        {
            let start = one.start as usize + at + range.start;
            return self.source.at(Span::new(start, start + range.len()));
        }
        let words = text.get(range.clone()).unwrap_or_default();
        let mut skip = text.get(..range.start).unwrap_or_default().matches(words).count();
        for span in spans {
            for (at, _) in self.source.slice(*span).match_indices(words) {
                if skip == 0 && !words.is_empty() {
                    let start = span.start as usize + at;
                    return self.source.at(Span::new(start, start + words.len()));
                }
                skip = skip.saturating_sub(1);
            }
        }
        self.at(spans)
    }
}

/// Where a text is found whole inside a longer one.
trait PartOf {
    fn as_ptr_range_in(&self, whole: &str) -> Option<usize>;
}

impl PartOf for str {
    fn as_ptr_range_in(&self, whole: &str) -> Option<usize> {
        if self.is_empty() {
            return None;
        }
        // A node's text is its span but for the mark before it: it is found at the end.
        whole.trim_end().strip_suffix(self).map(str::len)
    }
}
