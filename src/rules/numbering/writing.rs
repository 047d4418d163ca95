//! How the numbers of a run are written: read as values, and written again in messages.

use super::label::{Class, Label, Part, roman};
use super::run::Slip;
use super::{Fault, Mark};
use crate::grammar::Ordinals;
use crate::text;

/// How the numbers of a run are written.
#[derive(Debug)]
pub(super) enum Writing {
    Digits,
    Roman,
    Letters(Vec<char>),
}

impl Writing {
    /// The values of a run's numbers: letters are read the way under which more of them count up.
    pub fn values(run: &[Mark<'_>], ordinals: &Ordinals) -> (Vec<Option<u32>>, Self) {
        let parts: Vec<Option<&Part>> =
            run.iter().map(|mark| mark.label.as_ref().and_then(|label| label.path.last())).collect();
        let digits = |part: &Option<&Part>| match part {
            Some(Part::Digits(value, _)) => Some(*value),
            _ => None,
        };
        if parts.iter().flatten().all(|part| matches!(part, Part::Digits(..))) {
            return (parts.iter().map(digits).collect(), Self::Digits);
        }
        let used: Vec<Option<char>> = parts.iter().map(|part| part.and_then(single)).collect();
        let mut distinct: Vec<char> = used.iter().copied().flatten().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let alphabet = ordinals.alphabet(&distinct);
        let by_letter: Vec<Option<u32>> = used
            .iter()
            .map(|letter| {
                let at = letter.and_then(|letter| alphabet.iter().position(|&c| c == letter));
                at.and_then(|at| u32::try_from(at + 1).ok())
            })
            .collect();
        let by_roman: Vec<Option<u32>> = parts.iter().map(|part| part.and_then(roman_of)).collect();
        if steps(&by_letter) > steps(&by_roman) {
            return (by_letter, Self::Letters(alphabet));
        }
        (by_roman, Self::Roman)
    }

    fn text(&self, value: u32, like: &Label) -> String {
        let part = like.path.last();
        let text = match self {
            Self::Digits => digits(value, matches!(part, Some(Part::Digits(_, true)))),
            Self::Roman => text::roman(value),
            Self::Letters(alphabet) => {
                let at = usize::try_from(value).unwrap_or(usize::MAX).wrapping_sub(1);
                alphabet.get(at).map(char::to_string).unwrap_or_default()
            }
        };
        let text = match like.class() {
            Class::Upper => text.to_uppercase(),
            Class::Lower => text.to_lowercase(),
            Class::Digits => text,
        };
        name(like, &text)
    }

    /// A slip of a segment as a fault of the document.
    pub fn fault<'a>(&self, segment: &[Mark<'a>], slip: Slip) -> Option<Fault<'a>> {
        let node = |at: usize| segment.get(at).map(|mark| mark.node);
        let label = |at: usize| segment.get(at).and_then(|mark| mark.label.as_ref());
        let text = |value: Option<u32>, at: usize| Some(self.text(value?, label(at)?));
        Some(match slip {
            Slip::Duplicate { at, first, instead } => {
                Fault::Duplicate { at: node(at)?, first: node(first)?, instead: text(instead, at) }
            }
            Slip::Gap { at, before, missing } => {
                let mut names = Vec::new();
                for (from, to) in missing {
                    if to - from < 2 {
                        names.extend((from..=to).filter_map(|value| text(Some(value), at)));
                    } else {
                        names.push(format!("{}–{}", text(Some(from), at)?, text(Some(to), at)?));
                    }
                }
                Fault::Gap { at: node(at)?, before: before.and_then(node), missing: names }
            }
            Slip::Order { at, before, after, instead } => Fault::Order {
                at: node(at)?,
                before: before.and_then(node),
                after: after.and_then(node),
                instead: text(instead, at),
            },
        })
    }
}

/// How many neighbours count up by one; a run that starts at 1 has one more.
fn steps(values: &[Option<u32>]) -> usize {
    let up = |pair: &[Option<u32>]| matches!(pair, &[Some(a), Some(b)] if a + 1 == b);
    let starts = usize::from(values.first().copied().flatten() == Some(1));
    values.windows(2).filter(|pair| up(pair)).count() + starts
}

fn single(part: &Part) -> Option<char> {
    let Part::Letters(letters) = part else {
        return None;
    };
    let mut chars = letters.chars().flat_map(char::to_lowercase);
    chars.next().filter(|_| chars.next().is_none())
}

/// The value of a part as a Roman numeral, if it can be one.
pub(super) fn roman_of(part: &Part) -> Option<u32> {
    match part {
        Part::Letters(letters) => roman(letters),
        Part::Digits(..) => None,
    }
}

pub(super) fn digits(value: u32, padded: bool) -> String {
    if padded { format!("{value:02}") } else { value.to_string() }
}

/// A last part with the words and parts that stand before it.
pub(super) fn name(like: &Label, last: &str) -> String {
    let mut out = String::new();
    if !like.word.is_empty() {
        out.push_str(&like.word);
        out.push(' ');
    }
    for part in like.prefix() {
        out.push_str(&part.text());
        out.push('.');
    }
    out.push_str(last);
    out
}
