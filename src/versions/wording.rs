//! Which words of a text are others.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffTag, capture_diff_slices};

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
    let mut runs: Vec<Run<'_>> = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &one, &other) {
        let (tag, old, new) = op.as_tag_tuple();
        let (old, new) = (olds.get(old).unwrap_or_default(), news.get(new).unwrap_or_default());
        push(&mut runs, Run { same: tag == DiffTag::Equal, old: old.to_vec(), new: new.to_vec() });
    }
    let mut out = Vec::new();
    for run in runs {
        let kinds = if run.same {
            vec![(WordsOf::Both, run.new)]
        } else {
            vec![(WordsOf::Old, run.old), (WordsOf::New, run.new)]
        };
        let said = kinds.into_iter().filter(|(_, words)| !words.is_empty());
        out.extend(said.map(|(of, words)| Words { of, text: words.join(" ") }));
    }
    out
}

/// Words one after the other that are the same, or that gave way to others.
struct Run<'a> {
    same: bool,
    old: Vec<&'a str>,
    new: Vec<&'a str>,
}

impl Run<'_> {
    fn len(&self) -> usize {
        self.old.len().max(self.new.len())
    }

    fn append(&mut self, other: Self) {
        self.old.extend(other.old);
        self.new.extend(other.new);
    }
}

/// Adds a run. A few words that happen to be the same between longer stretches that are not are no common ground: a syllable
/// of another word.
fn push<'a>(runs: &mut Vec<Run<'a>>, mut run: Run<'a>) {
    if let Some(last) = runs.last_mut().filter(|last| last.same == run.same) {
        last.append(run);
        return;
    }
    while let [.., before, same] = runs.as_slice()
        && !run.same
        && same.len() < before.len()
        && same.len() < run.len()
    {
        let (same, before) = (runs.pop(), runs.pop());
        for mut earlier in same.into_iter().chain(before) {
            earlier.append(run);
            run = Run { same: false, ..earlier };
        }
    }
    runs.push(run);
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

    #[test]
    fn a_syllable_between_other_words_is_no_common_ground() {
        let words = compare(
            "Kế hoạch bảo vệ và phát huy di sản văn hoá phi vật thể phường",
            "Kế hoạch phát triển phong trào thể thao quần chúng phường",
        );
        let shown: Vec<&str> = words.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(
            shown,
            [
                "Kế hoạch",
                "bảo vệ và phát huy di sản văn hoá phi vật thể",
                "phát triển phong trào thể thao quần chúng",
                "phường",
            ]
        );
        let words = compare("Cải tạo đường, và thoát nước", "Cải tạo mặt đường, thoát nước");
        assert_eq!(words.len(), 5, "a word between single words stays");
    }
}
