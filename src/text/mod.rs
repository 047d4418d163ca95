//! Vietnamese text: fold keys, tone placement, look-alikes.

mod fold;
mod normalize;

pub use fold::{fold, fold_into, kebab, squeeze};
pub use normalize::{Normalized, working};
