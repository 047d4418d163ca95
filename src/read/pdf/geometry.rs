//! Points, matrices and boxes of a page, in points (1/72 inch).

/// A transformation: x' = a x + c y + e, y' = b x + d y + f (ISO 32000-1, 8.3.3).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::read) struct Matrix {
    pub a: f64,
    pub b: f64,
    pub c: f64,
    pub d: f64,
    pub e: f64,
    pub f: f64,
}

impl Matrix {
    pub const IDENTITY: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    pub fn new([a, b, c, d, e, f]: [f64; 6]) -> Self {
        Self { a, b, c, d, e, f }
    }

    pub fn shift(x: f64, y: f64) -> Self {
        Self { e: x, f: y, ..Self::IDENTITY }
    }

    /// First `self`, then `next`.
    pub fn then(self, next: Self) -> Self {
        Self {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    pub fn apply(self, x: f64, y: f64) -> (f64, f64) {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }
}

/// How far outside a clip a glyph may stand that is seen: producers round.
const ROUNDED: f64 = 1.0;

/// A box with its sides; y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::read) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    /// The box around two corners.
    pub fn of((x, y): (f64, f64), (x2, y2): (f64, f64)) -> Self {
        Self { left: x.min(x2), top: y.min(y2), right: x.max(x2), bottom: y.max(y2) }
    }

    pub fn width(self) -> f64 {
        self.right - self.left
    }

    pub fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub fn holds(self, x: f64, y: f64) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }

    /// What two boxes have in common; of no width or height where they have nothing.
    pub fn shared(self, other: Self) -> Self {
        let (left, top) = (self.left.max(other.left), self.top.max(other.top));
        Self {
            left,
            top,
            right: self.right.min(other.right).max(left),
            bottom: self.bottom.min(other.bottom).max(top),
        }
    }

    /// Whether a point is not farther outside than what producers round.
    pub fn shows(self, (x, y): (f64, f64)) -> bool {
        let Self { left, top, right, bottom } = self;
        Self { left: left - ROUNDED, top: top - ROUNDED, right: right + ROUNDED, bottom: bottom + ROUNDED }
            .holds(x, y)
    }

    pub fn around(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// In hundredths of a point, as places give it.
    pub fn hundredths(self) -> [i32; 4] {
        #[allow(clippy::cast_possible_truncation, reason = "a cast saturates, and pages are small")]
        let round = |n: f64| (n * 100.0).round() as i32;
        [round(self.left), round(self.top), round(self.right), round(self.bottom)]
    }
}
