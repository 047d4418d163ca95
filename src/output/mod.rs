//! What the reader sees: one file for each output format, and the catalogue of sentences.
//!
//! Comes in: the model, the audit, the source to quote from. Goes out: text. Nothing here prints.

mod catalogue;

pub use catalogue::{Catalogue, Lang};
