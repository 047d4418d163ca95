//! What elements are, by their names (the standard, 15.3), and elements whose ends must be found again.

use super::lists::is_list;

/// An element and how many of its name are open in it.
pub(super) struct Inside {
    name: Box<[u8]>,
    depth: usize,
    /// Whether it has text.
    pub counted: bool,
}

impl Inside {
    /// The element begins.
    pub fn of(name: &[u8]) -> Option<Self> {
        Some(Self { name: name.into(), depth: 1, counted: false })
    }

    /// An element of any name begins in it.
    pub fn open(inside: &mut Option<Self>, name: &[u8]) {
        if let Some(inside) = inside.as_mut().filter(|inside| *inside.name == *name) {
            inside.depth += 1;
        }
    }

    /// A paragraph or cell ends, and with it what nobody closed in it.
    pub fn close_inline(inside: &mut Option<Self>, name: &[u8]) {
        let ends = matches!(name, b"p" | b"li" | b"td" | b"th" | b"tr");
        if ends && inside.as_ref().is_some_and(|inside| !is_block(&inside.name)) {
            *inside = None;
        }
    }

    /// Whether the element itself ends.
    pub fn close(inside: &mut Option<Self>, name: &[u8]) -> bool {
        let Some(open) = inside.as_mut().filter(|inside| *inside.name == *name) else { return false };
        open.depth -= 1;
        let ended = open.depth == 0;
        if ended {
            *inside = None;
        }
        ended
    }
}

/// Whether an element's text has a line drawn through it.
pub(super) fn is_strike(name: &[u8]) -> bool {
    matches!(name, b"s" | b"strike" | b"del")
}

/// Whether an element's text stands on lines of its own.
pub(super) fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"address"
            | b"article"
            | b"aside"
            | b"blockquote"
            | b"body"
            | b"caption"
            | b"center"
            | b"dd"
            | b"details"
            | b"dialog"
            | b"div"
            | b"dl"
            | b"dt"
            | b"fieldset"
            | b"figcaption"
            | b"figure"
            | b"footer"
            | b"form"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"header"
            | b"hgroup"
            | b"hr"
            | b"html"
            | b"legend"
            | b"li"
            | b"main"
            | b"nav"
            | b"optgroup"
            | b"option"
            | b"p"
            | b"pre"
            | b"search"
            | b"section"
            | b"summary"
            | b"tr"
            | b"td"
            | b"th"
            | b"table"
    ) || is_list(name)
}

/// Elements whose content no reader sees.
pub(super) fn is_skipped(name: &[u8]) -> bool {
    matches!(
        name,
        b"script" | b"style" | b"title" | b"template" | b"iframe" | b"noembed" | b"noframes" | b"xml"
    )
}

/// Elements that have no end tag.
pub(super) fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

/// Elements that end where the next one of their name begins.
pub(super) fn ends_itself(name: &[u8]) -> bool {
    matches!(name, b"p" | b"li" | b"dt" | b"dd" | b"tr" | b"td" | b"th" | b"option")
}
