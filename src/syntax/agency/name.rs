//! Names written out: known spellings under one name, abbreviations in full, one kind of hyphen.

use crate::grammar::Agencies;
use crate::text::squeeze;

use super::words::Word;

/// The name that a printed text stands for.
pub(super) fn written_out(text: &str, words: &[Word<'_>], grammar: &Agencies) -> String {
    let word = |at: usize| words.get(at).map(|word| word.key.as_str());
    let (mut out, rest) = match grammar.names.longest(word) {
        Some((len, name)) => {
            let end = words.get(len).zip(words.first()).map(|(next, first)| next.start - first.start);
            (name.clone(), end.and_then(|end| text.get(end..)).unwrap_or_default())
        }
        None => (String::new(), text),
    };
    for part in squeeze(rest).split(' ').filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        push_part(part, grammar, &mut out);
    }
    capitalised(&out)
}

/// Appends a part between spaces: its abbreviation written out, its hyphens made one kind.
fn push_part(part: &str, grammar: &Agencies, out: &mut String) {
    let bare = part.trim_matches(['(', ')', ',', '.', ':']);
    if let Some(long) = grammar.abbreviations.get(bare) {
        let (before, after) = part.split_once(bare).unwrap_or_default();
        out.extend([before, long, after]);
        return;
    }
    let mut chars = part.chars().peekable();
    let mut before: Option<char> = None;
    while let Some(c) = chars.next() {
        if !matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}') {
            out.push(c);
            before = Some(c);
            continue;
        }
        // "Văn hóa-Xã hội" is spaced like "Văn hóa - Xã hội"; "ĐT-HT" and "H2-3" are one word.
        let spaced =
            before.is_some_and(char::is_lowercase) && chars.peek().is_some_and(|next| next.is_alphabetic());
        out.push_str(if spaced { " - " } else { "-" });
        before = Some('-');
    }
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", chars.as_str())
}
