//! A file's text as it stands, as a page: paragraphs and tables in order, the words of findings marked and numbered, and
//! under each paragraph or row what is said of it. Nothing is loaded and there is no script.

use std::collections::BTreeSet;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Input, note};
use crate::finding::Text;
use crate::output::html::hash;
use crate::output::report::Finding;
use crate::output::{Catalogue, place};
use crate::source::{Block, Cell, Row, Source};
use crate::span::Span;

const STYLE: &str = include_str!("page.css");

/// The page; `because` says why it is none of the file's own format.
pub(super) fn write(input: &Input<'_>, because: Option<&Text>, catalogue: &Catalogue) -> String {
    let page = Page::of(input, catalogue);
    let report = input.report;
    let policy =
        format!("default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'", hash(STYLE));
    let counts = Text::new("annotated-counts").with("errors", report.summary.errors);
    let counts = counts.with("warnings", report.summary.warnings).with("infos", report.summary.infos);
    let name = report.source.name.rsplit(['/', '\\']).next().unwrap_or_default();
    html! {
        (DOCTYPE)
        html lang=(catalogue.lang().tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content=(policy);
                title { (name) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (name) }
                    p { (catalogue.render(&counts)) }
                    @if let Some(because) = because { p.notice { (catalogue.render(because)) } }
                    @for notice in &report.source.notices { p.notice { (notice.message) } }
                }
                main { (page.blocks()) }
            }
        }
    }
    .into_string()
}

/// A finding with its number on the page and its words in the working text.
struct Entry<'a> {
    number: usize,
    finding: &'a Finding,
    span: Span,
}

struct Page<'a> {
    source: &'a Source,
    catalogue: &'a Catalogue,
    /// Where paragraphs, names of sheets and cells begin, ascending.
    units: Vec<u32>,
    /// In order of their places.
    entries: Vec<Entry<'a>>,
    /// Of each finding, the unit that it stands in.
    unit_of: Vec<usize>,
}

impl<'a> Page<'a> {
    fn of(input: &Input<'a>, catalogue: &'a Catalogue) -> Self {
        let source = input.source;
        let mut units: Vec<u32> = Vec::new();
        for block in &source.blocks {
            match block {
                Block::Paragraph { span, .. } | Block::Sheet { name: span } => units.push(span.start),
                Block::Table { rows } => {
                    let cells = table(source, rows).iter().flat_map(|row| source.row_cells(row));
                    units.extend(cells.map(|cell| cell.span.start));
                }
                Block::PageBreak { .. } => {}
            }
        }
        units.sort_unstable();
        units.dedup();
        let mut found: Vec<(&Finding, Span)> = input
            .report
            .findings
            .iter()
            .map(|it| (it, source.to_working(Span { start: it.at.span.0, end: it.at.span.1 })))
            .collect();
        found.sort_by_key(|(_, span)| (span.start, span.end));
        let numbered = (1..).zip(found);
        let entries: Vec<Entry<'_>> =
            numbered.map(|(number, (finding, span))| Entry { number, finding, span }).collect();
        let unit =
            |entry: &Entry<'_>| units.partition_point(|start| *start <= entry.span.start).saturating_sub(1);
        let unit_of = entries.iter().map(unit).collect();
        Self { source, catalogue, units, entries, unit_of }
    }

    /// The findings of the unit that begins at a byte.
    fn on(&self, start: u32) -> &[Entry<'a>] {
        let Ok(unit) = self.units.binary_search(&start) else { return &[] };
        let from = self.unit_of.partition_point(|it| *it < unit);
        let to = self.unit_of.partition_point(|it| *it <= unit);
        self.entries.get(from..to).unwrap_or_default()
    }

    fn blocks(&self) -> Markup {
        html! {
            @if self.units.is_empty() { (self.notes(&self.entries)) }
            @for block in &self.source.blocks {
                @match block {
                    Block::Paragraph { span, gap_before, .. } => {
                        p.gap[*gap_before] { (self.marked(*span)) }
                        (self.notes(self.on(span.start)))
                    }
                    Block::Sheet { name } => {
                        h2 { (self.marked(*name)) }
                        (self.notes(self.on(name.start)))
                    }
                    Block::PageBreak { .. } => { hr; }
                    Block::Table { rows } => { (self.table(table(self.source, rows))) }
                }
            }
        }
    }

    fn table(&self, rows: &[Row]) -> Markup {
        let width = |row: &Row| self.source.row_cells(row).iter().map(|cell| usize::from(cell.columns)).sum();
        let columns: usize = rows.iter().map(width).max().unwrap_or(1).max(1);
        // Where rows have further lines, what cells cover is told of rows, not of lines.
        let lines = rows.iter().any(|row| row.continued);
        let tall = |cell: &&Cell| cell.rows > 1 && !lines;
        html! {
            div.table {
                table {
                    tbody {
                        @for row in rows {
                            @let cells = self.source.row_cells(row);
                            tr {
                                @for cell in cells.iter().filter(|cell| cell.columns > 0 && (cell.rows > 0 || lines)) {
                                    td colspan=[(cell.columns > 1).then_some(cell.columns)] rowspan=[tall(&cell).then_some(cell.rows)] {
                                        (self.marked(cell.span))
                                    }
                                }
                            }
                            @let notes = cells.iter().map(|cell| self.notes(self.on(cell.span.start)));
                            @let notes: Vec<Markup> = notes.filter(|it| !it.0.is_empty()).collect();
                            @if !notes.is_empty() {
                                tr.notes { td colspan=(columns) { @for note in &notes { (note) } } }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A stretch of text with the words of its findings marked, each with its number behind it.
    fn marked(&self, span: Span) -> Markup {
        let entries = self.on(span.start);
        let clip = |at: u32| at.clamp(span.start, span.end);
        let mut cuts: BTreeSet<u32> = BTreeSet::from([span.start, span.end]);
        for entry in entries {
            cuts.extend([clip(entry.span.start), clip(entry.span.end)]);
        }
        let cuts: Vec<u32> = cuts.into_iter().collect();
        let ends_at = |at: u32| entries.iter().filter(move |entry| clip(entry.span.end) == at);
        html! {
            (self.numbers(ends_at(span.start)))
            @for (start, end) in cuts.iter().zip(cuts.iter().skip(1)) {
                @let text = self.source.slice(Span { start: *start, end: *end });
                @let covers = |entry: &&Entry<'_>| clip(entry.span.start) <= *start && *end <= clip(entry.span.end);
                @match entries.iter().filter(covers).map(|entry| entry.finding.severity).max() {
                    Some(severity) => { mark.(severity.name()) { (text) } }
                    None => { (text) }
                }
                (self.numbers(ends_at(*end)))
            }
        }
    }

    fn numbers<'e>(&self, entries: impl Iterator<Item = &'e Entry<'a>>) -> Markup
    where
        'a: 'e,
    {
        html! {
            @for entry in entries {
                sup { a href={ "#n" (entry.number) } { "[" (entry.number) "]" } }
            }
        }
    }

    fn notes(&self, entries: &[Entry<'_>]) -> Markup {
        html! {
            @for entry in entries {
                @let paragraphs = note(entry.finding, self.catalogue);
                div.note.(entry.finding.severity.name()) id={ "n" (entry.number) } {
                    @for (i, text) in paragraphs.iter().enumerate() {
                        p {
                            @if i == 0 { b { "[" (entry.number) "] " } }
                            (text)
                            @if i == 0 && !place::is_line(&entry.finding.at) { " " small { (place::words(&entry.finding.at, self.catalogue)) } }
                        }
                    }
                }
            }
        }
    }
}

fn table<'s>(source: &'s Source, rows: &std::ops::Range<u32>) -> &'s [Row] {
    source.rows.get(rows.start as usize..rows.end as usize).unwrap_or_default()
}
