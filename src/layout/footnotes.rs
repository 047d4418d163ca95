//! Footnotes of a text: lines at a page's foot that begin with the mark of a note.

use std::ops::Range;

use crate::source::{Block, Source};
use crate::text::raised_digit;

/// Most blocks of the notes of one page.
const MOST: usize = 16;

/// A note's way back to its mark.
const BACK: &str = "](#footnote-ref-";

/// Fewest signs of a rule over notes.
const RULE: usize = 5;

/// Most blocks of a page.
const PAGE: usize = 200;

/// Largest number of a note.
const LARGEST: u32 = 200;

/// The blocks that are footnotes, ascending. A line with the mark of a note begins them where two of three show it: a rule stands
/// over it, the page ends under it, or a word before carries the mark.
pub(super) fn footnotes(source: &Source, page_numbers: &[usize]) -> Vec<usize> {
    let mut out = Vec::new();
    let mut index = 0;
    while index < source.blocks.len() {
        // "1. Theo báo cáo của xã. [↑](#footnote-ref-1)": Markdown says itself what it is.
        if paragraph(source, index).is_some_and(|(text, _)| text.ends_with(')') && text.contains(BACK)) {
            out.push(index);
            index += 1;
            continue;
        }
        match notes_at(source, page_numbers, index) {
            Some(notes) => {
                index = notes.end;
                out.extend(notes);
            }
            None => index += 1,
        }
    }
    out
}

fn paragraph(source: &Source, index: usize) -> Option<(&str, bool)> {
    match source.blocks.get(index)? {
        Block::Paragraph { span, gap_before, .. } => Some((source.slice(*span).trim(), *gap_before)),
        _ => None,
    }
}

/// The notes that begin at a block.
fn notes_at(source: &Source, page_numbers: &[usize], index: usize) -> Option<Range<usize>> {
    let (text, _) = paragraph(source, index)?;
    let mark = mark(text)?;
    let ruled =
        index.checked_sub(1).and_then(|above| paragraph(source, above)).is_some_and(|it| is_rule(it.0));
    let ends = |at: usize| match source.blocks.get(at) {
        None | Some(Block::PageBreak { .. }) => true,
        Some(_) => page_numbers.binary_search(&at).is_ok(),
    };
    let last = (index + 1..index + MOST).find(|at| {
        let next = paragraph(source, *at).filter(|(text, gap)| !gap || self::mark(text).is_some());
        ends(*at) || next.is_none()
    })?;
    // The end of the whole text is no page's end.
    let at_foot = ends(last) && last < source.blocks.len();
    let carried = || {
        let before = source.blocks.get(..index).unwrap_or_default().iter().rev().take(PAGE);
        let mut texts = before.filter_map(|block| match block {
            Block::Paragraph { span, .. } => Some(source.slice(*span)),
            _ => None,
        });
        texts.any(|text| carries(text, mark))
    };
    let shown = usize::from(ruled) + usize::from(at_foot);
    (shown == 2 || shown == 1 && carried()).then_some(index..last)
}

/// The number of a note that a line begins with: "1 Theo …", "[2] Nghị quyết …", "³ …".
fn mark(text: &str) -> Option<u32> {
    let first = text.chars().next()?;
    let (number, rest) = if let Some(inner) = text.strip_prefix('[') {
        let (inner, rest) = inner.split_once(']')?;
        (inner.parse().ok()?, rest)
    } else if first.is_ascii_digit() {
        let end = text.find(|c: char| !c.is_ascii_digit())?;
        let (digits, rest) = text.split_at_checked(end)?;
        (digits.parse().ok().filter(|_| rest.starts_with(' '))?, rest)
    } else {
        let end = text.find(|c| raised_digit(c).is_none())?;
        let digits = text.get(..end)?.chars().filter_map(raised_digit);
        (digits.fold(0, |number: u32, digit| number.saturating_mul(10) + digit), text.get(end..)?)
    };
    let worded = rest.trim_start().starts_with(char::is_uppercase);
    (worded && (1..=LARGEST).contains(&number)).then_some(number)
}

/// Whether a word carries a note's mark: "ma túy1 của", "[2]".
fn carries(text: &str, mark: u32) -> bool {
    let digits = mark.to_string();
    let glued = text.match_indices(&digits).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + digits.len()..).and_then(|after| after.chars().next());
        let word = before.is_some_and(|c| c.is_lowercase() || matches!(c, ')' | '”' | '"'));
        word && !is_metre(text.get(..at).unwrap_or_default())
            && after.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':'))
    });
    let run = |run: &str| {
        !run.is_empty()
            && run.chars().filter_map(raised_digit).eq(digits.bytes().map(|byte| u32::from(byte - b'0')))
    };
    let raised = || text.split(|c| raised_digit(c).is_none()).any(run);
    glued || text.contains(&format!("[{digits}]")) || raised()
}

/// "m2", "km3".
fn is_metre(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(word, "m" | "km" | "dm" | "cm" | "mm")
}

fn is_rule(text: &str) -> bool {
    text.chars().count() >= RULE && text.chars().all(|c| matches!(c, '_' | '-' | '–' | '—' | '⎯' | '─'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_begins_with_its_mark() {
        assert_eq!(mark("1 Theo tiêu chí của Bộ Công an"), Some(1));
        assert_eq!(mark("[12] Nghị quyết số 57-NQ/TW"), Some(12));
        assert_eq!(mark("² Không tính các hộ tạm trú"), Some(2));
        for text in ["1. Mục đích", "1 tỷ đồng", "2026 Năm", "a) Về", "12", "1/ Về nhân lực"]
        {
            assert_eq!(mark(text), None, "{text}");
        }
    }

    #[test]
    fn a_word_carries_a_mark() {
        assert!(carries("xây dựng xã không ma túy1 trên địa bàn", 1));
        assert!(carries("các hộ²", 2));
        assert!(carries("các hộ¹ và xã²", 1) && carries("các hộ¹ và xã²", 2));
        assert!(!carries("các hộ¹ và xã²", 12));
        assert!(!carries("mục 1 và mục 2", 1));
        assert!(!carries("diện tích 12m2, 3 km2", 2));
    }
}
