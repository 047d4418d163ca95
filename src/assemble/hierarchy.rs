//! The hierarchy of a table: groups, items and totals from rows whose roles are known, in printed order.

use rustc_hash::FxHashMap;

use super::Maker;
use super::by_column::Under;
use super::declared::Declared;
use super::formula::{formula, is_bare_total};
use super::ids::{Ids, restarts};
use super::items::{self, Context};
use super::known::Known;
use super::rows::RowFacts;
use super::{carry, ditto, handed, lost, merged, parts, reread};
use crate::layout::{NumberToken, Style};
use crate::model::{Appendix, AppendixKind, Group, RowRole, Total};
use crate::syntax::number::Decimal;
use crate::text::fold;

/// Words of a subtotal that are no longer are a number, not the end of a group's title.
const SHORT_TITLE: usize = 3;

/// An open group.
struct OpenGroup {
    style: Option<Style>,
    /// What its number counts to; 0 without a number.
    ordinal: u32,
    label: String,
    id: String,
    /// Whether a column names it.
    by_column: bool,
}

/// Builds groups, items and totals from the rows in order.
pub(super) struct Builder<'a, 'm> {
    maker: Maker<'m>,
    appendix: &'a mut Appendix,
    facts: &'a [RowFacts],
    decimals: &'a [Decimal],
    known: Known,
    declared: Declared<'m>,
    ids: Ids,
    stack: Vec<OpenGroup>,
    /// Whether item ids name their group.
    grouped_ids: bool,
    /// The last numbered item, and the last item of each list mark under it.
    parents: Vec<(Option<String>, String)>,
    last_item: Option<NumberToken>,
    /// The last item with a letter or a Roman number under the open group.
    heading: Option<String>,
    /// The style of the highest number that items of the open group have.
    top: Option<Style>,
    /// How many rows stand under an item.
    children: FxHashMap<String, usize>,
}

impl<'a, 'm> Builder<'a, 'm> {
    pub fn new(
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
            known: Known::default(),
            declared: Declared::of(maker, facts),
            ids: Ids::default(),
            stack: Vec::new(),
            grouped_ids,
            parents: Vec::new(),
            last_item: None,
            heading: None,
            top: None,
            children: FxHashMap::default(),
        }
    }

    pub fn run(mut self) {
        let lost = lost::groups(self.facts, |name| self.declared.in_title(name).1);
        let mut next_lost = lost.iter().peekable();
        for (index, facts) in self.facts.iter().enumerate() {
            if let Some(lost) = next_lost.next_if(|lost| lost.row == index) {
                self.lost_group(index, lost);
            }
            self.under(index, &facts.under);
            let of = match facts.role {
                RowRole::Group => Some(self.group(index, facts)),
                RowRole::Total | RowRole::Subtotal => Some(self.total(index, facts, None)),
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
        ditto::repeat(self.maker, self.appendix);
        handed::down(self.maker, self.appendix);
        carry::carry(self.maker, self.appendix);
        carry::deadlines(self.appendix);
        parts::units(self.appendix);
        handed::timeline(self.maker, self.appendix);
        merged::name_origins(self.appendix);
        reread::by_sums(self.maker, self.appendix, self.decimals);
    }

    fn context(&self, index: usize) -> Option<Context<'_>> {
        let row = self.appendix.table.as_ref()?.rows.get(index)?;
        let Self { maker, decimals, known, .. } = self;
        Some(Context { maker: *maker, columns: &self.appendix.columns, row, decimals, known })
    }

    /// Begins the group that a column names for a row, or ends it before a row that is in none.
    fn under(&mut self, index: usize, under: &Under) {
        let heading = match under {
            Under::Next => return,
            Under::None => None,
            Under::First(heading) => Some(heading),
        };
        let open = self.stack.iter().position(|open| open.by_column);
        if let Some(open) = open {
            self.stack.truncate(open);
        }
        if open.is_some() || heading.is_some() {
            self.parents.clear();
            self.last_item = None;
            self.top = None;
        }
        let Some(heading) = heading else { return };
        let label = heading
            .token
            .as_ref()
            .map_or_else(|| format!("g{}", self.appendix.groups.len() + 1), |token| token.label.clone());
        let id = self.group_id(&label);
        let (title, count) = self.declared.in_title(&heading.title);
        let at = if heading.at.line > 0 { heading.at.clone() } else { self.row_at(index) };
        self.appendix.groups.push(Group {
            id: id.clone(),
            number: heading.number.as_deref().map(|number| number.trim_end_matches('.').to_owned()),
            title: (!title.is_empty()).then_some(title),
            parent: self.stack.last().map(|open| open.id.clone()),
            declared_count: count,
            at,
            ..Group::default()
        });
        let style = heading.token.as_ref().map(|token| token.style);
        let ordinal = heading.token.as_ref().map_or(0, |token| token.ordinal);
        self.stack.push(OpenGroup { style, ordinal, label, id, by_column: true });
    }

    fn group(&mut self, index: usize, facts: &RowFacts) -> String {
        self.parents.clear();
        self.heading = None;
        self.last_item = None;
        self.top = None;
        let label = facts
            .token
            .as_ref()
            .map_or_else(|| format!("g{}", self.appendix.groups.len() + 1), |t| t.label.clone());
        let style = facts.token.as_ref().map(|token| token.style);
        let keep = self.depth_of(style, &label);
        self.stack.truncate(keep);
        let id = self.group_id(&label);
        let parent = self.stack.last().map(|open| open.id.clone());
        let (title, count) = self.declared.in_title(&facts.name);
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
            declared_count: count.or(facts.counts),
            amounts,
            at,
            ..Group::default()
        });
        let ordinal = facts.token.as_ref().map_or(0, |token| token.ordinal);
        self.stack.push(OpenGroup { style, ordinal, label, id: id.clone(), by_column: false });
        id
    }

    fn lost_group(&mut self, index: usize, lost: &lost::LostGroup) {
        self.parents.clear();
        self.last_item = None;
        self.top = None;
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
            parent: self.stack.last().map(|open| open.id.clone()),
            inferred: true,
            evidence: Some(lost.evidence.clone()),
            at: self.row_at(index),
            ..Group::default()
        });
        self.stack.push(OpenGroup { style: lost.style, ordinal: 0, label, id, by_column: false });
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
        let values = matches!(self.appendix.kind, AppendixKind::Targets | AppendixKind::Growth);
        let amounts = if values { items::values(&context) } else { items::amounts(&context) };
        let label = match &facts.number {
            Some(number) => format!("{} {}", number.trim_end_matches('.'), facts.name),
            None => facts.name.clone(),
        };
        let formula = formula(&facts.name);
        let group = group
            .or_else(|| self.group_of_subtotal(&facts.name).filter(|_| formula.is_none()))
            .or_else(|| self.group_before(index, facts));
        let id = self
            .appendix
            .table
            .as_ref()
            .and_then(|table| table.rows.get(index))
            .map_or_else(String::new, |row| row.id.clone());
        let at = self.row_at(index);
        // "Trong đó: - Ngân sách tỉnh" is a part of the total over it.
        let whole = self.appendix.totals.iter().rfind(|total| total.part_of.is_none());
        let part_of = whole.filter(|_| facts.role == RowRole::Subtotal).map(|total| total.id.clone());
        self.appendix.totals.push(Total { id: id.clone(), label, formula, group, part_of, amounts, at });
        id
    }

    /// The open group that ends with a bare "Cộng", where the table has other totals.
    fn group_before(&self, index: usize, facts: &RowFacts) -> Option<String> {
        let bare = is_bare_total(&facts.name);
        let before = index.checked_sub(1).and_then(|before| self.facts.get(before));
        let ends = facts.role == RowRole::Total && before.is_some_and(|row| row.role == RowRole::Item);
        let others = || self.facts.iter().filter(|row| row.role == RowRole::Total).count() > 1;
        let open = self.stack.last().filter(|_| bare && ends && others());
        open.map(|open| open.id.clone())
    }

    /// The open group that a subtotal names, by its number or its title: "Cộng mục I", "Tổng lĩnh vực y tế".
    fn group_of_subtotal(&self, name: &str) -> Option<String> {
        let words = &self.maker.grammar.arithmetic.total_row;
        let key = words.key(name);
        let named = fold(key.get(words.find(&key)?.end..)?.trim());
        let last = named.rsplit(' ').next()?.trim_matches(|c: char| !c.is_alphanumeric());
        let title = |open: &OpenGroup| {
            let group = self.appendix.groups.iter().rfind(|group| group.id == open.id)?;
            group.title.as_deref().map(fold)
        };
        // "Cộng C" is not of "Lĩnh vực giáo dục" inside C.
        let by_label = |open: &&OpenGroup| !last.is_empty() && fold(&open.label) == last;
        let by_title = |open: &&OpenGroup| {
            let ends = |title: &str| named.len() > SHORT_TITLE && title.ends_with(&named);
            !last.is_empty() && title(open).is_some_and(|title| named.contains(&title) || ends(&title))
        };
        let open = self.stack.iter().rfind(by_label).or_else(|| self.stack.iter().rfind(by_title));
        open.map(|open| open.id.clone())
    }

    fn item(&mut self, index: usize, facts: &RowFacts) -> String {
        if let Some(token) = &facts.token {
            self.close_head(token);
        }
        let group = self.stack.last().map(|open| open.id.clone());
        let (base, parent) = self.item_base(facts, group.as_deref());
        let parent = parent.or_else(|| self.under_heading(facts));
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
        if facts.token.as_ref().is_some_and(|token| matches!(token.style, Style::Upper | Style::Roman)) {
            self.heading = Some(id.clone());
        }
        if facts.token.is_some() {
            self.last_item.clone_from(&facts.token);
        }
        id
    }

    /// The target with a letter or a Roman number that a target with a plain number stands under: "B  Tiểu học" over "1", "2".
    fn under_heading(&self, facts: &RowFacts) -> Option<String> {
        let targets = matches!(self.appendix.kind, AppendixKind::Targets);
        let plain = facts.token.as_ref().is_some_and(|token| token.style == Style::Arabic(1));
        self.heading.clone().filter(|_| targets && plain)
    }

    /// Closes the head of a list ("2" over "a)", "b)") before the next number of its own kind ("3").
    fn close_head(&mut self, token: &NumberToken) {
        let heading = matches!(token.style, Style::Worded(_) | Style::Upper | Style::Roman);
        let among = self.last_item.as_ref().is_some_and(|last| last.style == token.style);
        let head = self.stack.iter().rposition(|open| open.style == Some(token.style));
        if let Some(head) = head.filter(|_| !heading && !among)
            && self
                .stack
                .get(head)
                .is_some_and(|open| !open.by_column && open.ordinal > 0 && open.ordinal < token.ordinal)
        {
            self.stack.truncate(head);
            self.parents.clear();
            self.top = None;
        }
    }

    /// Whether a number counts a list inside the row above. "1)", "(1)" do only where the rows themselves are numbered
    /// in another way.
    fn is_listed(&self, style: Style) -> bool {
        match style {
            Style::Lower | Style::ParenLetter => true,
            Style::Paren | Style::ArabicParen => self.top.is_some_and(|top| top != style),
            _ => false,
        }
    }

    /// What an item's id begins with: its group. A group that a column names without a number is left out where numbers go on
    /// over it, since ids follow the printed numbers.
    fn front(&self, facts: &RowFacts, group: &str) -> String {
        let (open, above) = match self.stack.as_slice() {
            [.., above, open] => (open, above.id.as_str()),
            [open] => (open, self.appendix.id.as_str()),
            [] => return group.to_owned(),
        };
        let label = facts.token.as_ref().map_or("", |token| token.label.as_str());
        let leaves_out = open.by_column && open.style.is_none() && !self.ids.has(&format!("{above}/{label}"));
        if leaves_out { above.to_owned() } else { group.to_owned() }
    }

    /// The id of an item before it is made unique, and the id of the item above it.
    fn item_base(&self, facts: &RowFacts, group: Option<&str>) -> (String, Option<String>) {
        let front = match group.filter(|_| self.grouped_ids) {
            Some(group) => self.front(facts, group),
            None => self.appendix.id.clone(),
        };
        if let Some(token) = &facts.token {
            let parent = token.label.rsplit_once('.').and_then(|(parent, _)| {
                let id = format!("{front}/{parent}");
                self.parents.iter().find(|(_, known)| *known == id).map(|(_, id)| id.clone())
            });
            if self.is_listed(token.style)
                && let Some((_, above)) = self.parents.first().filter(|(mark, _)| mark.is_none())
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
            Some(token) if self.is_listed(token.style) => {
                // A list that stands under no number counts the rows themselves.
                let numbered = self.parents.first().is_some_and(|(mark, _)| mark.is_none());
                self.parents.truncate(usize::from(numbered));
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
                self.top = Some(token.style).filter(|_| keep == 0).or(self.top);
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
}
