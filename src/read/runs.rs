//! Lines of text that may be rows of one table, gathered until a line of another kind comes.

use memchr::{memchr, memchr2};

use super::{cells, spaced, under};
use crate::grammar::Grammar;
use crate::span::Span;

/// How a line may be a row of a table.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    /// Tabs stand between its cells.
    Tabs,
    /// Bars do.
    Bars,
    /// Wide spaces do, if the lines around it have them in the same places.
    Spaces,
    /// A wide space stands between two halves of a letterhead or of a closing part.
    Pairs,
    /// It is no row.
    #[default]
    None,
}

impl Kind {
    pub(super) fn of(text: &str, line: Span) -> Self {
        let slice = text.get(line.range()).unwrap_or_default();
        if memchr(b'\t', slice.as_bytes()).is_some() {
            Self::Tabs
        } else if memchr2(b'|', b'+', slice.as_bytes()).is_some() && cells::barred(text, line).is_some() {
            Self::Bars
        } else if spaced::may_be_spaced(slice) {
            Self::Spaces
        } else if cells::may_be_pair(slice) {
            Self::Pairs
        } else {
            Self::None
        }
    }
}

/// Lines that may be rows of one table.
#[derive(Default)]
pub(super) struct Run {
    pub kind: Kind,
    pub lines: Vec<Span>,
    /// Indices of lines after a blank line.
    pub after_gap: Vec<usize>,
    /// Whether a blank line came last.
    pub gap: bool,
    /// Numbers of pages between the lines, each with the index of the line after it.
    pub pages: Vec<(usize, Span)>,
}

impl Run {
    pub(super) fn push(&mut self, line: Span) {
        if std::mem::take(&mut self.gap) && !self.lines.is_empty() {
            self.after_gap.push(self.lines.len());
        }
        self.lines.push(line);
    }

    /// Whether there are so many lines that spaces part that a page's number may stand among them.
    pub(super) fn is_long(&self) -> bool {
        self.kind == Kind::Spaces && self.lines.len() >= spaced::LINES
    }

    /// Whether a line of one piece begins or ends where pieces of the last lines do: a value by itself, and no page's number.
    pub(super) fn has_column_at(&self, text: &str, line: &str) -> bool {
        let Some([own]) = spaced::places(line).as_deref().and_then(|places| <[_; 1]>::try_from(places).ok())
        else {
            return false;
        };
        let last = self.lines.iter().rev().take(under::LAST_LINES);
        let under = |line: &&Span| {
            let places = text.get(line.range()).and_then(spaced::places).unwrap_or_default();
            places.iter().skip(1).any(|(from, to)| *from == own.0 || *to == own.1)
        };
        last.filter(under).count() > 1
    }

    /// Whether a line behind a page's number is the first one again.
    pub(super) fn begins_again(&self, text: &str, line: &str) -> bool {
        let first = self.lines.first().and_then(|first| text.get(first.range()));
        self.pages.last().is_some_and(|(before, _)| *before == self.lines.len())
            && first.is_some_and(|first| first.trim_end() == line.trim_end())
    }

    /// Whether a line that alone is no row of a table held apart by spaces may go on with it: the second line of a cell, or
    /// after a blank line what begins and ends where pieces of the first line or of the last ones do.
    pub(super) fn goes_on(&self, text: &str, line: &str, grammar: &Grammar) -> bool {
        if self.kind != Kind::Spaces {
            return false;
        }
        let first = self.lines.first().and_then(|first| text.get(first.range())).unwrap_or_default();
        match self.gap {
            true => {
                let last = self.lines.iter().rev().take(under::LAST_LINES);
                let last: Vec<&str> = last.filter_map(|line| text.get(line.range())).collect();
                under::stands_under(line, first)
                    || under::labels(line, &last, grammar)
                    || under::stands_under_last(line, &last, self.after_gap.len() >= spaced::LINES)
            }
            false => under::goes_on(line),
        }
    }
}
