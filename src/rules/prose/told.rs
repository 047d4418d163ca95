//! Counts of rows that running text tells of an appendix: "gồm 24 nhiệm vụ (Phụ lục 2)" (A005).

use std::collections::HashMap;
use std::ops::Range;

use crate::finding::Text;
use crate::grammar::Arithmetic;
use crate::model::{Appendix, Group, Reference, ReferenceKind};
use crate::rules::arithmetic::{Container, group_label};
use crate::rules::context::Passage;
use crate::rules::{Context, shorten};
use crate::span::At;
use crate::text::{fold, head, runs};

/// Fewest words of a title that no other thing has.
const TITLE: usize = 3;

/// A count that the document declares.
pub(in crate::rules) struct Declared {
    pub count: usize,
    pub of: Container,
    pub label: Text,
    pub at: At,
    /// The node's text and the words in it that declare the count.
    pub quote: Option<(String, Range<usize>)>,
    /// How many rows stand since the total before, where one of several declares it.
    pub since_total: Option<usize>,
}

/// Counts that the body tells of an appendix that the same passage names, and no other: "gồm 24 nhiệm vụ (Phụ lục 2)". Where a
/// passage names several, each sentence counts by itself. By the appendix's `id`.
pub(in crate::rules) fn told<'a>(context: &Context<'a>) -> HashMap<&'a str, Vec<Declared>> {
    let by_id: HashMap<&str, &Appendix> =
        context.document.appendices.iter().map(|appendix| (appendix.id.as_str(), appendix)).collect();
    // "(Phụ lục kèm theo)" is the only one.
    let alone = context.document.appendices.first().filter(|_| context.document.appendices.len() == 1);
    let meant = |reference: &Reference| match &reference.target {
        Some(target) => by_id.get(target.as_str()).copied(),
        None => alone.filter(|_| reference.number.is_none()),
    };
    let mut out: HashMap<&str, Vec<Declared>> = HashMap::new();
    let words = &context.grammar.arithmetic;
    let mut add = |passage: &Passage<'_>, part: Range<usize>, reference: &Reference| {
        let Some(appendix) = meant(reference) else { return };
        let mut found = told_in(words, appendix, (passage, part), &reference.raw);
        // "ít nhất 210 hợp tác xã" is a bound, and counts no rows.
        let sums = &context.grammar.statements.sums;
        found.retain(|declared| {
            let quoted = declared.quote.as_ref();
            !quoted.is_some_and(|(text, at)| sums.is_vague(text.get(..at.start).unwrap_or_default()))
        });
        out.entry(appendix.id.as_str()).or_default().extend(found);
    };
    let mut unnamed: Vec<Passage<'_>> = Vec::new();
    for passage in context.passages() {
        let named: Vec<&Reference> =
            passage.references.iter().filter(|reference| reference.kind == ReferenceKind::Appendix).collect();
        match *named {
            [] => unnamed.push(passage),
            [only] => add(&passage, 0..passage.text.len(), only),
            _ => {
                for part in sentences(passage.text) {
                    let text = passage.text.get(part.clone()).unwrap_or_default();
                    let mut own = named.iter().filter(|it| names(text, &it.raw));
                    if let (Some(only), None) = (own.next(), own.next()) {
                        add(&passage, part, only);
                    }
                }
            }
        }
    }
    let mentions = &context.grammar.mentions;
    for passage in unnamed.iter().filter(|passage| mentions.may_name_all(passage.text)) {
        let folded = fold(passage.text);
        if let (Some(appendix), Some(phrase)) = (alone, mentions.all_in(&folded)) {
            let found = told_in(words, appendix, (passage, 0..passage.text.len()), phrase);
            out.entry(appendix.id.as_str()).or_default().extend(found);
        }
    }
    out
}

/// Whether a text holds a reference as printed; "Phụ lục II" is none inside "Phụ lục III".
fn names(text: &str, raw: &str) -> bool {
    let ends =
        |at: usize| text.get(at + raw.len()..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    text.match_indices(raw).any(|(at, _)| ends(at))
}

/// The ranges of the sentences of a text. A stop ends one behind a numeral too: "tại Phụ lục 1. Phân công …".
fn sentences(text: &str) -> Vec<Range<usize>> {
    let ends: Vec<usize> =
        text.match_indices(". ").map(|(at, stop)| at + stop.len()).chain([text.len()]).collect();
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(ends.iter().copied()).map(|(start, end)| start..end).collect()
}

/// The counts that a part of a passage tells of the one appendix that it names.
fn told_in(
    words: &Arithmetic,
    appendix: &Appendix,
    (passage, part): (&Passage<'_>, Range<usize>),
    reference: &str,
) -> Vec<Declared> {
    let text = passage.text.get(part.clone()).unwrap_or_default();
    let declared = |count: usize, of: Container, label: Text, digits: Option<Range<usize>>| {
        let quote = digits
            .map(|digits| (passage.text.to_owned(), part.start + digits.start..part.start + digits.end));
        Declared { count, of, label, at: passage.at.clone(), quote, since_total: None }
    };
    let mut out = Vec::new();
    for (index, group) in appendix.groups.iter().enumerate() {
        // A count is of all groups of one title together: "3 dự án chuyển tiếp" in A and in B.
        let title = |group: &Group| group.title.as_deref().map(fold);
        let alone = || appendix.groups.iter().filter(|other| title(other) == title(group)).count() == 1;
        let kinds = words.count_of.get(&appendix.kind).map(Vec::as_slice).unwrap_or_default();
        if let Some((count, digits)) = told_of(text, group, kinds).filter(|_| alone()) {
            out.push(declared(count, Container::Group(index), group_label(group), Some(digits)));
        }
    }
    if let Some((count, start)) = counted(words, text)
        && tells_whole(words, appendix, text, start, reference)
    {
        let digits = text.find(&count.to_string());
        let digits = digits.map(|at| at..at + count.to_string().len());
        out.push(declared(count, Container::Root, Text::words(shorten(text)), digits));
    }
    out
}

/// Whether the count at a place of a text is one of all rows of an appendix.
fn tells_whole(words: &Arithmetic, appendix: &Appendix, text: &str, start: usize, reference: &str) -> bool {
    let key = words.counted.key(text);
    let before = key.get(..start).unwrap_or_default().trim_end();
    let after = key.get(start..).unwrap_or_default();
    let after = fold(after.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' '));
    let ends = |list: &[String]| {
        list.iter().any(|word| {
            let rest = before.strip_suffix(fold(word).as_str());
            rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        })
    };
    let leads = ends(&words.count_lead);
    let of_kind = after_brackets(&after);
    let rest = |kind: &String| of_kind.strip_prefix(fold(kind).as_str());
    let kind = words
        .count_of
        .get(&appendix.kind)
        .into_iter()
        .flatten()
        .filter_map(rest)
        .min_by_key(|rest| rest.len());
    let whole =
        || ends(&words.count_verb) && kind.is_some_and(|rest| is_whole(words, appendix, reference, rest));
    kind.is_some() && (leads || whole())
}

/// The count that a text tells of a group that it names by its title ("03 dự án chuyển tiếp (Phụ lục 3)", "13 dự án nhóm B" of
/// "NHÓM B"), and where. `kinds` are the words for the rows of the appendix.
fn told_of(text: &str, group: &Group, kinds: &[String]) -> Option<(usize, Range<usize>)> {
    let title = fold(group.title.as_deref()?);
    // "Nhóm B" is one of its kind by its last word, whatever comes before.
    let named_by_kind = || {
        let lettered = title.split(' ').next_back().is_some_and(|word| word.len() == 1);
        lettered.then(|| {
            kinds
                .iter()
                .map(|kind| format!("{} {title}", fold(kind)))
                .find(|whole| fold(text).contains(whole))
        })
    };
    let title = if title.split(' ').count() < TITLE { named_by_kind()?? } else { title };
    let digits = |range: &Range<usize>| {
        let number = text.get(range.clone()).unwrap_or_default();
        (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let named = |range: &Range<usize>| {
        let rest = text.get(range.end..).unwrap_or_default();
        let rest = fold(head(rest, title.chars().count() + 8));
        let rest = rest.trim_start().strip_prefix(title.as_str());
        // A word more would say which of its rows are meant; "và 13 dự án nhóm C" counts others.
        rest.is_some_and(|rest| {
            let rest = rest.trim_start();
            let next =
                rest.strip_prefix("va ").is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
            next || !rest.starts_with(char::is_alphabetic)
        })
    };
    // "1 Hoàn thiện bệnh án điện tử": the text is the group's number and title.
    let own = |range: &Range<usize>| range.start == 0 && group.number.as_deref() == text.get(range.clone());
    let range =
        runs(text, |c| c.is_ascii_digit()).filter(digits).find(|range| named(range) && !own(range))?;
    Some((text.get(range.clone())?.parse().ok()?, range))
}

/// "(bảy) nhiệm vụ": the kind behind the number in words.
fn after_brackets(text: &str) -> &str {
    let inner = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let worded = inner.filter(|(words, _)| words.chars().all(|c| c.is_alphabetic() || c == ' '));
    worded.map_or(text, |(_, rest)| rest.trim_start())
}

/// The only count of rows in a text: "35 dự án". Gives the count and where its digits begin in the folded
/// text.
pub(in crate::rules) fn counted(words: &Arithmetic, text: &str) -> Option<(usize, usize)> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let key = words.counted.key(text);
    let mut found = None;
    let mut from = 0;
    while let Some(start) = key.get(from..)?.find(|c: char| c.is_ascii_digit()).map(|offset| from + offset) {
        let digits = key.get(start..)?.chars().take_while(char::is_ascii_digit).count();
        let end = start + digits;
        from = end;
        let touched = key.get(..start)?.ends_with(|c: char| c.is_alphanumeric() || ".,/-".contains(c));
        if touched || words.counted.find(after_brackets(key.get(end..)?.trim_start())).is_none() {
            continue;
        }
        let count = key.get(start..end)?.parse().ok()?;
        if found.replace((count, start)).is_some() {
            return None;
        }
    }
    found
}

/// Whether nothing but the way to the appendix stands behind a count: "(chi tiết tại Phụ lục 2)". A word more would say which
/// of its rows are meant, unless the appendix's title says it of all ("8 nhiệm vụ trọng tâm tại Biểu 3").
fn is_whole(words: &Arithmetic, appendix: &Appendix, reference: &str, rest: &str) -> bool {
    let Some((between, _)) = rest.split_once(fold(reference).as_str()) else { return false };
    let title = appendix.title.as_deref().map(fold).unwrap_or_default();
    let mut left = between.trim_matches([' ', '(', ',', ':']);
    if let Some(end) =
        words.count_link.iter().filter_map(|link| left.find(&format!(" {} ", fold(link)))).min()
    {
        let said = left.get(..end).unwrap_or_default().trim_end_matches(',');
        if title.contains(&format!(" {said} ")) {
            left = left.get(end..).unwrap_or_default().trim_start();
        }
    }
    let step = |left: &str, link: &String| {
        let rest = left.strip_prefix(fold(link).as_str())?;
        (!rest.starts_with(char::is_alphanumeric)).then(|| left.len() - rest.trim_start().len())
    };
    loop {
        let link = words.count_link.iter().find_map(|link| step(left, link));
        let Some(length) = link.or_else(|| all_groups(words, appendix, left)) else { return left.is_empty() };
        left = left.get(length..).unwrap_or_default();
    }
}

/// How long the words are that a text begins with and that name all groups of an appendix by their number: "7 thôn theo" over seven
/// groups.
fn all_groups(words: &Arithmetic, appendix: &Appendix, text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let count: usize = text.get(..digits)?.parse().ok()?;
    let tops = appendix.groups.iter().filter(|group| group.parent.is_none()).count();
    let end = words.count_link.iter().filter_map(|link| text.find(&format!(" {} ", fold(link)))).min();
    (count > 1 && count == tops).then(|| end.map_or(text.len(), |end| end + 1))
}
