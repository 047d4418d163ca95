//! Which words of a text are others.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use similar::{Algorithm, ChangeTag, capture_diff_slices};

use super::fields::text_key;

/// Words of two texts that are the same, or in one of them only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Words {
    /// Whose words they are.
    pub of: WordsOf,
    /// The words.
    pub text: String,
}

/// Whose words they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WordsOf {
    /// Both versions have them; the text is the new version's.
    Both,
    /// The old version alone.
    Old,
    /// The new version alone.
    New,
}

/// The words of two texts in order.
pub(super) fn compare(old: &str, new: &str) -> Vec<Words> {
    let (olds, news): (Vec<&str>, Vec<&str>) =
        (old.split_whitespace().collect(), new.split_whitespace().collect());
    let keys = |words: &[&str]| words.iter().map(|word| text_key(word)).collect::<Vec<_>>();
    let (one, other) = (keys(&olds), keys(&news));
    let mut out: Vec<Words> = Vec::new();
    let mut push = |of: WordsOf, word: &str| match out.last_mut().filter(|last| last.of == of) {
        Some(last) => {
            last.text.push(' ');
            last.text.push_str(word);
        }
        None => out.push(Words { of, text: word.to_owned() }),
    };
    for op in capture_diff_slices(Algorithm::Patience, &one, &other) {
        for change in op.iter_changes(&one, &other) {
            let word =
                |list: &[&str], at: Option<usize>| at.and_then(|at| list.get(at)).map(|it| (*it).to_owned());
            let (of, word) = match change.tag() {
                ChangeTag::Equal => (WordsOf::Both, word(&news, change.new_index())),
                ChangeTag::Delete => (WordsOf::Old, word(&olds, change.old_index())),
                ChangeTag::Insert => (WordsOf::New, word(&news, change.new_index())),
            };
            push(of, &word.unwrap_or_default());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_words_stand_between_those_that_stay() {
        let words = compare("đạt trên 90% giao dịch", "Đạt trên 95% số giao dịch");
        let shown: Vec<(WordsOf, &str)> = words.iter().map(|it| (it.of, it.text.as_str())).collect();
        assert_eq!(
            shown,
            [
                (WordsOf::Both, "Đạt trên"),
                (WordsOf::Old, "90%"),
                (WordsOf::New, "95% số"),
                (WordsOf::Both, "giao dịch"),
            ]
        );
    }
}
