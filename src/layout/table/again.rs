//! Headers that come again on the next page.

use super::header::filled_spans;
use super::{GridRow, LaidTable};
use crate::layout::markup::Markup;
use crate::model::Aside;
use crate::source::{Row, Source};
use crate::span::Span;
use crate::text::fold;

/// How many rows at the start of `rows` repeat the table's header; they are set aside.
pub(super) fn repeated(
    source: &Source,
    markup: &Markup,
    table: &LaidTable,
    rows: &[Row],
    aside: &mut Vec<(Aside, Span)>,
) -> usize {
    let mut count = 0;
    let mut above = None;
    for (header, row) in table.header.iter().zip(rows) {
        let pair = (Printed::Header(header), Printed::Row(row));
        if !same_header(source, markup, pair, above) {
            break;
        }
        above = Some(pair);
        count += 1;
    }
    for row in rows.iter().take(count) {
        aside.extend(filled_spans(source, row).into_iter().map(|span| (Aside::RepeatedHeader, span)));
    }
    count
}

/// A row of a header or of a table.
#[derive(Clone, Copy)]
enum Printed<'a> {
    Header(&'a GridRow),
    Row(&'a Row),
}

impl Printed<'_> {
    fn width(self, source: &Source) -> usize {
        match self {
            Self::Header(row) => row.cells.len(),
            Self::Row(row) => source.row_cells(row).len(),
        }
    }

    fn span(self, source: &Source, column: usize) -> Span {
        match self {
            Self::Header(row) => row.cell(column).and_then(|cell| cell.pieces.first().copied()),
            Self::Row(row) => source.row_cells(row).get(column).map(|cell| cell.span),
        }
        .unwrap_or_default()
    }

    fn text(self, source: &Source, column: usize) -> &str {
        source.slice(self.span(source, column))
    }

    /// Whether a cell says again what stands to its left or above: the text of a merged cell.
    fn is_again(self, source: &Source, above: Option<Self>, column: usize) -> bool {
        let text = self.text(source, column);
        let left = column.checked_sub(1).map(|left| self.text(source, left));
        left == Some(text) || above.is_some_and(|above| above.text(source, column) == text)
    }

    /// The texts that are not blank.
    fn texts(self, source: &Source) -> impl Iterator<Item = (usize, &str)> {
        (0..self.width(source))
            .map(move |at| (at, self.text(source, at)))
            .filter(|(_, text)| !text.is_empty())
    }
}

/// Whether a row says the same as a header row, but for a misread cell or two. Given are both, and both rows above them: where
/// one repeats the text of a merged cell the other may leave it blank.
fn same_header(
    source: &Source,
    markup: &Markup,
    (header, row): (Printed<'_>, Printed<'_>),
    above: Option<(Printed<'_>, Printed<'_>)>,
) -> bool {
    let heads = matches!(row, Printed::Row(Row { heads: true, .. }));
    // A page with few rows may leave open which of its columns a text over several stands in.
    if heads && header.texts(source).map(|(_, text)| text).eq(row.texts(source).map(|(_, text)| text)) {
        return true;
    }
    let (header_above, row_above) = above.unzip();
    let in_header = |at: usize| header.is_again(source, header_above, at);
    // Most rows are no headers: the cell under the header's first text tells.
    let Some((first, head)) = header.texts(source).find(|(at, _)| !in_header(*at)) else { return false };
    let below = row.text(source, first);
    let digits = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    if below.is_empty() || below.len() > head.len() * 2 + 8 || digits(below) && !digits(head) {
        return false;
    }
    let (mut same, mut all) = (0_usize, 0_usize);
    for at in 0..header.width(source) {
        let (text, other) = (header.text(source, at), row.text(source, at));
        let merged = match (text.is_empty(), other.is_empty()) {
            (true, true) => true,
            (false, true) => in_header(at),
            (true, false) => row.is_again(source, row_above, at),
            (false, false) => false,
        };
        if merged {
            continue;
        }
        all += 1;
        let folded = || {
            let (header, row) = (header.span(source, at), row.span(source, at));
            !text.is_empty()
                && !other.is_empty()
                && fold(&markup.text(source, header)) == fold(&markup.text(source, row))
        };
        same += usize::from(text == other || folded());
        if all >= 3 && same == 0 {
            return false;
        }
    }
    all > 0 && same * 5 >= all * 3
}
