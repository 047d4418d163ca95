//! The pages of a file in order: those with text are written, those that are pictures of text are recognised first,
//! several at a time.

use lopdf::Document;

use super::geometry::Area;
use super::marks::{Marks, Picture};
use super::page::{self, Seen};
use super::picture;
use crate::grammar::Grammar;
use crate::model::{Aside, NoticeKind};
use crate::read::draft::Draft;
use crate::read::scan::{self, Sheet};
use crate::read::{File, ReadError, programs};

/// A picture that covers this share of a page, in percent, is the page.
const WHOLE: f64 = 60.0;
/// Fewer letters than this beside a picture of a page are a stamp's: who signed, and when.
const STAMP: usize = 400;
/// Most pages that wait for those before them.
const WAITING: usize = 64;
/// The density at which pages are drawn whose picture cannot be taken out.
const DRAWN: u32 = 300;

/// What is to be written, in order.
enum Waiting {
    Text(Marks, (f64, f64)),
    /// A page that is a picture, with what else is drawn on it.
    Scan(Sheet, Marks),
}

/// Writes pages in order.
pub(super) struct Pages<'a> {
    pub draft: Draft,
    file: File<'a>,
    document: &'a Document,
    grammar: &'a Grammar,
    seen: Seen,
    waiting: Vec<Waiting>,
    /// How many pages came, and how many were written.
    come: u32,
    written: u32,
    all: u32,
    recognised: Vec<u32>,
    /// Pages that are pictures, where nothing can recognise them.
    unread: Vec<u32>,
}

impl<'a> Pages<'a> {
    pub fn new(file: File<'a>, document: &'a Document, count: usize, grammar: &'a Grammar) -> Self {
        let all = u32::try_from(count).unwrap_or(u32::MAX);
        let mut draft = Draft::default();
        draft.set_pages(all);
        Self {
            draft,
            file,
            document,
            grammar,
            seen: Seen::default(),
            waiting: Vec::new(),
            come: 0,
            written: 0,
            all,
            recognised: Vec::new(),
            unread: Vec::new(),
        }
    }

    /// The next page.
    ///
    /// # Errors
    /// Those of recognition, and of the draft's bounds.
    pub fn add(&mut self, marks: Marks, size: (f64, f64)) -> Result<(), ReadError> {
        self.come += 1;
        match self.scan_of(&marks, size)? {
            Some(sheet) => self.waiting.push(Waiting::Scan(sheet, marks)),
            None => self.waiting.push(Waiting::Text(marks, size)),
        }
        let scans = self.waiting.iter().filter(|waiting| matches!(waiting, Waiting::Scan(..))).count();
        if scans == 0 || scans >= scan::AT_A_TIME || self.waiting.len() >= WAITING {
            self.write()?;
        }
        Ok(())
    }

    /// The draft with all pages.
    ///
    /// # Errors
    /// As [`Pages::add`]; a file of nothing but pictures where nothing can recognise them.
    pub fn finish(mut self) -> Result<Draft, ReadError> {
        self.write()?;
        if !self.recognised.is_empty() {
            self.draft.note(NoticeKind::Recognised, scan::ranges(&self.recognised), false);
        }
        if self.unread.is_empty() {
            return Ok(self.draft);
        }
        if self.draft.len() < STAMP && self.unread.len() * 2 >= self.all as usize {
            return Err(ReadError::NeedsProgram { format: "PDF", program: "tesseract" });
        }
        self.draft.note(NoticeKind::PageWithoutText, scan::ranges(&self.unread), false);
        Ok(self.draft)
    }

    /// The picture that a page is, if it is one and can be recognised.
    fn scan_of(&mut self, marks: &Marks, size: (f64, f64)) -> Result<Option<Sheet>, ReadError> {
        if !is_scan(marks, size) {
            return Ok(None);
        }
        let Some(programs) = self.file.options.programs.as_deref() else {
            self.unread.push(self.come);
            return Ok(None);
        };
        self.recognised.push(self.come);
        if let Some(sheet) = self.whole(marks, size) {
            return Ok(Some(sheet));
        }
        let password = self.file.options.password.as_deref();
        let drawn = programs.draw(self.file.bytes, password, self.come, DRAWN)?;
        Ok(Some(Sheet::new(scan::decode(&drawn)?, Some(f64::from(DRAWN)))))
    }

    /// The one picture that covers the page, taken out of the file.
    fn whole(&self, marks: &Marks, size: (f64, f64)) -> Option<Sheet> {
        let whole = Area { left: 0.0, top: 0.0, right: size.0, bottom: size.1 };
        let [only] = marks.pictures.as_slice() else { return None };
        let near = |a: f64, b: f64| (a - b).abs() < 0.05 * size.0.max(size.1);
        let area = only.area();
        // Where it does not begin at the page's corner, its places would not be the page's.
        if !(near(area.left, whole.left) && near(area.top, whole.top) && near(area.right, whole.right)) {
            return None;
        }
        let turns = picture::turns(only)?;
        let mut points = picture::points(self.document, only.id?)?;
        for _ in 0..turns {
            points = scan::quarter(&points);
        }
        let width = f64::from(u32::try_from(points.width).ok()?);
        Some(Sheet::new(points, Some(width / area.width() * 72.0)))
    }

    fn write(&mut self) -> Result<(), ReadError> {
        let mut scans = Vec::new();
        let mut order = Vec::new();
        for waiting in self.waiting.drain(..) {
            match waiting {
                Waiting::Text(marks, size) => order.push((Some((marks, size)), None)),
                Waiting::Scan(sheet, stamp) => {
                    scans.push(sheet);
                    order.push((None, Some(stamp)));
                }
            }
        }
        let recognised = match self.file.options.programs.as_deref() {
            Some(programs) if !scans.is_empty() => {
                let read = scan::recognise(scans, programs)?;
                self.progress(programs);
                read
            }
            _ => Vec::new(),
        };
        let mut recognised = recognised.into_iter();
        for (text, stamp) in order {
            let Some((marks, size)) = text.or_else(|| recognised.next()) else { continue };
            if self.written > 0 {
                self.draft.page_break();
            }
            self.written += 1;
            page::write(&mut self.draft, &mut self.seen, &marks, self.written, size, self.grammar);
            if let Some(stamp) = stamp.filter(|stamp| !stamp.glyphs.is_empty()) {
                page::write_apart(&mut self.draft, &stamp, self.written, Aside::Stamp);
            }
            self.draft.within()?;
        }
        Ok(())
    }

    fn progress(&self, programs: &dyn programs::Programs) {
        programs.progress(self.come, self.all);
    }
}

/// Whether a page is a picture of text: one that covers it, with no more letters than a stamp's, and no layer of
/// letters that were recognised before.
fn is_scan(marks: &Marks, size: (f64, f64)) -> bool {
    let page = (size.0 * size.1).max(1.0);
    let share = |picture: &Picture| {
        let area = picture.area();
        let (width, height) = (area.width().min(size.0), area.height().min(size.1));
        width * height * 100.0 / page
    };
    // A scanner may cut a page into strips.
    let covered: f64 = marks.pictures.iter().map(share).sum();
    let letters = |hidden: bool| {
        let of_kind = marks.glyphs.iter().filter(move |glyph| glyph.hidden == hidden);
        of_kind.filter(|glyph| !marks.text(glyph).trim().is_empty()).count()
    };
    covered >= WHOLE && letters(false) < STAMP && letters(true) < STAMP / 4
}
