//! A document that another one issues: after the signature of a decision a plan begins, with a title in capitals, "(Ban
//! hành kèm theo …)", and sections of its own.

use super::flow::{Lead, Line, Piece};
use super::headings::issued_with;
use super::markup::Markup;
use super::numbering::Style;
use super::paragraphs::{self, Paragraph};
use crate::grammar::Grammar;
use crate::source::Source;
use crate::text::fold;

/// The attached document.
#[derive(Debug)]
pub(crate) struct Attached {
    /// The lines of a letterhead of its own.
    pub letterhead: Vec<Line>,
    /// The lines of its title.
    pub title: Vec<Line>,
    /// "(Ban hành kèm theo …)" and what follows.
    pub body: Vec<Paragraph>,
}

/// Longest line of a title, in bytes.
const MAX_LINE: usize = 400;
/// Most lines from the title's first to "(Ban hành kèm theo …)".
const REACH: usize = 7;

/// Index of the piece that begins the attached document; `end` where there is none.
pub(super) fn start(source: &Source, grammar: &Grammar, pieces: &[Piece], from: usize, end: usize) -> usize {
    let line = |piece: &Piece| if let Piece::Line(line) = piece { Some(line.clone()) } else { None };
    let opens = |piece: &Piece| {
        line(piece).is_some_and(|line| {
            let text = source.slice(line.inner);
            text.len() < MAX_LINE
                && !text.chars().any(char::is_lowercase)
                && grammar.structure.kind(text).is_some()
        })
    };
    let within = pieces.get(..end).unwrap_or_default();
    let issued = |index: usize| {
        let next = within.iter().skip(index + 1).take(REACH).filter_map(line);
        next.into_iter().any(|line| issued_with(source.slice(line.inner), grammar).is_some())
    };
    let has_sections = |index: usize| {
        within.iter().skip(index + 1).filter_map(line).any(|line| {
            matches!(&line.lead, Lead::Number(token) if matches!(token.style, Style::Worded(_) | Style::Upper | Style::Roman | Style::Arabic(_)))
        })
    };
    let mut candidates = within.iter().enumerate().skip(from + 1).filter(|(_, piece)| opens(piece));
    // "KẾ HOẠCH" alone on its line behind the signature of a decision needs no such words.
    let alone = |index: usize| {
        let text = pieces.get(index).and_then(line).map(|line| fold(source.slice(line.inner)));
        let kinds = &grammar.structure.kinds;
        text.is_some_and(|text| kinds.iter().any(|kind| kind.words == text))
    };
    let has_parts = |index: usize| {
        within.iter().skip(index + 1).filter_map(line).any(|line| {
            matches!(&line.lead, Lead::Number(token) if matches!(token.style, Style::Worded(_) | Style::Upper | Style::Roman))
        })
    };
    let begins = |index: usize| issued(index) && has_sections(index) || alone(index) && has_parts(index);
    candidates.find(|(index, _)| begins(*index)).map_or(end, |(index, _)| index)
}

/// Most pieces of a letterhead, and most of them above its motto.
const LETTERHEAD: usize = 8;
const ABOVE_MOTTO: usize = 2;

/// Index of the piece that begins the letterhead of an attached document whose title stands at an index: the motto comes
/// again, bodies in capitals above it. The title's index where there is none.
pub(super) fn letterhead(
    source: &Source,
    grammar: &Grammar,
    pieces: &[Piece],
    closing: usize,
    title: usize,
) -> usize {
    let words = &grammar.structure.letterhead;
    let texts = |index: usize| -> Vec<String> {
        match pieces.get(index) {
            Some(Piece::Line(line)) => vec![fold(source.slice(line.inner))],
            Some(Piece::Table { rows }) => {
                let rows = source.rows.get(rows.start as usize..rows.end as usize).unwrap_or_default();
                let cells = rows.iter().flat_map(|row| source.row_cells(row));
                cells.map(|cell| fold(source.slice(cell.span))).collect()
            }
            _ => Vec::new(),
        }
    };
    let is_motto = |index: &usize| {
        texts(*index).iter().any(|text| words.mottoes.iter().any(|motto| text.starts_with(motto.as_str())))
    };
    let first = closing.max(title.saturating_sub(LETTERHEAD));
    let Some(motto) = (first..title).find(is_motto) else { return title };
    let is_body = |index: &usize| match pieces.get(*index) {
        Some(Piece::Line(line)) => {
            let text = source.slice(line.inner);
            let said = fold(text);
            let named = words.bodies.iter().any(|word| {
                said.strip_prefix(word.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            });
            named && !text.chars().any(char::is_lowercase)
        }
        Some(Piece::Break) => true,
        _ => false,
    };
    motto - (closing + 1..motto).rev().take(ABOVE_MOTTO).take_while(is_body).count()
}

/// The attached document of its lines, if there are any.
pub(super) fn of(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    (letterhead, mut lines): (Vec<Line>, Vec<Line>),
) -> Option<Attached> {
    let at = |line: &Line| issued_with(source.slice(line.inner), grammar);
    // Without such words the title ends where the first section begins.
    let numbered = |line: &Line| matches!(line.lead, Lead::Number(_));
    let first = || lines.iter().position(numbered).filter(|first| (1..=REACH).contains(first));
    let issued = lines.iter().position(|line| at(line).is_some()).or_else(first)?;
    let mut rest = lines.split_off(issued);
    // A page whose title and "(Kèm theo …)" stand under each other gives both in one paragraph.
    if let Some(first) = rest.first_mut()
        && let Some(inside @ 1..) = at(first)
    {
        let (title, issued) = first.clone().split(source, inside);
        lines.push(title);
        *first = issued;
    }
    Some(Attached { letterhead, title: lines, body: paragraphs::join(source, markup, grammar, &rest) })
}
