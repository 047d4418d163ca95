//! What the rules of references share: labels of appendices, and the places of the text that name one.

pub(super) mod cited;
pub(super) mod places;
pub(super) mod titles;

use super::Context;
use super::context::Passage;
use super::numbering::roman;
use crate::grammar::Mentions;
use crate::model::{Appendix, Reference, ReferenceKind};
use crate::span::At;
use crate::text::{fold, head, squeeze, tail, word_ranges};

/// How many letters beside a label are looked at.
const REACH: usize = 160;

/// A label as it compares: "PHỤ LỤC 03" and "phụ lục III" are one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct LabelKey {
    /// The word before the number as a fold key; empty where none stands there ("Phụ lục 1, 2").
    pub word: String,
    /// The number: digits without leading zeros and capitals.
    pub number: String,
}

/// A place that names an appendix.
#[derive(Debug, Clone)]
pub(super) struct Mention<'a> {
    /// Which appendix.
    pub key: LabelKey,
    /// The words.
    pub raw: String,
    /// The words for messages, with "Phụ lục" where it stands before an earlier label ("Phụ lục 1, 2").
    pub shown: String,
    /// Where.
    pub at: &'a At,
    /// The text to narrow the place in, and where the words begin in it; absent where the place is exact.
    pub within: Option<(&'a str, usize)>,
    /// Whether all appendices from the mention before to this one are named.
    pub through: bool,
}

impl LabelKey {
    /// The key of a label or of words that name an appendix; `None` without a number.
    pub fn of(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches(['.', ':', ')']);
        let (word, number) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
        let number = number_key(number)?;
        let word = fold(word);
        let word = word.strip_suffix(" so").unwrap_or(&word).to_owned();
        Some(Self { word, number })
    }

    /// Whether two keys name one appendix; a number without a word goes with any.
    pub fn meets(&self, other: &Self) -> bool {
        self.number == other.number
            && (self.word.is_empty() || other.word.is_empty() || self.word == other.word)
    }
}

/// "03" is "3", "III" is "3", "3a" is "3A".
fn number_key(number: &str) -> Option<String> {
    let number = number.trim_start_matches(['(', '0']);
    // "TL-01" and "TL1", "I.A" and "IA" are one.
    let joined =
        number.split_once(['-', '.']).filter(|(letters, _)| letters.bytes().all(|c| c.is_ascii_uppercase()));
    let joined = joined.map(|(letters, rest)| format!("{letters}{}", rest.trim_start_matches('0')));
    let number = joined.as_deref().unwrap_or(number);
    if number.is_empty() || number.len() > 6 || !number.chars().all(char::is_alphanumeric) {
        return None;
    }
    let counts = number.starts_with(|c: char| c.is_ascii_digit());
    // "IA", "IIb" are "1A", "2B".
    let parted = |number: &str| {
        let (counted, letter) = number.split_at_checked(number.len() - 1)?;
        let value = roman(counted).filter(|value| *value < 40)?;
        matches!(letter, "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "a" | "b" | "c" | "d" | "e")
            .then(|| format!("{value}{}", letter.to_uppercase()))
    };
    match roman(number).filter(|value| *value < 40) {
        Some(value) => Some(value.to_string()),
        None if parted(number).is_some() => parted(number),
        None if counts || joined.is_some() || number.chars().count() == 1 => Some(number.to_uppercase()),
        None => None,
    }
}

/// The key of an appendix: its label's, or its id where the label has no number.
pub(super) fn appendix_key(appendix: &Appendix) -> Option<LabelKey> {
    appendix.label.as_deref().and_then(LabelKey::of)
}

impl<'a> Context<'a> {
    /// All places of body and appendices that name an appendix of this document, in order.
    pub(super) fn mentions(&self) -> &[Mention<'a>] {
        self.mentions.get_or_init(|| mentions(self))
    }
}

/// What this document is called, and its number.
struct Own<'d> {
    kinds: Vec<&'d str>,
    number: Option<&'d str>,
}

impl Own<'_> {
    /// Whether words that name a document of the same kind name another: "Chương trình hành động số 14-CTr/TU".
    fn is_another(&self, clause: &str) -> bool {
        let Some(number) = self.number else { return false };
        let coded = |word: &&str| word.contains('/') && word.starts_with(|c: char| c.is_ascii_digit());
        let mut named = clause.split([' ', ',']).filter(coded);
        named.next().is_some_and(|named| {
            !named.eq_ignore_ascii_case(number) && !number.contains(named) && !named.contains(number)
        })
    }
}

fn mentions<'a>(context: &Context<'a>) -> Vec<Mention<'a>> {
    let grammar = &context.grammar.mentions;
    let own = own_kinds(context);
    let number = context.document.header.number.as_ref().and_then(|number| number.value.as_deref());
    let own = Own { kinds: own, number };
    let mut out = Vec::new();
    for passage in context.passages() {
        of_passage(grammar, passage, &own, &mut out);
    }
    for appendix in &context.document.appendices {
        let Some(table) = &appendix.table else {
            continue;
        };
        for cell in table.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.from.is_none()) {
            if let Some(text) = cell.raw.as_deref().filter(|text| grammar.may_name(text)) {
                of_cell(grammar, text, &cell.at, &own, &mut out);
            }
        }
    }
    out
}

/// The kinds of document that this one is called, by its title and its captions.
pub(super) fn own_kinds<'a>(context: &Context<'a>) -> Vec<&'a str> {
    let document = context.document;
    let titles = document.header.title.iter().map(|title| fold(title));
    let captions = document.appendices.iter().filter_map(|appendix| appendix.issued_with.as_ref());
    let names: Vec<String> = titles.chain(captions.map(|issued| fold(&issued.raw))).collect();
    let kinds = context.grammar.mentions.kinds.iter().map(String::as_str);
    kinds.filter(|kind| names.iter().any(|name| name.contains(kind))).collect()
}

fn of_passage<'a>(grammar: &Mentions, block: Passage<'a>, own: &Own<'_>, out: &mut Vec<Mention<'a>>) {
    let mut from = 0;
    let (mut word, mut printed) = (String::new(), "");
    let mut first = true;
    for reference in block.references.iter().filter(|reference| reference.kind == ReferenceKind::Appendix) {
        let Some(mut key) = reference_key(reference) else {
            continue;
        };
        if key.word.is_empty() {
            key.word.clone_from(&word);
        } else {
            word.clone_from(&key.word);
            printed = reference.raw.rsplit_once(char::is_whitespace).map_or("", |(word, _)| word);
        }
        let rest = block.text.get(from..).unwrap_or_default();
        let found = rest.find(&reference.raw).map(|at| from + at);
        let start = found.unwrap_or(from);
        let between = block.text.get(from..start).unwrap_or_default();
        from = found.map_or(from, |at| at + reference.raw.len());
        let after = block.text.get(from..).unwrap_or_default();
        if found.is_some() && names_other_document(grammar, after, own) {
            continue;
        }
        let through = !first && is_through(grammar, between);
        first = false;
        let exact = reference.at.line > 0;
        let bare = !reference.raw.contains(char::is_whitespace) && !printed.is_empty();
        out.push(Mention {
            key,
            shown: if bare { format!("{printed} {}", reference.raw) } else { reference.raw.clone() },
            raw: reference.raw.clone(),
            at: if exact { &reference.at } else { block.at },
            within: found.filter(|_| !exact).map(|at| (block.text, at)),
            through,
        });
    }
}

fn reference_key(reference: &Reference) -> Option<LabelKey> {
    let number = number_key(reference.number.as_deref()?)?;
    let word = LabelKey::of(&reference.raw).map(|key| key.word).unwrap_or_default();
    Some(LabelKey { word, number })
}

fn is_through(grammar: &Mentions, between: &str) -> bool {
    between.len() <= REACH && grammar.through.contains(&fold(between))
}

/// Whether the words after a label say that the appendix is another document's.
fn names_other_document(grammar: &Mentions, after: &str, own: &Own<'_>) -> bool {
    let clause = head(after, REACH).split(['.', ';', ')', '(', ':']).next().unwrap_or_default();
    let folded: String = fold(clause).chars().take(80).collect();
    let found = grammar.kinds.iter().filter_map(|kind| Some((folded.find(kind.as_str())?, kind))).min();
    let Some((at, kind)) = found else {
        return false;
    };
    let between = folded.get(..at).unwrap_or_default();
    // "tại Phụ lục B báo cáo trước ngày 10/12": what is done next, and no report, whose number or author would follow.
    let small = squeeze(clause).chars().nth(between.chars().count()).is_some_and(char::is_lowercase);
    let next = folded.get(at + kind.len()..).unwrap_or_default().trim_start();
    let named = next.starts_with(|c: char| c.is_ascii_digit())
        || grammar.of.iter().any(|word| begins_with(next, word));
    if small && !named {
        return false;
    }
    let mut words = between.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let joined = words.all(|word| grammar.between.iter().any(|known| known == word) || is_label(word));
    joined && (!own.kinds.contains(&kind.as_str()) || own.is_another(clause))
}

fn begins_with(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn is_label(word: &str) -> bool {
    number_key(word).is_some()
}

/// A cell speaks of this document's appendix where it points to it or says that it is attached.
fn of_cell<'a>(grammar: &Mentions, text: &'a str, at: &'a At, own: &Own<'_>, out: &mut Vec<Mention<'a>>) {
    let words: Vec<std::ops::Range<usize>> = word_ranges(text).collect();
    let slice = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    let folded: Vec<String> = words.iter().map(|word| fold(slice(word.clone()))).collect();
    for phrase in &grammar.appendix {
        let parts: Vec<&str> = phrase.split(' ').collect();
        for start in 0..folded.len() {
            let next = start + parts.len();
            let Some(window) = folded.get(start..next) else {
                break;
            };
            let Some(word) = words.get(next) else { break };
            let begin = words.get(start).map_or(0, |word| word.start);
            let end = word.end;
            let Some(number) = number_key(slice(word.clone())) else {
                continue;
            };
            if !window.iter().zip(&parts).all(|(a, b)| a == b) {
                continue;
            }
            let before = fold(tail(slice(0..begin), REACH));
            let after = slice(end..text.len());
            let attached = fold(head(after, REACH));
            let points = grammar.pointing.iter().any(|words| ends_with_word(&before, words))
                || grammar.attached.iter().any(|words| attached.starts_with(words));
            if points && !names_other_document(grammar, after, own) {
                let key = LabelKey { word: phrase.strip_suffix(" so").unwrap_or(phrase).to_owned(), number };
                let raw = slice(begin..end).to_owned();
                out.push(Mention {
                    key,
                    shown: raw.clone(),
                    raw,
                    at,
                    within: Some((text, begin)),
                    through: false,
                });
            }
        }
    }
}

fn ends_with_word(text: &str, words: &str) -> bool {
    text.strip_suffix(words)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with(|c: char| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Option<(String, String)> {
        LabelKey::of(text).map(|key| (key.word, key.number))
    }

    #[test]
    fn labels_compare_without_zeros_and_roman_numerals() {
        let pair = |word: &str, number: &str| Some((word.to_owned(), number.to_owned()));
        assert_eq!(key("PHỤ LỤC 03"), pair("phu luc", "3"));
        assert_eq!(key("Phụ lục III"), pair("phu luc", "3"));
        assert_eq!(key("Phụ lục số 3a"), pair("phu luc", "3A"));
        assert_eq!(key("Biểu số 01"), pair("bieu", "1"));
        assert_eq!(key("02"), pair("", "2"));
        assert_eq!(key("PHỤ LỤC"), None);
    }
}
