//! The report on a terminal: each finding with the offending line and a marker under the exact words, the
//! operands of a failed check, and a summary of the checks that hold.

mod operands;
mod summary;

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use rustc_hash::{FxHashMap, FxHashSet};
use unicode_width::UnicodeWidthStr;

use super::columns::{Align, align, cut};
use super::report::{Check, Finding, Related, Report};
use super::{Catalogue, place};
use crate::finding::{Outcome, Severity, Text};
use crate::source::Source;
use crate::span::At;

/// How the text is written.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Whether to write colours.
    pub colour: bool,
    /// Width of the terminal in cells.
    pub width: usize,
    /// What stands beside the findings.
    pub extent: Extent,
}

/// How much is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Findings, notices, counts.
    Whole,
    /// Findings alone.
    Findings,
}

/// A place on its line, as bytes of the line, and the marker for it.
struct Piece<'a> {
    line: u32,
    column: u32,
    /// Where it is, in a file that is not one of lines.
    place: Option<String>,
    text: &'a str,
    range: Range<usize>,
    kind: AnnotationKind,
    label: String,
}

/// Related places that are quoted; of further ones only the place is given.
const RELATED_LIMIT: usize = 8;

/// Widest label of a related place, in terminal cells.
const LABEL_LIMIT: usize = 60;

/// A longer line is cut around its marker before it is laid out, so that a line of megabytes costs no more
/// than another.
const LINE_LIMIT: usize = 16 * 1024;

/// The report as text.
#[must_use]
pub fn render(report: &Report, source: &Source, catalogue: &Catalogue, look: Look) -> String {
    let writer = Writer::new(report, source, catalogue, look);
    let mut out = String::new();
    for finding in &report.findings {
        writer.finding(finding, &mut out);
    }
    if look.extent == Extent::Findings {
        return out;
    }
    for notice in &report.source.notices {
        let text = Text::new("notice-line").with("notice", notice.message.as_str());
        out.push_str(&catalogue.render(&text));
        out.push('\n');
    }
    summary::write(report, catalogue, &mut out);
    out
}

struct Writer<'a> {
    report: &'a Report,
    source: &'a Source,
    catalogue: &'a Catalogue,
    renderer: Renderer,
    width: usize,
    failed: FxHashMap<(&'a str, (u32, u32)), Vec<&'a Check>>,
}

impl<'a> Writer<'a> {
    fn new(report: &'a Report, source: &'a Source, catalogue: &'a Catalogue, look: Look) -> Self {
        let renderer = if look.colour { Renderer::styled().hyperlink(false) } else { Renderer::plain() };
        let mut failed: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for check in report.checks.iter().filter(|check| check.outcome != Outcome::Holds) {
            failed.entry((check.code.as_str(), check.at.span)).or_default().push(check);
        }
        let width = look.width.max(40);
        Self { report, source, catalogue, renderer: renderer.term_width(width), width, failed }
    }

    fn finding(&self, finding: &'a Finding, out: &mut String) {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let name = severity_name(finding.severity, self.catalogue);
        let id = format!("{} {}", finding.code, self.catalogue.rule_name(&finding.code, &finding.name));
        let title = level.with_name(name).primary_title(finding.message.as_str()).id(id);
        let mut group = self.places(finding, Group::with_title(title));
        let label = |key| Level::NOTE.with_name(self.catalogue.label(key));
        if let Some(evidence) = &finding.evidence {
            group = group.element(label("report-evidence").message(evidence.as_str()));
        }
        for check in self.checks(finding) {
            let table = operands::table(check, self.catalogue);
            group = group.element(label("report-check").message(table));
        }
        if let Some(suggestion) = &finding.suggestion {
            let help = Level::HELP.with_name(self.catalogue.label("report-suggestion"));
            group = group.element(help.message(suggestion.as_str()));
        }
        // A snippet that follows its origin is rendered with a mark of another file that has no name.
        for line in self.renderer.render(&[group]).lines().filter(|line| !is_bare_mark(line)) {
            out.push_str(line);
            out.push('\n');
        }
        out.push('\n');
    }

    /// The line of the finding and the lines of its related places.
    fn places<'g>(&'g self, finding: &'a Finding, mut group: Group<'g>) -> Group<'g> {
        let Some(main) = self.piece(&finding.at, AnnotationKind::Primary, "") else {
            return group.element(Origin::path(self.report.source.name.as_str()));
        };
        let operands = self.operands(finding);
        // The table of operands shows those of other lines.
        let listed = |it: &&Related| it.at.line != main.line && operands.contains(&it.at.span);
        let related: Vec<&Related> = finding.related.iter().filter(|it| !listed(it)).collect();
        let (quoted, others) = related.split_at(related.len().min(RELATED_LIMIT));
        let related =
            quoted.iter().filter_map(|it| self.piece(&it.at, AnnotationKind::Context, it.label.as_str()));
        let mut lines: Vec<Vec<Piece<'g>>> = Vec::new();
        for piece in std::iter::once(main).chain(related) {
            match lines.iter_mut().find(|line| self.fits(line, &piece)) {
                Some(line) => line.push(piece),
                None => lines.push(vec![piece]),
            }
        }
        for line in lines {
            group = self.snippet(group, line);
        }
        if others.is_empty() {
            return group;
        }
        let places: Vec<String> =
            others.iter().map(|related| place::short(&related.at, self.catalogue)).collect();
        let kind = if place::is_line(&finding.at) { "line" } else { "other" };
        let text = Text::new("report-more-places").with("count", others.len()).with("places", places);
        let text = text.with("kind", kind);
        group.element(Level::NOTE.no_name().message(self.catalogue.render(&text)))
    }

    /// The checks that a finding tells of.
    fn checks(&self, finding: &'a Finding) -> &[&'a Check] {
        let key = (finding.code.as_str(), finding.at.span);
        self.failed.get(&key).map_or(&[], Vec::as_slice)
    }

    /// Places of the operands with a value.
    fn operands(&self, finding: &'a Finding) -> FxHashSet<(u32, u32)> {
        let operands = self.checks(finding).iter().flat_map(|check| &check.operands);
        operands.filter(|operand| operand.value.is_some()).map(|operand| operand.at.span).collect()
    }

    /// Whether a piece stands on the line of the others, near enough for one look.
    fn fits(&self, line: &[Piece<'_>], piece: &Piece<'_>) -> bool {
        let pieces = || line.iter().chain([piece]);
        let start = pieces().map(|piece| piece.range.start).min().unwrap_or(0);
        let end = pieces().map(|piece| piece.range.end).max().unwrap_or(0);
        let shown = piece.text.get(start..end).map_or(usize::MAX, UnicodeWidthStr::width);
        line.iter().all(|other| other.line == piece.line) && shown <= self.width / 2
    }

    fn snippet<'g>(&'g self, group: Group<'g>, pieces: Vec<Piece<'g>>) -> Group<'g> {
        let Some(first) = pieces.first() else { return group };
        let name = self.report.source.name.as_str();
        let line = first.line as usize;
        let short = first.text.len() <= LINE_LIMIT;
        if short && first.place.is_none() {
            let snippet = Snippet::source(first.text).line_start(line).path(name);
            return group.element(snippet.annotations(pieces.into_iter().map(|it| it.annotation(0))));
        }
        let (start, text) = if short { (0, first.text) } else { window(&pieces) };
        let origin = match &first.place {
            Some(place) => Origin::path(format!("{name}, {place}")),
            None => Origin::path(name).line(line).char_column(first.column as usize),
        };
        let snippet = Snippet::source(text).line_start(line).line_numbering(first.place.is_none());
        group.element(origin).element(snippet.annotations(pieces.into_iter().map(|it| it.annotation(start))))
    }

    /// The first line of a place.
    fn piece<'g>(&'g self, at: &At, kind: AnnotationKind, label: &str) -> Option<Piece<'g>> {
        let (start, text) = self.source.line(at.line)?;
        let from = (at.span.0.checked_sub(start)? as usize).min(text.len());
        let mut to = (at.span.1.saturating_sub(start) as usize).clamp(from, text.len());
        if text.len() > LINE_LIMIT {
            to = border(text, to.min(from + LINE_LIMIT / 4)).max(from);
        }
        Some(Piece {
            line: at.line,
            column: at.column,
            place: (!place::is_line(at)).then(|| place::words(at, self.catalogue)),
            text,
            range: from..to,
            kind,
            label: cut(label, LABEL_LIMIT),
        })
    }
}

impl<'a> Piece<'a> {
    /// The marker, on a text that begins at a byte of the line.
    fn annotation(self, start: usize) -> Annotation<'a> {
        let range = self.range.start.saturating_sub(start)..self.range.end.saturating_sub(start);
        self.kind.span(range).label(Some(self.label).filter(|label| !label.is_empty()))
    }
}

/// The neighbourhood of the markers on a very long line, and where it begins.
fn window<'a>(pieces: &[Piece<'a>]) -> (usize, &'a str) {
    let text = pieces.first().map_or("", |piece| piece.text);
    let start = pieces.iter().map(|piece| piece.range.start).min().unwrap_or(0);
    let end = pieces.iter().map(|piece| piece.range.end).max().unwrap_or(0);
    let start = border(text, start.saturating_sub(LINE_LIMIT / 4));
    let end = border(text, (end + LINE_LIMIT / 4).min(text.len()));
    (start, text.get(start..end).unwrap_or_default())
}

/// Whether a line of the rendering has nothing but the mark of another file.
fn is_bare_mark(line: &str) -> bool {
    line.contains(":::") && anstream::adapter::strip_str(line).to_string().trim() == ":::"
}

/// The last character border at or before a byte.
fn border(text: &str, mut byte: usize) -> usize {
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// The name of a severity.
#[must_use]
pub fn severity_name(severity: Severity, catalogue: &Catalogue) -> String {
    catalogue.label(match severity {
        Severity::Error => "severity-error",
        Severity::Warning => "severity-warning",
        Severity::Info => "severity-info",
    })
}

/// Rows of cells as aligned columns, one row a line.
#[must_use]
pub fn table<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> String {
    let rows: Vec<Vec<String>> = rows.map(Vec::from).collect();
    align(&rows, &[Align::Left; N]).into_iter().map(|line| line + "\n").collect()
}

#[cfg(test)]
mod tests;
