//! What is drawn on a page: glyphs, rules, pictures.

use lopdf::ObjectId;

use super::geometry::{Area, Matrix};
use super::path::Rule;

/// A glyph on a page; y grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::read) struct Glyph {
    /// Where the pen stands, on the base line, and where it goes.
    pub start: (f64, f64),
    pub end: (f64, f64),
    /// Size of the letters as drawn.
    pub size: f64,
    /// Its letters, in the page's letters.
    pub letters: (u32, u32),
    /// Whether it is drawn without ink (a layer of recognised text).
    pub hidden: bool,
    /// How sure it is, in percent, where it was recognised from a picture.
    pub confidence: Option<u8>,
    /// In which direction it is written, in quarter turns clockwise from left to right.
    pub turn: u8,
    /// Index of its font among the page's.
    pub font: Option<u16>,
}

impl Glyph {
    /// A glyph of a width and a size at a place; `None` where it is not on a page.
    pub fn placed(
        place: Matrix,
        (width, size): (f64, f64),
        letters: (u32, u32),
        hidden: bool,
    ) -> Option<Self> {
        let (x, y) = place.apply(0.0, 0.0);
        let (x2, y2) = place.apply(width, 0.0);
        let height = (place.c * place.c + place.d * place.d).sqrt() * size.abs();
        if ![x, y, x2, y2, height].iter().all(|number| number.is_finite() && number.abs() < 1e6) {
            return None;
        }
        // The direction of writing on the page, y downwards.
        let turn = if place.a.abs() >= place.b.abs() {
            if place.a * size >= 0.0 { 0 } else { 2 }
        } else if place.b * size >= 0.0 {
            1
        } else {
            3
        };
        let (start, end) = ((x, y), (x2, y2));
        Some(Self { start, end, size: height, letters, hidden, confidence: None, turn, font: None })
    }

    /// A point near the middle of the glyph's letters.
    pub fn middle(&self) -> (f64, f64) {
        let (x, y) = (self.start.0.midpoint(self.end.0), self.start.1.midpoint(self.end.1));
        let up = self.size * 0.3;
        match self.turn {
            0 => (x, y - up),
            1 => (x + up, y),
            2 => (x, y + up),
            _ => (x - up, y),
        }
    }
}

/// What is drawn on a page.
#[derive(Debug, Default)]
pub(in crate::read) struct Marks {
    pub glyphs: Vec<Glyph>,
    pub letters: String,
    pub rules: Vec<Rule>,
    /// Pictures.
    pub pictures: Vec<Picture>,
    /// Other readings of what was recognised, by the glyph that begins it; ascending.
    pub readings: Vec<(usize, Vec<String>)>,
    /// How the page was turned to be straight.
    pub skew: Option<Skew>,
    /// Names of fonts whose letters are unknown.
    pub mute: Vec<String>,
    /// Names of the fonts that glyphs are drawn in.
    pub fonts: Vec<String>,
}

/// A picture on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::read) struct Picture {
    /// Its object, where it is one.
    pub id: Option<ObjectId>,
    /// From the unit square, y upwards, to the page.
    pub matrix: Matrix,
}

impl Picture {
    pub fn area(&self) -> Area {
        let corners = [(0.0, 1.0), (1.0, 0.0), (1.0, 1.0)];
        let first = self.matrix.apply(0.0, 0.0);
        corners.iter().fold(Area::of(first, first), |area, (x, y)| {
            let corner = self.matrix.apply(*x, *y);
            area.around(Area::of(corner, corner))
        })
    }
}

/// How a page was turned to be straight: by quarters clockwise, then by an angle around its middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::read) struct Skew {
    pub turns: u8,
    pub sine: f64,
    pub cosine: f64,
    /// Width and height of the straight page.
    pub size: (f64, f64),
}

impl Skew {
    /// Where a point of the straight page is on the page as it was.
    pub fn back(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let (width, height) = self.size;
        let (x, y) = (x - width / 2.0, y - height / 2.0);
        let (x, y) =
            (width / 2.0 + x * self.cosine - y * self.sine, height / 2.0 + x * self.sine + y * self.cosine);
        match self.turns {
            0 => (x, y),
            1 => (y, width - x),
            2 => (width - x, height - y),
            _ => (height - y, x),
        }
    }
}

impl Marks {
    /// Where a box of the page's marks is on the page as it is in the file.
    pub fn place(&self, area: Area) -> Area {
        let Some(skew) = self.skew else { return area };
        let corner = |x, y| {
            let at = skew.back((x, y));
            Area::of(at, at)
        };
        let corners = [(area.right, area.top), (area.left, area.bottom), (area.right, area.bottom)]
            .map(|(x, y)| corner(x, y));
        corners.into_iter().fold(corner(area.left, area.top), Area::around)
    }

    /// Other readings of what a glyph begins.
    pub fn readings_of(&self, glyph: usize) -> Option<&[String]> {
        let index = self.readings.binary_search_by_key(&glyph, |(begin, _)| *begin).ok()?;
        self.readings.get(index).map(|(_, readings)| readings.as_slice())
    }

    /// The index of a font; it is noted where it was not yet.
    pub fn font(&mut self, name: &str) -> Option<u16> {
        let known = self.fonts.iter().position(|font| font == name);
        let index = known.unwrap_or_else(|| {
            self.fonts.push(name.to_owned());
            self.fonts.len() - 1
        });
        u16::try_from(index).ok()
    }

    /// The name of the font that a glyph or a word is drawn in.
    pub fn font_name(&self, font: Option<u16>) -> Option<&str> {
        self.fonts.get(usize::from(font?)).map(String::as_str)
    }

    /// Writes a glyph.
    pub fn push(&mut self, text: &str, glyph: Glyph) {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let start = offset(self.letters.len());
        self.letters.push_str(text);
        self.glyphs.push(Glyph { letters: (start, offset(self.letters.len())), ..glyph });
    }

    pub fn text(&self, glyph: &Glyph) -> &str {
        self.letters.get(glyph.letters.0 as usize..glyph.letters.1 as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_a_turned_page_are_those_of_the_file() {
        let area = Area { left: 10.0, top: 20.0, right: 30.0, bottom: 25.0 };
        let placed = |turns, size| {
            let skew = Some(Skew { turns, sine: 0.0, cosine: 1.0, size });
            Marks { skew, ..Marks::default() }.place(area)
        };
        // A page of 100 by 200 that was turned clockwise is 200 wide; what stands at its upper left stood at the
        // lower left.
        let left = Area { left: 20.0, top: 170.0, right: 25.0, bottom: 190.0 };
        assert_eq!(placed(1, (200.0, 100.0)), left);
        assert_eq!(placed(0, (200.0, 100.0)), area);
        assert_eq!(placed(2, (200.0, 100.0)), Area { left: 170.0, top: 75.0, right: 190.0, bottom: 80.0 });
        assert_eq!(placed(3, (200.0, 100.0)), Area { left: 75.0, top: 10.0, right: 80.0, bottom: 30.0 });
    }
}
