//! What stands in a paragraph: runs of text, breaks, symbols, fields, text boxes, tracked changes.

use super::body::{Content, is_property};
use super::styles::RunProperties;
use super::symbols;
use super::tree::{Paragraph, Run};
use super::xml::{Element, Item, Items};
use crate::model::Aside;
use crate::read::ReadError;
use crate::text::raised;

/// The tracked change that content is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    None,
    Inserted,
    Deleted,
}

/// What a run weighs beside its text, in bytes.
const RUN: usize = 16;
/// Most fields inside fields; deeper ones are shown as they are.
const MAX_FIELDS: usize = 64;

impl Content<'_> {
    pub(super) fn inline(
        &mut self,
        items: &mut Items<'_, '_>,
        change: Change,
        paragraph: &mut Paragraph,
    ) -> Result<(), ReadError> {
        loop {
            let element = match items.next()? {
                Item::Open(element) => element,
                Item::Text(_) => continue,
                Item::Close | Item::End => return Ok(()),
            };
            match &*element.name {
                "pPr" => {
                    let node = items.node(element)?;
                    self.paragraph_properties(&node, paragraph);
                }
                "r" => self.run(items, change, paragraph)?,
                "ins" | "moveTo" => {
                    self.tally.inserted += 1;
                    // What was inserted and then deleted is deleted.
                    let inner = if change == Change::Deleted { change } else { Change::Inserted };
                    self.inline(items, inner, paragraph)?;
                }
                "del" | "moveFrom" => {
                    self.tally.deleted += 1;
                    self.inline(items, Change::Deleted, paragraph)?;
                }
                "AlternateContent" => {
                    self.alternatives(items, |content, items| content.inline(items, change, paragraph))?;
                }
                "drawing" | "pict" | "object" => self.graphics(items, change, paragraph)?,
                "fldData" => items.skip()?,
                name if is_property(name) => items.skip()?,
                _ => self.inline(items, change, paragraph)?,
            }
        }
    }

    fn run(
        &mut self,
        items: &mut Items<'_, '_>,
        change: Change,
        paragraph: &mut Paragraph,
    ) -> Result<(), ReadError> {
        let mut properties = RunProperties::default();
        let mut resolved = None;
        self.run_content(items, change, paragraph, &mut properties, &mut resolved)
    }

    /// The content of a run. `resolved` is what `properties` and the styles give, once it is needed.
    fn run_content(
        &mut self,
        items: &mut Items<'_, '_>,
        change: Change,
        paragraph: &mut Paragraph,
        properties: &mut RunProperties,
        resolved: &mut Option<RunProperties>,
    ) -> Result<(), ReadError> {
        loop {
            let element = match items.next()? {
                Item::Open(element) => element,
                Item::Text(_) => continue,
                Item::Close | Item::End => return Ok(()),
            };
            let deleted = change == Change::Deleted;
            match &*element.name {
                "rPr" => {
                    let node = items.node(element)?;
                    *properties = RunProperties::of(&node);
                    *resolved = None;
                }
                "t" | "delText" => {
                    let deleted = deleted || *element.name == *"delText";
                    let text = items.text()?;
                    self.count_text(text.len() + RUN)?;
                    let look = self.look(properties, resolved, paragraph);
                    self.text(&text, look, deleted, paragraph);
                }
                "sym" | "tab" | "ptab" | "noBreakHyphen" => {
                    let text = symbol(&element);
                    items.skip()?;
                    let apart = self.look(properties, resolved, paragraph).apart(&text, deleted);
                    if self.is_shown() {
                        paragraph.push(&text, apart);
                    }
                }
                "br" | "cr" => {
                    let page = element.get("type") == Some("page");
                    items.skip()?;
                    self.count_text(RUN)?;
                    let hidden = self.look(properties, resolved, paragraph).hidden == Some(true);
                    if !deleted && !hidden && self.is_shown() {
                        paragraph.runs.push(if page { Run::PageBreak } else { Run::LineBreak });
                    }
                }
                "fldChar" => {
                    self.field(element.get("fldCharType"));
                    items.skip()?;
                }
                "drawing" | "pict" | "object" => self.graphics(items, change, paragraph)?,
                "AlternateContent" => self.alternatives(items, |content, items| {
                    content.run_content(items, change, paragraph, properties, resolved)
                })?,
                "instrText" | "delInstrText" | "fldData" => items.skip()?,
                name if is_property(name) => items.skip()?,
                _ => self.run_content(items, change, paragraph, properties, resolved)?,
            }
        }
    }

    fn text(&mut self, text: &str, look: &RunProperties, deleted: bool, paragraph: &mut Paragraph) {
        if !self.is_shown() {
            return;
        }
        let apart = look.apart(text, deleted);
        match apart.filter(|_| !text.trim().is_empty()) {
            Some(Aside::Hidden) => self.tally.hidden += 1,
            Some(Aside::Struck) => self.tally.struck += 1,
            _ => {}
        }
        let letters = symbols::decoded(text, look.font.as_deref());
        let font = look.font.as_ref().filter(|font| apart.is_none() && symbols::may_be_old(font));
        if let Some(font) = font {
            paragraph.runs.push(Run::Font(Some(font.clone())));
        }
        let before = match paragraph.runs.last() {
            Some(Run::Text(before)) if look.raised == Some(true) && apart.is_none() => before.as_str(),
            _ => "",
        };
        if let Some(power) = raised(before, &letters) {
            paragraph.push(&power, apart);
        } else if look.capitals == Some(true) {
            paragraph.push(&letters.to_uppercase(), apart);
        } else {
            paragraph.push(&letters, apart);
        }
        if font.is_some() {
            paragraph.runs.push(Run::Font(None));
        }
    }

    /// What a run's own properties and the styles give, worked out once.
    fn look<'r>(
        &self,
        properties: &RunProperties,
        resolved: &'r mut Option<RunProperties>,
        paragraph: &Paragraph,
    ) -> &'r RunProperties {
        let style = paragraph.properties.style.as_deref();
        resolved.get_or_insert_with(|| self.styles.run(properties, style))
    }

    /// A field begins, comes to its result, or ends.
    fn field(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") if self.fields.len() < MAX_FIELDS => self.fields.push(false),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    *field = true;
                }
            }
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
    }

    /// Whether text is shown: outside fields, or in the results of all that are open.
    fn is_shown(&self) -> bool {
        self.fields.iter().all(|result| *result)
    }

    /// Text boxes in a drawing; pictures are counted.
    fn graphics(
        &mut self,
        items: &mut Items<'_, '_>,
        change: Change,
        paragraph: &mut Paragraph,
    ) -> Result<(), ReadError> {
        loop {
            let element = match items.next()? {
                Item::Open(element) => element,
                Item::Text(_) => continue,
                Item::Close | Item::End => return Ok(()),
            };
            match &*element.name {
                "txbxContent" => {
                    // A field that is open around the drawing is none of the box's.
                    let around = std::mem::take(&mut self.fields);
                    self.pieces(items, change, &mut paragraph.boxes)?;
                    self.fields = around;
                }
                "AlternateContent" => {
                    self.alternatives(items, |content, items| content.graphics(items, change, paragraph))?;
                }
                "blip" | "imagedata" => {
                    self.tally.pictures += 1;
                    items.skip()?;
                }
                _ => self.graphics(items, change, paragraph)?,
            }
        }
    }
}

impl RunProperties {
    /// Why a run's text is set aside, if it is. A space that is struck through still is a space.
    fn apart(&self, text: &str, deleted: bool) -> Option<Aside> {
        if deleted {
            Some(Aside::Deleted)
        } else if self.hidden == Some(true) {
            Some(Aside::Hidden)
        } else {
            (self.struck == Some(true) && !text.trim().is_empty()).then_some(Aside::Struck)
        }
    }
}

/// The character of a `sym`, a tab or a hyphen.
fn symbol(element: &Element) -> String {
    match &*element.name {
        "sym" => {}
        "noBreakHyphen" => return "-".to_owned(),
        _ => return "\t".to_owned(),
    }
    let code = element.get("char").and_then(|code| u32::from_str_radix(code, 16).ok());
    let Some(c) = code.and_then(char::from_u32) else { return String::new() };
    symbols::decoded(&c.to_string(), element.get("font")).into_owned()
}
