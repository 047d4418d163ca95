//! Groups whose headings were lost with their pages, and groups that lost rows.

use rustc_hash::{FxHashMap, FxHashSet};

use super::by_column::Under;
use super::rows::RowFacts;
use crate::layout::{NumberToken, Style};
use crate::model::{Appendix, RowRole};

/// A group that must have been there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LostGroup {
    /// Index of its first row.
    pub row: usize,
    /// The number that the gap between its neighbours implies.
    pub label: Option<String>,
    pub style: Option<Style>,
    /// What shows it: the neighbours' numbers and the restart.
    pub evidence: String,
    /// Whether the restart by itself shows it; else only the gap between the headings does.
    sure: bool,
    /// Whether its numbers do not begin again: its first rows were lost too.
    headless: bool,
    /// Whether a whole page is known to be missing: the group before may have lost rows as well.
    page: bool,
}

/// Rows where numbering starts again at 1 with no heading between, and rows after a page's end where it jumps or goes
/// beyond what the heading counts (`declared` gives that by a name), if a heading is missing there.
pub(super) fn groups(facts: &[RowFacts], declared: impl Fn(&str) -> Option<u32>) -> Vec<LostGroup> {
    let mut walk = Walk::default();
    for (index, row) in facts.iter().enumerate() {
        match row.role {
            RowRole::Group => walk.heading(row, declared(&row.name)),
            RowRole::Item => walk.item(facts, index, row),
            _ => {}
        }
    }
    walk.number(None);
    walk.out
}

/// What was found up to a row.
#[derive(Default)]
struct Walk<'a> {
    out: Vec<LostGroup>,
    heading: Option<&'a NumberToken>,
    since_heading: Vec<LostGroup>,
    /// The number of the last row under it.
    last: Option<&'a NumberToken>,
    /// How many rows the heading counts.
    count: Option<u32>,
    /// The heading's number as the rows under it carry it: "2" of "2.1".
    front: Option<&'a str>,
}

impl<'a> Walk<'a> {
    fn heading(&mut self, row: &'a RowFacts, count: Option<u32>) {
        self.number(row.token.as_ref());
        (self.heading, self.last, self.count, self.front) = (row.token.as_ref(), None, count, None);
    }

    /// Numbers what was found since the last heading, before the next one.
    fn number(&mut self, next: Option<&NumberToken>) {
        number(&mut self.since_heading, self.heading, next);
        self.out.append(&mut self.since_heading);
    }

    fn item(&mut self, facts: &[RowFacts], index: usize, row: &'a RowFacts) {
        if matches!(row.under, Under::First(_)) {
            self.last = None;
        }
        let Some(token) = row.token.as_ref() else { return };
        self.by_front(facts, index, row, token);
        if matches!(token.style, Style::Upper | Style::Roman | Style::Worded(_)) {
            // A row that holds values itself heads those that count anew under it.
            self.last = None;
        }
        if token.style == Style::Arabic(1) {
            self.by_count(facts, index, row, token);
            self.last = Some(token);
        }
    }

    /// Rows that no longer carry the heading's number, as those before did, are another group's.
    fn by_front(&mut self, facts: &[RowFacts], index: usize, row: &RowFacts, token: &'a NumberToken) {
        let (Some(heading), Some((own, _))) = (self.heading, token.label.rsplit_once('.')) else { return };
        let other = self.front.is_some_and(|front| front != own) && own != heading.label;
        if other && !stands_under(facts, index, own) && !is_stray(facts, index, own, &heading.label) {
            self.since_heading.push(LostGroup {
                label: Some(own.to_owned()),
                style: Some(heading.style),
                sure: true,
                headless: token.ordinal > 1,
                ..LostGroup::before(index, row, token.label.clone())
            });
            self.front = Some(own);
        } else if own == heading.label {
            self.front = Some(own);
        }
    }

    /// Rows that count anew, or jump behind a page's end.
    fn by_count(&mut self, facts: &[RowFacts], index: usize, row: &RowFacts, token: &NumberToken) {
        let Some(before) = self.last else { return };
        let anew = token.ordinal == 1;
        let jumps = row.after_break
            && (token.ordinal > before.ordinal + 1
                || self.count == Some(before.ordinal)
                || row.after_lost && token.ordinal > before.ordinal);
        if !anew && !jumps {
            return;
        }
        let printed = if anew { "1" } else { &token.label };
        let again = row.after_break || before.ordinal > 1;
        self.since_heading.push(LostGroup {
            sure: anew && again && is_restart(facts, index, row.after_break),
            headless: !anew,
            ..LostGroup::before(index, row, format!("{} → {printed}", before.label))
        });
    }
}

impl LostGroup {
    /// A group without a number whose heading is missing before a row.
    fn before(index: usize, row: &RowFacts, evidence: String) -> Self {
        Self {
            row: index,
            label: None,
            style: None,
            evidence,
            sure: false,
            headless: false,
            page: row.after_lost,
        }
    }
}

/// Whether a row with a number is there, under the same heading, that the row counts under: "3.2" of "3.2.1".
fn stands_under(facts: &[RowFacts], index: usize, own: &str) -> bool {
    let before = facts.get(..index).unwrap_or_default().iter().rev();
    let mut under_heading = before.take_while(|row| row.role != RowRole::Group);
    under_heading.any(|row| row.token.as_ref().is_some_and(|token| token.label == own))
}

/// Whether a row that carries another heading's number only is numbered amiss: such a heading is there, or rows under the
/// heading before go on after it.
fn is_stray(facts: &[RowFacts], index: usize, own: &str, heading: &str) -> bool {
    let is = |row: &RowFacts, label: &str| row.token.as_ref().is_some_and(|token| token.label == label);
    let there = facts.iter().any(|row| row.role == RowRole::Group && is(row, own));
    let until_next = facts.iter().skip(index + 1).take_while(|row| row.role != RowRole::Group);
    let fronts = until_next.filter_map(|row| row.token.as_ref()?.label.rsplit_once('.'));
    there || fronts.into_iter().any(|(front, _)| front == heading)
}

/// A 1 after a page border starts again; elsewhere a 2 must follow, or it is a misprint.
fn is_restart(facts: &[RowFacts], index: usize, after_break: bool) -> bool {
    if after_break {
        return true;
    }
    let next = facts.iter().skip(index + 1).find(|row| {
        row.role == RowRole::Group
            || row.token.as_ref().is_some_and(|token| matches!(token.style, Style::Arabic(1)))
    });
    next.is_some_and(|row| {
        row.role == RowRole::Item && row.token.as_ref().is_some_and(|token| token.ordinal == 2)
    })
}

/// Gives lost groups their numbers where the headings around them leave just as many out, and drops restarts
/// that nothing else supports.
fn number(lost: &mut Vec<LostGroup>, before: Option<&NumberToken>, after: Option<&NumberToken>) {
    let gap = before.zip(after).and_then(|(before, after)| {
        let follows = after.style == before.style && after.ordinal > before.ordinal;
        follows.then(|| (after.ordinal - before.ordinal - 1) as usize)
    });
    if gap != Some(lost.len()) {
        lost.retain(|group| group.sure);
    }
    let Some(before) = before else { return };
    let count = lost.len();
    for (index, group) in lost.iter_mut().enumerate() {
        group.style = Some(before.style);
        let after_label = after.map_or("…", |after| after.label.as_str());
        group.evidence = format!("{} … {after_label}; {}", before.label, group.evidence);
        if gap == Some(count) {
            let ordinal = before.ordinal + u32::try_from(index + 1).unwrap_or(0);
            group.label = before.label_of(ordinal);
        }
    }
}

/// Ids of groups that are known to have lost rows: a page border and then a restart or a jump in numbers.
pub(super) fn incomplete(facts: &[RowFacts], lost: &[LostGroup], appendix: &Appendix) -> FxHashSet<String> {
    let mut out: FxHashSet<String> = FxHashSet::default();
    let rows = appendix.table.as_ref().map(|table| table.rows.as_slice()).unwrap_or_default();
    let groups: FxHashMap<&str, Option<&str>> =
        appendix.items.iter().map(|item| (item.id(), item.group())).collect();
    let group_of = |index: usize| groups.get(rows.get(index)?.of.as_deref()?).copied().flatten();
    let mut last: Option<(usize, u32)> = None;
    for (index, row) in facts.iter().enumerate() {
        let ordinal =
            row.token.as_ref().filter(|token| matches!(token.style, Style::Arabic(1))).map(|t| t.ordinal);
        match (row.role, ordinal) {
            (RowRole::Group, _) => last = None,
            (RowRole::Item, Some(ordinal)) => {
                if let Some((before, number)) = last {
                    let lost =
                        lost.binary_search_by_key(&index, |lost| lost.row).ok().and_then(|at| lost.get(at));
                    let jumped = row.after_break && ordinal > number + 1;
                    if jumped || lost.is_some_and(|lost| !lost.headless || lost.page) {
                        out.extend(group_of(before).map(str::to_owned));
                    }
                    if lost.is_some_and(|lost| lost.headless) {
                        out.extend(group_of(index).map(str::to_owned));
                    }
                }
                last = Some((index, ordinal));
            }
            _ => {}
        }
    }
    out
}
