//! `cthd` reads a Vietnamese action programme (chương trình hành động) and its appendix tables into a
//! typed model, and audits it.
//!
//! The library is silent and does no input or output; see ARCHITECTURE.md for the map of the house.

pub mod finding;
pub mod model;
pub mod span;
pub mod value;
