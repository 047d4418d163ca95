//! Word documents: the seed's model and findings, and the hard parts in small hand-made files.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

#[path = "../common/mod.rs"]
mod common;

mod bad;
mod build;
mod content;
mod fonts;
mod lists;
mod seed;
mod tables;
