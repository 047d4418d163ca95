//! Raised digits: "10" with a raised "3" is a power, and not 103.

/// The letters that Unicode has for raised digits and signs.
const RAISED: [(char, char); 12] = [
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('-', '⁻'),
    ('+', '⁺'),
];

/// What raised text is written as behind `before`: where digits would run on into the number before them, raised digits.
/// `None` where it stays as it is, as in "m2", or a mark of a footnote behind a word.
#[must_use]
pub fn raised(before: &str, text: &str) -> Option<String> {
    if !before.ends_with(|c: char| c.is_ascii_digit() || RAISED.iter().any(|(_, raised)| *raised == c)) {
        return None;
    }
    let letter = |c: char| RAISED.iter().find(|(plain, _)| *plain == c || c == '−' && *plain == '-');
    let letters: Option<String> = text.trim_end().chars().map(|c| Some(letter(c)?.1)).collect();
    letters.filter(|letters| !letters.is_empty())
}

/// The digit that a raised digit stands for.
#[must_use]
pub fn raised_digit(c: char) -> Option<u32> {
    RAISED.iter().find(|(_, raised)| *raised == c)?.0.to_digit(10)
}

#[cfg(test)]
mod tests {
    use super::raised;

    #[test]
    fn digits_behind_a_number_are_raised_and_others_stay() {
        assert_eq!(raised("10", "3").as_deref(), Some("³"));
        assert_eq!(raised("10", "-6").as_deref(), Some("⁻⁶"));
        assert_eq!(raised("10⁻", "6").as_deref(), Some("⁶"));
        assert_eq!(raised("m", "2"), None);
        assert_eq!(raised("ngân sách", "1"), None);
        assert_eq!(raised("10", "a"), None);
    }
}
