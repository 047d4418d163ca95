//! Workbooks of Office Open XML (ECMA-376-1, part 18): `.xlsx` and `.xlsm`.

mod around;
mod cells;
mod styles;

use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;

use super::book::{
    Count, FontRun, MAX_FILLED, MAX_SHARED, MAX_SHEETS, MAX_STRING, Sheet, Styles, begin_run, within,
};
use crate::read::package::{Package, Xml, attribute, push_text};
use crate::read::{Bound, ReadError};
use crate::source::{related_part, relations_part};

pub(super) const FORMAT: &str = "Excel";

/// A sheet as the workbook names it.
struct Entry {
    name: String,
    hidden: bool,
    part: String,
}

/// What all sheets share.
pub(super) struct Shared {
    pub strings: Strings,
    pub styles: Rc<Styles>,
    pub from_1904: bool,
}

/// The strings that cells share, in one text.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
    /// Where parts of a string stand in fonts of their own, by its index.
    runs: FxHashMap<usize, Vec<FontRun>>,
    runs_kept: usize,
}

impl Strings {
    /// Adds a string with the fonts of its parts; of more than [`MAX_FILLED`] parts in all only the first are kept.
    pub fn push(&mut self, text: &str, runs: Vec<FontRun>) -> Result<(), ReadError> {
        within(text.len(), MAX_STRING, Bound::Text)?;
        within(self.text.len() + text.len() + 4 * self.ends.len(), MAX_SHARED, Bound::Text)?;
        if runs.iter().any(|(_, font)| font.is_some()) && self.runs_kept + runs.len() <= MAX_FILLED {
            self.runs_kept += runs.len();
            self.runs.insert(self.ends.len(), runs);
        }
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        Ok(())
    }

    /// A string, and the fonts of its parts.
    pub fn get(&self, index: usize) -> (&str, &[FontRun]) {
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let Some(end) = self.ends.get(index) else { return ("", &[]) };
        let runs = self.runs.get(&index).map(Vec::as_slice).unwrap_or_default();
        (self.text.get(start as usize..*end as usize).unwrap_or_default(), runs)
    }
}

/// Reads a workbook; `take` gets its sheets in their order.
pub(super) fn read(
    bytes: &[u8],
    mut take: impl FnMut(Sheet) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut package = Package::open(bytes, FORMAT)?;
    let workbook = workbook_part(&mut package, "xl/workbook.xml")?;
    let relations = relations(&mut package, &workbook)?;
    let Book { entries, from_1904, recalculate } = book(&mut package, &workbook, &relations)?;
    let part = |kind: &str, usual: &str| {
        let known = relations.iter().find(|relation| relation.kind == kind);
        known.map_or_else(|| related_part(&workbook, usual), |relation| relation.target.clone())
    };
    let styles = match package.xml(&part("styles", "styles.xml"))? {
        Some(xml) => Rc::new(styles::read(xml)?),
        None => Rc::default(),
    };
    let strings = match package.xml(&part("sharedStrings", "sharedStrings.xml"))? {
        Some(xml) => strings(xml)?,
        None => Strings::default(),
    };
    let shared = Shared { strings, styles, from_1904 };
    let mut count = Count::default();
    for entry in entries {
        let (styles, from_1904) = (Some(Rc::clone(&shared.styles)), shared.from_1904);
        let mut sheet = Sheet {
            name: entry.name,
            hidden: entry.hidden,
            styles,
            from_1904,
            recalculate,
            ..Sheet::default()
        };
        let xml = package.xml(&entry.part)?;
        xml.map_or(Ok(()), |xml| cells::read(xml, &shared, &mut sheet, &mut count))?;
        around::read(&mut package, &entry.part, &mut sheet)?;
        sheet.sort();
        take(sheet)?;
    }
    Ok(())
}

/// A relation of a part to another.
pub(super) struct Relation {
    pub id: String,
    /// The last part of its type's address: "worksheet".
    pub kind: String,
    pub target: String,
}

/// The part that the package begins with.
pub(super) fn workbook_part(package: &mut Package<'_>, usual: &str) -> Result<String, ReadError> {
    let found = relations(package, "")?.into_iter().find(|relation| relation.kind == "officeDocument");
    Ok(found.map_or_else(|| usual.to_owned(), |relation| relation.target))
}

/// The relations of a part; "" is the package.
pub(super) fn relations(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>, ReadError> {
    let Some(mut xml) = package.xml(&relations_part(part))? else { return Ok(Vec::new()) };
    let mut out = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == "Relationship" =>
            {
                within(out.len(), MAX_SHEETS * 10, Bound::Entries)?;
                let get = |name| attribute(&element, name).unwrap_or_default();
                let kind = get("Type").rsplit('/').next().unwrap_or_default().to_owned();
                out.push(Relation { id: get("Id"), kind, target: related_part(part, &get("Target")) });
            }
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

/// What the workbook's own part says.
#[derive(Default)]
struct Book {
    /// The sheets in their order.
    entries: Vec<Entry>,
    from_1904: bool,
    /// Whether formulas are to be worked out when it is opened.
    recalculate: bool,
}

fn book(package: &mut Package<'_>, workbook: &str, relations: &[Relation]) -> Result<Book, ReadError> {
    let Some(mut xml) = package.xml(workbook)? else {
        return Err(ReadError::Damaged { format: FORMAT, reason: "no workbook part".to_owned() });
    };
    let mut out = Book::default();
    loop {
        match xml.next()? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "workbookPr" => {
                    out.from_1904 = attribute(&element, "date1904").is_some_and(|value| is_true(&value));
                }
                "calcPr" => {
                    out.recalculate =
                        attribute(&element, "fullCalcOnLoad").is_some_and(|value| is_true(&value));
                }
                "sheet" => {
                    within(out.entries.len() + 1, MAX_SHEETS, Bound::Sheets)?;
                    let id = attribute(&element, "id").unwrap_or_default();
                    let relation = relations.iter().find(|relation| relation.id == id);
                    let part = match relation {
                        // Chart sheets and macro sheets hold no cells.
                        Some(relation) if relation.kind != "worksheet" => continue,
                        Some(relation) => relation.target.clone(),
                        None => {
                            related_part(workbook, &format!("worksheets/sheet{}.xml", out.entries.len() + 1))
                        }
                    };
                    let state = attribute(&element, "state").unwrap_or_default();
                    let hidden = matches!(state.as_str(), "hidden" | "veryHidden");
                    let name = attribute(&element, "name").unwrap_or_default();
                    out.entries.push(Entry { name, hidden, part });
                }
                _ => {}
            },
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

pub(super) fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

/// The shared strings; runs of one string are joined, readings of its letters left out.
fn strings(mut xml: Xml<'_, '_>) -> Result<Strings, ReadError> {
    let mut out = Strings::default();
    let mut text = Rich::default();
    loop {
        let (begins, ends) = match xml.next()? {
            Event::Start(element) => (element.local_name().as_ref() == "si", false),
            Event::Empty(element) => (false, element.local_name().as_ref() == "si"),
            Event::Eof => return Ok(out),
            _ => (false, false),
        };
        if begins {
            string(&mut xml, "si", &mut text)?;
        }
        if begins || ends {
            let Rich { text, runs } = std::mem::take(&mut text);
            out.push(&text, runs)?;
        }
    }
}

/// A string of runs (18.4.4).
#[derive(Default)]
pub(super) struct Rich {
    pub text: String,
    /// Where runs begin that stand in other fonts than those before.
    pub runs: Vec<FontRun>,
}

impl Rich {
    fn begin_run(&mut self) {
        begin_run(&mut self.runs, self.text.len(), None);
    }

    fn font(&mut self, element: &BytesStart<'_>) {
        let font: Option<Rc<str>> = attribute(element, "val").map(Rc::from);
        begin_run(&mut self.runs, self.text.len(), font);
    }
}

/// The text of a string's runs, up to the end of its element.
pub(super) fn string(xml: &mut Xml<'_, '_>, end: &str, out: &mut Rich) -> Result<(), ReadError> {
    let (mut inside, mut reading) = (false, 0_u32);
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "t" => inside = true,
                "rPh" => reading += 1,
                "r" if reading == 0 => out.begin_run(),
                "rFont" => out.font(&element),
                _ => {}
            },
            Event::Empty(element) if element.local_name().as_ref() == "rFont" => out.font(&element),
            Event::End(element) => match element.local_name().as_ref() {
                "t" => inside = false,
                "rPh" => reading = reading.saturating_sub(1),
                name if name == end => break,
                _ => {}
            },
            Event::Eof => break,
            event if inside && reading == 0 => push_text(&event, &mut out.text),
            _ => {}
        }
        within(out.text.len(), MAX_STRING, Bound::Text)?;
    }
    // Characters that XML cannot hold are written as "_x000D_" (18.4.12).
    if out.text.contains("_x") {
        let text = unescaped(&out.text);
        if text.len() != out.text.len() {
            out.runs.clear();
        }
        out.text = text;
    }
    Ok(())
}

/// "_x000D_" is the character of that number.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let code = from.get(2..6).filter(|_| from.as_bytes().get(6) == Some(&b'_'));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = from.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = from.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_characters_are_themselves() {
        assert_eq!(unescaped("a_x000D_b_x5_ _xZZZZ_"), "a\rb_x5_ _xZZZZ_");
    }
}
