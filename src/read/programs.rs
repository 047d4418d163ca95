//! Programs outside that readers need: for pictures of text, and for formats that an office program reads first.
//!
//! The library runs no program. It asks for what it needs through [`Programs`], and whoever calls it runs them.

use std::fmt::Debug;

use super::ReadError;

/// A picture in shades of grey.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// Points in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// The points row by row, from black (0) to white (255).
    pub pixels: Vec<u8>,
}

/// A word that was recognised, with its box in points of the picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recognised {
    /// Its letters.
    pub text: String,
    /// Left side.
    pub left: usize,
    /// Upper side.
    pub top: usize,
    /// One past the right side.
    pub right: usize,
    /// One past the lower side.
    pub bottom: usize,
    /// How sure it is, in percent.
    pub confidence: u8,
    /// The line that it is on; words of one line have one number.
    pub line: u32,
}

/// How text stands in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// As on a page, perhaps in columns.
    Page,
    /// Lines under each other.
    Block,
    /// One line.
    Line,
}

/// Which letters are in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Letters {
    /// Those of Vietnamese.
    Any,
    /// Digits and the signs that stand among them.
    Figures,
    /// What list numbers are made of: digits, Roman numerals, single letters.
    Ordinals,
}

/// How a picture is to be recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct How {
    /// How its text stands.
    pub shape: Shape,
    /// Which letters it may have.
    pub letters: Letters,
}

/// Programs that readers may ask for. A reader that is given none says which it needs.
pub trait Programs: Debug + Send + Sync {
    /// Recognises the words of pictures: for each picture its words in reading order. Pictures have about
    /// [`super::RESOLUTION`] points an inch.
    ///
    /// # Errors
    /// A program that is not installed, fails, or takes too long.
    fn recognise(&self, pictures: &[Picture], how: How) -> Result<Vec<Vec<Recognised>>, ReadError>;

    /// Draws a page of a PDF file, counted from 1, with so many points an inch; gives a file of a portable grey map
    /// (PGM).
    ///
    /// # Errors
    /// As [`Programs::recognise`].
    fn draw(&self, pdf: &[u8], password: Option<&str>, page: u32, dpi: u32) -> Result<Vec<u8>, ReadError>;

    /// Converts a text document to DOCX. `format` is its usual name extension: "doc", "rtf", "odt".
    ///
    /// # Errors
    /// As [`Programs::recognise`].
    fn convert(&self, bytes: &[u8], format: &'static str) -> Result<Vec<u8>, ReadError>;

    /// Recognition has come to a page of so many.
    fn progress(&self, page: u32, pages: u32);
}

impl Picture {
    /// A white picture.
    #[must_use]
    pub fn blank(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![u8::MAX; width * height] }
    }

    /// A point; white outside the picture.
    #[must_use]
    pub fn at(&self, x: usize, y: usize) -> u8 {
        if x >= self.width {
            return u8::MAX;
        }
        self.pixels.get(y * self.width + x).copied().unwrap_or(u8::MAX)
    }

    /// The rows from the first on.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.pixels.chunks_exact(self.width.max(1))
    }
}
