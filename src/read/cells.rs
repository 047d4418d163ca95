//! Rows of tables that plain text draws: cells between bars (Markdown), and columns that only spaces hold apart.
//! Lines of text in, spans of cells out.

use super::spaced::{GAP, gaps, pieces};
use crate::grammar::Grammar;
use crate::span::Span;
use crate::text::fold;

/// A line with bars.
pub(super) enum Barred {
    /// Its cells, and the bars between them.
    Row { cells: Vec<Span>, bars: Vec<Span> },
    /// A line that only rules the table off: "|---|:--:|", "+----+----+".
    Rule(Span),
}

/// A row of a table between bars: bars stand in the line twice. Where it begins or ends with a bar the first or last
/// cell is blank; [`Ends`] takes it off where bars enclose the rows.
pub(super) fn barred(text: &str, line: Span) -> Option<Barred> {
    barred_by(text, line, 2)
}

/// The same inside of a table, where a group's row may have one bar: "I | Bảo vệ rừng".
pub(super) fn barred_inside(text: &str, line: Span) -> Option<Barred> {
    let short = || text.get(line.range()).is_some_and(is_short_row);
    barred(text, line).or_else(|| if short() { barred_by(text, line, 1) } else { None })
}

/// Longest number before the only bar of a row, in bytes.
const SHORT_NUMBER: usize = 6;

/// Whether a line is a number or a mark and words, with one bar between.
pub(super) fn is_short_row(line: &str) -> bool {
    let Some((number, words)) = line.trim().split_once('|') else { return false };
    let (number, words) = (number.trim(), words.trim());
    !number.is_empty()
        && number.len() <= SHORT_NUMBER
        && !number.chars().any(char::is_lowercase)
        && !words.contains('|')
        && words.starts_with(char::is_alphanumeric)
}

fn barred_by(text: &str, line: Span, least: usize) -> Option<Barred> {
    let line = trimmed(text, line);
    let slice = text.get(line.range())?;
    if is_rule(slice) {
        return Some(Barred::Rule(line));
    }
    if slice.matches('|').count() < least {
        return None;
    }
    let start = line.start as usize;
    let bars: Vec<Span> =
        slice.match_indices('|').map(|(at, _)| Span::new(start + at, start + at + 1)).collect();
    let mut cells = Vec::with_capacity(bars.len() + 1);
    let mut from = start;
    for bar in &bars {
        cells.push(trimmed(text, Span::new(from, bar.start as usize)));
        from = bar.end as usize;
    }
    cells.push(trimmed(text, Span::new(from, line.end as usize)));
    Some(Barred::Row { cells, bars })
}

/// Which bars at the ends of a table's rows enclose them and begin no cell.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ends {
    left: bool,
    right: bool,
    /// Without enclosing bars: how many cells a row has at most; a bar after them is one too many.
    width: Option<usize>,
}

impl Ends {
    /// As the rows have them, the first of which is the header. A later row that begins with a bar where the first does
    /// not has a blank cell there.
    pub(super) fn of(rows: &[&str]) -> Self {
        let first = rows.first().map_or("", |row| row.trim());
        // The second half of a row at the top of a page begins with a blank cell where the rows below begin with none.
        let others = rows.len().saturating_sub(1);
        let bare = rows.iter().skip(1).filter(|row| !row.trim().starts_with('|')).count();
        if first.starts_with('|') && (others == 0 || bare * 2 <= others) {
            return Self { left: true, right: first.ends_with('|'), width: None };
        }
        let mut counts: Vec<usize> = rows
            .iter()
            .filter(|row| !row.trim_end().ends_with('|'))
            .map(|row| row.matches('|').count() + 1)
            .collect();
        counts.sort_unstable();
        let often = |count: &usize| counts.iter().filter(|other| *other == count).count();
        let width = counts.iter().copied().max_by_key(|count| (often(count), *count));
        Self { left: false, right: width.is_none(), width }
    }

    /// Takes the blank cells outside of enclosing bars off a row.
    pub(super) fn take_off(self, row: &str, cells: &mut Vec<Span>) {
        let row = row.trim();
        if self.left && row.starts_with('|') && cells.len() > 1 {
            cells.remove(0);
        }
        let wide = self.width.is_some_and(|width| cells.len() > width);
        if (self.right || wide) && row.ends_with('|') && cells.len() > 1 {
            cells.pop();
        }
    }
}

fn is_rule(slice: &str) -> bool {
    slice.starts_with(['|', '+'])
        && slice.len() > 2
        && slice.contains(['-', '='])
        && slice.chars().all(|c| matches!(c, '|' | '+' | '-' | '=' | ':' | ' '))
}

/// Fewest spaces between the halves of a letterhead.
const HALVES: usize = 4;
/// Longest half, in bytes.
const MAX_HALF: usize = 160;

/// Whether a line may be two halves of a letterhead or of a closing part, side by side.
pub(super) fn may_be_pair(line: &str) -> bool {
    let line = line.trim();
    line.len() < 2 * MAX_HALF && pieces(line) == 2 && gaps(line, HALVES).next().is_some()
}

/// Whether a line may be one half under such a line: it is neither the document's title nor a heading with a number.
pub(super) fn is_half(line: &str, grammar: &Grammar) -> bool {
    let line = line.trim();
    let title = || !line.contains(char::is_lowercase) && grammar.structure.kind(line).is_some();
    let heading = || {
        let (number, rest) = line.split_once(' ').unwrap_or((line, ""));
        let ordinal = number.trim_end_matches(['.', '-', ')']);
        let counts = |c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X' | '.');
        ordinal.len() < number.len() && !ordinal.is_empty() && ordinal.chars().all(counts) && !rest.is_empty()
    };
    line.len() < MAX_HALF && !heading() && !title()
}

/// The halves of lines among which one names a motto of the letterhead or opens the list of recipients.
pub(super) fn paired(text: &str, lines: &[Span], grammar: &Grammar) -> Option<Vec<Vec<Span>>> {
    let words = &grammar.structure;
    let telling = |line: &Span| {
        let line = text.get(line.range()).unwrap_or_default();
        let folded = fold(line);
        words.letterhead.mottoes.iter().any(|motto| folded.contains(motto.as_str()))
            || words.closing.recipients.iter().any(|word| folded.trim_start().starts_with(word.as_str()))
            || is_numbered_and_dated(line, &folded, grammar)
    };
    // "Nơi nhận:" may stand alone on the line above.
    let above = || {
        let before = text.get(..lines.first()?.start as usize)?.trim_end_matches(['\n', '\r']);
        let line = fold(before.rsplit('\n').next().unwrap_or_default());
        let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '*' | '_'));
        words.closing.recipients.iter().any(|word| line == word).then_some(())
    };
    if !lines.iter().any(telling) && above().is_none() {
        return None;
    }
    let halves = |line: &Span| -> Option<(Span, Span)> {
        let whole = trimmed(text, *line);
        let gap = gaps(text.get(whole.range())?, HALVES).next()?;
        let start = whole.start as usize;
        Some((Span::new(start, start + gap.start), Span::new(start + gap.end, whole.end as usize)))
    };
    let place = |line: &Span, half: Span| {
        text.get(line.start as usize..half.start as usize).map_or(0, |before| before.chars().count())
    };
    let right = lines.iter().filter_map(|line| Some(place(line, halves(line)?.1))).min()?;
    let cells = |line: &Span| match halves(line) {
        Some((left, right)) => vec![left, right],
        None => {
            let whole = trimmed(text, *line);
            let end = Span::new(whole.end as usize, whole.end as usize);
            let start = Span::new(line.start as usize, line.start as usize);
            if place(line, whole) + GAP >= right { vec![start, whole] } else { vec![whole, end] }
        }
    };
    Some(lines.iter().map(cells).collect())
}

/// "Số: 212/KH-UBND        Kim Lương, ngày 3 tháng 3 năm 2026": number on the left, place and date on the right.
fn is_numbered_and_dated(line: &str, folded: &str, grammar: &Grammar) -> bool {
    let lower = line.trim_start().to_lowercase();
    let number = |word: &String| {
        let rest = lower.strip_prefix(word.as_str());
        rest.is_some_and(|rest| rest.starts_with([':', ' ', '.']))
    };
    let mut rest = folded;
    let dated = ["ngay ", "thang ", "nam "].iter().all(|word| {
        let found = rest.find(word);
        rest = found.and_then(|at| rest.get(at..)).unwrap_or_default();
        found.is_some()
    });
    dated && grammar.structure.letterhead.number.iter().any(number)
}

/// A span without spaces at its ends.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let slice = text.get(span.range()).unwrap_or_default();
    let left = slice.len() - slice.trim_start().len();
    let right = slice.trim_end().len();
    let start = span.start as usize;
    if right < left { Span::new(start, start) } else { Span::new(start + left, start + right) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn row(line: &str) -> Option<Vec<&str>> {
        match barred(line, Span::new(0, line.len()))? {
            Barred::Row { mut cells, .. } => {
                Ends::of(&[line]).take_off(line, &mut cells);
                Some(cells.iter().map(|cell| line.get(cell.range()).unwrap_or_default()).collect())
            }
            Barred::Rule(_) => Some(vec!["rule"]),
        }
    }

    #[test]
    fn cells_stand_between_bars() {
        assert_eq!(row("| 1 | Trạm y tế |  | 4,5 |"), Some(vec!["1", "Trạm y tế", "", "4,5"]));
        assert_eq!(row("STT | Nhiệm vụ | Chủ trì"), Some(vec!["STT", "Nhiệm vụ", "Chủ trì"]));
        assert_eq!(row("1|Trạm y tế||4,5"), Some(vec!["1", "Trạm y tế", "", "4,5"]));
        assert_eq!(row("|---|:--:|"), Some(vec!["rule"]));
        assert_eq!(row("+----+----+"), Some(vec!["rule"]));
        assert_eq!(row("Sở Y tế | Sở Tài chính"), None);
        assert_eq!(row("- Đầu tư trạm y tế"), None);
    }

    #[test]
    fn two_columns_are_a_letterhead() {
        use super::super::spaced::may_be_spaced;
        assert!(!may_be_spaced("TỈNH ỦY LẠC SƠN        ĐẢNG CỘNG SẢN VIỆT NAM"));
        assert!(may_be_spaced("1    Tỷ lệ hộ nghèo   %"));
    }

    #[test]
    fn blanks_to_be_filled_part_nothing() {
        use super::super::spaced::may_be_spaced;
        assert!(!may_be_pair("Số:        /KH-UBND"));
        assert!(!may_be_spaced("An Hòa, ngày      tháng      năm 2026"));
        assert!(may_be_pair("Số:      /KH-UBND          An Hòa, ngày    tháng    năm 2026"));
    }

    #[test]
    fn title_and_headings_are_no_halves() {
        let grammar = Grammar::embedded().unwrap();
        for half in ["HUYỆN HÀM TÂN", "Số: 77/KH-UBND", "- Như trên;", "tháng 3 năm 2026", "KT. CHỦ TỊCH"]
        {
            assert!(is_half(half, &grammar), "{half}");
        }
        for whole in ["CHƯƠNG TRÌNH HÀNH ĐỘNG", "  KẾ HOẠCH", "I. MỤC TIÊU", "1- Mục đích", "2.1. Yêu cầu"]
        {
            assert!(!is_half(whole, &grammar), "{whole}");
        }
    }
}
