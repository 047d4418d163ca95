//! A run of numbers as it should count up, and where it does not.

use rustc_hash::FxHashMap;

/// What is wrong at a position of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slip {
    /// The number of position `first` again.
    Duplicate {
        /// Where.
        at: usize,
        /// Where it stands first.
        first: usize,
        /// The number that the place calls for.
        instead: Option<u32>,
    },
    /// Numbers are missing before.
    Gap {
        /// The first number after the gap.
        at: usize,
        /// The last number before the gap.
        before: Option<usize>,
        /// First and last number of each missing stretch.
        missing: Vec<(u32, u32)>,
    },
    /// The number stands where it does not belong.
    Order {
        /// Where.
        at: usize,
        /// The number before that is in order.
        before: Option<usize>,
        /// The number after that is in order.
        after: Option<usize>,
        /// The number that the place calls for.
        instead: Option<u32>,
    },
}

/// How far back a number in order looks for the number before it.
const WINDOW: usize = 48;

/// Price of leaving a number out of the order.
const DROP: u32 = 3;

/// Price of a gap.
const GAP: u32 = 2;

/// Where a run does not count up by one. `None` stands for a place whose number is not known; it fills
/// one number. `absorbs` says of each place whether any number of them may be missing there. With `open`
/// the run may start anywhere.
pub(super) fn slips(values: &[Option<u32>], absorbs: &[bool], open: bool) -> Vec<Slip> {
    if counts_up(values, open) {
        return Vec::new();
    }
    let present = Present::of(values);
    let order = in_order(values, &present, open);
    let mut out = Vec::new();
    gaps(values, absorbs, &order, &present, open, &mut out);
    strays(values, &order, &mut out);
    out
}

fn counts_up(values: &[Option<u32>], open: bool) -> bool {
    let mut last =
        if open { values.first().copied().flatten().map(|first| first.wrapping_sub(1)) } else { Some(0) };
    values.iter().all(|value| {
        let next = last.map(|last| last.wrapping_add(1));
        last = *value;
        value.is_some() && *value == next
    })
}

/// Positions of the numbers that are in order: what is left after leaving out as few as possible, with as
/// few gaps as possible.
fn in_order(values: &[Option<u32>], present: &Present, open: bool) -> Vec<usize> {
    let known: Vec<(usize, u32)> =
        values.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?))).collect();
    let mut best: Vec<(u32, Option<usize>)> = Vec::with_capacity(known.len());
    for (k, &(at, value)) in known.iter().enumerate() {
        let lead = if open { 0 } else { present.gap_price(0, value, at) };
        let mut choice = (price(k, DROP).saturating_add(lead), None);
        for (j, &(from, low)) in known.iter().enumerate().take(k).skip(k.saturating_sub(WINDOW)).rev() {
            let Some((cost, _)) = best.get(j).filter(|_| low < value) else {
                continue;
            };
            let gap = present.gap_price(low, value, at - from - 1);
            let total = cost.saturating_add(price(k - j - 1, DROP)).saturating_add(gap);
            let higher = choice.1.and_then(|c: usize| known.get(c)).is_none_or(|&(_, c)| low > c);
            if total < choice.0 || total == choice.0 && higher {
                choice = (total, Some(j));
            }
        }
        best.push(choice);
    }
    let total = |k: usize, cost: u32| cost.saturating_add(price(known.len() - k - 1, DROP));
    let value = |k: usize| known.get(k).map(|(_, value)| *value);
    let end =
        best.iter().enumerate().min_by_key(|(k, (cost, _))| (total(*k, *cost), std::cmp::Reverse(value(*k))));
    let mut order = Vec::new();
    let mut next = end.map(|(k, _)| k);
    while let Some(k) = next {
        order.extend(known.get(k).map(|(at, _)| *at));
        next = best.get(k).and_then(|(_, from)| *from);
    }
    order.reverse();
    order
}

fn price(count: usize, each: u32) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX).saturating_mul(each)
}

/// The numbers that a run prints anywhere, sorted.
#[derive(Debug)]
struct Present(Vec<u32>);

impl Present {
    fn of(values: &[Option<u32>]) -> Self {
        let mut numbers: Vec<u32> = values.iter().copied().flatten().collect();
        numbers.sort_unstable();
        numbers.dedup();
        Self(numbers)
    }

    fn contains(&self, number: u32) -> bool {
        self.0.binary_search(&number).is_ok()
    }

    /// The price of going from `low` to `high` with `places` between: numbers that stand elsewhere are
    /// not missing.
    fn gap_price(&self, low: u32, high: u32, places: usize) -> u32 {
        let from = self.0.partition_point(|&number| number <= low);
        let to = self.0.partition_point(|&number| number < high);
        let all = usize::try_from(high.saturating_sub(low)).unwrap_or(0).saturating_sub(1);
        let absent = all.saturating_sub(to.saturating_sub(from));
        if absent > places { GAP } else { 0 }
    }
}

fn gaps(
    values: &[Option<u32>],
    absorbs: &[bool],
    order: &[usize],
    present: &Present,
    open: bool,
    out: &mut Vec<Slip>,
) {
    let mut before: Option<(usize, u32)> = None;
    for &at in order {
        let Some(value) = values.get(at).copied().flatten() else {
            continue;
        };
        let (low, first) = match before {
            Some((position, low)) => (low, position + 1),
            None => (0, 0),
        };
        let known_start = before.is_some() || !open;
        let absorbed = absorbs.get(first..at).is_some_and(|places| places.contains(&true));
        if known_start && !absorbed && present.gap_price(low, value, at - first) > 0 {
            let missing = stretches((low + 1..value).filter(|number| !present.contains(*number)));
            if !missing.is_empty() {
                out.push(Slip::Gap { at, before: before.map(|(position, _)| position), missing });
            }
        }
        before = Some((at, value));
    }
}

fn stretches(numbers: impl Iterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match out.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => out.push((number, number)),
        }
    }
    out
}

/// The numbers that are not in order.
fn strays(values: &[Option<u32>], order: &[usize], out: &mut Vec<Slip>) {
    let mut next = 0;
    let mut seen: FxHashMap<u32, usize> = FxHashMap::default();
    for &at in order {
        if let Some(value) = values.get(at).copied().flatten() {
            seen.insert(value, at);
        }
    }
    let highest = order.last().and_then(|&at| values.get(at).copied().flatten());
    for (at, value) in values.iter().enumerate() {
        while order.get(next).is_some_and(|&position| position < at) {
            next += 1;
        }
        let Some(value) = *value else { continue };
        if order.get(next) == Some(&at) {
            continue;
        }
        let before = next.checked_sub(1).and_then(|k| order.get(k)).copied();
        let after = order.get(next).copied();
        let number = |position: Option<usize>| position.and_then(|p| values.get(p).copied().flatten());
        let instead = match (number(before), number(after)) {
            (Some(low), Some(high)) => (low + 2 == high).then_some(low + 1),
            (Some(low), None) => Some(low + 1),
            (None, Some(2)) => Some(1),
            _ => None,
        };
        let instead = instead.filter(|number| !seen.contains_key(number));
        match seen.get(&value).copied() {
            // The second of two neighbours is the one that repeats.
            Some(twin) if twin == at + 1 => out.push(Slip::Duplicate { at: twin, first: at, instead: None }),
            // 7, 18, 9 … 17, 18: the place says which of the two is wrong, and what it calls for.
            Some(twin) if twin > at && before.is_some() && instead.is_some() => {
                out.push(Slip::Order { at, before, after, instead });
            }
            Some(twin) => out.push(Slip::Duplicate { at, first: twin, instead }),
            None => {
                seen.insert(value, at);
                // A number that belongs elsewhere in the run is displaced, not misread.
                let instead = instead.filter(|_| highest < Some(value));
                out.push(Slip::Order { at, before, after, instead });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[u32]) -> Vec<Slip> {
        let values: Vec<Option<u32>> = values.iter().map(|&x| (x > 0).then_some(x)).collect();
        slips(&values, &vec![false; values.len()], false)
    }

    #[test]
    fn counting_up_is_no_slip() {
        assert_eq!(of(&[1, 2, 3]), []);
        assert_eq!(of(&[]), []);
        assert_eq!(slips(&[Some(5), Some(6)], &[false, false], true), []);
    }

    #[test]
    fn a_missing_number_is_one_gap() {
        assert_eq!(of(&[1, 2, 4]), [Slip::Gap { at: 2, before: Some(1), missing: vec![(3, 3)] }]);
        assert_eq!(of(&[1, 4]), [Slip::Gap { at: 1, before: Some(0), missing: vec![(2, 3)] }]);
        assert_eq!(of(&[2, 3]), [Slip::Gap { at: 0, before: None, missing: vec![(1, 1)] }]);
    }

    #[test]
    fn a_number_twice_is_one_duplicate() {
        assert_eq!(of(&[1, 2, 2, 3]), [Slip::Duplicate { at: 2, first: 1, instead: None }]);
        assert_eq!(of(&[1, 2, 2]), [Slip::Duplicate { at: 2, first: 1, instead: Some(3) }]);
        assert_eq!(of(&[1, 2, 2, 4]), [Slip::Duplicate { at: 2, first: 1, instead: Some(3) }]);
        assert_eq!(of(&[1, 2, 3, 2, 5]), [Slip::Duplicate { at: 3, first: 1, instead: Some(4) }]);
    }

    #[test]
    fn a_number_that_stands_again_where_it_belongs_is_out_of_order() {
        assert_eq!(
            of(&[1, 2, 5, 4, 5, 6]),
            [Slip::Order { at: 2, before: Some(1), after: Some(3), instead: Some(3) }]
        );
    }

    #[test]
    fn a_misread_number_is_out_of_order_and_no_gap() {
        let slip = Slip::Order { at: 3, before: Some(2), after: Some(4), instead: Some(4) };
        assert_eq!(of(&[1, 2, 3, 62, 5]), [slip]);
        assert_eq!(
            of(&[1, 3, 2, 4]),
            [Slip::Order { at: 2, before: Some(1), after: Some(3), instead: None }]
        );
        assert_eq!(of(&[1, 3, 2]), [Slip::Order { at: 2, before: Some(1), after: None, instead: None }]);
        assert_eq!(of(&[13, 2, 3]), [Slip::Order { at: 0, before: None, after: Some(1), instead: Some(1) }]);
    }

    #[test]
    fn an_unknown_number_fills_its_place() {
        assert_eq!(of(&[1, 0, 3]), []);
        assert_eq!(of(&[1, 0, 5]).len(), 1);
        assert_eq!(slips(&[Some(1), None, Some(5)], &[false, true, false], false), []);
    }
}
