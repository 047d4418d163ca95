//! `cthd` reads a Vietnamese action programme (chương trình hành động) and its appendix tables into a
//! typed model, and audits it.
//!
//! The library is silent and does no input or output; see ARCHITECTURE.md for the map of the house.

mod assemble;
pub mod coverage;
pub mod finding;
pub mod grammar;
mod layout;
pub mod model;
pub mod output;
pub mod pipeline;
pub mod read;
pub mod rules;
pub mod source;
pub mod span;
#[cfg(feature = "store")]
pub mod store;
pub mod syntax;
pub mod text;
pub mod value;
pub mod versions;
