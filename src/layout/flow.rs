//! The flow of a document: lines and table fragments in order, without page numbers, running heads and
//! ornaments.

use super::footnotes::footnotes;
use super::markup::Markup;
use super::numbering::{NumberToken, cell_number, heading_number};
use super::page_edges::{lost_pages, page_numbers, running_heads};
use crate::grammar::Grammar;
use crate::model::Aside;
use crate::source::{Block, Source};
use crate::span::Span;

/// A piece of the flow.
#[derive(Debug)]
pub(crate) enum Piece {
    Line(Line),
    /// Rows of one fragment; `after_break` tells whether a page border stands before it.
    Table {
        rows: std::ops::Range<u32>,
    },
    Break,
    /// A sheet begins; its name.
    Sheet(Span),
}

/// A line (or a paragraph, where the format has them).
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// The whole line.
    pub span: Span,
    /// Without markup at its ends.
    pub inner: Span,
    pub gap_before: bool,
    /// Whether the page shows that it goes on with the paragraph before it.
    pub goes_on: bool,
    pub lead: Lead,
}

impl Line {
    /// The line up to a byte of its text without markup, and the line from there on.
    pub fn split(self, source: &Source, at: usize) -> (Self, Self) {
        let (from, to) = (self.inner.start as usize, self.inner.end as usize);
        let cut = from + at;
        let before = source.slice(Span::new(from, cut)).trim_end().len();
        let first = Self {
            span: Span::new(self.span.start as usize, from + before),
            inner: Span::new(from, from + before),
            ..self.clone()
        };
        let rest = Self {
            span: Span::new(cut, self.span.end as usize),
            inner: Span::new(cut, to),
            gap_before: false,
            goes_on: false,
            lead: Lead::None,
        };
        (first, rest)
    }
}

/// What a line begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lead {
    None,
    Number(NumberToken),
    Bullet {
        len: usize,
    },
    SubBullet {
        len: usize,
    },
    /// A star as list mark: a run-in head.
    Star {
        len: usize,
    },
}

/// The flow and what was set aside from it.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    pub pieces: Vec<Piece>,
    pub aside: Vec<(Aside, Span)>,
    /// Where pages are missing, ascending.
    pub lost_pages: Vec<u32>,
}

impl Flow {
    pub(crate) fn of(source: &Source, markup: &Markup, grammar: &Grammar) -> Self {
        let mut flow = Self { aside: source.apart.clone(), ..Self::default() };
        let numbers = page_numbers(source, grammar);
        flow.lost_pages = lost_pages(source, &numbers);
        let page_numbers: Vec<usize> = numbers.into_iter().map(|(index, _)| index).collect();
        let running_heads = running_heads(source, &page_numbers, grammar);
        let footnotes = footnotes(source, &page_numbers);
        let mut gap = false;
        let mut full = false;
        for (index, block) in source.blocks.iter().enumerate() {
            let is_page_number = page_numbers.binary_search(&index).is_ok();
            if is_page_number || running_heads.binary_search(&index).is_ok() {
                let why = if is_page_number { Aside::PageNumber } else { Aside::RunningHead };
                flow.set_aside(source, block, why);
                if is_page_number {
                    flow.pieces.push(Piece::Break);
                }
                gap |= matches!(block, Block::Paragraph { gap_before: true, .. });
                continue;
            }
            if footnotes.binary_search(&index).is_ok() {
                flow.set_aside(source, block, Aside::Footnote);
                continue;
            }
            match block {
                Block::Paragraph { span, gap_before, edges } => {
                    gap |= gap_before;
                    let goes_on = full && edges.flush_start;
                    if flow.line(source, markup, grammar, *span, (gap, goes_on)) {
                        gap = false;
                        full = edges.full_end;
                    }
                }
                Block::Table { rows } => {
                    flow.pieces.push(Piece::Table { rows: rows.clone() });
                    gap = true;
                    full = false;
                }
                Block::Sheet { name } => {
                    flow.pieces.push(Piece::Sheet(*name));
                    gap = true;
                }
                Block::PageBreak { .. } => {
                    flow.pieces.push(Piece::Break);
                    gap = true;
                }
            }
        }
        flow
    }

    /// Adds a paragraph as a line; an ornament is set aside, and nothing is added. Whether a gap stands before the
    /// line, and whether it goes on where the line before ended.
    fn line(
        &mut self,
        source: &Source,
        markup: &Markup,
        grammar: &Grammar,
        span: Span,
        (gap_before, goes_on): (bool, bool),
    ) -> bool {
        let inner = markup.trim(source, span);
        let text = source.slice(inner);
        if is_ornament(text) {
            // Where only markup stands on the line it is set aside as such.
            if !inner.is_empty() {
                self.aside.push((Aside::Ornament, inner));
            }
            return false;
        }
        let above = match self.pieces.last() {
            Some(Piece::Line(line)) if !gap_before => source.slice(line.inner),
            _ => "",
        };
        let lead = match lead(text, grammar) {
            Lead::Bullet { .. } if is_end_of_period(text) && ends_in_year(above) => Lead::None,
            Lead::None if source.is_workbook() => in_cell(source, inner, grammar),
            lead => lead,
        };
        self.pieces.push(Piece::Line(Line { span, inner, gap_before, goes_on, lead }));
        true
    }

    /// Sets a line aside, or a line that was read as a row of cells.
    fn set_aside(&mut self, source: &Source, block: &Block, reason: Aside) {
        match block {
            Block::Paragraph { span, .. } => self.aside.push((reason, *span)),
            Block::Table { rows } => {
                let rows = source.rows.get(rows.start as usize..rows.end as usize).unwrap_or_default();
                self.aside.extend(rows.iter().map(|row| (reason, row.span)));
            }
            Block::Sheet { .. } | Block::PageBreak { .. } => {}
        }
    }
}

pub(crate) fn lead(text: &str, grammar: &Grammar) -> Lead {
    let marks = &grammar.numbering.marks;
    let Some(first) = text.chars().next() else { return Lead::None };
    if first.is_alphanumeric() || first == '(' {
        if first == 'o' && text.starts_with("o ") && marks.bullet.iter().any(|m| m == "o") {
            return Lead::Bullet { len: 1 };
        }
        return heading_number(text, &grammar.numbering).map_or(Lead::None, Lead::Number);
    }
    let len = first.len_utf8();
    let rest = text.get(len..).unwrap_or_default();
    // "-5%" is a number, "--" a rule; a mark stands before a space or a letter.
    let marks_item = rest
        .starts_with(|c: char| c.is_whitespace() || c.is_alphabetic() || matches!(c, '“' | '"' | '*' | '<'))
        || (rest.starts_with(|c: char| c.is_ascii_digit()) && first != '-');
    let is = |list: &[String]| list.iter().any(|m| m.chars().eq([first]));
    if !marks_item || rest.trim().is_empty() {
        Lead::None
    } else if first == '*' {
        Lead::Star { len }
    } else if is(&marks.sub_bullet) {
        Lead::SubBullet { len }
    } else if is(&marks.bullet) {
        Lead::Bullet { len }
    } else {
        Lead::None
    }
}

/// The number in a cell of its own before the words of a heading or a point, without a mark: "I" | "MỤC TIÊU".
fn in_cell(source: &Source, inner: Span, grammar: &Grammar) -> Lead {
    let Some((number, rest)) = source.slice(inner).split_once(' ') else { return Lead::None };
    let words = rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"'));
    let Some(token) = cell_number(number, &grammar.numbering).filter(|_| words) else { return Lead::None };
    let start = inner.start as usize;
    let cell = |from: usize, to: usize| source.at(Span::new(start + from, start + to)).cell;
    let apart = cell(0, number.len()) != cell(number.len() + 1, number.len() + 2);
    if apart { Lead::Number(token) } else { Lead::None }
}

/// Whether a line begins as the end of a period does that was wrapped before its dash: "… giai đoạn 2026" / "- 2030".
pub(super) fn is_end_of_period(text: &str) -> bool {
    let rest = text.strip_prefix(['-', '–']).map(str::trim_start).unwrap_or_default();
    let year = rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    is_year(year)
}

fn ends_in_year(text: &str) -> bool {
    is_year(text.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default())
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && digits.starts_with(['1', '2'])
}

/// A line without letters or digits, such as "-----" or "* * *".
pub(crate) fn is_ornament(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c, '-' | '_' | '*' | '=' | '~' | '.' | '·' | '—' | '–' | '―' | '⎯' | '¯' | '#' | '…' | '|')
            || ('\u{2500}'..='\u{257F}').contains(&c)
            || c.is_whitespace()
    })
}
