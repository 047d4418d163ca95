//! How a page lies: from places on the page as it is shown to the page's own space (ISO 32000-1, 8.3.2.3, 14.11.2).

use lopdf::{Document, Object, ObjectId};

/// Deepest nesting of the page tree.
const MAX_TREE: usize = 64;

/// The part of a page that is shown, in the page's own space, and how it is turned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    left: f32,
    right: f32,
    low: f32,
    high: f32,
    /// Quarters of a turn, clockwise.
    turns: u8,
}

impl Frame {
    pub(super) fn of(document: &Document, page: ObjectId) -> Self {
        let area = |key| inherited(document, page, key).and_then(|it| numbers(document, it));
        let shown = area(b"CropBox").or_else(|| area(b"MediaBox"));
        let [x, y, x2, y2] = shown.unwrap_or([0.0, 0.0, 595.0, 842.0]);
        let turn = inherited(document, page, b"Rotate").and_then(|it| it.as_i64().ok()).unwrap_or(0);
        let turns = match turn.rem_euclid(360) {
            90 => 1,
            180 => 2,
            270 => 3,
            _ => 0,
        };
        Self { left: x.min(x2), right: x.max(x2), low: y.min(y2), high: y.max(y2), turns }
    }

    /// A point that is given in hundredths of a point from the upper left corner of the page as it is shown.
    #[allow(clippy::cast_precision_loss, reason = "pages are small")]
    pub(super) fn point(&self, x: i32, y: i32) -> (f32, f32) {
        let (x, y) = (x as f32 / 100.0, y as f32 / 100.0);
        match self.turns {
            1 => (self.left + y, self.low + x),
            2 => (self.right - x, self.low + y),
            3 => (self.right - y, self.high - x),
            _ => (self.left + x, self.high - y),
        }
    }
}

/// An attribute of a page, its own or that of a node above it (7.7.3.4).
fn inherited<'a>(document: &'a Document, page: ObjectId, key: &[u8]) -> Option<&'a Object> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..MAX_TREE {
        if let Ok(object) = node.get_deref(key, document) {
            return Some(object);
        }
        node = node.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}

fn numbers(document: &Document, object: &Object) -> Option<[f32; 4]> {
    let number = |it: &Object| document.dereference(it).ok().and_then(|(_, it)| it.as_float().ok());
    let numbers: Vec<f32> = object.as_array().ok()?.iter().filter_map(number).collect();
    <[f32; 4]>::try_from(numbers).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_found_however_the_page_is_turned() {
        let frame = |turns| Frame { left: 10.0, right: 110.0, low: 20.0, high: 220.0, turns };
        // One point right of and two below the corner that is shown at the upper left.
        let points: Vec<(f32, f32)> = (0..4).map(|turns| frame(turns).point(100, 200)).collect();
        assert_eq!(points, [(11.0, 218.0), (12.0, 21.0), (109.0, 22.0), (108.0, 219.0)]);
    }
}
