//! References: the documents and appendices that a text names.
//!
//! ```text
//! document  = kind [ "số" ] number [ date ] [ "của" issuer ]
//!           | law title [ "năm" year ] ;
//! number    = digits { ( "/" | "-" ) letters-or-digits } | ( "-" | "/" ) letters   (* blank, after "số" *) ;
//! date      = "ngày" date ;                              (* see `period` *)
//! issuer    = capitalised-word { capitalised-word | small-word } ;
//! appendix  = ( "phụ lục" | "biểu" | … ) [ "số" ] label { ( "," | ";" | "và" ) label } ;
//! label     = digits [ letter ] [ "." digits ] | roman [ letter ] [ "." ( digits | capital ) ]
//!           | capital { capital } [ "-" | "." ] digits | capital ;
//! ```
//!
//! Kinds and the words between are data in `grammars/references.toml`.

use std::ops::Range;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{one_of, satisfy, space0, space1};
use nom::combinator::{opt, recognize, value, verify};
use nom::sequence::preceded;
use nom::{IResult, Parser};

use super::number::consumed;
use super::period::printed_date;
use crate::grammar::{APPENDIX, Candidate, ReferenceWords};
use crate::model::{Reference, ReferenceKind};

/// Bytes after a number in which its date can stand.
const DATE: usize = 96;

/// The longest range of appendices that is read as a list ("Phụ lục 01-05").
const LONGEST_RANGE: u32 = 30;

/// The documents and appendices that a text names, each with its range; a list of appendices gives one
/// reference a label.
#[must_use]
pub fn references_in(text: &str, words: &ReferenceWords) -> Vec<(Range<usize>, Reference)> {
    let mut out: Vec<(Range<usize>, Reference)> = Vec::new();
    let mut from = 0;
    for candidate in words.candidates(text) {
        if candidate.range.start < from || !stands_alone(text, &candidate.range) {
            continue;
        }
        if candidate.word.kind == APPENDIX {
            out.extend(appendices(text, &candidate, words));
        } else {
            out.extend(document(text, &candidate, words));
        }
        from = out.last().map_or(from, |(range, _)| range.end);
    }
    out
}

/// Whether letters go on at neither side; digits may follow an abbreviation ("PL03").
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphabetic)
}

fn document(
    text: &str,
    candidate: &Candidate<'_>,
    words: &ReferenceWords,
) -> Option<(Range<usize>, Reference)> {
    let tail = text.get(candidate.range.end..)?;
    let (mut rest, mut number) = match number(tail, words) {
        Ok((rest, number)) => (rest, Some(number)),
        Err(_) if candidate.word.titled && candidate.capital => (title(tail, words)?, None),
        Err(_) => return None,
    };
    // A number that is blank in the source is no number.
    number = number.filter(|number| number.starts_with(|c: char| c.is_ascii_digit()));
    let mut date = None;
    if let Some((after, found)) = dated(rest, words) {
        rest = after;
        date = found;
    }
    let mut issuer = None;
    if let Some((after, found)) = issued(rest, words) {
        rest = after;
        issuer = Some(found);
    }
    let range = candidate.range.start..text.len() - rest.len();
    let reference = Reference {
        raw: text.get(range.clone())?.to_owned(),
        kind: kind(&candidate.word.kind),
        number,
        date,
        issuer,
        ..Reference::default()
    };
    Some((range, reference))
}

fn kind(key: &str) -> ReferenceKind {
    match key {
        "resolution" => ReferenceKind::Resolution,
        "decision" => ReferenceKind::Decision,
        "directive" => ReferenceKind::Directive,
        "conclusion" => ReferenceKind::Conclusion,
        "regulation" => ReferenceKind::Regulation,
        "plan" => ReferenceKind::Plan,
        "programme" => ReferenceKind::Programme,
        "law" => ReferenceKind::Law,
        "decree" => ReferenceKind::Decree,
        "circular" => ReferenceKind::Circular,
        APPENDIX => ReferenceKind::Appendix,
        _ => ReferenceKind::Other,
    }
}

/// A document's number. Without "số" before it it must have a part in letters.
fn number<'a>(input: &'a str, words: &ReferenceWords) -> IResult<&'a str, String> {
    let announced = |input: &'a str| announcement(input, &words.number);
    let (rest, found) = opt(preceded(space1, announced)).parse(input)?;
    let (rest, _) = space0(rest)?;
    let first = take_while1(|c: char| c.is_ascii_digit());
    let blank = |input: &'a str| recognize((one_of("-/"), space0, letters, more)).parse(input);
    if found.is_some()
        && let Ok((rest, text)) = blank(rest)
    {
        return Ok((rest, text.to_owned()));
    }
    let (mut rest, digits) = recognize((first, opt(satisfy(char::is_alphabetic)))).parse(rest)?;
    let mut out = digits.to_owned();
    let mut lettered = false;
    while let Ok((after, ((before, sep, behind), part))) = number_part(rest) {
        // "57 - NQ/TW" goes on, "06 - phát triển" does not.
        let spaced = !before.is_empty() || !behind.is_empty();
        if spaced && !part.starts_with(char::is_uppercase) {
            break;
        }
        lettered |= part.starts_with(char::is_alphabetic);
        out.push(if sep == '–' { '-' } else { sep });
        out.push_str(part);
        rest = after;
    }
    let named = found.is_some() || lettered;
    let goes_on = rest.starts_with(|c: char| c.is_alphanumeric() || c == '%');
    if named && !goes_on { Ok((rest, out)) } else { Err(failure(input)) }
}

/// "-NQ", "/TW", with the spaces around the sign.
fn number_part(input: &str) -> IResult<&str, ((&str, char, &str), &str)> {
    let part = take_while1(|c: char| c.is_alphanumeric() || c == '&');
    ((space0, one_of("/-–"), space0), part).parse(input)
}

fn letters(input: &str) -> IResult<&str, &str> {
    take_while1(char::is_alphabetic).parse(input)
}

fn more(input: &str) -> IResult<&str, &str> {
    take_while(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '&')).parse(input)
}

/// One of the words, with a colon and space after it.
fn announcement<'a>(input: &'a str, words: &[String]) -> IResult<&'a str, ()> {
    for word in words {
        let upper: String =
            word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
        let shout = word.to_uppercase();
        let (word, upper, shout) = (word.as_str(), upper.as_str(), shout.as_str());
        let found: IResult<&str, &str> = alt((tag(word), tag(upper), tag(shout))).parse(input);
        if let Ok((rest, _)) = found {
            let (rest, _) = (opt(tag(":")), opt(tag("."))).parse(rest)?;
            return Ok((rest, ()));
        }
    }
    Err(failure(input))
}

/// A law's title: a word with a capital and what goes on with it.
fn title<'a>(input: &'a str, words: &ReferenceWords) -> Option<&'a str> {
    let mut rest = input;
    for index in 0..7 {
        let Ok((after, word)) = spaced_word(rest) else { break };
        let capital = word.starts_with(char::is_uppercase);
        if index == 0 && !capital {
            return None;
        }
        if words.title_stops.iter().any(|stop| stop == word) {
            break;
        }
        rest = after;
        if word == "năm" {
            return Some(year(after).map_or(rest, |(after, _)| after));
        }
    }
    (rest.len() < input.len()).then_some(rest)
}

fn year(input: &str) -> IResult<&str, &str> {
    verify(preceded(space1, word_or_digits), |year: &str| year.len() == 4).parse(input)
}

fn word(input: &str) -> IResult<&str, &str> {
    take_while1(char::is_alphabetic).parse(input)
}

fn spaced_word(input: &str) -> IResult<&str, &str> {
    preceded(space1, word).parse(input)
}

fn word_or_digits(input: &str) -> IResult<&str, &str> {
    take_while1(char::is_alphanumeric).parse(input)
}

/// "ngày 22/7/2025": the rest after it and the date where it is whole.
fn dated<'a>(input: &'a str, words: &ReferenceWords) -> Option<(&'a str, Option<String>)> {
    let rest = input.trim_start();
    let rest = rest.strip_prefix([',', '(']).unwrap_or(rest).trim_start();
    announcement(rest, &words.date).ok()?;
    let mut end = rest.len().min(DATE);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    let window = rest.get(..end)?;
    let found = printed_date(window)?;
    let at = window.find(&found.raw)?;
    let before = window.get(..at)?;
    // The date must be the one that "ngày" announces.
    let announced = before.chars().filter(|c| c.is_alphanumeric()).count() <= 4;
    let after = rest.get(at + found.raw.len()..)?;
    announced.then_some((after, found.value))
}

/// "của UBND thành phố": the rest after it and the name.
fn issued<'a>(input: &'a str, words: &ReferenceWords) -> Option<(&'a str, String)> {
    let (rest, ()) = announcement(input.strip_prefix(' ')?.trim_start(), &words.issuer).ok()?;
    let begin = rest.strip_prefix(' ')?.trim_start();
    let mut rest = begin;
    let mut first = true;
    while let Ok((after, found)) = word_or_digits(rest.trim_start()) {
        let small = words.issuer_words.iter().any(|word| word == found);
        if !(found.starts_with(char::is_uppercase) || (small && !first)) {
            break;
        }
        first = false;
        rest = after;
    }
    let name = consumed(begin, rest).trim();
    (!name.is_empty()).then(|| (rest, name.to_owned()))
}

/// The labels of a list of appendices.
fn appendices(
    text: &str,
    candidate: &Candidate<'_>,
    words: &ReferenceWords,
) -> Vec<(Range<usize>, Reference)> {
    let mut out = Vec::new();
    let Some(tail) = text.get(candidate.range.end..) else { return out };
    let announced = |input| preceded(space0, |input| announcement(input, &words.number)).parse(input);
    let (rest, number) = opt(announced).parse(tail).unwrap_or((tail, None));
    if !candidate.capital
        && number.is_none()
        && !text.get(candidate.range.clone()).is_some_and(|word| word.contains(' '))
    {
        return out;
    }
    let Ok((mut rest, first)) = preceded(space0, label).parse(rest) as IResult<&str, &str> else {
        return out;
    };
    let end = text.len() - rest.len();
    let mut start = candidate.range.start;
    let mut last = (end, first);
    loop {
        let through = range(rest).ok().filter(|(_, to)| is_ascending(last.1, to));
        let labels = match through {
            Some((after, to)) => {
                rest = after;
                last.0 = text.len() - after.len();
                between(last.1, to)
            }
            None => vec![normalized(last.1)],
        };
        for label in labels {
            let printed = text.get(start..last.0).unwrap_or_default();
            out.push((start..last.0, appendix(printed, label)));
        }
        let Ok((after, next)) = next_label(rest, words) else { break };
        rest = after;
        start = text.len() - after.len() - next.len();
        last = (text.len() - after.len(), next);
    }
    out
}

fn appendix(raw: &str, label: String) -> Reference {
    Reference {
        raw: raw.to_owned(),
        kind: ReferenceKind::Appendix,
        number: Some(label),
        ..Reference::default()
    }
}

/// "3A", "01", "II", "1.2".
fn label(input: &str) -> IResult<&str, &str> {
    let digits =
        |input| verify(take_while1(|c: char| c.is_ascii_digit()), |d: &str| d.len() <= 3).parse(input);
    let arabic =
        recognize((digits, opt(satisfy(|c: char| c.is_ascii_alphabetic())), opt((tag("."), digits))));
    let numeral = verify(take_while1(|c| matches!(c, 'I' | 'V' | 'X')), |d: &str| d.len() <= 5);
    let part = satisfy(|c: char| matches!(c, 'A'..='H' | 'a'..='e'));
    let letter = satisfy(|c: char| matches!(c, 'A'..='H'));
    let roman = recognize((numeral, opt(part), opt((tag("."), alt((digits, recognize(letter)))))));
    let letters = verify(take_while1(|c: char| c.is_ascii_uppercase()), |d: &str| d.len() <= 4);
    let short = verify(take_while1(|c: char| c.is_ascii_digit()), |d: &str| d.len() <= 2);
    // "I-2" is a Roman number and a range.
    let coded = verify(recognize((letters, opt(one_of("-.")), short)), |found: &str| {
        !found
            .trim_end_matches(|c: char| !c.is_ascii_alphabetic())
            .bytes()
            .all(|c| matches!(c, b'I' | b'V' | b'X'))
    });
    let capital = recognize(satisfy(|c: char| c.is_ascii_uppercase()));
    let (rest, found) = alt((arabic, coded, roman, capital)).parse(input)?;
    let goes_on = rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | '/'));
    if goes_on { Err(failure(input)) } else { Ok((rest, found)) }
}

/// The next label of a list. A bare number counts something else where the sentence goes on after it.
fn next_label<'a>(input: &'a str, words: &ReferenceWords) -> IResult<&'a str, &'a str> {
    let joint = alt((
        value((), (space0, one_of(",;&"))),
        value((), (space1, tag("và "))),
        value((), (space0, tag("+"))),
    ));
    let (rest, (_, _, _, found)) = (joint, space0, opt((tag("và"), space1)), label).parse(input)?;
    let counts = spaced_word(rest).is_ok_and(|(_, word)| {
        word.starts_with(char::is_lowercase) && !words.followers.iter().any(|follower| follower == word)
    });
    if counts && found.chars().all(|c| c.is_ascii_digit()) { Err(failure(input)) } else { Ok((rest, found)) }
}

/// "-05", " đến 5".
fn range(input: &str) -> IResult<&str, &str> {
    let to = alt((value((), one_of("-–")), value((), tag("đến")), value((), tag("tới"))));
    preceded((space0, to, space0), label).parse(input)
}

fn is_ascending(from: &str, to: &str) -> bool {
    match (from.parse::<u32>(), to.parse::<u32>()) {
        (Ok(from), Ok(to)) => from < to && to - from <= LONGEST_RANGE,
        _ => false,
    }
}

fn between(from: &str, to: &str) -> Vec<String> {
    match (from.parse::<u32>(), to.parse::<u32>()) {
        (Ok(from), Ok(to)) => (from..=to).map(|label| label.to_string()).collect(),
        _ => Vec::new(),
    }
}

/// "03" is "3", "3a" is "3A".
fn normalized(label: &str) -> String {
    let digits = label.trim_start_matches('0');
    let label = if digits.starts_with(|c: char| c.is_ascii_digit()) { digits } else { label };
    label.to_ascii_uppercase()
}

fn failure(input: &str) -> nom::Err<nom::error::Error<&str>> {
    nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    /// "raw | kind number date issuer" of each reference.
    fn shown(text: &str) -> Vec<String> {
        let grammar = &*crate::syntax::GRAMMAR;
        let found = references_in(text, &grammar.references);
        let line = |(range, reference): &(Range<usize>, Reference)| {
            assert_eq!(text.get(range.clone()), Some(reference.raw.as_str()));
            let kind = format!("{:?}", reference.kind).to_lowercase();
            let part =
                |part: &Option<String>| part.as_ref().map_or_else(String::new, |part| format!(" {part}"));
            let (number, date, issuer) =
                (part(&reference.number), part(&reference.date), part(&reference.issuer));
            format!("{} | {kind}{number}{date}{issuer}", reference.raw)
        };
        found.iter().map(line).collect()
    }

    #[test]
    fn documents_are_named_by_their_number() {
        for (text, expected) in [
            ("thực hiện Nghị quyết số 57-NQ/TW và", "Nghị quyết số 57-NQ/TW | resolution 57-NQ/TW"),
            ("Nghị quyết số 76/NQ-CP,", "Nghị quyết số 76/NQ-CP | resolution 76/NQ-CP"),
            (
                "theo Quyết định số 1234/QĐ-UBND ngày 05/6/2025 của UBND tỉnh về việc",
                "Quyết định số 1234/QĐ-UBND ngày 05/6/2025 của UBND tỉnh | decision 1234/QĐ-UBND 2025-06-05 UBND tỉnh",
            ),
            (
                "Quy định số 213-QĐ/TW của Bộ Chính trị thường xuyên giữ",
                "Quy định số 213-QĐ/TW của Bộ Chính trị | regulation 213-QĐ/TW Bộ Chính trị",
            ),
            (
                "Nghị định 45/2025/NĐ-CP ngày 10 tháng 3 năm 2025 của Chính phủ",
                "Nghị định 45/2025/NĐ-CP ngày 10 tháng 3 năm 2025 của Chính phủ | decree 45/2025/NĐ-CP 2025-03-10 Chính phủ",
            ),
            ("Luật số 31/2024/QH15 quy định", "Luật số 31/2024/QH15 | law 31/2024/QH15"),
            ("Góp ý sửa đổi Luật Thủ đô năm 2024", "Luật Thủ đô năm 2024 | law"),
            ("Luật Thủ đô (sửa đổi) và các văn bản", "Luật Thủ đô | law"),
            ("Kế hoạch 15-KH/TU", "Kế hoạch 15-KH/TU | plan 15-KH/TU"),
            ("CHỈ THỊ SỐ 05-CT/TW", "CHỈ THỊ SỐ 05-CT/TW | directive 05-CT/TW"),
            (
                "Chương trình số -CTr/ĐU ngày /3/2026 của Đảng ủy phường Tân Lập",
                "Chương trình số -CTr/ĐU ngày /3/2026 của Đảng ủy phường Tân Lập | programme Đảng ủy phường Tân Lập",
            ),
            ("Nghị quyết số 57 - NQ/TW", "Nghị quyết số 57 - NQ/TW | resolution 57-NQ/TW"),
        ] {
            assert_eq!(shown(text), [expected], "{text}");
        }
    }

    #[test]
    fn a_list_of_appendices_gives_one_reference_a_label() {
        for (text, expected) in [
            ("tại Phụ lục 01, 02 kèm theo", vec!["Phụ lục 01 | appendix 1", "02 | appendix 2"]),
            (
                "(tại Phụ lục 03, 3A, 3b và 3C)",
                vec!["Phụ lục 03 | appendix 3", "3A | appendix 3A", "3b | appendix 3B", "3C | appendix 3C"],
            ),
            ("Biểu số 02", vec!["Biểu số 02 | appendix 2"]),
            ("Phụ lục II, III", vec!["Phụ lục II | appendix II", "III | appendix III"]),
            (
                "phụ lục 1-3",
                vec!["phụ lục 1-3 | appendix 1", "phụ lục 1-3 | appendix 2", "phụ lục 1-3 | appendix 3"],
            ),
            ("PHỤ LỤC SỐ 1", vec!["PHỤ LỤC SỐ 1 | appendix 1"]),
            ("Phụ lục 1, 5 năm", vec!["Phụ lục 1 | appendix 1"]),
            ("Phụ lục I.1", vec!["Phụ lục I.1 | appendix I.1"]),
            (
                "tại Phụ lục III.A; Phụ lục IV",
                vec!["Phụ lục III.A | appendix III.A", "Phụ lục IV | appendix IV"],
            ),
            ("PL03", vec!["PL03 | appendix 3"]),
            ("Phụ lục kèm theo", vec![]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn words_keep_their_examples() {
        let grammar = &*crate::syntax::GRAMMAR;
        for entry in &grammar.references.kinds {
            for example in &entry.examples {
                let found = references_in(example, &grammar.references);
                assert!(found.iter().any(|(_, found)| found.kind == kind(&entry.kind)), "{example}");
            }
            for reject in &entry.rejects {
                assert_eq!(references_in(reject, &grammar.references), vec![], "{reject}");
            }
        }
    }
}
