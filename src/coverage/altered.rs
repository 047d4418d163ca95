//! Whether each node says what stands at its place, once what is set aside there is taken out.

use super::leaves::{Leaf, Matching};
use super::{Altered, Kind};
use crate::model::Aside;
use crate::source::Source;
use crate::span::{At, Span};
use crate::text::squeeze;

/// The nodes whose text is not what stands at their places.
pub(super) fn of(source: &Source, leaves: &[Leaf<'_>]) -> Vec<Altered> {
    let mut asides: Vec<Span> = leaves
        .iter()
        // Invisible characters are not in the working text.
        .filter(|leaf| leaf.kind == Kind::SetAside && leaf.reason != Some(Aside::Invisible))
        .flat_map(|leaf| leaf.places())
        .map(|at| working(source, at))
        .filter(|span| !span.is_empty())
        .collect();
    asides.sort_unstable();
    let differs = |leaf: &&Leaf<'_>| !agrees(source, leaf, &asides);
    leaves
        .iter()
        .filter(differs)
        .map(|leaf| Altered {
            node: leaf.to_string(),
            at: leaf.at.first().map(|at| (*at).clone()).unwrap_or_default(),
            printed: printed(source, leaf, &asides),
            model: leaf.text.join(" "),
        })
        .collect()
}

fn working(source: &Source, at: &At) -> Span {
    source.to_working(Span { start: at.span.0, end: at.span.1 })
}

/// Whether a node says what stands at its place.
fn agrees(source: &Source, leaf: &Leaf<'_>, asides: &[Span]) -> bool {
    if let (Matching::Equal, [text], [at]) = (leaf.matching, leaf.text.as_slice(), leaf.at.as_slice())
        && at.also.is_empty()
        && source.slice(working(source, at)) == *text
    {
        return true;
    }
    if leaf.kind == Kind::SetAside {
        let said = squeeze(&leaf.text.join(" "));
        let joined = |slice: &dyn Fn(&At) -> String| leaf.places().map(slice).collect::<Vec<_>>().join(" ");
        let original = |at: &At| {
            source.original().get(at.span.0 as usize..at.span.1 as usize).unwrap_or_default().to_owned()
        };
        return said == squeeze(&joined(&|at| source.slice(working(source, at)).to_owned()))
            || said == squeeze(&joined(&original));
    }
    let printed = printed(source, leaf, asides);
    if printed.is_empty() && leaf.may_be_aside {
        return true;
    }
    // What is set aside may have parted two words (`<br>`) or not (`**`); so may a line's or a page's end.
    let parted = || leaf.places().count() > 1 || holds_aside(source, leaf, asides);
    match leaf.matching {
        Matching::Equal => {
            let spaced = squeeze(&leaf.text.join(" "));
            let free = || parted() && without_spaces(&printed) == without_spaces(&spaced);
            printed == spaced || printed == squeeze(&leaf.text.concat()) || free()
        }
        Matching::Bracketed => {
            // The brackets, and the end mark behind them.
            let around = |c: char| matches!(c, '(' | ')' | '[' | ']' | ' ' | '.' | ',' | ';');
            let said = squeeze(&leaf.text.join(" "));
            let (bare, said) = (printed.trim_matches(around), said.trim_matches(around));
            bare == said || parted() && without_spaces(bare) == without_spaces(said)
        }
        Matching::Numbered => {
            let mut parts = leaf.text.iter().map(|text| squeeze(text));
            let (number, title) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let between = |printed: &str, number: &str, title: &str| {
                let rest = printed.strip_prefix(number).and_then(|rest| rest.strip_suffix(title));
                rest.is_some_and(|between| between.chars().all(|c| ".:/)-– ".contains(c)))
            };
            between(&printed, &number, &title)
                || parted()
                    && between(&without_spaces(&printed), &without_spaces(&number), &without_spaces(&title))
        }
        Matching::Words => {
            let all = leaf.text.join(" ");
            let (said, stands) = (words(&all), words(&printed));
            // Both are sorted: what is said must be a part of what is printed.
            let mut stands = stands.iter();
            let bare = || without_spaces(&printed);
            said.iter().all(|word| stands.by_ref().any(|it| it == word))
                || parted() && (letters(&all) == letters(&printed) || are_in(&said, &bare()))
        }
    }
}

/// Whether something is set aside inside a node.
fn holds_aside(source: &Source, leaf: &Leaf<'_>, asides: &[Span]) -> bool {
    leaf.places().map(|at| working(source, at)).any(|span| {
        let first = asides.partition_point(|aside| aside.end <= span.start);
        asides.get(first).is_some_and(|aside| aside.start < span.end)
    })
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Most words that are looked for in a text without spaces.
const FEW: usize = 400;

/// Whether each of a few words stands in a text without spaces, as often as it is said.
fn are_in(words: &[&str], text: &str) -> bool {
    if words.len() > FEW {
        return false;
    }
    let count = |word: &&str| words.iter().filter(|it| *it == word).count();
    words.iter().all(|word| text.matches(word).count() >= count(word))
}

/// The words of a text, sorted, without the marks between them.
fn words(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words
}

/// What stands at a node's places without what is set aside, with single spaces.
fn printed(source: &Source, leaf: &Leaf<'_>, asides: &[Span]) -> String {
    let asides = if leaf.kind == Kind::SetAside { &[] } else { asides };
    let mut out = String::new();
    for at in leaf.places() {
        let span = working(source, at);
        let mut from = span.start;
        let first = asides.partition_point(|aside| aside.end <= span.start);
        for aside in asides.iter().skip(first).take_while(|aside| aside.start < span.end) {
            out.push_str(source.slice(Span { start: from, end: aside.start.max(from) }));
            from = aside.end.max(from);
        }
        out.push_str(source.slice(Span { start: from, end: span.end.max(from) }));
        out.push(' ');
    }
    squeeze(&out)
}
