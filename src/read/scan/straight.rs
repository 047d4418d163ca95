//! A scanned page made even and straight: paper white, ink told from it, lines level.

use crate::read::programs::Picture;

/// Side of the squares in which the brightness of the paper is taken, in points.
const TILE: usize = 48;
/// The share of a square's points that are darker than its paper.
const PAPER: usize = 80;
/// The widest angle that a page is turned by, in steps, and the step in radians.
const STEPS: i32 = 60;
const STEP: f64 = 0.001;
/// The smallest angle that matters, in radians: a point over the width of a page.
const LEVEL: f64 = 0.0004;
/// Most points of ink that the angle is taken from.
const SAMPLE: usize = 60_000;

/// Which points are ink.
#[derive(Debug, Clone, Default)]
pub(super) struct Ink {
    pub width: usize,
    pub height: usize,
    pub points: Vec<bool>,
}

impl Ink {
    pub fn at(&self, x: usize, y: usize) -> bool {
        x < self.width && self.points.get(y * self.width + x).copied().unwrap_or(false)
    }

    /// The points of a row between two columns.
    pub fn row(&self, y: usize, from: usize, to: usize) -> &[bool] {
        let start = y * self.width;
        self.points.get(start + from.min(self.width)..start + to.min(self.width)).unwrap_or_default()
    }

    /// Rows as columns.
    pub fn turned(&self) -> Self {
        let mut points = Vec::with_capacity(self.points.len());
        for x in 0..self.width {
            points.extend((0..self.height).map(|y| self.at(x, y)));
        }
        Self { width: self.height, height: self.width, points }
    }
}

/// The picture with white paper, whatever light and shade lie on it.
pub(super) fn evened(picture: &Picture) -> Picture {
    let (across, down) = (picture.width.div_ceil(TILE), picture.height.div_ceil(TILE));
    let mut counts = vec![[0_u16; 256]; across * down];
    for (y, row) in picture.rows().enumerate() {
        for (tile, points) in row.chunks(TILE).enumerate() {
            let Some(counts) = counts.get_mut(y / TILE * across + tile) else { continue };
            for point in points {
                if let Some(count) = counts.get_mut(usize::from(*point)) {
                    *count += 1;
                }
            }
        }
    }
    let papers: Vec<u8> = counts.iter().map(paper).collect();
    let paper_at = |x: usize, y: usize| papers.get(y * across + x).copied().unwrap_or(u8::MAX);
    // A square that is all ink has the paper of its neighbours.
    let around = |x: usize, y: usize| {
        let columns = x.saturating_sub(1)..=(x + 1).min(across - 1);
        let rows = y.saturating_sub(1)..=(y + 1).min(down - 1);
        rows.flat_map(|y| columns.clone().map(move |x| (x, y))).map(|(x, y)| paper_at(x, y)).max()
    };
    let mut pixels = Vec::with_capacity(picture.pixels.len());
    let levels: Vec<u16> = (0..down)
        .flat_map(|y| (0..across).map(move |x| (x, y)))
        .map(|(x, y)| u16::from(around(x, y).unwrap_or(u8::MAX).max(64)))
        .collect();
    for (y, row) in picture.rows().enumerate() {
        for (tile, points) in row.chunks(TILE).enumerate() {
            let level = levels.get(y / TILE * across + tile).copied().unwrap_or(255);
            let even = |point: &u8| u8::try_from(u16::from(*point) * 255 / level).unwrap_or(u8::MAX);
            pixels.extend(points.iter().map(even));
        }
    }
    Picture { width: picture.width, height: picture.height, pixels }
}

fn paper(counts: &[u16; 256]) -> u8 {
    let all: usize = counts.iter().map(|count| usize::from(*count)).sum();
    let mut below = 0;
    for (level, count) in counts.iter().enumerate() {
        below += usize::from(*count);
        if below * 100 >= all * PAPER {
            return u8::try_from(level).unwrap_or(u8::MAX);
        }
    }
    u8::MAX
}

/// Which points of an even picture are ink: those darker than the level that parts dark from bright best (Otsu).
pub(super) fn ink(picture: &Picture) -> Ink {
    let mut counts = [0_u64; 256];
    for point in &picture.pixels {
        if let Some(count) = counts.get_mut(usize::from(*point)) {
            *count += 1;
        }
    }
    let level = parting(&counts).clamp(110, 190);
    let points = picture.pixels.iter().map(|point| *point < level).collect();
    Ink { width: picture.width, height: picture.height, points }
}

#[allow(clippy::cast_precision_loss, reason = "counts of points are far below 2^52")]
fn parting(counts: &[u64; 256]) -> u8 {
    let all: u64 = counts.iter().sum();
    let sum: u64 = (0..).zip(counts).map(|(level, count): (u64, &u64)| level * count).sum();
    let (mut dark, mut dark_sum) = (0_u64, 0_u64);
    let mut best = (0.0, 128);
    for (level, count) in (0_u8..=u8::MAX).zip(counts) {
        dark += count;
        dark_sum += u64::from(level) * count;
        let bright = all - dark;
        if dark == 0 || bright == 0 {
            continue;
        }
        let apart = dark_sum as f64 / dark as f64 - (sum - dark_sum) as f64 / bright as f64;
        let between = dark as f64 * bright as f64 * apart * apart;
        if between > best.0 {
            best = (between, level);
        }
    }
    best.1.saturating_add(1)
}

/// The angle, in radians, by which the page's lines go down to the right.
#[allow(clippy::cast_precision_loss, reason = "a page has few points on a side")]
pub(super) fn slant(ink: &Ink) -> f64 {
    // Upper edges of ink: letters and rules have them on lines.
    let edges = (1..ink.height).flat_map(|y| {
        let row = ink.row(y, 0, ink.width).iter().zip(ink.row(y - 1, 0, ink.width)).enumerate();
        row.filter(|(_, (here, above))| **here && !**above).map(move |(x, _)| (x, y))
    });
    let count = edges.clone().count();
    let every = count / SAMPLE + 1;
    let points: Vec<(f64, f64)> = edges.step_by(every).map(|(x, y)| (x as f64, y as f64)).collect();
    let height = ink.height + ink.width / 8;
    let search = |from: i32, to: i32, step: f64, around: f64| {
        let angles = (from..=to).map(|i| around + f64::from(i) * step);
        angles.map(|angle| (sharpness(&points, angle, height), angle)).fold((0, 0.0_f64), |best, found| {
            // Of angles that do as well, the smaller one.
            if found.0 > best.0 || found.0 == best.0 && found.1.abs() < best.1.abs() { found } else { best }
        })
    };
    let coarse = search(-STEPS, STEPS, STEP, 0.0).1;
    search(-10, 10, STEP / 10.0, coarse).1
}

/// How sharply points lie on lines of an angle.
fn sharpness(points: &[(f64, f64)], angle: f64, height: usize) -> u64 {
    let mut counts = vec![0_u32; height + height / 4];
    let offset = f64::from(u32::try_from(height / 8).unwrap_or(0));
    let slope = angle.tan();
    for (x, y) in points {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
        let line = (y - x * slope + offset) as usize;
        if let Some(count) = counts.get_mut(line) {
            *count += 1;
        }
    }
    counts.iter().map(|count| u64::from(*count) * u64::from(*count)).sum()
}

/// Whether lines of text go up and down on the page, as on one that was scanned sideways. `ink` has no rules.
pub(super) fn is_sideways(ink: &Ink) -> bool {
    // Upper and lower edges of letters stand on lines; left edges do not, but for those of columns.
    lined(&ink.turned()) > lined(ink) * 1.3
}

/// How much more the edges of ink lie on rows than if they were strewn.
#[allow(clippy::cast_precision_loss, reason = "a page has few points on a side")]
fn lined(ink: &Ink) -> f64 {
    let edges: Vec<u64> = (1..ink.height)
        .map(|y| {
            let pairs = ink.row(y, 0, ink.width).iter().zip(ink.row(y - 1, 0, ink.width));
            pairs.filter(|(here, above)| **here && !**above).count() as u64
        })
        .collect();
    let all: u64 = edges.iter().sum();
    let squares: u64 = edges.iter().map(|count| count * count).sum();
    let used = edges.iter().filter(|count| **count > 0).count();
    squares as f64 * used as f64 / (all as f64 * all as f64).max(1.0)
}

/// The picture turned by an angle around its middle, so that lines that went down to the right are level.
pub(super) fn turned(picture: &Picture, angle: f64) -> Picture {
    if angle.abs() < LEVEL {
        return picture.clone();
    }
    let (sine, cosine) = angle.sin_cos();
    let (middle_x, middle_y) = middle(picture);
    let mut pixels = Vec::with_capacity(picture.pixels.len());
    let mut y = -middle_y;
    for _ in 0..picture.height {
        let mut x = -middle_x;
        for _ in 0..picture.width {
            pixels.push(between(picture, middle_x + x * cosine - y * sine, middle_y + x * sine + y * cosine));
            x += 1.0;
        }
        y += 1.0;
    }
    Picture { width: picture.width, height: picture.height, pixels }
}

/// The middle of a picture.
#[allow(clippy::cast_precision_loss, reason = "a page has few points on a side")]
pub(super) fn middle(picture: &Picture) -> (f64, f64) {
    (picture.width as f64 / 2.0, picture.height as f64 / 2.0)
}

/// The brightness at a place between points.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a cast saturates, and points are few"
)]
fn between(picture: &Picture, x: f64, y: f64) -> u8 {
    if x < 0.0 || y < 0.0 {
        return u8::MAX;
    }
    let (left, top) = (x as usize, y as usize);
    let (right, down) = (x - left as f64, y - top as f64);
    let at = |x, y| f64::from(picture.at(x, y));
    let upper = at(left, top) * (1.0 - right) + at(left + 1, top) * right;
    let lower = at(left, top + 1) * (1.0 - right) + at(left + 1, top + 1) * right;
    (upper * (1.0 - down) + lower * down).round() as u8
}

/// A part of a picture, larger or smaller by a factor, with white around it.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a cast saturates, and points are few"
)]
pub(super) fn cut(
    picture: &Picture,
    (left, top): (usize, usize),
    size: (usize, usize),
    scale: f64,
    margin: usize,
) -> Picture {
    let width = (size.0 as f64 * scale).round() as usize;
    let height = (size.1 as f64 * scale).round() as usize;
    let mut out = Picture::blank(width + 2 * margin, height + 2 * margin);
    for y in 0..height {
        let start = (y + margin) * out.width + margin;
        let Some(row) = out.pixels.get_mut(start..start + width) else { break };
        for (x, point) in row.iter_mut().enumerate() {
            let (from_x, from_y) = ((x as f64 + 0.5) / scale - 0.5, (y as f64 + 0.5) / scale - 0.5);
            *point = between(picture, left as f64 + from_x.max(0.0), top as f64 + from_y.max(0.0));
        }
    }
    out
}

/// The picture a quarter turn clockwise.
pub(in crate::read) fn quarter(picture: &Picture) -> Picture {
    let mut pixels = Vec::with_capacity(picture.pixels.len());
    for x in 0..picture.width {
        pixels.extend((0..picture.height).rev().map(|y| picture.at(x, y)));
    }
    Picture { width: picture.height, height: picture.width, pixels }
}
