//! `columns.toml` and `tables/*.toml`: what a column holds, by its header; what a table holds, by its
//! columns.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::GrammarError;
use crate::model::{AppendixKind, ColumnRole};
use crate::text::fold;

/// Columns and kinds of tables.
#[derive(Debug, Clone)]
pub struct Tables {
    columns: Vec<ColumnWords>,
    /// Kinds of tables.
    pub kinds: Vec<TableKind>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnWords {
    role: ColumnRole,
    headers: Vec<String>,
}

/// `columns.toml` as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnsFile {
    column: Vec<ColumnWords>,
}

/// A kind of table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableKind {
    /// What the model calls it.
    pub kind: AppendixKind,
    /// Groups of roles; one of each group must be there.
    pub require: Vec<Vec<String>>,
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

/// How well a header matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Holds,
    Begins,
    Near,
    Exact,
}

impl Tables {
    pub(super) fn new(columns: ColumnsFile, kinds: Vec<TableKind>) -> Result<Self, GrammarError> {
        for words in &columns.column {
            if let Some(header) = words.headers.iter().find(|header| fold(header) != **header) {
                return Err(GrammarError::senseless("columns.toml", format!("header {header:?} is not folded")));
            }
        }
        Ok(Self { columns: columns.column, kinds })
    }

    /// What a column holds, by the text of its header; `None` where no entry matches.
    #[must_use]
    pub fn role(&self, header: &str) -> Option<ColumnRole> {
        let folded = header_key(header);
        if folded.is_empty() || folded.len() > 200 {
            return None;
        }
        let mut best: Option<(Fit, usize, ColumnRole)> = None;
        for words in &self.columns {
            for entry in &words.headers {
                let Some(fit) = fit(&folded, entry) else { continue };
                let found = (fit, entry.len(), words.role);
                if best.is_none_or(|b| (b.0, b.1) < (found.0, found.1)) {
                    best = Some(found);
                }
            }
        }
        best.map(|b| b.2)
    }
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

fn fit(folded: &str, entry: &str) -> Option<Fit> {
    if folded == entry {
        return Some(Fit::Exact);
    }
    let boundary = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    if let Some(at) = folded.find(entry) {
        let before = folded.get(..at)?.chars().next_back();
        let after = folded.get(at + entry.len()..)?.chars().next();
        // A short word says little inside a longer header ("Công nghiệp" is no "Cộng"), unless a year follows.
        let short = entry.len() <= 5 && !entry.contains(' ');
        let year = at == 0 && folded.get(entry.len()..)?.trim_start().starts_with(|c: char| c.is_ascii_digit());
        if boundary(before) && boundary(after) && (!short || year) {
            return Some(if at == 0 { Fit::Begins } else { Fit::Holds });
        }
    }
    let allowed = match entry.len() {
        0..=6 => 0,
        7..=12 => 1,
        _ => 2,
    };
    let near = allowed > 0
        && folded.len().abs_diff(entry.len()) <= allowed
        && rapidfuzz::distance::levenshtein::distance(folded.chars(), entry.chars()) <= allowed;
    near.then_some(Fit::Near)
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
