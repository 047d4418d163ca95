//! What is usual on a document's pages: margins, distances of lines, and whether first lines are moved in. It is
//! learned while the pages are read, since a page with a table and two lines of text tells little by itself.

use std::collections::BTreeMap;

use super::geometry::Area;
use super::lines::Line;

/// Margins are told apart by so many points.
const STEP: f64 = 2.0;
/// A page with fewer lines than this has the margins of its tables as well.
const FEW: u32 = 40;
/// So many first lines that are moved in, and none that is not, tell how list items begin.
const SURE: u32 = 3;

/// What is usual on a page.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Frame {
    pub left: f64,
    pub right: f64,
    pub leading: f64,
    /// Whether a paragraph's first line is moved in.
    pub moves_in: bool,
    /// Whether a list item's first line surely is.
    pub moves_items_in: bool,
}

impl Frame {
    /// Whether a line stands at the left margin.
    pub fn is_flush(&self, line: &Line) -> bool {
        line.area.left - self.left < line.size * 0.35
    }

    /// Whether a line reaches the right margin so far that another word would hardly find room.
    pub fn is_full(&self, line: &Line) -> bool {
        line.area.right > self.right - (self.right - self.left) * 0.12
    }
}

/// What was seen of the pages so far.
#[derive(Debug, Default)]
pub(in crate::read) struct Margins {
    /// By width and height of the pages.
    sides: BTreeMap<(i64, i64), Sides>,
    paragraphs: Starts,
    items: Starts,
}

/// How many first lines were seen at each place.
#[derive(Debug, Default, Clone, Copy)]
struct Starts {
    moved_in: u32,
    flush: u32,
}

#[derive(Debug, Default)]
struct Sides {
    lefts: BTreeMap<i64, u32>,
    rights: BTreeMap<i64, u32>,
    count: u32,
}

impl Margins {
    /// Takes in a page's lines and says what is usual on it; nothing where the page has no line.
    pub fn frame(&mut self, size: (f64, f64), lines: &[Line], tables: &[Area]) -> Option<Frame> {
        let first = lines.first()?;
        let sides = self.sides.entry((step(size.0), step(size.1))).or_default();
        for line in lines {
            *sides.lefts.entry(step(line.area.left)).or_default() += 1;
            *sides.rights.entry(step(line.area.right)).or_default() += 1;
            sides.count += 1;
        }
        let mut left = at_share(&sides.lefts, sides.count / 10)?;
        let mut right = at_share(&sides.rights, sides.count * 9 / 10)?;
        if sides.count < FEW {
            left = tables.iter().map(|area| area.left).fold(left, f64::min);
            right = tables.iter().map(|area| area.right).fold(right, f64::max);
        }
        let moves_in = self.paragraphs.moved_in > self.paragraphs.flush;
        let moves_items_in = self.items.moved_in >= SURE && self.items.flush == 0;
        let leading = leading(lines).unwrap_or(first.size * 1.3);
        Some(Frame { left, right, leading, moves_in, moves_items_in })
    }

    /// Takes in the first line of a paragraph that certainly begins with it.
    pub fn begins(&mut self, frame: &Frame, line: &Line, is_item: bool) {
        let starts = if is_item { &mut self.items } else { &mut self.paragraphs };
        let indent = line.area.left - frame.left;
        if frame.is_flush(line) {
            starts.flush += 1;
        } else if indent < line.size * 6.0 {
            starts.moved_in += 1;
        }
    }
}

/// The usual distance of neighbouring base lines.
fn leading(lines: &[Line]) -> Option<f64> {
    let mut steps: Vec<f64> = lines
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some(b.base - a.base).filter(|step| *step > 0.0 && *step < a.size.max(b.size) * 2.2),
            _ => None,
        })
        .collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied()
}

#[allow(clippy::cast_possible_truncation, reason = "a cast saturates, and pages are small")]
fn step(at: f64) -> i64 {
    (at / STEP).round() as i64
}

/// The place below which `share` of what was counted stands.
#[allow(clippy::cast_precision_loss, reason = "steps of a page are few")]
fn at_share(counts: &BTreeMap<i64, u32>, share: u32) -> Option<f64> {
    let mut below = 0;
    for (at, count) in counts {
        below += count;
        if below > share {
            return Some(*at as f64 * STEP);
        }
    }
    counts.keys().next_back().map(|at| *at as f64 * STEP)
}
