//! Appendices: caption, title, unit, "issued with", table, notes.

use rayon::prelude::*;

use super::Maker;
use super::blocks::block;
use super::ids::Ids;
use super::letterhead::printed_number;
use super::{header, reread, rows, scale};
use crate::layout::{
    AppendixZone, LaidTable, Lead, Line, Paragraph, Part, issued_with, join_lines, label_end, label_of_name,
    normalized_label,
};
use crate::model::{Appendix, IssuedWith};
use crate::span::Span;
use crate::syntax::{deadline, unit};

/// Longest title of an appendix.
const MAX_TITLE: usize = 700;

/// Longest heading between two tables of an appendix.
const MAX_HEADING: usize = 160;

/// The appendices of a document.
pub(super) fn appendices(maker: Maker<'_>, zones: Vec<AppendixZone>) -> Vec<Appendix> {
    let mut ids = Ids::default();
    let mut unnamed = 0;
    let named: Vec<(Vec<String>, AppendixZone)> =
        zones.into_iter().map(|zone| (zone_ids(maker, &zone, &mut ids, &mut unnamed), zone)).collect();
    let mut out: Vec<Appendix> =
        named.into_par_iter().flat_map_iter(|(ids, zone)| one(maker, ids, zone)).collect();
    reread::by_document(maker, &mut out);
    out.iter_mut().for_each(|appendix| scale::infer(maker, appendix));
    out
}

/// The label that the name of a sheet without a caption gives.
fn sheet_label(maker: Maker<'_>, zone: &AppendixZone) -> Option<String> {
    let name = maker.source.slice(zone.sheet?);
    label_of_name(name, &maker.grammar.structure).map(|label| normalized_label(&label))
}

/// The ids of a zone's appendices: its label for the first, and one more for each further table.
fn zone_ids(maker: Maker<'_>, zone: &AppendixZone, ids: &mut Ids, unnamed: &mut u32) -> Vec<String> {
    let id = match &zone.caption {
        Some(caption) if !caption.id.is_empty() => normalized_label(&caption.id),
        Some(_) => Appendix::UNNUMBERED.to_owned(),
        None => sheet_label(maker, zone).unwrap_or_else(|| {
            *unnamed += 1;
            format!("T{unnamed}")
        }),
    };
    let base = ids.claim(id);
    let tables = zone.parts.iter().filter(|part| matches!(part, Part::Table(_))).count();
    let further: Vec<String> = (2..=tables).map(|table| ids.claim(format!("{base}-{table}"))).collect();
    std::iter::once(base).chain(further).collect()
}

/// What stands around a table.
#[derive(Default)]
struct Around {
    title: Vec<Span>,
    unit: Option<crate::value::Unit>,
    /// Where the caption declares it.
    unit_span: Option<Span>,
    issued: Option<IssuedWith>,
    issued_spans: Vec<Span>,
    /// Whether the bracket of the "issued with" line is still open.
    issued_open: bool,
    notes: Vec<Line>,
    /// Lines above the caption.
    before: Vec<Line>,
    /// Whether the caption is over: no more title lines.
    titled: bool,
}

impl Around {
    fn issue(&mut self, maker: Maker<'_>, spans: Vec<Span>) {
        let text = maker.joined(&spans);
        self.issued_open = text.starts_with('(') && text.matches('(').count() > text.matches(')').count();
        self.issued = Some(issued_line(maker, &spans));
        self.issued_spans = spans;
    }

    /// What stands between a table and the next one of its appendix and is of the next: the unit, and the heading over it.
    fn of_next(&mut self, maker: Maker<'_>) -> Self {
        let mut next = Self { titled: true, ..Self::default() };
        let declares = |line: &Line| unit_line(maker, line.inner);
        let Some(line) = self.notes.pop_if(|line| declares(line).is_some()) else { return next };
        next.unit = declares(&line);
        next.unit_span = Some(line.inner);
        let note = maker.text(line.inner);
        if self.unit.as_ref().is_some_and(|unit| unit.evidence.as_deref() == Some(&*note)) {
            self.unit = None;
        }
        let heads = |line: &Line| {
            let text = maker.source.slice(line.inner);
            text.len() < MAX_HEADING && !text.ends_with(['.', ';', ':', ')']) && line.gap_before
        };
        next.title.extend(self.notes.pop_if(|line| heads(line)).map(|line| line.inner));
        next
    }

    /// A title and the unit after it.
    fn declare(&mut self, maker: Maker<'_>, title: Span, unit: Span) {
        self.title.push(title);
        let text = maker.text(unit);
        let bare = text.trim_matches(['(', ')', '[', ']', ' ', '.']);
        self.unit = unit_line(maker, unit).or_else(|| Some(unit::unit(bare, &maker.grammar.units)));
        self.unit_span = Some(unit);
    }
}

/// One zone: an appendix for each of its tables; most have one.
fn one(maker: Maker<'_>, ids: Vec<String>, zone: AppendixZone) -> Vec<Appendix> {
    let mut out = Vec::with_capacity(ids.len());
    let mut ids = ids.into_iter();
    let mut appendix = Appendix { id: ids.next().unwrap_or_default(), ..Appendix::default() };
    let mut around = Around::default();
    let mut pieces: Vec<Span> = Vec::new();
    if let Some(caption) = &zone.caption {
        appendix.label = Some(maker.text(caption.label).trim_start_matches(['(', '[']).to_owned());
        pieces.push(caption.span);
        if let Some(title) = caption.title {
            caption_rest(maker, title, &mut around);
        }
    } else {
        // Above the table of a sheet, or under a heading without a label, stands its title.
        let begins_with_line = zone.parts.first().is_some_and(|part| match part {
            Part::Line(_) => true,
            Part::Table(table) => !table.above.is_empty(),
        });
        around.titled = zone.sheet.is_none() && !begins_with_line;
    }
    around.before = zone.before;
    // A heading above it that declares the unit stays a heading.
    if let Some(heading) = zone.measured {
        let evidence = Some(maker.text(heading).into_owned());
        around.unit = unit_line(maker, heading).map(|unit| crate::value::Unit { evidence, ..unit });
    }
    let mut table_seen = false;
    let mut parts = zone.parts.into_iter().peekable();
    if zone.caption.is_none() && maker.source.is_workbook() {
        // "UBND XÃ MINH TÂN" at the top of a sheet is no title.
        while let Some(Part::Line(line)) =
            parts.next_if(|part| matches!(part, Part::Line(line) if header::is_letterhead(maker, line)))
        {
            around.before.push(line);
        }
    }
    while let Some(part) = parts.next() {
        match part {
            Part::Line(line) => {
                let issued_next =
                    !table_seen && matches!(parts.peek(), Some(Part::Line(next)) if is_issued(maker, next));
                place_line(maker, line, &mut around, table_seen, issued_next);
            }
            Part::Table(mut table) => {
                if table_seen {
                    // Another table under the same caption: an appendix of its own.
                    let next = around.of_next(maker);
                    finish(maker, &mut appendix, &mut around, &mut pieces);
                    out.push(std::mem::take(&mut appendix));
                    appendix.id = ids.next().unwrap_or_default();
                    around = next;
                    around.titled &= table.above.is_empty();
                }
                let mut above = std::mem::take(&mut table.above).into_iter().peekable();
                while let Some(line) = above.next() {
                    let issued_next = above.peek().is_some_and(|next| is_issued(maker, next));
                    place_line(maker, line, &mut around, false, issued_next);
                }
                table_seen = true;
                fill(maker, &mut appendix, &mut around, &pieces, *table);
            }
        }
    }
    finish(maker, &mut appendix, &mut around, &mut pieces);
    out.push(appendix);
    out
}

fn is_issued(maker: Maker<'_>, line: &Line) -> bool {
    issued_with(maker.source.slice(line.inner), maker.grammar).is_some()
}

/// What follows the label on the caption's line: title, and perhaps "(Ban hành kèm theo …)".
fn caption_rest(maker: Maker<'_>, rest: Span, around: &mut Around) {
    let text = maker.source.slice(rest);
    match issued_with(text, maker.grammar) {
        Some(at) => {
            let start = rest.start as usize;
            let title = maker.markup.trim(maker.source, Span::new(start, start + at));
            if !title.is_empty() {
                around.title.push(title);
            }
            let issued = maker.markup.trim(maker.source, Span::new(start + at, rest.end as usize));
            around.issue(maker, vec![issued]);
        }
        None => match split_unit(maker, rest) {
            Some((title, unit)) => around.declare(maker, title, unit),
            None => around.title.push(rest),
        },
    }
}

/// A title and what declares the unit after it: "DANH MỤC DỰ ÁN (Đơn vị tính: tỷ đồng)", "Cơ cấu vốn      ĐVT: trđ".
fn split_unit(maker: Maker<'_>, line: Span) -> Option<(Span, Span)> {
    let text = maker.source.slice(line);
    if let Some((unit, _)) = unit::declared_unit(text, &maker.grammar.units)
        && let Some(gap) = text.get(..unit.start).and_then(|before| before.rfind("  "))
    {
        let start = line.start as usize;
        let of =
            |from: usize, to: usize| maker.markup.trim(maker.source, Span::new(start + from, start + to));
        let title = of(0, gap);
        return (!title.is_empty()).then(|| (title, of(gap, text.len())));
    }
    let open = text.rfind(['(', '['])?;
    let bracket = text.get(open..)?;
    let units = &maker.grammar.units;
    let named = || {
        let inner = bracket.trim_end_matches([' ', '.', '*']).strip_suffix([')', ']'])?.get(1..)?;
        let measure = inner.len() < 40 && !inner.starts_with(|c: char| c.is_ascii_digit());
        (measure && unit::measures(inner, units)).then_some(())
    };
    if unit::declared_unit(bracket, units).is_none() {
        named()?;
    }
    let start = line.start as usize;
    let title = maker.markup.trim(maker.source, Span::new(start, start + open));
    (!title.is_empty()).then(|| (title, Span::new(start + open, line.end as usize)))
}

/// The unit that a line above a table declares, or is ("(triệu đồng)").
fn unit_line(maker: Maker<'_>, line: Span) -> Option<crate::value::Unit> {
    let text = maker.text(line);
    if text.len() >= 200 {
        return None;
    }
    let units = &maker.grammar.units;
    let declared = unit::declared_unit(&text, units).map(|(_, unit)| unit);
    declared.or_else(|| {
        let bare = text.trim_matches(['(', ')', '[', ']', ' ', '.']);
        let unit = (bare.len() < 40 && !bare.starts_with(|c: char| c.is_ascii_digit()))
            .then(|| unit::unit(bare, units))?;
        (unit.base.as_deref() == Some("VND")).then_some(unit)
    })
}

fn place_line(maker: Maker<'_>, line: Line, around: &mut Around, table_seen: bool, issued_next: bool) {
    let text = maker.source.slice(line.inner);
    // A bracket that nobody closed ends where the unit is declared.
    around.issued_open = around.issued_open && unit_line(maker, line.inner).is_none();
    if around.issued_open && !table_seen && around.notes.is_empty() {
        // "(Ban hành kèm theo … / … của Đảng ủy xã)" on two lines.
        let mut spans = std::mem::take(&mut around.issued_spans);
        spans.push(line.inner);
        around.issue(maker, spans);
        return;
    }
    if around.issued.is_none() && !table_seen && issued_with(text, maker.grammar) == Some(0) {
        around.issue(maker, vec![line.inner]);
        // Some offices set the title under the "issued with" line.
        around.titled |= !around.title.is_empty();
        return;
    }
    // "Danh mục … (Ban hành kèm theo …)" where the title's last line and the bracket are one.
    if around.issued.is_none()
        && !table_seen
        && !around.titled
        && text.ends_with(')')
        && issued_with(text, maker.grammar).is_some_and(|at| at > 0)
    {
        caption_rest(maker, line.inner, around);
        around.titled = true;
        return;
    }
    if around.unit.is_none()
        && let Some(unit) = unit_line(maker, line.inner)
    {
        match split_unit(maker, line.inner).filter(|_| !around.titled && !table_seen) {
            Some((title, unit)) => around.declare(maker, title, unit),
            None if table_seen => {
                // A note under the table stays a note.
                let note = maker.text(line.inner).to_string();
                around.unit = Some(crate::value::Unit { evidence: Some(note), ..unit });
                around.notes.push(line);
            }
            None => {
                around.unit = Some(unit);
                around.unit_span = Some(line.inner);
            }
        }
        return;
    }
    let list = matches!(line.lead, Lead::Bullet { .. } | Lead::SubBullet { .. } | Lead::Star { .. });
    let open = !around.titled && !table_seen && around.notes.is_empty();
    let plain = !list && !matches!(line.lead, Lead::Number(_));
    let length: usize = around.title.iter().map(|span| span.len()).sum::<usize>() + text.len();
    // A sentence on its own under the title is no title.
    let apart = line.gap_before && around.title.len() == 1 && !issued_next;
    let sentence = apart && !text.starts_with(char::is_lowercase) && text.ends_with(['.', ';', ':']);
    if open && plain && length <= MAX_TITLE && !sentence {
        around.title.push(line.inner);
    } else {
        around.titled = true;
        around.notes.push(line);
    }
}

/// The table's part of an appendix.
fn fill(maker: Maker<'_>, appendix: &mut Appendix, around: &mut Around, pieces: &[Span], table: LaidTable) {
    caption(maker, appendix, around);
    if pieces.is_empty() && appendix.label.is_none() {
        let first = table.header.first().or(table.rows.first());
        let start = first.and_then(|row| row.spans.first()).map_or(0, |span| span.start as usize);
        appendix.at = maker.source.at(Span::new(start, start));
    }
    rows::fill(maker, appendix, table);
}

/// Title, unit and "issued with", as far as they are known.
fn caption(maker: Maker<'_>, appendix: &mut Appendix, around: &mut Around) {
    if !around.title.is_empty() && appendix.title.is_none() {
        appendix.title = Some(maker.joined(&around.title));
    }
    if let Some(unit) = &around.unit
        && appendix.unit.is_none()
    {
        appendix.unit = Some(unit.clone());
    }
}

fn finish(maker: Maker<'_>, appendix: &mut Appendix, around: &mut Around, pieces: &mut Vec<Span>) {
    caption(maker, appendix, around);
    pieces.append(&mut around.title);
    around.unit = None;
    pieces.extend(around.unit_span.take());
    if !pieces.is_empty() {
        let headless_start = appendix.label.is_none().then(|| appendix.at.clone());
        appendix.at = maker.at(pieces);
        if let Some(start) = headless_start {
            // The place of a table without a caption is where the table begins.
            let also = std::mem::replace(&mut appendix.at, start);
            appendix.at.also.push(crate::span::At { also: Vec::new(), ..also.clone() });
            appendix.at.also.extend(also.also);
        }
        pieces.clear();
    }
    appendix.issued_with = around.issued.take();
    let join = |lines: &[Line]| join_lines(maker.source, maker.markup, maker.grammar, lines);
    let mut notes: Vec<Paragraph> = join(&std::mem::take(&mut around.before));
    notes.extend(join(&std::mem::take(&mut around.notes)));
    let first = appendix.notes.len();
    let id = appendix.id.clone();
    appendix.notes.extend(
        notes
            .iter()
            .enumerate()
            .map(|(index, note)| numbered_note(maker, format!("{id}#{}", first + index + 1), note)),
    );
}

/// A paragraph outside the table; a number before it stays in its text.
fn numbered_note(maker: Maker<'_>, id: String, note: &Paragraph) -> crate::model::Block {
    block(maker, id, note)
}

fn issued_line(maker: Maker<'_>, spans: &[Span]) -> IssuedWith {
    let whole = maker.joined(spans);
    let raw = unbracketed(&whole).to_owned();
    let mut issued = IssuedWith { at: maker.at(spans), ..IssuedWith::default() };
    let day = raw.find(" ngày").or_else(|| raw.find(",ngày"));
    let of = raw.rfind(" của ");
    // "Biểu số 1 kèm theo Kế hoạch số 37/KH-UBND": the first number is the appendix's.
    let label = label_end(&raw, &maker.grammar.structure).unwrap_or(0);
    let number = raw.get(label..).and_then(find_number).map(|at| label + at);
    if let Some(number) = number {
        let end = day.filter(|day| *day >= number).or(of.filter(|of| *of >= number)).unwrap_or(raw.len());
        let text = raw.get(number..end).unwrap_or_default().trim_end_matches(',').trim();
        issued.number = Some(printed_number(text, maker.within(spans, &raw, number..number + text.len())));
    }
    if let Some(day) = day {
        let end = of.filter(|of| *of > day).unwrap_or(raw.len());
        let text = raw.get(day..end).unwrap_or_default();
        issued.date = deadline::printed_date(text.trim()).map(|mut date| {
            let start = raw.get(day..).and_then(|rest| rest.find(date.raw.as_str())).map(|i| day + i);
            date.at =
                start.map_or_else(|| issued.at.clone(), |s| maker.within(spans, &raw, s..s + date.raw.len()));
            date
        });
    }
    issued.issuer = of
        .and_then(|of| raw.get(of + " của ".len()..))
        .map(|issuer| issuer.trim().trim_end_matches('.').to_owned())
        .filter(|issuer| !issuer.is_empty());
    issued.raw = raw;
    issued
}

/// Where the number after "số" begins; the number itself may be blank.
fn find_number(raw: &str) -> Option<usize> {
    let at = raw.find(" số")?;
    let rest = raw.get(at + " số".len()..)?;
    if rest.starts_with(char::is_alphabetic) {
        return None;
    }
    Some(raw.len() - rest.trim_start_matches([':', ' ', '\u{A0}', '.', '…', '_']).len())
}

/// A text without its outer brackets, where it has both.
fn unbracketed(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix('(').and_then(|inner| inner.trim_end_matches('.').strip_suffix(')'));
    inner.map_or(text, str::trim)
}
