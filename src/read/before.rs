//! Tables whose columns spaces hold apart, page after page: those before help to tell the columns of the next.

use super::spaced::{self, Line};
use crate::grammar::Grammar;
use crate::span::Span;

/// Most lines of the pages before that tell columns.
const REMEMBERED: usize = 300;

/// The lines of the last tables that began with one header, and which of them stand after blank lines.
#[derive(Debug, Default)]
pub(super) struct Before {
    pub lines: Vec<Span>,
    pub after_gap: Vec<usize>,
}

impl Before {
    /// Takes in a table: with those before it if it has their header, as far as there is room.
    pub fn take(&mut self, text: &str, lines: Vec<Span>, after_gap: Vec<usize>) {
        let same = same_head(text, &self.lines, &lines);
        if same == 0 {
            *self = Self { lines, after_gap };
        } else if self.lines.len() + lines.len() <= REMEMBERED {
            let length = self.lines.len();
            if !self.after_gap.is_empty() {
                self.after_gap.push(length);
            }
            let moved = |gap: &usize| (*gap > same).then(|| gap - same + length);
            self.after_gap.extend(after_gap.iter().filter_map(moved));
            self.lines.extend(lines.into_iter().skip(same));
        }
    }
}

/// How many lines two tables begin with that are the same.
fn same_head(text: &str, a: &[Span], b: &[Span]) -> usize {
    let slice = |span: &Span| text.get(span.range()).unwrap_or_default().trim_end();
    a.iter().zip(b).take_while(|(a, b)| slice(a) == slice(b)).count()
}

/// The lines as rows, where the lines of a table before them (`before`, and which of those stand after blank lines) begin with the
/// same header: a page may have too few rows to tell the columns by itself, so both are cut as one table.
pub(super) fn rows_after(
    text: &str,
    before: &Before,
    (lines, after_gap): (&[Span], &[usize]),
    grammar: &Grammar,
) -> Option<Vec<Line>> {
    let (before, before_gaps) = (before.lines.as_slice(), before.after_gap.as_slice());
    let same = same_head(text, before, lines);
    let own = || spaced::rows(text, lines, after_gap, grammar);
    if same == 0 || same == lines.len() || same == before.len() {
        return own();
    }
    let joined: Vec<Span> = before.iter().chain(lines.get(same..)?).copied().collect();
    let moved = |gap: &usize| (*gap > same).then(|| gap - same + before.len());
    // Where blank lines part the rows a page's end does, too.
    let end = Some(before.len()).filter(|_| !before_gaps.is_empty());
    let gaps = before_gaps.iter().copied().chain(end);
    let gaps: Vec<usize> = gaps.chain(after_gap.iter().filter_map(moved)).collect();
    let Some(mut found) = spaced::rows(text, &joined, &gaps, grammar) else { return own() };
    let mut out = found.split_off(before.len());
    if let Some(first) = out.first_mut() {
        first.continued = false;
    }
    found.truncate(same);
    for (line, (from, to)) in found.iter_mut().zip(before.iter().zip(lines)) {
        let moved = |at: u32| at - from.start + to.start;
        let cells = line.cells.iter();
        line.cells = cells.map(|cell| Span { start: moved(cell.start), end: moved(cell.end) }).collect();
    }
    found.append(&mut out);
    Some(found)
}
