//! Ruled lines of a scanned page: long runs of ink with white beside them.
//!
//! This is an opening with a line as its element, which on rows is a search for runs; runs of neighbouring rows are
//! one rule.

use super::straight::Ink;
use crate::read::pdf::Rule;
use crate::read::programs::Picture;

/// The shortest rules, in hundredths of an inch: of the width of a column of numbers, of the height of a row.
const LEVEL: usize = 30;
const UPRIGHT: usize = 20;
/// The thickest rule.
const THICK: usize = 6;
/// A rule shorter than this must have white beside it; text that is set bold and wide has runs as long.
const SURE: usize = 100;
/// A run goes on over so many points without ink.
const GAP: usize = 3;
/// Most rules on a page.
const MOST: usize = 4_000;

/// A rule in points of the picture.
#[derive(Debug, Clone, Copy)]
struct Stroke {
    from: usize,
    to: usize,
    top: usize,
    bottom: usize,
}

/// The rules of a page in points of the page, which has `dpi` points of the picture an inch. They are painted white in
/// the picture.
pub(super) fn rules(ink: &Ink, picture: &mut Picture, dpi: f64) -> Vec<Rule> {
    let hundredths = |count: usize| scaled(count, dpi / 100.0).max(1);
    let level = strokes(ink, hundredths(LEVEL), hundredths(THICK), hundredths(SURE));
    let turned = ink.turned();
    let upright = strokes(&turned, hundredths(UPRIGHT), hundredths(THICK), hundredths(SURE));
    for stroke in &level {
        paint(picture, (stroke.from, stroke.top), (stroke.to, stroke.bottom));
    }
    for stroke in &upright {
        paint(picture, (stroke.top, stroke.from), (stroke.bottom, stroke.to));
    }
    let points = |at: usize| f64::from(u32::try_from(at).unwrap_or(0)) * 72.0 / dpi;
    let rule = |upright: bool| {
        move |stroke: &Stroke| Rule {
            upright,
            at: points(stroke.top).midpoint(points(stroke.bottom + 1)),
            from: points(stroke.from),
            to: points(stroke.to),
        }
    };
    level.iter().map(rule(false)).chain(upright.iter().map(rule(true))).collect()
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a cast saturates, and points are few"
)]
fn scaled(count: usize, factor: f64) -> usize {
    (count as f64 * factor).round() as usize
}

/// Paints a box and a point around it white.
fn paint(picture: &mut Picture, (left, top): (usize, usize), (right, bottom): (usize, usize)) {
    let width = picture.width;
    for y in top.saturating_sub(1)..=(bottom + 1).min(picture.height.saturating_sub(1)) {
        let from = y * width + left.saturating_sub(1).min(width);
        let to = y * width + (right + 2).min(width);
        picture.pixels.get_mut(from..to).into_iter().flatten().for_each(|point| *point = u8::MAX);
    }
}

/// Long thin runs of ink along rows.
fn strokes(ink: &Ink, least: usize, thick: usize, sure: usize) -> Vec<Stroke> {
    let mut open: Vec<Stroke> = Vec::new();
    let mut done: Vec<Stroke> = Vec::new();
    for y in 0..ink.height {
        for (from, to) in runs(ink, y, least) {
            let joins =
                |stroke: &&mut Stroke| y - stroke.bottom <= 2 && stroke.from <= to && from <= stroke.to;
            match open.iter_mut().find(joins) {
                Some(stroke) => {
                    stroke.from = stroke.from.min(from);
                    stroke.to = stroke.to.max(to);
                    stroke.bottom = y;
                }
                None => open.push(Stroke { from, to, top: y, bottom: y }),
            }
        }
        let (ended, still): (Vec<_>, Vec<_>) = open.into_iter().partition(|stroke| y - stroke.bottom > 2);
        done.extend(ended);
        open = still;
        if done.len() > MOST {
            return Vec::new();
        }
    }
    done.extend(open);
    done.retain(|stroke| stroke.bottom - stroke.top <= thick && is_alone(ink, stroke, sure));
    done
}

/// Runs of ink along a row and its two neighbours.
fn runs(ink: &Ink, y: usize, least: usize) -> Vec<(usize, usize)> {
    let rows = [y.saturating_sub(1), y, y + 1].map(|y| ink.row(y, 0, ink.width));
    let [above, here, below] = rows;
    let inked = |x: usize| [above, here, below].iter().any(|row| row.get(x) == Some(&true));
    let mut out = Vec::new();
    let mut start: Option<usize> = None;
    let mut last = 0;
    for x in 0..ink.width {
        if inked(x) {
            start.get_or_insert(x);
            last = x;
        } else if let Some(from) = start
            && x - last > GAP
        {
            if last + 1 - from >= least {
                out.push((from, last + 1));
            }
            start = None;
        }
    }
    if let Some(from) = start.filter(|from| last + 1 - from >= least) {
        out.push((from, last + 1));
    }
    out
}

/// Whether a stroke is long enough to be a rule for sure, or has white on both sides.
fn is_alone(ink: &Ink, stroke: &Stroke, sure: usize) -> bool {
    let length = stroke.to - stroke.from;
    if length >= sure {
        return true;
    }
    let white = |y: Option<usize>| {
        let row = y.map(|y| ink.row(y, stroke.from, stroke.to)).unwrap_or_default();
        row.iter().filter(|point| **point).count() * 4 <= length
    };
    white(stroke.top.checked_sub(3)) && white(Some(stroke.bottom + 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_with_a_broken_line_is_four_rules_and_letters_are_none() {
        let mut ink = Ink { width: 400, height: 200, points: vec![false; 400 * 200] };
        let mut draw = |x: usize, y: usize| {
            if let Some(point) = ink.points.get_mut(y * 400 + x) {
                *point = true;
            }
        };
        for x in 20..380 {
            if x % 50 > 1 {
                draw(x, 20);
            }
            draw(x, 150);
            draw(x, 151);
        }
        for y in 20..151 {
            draw(20, y);
            draw(379, y);
        }
        for x in 100..160 {
            (80..95).for_each(|y| draw(x, y));
        }
        let mut picture = Picture::blank(400, 200);
        let rules = rules(&ink, &mut picture, 200.0);
        assert_eq!(rules.iter().filter(|rule| rule.upright).count(), 2, "{rules:?}");
        assert_eq!(rules.iter().filter(|rule| !rule.upright).count(), 2, "{rules:?}");
    }
}
