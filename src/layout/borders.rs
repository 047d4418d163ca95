//! Where the parts of a document begin: the body, its closing part, what is attached, the appendices.

use std::ops::Range;

use super::flow::{Lead, Line, Piece};
use super::headings::head_of_sheet;
use super::letterhead::is_letterhead;
use super::numbering::Style;
use super::zones::Caption;
use super::{attached, resume};
use crate::grammar::Grammar;
use crate::source::Source;
use crate::text::{fold, head};

/// Indices of pieces at which parts begin.
pub(super) struct Borders {
    /// The first appendix, or the first sheet of one.
    pub first_caption: usize,
    /// Where the lines of the first sheet's head end, if an appendix begins there.
    pub after_head: Option<usize>,
    body: usize,
    closing: usize,
    attached: usize,
    /// Where the letterhead of what is attached begins.
    letterhead: usize,
    /// The stretches behind tables with captions that are the body's again.
    again: Vec<Range<usize>>,
}

impl Borders {
    pub fn of(
        source: &Source,
        grammar: &Grammar,
        pieces: &[Piece],
        captions: &[(usize, Option<Caption>)],
    ) -> Self {
        let caption = captions.first().map_or(pieces.len(), |(index, _)| *index);
        let sheet = first_sheet(pieces, captions).filter(|sheet| *sheet < caption);
        let after_head = sheet.and_then(|sheet| head_of_sheet(source, grammar, pieces, sheet));
        let first_caption = after_head.or(sheet).unwrap_or(caption);
        let body = body_start(pieces, first_caption);
        let closing = find_closing(source, grammar, pieces, body.min(first_caption), first_caption);
        let attached = attached::start(source, grammar, pieces, closing, first_caption);
        let letterhead = match attached < first_caption {
            true => attached::letterhead(source, grammar, pieces, closing, attached),
            false => attached,
        };
        let mut out =
            Self { first_caption, after_head, body, closing, attached, letterhead, again: Vec::new() };
        if closing == first_caption && first_caption < pieces.len() && !source.is_workbook() {
            out.go_on(source, grammar, pieces, captions);
        }
        out
    }

    /// Without a closing part before the first caption its table may stand inside the body.
    fn go_on(
        &mut self,
        source: &Source,
        grammar: &Grammar,
        pieces: &[Piece],
        captions: &[(usize, Option<Caption>)],
    ) {
        let names_table = |caption: &Caption| {
            let words = fold(source.slice(caption.label));
            grammar.structure.captions.tables.iter().any(|word| words.starts_with(word.as_str()))
        };
        let places: Vec<resume::Place> = captions
            .iter()
            .map(|(index, caption)| (*index, caption.as_ref().is_some_and(names_table)))
            .collect();
        self.again = resume::stretches(pieces, &places);
        // Recipients beside the signature are a table as well.
        let is_table = |piece: &Piece| matches!(piece, Piece::Table { rows } if !is_letterhead(source, rows));
        let last_table = pieces.iter().rposition(is_table).unwrap_or(0);
        let from = last_table.max(self.first_caption) + 1;
        let tail = find_closing(source, grammar, pieces, from, pieces.len());
        if tail < pieces.len() {
            (self.closing, self.attached, self.letterhead) = (tail, pieces.len(), pieces.len());
            self.again.push(tail..pieces.len());
        } else if !self.again.is_empty() {
            (self.closing, self.attached, self.letterhead) = (pieces.len(), pieces.len(), pieces.len());
        }
    }

    /// The part that a piece before the appendices is in; `None` for a piece of an appendix.
    pub fn part(&self, index: usize) -> Option<Place> {
        if index >= self.first_caption && !self.again.iter().any(|part| part.contains(&index)) {
            return None;
        }
        Some(match () {
            () if index >= self.attached => Place::Attached,
            () if index >= self.letterhead => Place::AttachedHead,
            () if index >= self.closing => Place::Closing,
            () if index < self.body => Place::Header,
            () => Place::Body,
        })
    }
}

/// The parts of a document but for its appendices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Header,
    Body,
    Closing,
    /// The letterhead of a document that this one issues, after its signature.
    AttachedHead,
    /// That document.
    Attached,
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
            Piece::Table { rows } => first_cell(source, rows),
            Piece::Break | Piece::Sheet(_) => continue,
        };
        let text = text.trim_start_matches(['*', '_', ' ']);
        let head = fold(head(text, 16));
        let long = text.len() > LONGEST_CLOSING_LINE;
        let recipients = words.recipients.iter().any(|w| head.starts_with(w.as_str()));
        // A cell may hold the whole list.
        if recipients && (!long || matches!(piece, Piece::Table { .. })) {
            return index.min(signature);
        }
        if text.is_empty() || long {
            continue;
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

/// Longest line of a closing part that is looked at, in bytes.
pub(crate) const LONGEST_CLOSING_LINE: usize = 200;

/// The first line of a table's first filled cell: the list of recipients may stand in one, with its lines broken inside, and be
/// underlined.
fn first_cell<'s>(source: &'s Source, rows: &Range<u32>) -> &'s str {
    let rows = source.rows.get(rows.start as usize..rows.end as usize).unwrap_or_default();
    let mut cells = rows.iter().flat_map(|row| source.row_cells(row)).filter(|cell| !cell.span.is_empty());
    let mut text = cells.next().map_or("", |cell| source.slice(cell.span)).trim_start();
    while let Some((_, rest)) = text.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
        text = rest.trim_start();
    }
    text.split("<br").next().unwrap_or_default()
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
