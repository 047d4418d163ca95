//! Paths: the straight horizontal and vertical rules that are drawn.

use super::geometry::Area;

/// Widest stroke or thin rectangle that still is a rule, in points.
const MAX_WIDTH: f64 = 4.0;
/// Shortest rule, in points; dashes are joined before they are measured.
const MIN_LENGTH: f64 = 0.3;
/// How far from straight a rule may be.
const SLANT: f64 = 0.7;
/// Most points of a path.
const MAX_POINTS: usize = 200_000;

/// A horizontal or vertical rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::read) struct Rule {
    pub upright: bool,
    /// x of an upright rule, y of a level one.
    pub at: f64,
    /// Where it begins and ends on the other axis.
    pub from: f64,
    pub to: f64,
}

/// The path that is being made.
#[derive(Debug, Default)]
pub(in crate::read) struct Path {
    /// Lines, each with whether it is straight.
    pieces: Vec<Vec<(f64, f64)>>,
    curved: bool,
}

impl Path {
    pub fn begin(&mut self, point: (f64, f64)) {
        if self.points() < MAX_POINTS {
            self.pieces.push(vec![point]);
        }
    }

    pub fn line_to(&mut self, point: (f64, f64)) {
        if self.points() < MAX_POINTS
            && let Some(piece) = self.pieces.last_mut()
        {
            piece.push(point);
        }
    }

    pub fn curve_to(&mut self, point: (f64, f64)) {
        self.curved = true;
        self.line_to(point);
    }

    pub fn close(&mut self) {
        if let Some(first) = self.pieces.last().and_then(|piece| piece.first()).copied() {
            self.line_to(first);
        }
    }

    /// The box of its points.
    pub fn area(&self) -> Option<Area> {
        self.pieces.iter().filter_map(|piece| around(piece)).reduce(Area::around)
    }

    fn points(&self) -> usize {
        // The last piece is the only one that grows.
        self.pieces.len() + self.pieces.last().map_or(0, Vec::len)
    }

    /// Draws the path and begins a new one. `stroke` is the width of the pen, if it is stroked.
    pub fn draw(&mut self, stroke: Option<f64>, filled: bool, rules: &mut Vec<Rule>) {
        let curved = std::mem::take(&mut self.curved);
        if filled && stroke.is_none() && !curved {
            for pair in self.pieces.windows(2) {
                if let [a, b] = pair {
                    frame(around(a), around(b), rules);
                }
            }
        }
        for piece in self.pieces.drain(..) {
            if let Some(width) = stroke
                && width <= MAX_WIDTH
            {
                for pair in piece.windows(2) {
                    if let [a, b] = pair {
                        rules.extend(straight(*a, *b));
                    }
                }
            }
            if filled && stroke.is_none() && !curved {
                rules.extend(thin(&piece));
            }
        }
    }
}

fn straight((x, y): (f64, f64), (x2, y2): (f64, f64)) -> Option<Rule> {
    let (wide, high) = ((x - x2).abs(), (y - y2).abs());
    if wide <= SLANT && high > MIN_LENGTH && high > wide {
        Some(Rule { upright: true, at: x.midpoint(x2), from: y.min(y2), to: y.max(y2) })
    } else if high <= SLANT && wide > MIN_LENGTH {
        Some(Rule { upright: false, at: y.midpoint(y2), from: x.min(x2), to: x.max(x2) })
    } else {
        None
    }
}

/// The box of a piece's points.
fn around(piece: &[(f64, f64)]) -> Option<Area> {
    let first = *piece.first()?;
    Some(piece.iter().fold(Area::of(first, first), |area, point| area.around(Area::of(*point, *point))))
}

/// The frame that is left where one of two rectangles is cut out of the other, if it is as narrow as rules are.
fn frame(one: Option<Area>, other: Option<Area>, rules: &mut Vec<Rule>) {
    let (Some(one), Some(other)) = (one, other) else { return };
    let (inner, outer) = if one.width() < other.width() { (one, other) } else { (other, one) };
    let sides = [
        inner.left - outer.left,
        outer.right - inner.right,
        inner.top - outer.top,
        outer.bottom - inner.bottom,
    ];
    let narrow =
        sides.iter().all(|side| (-0.01..=MAX_WIDTH).contains(side)) && sides.iter().any(|side| *side > 0.05);
    if !narrow || inner.width() <= MAX_WIDTH || inner.height() <= MAX_WIDTH {
        return;
    }
    let Area { left, top, right, bottom } = outer;
    for (at, other) in [(left, inner.left), (right, inner.right)] {
        rules.push(Rule { upright: true, at: at.midpoint(other), from: top, to: bottom });
    }
    for (at, other) in [(top, inner.top), (bottom, inner.bottom)] {
        rules.push(Rule { upright: false, at: at.midpoint(other), from: left, to: right });
    }
}

/// A filled rectangle that is thin enough to be a rule.
fn thin(piece: &[(f64, f64)]) -> Option<Rule> {
    let area = around(piece)?;
    if area.width() <= MAX_WIDTH && area.height() > area.width() {
        let at = area.left.midpoint(area.right);
        Some(Rule { upright: true, at, from: area.top, to: area.bottom })
    } else if area.height() <= MAX_WIDTH && area.width() > area.height() {
        let at = area.top.midpoint(area.bottom);
        Some(Rule { upright: false, at, from: area.left, to: area.right })
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_and_thin_rectangles_are_rules_and_shadings_are_not() {
        let mut rules = Vec::new();
        let mut path = Path::default();
        let rectangle = |path: &mut Path, w: f64, h: f64| {
            path.begin((10.0, 10.0));
            path.line_to((10.0 + w, 10.0));
            path.line_to((10.0 + w, 10.0 + h));
            path.line_to((10.0, 10.0 + h));
            path.close();
        };
        rectangle(&mut path, 100.0, 0.5);
        path.draw(None, true, &mut rules);
        assert_eq!(rules.len(), 1);
        rectangle(&mut path, 100.0, 20.0);
        path.draw(None, true, &mut rules);
        assert_eq!(rules.len(), 1);
        rectangle(&mut path, 100.0, 20.0);
        path.draw(Some(0.5), false, &mut rules);
        assert_eq!(rules.len(), 5);
    }

    #[test]
    fn a_rectangle_cut_out_of_a_larger_one_leaves_a_frame() {
        let rectangle = |path: &mut Path, inset: f64| {
            let (left, top, right, bottom) = (10.0 + inset, 10.0 + inset, 110.0 - inset, 30.0 - inset);
            path.begin((left, top));
            [(right, top), (right, bottom), (left, bottom)].iter().for_each(|point| path.line_to(*point));
            path.close();
        };
        let framed = |inset: f64| {
            let (mut rules, mut path) = (Vec::new(), Path::default());
            rectangle(&mut path, inset);
            rectangle(&mut path, 0.0);
            path.draw(None, true, &mut rules);
            rules.len()
        };
        assert_eq!(framed(0.5), 4);
        assert_eq!(framed(6.0), 0);
    }
}
