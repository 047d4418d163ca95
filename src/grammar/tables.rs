//! `columns.toml` and `tables/*.toml`: what a column holds, by its header; what a table holds, by its
//! columns.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::GrammarError;
use crate::model::{AppendixKind, ColumnRole};
use crate::text::fold;

/// Columns and kinds of tables.
#[derive(Debug, Clone)]
pub struct Tables {
    columns: Vec<ColumnWords>,
    /// Roles by entry.
    exact: FxHashMap<String, ColumnRole>,
    /// Most words of an entry.
    longest: usize,
    /// Kinds of tables.
    pub kinds: Vec<TableKind>,
    /// What the headers of columns of names begin with.
    name_begins: Vec<String>,
    /// Headers of columns that say when work begins and ends.
    pub range: RangeWords,
    /// Words of headers of a time that is a step on the way.
    pub steps: Vec<String>,
    /// How the headers begin of columns that name who approves or decides.
    pub approvers: Vec<String>,
    /// How the headers begin of columns that name persons.
    pub persons: Vec<String>,
}

/// Headers of a pair of columns, folded.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RangeWords {
    /// When work begins.
    pub begins: Vec<String>,
    /// When it ends.
    pub ends: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    words: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnWords {
    role: ColumnRole,
    headers: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    begins: Vec<String>,
}

/// `columns.toml` as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnsFile {
    column: Vec<ColumnWords>,
    names: Names,
    range: RangeWords,
    steps: List,
    approvers: List,
    persons: List,
}

/// A kind of table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableKind {
    /// What the model calls it.
    pub kind: AppendixKind,
    /// Groups of roles; one of each group must be there.
    pub require: Vec<Vec<String>>,
    /// Whether the name column's header must say so where no column holds figures.
    #[serde(default)]
    pub named_without_figures: bool,
    /// Roles that must not be there.
    pub forbid: Vec<String>,
    /// Roles that speak for the kind, with their weight.
    pub roles: BTreeMap<String, u32>,
    /// Words in the name column's header.
    pub names: Vec<String>,
    /// Words in any header.
    pub headers: Vec<String>,
    /// Words in the title.
    pub titles: Vec<String>,
    /// What columns of numbers are.
    pub figures: Figures,
    /// How headers begin of columns of numbers that are no figures of the kind: how many, at what price, of which aim.
    #[serde(default)]
    pub counts: Vec<String>,
}

/// What columns of numbers are in a kind of table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figures {
    /// Values of targets.
    Value,
    /// Money.
    Amount,
}

/// Files of table kinds under the grammars folder.
pub(super) const KIND_FILES: &[&str] = &[
    "tables/targets.toml",
    "tables/growth.toml",
    "tables/tasks.toml",
    "tables/projects.toml",
    "tables/plans.toml",
];

impl Tables {
    pub(super) fn new(columns: ColumnsFile, kinds: Vec<TableKind>) -> Result<Self, GrammarError> {
        for words in &columns.column {
            if let Some(header) = words.headers.iter().find(|header| fold(header) != **header) {
                return Err(GrammarError::senseless(
                    "columns.toml",
                    format!("header {header:?} is not folded"),
                ));
            }
        }
        let entries =
            columns.column.iter().flat_map(|words| words.headers.iter().map(|entry| (entry, words.role)));
        let exact: FxHashMap<String, ColumnRole> =
            entries.map(|(entry, role)| (entry.clone(), role)).collect();
        let longest = exact.keys().map(|entry| word_spans(entry).len()).max().unwrap_or(0);
        Ok(Self {
            columns: columns.column,
            exact,
            longest,
            kinds,
            name_begins: columns.names.begins,
            range: columns.range,
            steps: columns.steps.words,
            approvers: columns.approvers.words,
            persons: columns.persons.words,
        })
    }

    /// What a column holds, by the text of its header; `None` where no entry matches.
    #[must_use]
    pub fn role(&self, header: &str) -> Option<ColumnRole> {
        let folded = header_key(header);
        if folded.is_empty() || folded.len() > 200 {
            return None;
        }
        if let Some(role) = self.exact.get(&folded) {
            return Some(*role);
        }
        if self.approvers.iter().any(|words| folded.starts_with(words.as_str())) {
            return None;
        }
        let role = self.inside(&folded).or_else(|| self.near(&folded));
        // "Tên thiết bị" names what a row is of, "Tên cơ quan chủ trì" who does it.
        let who = matches!(role, Some(ColumnRole::Lead | ColumnRole::Coordinators | ColumnRole::Funding));
        if self.name_begins.iter().any(|word| folded.starts_with(word.as_str())) && !who {
            return Some(ColumnRole::Name);
        }
        role
    }

    /// The longest entry inside a header, at its beginning rather than later.
    fn inside(&self, folded: &str) -> Option<ColumnRole> {
        let words: Vec<(usize, usize)> = word_spans(folded);
        let mut best: Option<(bool, usize, ColumnRole)> = None;
        for (first, (start, _)) in words.iter().enumerate() {
            for (_, end) in words.iter().skip(first).take(self.longest) {
                let Some(role) = folded.get(*start..*end).and_then(|entry| self.exact.get(entry)) else {
                    continue;
                };
                let length = end - start;
                // A short word says little inside a longer header ("Công nghiệp" is no "Cộng"), unless a
                // year follows.
                let short = length <= 5 && !folded.get(*start..*end).is_some_and(|entry| entry.contains(' '));
                let rest = folded.get(*end..).unwrap_or_default().trim_start();
                let year = *start == 0 && rest.starts_with(|c: char| c.is_ascii_digit());
                let found = (*start == 0, length, *role);
                if (!short || year) && best.is_none_or(|best| (best.0, best.1) < (found.0, found.1)) {
                    best = Some(found);
                }
            }
        }
        best.map(|best| best.2)
    }

    /// The nearest entry within a letter or two of a misreading.
    fn near(&self, folded: &str) -> Option<ColumnRole> {
        let entries =
            self.columns.iter().flat_map(|words| words.headers.iter().map(|entry| (entry, words.role)));
        entries
            .filter(|(entry, _)| {
                let allowed = match entry.len() {
                    0..=6 => 0,
                    7..=12 => 1,
                    _ => 2,
                };
                allowed > 0
                    && folded.len().abs_diff(entry.len()) <= allowed
                    && rapidfuzz::distance::levenshtein::distance(folded.chars(), entry.chars()) <= allowed
            })
            .max_by_key(|(entry, _)| entry.len())
            .map(|(_, role)| role)
    }
}

/// Spans of the words of a folded header; a word is a run of letters, digits and the marks inside it.
fn word_spans(folded: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in folded.char_indices() {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    out.extend(start.map(|from| (from, folded.len())));
    out
}

/// The header folded, without what stands in brackets and without marks at its ends.
fn header_key(header: &str) -> String {
    let mut plain = String::with_capacity(header.len());
    let mut depth = 0_u32;
    for c in header.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let folded = fold(&plain);
    folded.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;
    use crate::grammar::Grammar;

    #[test]
    fn customary_headers_have_roles() {
        let tables = Grammar::embedded().unwrap().tables;
        for (header, role) in [
            ("STT", ColumnRole::Number),
            ("Tên chỉ tiêu", ColumnRole::Name),
            ("ĐVT", ColumnRole::Unit),
            ("Nội dung nhiệm vụ", ColumnRole::Name),
            ("Chủ trì tham mưu", ColumnRole::Lead),
            ("Đơn vị, địa phương chủ trì", ColumnRole::Lead),
            ("Cơ quan, địa phương phối hợp", ColumnRole::Coordinators),
            ("Cơ quan, đơn vị phối hợp", ColumnRole::Coordinators),
            ("Thời hạn hoàn thành", ColumnRole::Deadline),
            ("Tiến độ", ColumnRole::Deadline),
            ("Kinh phí", ColumnRole::Funding),
            ("Sản phẩm (dự kiến)", ColumnRole::Product),
            ("Tổng mức đầu tư", ColumnRole::Total),
            ("Thời gian thực hiện dự án", ColumnRole::Period),
            ("CƠ QUAN CHỦ TRl", ColumnRole::Lead),
            ("KHV năm 2026", ColumnRole::Year),
        ] {
            assert_eq!(tables.role(header), Some(role), "{header}");
        }
        assert_eq!(tables.role("Bến xe"), None);
    }
}
