//! Plain keys, by which phrases of the grammar are looked for in names and headings. Diacritics stay: "tăng"
//! and "tầng", "giảm" and "giám" are different words.

/// The text in lower case without punctuation but for `/`, `%`, `+` and separators inside numbers, with one
/// space for each run of characters that say nothing.
#[must_use]
pub fn plain(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for (at, c) in text.char_indices() {
        let kept = c.is_alphanumeric()
            || matches!(c, '/' | '%' | '+')
            || (matches!(c, '.' | ',') && digit(at.checked_sub(1)) && digit(Some(at + 1)));
        if !kept {
            gap = true;
            continue;
        }
        if gap && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out
}

/// Whether a plain key begins with the words of a phrase.
#[must_use]
pub fn begins_with(text: &str, phrase: &str) -> bool {
    text.strip_prefix(phrase)
        .is_some_and(|rest| !phrase.is_empty() && !rest.starts_with(char::is_alphanumeric))
}

/// Whether a plain key holds the words of a phrase.
#[must_use]
pub fn holds(text: &str, phrase: &str) -> bool {
    find(text, phrase).is_some()
}

/// Where a plain key first holds the words of a phrase.
#[must_use]
pub fn find(text: &str, phrase: &str) -> Option<usize> {
    if phrase.is_empty() {
        return None;
    }
    let edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    text.match_indices(phrase).map(|(at, _)| at).find(|&at| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + phrase.len()..).and_then(|after| after.chars().next());
        (edge(before) || !phrase.starts_with(char::is_alphanumeric))
            && (edge(after) || !phrase.ends_with(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_keys_keep_numbers_and_drop_other_punctuation() {
        assert_eq!(plain("Thu NSNN/GRDP (giá hiện hành), 1.000 tỷ."), "thu nsnn/grdp giá hiện hành 1.000 tỷ");
        assert_eq!(plain("Tr. đó:"), "tr đó");
    }

    #[test]
    fn phrases_match_whole_words() {
        assert!(begins_with("tỷ lệ hộ nghèo", "tỷ lệ"));
        assert!(!begins_with("tỷ lệch", "tỷ lệ"));
        assert!(holds("thu nsnn/grdp", "/grdp"));
        assert!(!holds("số người", "gười"));
    }
}
