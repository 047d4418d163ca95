//! Which sections of the body the groups of a task appendix stand for, by their titles.
//!
//! For each task appendix one list of sibling sections is chosen, by votes of its groups' words; then the
//! two lists are aligned in order, and what is left is paired where the titles are all but equal.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::{Appendix, AppendixKind, Group, Section};
use crate::rules::Context;
use crate::text::fold;

/// A task appendix and the sections that its groups stand for.
#[derive(Debug)]
pub(in crate::rules) struct Alignment<'a> {
    /// The appendix.
    pub appendix: &'a Appendix,
    /// Sections and their groups, in the order of the sections.
    pub pairs: Vec<(&'a Section, &'a Group)>,
    /// Groups without a section.
    pub groups: Vec<&'a Group>,
    /// All sections of the list.
    pub sections: Vec<&'a Section>,
    /// Which list of sections.
    pub list: usize,
}

/// Titles are alike from this share of common words, in thousandths.
const ALIKE: usize = 500;

/// Titles are all but equal from here.
const EQUAL: usize = 850;

/// Titles of one place are of one thing from this share of common words, in thousandths.
const RENAMED: usize = 300;

/// Fewest pairs beside one that its place alone makes.
const NEIGHBOURS: usize = 2;

/// Words that stand in more sections than this choose nothing.
const POSTINGS: usize = 64;

/// The largest table of pairs to align.
const PAIRS: usize = 250_000;

/// A title's words without diacritics, sorted.
#[derive(Debug)]
struct Titled<T> {
    node: T,
    folded: String,
    words: Vec<String>,
}

/// Whether a group's title is what stands before the colon of a section's, "Đào tạo" of "Đào tạo: đổi mới chương trình", or the
/// first words of one that is a whole sentence: "Thu hồi nợ đọng" of "Thu hồi nợ đọng; công khai danh sách người nợ."
pub(in crate::rules) fn is_head(group: &str, section: &str) -> bool {
    let (group, section) = (fold(group.trim()), section.trim());
    let rest = |section: &str| fold(section).strip_prefix(&group).map(str::to_owned);
    let sentence = section.ends_with(['.', ';']) && section.contains(char::is_lowercase);
    section.split_once(':').is_some_and(|(head, _)| fold(head.trim()) == group)
        || sentence && rest(section).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

impl<'a> Context<'a> {
    /// The alignments of all task appendices whose groups follow a list of sections.
    pub(in crate::rules) fn alignments(&self) -> &[Alignment<'a>] {
        self.alignments.get_or_init(|| alignments(self))
    }
}

fn alignments<'a>(context: &Context<'a>) -> Vec<Alignment<'a>> {
    let tasks = |appendix: &&Appendix| appendix.kind == AppendixKind::Tasks && appendix.groups.len() > 1;
    let mut appendices = context.document.appendices.iter().filter(tasks).peekable();
    if appendices.peek().is_none() {
        return Vec::new();
    }
    let lists = section_lists(&context.document.sections);
    let index = Index::of(&lists);
    appendices.filter_map(|appendix| align(appendix, &lists, &index)).collect()
}

fn align<'a>(
    appendix: &'a Appendix,
    lists: &[Vec<Titled<&'a Section>>],
    index: &Index<'_>,
) -> Option<Alignment<'a>> {
    (0..2).find_map(|depth| {
        let groups = groups_at(appendix, depth);
        if groups.len() < 2 {
            return None;
        }
        // A list of sentences has many words: of those that most groups may be in, the one that fits most of them.
        let fitting = index.votes(&groups).into_iter().filter_map(|at| {
            let sections = lists.get(at)?;
            let mut matched = aligned(sections, &groups);
            pair_equal(sections, &groups, &mut matched);
            pair_by_place(sections, &groups, &mut matched);
            Some((matched.iter().flatten().count(), at, sections, matched))
        });
        let best = fitting.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let (count, at, sections, matched) = best?;
        if count < 2 || count * 2 < groups.len() || count * 2 < sections.len() {
            return None;
        }
        let pair = |(section, group): (&Titled<&'a Section>, &Option<usize>)| {
            Some((section.node, groups.get((*group)?)?.node))
        };
        let alone = groups.iter().enumerate().filter(|(at, _)| !matched.contains(&Some(*at)));
        Some(Alignment {
            appendix,
            pairs: sections.iter().zip(&matched).filter_map(pair).collect(),
            groups: alone.map(|(_, group)| group.node).collect(),
            sections: sections.iter().map(|section| section.node).collect(),
            list: at,
        })
    })
}

/// Pairs a section that has no group with the group that has none, where each is the only such one and both stand between the same
/// neighbours in lists of one length: one of the two was renamed.
fn pair_by_place(sections: &[Titled<&Section>], groups: &[Titled<&Group>], matched: &mut [Option<usize>]) {
    let mut open = matched.iter().enumerate().filter(|(_, group)| group.is_none()).map(|(at, _)| at);
    let (Some(section), None) = (open.next(), open.next()) else { return };
    let mut alone = (0..groups.len()).filter(|at| !matched.contains(&Some(*at)));
    let (Some(group), None) = (alone.next(), alone.next()) else { return };
    let others_in_place = matched.iter().enumerate().all(|(at, group)| group.is_none_or(|group| group == at));
    let enough = matched.iter().flatten().count() >= NEIGHBOURS;
    let titles = sections.get(section).zip(groups.get(group));
    let renamed = titles.is_some_and(|(section, group)| alike(&section.words, &group.words) >= RENAMED);
    if groups.len() == matched.len()
        && section == group
        && others_in_place
        && enough
        && renamed
        && let Some(slot) = matched.get_mut(section)
    {
        *slot = Some(group);
    }
}

fn titled<T>(node: T, title: Option<&str>) -> Option<Titled<T>> {
    let folded = fold(title?);
    let mut words: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    (!words.is_empty()).then_some(Titled { node, folded, words })
}

fn groups_at(appendix: &Appendix, depth: usize) -> Vec<Titled<&Group>> {
    let mut depths: FxHashMap<&str, usize> = FxHashMap::default();
    let mut out = Vec::new();
    for group in &appendix.groups {
        let above =
            group.parent.as_deref().and_then(|parent| depths.get(parent)).map_or(0, |depth| depth + 1);
        depths.insert(&group.id, above);
        if above == depth && !group.inferred && !is_in_a_row(appendix, group) {
            out.extend(titled(group, group.title.as_deref()));
        }
    }
    out
}

/// Whether a cell of an item's row names the group: a column of fields follows no headings of the body.
fn is_in_a_row(appendix: &Appendix, group: &Group) -> bool {
    let start = group.at.span.0;
    let after = appendix.items.partition_point(|item| item.at().span.0 <= start);
    let item = after.checked_sub(1).and_then(|before| appendix.items.get(before));
    group.number.is_none() && item.is_some_and(|item| start < item.at().span.1)
}

/// The sections under each parent, where at least two have titles.
fn section_lists(top: &[Section]) -> Vec<Vec<Titled<&Section>>> {
    let mut out = Vec::new();
    let mut waiting = vec![top];
    while let Some(siblings) = waiting.pop() {
        let list: Vec<Titled<&Section>> =
            siblings.iter().filter_map(|section| titled(section, section.title.as_deref())).collect();
        if list.len() > 1 {
            out.push(list);
        }
        waiting.extend(
            siblings.iter().rev().map(|section| section.sections.as_slice()).filter(|x| !x.is_empty()),
        );
    }
    out
}

/// Most lists of sections that are tried.
const TRIED: usize = 4;

/// Which sections use a word.
#[derive(Debug)]
struct Index<'w>(FxHashMap<&'w str, Vec<(usize, usize)>>);

impl<'w> Index<'w> {
    fn of(lists: &'w [Vec<Titled<&Section>>]) -> Self {
        let mut out: FxHashMap<&str, Vec<(usize, usize)>> = FxHashMap::default();
        for (list, sections) in lists.iter().enumerate() {
            for (at, section) in sections.iter().enumerate() {
                let mut last = "";
                for word in &section.words {
                    if word != last {
                        let postings = out.entry(word.as_str()).or_default();
                        if postings.len() < POSTINGS {
                            postings.push((list, at));
                        }
                    }
                    last = word;
                }
            }
        }
        Self(out)
    }

    /// The lists whose sections most groups are like, the likeliest first.
    fn votes(&self, groups: &[Titled<&Group>]) -> Vec<usize> {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for group in groups {
            let mut common: BTreeMap<(usize, usize), usize> = BTreeMap::new();
            for word in &group.words {
                for place in self.0.get(word.as_str()).into_iter().flatten() {
                    *common.entry(*place).or_default() += 1;
                }
            }
            let mut lists: Vec<usize> = common
                .into_iter()
                .filter(|(_, count)| count * 2 > group.words.len())
                .map(|((list, _), _)| list)
                .collect();
            lists.dedup();
            for list in lists {
                *votes.entry(list).or_default() += 1;
            }
        }
        let mut votes: Vec<(usize, usize)> = votes.into_iter().collect();
        votes.sort_by_key(|(list, count)| (std::cmp::Reverse(*count), *list));
        votes.into_iter().take(TRIED).map(|(list, _)| list).collect()
    }
}

/// How alike two titles are, in thousandths: their common words among all, or, for titles of some length,
/// among the shorter one's.
fn alike(a: &[String], b: &[String]) -> usize {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
        }
    }
    let short = a.len().min(b.len());
    let both = common * 2000 / (a.len() + b.len()).max(1);
    let inner = if short >= 4 { (common * 1000 / short).saturating_sub(150) } else { 0 };
    both.max(inner)
}

/// How alike a section's title and a group's are, in thousandths.
fn likeness_of(section: &Titled<&Section>, group: &Titled<&Group>) -> usize {
    if is_head(&group.folded, &section.folded) { 1000 } else { alike(&section.words, &group.words) }
}

/// For each section the group that an alignment in order gives it.
fn aligned(sections: &[Titled<&Section>], groups: &[Titled<&Group>]) -> Vec<Option<usize>> {
    let mut out = vec![None; sections.len()];
    let width = groups.len() + 1;
    if sections.len().saturating_mul(groups.len()) > PAIRS {
        return out;
    }
    // best[i * width + j]: the best sum of the sections from i on with the groups from j on.
    let mut best = vec![0_usize; (sections.len() + 1) * width];
    let cell = |best: &[usize], i: usize, j: usize| best.get(i * width + j).copied().unwrap_or_default();
    let likeness = |i: usize, j: usize| match (sections.get(i), groups.get(j)) {
        (Some(section), Some(group)) => Some(likeness_of(section, group)).filter(|value| *value >= ALIKE),
        _ => None,
    };
    for i in (0..sections.len()).rev() {
        for j in (0..groups.len()).rev() {
            let skip = cell(&best, i + 1, j).max(cell(&best, i, j + 1));
            let take = likeness(i, j).map_or(0, |value| value + cell(&best, i + 1, j + 1));
            if let Some(slot) = best.get_mut(i * width + j) {
                *slot = skip.max(take);
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < sections.len() && j < groups.len() {
        let here = cell(&best, i, j);
        if likeness(i, j).is_some_and(|value| value + cell(&best, i + 1, j + 1) == here) {
            if let Some(slot) = out.get_mut(i) {
                *slot = Some(j);
            }
            i += 1;
            j += 1;
        } else if cell(&best, i + 1, j) == here {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// Pairs the sections and groups that are left where their titles are all but equal, in any order.
fn pair_equal(sections: &[Titled<&Section>], groups: &[Titled<&Group>], matched: &mut [Option<usize>]) {
    let mut free: Vec<usize> = (0..groups.len()).filter(|at| !matched.contains(&Some(*at))).collect();
    if sections.len().saturating_mul(free.len()) > PAIRS {
        return;
    }
    for (section, slot) in sections.iter().zip(matched.iter_mut()).filter(|(_, slot)| slot.is_none()) {
        let equal = |at: &usize| groups.get(*at).is_some_and(|group| likeness_of(section, group) >= EQUAL);
        if let Some(position) = free.iter().position(equal) {
            *slot = Some(free.remove(position));
        }
    }
}
