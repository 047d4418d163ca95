//! What rows are: totals and labels by their words, groups and items by the style of their numbers and by what
//! their cells hold.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::RowFacts;
use super::{Maker, heads};
use crate::layout::{NumberToken, Style};
use crate::model::{AppendixKind, RowRole};
use crate::text::{fold, head};

/// Most words of the name of a whole body: "Toàn Chi cục".
const WHOLE: usize = 5;

/// Totals and labels are told by their words.
pub(super) fn first_role(maker: Maker<'_>, facts: &RowFacts, kind: AppendixKind) -> RowRole {
    let words = &maker.grammar.structure.rows;
    let folded = fold(head(&facts.name, 80));
    let bare = folded.trim_end_matches([':', '.', ' ']);
    if !facts.attributes && !facts.amounts && words.labels.iter().any(|word| bare == word) {
        return RowRole::Label;
    }
    if is_note(maker, facts, &folded) {
        return RowRole::Note;
    }
    let money = matches!(kind, AppendixKind::Projects | AppendixKind::Other | AppendixKind::Tasks);
    // "Toàn Chi cục", "Toàn vùng": the whole body over its parts.
    let unnumbered = facts.token.is_none() && facts.number.is_none() && facts.marker.is_none();
    let whole = unnumbered
        && (facts.amounts || facts.holds && !facts.unit)
        && folded.split(' ').count() <= WHOLE
        && words
            .wholes
            .iter()
            .any(|word| folded.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' ')));
    if whole || !money && is_total_of_targets(maker, facts, bare) {
        return RowRole::Total;
    }
    if money && facts.token.as_ref().is_none_or(|token| matches!(token.style, Style::Upper)) {
        let unnumbered = facts.token.is_none() && facts.amounts;
        let mut totals = words.totals.iter().chain(words.unnumbered_totals.iter().filter(|_| unnumbered));
        let total = totals.any(|word| {
            folded.strip_prefix(word.as_str()).is_some_and(|rest| {
                // A sign after it is dust of a scan, or a slip.
                let rest = rest.trim_start().trim_end_matches([',', '.', ';', ' ']);
                rest.is_empty()
                    || rest.starts_with([':', '(', '=', '['])
                    || is_formula(rest)
                    || rest.starts_with("cac ")
                    || rest.starts_with("toan ")
                    || rest.starts_with("so ")
                    || rest.starts_with("von")
                    || rest.starts_with("kinh phi")
            })
        });
        if total || is_subtotal(maker, facts) || states_sum(facts) {
            return RowRole::Total;
        }
    }
    RowRole::Item
}

/// "Ghi chú: …" over the whole row.
fn is_note(maker: Maker<'_>, facts: &RowFacts, folded: &str) -> bool {
    let opening = folded.trim_start_matches(['(', '*', ')', ' ']);
    let mut rest =
        maker.grammar.structure.rows.notes.iter().filter_map(|word| opening.strip_prefix(word.as_str()));
    !facts.attributes
        && !facts.amounts
        && facts.token.is_none()
        && facts.number.is_none()
        && rest.any(|rest| rest.trim_start().starts_with(':'))
}

/// "Cộng", "Toàn xã (I+II)" over values and without a unit: no target is called so.
fn is_total_of_targets(maker: Maker<'_>, facts: &RowFacts, bare: &str) -> bool {
    let words = &maker.grammar.structure.rows;
    let named = words.totals.iter().filter_map(|word| bare.strip_prefix(word.as_str()));
    let mut rest = named.map(|rest| rest.trim_start_matches([':', ' ']));
    facts.holds
        && !facts.unit
        && facts.number.is_none()
        && facts.marker.is_none()
        && rest.any(|rest| {
            // "Cộng B", "Cộng II"
            let label = rest.len() <= 4 && rest.chars().all(|c| matches!(c, 'a'..='h' | 'i' | 'v' | 'x'));
            label || is_formula(rest.trim_matches(['(', ')']))
        })
}

/// "Cộng mục I", "Tổng lĩnh vực y tế": amounts, no number, and the words of a total.
fn is_subtotal(maker: Maker<'_>, facts: &RowFacts) -> bool {
    facts.amounts
        && !facts.attributes
        && facts.number.is_none()
        && facts.marker.is_none()
        && maker.grammar.arithmetic.total_row.matches(&facts.name)
}

/// "TỔNG THU NGÂN SÁCH (A+B)": a row without a number whose words say of what it is the sum.
fn states_sum(facts: &RowFacts) -> bool {
    let folded = fold(&facts.name);
    let inner = folded.rsplit_once('(').and_then(|(_, rest)| rest.trim_end().strip_suffix(')'));
    facts.amounts
        && facts.number.is_none()
        && facts.marker.is_none()
        && folded.starts_with("tong ")
        && inner.is_some_and(is_formula)
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
    // "i" before "ii" is one.
    if facts.iter().any(|row| row.token.as_ref().is_some_and(|token| token.label == "ii")) {
        for token in facts.iter_mut().filter_map(|row| row.token.as_mut()) {
            if let Some(roman) = token.as_small_roman() {
                *token = roman;
            }
        }
    }
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

/// How deep a style of numbers stands: "A" over "I" over "1" over "a)".
pub(super) fn rank(style: Style) -> u32 {
    match style {
        Style::Worded(n) => u32::from(n),
        Style::Upper => 20,
        Style::Roman => 30,
        Style::RomanPath(n) => 30 + u32::from(n),
        Style::Arabic(n) => 50 + u32::from(n),
        Style::ArabicParen => LISTS,
        Style::Paren => LISTS + 1,
        Style::Lower | Style::ParenLetter => LISTS + 10,
    }
}

/// The rank from which on numbers count the points of a list inside a row.
pub(super) const LISTS: u32 = 70;

pub(super) fn is_heading_style(style: Style) -> bool {
    matches!(style, Style::Worded(_) | Style::Upper | Style::Roman)
}

/// Tells groups from items: by the style of their numbers and by what their rows hold.
pub(super) fn classify(maker: Maker<'_>, facts: &mut [RowFacts], kind: AppendixKind) {
    heads::mark(facts);
    let styles = Styles::of(facts, kind);
    let all_spread = facts.iter().all(|row| row.spread || row.role != RowRole::Item);
    let summed = kind == AppendixKind::Projects && sums_head_rows(facts);
    for index in 0..facts.len() {
        let Some(row) = facts.get(index).filter(|row| row.role == RowRole::Item) else { continue };
        let group = match &row.token {
            Some(token) => {
                let over_children = stands_over_next(facts, index, kind, styles.any_attributes)
                    || styles.over_parts.contains(&token.style) && kind == AppendixKind::Projects;
                let heading = is_heading_style(token.style);
                let over_children = over_children || row.spread && row.is_bare() && !all_spread;
                let lone = heading && !row.attributes && styles.counts.len() > 1;
                let by_style = styles.are_groups(token.style) && (!row.attributes || heading);
                by_style || over_children || lone || styles.stand_over(token.style) && !row.holds
            }
            // A heading without a number: nothing but words that fill the row.
            None => {
                let bare = row.marker.is_none() && !row.attributes && !row.amounts && !row.name.is_empty();
                bare && (is_heading(&row.name) || row.spread && !all_spread)
                    || heads_tasks(facts, index, kind)
                    || summed && row.sums()
            }
        };
        if group && let Some(row) = facts.get_mut(index) {
            row.role = RowRole::Group;
        }
    }
    if kind == AppendixKind::Projects {
        parts_of_totals(maker, facts);
    }
}

/// Whether in a table without numbers rows that say nothing but an amount each stand over rows that say more: "Thôn Trại Khê" over the
/// works there.
fn sums_head_rows(facts: &[RowFacts]) -> bool {
    let items: Vec<&RowFacts> = facts.iter().filter(|row| row.role == RowRole::Item).collect();
    if items.iter().any(|row| row.token.is_some() || row.number.is_some() || row.marker.is_some()) {
        return false;
    }
    let heads = items.iter().filter(|row| row.sums()).count();
    let next = items.iter().skip(1).map(Some).chain(std::iter::once(None));
    let over = |(row, next): (&&RowFacts, Option<&&RowFacts>)| {
        !row.sums() || next.is_some_and(|next| next.attributes)
    };
    heads > 1 && heads * 2 <= items.len() && items.iter().zip(next).all(over)
}

/// Rows of amounts without a number right under a total, with a dash, "Trong đó" before their words or in a row above: its parts, no
/// items.
fn parts_of_totals(maker: Maker<'_>, facts: &mut [RowFacts]) {
    let of_which = &maker.grammar.arithmetic.of_which;
    let (mut under, mut labelled) = (false, false);
    for row in facts {
        let bare = row.amounts && !row.attributes && row.token.is_none() && row.number.is_none();
        match row.role {
            RowRole::Total => (under, labelled) = (true, false),
            RowRole::Label => labelled = under,
            RowRole::Item
                if under && bare && (labelled || row.marker.is_some() || of_which.matches(&row.name)) =>
            {
                labelled |= row.marker.is_none();
                row.role = RowRole::Subtotal;
            }
            _ => (under, labelled) = (false, false),
        }
    }
}

/// Whether a row that holds nothing but its words stands over the next: one group row among items of its style ("2" over
/// "2.1", "2.2" where the others stand alone), or the head of a list ("1" over "a", "b", or over rows with a dash).
fn stands_over_next(facts: &[RowFacts], index: usize, kind: AppendixKind, any_attributes: bool) -> bool {
    let (Some(row), Some(next)) = (facts.get(index), facts.get(index + 1)) else { return false };
    let Some(token) = &row.token else { return false };
    if row.attributes && heads_tasks(facts, index, kind) {
        return true;
    }
    if row.attributes || matches!(kind, AppendixKind::Targets | AppendixKind::Growth) {
        return false;
    }
    let Some(below) = &next.token else {
        // "1" over rows with codes: "PC-01".
        if next.role == RowRole::Item && next.number.is_some() && !row.amounts {
            return any_attributes && next.attributes;
        }
        let part = next.role == RowRole::Item && next.number.is_none() && next.marker.is_some();
        let amounts = kind == AppendixKind::Projects && !row.amounts && next.amounts;
        return part && (any_attributes && next.attributes || amounts);
    };
    let under = below.label.rsplit_once('.').is_some_and(|(parent, _)| parent == token.label);
    let list = rank(below.style) >= LISTS && rank(token.style) < rank(below.style) && below.ordinal == 1;
    // Where money is all that rows hold, a row without any is the head of those under it.
    let bare = kind == AppendixKind::Projects && !row.amounts && next.amounts;
    under && (any_attributes || bare) || any_attributes && list && next.attributes && !row.amounts
}

/// Whether a row of a table of tasks stands over its parts ("1" or "WP1" over "1.1") and names nobody, as all rows that do:
/// it says when the whole is done, its parts say who does them.
fn heads_tasks(facts: &[RowFacts], index: usize, kind: AppendixKind) -> bool {
    let stands_over = |(row, next): (&RowFacts, &RowFacts)| {
        let below = next.token.as_ref().and_then(|below| below.label.rsplit_once('.'));
        row.role == RowRole::Item && own_label(row).zip(below).is_some_and(|(own, (parent, _))| own == parent)
    };
    let pairs = || facts.iter().zip(facts.iter().skip(1));
    let (Some(row), Some(next)) = (facts.get(index), facts.get(index + 1)) else { return false };
    let style = |row: &RowFacts| row.token.as_ref().map(|token| token.style);
    kind == AppendixKind::Tasks
        && next.led
        && stands_over((row, next))
        && !pairs().any(|pair| stands_over(pair) && style(pair.0) == style(row) && pair.0.led)
}

/// What the parts of a row begin their numbers with: "1" of "1." and of "WP1".
fn own_label(row: &RowFacts) -> Option<&str> {
    match &row.token {
        Some(token) => Some(token.label.as_str()),
        None => {
            let code = row.number.as_deref()?.trim_end_matches('.');
            let label = code.trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, '-' | ' '));
            (!label.is_empty()).then_some(label)
        }
    }
}

/// What the rows of one style of numbers hold.
#[derive(Default)]
struct Count {
    rows: usize,
    attributes: usize,
    /// Rows right before one of a deeper style.
    heads: usize,
    /// Of the rows right after a heading style's, those that hold something.
    children: usize,
}

/// The styles of numbers in a table.
struct Styles {
    counts: BTreeMap<Style, Count>,
    deepest: u32,
    /// A table whose only attributes are money tells its groups by depth alone.
    any_attributes: bool,
    /// Styles whose rows all stand over rows of amounts that are their parts, each of its own name.
    over_parts: BTreeSet<Style>,
    /// Styles that head rows of a style that is elsewhere the higher one: "a)" over "1", "2.1" over "1".
    turned: BTreeSet<Style>,
}

impl Styles {
    fn of(facts: &[RowFacts], kind: AppendixKind) -> Self {
        let mut counts: BTreeMap<Style, Count> = BTreeMap::new();
        let items = || facts.iter().filter(|row| row.role == RowRole::Item);
        for (row, next) in items().zip(items().skip(1).map(Some).chain(std::iter::once(None))) {
            let Some(token) = &row.token else { continue };
            let count = counts.entry(token.style).or_default();
            count.rows += 1;
            count.attributes += usize::from(row.attributes);
            if let Some((next, below)) = next.and_then(|next| Some((next, next.token.as_ref()?)))
                && rank(below.style) > rank(token.style)
            {
                count.heads += 1;
                let targets = matches!(kind, AppendixKind::Targets | AppendixKind::Growth);
                let heading = is_heading_style(below.style) || matches!(below.style, Style::RomanPath(_));
                let holds = if targets { next.holds } else { next.attributes || next.amounts };
                // What the heading says for all rows under it ("Phòng Kinh tế", "2026 - 2028") they leave blank.
                let handed = !targets && row.attributes && is_heading_style(token.style);
                count.children += usize::from(holds || heading || handed);
            }
        }
        let deepest = counts.keys().map(|style| rank(*style)).filter(|rank| *rank < LISTS).max().unwrap_or(0);
        let any_attributes = facts.iter().any(|row| row.attributes);
        Self { counts, deepest, any_attributes, over_parts: over_parts(facts), turned: turned(facts, kind) }
    }

    /// Whether rows of a style are groups by holding nothing and standing over another style.
    fn are_groups(&self, style: Style) -> bool {
        if self.turned.contains(&style) {
            return true;
        }
        let Some(count) = self.counts.get(&style) else { return false };
        let mostly_bare = count.attributes * 10 <= count.rows * 3;
        let over = rank(style) < self.deepest;
        match style {
            Style::Worded(_) | Style::Upper | Style::Roman => mostly_bare && over,
            Style::RomanPath(_) => mostly_bare && self.any_attributes && over,
            Style::Arabic(_) => self.any_attributes && count.attributes * 10 <= count.rows && over,
            _ => false,
        }
    }

    /// Whether rows of a style are groups by their numbers alone, whatever their cells say: nearly each
    /// stands right over a row of a deeper style, and these hold what items hold.
    fn stand_over(&self, style: Style) -> bool {
        (is_heading_style(style) || matches!(style, Style::RomanPath(_)))
            && rank(style) < self.deepest
            && self.counts.get(&style).is_some_and(|count| {
                count.heads * 4 >= count.rows * 3 && count.children * 4 >= count.heads * 3
            })
    }
}

/// The styles whose rows hold nothing but words and perhaps amounts, count on, and stand each right over a row of a style that is
/// elsewhere the higher one.
fn turned(facts: &[RowFacts], kind: AppendixKind) -> BTreeSet<Style> {
    let targets = matches!(kind, AppendixKind::Targets | AppendixKind::Growth);
    let bare = |row: &RowFacts| !(row.attributes || targets && row.holds);
    let rows: Vec<(&RowFacts, &NumberToken)> = facts
        .iter()
        .filter(|row| row.role == RowRole::Item)
        .filter_map(|row| Some((row, row.token.as_ref()?)))
        .collect();
    let mut found: BTreeMap<Style, (bool, u32)> = BTreeMap::new();
    let next = rows.iter().skip(1).map(Some).chain(std::iter::once(None));
    for ((row, token), next) in rows.iter().zip(next) {
        let (stands, last) = found.entry(token.style).or_insert((true, 0));
        let over = next.is_some_and(|(next, below)| {
            rank(below.style) < rank(token.style) && !is_heading_style(below.style) && !bare(next)
        });
        *stands &= over && bare(row) && token.ordinal == *last + 1;
        *last = token.ordinal;
    }
    found.into_iter().filter(|(_, (stands, count))| *stands && *count > 1).map(|it| it.0).collect()
}

/// The styles whose rows all stand right over rows of amounts: with a dash, or numbered under them ("1" over "1.1"). Names
/// that come again ("- Ngân sách tỉnh") are of the parts of each row, not of projects.
fn over_parts(facts: &[RowFacts]) -> BTreeSet<Style> {
    let part_of = |row: &RowFacts, token: &NumberToken| {
        let under = row.token.as_ref().and_then(|below| below.label.rsplit_once('.'));
        let marked = row.token.is_none() && row.marker.is_some();
        row.role == RowRole::Item && row.amounts && (marked || under.is_some_and(|it| it.0 == token.label))
    };
    let mut over: BTreeMap<Style, (bool, usize)> = BTreeMap::new();
    let mut names: Vec<&str> = Vec::new();
    for (index, row) in facts.iter().enumerate() {
        let Some(token) = row.token.as_ref().filter(|_| row.role == RowRole::Item) else { continue };
        let below = facts.iter().skip(index + 1).take_while(|below| part_of(below, token));
        let before = names.len();
        names.extend(below.map(|below| below.name.as_str()));
        let stands = !row.attributes && names.len() > before;
        let entry = over.entry(token.style).or_insert((true, 0));
        *entry = (entry.0 && stands, entry.1 + 1);
    }
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    if names.len() < all {
        return BTreeSet::new();
    }
    let several = |style: Style, rows: usize| is_heading_style(style) || rows > 1;
    over.into_iter().filter(|(style, (all, rows))| *all && several(*style, *rows)).map(|it| it.0).collect()
}

/// A heading without a number: in capitals, or short and without an end mark.
fn is_heading(name: &str) -> bool {
    let capitals = name.chars().all(|c| !c.is_lowercase());
    let begins = name.chars().next().is_some_and(char::is_uppercase);
    begins && (capitals || (name.len() < 120 && !name.ends_with(['.', ';', ',', ':'])))
}
