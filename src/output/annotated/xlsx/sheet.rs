//! A worksheet's own part: how wide and high its cells are, and where it names the part with the boxes of its comments.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::package::{attribute, local};
use super::edits::Edits;

/// What may stand behind the name of the part with the boxes (ECMA-376-1, 18.3.1.99).
const LATER: [&str; 10] = [
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
];

/// Points of the screen that a column has when nothing is said of it, and a row.
const COLUMN: u32 = 64;
const ROW: u32 = 20;

/// What is known of a sheet.
#[derive(Debug)]
pub(super) struct Layout {
    /// The prefix of its elements, with its colon.
    pub(super) prefix: String,
    /// The namespace of its elements.
    pub(super) namespace: String,
    /// The number of the relationship to the part with the boxes.
    pub(super) boxes: Option<String>,
    /// Where it is named, if it is not.
    at: usize,
    /// First and last column, counted from 1, and their width.
    widths: Vec<(u32, u32, u32)>,
    /// Heights of rows, counted from 1.
    heights: BTreeMap<u32, u32>,
    /// The height of all other rows.
    height: u32,
}

impl Layout {
    /// Reads a sheet; nothing where it is not well-formed.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut reader = Reader::from_str(text);
        let mut out: Option<Self> = None;
        let mut depth = 0_u32;
        loop {
            let event = reader.read_event().ok()?;
            let end = usize::try_from(reader.buffer_position()).ok()?;
            match &event {
                Event::Start(element) if depth == 0 => out = Some(Self::root(element, end)),
                Event::Start(element) | Event::Empty(element) => out.as_mut()?.note(element),
                Event::Eof => break,
                _ => {}
            }
            let closed = match &event {
                Event::Empty(element) if depth == 1 => Some(local(element.name().as_ref()).to_owned()),
                Event::End(element) if depth == 2 => Some(local(element.name().as_ref()).to_owned()),
                _ => None,
            };
            depth = match &event {
                Event::Start(_) => depth + 1,
                Event::End(_) => depth.checked_sub(1)?,
                _ => depth,
            };
            if closed.is_some_and(|name| !LATER.contains(&name.as_str())) {
                out.as_mut()?.at = end;
            }
        }
        out
    }

    fn root(element: &BytesStart<'_>, end: usize) -> Self {
        let name = element.name();
        let prefix = name.as_ref().rsplit_once(':').map(|(prefix, _)| prefix);
        let declared = prefix.map_or_else(|| "xmlns".to_owned(), |prefix| format!("xmlns:{prefix}"));
        let namespace = element
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|it| it.key.as_ref() == declared)
            .map(|it| it.value.to_string());
        Self {
            prefix: prefix.map(|prefix| format!("{prefix}:")).unwrap_or_default(),
            namespace: namespace.unwrap_or_default(),
            boxes: None,
            at: end,
            widths: Vec::new(),
            heights: BTreeMap::new(),
            height: ROW,
        }
    }

    /// Takes what an element tells.
    fn note(&mut self, element: &BytesStart<'_>) {
        // Fractions do not matter here.
        let number = |name| {
            let value = attribute(element, name)?;
            value.split('.').next().and_then(|whole| whole.parse::<u32>().ok())
        };
        let is_hidden = || attribute(element, "hidden").is_some_and(|it| it == "1" || it == "true");
        match local(element.name().as_ref()) {
            "legacyDrawing" => self.boxes = attribute(element, "id"),
            "sheetFormatPr" => self.height = number("defaultRowHeight").map_or(ROW, points),
            "col" => {
                if let (Some(first), Some(last)) = (number("min"), number("max")) {
                    let width = number("width").map_or(COLUMN, |width| width.saturating_mul(7) + 5);
                    self.widths.push((first, last, if is_hidden() { 0 } else { width }));
                }
            }
            "row" => {
                if let (Some(row), Some(height)) = (number("r"), number("ht")) {
                    self.heights.insert(row, if is_hidden() { 0 } else { points(height) });
                }
            }
            _ => {}
        }
    }

    /// The column, counted from 0, in which a box ends that begins in one, and the points that it reaches into it.
    pub(super) fn right(&self, first: u32, width: u32) -> (u32, u32) {
        end(first, width, |column| {
            let of = self.widths.iter().find(|(from, to, _)| (*from..=*to).contains(&(column + 1)));
            of.map_or(COLUMN, |(_, _, width)| *width)
        })
    }

    /// The same of rows.
    pub(super) fn bottom(&self, first: u32, height: u32) -> (u32, u32) {
        end(first, height, |row| self.heights.get(&(row + 1)).copied().unwrap_or(self.height))
    }

    /// The sheet with the name of the part with the boxes. `kinds` is the namespace of relationships.
    pub(super) fn with_boxes(&self, text: &str, id: &str, kinds: &str) -> String {
        let mut edits = Edits::default();
        let prefix = &self.prefix;
        let one = format!("<{prefix}legacyDrawing xmlns:r=\"{kinds}\" r:id=\"{id}\"/>");
        edits.insert(self.at, one);
        edits.applied(text)
    }
}

fn points(height: u32) -> u32 {
    height.saturating_mul(4) / 3
}

/// Most columns or rows that a box goes over.
const MOST: u32 = 200;

fn end(first: u32, mut rest: u32, size: impl Fn(u32) -> u32) -> (u32, u32) {
    for index in first..first.saturating_add(MOST) {
        let own = size(index);
        if rest < own {
            return (index, rest);
        }
        rest -= own;
    }
    (first.saturating_add(MOST), 0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where its premise fails")]

    use super::*;

    const SHEET: &str = "<worksheet xmlns=\"m\"><sheetFormatPr defaultRowHeight=\"15\"/><cols><col min=\"2\" max=\"3\" \
                         width=\"10.7\"/></cols><sheetData><row r=\"1\" ht=\"30\"/></sheetData><pageMargins/>\
                         <tableParts/></worksheet>";

    #[test]
    fn boxes_are_named_before_what_stands_behind_them() {
        let changed = Layout::of(SHEET).unwrap().with_boxes(SHEET, "rId9", "k");
        assert!(changed.contains("<pageMargins/><legacyDrawing xmlns:r=\"k\" r:id=\"rId9\"/><tableParts/>"));
        assert_eq!(Layout::of(&changed).unwrap().boxes.as_deref(), Some("rId9"));
    }

    #[test]
    fn a_box_ends_where_its_columns_and_rows_have_room_for_it() {
        let layout = Layout::of(SHEET).unwrap();
        assert_eq!(layout.right(1, 160), (3, 10));
        assert_eq!(layout.bottom(0, 65), (2, 5));
    }

    #[test]
    fn a_sheet_that_is_no_xml_is_none() {
        assert!(Layout::of("<worksheet><a></worksheet>").is_none());
        assert!(Layout::of("").is_none());
    }
}
