//! The assignment of greatest weight, block by block. Pairs that may be are the edges of a graph; what is not connected is
//! decided by itself, so that the cubic time of the exact method is spent on a few dozen parts at a time.

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;
use rustc_hash::FxHashMap;

use super::score::ACCEPTED;

/// Most parts of one version that are decided at once.
const LARGEST: usize = 160;

/// A pair that may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) score: u32,
    /// How far the two are from the same place in the order; of equal pairs the nearer wins.
    pub(super) distance: usize,
}

impl Edge {
    /// What the assignment gains by the pair. Leaving both alone gains nothing.
    fn gain(self) -> i64 {
        let nearness = 63 - i64::try_from(self.distance.min(63)).unwrap_or(63);
        i64::from(self.score + 1 - ACCEPTED.min(self.score)) * 64 + nearness
    }
}

/// The pairs of the best assignment, in order.
pub(super) fn assign(edges: &[Edge]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut todo = vec![(edges.to_vec(), ACCEPTED)];
    while let Some((edges, floor)) = todo.pop() {
        for block in blocks(&edges) {
            if largest(&block) <= LARGEST {
                solve(&block, &mut pairs);
            } else {
                todo.push(thinned(block, floor));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

/// A block that is too large without its weakest edges; where all are of one strength, without those that lie farthest
/// from the order.
fn thinned(mut block: Vec<Edge>, floor: u32) -> (Vec<Edge>, u32) {
    let raised = floor + 40;
    if raised <= 1000 {
        block.retain(|edge| edge.score >= raised);
        return (block, raised);
    }
    let mut distances: Vec<usize> = block.iter().map(|edge| edge.distance).collect();
    distances.sort_unstable();
    let median = distances.get(distances.len() / 2).copied().unwrap_or(0);
    let nearer: Vec<Edge> = block.iter().filter(|edge| edge.distance < median).copied().collect();
    if nearer.is_empty() || nearer.len() == block.len() {
        // All alike: one after the other, in chunks.
        block.sort_unstable_by_key(|edge| (edge.old, edge.new));
        let first = block.first().map_or(0, |edge| edge.old);
        let last = block.last().map_or(0, |edge| edge.old);
        let middle = usize::midpoint(first, last);
        let news: Vec<usize> = block.iter().map(|edge| edge.new).collect();
        let cut =
            usize::midpoint(news.iter().copied().min().unwrap_or(0), news.iter().copied().max().unwrap_or(0));
        block.retain(|edge| (edge.old <= middle) == (edge.new <= cut));
        return (block, raised);
    }
    (nearer, raised)
}

/// The edges that hang together, in order of their first part.
fn blocks(edges: &[Edge]) -> Vec<Vec<Edge>> {
    let mut parents: Vec<usize> = Vec::new();
    let (mut olds, mut news) = (FxHashMap::default(), FxHashMap::default());
    for edge in edges {
        let mut node = |map: &mut FxHashMap<usize, usize>, key| {
            *map.entry(key).or_insert_with(|| {
                parents.push(parents.len());
                parents.len() - 1
            })
        };
        let (one, other) = (node(&mut olds, edge.old), node(&mut news, edge.new));
        let (one, other) = (root(&mut parents, one), root(&mut parents, other));
        if let Some(parent) = parents.get_mut(one.max(other)) {
            *parent = one.min(other);
        }
    }
    let mut at: FxHashMap<usize, usize> = FxHashMap::default();
    let mut out: Vec<Vec<Edge>> = Vec::new();
    for edge in edges {
        let node = olds.get(&edge.old).copied().unwrap_or(0);
        let block = *at.entry(root(&mut parents, node)).or_insert_with(|| {
            out.push(Vec::new());
            out.len() - 1
        });
        if let Some(block) = out.get_mut(block) {
            block.push(*edge);
        }
    }
    out
}

fn root(parents: &mut [usize], node: usize) -> usize {
    let mut at = node;
    while let Some(parent) = parents.get(at).copied().filter(|parent| *parent != at) {
        // Halves the way for the next look-up.
        let above = parents.get(parent).copied().unwrap_or(parent);
        if let Some(entry) = parents.get_mut(at) {
            *entry = above;
        }
        at = above;
    }
    at
}

/// How many parts of the version with more of them a block has.
fn largest(block: &[Edge]) -> usize {
    distinct(block.iter().map(|edge| edge.old)).len().max(distinct(block.iter().map(|edge| edge.new)).len())
}

fn distinct(parts: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut parts: Vec<usize> = parts.collect();
    parts.sort_unstable();
    parts.dedup();
    parts
}

fn solve(block: &[Edge], pairs: &mut Vec<(usize, usize)>) {
    if let [edge] = block {
        pairs.push((edge.old, edge.new));
        return;
    }
    let (olds, news) =
        (distinct(block.iter().map(|edge| edge.old)), distinct(block.iter().map(|edge| edge.new)));
    let weights: FxHashMap<(usize, usize), i64> =
        block.iter().map(|edge| ((edge.old, edge.new), edge.gain())).collect();
    // The method wants at least as many columns as rows.
    let turned = olds.len() > news.len();
    let (rows, columns) = if turned { (&news, &olds) } else { (&olds, &news) };
    let pair = |row: usize, column: usize| if turned { (column, row) } else { (row, column) };
    let cells = rows.iter().map(|row| {
        columns
            .iter()
            .map(|column| weights.get(&pair(*row, *column)).copied().unwrap_or(0))
            .collect::<Vec<i64>>()
    });
    let Ok(matrix) = Matrix::from_rows(cells) else { return };
    let (_, chosen) = kuhn_munkres(&matrix);
    for (row, column) in rows.iter().zip(chosen) {
        let Some(column) = columns.get(column) else { continue };
        let pair = pair(*row, *column);
        if weights.contains_key(&pair) {
            pairs.push(pair);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(old: usize, new: usize, score: u32) -> Edge {
        Edge { old, new, score, distance: old.abs_diff(new) }
    }

    #[test]
    fn the_whole_counts_more_than_the_best_pair() {
        let edges = [edge(0, 0, 900), edge(0, 1, 880), edge(1, 0, 890)];
        assert_eq!(assign(&edges), [(0, 1), (1, 0)]);
    }

    #[test]
    fn of_equal_pairs_those_in_order_win() {
        let edges: Vec<_> = (0..5).flat_map(|old| (0..5).map(move |new| edge(old, new, 950))).collect();
        assert_eq!(assign(&edges), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)]);
    }

    #[test]
    fn many_rows_of_one_name_end_in_order() {
        let near =
            |old: usize| (old.saturating_sub(3)..=(old + 3).min(999)).map(move |new| edge(old, new, 1000));
        let edges: Vec<_> = (0..1000).flat_map(near).collect();
        let pairs = assign(&edges);
        assert!(pairs.len() > 980, "{}", pairs.len());
        assert!(pairs.iter().filter(|(old, new)| old == new).count() > 970);
    }

    #[test]
    fn more_old_parts_than_new_ones() {
        let edges = [edge(0, 5, 700), edge(1, 5, 800), edge(2, 5, 650)];
        assert_eq!(assign(&edges), [(1, 5)]);
    }
}
