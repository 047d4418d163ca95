//! Slips of the typist: figures with the digits of another.

/// Whether two figures have the same digits, in any order.
pub(in crate::rules) fn same_digits(a: &str, b: &str) -> bool {
    let sorted = |figure: &str| {
        let mut digits: Vec<u8> = figure.bytes().filter(u8::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    };
    sorted(a) == sorted(b)
}

/// Whether one figure may be the other mistyped: one other digit, or the same digits in another order. Figures of
/// less than three digits are too short to tell.
pub(in crate::rules) fn is_mistyped(a: &str, b: &str) -> bool {
    let differ = a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count();
    a.len() == b.len() && a.len() > 2 && (differ == 1 || same_digits(a, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_in_another_order_are_the_same_and_one_more_is_not() {
        assert!(same_digits("2026", "2062") && same_digits("12.850", "12.580"));
        assert!(!same_digits("2026", "20260") && !same_digits("112", "122"));
    }

    #[test]
    fn one_other_digit_is_a_slip_and_two_are_not() {
        assert!(is_mistyped("12850", "12350") && is_mistyped("12850", "18250"));
        assert!(!is_mistyped("12850", "13350") && !is_mistyped("12", "13") && !is_mistyped("1285", "12850"));
    }
}
