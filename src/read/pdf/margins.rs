//! What is usual on a document's pages: margins, distances of lines, and whether first lines are moved in. It is
//! learned while the pages are read, since a page with a table and two lines of text tells little by itself.

use std::collections::BTreeMap;

use super::geometry::Area;
use super::lines::{Line, Word};
use crate::grammar::Grammar;
use crate::text::fold;

/// Margins are told apart by so many points.
const STEP: f64 = 2.0;
/// A page with fewer lines than this has the margins of its tables as well.
const FEW: u32 = 40;
/// A distance of lines this much greater than the usual one is a gap, whether it comes again or not.
const GAP: f64 = 1.28;
/// A line that ends within this share of the width from the right margin reaches it.
const FULL: f64 = 0.12;
/// So often a distance comes again that parts paragraphs.
const RECURS: u32 = 3;
/// The part of a page's height under which its foot begins.
const FOOT: f64 = 0.92;
/// A running head stands so many sizes over what it is the head of.
const HEAD_GAP: f64 = 2.2;
/// A running foot's pieces stand at least so many sizes apart.
const FOOT_GAP: f64 = 4.0;
/// So many lines that go on in the next one tell where the right margin is.
const WRAPPED: u32 = 2;
/// So many first lines that are moved in, and none that is not, tell how list items begin.
const SURE: u32 = 3;

/// What is usual on a page.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Frame {
    pub left: f64,
    pub right: f64,
    /// The usual distance of base lines in a paragraph.
    pub leading: f64,
    /// The least distance of base lines that parts paragraphs.
    pub gap: f64,
    /// Whether lines were seen that surely wrap at the right margin; without them it is not known where it is.
    pub wraps: bool,
    /// Below this stand page numbers and running feet.
    pub foot: f64,
    /// Above this stand running heads.
    pub head: f64,
    /// Whether a paragraph's first line is moved in.
    pub moves_in: bool,
    /// Whether the first line of an item with a dash surely is, and of one with a number.
    pub moves_dashes_in: bool,
    pub moves_numbers_in: bool,
}

impl Frame {
    /// Whether a line stands at the left margin.
    pub fn is_flush(&self, line: &Line) -> bool {
        line.area.left - self.left < line.size * 0.35
    }

    /// Whether a line of pieces that stand far apart is a running foot.
    pub fn is_foot(&self, line: &Line, grammar: &Grammar) -> bool {
        line.base > self.foot && has_page_number(line, grammar)
    }

    /// Whether a line is a running head by where it stands: at the page's top, far over the next.
    pub fn is_head(&self, line: &Line, next: &Line) -> bool {
        line.base < self.head && next.base - line.base > HEAD_GAP * line.size
    }

    /// Whether a line reaches the right margin so far that another word would hardly find room.
    pub fn is_full(&self, line: &Line) -> bool {
        line.area.right > self.right - (self.right - self.left) * FULL
    }
}

/// Whether the first or the last of a line's pieces, which stand far apart, is the page's number.
pub(super) fn has_page_number(line: &Line, grammar: &Grammar) -> bool {
    let apart = |pair: &[Word]| matches!(pair, [a, b] if b.area.left - a.area.right > FOOT_GAP * line.size);
    let first = line.words.windows(2).position(apart);
    let last = line.words.windows(2).rposition(apart);
    let (Some(first), Some(last)) = (first, last) else { return false };
    let pieces = [line.words.get(..=first), line.words.get(last + 1..)];
    pieces.into_iter().flatten().any(|words| is_page_number(words, grammar))
}

/// "3", "- 3 -", "Trang 3/12", "Trang 3 / 12".
fn is_page_number(words: &[Word], grammar: &Grammar) -> bool {
    let text: String = words.iter().map(|word| word.text.as_str()).collect();
    let folded = fold(&text);
    let pages = &grammar.structure.pages;
    let named = pages.number.iter().find_map(|word| folded.strip_prefix(word.as_str()));
    let plain = named.unwrap_or(&folded).trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '|' | ' '));
    let number = |text: &str| (1..=3).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit());
    let (page, of) = pages.parts(plain, named.is_some());
    number(page) && of.is_none_or(number)
}

/// What a line begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    None,
    /// A dash, a plus, a bullet.
    Dash,
    /// A number or a letter that lists use.
    Number,
}

/// What was seen of the pages so far.
#[derive(Debug, Default)]
pub(in crate::read) struct Margins {
    /// By width and height of the pages.
    sides: BTreeMap<(i64, i64), Sides>,
    paragraphs: Starts,
    dashes: Starts,
    numbers: Starts,
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
    distances: Distances,
}

/// How often each distance of neighbouring base lines was seen.
#[derive(Debug, Default)]
struct Distances {
    all: Counts,
    /// Of lines that surely are one paragraph's.
    inside: Counts,
}

/// Distances in quarters of a point.
#[derive(Debug, Default)]
struct Counts {
    seen: BTreeMap<i64, u32>,
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
        sides.distances.add(lines, left, right);
        let moves_in = self.paragraphs.moved_in > self.paragraphs.flush;
        let surely = |starts: &Starts| starts.moved_in >= SURE && starts.flush == 0;
        let (moves_dashes_in, moves_numbers_in) = (surely(&self.dashes), surely(&self.numbers));
        let leading = sides.distances.leading().unwrap_or(first.size * 1.3);
        let gap = sides.distances.gap(leading).min(leading * GAP);
        let wraps = sides.distances.inside.count >= WRAPPED;
        let (head, foot) = (size.1 * (1.0 - FOOT), size.1 * FOOT);
        Some(Frame {
            left,
            right,
            leading,
            gap,
            wraps,
            foot,
            head,
            moves_in,
            moves_dashes_in,
            moves_numbers_in,
        })
    }

    /// Takes in the first line of a paragraph that certainly begins with it.
    pub fn begins(&mut self, frame: &Frame, line: &Line, mark: Mark) {
        let starts = match mark {
            Mark::None => &mut self.paragraphs,
            Mark::Dash => &mut self.dashes,
            Mark::Number => &mut self.numbers,
        };
        let indent = line.area.left - frame.left;
        if frame.is_flush(line) {
            starts.flush += 1;
        } else if indent < line.size * 6.0 {
            starts.moved_in += 1;
        }
    }
}

impl Distances {
    fn add(&mut self, lines: &[Line], left: f64, right: f64) {
        for pair in lines.windows(2) {
            let [a, b] = pair else { continue };
            let distance = b.base - a.base;
            if distance <= 0.0 || distance >= a.size.max(b.size) * 2.2 {
                continue;
            }
            self.all.add(distance);
            let small = b.words.first().is_some_and(|word| word.text.starts_with(char::is_lowercase));
            let alike = (a.size - b.size).abs() < 0.05 * a.size;
            let wrapped = a.area.right > right - (right - left) * FULL && b.area.left - left < b.size * 0.35;
            if small && alike && wrapped {
                self.inside.add(distance);
            }
        }
    }

    /// The distance inside paragraphs: the least that lines have which surely are one paragraph's or, where none
    /// are, the least that a good part of the lines has.
    fn leading(&self) -> Option<f64> {
        let sure = self.inside.least((self.inside.count / 10).max(1));
        let often = || self.all.least(self.all.count.max(10).div_ceil(5));
        sure.or_else(often).map(|at| self.all.commonest(at)).or_else(|| self.all.middle()).map(points)
    }

    /// The least distance above the one inside paragraphs that comes again and again; a line with raised letters
    /// stands a little lower than usual as well, but not always by as much.
    fn gap(&self, leading: f64) -> f64 {
        let least = quarters(leading) + 5;
        let recurs = |at: &i64| self.all.near(*at) >= RECURS && self.all.near(*at) * 20 >= self.all.count;
        let mut seen = self.all.seen.range(least..).map(|(at, _)| *at);
        seen.find(recurs).map_or(f64::INFINITY, |at| points(at) - 0.3)
    }
}

impl Counts {
    fn add(&mut self, distance: f64) {
        *self.seen.entry(quarters(distance)).or_default() += 1;
        self.count += 1;
    }

    fn middle(&self) -> Option<i64> {
        let mut below = 0;
        let passes = |(_, count): &(&i64, &u32)| {
            below += **count;
            below * 2 > self.count
        };
        self.seen.iter().find(passes).map(|(at, _)| *at)
    }

    /// The least distance that came so often.
    fn least(&self, often: u32) -> Option<i64> {
        self.seen.keys().copied().find(|at| self.near(*at) >= often)
    }

    /// How many distances are this one, give or take half a point.
    fn near(&self, at: i64) -> u32 {
        self.seen.range(at - 2..=at + 2).map(|(_, count)| count).sum()
    }

    /// The commonest distance about one.
    fn commonest(&self, at: i64) -> i64 {
        let counts = self.seen.range(at - 3..=at + 3);
        counts.max_by_key(|(at, count)| (**count, std::cmp::Reverse(**at))).map_or(at, |(at, _)| *at)
    }
}

#[allow(clippy::cast_possible_truncation, reason = "a cast saturates, and distances are small")]
fn quarters(points: f64) -> i64 {
    (points * 4.0).round() as i64
}

#[allow(clippy::cast_precision_loss, reason = "distances on a page are small")]
fn points(quarters: i64) -> f64 {
    quarters as f64 / 4.0
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
