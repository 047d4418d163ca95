//! Deadlines and schedules: what a cell says about time.
//!
//! A cell is cut into tokens (`tokens`), times are read (`when`), and the tokens are put together here:
//!
//! ```text
//! deadline  = clause { clause } ;
//! clause    = bound time | time [ to time ] | time { and time } | time onwards
//!           | step | ongoing | condition | done ;
//! bound     = "trước" | "đến" | "sau" | "từ" | … ;
//! to        = "-" | "đến" ;
//! ```
//!
//! A cell with anything that is none of these is `unknown`; it is never guessed at.

mod clauses;
mod tokens;
mod when;

use crate::grammar::DeadlineWords;
use crate::model::{Deadline, DeadlineKind};
use crate::text::squeeze;

use super::folded::Folded;
use clauses::Reading;

pub use super::period::{period_in, printed_date, years_of_header};

/// Reads a deadline.
#[must_use]
pub fn deadline(raw: &str, words: &DeadlineWords) -> Deadline {
    let raw = raw.trim();
    let mut deadline = Deadline { raw: raw.to_owned(), ..Deadline::default() };
    if raw.is_empty() || raw.len() > 1000 {
        return deadline;
    }
    let folded = Folded::of(raw);
    let Some(reading) = tokens::tokens(&folded.text, words).as_deref().and_then(Reading::of) else {
        return deadline;
    };
    deadline.kind = reading.kind();
    if deadline.kind == DeadlineKind::Unknown {
        return deadline;
    }
    let days = reading.days();
    deadline.from = days.from.map(|day| day.to_string());
    deadline.to = days.to.map(|day| day.to_string());
    deadline.problem = days.problem;
    deadline.approximate = reading.approximate();
    deadline.recurrence = reading.recurrence();
    deadline.condition = reading.condition().map(|range| {
        let words = raw.get(folded.original(range)).unwrap_or_default();
        squeeze(words)
    });
    deadline
}

#[cfg(test)]
mod tests;
