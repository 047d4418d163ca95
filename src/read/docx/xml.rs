//! XML as owned items: elements with their attributes, text, ends. Names are local names: the strict and the
//! transitional form of the format differ in name spaces only.

use quick_xml::events::{BytesStart, Event};

use crate::read::package::{Xml, push_text};
use crate::read::{Bound, ReadError};

/// Most elements of a piece that is read as a whole: a paragraph's properties, a style, a list's definition.
pub const MAX_NODES: usize = 50_000;

/// An item of a part.
#[derive(Debug)]
pub(super) enum Item {
    /// An element begins; its end comes later, also where it is empty.
    Open(Element),
    Close,
    Text(String),
    /// The part ends.
    End,
}

/// An element's name and attributes.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub name: Box<str>,
    attributes: Vec<(Box<str>, Box<str>)>,
}

/// An element with what is in it.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub element: Element,
    pub children: Vec<Node>,
}

/// The items of a part.
pub(super) struct Items<'p, 'a> {
    xml: Xml<'p, 'a>,
    depth: usize,
    close_next: bool,
    /// Whether the part ended inside an element.
    pub cut: bool,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Self {
        let mut attributes = start.attributes();
        let attributes = attributes.with_checks(false).flatten().map(|attribute| {
            let raw = attribute.value.clone();
            let value = quick_xml::escape::unescape(&raw).map_or_else(|_| raw.as_ref().into(), Box::from);
            (attribute.key.local_name().as_ref().into(), value)
        });
        Self { name: start.local_name().as_ref().into(), attributes: attributes.collect() }
    }

    /// An attribute's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| **known == *name).map(|(_, value)| &**value)
    }

    /// The attribute `val`.
    pub fn value(&self) -> Option<&str> {
        self.get("val")
    }

    /// The attribute `val` as a number.
    pub fn number<T: std::str::FromStr>(&self) -> Option<T> {
        self.value()?.trim().parse().ok()
    }

    /// Whether an element that switches something switches it on (ISO/IEC 29500-1, 17.17.4).
    pub fn is_on(&self) -> bool {
        !matches!(self.value(), Some("0" | "false" | "off" | "none"))
    }
}

impl Node {
    pub fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| *child.element.name == *name)
    }

    /// The first child of a name, as an element.
    pub fn find(&self, name: &str) -> Option<&Element> {
        self.child(name).map(|child| &child.element)
    }

    /// The attribute `val` of a child.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.find(name)?.value()
    }

    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.find(name)?.number()
    }

    /// Whether a child switches something on or off; `None` where there is none.
    pub fn switch(&self, name: &str) -> Option<bool> {
        self.find(name).map(Element::is_on)
    }
}

impl<'p, 'a> Items<'p, 'a> {
    pub fn new(xml: Xml<'p, 'a>) -> Self {
        Self { xml, depth: 0, close_next: false, cut: false }
    }

    /// The next item.
    ///
    /// # Errors
    /// XML that is not well-formed, and bounds that are met.
    pub fn next(&mut self) -> Result<Item, ReadError> {
        if std::mem::take(&mut self.close_next) {
            return Ok(Item::Close);
        }
        loop {
            let event = self.xml.next()?;
            match &event {
                Event::Start(start) => {
                    let element = Element::of(start);
                    self.depth += 1;
                    return Ok(Item::Open(element));
                }
                Event::Empty(start) => {
                    let element = Element::of(start);
                    self.close_next = true;
                    return Ok(Item::Open(element));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Item::Close);
                }
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                    let mut text = String::new();
                    push_text(&event, &mut text);
                    return Ok(Item::Text(text));
                }
                Event::Eof => {
                    self.cut |= self.depth > 0;
                    return Ok(Item::End);
                }
                _ => {}
            }
        }
    }

    /// Goes to the end of the open element.
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Item::Open(_) => depth += 1,
                Item::Close => depth -= 1,
                Item::Text(_) => {}
                Item::End => return Ok(()),
            }
        }
        Ok(())
    }

    /// The text of the open element.
    pub fn text(&mut self) -> Result<String, ReadError> {
        let mut out = String::new();
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Item::Open(_) => depth += 1,
                Item::Close => depth -= 1,
                Item::Text(text) => out.push_str(&text),
                Item::End => break,
            }
        }
        Ok(out)
    }

    /// The open element as a whole.
    pub fn node(&mut self, element: Element) -> Result<Node, ReadError> {
        let mut open = vec![Node { element, children: Vec::new() }];
        let mut count = 0;
        loop {
            match self.next()? {
                Item::Open(element) => {
                    count += 1;
                    if count > MAX_NODES {
                        return Err(ReadError::Limit { bound: Bound::Objects, limit: MAX_NODES as u64 });
                    }
                    open.push(Node { element, children: Vec::new() });
                }
                Item::Text(_) => {}
                Item::Close | Item::End => {
                    let Some(done) = open.pop() else { return Ok(Node::default()) };
                    match open.last_mut() {
                        Some(parent) => parent.children.push(done),
                        None => return Ok(done),
                    }
                }
            }
        }
    }
}
