//! Tables of two columns that are a letterhead or a closing part: their cells are lines.

use super::borders::is_authority;
use super::flow::{Line, is_ornament, lead};
use super::markup::Markup;
use crate::grammar::Grammar;
use crate::model::Aside;
use crate::source::Source;
use crate::span::Span;
use crate::text::{fold, head};

/// Whether a cell begins as a signature does, in capitals: "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH  Lê Văn Bình".
fn signs(text: &str, folded_head: &str, grammar: &Grammar) -> bool {
    let line = text.split("  ").next().unwrap_or_default();
    is_authority(line, folded_head, grammar)
}

/// Whether a table outside the body is two columns of a letterhead or of a closing part.
pub(super) fn is_letterhead(source: &Source, rows: &std::ops::Range<u32>) -> bool {
    let rows = source.rows.get(rows.start as usize..rows.end as usize).unwrap_or_default();
    rows.iter().all(|row| source.row_cells(row).iter().filter(|cell| !cell.span.is_empty()).count() <= 2)
}

/// The cells of a letterhead as lines, column by column.
pub(super) fn cells_as_lines(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    rows: &std::ops::Range<u32>,
    aside: &mut Vec<(Aside, Span)>,
) -> Vec<Line> {
    let rows = source.rows.get(rows.start as usize..rows.end as usize).unwrap_or_default();
    let columns = rows.iter().map(|row| source.row_cells(row).len()).max().unwrap_or(0);
    let mut out = Vec::new();
    for column in 0..columns {
        for row in rows {
            let Some(cell) = source.row_cells(row).get(column).filter(|cell| !cell.span.is_empty()) else {
                continue;
            };
            for span in lines_of_cell(source, cell.span, grammar) {
                let inner = markup.trim(source, span);
                if is_ornament(source.slice(inner)) {
                    aside.extend((!inner.is_empty()).then_some((Aside::Ornament, inner)));
                    continue;
                }
                let lead = lead(source.slice(inner), grammar);
                out.push(Line { span, inner, gap_before: true, goes_on: false, lead });
            }
        }
    }
    out
}

/// What ends a line inside a cell of a letterhead, as programs write tables in a line of Markdown.
const LINE_ENDS: &[&str] = &["*  ", "</p>", "<br>", "<br/>", "<br />"];

/// What parts the lines of a cell that lost its line ends: entries of a list, and the space that a signature leaves.
const LOST_ENDS: &[&str] = &[" - ", "  "];

/// The lines of a cell of a letterhead. Those of a list of recipients or of a signature may have run into one.
fn lines_of_cell(source: &Source, cell: Span, grammar: &Grammar) -> Vec<Span> {
    let text = source.slice(cell);
    let bare = text.trim_start_matches(['*', '_', ' ']);
    let head = fold(head(bare, 16));
    let recipients = grammar.structure.closing.recipients.iter().any(|word| head.starts_with(word.as_str()));
    let one_line = !LINE_ENDS.iter().any(|end| text.contains(end));
    let lost = one_line && (recipients || signs(bare, &head, grammar));
    let mut out = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let ends = LINE_ENDS.iter().filter_map(|end| Some(rest.find(end)? + end.len()));
        // The dash belongs to the entry behind it.
        let lost = LOST_ENDS.iter().filter(|_| lost).filter_map(|end| Some(rest.find(end)? + 1));
        let end = ends.chain(lost).min().unwrap_or(rest.len());
        let line = rest.get(..end).unwrap_or_default();
        let from = start + line.len() - line.trim_start().len();
        let at = cell.start as usize;
        if !line.trim().is_empty() {
            out.push(Span::new(at + from, at + start + line.trim_end().len()));
        }
        start += end;
    }
    out
}
