//! How many rows the heading of a group declares: "Lĩnh vực giao thông (27 DA)".

use rustc_hash::FxHashMap;

use super::Maker;
use super::row_roles::is_heading_style;
use super::rows::RowFacts;
use crate::model::{ColumnRole, RowRole};
use crate::text::fold;

/// How many rows a cell beside the heading of a group says to stand under it ("7 dự án" behind "A", "Điện gió"), where it says nothing
/// else.
pub(super) fn in_cell(maker: Maker<'_>, facts: &RowFacts, role: ColumnRole, text: &str) -> Option<u32> {
    use ColumnRole::{Class, Location, Other, Period, Scope, Size};
    let heads = facts
        .token
        .as_ref()
        .map_or(facts.number.is_none() && facts.marker.is_none(), |token| is_heading_style(token.style));
    if !heads || !matches!(role, Location | Size | Scope | Other | Period | Class) {
        return None;
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (count, word) = text.split_at_checked(digits)?;
    let counted = maker.grammar.structure.rows.counts.contains(&fold(word.trim()));
    count.parse().ok().filter(|_| counted)
}

/// Most words of what rows begin with.
const LONGEST: usize = 3;
/// Fewest rows that begin with the same words, and how many of all there must be to one of them.
const FEWEST: usize = 3;
const OF: usize = 2;

/// What headings may count: rows, by the words that the grammar knows and by those that most names of the table begin with
/// ("(04 cụm)" over "Cụm công nghiệp …").
pub(super) struct Declared<'m> {
    words: &'m [String],
    own: Vec<String>,
}

impl<'m> Declared<'m> {
    pub fn of(maker: Maker<'m>, facts: &[RowFacts]) -> Self {
        let mut begins: FxHashMap<String, usize> = FxHashMap::default();
        let mut rows = 0;
        for row in facts.iter().filter(|row| row.role == RowRole::Item) {
            rows += 1;
            let folded = fold(&row.name);
            let ends = folded.match_indices(' ').map(|(at, _)| at).take(LONGEST);
            for end in ends {
                *begins.entry(folded.get(..end).unwrap_or_default().to_owned()).or_default() += 1;
            }
        }
        let most = |count: usize| count >= FEWEST && count * OF >= rows;
        let own = begins.into_iter().filter(|(_, count)| most(*count)).map(|(words, _)| words).collect();
        Self { words: &maker.grammar.structure.rows.counts, own }
    }

    /// The title without its count, and the count.
    pub fn in_title(&self, name: &str) -> (String, Option<u32>) {
        let whole = || (name.to_owned(), None);
        let Some((front, rest)) = name.rsplit_once('(') else { return whole() };
        let Some((inner, after)) = rest.split_once(')') else { return whole() };
        let inner = inner.trim();
        let digits = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Some(count) = inner.get(..digits).and_then(|digits| digits.parse().ok()) else { return whole() };
        let word = fold(inner.get(digits..).unwrap_or_default());
        if !self.words.contains(&word) && !self.own.contains(&word) {
            return whole();
        }
        let title = format!("{} {}", front.trim_end(), after.trim());
        (title.trim().to_owned(), Some(count))
    }
}
