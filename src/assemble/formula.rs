//! Formulas of rows in the words of totals.

use crate::text::fold;

/// The formula of rows that a total's words state: "TỔNG CỘNG: A + B", "Tổng (I+II+III)", "I+...+V".
pub(super) fn formula(name: &str) -> Option<String> {
    let start = match name.find([':', '(', '=']) {
        Some(mark) => mark + 1,
        // "Tổng cộng a + b": from the word before the first sign.
        None => {
            let before = name.get(..name.find('+')?)?.trim_end();
            before.rfind(' ').map_or(0, |space| space + 1)
        }
    };
    let rest = name.get(start..)?;
    let inner = rest.split(')').next().unwrap_or(rest).trim().trim_start_matches([':', '=', '(']).trim();
    let candidate = if inner.contains('+') || inner.contains("đến") { inner } else { return None };
    let parts: Vec<&str> = candidate.split('+').map(str::trim).collect();
    let part = |part: &&str| {
        !part.is_empty()
            && part.len() <= 8
            && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '…' | 'Đ'))
    };
    (parts.len() >= 2 && parts.iter().all(part)).then(|| candidate.to_owned())
}

/// The words of a total that says of nothing what it is of, folded.
const BARE_TOTAL: &str = "cong";

/// Whether the words of a total do not say what it is of: "Cộng".
pub(super) fn is_bare_total(name: &str) -> bool {
    fold(name.trim_end_matches([':', '.', ' '])) == BARE_TOTAL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_totals_state_their_rows() {
        assert_eq!(formula("TỔNG CỘNG: A + B").as_deref(), Some("A + B"));
        assert_eq!(formula("Tổng (I+II+III)").as_deref(), Some("I+II+III"));
        assert_eq!(formula("Tổng cộng a + b + c").as_deref(), Some("a + b + c"));
        assert_eq!(formula("TỔNG SỐ A+B").as_deref(), Some("A+B"));
        assert_eq!(formula("Tổng vốn ngân sách"), None);
        assert_eq!(formula("Tổng vốn ngân sách + xã hội hóa"), None);
    }
}
