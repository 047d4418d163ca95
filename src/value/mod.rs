//! Exact values: numbers, quantities, units, periods. Nothing here reads a document.

mod number;
mod period;
mod quantity;

pub use number::{Interval, Number};
pub use period::{Period, Recurrence};
pub use quantity::{Base, Quantity, Relation, Unit};
