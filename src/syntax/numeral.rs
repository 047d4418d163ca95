//! Numbers written out in words: "Bốn trăm tám mươi triệu đồng".
//!
//! ```text
//! number = { group scale } [ group ] ;
//! group  = [ digit "trăm" ] [ ( digit "mươi" | "mười" | "linh" | "lẻ" ) ] [ digit ] ;
//! scale  = "nghìn" | "triệu" | "tỷ" ;                    (* "nghìn tỷ": one after the other *)
//! ```
//!
//! The words are data in `grammars/statements.toml`.

use crate::grammar::NumeralWords;
use crate::value::Number;

/// The number that words are; `None` where a word is none of a number, or they do not make one.
#[must_use]
pub fn numeral(text: &str, words: &NumeralWords) -> Option<Number> {
    // Whole billions, what stands under a scale below, and the group that is being read.
    let (mut billions, mut chunk, mut group) = (0_i64, 0_i64, 0_i64);
    let mut digit: Option<i64> = None;
    let mut any = false;
    let lower = text.to_lowercase();
    for word in lower.split_whitespace().map(|word| word.trim_matches([',', '.', ';', '-'])) {
        if let Some(value) = words.digit(word) {
            if digit.is_some() {
                return None;
            }
            digit = Some(value);
        } else if let Some(tens) = words.times(word) {
            group += digit.take().unwrap_or(1).checked_mul(tens)?;
        } else if let Some(scale) = words.scale(word) {
            group += digit.take().unwrap_or(0);
            if scale >= BILLION {
                let whole = billions.checked_add(chunk)?.checked_add(group)?;
                billions = if whole == 0 { return None } else { whole.checked_mul(scale)? };
                chunk = 0;
            } else if group == 0 {
                chunk = if chunk == 0 { return None } else { chunk.checked_mul(scale)? };
            } else {
                chunk = chunk.checked_add(group.checked_mul(scale)?)?;
            }
            group = 0;
        } else if !words.is_silent(word) {
            return None;
        }
        any = true;
    }
    let rest = group.checked_add(digit.unwrap_or(0))?;
    any.then(|| Some(Number::whole(billions.checked_add(chunk)?.checked_add(rest)?))).flatten()
}

/// From this scale on, all that was read stands under it.
const BILLION: i64 = 1_000_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_numbers() {
        let words = &crate::syntax::GRAMMAR.statements.numerals;
        for (text, value) in [
            ("Bốn trăm tám mươi triệu", 480_000_000),
            ("Một tỷ hai trăm năm mươi triệu năm trăm nghìn", 1_250_500_000),
            ("hai mươi mốt", 21),
            ("mười lăm", 15),
            ("một trăm linh năm", 105),
            ("Ba nghìn không trăm hai mươi tư", 3_024),
            ("Một nghìn hai trăm tỷ", 1_200_000_000_000),
            ("Hai nghìn tỷ", 2_000_000_000_000),
            ("Mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám", 12_345_678),
            ("Năm mươi triệu đồng chẵn", 50_000_000),
        ] {
            assert_eq!(numeral(text, words), Some(Number::whole(value)), "{text}");
        }
    }

    #[test]
    fn other_words_are_none() {
        let words = &crate::syntax::GRAMMAR.statements.numerals;
        for text in ["", "Bốn trăm hộ dân", "năm 2026", "triệu", "một hai ba", "đồng"] {
            assert!(numeral(text, words).is_none_or(|value| value.is_zero()), "{text}");
        }
    }
}
