//! What the reader sees: one file for each output format, and the catalogue of sentences.
//!
//! Comes in: the model, the audit, the source to quote from. Goes out: text. Nothing here prints.

mod catalogue;
mod columns;
pub mod coverage;
pub mod diff;
pub mod github;
pub mod json;
pub mod notice;
mod page;
pub mod place;
pub mod report;
pub mod sarif;
pub mod schema;
pub mod text;

pub use catalogue::{Catalogue, Lang};
pub use page::Page;
