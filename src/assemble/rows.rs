//! Rows: which are groups, items, totals, labels; the hierarchy of groups.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Maker;
use super::ids::Ids;
use super::items::{self, Context};
use super::{columns, figures, lost, merged, scale, stored};
use crate::layout::{GridRow, LaidTable, NumberToken, Style, cell_number, heading_number};
use crate::model::{
    Appendix, AppendixKind, Cell, Column, ColumnRole, Group, Origin, Row, RowRole, Table, Total,
};
use crate::syntax::number::Decimal;
use crate::text::fold;

/// What a row says, before its place among the others is known.
#[derive(Debug, Clone, Default)]
pub(super) struct RowFacts {
    pub token: Option<NumberToken>,
    pub marker: Option<String>,
    /// Number as printed.
    pub number: Option<String>,
    /// Name without number and mark.
    pub name: String,
    /// Whether a column other than number, name, note and money is filled.
    pub attributes: bool,
    pub amounts: bool,
    pub after_break: bool,
    pub role: RowRole,
}

/// Fills an appendix from its table.
pub(super) fn fill(maker: Maker<'_>, appendix: &mut Appendix, table: LaidTable) {
    let cells: Vec<Vec<Option<String>>> = table.rows.iter().map(|row| texts(maker, row)).collect();
    let (mut columns, kind) =
        columns::columns(maker, &table, &cells, appendix.title.as_deref().unwrap_or_default());
    let decimals = figures::formats(&mut columns, &cells, &stored::numbers(maker, &table));
    appendix.kind = kind;
    scale::of_headers(maker, appendix, &columns);
    let mut facts: Vec<RowFacts> =
        table.rows.iter().zip(&cells).map(|(row, cells)| facts(maker, &columns, kind, row, cells)).collect();
    settle_letters(&mut facts);
    classify(&mut facts, kind);
    let rows = table_rows(maker, &appendix.id, &table, cells, &facts, &decimals);
    appendix.columns = columns;
    appendix.table = Some(rows);
    Builder::new(maker, appendix, &facts, &decimals).run();
}

fn texts(maker: Maker<'_>, row: &GridRow) -> Vec<Option<String>> {
    row.cells
        .iter()
        .map(|cell| {
            let text = cell.text(maker.source, maker.markup);
            (!text.is_empty()).then_some(text)
        })
        .collect()
}

fn position(columns: &[Column], role: ColumnRole) -> Option<usize> {
    columns.iter().position(|column| column.role == role)
}

fn facts(
    maker: Maker<'_>,
    columns: &[Column],
    kind: AppendixKind,
    row: &GridRow,
    cells: &[Option<String>],
) -> RowFacts {
    let text = |index: usize| cells.get(index).and_then(|cell| cell.as_deref());
    let number_column = position(columns, ColumnRole::Number);
    let name_column = position(columns, ColumnRole::Name);
    let numbering = &maker.grammar.numbering;
    let mut facts = RowFacts { after_break: row.after_break, ..RowFacts::default() };
    let number_text = number_column.and_then(text);
    let mut name = name_column.and_then(text).unwrap_or_default();
    if let Some(text) = number_text {
        if let Some(token) = cell_number(text, numbering) {
            facts.token = Some(token);
            facts.number = Some(text.to_owned());
        } else if is_mark(maker, text) {
            facts.marker = Some(text.to_owned());
        } else if name.is_empty() {
            // A merged cell that begins in the number column.
            name = text;
        } else {
            facts.number = Some(text.to_owned());
        }
    }
    if facts.token.is_none()
        && facts.marker.is_none()
        && facts.number.is_none()
        && let Some(token) = heading_number(name, numbering)
        && !matches!(token.style, Style::Lower | Style::ParenLetter if number_column.is_some())
    {
        facts.number = name.get(..token.len).map(str::to_owned);
        name = name.get(token.len..).unwrap_or_default().trim_start();
        facts.token = Some(token);
    }
    if facts.token.is_none()
        && facts.marker.is_none()
        && let Some((mark, rest)) = split_mark(maker, name)
    {
        facts.marker = Some(mark.to_owned());
        name = rest;
    }
    facts.name = name.to_owned();
    for (index, column) in columns.iter().enumerate() {
        if text(index).is_none() {
            continue;
        }
        match column.role {
            ColumnRole::Number | ColumnRole::Name | ColumnRole::Note => {}
            ColumnRole::Total | ColumnRole::Component | ColumnRole::Year | ColumnRole::PriorPlan => {
                facts.amounts = true;
            }
            ColumnRole::Other if kind == AppendixKind::Projects => {}
            _ => facts.attributes = true,
        }
    }
    facts.role = first_role(maker, &facts, kind);
    facts
}

fn is_mark(maker: Maker<'_>, text: &str) -> bool {
    let marks = &maker.grammar.numbering.marks;
    marks.bullet.iter().chain(&marks.sub_bullet).any(|mark| mark == text)
}

/// "- Công nghiệp" is the mark "-" and the name "Công nghiệp".
fn split_mark<'n>(maker: Maker<'_>, name: &'n str) -> Option<(&'n str, &'n str)> {
    let first = name.chars().next().filter(|c| !c.is_alphanumeric())?;
    let (mark, rest) = name.split_at_checked(first.len_utf8())?;
    (is_mark(maker, mark) && !rest.trim().is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit()))
        .then(|| (mark, rest.trim_start()))
}

/// Totals and labels are told by their words.
fn first_role(maker: Maker<'_>, facts: &RowFacts, kind: AppendixKind) -> RowRole {
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
fn settle_letters(facts: &mut [RowFacts]) {
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
fn classify(facts: &mut [RowFacts], kind: AppendixKind) {
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

fn table_rows(
    maker: Maker<'_>,
    id: &str,
    table: &LaidTable,
    cells: Vec<Vec<Option<String>>>,
    facts: &[RowFacts],
    decimals: &[Decimal],
) -> Table {
    let header = table
        .header
        .iter()
        .enumerate()
        .map(|(index, row)| {
            let texts = texts(maker, row);
            model_row(maker, format!("{id}/h{}", index + 1), RowRole::Header, None, row, texts, decimals)
        })
        .collect();
    let rows = table
        .rows
        .iter()
        .zip(cells)
        .zip(facts)
        .enumerate()
        .map(|(index, ((row, texts), facts))| {
            model_row(
                maker,
                format!("{id}/r{}", index + 1),
                facts.role,
                facts.number.clone(),
                row,
                texts,
                decimals,
            )
        })
        .collect();
    Table { header, rows }
}

fn model_row(
    maker: Maker<'_>,
    id: String,
    role: RowRole,
    number: Option<String>,
    row: &GridRow,
    texts: Vec<Option<String>>,
    decimals: &[Decimal],
) -> Row {
    let cells = row
        .cells
        .iter()
        .zip(texts)
        .enumerate()
        .map(|(index, (cell, raw))| {
            let elsewhere = cell.pieces.is_empty() || cell.origin == Origin::Inherited;
            let at = if elsewhere { maker.source.at(cell.place) } else { maker.at(&cell.pieces) };
            let origin =
                if raw.is_none() && cell.origin == Origin::Own { Origin::Blank } else { cell.origin };
            let stored = raw.as_deref().and_then(|raw| stored::unlike(maker, cell, raw, decimals.get(index)));
            Cell { raw, origin, stored, from: None, at }
        })
        .collect();
    Row { id, role, of: None, number, cells, after_break: row.after_break, at: maker.at(&row.spans) }
}

/// An open group.
struct OpenGroup {
    style: Option<Style>,
    label: String,
    id: String,
}

/// Builds groups, items and totals from the rows in order.
struct Builder<'a, 'm> {
    maker: Maker<'m>,
    appendix: &'a mut Appendix,
    facts: &'a [RowFacts],
    decimals: &'a [Decimal],
    ids: Ids,
    stack: Vec<OpenGroup>,
    /// Whether item ids name their group.
    grouped_ids: bool,
    /// The last numbered item, and the last item of each list mark under it.
    parents: Vec<(Option<String>, String)>,
    last_item: Option<NumberToken>,
    /// How many rows stand under an item.
    children: FxHashMap<String, usize>,
}

impl<'a, 'm> Builder<'a, 'm> {
    fn new(
        maker: Maker<'m>,
        appendix: &'a mut Appendix,
        facts: &'a [RowFacts],
        decimals: &'a [Decimal],
    ) -> Self {
        let grouped_ids = match appendix.kind {
            AppendixKind::Targets | AppendixKind::Growth => restarts(facts),
            _ => true,
        };
        Self {
            maker,
            appendix,
            facts,
            decimals,
            ids: Ids::default(),
            stack: Vec::new(),
            grouped_ids,
            parents: Vec::new(),
            last_item: None,
            children: FxHashMap::default(),
        }
    }

    fn run(mut self) {
        let lost = lost::groups(self.facts);
        let mut next_lost = lost.iter().peekable();
        for (index, facts) in self.facts.iter().enumerate() {
            if let Some(lost) = next_lost.next_if(|lost| lost.row == index) {
                self.lost_group(index, lost);
            }
            let of = match facts.role {
                RowRole::Group => Some(self.group(index, facts)),
                RowRole::Total => Some(self.total(index, facts, None)),
                RowRole::Item => Some(self.item(index, facts)),
                _ => None,
            };
            if let Some(row) = self.appendix.table.as_mut().and_then(|table| table.rows.get_mut(index)) {
                row.of = of;
            }
        }
        let incomplete = lost::incomplete(self.facts, &lost, self.appendix);
        for group in &mut self.appendix.groups {
            group.incomplete = incomplete.contains(&group.id);
        }
        items::carry(self.appendix);
        merged::name_origins(self.appendix);
        items::read_by_sums(self.maker, self.appendix, self.decimals);
    }

    fn context(&self, index: usize) -> Option<Context<'_>> {
        let row = self.appendix.table.as_ref()?.rows.get(index)?;
        Some(Context { maker: self.maker, columns: &self.appendix.columns, row, decimals: self.decimals })
    }

    fn group(&mut self, index: usize, facts: &RowFacts) -> String {
        self.parents.clear();
        self.last_item = None;
        let label = facts
            .token
            .as_ref()
            .map_or_else(|| format!("g{}", self.appendix.groups.len() + 1), |t| t.label.clone());
        let style = facts.token.as_ref().map(|token| token.style);
        let keep = self.depth_of(style, &label);
        self.stack.truncate(keep);
        let id = self.group_id(&label);
        let parent = self.stack.last().map(|open| open.id.clone());
        let (title, count) = self.declared_count(&facts.name);
        let amounts = self.context(index).map(|context| items::amounts(&context)).filter(|_| facts.amounts);
        let at = self.row_at(index);
        if facts.amounts {
            self.total(index, facts, Some(id.clone()));
        }
        self.appendix.groups.push(Group {
            id: id.clone(),
            number: facts.number.clone().map(|n| n.trim_end_matches('.').to_owned()),
            title: (!title.is_empty()).then_some(title),
            parent,
            declared_count: count,
            amounts,
            inferred: false,
            evidence: None,
            incomplete: false,
            at,
        });
        self.stack.push(OpenGroup { style, label, id: id.clone() });
        id
    }

    fn lost_group(&mut self, index: usize, lost: &lost::LostGroup) {
        self.parents.clear();
        self.last_item = None;
        // Where the sibling before is known the lost group stands beside it.
        if let Some(depth) =
            self.stack.iter().rposition(|open| open.style == lost.style && lost.style.is_some())
        {
            self.stack.truncate(depth);
        }
        let label = lost.label.clone().unwrap_or_else(|| format!("?{}", self.appendix.groups.len() + 1));
        let id = self.group_id(&label);
        self.appendix.groups.push(Group {
            id: id.clone(),
            number: lost.label.clone(),
            title: None,
            parent: self.stack.last().map(|open| open.id.clone()),
            declared_count: None,
            amounts: None,
            inferred: true,
            evidence: Some(lost.evidence.clone()),
            incomplete: false,
            at: self.row_at(index),
        });
        self.stack.push(OpenGroup { style: lost.style, label, id });
    }

    /// How many open groups stay open above a new one.
    fn depth_of(&self, style: Option<Style>, label: &str) -> usize {
        if let Some((parent, _)) = label.rsplit_once('.')
            && let Some(index) = self.stack.iter().rposition(|open| open.label == parent)
        {
            return index + 1;
        }
        self.stack.iter().rposition(|open| open.style == style).unwrap_or(self.stack.len())
    }

    fn group_id(&mut self, label: &str) -> String {
        let id = format!("{}/{label}", self.appendix.id);
        match self.stack.last().filter(|_| self.ids.has(&id)) {
            // The same number under another parent: "B.I".
            Some(parent) => {
                let path = format!("{}.{label}", parent.id);
                self.ids.claim(path)
            }
            None => self.ids.claim(id),
        }
    }

    fn total(&mut self, index: usize, facts: &RowFacts, group: Option<String>) -> String {
        let Some(context) = self.context(index) else { return String::new() };
        let amounts = items::amounts(&context);
        let label = match &facts.number {
            Some(number) => format!("{} {}", number.trim_end_matches('.'), facts.name),
            None => facts.name.clone(),
        };
        let formula = formula(&facts.name);
        // A subtotal belongs to the group that it stands in, where it says so ("Cộng I").
        let id = self
            .appendix
            .table
            .as_ref()
            .and_then(|table| table.rows.get(index))
            .map_or_else(String::new, |row| row.id.clone());
        let at = self.row_at(index);
        self.appendix.totals.push(Total { id: id.clone(), label, formula, group, amounts, at });
        id
    }

    fn item(&mut self, index: usize, facts: &RowFacts) -> String {
        let group = self.stack.last().map(|open| open.id.clone());
        let (base, parent) = self.item_base(facts, group.as_deref());
        if let Some(parent) = &parent {
            *self.children.entry(parent.clone()).or_default() += 1;
        }
        let id = self.ids.claim(base);
        let Some(context) = self.context(index) else { return id };
        let item = items::item(&context, self.appendix.kind, facts, id.clone(), group, parent);
        if let Some(item) = item {
            self.appendix.items.push(item);
        }
        self.remember(facts, &id);
        if facts.token.is_some() {
            self.last_item.clone_from(&facts.token);
        }
        id
    }

    /// The id of an item before it is made unique, and the id of the item above it.
    fn item_base(&self, facts: &RowFacts, group: Option<&str>) -> (String, Option<String>) {
        let front = match group.filter(|_| self.grouped_ids) {
            Some(group) => group.to_owned(),
            None => self.appendix.id.clone(),
        };
        if let Some(token) = &facts.token {
            let parent = token.label.rsplit_once('.').and_then(|(parent, _)| {
                let id = format!("{front}/{parent}");
                self.parents.iter().find(|(_, known)| *known == id).map(|(_, id)| id.clone())
            });
            if matches!(token.style, Style::Lower | Style::Paren | Style::ParenLetter | Style::ArabicParen)
                && let Some((_, above)) = self.parents.first()
            {
                return (format!("{above}/{}", token.label), Some(above.clone()));
            }
            return (format!("{front}/{}", token.label), parent);
        }
        // A row without a number stands under the last numbered one, and under the last row of another mark.
        let above = match self.parents.iter().position(|(mark, _)| *mark == facts.marker && mark.is_some()) {
            Some(index) => index.checked_sub(1).and_then(|i| self.parents.get(i)),
            None if facts.marker.is_none() => self.parents.first(),
            None => self.parents.last(),
        };
        match above {
            Some((_, above)) => {
                let before = self.children.get(above).copied().unwrap_or(0);
                (format!("{above}/{}", before + 1), Some(above.clone()))
            }
            None => (format!("{front}/r{}", self.appendix.items.len() + 1), None),
        }
    }

    fn remember(&mut self, facts: &RowFacts, id: &str) {
        match &facts.token {
            Some(token)
                if matches!(
                    token.style,
                    Style::Lower | Style::Paren | Style::ParenLetter | Style::ArabicParen
                ) =>
            {
                self.parents.truncate(1);
                self.parents.push((Some("#".to_owned()), id.to_owned()));
            }
            Some(token) => {
                // "1.1" keeps "1" as the one above.
                let keep = self
                    .parents
                    .iter()
                    .take_while(|(mark, known)| {
                        mark.is_none()
                            && token
                                .label
                                .starts_with(&format!("{}.", known.rsplit('/').next().unwrap_or_default()))
                    })
                    .count();
                self.parents.truncate(keep);
                self.parents.push((None, id.to_owned()));
            }
            None => {
                if let Some(at) =
                    self.parents.iter().position(|(mark, _)| *mark == facts.marker && mark.is_some())
                {
                    self.parents.truncate(at);
                }
                if facts.marker.is_some() {
                    self.parents.push((facts.marker.clone(), id.to_owned()));
                }
            }
        }
    }

    fn row_at(&self, index: usize) -> crate::span::At {
        let row = self.appendix.table.as_ref().and_then(|table| table.rows.get(index));
        row.map(|row| row.at.clone()).unwrap_or_default()
    }

    /// "Lĩnh vực giao thông (27 DA)": the title and 27.
    fn declared_count(&self, name: &str) -> (String, Option<u32>) {
        let whole = || (name.to_owned(), None);
        let Some((front, rest)) = name.rsplit_once('(') else { return whole() };
        let Some((inner, after)) = rest.split_once(')') else { return whole() };
        let inner = inner.trim();
        let digits = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Some(count) = inner.get(..digits).and_then(|digits| digits.parse().ok()) else { return whole() };
        let word = fold(inner.get(digits..).unwrap_or_default());
        if !self.maker.grammar.structure.rows.counts.contains(&word) {
            return whole();
        }
        let title = format!("{} {}", front.trim_end(), after.trim());
        (title.trim().to_owned(), Some(count))
    }
}

/// Whether numbers of items start again from 1 in later groups.
fn restarts(facts: &[RowFacts]) -> bool {
    let mut ones = 0;
    let mut group = false;
    let mut restarted = false;
    for row in facts {
        if row.role == RowRole::Group {
            group = true;
        } else if row.role == RowRole::Item
            && let Some(token) = row.token.as_ref().filter(|token| matches!(token.style, Style::Arabic(1)))
        {
            if token.ordinal == 1 {
                ones += 1;
                restarted |= ones > 1 && group;
            }
            group = false;
        }
    }
    restarted
}

/// The formula of rows that a total's words state: "TỔNG CỘNG: A + B", "Tổng (I+II+III)", "I+...+V".
fn formula(name: &str) -> Option<String> {
    let start = name.find([':', '(', '=']).map_or(0, |i| i + 1);
    let rest = name.get(start..)?;
    let inner = rest.split(')').next().unwrap_or(rest).trim().trim_start_matches([':', '=', '(']).trim();
    let candidate = if inner.contains('+') || inner.contains("đến") { inner } else { return None };
    let parts: Vec<&str> = candidate.split('+').map(str::trim).collect();
    let part = |part: &&str| {
        !part.is_empty()
            && part.len() <= 8
            && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '…' | 'Đ'))
    };
    (parts.len() >= 2 && parts.iter().all(part)).then(|| candidate.to_owned())
}
