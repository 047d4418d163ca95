//! What the reader sees: one file for each output format, and the catalogue of sentences.
//!
//! Comes in: the model, the audit, the source to quote from. Goes out: text. Nothing here prints.

mod accept;
pub mod annotated;
mod catalogue;
mod columns;
pub mod coverage;
pub mod diff;
pub mod export;
mod fingerprint;
pub mod github;
pub mod html;
pub mod json;
pub mod junit;
pub mod located;
pub mod notice;
mod page;
pub mod place;
pub mod report;
pub mod sarif;
pub mod schema;
mod spans;
pub mod text;
pub mod workbook;

pub use catalogue::{Catalogue, Lang};
pub use page::Page;
