//! Names that name one thing twice: equal names, names that differ in silent words only, and names that
//! differ in one word that tells nothing apart. Linear in the words of all names.

mod names;

use std::hash::{Hash, Hasher};

use rapidfuzz::distance::levenshtein;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet, FxHasher};

use super::printed::{Printed, brief, cell, own, place};
use crate::finding::{Finding, Text};
use crate::grammar::Duplicates;
use crate::grammar::phrase::plain;
use crate::model::{Appendix, ColumnRole, Item, Row, RowRole};
use crate::text::fold;
use names::{Name, Word, Words, bag, sequence, split, without_one};

/// Least likeness of the words of two names that are nearly equal.
const LIKE: f64 = 0.92;

/// Least likeness of two names of targets that differ in silent words only.
const LIKE_SILENT: f64 = 0.85;

/// Fewest telling words of a name that another order of the same words repeats.
const REORDERED: usize = 5;

/// Fewest words of a name that is looked for among nearly equal ones, and of a name of a row without a
/// number that stands for itself.
const LONG: usize = 6;

/// Two items of one name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    /// The item that stands first.
    pub first: (&'a Item, Option<&'a Row>),
    /// The item that repeats it.
    pub later: (&'a Item, Option<&'a Row>),
    /// How the names differ.
    pub difference: Difference<'a>,
}

/// How two names differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Difference<'a> {
    /// In case, diacritics and punctuation at most.
    None,
    /// In words that tell nothing.
    Silent,
    /// In the order of their words.
    Order,
    /// In one word; empty where the other name has one more.
    Word(&'a str, &'a str),
}

/// How strictly names are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// Every word counts: a target is what its words say.
    Words,
    /// One word that tells nothing apart may be left out.
    Likeness,
}

/// Looks for items of one name in an appendix. `scope` gives what must be equal besides the name, and
/// nothing for an item that is not looked at.
pub(super) fn pairs<'a>(
    appendix: &'a Appendix,
    locality: Option<&str>,
    grammar: &Duplicates,
    strictness: Strictness,
    scope: impl Fn(&'a Item) -> Option<u64>,
) -> Vec<Pair<'a>> {
    let numbered = appendix.items.iter().any(|item| item.number().is_some());
    let mut words = Words::of(grammar);
    if let Some(name) = locality {
        words.locality = split(name, &words).words.iter().map(|word| word.hash).collect();
    }
    let items = Printed::of(appendix).items();
    let years = years(appendix);
    let beside = beside(appendix);
    let mut index = Index::of(items.len());
    let mut out = Vec::new();
    for (at, &(item, row)) in items.iter().enumerate() {
        let Some(scope) = scope(item) else { continue };
        let told = beside.and_then(|column| row?.cells.get(column)?.raw.as_deref());
        let scope = scope ^ told.map_or(0, |text| scope_of(&[Some(text)]));
        let scope = scope ^ item.group().and_then(|group| years.get(group)).copied().unwrap_or_default();
        let name = split(item.name(), &words);
        // A row without a number, or a point "a)" of one, is a part of the row above.
        let part = item.number().is_none_or(is_point);
        let minor = numbered && part && parent(item).is_none();
        if name.words.is_empty() || (minor && name.words.len() < LONG) {
            continue;
        }
        match index.look_up(scope, &name, strictness, grammar) {
            Some((first, difference)) => {
                if let Some(&first) = items.get(first) {
                    out.push(Pair { first, later: (item, row), difference });
                }
            }
            None => index.keep(at, scope, name),
        }
    }
    without_grids(appendix, out)
}

/// Whether a number is that of a point of a list: "a", "b)", "(1)".
fn is_point(number: &str) -> bool {
    let bare = number.trim_matches(['(', ')', '.', ' ']);
    number.starts_with('(') || bare.chars().count() == 1 && bare.chars().all(char::is_lowercase)
}

/// Id of the row that an item is a part of.
pub(super) fn parent(item: &Item) -> Option<&str> {
    match item {
        Item::Target(target) => target.parent.as_deref(),
        Item::Task(_) | Item::Project(_) | Item::Plan(_) => None,
    }
}

/// A hash of what must be equal besides the name.
pub(super) fn scope_of(parts: &[Option<&str>]) -> u64 {
    let mut hasher = FxHasher::default();
    for part in parts {
        part.map(plain).hash(&mut hasher);
    }
    hasher.finish()
}

/// The finding for a pair.
pub(super) fn finding(mut finding: Finding, appendix: &Appendix, pair: &Pair<'_>) -> Finding {
    let column = Printed::of(appendix).position(ColumnRole::Name);
    let first = place(cell(pair.first.1, column), pair.first.1, pair.first.0.at());
    finding.at = place(cell(pair.later.1, column), pair.later.1, pair.later.0.at());
    let finding = finding.relate(first, Text::words(brief(pair.first.0.name())));
    match pair.difference {
        Difference::None => finding,
        Difference::Silent => finding.because(Text::new("duplicates-evidence-silent")),
        Difference::Order => finding.because(Text::new("duplicates-evidence-order")),
        Difference::Word(one, "") | Difference::Word("", one) => {
            finding.because(Text::new("duplicates-evidence-word").with("word", one))
        }
        Difference::Word(one, other) => {
            finding.because(Text::new("duplicates-evidence-words").with("one", one).with("other", other))
        }
    }
}

/// How the first item of a pair is called in a sentence: its number, or its row's cell of numbers.
pub(super) fn called(pair: &Pair<'_>) -> String {
    let (item, row) = pair.first;
    let printed = row.and_then(|row| row.cells.first()).and_then(own);
    item.number().or(printed).unwrap_or(item.id()).to_owned()
}

/// A column before the names that says of each row whom or what it is about, and hardly ever the same: "Đơn vị được kiểm tra"
/// before "Nội dung".
fn beside(appendix: &Appendix) -> Option<usize> {
    let name = appendix.columns.iter().position(|column| column.role == ColumnRole::Name)?;
    let rows = &appendix.table.as_ref()?.rows;
    let tells = |index: &usize| {
        let texts = rows.iter().filter(|row| row.role == RowRole::Item);
        let texts: Vec<String> =
            texts.filter_map(|row| row.cells.get(*index)?.raw.as_deref().map(plain)).collect();
        let distinct: FxHashSet<&String> = texts.iter().collect();
        let worded = texts.iter().filter(|text| text.chars().any(char::is_alphabetic)).count();
        texts.len() >= FEWEST && worded == texts.len() && distinct.len() * 10 >= texts.len() * 9
    };
    let other =
        |index: &usize| appendix.columns.get(*index).is_some_and(|column| column.role == ColumnRole::Other);
    // "Mã nghề": a code of its own in each row.
    let coded = |index: &usize| {
        let codes = appendix
            .columns
            .get(*index)
            .is_some_and(|column| column.path.last().is_some_and(|leaf| fold(leaf).starts_with("ma ")));
        let texts = rows.iter().filter(|row| row.role == RowRole::Item);
        let texts: Vec<&str> = texts.filter_map(|row| row.cells.get(*index)?.raw.as_deref()).collect();
        let distinct: FxHashSet<&str> = texts.iter().copied().collect();
        codes && texts.len() >= FEWEST && distinct.len() == texts.len()
    };
    (0..name).filter(other).find(tells).or_else(|| (0..appendix.columns.len()).filter(other).find(coded))
}

/// Fewest rows that tell that a column says of each what it is about.
const FEWEST: usize = 4;

/// The years that the headings of groups name, as a hash: the same names are expected under different years.
fn years(appendix: &Appendix) -> FxHashMap<&str, u64> {
    let mut out = FxHashMap::default();
    for group in &appendix.groups {
        let title = group.title.as_deref().unwrap_or_default();
        let mut words = title.split(|c: char| !c.is_ascii_digit()).filter(|word| word.len() == 4).peekable();
        if words.peek().is_some() {
            let mut hasher = FxHasher::default();
            words.for_each(|word| word.hash(&mut hasher));
            out.insert(group.id.as_str(), hasher.finish());
        }
    }
    // "Dự án hoàn thành trong năm 2026" beside "Lĩnh vực y tế" parts no list by years.
    let parts = appendix.items.iter().filter_map(Item::group);
    if parts.into_iter().all(|group| out.contains_key(group)) { out } else { FxHashMap::default() }
}

/// Drops pairs of groups that repeat each other's names row by row: a grid of places or fields, each with
/// the same lines.
fn without_grids<'a>(appendix: &Appendix, pairs: Vec<Pair<'a>>) -> Vec<Pair<'a>> {
    if pairs.len() < 3 {
        return pairs;
    }
    let mut sizes: FxHashMap<&str, usize> = FxHashMap::default();
    for group in appendix.items.iter().filter_map(Item::group) {
        *sizes.entry(group).or_default() += 1;
    }
    let mut repeats: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    let groups =
        |pair: &Pair<'a>| pair.first.0.group().zip(pair.later.0.group()).filter(|(one, other)| one != other);
    for key in pairs.iter().filter_map(groups) {
        *repeats.entry(key).or_default() += 1;
    }
    let grid = |pair: &Pair<'a>| {
        groups(pair).is_some_and(|(one, other)| {
            let repeated = repeats.get(&(one, other)).copied().unwrap_or_default();
            let size =
                [one, other].iter().filter_map(|group| sizes.get(*group)).min().copied().unwrap_or_default();
            repeated >= 3 && repeated * 10 >= size * 6
        })
    };
    pairs.iter().copied().filter(|pair| !grid(pair)).collect()
}

/// The names seen so far.
#[derive(Debug, Default)]
struct Index<'a> {
    names: Vec<(usize, Name<'a>)>,
    exact: FxHashMap<(u64, u64), usize>,
    content: FxHashMap<(u64, u64), usize>,
    /// Sums of the hashes of the telling words, whatever their order.
    bags: FxHashMap<(u64, u64), usize>,
    /// Hashes of the telling words, and of them without one each.
    near: FxHashMap<(u64, u64), usize>,
}

impl<'a> Index<'a> {
    /// An index for a number of names.
    fn of(names: usize) -> Self {
        let near = FxHashMap::with_capacity_and_hasher(names.saturating_mul(12), FxBuildHasher);
        Self { near, ..Self::default() }
    }

    /// The item, by position, that a name repeats, and how.
    fn look_up(
        &self,
        scope: u64,
        name: &Name<'a>,
        strictness: Strictness,
        grammar: &Duplicates,
    ) -> Option<(usize, Difference<'a>)> {
        if let Some(&at) = self.exact.get(&(scope, name.hash())) {
            return self.names.get(at).map(|(item, _)| (*item, Difference::None));
        }
        let content = &name.content;
        if content.is_empty() {
            return None;
        }
        if let Some((item, known)) =
            self.content.get(&(scope, sequence(content))).and_then(|&at| self.names.get(at))
            && (strictness == Strictness::Likeness || known.likeness(name) >= LIKE_SILENT)
        {
            return Some((*item, Difference::Silent));
        }
        if content.len() >= REORDERED
            && let Some((item, known)) =
                self.bags.get(&(scope, bag(content))).and_then(|&at| self.names.get(at))
            // "Thạnh Hóa" and "Hòa Thành" are the same letters without their marks, and two places.
            && known.same_words(name)
        {
            return Some((*item, Difference::Order));
        }
        if name.words.len() < LONG {
            return None;
        }
        let hashes = without_one(content).chain([sequence(content)]);
        let mut candidates =
            hashes.filter_map(|hash| self.near.get(&(scope, hash))).filter_map(|&at| self.names.get(at));
        candidates.find_map(|(item, known)| Some((*item, near(known, name, strictness, grammar)?)))
    }

    fn keep(&mut self, item: usize, scope: u64, name: Name<'a>) {
        let at = self.names.len();
        let content = &name.content;
        self.exact.insert((scope, name.hash()), at);
        self.content.entry((scope, sequence(content))).or_insert(at);
        if content.len() >= REORDERED {
            self.bags.entry((scope, bag(content))).or_insert(at);
        }
        if name.words.len() >= LONG {
            for hash in without_one(content).chain([sequence(content)]) {
                self.near.entry((scope, hash)).or_insert(at);
            }
        }
        self.names.push((item, name));
    }
}

/// How two names differ that share all but one word, if they name one thing.
fn near<'a>(
    known: &Name<'a>,
    name: &Name<'a>,
    strictness: Strictness,
    grammar: &Duplicates,
) -> Option<Difference<'a>> {
    let (one, other) = (&known.content, &name.content);
    let head = one.iter().zip(other).take_while(|(a, b)| a.hash == b.hash).count();
    let (one, other) = (one.get(head..)?, other.get(head..)?);
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a.hash == b.hash).count();
    let (one, other) = (one.get(..one.len() - tail)?, other.get(..other.len() - tail)?);
    let (first, second) = match (one, other) {
        ([a], [b]) => (Some(*a), Some(*b)),
        ([a], []) => (Some(*a), None),
        ([], [b]) => (None, Some(*b)),
        _ => return None,
    };
    let tells = |word: &Word<'_>| word.identifies() || grammar.telling.contains(&word.text.to_lowercase());
    if first.iter().chain(&second).any(tells) {
        return None;
    }
    let slip = first.zip(second).is_some_and(|(a, b)| {
        let (a, b) = (fold(a.text), fold(b.text));
        a.len().min(b.len()) >= 4 && levenshtein::distance(a.chars(), b.chars()) <= 1
    });
    let fits = match strictness {
        Strictness::Words => slip && name.words.len() >= LONG + 2,
        Strictness::Likeness => (slip || first.is_none() || second.is_none()) && known.like(name),
    };
    let text = |word: Option<Word<'a>>| word.map_or("", |word| word.text);
    fits.then(|| Difference::Word(text(first), text(second)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use super::*;
    use crate::grammar::Grammar;
    use crate::model::AppendixKind::{Projects, Targets};
    use crate::rules::hand::appendix;

    fn repeats(names: &[&str], strictness: Strictness) -> usize {
        let columns = [("TT", ColumnRole::Number), ("Tên", ColumnRole::Name)];
        let rows: Vec<String> =
            names.iter().enumerate().map(|(n, name)| format!("{}\t{name}", n + 1)).collect();
        let kind = if strictness == Strictness::Words { Targets } else { Projects };
        let appendix = appendix(kind, &columns, &rows.join("\n"));
        let grammar = Grammar::embedded().unwrap();
        pairs(&appendix, Some("phường Đông Hòa"), &grammar.duplicates, strictness, |_| Some(0)).len()
    }

    #[test]
    fn names_of_one_thing_are_found_and_others_are_not() {
        let grammar = Grammar::embedded().unwrap();
        for names in &grammar.duplicates.same {
            let names: Vec<&str> = names.names.iter().map(String::as_str).collect();
            assert_eq!(repeats(&names, Strictness::Likeness), names.len() - 1, "{names:?}");
        }
        for names in &grammar.duplicates.different {
            let names: Vec<&str> = names.names.iter().map(String::as_str).collect();
            assert_eq!(repeats(&names, Strictness::Likeness), 0, "{names:?}");
            assert_eq!(repeats(&names, Strictness::Words), 0, "{names:?}");
        }
    }

    #[test]
    fn the_name_of_the_place_itself_tells_nothing() {
        let names = ["Cải tạo ngõ 32 phố Trần Cung, phường Đông Hòa", "Cải tạo ngõ 32 phố Trần Cung"];
        assert_eq!(repeats(&names, Strictness::Likeness), 1);
    }

    #[test]
    fn one_word_of_a_long_name_may_differ_in_a_project_and_not_in_a_target() {
        let names = [
            "Sửa chữa, nâng cấp hệ thống chiếu sáng công cộng trên các tuyến đường nội thị và khu dân cư tập trung",
            "Sửa chữa, nâng cấp mạng chiếu sáng công cộng trên các tuyến đường nội thị và khu dân cư tập trung",
        ];
        assert_eq!(repeats(&names, Strictness::Words), 0);
        let names = [
            "Sửa chữa, nâng cấp hệ thống chiếu sáng công cộng trên các tuyến đường nội thị và khu dân cư tập trung",
            "Sửa chữa, nâng cấp hệ thống chiếu sáng công cộng trên các tuyến đường nội thị và khu dân cư",
        ];
        assert_eq!(repeats(&names, Strictness::Likeness), 0);
        let names = [
            "Tỷ lệ hộ gia đình được dùng nước sạch theo quy chuẩn địa phương",
            "Tỷ lệ hộ gia đình được dùng nướcs sạch theo quy chuẩn địa phương",
        ];
        assert_eq!(repeats(&names, Strictness::Words), 1);
    }

    #[test]
    fn hashes_without_one_word_are_those_of_the_shorter_sequence() {
        let name = split("Cải tạo đường ngõ nhỏ", &Words::default());
        for (skip, hash) in without_one(&name.words).enumerate() {
            let mut rest = name.words.clone();
            rest.remove(skip);
            assert_eq!(hash, sequence(&rest), "{skip}");
        }
    }
}
