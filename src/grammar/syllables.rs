//! `syllables.toml`: which letters make a Vietnamese syllable.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::{GrammarError, Replace, area};

const PATH: &str = "syllables.toml";

/// Onsets and rimes.
#[derive(Debug, Clone, Default)]
pub struct Syllables {
    onsets: FxHashSet<String>,
    front: FxHashSet<String>,
    back: FxHashSet<String>,
    gi_rimes: FxHashSet<String>,
    qu_rimes: FxHashSet<String>,
    open: FxHashSet<String>,
    stopped: FxHashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    onsets: FxHashSet<String>,
    front: FxHashSet<String>,
    back: FxHashSet<String>,
    gi_rimes: FxHashSet<String>,
    qu_rimes: FxHashSet<String>,
    open: FxHashSet<String>,
    stopped: FxHashSet<String>,
}

/// How a rime ends, which decides the tones that it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// In a vowel or a nasal: every tone.
    Open,
    /// In c, ch, p or t: sắc and nặng.
    Stopped,
}

impl Syllables {
    pub(super) fn load(replace: Replace<'_>) -> Result<Self, GrammarError> {
        let File { onsets, front, back, gi_rimes, qu_rimes, open, stopped } = area(PATH, replace)?;
        if let Some(rime) = open.intersection(&stopped).min() {
            return Err(GrammarError::senseless(PATH, format!("rime {rime:?} is both open and stopped")));
        }
        Ok(Self { onsets, front, back, gi_rimes, qu_rimes, open, stopped })
    }

    /// How the rime ends when the letters (small, without tone) are an onset and a rime; `None` where they
    /// are not.
    #[must_use]
    pub fn ending(&self, letters: &str) -> Option<Ending> {
        let special = |onset: &str, rimes: &FxHashSet<String>| {
            letters.strip_prefix(onset).filter(|rime| rimes.contains(*rime)).map(ending_of)
        };
        if let Some(ending) = special("gi", &self.gi_rimes).or_else(|| special("qu", &self.qu_rimes)) {
            return Some(ending);
        }
        let mut splits = letters.char_indices().map(|(at, _)| letters.split_at_checked(at));
        splits.find_map(|split| {
            let (onset, rime) = split?;
            let front = rime.starts_with(['e', 'ê', 'i', 'y']);
            let fits =
                self.onsets.contains(onset) || (if front { &self.front } else { &self.back }).contains(onset);
            if !fits {
                None
            } else if self.open.contains(rime) {
                Some(Ending::Open)
            } else if self.stopped.contains(rime) {
                Some(Ending::Stopped)
            } else {
                None
            }
        })
    }
}

fn ending_of(rime: &str) -> Ending {
    if rime.ends_with(['c', 'p', 't']) || rime.ends_with("ch") { Ending::Stopped } else { Ending::Open }
}
