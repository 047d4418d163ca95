//! Slips of the typist: figures with the digits of another.

/// Whether two figures have the same digits, in any order.
pub(super) fn same_digits(a: &str, b: &str) -> bool {
    let sorted = |figure: &str| {
        let mut digits: Vec<u8> = figure.bytes().filter(u8::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    };
    sorted(a) == sorted(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_in_another_order_are_the_same_and_one_more_is_not() {
        assert!(same_digits("2026", "2062") && same_digits("12.850", "12.580"));
        assert!(!same_digits("2026", "20260") && !same_digits("112", "122"));
    }
}
