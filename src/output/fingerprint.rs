//! What a finding is known by, from one version to the next: its rule, the part that it stands in, and what is meant.
//!
//! Comes in: a finding and its words. Goes out: sixteen hexadecimal digits. Figures do not enter, since they move: that a
//! total does not close is the same finding after one of its rows changed, and that a row's number is used twice after
//! rows were numbered anew. Neither do lines, pages and the language of the sentence.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::finding::{Arg, Finding, Text};
use crate::model::Document;
use crate::text::fold;
use crate::versions::found::Places;
use crate::versions::parts::{Kind, Parts};

/// Rules, or messages of rules, that speak of the whole document, or once of what stands in many places, with the
/// arguments that tell one finding from another. Where the first of the places is does not matter.
const OF_THE_DOCUMENT: &[(&str, &[&str])] = &[
    ("O002", &["name"]),
    ("S004", &[]),
    ("S006", &[]),
    ("x002-many", &["letter"]),
    ("X003", &[]),
    ("X004", &[]),
    ("X005", &[]),
];

/// The letters of Roman numerals.
const NUMERALS: &str = "IVXLCDM";

/// The parts of a document, by which its findings are known.
pub(super) struct Fingerprints<'a> {
    parts: Parts<'a>,
    places: Places,
}

impl<'a> Fingerprints<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let parts = Parts::of(document);
        let places = Places::of(&parts);
        Self { parts, places }
    }

    /// The fingerprint of a finding. `quote` are the words at its place.
    pub(super) fn print(&self, finding: &Finding, quote: Option<&str>) -> String {
        let mut meant = vec![finding.code.code.to_owned()];
        let spoken = [finding.code.code, finding.message.key];
        match OF_THE_DOCUMENT.iter().find(|(of, _)| spoken.contains(of)) {
            Some((_, names)) => {
                let args = finding.message.args.iter().filter(|(name, _)| names.contains(name));
                meant.extend(args.filter_map(|(_, arg)| match arg {
                    Arg::Str(words) => Some(words.clone()),
                    _ => None,
                }));
            }
            None => {
                meant.extend(self.part(finding));
                words(&finding.message, &mut meant);
                meant.push(without_figures(quote.unwrap_or_default()));
            }
        }
        let hash = Sha256::digest(meant.join("\u{1f}"));
        hash.iter().take(8).fold(String::with_capacity(16), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
    }

    /// What the part is that a finding stands in, and its name. A paragraph has its words for a name, and they hold figures.
    fn part(&self, finding: &Finding) -> Option<String> {
        let part = self.places.part(&finding.at).and_then(|at| self.parts.get(at))?;
        let name = match part.kind {
            Kind::Block | Kind::Row => without_figures(&part.name),
            _ => fold(&part.name),
        };
        Some(format!("{} {name}", part.kind.name()))
    }
}

/// The keys of a sentence and of those in it, and its words. Lists grow and shrink with the document.
fn words(text: &Text, out: &mut Vec<String>) {
    out.push(text.key.to_owned());
    for (_, arg) in &text.args {
        match arg {
            Arg::Str(said) => out.push(without_figures(said)),
            Arg::Text(inner) => words(inner, out),
            Arg::Num(_) | Arg::Count(_) | Arg::Place(_) | Arg::List(_) => {}
        }
    }
}

/// A text in small letters, with one mark for each number, Arabic or Roman, and nothing for a text that is a number.
fn without_figures(text: &str) -> String {
    let figure = |word: &str| {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        core.chars().all(|c| c.is_ascii_digit() || NUMERALS.contains(c) || !c.is_alphanumeric())
            && core.chars().any(char::is_alphanumeric)
    };
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let said = if figure(word) { "#".to_owned() } else { digits(word).to_lowercase() };
        // A number that is written in groups is one number.
        if said != "#" || out.last().is_none_or(|last| last != "#") {
            out.push(said);
        }
    }
    if out.iter().all(|word| word == "#") { String::new() } else { out.join(" ") }
}

/// A word with one mark for each run of digits: "2026-2030" and "2025-2030" are one.
fn digits(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '0'..='9' if out.ends_with('#') => {}
            '0'..='9' => out.push('#'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_marks_and_words_stay() {
        assert_eq!(without_figures("1.984,0"), "");
        assert_eq!(without_figures("XI.4"), "");
        assert_eq!(without_figures("2 240,0"), "");
        assert_eq!(without_figures("Đạt 85% hộ"), without_figures("đạt 9,5% hộ"));
        assert_ne!(without_figures("Quý II"), without_figures("Tháng II"));
        assert_eq!(without_figures("giai đoạn 2026-2030"), without_figures("giai đoạn 2025-2031"));
    }
}
