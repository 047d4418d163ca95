//! What the rows of a table of targets say of each other: parts and wholes, products, columns of one year,
//! a number that has one digit too many.

pub(super) mod part_above;
pub(super) mod quarters;
pub(super) mod rate_products;
pub(super) mod slipped_digit;
pub(super) mod target_sums;
pub(super) mod twin_columns;
