//! Plain columns of text, aligned by what a terminal shows: combining marks take no cell, wide letters two.

use unicode_width::UnicodeWidthStr;

/// How a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// Lines of cells as aligned columns, two spaces apart, without spaces at the ends of lines.
pub(super) fn align(rows: &[Vec<String>], columns: &[Align]) -> Vec<String> {
    let width = |i: usize| rows.iter().filter_map(|row| row.get(i)).map(|cell| cell.width()).max();
    let widths: Vec<usize> = (0..columns.len()).map(|i| width(i).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let mut out = String::new();
        for ((cell, width), column) in row.iter().zip(&widths).zip(columns) {
            let pad = " ".repeat(width.saturating_sub(cell.width()));
            match column {
                Align::Left => out.extend([cell, pad.as_str(), "  "]),
                Align::Right => out.extend([pad.as_str(), cell, "  "]),
            }
        }
        out.truncate(out.trim_end().len());
        out
    };
    rows.iter().map(line).collect()
}

/// The text cut to a number of terminal cells, with an ellipsis where something was cut.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combining_marks_take_no_cell() {
        let rows = vec![
            vec!["vo\u{302}\u{301}n".to_owned(), "1".to_owned()],
            vec!["nhà".to_owned(), "1.000".to_owned()],
        ];
        assert_eq!(align(&rows, &[Align::Left, Align::Right]), ["vo\u{302}\u{301}n      1", "nhà  1.000"]);
    }

    #[test]
    fn long_text_is_cut_with_an_ellipsis() {
        assert_eq!(cut("Xây mới nhà văn hóa", 9), "Xây mới…");
        assert_eq!(cut("Xây mới", 9), "Xây mới");
    }
}
