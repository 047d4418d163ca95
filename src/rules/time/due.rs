//! Times by which running text wants something done: "trình Bộ trưởng trước ngày 30 tháng 9 năm 2028", "hoàn thành trong tháng
//! 5/2027". Only sentences that give somebody something to do count; what was done is told in such words too.

use std::ops::Range;

use super::super::context::Passage;
use crate::grammar::Grammar;
use crate::model::Deadline;
use crate::rules::prose::sentences_of;
use crate::syntax::deadline;
use crate::text::{fold, head};

/// A time in running text.
pub(in crate::rules) struct Due {
    /// Where its words stand.
    pub range: Range<usize>,
    pub deadline: Deadline,
}

/// Most bytes of the words of a time.
const LONGEST: usize = 64;

/// The times of a passage by which something is to be done.
pub(in crate::rules) fn due(passage: Passage<'_>, grammar: &Grammar) -> Vec<Due> {
    let text = passage.text;
    let words = &grammar.calendar;
    let mut out = Vec::new();
    if !text.contains("20") || !words.due.iter().any(|opening| text.contains(opening.words.as_str())) {
        return out;
    }
    for sentence in sentences_of(text) {
        let Some(own) = text.get(sentence.clone()) else { continue };
        let folded = format!(" {} ", fold(own));
        let holds = |list: &[String]| list.iter().any(|words| folded.contains(&format!(" {} ", fold(words))));
        if !holds(&words.assigns) || holds(&words.past) {
            continue;
        }
        let lower = own.to_lowercase();
        if lower.len() != own.len() {
            continue;
        }
        for opening in &words.due {
            for (at, _) in lower.match_indices(opening.words.as_str()) {
                let from = at + if opening.keeps { 0 } else { opening.words.len() };
                let rest = head(own.get(from..).unwrap_or_default(), LONGEST);
                let end = rest.find([',', ';', ')', '(', ':']).unwrap_or(rest.len());
                let time = rest.get(..end).unwrap_or_default().trim().trim_end_matches('.');
                let start = sentence.start + from + (rest.len() - rest.trim_start().len());
                if time.bytes().any(|byte| byte.is_ascii_digit()) {
                    let deadline = deadline::deadline(time, &grammar.deadlines);
                    out.push(Due { range: start..start + time.len(), deadline });
                }
            }
        }
    }
    out
}
