//! Figures of a passage that gives some of an appendix's total row ("Mở 45 lớp cho 2.750 học viên, kinh phí 6.223,8 triệu đồng
//! (Biểu số 2)"): where others of it stand in that row, one that does not is another than the row prints (R008).
//!
//! It must be the row's figure but for the order of its digits, or name a column of the row while two others stand in it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::counted_names::{Token, tokens};
use crate::finding::{Audit, Finding, Text};
use crate::model::{Appendix, Cell, Column, ReferenceKind, Row, RowRole};
use crate::rules::context::Passage;
use crate::rules::values::digits::same_digits;
use crate::rules::{Context, Rule, shorten};
use crate::text::fold;

/// Fewest digits of a figure that tells.
const TELLING: usize = 2;
/// Fewest digits of one that is told from the row's by what it counts alone.
const LARGE: usize = 4;
/// How many words behind a figure may name what it counts.
const NOUN: usize = 3;
/// Years are no figures.
const YEARS: std::ops::RangeInclusive<u32> = 1945..=2100;

/// Reports figures that a passage gives otherwise than the total row that it tells of.
pub(in crate::rules) fn against_rows(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    let appendices: FxHashMap<&str, &Appendix> =
        context.document.appendices.iter().map(|appendix| (appendix.id.as_str(), appendix)).collect();
    let mut printed: FxHashMap<&str, FxHashSet<String>> = FxHashMap::default();
    for passage in context.passages() {
        let named = passage.references.iter().filter(|it| it.kind == ReferenceKind::Appendix);
        let mut targets: Vec<&str> = named.filter_map(|it| it.target.as_deref()).collect();
        targets.dedup();
        if let [only] = targets[..]
            && let Some(appendix) = appendices.get(only)
        {
            let printed = printed.entry(only).or_insert_with(|| figures_of(appendix));
            told(passage, appendix, printed, audit, rule);
        }
    }
}

/// The digits of all figures that an appendix prints.
fn figures_of(appendix: &Appendix) -> FxHashSet<String> {
    let rows = appendix.table.iter().flat_map(|table| &table.rows);
    rows.flat_map(|row| &row.cells).filter_map(|cell| digits(cell.raw.as_deref()?)).collect()
}

fn told(
    passage: Passage<'_>,
    appendix: &Appendix,
    anywhere: &FxHashSet<String>,
    audit: &mut Audit,
    rule: &Rule,
) {
    let Some(table) = &appendix.table else { return };
    let words = tokens(passage.text);
    let figures: Vec<(usize, String)> = words
        .iter()
        .enumerate()
        .filter(|(_, word)| word.number.is_some())
        .filter_map(|(at, word)| Some((at, digits(passage.text.get(word.range.clone())?)?)))
        .collect();
    if figures.len() < 2 {
        return;
    }
    let printed = |row: &Row, figure: &str| row.cells.iter().any(|cell| is(cell, figure));
    for row in table.rows.iter().filter(|row| row.role == RowRole::Total) {
        let same = figures.iter().filter(|(_, figure)| printed(row, figure)).count();
        if same == 0 {
            continue;
        }
        for (at, figure) in figures.iter().filter(|(_, figure)| !anywhere.contains(figure)) {
            // What the passage gives as it is printed is no other figure.
            let told = |own: &String| figures.iter().any(|(_, figure)| figure == own);
            let slipped = |cell: &&Cell| {
                let own = cell.raw.as_deref().and_then(digits);
                own.is_some_and(|own| own.len() > TELLING && same_digits(&own, figure) && !told(&own))
            };
            let named =
                || row.cells.iter().zip(&appendix.columns).find(|(_, column)| names(column, &words, *at));
            let alike = |cell: &&Cell| {
                let own = cell.raw.as_deref().and_then(digits);
                own.is_some_and(|own| own.len() == figure.len() && own.len() >= LARGE && !told(&own))
            };
            let counted = || named().map(|(cell, _)| cell).filter(|cell| same > 1 && alike(cell));
            let Some(cell) = row.cells.iter().find(slipped).or_else(counted) else { continue };
            let Some(word) = words.get(*at) else { continue };
            let raw = cell.raw.as_deref().unwrap_or_default();
            let ended = words.iter().skip(*at).position(|word| word.ends).unwrap_or(NOUN);
            let end = words.get(*at + ended.min(NOUN - 1)).map_or(word.range.end, |last| last.range.end);
            let shown = shorten(passage.text.get(word.range.start..end).unwrap_or_default());
            let message = Text::new("r008-message").with("found", shown).with("other", raw);
            let finding = Finding::new(rule.code, rule.severity, message, passage.at.clone())
                .quoting(passage.text, word.range.clone())
                .relate(cell.at.clone(), Text::new("r008-related").with("other", raw));
            audit.findings.push(finding);
        }
        return;
    }
}

/// The digits of a figure that tells; none of a year or a lone digit.
fn digits(text: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let text = text.trim();
    let out: String = text.chars().filter(char::is_ascii_digit).collect();
    let year = text.len() == 4 && text.parse().is_ok_and(|year| YEARS.contains(&year));
    (text.chars().all(plain) && out.len() >= TELLING && !year).then_some(out)
}

fn is(cell: &Cell, figure: &str) -> bool {
    cell.raw.as_deref().and_then(digits).is_some_and(|own| own == figure)
}

/// Whether the words behind a figure are those of a column's header: "học viên" of "Tổng số học viên (người)".
fn names(column: &Column, words: &[Token], at: usize) -> bool {
    let bare = |leaf: &String| fold(leaf.split('(').next().unwrap_or_default());
    let Some(leaf) = column.path.last().map(bare) else { return false };
    let mut noun = String::new();
    for word in words.iter().skip(at + 1).take(NOUN) {
        noun = if noun.is_empty() { word.key.clone() } else { format!("{noun} {}", word.key) };
        let several = noun.contains(' ');
        let mut found = leaf.match_indices(noun.as_str());
        let whole = |(start, text): (usize, &str)| {
            let before = leaf.get(..start).is_none_or(|before| !before.ends_with(char::is_alphanumeric));
            let after =
                leaf.get(start + text.len()..).is_none_or(|after| !after.starts_with(char::is_alphanumeric));
            before && after
        };
        if several && found.any(whole) {
            return true;
        }
        if word.ends {
            return false;
        }
    }
    false
}
