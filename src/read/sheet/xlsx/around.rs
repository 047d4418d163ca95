//! What lies on a worksheet: remarks on its cells (18.7) and boxes with text (20.5).

use quick_xml::events::Event;

use super::super::book::{MAX_FILLED, MAX_ROW, MAX_STRING, Sheet, cell_place, within};
use super::{Rich, relations, string};
use crate::read::package::{Package, Xml, attribute, push_text};
use crate::read::{Bound, ReadError};

/// Reads the parts that belong to a worksheet's.
pub(super) fn read(package: &mut Package<'_>, part: &str, sheet: &mut Sheet) -> Result<(), ReadError> {
    for relation in relations(package, part)? {
        match relation.kind.as_str() {
            "comments" => package.xml(&relation.target)?.map_or(Ok(()), |xml| comments(xml, sheet))?,
            "drawing" => package.xml(&relation.target)?.map_or(Ok(()), |xml| shapes(xml, sheet))?,
            _ => {}
        }
    }
    Ok(())
}

fn comments(mut xml: Xml<'_, '_>, sheet: &mut Sheet) -> Result<(), ReadError> {
    loop {
        let place = match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "comment" => {
                attribute(&element, "ref").and_then(|place| cell_place(&place))
            }
            Event::Eof => return Ok(()),
            _ => continue,
        };
        let mut text = Rich::default();
        string(&mut xml, "comment", &mut text)?;
        if let Some((row, column)) = place {
            within(sheet.comments.len() + 1, MAX_FILLED, Bound::Cells)?;
            sheet.comments.push((row, column, text.text));
        }
    }
}

/// The text of boxes, with the cell that their upper left corner lies on.
fn shapes(mut xml: Xml<'_, '_>, sheet: &mut Sheet) -> Result<(), ReadError> {
    let (mut row, mut column) = (0, 0);
    // What the text of the open element is, and whether the corner is the first one.
    let (mut open, mut corner) = (String::new(), false);
    let mut text = String::new();
    loop {
        match xml.next()? {
            Event::Start(element) => {
                open = element.local_name().as_ref().to_owned();
                corner |= open == "from";
                if matches!(open.as_str(), "row" | "col") && corner {
                    *(if open == "row" { &mut row } else { &mut column }) = 0;
                }
            }
            Event::End(element) => {
                match element.local_name().as_ref() {
                    "from" => corner = false,
                    "p" if !text.is_empty() => text.push('\n'),
                    "txBody" => {
                        within(sheet.shapes.len() + 1, MAX_FILLED, Bound::Cells)?;
                        sheet.shapes.push((row, column, std::mem::take(&mut text).trim().to_owned()));
                    }
                    _ => {}
                }
                open.clear();
            }
            Event::Eof => return Ok(()),
            event => match open.as_str() {
                "t" => {
                    push_text(&event, &mut text);
                    within(text.len(), MAX_STRING, Bound::Text)?;
                }
                "row" | "col" if corner => {
                    let mut digits = String::new();
                    push_text(&event, &mut digits);
                    let target = if open == "row" { &mut row } else { &mut column };
                    *target = digits.trim().parse().ok().filter(|place| *place < MAX_ROW).unwrap_or(*target);
                }
                _ => {}
            },
        }
    }
}
