//! What is drawn on a page: glyphs, rules, pictures.

use super::geometry::Area;
use super::path::Rule;

/// A glyph on a page; y grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    /// Where the pen stands, on the base line, and where it goes.
    pub start: (f64, f64),
    pub end: (f64, f64),
    /// Size of the letters as drawn.
    pub size: f64,
    /// Its letters, in the page's letters.
    pub letters: (u32, u32),
    /// Whether it is drawn without ink (a layer of recognised text).
    pub hidden: bool,
    /// In which direction it is written, in quarter turns clockwise from left to right.
    pub turn: u8,
}

impl Glyph {
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
pub(super) struct Marks {
    pub glyphs: Vec<Glyph>,
    pub letters: String,
    pub rules: Vec<Rule>,
    /// Boxes of pictures.
    pub pictures: Vec<Area>,
    /// Names of fonts whose letters are unknown.
    pub mute: Vec<String>,
}

impl Marks {
    pub fn text(&self, glyph: &Glyph) -> &str {
        self.letters.get(glyph.letters.0 as usize..glyph.letters.1 as usize).unwrap_or_default()
    }
}
