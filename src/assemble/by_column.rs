//! Groups that a column of their own names: "Lĩnh vực" or "Nhiệm vụ" over several rows beside "Nội dung cụ thể". Its cells
//! are merged, blank after the first, or say the same again. A column "Nhóm" is one where it holds words.

use super::Maker;
use super::rows::RowFacts;
use crate::layout::{LaidTable, NumberToken, Style, cell_number, heading_number};
use crate::model::{Column, ColumnRole, RowRole};
use crate::span::At;
use crate::text::fold;

/// Fewest rows of a table that tell that a column groups them.
const ROWS: usize = 3;

/// Longest class of a project, in letters: "B", "C", "III".
const CLASS: usize = 3;

/// What a row has to do with such a column.
#[derive(Debug, Clone, Default)]
pub(super) enum Under {
    /// Nothing.
    #[default]
    None,
    /// A group begins with it.
    First(Box<Heading>),
    /// It is in the group of the row before.
    Next,
}

/// A group's heading in its column.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    pub title: String,
    /// The number in the row's number cell, where those count the groups.
    pub token: Option<NumberToken>,
    pub number: Option<String>,
    pub at: At,
}

/// Finds such a column and says of each row what group it is in. Numbers that only the first rows of groups have go over to
/// the groups; letters before names then count the rows.
pub(super) fn find(
    maker: Maker<'_>,
    columns: &[Column],
    table: &LaidTable,
    cells: &[Vec<Option<String>>],
    facts: &mut [RowFacts],
) {
    let Some(name) = columns.iter().position(|column| column.role == ColumnRole::Name) else { return };
    let words = &maker.grammar.tables;
    let names = |column: &Column| {
        let leaf = column.path.last().map(|leaf| fold(leaf));
        column.role == ColumnRole::Other
            && column.years.is_none()
            && leaf.is_some_and(|leaf| words.role(&leaf) == Some(ColumnRole::Name))
    };
    // "Nhóm" over whole words is no class of project ("A", "B", "C").
    let groups = |(index, column): (usize, &Column)| {
        let mut texts = cells.iter().filter_map(|row| row.get(index)?.as_deref());
        column.role == ColumnRole::Class && texts.all(|text| text.chars().count() > CLASS)
    };
    let before = || columns.iter().take(name).enumerate();
    let column = before().position(|(_, column)| names(column)).or_else(|| before().position(groups));
    let Some(column) = column else { return };
    let Some(opens) = runs(cells, facts, column, name) else { return };
    let counted = counts_groups(facts, &opens);
    for (index, (facts, opens)) in facts.iter_mut().zip(opens).enumerate() {
        let Some(opens) = opens else { continue };
        let (token, number) = if counted { (facts.token.take(), facts.number.take()) } else { (None, None) };
        if counted {
            letter_of_name(maker, facts);
        }
        facts.under = if opens {
            let cell = table.rows.get(index).and_then(|row| row.cells.get(column));
            let text = cells.get(index).and_then(|row| row.get(column)?.as_deref()).unwrap_or_default();
            let (own, title) = own_number(maker, text);
            Under::First(Box::new(Heading {
                title: title.to_owned(),
                number: number.or_else(|| own.as_ref().and_then(|it| text.get(..it.len).map(str::to_owned))),
                token: token.or(own),
                at: cell.map(|cell| maker.at(&cell.pieces)).unwrap_or_default(),
            }))
        } else {
            Under::Next
        };
    }
}

/// For each row whether a group begins with it; `None` for rows outside of groups. Nothing where the column groups no rows.
fn runs(
    cells: &[Vec<Option<String>>],
    facts: &[RowFacts],
    column: usize,
    name: usize,
) -> Option<Vec<Option<bool>>> {
    let mut open: Option<&str> = None;
    let mut out = Vec::with_capacity(facts.len());
    for (row, facts) in cells.iter().zip(facts) {
        let text = |index: usize| row.get(index).and_then(|cell| cell.as_deref());
        if facts.role != RowRole::Item || text(name).is_none() || text(column) == text(name) {
            open = None;
            out.push(None);
            continue;
        }
        let own = text(column);
        let opens = own.is_some() && own != open;
        open = own.or(open);
        out.push(open.map(|_| opens));
    }
    let rows = out.iter().flatten().count();
    let first = out.iter().flatten().filter(|opens| **opens).count();
    let items = facts.iter().filter(|facts| facts.role == RowRole::Item).count();
    (rows >= ROWS && rows * 3 >= items * 2 && first * 3 <= rows * 2).then_some(out)
}

/// Whether the numbers of rows count the groups: the first row of each has one, and no other.
fn counts_groups(facts: &[RowFacts], opens: &[Option<bool>]) -> bool {
    let mut rows = facts.iter().zip(opens).filter_map(|(facts, opens)| Some((facts, (*opens)?)));
    rows.all(|(facts, opens)| facts.number.is_some() == opens)
}

/// "a) Rà soát dữ liệu": the letter that counts a row.
fn letter_of_name(maker: Maker<'_>, facts: &mut RowFacts) {
    let token = heading_number(&facts.name, &maker.grammar.numbering);
    let Some(token) = token.filter(|token| token.style == Style::Lower) else { return };
    facts.number = facts.name.get(..token.len).map(str::to_owned);
    facts.name = facts.name.get(token.len..).unwrap_or_default().trim_start().to_owned();
    facts.token = Some(token);
}

/// "I. Hạ tầng số": a number of the heading's own.
fn own_number<'t>(maker: Maker<'_>, text: &'t str) -> (Option<NumberToken>, &'t str) {
    let numbering = &maker.grammar.numbering;
    let token = heading_number(text, numbering)
        .filter(|token| text.get(..token.len).is_some_and(|number| cell_number(number, numbering).is_some()));
    let rest = token.as_ref().and_then(|token| text.get(token.len..)).unwrap_or(text);
    (token, rest.trim_start())
}
