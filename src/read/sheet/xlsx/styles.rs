//! Cell styles: number formats, borders and fonts (18.8).

use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;

use super::super::book::{MAX_STYLES, Style, Styles, within};
use super::super::print::Format;
use crate::read::package::{Xml, attribute};
use crate::read::{Bound, ReadError};

/// Reads `styles.xml`.
pub(super) fn read(mut xml: Xml<'_, '_>) -> Result<Styles, ReadError> {
    let mut codes: FxHashMap<u32, String> = FxHashMap::default();
    let mut known: FxHashMap<u32, u32> = FxHashMap::default();
    // Whether each border draws a line.
    let mut borders: Vec<bool> = Vec::new();
    let mut fonts: Vec<Option<Rc<str>>> = Vec::new();
    let mut out = Styles::default();
    let (mut in_cells, mut in_borders, mut in_fonts) = (false, false, false);
    loop {
        match xml.next()? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    within(codes.len(), MAX_STYLES, Bound::Objects)?;
                    if let Some(id) = number(&element, "numFmtId") {
                        codes.insert(id, attribute(&element, "formatCode").unwrap_or_default());
                    }
                }
                "fonts" => in_fonts = true,
                "font" if in_fonts => {
                    within(fonts.len(), MAX_STYLES, Bound::Objects)?;
                    fonts.push(None);
                }
                "name" if in_fonts => {
                    if let Some(last) = fonts.last_mut() {
                        *last = attribute(&element, "val").map(Rc::from);
                    }
                }
                "borders" => in_borders = true,
                "border" if in_borders => {
                    within(borders.len(), MAX_STYLES, Bound::Objects)?;
                    borders.push(false);
                }
                "left" | "right" | "top" | "bottom" | "start" | "end" if in_borders => {
                    let drawn = attribute(&element, "style").is_some_and(|style| style != "none");
                    if let Some(last) = borders.last_mut() {
                        *last |= drawn;
                    }
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id = number(&element, "numFmtId").unwrap_or(0);
                    let ruled = number(&element, "borderId")
                        .and_then(|border| borders.get(border as usize))
                        .is_some_and(|drawn| *drawn);
                    let format = match known.get(&id) {
                        Some(index) => *index,
                        None => {
                            let format =
                                codes.get(&id).map_or_else(|| Format::builtin(id), |code| Format::of(code));
                            let index = out.format(format)?;
                            known.insert(id, index);
                            index
                        }
                    };
                    let font = number(&element, "fontId").and_then(|font| fonts.get(font as usize).cloned());
                    out.cell(Style { format, ruled, font: font.flatten() })?;
                }
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "cellXfs" => in_cells = false,
                "borders" => in_borders = false,
                "fonts" => in_fonts = false,
                _ => {}
            },
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}
