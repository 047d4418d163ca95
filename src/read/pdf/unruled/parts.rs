//! Parts of columns: what lines leave free inside a column, by chance or since its texts are not all of one length.

use std::ops::Range;

use super::columns::{head, heads_group, left_of};
use super::pieces::Text;

/// Lines whose bases are nearer than so many sizes stand beside one another.
const BESIDE: f64 = 0.8;
/// For one text that reaches from one column into the next so many begin or end between them.
const ACROSS: usize = 3;

/// From where to where text stands.
type Cover = (f64, f64);

/// Joins the parts of each column. The columns of the page before are whole.
pub(super) fn join(text: &Text<'_>, lines: Range<usize>, covers: &mut Vec<Cover>, before: Option<&[Cover]>) {
    let counts = Counts::of(text, lines.clone(), covers);
    let known = |left: usize| {
        let (Some(a), Some(b)) = (covers.get(left), covers.get(left + 1)) else { return false };
        let meet = |one: &Cover, other: &Cover| one.0 < other.1 && other.0 < one.1;
        before
            .unwrap_or_default()
            .windows(2)
            .any(|pair| matches!(pair, [one, other] if meet(one, a) && meet(other, b)))
    };
    let parted = |left: usize| {
        let least = counts.ended(left).min(counts.begun(left + 1));
        known(left) || least > 0 && counts.across(left) * ACROSS < least
    };
    *covers = joined(covers, &parted);
    let counts = Counts::of(text, lines, covers);
    let paired = pairs(&counts, covers.len());
    *covers = joined(covers, &|left| !paired.get(left).copied().unwrap_or_default());
}

/// The covers, those joined that are not parted from their right neighbour.
fn joined(covers: &[Cover], parted: &dyn Fn(usize) -> bool) -> Vec<Cover> {
    let mut out: Vec<Cover> = Vec::new();
    for (index, cover) in covers.iter().enumerate() {
        let joins = index.checked_sub(1).is_some_and(|left| !parted(left));
        match out.last_mut().filter(|_| joins) {
            Some(last) => last.1 = last.1.max(cover.1),
            None => out.push(*cover),
        }
    }
    out
}

/// Which columns are one with their right neighbour: a header that stands beside the texts under it, not over them.
fn pairs(counts: &Counts, width: usize) -> Vec<bool> {
    let mut out = vec![false; width];
    let mut left = 0;
    while left + 1 < width {
        let only = |column: usize| counts.kind(column);
        let joins = match (only(left), only(left + 1)) {
            (Kind::Header, Kind::Body) | (Kind::Body, Kind::Header) => true,
            (Kind::Body, Kind::Both) | (Kind::Both, Kind::Body) | (Kind::Body, Kind::Body) => {
                !counts.beside(left)
            }
            _ => false,
        };
        if let Some(slot) = out.get_mut(left) {
            *slot = joins;
        }
        left += if joins { 2 } else { 1 };
    }
    out
}

/// Where a column's texts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Header,
    Body,
    Both,
}

/// What the pieces of lines tell of some columns.
struct Counts {
    columns: Vec<Column>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Column {
    /// Pieces that begin and end in it, and that reach into the next.
    begun: usize,
    ended: usize,
    across: usize,
    in_header: bool,
    in_body: bool,
    /// Whether a line has a piece that ends in it beside one that begins in the next.
    beside: bool,
}

impl Counts {
    fn of(text: &Text<'_>, lines: Range<usize>, covers: &[Cover]) -> Self {
        let mut columns = vec![Column::default(); covers.len()];
        let head = head(text, lines.clone());
        // The bases of the last pieces that ended, and that began, in each.
        let mut ended = vec![f64::NEG_INFINITY; covers.len()];
        let mut begun = ended.clone();
        let left = left_of(text, lines.clone());
        for line in lines {
            if heads_group(text.pieces_of(line), left) {
                continue;
            }
            let named = head.contains(&line);
            for piece in text.pieces_of(line) {
                let first = covers.partition_point(|cover| cover.1 <= piece.area.left);
                let end = covers.partition_point(|cover| cover.0 < piece.area.right);
                if end <= first {
                    continue;
                }
                let near = |bases: &[f64], at: usize| {
                    bases.get(at).is_some_and(|base| (piece.base - base).abs() < BESIDE * piece.size)
                };
                let left = first.checked_sub(1).filter(|left| near(&ended, *left));
                let right = Some(end - 1).filter(|_| near(&begun, end));
                for column in left.into_iter().chain(right) {
                    at(&mut columns, column, |column| column.beside = true);
                }
                at(&mut columns, first, |column| column.begun += 1);
                at(&mut columns, end - 1, |column| column.ended += 1);
                for column in first..end {
                    // A text over several columns is the header of none.
                    let alone = end - first == 1;
                    at(&mut columns, column, |column| {
                        column.in_header |= named && alone;
                        column.in_body |= !named;
                    });
                }
                if !named {
                    (first..end - 1).for_each(|column| at(&mut columns, column, |column| column.across += 1));
                }
                at(&mut ended, end - 1, |base| *base = piece.base);
                at(&mut begun, first, |base| *base = piece.base);
            }
        }
        Self { columns }
    }

    fn begun(&self, column: usize) -> usize {
        self.columns.get(column).map_or(0, |column| column.begun)
    }

    fn ended(&self, column: usize) -> usize {
        self.columns.get(column).map_or(0, |column| column.ended)
    }

    fn across(&self, column: usize) -> usize {
        self.columns.get(column).map_or(0, |column| column.across)
    }

    fn beside(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|column| column.beside)
    }

    fn kind(&self, column: usize) -> Kind {
        match self.columns.get(column) {
            Some(column) if column.in_header && !column.in_body => Kind::Header,
            Some(column) if column.in_header => Kind::Both,
            _ => Kind::Body,
        }
    }
}

fn at<T>(all: &mut [T], index: usize, change: impl FnOnce(&mut T)) {
    if let Some(slot) = all.get_mut(index) {
        change(slot);
    }
}
