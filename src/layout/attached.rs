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

/// The attached document of its lines, if there are any.
pub(super) fn of(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    mut lines: Vec<Line>,
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
    Some(Attached { title: lines, body: paragraphs::join(source, markup, grammar, &rest) })
}
