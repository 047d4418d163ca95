//! Versions of one programme: which part of one is which part of the other, and what changed.
//!
//! Comes in: two models, and what their audits found. Goes out: links between their parts with the evidence, and the
//! changes by field. Nothing here reads a file or renders a sentence.

pub mod matching;
pub mod parts;
