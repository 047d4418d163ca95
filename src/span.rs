//! Byte spans and places: where a piece of the document stands.
//!
//! A [`Span`] is a range of bytes in the *working text* of a source (see `source`). An [`At`] is what the
//! model and the report carry: the same range given back in the terms of the file that the user has.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A half-open range of bytes in the working text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// Where a node stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
pub struct At {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in Unicode code points, counted from 1.
    pub column: u32,
    /// Byte range `[start, end)` in the source text (decoded to UTF-8, without a byte-order mark).
    pub span: (u32, u32),
    /// Page, counted from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Box on the page: left, top, right, bottom in hundredths of a point.
    #[serde(default, rename = "box", skip_serializing_if = "Option::is_none")]
    pub bbox: Option<Box<[i32; 4]>>,
    /// How sure the least sure of its words is, in percent, where they were recognised from a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<u8>,
    /// Sheet name, where the format has sheets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Box<str>>,
    /// Part of the file, where the format has parts: "document", "footnotes".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Box<str>>,
    /// Paragraph of the part, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
    /// Table of the part, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<u32>,
    /// Cell of the sheet or table in A1 notation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<Box<str>>,
    /// The other pieces of a node that a page break cut.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<At>,
}

/// Words recognised with less than this are to be looked at.
pub const SURE: u8 = 80;

impl At {
    /// Whether something here was recognised from a picture and is not sure.
    #[must_use]
    pub fn is_unsure(&self) -> bool {
        let here = |at: &Self| at.confidence.is_some_and(|confidence| confidence < SURE);
        here(self) || self.also.iter().any(here)
    }
}

impl Span {
    /// A span from `start` to `end`; an end before the start gives an empty span.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self { start, end: end.max(start) }
    }

    /// The span as a range for indexing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
