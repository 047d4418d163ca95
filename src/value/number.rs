//! Exact decimals that keep their printed scale, and the interval that a printed number stands for.

use std::fmt;
use std::ops::{Add, Mul, Sub};
use std::str::FromStr;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An exact decimal. Its printed scale is kept: "11.0" and "11" are equal in value and differ in scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Number(Decimal);

/// The closed interval of values that round to a printed number: half a unit of its last place to each
/// side (XBRL Calculations 1.1 reads reported facts the same way).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Least value.
    pub low: Number,
    /// Greatest value.
    pub high: Number,
}

impl Number {
    /// Zero.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The whole number `n`.
    #[must_use]
    pub fn whole(n: i64) -> Self {
        Self(Decimal::from(n))
    }

    /// `mantissa` / 10^`scale`; `None` where it does not fit (96 bits, scale 28).
    #[must_use]
    pub fn from_parts(mantissa: i128, scale: u32) -> Option<Self> {
        Decimal::try_from_i128_with_scale(mantissa, scale).ok().map(Self)
    }

    /// Number of printed decimal places.
    #[must_use]
    pub fn scale(self) -> u32 {
        self.0.scale()
    }

    /// The value times 10^`scale`, where `scale` holds all its decimal places and the product fits.
    #[must_use]
    pub fn mantissa_at(self, scale: u32) -> Option<i128> {
        let more = scale.checked_sub(self.scale())?;
        self.0.mantissa().checked_mul(10_i128.checked_pow(more)?)
    }

    /// The nearest binary number, for formats that have no other; `None` where that does not keep all digits.
    #[must_use]
    pub fn to_binary(self) -> Option<f64> {
        /// Digits that every binary number of double precision keeps.
        const DIGITS: usize = 15;
        let text = self.0.normalize().to_string();
        let digits = text.trim_start_matches(['-', '0', '.']).chars().filter(char::is_ascii_digit).count();
        if digits > DIGITS { None } else { text.parse().ok() }
    }

    /// Whether the value is zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether the value is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// Whether the value has no fraction.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.0.fract().is_zero()
    }

    /// The absolute value.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// The sum, or `None` on overflow.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The quotient, or `None` for a division by zero or an overflow.
    #[must_use]
    pub fn checked_div(self, other: Self) -> Option<Self> {
        self.0.checked_div(other.0).map(Self)
    }

    /// The product, or `None` on overflow.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        self.0.checked_mul(other.0).map(Self)
    }

    /// The value rounded to `places` decimal places, halves away from zero.
    #[must_use]
    pub fn round(self, places: u32) -> Self {
        Self(self.0.round_dp_with_strategy(places, rust_decimal::RoundingStrategy::MidpointAwayFromZero))
    }

    /// The value without trailing zeros in its fraction.
    #[must_use]
    pub fn normalized(self) -> Self {
        Self(self.0.normalize())
    }

    /// Half a unit of the last printed place.
    #[must_use]
    pub fn half_unit(self) -> Self {
        let scale = (self.0.scale() + 1).min(28);
        Self(Decimal::new(5, scale))
    }

    /// The interval of values that print as this number.
    #[must_use]
    pub fn interval(self) -> Interval {
        let half = self.half_unit();
        Interval { low: self - half, high: self + half }
    }

    /// The integer value, if the number is whole and fits.
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        if !self.is_whole() {
            return None;
        }
        i64::try_from(self.0.trunc().mantissa() / 10_i128.checked_pow(self.0.trunc().scale())?).ok()
    }

    /// The number in Vietnamese notation: dots between thousands, a comma before decimals
    /// ("1984.0" prints as "1.984,0").
    #[must_use]
    pub fn vietnamese(self) -> String {
        self.grouped('.', ',')
    }

    /// The number in English notation ("1,984.0").
    #[must_use]
    pub fn english(self) -> String {
        self.grouped(',', '.')
    }

    fn grouped(self, thousands: char, decimal: char) -> String {
        let plain = self.0.abs().to_string();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut out = String::with_capacity(plain.len() + 8);
        if self.is_negative() {
            out.push('-');
        }
        let digits = whole.len();
        for (i, c) in whole.chars().enumerate() {
            if i > 0 && (digits - i).is_multiple_of(3) {
                out.push(thousands);
            }
            out.push(c);
        }
        if !fraction.is_empty() {
            out.push(decimal);
            out.push_str(fraction);
        }
        out
    }
}

/// Sums saturate at the limits of the type; a document's money never comes near them.
impl Add for Number {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Number {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Mul for Number {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(self.0.saturating_mul(other.0))
    }
}

impl std::iter::Sum for Number {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

impl Interval {
    /// The interval of exactly one value.
    #[must_use]
    pub fn exact(value: Number) -> Self {
        Self { low: value, high: value }
    }

    /// Whether the two share a value.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

impl Add for Interval {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }
}

impl std::iter::Sum for Interval {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::exact(Number::ZERO), Add::add)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Reads plain decimal notation ("-12.50"). The error says what could not be read.
impl FromStr for Number {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        Decimal::from_str_exact(s).map(Self).map_err(|_| format!("not a decimal number: {s:?}"))
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
            "description": "An exact decimal; the printed scale is kept.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(s: &str) -> Number {
        s.parse().unwrap_or_default()
    }

    #[test]
    fn printed_scale_is_kept() {
        assert_eq!((n("1984.0") + n("2")).to_string(), "1986.0");
        assert_eq!(n("61019.00").scale(), 2);
    }

    #[test]
    fn mantissas_and_binary_numbers_lose_nothing() {
        assert_eq!(n("-12.50").mantissa_at(3), Some(-12_500));
        assert_eq!(n("12.50").mantissa_at(1), None);
        assert_eq!(n("412907.5").to_binary(), Some(412_907.5));
        assert_eq!(n("1234567890.123456").to_binary(), None);
    }

    #[test]
    fn vietnamese_notation_groups_thousands_with_dots() {
        assert_eq!(n("1984.0").vietnamese(), "1.984,0");
        assert_eq!(n("-412907").vietnamese(), "-412.907");
        assert_eq!(n("7").english(), "7");
    }

    #[test]
    fn intervals_of_rounded_numbers_meet() {
        let sum: Interval = [n("0.3"), n("0.3"), n("0.3")].into_iter().map(Number::interval).sum();
        assert!(sum.meets(n("1.0").interval()));
        assert!(!Interval::exact(n("3")).meets(n("4").interval()));
    }
}
