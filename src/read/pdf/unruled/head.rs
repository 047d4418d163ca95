//! The header of a table without rules: texts that run over several columns, and those of each under them.

use std::ops::Range;

use super::columns::Columns;
use super::pieces::{Piece, Text};
use super::rows::Bands;
use super::under::{MEET, Under, unders};
use crate::grammar::Grammar;
use crate::model::ColumnRole;
use crate::read::pdf::geometry::Area;
use crate::read::pdf::path::Rule;

/// A text stands lower than another by so many sizes.
const LOWER: f64 = 0.8;
/// The middle of what is under a text that spans columns is lower than the header's by so many sizes.
const BELOW: f64 = 0.3;
/// A text stands in the middle of its columns by so many sizes and this share of their width.
const CENTRED: f64 = 0.8;
const SHARE: f64 = 0.04;
/// Lines of one text stand no farther apart, in sizes.
const FAR: f64 = 1.35;
/// Texts whose bases differ by less, in sizes, stand on one line.
const LEVEL: f64 = 0.3;
/// Texts begin at one place within so many sizes.
const LEFT: f64 = 0.1;
/// Most rows of a header.
const DEEPEST: usize = 4;

/// A cell of a header.
#[derive(Debug, Clone, Copy)]
struct Cell {
    first: usize,
    last: usize,
    top: f64,
    bottom: f64,
    row: usize,
    /// Whether it has cells of its own below.
    parted: bool,
}

/// The cells of a header.
#[derive(Debug)]
pub(super) struct Head {
    cells: Vec<Cell>,
    rows: usize,
    width: usize,
    /// Whether texts begin at the top of their cells.
    from_top: bool,
    /// Whether they end at the bottom.
    to_bottom: bool,
    /// What its columns are called, as far as it is in one piece.
    names: Vec<String>,
}

/// A piece of the header with the columns in which it stands.
pub(super) struct Placed {
    first: usize,
    last: usize,
    pub area: Area,
    pub base: f64,
    size: f64,
}

/// Whether lines name columns.
pub(super) fn is_header(grammar: &Grammar, text: &Text<'_>, lines: Range<usize>, columns: &Columns) -> bool {
    is_known(grammar, &names(text, lines, columns))
}

fn is_known(grammar: &Grammar, names: &[String]) -> bool {
    let mut roles: Vec<ColumnRole> = names.iter().filter_map(|name| grammar.tables.role(name)).collect();
    let numbers = names.first().and_then(|name| grammar.tables.role(name)) == Some(ColumnRole::Number);
    roles.sort_unstable();
    roles.dedup();
    let filled = names.iter().filter(|name| !name.is_empty()).count();
    roles.len() >= 3 || numbers && (roles.len() >= 2 || filled >= 3)
}

/// The words of each column.
fn names(text: &Text<'_>, lines: Range<usize>, columns: &Columns) -> Vec<String> {
    let mut names = vec![String::new(); columns.count()];
    for word in lines.flat_map(|line| text.pieces_of(line)).flat_map(|piece| piece.words) {
        if let Some(name) = names.get_mut(columns.at(word.area.left.midpoint(word.area.right))) {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(&word.text);
        }
    }
    names
}

/// The cells of the header that `bands` have.
pub(super) fn cells(text: &Text<'_>, rules: &[Rule], bands: &Bands, columns: &Columns) -> Option<Head> {
    if bands.head.is_empty() {
        return None;
    }
    let pieces = bands.head.clone().flat_map(|line| text.pieces_of(line));
    let placed: Vec<Placed> = pieces.flat_map(|piece| placed(piece, columns)).collect();
    let area = placed.iter().map(|piece| piece.area).reduce(Area::around)?;
    let mut head = Head {
        cells: Vec::new(),
        rows: 1,
        width: columns.count(),
        from_top: false,
        to_bottom: false,
        names: names(text, bands.head.clone(), columns),
    };
    let all: Vec<&Placed> = placed.iter().collect();
    let last = columns.count().saturating_sub(1);
    let unders = unders(rules, columns, area, &placed);
    if !unders.is_empty() {
        let all: Vec<&Placed> = placed.iter().collect();
        head.part_by_rules((&unders, &all), columns, (0, last), (area.top, area.bottom), 0);
        head.rows = head.cells.iter().map(|cell| cell.row + 1).max().unwrap_or(1);
        return Some(head);
    }
    let level = Level::of(&all, 0, last, false);
    // Where the first column's text, which nothing stands over, begins at the top, all do.
    head.from_top = level.first_base(0).is_some_and(|base| base - level.top < BELOW * level.size);
    let bases = placed.iter().map(|piece| piece.base);
    let bottom = bases.fold(f64::NEG_INFINITY, f64::max);
    head.to_bottom =
        !head.from_top && level.first_base(0).is_some_and(|base| bottom - base < BELOW * level.size);
    head.part(&all, columns, (0, last), (area.top, area.bottom), 0);
    head.rows = head.cells.iter().map(|cell| cell.row + 1).max().unwrap_or(1);
    Some(head)
}

/// A piece, or its words by column where none runs over a border.
fn placed(piece: &Piece<'_>, columns: &Columns) -> Vec<Placed> {
    let (first, last) = columns.range(piece);
    let of = |first, last, area| Placed { first, last, area, base: piece.base, size: piece.size };
    if first == last || columns.runs_over(piece) {
        return vec![of(first, last, piece.area)];
    }
    let at = |area: Area| columns.at(area.left.midpoint(area.right));
    (first..=last)
        .filter_map(|column| {
            let words = piece.words.iter().map(|word| word.area).filter(|area| at(*area) == column);
            words.reduce(Area::around).map(|area| of(column, column, area))
        })
        .collect()
}

impl Head {
    pub fn is_known(&self, grammar: &Grammar) -> bool {
        is_known(grammar, &self.names)
    }

    /// The cell at a place of the header.
    pub fn place(&self, x: f64, y: f64, columns: &Columns) -> Option<(usize, usize)> {
        let column = columns.at(x);
        let bottom = self.cells.iter().map(|cell| cell.bottom).fold(f64::NEG_INFINITY, f64::max);
        if y > bottom {
            return None;
        }
        let over = self.cells.iter().filter(|cell| (cell.first..=cell.last).contains(&column));
        // The lowest cell that begins above.
        let cell = over.clone().filter(|cell| cell.top <= y).max_by(|a, b| a.top.total_cmp(&b.top));
        cell.or_else(|| over.min_by(|a, b| a.top.total_cmp(&b.top))).map(|cell| (cell.row, cell.first))
    }

    /// The upper borders of its rows.
    pub fn heights(&self, area: Area) -> Vec<f64> {
        let rows = u32::try_from(self.rows).unwrap_or(1);
        (0..rows)
            .map(|row| area.top - 1.0 + (area.height() + 1.0) * f64::from(row) / f64::from(rows))
            .collect()
    }

    /// Whether a border stands right of, and under, each place.
    pub fn borders(&self, right_of: &mut Vec<bool>, under: &mut Vec<bool>) {
        let owner = |row: usize, column: usize| {
            let over = self.cells.iter().filter(|cell| (cell.first..=cell.last).contains(&column));
            let last = over.filter(|cell| cell.row <= row).max_by_key(|cell| cell.row);
            last.map(|cell| (cell.row, cell.first))
        };
        for row in 0..self.rows {
            for column in 0..self.width {
                right_of.push(owner(row, column) != owner(row, column + 1));
                under.push(row + 1 == self.rows || owner(row, column) != owner(row + 1, column));
            }
        }
    }

    /// Parts columns by the rules under the texts that stand over several; a column without one is a cell as a whole. Where one
    /// rule is under several texts these tell.
    fn part_by_rules(
        &mut self,
        (unders, pieces): (&[Under], &[&Placed]),
        columns: &Columns,
        (first, last): (usize, usize),
        reach: (f64, f64),
        row: usize,
    ) {
        let mut at = first;
        while at <= last {
            let inside = |under: &&Under| {
                under.first == at && under.last <= last && reach.0 + MEET < under.at && row + 1 < DEEPEST
            };
            let under = unders.iter().filter(inside).min_by(|a, b| a.at.total_cmp(&b.at)).copied();
            let (end, bottom) = under.map_or((at, reach.1), |under| (under.last, under.at));
            let within = |piece: &&&Placed| at <= piece.first && piece.last <= end && reach.0 < piece.base;
            let own: Vec<&Placed> = pieces.iter().filter(within).copied().collect();
            let above = |piece: &&&Placed| under.is_some() && piece.base < bottom;
            let beside = own.iter().filter(above).any(|piece| {
                own.iter().any(|other| {
                    other.first != piece.first && (other.base - piece.base).abs() < LEVEL * piece.size
                })
            });
            if beside {
                self.part(&own, columns, (at, end), reach, row);
            } else {
                let parted = under.is_some();
                self.cells.push(Cell { first: at, last: end, top: reach.0, bottom, row, parted });
                if parted {
                    self.part_by_rules((unders, pieces), columns, (at, end), (bottom, reach.1), row + 1);
                }
            }
            at = end + 1;
        }
    }

    /// Parts columns at a row of the header; `reach` is from where to where it goes.
    fn part(
        &mut self,
        pieces: &[&Placed],
        columns: &Columns,
        (first, last): (usize, usize),
        reach: (f64, f64),
        row: usize,
    ) {
        let level = Level { to_bottom: self.to_bottom, ..Level::of(pieces, first, last, self.from_top) };
        let mut at = first;
        while at <= last {
            let end = if row + 1 < DEEPEST { level.span(columns, at, last) } else { at };
            let own: Vec<&Placed> =
                pieces.iter().filter(|piece| at <= piece.first && piece.last <= end).copied().collect();
            let split = if end > at { level.split(&own, columns, at, end) } else { None };
            let below: Vec<&Placed> =
                own.iter().filter(|piece| split.is_some_and(|split| piece.base > split)).copied().collect();
            let parted = !below.is_empty();
            let size = own.first().map_or(0.0, |piece| piece.size);
            // The letters of a line stand over its base.
            let middle = split.unwrap_or(reach.1) - size * 0.1;
            let bottom = if parted { middle } else { reach.1 };
            self.cells.push(Cell { first: at, last: end, top: reach.0, bottom, row, parted });
            if parted {
                self.part(&below, columns, (at, end), (middle, reach.1), row + 1);
            }
            at = end + 1;
        }
        debug_assert!(
            self.cells.iter().all(|cell| cell.first <= cell.last && (cell.parted || cell.top <= cell.bottom))
        );
    }
}

/// Where texts stand in some columns of a header.
struct Level<'p> {
    pieces: &'p [&'p Placed],
    first: usize,
    from_top: bool,
    to_bottom: bool,
    /// The highest base of each column; none where it is blank.
    firsts: Vec<Option<f64>>,
    /// The middle of each column's text.
    middles: Vec<f64>,
    top: f64,
    middle: f64,
    size: f64,
}

impl<'p> Level<'p> {
    fn of(pieces: &'p [&'p Placed], first: usize, last: usize, from_top: bool) -> Self {
        let size = pieces.first().map_or(10.0, |piece| piece.size);
        let bases = |column: usize| {
            let own = pieces.iter().filter(move |piece| (piece.first..=piece.last).contains(&column));
            own.map(|piece| piece.base).fold(None, |range: Option<(f64, f64)>, base| {
                let (low, high) = range.unwrap_or((base, base));
                Some((low.min(base), high.max(base)))
            })
        };
        let ranges: Vec<Option<(f64, f64)>> = (first..=last).map(bases).collect();
        let top = ranges.iter().flatten().map(|range| range.0).fold(f64::INFINITY, f64::min);
        let bottom = ranges.iter().flatten().map(|range| range.1).fold(f64::NEG_INFINITY, f64::max);
        Self {
            pieces,
            first,
            from_top,
            to_bottom: false,
            firsts: ranges.iter().map(|range| range.map(|range| range.0)).collect(),
            middles: ranges.iter().map(|range| range.map_or(0.0, |(a, b)| a.midpoint(b))).collect(),
            top,
            middle: top.midpoint(bottom),
            size,
        }
    }

    fn first_base(&self, column: usize) -> Option<f64> {
        self.firsts.get(column.checked_sub(self.first)?).copied().flatten()
    }

    /// Whether a column's text begins under another: something stands over it.
    fn is_lower(&self, column: usize) -> bool {
        let middle = column.checked_sub(self.first).and_then(|at| self.middles.get(at)).copied();
        self.first_base(column).is_some_and(|base| base - self.top > LOWER * self.size)
            && (self.from_top || middle.is_some_and(|middle| middle - self.middle > BELOW * self.size))
    }

    /// The last column of the cell that begins at a column.
    fn span(&self, columns: &Columns, at: usize, last: usize) -> usize {
        let mut best: Option<(f64, usize)> = None;
        for piece in self.pieces.iter().filter(|piece| at <= piece.first && self.is_first(piece)) {
            // Every column between is lower, and the text stands in the middle of all.
            let lower = |range: Range<usize>| range.into_iter().all(|column| self.is_lower(column));
            if !lower(at..piece.first) {
                continue;
            }
            // Where all texts end at the bottom, the last line of one says nothing of its neighbour.
            if at == piece.first
                && !self.to_bottom
                && let Some(end) = self.left_run(piece, last)
            {
                return end;
            }
            let mut end = piece.last;
            loop {
                if let Some((left, right)) = columns.area(at, end) {
                    let middle = piece.area.left.midpoint(piece.area.right);
                    let by = (left.midpoint(right) - middle).abs();
                    let near = by < CENTRED * self.size + SHARE * (right - left);
                    let wide = end > at && (near || at == piece.first && end == piece.last);
                    let better = best.is_none_or(|(least, widest)| {
                        by < least - self.size || by < least + self.size && end > widest
                    });
                    if wide && better {
                        best = Some((by, end));
                    }
                }
                end += 1;
                if end > last || !self.is_lower(end) || self.is_spanned(end) {
                    break;
                }
            }
        }
        let end = best.map_or(at, |(_, end)| end);
        // A text that runs over the last of them belongs here as a whole.
        self.pieces
            .iter()
            .filter(|piece| piece.first <= end && piece.last > end && piece.first >= at)
            .map(|piece| piece.last)
            .max()
            .unwrap_or(end)
            .min(last)
    }

    /// The last of the lower columns right of a text that begins where the text under it does: headers that are not centred.
    fn left_run(&self, piece: &Placed, last: usize) -> Option<usize> {
        let own = self.pieces.iter().filter(|other| other.first == piece.first && other.base > piece.base);
        let under = own.min_by(|a, b| a.base.total_cmp(&b.base))?;
        let mut end = piece.last;
        while end < last && self.is_lower(end + 1) && !self.is_spanned(end + 1) {
            end += 1;
        }
        ((under.area.left - piece.area.left).abs() < LEFT * self.size && end > piece.first).then_some(end)
    }

    /// Whether a piece is the first in its columns.
    fn is_first(&self, piece: &Placed) -> bool {
        (piece.first..=piece.last)
            .filter_map(|column| self.first_base(column))
            .all(|base| piece.base <= base + 0.1 * self.size)
            && piece.base - self.top < 3.0 * self.size
    }

    /// Whether a text that runs over columns stands over a column.
    fn is_spanned(&self, column: usize) -> bool {
        self.pieces
            .iter()
            .any(|piece| piece.first < piece.last && (piece.first..=piece.last).contains(&column))
    }

    /// The base of the last line of the text over columns: lines with one text that runs over columns.
    fn across(&self, own: &[&Placed]) -> f64 {
        let mut across = f64::NEG_INFINITY;
        loop {
            let below = own.iter().filter(|piece| piece.base > across + 0.3 * self.size);
            let Some(next) = below.map(|piece| piece.base).reduce(f64::min) else { return across };
            let line = || own.iter().filter(|piece| (piece.base - next).abs() < 0.3 * self.size);
            if !line().all(|piece| piece.first < piece.last) || line().count() > 1 && across.is_finite() {
                return across;
            }
            across = next;
        }
    }

    /// The height between a text over columns and what stands under it in each.
    fn split(&self, own: &[&Placed], columns: &Columns, first: usize, last: usize) -> Option<f64> {
        // Where a text runs over columns, what is under the last such line is theirs. That may be its own last words, which
        // stand alone; columns that begin lower, and two texts beside one another, tell.
        let across = self.across(own);
        let alone =
            |column: usize| own.iter().filter(move |piece| piece.first == column && piece.last == column);
        let lower = (first..=last).filter(|column| self.is_lower(*column)).flat_map(alone);
        let beside = own.iter().filter(|piece| {
            own.iter()
                .any(|other| other.first != piece.first && (other.base - piece.base).abs() < 0.3 * self.size)
        });
        let middle = columns.area(first, last).map_or(0.0, |(left, right)| left.midpoint(right));
        let aside = own.iter().filter(|piece| {
            piece.first == piece.last
                && piece.first > first
                && (piece.area.left.midpoint(piece.area.right) - middle).abs() > self.size
        });
        let far = own.iter().filter(|piece| {
            let above = |other: &Placed| {
                (piece.base - FAR * self.size..piece.base - 0.3 * self.size).contains(&other.base)
            };
            piece.base > across && !own.iter().any(|other| above(other))
        });
        let beside = beside.chain(aside).chain(far).filter(|_| across.is_finite());
        let starts =
            lower.chain(beside).map(|piece| piece.base).filter(|base| *base > across + 0.3 * self.size);
        let start = starts.fold(f64::INFINITY, f64::min);
        if start.is_finite() {
            return Some(start - 0.8 * self.size);
        }
        let below = own.iter().map(|piece| piece.base).filter(|base| *base > across);
        let start = below.fold(f64::INFINITY, f64::min);
        (across.is_finite() && start.is_finite()).then_some(start - 0.8 * self.size)
    }
}
