//! Styles: what a paragraph, run or table has from its style and from those that it is based on.

use rustc_hash::FxHashMap;

use super::defined;
use super::xml::{Item, Items, Node};
use crate::read::ReadError;

/// Most styles in a line of styles that are based on each other.
const MAX_LINE: usize = 32;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: FxHashMap<Box<str>, Style>,
    /// The style of paragraphs that name none.
    default: Option<Box<str>>,
    /// The font of runs that have none.
    font: Option<Box<str>>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<Box<str>>,
    paragraph: ParagraphProperties,
    run: RunProperties,
    borders: Borders,
}

/// What a paragraph's properties say; absent where they say nothing.
#[derive(Debug, Clone, Default)]
pub(in crate::read) struct ParagraphProperties {
    pub style: Option<Box<str>>,
    /// List; 0 where there is none.
    pub list: Option<u32>,
    pub level: Option<u8>,
    pub centred: Option<bool>,
    pub break_before: Option<bool>,
}

/// What a run's properties say; absent where they say nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct RunProperties {
    pub style: Option<Box<str>>,
    pub font: Option<Box<str>>,
    pub hidden: Option<bool>,
    pub struck: Option<bool>,
    pub capitals: Option<bool>,
    pub raised: Option<bool>,
}

/// Which borders of a table are drawn; absent where nothing is said.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::read) struct Borders {
    pub left: Option<bool>,
    pub right: Option<bool>,
    pub inside: Option<bool>,
}

impl ParagraphProperties {
    /// Of a `pPr`.
    pub(super) fn of(node: &Node) -> Self {
        let list = node.child("numPr");
        Self {
            style: node.value("pStyle").map(Box::from),
            list: list.and_then(|list| list.number("numId")),
            level: list.and_then(|list| list.number("ilvl")),
            centred: node.value("jc").map(|side| side == "center"),
            break_before: node.switch("pageBreakBefore"),
        }
    }

    fn or(self, other: &Self) -> Self {
        Self {
            style: self.style,
            list: self.list.or(other.list),
            level: self.level.or(other.level),
            centred: self.centred.or(other.centred),
            break_before: self.break_before.or(other.break_before),
        }
    }
}

impl RunProperties {
    /// Of an `rPr`.
    pub fn of(node: &Node) -> Self {
        let fonts = node.find("rFonts");
        let font = fonts.and_then(|fonts| fonts.get("ascii").or_else(|| fonts.get("hAnsi")));
        Self {
            style: node.value("rStyle").map(Box::from),
            font: font.map(Box::from),
            hidden: node.switch("vanish"),
            struck: struck(node),
            capitals: node.switch("caps"),
            raised: node.value("vertAlign").map(|place| place == "superscript"),
        }
    }

    fn or(self, other: &Self) -> Self {
        Self {
            style: self.style,
            font: self.font.or_else(|| other.font.clone()),
            hidden: self.hidden.or(other.hidden),
            struck: self.struck.or(other.struck),
            capitals: self.capitals.or(other.capitals),
            raised: self.raised.or(other.raised),
        }
    }
}

/// Whether one line or two are drawn through the text.
fn struck(node: &Node) -> Option<bool> {
    let lines = [node.switch("strike"), node.switch("dstrike")];
    lines.into_iter().flatten().reduce(|one, other| one || other)
}

impl Borders {
    /// Of a `tblBorders` or `tcBorders`.
    pub(super) fn of(node: &Node) -> Self {
        let drawn = |names: &[&str]| {
            let found = names.iter().filter_map(|name| node.value(name));
            found.map(|kind| !matches!(kind, "nil" | "none")).reduce(|a, b| a || b)
        };
        Self {
            left: drawn(&["left", "start"]),
            right: drawn(&["right", "end"]),
            inside: drawn(&["insideV", "insideH"]),
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            left: self.left.or(other.left),
            right: self.right.or(other.right),
            inside: self.inside.or(other.inside),
        }
    }

    /// Whether a table with these has rules; a line under a cell alone makes none.
    pub fn is_ruled(self) -> bool {
        self.inside == Some(true) || self.left == Some(true) && self.right == Some(true)
    }
}

impl Styles {
    /// Reads `styles.xml`.
    pub fn read(items: &mut Items<'_, '_>) -> Result<Self, ReadError> {
        let mut out = Self::default();
        loop {
            match items.next()? {
                Item::Open(element) if *element.name == *"style" => {
                    let node = items.node(element)?;
                    out.add(&node);
                    defined(out.styles.len())?;
                }
                Item::Open(element) if *element.name == *"rPrDefault" => {
                    let node = items.node(element)?;
                    out.font = node.child("rPr").and_then(|node| RunProperties::of(node).font);
                }
                Item::End => return Ok(out),
                _ => {}
            }
        }
    }

    fn add(&mut self, node: &Node) {
        let Some(id) = node.element.get("styleId") else { return };
        let is_default = matches!(node.element.get("default"), Some("1" | "true" | "on"));
        if is_default && node.element.get("type") == Some("paragraph") {
            self.default = Some(id.into());
        }
        let table =
            |node: &Node| node.child("tblPr").and_then(|node| node.child("tblBorders")).map(Borders::of);
        let style = Style {
            based_on: node.value("basedOn").map(Box::from),
            paragraph: node.child("pPr").map(ParagraphProperties::of).unwrap_or_default(),
            run: node.child("rPr").map(RunProperties::of).unwrap_or_default(),
            borders: table(node).unwrap_or_default(),
        };
        self.styles.insert(id.into(), style);
    }

    /// A style and those that it is based on, nearest first.
    fn line<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let mut next = id;
        std::iter::from_fn(move || {
            let id = next?;
            let style = self.styles.get(id)?;
            next = style.based_on.as_deref();
            Some((id, style))
        })
        .take(MAX_LINE)
    }

    /// What a paragraph has, with what its style gives.
    pub fn paragraph(&self, own: &ParagraphProperties) -> ParagraphProperties {
        let id = own.style.as_deref().or(self.default.as_deref());
        self.line(id).fold(own.clone(), |found, (_, style)| found.or(&style.paragraph))
    }

    /// The style from which a paragraph has its list: the one that a list's level may name.
    pub fn list_style<'a>(&'a self, own: &'a ParagraphProperties) -> Option<&'a str> {
        let id = own.style.as_deref().or(self.default.as_deref());
        self.line(id).find(|(_, style)| style.paragraph.list.is_some()).map(|(id, _)| id)
    }

    /// The list that a style of lists names.
    pub fn list_of(&self, id: &str) -> Option<u32> {
        self.line(Some(id)).find_map(|(_, style)| style.paragraph.list)
    }

    /// What a run has, with what its own and its paragraph's style give.
    pub fn run(&self, own: &RunProperties, paragraph: Option<&str>) -> RunProperties {
        let own_line = self.line(own.style.as_deref());
        let found = own_line.fold(own.clone(), |found, (_, style)| found.or(&style.run));
        let line = self.line(paragraph.or(self.default.as_deref()));
        let mut found = line.fold(found, |found, (_, style)| found.or(&style.run));
        found.font = found.font.or_else(|| self.font.clone());
        found
    }

    /// The borders of a table.
    pub fn borders(&self, own: Borders, style: Option<&str>) -> Borders {
        self.line(style).fold(own, |found, (_, style)| found.or(style.borders))
    }
}
