//! What the numbering rules share: sibling lists of printed numbers, and where they do not count up.
//!
//! Siblings are the sections under one parent, the groups under one parent, and the items of one group.
//! Numbering may run on from list to list ("Điều" through all chapters, targets through all groups) or
//! start anew in each; which of the two is read off the first numbers of the lists.

mod label;
mod lists;
mod node;
mod run;
mod writing;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Context;
use crate::grammar::{Grammar, Ordinals};
use crate::model::{Appendix, BlockKind, ColumnRole, Group, Item, RowRole, Section};
pub(super) use label::roman;
use label::{Class, Label, Part};
use lists::{apart, runs};
pub(super) use node::Node;
use run::slips;
use writing::{Writing, digits, name};

/// A place where siblings do not count up by one.
#[derive(Debug)]
pub(super) enum Fault<'a> {
    /// The number of `first` again.
    Duplicate {
        /// Where.
        at: Node<'a>,
        /// Where it stands first.
        first: Node<'a>,
        /// The number that the place calls for.
        instead: Option<String>,
    },
    /// Numbers are missing before `at`.
    Gap {
        /// The first number after the gap.
        at: Node<'a>,
        /// The last number before the gap.
        before: Option<Node<'a>>,
        /// The missing numbers; a long stretch as one range.
        missing: Vec<String>,
    },
    /// The number stands where it does not belong.
    Order {
        /// Where.
        at: Node<'a>,
        /// The number before that is in order.
        before: Option<Node<'a>>,
        /// The number after that is in order.
        after: Option<Node<'a>>,
        /// The number that the place calls for.
        instead: Option<String>,
    },
    /// Counting starts again with no heading between.
    Restart {
        /// Where.
        at: Node<'a>,
        /// The last number before.
        before: Node<'a>,
    },
}

/// A sibling with its number.
#[derive(Debug, Clone)]
struct Mark<'a> {
    node: Node<'a>,
    /// The number, where it can be read.
    label: Option<Label>,
    /// Whether any number of siblings may be missing here.
    absorbs: bool,
    /// Whether a number of another kind stands between this one and the last of its kind.
    interrupted: bool,
    /// Position of the sibling list.
    list: usize,
}

/// Siblings under one parent.
#[derive(Debug, Default)]
struct List<'a> {
    marks: Vec<Mark<'a>>,
    /// Whether the list may start anywhere, since what stood before it is lost.
    open: bool,
}

/// What numbers that count together share: the words before, the parts before the last, and the kind of
/// the last.
type Key = (String, Vec<Part>, Class);

impl<'a> Context<'a> {
    /// All faults of the document: the body's, then each appendix's.
    pub(super) fn faults(&self) -> &[Fault<'a>] {
        self.faults.get_or_init(|| faults(self))
    }
}

fn faults<'a>(context: &Context<'a>) -> Vec<Fault<'a>> {
    let ordinals = &context.grammar.ordinals;
    let mut out = Vec::new();
    sections(&context.document.sections, ordinals, &mut out);
    for appendix in &context.document.appendices {
        groups(appendix, ordinals, &mut out);
        items(appendix, context.grammar, &mut out);
    }
    out
}

/// The sections of the body, depth by depth.
fn sections<'a>(top: &'a [Section], ordinals: &Ordinals, out: &mut Vec<Fault<'a>>) {
    let mut level = vec![top];
    while !level.is_empty() {
        let lists = level.iter().filter(|siblings| !siblings.is_empty()).map(|siblings| {
            let marks = siblings.iter().map(|section| Mark {
                node: Node::Section(section),
                label: Label::parse(&section.number, ordinals),
                absorbs: false,
                interrupted: false,
                list: 0,
            });
            List { marks: marks.collect(), open: false }
        });
        family(lists.collect(), ordinals, out);
        level = level.iter().flat_map(|siblings| siblings.iter().map(|x| x.sections.as_slice())).collect();
    }
}

/// The groups of an appendix, depth by depth.
fn groups<'a>(appendix: &'a Appendix, ordinals: &Ordinals, out: &mut Vec<Fault<'a>>) {
    let mut parents: FxHashMap<Option<&str>, usize> = FxHashMap::default();
    let mut depths: FxHashMap<&str, usize> = FxHashMap::default();
    let mut families: Vec<Vec<List<'a>>> = Vec::new();
    let heads = heads(appendix, ordinals);
    for group in &appendix.groups {
        let parent = group.parent.as_deref();
        let depth = parent.and_then(|id| depths.get(id)).map_or(0, |depth| depth + 1);
        depths.insert(&group.id, depth);
        if families.len() <= depth {
            families.resize_with(depth + 1, Vec::new);
        }
        let Some(lists) = families.get_mut(depth) else {
            continue;
        };
        let at = *parents.entry(parent).or_insert_with(|| {
            lists.push(List { marks: Vec::new(), open: header_is_lost(appendix) && depth == 0 });
            lists.len() - 1
        });
        let label = group.number.as_deref().map(|number| Label::parse(number, ordinals));
        let unnumbered = label.is_none() && !group.inferred || heads.contains(group.id.as_str());
        if let (Some(list), false) = (lists.get_mut(at), unnumbered) {
            let absorbs = group.inferred;
            let node = Node::Group(appendix, group);
            list.marks.push(Mark { node, label: label.flatten(), absorbs, interrupted: false, list: 0 });
        }
    }
    for lists in families {
        family(lists, ordinals, out);
    }
}

/// What a number counts with, whatever the number is.
fn key(label: &Label) -> Key {
    (label.word.to_lowercase(), label.prefix().to_vec(), label.class())
}

/// Ids of the groups that count with the items: the heads of lists ("2" over "a)", "b)" between "1" and "3"). What stands
/// under them counts in another way.
fn heads<'a>(appendix: &'a Appendix, ordinals: &Ordinals) -> FxHashSet<&'a str> {
    let mut counted: FxHashSet<Key> = FxHashSet::default();
    let mut inside: FxHashSet<(&str, Key)> = FxHashSet::default();
    for item in &appendix.items {
        let Some(label) = item.number().and_then(|number| Label::parse(number, ordinals)) else { continue };
        counted.insert(key(&label));
        inside.extend(item.group().map(|group| (group, key(&label))));
    }
    let parents: FxHashSet<&str> =
        appendix.groups.iter().filter_map(|group| group.parent.as_deref()).collect();
    let is_head = |group: &&Group| {
        let label = group.number.as_deref().and_then(|number| Label::parse(number, ordinals));
        label.is_some_and(|label| {
            let own = key(&label);
            counted.contains(&own) && !inside.contains(&(group.id.as_str(), own))
        }) && !parents.contains(group.id.as_str())
    };
    let groups = appendix.groups.iter().filter(|group| !group.inferred);
    groups.filter(is_head).map(|group| group.id.as_str()).collect()
}

/// The items with a number, and the heads among them, as they are printed.
fn numbered_rows<'a>(appendix: &'a Appendix, ordinals: &Ordinals) -> Vec<Node<'a>> {
    let heads = heads(appendix, ordinals);
    let items = appendix.items.iter().filter(|item| item.number().is_some());
    let mut out: Vec<Node<'a>> = items.map(|item| Node::Item(appendix, item)).collect();
    if heads.is_empty() {
        return out;
    }
    let groups = appendix.groups.iter().filter(|group| heads.contains(group.id.as_str()));
    out.extend(groups.map(|group| Node::Group(appendix, group)));
    out.sort_by_key(|node| match node {
        Node::Item(_, item) => item.at().span.0,
        Node::Group(_, group) => group.at.span.0,
        Node::Section(section) => section.at.span.0,
    });
    out
}

/// The items of an appendix, group by group; the parts of targets count apart from the targets.
fn items<'a>(appendix: &'a Appendix, grammar: &Grammar, out: &mut Vec<Fault<'a>>) {
    let ordinals = &grammar.ordinals;
    let open: FxHashMap<&str, bool> =
        appendix.groups.iter().map(|group| (group.id.as_str(), group.inferred)).collect();
    let mut known: FxHashMap<(bool, Option<&str>), usize> = FxHashMap::default();
    let mut lists: Vec<List<'a>> = Vec::new();
    let mut parts: Vec<List<'a>> = Vec::new();
    for node in numbered_rows(appendix, ordinals) {
        let (part, owner) = match node {
            Node::Item(_, Item::Target(target)) if target.parent.is_some() => {
                (true, target.parent.as_deref())
            }
            Node::Item(_, item) => (false, item.group()),
            Node::Group(_, group) => (false, group.parent.as_deref()),
            Node::Section(_) => continue,
        };
        let lists = if part { &mut parts } else { &mut lists };
        let at = *known.entry((part, owner)).or_insert_with(|| {
            let inferred = owner.and_then(|id| open.get(id)).copied().unwrap_or_default();
            lists.push(List { marks: Vec::new(), open: inferred || header_is_lost(appendix) });
            lists.len() - 1
        });
        if let Some(list) = lists.get_mut(at) {
            let label = Label::parse(node.number(), ordinals);
            list.marks.push(Mark { node, label, absorbs: false, interrupted: false, list: 0 });
        }
    }
    // "Khối 10" in a column called "Khối" begins where it must.
    if !counts_rows(appendix, grammar) {
        lists.iter_mut().for_each(|list| list.open = true);
    }
    family(lists, ordinals, out);
    family(parts, ordinals, out);
}

/// Whether the column of numbers is called so, or not at all.
fn counts_rows(appendix: &Appendix, grammar: &Grammar) -> bool {
    let numbers = appendix.columns.iter().find(|column| column.role == ColumnRole::Number);
    let header = numbers.and_then(|column| column.path.last());
    header.is_none_or(|header| grammar.tables.role(header) == Some(ColumnRole::Number))
}

/// A table whose header is lost may start in the middle.
fn header_is_lost(appendix: &Appendix) -> bool {
    appendix.table.as_ref().is_some_and(|table| table.header.is_empty())
}

/// Sibling lists of one level, in order.
fn family<'a>(mut lists: Vec<List<'a>>, ordinals: &Ordinals, out: &mut Vec<Fault<'a>>) {
    for (at, list) in lists.iter_mut().enumerate() {
        list.marks.iter_mut().for_each(|mark| mark.list = at);
        misplaced(list, out);
    }
    let open: Vec<bool> = lists.iter().map(|list| list.open).collect();
    for run in runs(lists).into_iter().flat_map(apart) {
        check_run(&run, &open, ordinals, out);
    }
}

/// Numbers that belong under another parent ("2.2" between "3.1" and "3.3") keep their place and lose
/// their number.
fn misplaced<'a>(list: &mut List<'a>, out: &mut Vec<Fault<'a>>) {
    let strange: Vec<usize> = (1..list.marks.len())
        .filter(|&at| {
            let label = |at: usize| list.marks.get(at).and_then(|mark| mark.label.as_ref());
            let (Some(own), Some(last)) = (label(at), label(at - 1)) else {
                return false;
            };
            let inside = at + 1 < list.marks.len();
            let next = if inside { label(at + 1) } else { label(at.wrapping_sub(2)) };
            let alike = own.path.len() == last.path.len();
            own.prefix() != last.prefix()
                && next.is_some_and(|next| next.prefix() == last.prefix())
                && follows(last, own)
                && (alike || inside && next.is_some_and(|next| follows(own, next)))
        })
        .collect();
    for at in strange {
        let node = |at: usize| list.marks.get(at).map(|mark| mark.node);
        let (Some(here), before, after) = (node(at), node(at - 1), node(at + 1)) else {
            continue;
        };
        let instead = list.marks.get(at - 1).and_then(|mark| mark.label.as_ref()).and_then(next_text);
        out.push(Fault::Order { at: here, before, after, instead });
        if let Some(mark) = list.marks.get_mut(at) {
            mark.label = None;
        }
    }
}

fn follows(last: &Label, own: &Label) -> bool {
    match (last.path.last(), own.path.last()) {
        (Some(Part::Digits(low, _)), Some(Part::Digits(high, _))) => low + 1 == *high,
        _ => false,
    }
}

fn next_text(last: &Label) -> Option<String> {
    match last.path.last() {
        Some(Part::Digits(value, padded)) => Some(name(last, &digits(value + 1, *padded))),
        _ => None,
    }
}

/// So many siblings that all are the first were counted by no person.
const ALL_ONES: usize = 3;

fn check_run<'a>(run: &[Mark<'a>], open: &[bool], ordinals: &Ordinals, out: &mut Vec<Fault<'a>>) {
    let (values, writing) = Writing::values(run, ordinals);
    let runs_on = runs_on(run, &values);
    let mut start = 0;
    let mut reached: Option<u32> = None;
    for at in 1..=run.len() {
        let Some(segment) = run.get(start..at) else {
            continue;
        };
        let next = values.get(at).copied().flatten();
        let restarts = restarts(run, &values, start, at);
        let new_list = run.get(at).is_some_and(|mark| segment.last().is_some_and(|x| x.list != mark.list));
        let ends = at == run.len() || new_list && (!runs_on || next == Some(1)) || restarts.is_some();
        if !ends {
            continue;
        }
        let numbers = values.get(start..at).unwrap_or_default();
        let first = numbers.first().copied().flatten();
        let lost = segment.first().and_then(|mark| open.get(mark.list)).copied().unwrap_or_default();
        let goes_on = reached.is_some() && first == reached.map(|number| number + 1);
        let absorbs: Vec<bool> = segment.iter().map(|mark| mark.absorbs).collect();
        // A converter that begins each list anew makes all of them 1.
        if numbers.len() >= ALL_ONES && numbers.iter().all(|number| *number == Some(1)) {
            (reached, start) = (Some(1), at);
            continue;
        }
        let found = slips(numbers, &absorbs, lost || goes_on || start > 0 && !is_new_list(run, start));
        out.extend(found.into_iter().filter_map(|slip| writing.fault(segment, slip)));
        if let Some(Restarts::WithoutHeading) = restarts
            && let (Some(before), Some(mark)) = (segment.last(), run.get(at))
        {
            out.push(Fault::Restart { at: mark.node, before: before.node });
        }
        reached = numbers.iter().copied().flatten().last().or(reached);
        start = at;
    }
}

fn is_new_list(run: &[Mark<'_>], at: usize) -> bool {
    match (at.checked_sub(1).and_then(|last| run.get(last)), run.get(at)) {
        (Some(last), Some(mark)) => last.list != mark.list,
        _ => true,
    }
}

/// Whether numbering runs on from list to list: more lists go on than start at 1.
fn runs_on(run: &[Mark<'_>], values: &[Option<u32>]) -> bool {
    let mut on = 0;
    let mut anew = 0;
    for (pair, numbers) in run.windows(2).zip(values.windows(2)) {
        if let ([a, b], &[Some(last), Some(first)]) = (pair, numbers)
            && a.list != b.list
        {
            if first == 1 {
                anew += 1;
            } else if first >= last {
                on += 1;
            }
        }
    }
    on > 0 && on >= anew
}

enum Restarts {
    WithHeading,
    WithoutHeading,
}

/// Whether counting starts again inside a list at `at`.
fn restarts(run: &[Mark<'_>], values: &[Option<u32>], start: usize, at: usize) -> Option<Restarts> {
    let mark = run.get(at)?;
    let last = at.checked_sub(1).and_then(|last| run.get(last))?;
    if values.get(at).copied().flatten() != Some(1) || last.list != mark.list {
        return None;
    }
    if mark.interrupted || heading_between(last.node, mark.node) {
        return Some(Restarts::WithHeading);
    }
    let reached = values.get(start..at).unwrap_or_default().iter().copied().flatten().max();
    let goes_on = values.get(at + 1).copied().flatten() == Some(2);
    (goes_on && reached >= Some(2)).then_some(Restarts::WithoutHeading)
}

/// Whether a heading or a lead-in without a number stands between two siblings.
fn heading_between(last: Node<'_>, next: Node<'_>) -> bool {
    match (last, next) {
        (Node::Section(mut last), Node::Section(_)) => {
            while let Some(inner) = last.sections.last() {
                last = inner;
            }
            last.blocks.last().is_some_and(|block| {
                block.kind == BlockKind::Subheading || block.text.trim_end().ends_with(':')
            })
        }
        (Node::Item(appendix, last), Node::Item(_, next)) => {
            let Some(table) = &appendix.table else {
                return false;
            };
            let is = |row: &crate::model::Row, id: &str| row.of.as_deref() == Some(id);
            let between = table.rows.iter().skip_while(|row| !is(row, last.id())).skip(1);
            between.take_while(|row| !is(row, next.id())).any(|row| row.role != RowRole::Item)
        }
        _ => false,
    }
}
