//! What the numbering rules share: sibling lists of printed numbers, and where they do not count up.
//!
//! Siblings are the sections under one parent, the groups under one parent, and the items of one group.
//! Numbering may run on from list to list ("Điều" through all chapters, targets through all groups) or
//! start anew in each; which of the two is read off the first numbers of the lists.

mod label;
mod run;

use rustc_hash::FxHashMap;

use super::rows::RowIndex;
use super::{Context, Rule, shorten};
use crate::finding::{Finding, Text};
use crate::grammar::Ordinals;
use crate::model::{Appendix, BlockKind, Group, Item, RowRole, Section};
use crate::span::At;
pub(super) use label::roman;
use label::{Class, Label, Part, to_roman};
use run::{Slip, slips};

/// What a number is printed on.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node<'a> {
    /// A section of the body.
    Section(&'a Section),
    /// A group of an appendix.
    Group(&'a Appendix, &'a Group),
    /// An item of an appendix.
    Item(&'a Appendix, &'a Item),
}

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

/// All faults of the document: the body's, then each appendix's.
pub(super) fn faults<'a>(context: &Context<'a>) -> Vec<Fault<'a>> {
    let ordinals = &context.grammar.ordinals;
    let mut out = Vec::new();
    sections(&context.document.sections, ordinals, &mut out);
    for appendix in &context.document.appendices {
        groups(appendix, ordinals, &mut out);
        items(appendix, ordinals, &mut out);
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
        let unnumbered = label.is_none() && !group.inferred;
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

/// The items of an appendix, group by group; the parts of a target count by themselves.
fn items<'a>(appendix: &'a Appendix, ordinals: &Ordinals, out: &mut Vec<Fault<'a>>) {
    let open: FxHashMap<&str, bool> =
        appendix.groups.iter().map(|group| (group.id.as_str(), group.inferred)).collect();
    let mut known: FxHashMap<(bool, Option<&str>), usize> = FxHashMap::default();
    let mut lists: Vec<List<'a>> = Vec::new();
    let mut parts: Vec<List<'a>> = Vec::new();
    for item in &appendix.items {
        let Some(number) = item.number() else {
            continue;
        };
        let parent = match item {
            Item::Target(target) => target.parent.as_deref(),
            _ => None,
        };
        let (lists, owner) = if parent.is_some() { (&mut parts, parent) } else { (&mut lists, item.group()) };
        let at = *known.entry((parent.is_some(), owner)).or_insert_with(|| {
            let inferred = owner.and_then(|id| open.get(id)).copied().unwrap_or_default();
            lists.push(List { marks: Vec::new(), open: inferred || header_is_lost(appendix) });
            lists.len() - 1
        });
        if let Some(list) = lists.get_mut(at) {
            let label = Label::parse(number, ordinals);
            let node = Node::Item(appendix, item);
            list.marks.push(Mark { node, label, absorbs: false, interrupted: false, list: 0 });
        }
    }
    family(lists, ordinals, out);
    for list in parts {
        family(vec![list], ordinals, out);
    }
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
    for run in runs(lists) {
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

/// The marks of all lists by what they count with; marks that cannot be read go with the mark before.
fn runs(lists: Vec<List<'_>>) -> Vec<Vec<Mark<'_>>> {
    let mut known: FxHashMap<Key, usize> = FxHashMap::default();
    let mut out: Vec<Vec<Mark<'_>>> = Vec::new();
    for list in lists {
        let mut last: Option<usize> = None;
        let mut waiting: Vec<Mark<'_>> = Vec::new();
        for mut mark in list.marks {
            let Some(label) = &mark.label else {
                match last.and_then(|at| out.get_mut(at)) {
                    Some(run) => run.push(mark),
                    None => waiting.push(mark),
                }
                continue;
            };
            let key = (label.word.to_lowercase(), label.prefix().to_vec(), label.class());
            let at = *known.entry(key).or_insert_with(|| {
                out.push(Vec::new());
                out.len() - 1
            });
            mark.interrupted = last.is_some_and(|last| last != at);
            last = Some(at);
            if let Some(run) = out.get_mut(at) {
                run.append(&mut waiting);
                run.push(mark);
            }
        }
    }
    out
}

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

/// How the numbers of a run are written.
#[derive(Debug)]
enum Writing {
    Digits,
    Roman,
    Letters(Vec<char>),
}

impl Writing {
    /// The values of a run's numbers: letters are read the way under which more of them count up.
    fn values(run: &[Mark<'_>], ordinals: &Ordinals) -> (Vec<Option<u32>>, Self) {
        let parts: Vec<Option<&Part>> =
            run.iter().map(|mark| mark.label.as_ref().and_then(|label| label.path.last())).collect();
        let digits = |part: &Option<&Part>| match part {
            Some(Part::Digits(value, _)) => Some(*value),
            _ => None,
        };
        if parts.iter().flatten().all(|part| matches!(part, Part::Digits(..))) {
            return (parts.iter().map(digits).collect(), Self::Digits);
        }
        let used: Vec<Option<char>> = parts.iter().map(|part| part.and_then(single)).collect();
        let mut distinct: Vec<char> = used.iter().copied().flatten().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let alphabet = ordinals.alphabet(&distinct);
        let by_letter: Vec<Option<u32>> = used
            .iter()
            .map(|letter| {
                let at = letter.and_then(|letter| alphabet.iter().position(|&c| c == letter));
                at.and_then(|at| u32::try_from(at + 1).ok())
            })
            .collect();
        let by_roman: Vec<Option<u32>> = parts.iter().map(|part| part.and_then(roman_of)).collect();
        if steps(&by_letter) > steps(&by_roman) {
            return (by_letter, Self::Letters(alphabet));
        }
        (by_roman, Self::Roman)
    }

    fn text(&self, value: u32, like: &Label) -> String {
        let part = like.path.last();
        let text = match self {
            Self::Digits => digits(value, matches!(part, Some(Part::Digits(_, true)))),
            Self::Roman => to_roman(value),
            Self::Letters(alphabet) => {
                let at = usize::try_from(value).unwrap_or(usize::MAX).wrapping_sub(1);
                alphabet.get(at).map(char::to_string).unwrap_or_default()
            }
        };
        let text = match like.class() {
            Class::Upper => text.to_uppercase(),
            Class::Lower => text.to_lowercase(),
            Class::Digits => text,
        };
        name(like, &text)
    }

    /// A slip of a segment as a fault of the document.
    fn fault<'a>(&self, segment: &[Mark<'a>], slip: Slip) -> Option<Fault<'a>> {
        let node = |at: usize| segment.get(at).map(|mark| mark.node);
        let label = |at: usize| segment.get(at).and_then(|mark| mark.label.as_ref());
        let text = |value: Option<u32>, at: usize| Some(self.text(value?, label(at)?));
        Some(match slip {
            Slip::Duplicate { at, first, instead } => {
                Fault::Duplicate { at: node(at)?, first: node(first)?, instead: text(instead, at) }
            }
            Slip::Gap { at, before, missing } => {
                let mut names = Vec::new();
                for (from, to) in missing {
                    if to - from < 2 {
                        names.extend((from..=to).filter_map(|value| text(Some(value), at)));
                    } else {
                        names.push(format!("{}–{}", text(Some(from), at)?, text(Some(to), at)?));
                    }
                }
                Fault::Gap { at: node(at)?, before: before.and_then(node), missing: names }
            }
            Slip::Order { at, before, after, instead } => Fault::Order {
                at: node(at)?,
                before: before.and_then(node),
                after: after.and_then(node),
                instead: text(instead, at),
            },
        })
    }
}

/// How many neighbours count up by one; a run that starts at 1 has one more.
fn steps(values: &[Option<u32>]) -> usize {
    let up = |pair: &[Option<u32>]| matches!(pair, &[Some(a), Some(b)] if a + 1 == b);
    let starts = usize::from(values.first().copied().flatten() == Some(1));
    values.windows(2).filter(|pair| up(pair)).count() + starts
}

fn single(part: &Part) -> Option<char> {
    let Part::Letters(letters) = part else {
        return None;
    };
    let mut chars = letters.chars().flat_map(char::to_lowercase);
    chars.next().filter(|_| chars.next().is_none())
}

fn roman_of(part: &Part) -> Option<u32> {
    match part {
        Part::Letters(letters) => roman(letters),
        Part::Digits(..) => None,
    }
}

fn digits(value: u32, padded: bool) -> String {
    if padded { format!("{value:02}") } else { value.to_string() }
}

/// A last part with the words and parts that stand before it.
fn name(like: &Label, last: &str) -> String {
    let mut out = String::new();
    if !like.word.is_empty() {
        out.push_str(&like.word);
        out.push(' ');
    }
    for part in like.prefix() {
        out.push_str(&part.text());
        out.push('.');
    }
    out.push_str(last);
    out
}

impl<'a> Node<'a> {
    /// The printed number.
    pub fn number(self) -> &'a str {
        match self {
            Self::Section(section) => &section.number,
            Self::Group(_, group) => group.number.as_deref().unwrap_or_default(),
            Self::Item(_, item) => item.number().unwrap_or_default(),
        }
    }

    /// The number without the marks around it, to speak of it.
    pub fn bare(self) -> &'a str {
        self.number().trim().trim_end_matches(['.', ':'])
    }

    /// The title or name beside the number.
    pub fn title(self) -> &'a str {
        match self {
            Self::Section(section) => section.title.as_deref().unwrap_or_default(),
            Self::Group(_, group) => group.title.as_deref().unwrap_or_default(),
            Self::Item(_, item) => item.name(),
        }
    }

    /// Where the number stands: its cell, or its heading.
    pub fn at(self, rows: &mut RowIndex<'a>) -> &'a At {
        match self {
            Self::Section(section) => &section.at,
            Self::Group(appendix, group) => {
                rows.cell_with(appendix, &group.id, self.number()).unwrap_or(&group.at)
            }
            Self::Item(appendix, item) => {
                rows.cell_with(appendix, item.id(), self.number()).unwrap_or_else(|| item.at())
            }
        }
    }

    /// A finding at the number.
    pub fn finding(self, rule: &Rule, message: Text, rows: &mut RowIndex<'a>) -> Finding {
        let number = self.number();
        Finding::new(rule.code, rule.severity, message, self.at(rows).clone())
            .quoting(number, 0..number.len())
    }

    /// The node as a place that matters to a finding.
    pub fn related(self, rows: &mut RowIndex<'a>) -> (At, Text) {
        let label = Text::new("n-related").with("number", self.bare()).with("title", shorten(self.title()));
        (self.at(rows).clone(), label)
    }
}
