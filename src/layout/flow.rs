//! The flow of a document: lines and table fragments in order, without page numbers, running heads and
//! ornaments.

use rustc_hash::FxHashMap;

use super::markup::Markup;
use super::numbering::{NumberToken, heading_number};
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
}

/// A line that stands at least so often at the top or foot of a page is a running head.
const RUNNING_HEAD_PAGES: usize = 3;

impl Flow {
    pub(crate) fn of(source: &Source, markup: &Markup, grammar: &Grammar) -> Self {
        let mut flow = Self { aside: source.apart.clone(), ..Self::default() };
        let page_numbers = page_numbers(source, grammar);
        let running_heads = running_heads(source, &page_numbers);
        let mut gap = false;
        let mut full = false;
        for (index, block) in source.blocks.iter().enumerate() {
            match block {
                Block::Paragraph { span, gap_before, edges } => {
                    gap |= gap_before;
                    if page_numbers.binary_search(&index).is_ok() {
                        flow.aside.push((Aside::PageNumber, *span));
                        flow.pieces.push(Piece::Break);
                        continue;
                    }
                    if running_heads.binary_search(&index).is_ok() {
                        flow.aside.push((Aside::RunningHead, *span));
                        continue;
                    }
                    let inner = markup.trim(source, *span);
                    if is_ornament(source.slice(inner)) {
                        // Where only markup stands on the line it is set aside as such.
                        if !inner.is_empty() {
                            flow.aside.push((Aside::Ornament, inner));
                        }
                        continue;
                    }
                    let lead = lead(source.slice(inner), grammar);
                    let goes_on = full && edges.flush_start;
                    flow.pieces.push(Piece::Line(Line {
                        span: *span,
                        inner,
                        gap_before: gap,
                        goes_on,
                        lead,
                    }));
                    gap = false;
                    full = edges.full_end;
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

/// A line without letters or digits, such as "-----" or "* * *".
pub(crate) fn is_ornament(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c, '-' | '_' | '*' | '=' | '~' | '.' | '·' | '—' | '–' | '#' | '…' | '|')
            || c.is_whitespace()
    })
}

/// Indices of the blocks that are page numbers: numbers on lines of their own that stand at page breaks or
/// count up by one through the document.
fn page_numbers(source: &Source, grammar: &Grammar) -> Vec<usize> {
    let mut candidates: Vec<(usize, u32, bool)> = Vec::new();
    for (index, block) in source.blocks.iter().enumerate() {
        let Block::Paragraph { span, .. } = block else { continue };
        let Some(number) = page_number(source.slice(*span), grammar) else { continue };
        let beside = |i: Option<usize>| match i.and_then(|i| source.blocks.get(i)) {
            None | Some(Block::PageBreak { .. }) => true,
            Some(_) => false,
        };
        let at_break = source.pages.is_some() && (beside(index.checked_sub(1)) || beside(Some(index + 1)))
            || repeats_header(source, index)
            || is_between_rows(source, index);
        candidates.push((index, number, at_break));
    }
    let follows = |a: Option<&(usize, u32, bool)>, b: Option<&(usize, u32, bool)>| match (a, b) {
        (Some(a), Some(b)) => b.1.checked_sub(a.1) == Some(1),
        _ => false,
    };
    candidates
        .iter()
        .enumerate()
        .filter(|(i, candidate)| {
            candidate.2
                || follows(i.checked_sub(1).and_then(|i| candidates.get(i)), Some(candidate))
                || follows(Some(candidate), candidates.get(i + 1))
        })
        .map(|(_, candidate)| candidate.0)
        .collect()
}

/// Whether a block stands between two tables of which the second begins with the first row of the one before.
fn repeats_header(source: &Source, index: usize) -> bool {
    let first = |block: Option<&Block>| match block {
        Some(Block::Table { rows }) => {
            source.rows.get(rows.start as usize).map(|row| source.slice(row.span).trim())
        }
        _ => None,
    };
    let before = first(index.checked_sub(1).and_then(|index| source.blocks.get(index)));
    let after = first(source.blocks.get(index + 1));
    before.zip(after).is_some_and(|(before, after)| before == after)
}

/// Whether a block stands between rows of as many cells, which a table of more than two columns has on both pages.
fn is_between_rows(source: &Source, index: usize) -> bool {
    let width = |block: Option<&Block>, last: bool| match block {
        Some(Block::Table { rows }) => {
            let row = if last { rows.end.checked_sub(1)? } else { rows.start };
            source.rows.get(row as usize).map(|row| source.row_cells(row).len())
        }
        _ => None,
    };
    let before = width(index.checked_sub(1).and_then(|index| source.blocks.get(index)), true);
    let after = width(source.blocks.get(index + 1), false);
    before.zip(after).is_some_and(|(before, after)| before == after && before > 2)
}

/// "12", "- 12 -", "Trang 3/20".
fn page_number(text: &str, grammar: &Grammar) -> Option<u32> {
    if text.len() > 24 {
        return None;
    }
    let mut rest = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|'));
    let folded = crate::text::fold(rest);
    for word in &grammar.structure.pages.number {
        if folded.starts_with(word.as_str()) {
            rest = rest.get(word.len()..).unwrap_or_default().trim();
        }
    }
    // "3/20" has two numbers; "3/ Nhân lực số" is a list item.
    let (number, pages) =
        rest.split_once('/').map_or((rest, None), |(page, pages)| (page.trim(), Some(pages)));
    if pages.is_some_and(|pages| pages.trim().parse::<u32>().is_err()) {
        return None;
    }
    number.parse().ok().filter(|n| (1..=999).contains(n) && !number.starts_with('0'))
}

/// How many lines at the top and at the foot of a page may be running heads.
const EDGE_LINES: usize = 2;

/// Indices of the blocks at the top and foot of pages, page numbers being passed over, from the outermost on.
fn edges(source: &Source, page_numbers: &[usize]) -> Vec<Vec<usize>> {
    let mut out = Vec::new();
    let mut take = |blocks: &mut dyn Iterator<Item = (usize, &Block)>| {
        let paragraphs = blocks.take_while(|(_, block)| matches!(block, Block::Paragraph { .. }));
        let lines = paragraphs.map(|(index, _)| index);
        let lines = lines.filter(|index| page_numbers.binary_search(index).is_err());
        out.push(lines.take(EDGE_LINES).collect());
    };
    let is_break = |(_, block): &(usize, &Block)| matches!(block, Block::PageBreak { .. });
    let all = || source.blocks.iter().enumerate();
    let borders: Vec<usize> = all().filter(is_break).map(|(index, _)| index).collect();
    let starts = std::iter::once(0).chain(borders.iter().map(|border| border + 1));
    let ends = borders.iter().copied().chain([source.blocks.len()]);
    for (start, end) in starts.zip(ends) {
        let page = || all().take(end).skip(start);
        take(&mut page());
        take(&mut page().rev());
    }
    out
}

/// Indices of the blocks that repeat at the top or foot of pages.
fn running_heads(source: &Source, page_numbers: &[usize]) -> Vec<usize> {
    if source.pages.is_none_or(|pages| (pages as usize) < RUNNING_HEAD_PAGES) {
        return Vec::new();
    }
    let edges = edges(source, page_numbers);
    let text = |index: &usize| match source.blocks.get(*index) {
        Some(Block::Paragraph { span, .. }) => source.slice(*span),
        _ => "",
    };
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    let mut all: Vec<usize> = edges.iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    for index in &all {
        *counts.entry(text(index)).or_default() += 1;
    }
    let repeats = |index: &&usize| counts.get(text(index)).is_some_and(|count| *count >= RUNNING_HEAD_PAGES);
    // A line inside another one that repeats may be a running head's second line.
    let mut heads: Vec<usize> =
        edges.iter().flat_map(|edge| edge.iter().take_while(repeats)).copied().collect();
    heads.sort_unstable();
    heads.dedup();
    heads
}
