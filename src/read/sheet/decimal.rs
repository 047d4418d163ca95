//! Exact decimals of any size, as cells store them: digits and an exponent. No binary floating point.

use crate::value::Number;

/// Digits that a spreadsheet keeps of a number; what stands behind them is noise of its binary form.
pub(super) const PRECISION: usize = 15;
/// Largest power of ten of a number; beyond it, IEEE 754 doubles end.
const MAX_EXPONENT: i32 = 400;

/// A decimal: `0.d₁d₂d₃… × 10^exponent`. No zeros stand at either end of the digits; zero has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Decimal {
    pub negative: bool,
    digits: Vec<u8>,
    exponent: i32,
}

impl Decimal {
    /// Reads "-12.5", "1.6E-2".
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, power) = match rest.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, power.parse::<i32>().ok()?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() || power.abs() > MAX_EXPONENT || mantissa.len() > 1000 {
            return None;
        }
        let mut digits = Vec::with_capacity(whole.len() + fraction.len());
        for byte in whole.bytes().chain(fraction.bytes()) {
            digits.push(byte.is_ascii_digit().then(|| byte - b'0')?);
        }
        let exponent = i32::try_from(whole.len()).ok()? + power;
        Some(Self { negative, digits, exponent }.trimmed())
    }

    /// The shortest decimal that is the double.
    pub fn of_double(value: f64) -> Option<Self> {
        value.is_finite().then(|| Self::parse(&format!("{value:e}"))).flatten()
    }

    /// `value` / 10^`scale`.
    pub fn of_parts(value: i64, scale: i32) -> Self {
        Self::parse(&format!("{value}e-{scale}")).unwrap_or_default()
    }

    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Times 10^`places`.
    pub fn shifted(mut self, places: i32) -> Self {
        if !self.is_zero() {
            self.exponent += places;
        }
        self
    }

    pub fn abs(mut self) -> Self {
        self.negative = false;
        self
    }

    /// Rounded to so many digits, halves away from zero.
    pub fn significant(self, count: usize) -> Self {
        let keep = i32::try_from(count).unwrap_or(i32::MAX);
        self.cut(keep)
    }

    /// Rounded to so many decimal places, halves away from zero.
    pub fn places(self, places: i32) -> Self {
        let keep = self.exponent.saturating_add(places);
        self.cut(keep)
    }

    /// How many digits stand before the decimal mark; negative where zeros stand after it.
    pub fn magnitude(&self) -> i32 {
        if self.is_zero() { 0 } else { self.exponent }
    }

    /// The digits before the decimal mark ("" below one) and those after it, without zeros at the end.
    pub fn parts(&self) -> (String, String) {
        let digit = |index: i32| {
            let digit = usize::try_from(index).ok().and_then(|index| self.digits.get(index));
            char::from(b'0' + digit.copied().unwrap_or(0))
        };
        let whole = (0..self.magnitude().max(0)).map(digit).collect();
        let end = i32::try_from(self.digits.len()).unwrap_or(i32::MAX);
        let fraction = if self.is_zero() { String::new() } else { (self.exponent..end).map(digit).collect() };
        (whole, fraction)
    }

    /// "-1234.5".
    pub fn plain(&self) -> String {
        let (whole, fraction) = self.parts();
        let sign = if self.negative && !self.is_zero() { "-" } else { "" };
        let whole = if whole.is_empty() { "0" } else { whole.as_str() };
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    /// The number, where it fits into one.
    pub fn number(&self) -> Option<Number> {
        if self.magnitude().abs() > 28 {
            return None;
        }
        self.plain().parse().ok()
    }

    /// The whole part, and the rest as a count of 1/`of` (rounded).
    pub fn whole_and_rest(&self, of: i64) -> Option<(i64, i64)> {
        let (whole, fraction) = self.parts();
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let fraction: String = fraction.chars().take(15).collect();
        let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
        let part: i128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
        let rest = (part * i128::from(of) * 2 + scale) / (scale * 2);
        Some((whole, i64::try_from(rest).ok()?))
    }

    fn cut(mut self, keep: i32) -> Self {
        let Ok(keep) = usize::try_from(keep) else { return Self::default() };
        let Some(next) = self.digits.get(keep).copied() else { return self };
        self.digits.truncate(keep);
        if next >= 5 {
            let mut carry = true;
            for digit in self.digits.iter_mut().rev() {
                *digit = if *digit == 9 { 0 } else { *digit + 1 };
                carry = *digit == 0;
                if !carry {
                    break;
                }
            }
            if carry {
                self.digits.insert(0, 1);
                self.exponent += 1;
            }
        }
        self.trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        let zeros = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..zeros);
        self.exponent -= i32::try_from(zeros).unwrap_or(0);
        if self.digits.is_empty() {
            self.exponent = 0;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn plain(text: &str) -> String {
        Decimal::parse(text).unwrap().plain()
    }

    #[test]
    fn decimals_are_read_exactly() {
        assert_eq!(plain("-0012.500"), "-12.5");
        assert_eq!(plain("1.6E-2"), "0.016");
        assert_eq!(plain("1.2922E+11"), "129220000000");
        assert_eq!(Decimal::of_double(0.1).unwrap().plain(), "0.1");
        assert_eq!(Decimal::of_parts(12345, 2).plain(), "123.45");
        assert_eq!(Decimal::parse("1e999"), None);
        assert_eq!(Decimal::parse("x"), None);
    }

    #[test]
    fn rounding_goes_away_from_zero() {
        let at = |text: &str, places| Decimal::parse(text).unwrap().places(places).plain();
        assert_eq!(at("2.25", 1), "2.3");
        assert_eq!(at("999.96", 1), "1000");
        assert_eq!(at("0.4", 0), "0");
        assert_eq!(at("0.5", 0), "1");
        assert_eq!(at("0.04", 0), "0");
        assert_eq!(Decimal::parse("16.888000000000002").unwrap().significant(PRECISION).plain(), "16.888");
    }

    #[test]
    fn a_rest_is_counted_in_parts() {
        assert_eq!(Decimal::parse("46023.75").unwrap().whole_and_rest(86_400), Some((46_023, 64_800)));
    }
}
