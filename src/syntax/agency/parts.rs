//! A cell that says in words who leads and who takes part: "Chủ trì: Sở Công Thương. Phối hợp: Sở Tài chính".
//!
//! ```text
//! cell = { label ":" agencies | agencies label | agencies "(" label ")" | "phối hợp với" agencies } ;
//! ```
//!
//! The labels are data in `grammars/agencies.toml`.

use super::words::{self, Gap, Word};
use crate::grammar::{Agencies, PhraseMap};

/// What a cell says of who leads and who takes part, as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// Who leads.
    pub lead: String,
    /// Who takes part.
    pub coordinators: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Lead,
    Coordinators,
}

/// A label: its words, whom it is for, and on which side of it they stand.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    end: usize,
    side: Side,
    /// The agencies stand before it.
    after: bool,
    bracketed: bool,
}

/// The two parts of a cell; `None` where it does not name both with their labels, or begins with the one of who takes part.
#[must_use]
pub fn parts(raw: &str, grammar: &Agencies) -> Option<Parts> {
    let words = words::words(raw);
    let marks = marks(&words, grammar);
    let leads = marks.iter().any(|mark| mark.side == Side::Lead);
    let takes_part = marks.iter().any(|mark| mark.side == Side::Coordinators);
    // Of "Sở A (chủ trì), Sở B" the rest takes part.
    let bracketed = marks.iter().any(|mark| mark.bracketed && mark.side == Side::Lead);
    if !(takes_part || leads && bracketed) {
        return None;
    }
    let (mut lead, mut coordinators) = (Vec::new(), Vec::new());
    let mut put = |side: Side, range: std::ops::Range<usize>| {
        if let Some(text) = text(raw, &words, range) {
            if side == Side::Lead { lead.push(text) } else { coordinators.push(text) }
        }
    };
    let mut from = 0;
    let mut open: Option<Side> = None;
    for mark in &marks {
        let before = if mark.after { mark.side } else { open.unwrap_or(Side::Lead) };
        put(before, from..mark.at);
        from = mark.end;
        open = if mark.after { None } else { Some(mark.side) };
    }
    put(open.unwrap_or(Side::Coordinators), from..words.len());
    // "Phối hợp: Sở Y tế" alone names nobody who leads.
    let nobody = lead.is_empty() && marks.first().is_some_and(|mark| mark.at == 0 && !mark.after);
    ((!lead.is_empty() || nobody) && !coordinators.is_empty())
        .then(|| Parts { lead: lead.join("; "), coordinators: coordinators.join("; ") })
}

fn marks(words: &[Word<'_>], grammar: &Agencies) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let found = mark(words, at, grammar);
        at = found.map_or(at + 1, |mark| mark.end);
        out.extend(found);
    }
    out
}

fn mark(words: &[Word<'_>], at: usize, grammar: &Agencies) -> Option<Mark> {
    let longest = |labels| label(words, at, labels);
    let (len, side) = match (longest(&grammar.lead_labels), longest(&grammar.coordinator_labels)) {
        (Some(lead), Some(other)) if other > lead => (other, Side::Coordinators),
        (Some(lead), _) => (lead, Side::Lead),
        (None, Some(other)) => (other, Side::Coordinators),
        (None, None) => return None,
    };
    let end = at + len;
    let gap = words.get(end).map_or(Gap::End, |word| word.gap);
    let first = words.get(at)?;
    let last = words.get(end.checked_sub(1)?)?;
    let opens = at == 0 || first.gap >= Gap::Comma || ends_sentence(words.get(at.checked_sub(1)?)?);
    let bracketed = first.depth > 0
        && at.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|word| word.depth < first.depth)
        && words.get(end).is_none_or(|word| word.depth < first.depth);
    let mark = |after: bool| Some(Mark { at, end, side, after, bracketed });
    if gap == Gap::Colon && first.depth == 0 {
        return mark(false);
    }
    // "…, phối hợp với Sở Tài chính".
    if side == Side::Coordinators && opens && grammar.with.contains(&last.key) {
        return mark(false);
    }
    let closes = gap >= Gap::Comma || last.text.ends_with('.');
    (at > 0 && (bracketed || (closes && first.depth == 0))).then(|| mark(true)).flatten()
}

/// How many words from `at` are one of some labels.
fn label(words: &[Word<'_>], at: usize, labels: &PhraseMap<()>) -> Option<usize> {
    let word = |offset: usize| words.get(at + offset).map(|word| word.key.trim_end_matches('.'));
    labels.longest(word).map(|(len, ())| len)
}

/// Whether a word ends a sentence: "Thương.", "KH&CN.", and not "P.", "Cty." or "TP.".
pub(super) fn ends_sentence(word: &Word<'_>) -> bool {
    let key = word.key.trim_end_matches('.');
    let whole = if word.is_lower() { key.contains(['a', 'e', 'i', 'o', 'u']) } else { key.len() > 3 };
    word.text.ends_with('.') && key.len() > 2 && whole
}

/// The words of a range as printed, without what parts them from others.
fn text(raw: &str, words: &[Word<'_>], range: std::ops::Range<usize>) -> Option<String> {
    let start = words.get(range.start)?.start;
    let end = words.get(range.end).map_or(raw.len(), |word| word.start);
    if range.is_empty() {
        return None;
    }
    let text = raw
        .get(start..end)?
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | ':' | '.' | '-' | '+'));
    let text = text.trim_end_matches('(').trim_end();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn labels_say_who_leads_and_who_takes_part() {
        let grammar = &*crate::syntax::GRAMMAR;
        for (raw, lead, coordinators) in [
            (
                "Chủ trì: Sở Công Thương. Phối hợp: Sở Tài chính, Sở Y tế.",
                "Sở Công Thương",
                "Sở Tài chính, Sở Y tế",
            ),
            ("Cơ quan chủ trì: Công an xã\nCơ quan phối hợp: Xã đoàn", "Công an xã", "Xã đoàn"),
            (
                "Phòng Kinh tế chủ trì, phối hợp với Công an xã và các đơn vị liên quan",
                "Phòng Kinh tế",
                "Công an xã và các đơn vị liên quan",
            ),
            ("Sở Y tế chủ trì; Sở Nội vụ, Thuế tỉnh phối hợp", "Sở Y tế", "Sở Nội vụ, Thuế tỉnh"),
            ("Sở Y tế (chủ trì), Sở Nội vụ (phối hợp)", "Sở Y tế", "Sở Nội vụ"),
            ("Sở Y tế (chủ trì), Sở Nội vụ, Thuế tỉnh", "Sở Y tế", "Sở Nội vụ, Thuế tỉnh"),
            (
                "Chủ trì: Sở Y tế (khám); UBND các xã (vận động).\nPhối hợp: Công an tỉnh.",
                "Sở Y tế (khám); UBND các xã (vận động)",
                "Công an tỉnh",
            ),
        ] {
            let found = parts(raw, &grammar.agencies).unwrap();
            assert_eq!((found.lead.as_str(), found.coordinators.as_str()), (lead, coordinators), "{raw}");
        }
    }

    #[test]
    fn names_without_labels_are_left_alone() {
        let grammar = &*crate::syntax::GRAMMAR;
        for raw in [
            "Phòng Kinh tế",
            "Các đơn vị phối hợp",
            "Chủ trì: Sở Y tế",
            "Ban Chủ trì hội nghị, Văn phòng",
            "Phòng Kinh tế, Công an xã",
            "",
        ] {
            assert_eq!(parts(raw, &grammar.agencies), None, "{raw}");
        }
    }
}
