//! The closing part: paragraphs, recipients, signature.

use super::Maker;
use super::blocks::block;
use crate::layout::{LONGEST_CLOSING_LINE, Line, Paragraph, before_bracket, is_authority, without_rank};
use crate::model::{Closing, Signature, Unplaced};
use crate::span::Span;
use crate::text::{fold, head};

/// What opens a line of the list of recipients.
const LIST_MARKS: [char; 5] = ['-', '–', '+', '•', '*'];

/// The closing part, if there is any; lines that are no part of it go to `unplaced`.
pub(super) fn closing(
    maker: Maker<'_>,
    tail: &[Paragraph],
    lines: &[Line],
    unplaced: &mut Vec<Unplaced>,
) -> Option<Closing> {
    if tail.is_empty() && lines.is_empty() {
        return None;
    }
    let mut closing = Closing {
        paragraphs: tail
            .iter()
            .enumerate()
            .map(|(index, paragraph)| block(maker, format!("closing#{}", index + 1), paragraph))
            .collect(),
        ..Closing::default()
    };
    let mut signature: Vec<(Part, Span, String)> = Vec::new();
    let mut in_recipients = false;
    for line in lines {
        let text = maker.text(line.inner).into_owned();
        let head = fold(head(&text, 24));
        let words = &maker.grammar.structure.closing;
        if words.recipients.iter().any(|word| head.starts_with(word.as_str())) {
            in_recipients = true;
            closing.recipients_at.push(maker.source.at(line.span));
            // "Nơi nhận: Như trên" on one line.
            if let Some((_, rest)) = text.split_once(':').filter(|(_, rest)| !rest.trim().is_empty()) {
                closing.recipients.push(recipient(rest));
            }
            continue;
        }
        let part = part_of(maker, (&text, &head), &signature, in_recipients);
        let Some(part) = part else {
            let named = signature.iter().any(|(part, _, _)| *part == Part::Name);
            if !in_recipients || named && !marked(&text) {
                unplaced.push(Unplaced { text, at: maker.source.at(line.span) });
            } else {
                closing.recipients_at.push(maker.source.at(line.span));
                add_recipient(&mut closing.recipients, &text);
            }
            continue;
        };
        let office = if part == Part::Authority { office_after(maker, &text) } else { None };
        match office {
            Some(at) => {
                signature.push((part, line.span, text.get(..at).unwrap_or_default().trim_end().to_owned()));
                signature.push((Part::Role, line.span, text.get(at..).unwrap_or_default().to_owned()));
            }
            None => signature.push((part, line.span, text)),
        }
    }
    closing.signature = signed(maker, &signature);
    Some(closing)
}

/// What a line is of the signature, after the lines of it that stand above; `None` where it is none.
fn part_of(
    maker: Maker<'_>,
    (text, head): (&str, &str),
    above: &[(Part, Span, String)],
    in_recipients: bool,
) -> Option<Part> {
    let words = &maker.grammar.structure.closing;
    let authority = || above.iter().any(|(part, _, _)| *part == Part::Authority);
    let office = || words.roles.iter().any(|role| head.starts_with(role.as_str())) || authority();
    let bare = fold(text.trim_matches(['(', ')', '[', ']', '.', ' ']));
    let beside_recipients = in_recipients && !marked(text) && !text.ends_with([',', ';', '.']);
    if is_authority(text, head, maker.grammar) {
        Some(Part::Authority)
    } else if is_capitals(before_bracket(text)) && office() {
        Some(Part::Role)
    } else if words.signed.contains(&bare) {
        Some(Part::Mark)
    } else {
        ((!above.is_empty() || beside_recipients) && is_name(maker, text)).then_some(Part::Name)
    }
}

/// Adds a line of the list of recipients; one in small letters without a mark goes on with the last.
fn add_recipient(recipients: &mut Vec<String>, line: &str) {
    let goes_on = !marked(line) && line.starts_with(char::is_lowercase);
    match recipients.last_mut().filter(|_| goes_on) {
        Some(last) => {
            last.push(' ');
            last.push_str(&recipient(line));
        }
        None => recipients.push(recipient(line)),
    }
}

/// Where the office begins that ran into the line of the authority: "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH".
fn office_after(maker: Maker<'_>, text: &str) -> Option<usize> {
    if text.len() > LONGEST_CLOSING_LINE {
        return None;
    }
    let words = &maker.grammar.structure.closing;
    let starts = text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, c)| at + c.len_utf8());
    let starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
    let keys: Vec<String> = text.split(' ').map(fold).collect();
    let length = |phrase: &str, at: usize| {
        let phrase = phrase.split(' ');
        let count = phrase.clone().count();
        phrase
            .enumerate()
            .all(|(nth, word)| keys.get(at + nth).is_some_and(|key| key == word))
            .then_some(count)
    };
    let longest = |list: &[String], at: usize| list.iter().filter_map(|phrase| length(phrase, at)).max();
    let office = |at: usize| {
        let deputy = longest(&words.deputies, at).unwrap_or(0);
        longest(&words.roles, at).or_else(|| Some(deputy + longest(&words.roles, at + deputy)?))
    };
    // Behind "KT." stands whose office it is; "Ban Giám đốc" is a body.
    let in_body = |at: usize| {
        (1..=at)
            .any(|from| longest(&words.in_bodies, from).is_some_and(|length| from < at && from + length > at))
    };
    let first = 1 + office(1).unwrap_or(0).max(1);
    let found = (first..keys.len()).find(|at| office(*at).is_some() && !in_body(*at))?;
    starts.get(found).copied()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Authority,
    Role,
    Name,
    /// "(Đã ký)"
    Mark,
}

fn signed(maker: Maker<'_>, lines: &[(Part, Span, String)]) -> Option<Signature> {
    if lines.is_empty() {
        return None;
    }
    let of = |wanted: Part| {
        let texts: Vec<&str> =
            lines.iter().filter(|(part, _, _)| *part == wanted).map(|(_, _, text)| text.as_str()).collect();
        (!texts.is_empty()).then(|| texts.join(" "))
    };
    let mut spans: Vec<Span> = lines.iter().map(|(_, span, _)| *span).collect();
    spans.dedup();
    Some(Signature {
        authority: of(Part::Authority),
        role: of(Part::Role),
        name: of(Part::Name),
        at: maker.at(&spans),
    })
}

fn recipient(text: &str) -> String {
    let text = text.trim().trim_start_matches(LIST_MARKS).trim();
    text.trim_end_matches([';', ',', '.']).to_owned()
}

fn marked(text: &str) -> bool {
    text.starts_with(LIST_MARKS)
}

fn is_capitals(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && text.chars().all(|c| !c.is_lowercase())
}

/// A personal name: two to six capitalised words, perhaps after a rank, and nothing else.
fn is_name(maker: Maker<'_>, text: &str) -> bool {
    let text = without_rank(text, maker.grammar);
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=6).contains(&words.len())
        && words.iter().all(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || c == '.')
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use crate::grammar::Grammar;

    #[test]
    fn the_letterhead_of_a_plan_behind_its_decision_is_no_part_of_the_signature() {
        let grammar = Grammar::embedded().unwrap();
        let text = "BỘ Y TẾ\n\nQUYẾT ĐỊNH\nBan hành Kế hoạch năm 2026\n\nĐiều 1. Ban hành Kế hoạch.\n\n\
                    Nơi nhận:\n- Như trên.\n\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\nNguyễn Thị Minh Châu\n\nBỘ Y TẾ\n\n\
                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nKẾ HOẠCH\nCông tác năm 2026\n\n\
                    I. MỤC TIÊU\n\n1. Khám bệnh.\n\nII. NHIỆM VỤ\n\n1. Tiêm chủng.\n";
        let source = crate::read::read("test", text.as_bytes(), &Default::default(), &grammar).unwrap();
        let document = crate::pipeline::parse(&source, &grammar);
        let signature = document.closing.unwrap().signature.unwrap();
        assert_eq!(signature.role.as_deref(), Some("THỨ TRƯỞNG"));
        let plan = document.sections.last().unwrap();
        let blocks: Vec<&str> = plan.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(blocks, ["BỘ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]);
        assert!(document.unplaced.is_empty());
    }

    #[test]
    fn an_office_that_ran_into_its_authority_is_parted_from_it() {
        let grammar = Grammar::embedded().unwrap();
        for (lines, authority, role) in [
            ("TM. ỦY BAN NHÂN DÂN CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN", Some("CHỦ TỊCH")),
            ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "KT. CHỦ TỊCH", Some("PHÓ CHỦ TỊCH")),
            ("KT. CHI CỤC TRƯỞNG\nPHÓ CHI CỤC TRƯỞNG", "KT. CHI CỤC TRƯỞNG", Some("PHÓ CHI CỤC TRƯỞNG")),
            ("KT. TỔNG GIÁM ĐỐC PHÓ TỔNG GIÁM ĐỐC", "KT. TỔNG GIÁM ĐỐC", Some("PHÓ TỔNG GIÁM ĐỐC")),
            ("TL. TRƯỞNG BAN PHÓ TRƯỞNG BAN", "TL. TRƯỞNG BAN", Some("PHÓ TRƯỞNG BAN")),
            ("TM. BAN GIÁM ĐỐC", "TM. BAN GIÁM ĐỐC", None),
        ] {
            let text = format!(
                "KẾ HOẠCH\nnăm 2026\n\nI. VIỆC\n1. Làm.\n\nNơi nhận:\n- Như trên.\n\n{lines}\n\nLê Văn Bình\n"
            );
            let source = crate::read::read("test", text.as_bytes(), &Default::default(), &grammar).unwrap();
            let closing = crate::pipeline::parse(&source, &grammar).closing.unwrap();
            let signature = closing.signature.unwrap();
            assert_eq!(
                (signature.authority.as_deref(), signature.role.as_deref()),
                (Some(authority), role),
                "{lines}"
            );
        }
    }
}
