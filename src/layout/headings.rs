//! Where appendices and groups begin: captions, headings without a label, and headings inside tables that came as lines.

use super::caption;
use super::flow::{Lead, Line, Piece};
use super::markup::Markup;
use super::numbering::Style;
use super::table::has_header;
use super::zones::Caption;
use crate::grammar::Grammar;
use crate::source::{Row, Source};
use crate::span::Span;
use crate::syntax::unit;
use crate::text::{fold, head};

/// How many pieces after a caption a table or an "issued with" line must come.
const CAPTION_REACH: usize = 12;

/// Most lines of headings between two rows of a table.
const HEADINGS: usize = 3;

/// Indices of the lines that are headings inside a table: between rows without a blank line, and no header after them.
pub(super) fn headings_inside(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    pieces: &[Piece],
) -> Vec<usize> {
    let mut out = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let Piece::Table { rows } = piece else { continue };
        let Some(last) = rows.end.checked_sub(1).and_then(|row| source.rows.get(row as usize)) else {
            continue;
        };
        let mut end = last.span.end;
        let mut lines = 0;
        let after = pieces.get(index + 1..).unwrap_or_default();
        for piece in after.iter().take(HEADINGS) {
            let Piece::Line(line) = piece else { break };
            let text = source.slice(line.inner);
            let heading = text.len() < 240
                && !text.starts_with(char::is_lowercase)
                && is_next_line(source, end, line.span.start)
                && line_caption(source, markup, grammar, line).is_none();
            if !heading {
                break;
            }
            end = line.span.end;
            lines += 1;
        }
        let Some(Piece::Table { rows }) = after.get(lines).filter(|_| lines > 0) else { continue };
        let rows = source.rows.get(rows.start as usize..rows.end as usize).unwrap_or_default();
        let follows = rows.first().is_some_and(|row| is_next_line(source, end, row.span.start));
        // Recipients beside the signature go on with no table of several columns.
        let width = |rows: &[Row]| rows.iter().map(|row| source.row_cells(row).len()).max().unwrap_or(0);
        let closes = width(rows) <= 2 && width(std::slice::from_ref(last)) > 3;
        if follows && !closes && !has_header(source, markup, grammar, rows) {
            out.extend(index + 1..=index + lines);
        }
    }
    out
}

/// Whether a line begins right after the end of another, with no blank line between.
fn is_next_line(source: &Source, end: u32, start: u32) -> bool {
    let between = source.text().get(end as usize..start as usize).unwrap_or_default();
    between.matches('\n').count() == 1 && between.trim().is_empty()
}

/// The captions among the pieces, with their indices; `None` for the heading of an appendix without a label.
pub(super) fn captions(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    pieces: &[Piece],
    inside: &[usize],
) -> Vec<(usize, Option<Caption>)> {
    let mut out: Vec<(usize, Option<Caption>)> = Vec::new();
    let mut titling = false;
    for (index, piece) in pieces.iter().enumerate() {
        let Piece::Line(line) = piece else {
            titling &= !matches!(piece, Piece::Table { .. });
            continue;
        };
        if let Some(caption) = line_caption(source, markup, grammar, line)
            && !(caption.title.is_none() && ends_sentence(source, pieces, index, line))
            && (caption.sure || leads_to_table(source, markup, grammar, pieces, index))
        {
            out.push((index, Some(caption)));
            titling = true;
        } else if !titling
            && is_untitled(source, markup, grammar, pieces, index)
            && !goes_on(pieces, inside, index)
        {
            out.push((index, None));
            titling = true;
        }
    }
    out
}

/// Whether a line is the end of a sentence that the line above begins: "… nêu tại" / "Phụ lục số 1."
fn ends_sentence(source: &Source, pieces: &[Piece], index: usize, line: &Line) -> bool {
    let Some(Piece::Line(above)) = index.checked_sub(1).and_then(|above| pieces.get(above)) else {
        return false;
    };
    let open = source.slice(above.inner).trim_end().ends_with(char::is_lowercase);
    !line.gap_before && open && source.slice(line.inner).trim_end().ends_with(['.', ';', ','])
}

/// The piece after the document's own head at the top of a workbook's first sheet: a letterhead, the title in capitals,
/// and then the title of the sheet's table.
pub(super) fn head_of_sheet(
    source: &Source,
    grammar: &Grammar,
    pieces: &[Piece],
    sheet: usize,
) -> Option<usize> {
    let first =
        pieces.get(..sheet)?.iter().all(|piece| !matches!(piece, Piece::Line(_) | Piece::Table { .. }));
    if !first || !matches!(pieces.get(sheet), Some(Piece::Sheet(_))) {
        return None;
    }
    let line =
        |piece: &Piece| if let Piece::Line(line) = piece { Some(source.slice(line.inner)) } else { None };
    let texts: Vec<&str> = pieces.iter().skip(sheet + 1).map_while(line).collect();
    let capitals = |text: &str| !text.chars().any(char::is_lowercase);
    let title = texts.iter().position(|text| capitals(text) && grammar.structure.kind(text).is_some())?;
    let unlabelled = |text: &str| {
        let key = fold(text);
        grammar.structure.captions.unlabelled.iter().any(|words| key.starts_with(words.as_str()))
    };
    let rest = texts.get(title + 1..)?;
    let goes_on = rest.iter().take_while(|text| capitals(text) && !unlabelled(text)).count();
    let titles = |text: &&str| !text.starts_with('(') && unit::declared_unit(text, &grammar.units).is_none();
    let own = rest.get(goes_on..)?.iter().any(titles);
    (title > 0 && own).then_some(sheet + title + goes_on + 2)
}

/// How many lines a heading without a label may have.
const HEADING_LINES: usize = 5;

/// Whether a line opens the heading of an appendix without a label: "DANH MỤC NHIỆM VỤ TRỌNG TÂM" in capitals, then
/// lines of the heading, then a table, and no section of the body after it.
fn is_untitled(source: &Source, markup: &Markup, grammar: &Grammar, pieces: &[Piece], index: usize) -> bool {
    let Some(Piece::Line(line)) = pieces.get(index) else { return false };
    let text = source.slice(line.inner);
    let opens = |text: &str| {
        let key = fold(text);
        grammar.structure.captions.unlabelled.iter().any(|words| key.starts_with(words.as_str()))
    };
    if text.len() > 240 || text.chars().any(char::is_lowercase) {
        return false;
    }
    let after = pieces.get(index + 1..).unwrap_or_default();
    // Whatever its words, what "(Kèm theo …)" stands under is an appendix; the title may go on in small letters.
    let line = |piece: &Piece| if let Piece::Line(line) = piece { Some(line.inner) } else { None };
    let titles = |text: &str| text.len() <= 240 && !text.starts_with('(') && !text.ends_with(['.', ';', ':']);
    let lines: Vec<&str> =
        after.iter().map_while(line).take(HEADING_LINES).map(|inner| source.slice(inner)).collect();
    let issued = lines.iter().position(|text| issued_with(text, grammar) == Some(0));
    // After a signer's name in small letters capitals begin another heading.
    let small = |text: &&&str| text.chars().any(char::is_lowercase);
    let issued = issued.filter(|at| {
        let head = lines.get(..*at).unwrap_or_default();
        head.iter().all(|text| titles(text))
            && head.iter().skip_while(|text| !small(text)).all(|text| small(&text))
    });
    let names_it = || text.chars().filter(|c| c.is_alphabetic()).count() > 8 && issued.is_some();
    if !opens(text) && !names_it() {
        return false;
    }
    let is_heading = |line: &Line| {
        let text = markup.text(source, line.inner);
        !text.chars().any(char::is_lowercase)
            || text.starts_with('(')
            || unit::declared_unit(&text, &grammar.units).is_some()
    };
    // A caption among them is the appendix's, and what stands above it the document's.
    let goes_on = |at: usize, line: &Line| {
        (is_heading(line) || issued.is_some_and(|issued| at < issued))
            && line_caption(source, markup, grammar, line).is_none()
    };
    let heads = |(at, piece): &(usize, &Piece)| matches!(piece, Piece::Line(line) if goes_on(*at, line));
    let lines = after.iter().enumerate().take_while(heads).count();
    lines < HEADING_LINES && matches!(after.get(lines), Some(Piece::Table { .. }))
}

/// Whether the body goes on after a piece: a section begins, and not inside a table.
fn goes_on(pieces: &[Piece], inside: &[usize], index: usize) -> bool {
    let is_section = |piece: &Piece| {
        matches!(piece, Piece::Line(Line { lead: Lead::Number(token), .. })
            if matches!(token.style, Style::Worded(_) | Style::Upper | Style::Roman))
    };
    let mut after = pieces.iter().enumerate().skip(index + 1);
    after.any(|(at, piece)| is_section(piece) && inside.binary_search(&at).is_err())
}

fn line_caption(source: &Source, markup: &Markup, grammar: &Grammar, line: &Line) -> Option<Caption> {
    let text = source.slice(line.inner);
    // The brackets of "(PHỤ LỤC 1)" are left out.
    let open = text.len() - text.trim_start_matches(['(', '[']).len();
    let text = text.get(open..)?;
    let start = line.inner.start as usize + open;
    if !caption::may_begin(text, &grammar.structure) {
        return None;
    }
    let glued: Vec<usize> =
        markup.inside(line.inner).iter().map(|mark| (mark.start as usize).saturating_sub(start)).collect();
    let found = caption::caption(text, &glued, &grammar.structure)?;
    let label = Span::new(start - open, start + found.len);
    let title = found
        .title
        .map(|at| {
            markup.trim(
                source,
                Span { start: u32::try_from(start + at).unwrap_or(u32::MAX), end: line.span.end },
            )
        })
        .filter(|span| !span.is_empty());
    let end = title.map_or(line.span.end, |title| title.start);
    let span = Span { end: end.max(label.end), ..label };
    Some(Caption { id: found.id, label, span, title, sure: found.sure })
}

/// Whether a table or an "issued with" line comes soon, before another caption; a list of appendices in
/// running text has neither.
fn leads_to_table(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    pieces: &[Piece],
    index: usize,
) -> bool {
    if let Some(Piece::Line(line)) = pieces.get(index)
        && issued_with(source.slice(line.span), grammar).is_some()
    {
        return true;
    }
    for piece in pieces.iter().skip(index + 1).take(CAPTION_REACH) {
        match piece {
            Piece::Table { .. } => return true,
            Piece::Sheet(_) => return false,
            Piece::Break => {}
            Piece::Line(line) => {
                if issued_with(source.slice(line.inner), grammar).is_some() {
                    return true;
                }
                if line_caption(source, markup, grammar, line).is_some() {
                    return false;
                }
            }
        }
    }
    false
}

/// Where "(Ban hành kèm theo …" begins in a text.
pub(crate) fn issued_with(text: &str, grammar: &Grammar) -> Option<usize> {
    let words = &grammar.structure.captions.issued_with;
    let begins = |at: usize| {
        let rest = text.get(at..).unwrap_or_default().trim_start_matches(['(', '*', '[', ' ']);
        // "(Biểu số 1 kèm theo Kế hoạch số 37/KH-UBND …)"
        let own =
            caption::label_end(rest, &grammar.structure).and_then(|end| rest.get(end..)).map(str::trim_start);
        let opens = |rest: &str| {
            let head = fold(head(rest, 24));
            words.iter().any(|w| head.starts_with(w.as_str()))
        };
        opens(rest) || own.is_some_and(opens)
    };
    let brackets = text.match_indices('(').map(|(at, _)| at).filter(|at| begins(*at));
    brackets.into_iter().next().or_else(|| begins(0).then_some(0))
}
