//! Words that a column was too narrow for: the producer filled the line to the last letter and went on with the next.

use super::lines::{Line, Word};
use crate::grammar::Grammar;
use crate::grammar::letters::{Tone, parts};
use crate::text::is_possible;

/// Most letters of an abbreviation.
const ABBREVIATION: usize = 6;

/// Fewest digits of a number without marks of which a column may have cut the last ones, at most a group of thousands.
const LONG: usize = 5;
const GROUP: usize = 3;

/// How far, in points, what a column leaves for text is known.
const SLACK: f64 = 1.2;

/// Whether a line goes on with the word that the one above it ends in. `width` is what the column leaves for text.
pub(super) fn is_cut(above: &Line, line: &Line, width: f64, grammar: &Grammar) -> bool {
    let ([last], Some(first)) = (above.words.as_slice(), line.words.first()) else { return false };
    // Where another letter would have found room, the line ends because the word does.
    if last.area.width() + letter(first) + SLACK <= width {
        return false;
    }
    let end = first.text.trim_end_matches([',', ';', '.', ')', ':']);
    let piece = last.text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    if !piece.is_empty() && !end.is_empty() && end.chars().all(char::is_alphabetic) {
        return is_cut_word(piece, end, grammar);
    }
    is_cut_number(&last.text, end)
}

/// The width of a word's first letter, about.
fn letter(word: &Word) -> f64 {
    let count = word.text.chars().count().max(1);
    word.area.width() / f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Whether two pieces make one syllable, or letters of an abbreviation, and are not both words themselves.
fn is_cut_word(before: &str, after: &str, grammar: &Grammar) -> bool {
    let capitals = |text: &str| text.chars().all(char::is_uppercase);
    let possible = |text: &str| is_possible(&text.to_lowercase(), &grammar.syllables);
    // Letters of an abbreviation have no tone: "SỐ" over "TT" are two words.
    let toned = |text: &str| text.chars().any(|c| parts(c).is_some_and(|parts| parts.tone != Tone::Level));
    let abbreviated = capitals(before) && capitals(after) && !toned(before) && !toned(after);
    if abbreviated && before.chars().count() + after.chars().count() <= ABBREVIATION {
        return !(possible(before) && possible(after));
    }
    // The second half of a word is not written with a capital unless all of it is.
    if after.starts_with(char::is_uppercase) != capitals(before) {
        return false;
    }
    possible(&format!("{before}{after}")) && !(possible(before) && possible(after))
}

/// Whether two pieces make one number with its marks between thousands, a year, or a formula of column numbers.
fn is_cut_number(before: &str, after: &str) -> bool {
    let formula = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '=' | '(' | ')');
    if before.contains('=') && before.chars().chain(after.chars()).all(formula) {
        return true;
    }
    // "15/10/202" over "8"
    let year = before.rsplit('/').next().unwrap_or_default();
    if before.contains('/') && before.chars().chain(after.chars()).all(|c| c.is_ascii_digit() || c == '/') {
        return year.len() < 4 && year.len() + after.len() == 4 && !after.contains('/');
    }
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    if !before.chars().all(figure)
        || !after.chars().all(figure)
        || !after.starts_with(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    let whole = format!("{before}{after}");
    let parts: Vec<&str> = whole.split(['.', ',']).collect();
    match parts.as_slice() {
        // A year, or a long number without marks between its thousands.
        [digits] => digits.len() == 4 && before.len() < 4 || before.len() >= LONG && after.len() <= GROUP,
        [head, groups @ .., last] => {
            let thousands = groups.iter().all(|group| group.len() == 3) && (1..=3).contains(&head.len());
            // What stands above must not be whole by itself: "1.250" over "300" are two.
            let open = before.rsplit(['.', ',']).next().is_some_and(|group| group.len() < 3);
            thousands && open && last.len() <= 3 && !last.is_empty()
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn halves_of_words_and_numbers_are_told_from_words_and_numbers() {
        let grammar = Grammar::embedded().unwrap();
        for (before, after) in [("Phươn", "g"), ("nghiệ", "p"), ("S", "T"), ("TMĐ", "T"), ("LIỆ", "T")]
        {
            assert!(is_cut_word(before, after, &grammar), "{before} {after}");
        }
        for (before, after) in
            [("Phường", "Liệt"), ("công", "an"), ("hóa", "Xã"), ("KẾ", "HOẠCH"), ("SỐ", "TT")]
        {
            assert!(!is_cut_word(before, after, &grammar), "{before} {after}");
        }
        for (before, after) in [
            ("125.0", "00"),
            ("1.250,", "5"),
            ("20", "26"),
            ("1.25", "0,5"),
            ("11=12+1", "3"),
            ("15/10/202", "8"),
            ("2088405", "3"),
        ] {
            assert!(is_cut_number(before, after), "{before} {after}");
        }
        for (before, after) in [("2026", "2027"), ("1.250", "300"), ("12", "3")] {
            assert!(!is_cut_number(before, after), "{before} {after}");
        }
    }
}
