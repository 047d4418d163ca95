//! Tables that Markdown writes as HTML: a line that begins with `<table>`, up to `</table>`. Text in, spans of cells and
//! of tags out.

use memchr::memchr_iter;

use super::cells::trimmed;
use crate::source::Cell;
use crate::span::Span;

/// A table of tags.
#[derive(Debug, Default)]
pub(super) struct Tagged {
    /// Its rows: their cells, and from where to where each goes.
    pub rows: Vec<(Vec<Cell>, Span)>,
    /// The tags of the table, its rows and its cells.
    pub tags: Vec<Span>,
    /// Where the text goes on.
    pub end: usize,
    /// The row that is open.
    row: Option<(Vec<Cell>, usize)>,
    /// The cell that is open: where its text begins, how many columns and rows it covers.
    cell: Option<(usize, u16, u16)>,
    /// For each column how many more rows the cell above covers.
    above: Vec<u16>,
}

/// Most columns or rows that one cell may cover.
const MAX_SPAN: u16 = 200;
/// Longest tag.
const MAX_TAG: usize = 400;

/// Whether a line begins such a table.
pub(super) fn begins(line: &str) -> bool {
    let line = line.trim_start();
    line.get(..6).is_some_and(|head| head.eq_ignore_ascii_case("<table"))
        && line.get(6..).is_some_and(|rest| rest.starts_with(|c: char| c == '>' || c.is_whitespace()))
}

/// The table that begins with a line; `None` where it does not end, holds another table, or has text outside of cells.
pub(super) fn table(text: &str, line: Span) -> Option<Tagged> {
    let mut out = Tagged::default();
    let mut from = line.start as usize;
    let start = from;
    let rest = text.as_bytes().get(start..)?;
    for at in memchr_iter(b'<', rest).map(|at| start + at) {
        if at < from {
            continue;
        }
        let Some((tag, end)) = tag(text, at) else { continue };
        let (name, closes) = tag.strip_prefix('/').map_or((tag, false), |name| (name, true));
        let name = name.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if !matches!(
            name.as_str(),
            "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "colgroup" | "col"
        ) {
            continue;
        }
        // Outside of cells there is nothing but tags.
        if out.cell.is_none() && text.get(from..at).is_none_or(|between| !between.trim().is_empty()) {
            return None;
        }
        out.tags.push(Span::new(at, end));
        match (name.as_str(), closes) {
            ("table", true) => {
                out.end_row(text, at);
                out.end = end;
                return (!out.rows.is_empty()).then_some(out);
            }
            ("table", false) if at > start + line.len() || out.tags.len() > 1 => return None,
            ("tr", false) => {
                out.end_row(text, at);
                out.row = Some((Vec::new(), end));
            }
            ("tr" | "thead" | "tbody" | "tfoot", _) => out.end_row(text, at),
            ("td" | "th", false) => {
                out.end_cell(text, at);
                // A row whose tag was lost.
                out.row.get_or_insert_with(|| (Vec::new(), at));
                out.cell = Some((end, number(tag, "colspan"), number(tag, "rowspan")));
            }
            ("td" | "th", true) => out.end_cell(text, at),
            _ => {}
        }
        from = end;
    }
    None
}

/// What stands between "<" and ">", and where the tag ends.
fn tag(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = text.get(at + 1..)?;
    let length = rest.bytes().take(MAX_TAG).position(|byte| byte == b'>')?;
    Some((rest.get(..length)?, at + length + 2))
}

/// An attribute that is a number from 1 on.
fn number(tag: &str, name: &str) -> u16 {
    let folded = tag.to_ascii_lowercase();
    let value = folded.find(name).and_then(|at| folded.get(at + name.len()..)).unwrap_or_default();
    let value = value.trim_start().strip_prefix('=').unwrap_or_default().trim_start_matches(['"', '\'', ' ']);
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    value.get(..digits).and_then(|digits| digits.parse().ok()).map_or(1, |n: u16| n.clamp(1, MAX_SPAN))
}

impl Tagged {
    fn end_cell(&mut self, text: &str, at: usize) {
        let Some((start, columns, rows)) = self.cell.take() else { return };
        let Some((cells, _)) = self.row.as_mut() else { return };
        covered(cells, &mut self.above, start);
        let span = trimmed(text, Span::new(start, at));
        for index in 0..columns {
            let own = index == 0;
            cells.push(Cell {
                span: if own { span } else { Span::new(at, at) },
                columns: if own { columns } else { 0 },
                rows,
            });
            let place = cells.len() - 1;
            if self.above.len() <= place {
                self.above.resize(place + 1, 0);
            }
            if let Some(above) = self.above.get_mut(place) {
                *above = rows - 1;
            }
        }
    }

    fn end_row(&mut self, text: &str, at: usize) {
        self.end_cell(text, at);
        let Some((mut cells, start)) = self.row.take() else { return };
        covered(&mut cells, &mut self.above, at);
        if !cells.is_empty() {
            self.rows.push((cells, trimmed(text, Span::new(start, at))));
        }
    }
}

/// Adds the cells that merged ones above cover.
fn covered(cells: &mut Vec<Cell>, above: &mut [u16], at: usize) {
    while let Some(rows) = above.get_mut(cells.len()).filter(|rows| **rows > 0) {
        *rows -= 1;
        cells.push(Cell { span: Span::new(at, at), columns: 1, rows: 0 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Option<Vec<String>> {
        let found = table(text, Span::new(0, text.find('\n').unwrap_or(text.len())))?;
        let cell = |cell: &Cell| match cell {
            Cell { rows: 0, .. } => "^".to_owned(),
            Cell { columns: 0, .. } => "<".to_owned(),
            cell => text.get(cell.span.range()).unwrap_or_default().to_owned(),
        };
        Some(
            found
                .rows
                .iter()
                .map(|(cells, _)| cells.iter().map(cell).collect::<Vec<_>>().join("|"))
                .collect(),
        )
    }

    #[test]
    fn cells_of_tags_are_cells() {
        let text = "<table>\n<tr><th>TT</th><th>Nhiệm vụ</th></tr>\n<tr><td>1<td>Rà soát\n</table>\n";
        assert_eq!(rows(text), Some(vec!["TT|Nhiệm vụ".to_owned(), "1|Rà soát".to_owned()]));
        let text =
            "<table>\n<tr><th>TT</th><th>Nhiệm vụ</th></tr>\n<td>1</td><td>Rà soát</td></tr>\n</table>\n";
        assert_eq!(rows(text), Some(vec!["TT|Nhiệm vụ".to_owned(), "1|Rà soát".to_owned()]));
    }

    #[test]
    fn merged_cells_cover_others() {
        let text = "<table><tr><td rowspan=\"2\">A</td><td colspan=2>B</td></tr><tr><td>1</td><td>2</td></tr></table>";
        assert_eq!(rows(text), Some(vec!["A|B|<".to_owned(), "^|1|2".to_owned()]));
    }

    #[test]
    fn what_is_no_whole_table_is_left_as_text() {
        for text in ["<table><tr><td>A</td></tr>", "<table>lời<tr><td>A</td></tr></table>", "<table></table>"]
        {
            assert_eq!(rows(text), None, "{text}");
        }
    }
}
