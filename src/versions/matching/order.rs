//! The order of a version as the other one knows it: the longest run of links that do not cross (the spine) parts the
//! list into slots, and a pair is in order where both parts are in the same slot.

use super::words::WHOLE;

/// The spine of links of one kind.
#[derive(Debug, Default)]
pub(super) struct Spine {
    /// Positions of its parts in the old version, rising.
    old: Vec<usize>,
    /// Positions of its parts in the new version, rising.
    new: Vec<usize>,
}

impl Spine {
    /// The spine of links, given in the order of the old version.
    pub(super) fn of(links: &[(usize, usize)]) -> Self {
        let news: Vec<usize> = links.iter().map(|link| link.1).collect();
        let run = longest_run(&news);
        let kept: Vec<_> = run.into_iter().filter_map(|at| links.get(at)).copied().collect();
        Self { old: kept.iter().map(|it| it.0).collect(), new: kept.iter().map(|it| it.1).collect() }
    }

    /// The slot of a part of the old version.
    pub(super) fn old_slot(&self, at: usize) -> usize {
        self.old.partition_point(|it| *it < at)
    }

    /// The slot of a part of the new version.
    pub(super) fn new_slot(&self, at: usize) -> usize {
        self.new.partition_point(|it| *it < at)
    }

    /// How many parts of the spine stand between the places of two parts.
    pub(super) fn distance(&self, old: usize, new: usize) -> usize {
        self.old_slot(old).abs_diff(self.new_slot(new))
    }

    /// How well two parts agree with the order, in thousandths; nothing where there is no order to agree with.
    pub(super) fn agreement(&self, old: usize, new: usize) -> Option<u32> {
        if self.old.is_empty() {
            return None;
        }
        Some(match self.distance(old, new) {
            0 => WHOLE,
            1 => 700,
            2..=3 => 400,
            4..=8 => 150,
            _ => 0,
        })
    }
}

/// The positions of a longest rising run in a list of different numbers.
pub(super) fn longest_run(list: &[usize]) -> Vec<usize> {
    // For each length, the position of the run's last entry with the least value; for each entry, the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(list.len());
    let value = |at: usize| list.get(at).copied().unwrap_or(usize::MAX);
    for (at, entry) in list.iter().enumerate() {
        let length = ends.partition_point(|end| value(*end) < *entry);
        before.push(length.checked_sub(1).and_then(|last| ends.get(last)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        run.push(at);
        next = before.get(at).copied().flatten();
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_leaves_out_what_crosses() {
        assert_eq!(longest_run(&[0, 5, 1, 2, 3]), [0, 2, 3, 4]);
        assert_eq!(longest_run(&[3, 0, 1, 2]), [1, 2, 3]);
        assert!(longest_run(&[]).is_empty());
    }

    #[test]
    fn parts_between_the_same_links_are_in_order() {
        let spine = Spine::of(&[(10, 20), (12, 22), (14, 21), (16, 26)]);
        assert_eq!(spine.agreement(11, 21), Some(WHOLE));
        assert_eq!(spine.distance(11, 30), 2);
        assert_eq!(Spine::default().agreement(1, 1), None);
    }
}
