//! Changes in a text, by where they are.

use std::ops::Range;

/// Pieces that are put in the place of others.
#[derive(Debug, Default)]
pub(super) struct Edits {
    list: Vec<(Range<usize>, String)>,
}

impl Edits {
    pub(super) fn insert(&mut self, at: usize, text: String) {
        self.list.push((at..at, text));
    }

    pub(super) fn replace(&mut self, range: Range<usize>, text: String) {
        self.list.push((range, text));
    }

    /// The text with the changes; those at one place stand in the order in which they came.
    pub(super) fn applied(mut self, text: &str) -> String {
        self.list.sort_by_key(|(range, _)| range.start);
        let mut out = String::with_capacity(text.len() + 512 * self.list.len());
        let mut done = 0;
        for (range, new) in &self.list {
            out.push_str(text.get(done..range.start).unwrap_or_default());
            out.push_str(new);
            done = range.end;
        }
        out.push_str(text.get(done..).unwrap_or_default());
        out
    }
}
