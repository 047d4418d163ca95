//! Marks of list items, as browsers show them (the standard, 4.4.5–4.4.8).

use super::attributes::Attributes;
use super::tokens::{Token, tokens};
use crate::text::roman;

/// An open list.
#[derive(Debug)]
pub(super) struct List {
    marks: Marks,
    /// The number of the next item.
    next: i32,
    step: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    None,
    Bullet,
    Decimal,
    Letters { upper: bool },
    Roman { upper: bool },
}

impl List {
    /// An `ol`, or another list. `reversed` is how many items a list has that counts down from there.
    pub fn new(ordered: bool, attributes: Attributes<'_>, reversed: Option<usize>) -> Self {
        let usual = if ordered { Marks::Decimal } else { Marks::Bullet };
        let down = ordered && attributes.get("reversed").is_some();
        let length = reversed.and_then(|length| i32::try_from(length).ok()).filter(|_| down);
        let start = attributes.number("start").or(length).unwrap_or(1);
        Self { marks: Marks::of(attributes).unwrap_or(usual), next: start, step: if down { -1 } else { 1 } }
    }

    /// The mark of the next item; none where the list shows none.
    pub fn mark(&mut self, item: Attributes<'_>) -> Option<String> {
        let number = item.number("value").unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        Marks::of(item).unwrap_or(self.marks).written(number)
    }
}

impl Marks {
    fn of(attributes: Attributes<'_>) -> Option<Self> {
        let style = attributes.style("list-style-type").or_else(|| attributes.style("list-style"));
        let named = style.as_deref().and_then(|style| style.split_whitespace().find_map(Self::named));
        named.or_else(|| Self::typed(attributes.get("type")?.trim()))
    }

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "none" => Self::None,
            "disc" | "circle" | "square" => Self::Bullet,
            "decimal" => Self::Decimal,
            "lower-alpha" | "lower-latin" => Self::Letters { upper: false },
            "upper-alpha" | "upper-latin" => Self::Letters { upper: true },
            "lower-roman" => Self::Roman { upper: false },
            "upper-roman" => Self::Roman { upper: true },
            _ => return None,
        })
    }

    fn typed(kind: &str) -> Option<Self> {
        Some(match kind {
            "1" => Self::Decimal,
            "a" => Self::Letters { upper: false },
            "A" => Self::Letters { upper: true },
            "i" => Self::Roman { upper: false },
            "I" => Self::Roman { upper: true },
            other => return Self::named(&other.to_ascii_lowercase()),
        })
    }

    fn written(self, number: i32) -> Option<String> {
        let positive = u32::try_from(number).ok().filter(|number| *number > 0);
        let sized = |text: String, upper: bool| if upper { text } else { text.to_lowercase() };
        let text = match (self, positive) {
            (Self::None, _) => return None,
            (Self::Bullet, _) => return Some("•".to_owned()),
            (Self::Letters { upper }, Some(number)) => sized(letters(number), upper),
            (Self::Roman { upper }, Some(number)) => sized(roman(number), upper),
            _ => number.to_string(),
        };
        Some(text + ".")
    }
}

/// A … Z, AA, AB …
fn letters(number: u32) -> String {
    let mut out = Vec::new();
    let mut rest = number;
    while rest > 0 {
        out.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    out.iter().rev().collect()
}

/// How many items each list that counts down has, in the order in which the lists begin.
pub(super) fn reversed_lengths(text: &str) -> Vec<usize> {
    let mut lengths = Vec::new();
    if memchr::memmem::find(text.as_bytes(), b"reversed").is_none() {
        return lengths;
    }
    let mut open: Vec<Option<usize>> = Vec::new();
    for token in tokens(text) {
        match token {
            Token::Start(tag) if is_list(&tag.name) => {
                let down = Attributes(&tag.attributes).get("reversed").is_some();
                open.push(down.then_some(lengths.len()));
                lengths.extend(down.then_some(0));
            }
            Token::Start(tag) if tag.name == b"li" => {
                if let Some(length) = open.last().copied().flatten().and_then(|index| lengths.get_mut(index))
                {
                    *length += 1;
                }
            }
            Token::End(name) if is_list(&name) => {
                open.pop();
            }
            _ => {}
        }
    }
    lengths
}

/// Whether an element is a list.
pub(super) fn is_list(name: &[u8]) -> bool {
    matches!(name, b"ol" | b"ul" | b"menu" | b"dir")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([1, 26, 27, 703].map(letters), ["A", "Z", "AA", "AAA"]);
    }
}
