//! What rows are: totals and labels by their words, groups and items by the style of their numbers and by what
//! their cells hold.

use std::collections::BTreeMap;

use super::Maker;
use super::rows::RowFacts;
use crate::layout::Style;
use crate::model::{AppendixKind, RowRole};
use crate::text::fold;

/// Totals and labels are told by their words.
pub(super) fn first_role(maker: Maker<'_>, facts: &RowFacts, kind: AppendixKind) -> RowRole {
    let words = &maker.grammar.structure.rows;
    let folded = fold(&facts.name.chars().take(80).collect::<String>());
    let bare = folded.trim_end_matches([':', '.', ' ']);
    if !facts.attributes && !facts.amounts && words.labels.iter().any(|word| bare == word) {
        return RowRole::Label;
    }
    let money = matches!(kind, AppendixKind::Projects | AppendixKind::Other | AppendixKind::Tasks);
    if money && facts.token.as_ref().is_none_or(|token| matches!(token.style, Style::Upper)) {
        let total = words.totals.iter().any(|word| {
            folded.strip_prefix(word.as_str()).is_some_and(|rest| {
                let rest = rest.trim_start();
                rest.is_empty()
                    || rest.starts_with([':', '(', '=', '['])
                    || is_formula(rest)
                    || rest.starts_with("cac ")
                    || rest.starts_with("so ")
                    || rest.starts_with("von")
                    || rest.starts_with("kinh phi")
            })
        });
        if total {
            return RowRole::Total;
        }
    }
    RowRole::Item
}

/// "a + b", "i+ii".
fn is_formula(text: &str) -> bool {
    text.contains('+')
        && text.split('+').all(|part| {
            let part = part.trim().trim_matches(['(', ')', ':', '.']);
            !part.is_empty() && part.len() <= 6 && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
        })
}

/// Reads "C", "D" after "B", "C" as letters rather than as Roman numerals.
pub(super) fn settle_letters(facts: &mut [RowFacts]) {
    let (mut upper, mut roman) = (0, 0);
    for token in facts.iter_mut().filter_map(|row| row.token.as_mut()) {
        if let Some(letter) = token.as_letter()
            && upper > 0
            && letter.ordinal == upper + 1
            && token.ordinal != roman + 1
        {
            *token = letter;
        }
        match token.style {
            Style::Upper => (upper, roman) = (token.ordinal, 0),
            Style::Roman => roman = token.ordinal,
            _ => {}
        }
    }
}

/// Tells groups from items: by the style of their numbers and by what their rows hold.
pub(super) fn classify(facts: &mut [RowFacts], kind: AppendixKind) {
    #[derive(Default)]
    struct Count {
        rows: usize,
        attributes: usize,
    }
    let mut counts: BTreeMap<Style, Count> = BTreeMap::new();
    for row in facts.iter().filter(|row| row.role == RowRole::Item) {
        let Some(token) = &row.token else { continue };
        let count = counts.entry(token.style).or_default();
        count.rows += 1;
        count.attributes += usize::from(row.attributes);
    }
    let rank = |style: Style| match style {
        Style::Worded(n) => u32::from(n),
        Style::Upper => 20,
        Style::Roman => 30,
        Style::RomanPath(n) => 30 + u32::from(n),
        Style::Arabic(n) => 50 + u32::from(n),
        Style::ArabicParen => 70,
        Style::Paren => 71,
        Style::Lower | Style::ParenLetter => 80,
    };
    let deepest =
        counts.keys().filter(|style| rank(**style) < 70).map(|style| rank(*style)).max().unwrap_or(0);
    // A table whose only attributes are money tells its groups by depth alone.
    let any_attributes = facts.iter().any(|row| row.attributes);
    let is_group_style = |style: Style| {
        let Some(count) = counts.get(&style) else { return false };
        let mostly_bare = count.attributes * 10 <= count.rows * 3;
        match style {
            Style::Worded(_) | Style::Upper | Style::Roman => mostly_bare && rank(style) < deepest,
            Style::RomanPath(_) => mostly_bare && any_attributes && rank(style) < deepest,
            Style::Arabic(_) => {
                any_attributes && count.attributes * 10 <= count.rows && rank(style) < deepest
            }
            _ => false,
        }
    };
    for index in 0..facts.len() {
        let Some(row) = facts.get(index).filter(|row| row.role == RowRole::Item) else { continue };
        let group = match &row.token {
            Some(token) => {
                let by_style = is_group_style(token.style)
                    && (!row.attributes || matches!(token.style, Style::Upper | Style::Roman));
                // One group row among items of its style: "2" over "2.1", "2.2" where the others stand alone.
                let over_children = kind != AppendixKind::Targets
                    && kind != AppendixKind::Growth
                    && !row.attributes
                    && any_attributes
                    && facts.get(index + 1).and_then(|next| next.token.as_ref()).is_some_and(|next| {
                        next.label.rsplit_once('.').is_some_and(|(parent, _)| parent == token.label)
                    });
                let lone = matches!(token.style, Style::Upper | Style::Roman | Style::Worded(_))
                    && !row.attributes
                    && counts.len() > 1;
                by_style || over_children || lone
            }
            // A heading without a number: nothing but words that fill the row.
            None => {
                row.marker.is_none()
                    && !row.attributes
                    && !row.amounts
                    && !row.name.is_empty()
                    && is_heading(&row.name)
            }
        };
        if group && let Some(row) = facts.get_mut(index) {
            row.role = RowRole::Group;
        }
    }
}

/// A heading without a number: in capitals, or short and without an end mark.
fn is_heading(name: &str) -> bool {
    let capitals = name.chars().all(|c| !c.is_lowercase());
    let begins = name.chars().next().is_some_and(char::is_uppercase);
    begins && (capitals || (name.len() < 120 && !name.ends_with(['.', ';', ',', ':'])))
}
