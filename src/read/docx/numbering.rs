//! Lists: the definitions of `numbering.xml`, and the numbers that they give to paragraphs in order
//! (ISO/IEC 29500-1, 17.9).
//!
//! A paragraph names a list (`num`) and a level. A list is an instance of a definition (`abstractNum`); instances of
//! one definition count on from each other, unless one overrides a level's start.

use rustc_hash::{FxHashMap, FxHashSet};

use super::styles::Styles;
use super::xml::{Item, Items, Node};
use super::{defined, numerals};
use crate::read::ReadError;

/// Levels of a list.
const LEVELS: usize = 9;

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Lists {
    definitions: FxHashMap<u32, Definition>,
    lists: FxHashMap<u32, List>,
}

#[derive(Debug, Default)]
struct Definition {
    levels: [Option<Level>; LEVELS],
    /// The style of lists whose definition is meant.
    link: Option<Box<str>>,
}

#[derive(Debug, Default)]
struct List {
    definition: u32,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

/// A level's definition.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: Box<str>,
    /// The number with a place for each level: "%1.%2".
    text: Box<str>,
    /// Whether all numbers are decimal.
    legal: bool,
    /// What stands between the number and the text.
    suffix: Suffix,
    /// The level, from 1, whose numbers let this one begin anew; 0 for none.
    restart: Option<u32>,
    style: Option<Box<str>>,
    /// The font of a bullet.
    font: Option<Box<str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Suffix {
    #[default]
    Space,
    Nothing,
}

/// How far each list has counted.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// For each definition, the last number of each level.
    last: FxHashMap<u32, [Option<u32>; LEVELS]>,
    /// Lists that have had a number, with the level at which they had it.
    begun: FxHashSet<(u32, usize)>,
}

/// A number as it is shown before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    pub text: String,
    /// The font of its characters, where the list names one.
    pub font: Option<Box<str>>,
    /// Whether a space follows.
    pub spaced: bool,
}

impl Lists {
    /// Reads `numbering.xml`.
    pub fn read(items: &mut Items<'_, '_>) -> Result<Self, ReadError> {
        let mut out = Self::default();
        loop {
            match items.next()? {
                Item::Open(element) if *element.name == *"abstractNum" => {
                    let node = items.node(element)?;
                    if let Some(id) = node.element.get("abstractNumId").and_then(|id| id.parse().ok()) {
                        let link = node.value("numStyleLink").map(Box::from);
                        out.definitions.insert(id, Definition { levels: levels(&node), link });
                    }
                }
                Item::Open(element) if *element.name == *"num" => {
                    let node = items.node(element)?;
                    let id = node.element.get("numId").and_then(|id| id.parse().ok());
                    if let (Some(id), Some(definition)) = (id, node.number("abstractNumId")) {
                        out.lists.insert(id, List::of(definition, &node));
                    }
                }
                Item::End => return Ok(out),
                _ => {}
            }
            defined(out.definitions.len().max(out.lists.len()))?;
        }
    }

    /// The list's definition, found through a style where the list only names one.
    fn definition(&self, list: &List, styles: &Styles) -> (u32, Option<&Definition>) {
        let found = self.definitions.get(&list.definition);
        let linked = found.and_then(|definition| definition.link.as_deref());
        let through = linked.and_then(|style| styles.list_of(style)).and_then(|id| self.lists.get(&id));
        match through {
            Some(other) => (other.definition, self.definitions.get(&other.definition)),
            None => (list.definition, found),
        }
    }

    /// The number of the next paragraph of a list. `level` is what the paragraph says; a style that has the list
    /// (`style`) may be named by the level that it means.
    pub fn next(
        &self,
        counters: &mut Counters,
        styles: &Styles,
        id: u32,
        level: Option<u8>,
        style: Option<&str>,
    ) -> Option<Label> {
        let list = self.lists.get(&id)?;
        let (key, definition) = self.definition(list, styles);
        let none = Definition::default();
        let definition = definition.unwrap_or(&none);
        let at = |level: usize| {
            let own = list.levels.get(level).and_then(Option::as_ref);
            own.or_else(|| definition.levels.get(level).and_then(Option::as_ref))
        };
        let named = |style: &str| {
            (0..LEVELS).find(|level| at(*level).is_some_and(|level| level.style.as_deref() == Some(style)))
        };
        let level = level.map(usize::from).or_else(|| style.and_then(named)).unwrap_or(0).min(LEVELS - 1);
        let defined = at(level)?;
        let start = |level: usize| {
            let own = list.starts.get(level).copied().flatten();
            own.or_else(|| at(level).map(|level| level.start)).unwrap_or(1)
        };
        let last = counters.last.entry(key).or_default();
        let first_of_list = counters.begun.insert((id, level));
        let overridden = list.starts.get(level).copied().flatten().is_some();
        let number = match last.get(level).copied().flatten() {
            Some(number) if !(first_of_list && overridden) => number.saturating_add(1),
            _ => start(level),
        };
        if let Some(slot) = last.get_mut(level) {
            *slot = Some(number);
        }
        for deeper in level + 1..LEVELS {
            let restart = at(deeper).and_then(|level| level.restart);
            let begins_anew = restart.is_none_or(|above| above as usize > level);
            if begins_anew && let Some(slot) = last.get_mut(deeper) {
                *slot = None;
            }
        }
        let numbers: Vec<u32> = (0..LEVELS)
            .map(|level| last.get(level).copied().flatten().unwrap_or_else(|| start(level)))
            .collect();
        let format =
            |level: usize| if defined.legal { "decimal" } else { at(level).map_or("decimal", |l| &l.format) };
        let text = defined.written(&numbers, format);
        let spaced = defined.suffix == Suffix::Space;
        (!text.is_empty()).then(|| Label { text, font: defined.font.clone(), spaced })
    }
}

impl List {
    fn of(definition: u32, node: &Node) -> Self {
        let mut list = Self { definition, ..Self::default() };
        for change in node.children.iter().filter(|child| *child.element.name == *"lvlOverride") {
            let Some(level) = change.element.get("ilvl").and_then(|level| level.parse::<usize>().ok()) else {
                continue;
            };
            if let Some(slot) = list.starts.get_mut(level) {
                *slot = change.number("startOverride");
            }
            if let (Some(slot), Some(defined)) = (list.levels.get_mut(level), change.child("lvl")) {
                *slot = Some(Level::of(defined));
            }
        }
        list
    }
}

fn levels(node: &Node) -> [Option<Level>; LEVELS] {
    let mut levels: [Option<Level>; LEVELS] = Default::default();
    for child in node.children.iter().filter(|child| *child.element.name == *"lvl") {
        let level = child.element.get("ilvl").and_then(|level| level.parse::<usize>().ok());
        if let Some(slot) = level.and_then(|level| levels.get_mut(level)) {
            *slot = Some(Level::of(child));
        }
    }
    levels
}

impl Level {
    fn of(node: &Node) -> Self {
        let format = node.value("numFmt").unwrap_or("decimal");
        let fonts = node.child("rPr").and_then(|node| node.find("rFonts"));
        let font = fonts.and_then(|fonts| fonts.get("ascii").or_else(|| fonts.get("hAnsi")));
        Self {
            start: node.number("start").unwrap_or(0),
            format: format.into(),
            text: node.value("lvlText").unwrap_or_default().into(),
            legal: node.switch("isLgl").unwrap_or(false),
            suffix: if node.value("suff") == Some("nothing") { Suffix::Nothing } else { Suffix::Space },
            restart: node.number("lvlRestart"),
            style: node.value("pStyle").map(Box::from),
            font: font.map(Box::from),
        }
    }

    /// The level's text with the numbers in their places.
    fn written<'a>(&self, numbers: &[u32], format: impl Fn(usize) -> &'a str) -> String {
        if &*self.format == "none" {
            return String::new();
        }
        let mut out = String::new();
        let mut rest = self.text.chars().peekable();
        while let Some(c) = rest.next() {
            let level = rest.peek().and_then(|c| c.to_digit(10)).filter(|level| c == '%' && *level > 0);
            let Some(level) = level.map(|level| level as usize - 1) else {
                out.push(c);
                continue;
            };
            rest.next();
            let number = numbers.get(level).copied().unwrap_or(1);
            out.push_str(&numerals::written(number, format(level)));
        }
        out
    }
}
