//! R006: captions disagree on number, date, kind or issuer of the document that they come with; the text cites one document in
//! two ways.

use std::collections::BTreeMap;
use std::ops::Range;

use super::references::cited;
use super::references::places::places;
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::{Appendix, DatedValue, IssuedWith, PrintedValue};
use crate::span::At;
use crate::text::{fold, word_ranges};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "R006", name: "issue-details-differ" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/R006-issue-details-differ.md"),
    check,
};

/// What a caption says of the document, in the order in which differences are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    Kind,
    Number,
    Date,
    Issuer,
}

/// One detail of one caption, as it compares and as it is printed. A blank part agrees with any, since
/// blanks are left to S004; but where most captions leave it blank, one that fills it differs.
#[derive(Debug, Clone)]
struct Value<'a> {
    parts: Vec<Option<String>>,
    raw: &'a str,
    at: &'a At,
}

fn check(context: &Context<'_>, audit: &mut Audit) {
    cited::report(context, audit, &RULE);
    let captions: Vec<(&Appendix, &IssuedWith)> = context
        .document
        .appendices
        .iter()
        .filter_map(|appendix| Some((appendix, appendix.issued_with.as_ref()?)))
        .collect();
    if captions.is_empty() {
        return;
    }
    let mut out: Vec<(usize, Finding)> = Vec::new();
    for detail in [Detail::Kind, Detail::Number, Detail::Date, Detail::Issuer] {
        let values: Vec<Option<Value<'_>>> =
            captions.iter().map(|(_, issued)| value(context, detail, issued)).collect();
        // A document without a letterhead has its details from a caption.
        let header = header(context, detail)
            .filter(|header| !values.iter().flatten().any(|value| value.at.span == header.at.span));
        let most = most(&values);
        let alone = |at: usize, found: &Value<'_>| fills_alone(&values, at, found, header.as_ref());
        for (at, found) in values.iter().enumerate() {
            let Some(found) = found else { continue };
            let agreed =
                [&header, &most].into_iter().flatten().find(|other| differs(found, other, header.as_ref()));
            let blank = most.as_ref().filter(|_| agreed.is_none() && alone(at, found));
            let Some(agreed) = agreed.or(blank) else { continue };
            let finding = finding(detail, found, agreed);
            match out.iter_mut().find(|(known, _)| *known == at) {
                // One finding for a caption; further details go with it.
                Some((_, first)) => first.related.push(related(detail, found)),
                None => out.push((at, finding)),
            }
        }
    }
    out.sort_by_key(|(at, _)| *at);
    audit.findings.extend(out.into_iter().map(|(_, finding)| finding));
}

fn finding(detail: Detail, found: &Value<'_>, agreed: &Value<'_>) -> Finding {
    let key = match detail {
        Detail::Kind => "r006-kind",
        Detail::Number => "r006-number",
        Detail::Date => "r006-date",
        Detail::Issuer => "r006-issuer",
    };
    let message = Text::new(key).with("found", shown(found)).with("expected", shown(agreed));
    Finding::new(RULE.code, RULE.severity, message, found.at.clone())
        .quoting(found.raw, 0..found.raw.len())
        .relate(agreed.at.clone(), shown(agreed))
}

fn related(detail: Detail, found: &Value<'_>) -> crate::finding::Related {
    let label = match detail {
        Detail::Kind => "r006-also-kind",
        Detail::Number => "r006-also-number",
        Detail::Date => "r006-also-date",
        Detail::Issuer => "r006-also-issuer",
    };
    crate::finding::Related { at: found.at.clone(), label: Text::new(label).with("found", shown(found)) }
}

fn shown(value: &Value<'_>) -> Text {
    Text::words(value.raw)
}

fn value<'a>(context: &Context<'a>, detail: Detail, issued: &'a IssuedWith) -> Option<Value<'a>> {
    match detail {
        Detail::Kind => kind(context, issued),
        Detail::Number => issued.number.as_ref().map(number),
        Detail::Date => issued.date.as_ref().map(date),
        Detail::Issuer => {
            let raw = issued.issuer.as_deref()?;
            Some(Value { parts: vec![Some(issuer_key(context, raw))], raw, at: &issued.at })
        }
    }
}

/// What the header says. Its issuer and kind are worded otherwise than the captions', so they are left out.
fn header<'a>(context: &Context<'a>, detail: Detail) -> Option<Value<'a>> {
    let header = &context.document.header;
    match detail {
        Detail::Number => header.number.as_ref().map(number),
        Detail::Date => header.date.as_ref().map(date),
        Detail::Kind | Detail::Issuer => None,
    }
}

/// The number itself without leading zeros, and the letters after it.
fn number(printed: &PrintedValue) -> Value<'_> {
    let folded = fold(printed.value.as_deref().unwrap_or(&printed.raw));
    let digits: String = folded.chars().take_while(char::is_ascii_digit).collect();
    let letters: String = folded.chars().skip(digits.len()).filter(|c| c.is_alphanumeric()).collect();
    let digits = digits.trim_start_matches('0').to_owned();
    let filled = |text: String| (!text.is_empty()).then_some(text);
    Value { parts: vec![filled(digits), filled(letters)], raw: &printed.raw, at: &printed.at }
}

/// Day, month and year.
fn date(printed: &DatedValue) -> Value<'_> {
    let part = |part: Option<u32>| part.map(|part| part.to_string());
    let parts = vec![part(printed.day), part(printed.month), printed.year.map(|year| year.to_string())];
    Value { parts, raw: &printed.raw, at: &printed.at }
}

/// Whether a part that both fill differs. Where the header fills a part, the header decides on it.
fn differs(found: &Value<'_>, other: &Value<'_>, header: Option<&Value<'_>>) -> bool {
    let decided = |at: usize, part: &String| {
        header.and_then(|header| header.parts.get(at)?.as_ref()).is_some_and(|header| header == part)
    };
    found.parts.iter().zip(&other.parts).enumerate().any(|(at, pair)| match pair {
        (Some(x), Some(y)) => x != y && !decided(at, x),
        _ => false,
    })
}

/// Whether a caption fills a part that most of the others, and the header, leave blank.
fn fills_alone(
    values: &[Option<Value<'_>>],
    at: usize,
    found: &Value<'_>,
    header: Option<&Value<'_>>,
) -> bool {
    (0..found.parts.len()).any(|part| {
        let fills = |value: &Value<'_>| value.parts.get(part).is_some_and(Option::is_some);
        let others =
            values.iter().enumerate().filter(|(other, _)| *other != at).filter_map(|(_, it)| it.as_ref());
        let (mut filled, mut blank) = (0_usize, 0_usize);
        for value in others {
            if fills(value) { filled += 1 } else { blank += 1 }
        }
        fills(found) && !header.is_some_and(fills) && blank > 1 && blank > filled
    })
}

/// The kind of document: the one right after "kèm theo".
fn kind<'a>(context: &Context<'a>, issued: &'a IssuedWith) -> Option<Value<'a>> {
    let captions = &context.grammar.captions;
    let words: Vec<Range<usize>> = word_ranges(&issued.raw).collect();
    let folded: Vec<String> =
        words.iter().map(|word| fold(issued.raw.get(word.clone()).unwrap_or_default())).collect();
    let stands = |at: usize, phrase: &str| {
        phrase.split(' ').enumerate().all(|(k, part)| folded.get(at + k).is_some_and(|word| word == part))
    };
    let length = |phrase: &str| phrase.split(' ').count();
    let start = (0..folded.len()).find_map(|at| {
        let attached = captions.attached.iter().find(|phrase| stands(at, phrase))?;
        Some(at + length(attached))
    })?;
    // Only the words right after name the document itself.
    (start..start + 3).find_map(|at| {
        let kind = captions.kinds.iter().find(|phrase| stands(at, phrase))?;
        let (first, last) = (words.get(at)?, words.get(at + length(kind) - 1)?);
        let raw = issued.raw.get(first.start..last.end)?;
        Some(Value { parts: vec![Some(kind.clone())], raw, at: &issued.at })
    })
}

/// An issuer without its place, which R005 looks after.
fn issuer_key(context: &Context<'_>, raw: &str) -> String {
    let mut key = raw.to_owned();
    for place in places(raw, &context.grammar.captions).into_iter().rev() {
        if key.get(place.range.clone()).is_some() {
            key.replace_range(place.range, "");
        }
    }
    fold(key.trim_end_matches(['.', ')', ';']))
}

/// What most captions say; the first of several.
fn most<'a>(values: &[Option<Value<'a>>]) -> Option<Value<'a>> {
    let mut votes: BTreeMap<&[Option<String>], (usize, usize)> = BTreeMap::new();
    for (at, value) in values.iter().enumerate() {
        if let Some(value) = value {
            let vote = votes.entry(&value.parts).or_insert((0, at));
            vote.0 += 1;
        }
    }
    let best = votes.into_values().max_by_key(|(count, first)| (*count, std::cmp::Reverse(*first)));
    best.and_then(|(_, first)| values.get(first).cloned().flatten())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{appendix, at, document, found};
    use super::RULE;
    use crate::model::{AppendixKind, DatedValue, Document, IssuedWith, PrintedValue};

    /// Captions with number, day and month of 2026, and kind.
    fn of(captions: &[(&str, u32, u32, &str)]) -> Document {
        let appendix = |((number, day, month, kind), line): (&(&str, u32, u32, &str), u32)| {
            let mut out = appendix(line, AppendixKind::Tasks, "PHỤ LỤC 1", "Nhiệm vụ", &[]);
            let part = |part: &u32| (*part > 0).then_some(*part);
            let value = (!number.is_empty()).then(|| format!("{number}-CTr/ĐU"));
            out.issued_with = Some(IssuedWith {
                raw: format!(
                    "Ban hành kèm theo {kind} số {number}-CTr/ĐU ngày {day}/{month}/2026 của Đảng ủy xã Hoa Ban"
                ),
                number: Some(PrintedValue { raw: format!("{number}-CTr/ĐU"), value, at: at(line + 1, 5) }),
                date: Some(DatedValue {
                    raw: format!("{day}/{month}/2026"),
                    day: part(day),
                    month: part(month),
                    year: Some(2026),
                    value: None,
                    at: at(line + 1, 9),
                }),
                issuer: Some("Đảng ủy xã Hoa Ban".to_owned()),
                at: at(line + 1, 1),
            });
            out
        };
        document(vec![], captions.iter().zip([10, 20, 30, 40]).map(appendix).collect())
    }

    #[test]
    fn the_caption_that_differs_from_most_is_found() {
        let kind = "Chương trình hành động";
        let captions =
            [("7", 20, 3, kind), ("07", 20, 3, "Chương trình"), ("8", 20, 3, kind), ("7", 0, 3, kind)];
        assert_eq!(found(&RULE, &of(&captions)), [(31, "r006-number")]);
        let captions = [("7", 20, 3, kind), ("7", 21, 3, "Kế hoạch"), ("7", 20, 3, kind)];
        assert_eq!(found(&RULE, &of(&captions)), [(21, "r006-kind")]);
    }

    #[test]
    fn blanks_agree_with_everything_and_their_other_parts_compare() {
        let kind = "Chương trình";
        assert_eq!(found(&RULE, &of(&[("7", 20, 3, kind), ("", 0, 3, kind), ("7", 20, 3, kind)])), []);
        let alone = of(&[("", 0, 3, kind), ("", 0, 3, kind), ("7", 0, 3, kind)]);
        assert_eq!(found(&RULE, &alone), [(31, "r006-number")]);
        assert_eq!(
            found(&RULE, &of(&[("", 0, 3, kind), ("", 0, 4, kind), ("", 0, 3, kind)])),
            [(21, "r006-date")]
        );
    }

    #[test]
    fn a_filled_header_decides() {
        let mut document = of(&[("8", 20, 3, "Chương trình"), ("7", 20, 3, "Chương trình")]);
        let number =
            PrintedValue { raw: "07-CTr/ĐU".to_owned(), value: Some("07-CTr/ĐU".to_owned()), at: at(2, 1) };
        document.header.number = Some(number);
        assert_eq!(found(&RULE, &document), [(11, "r006-number")]);
        document.header.number = None;
        document.header.date =
            Some(DatedValue { day: None, month: Some(4), year: Some(2026), ..DatedValue::default() });
        assert_eq!(found(&RULE, &document), [(11, "r006-date"), (21, "r006-number")]);
    }
}
