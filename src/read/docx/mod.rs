//! Word documents (Office Open XML, ISO/IEC 29500; `.docx`): the package's parts become text with tables.
//!
//! The main part and the notes are read as trees (`body`, `runs`), then written in order (`write`): numbers of lists
//! are counted as the word processor counts them (`numbering`), tables are laid on their grids (`grid`), tables
//! without rules that only place text side by side become paragraphs (`placing`). Headers, footers, footnotes,
//! comments, hidden text, text struck through and what tracked changes deleted are set aside.

mod body;
mod grid;
mod numbering;
mod numerals;
mod parts;
mod placing;
mod runs;
mod styles;
mod symbols;
mod tree;
mod write;
mod xml;

use super::draft::Draft;
use super::package::{Package, Xml};
use super::{Bound, File, ReadError};
use crate::grammar::Grammar;
use crate::model::{Aside, NoticeKind};
use crate::source::Source;
use body::{Content, Tally};
use numbering::Lists;
use parts::{Parts, short};
use styles::Styles;
use write::Writer;
use xml::Items;

pub(super) use styles::{Borders, ParagraphProperties};
pub(super) use tree::{Cell, Merge, Paragraph, Piece, Row, Run, Table};

/// What errors call the format.
const FORMAT: &str = "Word";

/// Most bytes of text.
pub const MAX_TEXT: usize = 24 << 20;
/// Most paragraphs, those in cells among them.
pub const MAX_PARAGRAPHS: usize = 400_000;
/// Most cells of tables.
pub const MAX_TABLE_CELLS: usize = 200_000;
/// Most cells of tables after merged cells are laid on the grid.
pub const MAX_GRID_CELLS: usize = 250_000;
/// Most styles, and most lists and definitions of lists; a word processor allows 4,079 styles.
pub const MAX_DEFINITIONS: usize = 10_000;
/// Most columns of a table's grid; a word processor allows 63.
pub const MAX_GRID: usize = 512;
/// Deepest nesting of tables.
pub const MAX_TABLE_NESTING: usize = 24;

pub(super) fn read(file: File<'_>, grammar: &Grammar) -> Result<Source, ReadError> {
    let mut package = Package::open(file.bytes, FORMAT)?;
    let parts = Parts::of(&mut package)?;
    let mut draft = Draft::default();
    let styles = match part(&mut package, parts.styles.as_deref(), &mut draft)? {
        Some(xml) => Styles::read(&mut Items::new(xml))?,
        None => Styles::default(),
    };
    let lists = match part(&mut package, parts.numbering.as_deref(), &mut draft)? {
        Some(xml) => Lists::read(&mut Items::new(xml))?,
        None => Lists::default(),
    };
    let mut content = Content::new(&styles);
    let mut writer = Writer::new(draft, &styles, &lists, grammar);
    if let Some(xml) = package.xml(&parts.main)? {
        let mut items = Items::new(xml);
        content.begin_part();
        let pieces = content.read(&mut items)?;
        writer.main(short(&parts.main), &pieces)?;
        writer.note_cut(&items, &parts.main);
    }
    let notes = [
        (&parts.footnotes, Aside::Footnote),
        (&parts.endnotes, Aside::Footnote),
        (&parts.comments, Aside::Comment),
    ];
    let running = parts.running.iter().map(|name| (Some(name), Aside::RunningHead));
    for (name, reason) in notes.iter().map(|(name, reason)| (name.as_ref(), *reason)).chain(running) {
        let Some(name) = name else { continue };
        let Some(xml) = package.xml(name)? else { continue };
        let mut items = Items::new(xml);
        content.begin_part();
        let read = content.read(&mut items);
        match read {
            Ok(pieces) => writer.aside(short(name), &pieces, reason)?,
            Err(ReadError::Damaged { .. }) => items.cut = true,
            Err(error) => return Err(error),
        }
        writer.note_cut(&items, name);
    }
    writer.finish(&content.tally).finish(file.facts("docx", "", 0), grammar)
}

/// Content that another format lays out as a Word document's.
#[derive(Debug, Default)]
pub(super) struct Laid {
    pub pieces: Vec<Piece>,
    /// What is set aside, with the name of the part that it would be in a Word document.
    pub apart: Vec<(Aside, &'static str, Vec<Piece>)>,
    /// How many hidden stretches, and how many struck through, were set aside.
    pub hidden: u32,
    pub struck: u32,
    /// How many pictures were not.
    pub pictures: u32,
}

/// Writes such content: tables on their grids, those that only place text as paragraphs.
pub(super) fn write(laid: &Laid, grammar: &Grammar) -> Result<Draft, ReadError> {
    let (styles, lists) = (Styles::default(), Lists::default());
    let mut writer = Writer::new(Draft::default(), &styles, &lists, grammar);
    writer.main("document", &laid.pieces)?;
    for (reason, part, pieces) in &laid.apart {
        writer.aside(part, pieces, *reason)?;
    }
    let mut tally = Tally::default();
    (tally.hidden, tally.struck, tally.pictures) = (laid.hidden, laid.struck, laid.pictures);
    Ok(writer.finish(&tally))
}

/// A part that the document can do without.
fn part<'p, 'a>(
    package: &'p mut Package<'a>,
    name: Option<&str>,
    draft: &mut Draft,
) -> Result<Option<Xml<'p, 'a>>, ReadError> {
    let Some(name) = name else { return Ok(None) };
    match package.xml(name) {
        Err(ReadError::Damaged { .. }) => {
            draft.note(NoticeKind::Damaged, name, false);
            Ok(None)
        }
        other => other,
    }
}

/// Whether so many definitions are allowed.
fn defined(count: usize) -> Result<(), ReadError> {
    if count > MAX_DEFINITIONS {
        return Err(ReadError::Limit { bound: Bound::Objects, limit: MAX_DEFINITIONS as u64 });
    }
    Ok(())
}
