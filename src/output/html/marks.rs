//! Words of the document with the findings that stand on them.

use std::ops::Range;

use maud::{Markup, html};

use super::{Entry, Page};
use crate::finding::Severity;
use crate::output::report::Finding;
use crate::span::{At, Span};

/// Most findings of one text whose words are marked; further ones stand after it, so that one long line with very many
/// findings costs no more than many lines.
const MARKS: usize = 100;

/// A stretch of a text and the findings on it.
struct Mark {
    range: Range<usize>,
    entries: Vec<usize>,
}

impl<'a> Page<'a> {
    /// A text of the document with marks under the words of its findings. `at` is where the text stands.
    pub(super) fn marked(&self, text: &str, at: &At, entries: &[usize]) -> Markup {
        let mut marks: Vec<Mark> = Vec::new();
        let mut whole: Vec<usize> = Vec::new();
        for (n, index) in entries.iter().enumerate() {
            let Some(entry) = self.entries.get(*index) else { continue };
            let range = if n < MARKS { self.words(text, at, entry) } else { None };
            match range {
                Some(range) if range.len() < text.len() => add(&mut marks, range, *index),
                _ => whole.push(*index),
            }
        }
        marks.sort_by_key(|mark| mark.range.start);
        let mut done = 0;
        html! {
            @for mark in &marks {
                (text.get(done..mark.range.start).unwrap_or_default())
                @let [hint, other] = self.hints(&mark.entries);
                mark.(self.class(&mark.entries)) title=(hint) data-title=(other) {
                    (text.get(mark.range.clone()).unwrap_or_default())
                }
                (self.tags(&mark.entries))
                @let () = done = mark.range.end;
            }
            (text.get(done..).unwrap_or_default())
            (self.tags(&whole))
        }
    }

    /// Where the words of a finding stand in the text of its node.
    fn words(&self, text: &str, at: &At, entry: &Entry<'a>) -> Option<Range<usize>> {
        let finding = entry.findings[0];
        let quote = finding.quote.as_deref().filter(|quote| !quote.is_empty())?;
        let source = self.input.source;
        // The same words may stand in the text before.
        let before = std::iter::once(at).chain(&at.also).map(|piece| {
            let end = piece.span.1.min(finding.at.span.0);
            let span = source.to_working(Span { start: piece.span.0, end: end.max(piece.span.0) });
            source.slice(span).matches(quote).count()
        });
        let (start, words) = text.match_indices(quote).nth(before.sum())?;
        Some(start..start + words.len())
    }

    /// The class of the gravest finding that is not accepted.
    pub(super) fn class(&self, entries: &[usize]) -> &'static str {
        let open = entries.iter().filter_map(|index| self.entries.get(*index));
        let gravest =
            open.filter(|entry| entry.accepted.is_none()).map(|entry| entry.findings[0].severity).max();
        gravest.map_or("accepted", Severity::name)
    }

    /// What the findings say, for a pointer that rests on the words, in both languages.
    fn hints(&self, entries: &[usize]) -> [String; 2] {
        let own = || entries.iter().filter_map(|index| self.entries.get(*index)).map(|entry| entry.findings);
        let hint = |which: fn([&'a Finding; 2]) -> &'a Finding| {
            let messages = own().map(which).map(|it| format!("{}: {}", it.code, it.message));
            messages.collect::<Vec<_>>().join("\n")
        };
        [hint(|[first, _]| first), hint(|[_, second]| second)]
    }

    /// Links from a place to its findings in the list.
    pub(super) fn tags(&self, entries: &[usize]) -> Markup {
        html! {
            @for entry in entries.iter().filter_map(|index| self.entries.get(*index)) {
                @let own = [entry.index];
                @let [hint, other] = self.hints(&own);
                a.tag.(self.class(&own)) href={ "#f" (entry.index) } title=(hint) data-title=(other) { (entry.findings[0].code) }
            }
        }
    }
}

/// Adds a mark; one that meets another is joined with it.
fn add(marks: &mut Vec<Mark>, range: Range<usize>, entry: usize) {
    let mut joined = Mark { range, entries: vec![entry] };
    let mut apart = Vec::with_capacity(marks.len());
    for mark in marks.drain(..) {
        if mark.range.start < joined.range.end && joined.range.start < mark.range.end {
            joined.range = mark.range.start.min(joined.range.start)..mark.range.end.max(joined.range.end);
            joined.entries.extend(mark.entries);
        } else {
            apart.push(mark);
        }
    }
    joined.entries.sort_unstable();
    apart.push(joined);
    *marks = apart;
}
