//! The zones of a document: header, body, closing, appendices.

use super::flow::{Flow, Lead, Line, Piece};
use super::headings::{captions, head_of_sheet, headings_inside};
use super::markup::Markup;
use super::numbering::Style;
use super::paragraphs;
use super::remarks::{Place, Remarks};
use super::table::{Fragment, LaidTable, lay_tables};
use super::{Layout, attached, resume};
use crate::grammar::Grammar;
use crate::model::Aside;
use crate::source::Source;
use crate::span::Span;
use crate::syntax::unit;
use crate::text::{fold, head};
use std::ops::Range;

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

pub(super) fn divide(source: &Source, markup: Markup, flow: Flow, grammar: &Grammar) -> Layout {
    let Flow { pieces, mut aside, lost_pages } = flow;
    let inside = headings_inside(source, &markup, grammar, &pieces);
    let captions = captions(source, &markup, grammar, &pieces, &inside);
    let caption = captions.first().map_or(pieces.len(), |(index, _)| *index);
    let sheet = first_sheet(&pieces, &captions).filter(|sheet| *sheet < caption);
    let after_head = sheet.and_then(|sheet| head_of_sheet(source, grammar, &pieces, sheet));
    let first_caption = after_head.or(sheet).unwrap_or(caption);
    let body_start = body_start(&pieces, first_caption);
    let mut closing_start =
        find_closing(source, grammar, &pieces, body_start.min(first_caption), first_caption);
    let mut attached_start = attached::start(source, grammar, &pieces, closing_start, first_caption);
    // Without a closing part before the first caption its table may stand inside the body.
    let mut again: Vec<Range<usize>> = Vec::new();
    if closing_start == first_caption && first_caption < pieces.len() && !source.is_workbook() {
        let names_table = |caption: &Caption| {
            let words = fold(source.slice(caption.label));
            grammar.structure.captions.tables.iter().any(|word| words.starts_with(word.as_str()))
        };
        let places: Vec<resume::Place> = captions
            .iter()
            .map(|(index, caption)| (*index, caption.as_ref().is_some_and(names_table)))
            .collect();
        again = resume::stretches(&pieces, &places);
        // Recipients beside the signature are a table as well.
        let is_table = |piece: &Piece| matches!(piece, Piece::Table { rows } if !is_letterhead(source, rows));
        let last_table = pieces.iter().rposition(is_table).unwrap_or(0);
        let tail = find_closing(source, grammar, &pieces, last_table.max(first_caption) + 1, pieces.len());
        if tail < pieces.len() {
            (closing_start, attached_start) = (tail, pieces.len());
            again.push(tail..pieces.len());
        } else if !again.is_empty() {
            (closing_start, attached_start) = (pieces.len(), pieces.len());
        }
    }
    let in_body = |index: usize| index < first_caption || again.iter().any(|part| part.contains(&index));
    let mut attached = Vec::new();
    let mut header = Vec::new();
    let mut body = Vec::new();
    let mut closing = Vec::new();
    let mut appendices: Vec<AppendixZone> = Vec::new();
    let mut fragments: Vec<Fragment> = Vec::new();
    let mut pending: Vec<Part> = Vec::new();
    let mut next_caption = captions.into_iter().peekable();
    let mut broken = false;
    let mut name = Span::default();
    let mut remarks = Remarks::default();
    for (index, piece) in pieces.into_iter().enumerate() {
        if after_head == Some(index) {
            appendices.push(AppendixZone { sheet: Some(name), ..AppendixZone::default() });
        }
        if let Some((_, caption)) = next_caption.next_if(|(at, _)| *at == index) {
            broken = false;
            let sheet = appendices.last_mut().filter(|zone| zone.is_open() && fragments.is_empty());
            match (sheet, caption) {
                (Some(sheet), Some(caption)) if only_lines(&pending) => {
                    sheet.before = lines_of(std::mem::take(&mut pending));
                    sheet.caption = Some(caption);
                    continue;
                }
                // A heading without a label is a sheet's title.
                (Some(_), None) if only_lines(&pending) => {}
                (_, caption) => {
                    finish(
                        source,
                        &markup,
                        grammar,
                        &mut fragments,
                        &mut pending,
                        &mut aside,
                        &mut appendices,
                    );
                    let captioned = caption.is_some();
                    appendices.push(AppendixZone { caption, ..AppendixZone::default() });
                    if captioned {
                        continue;
                    }
                }
            }
        }
        match piece {
            Piece::Break => broken = true,
            Piece::Sheet(sheet) => {
                finish(source, &markup, grammar, &mut fragments, &mut pending, &mut aside, &mut appendices);
                broken = false;
                name = sheet;
                if index >= first_caption {
                    appendices.push(AppendixZone { sheet: Some(name), ..AppendixZone::default() });
                }
            }
            Piece::Line(line) if !fragments.is_empty() && inside.binary_search(&index).is_ok() => {
                fragments.push(Fragment::Heading(line));
            }
            Piece::Line(line) if in_body(index) => {
                let closed = index >= closing_start && index < attached_start;
                let place = Place { under_table: !fragments.is_empty(), after_signature: closed };
                let note = remarks.take(source.slice(line.inner), &line.lead, place, grammar);
                finish(source, &markup, grammar, &mut fragments, &mut pending, &mut aside, &mut appendices);
                if let Some(zone) = appendices.last_mut().filter(|_| note) {
                    zone.parts.push(Part::Line(line));
                } else if index >= attached_start {
                    attached.push(line);
                } else if index >= closing_start {
                    closing.push(line);
                } else if index < body_start {
                    header.push(line);
                } else {
                    body.push(line);
                }
            }
            Piece::Line(line) => {
                if !fragments.is_empty() {
                    lay(source, &markup, grammar, &mut fragments, &mut pending, &mut aside);
                }
                pending.push(Part::Line(line));
                broken = false;
            }
            Piece::Table { rows } => {
                let closes = index >= closing_start && index < attached_start;
                let outside = in_body(index) && (index < body_start || closes);
                if outside && is_letterhead(source, &rows) {
                    let lines = if index < body_start { &mut header } else { &mut closing };
                    lines.extend(cells_as_lines(source, &markup, grammar, &rows, &mut aside));
                } else {
                    if in_body(index) && fragments.is_empty() {
                        let lines = match () {
                            () if index < body_start => &mut header,
                            () if index >= attached_start => &mut attached,
                            () => &mut body,
                        };
                        let (unit, measured) = match broken {
                            true => (None, None),
                            false => unit_above(source, &markup, grammar, lines),
                        };
                        let parts = unit.map(Part::Line).into_iter().collect();
                        appendices.push(AppendixZone { parts, measured, ..AppendixZone::default() });
                    }
                    fragments.push(Fragment::Rows { rows, after_break: broken });
                    broken = false;
                }
            }
        }
    }
    finish(source, &markup, grammar, &mut fragments, &mut pending, &mut aside, &mut appendices);
    let mut body = paragraphs::join(source, &markup, grammar, &body);
    paragraphs::settle_stars(source, &mut body);
    let attached = attached::of(source, &markup, grammar, attached);
    Layout { markup, header, body, closing, attached, appendices, aside, lost_pages }
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

/// Where the appendices of a workbook begin: at the caption of its first sheet with a table or, where that has none,
/// at the sheet's start. Sheets of text before it are the document's body.
fn first_sheet(pieces: &[Piece], captions: &[(usize, Option<Caption>)]) -> Option<usize> {
    let mut sheet = None;
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Sheet(_) => sheet = Some(index),
            Piece::Table { .. } if sheet.is_some() => {
                let within = |at: &usize| Some(*at) > sheet && *at < index;
                return captions.iter().map(|(at, _)| *at).find(within).or(sheet);
            }
            _ => {}
        }
    }
    None
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

/// Puts what was collected into the last appendix.
fn finish(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    fragments: &mut Vec<Fragment>,
    pending: &mut Vec<Part>,
    aside: &mut Vec<(Aside, Span)>,
    appendices: &mut [AppendixZone],
) {
    lay(source, markup, grammar, fragments, pending, aside);
    if let Some(last) = appendices.last_mut() {
        last.parts.append(pending);
    }
}

fn lay(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    fragments: &mut Vec<Fragment>,
    pending: &mut Vec<Part>,
    aside: &mut Vec<(Aside, Span)>,
) {
    if fragments.is_empty() {
        return;
    }
    let (tables, rest) = lay_tables(source, markup, grammar, std::mem::take(fragments), aside);
    pending.extend(tables.into_iter().map(|table| Part::Table(Box::new(table))));
    pending.extend(rest.into_iter().map(Part::Line));
}

/// Index of the first heading of the body.
fn body_start(pieces: &[Piece], end: usize) -> usize {
    let is_heading = |piece: &Piece| {
        matches!(piece, Piece::Line(Line { lead: Lead::Number(token), .. })
            if matches!(token.style, Style::Worded(_) | Style::Upper | Style::Roman | Style::Arabic(_)))
    };
    pieces.iter().take(end).position(is_heading).unwrap_or(end)
}

/// Index of the line that begins the list of recipients or, where there is none, the signature.
fn find_closing(source: &Source, grammar: &Grammar, pieces: &[Piece], from: usize, end: usize) -> usize {
    let words = &grammar.structure.closing;
    let mut signature = end;
    let mut role = end;
    for (index, piece) in pieces.iter().enumerate().take(end).skip(from) {
        let text = match piece {
            Piece::Line(line) => source.slice(line.inner),
            Piece::Table { rows } => source
                .rows
                .get(rows.start as usize)
                .and_then(|row| source.row_cells(row).first())
                .map_or("", |cell| source.slice(cell.span)),
            Piece::Break | Piece::Sheet(_) => continue,
        };
        let text = text.trim_start_matches(['*', '_', ' ']);
        if text.is_empty() || text.len() > 200 {
            continue;
        }
        let head = fold(head(text, 16));
        if words.recipients.iter().any(|w| head.starts_with(w.as_str())) {
            return index.min(signature);
        }
        if is_authority(text, &head, grammar) && signature == end {
            signature = index;
        } else if matches!(piece, Piece::Line(Line { lead: Lead::Number(_), .. })) {
            // A heading after it: it was none.
            (signature, role) = (end, end);
        } else if is_role(text, &head, grammar) && role == end {
            role = index;
        }
    }
    // "TRƯỞNG BAN" alone signs where nothing but the signer's name follows.
    let signed = || ends_in_name(source, grammar, pieces.get(role + 1..end).unwrap_or_default());
    if signature == end && role < end && signed() { role } else { signature }
}

/// "TRƯỞNG BAN", "CHỦ TỊCH": the office of who signs, in capitals.
fn is_role(text: &str, folded_head: &str, grammar: &Grammar) -> bool {
    let text = before_bracket(text);
    let capitals = text.chars().filter(|c| c.is_alphabetic()).all(|c| !c.is_lowercase());
    let short = text.chars().count() <= MAX_ROLE && !text.ends_with(['.', ':', ';', ',']);
    capitals && short && grammar.structure.closing.roles.iter().any(|w| folded_head.starts_with(w.as_str()))
}

/// "HIỆU TRƯỞNG" of "HIỆU TRƯỞNG (đã ký)".
pub(crate) fn before_bracket(text: &str) -> &str {
    text.split_once('(').map_or(text, |(office, _)| office.trim_end())
}

/// Longest line that names an office: "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ".
const MAX_ROLE: usize = 60;
/// Most lines between the office of who signs and the end.
const SIGNATURE: usize = 5;

/// Whether a few lines end in a person's name: two to six words with capitals and no mark at the end.
fn ends_in_name(source: &Source, grammar: &Grammar, pieces: &[Piece]) -> bool {
    let lines: Vec<&str> = pieces
        .iter()
        .filter(|piece| !matches!(piece, Piece::Break))
        .map_while(|piece| if let Piece::Line(line) = piece { Some(source.slice(line.inner)) } else { None })
        .collect();
    let whole = pieces.iter().all(|piece| matches!(piece, Piece::Line(_) | Piece::Break));
    let name = lines.last().is_some_and(|name| {
        let name = without_rank(name, grammar);
        let words = name.split_whitespace().count();
        let mut starts = name.split_whitespace().filter_map(|word| word.chars().next());
        (2..=6).contains(&words) && starts.all(char::is_uppercase) && !name.ends_with(['.', ';', ',', ':'])
    });
    whole && lines.len() <= SIGNATURE && name
}

/// A name without the rank or degree before it: "Đại tá Đinh Văn Rơ".
pub(crate) fn without_rank<'t>(name: &'t str, grammar: &Grammar) -> &'t str {
    let lower = name.to_lowercase();
    let mut ranks = grammar.structure.closing.ranks.iter();
    let rank = ranks.find(|rank| lower.strip_prefix(rank.as_str()).is_some_and(|rest| rest.starts_with(' ')));
    let letters = rank.map_or(0, |rank| rank.chars().count());
    name.char_indices().nth(letters).map_or("", |(at, _)| name.get(at..).unwrap_or_default()).trim_start()
}

/// "T/M ĐẢNG ỦY", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH".
pub(crate) fn is_authority(text: &str, folded_head: &str, grammar: &Grammar) -> bool {
    let capitals = text.chars().filter(|c| c.is_alphabetic()).all(|c| !c.is_lowercase());
    capitals && grammar.structure.closing.authority.iter().any(|w| folded_head.starts_with(w.as_str()))
}

/// Whether a table outside the body is two columns of a letterhead or of a closing part.
fn is_letterhead(source: &Source, rows: &std::ops::Range<u32>) -> bool {
    let rows = source.rows.get(rows.start as usize..rows.end as usize).unwrap_or_default();
    rows.iter().all(|row| source.row_cells(row).iter().filter(|cell| !cell.span.is_empty()).count() <= 2)
}

/// The cells of a letterhead as lines, column by column.
fn cells_as_lines(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    rows: &std::ops::Range<u32>,
    aside: &mut Vec<(Aside, Span)>,
) -> Vec<Line> {
    let rows = source.rows.get(rows.start as usize..rows.end as usize).unwrap_or_default();
    let columns = rows.iter().map(|row| source.row_cells(row).len()).max().unwrap_or(0);
    let mut out = Vec::new();
    for column in 0..columns {
        for row in rows {
            let Some(cell) = source.row_cells(row).get(column).filter(|cell| !cell.span.is_empty()) else {
                continue;
            };
            for span in lines_of_cell(source, cell.span) {
                let inner = markup.trim(source, span);
                if super::flow::is_ornament(source.slice(inner)) {
                    aside.extend((!inner.is_empty()).then_some((Aside::Ornament, inner)));
                    continue;
                }
                let lead = super::flow::lead(source.slice(inner), grammar);
                out.push(Line { span, inner, gap_before: true, goes_on: false, lead });
            }
        }
    }
    out
}

/// What ends a line inside a cell of a letterhead, as programs write tables in a line of Markdown.
const LINE_ENDS: &[&str] = &["*  ", "</p>", "<br>", "<br/>", "<br />"];

/// The lines of a cell of a letterhead.
fn lines_of_cell(source: &Source, cell: Span) -> Vec<Span> {
    let text = source.slice(cell);
    let mut out = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let ends = LINE_ENDS.iter().filter_map(|end| Some(rest.find(end)? + end.len()));
        let end = ends.min().unwrap_or(rest.len());
        let line = rest.get(..end).unwrap_or_default();
        let from = start + line.len() - line.trim_start().len();
        let at = cell.start as usize;
        if !line.trim().is_empty() {
            out.push(Span::new(at + from, at + start + line.trim_end().len()));
        }
        start += end;
    }
    out
}
