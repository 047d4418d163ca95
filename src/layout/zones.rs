//! The zones of a document: header, body, closing, appendices.

use super::Layout;
use super::attached;
use super::borders::{Borders, Place};
use super::flow::{Flow, Lead, Line, Piece};
use super::headings::{captions, headings_inside};
use super::letterhead::{cells_as_lines, is_letterhead};
use super::markup::Markup;
use super::paragraphs;
use super::remarks::{self, Remarks};
use super::table::{Fragment, LaidTable, lay_tables};
use crate::grammar::Grammar;
use crate::model::Aside;
use crate::source::Source;
use crate::span::Span;
use crate::syntax::unit;

/// An appendix, or a table in the body.
#[derive(Debug, Default)]
pub(crate) struct AppendixZone {
    /// Absent for a table without a caption.
    pub caption: Option<Caption>,
    /// The name of the sheet that the appendix begins.
    pub sheet: Option<Span>,
    /// Lines of the sheet above the caption.
    pub before: Vec<Line>,
    /// What stands under the caption, in order.
    pub parts: Vec<Part>,
    /// The heading of the body right above a table that declares its unit ("3. Kinh phí (đơn vị: triệu đồng)").
    pub measured: Option<Span>,
}

/// A caption.
#[derive(Debug, Clone)]
pub(crate) struct Caption {
    /// "3A"; "" where the caption has no label.
    pub id: String,
    /// Word and label.
    pub label: Span,
    /// The line up to the title: word, label, and the mark after it.
    pub span: Span,
    /// The rest of the caption's line.
    pub title: Option<Span>,
    /// Whether its words alone say that it is one.
    pub sure: bool,
}

/// A part of an appendix.
#[derive(Debug)]
pub(crate) enum Part {
    Line(Line),
    Table(Box<LaidTable>),
}

/// Divides the pieces of a document into its zones.
pub(super) fn divide(source: &Source, markup: Markup, flow: Flow, grammar: &Grammar) -> Layout {
    let Flow { pieces, aside, lost_pages } = flow;
    let inside = headings_inside(source, &markup, grammar, &pieces);
    let captions = captions(source, &markup, grammar, &pieces, &inside);
    let borders = Borders::of(source, grammar, &pieces, &captions);
    let mut divider = Divider { aside, ..Divider::new(source, &markup, grammar, &borders) };
    let mut next_caption = captions.into_iter().peekable();
    for (index, piece) in pieces.into_iter().enumerate() {
        if borders.after_head == Some(index) {
            divider.begin(AppendixZone { sheet: Some(divider.name), ..AppendixZone::default() });
        }
        if let Some((_, caption)) = next_caption.next_if(|(at, _)| *at == index)
            && divider.caption(caption)
        {
            continue;
        }
        match piece {
            Piece::Break => divider.broken = true,
            Piece::Sheet(sheet) => divider.sheet(index, sheet),
            Piece::Line(line) if !divider.fragments.is_empty() && inside.binary_search(&index).is_ok() => {
                divider.fragments.push(Fragment::Heading(line));
            }
            Piece::Line(line) => match borders.part(index) {
                Some(place) => divider.line(place, line),
                None => divider.line_of_appendix(line),
            },
            Piece::Table { rows } => divider.table(borders.part(index), rows),
        }
    }
    divider.finish();
    let Divider { header, body, closing, attached_head, attached, appendices, aside, .. } = divider;
    let mut body = paragraphs::join(source, &markup, grammar, &body);
    paragraphs::settle_stars(source, &mut body);
    let attached = attached::of(source, &markup, grammar, (attached_head, attached));
    Layout { markup, header, body, closing, attached, appendices, aside, lost_pages }
}

/// What was divided so far.
struct Divider<'a> {
    source: &'a Source,
    markup: &'a Markup,
    grammar: &'a Grammar,
    borders: &'a Borders,
    header: Vec<Line>,
    body: Vec<Line>,
    closing: Vec<Line>,
    attached_head: Vec<Line>,
    attached: Vec<Line>,
    appendices: Vec<AppendixZone>,
    aside: Vec<(Aside, Span)>,
    /// Rows that may be parts of one table.
    fragments: Vec<Fragment>,
    /// What stands under the last caption and is not yet in its appendix.
    pending: Vec<Part>,
    /// Whether a page's end came last.
    broken: bool,
    /// The name of the last sheet.
    name: Span,
    remarks: Remarks,
}

impl<'a> Divider<'a> {
    fn new(source: &'a Source, markup: &'a Markup, grammar: &'a Grammar, borders: &'a Borders) -> Self {
        Self {
            source,
            markup,
            grammar,
            borders,
            header: Vec::new(),
            body: Vec::new(),
            closing: Vec::new(),
            attached_head: Vec::new(),
            attached: Vec::new(),
            appendices: Vec::new(),
            aside: Vec::new(),
            fragments: Vec::new(),
            pending: Vec::new(),
            broken: false,
            name: Span::default(),
            remarks: Remarks::default(),
        }
    }

    fn begin(&mut self, zone: AppendixZone) {
        self.appendices.push(zone);
    }

    /// A caption, or a heading without a label that is one; whether nothing more is to be done with its piece.
    fn caption(&mut self, caption: Option<Caption>) -> bool {
        self.broken = false;
        let lines = only_lines(&self.pending);
        let sheet = self.appendices.last_mut().filter(|zone| zone.is_open() && self.fragments.is_empty());
        match (sheet, caption) {
            (Some(sheet), Some(caption)) if lines => {
                sheet.before = lines_of(std::mem::take(&mut self.pending));
                sheet.caption = Some(caption);
                true
            }
            // A heading without a label is a sheet's title.
            (Some(_), None) if lines => false,
            (_, caption) => {
                self.finish();
                let captioned = caption.is_some();
                self.begin(AppendixZone { caption, ..AppendixZone::default() });
                captioned
            }
        }
    }

    fn sheet(&mut self, index: usize, sheet: Span) {
        self.finish();
        self.broken = false;
        self.name = sheet;
        if index >= self.borders.first_caption {
            self.begin(AppendixZone { sheet: Some(sheet), ..AppendixZone::default() });
        }
    }

    fn lines(&mut self, place: Place) -> &mut Vec<Line> {
        match place {
            Place::Header => &mut self.header,
            Place::Body => &mut self.body,
            Place::Closing => &mut self.closing,
            Place::AttachedHead => &mut self.attached_head,
            Place::Attached => &mut self.attached,
        }
    }

    fn line(&mut self, place: Place, line: Line) {
        let around = remarks::Place {
            under_table: !self.fragments.is_empty(),
            after_signature: place == Place::Closing,
        };
        let note = self.remarks.take(self.source.slice(line.inner), &line.lead, around, self.grammar);
        self.finish();
        match self.appendices.last_mut().filter(|_| note) {
            Some(zone) => zone.parts.push(Part::Line(line)),
            None => self.lines(place).push(line),
        }
    }

    fn line_of_appendix(&mut self, line: Line) {
        if !self.fragments.is_empty() {
            self.lay();
        }
        self.pending.push(Part::Line(line));
        self.broken = false;
    }

    fn table(&mut self, place: Option<Place>, rows: std::ops::Range<u32>) {
        let outside =
            place.filter(|place| matches!(place, Place::Header | Place::Closing | Place::AttachedHead));
        if let Some(place) = outside.filter(|_| is_letterhead(self.source, &rows)) {
            let lines = cells_as_lines(self.source, self.markup, self.grammar, &rows, &mut self.aside);
            self.lines(place).extend(lines);
            return;
        }
        if let Some(place) = place.filter(|_| self.fragments.is_empty()) {
            // Behind the signature a table without a caption belongs to the body's end.
            let place = if place == Place::Closing { Place::Body } else { place };
            let (source, markup, grammar) = (self.source, self.markup, self.grammar);
            let (unit, measured) = match self.broken {
                true => (None, None),
                false => unit_above(source, markup, grammar, self.lines(place)),
            };
            let parts = unit.map(Part::Line).into_iter().collect();
            self.begin(AppendixZone { parts, measured, ..AppendixZone::default() });
        }
        self.fragments.push(Fragment::Rows { rows, after_break: self.broken });
        self.broken = false;
    }

    /// Puts what was collected into the last appendix.
    fn finish(&mut self) {
        self.lay();
        if let Some(last) = self.appendices.last_mut() {
            last.parts.append(&mut self.pending);
        }
    }

    /// Makes tables of the rows that were collected.
    fn lay(&mut self) {
        if self.fragments.is_empty() {
            return;
        }
        let fragments = std::mem::take(&mut self.fragments);
        let (tables, rest) = lay_tables(self.source, self.markup, self.grammar, fragments, &mut self.aside);
        self.pending.extend(tables.into_iter().map(|table| Part::Table(Box::new(table))));
        self.pending.extend(rest.into_iter().map(Part::Line));
    }
}

impl AppendixZone {
    /// Whether a caption may still come: a sheet began and nothing but lines followed.
    fn is_open(&self) -> bool {
        self.sheet.is_some() && self.caption.is_none() && self.parts.is_empty()
    }
}

/// Whether no table is among what is pending.
fn only_lines(pending: &[Part]) -> bool {
    pending.iter().all(|part| matches!(part, Part::Line(_)))
}

fn lines_of(pending: Vec<Part>) -> Vec<Line> {
    pending
        .into_iter()
        .filter_map(|part| if let Part::Line(line) = part { Some(line) } else { None })
        .collect()
}

/// The line right above a table of the body, where it declares the table's unit; a heading that does stays in the body,
/// and only its place is given.
fn unit_above(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    lines: &mut Vec<Line>,
) -> (Option<Line>, Option<Span>) {
    let Some(line) = lines.last() else { return (None, None) };
    let text = markup.text(source, line.inner);
    let declared = text.len() < 80 && unit::declared_unit(&text, &grammar.units).is_some();
    match line.lead {
        _ if !declared => (None, None),
        Lead::Number(_) => (None, Some(line.inner)),
        _ => (lines.pop(), None),
    }
}
