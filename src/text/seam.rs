//! Where two pieces of one text meet: with a space between them, or not.

/// Whether `after` goes on right behind `before`, without a space: a number or a word that a narrow column or a
/// page's end broke.
#[must_use]
pub fn is_broken(before: &str, after: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let alone = !before.contains(' ') && !after.contains(' ');
    let word = before.rsplit(' ').next().unwrap_or_default();
    let next = after.split(' ').next().unwrap_or_default();
    let mut end = word.chars().rev();
    let (last, second) = (end.next(), end.next());
    let first = next.chars().next();
    // A mark that closes what stands before it.
    if matches!(next, "." | "," | ")" | ":" | ";") && word.chars().any(char::is_alphanumeric) {
        return alone || matches!(next, "," | ")" | ";");
    }
    match last {
        // "2.240" / ",0"; "1.745" / ".5"
        Some('0'..='9') if matches!(first, Some(',' | '.')) => digit(next.chars().nth(1)),
        // "1.745," / "5"; "Năm 2026," / "2027" is not
        Some(',' | '.') if digit(second) && digit(first) => alone && is_number(word) && is_number(next),
        // "III." / "1"
        Some('.') if alone && second.is_some_and(|c| c.is_ascii_uppercase()) => {
            digit(first) && is_number(next)
        }
        // "9=10+11+" / "12+13"
        Some('+' | '=') if word.contains('=') && digit(second) => digit(first),
        // "2026-" / "2030", "ĐT-" / "HT", "người/" / "năm"
        Some('-' | '–' | '/') => {
            second.is_some_and(char::is_alphanumeric) && first.is_some_and(char::is_alphanumeric)
        }
        _ if first == Some('/') => last.is_some_and(char::is_alphanumeric) && word != "/",
        // "lần/n" / "ăm": an onset without its rime, behind a mark that holds words together
        _ => {
            let onset = word.rsplit(['/', '-']).next().unwrap_or_default();
            onset.len() < word.len()
                && (1..=3).contains(&onset.len())
                && onset.chars().all(|c| c.is_ascii_lowercase() && !is_vowel(c))
                && first.is_some_and(|c| {
                    c.is_lowercase() && super::fold(c.encode_utf8(&mut [0; 4])).chars().all(is_vowel)
                })
        }
    }
}

fn is_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Pieces of a text as one, with a space between them where they are not the parts of one word.
#[must_use]
pub fn join<'a>(pieces: impl Iterator<Item = std::borrow::Cow<'a, str>>) -> String {
    let mut out = String::new();
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        if !out.is_empty() && !is_broken(&out, &piece) {
            out.push(' ');
        }
        out.push_str(&piece);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_numbers_and_words_go_on() {
        for (before, after) in [
            ("2.240", ",0"),
            ("1.745,", "5"),
            ("III.", "1"),
            ("XI.1", "."),
            ("GPMB", ", xây dựng"),
            ("06 tháng/lần/n", "ăm"),
            ("06 tháng/", "lần"),
            ("2026-", "2030"),
            ("Ban ĐT-", "HT"),
            ("người/", "năm"),
            ("9=10+11+", "12+13"),
        ] {
            assert!(is_broken(before, after), "{before} {after}");
        }
        for (before, after) in [
            ("Phòng Văn hóa -", "Xã hội"),
            ("Quý I,", "II"),
            ("năm 2026,", "2027"),
            ("12", "3"),
            ("20 km", "ở"),
        ] {
            assert!(!is_broken(before, after), "{before} {after}");
        }
    }
}
