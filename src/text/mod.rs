//! Vietnamese text: fold keys, tone placement, look-alikes.

mod fold;

pub use fold::{fold, fold_into, fold_letter, kebab, squeeze};
