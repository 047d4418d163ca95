//! Vietnamese text: fold keys, tone placement, look-alikes.

mod fold;
mod normalize;

pub use normalize::{Normalized, working};
pub use fold::{fold, fold_into, fold_letter, kebab, squeeze};
