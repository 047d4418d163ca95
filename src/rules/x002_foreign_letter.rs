//! X002: letters of other alphabets that look like Vietnamese ones.

use rustc_hash::FxHashMap;

use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::ForeignLetter;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "X002", name: "foreign-letter" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/X002-foreign-letter.md"),
    check,
};

/// A letter that stands in more places than this is a habit of the file, reported once.
const MANY: usize = 20;
/// How many places a finding for many names.
const PLACES: usize = 4;

fn check(context: &Context<'_>, audit: &mut Audit) {
    let letters = &context.document.source.foreign_letters;
    // Places of each letter, the letters in the order in which they first stand.
    let mut indices: FxHashMap<&str, usize> = FxHashMap::default();
    let mut groups: Vec<Vec<&ForeignLetter>> = Vec::new();
    for letter in letters {
        let index = *indices.entry(&letter.letter).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(group) => group.push(letter),
            None => groups.push(vec![letter]),
        }
    }
    for group in groups {
        let count = group.len();
        if count <= MANY {
            audit.findings.extend(group.into_iter().map(|letter| finding(letter, "x002-message", count)));
        } else if let Some((first, others)) = group.split_first() {
            let mut finding = finding(first, "x002-many", count);
            for letter in others.iter().take(PLACES) {
                finding = finding.relate(letter.at.clone(), Text::new("x002-place"));
            }
            audit.findings.push(finding);
        }
    }
}

fn finding(letter: &ForeignLetter, message: &'static str, count: usize) -> Finding {
    let code: Vec<String> = letter.letter.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    let message = Text::new(message)
        .with("letter", letter.letter.as_str())
        .with("code", code.join(" "))
        .with("right", letter.read_as.as_str())
        .with("count", count);
    let suggestion = Text::new("x002-suggestion").with("right", letter.read_as.as_str());
    Finding::new(RULE.code, RULE.severity, message, letter.at.clone()).suggest(suggestion)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, document, findings, found};
    use super::{MANY, PLACES, RULE};
    use crate::model::ForeignLetter;

    fn letters(letter: &str, count: u32) -> Vec<ForeignLetter> {
        let one =
            |line| ForeignLetter { letter: letter.to_owned(), read_as: "Đ".to_owned(), at: at(line, 1) };
        (1..=count).map(one).collect()
    }

    #[test]
    fn few_letters_are_found_one_by_one_and_many_together() {
        let mut document = document(vec![], vec![]);
        document.source.foreign_letters = letters("Ð", 2);
        assert_eq!(found(&RULE, &document), [(1, "x002-message"), (2, "x002-message")]);
        document.source.foreign_letters = letters("Ð", 21);
        document.source.foreign_letters.extend(letters("ƣ", 1));
        assert_eq!(found(&RULE, &document), [(1, "x002-many"), (1, "x002-message")]);
        let related = findings(&RULE, &document).first().map(|finding| finding.related.len());
        assert_eq!((related, MANY), (Some(PLACES), 20));
    }
}
