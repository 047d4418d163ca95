//! The title of the document and what stands under it.

use super::Maker;
use super::header::{is_capitals, is_ground, is_motto, is_span};
use super::letterhead::is_number_line;
use crate::layout::{Lead, Line, issued_with};
use crate::model::Header;
use crate::syntax::deadline;
use crate::text::{fold, head};
use crate::value::Period;

/// Longest line of a subtitle.
const MAX_SUBTITLE_LINE: usize = 400;

/// Finds title and subtitle; gives the range of their lines.
pub(super) fn title_lines(
    maker: Maker<'_>,
    lines: &[Line],
    texts: &[String],
    header: &mut Header,
) -> (usize, usize) {
    let kind = |text: &String| maker.grammar.structure.kind(text).filter(|_| is_capitals(text));
    let found = texts.iter().enumerate().find_map(|(at, text)| Some((at, kind(text)?)));
    let Some((start, kind)) = found else { return (0, 0) };
    header.kind = Some(kind.kind.clone());
    let mut end = start + 1;
    while texts.get(end).is_some_and(|text| is_capitals(text) && !is_number_line(maker, text)) {
        end += 1;
    }
    let title = texts.get(start..end).unwrap_or_default().join(" ");
    let subtitle_from = end;
    // "KẾ HOẠCH" / "TRIỂN KHAI … NĂM 2026" has its subject in capitals; what leads over to the sections opens the text.
    let opening = end > start + 1 && leads_over(lines, texts, end);
    if !opening {
        end += lines_of_subject(maker, lines, texts, end);
    }
    while let (Some(line), Some(text)) = (lines.get(end), texts.get(end)) {
        if opening
            || text.len() > MAX_SUBTITLE_LINE
            || !subtitle_goes_on(maker, line, text, end > subtitle_from, texts.get(end.saturating_sub(1)))
        {
            break;
        }
        end += 1;
    }
    let subtitle = texts.get(subtitle_from..end).unwrap_or_default().join(" ");
    header.term = term(&format!("{title} {subtitle}"));
    header.issuer = issuer_in_title(&title);
    header.title = Some(title);
    header.subtitle = (!subtitle.is_empty()).then_some(subtitle);
    (start, end)
}

/// Whether a paragraph that begins with a capital and ends in a colon stands at `at`, on one line or several.
fn leads_over(lines: &[Line], texts: &[String], at: usize) -> bool {
    let begins = texts.get(at).is_some_and(|text| text.starts_with(char::is_uppercase));
    let rest = lines.iter().zip(texts).skip(at);
    let mut paragraph = rest.enumerate().take_while(|(i, (line, _))| *i == 0 || !line.gap_before);
    begins && paragraph.any(|(_, (_, text))| text.ends_with(':'))
}

/// How many lines from `at` on are a paragraph of its own that names what the document is about: it is no sentence, and
/// the text follows it.
fn lines_of_subject(maker: Maker<'_>, lines: &[Line], texts: &[String], at: usize) -> usize {
    let Some(rest) = lines.get(at..) else { return 0 };
    let count =
        1 + rest.iter().skip(1).take_while(|line| !line.gap_before && line.lead == Lead::None).count();
    let (Some(first), Some(text)) = (rest.first(), texts.get(at)) else { return 0 };
    let Some(last) = texts.get(at + count - 1) else { return 0 };
    let begins = first.gap_before && first.lead == Lead::None && text.starts_with(char::is_uppercase);
    let length: usize = texts.iter().skip(at).take(count).map(String::len).sum();
    let ends = last.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '”' | '"'))
        && !maker.grammar.structure.joins.are_open_after(last);
    let subject = begins
        && ends
        && length <= MAX_SUBTITLE_LINE
        && !is_capitals(text)
        && !is_ground(maker, text)
        && !is_motto(maker, text)
        && !is_number_line(maker, text)
        && issued_with(text, maker.grammar) != Some(0);
    if subject { count } else { 0 }
}

/// Whether a line belongs to the subtitle: it stands right under the title, or opens like one.
fn subtitle_goes_on(
    maker: Maker<'_>,
    line: &Line,
    text: &str,
    under_way: bool,
    previous: Option<&String>,
) -> bool {
    if line.lead != Lead::None || is_number_line(maker, text) || text.ends_with([':', ';']) {
        return false;
    }
    // "BỘ TRƯỞNG BỘ …": who decides.
    if under_way && is_capitals(text) {
        return false;
    }
    if issued_with(text, maker.grammar) == Some(0) {
        return false;
    }
    let folded = fold(head(text, 40));
    let grounds = &maker.grammar.structure.letterhead.grounds;
    let emphasised = line.inner.start > line.span.start && line.inner.end < line.span.end;
    let small = text.starts_with(|c: char| c.is_lowercase() || c == '(');
    let opens = small
        || ["thuc hien", "ve ", "giai doan", "trien khai", "nhiem ky", "tren dia ban"]
            .iter()
            .any(|w| folded.starts_with(w));
    if line.gap_before {
        let joins = &maker.grammar.structure.joins;
        let open = |text: &String| text.ends_with(',') || joins.are_open_after(text);
        if under_way && previous.is_some_and(open) {
            return !grounds.iter().any(|w| folded.starts_with(w.as_str()));
        }
        return (opens || emphasised && !under_way) && !text.ends_with('.') && (!under_way || small);
    }
    if under_way {
        return !(text.ends_with('.') && text.len() > 150);
    }
    opens || !grounds.iter().any(|w| folded.starts_with(w.as_str())) && !text.ends_with('.')
}

/// "CỦA BAN CHẤP HÀNH ĐẢNG BỘ PHƯỜNG …" at the end of a title.
fn issuer_in_title(title: &str) -> Option<String> {
    let at = title.find(" CỦA ")?;
    Some(title.get(at + " CỦA ".len()..)?.trim().to_owned())
}

/// The term that a title names, or its period.
fn term(text: &str) -> Option<Period> {
    let periods: Vec<(std::ops::Range<usize>, Period)> =
        deadline::period_in(text).into_iter().filter(|(_, period)| is_span(period)).collect();
    let of_term = periods.iter().find(|(range, _)| {
        let before: String = text.get(..range.start).unwrap_or_default().chars().rev().take(12).collect();
        fold(&before.chars().rev().collect::<String>()).contains("nhiem ky")
    });
    of_term.or(periods.first()).map(|(_, period)| *period)
}
