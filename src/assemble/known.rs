//! What cells were read as: the columns of a table say the same again and again.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::model::{Agency, Deadline};

/// What cells of a table were read as: its columns say the same again and again.
#[derive(Default)]
pub(super) struct Known {
    /// Lists of agencies.
    pub agencies: Memory<Vec<Agency>>,
    /// Deadlines.
    pub deadlines: Memory<Deadline>,
}

/// Texts with what they were read as.
#[derive(Default)]
pub(super) struct Memory<T>(RefCell<FxHashMap<String, T>>);

impl<T: Clone> Memory<T> {
    /// What a text was read as; `read` reads one that comes for the first time.
    pub fn of(&self, text: &str, read: impl FnOnce() -> T) -> T {
        if let Some(known) = self.0.borrow().get(text) {
            return known.clone();
        }
        let value = read();
        self.0.borrow_mut().insert(text.to_owned(), value.clone());
        value
    }
}
