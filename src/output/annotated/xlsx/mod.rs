//! Comments on the cells of a workbook (ECMA-376-1, 18.7). Each sheet with findings gets them in a part of their own, and
//! the boxes that show them in another (19.1, VML); cells, formulas and all other parts stay as they are.

mod boxes;
mod comments;
mod edits;
mod sheet;

use std::collections::BTreeMap;
use std::io;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::package::{Package, attribute, local};
use super::{Input, Kind};
use crate::output::Catalogue;
use crate::output::place;
use crate::source::{cell_name, cell_position};
use boxes::Boxes;
use comments::Comments;
use sheet::Layout;

/// Row and column, counted from 0.
type Cell = (u32, u32);

/// What is said of the cells of a sheet, in paragraphs.
type Notes = BTreeMap<Cell, Vec<String>>;

/// The workbook with a comment for each finding; nothing where a part that is changed is no XML in UTF-8.
pub(super) fn write(input: &Input<'_>, catalogue: &Catalogue) -> io::Result<Option<(Kind, Vec<u8>)>> {
    let mut package = Package::open(input.bytes, "xl/workbook.xml")?;
    let sheets = sheets(&mut package)?;
    for (index, notes) in notes(&sheets, input, catalogue) {
        let Some((_, part)) = sheets.get(index) else { return Ok(None) };
        if annotate(&mut package, part, index, notes)?.is_none() {
            return Ok(None);
        }
    }
    let kind = if package.has_macros()? { Kind::Xlsm } else { Kind::Xlsx };
    package.finish().map(|bytes| Some((kind, bytes)))
}

/// The notes of each sheet.
fn notes(sheets: &[(String, String)], input: &Input<'_>, catalogue: &Catalogue) -> BTreeMap<usize, Notes> {
    let mut out: BTreeMap<usize, Notes> = BTreeMap::new();
    for finding in &input.report.findings {
        let mut paragraphs = super::note(finding, catalogue);
        let at = &finding.at;
        let sheet = at.sheet.as_deref().and_then(|name| sheets.iter().position(|(own, _)| own == name));
        let cell = at.cell.as_deref().and_then(cell_position);
        let (sheet, cell) = sheet.zip(cell).unwrap_or_else(|| {
            // What is on no cell is said at the start.
            paragraphs.insert(0, place::words(at, catalogue));
            (0, (0, 0))
        });
        let note = out.entry(sheet).or_default().entry(cell).or_default();
        if !note.is_empty() {
            note.push(String::new());
        }
        note.extend(paragraphs);
    }
    out
}

/// Puts the notes of a sheet into its parts.
fn annotate(package: &mut Package<'_>, part: &str, index: usize, notes: Notes) -> io::Result<Option<()>> {
    let Some(text) = package.text(part)? else { return Ok(None) };
    let Some(layout) = Layout::of(&text) else { return Ok(None) };
    let relations = package.relations(part)?;
    let own = relations.iter().find(|it| it.is("comments")).map(|it| it.part.clone());
    let drawn = layout.boxes.as_ref().map(|id| relations.iter().find(|it| it.id == *id));
    let drawn = match drawn {
        // The sheet names a part that it has not.
        Some(None) => return Ok(None),
        Some(Some(relation)) => Some(relation.part.clone()),
        None => None,
    };
    let before = match &own {
        Some(name) => Some(package.text(name)?),
        None => None,
    };
    let Some(comments) = Comments::of(before, &layout) else { return Ok(None) };
    let notes = beside_threads(notes, &comments);
    let boxes = match &drawn {
        Some(name) => package.text(name)?.and_then(Boxes::of),
        None => Some(Boxes::new(index)),
    };
    let Some(mut boxes) = boxes else { return Ok(None) };
    for (cell, paragraphs) in &notes {
        if drawn.is_none() || !comments.has(*cell) {
            boxes.add(*cell, paragraphs, &layout);
        }
    }
    if drawn.is_none() {
        comments.others(&notes).for_each(|cell| boxes.add(cell, &[], &layout));
    }
    let comments = comments.with(&notes);
    save(package, (part, &text, &layout), own, (drawn, &boxes.written()), comments)?;
    Ok(Some(()))
}

/// The notes, with those of cells that a discussion stands on moved to the right: a program shows the discussion alone.
fn beside_threads(notes: Notes, comments: &Comments) -> Notes {
    let mut out = Notes::new();
    for ((row, column), mut paragraphs) in notes {
        let mut free = column;
        while comments.is_thread((row, free)) {
            free += 1;
        }
        if free != column {
            paragraphs.insert(0, format!("{}:", cell_name(row, column)));
        }
        out.entry((row, free)).or_default().extend(paragraphs);
    }
    out
}

/// Writes the parts, and relates those that are new.
fn save(
    package: &mut Package<'_>,
    (part, text, layout): (&str, &str, &Layout),
    own: Option<String>,
    (drawn, boxes): (Option<String>, &str),
    comments: String,
) -> io::Result<()> {
    let folder = package.main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let own = match own {
        Some(own) => own,
        None => {
            let new = free(package, &format!("{folder}comments"), "xml");
            package.relate(part, "comments", &new)?;
            package.declare(&new, comments::TYPE)?;
            new
        }
    };
    package.set(&own, comments);
    let drawn = match drawn {
        Some(drawn) => drawn,
        None => {
            let new = free(package, &format!("{folder}drawings/vmlDrawing"), "vml");
            let id = package.relate(part, "vmlDrawing", &new)?;
            package.declare_all("vml", boxes::TYPE)?;
            let changed = layout.with_boxes(text, &id, package.kinds());
            package.set(part, changed);
            new
        }
    };
    package.set(&drawn, boxes.to_owned());
    Ok(())
}

/// A name with a number that no part has.
fn free(package: &Package<'_>, start: &str, extension: &str) -> String {
    let name = |number: u32| format!("{start}{number}.{extension}");
    (1..).map(name).find(|name| !package.has(name)).unwrap_or_else(|| name(0))
}

/// Name and part of each sheet of cells, in order.
fn sheets(package: &mut Package<'_>) -> io::Result<Vec<(String, String)>> {
    let main = package.main.clone();
    let relations = package.relations(&main)?;
    let text = package.text(&main)?.unwrap_or_default();
    let mut reader = Reader::from_str(&text);
    let mut out = Vec::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) if local(element.name().as_ref()) == "sheet" => {
                let (Some(name), Some(id)) = (attribute(&element, "name"), attribute(&element, "id")) else {
                    continue;
                };
                let relation = relations.iter().find(|it| it.id == id && it.is("worksheet"));
                out.extend(relation.map(|it| (name, it.part.clone())));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(out)
}
