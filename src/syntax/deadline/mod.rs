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
//! Words before the times of a list ("khởi động quý IV/2026; báo cáo quý II/2027") say what is done then. A cell with
//! anything else is `unknown`; it is never guessed at.

mod beside;
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
    let deadline = plain(raw, words);
    if deadline.kind != DeadlineKind::Unknown {
        return deadline;
    }
    milestones(&deadline.raw, words)
        .or_else(|| beside::span_of_time(&deadline.raw))
        .or_else(|| beside::remarked(&deadline.raw, words))
        .unwrap_or(deadline)
}

/// A deadline that says nothing but times.
fn plain(raw: &str, words: &DeadlineWords) -> Deadline {
    let raw = raw.trim();
    let mut deadline = Deadline { raw: raw.to_owned(), ..Deadline::default() };
    if raw.is_empty() || raw.len() > LONGEST {
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

/// Longest text of a deadline.
const LONGEST: usize = 1000;

/// "Khởi động quý IV/2026; báo cáo kiểm kê quý II/2027": what is to be done by when, more than once. From the first of
/// the times to the last.
fn milestones(raw: &str, words: &DeadlineWords) -> Option<Deadline> {
    let pieces: Vec<&str> = raw.split(';').map(str::trim).filter(|piece| !piece.is_empty()).collect();
    if pieces.len() < 2 || raw.len() > LONGEST {
        return None;
    }
    let read: Vec<Deadline> = pieces.iter().map(|piece| timed(piece, words)).collect::<Option<_>>()?;
    let dated = || read.iter().filter(|one| one.from.is_some() || one.to.is_some());
    dated().next()?;
    Some(Deadline {
        raw: raw.to_owned(),
        kind: DeadlineKind::Mixed,
        from: dated().filter_map(|one| one.from.clone()).min(),
        to: dated().filter_map(|one| one.to.clone()).max(),
        problem: read.iter().find_map(|one| one.problem),
        approximate: read.iter().any(|one| one.approximate),
        recurrence: read.iter().find_map(|one| one.recurrence.clone()),
        ..Deadline::default()
    })
}

/// The time that a piece ends in, behind the words of what is to be done.
fn timed(piece: &str, words: &DeadlineWords) -> Option<Deadline> {
    let starts = std::iter::once(0).chain(piece.match_indices(' ').map(|(at, _)| at + 1));
    let read = starts.filter_map(|at| Some(plain(piece.get(at..)?, words)));
    read.into_iter().find(|one| !matches!(one.kind, DeadlineKind::Unknown | DeadlineKind::OnEvent))
}

#[cfg(test)]
mod tests;
