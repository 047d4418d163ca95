//! Names of agencies as the rules on owners compare them, and the groups of names that name one agency.

pub(super) mod assigned;
pub(super) mod body_tasks;

use rustc_hash::FxHashMap;

use crate::grammar::Owners;
use crate::grammar::letters::{Tone, split_tone, unshaped};
use crate::grammar::phrase::small;
use crate::model::{Agency, Document, Item};
use crate::text::fold;

/// Fewest letters of a word in which one wrong letter is a slip and not another word.
const SLIP_LETTERS: usize = 5;

/// Fewest words of a name that may stand in another order.
const ORDERED_WORDS: usize = 5;
/// Fewest of them that stand elsewhere.
const MOVED_WORDS: usize = 3;

/// Most names of the same initials that a name is compared with.
const COMPARED: usize = 32;

/// One spelling of an agency's name.
#[derive(Debug, Clone)]
pub(super) struct Spelling<'a> {
    /// The first place where it stands.
    pub first: &'a Agency,
    /// How often it stands in the document.
    pub count: usize,
    /// What tells it apart from other spellings.
    parts: Vec<Part>,
}

/// A word of a name, or one letter of an abbreviation.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    /// First letter as a fold key, or the digits.
    initial: String,
    /// The word's form; absent for a letter of an abbreviation.
    word: Option<String>,
    /// The letter of an abbreviation as it is spelt: "đ" and "d" are two.
    letter: Option<char>,
}

/// Groups of spellings that name one agency, in the order of their first places; each group has two or
/// more spellings, in order too.
pub(super) fn variants<'a>(document: &'a Document, owners: &Owners) -> Vec<Vec<Spelling<'a>>> {
    let spellings = spellings(document, owners);
    let mut sets = Sets::new(spellings.len());
    by_key(&spellings, &mut sets);
    by_form(&spellings, &mut sets);
    by_initials(&spellings, &mut sets);
    by_words(&spellings, &mut sets);
    let mut groups: Vec<Vec<Spelling<'a>>> = vec![Vec::new(); spellings.len()];
    for (at, spelling) in spellings.into_iter().enumerate() {
        let root = sets.root(at);
        if let Some(group) = groups.get_mut(root) {
            group.push(spelling);
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// All agencies of a document that lead, coordinate or report.
fn agencies(document: &Document) -> impl Iterator<Item = &Agency> {
    let items = document.appendices.iter().flat_map(|appendix| &appendix.items);
    items.flat_map(|item| {
        let (lead, others): (&[Agency], &[Agency]) = match item {
            Item::Target(x) => (&x.lead, &[]),
            Item::Task(x) => (&x.lead, &x.coordinators),
            Item::Project(x) => (&x.lead, &[]),
            Item::Plan(x) => (&x.lead, &[]),
        };
        lead.iter().chain(others)
    })
}

/// The different spellings; case, dashes, punctuation and the place of a tone mark make no difference.
fn spellings<'a>(document: &'a Document, owners: &Owners) -> Vec<Spelling<'a>> {
    let levels: Vec<Vec<String>> =
        owners.level.iter().map(|level| level.split(' ').map(form).collect()).collect();
    let mut by_raw: FxHashMap<&str, Option<usize>> = FxHashMap::default();
    let mut by_form: FxHashMap<String, usize> = FxHashMap::default();
    let mut out: Vec<Spelling<'a>> = Vec::new();
    for agency in agencies(document).filter(|agency| !agency.inferred) {
        let known = by_raw.entry(&agency.raw).or_insert_with(|| {
            let parts = parts(&agency.raw, owners, &levels);
            if parts.is_empty() || owners.is_collective(&agency.raw) {
                return None;
            }
            let form = form_of(&parts);
            let key = format!("{form} {}", silent_in(&agency.raw, owners));
            Some(*by_form.entry(key).or_insert_with(|| {
                out.push(Spelling { first: agency, count: 0, parts });
                out.len() - 1
            }))
        });
        if let Some(spelling) = known.and_then(|at| out.get_mut(at)) {
            spelling.count += 1;
        }
    }
    out
}

/// The words that tell no two agencies apart and yet make another name: "Văn hóa - Xã hội", "Văn hóa và Xã hội".
fn silent_in(name: &str, owners: &Owners) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| owners.silent.contains(word)).collect()
}

fn form_of(parts: &[Part]) -> String {
    let mut out = String::new();
    for part in parts {
        match &part.word {
            Some(word) => {
                out.push(' ');
                out.push_str(word);
            }
            None => out.extend(part.letter),
        }
    }
    out
}

/// Joins names that only words apart which tell no two agencies apart.
fn by_form(spellings: &[Spelling<'_>], sets: &mut Sets) {
    let mut forms: FxHashMap<String, usize> = FxHashMap::default();
    for (at, spelling) in spellings.iter().enumerate() {
        let same = *forms.entry(form_of(&spelling.parts)).or_insert(at);
        sets.join(same, at);
    }
}

fn by_key(spellings: &[Spelling<'_>], sets: &mut Sets) {
    let mut keys: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, spelling) in spellings.iter().enumerate() {
        if !spelling.first.key.is_empty() {
            let same = *keys.entry(&spelling.first.key).or_insert(at);
            sets.join(same, at);
        }
    }
}

/// Joins names of the same words in another order: "Hội Đoàn kết sư sãi yêu nước", "Hội Sư sãi đoàn kết yêu nước". Two words
/// alone that change places may be two places: "xã Tân Hòa", "xã Hòa Tân".
fn by_words(spellings: &[Spelling<'_>], sets: &mut Sets) {
    let mut known: FxHashMap<(&str, Vec<&str>), usize> = FxHashMap::default();
    let words_of = |spelling: &Spelling<'_>| -> Option<Vec<String>> {
        spelling.parts.iter().map(|part| part.word.clone()).collect()
    };
    for (at, spelling) in spellings.iter().enumerate() {
        let words: Option<Vec<&str>> = spelling.parts.iter().map(|part| part.word.as_deref()).collect();
        let Some(words) = words.filter(|words| words.len() >= ORDERED_WORDS) else { continue };
        let Some(head) = words.first().copied() else { continue };
        let mut sorted = words.clone();
        sorted.sort_unstable();
        let first = *known.entry((head, sorted)).or_insert(at);
        let other = spellings.get(first).and_then(words_of).unwrap_or_default();
        if other.iter().zip(&words).filter(|(a, b)| a != b).count() >= MOVED_WORDS {
            sets.join(first, at);
        }
    }
}

/// Joins names of the same initials: full names that differ by a slip, and abbreviations with the one full
/// name that they can stand for.
fn by_initials(spellings: &[Spelling<'_>], sets: &mut Sets) {
    let mut buckets: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let mut order: Vec<String> = Vec::new();
    for (at, spelling) in spellings.iter().enumerate() {
        let initials: String = spelling.parts.iter().map(|part| part.initial.as_str()).collect();
        let bucket = buckets.entry(initials).or_insert_with_key(|initials| {
            order.push(initials.clone());
            Vec::new()
        });
        bucket.push(at);
    }
    for bucket in order.iter().filter_map(|initials| buckets.get(initials)).filter(|bucket| bucket.len() > 1)
    {
        let full = |at: &&usize| {
            spellings.get(**at).is_some_and(|spelling| spelling.parts.iter().all(|part| part.word.is_some()))
        };
        let (whole, short): (Vec<&usize>, Vec<&usize>) = bucket.iter().partition(full);
        for (nth, &&one) in whole.iter().enumerate() {
            for &&other in whole.iter().skip(nth + 1).take(COMPARED) {
                if alike(spellings, one, other) {
                    sets.join(one, other);
                }
            }
        }
        for (nth, &&one) in short.iter().enumerate() {
            let mut stands_for: Vec<usize> = whole
                .iter()
                .take(COMPARED)
                .filter(|other| alike(spellings, one, ***other))
                .map(|other| sets.root(**other))
                .collect();
            stands_for.dedup();
            match stands_for.as_slice() {
                [only] => sets.join(*only, one),
                [] => {
                    for &&other in short.iter().skip(nth + 1).take(COMPARED) {
                        if alike(spellings, one, other) {
                            sets.join(one, other);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether two names of the same initials can name one agency.
fn alike(spellings: &[Spelling<'_>], one: usize, other: usize) -> bool {
    let (Some(one), Some(other)) = (spellings.get(one), spellings.get(other)) else { return false };
    if one.parts.len() != other.parts.len() {
        return false;
    }
    let mut slips = 0_usize;
    let mut rest = 0_usize;
    for (a, b) in one.parts.iter().zip(&other.parts) {
        let (Some(a), Some(b)) = (&a.word, &b.word) else { continue };
        let (a, b) = (fold(a), fold(b));
        if a == b {
            rest += 1;
            continue;
        }
        let long = a.chars().count().min(b.chars().count()) >= SLIP_LETTERS;
        if !long || rapidfuzz::distance::levenshtein::distance(a.chars(), b.chars()) > 1 {
            return false;
        }
        slips += 1;
    }
    // One wrong letter is a slip only in a name that is else written another way again and again.
    let rare = one.count.min(other.count) == 1 && one.count.max(other.count) >= 3;
    slips == 0 || (slips == 1 && rest >= 2 && rare)
}

/// The parts of a name, without words that tell no agencies apart.
fn parts(name: &str, owners: &Owners, levels: &[Vec<String>]) -> Vec<Part> {
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let capitals = !name.chars().any(char::is_lowercase);
    let mut out = Vec::new();
    for word in &words {
        let lower = word.to_lowercase();
        if owners.silent.contains(&lower) {
            continue;
        }
        if is_abbreviation(word, capitals, words.len()) {
            let letter =
                |c: char| Part { initial: base(small(c)).to_string(), word: None, letter: Some(small(c)) };
            out.extend(word.chars().map(letter));
        } else {
            let digits = word.chars().all(|c| c.is_ascii_digit());
            let initial = if digits { lower.clone() } else { lower.chars().take(1).map(base).collect() };
            out.push(Part { initial, word: Some(form(&lower)), letter: None });
        }
    }
    let level = levels.iter().find(|level| {
        let tail = out.len().checked_sub(level.len()).filter(|cut| *cut > 0).and_then(|cut| out.get(cut..));
        tail.is_some_and(|tail| tail.iter().map(|part| part.word.as_ref()).eq(level.iter().map(Some)))
    });
    if let Some(level) = level {
        out.truncate(out.len() - level.len());
    }
    out
}

fn is_abbreviation(word: &str, capitals: bool, words: usize) -> bool {
    let upper = word.chars().count() >= 2 && word.chars().all(char::is_uppercase);
    let vowel = |c: char| matches!(base(small(c)), 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    upper && (!capitals || words == 1 || !word.chars().any(vowel))
}

/// A small letter without tone and shape.
fn base(letter: char) -> char {
    unshaped(split_tone(letter).0)
}

/// A word in lower case with its tone at the end, so that "hoá" and "hóa" are one.
fn form(word: &str) -> String {
    let mut tone = Tone::Level;
    let mut out = String::with_capacity(word.len() + 1);
    for c in word.chars().map(small) {
        let (letter, mark) = split_tone(c);
        out.push(letter);
        if mark != Tone::Level {
            tone = mark;
        }
    }
    out.push(char::from(b'0' + tone as u8));
    out
}

/// Disjoint sets of spellings; the root of a set is its first member.
struct Sets {
    parents: Vec<usize>,
}

impl Sets {
    fn new(size: usize) -> Self {
        Self { parents: (0..size).collect() }
    }

    fn root(&self, mut at: usize) -> usize {
        while let Some(&parent) = self.parents.get(at) {
            if parent == at {
                break;
            }
            at = parent;
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(parent) = self.parents.get_mut(one.max(other)) {
            *parent = one.min(other);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use super::*;
    use crate::grammar::Grammar;
    use crate::model::AppendixKind::Tasks;
    use crate::model::ColumnRole;
    use crate::rules::hand::{appendix, document};

    fn groups(names: &[&str]) -> Vec<Vec<(String, usize)>> {
        let columns =
            [("TT", ColumnRole::Number), ("Nhiệm vụ", ColumnRole::Name), ("Chủ trì", ColumnRole::Lead)];
        let rows: Vec<String> =
            names.iter().enumerate().map(|(n, name)| format!("{}\tViệc\t{name}", n + 1)).collect();
        let document = document(appendix(Tasks, &columns, &rows.join("\n")));
        let grammar = Grammar::embedded().unwrap();
        let groups = variants(&document, &grammar.owners);
        groups
            .iter()
            .map(|group| group.iter().map(|one| (one.first.raw.clone(), one.count)).collect())
            .collect()
    }

    #[test]
    fn names_of_one_agency_are_grouped_and_others_are_not() {
        let grammar = Grammar::embedded().unwrap();
        for names in &grammar.owners.same {
            let names: Vec<&str> = names.names.iter().map(String::as_str).collect();
            let found = groups(&names);
            assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [names.len()], "{names:?}");
        }
        for names in &grammar.owners.different {
            let names: Vec<&str> = names.names.iter().map(String::as_str).collect();
            assert!(groups(&names).is_empty(), "{names:?}");
        }
    }

    #[test]
    fn spellings_are_counted_and_slips_are_grouped() {
        let found = groups(&["Ban XDD", "Ban XĐĐ", "Ban XDD", "Công an"]);
        assert_eq!(found, [vec![("Ban XDD".to_owned(), 2), ("Ban XĐĐ".to_owned(), 1)]]);
        let found = groups(&["Trạm Y tế xã", "Trạm Y tê xã"]);
        assert_eq!(found.len(), 1);
        let found =
            groups(&["Văn phòng Đảng ủy", "Văn phòng Đảng ủy", "Văn phòng Đảng ủy", "Văn phòngg Đảng ủy"]);
        assert_eq!(found.len(), 1);
        assert_eq!(groups(&["Hội Đoàn kết sư sãi yêu nước", "Hội Sư sãi đoàn kết yêu nước"]).len(), 1);
        assert!(groups(&["Ủy ban nhân dân xã Tân Hòa", "Ủy ban nhân dân xã Hòa Tân"]).is_empty());
        assert!(groups(&["Tổ 1", "Tổ 2", "Các phòng, ban", "Các Phòng ban, đơn vị"]).is_empty());
    }

    #[test]
    fn an_abbreviation_of_two_names_is_left_alone() {
        assert!(groups(&["Phòng Kinh tế", "Phòng Kỹ thuật", "Phòng KT"]).is_empty());
    }
}
