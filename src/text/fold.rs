//! Fold keys: a spelling without case, diacritics and spacing differences, to compare names by.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::grammar::letters::parts;

/// The text in lower case without diacritics, with "đ" as "d", every kind of dash as "-", and one space for
/// each run of spaces; none at either end.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// [`fold`], appended to a buffer.
pub fn fold_into(text: &str, out: &mut String) {
    let begin = out.len();
    let mut space = false;
    for c in text.chars() {
        // Letters of Vietnamese first: nearly all that is not ASCII is one.
        let base = parts(c).map(|parts| char::from(parts.base));
        if base.is_none() && c.is_whitespace() {
            space = out.len() > begin;
            continue;
        }
        if space {
            out.push(' ');
            space = false;
        }
        match base {
            Some(base) => out.push(base),
            None if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            None => fold_letter(c, out),
        }
    }
}

/// The fold key of one letter that is not ASCII, appended to a buffer; a combining mark adds nothing.
pub fn fold_letter(c: char, out: &mut String) {
    // The letters of Vietnamese have a table of their own; it is much faster.
    if let Some(parts) = parts(c) {
        out.push(char::from(parts.base));
        return;
    }
    match c {
        'đ' | 'Đ' | 'Ð' => out.push('d'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
        _ => decompose_canonical(c, |part| {
            if !is_combining_mark(part) {
                out.extend(part.to_lowercase());
            }
        }),
    }
}

/// The fold key with every run of characters other than letters and digits as one hyphen:
/// "Phòng Văn hóa – Xã hội" gives "phong-van-hoa-xa-hoi".
#[must_use]
pub fn kebab(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::with_capacity(folded.len());
    for part in folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(part);
    }
    out
}

/// The text with one space for each run of spaces and none at either end.
#[must_use]
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fold_drops_case_diacritics_and_spacing() {
        assert_eq!(fold("  ĐƠN  VỊ\tTính "), "don vi tinh");
        assert_eq!(fold("2026 – 2030"), "2026 - 2030");
        assert_eq!(fold("ẠẢẤẰỸỴ ỹỵừự Ơơ"), "aaaayy yyuu oo");
    }

    #[test]
    fn kebab_joins_words_with_hyphens() {
        assert_eq!(kebab("Phòng Kinh tế, HT&ĐT"), "phong-kinh-te-ht-dt");
    }
}
