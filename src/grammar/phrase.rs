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
        let kept = is_letter(c)
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
        out.push(small(c));
    }
    out
}

/// Whether a character is a letter or digit; the letters of Vietnamese need no table.
#[must_use]
pub fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric(),
        '\u{C0}'..='\u{1FF}' => !matches!(c, '×' | '÷'),
        '\u{1E00}'..='\u{1EFF}' => true,
        _ => c.is_alphanumeric(),
    }
}

/// A letter in lower case; the letters of Vietnamese need no table.
#[must_use]
pub fn small(c: char) -> char {
    match c {
        '\0'..='\u{7F}' => c.to_ascii_lowercase(),
        '\u{1EA0}'..='\u{1EF9}' => char::from_u32(u32::from(c) | 1).unwrap_or(c),
        '\u{DF}'..='\u{FF}' | 'đ' | 'ơ' | 'ư' | 'ă' => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    }
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
    let (bytes, needle) = (text.as_bytes(), phrase.as_bytes());
    let first = *needle.first()?;
    let last_start = bytes.len().checked_sub(needle.len())?;
    let fits = |at: usize| {
        bytes.get(at..at + needle.len()) == Some(needle)
            && (!joins(first)
                || !at.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(|byte| joins(*byte)))
            && (!needle.last().is_some_and(|byte| joins(*byte))
                || !bytes.get(at + needle.len()).is_some_and(|byte| joins(*byte)))
    };
    memchr::memchr_iter(first, bytes).take_while(|at| *at <= last_start).find(|at| fits(*at))
}

/// Whether a byte of a plain key is of a letter or digit: all that is not ASCII is.
fn joins(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
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
    fn letters_in_lower_case_are_those_of_unicode() {
        for c in ('\0'..='\u{24F}').chain('\u{1E00}'..='\u{1EFF}').filter(|c| c.is_alphabetic()) {
            assert_eq!(Some(small(c)), c.to_lowercase().next(), "{c}");
            assert!(is_letter(c), "{c}");
        }
    }

    #[test]
    fn phrases_match_whole_words() {
        assert!(begins_with("tỷ lệ hộ nghèo", "tỷ lệ"));
        assert!(!begins_with("tỷ lệch", "tỷ lệ"));
        assert!(holds("thu nsnn/grdp", "/grdp"));
        assert!(!holds("số người", "gười"));
        assert!(!holds("tỷ lệ đỗ", "đ") && holds("tỷ lệ đỗ", "đỗ"));
        assert!(!holds("đỗ", "tỷ lệ đỗ") && !holds("đỗ", ""));
    }
}
