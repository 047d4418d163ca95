//! Vietnamese text: fold keys, tone placement, look-alikes.

mod fold;
mod words;

pub use fold::{fold, fold_into, kebab, squeeze};
pub use words::{Word, word_key, words};
