//! Funding: where a cell says the money comes from.
//!
//! ```text
//! funding   = { source | budget | other-word } ;
//! budget    = budget-word [ level { joint level } ] ;
//! joint     = "," | "và" | "+" | "-" | "/" | "&" ;
//! ```
//!
//! The words and their keys are data in `grammars/funding.toml`.

use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{one_of, space0};
use nom::combinator::value;
use nom::sequence::delimited;
use nom::{IResult, Parser};

use super::folded::strip_phrase;
use crate::grammar::FundingWords;
use crate::model::Funding;
use crate::text::fold;

/// Reads a funding cell. Keys come in the order of the words, each once.
#[must_use]
pub fn funding(raw: &str, words: &FundingWords) -> Funding {
    let raw = raw.trim();
    let mut funding = Funding { raw: raw.to_owned(), ..Funding::default() };
    let folded = fold(raw);
    let mut rest = folded.as_str();
    while !rest.is_empty() {
        rest = match source(rest, words) {
            Some((after, keys)) => {
                for key in keys {
                    if !funding.sources.iter().any(|known| known == key) {
                        funding.sources.push(key.to_owned());
                    }
                }
                after
            }
            None => next_word(rest),
        };
    }
    funding
}

/// A source at the start of a fold key.
fn source<'t, 'w>(text: &'t str, words: &'w FundingWords) -> Option<(&'t str, Vec<&'w str>)> {
    let budget = words.budgets.iter().find_map(|word| strip_phrase(text, word));
    let named = keyed(text, &words.sources);
    match (budget, named) {
        (Some(after), Some((longer, key))) if longer.len() < after.len() => Some((longer, vec![key])),
        (Some(after), _) => Some(levels(after, words)),
        (None, Some((after, key))) => Some((after, vec![key])),
        (None, None) => None,
    }
}

/// The levels after a word for a budget.
fn levels<'t, 'w>(after: &'t str, words: &'w FundingWords) -> (&'t str, Vec<&'w str>) {
    let mut keys = Vec::new();
    let mut rest = after;
    let mut next = Some(after.trim_start());
    while let Some(text) = next
        && let Some((after, key)) = keyed(text, &words.levels)
    {
        // "Ngân sách xã; xã hội hóa": a source begins like a level and is longer.
        if keyed(text, &words.sources).is_some_and(|(longer, _)| longer.len() < after.len()) {
            break;
        }
        keys.push(key);
        rest = after;
        next = joint(after).ok().map(|(text, ())| text);
    }
    if keys.is_empty() {
        keys.push(words.budget_alone.as_str());
    }
    (rest, keys)
}

fn keyed<'t, 'w>(text: &'t str, words: &'w [(String, String)]) -> Option<(&'t str, &'w str)> {
    words.iter().find_map(|(word, key)| Some((strip_phrase(text, word)?, key.as_str())))
}

fn joint(input: &str) -> IResult<&str, ()> {
    let joint = alt((value((), one_of(",+-/&;")), value((), tag("va "))));
    delimited(space0, joint, space0).parse(input)
}

/// The rest after the word that a fold key begins with.
fn next_word(text: &str) -> &str {
    let word = text.trim_start_matches(char::is_alphanumeric);
    word.trim_start_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn keys(raw: &str) -> Vec<String> {
        let grammar = &*crate::syntax::GRAMMAR;
        funding(raw, &grammar.funding).sources
    }

    #[test]
    fn sources_come_in_the_order_of_the_words() {
        for (raw, expected) in [
            ("Ngân sách nhà nước", vec!["state_budget"]),
            ("Nguồn vốn ngân sách thành phố;", vec!["city_budget"]),
            ("NSNN và xã hội hóa", vec!["state_budget", "socialised"]),
            ("Ngân sách tỉnh, huyện, xã", vec!["province_budget", "district_budget", "ward_budget"]),
            ("Ngân sách thành phố và phường", vec!["city_budget", "ward_budget"]),
            ("NS TP + NS xã; nguồn hợp pháp khác", vec!["city_budget", "ward_budget", "other_lawful"]),
            ("Vốn ODA, vốn vay", vec!["oda", "loan"]),
            ("Kinh phí", vec![]),
            ("Ngân sách", vec!["state_budget"]),
            ("Ngân sách nhà nước, NSNN", vec!["state_budget"]),
            ("", vec![]),
        ] {
            assert_eq!(keys(raw), expected, "{raw}");
        }
    }

    #[test]
    fn words_keep_their_examples() {
        let grammar = &*crate::syntax::GRAMMAR;
        for entry in &grammar.funding.examples {
            for example in &entry.examples {
                assert!(keys(example).contains(&entry.key), "{example} is no {}", entry.key);
            }
            for reject in &entry.rejects {
                assert!(!keys(reject).contains(&entry.key), "{reject} is {}", entry.key);
            }
        }
    }
}
