//! The parts of a document that versions are compared by: appendices, groups, items, sections, paragraphs, and the rows
//! of tables that give no item. A document comes in, a list of its parts in printed order goes out.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Appendix, Block, Document, Group, Item, Row, RowRole, Section};
use crate::span::At;
use crate::text::squeeze;

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An appendix.
    Appendix,
    /// A numbered section of the body.
    Section,
    /// A group of items.
    Group,
    /// A target.
    Target,
    /// A task.
    Task,
    /// A project.
    Project,
    /// A plan to be drawn up.
    Plan,
    /// A row of a table that gives no item.
    Row,
    /// A paragraph or a list item.
    Block,
}

/// The node of the model that a part stands for.
#[derive(Debug, Clone, Copy)]
pub enum Node<'a> {
    /// An appendix.
    Appendix(&'a Appendix),
    /// A section.
    Section(&'a Section),
    /// A group.
    Group(&'a Group),
    /// An item.
    Item(&'a Item),
    /// A row.
    Row(&'a Row),
    /// A block.
    Block(&'a Block),
}

/// A part of a document.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its id in the model.
    pub id: &'a str,
    /// The printed number.
    pub number: Option<&'a str>,
    /// Its name, title or text; empty where it was lost.
    pub name: Cow<'a, str>,
    /// Position of the part that it stands under.
    pub parent: Option<usize>,
    /// Position of the appendix that it belongs to; of an appendix, its own.
    pub appendix: Option<usize>,
    /// Whether rows beside it are known to be missing.
    pub beside_gap: bool,
    /// Where it stands.
    pub at: &'a At,
    /// The node itself.
    pub node: Node<'a>,
}

/// The parts of a document in printed order.
#[derive(Debug, Clone, Default)]
pub struct Parts<'a> {
    list: Vec<Part<'a>>,
    /// Positions of the appendices whose targets are numbered anew in each group.
    restarting: FxHashSet<usize>,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Appendix,
        Self::Section,
        Self::Group,
        Self::Target,
        Self::Task,
        Self::Project,
        Self::Plan,
        Self::Row,
        Self::Block,
    ];

    /// Whether parts stand under parts of this kind.
    #[must_use]
    pub fn holds_parts(self) -> bool {
        matches!(self, Self::Appendix | Self::Section | Self::Group)
    }

    /// Whether it is an item of an appendix.
    #[must_use]
    pub fn is_item(self) -> bool {
        matches!(self, Self::Target | Self::Task | Self::Project | Self::Plan)
    }

    /// "appendix", "task": as in the JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Appendix => "appendix",
            Self::Section => "section",
            Self::Group => "group",
            Self::Target => "target",
            Self::Task => "task",
            Self::Project => "project",
            Self::Plan => "plan",
            Self::Row => "row",
            Self::Block => "block",
        }
    }

    fn of(item: &Item) -> Self {
        match item {
            Item::Target(_) => Self::Target,
            Item::Task(_) => Self::Task,
            Item::Project(_) => Self::Project,
            Item::Plan(_) => Self::Plan,
        }
    }
}

impl<'a> Parts<'a> {
    /// The parts of a document.
    #[must_use]
    pub fn of(document: &'a Document) -> Self {
        let mut parts = Self::default();
        parts.blocks(&document.header.preamble, None, None);
        parts.sections(&document.sections, None);
        if let Some(closing) = &document.closing {
            parts.blocks(&closing.paragraphs, None, None);
        }
        for appendix in &document.appendices {
            parts.appendix(appendix);
        }
        parts
    }

    /// All parts.
    #[must_use]
    pub fn all(&self) -> &[Part<'a>] {
        &self.list
    }

    /// A part by its position.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&Part<'a>> {
        self.list.get(at)
    }

    /// Whether the targets of an appendix are numbered anew in each group, so that a number alone says little.
    #[must_use]
    pub fn numbers_restart(&self, appendix: Option<usize>) -> bool {
        appendix.is_some_and(|at| self.restarting.contains(&at))
    }

    /// The position of the part with an id; ids of one kind are unique.
    #[must_use]
    pub fn find(&self, kind: Kind, id: &str) -> Option<usize> {
        self.list.iter().position(|part| part.kind == kind && part.id == id)
    }

    /// The positions of the parts above a part, the nearest first.
    pub fn above(&self, at: usize) -> impl Iterator<Item = usize> {
        let mut next = self.get(at).and_then(|part| part.parent);
        std::iter::from_fn(move || {
            let now = next?;
            // Parents stand before their children, so this ends.
            next = self.get(now).and_then(|part| part.parent).filter(|parent| *parent < now);
            Some(now)
        })
    }

    fn push(&mut self, part: Part<'a>) -> usize {
        self.list.push(part);
        self.list.len() - 1
    }

    fn blocks(&mut self, blocks: &'a [Block], parent: Option<usize>, appendix: Option<usize>) {
        for block in blocks {
            self.push(Part {
                kind: Kind::Block,
                id: &block.id,
                number: None,
                name: Cow::Borrowed(&block.text),
                parent,
                appendix,
                beside_gap: false,
                at: &block.at,
                node: Node::Block(block),
            });
        }
    }

    fn sections(&mut self, sections: &'a [Section], parent: Option<usize>) {
        for section in sections {
            let at = self.push(Part {
                kind: Kind::Section,
                id: &section.id,
                number: Some(&section.number),
                name: Cow::Borrowed(section.title.as_deref().unwrap_or_default()),
                parent,
                appendix: None,
                beside_gap: false,
                at: &section.at,
                node: Node::Section(section),
            });
            self.blocks(&section.blocks, Some(at), None);
            self.sections(&section.sections, Some(at));
        }
    }

    /// Groups first, since a group may be named by items of a table that prints it later; then items in order.
    fn appendix(&mut self, appendix: &'a Appendix) {
        let top = self.push(Part {
            kind: Kind::Appendix,
            id: &appendix.id,
            number: appendix.label.as_deref(),
            name: Cow::Borrowed(appendix.title.as_deref().unwrap_or_default()),
            parent: None,
            appendix: None,
            beside_gap: false,
            at: &appendix.at,
            node: Node::Appendix(appendix),
        });
        if let Some(part) = self.list.get_mut(top) {
            part.appendix = Some(top);
        }
        let mut known: FxHashMap<&str, (usize, bool)> = FxHashMap::default();
        for group in &appendix.groups {
            let parent = group.parent.as_deref().and_then(|id| known.get(id)).map_or(top, |it| it.0);
            let gap = group.incomplete || group.inferred;
            let at = self.push(Part {
                kind: Kind::Group,
                id: &group.id,
                number: group.number.as_deref(),
                name: Cow::Borrowed(group.title.as_deref().unwrap_or_default()),
                parent: Some(parent),
                appendix: Some(top),
                beside_gap: gap,
                at: &group.at,
                node: Node::Group(group),
            });
            known.insert(&group.id, (at, gap));
        }
        for item in &appendix.items {
            let parent = above(item).or(item.group()).and_then(|id| known.get(id)).copied();
            let (parent, gap) = parent.unwrap_or((top, false));
            let at = self.push(Part {
                kind: Kind::of(item),
                id: item.id(),
                number: item.number(),
                name: Cow::Borrowed(item.name()),
                parent: Some(parent),
                appendix: Some(top),
                beside_gap: gap,
                at: item.at(),
                node: Node::Item(item),
            });
            known.insert(item.id(), (at, gap));
        }
        if firsts_repeat(appendix) {
            self.restarting.insert(top);
        }
        known.extend(appendix.totals.iter().map(|total| (total.id.as_str(), (top, false))));
        self.rows(appendix, top, &known);
        self.blocks(&appendix.notes, Some(top), Some(top));
    }

    /// The rows that no item, group or total gives.
    fn rows(&mut self, appendix: &'a Appendix, top: usize, known: &FxHashMap<&str, (usize, bool)>) {
        let rows = appendix.table.iter().flat_map(|table| &table.rows);
        let own = |row: &Row| {
            [Some(row.id.as_str()), row.of.as_deref()].into_iter().flatten().any(|id| known.contains_key(id))
        };
        let plain =
            |row: &&Row| matches!(row.role, RowRole::Item | RowRole::Note | RowRole::Label) && !own(row);
        for row in rows.filter(plain) {
            let cells: Vec<String> =
                row.cells.iter().filter_map(|cell| cell.raw.as_deref()).map(squeeze).collect();
            self.push(Part {
                kind: Kind::Row,
                id: &row.id,
                number: row.number.as_deref(),
                name: Cow::Owned(cells.join(" ")),
                parent: Some(top),
                appendix: Some(top),
                beside_gap: false,
                at: &row.at,
                node: Node::Row(row),
            });
        }
    }
}

/// Whether the first targets of two groups have one number.
fn firsts_repeat(appendix: &Appendix) -> bool {
    let (mut groups, mut firsts) = (FxHashSet::default(), FxHashSet::default());
    appendix.items.iter().any(|item| {
        let (Item::Target(_), Some(group), None) = (item, item.group(), above(item)) else { return false };
        groups.insert(group) && item.number().is_some_and(|number| !firsts.insert(squeeze(number)))
    })
}

/// Id of the item that an item is a part of.
fn above(item: &Item) -> Option<&str> {
    match item {
        Item::Target(target) => target.parent.as_deref(),
        Item::Task(_) | Item::Project(_) | Item::Plan(_) => None,
    }
}
