//! Figures that running text states with each other: sums with their parts, shares with their amounts, growth
//! with its base, counts of what a table lists. One way of saying it, one file.

mod figure;

pub(super) mod composition;
pub(super) mod counted_names;
pub(super) mod funds;
pub(super) mod grown;
pub(super) mod listed_names;
pub(super) mod named_items;
pub(super) mod part_of;
pub(super) mod rates;
pub(super) mod sentences;
pub(super) mod shares;
pub(super) mod stated_share;
pub(super) mod told;
pub(super) mod told_totals;
pub(super) mod worded;
pub(super) mod written_out;

pub(super) use figure::sentences as sentences_of;
