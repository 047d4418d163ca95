//! Scanned pages: pictures of text, made into what is drawn on a page (`pdf::Marks`), from which words, lines and
//! tables come as from any page.
//!
//! A picture is made even and straight, its ruled lines are found and painted over, and each cell between them is
//! recognised by itself; what stands outside tables is recognised as a page. Columns of figures are read a second
//! time, knowing that they are figures: where the readings differ, both are kept and the cell is unsure.

#![allow(clippy::float_arithmetic, reason = "points on a page; no amount is a float")]

mod again;
mod cells;
mod picture;
mod ruled;
mod straight;
mod words;

use rayon::prelude::*;

pub(super) use picture::{MAX_PIXELS, bits, brightness, decode, within};

use super::draft::Draft;
use super::pdf::{Marks, Seen, Skew, write_page};
use super::programs::{Picture, Programs};
use super::{File, ReadError};
use crate::grammar::Grammar;
use crate::model::NoticeKind;
use crate::source::Source;
use cells::Cut;
pub(super) use straight::quarter;

/// How many points an inch pictures have that are given to be recognised, about.
pub const RESOLUTION: u32 = 300;
/// How many pages are recognised at a time.
pub(super) const AT_A_TIME: usize = 8;
/// A page of whose text less is sure, in percent, was read the wrong way up.
const READABLE: usize = 40;
/// The width of A4 in inches, which a page has whose picture does not tell.
const A4: f64 = 8.27;

/// The picture of a page.
#[derive(Debug)]
pub(super) struct Sheet {
    picture: Picture,
    /// Points an inch.
    dpi: f64,
}

/// What is on a page, and the page's width and height in points.
pub(super) type Drawn = (Marks, (f64, f64));

/// A page that is ready to be cut into pieces.
struct Page {
    /// Straight, without rules.
    picture: Picture,
    ink: straight::Ink,
    dpi: f64,
    marks: Marks,
    size: (f64, f64),
    /// Quarter turns that it was given.
    turns: u8,
}

impl Sheet {
    /// A picture; `dpi` is what its file says, which may be senseless.
    pub fn new(picture: Picture, dpi: Option<f64>) -> Self {
        let short = picture.width.min(picture.height);
        let guess = f64::from(u32::try_from(short).unwrap_or(u32::MAX)) / A4;
        // No page that is scanned to be read is so small or so large.
        let sensible = |dpi: &f64| (60.0..=1300.0).contains(dpi) && (0.3..2.2).contains(&(guess / dpi));
        let dpi = dpi.filter(sensible).unwrap_or(guess).max(1.0);
        let resolution = f64::from(RESOLUTION);
        if dpi <= resolution * 1.1 {
            return Self { picture, dpi };
        }
        // More points make nothing clearer, and take time and memory.
        let size = (picture.width, picture.height);
        Self { picture: straight::cut(&picture, (0, 0), size, resolution / dpi, 0), dpi: resolution }
    }
}

/// Reads a file of pictures.
pub(super) fn read(file: File<'_>, grammar: &Grammar) -> Result<Source, ReadError> {
    let sheets = picture::sheets(file.bytes)?;
    let Some(programs) = file.options.programs.as_deref() else {
        return Err(ReadError::NeedsProgram { format: "picture", program: "tesseract" });
    };
    let mut draft = Draft::default();
    let mut seen = Seen::default();
    let count = u32::try_from(sheets.len()).unwrap_or(u32::MAX);
    draft.set_pages(count);
    let mut number = 0;
    let mut sheets = sheets.into_iter();
    loop {
        let batch: Vec<Sheet> = sheets.by_ref().take(AT_A_TIME).collect();
        if batch.is_empty() {
            break;
        }
        for (marks, size) in recognise(batch, programs)? {
            if number > 0 {
                draft.page_break();
            }
            number += 1;
            write_page(&mut draft, &mut seen, &marks, number, size, grammar);
            draft.within()?;
        }
        programs.progress(number, count);
    }
    draft.note(NoticeKind::Recognised, ranges(&(1..=count).collect::<Vec<_>>()), false);
    draft.finish(file.facts("picture", "", 0), grammar)
}

/// What is on pages, and their sizes in points.
///
/// # Errors
/// Those of the programs.
pub(super) fn recognise(sheets: Vec<Sheet>, programs: &dyn Programs) -> Result<Vec<Drawn>, ReadError> {
    let mut pages: Vec<Page> = sheets.par_iter().map(|sheet| prepare(sheet, None)).collect();
    let mut cuts = cuts(&pages);
    cells::first_reading(&mut cuts, &pages, programs)?;
    cuts = other_way_up(&sheets, &mut pages, cuts, programs)?;
    drop(sheets);
    again::second_reading(&mut cuts, &pages, programs)?;
    for cut in cuts {
        if let Some(page) = pages.get_mut(cut.page) {
            words::write(page, &cut);
        }
    }
    Ok(pages.into_iter().map(|page| (page.marks, page.size)).collect())
}

fn cuts(pages: &[Page]) -> Vec<Cut> {
    pages.par_iter().enumerate().flat_map_iter(|(index, page)| cells::cuts(page, index)).collect()
}

/// Pages on which next to nothing could be read stand upside down: they are turned, and what is read better is kept.
fn other_way_up(
    sheets: &[Sheet],
    pages: &mut [Page],
    cuts: Vec<Cut>,
    programs: &dyn Programs,
) -> Result<Vec<Cut>, ReadError> {
    let mut by_page: Vec<Vec<Cut>> = pages.iter().map(|_| Vec::new()).collect();
    for cut in cuts {
        if let Some(of_page) = by_page.get_mut(cut.page) {
            of_page.push(cut);
        }
    }
    for (index, (sheet, page)) in sheets.iter().zip(pages.iter_mut()).enumerate() {
        let Some(here) = by_page.get_mut(index) else { continue };
        if here.is_empty() || cells::readable(here) >= READABLE {
            continue;
        }
        let turned = [prepare(sheet, Some((page.turns + 2) % 4))];
        let mut there: Vec<Cut> = turned.iter().flat_map(|page| cells::cuts(page, 0)).collect();
        cells::first_reading(&mut there, &turned, programs)?;
        if cells::readable(&there) > cells::readable(here) {
            there.iter_mut().for_each(|cut| cut.page = index);
            *here = there;
            turned.into_iter().for_each(|turned| *page = turned);
        }
    }
    Ok(by_page.into_iter().flatten().collect())
}

/// Makes a page ready. `turns` are quarter turns clockwise; without them a page whose lines go up and down is turned.
fn prepare(sheet: &Sheet, turns: Option<u8>) -> Page {
    let dpi = sheet.dpi;
    let mut even = straight::evened(&sheet.picture);
    for _ in 0..turns.unwrap_or(0) {
        even = straight::quarter(&even);
    }
    let ink = straight::ink(&even);
    let angle = straight::slant(&ink);
    let mut picture = straight::turned(&even, angle);
    drop(even);
    let ink = straight::ink(&picture);
    let rules = ruled::rules(&ink, &mut picture, dpi);
    // Rules are no letters.
    let ink = straight::ink(&picture);
    if turns.is_none() && straight::is_sideways(&ink) {
        return prepare(sheet, Some(1));
    }
    let turns = turns.unwrap_or(0);
    let points = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX)) * 72.0 / dpi;
    let size = (points(picture.width), points(picture.height));
    let skew = Skew { turns, sine: angle.sin(), cosine: angle.cos(), size };
    let marks = Marks { rules, skew: Some(skew), ..Marks::default() };
    Page { picture, ink, dpi, marks, size, turns }
}

/// Page numbers as ranges: "1-3, 5".
pub(super) fn ranges(pages: &[u32]) -> String {
    let mut out: Vec<(u32, u32)> = Vec::new();
    for page in pages {
        match out.last_mut() {
            Some((_, last)) if *last + 1 == *page => *last = *page,
            _ => out.push((*page, *page)),
        }
    }
    let one = |(first, last): &(u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    out.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_in_a_row_are_a_range() {
        assert_eq!(ranges(&[1, 2, 3, 5, 7, 8]), "1-3, 5, 7-8");
        assert_eq!(ranges(&[]), "");
    }

    #[test]
    fn a_density_that_no_page_has_is_not_believed() {
        let dpi = |told| Sheet::new(Picture::blank(1654, 2339), told).dpi.round();
        assert_eq!(dpi(Some(200.0)), 200.0);
        assert_eq!(dpi(Some(72.0)), 200.0);
        assert_eq!(dpi(None), 200.0);
    }
}
