//! Ids: printed numbers made unique.

use rustc_hash::FxHashMap;

/// Gives each id once: a second use gets "~2".
#[derive(Debug, Default)]
pub(super) struct Ids {
    used: FxHashMap<String, u32>,
}

impl Ids {
    pub(super) fn claim(&mut self, id: String) -> String {
        let count = self.used.entry(id.clone()).or_insert(0);
        *count += 1;
        if *count == 1 {
            return id;
        }
        let mut n = *count;
        loop {
            let candidate = format!("{id}~{n}");
            if !self.used.contains_key(&candidate) {
                self.used.insert(candidate.clone(), 1);
                return candidate;
            }
            n += 1;
        }
    }

    /// Whether an id is used already.
    pub(super) fn has(&self, id: &str) -> bool {
        self.used.contains_key(id)
    }
}
